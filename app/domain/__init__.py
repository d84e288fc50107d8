"""Goldset's rules in plain Python: no Flask, no SQLAlchemy, no clock. What values can decide is decided here."""

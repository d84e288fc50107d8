"""Which state of the rules a text was cleaned by; `goldset redaction rescan` cleans what older rules let through."""

RULES_VERSION = 2
"""Raise it with every change of what is found, and write `rules_fingerprint()` below: a test compares the two."""

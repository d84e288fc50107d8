"""Which state of the rules a text was cleaned by; `goldset redaction rescan` cleans what older rules let through."""

RULES_VERSION = 4
"""Raise it with every change of what is found. A test compares the package with the fingerprint of this version."""

"""Bounded fuzzing without a dependency: `python -m tests.fuzz.redaction`."""

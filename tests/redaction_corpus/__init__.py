"""Texts with planted secrets and harmless texts, made from the published formats: what redaction is measured on.

Each module makes cases of one area from a seed: other seeds make other secrets in other surroundings, so a rule that
only knows one example is found out. `measure.py` counts; `python -m tests.redaction_corpus` prints what was missed.
"""

from collections.abc import Iterator
from importlib import import_module

from tests.redaction_corpus.case import Case

AREAS = ("vendor_tokens", "placed_secrets", "assignments", "told", "harmless", "personal_data", "personal_harmless")


def cases_of(area: str, seed: int) -> Iterator[Case]:
    """Return the cases that the area's module makes from this seed."""
    cases: Iterator[Case] = import_module(f"tests.redaction_corpus.{area}").cases(seed)
    return cases

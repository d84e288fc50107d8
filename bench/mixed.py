"""A long text as people write them to models: prose, and a planted secret or a look-alike now and then."""

import itertools
import random

from bench.site import sample_text
from tests.redaction_corpus import cases_of

AREAS = ("vendor_tokens", "placed_secrets", "assignments", "told", "harmless")
WORDS_BETWEEN = 160
"""Of prose between two cases of the corpus: some thousand characters."""


def mixed_text(characters: int) -> str:
    """Return at least so many characters, the same every time."""
    cases = [case.text for area in AREAS for case in cases_of(area, 1)]
    random.Random(1).shuffle(cases)
    parts: list[str] = []
    for number, case in enumerate(itertools.cycle(cases)):
        parts += (sample_text(number, WORDS_BETWEEN), case)
        characters -= len(parts[-2]) + len(case)
        if characters <= 0:
            break
    return "\n\n".join(parts)

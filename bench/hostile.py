"""How long redaction takes on texts that are made to keep it busy."""

import time

from app.domain.redaction import sanitize_payload
from tests.support.hostile_texts import HOSTILE_STARTS, HOSTILE_UNITS

SMALL, LARGE, MEGABYTE = 50_000, 200_000, 1_000_000
FLOOR_SECONDS = 0.004
"""A machine's hiccup on a text that is done in no time is not growth."""


def worst_growth() -> tuple[float, str, float]:
    """Return the worst ratio of time at four times the length, its unit, and the seconds of the slowest megabyte."""
    growth, unit = max((_growth(start, unit), unit) for start in HOSTILE_STARTS for unit in HOSTILE_UNITS)
    slowest = max(HOSTILE_UNITS, key=lambda unit: _seconds(unit * (LARGE // len(unit))))
    return growth, unit, _seconds(slowest * (MEGABYTE // len(slowest)))


def _growth(start: str, unit: str) -> float:
    small, large = (min(_seconds(start + unit * (size // len(unit))) for _ in range(2)) for size in (SMALL, LARGE))
    return large / max(small, FLOOR_SECONDS)


def _seconds(text: str) -> float:
    begin = time.process_time()
    sanitize_payload(text)
    return time.process_time() - begin

"""Spans: the pieces of a text that are to go, and which of them win where they overlap."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]` is a secret of this kind."""

    start: int
    end: int
    kind: str


def merge(chosen: list[Span], extra: Iterable[Span]) -> list[Span]:
    """Add to `chosen` (sorted, disjoint) those of `extra` that overlap nothing, the earlier and then the
    longer first. The result is sorted and disjoint."""
    merged: list[Span] = []
    upcoming = iter(chosen)
    blocker = next(upcoming, None)
    for span in sorted(extra, key=lambda span: (span.start, -span.end)):
        while blocker and blocker.end <= span.start:
            merged.append(blocker)
            blocker = next(upcoming, None)
        free_before = not merged or merged[-1].end <= span.start
        if free_before and not (blocker and blocker.start < span.end):
            merged.append(span)
    return [*merged, *([blocker] if blocker else []), *upcoming]

"""What a vote is, and what votes add up to."""

from enum import StrEnum
from typing import NamedTuple

COMMENT_MAX_CHARACTERS = 2_000


class VoteType(StrEnum):
    """The two kinds of feedback that move a skill's aggregates."""

    THUMBS_UP = "thumbs_up"
    THUMBS_DOWN = "thumbs_down"


class Aggregates(NamedTuple):
    """What a skill shows of its votes: how many, and how many of a hundred are positive (None without votes)."""

    total_feedback: int
    positive_feedback_pct: int | None


def aggregate(*, positive: int, total: int) -> Aggregates:
    """Return the aggregates of `total` votes of which `positive` are thumbs up; halves round up."""
    if not total:
        return Aggregates(0, None)
    return Aggregates(total, (200 * positive + total) // (2 * total))

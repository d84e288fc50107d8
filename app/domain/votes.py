"""What a vote is, what votes add up to, and how they spread over time."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.text import problem_with_optional_text

COMMENT_MAX_CHARACTERS = 2_000
WEEKS_SHOWN = 26
RECENT = timedelta(days=30)


class VoteType(StrEnum):
    """The two kinds of feedback that move a skill's aggregates."""

    THUMBS_UP = "thumbs_up"
    THUMBS_DOWN = "thumbs_down"


class Aggregates(NamedTuple):
    """What a skill shows of its votes: how many, and how many of a hundred are positive (None without votes)."""

    total_feedback: int
    positive_feedback_pct: int | None


class VoteCount(NamedTuple):
    """How many votes of one type fall into one week: `week` is an index into `week_starts`."""

    week: int
    is_recent: bool
    vote_type: str
    votes: int


class Week(NamedTuple):
    """The votes of one week, which starts on a Monday at midnight UTC."""

    starts_on: date
    up: int
    down: int


class Sentiment(NamedTuple):
    """How votes spread over time: the sum of the last `RECENT`, and each of the last `WEEKS_SHOWN` weeks."""

    recent: Aggregates
    weeks: tuple[Week, ...]


def problems_with_vote(*, vote_type: str | None, comment: str | None) -> dict[str, str]:
    """Return one sentence per faulty field, keyed by the field's name; empty when all is well."""
    is_known = vote_type in [choice.value for choice in VoteType]
    found = {
        "vote_type": None if is_known else "Choose thumbs up or thumbs down.",
        "comment": problem_with_optional_text(comment or "", what="comment", max_characters=COMMENT_MAX_CHARACTERS),
    }
    return {field: problem for field, problem in found.items() if problem}


def aggregate(*, positive: int, total: int) -> Aggregates:
    """Return the aggregates of `total` votes of which `positive` are thumbs up; halves round up."""
    if not total:
        return Aggregates(0, None)
    return Aggregates(total, (200 * positive + total) // (2 * total))


def week_starts(now: datetime) -> tuple[datetime, ...]:
    """Return the moments at which the last `WEEKS_SHOWN` weeks began, oldest first; the last one holds `now` (UTC)."""
    monday = datetime.combine(now.date() - timedelta(days=now.weekday()), time.min, tzinfo=now.tzinfo)
    return tuple(monday - timedelta(weeks=weeks) for weeks in reversed(range(WEEKS_SHOWN)))


def make_sentiment(counts: Iterable[VoteCount], *, now: datetime) -> Sentiment:
    """Return the sentiment that `counts` add up to; a week that no count names has no votes."""
    recent = dict.fromkeys(VoteType, 0)
    by_week = [dict.fromkeys(VoteType, 0) for _ in range(WEEKS_SHOWN)]
    for count in counts:
        vote_type = VoteType(count.vote_type)
        by_week[count.week][vote_type] += count.votes
        recent[vote_type] += count.votes if count.is_recent else 0
    return Sentiment(
        aggregate(positive=recent[VoteType.THUMBS_UP], total=sum(recent.values())),
        tuple(
            Week(start.date(), votes[VoteType.THUMBS_UP], votes[VoteType.THUMBS_DOWN])
            for start, votes in zip(week_starts(now), by_week, strict=True)
        ),
    )

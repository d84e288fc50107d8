import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.votes import (
    WEEKS_SHOWN,
    VoteCount,
    VoteType,
    aggregate,
    make_sentiment,
    problems_with_vote,
    week_starts,
)

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("positive", "total", "percent"),
    [
        (0, 0, None),
        (0, 5, 0),
        (5, 5, 100),
        (1, 3, 33),
        (2, 3, 67),
        (1, 8, 13),
        (1, 200, 1),
        (1, 201, 0),
        (199, 200, 100),
    ],
)
def test_a_percentage_rounds_halves_up_and_is_none_without_votes(positive, total, percent):
    assert aggregate(positive=positive, total=total) == (total, percent)


@given(st.integers(1, 10**9).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_percentage_is_never_more_than_half_a_point_off(votes):
    positive, total = votes

    percent = aggregate(positive=positive, total=total).positive_feedback_pct

    assert 0 <= percent <= 100
    assert -total < 2 * (100 * positive - percent * total) < total or 2 * (percent * total - 100 * positive) == total


@pytest.mark.parametrize("vote_type", [None, "", "suggestion", "THUMBS_UP"])
def test_a_vote_is_thumbs_up_or_thumbs_down(vote_type):
    assert problems_with_vote(vote_type=vote_type, comment=None) == {"vote_type": "Choose thumbs up or thumbs down."}
    assert problems_with_vote(vote_type="thumbs_down", comment=None) == {}


def test_a_comment_may_be_left_out_and_has_2_000_characters_at_most():
    for comment in (None, "", "x" * 2_000, "\r\n" * 2_000):
        assert problems_with_vote(vote_type="thumbs_up", comment=comment) == {}
    problems = problems_with_vote(vote_type="thumbs_up", comment="x" * 2_001)
    assert problems == {"comment": "Shorten the comment: it has 2,001 characters, and up to 2,000 fit."}


@pytest.mark.parametrize(
    "now",
    [
        MONDAY,
        MONDAY + timedelta(days=3, hours=4),
        MONDAY + timedelta(days=7, microseconds=-1),
    ],
)
def test_weeks_begin_on_mondays_at_midnight_and_the_last_one_holds_the_present_moment(now):
    starts = week_starts(now)

    assert len(starts) == WEEKS_SHOWN
    assert starts[-1] == MONDAY
    assert {later - earlier for earlier, later in itertools.pairwise(starts)} == {timedelta(weeks=1)}


@given(st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the zone comes beside it
def test_every_present_moment_lies_in_the_last_week(now):
    first, *_, last = week_starts(now)

    assert last <= now < last + timedelta(weeks=1)
    assert (first.weekday(), first.hour, first.minute, first.second, first.microsecond) == (0, 0, 0, 0, 0)


def test_counts_land_in_their_weeks_and_the_recent_ones_add_up():
    counts = [
        VoteCount(0, False, "thumbs_up", 4),
        VoteCount(20, False, "thumbs_down", 1),
        VoteCount(20, True, "thumbs_down", 2),
        VoteCount(25, True, "thumbs_up", 6),
    ]

    sentiment = make_sentiment(counts, now=MONDAY + timedelta(hours=9))

    assert sentiment.recent == aggregate(positive=6, total=8)
    shown = {week.starts_on: (week.up, week.down) for week in sentiment.weeks if week.up or week.down}
    assert shown == {date(2026, 6, 1): (4, 0), date(2026, 10, 19): (0, 3), date(2026, 11, 23): (6, 0)}


def test_without_votes_every_week_is_there_and_empty():
    sentiment = make_sentiment([], now=MONDAY)

    assert sentiment.recent == (0, None)
    assert [(week.up, week.down) for week in sentiment.weeks] == [(0, 0)] * WEEKS_SHOWN


@given(
    st.lists(
        st.builds(
            VoteCount, st.integers(0, WEEKS_SHOWN - 1), st.booleans(), st.sampled_from(VoteType), st.integers(1, 999)
        )
    )
)
def test_no_vote_is_lost_and_none_is_counted_twice(counts):
    sentiment = make_sentiment(counts, now=MONDAY)

    assert sum(week.up for week in sentiment.weeks) == sum(one.votes for one in counts if one.vote_type == "thumbs_up")
    assert sum(week.up + week.down for week in sentiment.weeks) == sum(one.votes for one in counts)
    assert sentiment.recent.total_feedback == sum(one.votes for one in counts if one.is_recent)

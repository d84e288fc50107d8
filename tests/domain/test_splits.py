"""Splits: the same everywhere, in the shares that were asked for, and nothing joins two of them."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.splits import SPLITS, Plan, Split, check_plan

DIGESTS = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(4_000)]
digests = st.sampled_from(DIGESTS)
plans = st.builds(Plan, st.integers(0, 999_999), st.integers(0, 50), st.integers(0, 50))
neighbours = st.lists(st.sampled_from(Split), max_size=4)


def shares(plan):
    counts = Counter(plan.place(digest, ()) for digest in DIGESTS)
    return {split: round(100 * counts[split] / len(DIGESTS)) for split in SPLITS}


@given(plans, digests, neighbours, st.booleans())
def test_a_row_is_placed_the_same_every_time_whatever_the_order_of_its_neighbours(plan, digest, beside, evaluation):
    first = plan.place(digest, beside, evaluation_only=evaluation)

    assert plan.place(digest, [*reversed(beside), *beside], evaluation_only=evaluation) is first


@given(plans, digests, st.sampled_from(Split))
def test_a_row_goes_where_what_it_is_like_is(plan, digest, split):
    assert plan.place(digest, [split, split]) is split


@given(plans, digests, st.lists(st.sampled_from(Split), min_size=2, unique=True))
def test_a_row_that_is_like_rows_of_two_splits_is_in_none(plan, digest, beside):
    assert plan.place(digest, beside) is Split.HELD_OUT


@given(plans, digests, neighbours)
def test_what_is_for_evaluation_only_is_never_trained_or_validated_with(plan, digest, beside):
    placed = plan.place(digest, beside, evaluation_only=True)

    assert placed is (Split.TEST if set(beside) <= {Split.TEST} else Split.HELD_OUT)


@given(plans, digests)
def test_a_row_that_stands_alone_is_never_held_out(plan, digest):
    assert plan.place(digest, ()) in SPLITS


@given(plans, digests)
def test_more_to_test_with_takes_no_row_out_of_the_test_split(plan, digest):
    more = plan._replace(test_percent=50)

    if plan.place(digest, ()) is Split.TEST:
        assert more.place(digest, ()) is Split.TEST


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (Plan(), (80, 10, 10)),
        (Plan(seed=7, validation_percent=20, test_percent=30), (50, 20, 30)),
        (Plan(validation_percent=0, test_percent=0), (100, 0, 0)),
        (Plan(validation_percent=50, test_percent=50), (0, 50, 50)),
    ],
)
def test_the_shares_are_those_that_were_asked_for(plan, expected):
    found = shares(plan)

    for split, share in zip(SPLITS, expected, strict=True):
        assert abs(found[split] - share) <= (2 if share not in (0, 100) else 0), found


def test_another_seed_splits_otherwise():
    placed = [[Plan(seed).place(digest, ()) for digest in DIGESTS] for seed in (0, 1)]

    assert placed[0] != placed[1]


def test_where_a_row_goes_is_what_every_goldset_says():
    """Written down: a change of this moves the rows of everybody's versions."""
    plan = Plan(seed=3, validation_percent=25, test_percent=25)

    placed = [plan.place(digest, ()).value for digest in DIGESTS[:8]]

    assert placed == ["train", "test", "test", "train", "validation", "train", "test", "train"]


@given(plans)
def test_a_plan_within_the_limits_is_taken(plan):
    check_plan(plan)


@pytest.mark.parametrize(
    ("plan", "fields"),
    [
        (Plan(seed=-1), {"seed"}),
        (Plan(seed=1_000_000), {"seed"}),
        (Plan(validation_percent=51), {"validation_percent"}),
        (Plan(test_percent=-1), {"test_percent"}),
        (Plan(-1, -1, 51), {"seed", "validation_percent", "test_percent"}),
    ],
)
def test_a_plan_that_cannot_be_followed_says_why_for_each_value(plan, fields):
    with pytest.raises(Invalid) as caught:
        check_plan(plan)

    assert caught.value.errors.keys() == fields

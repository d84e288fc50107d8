import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.votes import aggregate


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

"""The geometry of the chart: what is drawn is what was counted, and stays inside the frame."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.votes import Week
from app.web.votes.chart import HEIGHT, MOST_PER_VOTE, draw


def weeks_of(*votes):
    return [Week(date(2026, 6, 1) + timedelta(weeks=number), up, down) for number, (up, down) in enumerate(votes)]


def test_without_votes_there_is_no_chart():
    assert draw(weeks_of((0, 0), (0, 0))) is None


def test_thumbs_up_stand_on_the_line_and_thumbs_down_hang_from_it():
    chart = draw(weeks_of((2, 1), (0, 0), (1, 0)))

    assert [(bar.kind, bar.y, bar.height) for bar in chart.bars] == [
        ("up", 0, 2 * MOST_PER_VOTE),
        ("down", 2 * MOST_PER_VOTE, MOST_PER_VOTE),
        ("up", MOST_PER_VOTE, MOST_PER_VOTE),
    ]
    assert (chart.axis, chart.height) == (2 * MOST_PER_VOTE, 3 * MOST_PER_VOTE)


@pytest.mark.parametrize("votes", [(5_000, 0), (0, 5_000), (900, 100)])
def test_many_votes_are_no_taller_than_the_frame(votes):
    chart = draw(weeks_of(votes, (1, 1)))

    assert chart.height == pytest.approx(HEIGHT)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=30))
def test_every_bar_is_inside_and_as_tall_as_its_votes(votes):
    chart = draw(weeks_of(*votes))

    for bar in chart.bars if chart else []:
        assert 0 <= bar.x <= chart.width - chart.bar_width
        assert -0.02 <= bar.y <= bar.y + bar.height <= chart.height + 0.02
        edge = bar.y + bar.height if bar.kind == "up" else bar.y
        assert edge == pytest.approx(chart.axis, abs=0.02)

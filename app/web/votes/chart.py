"""The chart of votes over time, as numbers for a template to draw: thumbs up above the line, thumbs down below it."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.votes import Week

STEP = 12.0
BAR = 9.0
HEIGHT = 84.0
MOST_PER_VOTE = 14.0
"""Units of height: few votes make low bars, so that one vote does not look like a landslide."""


class Bar(NamedTuple):
    """One rectangle: `kind` is "up" or "down"."""

    kind: str
    x: float
    y: float
    height: float
    week: Week


class Chart(NamedTuple):
    """A drawing of `width` by `height`; the line between up and down is at `axis`."""

    width: float
    height: float
    axis: float
    bar_width: float
    bars: list[Bar]


def draw(weeks: Sequence[Week]) -> Chart | None:
    """Return the chart of these weeks, oldest first, or None where they have no votes."""
    most_up, most_down = max(week.up for week in weeks), max(week.down for week in weeks)
    if not most_up + most_down:
        return None
    per_vote = min(MOST_PER_VOTE, HEIGHT / (most_up + most_down))
    axis = round(most_up * per_vote, 2)
    bars = []
    for number, week in enumerate(weeks):
        x = number * STEP + (STEP - BAR) / 2
        up, down = round(week.up * per_vote, 2), round(week.down * per_vote, 2)
        if up:
            bars.append(Bar("up", x, round(axis - up, 2), up, week))
        if down:
            bars.append(Bar("down", x, axis, down, week))
    return Chart(len(weeks) * STEP, round((most_up + most_down) * per_vote, 2), axis, BAR, bars)

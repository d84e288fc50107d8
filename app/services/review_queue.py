"""The queue of a review: which pending example is looked at, which wait beside it, and how many.

How costs grow: showing the next one costs the same whatever the queue's length; what a filter matches is counted up to
a limit.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from app.domain.training_examples import Status
from app.models import Skill, TrainingExample
from app.models.base import MAX_ID
from app.services.training_example_lists import Filter, select_examples
from app.services.training_examples import get_training_example_with_user
from app.services.transactions import reading

QUEUE_SIZE = 20
COUNTED_AT_MOST = 1_000
"""Past this a filter's matches are "more than so many": counting them all would cost as much as there are."""


class Queue(NamedTuple):
    """What waits: the example to look at (None: nothing does), those beside it, and how many match."""

    current: TrainingExample | None
    upcoming: Sequence[TrainingExample]
    matching: int
    newest_id: int

    @property
    def is_counted(self) -> bool:
        """Return whether `matching` is all of them, and not where counting stopped."""
        return self.matching < COUNTED_AT_MOST


def get_queue(skill_id: int, wanted: Filter, *, example_id: int | None = None, after: int = 0) -> Queue:
    """Return the pending examples that match, oldest first, from `after` on; `example_id` is looked at where given."""
    statement, key = select_waiting(skill_id, wanted)
    statement = statement.order_by(key).limit(QUEUE_SIZE)
    upcoming = list(reading().scalars(statement.where(key > min(after, MAX_ID))))
    if after and not upcoming:  # the end was skipped to: begin again
        upcoming = list(reading().scalars(statement))
    current = upcoming[0] if upcoming else None
    if example_id is not None:
        current = (
            next((one for one in upcoming if one.id == example_id), None)
            or get_training_example_with_user(skill_id, example_id).example
        )
    return Queue(current, upcoming, *_extent(skill_id, wanted))


def _extent(skill_id: int, wanted: Filter) -> tuple[int, int]:
    """Return how many match, counted up to a limit, and the number of the newest."""
    matching, key = select_waiting(skill_id, wanted)
    if not wanted.query.strip():
        total = reading().scalar(select(Skill.training_examples_pending).where(Skill.id == skill_id)) or 0
    else:
        limited = matching.with_only_columns(key).order_by(key).limit(COUNTED_AT_MOST).subquery()
        total = reading().scalar(select(func.count()).select_from(limited)) or 0
    newest = matching.with_only_columns(key).order_by(key.desc()).limit(1)
    return total, reading().scalar(newest) or 0


def select_waiting(skill_id: int, wanted: Filter) -> tuple[Select[TrainingExample], ColumnElement[int]]:
    """Return the query of the pending examples that the filter lets through, and the column to order and page it by."""
    pending = Filter(statuses=(Status.PENDING,), source=wanted.source, query=wanted.query)
    statement, (key,) = select_examples(skill_id, pending)
    return statement, key

"""Which training examples a list shows, and in what order: the one place that turns a filter into a query."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select

from app.domain.training_examples import Sort, Source, Status
from app.models import TrainingExample, User
from app.services import search
from app.services.paging import Key
from app.services.transactions import reading


@dataclass(frozen=True)
class Filter:
    """Which of a skill's examples a list shows. Empty `statuses` means all of them."""

    statuses: tuple[Status, ...] = ()
    source: Source | None = None
    query: str = ""
    sort: Sort = Sort.NEWEST


EVERYTHING = Filter()


def select_examples(skill_id: int, wanted: Filter) -> Select[TrainingExample, str]:
    """Return the query of a skill's examples that the filter lets through, with their users' names."""
    statement = (
        select(TrainingExample, User.name)
        .join(User, User.id == TrainingExample.user_id)
        .where(TrainingExample.skill_id == skill_id)
    )
    if wanted.statuses:
        statement = statement.where(TrainingExample.status.in_([status.value for status in wanted.statuses]))
    if wanted.source:
        statement = statement.where(TrainingExample.source == wanted.source.value)
    if wanted.query.strip():
        dialect = reading().get_bind().dialect
        statement = statement.where(
            search.matches(
                search.TRAINING_EXAMPLES,
                wanted.query,
                dialect=dialect,
                id_column=TrainingExample.id,
                owner_id=skill_id,
            )
        )
    return statement


def key_columns(sort: Sort) -> tuple[ColumnElement[int], ...]:
    """Return what the pages of a list in this order are keyed on."""
    if sort is Sort.SCORE:
        return func.coalesce(TrainingExample.quality_score, 0), TrainingExample.id.expression
    return (TrainingExample.id.expression,)


def key_of(example: TrainingExample, sort: Sort) -> Key:
    """Return the example's own key in a list in this order."""
    if sort is Sort.SCORE:
        return example.quality_score or 0, example.id
    return (example.id,)

"""Which training examples a list shows, and in what order: the one place that turns a filter into a query."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Integer, Select, case, false, func, literal, literal_column, or_, select, tuple_

from app.domain.text import is_storable
from app.domain.training_examples import SCORES, Sort, Source, Status
from app.models import ExampleTag, TrainingExample, User, UserPreferences
from app.services import search
from app.services.paging import Cursor, Key
from app.services.transactions import reading


@dataclass(frozen=True)
class Filter:
    """Which of a skill's examples a list shows. Empty `statuses` means all of them."""

    statuses: tuple[Status, ...] = ()
    source: Source | None = None
    query: str = ""
    sort: Sort = Sort.NEWEST
    tag: str = ""


EVERYTHING = Filter()
_NO_SCORE: ColumnElement[int] = literal_column("0")
"""Written out, not bound: only so does SQLite know that the index is of the same expression."""
FEW = 500
"""So many examples are sorted, and looked up in the index of words one by one: a tenth of a second at most."""
KEY_PARTS = {Sort.NEWEST: 1, Sort.SCORE: 2}
"""How many numbers place a page in a list of this order."""


def select_in_order(skill_id: int, wanted: Filter, cursor: Cursor | None) -> Iterator[Select[TrainingExample]]:
    """Yield the queries whose rows, one query's after the other's, are the list from the cursor on in its direction.

    Mostly that is one. Best first among what the index of words hands out, it is one for each score: to sort all that
    has a word takes a second for a million.
    """
    backwards = cursor is not None and cursor.backwards
    begun = cursor.key if cursor else ()
    statement, key = select_examples(skill_id, wanted)
    if wanted.sort is Sort.NEWEST or not search.hands_out(search.TRAINING_EXAMPLES, key[-1]):
        yield _in_order(statement, key, begun, backwards=backwards)
        return
    for score in sorted((0, *SCORES), reverse=not backwards):
        statement, key = select_examples(skill_id, replace(wanted, sort=Sort.NEWEST), score=score)
        if not begun or score == begun[0]:
            yield _in_order(statement, key, begun[1:], backwards=backwards)
        elif (score > begun[0]) is backwards:
            yield _in_order(statement, key, (), backwards=backwards)


def _in_order(
    statement: Select[TrainingExample], key: tuple[ColumnElement[int], ...], begun: Key, *, backwards: bool
) -> Select[TrainingExample]:
    """Return the query in the order of its key, of the rows behind the one with the key `begun` (none: of all)."""
    if begun:
        position = tuple_(*(literal(part, Integer) for part in begun))
        statement = statement.where(tuple_(*key) > position if backwards else tuple_(*key) < position)
    return statement.order_by(*(column.asc() if backwards else column.desc() for column in key))


def select_examples(
    skill_id: int, wanted: Filter, *, score: int | None = None
) -> tuple[Select[TrainingExample], tuple[ColumnElement[int], ...]]:
    """Return the query of a skill's examples that the filter lets through, and its key.

    The key is what the pages are ordered by and begin at: `KEY_PARTS` columns, the last of them unique. Among what was
    searched for, only those with `score` may be asked for: see `select_in_order`.
    """
    statement = select(TrainingExample).where(TrainingExample.skill_id == skill_id)
    id_column: ColumnElement[int] = TrainingExample.id.expression
    if wanted.statuses:
        statement = statement.where(TrainingExample.status.in_([status.value for status in wanted.statuses]))
    if wanted.source:
        statement = statement.where(TrainingExample.source == wanted.source.value)
    if not is_storable(wanted.tag):
        statement = statement.where(false())
    elif wanted.tag:
        statement = statement.join(ExampleTag, ExampleTag.example_id == TrainingExample.id)
        statement = statement.where(ExampleTag.skill_id == skill_id, ExampleTag.tag == wanted.tag)
        id_column = ExampleTag.example_id.expression
    few = _select_few(statement, wanted) if score is None else None
    statement = statement if few is None else few
    if wanted.query.strip():
        statement, id_column = search.narrow(
            statement,
            search.TRAINING_EXAMPLES,
            wanted.query,
            dialect=reading().get_bind().dialect,
            id_column=TrainingExample.id,
            owner_id=skill_id,
            grade=score,
            is_selective=few is not None,
        )
    own_score = func.coalesce(TrainingExample.quality_score, _NO_SCORE)
    key: tuple[ColumnElement[int], ...] = (id_column,) if wanted.sort is Sort.NEWEST else (own_score, id_column)
    # No index is walked in the order of a sum: few are sorted sooner than found among all the others.
    return statement, key if few is None else tuple(column + 0 for column in key)


def _select_few(statement: Select[TrainingExample], wanted: Filter) -> Select[TrainingExample] | None:
    """Return the query as one of few examples, where the filter leaves no more, words aside; None where it leaves many.

    SQLite cannot tell, and would walk all examples in the order of the list. It is asked where no index has both the
    filter and the order, or where words are looked for.
    """
    narrows = wanted.statuses or wanted.source or wanted.tag
    is_in_doubt = wanted.query.strip() or wanted.source or len(wanted.statuses) > 1
    if not (narrows and is_in_doubt) or reading().get_bind().dialect.name != "sqlite":
        return None
    if not wanted.statuses:  # which the index has before the source
        statement = statement.where(TrainingExample.status.in_([status.value for status in Status]))
    some = statement.with_only_columns(TrainingExample.id).limit(FEW + 1).subquery()
    return statement if (reading().scalar(select(func.count()).select_from(some)) or 0) <= FEW else None


def with_user_names(statement: Select[TrainingExample]) -> Select[TrainingExample, str | None]:
    """Return the query with the name of each example's user beside it; of captured ones, where they chose to be named.

    Only what shows names asks for them: to look up the user of each of a million rows takes longer than to count them.
    """
    is_named = UserPreferences.values["named_in_captured_examples"].as_boolean()
    shown_name = case((or_(TrainingExample.source == Source.WEB.value, is_named), User.name))
    return (
        statement.join(User, User.id == TrainingExample.user_id)
        .outerjoin(UserPreferences, UserPreferences.user_id == TrainingExample.user_id)
        .add_columns(shown_name)
    )


def key_of(example: TrainingExample, sort: Sort) -> Key:
    """Return the example's own key in a list in this order."""
    if sort is Sort.SCORE:
        return example.quality_score or 0, example.id
    return (example.id,)

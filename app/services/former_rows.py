"""What captured examples were known by before somebody changed them: so that it can be found in files even then.

An example that was exported as it was, and edited or deleted before any version held it, would otherwise be in no
erasure manifest. Whoever changes what a row says, or deletes it, notes it here first.

How costs grow: with the captured examples that are changed; each is made in every format once.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, delete, exists, insert, literal, select

from app.database import insert_new
from app.domain.erasures import Withdrawal
from app.domain.formats import FORMATS, Record
from app.domain.training_examples import Source
from app.models import Example, FormerRow, Skill, WithdrawnRow
from app.services import clock
from app.services.dataset_rows import EXAMPLE_COLUMNS, row_of
from app.services.transactions import reading


def note_former(*which: ColumnElement[bool]) -> None:
    """Note what captured examples are known by, as they are before the running change changes them."""
    statement = (
        select(Example.id, Example.user_id, Skill.id, Skill.slug, *EXAMPLE_COLUMNS)
        .join(Skill, Skill.id == Example.skill_id)
        .where(Example.source == Source.USAGE_CAPTURE.value, *which)
    )
    former = []
    for example_id, user_id, skill_id, slug, *values in reading().execute(statement):
        row = row_of(values)
        keys = keys_of(Record(row, row.hash), slug)
        former.append(
            {"skill_id": skill_id, "user_id": user_id, "example_id": example_id, "row_hash": row.hash, "keys": keys}
        )
    if former:
        reading().execute(insert_new(FormerRow, reading().get_bind().dialect), former)


def withdraw_former(
    user_id: int, *, reason: Withdrawal, skill_id: int | None = None, example_ids: Collection[int] | None = None
) -> int:
    """Let what a user's examples were known by be what has to go from files, of one skill or of some examples where
    given; return how many rows that are. A part of the running change."""
    which: list[ColumnElement[bool]] = [FormerRow.user_id == user_id]
    if skill_id is not None:
        which.append(FormerRow.skill_id == skill_id)
    if example_ids is not None:
        which.append(FormerRow.example_id.in_(example_ids))
    is_noted = exists().where(WithdrawnRow.row_hash == FormerRow.row_hash, WithdrawnRow.skill_id == FormerRow.skill_id)
    columns = (FormerRow.skill_id, FormerRow.row_hash, FormerRow.keys)
    rows = select(*columns, literal(reason.value), literal(clock.now(), WithdrawnRow.at.type)).where(*which, ~is_noted)
    names = ["skill_id", "row_hash", "keys", "reason", "at"]
    reading().execute(insert(WithdrawnRow).from_select(names, rows.distinct()))
    gone = reading().execute(delete(FormerRow).where(*which), execution_options={"synchronize_session": False})
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it


def keys_of(record: Record, skill: str) -> str:
    """Return what a row is known by in files of every format: `format:key` each, between spaces."""
    return " ".join(_keys(record, skill))


def _keys(record: Record, skill: str) -> Iterable[str]:
    for name, one in FORMATS.items():
        value = one.value(record, skill)
        if value is not None:
            yield f"{name}:{one.key_of(value)}"

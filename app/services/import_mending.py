"""Mending a row of an import: other texts in its place, and the verdict on it and on the rows compared with it.

How costs grow: with the rows that are almost the same as the mended one; where they are many, a job looks at them.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete, func, select, update

from app.domain.errors import NotFound
from app.domain.imports import MENDED, State, Verdict
from app.models import Import, ImportBand, ImportRow, User
from app.models.base import is_id
from app.services import imports
from app.services.import_checks import give_verdicts, judge, same_as_row
from app.services.redaction import policy_of
from app.services.skills import get_skill
from app.services.transactions import reading, writing

MOST_AT_ONCE = 200
"""Rows that are looked at again while somebody waits."""


def mend_row(actor: User, *, skill_id: int, import_id: int, number: int, texts: Mapping[str, str]) -> ImportRow:
    """Put other texts in the place of a row's, without their secrets, and give it its verdict. Only the author may."""
    found = imports.get_import(actor, skill_id, import_id)
    value = {name: texts.get(name) or "" for name in MENDED.columns}
    cleaned = policy_of(get_skill(skill_id)).redactor().sanitize_object(value)
    with writing() as session:
        found = imports.hold_import(actor, found, State.READY)
        statement = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.number == number)
        row = session.scalars(statement.with_for_update()).one_or_none() if is_id(number) else None
        if row is None or row.verdict == Verdict.ADDED.value:
            raise NotFound(f"row with the number {number} to mend")
        row.value, row.is_mended = cleaned.sanitized, True
        row.removed = " ".join(cleaned.secrets_found) or None
        row.verdict = row.content_digest = None
        session.flush()
        session.execute(delete(ImportBand).where(ImportBand.import_id == import_id, ImportBand.number == number))
        _free_the_same(found, number)
        _free_the_like(actor, found, number)
        give_verdicts(found, judge(found, [row]))
        session.refresh(row)
    return row


def _free_the_same(found: Import, number: int) -> None:
    """Of the rows that said the same as the mended one did, let the first be one of its own, and the others say the
    same as that."""
    same = _rows_like(found, number, Verdict.DUPLICATE)
    first = reading().scalars(select(ImportRow).where(*same).order_by(ImportRow.number).limit(1)).one_or_none()
    if first is None:
        return
    first.verdict = first.content_digest = None
    reading().flush()
    reading().execute(update(ImportRow).where(*same).values(like_number=first.number, reason=same_as_row(first.number)))
    give_verdicts(found, judge(found, [first]))


def _free_the_like(actor: User, found: Import, number: int) -> None:
    """Look again at the rows that were almost the same as the mended one."""
    like = _rows_like(found, number, Verdict.NEAR_DUPLICATE)
    few = reading().scalars(select(ImportRow).where(*like).order_by(ImportRow.number).limit(MOST_AT_ONCE)).all()
    again = update(ImportRow).where(*like).values(verdict=None, content_digest=None, like_number=None, reason=None)
    reading().execute(again, execution_options={"synchronize_session": False})
    give_verdicts(found, judge(found, few))
    rest = select(func.count()).where(ImportRow.import_id == found.id, ImportRow.verdict.is_(None))
    if reading().scalar(rest.where(ImportRow.number != number)):
        imports.enqueue_check(actor, found)


def _rows_like(found: Import, number: int, verdict: Verdict) -> tuple[ColumnElement[bool], ...]:
    return (
        ImportRow.import_id == found.id,
        ImportRow.like_number == number,
        ImportRow.verdict == verdict.value,
    )

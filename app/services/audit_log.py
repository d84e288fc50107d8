"""Looking through the audit log: who did what to which thing, when. There is no function here that changes it.

The order is newest first, by moment and then by id, and pages are keyed on both. What a page costs:

* without a filter, by action, by kind of thing, by thing, between dates: the same on every page and at any size; each
  walks an index that ends in the key;
* by actor: that, once for each person whom the words mean, at most `MOST_ACTORS`;
* by an action or a kind of thing that nothing else narrows, together with another filter: the walk passes over records
  that the other filter leaves out, so a rare combination costs as much as the rarer part has records.

The actions and kinds to choose from cost one step into an index for each one there is, however many records there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.errors import Invalid
from app.domain.text import is_storable
from app.models import AuditRecord, User
from app.models.base import is_id
from app.services.paging import Cursor, Page, make_page
from app.services.transactions import reading
from app.services.users import find_user_by_email, matches_person

MOST_ACTORS = 20
BATCH = 1_000


@dataclass(frozen=True)
class AuditFilter:
    """Which records are wanted. `actor` is an e-mail address or words of a name; both dates are days in UTC."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    subject_id: int | None = None
    since: date | None = None
    until: date | None = None


EVERYTHING = AuditFilter()


class AuditEntry(NamedTuple):
    """One record as it is read, with the name and the address that its actor has now."""

    id: int
    at: datetime
    action: str
    subject: str
    subject_id: int
    details: dict[str, Any]
    actor_id: int | None
    actor_name: str | None
    actor_email: str | None


def get_audit_records(
    *, wanted: AuditFilter = EVERYTHING, cursor: Cursor | None = None, size: int = 50
) -> Page[AuditEntry]:
    """Return one page of the records that the filter lets through, newest first.

    Raises `Invalid` where the words for the actor mean more than `MOST_ACTORS` people.
    """
    backwards = cursor is not None and cursor.backwards
    conditions = _conditions(wanted)
    if cursor is not None:
        conditions.append(_beside(cursor))
    statement = _select(conditions, actors=_actor_ids(wanted.actor), size=size + 1, backwards=backwards)
    rows = [AuditEntry(*row) for row in reading().execute(statement)]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.id,))


def iterate_audit_records(*, wanted: AuditFilter = EVERYTHING) -> Iterator[AuditEntry]:
    """Return every record that the filter lets through, newest first, fetched `BATCH` by `BATCH`.

    What cannot be asked is raised now, not when the first record is taken.
    """
    _actor_ids(wanted.actor)
    return _iterate(wanted)


def list_audited_actions() -> list[str]:
    """Return every action that the log knows."""
    return _distinct(AuditRecord.action)


def list_audited_subjects() -> list[str]:
    """Return every kind of thing that the log knows."""
    return _distinct(AuditRecord.subject)


def _iterate(wanted: AuditFilter) -> Iterator[AuditEntry]:
    cursor = None
    while True:
        page = get_audit_records(wanted=wanted, cursor=cursor, size=BATCH)
        reading().commit()  # only read: the export must not hold a snapshot open for as long as somebody downloads
        yield from page.rows
        if page.after is None:
            return
        cursor = Cursor.parse(after=page.after, before=None, parts=1)


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    if not is_storable(wanted.action + wanted.subject):
        return [false()]
    found: list[ColumnElement[bool]] = []
    if wanted.action:
        found.append(AuditRecord.action == wanted.action)
    if wanted.subject:
        found.append(AuditRecord.subject == wanted.subject)
    if wanted.subject_id is not None:
        found.append(AuditRecord.subject_id == wanted.subject_id if is_id(wanted.subject_id) else false())
    if wanted.since:
        found.append(AuditRecord.at >= datetime.combine(wanted.since, time.min, UTC))
    if wanted.until:
        found.append(AuditRecord.at <= datetime.combine(wanted.until, time.max, UTC))
    return found


def _beside(cursor: Cursor) -> ColumnElement[bool]:
    """Return the condition for what is beside the cursor's record, whose moment is looked up: records stay for good."""
    (record_id,) = cursor.key
    at = reading().scalars(select(AuditRecord.at).where(AuditRecord.id == record_id)).one_or_none()
    if at is None:
        raise Invalid({"page": "This page link is broken. Go back to the first page."})
    key = tuple_(AuditRecord.at, AuditRecord.id)
    return key > (at, record_id) if cursor.backwards else key < (at, record_id)


def _select(
    conditions: list[ColumnElement[bool]], *, actors: list[int] | None, size: int, backwards: bool
) -> Select[Any]:
    if actors is not None:
        conditions = [_is_among_first(conditions, actors=actors, size=size, backwards=backwards)]
    statement = (
        select(
            AuditRecord.id,
            AuditRecord.at,
            AuditRecord.action,
            AuditRecord.subject,
            AuditRecord.subject_id,
            AuditRecord.details,
            AuditRecord.actor_id,
            User.name,
            User.email,
        )
        .outerjoin(User, User.id == AuditRecord.actor_id)
        .where(*conditions)
    )
    return _in_order(statement, backwards=backwards).limit(size)


def _is_among_first(
    conditions: list[ColumnElement[bool]], *, actors: list[int], size: int, backwards: bool
) -> ColumnElement[bool]:
    """Return the condition to be one of the first `size` records of one of the actors: each one's index is walked."""
    if not actors:
        return false()
    firsts = [
        _in_order(
            select(AuditRecord.id).where(and_(AuditRecord.actor_id == actor_id, *conditions)), backwards=backwards
        )
        .limit(size)
        .subquery()
        for actor_id in actors
    ]
    return AuditRecord.id.in_(union_all(*(select(first.c.id) for first in firsts)))


def _in_order(statement: Select[Any], *, backwards: bool) -> Select[Any]:
    if backwards:
        return statement.order_by(AuditRecord.at.asc(), AuditRecord.id.asc())
    return statement.order_by(AuditRecord.at.desc(), AuditRecord.id.desc())


def _actor_ids(words: str) -> list[int] | None:
    """Return the ids of the people who are meant, or None where everybody is."""
    if not words.strip():
        return None
    if known := find_user_by_email(words):
        return [known.id]
    statement = select(User.id).where(matches_person(words)).order_by(User.id).limit(MOST_ACTORS + 1)
    found = list(reading().scalars(statement))
    if len(found) > MOST_ACTORS:
        raise Invalid({"actor": f"More than {MOST_ACTORS} people match. Write more of the name, or the address."})
    return found


def _distinct(column: InstrumentedAttribute[str]) -> list[str]:
    """Return the column's values, each found in its index from the one before."""
    step = select(func.min(column).label("value")).cte("step", recursive=True)
    following = select(func.min(column)).where(column > step.c.value).correlate(step).scalar_subquery()
    step = step.union_all(select(following).where(step.c.value.is_not(None)))
    return sorted(reading().scalars(select(step.c.value).where(step.c.value.is_not(None))))

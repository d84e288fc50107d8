"""The rows of an import, as they are kept until it is over: counted, listed, and read a chunk at a time.

How costs grow: a page and a chunk not at all; counting, with the rows, by an index.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Select, delete, func, select

from app.domain.errors import NotFound
from app.domain.import_entries import Entry
from app.domain.imports import Verdict
from app.models import ImportBand, ImportRow
from app.models.base import is_id
from app.services.chunks import read_chunk
from app.services.paging import Cursor, Page, make_page
from app.services.transactions import reading

ROWS_AT_ONCE = 1_000


class Counts(NamedTuple):
    """How many rows of an import have each verdict, how many have none yet, and of how many something was taken out."""

    verdicts: Mapping[Verdict, int]
    unjudged: int
    redacted: int


def count_verdicts(import_id: int) -> Counts:
    """Return how many rows have which verdict."""
    verdicts = select(ImportRow.verdict, func.count()).where(ImportRow.import_id == import_id)
    found = dict(reading().execute(verdicts.group_by(ImportRow.verdict)).all())
    redacted = select(func.count()).where(ImportRow.import_id == import_id, ImportRow.removed.is_not(None))
    return Counts(
        {verdict: found.get(verdict.value, 0) for verdict in Verdict},
        found.get(None, 0),
        reading().scalar(redacted) or 0,
    )


def get_import_rows(
    import_id: int, *, verdict: Verdict | None = None, cursor: Cursor | None = None, size: int = 50
) -> Page[ImportRow]:
    """Return one page of an import's rows, in the order of the file."""
    backwards = cursor is not None and cursor.backwards
    statement = select(ImportRow).where(ImportRow.import_id == import_id)
    if verdict is not None:
        statement = statement.where(ImportRow.verdict == verdict.value)
    if cursor is not None:
        (beside,) = cursor.key
        statement = statement.where(ImportRow.number < beside if backwards else ImportRow.number > beside)
    order = ImportRow.number.desc() if backwards else ImportRow.number
    rows = reading().scalars(statement.order_by(order).limit(size + 1)).all()
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.number,))


def get_import_row(import_id: int, number: int) -> ImportRow:
    """Return one row of an import; raise `NotFound`."""
    statement = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.number == number)
    row = reading().scalars(statement).one_or_none() if is_id(number) else None
    if row is None:
        raise NotFound(f"row with the number {number} in this import")
    return row


def read_wrong_rows(import_id: int) -> Iterator[ImportRow]:
    """Yield the rows that were not added and are not new, in the order of the file, to be mended elsewhere."""
    wrong = [Verdict.REFUSED.value, Verdict.DUPLICATE.value, Verdict.NEAR_DUPLICATE.value]
    statement = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.verdict.in_(wrong))
    last = 0
    while rows := read_rows(statement.where(ImportRow.number > last)):
        yield from rows
        last = rows[-1].number


def read_rows(statement: Select[ImportRow]) -> list[ImportRow]:
    """Return the first rows of an import that the statement finds, in the order of the file: a chunk of them."""
    found = read_chunk(
        statement.order_by(ImportRow.number), most=ROWS_AT_ONCE, characters=lambda row: count_characters(row[0])
    )
    return [row for (row,) in found]


def forget_rows(import_id: int) -> None:
    """Delete what is kept of an import's rows, as a part of the running change."""
    for model in (ImportRow, ImportBand):
        reading().execute(delete(model).where(model.import_id == import_id))


def count_characters(one: Entry | ImportRow) -> int:
    """Return how large a row is, about, to cut chunks by."""
    return len(str(one.value))

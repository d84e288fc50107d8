"""Pages of a list that are keyed on something unique, so that page 10,000 costs what page 1 costs.

A page is asked for with the key of the row it comes after (towards older rows) or before (back towards newer ones).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select

from app.domain.errors import Invalid
from app.models.base import MAX_ID

Row = TypeVar("Row")
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])
Key = tuple[int, ...]


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: next to the row with `key`, going `backwards` or onwards."""

    key: Key
    backwards: bool = False

    @classmethod
    def parse(cls, *, after: str | None, before: str | None, parts: int) -> "Cursor | None":
        """Return the cursor that a URL's `after` or `before` names, or None for the first page."""
        text = before or after
        if not text:
            return None
        try:
            key = tuple(int(part) for part in text.split("."))
        except ValueError:
            key = ()
        if len(key) != parts or not all(0 <= part <= MAX_ID for part in key):
            raise Invalid({"page": "This page link is broken. Go back to the first page."})
        return cls(key, backwards=bool(before))


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows in the list's order, and the cursors of the pages beside them as URL text (None: there is no such)."""

    rows: Sequence[Row]
    after: str | None = None
    before: str | None = None


def make_page(rows: Sequence[Row], *, cursor: Cursor | None, size: int, key_of: Callable[[Row], Key]) -> Page[Row]:
    """Return the page made of `rows`, of which up to `size` + 1 were fetched, in the direction of `cursor`."""
    backwards = cursor is not None and cursor.backwards
    more = len(rows) > size
    kept = list(rows[:size])
    if backwards:
        kept.reverse()
    if not kept:
        return Page(kept)
    first, last = (".".join(map(str, key_of(row))) for row in (kept[0], kept[-1]))
    has_newer = more if backwards else cursor is not None
    has_older = True if backwards else more
    return Page(kept, after=last if has_older else None, before=first if has_newer else None)


def newest_first(statement: Query, number: ColumnElement[int], *, cursor: Cursor | None, size: int) -> Query:
    """Return the query of one page, and of one row more, of a list whose `number` falls from row to row."""
    backwards = cursor is not None and cursor.backwards
    if cursor is not None:
        (beside,) = cursor.key
        statement = statement.where(number > beside if backwards else number < beside)
    return statement.order_by(number.asc() if backwards else number.desc()).limit(size + 1)

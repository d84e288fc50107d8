"""Long work in little memory: chunks of many small rows or of few large ones, and what is sorted without being kept."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select

from app.services.transactions import reading

CHARACTERS_AT_ONCE = 5_000_000
_ROWS_AT_A_TIME = 250
_TEXTS_AT_A_TIME = 1_000

Row = TypeVar("Row")


def take_chunk(rows: Iterable[Row], *, most: int, characters: Callable[[Row], int]) -> list[Row]:
    """Take the next rows: `most` of them, or fewer that have `CHARACTERS_AT_ONCE` together."""
    chunk, size = [], 0
    for row in islice(rows, most):
        chunk.append(row)
        size += characters(row)
        if size >= CHARACTERS_AT_ONCE:
            break
    return chunk


def read_chunk(statement: Select[Any], *, most: int, characters: Callable[[Any], int]) -> list[Any]:
    """Return the first rows that a statement finds, as many as make a chunk: read a few at a time."""
    few = {"yield_per": _ROWS_AT_A_TIME}
    with reading().execute(statement.limit(most), execution_options=few) as found:
        return take_chunk(found, most=most, characters=characters)


class SortedOnDisk:
    """Short texts in their own order, however many: SQLite keeps and sorts them in a file without a name."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("CREATE TABLE texts (text TEXT)")
        self._added: list[tuple[str]] = []

    def add(self, text: str) -> None:
        """Keep one more."""
        self._added.append((text,))
        if len(self._added) == _TEXTS_AT_A_TIME:
            self._write()

    def __iter__(self) -> Iterator[str]:
        self._write()
        return (text for (text,) in self._database.execute("SELECT text FROM texts ORDER BY text"))

    def close(self) -> None:
        """Forget them all."""
        self._database.close()

    def _write(self) -> None:
        self._database.executemany("INSERT INTO texts VALUES (?)", self._added)
        self._added.clear()

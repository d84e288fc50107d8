"""Chunks of long work: many small rows at once, and few large ones, so that none takes much memory."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select

from app.services.transactions import reading

CHARACTERS_AT_ONCE = 5_000_000
_ROWS_AT_A_TIME = 250

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

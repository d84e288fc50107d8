"""What a format is: what a row becomes in it, what it cannot hold, and how a file lays the values out."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, NamedTuple

from app.domain.datasets import Row, canonical
from app.domain.formats.layouts import Layout, Value


class Record(NamedTuple):
    """A row on its way out, with its hash."""

    row: Row
    hash: str


class Part(StrEnum):
    """What a row may have beside its input and its gold answer, as it is said of a format that has no room for it."""

    SCORE = "the score"
    REJECTED = "the rejected output"
    TURNS = "the earlier turns"
    TAGS = "the tags"
    METADATA = "the metadata"
    EVALUATION_ONLY = "that it is for evaluation only"


ALL_PARTS = frozenset(Part)
SKIPPED = "the row itself: it is left out"
"""What `loses` says of a row that the format cannot hold at all."""


class Purpose(StrEnum):
    """What a file is for. Rows that are for evaluation only never enter one for training."""

    KEEPING = "keeping"
    TRAINING = "training"
    EVALUATION = "evaluation"


@dataclass(frozen=True)
class Format:
    """One exchange format.

    `value_of` says what a row becomes, given the skill's name too, and `row_of` reads that back. `holds` are the parts
    that the format has room for; one for `pairs_only` leaves out what was not corrected.
    """

    name: str
    label: str
    layout: Layout
    purpose: Purpose
    value_of: Callable[[Record, str], Value]
    row_of: Callable[[Value], Row]
    holds: frozenset[Part]
    limits: str
    source: str
    pairs_only: bool = False
    version: int = 1
    sample: tuple[Row, ...] = field(
        default=(
            Row("What is due?", "The invoice is due on 1 May.", quality_score=8),
            Row("Summarise: the pump is late.", "It's late!", "The pump arrives a week late.", 5, "usage_capture"),
        )
    )

    def write(self, records: Iterable[Record], skill: str) -> Iterator[bytes]:
        """Yield the file of these records of the skill with this name, piece by piece."""
        values = (self.value(record, skill) for record in records)
        yield from self.join((value for value in values if value is not None), skill)

    def join(self, values: Iterable[Value], skill: str) -> Iterator[bytes]:
        """Yield the file of these values."""
        for piece in self.layout.join(values, skill):
            yield piece.encode("utf-8") if isinstance(piece, str) else piece

    def split(self, file: IO[bytes]) -> Iterator[Value]:
        """Yield the values of a file; `ValueError` for what is no such file."""
        if not self.layout.is_text:
            yield from self.layout.split(file)
            return
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        try:
            yield from self.layout.split(text)
        except UnicodeDecodeError as error:
            raise ValueError("This file is not UTF-8.") from error
        finally:
            text.detach()  # whoever opened the file closes it

    def value(self, record: Record, skill: str) -> Value | None:
        """Return what a row becomes; None where a file of this format has no place for it."""
        return None if self.leaves_out(record.row) else self.value_of(record, skill)

    def loses(self, row: Row) -> str | None:
        """Return what a file of this format does not have of the row; `SKIPPED` where it has nothing of it."""
        if self.leaves_out(row):
            return SKIPPED
        return ", ".join(part for part in parts_of(row) if part not in self.holds) or None

    def leaves_out(self, row: Row) -> bool:
        """Return whether a file of this format has no place for the row."""
        is_for_others = row.evaluation_only and self.purpose is Purpose.TRAINING
        return is_for_others or (self.pairs_only and not row.is_pair)

    def read(self, file: IO[bytes]) -> Iterator[Row]:
        """Yield the rows of a file, as far as the format holds them; `ValueError` for what is no such file."""
        for value in self.split(file):
            yield self.read_value(value)

    def read_value(self, value: Value) -> Row:
        """Return the row that became `value`; raise `ValueError` where none of this format did."""
        try:
            row = self.row_of(value)
        except (KeyError, TypeError, IndexError, AttributeError, StopIteration) as error:
            raise ValueError(f"This is no row of {self.label}.") from error
        if not all(isinstance(text, str) for text in (row.input, row.output, row.expected_output or "")):
            raise ValueError(f"This is no row of {self.label}: its input and output are no texts.")
        return row

    def key_of(self, value: Value) -> str:
        """Return what a value is known by in files of this format, whatever stands around it: a SHA-256 in hex."""
        has = {name: part for name, part in value.items() if part not in _EMPTY or name not in _YOUNGER}
        # What evaluates has an object of facts; elsewhere objects are the user's.
        if self.purpose is Purpose.EVALUATION:
            has = {name: _without_younger(part) for name, part in has.items()}
        return hashlib.sha256(f"{self.name}\n{canonical(has)}".encode()).hexdigest()

    def example(self) -> bytes:
        """Return the sample as the format writes it."""
        return b"".join(self.write((Record(row, row.hash) for row in self.sample), "a-skill"))


_YOUNGER = ("tags", "metadata", "turns")
"""Columns that tables did not have once: a row without them has the same key in older files."""
_YOUNGER_FACT = "evaluation_only"
"""What objects of facts did not have once."""
_EMPTY: tuple[object, ...] = (None, "", [], {})


def _without_younger(part: object) -> object:
    return {name: one for name, one in part.items() if name != _YOUNGER_FACT} if isinstance(part, dict) else part


def parts_of(row: Row) -> list[Part]:
    """Return what a row has beside its input and its gold answer."""
    has = {
        Part.SCORE: row.quality_score is not None,
        Part.REJECTED: row.is_pair,
        Part.TURNS: bool(row.turns),
        Part.TAGS: bool(row.tags),
        Part.METADATA: bool(row.metadata),
        Part.EVALUATION_ONLY: row.evaluation_only,
    }
    return [part for part, is_there in has.items() if is_there]

"""What a format is: plain functions between rows and lines of text, so that a million rows stream in flat memory."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.domain.datasets import Row


class Record(NamedTuple):
    """A row on its way out, with its hash."""

    row: Row
    hash: str


Writer = Callable[[Iterable[Record], str], Iterator[str]]
"""Writes records of the skill with this name as pieces of a file, line ends included."""
Reader = Callable[[str], Iterator[Row]]
"""Reads what the format can hold back out of a whole file; raises `ValueError` for what is no such file."""


@dataclass(frozen=True)
class Format:
    """One exchange format. `loses` says for a row what the format cannot hold of it, and None where it holds it all."""

    name: str
    label: str
    extension: str
    mimetype: str
    write: Writer
    read: Reader
    loses: Callable[[Row], str | None]
    limits: str
    source: str
    version: int = 1
    sample: tuple[Row, ...] = field(
        default=(
            Row("What is due?", "The invoice is due on 1 May.", quality_score=8),
            Row("Summarise: the pump is late.", "It's late!", "The pump arrives a week late.", 5, "usage_capture"),
        )
    )

    def example(self) -> str:
        """Return the sample as the format writes it."""
        records = [Record(row, row.hash) for row in self.sample]
        return "".join(self.write((one for one in records if self.loses(one.row) != SKIPPED), "a-skill"))


SKIPPED = "the row itself: it is left out"
"""What `loses` says of a row that the format cannot hold at all."""


def lines(write_row: Callable[[Record, str], Any]) -> Writer:
    """Return a writer of JSON Lines: one value per record, None for a record that is left out."""

    def write(records: Iterable[Record], skill: str) -> Iterator[str]:
        for record in records:
            value = write_row(record, skill)
            if value is not None:
                yield json.dumps(value, ensure_ascii=False) + "\n"

    return write


def read_lines(read_row: Callable[[dict[str, Any]], Row]) -> Reader:
    """Return a reader of JSON Lines."""

    def read(text: str) -> Iterator[Row]:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _row_of(line, number, read_row)

    return read


def _row_of(line: str, number: int, read_row: Callable[[dict[str, Any]], Row]) -> Row:
    try:
        return read_row(json.loads(line))
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"Line {number} is not of this format.") from error


def document(write_row: Callable[[Record, int], Any], *, before: str = "[\n", after: str = "\n]\n") -> Writer:
    """Return a writer of one JSON array, a record a line; `before` and `after` may name the skill as {skill}."""

    def write(records: Iterable[Record], skill: str) -> Iterator[str]:
        named = json.dumps(skill)
        yield before.replace("{skill}", named)
        separator = ""
        for number, record in enumerate(records, start=1):
            yield separator + json.dumps(write_row(record, number), ensure_ascii=False)
            separator = ",\n"
        yield after.replace("{skill}", named)

    return write


def loses_nothing(_row: Row) -> None:
    """Say that the format holds all of a row."""


def keeps_gold_only(row: Row) -> str | None:
    """Say what is lost where there is room for one answer."""
    lost = []
    if row.is_pair:
        lost.append("the rejected output")
    if row.quality_score is not None:
        lost.append("the score")
    return ", ".join(lost) or None

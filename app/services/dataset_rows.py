"""The rows of a dataset as they are stored: of the examples as they are now, and of a frozen version.

How costs grow: with the rows, which are read a thousand at a time, whatever lies beside them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select, tuple_

from app.domain.datasets import Row, canonical
from app.domain.errors import Invalid
from app.domain.example_details import Turn
from app.domain.formats import Record
from app.domain.splits import Split
from app.domain.training_examples import PUBLIC_STATUSES
from app.models import DatasetEntry, DatasetVersion, Example, FrozenRow, Skill, TrainingExample
from app.models.base import MAX_ID
from app.services.training_example_lists import Filter, select_examples
from app.services.transactions import reading

ROWS_AT_ONCE = 1_000

LIVE_COLUMNS = (
    TrainingExample.example_input,
    TrainingExample.example_output,
    TrainingExample.expected_output,
    TrainingExample.quality_score,
    TrainingExample.source,
    TrainingExample.evaluation_only,
    TrainingExample.tags,
    TrainingExample.example_metadata,
    TrainingExample.turns,
)
"""What makes a row, in the order of its fields."""
EXAMPLE_COLUMNS = tuple(getattr(Example, column.key) for column in LIVE_COLUMNS)
"""The same of examples that are there or in the bin."""
FROZEN_COLUMNS = tuple(getattr(FrozenRow, column.key) for column in LIVE_COLUMNS)
FROZEN_CONTENT = tuple(column for column in FROZEN_COLUMNS if column.expression.nullable)
"""What a tombstone has no more of."""


def row_of(values: Sequence[Any]) -> Row:
    """Return the row of what those columns hold."""
    given, output, expected_output, score, source, evaluation_only, tags, metadata, turns = values
    said = tuple(Turn(**turn) for turn in turns or ())
    ordered = json.loads(canonical(metadata)) if metadata else None  # the same content makes the same files
    return Row(given, output, expected_output, score, source, evaluation_only, tuple(tags or ()), ordered, said)


def frozen_row_of(frozen: FrozenRow | Mapping[str, Any]) -> Row:
    """Return the row that a frozen row, or its columns by name, says."""
    names = [column.key for column in FROZEN_COLUMNS]
    return row_of([frozen[name] if isinstance(frozen, Mapping) else getattr(frozen, name) for name in names])


@dataclass(frozen=True)
class Selection:
    """Which rows of a skill are wanted: those of a version (of one split, where given), or the approved examples as
    they are now, where given with all of these words and this tag."""

    skill: Skill
    version: DatasetVersion | None = None
    split: Split | None = None
    query: str = ""
    tag: str = ""

    @property
    def filter(self) -> Filter:
        """Return which of the examples as they are now are wanted."""
        return Filter(statuses=PUBLIC_STATUSES, query=self.query, tag=self.tag)

    @property
    def filter_text(self) -> str:
        """Return the same as a manifest says it."""
        return " ".join(part for part in (f"tag={json.dumps(self.tag)}" if self.tag else "", self.query) if part)


class RowClass(NamedTuple):
    """A row that stands for all that formats treat alike, and how many those are."""

    row: Row
    rows: int


def read_records(wanted: Selection) -> Iterator[Record]:
    """Yield the wanted rows with their hashes, in flat memory: a version's in its own order, else the oldest first."""
    if wanted.version is None:
        yield from _read_live(wanted)
    else:
        yield from _read_frozen(wanted)


class RowCursor(NamedTuple):
    """Where a page of a version's rows begins: behind the row with this hash and number."""

    row_hash: str
    frozen_row_id: int

    @classmethod
    def parse(cls, text: str) -> "RowCursor":
        """Return the cursor that a page named as its end; the first page's where there is none."""
        row_hash, _, number = text.partition(".")
        if not text:
            return cls("", 0)
        if not re.fullmatch("[0-9a-f]{64}", row_hash) or not re.fullmatch("[0-9]{1,10}", number):
            raise Invalid({"after": "This is no end of a page."})
        return cls(row_hash, min(int(number), MAX_ID))

    def __str__(self) -> str:
        return f"{self.row_hash}.{self.frozen_row_id}"


class PlacedRecord(NamedTuple):
    """A row of a version, and the cursor of the page behind it."""

    record: Record
    cursor: RowCursor


def read_page(wanted: Selection, *, after: RowCursor, limit: int) -> Iterator[PlacedRecord]:
    """Yield up to so many of a version's rows, in its own order."""
    if wanted.version is None:
        raise Invalid({"version": "Only a version has pages."})
    key = (DatasetEntry.row_hash, DatasetEntry.frozen_row_id)
    statement = select_entries(wanted.version.id, wanted.split).with_only_columns(*key, *FROZEN_COLUMNS)
    page = statement.where(tuple_(*key) > after).order_by(*key).limit(limit)
    for row_hash, frozen_row_id, *values in reading().execute(page).all():
        yield PlacedRecord(Record(row_of(values), row_hash), RowCursor(row_hash, frozen_row_id))


def count_rows(wanted: Selection) -> int:
    """Return how many rows are wanted, those included that a format leaves out: one statement."""
    return reading().scalar(_select_wanted(wanted).with_only_columns(func.count())) or 0


def count_classes(wanted: Selection, *, most: int) -> list[RowClass]:
    """Return how many of the wanted rows, or of so many of them, are pairs, have a score, and so on: one statement."""
    classes = _select_classes(_select_wanted(wanted).limit(most), FrozenRow if wanted.version else TrainingExample)
    return [
        RowClass(
            Row(
                "in",
                "out",
                "better" if is_pair else None,
                5 if has_score else None,
                evaluation_only=evaluation_only,
                tags=("a",) if has_tags else (),
                metadata={"a": 1} if has_metadata else None,
                turns=(Turn("system", "a"),) if has_turns else (),
            ),
            count,
        )
        for is_pair, has_score, evaluation_only, has_tags, has_metadata, has_turns, count in reading().execute(classes)
    ]


def select_entries(version_id: int, split: Split | None = None) -> Select[DatasetEntry, FrozenRow]:
    """Return the query of a version's rows that are still there."""
    statement = (
        select(DatasetEntry, FrozenRow)
        .join(FrozenRow, FrozenRow.id == DatasetEntry.frozen_row_id)
        .where(DatasetEntry.version_id == version_id, FrozenRow.withdrawn_at.is_(None))
    )
    return statement if split is None else statement.where(DatasetEntry.split == split.value)


def _read_live(wanted: Selection) -> Iterator[Record]:
    matching, (key,) = select_examples(wanted.skill.id, wanted.filter)
    statement = matching.with_only_columns(key, *LIVE_COLUMNS).order_by(key).limit(ROWS_AT_ONCE)
    last = 0
    while batch := reading().execute(statement.where(key > last)).all():
        for _, *values in batch:
            row = row_of(values)
            yield Record(row, row.hash)
        last = batch[-1][0]


def _read_frozen(wanted: Selection) -> Iterator[Record]:
    last = RowCursor("", 0)
    while batch := list(read_page(wanted, after=last, limit=ROWS_AT_ONCE)):
        for one in batch:
            yield one.record
        last = batch[-1].cursor


def _select_wanted(wanted: Selection) -> "Select[*tuple[Any, ...]]":
    if wanted.version is None:
        return select_examples(wanted.skill.id, wanted.filter)[0]
    return select_entries(wanted.version.id, wanted.split)


def _select_classes(
    matching: "Select[*tuple[Any, ...]]", model: type[TrainingExample] | type[FrozenRow]
) -> Select[Any]:
    kinds: tuple[ColumnElement[bool], ...] = (
        and_(model.expected_output.is_not(None), model.expected_output != model.example_output).label("is_pair"),
        model.quality_score.is_not(None).label("has_score"),
        model.evaluation_only.label("evaluation_only"),
        model.tags.is_not(None).label("has_tags"),
        model.example_metadata.is_not(None).label("has_metadata"),
        model.turns.is_not(None).label("has_turns"),
    )
    found = matching.with_only_columns(*kinds).subquery()
    return select(*found.c, func.count(literal_column("1"))).group_by(*found.c)

"""What becomes of a value that somebody imports: which format it is of, which row it makes, and the verdict on it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.datasets import Row
from app.domain.errors import Invalid
from app.domain.example_details import Turn, details_of, problems_with_details
from app.domain.formats import FORMATS
from app.domain.formats.layouts import Value
from app.domain.formats.tables import COLUMNS as GOLDSET_COLUMNS
from app.domain.import_columns import cell_at, columns_of, guess_columns
from app.domain.text import normalise_newlines
from app.domain.training_examples import Source, problems_with_example

COLUMNS = "columns"
"""The format of a file that is of none: its columns are named one by one."""
FIELDS = ("input", "output", "expected_output", "quality_score", "evaluation_only", "tags", "metadata", "turns")
REQUIRED = ("input", "output")
FILE_NAME_MAX_CHARACTERS = 200

_RECOGNISED = (
    "openai-preference",
    "trl-preference",
    "openai-chat",
    "trl-sft",
    "promptfoo",
    "inspect-ai",
    "langfuse",
    "langsmith",
    "mlflow",
    "phoenix",
    "alpaca",
    "csv",
    "jsonl",
    "deepeval",
    "skill-evals",
    "trl-unpaired",
    "prompt-completion",
)
"""The formats a file is compared with, in this order: what has more of its own comes first."""
_YES = frozenset({"yes", "true", "y", "1", "x"})


class State(StrEnum):
    """Where an import stands."""

    READING = "reading"
    CHECKING = "checking"
    READY = "ready"
    ADDING = "adding"
    DONE = "done"
    DISCARDED = "discarded"


class Verdict(StrEnum):
    """What a row comes to, and what became of it."""

    NEW = "new"
    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near_duplicate"
    REFUSED = "refused"
    ADDED = "added"


class Reading(NamedTuple):
    """How values are read: as a format, or, where that is `COLUMNS`, by the column of each field."""

    format: str
    columns: Mapping[str, str]

    @property
    def is_complete(self) -> bool:
        """Return whether it says where the input and the output are."""
        return self.format != COLUMNS or all(self.columns.get(name) for name in REQUIRED)

    def row_of(self, value: Value) -> Row:
        """Return the row that a value makes; raise `ValueError` with a sentence where it makes none."""
        if self.format != COLUMNS:
            return _normal(FORMATS[self.format].read_value(value))
        cells = self._cells_of(value)
        texts = {name: _text_of(cell) for name, cell in cells.items()}
        return _normal(
            Row(
                texts["input"],
                texts["output"],
                texts["expected_output"] or None,
                _score_of(texts["quality_score"]),
                Source.WEB.value,
                _is_yes(cells["evaluation_only"]),
                *details_of(cells["tags"], cells["metadata"], cells["turns"]),
            )
        )

    def texts_of(self, value: Value) -> dict[str, str] | None:
        """Return what a value says of each field, as somebody would type it; None where that cannot be told."""
        try:
            return texts_of_row(self.row_of(value))
        except ValueError:
            if self.format != COLUMNS:
                return None
        cells = self._cells_of(value)
        return {name: _text_of(cell) for name, cell in cells.items()} | {
            "evaluation_only": "yes" if _is_yes(cells["evaluation_only"]) else ""
        }

    def _cells_of(self, value: Value) -> dict[str, Any]:
        return {name: cell_at(value, column) if (column := self.columns.get(name)) else None for name in FIELDS}


MENDED = Reading(COLUMNS, {name: name for name in FIELDS})
"""How a row is read that was mended by hand, whatever the file is."""


def texts_of_row(row: Row) -> dict[str, str]:
    """Return a row as somebody would type it: a text for each field."""
    return {
        "input": row.input,
        "output": row.output,
        "expected_output": row.expected_output or "",
        "quality_score": "" if row.quality_score is None else str(row.quality_score),
        "evaluation_only": "yes" if row.evaluation_only else "",
        **row.details.to_texts(),
    }


def guess_reading(values: Sequence[Value]) -> Reading:
    """Return how these values, the first of a file, are to be read."""
    for name in _RECOGNISED:
        if values and all(_fits(name, value) for value in values):
            return Reading(name, {})
    return Reading(COLUMNS, guess_columns(columns_of(values)))


def unread_columns(reading: Reading, values: Sequence[Value]) -> list[str]:
    """Return the columns of these values, some of a file, that nothing is made of when they are read so."""
    if reading.format == COLUMNS:
        columns, read = columns_of(values), set(filter(None, reading.columns.values()))
        return [column for column in columns if not _is_read(column, read) and not _is_outer(column, columns)]
    return [
        column
        for column in dict.fromkeys(name for value in values for name in value)
        if column != "hash" and not any(_makes_a_difference(reading, value, column) for value in values)
    ]


def _is_read(column: str, read: Collection[str]) -> bool:
    return any(column == one or column.startswith(f"{one}.") for one in read)


def _is_outer(column: str, columns: Iterable[str]) -> bool:
    return any(one.startswith(f"{column}.") for one in columns)


def _makes_a_difference(reading: Reading, value: Value, column: str) -> bool:
    try:
        row = reading.row_of(value)
    except ValueError:
        return False
    try:
        return row != reading.row_of({name: part for name, part in value.items() if name != column})
    except ValueError:
        return True


def check_reading(reading: Reading, columns: Sequence[str]) -> None:
    """Raise `Invalid` for a way of reading that names what is not there, or leaves out what is needed."""
    problems = {}
    if reading.format != COLUMNS:
        if reading.format not in FORMATS:
            problems["format"] = "Choose one of the formats."
    else:
        for name in FIELDS:
            column = reading.columns.get(name, "")
            if column and column not in columns:
                problems[name] = "Choose one of the file's columns."
            elif not column and name in REQUIRED:
                problems[name] = f"Choose the column of the {name}."
    if problems:
        raise Invalid(problems)


def problem_with_row(row: Row, *, max_characters: int) -> str | None:
    """Return why a row cannot become an example, as sentences, or None."""
    found = problems_with_example(
        example_input=row.input,
        example_output=row.output,
        quality_score=row.quality_score,
        max_characters=max_characters,
    )
    if row.expected_output is not None and len(row.expected_output) > max_characters:
        found["expected_output"] = f"Shorten the expected output: up to {max_characters:,} characters fit."
    found |= problems_with_details(row.details, max_characters=max_characters)
    return " ".join(found.values()) or None


def _fits(name: str, value: Value) -> bool:
    if name in ("csv", "jsonl") and not value.keys() <= set(GOLDSET_COLUMNS):
        return False  # what has more than we write has columns of its own, which can be chosen
    if name == "csv" and not all(isinstance(cell, str) for cell in value.values()):
        return False
    if name == "deepeval" and "output" in value:
        return False  # it has no such column, and would leave it out
    if name == "trl-unpaired":
        return {"prompt", "completion", "label"} <= value.keys()
    try:
        FORMATS[name].read_value(value)
    except ValueError:
        return False
    return True


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _is_yes(value: Any) -> bool:
    return _text_of(value).strip().lower() in _YES


def _score_of(value: Any) -> int | None:
    """Return a score as a whole number: tables have it as text, and JSON perhaps as 8.0."""
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = 0.5
    if isinstance(value, bool) or not number.is_integer():
        raise ValueError("Give a score from 1 to 10, or leave it empty.")
    return int(number)


def _normal(row: Row) -> Row:
    """Return the row as it would be stored: an example that an author adds, whatever its source was elsewhere."""
    expected = row.expected_output
    return Row(
        normalise_newlines(row.input),
        normalise_newlines(row.output),
        None if expected is None else normalise_newlines(expected),
        _score_of(row.quality_score),
        evaluation_only=row.evaluation_only in (True, "yes"),  # tables have it as text
        tags=row.tags,
        metadata=row.metadata,
        turns=tuple(Turn(turn.role, normalise_newlines(turn.content)) for turn in row.turns),
    )

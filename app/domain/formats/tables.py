"""Goldset's own formats: JSON Lines, which holds everything, and CSV."""

from app.domain.datasets import Row
from app.domain.formats.base import Format, Purpose, Record, loses_nothing
from app.domain.formats.layouts import LINES, Value, table

COLUMNS = ("input", "output", "expected_output", "quality_score", "source", "evaluation_only", "hash")


def value_of(record: Record, _skill: str) -> Value:
    """Return a row with all that it has, and its hash."""
    row = record.row
    return {
        "input": row.input,
        "output": row.output,
        "expected_output": row.expected_output,
        "quality_score": row.quality_score,
        "source": row.source,
        "evaluation_only": row.evaluation_only,
        "hash": record.hash,
    }


def row_of(value: Value) -> Row:
    """Read that back."""
    return Row(
        value["input"],
        value["output"],
        value.get("expected_output"),
        value.get("quality_score"),
        value.get("source") or "web",
        value.get("evaluation_only") or False,
    )


def _cells_of(record: Record, skill: str) -> Value:
    value = value_of(record, skill)
    return {name: "" if cell is None else str(cell) for name, cell in value.items()} | {
        "evaluation_only": "yes" if record.row.evaluation_only else ""
    }


def _row_of_cells(cells: Value) -> Row:
    score = cells.get("quality_score") or ""
    if score and not score.removeprefix("-").isdecimal():
        raise ValueError("Give a score from 1 to 10, or leave it empty.")
    return Row(
        cells["input"],
        cells["output"],
        cells.get("expected_output") or None,
        int(score) if score else None,
        cells.get("source") or "web",
        cells.get("evaluation_only") == "yes",
    )


JSONL = Format(
    "jsonl",
    "Goldset JSON Lines",
    LINES,
    Purpose.KEEPING,
    value_of,
    row_of,
    loses_nothing,
    "One object a line, which reads back as it was.",
    "Goldset's own",
)
CSV = Format(
    "csv",
    "CSV",
    table(COLUMNS),
    Purpose.KEEPING,
    _cells_of,
    _row_of_cells,
    loses_nothing,
    "UTF-8; an empty corrected output reads as none.",
    "RFC 4180",
)

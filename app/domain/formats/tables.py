"""Goldset's own formats: JSON Lines, which holds everything, and CSV."""

from app.domain.datasets import Row
from app.domain.example_details import details_of
from app.domain.formats.base import ALL_PARTS, Format, Purpose, Record
from app.domain.formats.layouts import LINES, Value, table

_FIELDS = ("input", "output", "expected_output", "quality_score", "source", "evaluation_only")
_DETAILS = ("tags", "metadata", "turns")
COLUMNS = (*_FIELDS, *_DETAILS, "hash")


def value_of(record: Record, _skill: str) -> Value:
    """Return a row with all that it has, and its hash. Details stand only where there are any."""
    row = record.row
    return {
        "input": row.input,
        "output": row.output,
        "expected_output": row.expected_output,
        "quality_score": row.quality_score,
        "source": row.source,
        "evaluation_only": row.evaluation_only,
        **row.details.to_json(),
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
        *details_of(value.get("tags"), value.get("metadata"), value.get("turns")),
    )


def _cells_of(record: Record, skill: str) -> Value:
    value = value_of(record, skill)
    cells = {name: "" if value.get(name) is None else str(value[name]) for name in COLUMNS}
    is_marked = {"evaluation_only": "yes" if record.row.evaluation_only else ""}
    return cells | is_marked | record.row.details.to_texts()


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
        *details_of(cells.get("tags"), cells.get("metadata"), cells.get("turns")),
    )


JSONL = Format(
    "jsonl",
    "Goldset JSON Lines",
    LINES,
    Purpose.KEEPING,
    value_of,
    row_of,
    ALL_PARTS,
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
    ALL_PARTS,
    "UTF-8; an empty corrected output reads as none.",
    "RFC 4180",
)

"""Goldset's own formats: JSON Lines, which holds everything, and CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from app.domain.datasets import Row
from app.domain.formats.base import Format, Record, lines, loses_nothing, read_lines

FIELDS = ("input", "output", "expected_output", "quality_score", "source")
COLUMNS = (*FIELDS, "hash")


def _write_line(record: Record, _skill: str) -> dict[str, Any]:
    return {**asdict(record.row), "hash": record.hash}


def _read_row(value: dict[str, Any]) -> Row:
    return Row(
        value["input"],
        value["output"],
        value.get("expected_output"),
        value.get("quality_score"),
        value.get("source", "web"),
    )


def _write_csv(records: Iterable[Record], _skill: str) -> Iterator[str]:
    """RFC 4180, with LF; everything is quoted, because a carriage return in a text has to be."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([*(_cell(value) for value in asdict(record.row).values()), record.hash])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _read_csv(text: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not {"input", "output"} <= set(reader.fieldnames or ()):
        raise ValueError("The first line names no columns input and output.")
    for cells in reader:
        score = cells.get("quality_score") or ""
        yield Row(
            cells["input"],
            cells["output"],
            cells.get("expected_output") or None,
            int(score) if score else None,
            cells.get("source") or "web",
        )


JSONL = Format(
    "jsonl",
    "Goldset JSON Lines",
    "jsonl",
    "application/jsonl",
    lines(_write_line),
    read_lines(_read_row),
    loses_nothing,
    "One object a line, which reads back as it was.",
    "Goldset's own",
)
CSV = Format(
    "csv",
    "CSV",
    "csv",
    "text/csv",
    _write_csv,
    _read_csv,
    loses_nothing,
    "UTF-8; an empty corrected output reads as none.",
    "RFC 4180",
)

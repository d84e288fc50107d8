"""The card of a dataset folder: README.md with the YAML that `datasets` and the Hugging Face hub read.

The keys are those of the hub's dataset cards (huggingface.co/docs/hub/datasets-cards).
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import yaml

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


class Part(NamedTuple):
    """One file of the folder: where it is, and how many rows it has."""

    path: str
    rows: int


def make_card(
    *, title: str, description: str, version: int, content_hash: str, note: str | None, parts: Mapping[str, Part]
) -> str:
    """Return the card of a version: which file is which split, how large it is, and how to know that it is genuine."""
    rows = sum(part.rows for part in parts.values())
    head = {
        "pretty_name": title,
        "license": "other",
        "license_name": "unspecified",
        "tags": ["goldset"],
        "task_categories": ["text-generation"],
        "size_categories": [_size_of(rows)],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": part.path} for split, part in parts.items()],
            }
        ],
    }
    table = "".join(f"| {split} | {part.rows} |\n" for split, part in parts.items())
    return (
        f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True)}---\n"
        f"# {title}\n\n{description}\n\n"
        f"Version {version}{f': {note}' if note else ''}\n\n"
        f"Its rows are known by `{content_hash}`; `manifest.json` has the SHA-256 of every file.\n\n"
        f"| split | rows |\n|---|---|\n{table}\n"
        "Columns: `input`, `output`, `expected_output` (the corrected output, where there is one), `quality_score` "
        "(1 to 10), `source`, `evaluation_only` (never train on it), `tags`, `metadata` (JSON), `turns` (what was said "
        "before the input), `hash`.\n"
    )


def with_other_rows(card: str, rows: Mapping[str, int]) -> str:
    """Return a card once rows were taken out: with what each split has now, and without what all were known by."""
    for split, count in rows.items():
        card = re.sub(rf"(?m)^\| {re.escape(split)} \| \d+ \|$", f"| {split} | {count} |", card)
    card = re.sub(r"(?m)^(size_categories:\n- ).*$", rf"\g<1>{_size_of(sum(rows.values()))}", card)
    return re.sub(r"(?m)^Its rows are known by `\w+`; ", "Rows that were taken back are gone from it; ", card)


def _size_of(rows: int) -> str:
    return next((name for most, name in _SIZES if rows < most), "n>1M")

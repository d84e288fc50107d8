"""Pairs of a chosen and a rejected answer. Only rows that were corrected make a pair."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.datasets import Row
from app.domain.formats.base import SKIPPED, Format, Record, lines, read_lines


def _loses(row: Row) -> str | None:
    if not row.is_pair:
        return SKIPPED
    return None if row.quality_score is None else "the score"


def _write_openai(record: Record, _skill: str) -> dict[str, Any] | None:
    if not record.row.is_pair:
        return None
    return {
        "input": {"messages": [{"role": "user", "content": record.row.input}]},
        "preferred_output": [{"role": "assistant", "content": record.row.gold}],
        "non_preferred_output": [{"role": "assistant", "content": record.row.output}],
    }


def _read_openai(value: dict[str, Any]) -> Row:
    return Row(
        value["input"]["messages"][-1]["content"],
        value["non_preferred_output"][-1]["content"],
        value["preferred_output"][-1]["content"],
    )


def _write_trl(record: Record, _skill: str) -> dict[str, Any] | None:
    if not record.row.is_pair:
        return None
    return {"prompt": record.row.input, "chosen": record.row.gold, "rejected": record.row.output}


def _read_trl(value: dict[str, Any]) -> Row:
    return Row(value["prompt"], value["rejected"], value["chosen"])


def _write_unpaired(records: Iterable[Record], _skill: str) -> Iterator[str]:
    """Each answer is a line of its own: the gold one is good, the one that was corrected is not."""
    for record in records:
        row = record.row
        yield json.dumps({"prompt": row.input, "completion": row.gold, "label": True}, ensure_ascii=False) + "\n"
        if row.is_pair:
            bad = {"prompt": row.input, "completion": row.output, "label": False}
            yield json.dumps(bad, ensure_ascii=False) + "\n"


def _read_unpaired(text: str) -> Iterator[Row]:
    """Put the two answers to one prompt together again where they follow each other."""
    waiting: dict[str, Any] | None = None
    for line in filter(str.strip, text.split("\n")):
        value = json.loads(line)
        if waiting and not value["label"] and value["prompt"] == waiting["prompt"]:
            yield Row(value["prompt"], value["completion"], waiting["completion"])
            waiting = None
            continue
        if waiting:
            yield Row(waiting["prompt"], waiting["completion"])
        waiting = value
    if waiting:
        yield Row(waiting["prompt"], waiting["completion"])


OPENAI_PREFERENCE = Format(
    "openai-preference",
    "OpenAI preference (DPO)",
    "jsonl",
    "application/jsonl",
    lines(_write_openai),
    read_lines(_read_openai),
    _loses,
    "Corrected rows only.",
    "OpenAI direct preference optimization guide",
)
TRL_PREFERENCE = Format(
    "trl-preference",
    "TRL preference",
    "jsonl",
    "application/jsonl",
    lines(_write_trl),
    read_lines(_read_trl),
    _loses,
    "Corrected rows only.",
    "TRL dataset formats",
)
TRL_UNPAIRED = Format(
    "trl-unpaired",
    "TRL unpaired preference",
    "jsonl",
    "application/jsonl",
    _write_unpaired,
    _read_unpaired,
    lambda row: None if row.quality_score is None else "the score",
    "A line for each answer.",
    "TRL dataset formats",
)

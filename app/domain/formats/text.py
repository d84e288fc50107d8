"""A prompt and its completion, under the names that trainers want."""

import json
from collections.abc import Iterator
from typing import Any

from app.domain.datasets import Row
from app.domain.formats.base import Format, Record, document, keeps_gold_only, lines, read_lines
from app.domain.formats.chat import messages_of


def _write(record: Record, _skill: str) -> dict[str, Any]:
    return {"prompt": record.row.input, "completion": record.row.gold}


def _read(value: dict[str, Any]) -> Row:
    return Row(value["prompt"], value["completion"])


def _write_sft(record: Record, _skill: str) -> dict[str, Any]:
    user, assistant = messages_of(record.row)
    return {"prompt": [user], "completion": [assistant]}


def _read_sft(value: dict[str, Any]) -> Row:
    return Row(value["prompt"][-1]["content"], value["completion"][-1]["content"])


def _write_alpaca(record: Record, _number: int) -> dict[str, Any]:
    return {"instruction": record.row.input, "input": "", "output": record.row.gold}


def _read_alpaca(text: str) -> Iterator[Row]:
    for value in json.loads(text):
        parts = [value["instruction"], value.get("input") or ""]
        yield Row("\n\n".join(part for part in parts if part), value["output"])


PROMPT_COMPLETION = Format(
    "prompt-completion",
    "Prompt and completion",
    "jsonl",
    "application/jsonl",
    lines(_write),
    read_lines(_read),
    keeps_gold_only,
    "One answer a row.",
    "The older fine-tuning format, which most trainers still read",
)
ALPACA = Format(
    "alpaca",
    "Alpaca",
    "json",
    "application/json",
    document(_write_alpaca),
    _read_alpaca,
    keeps_gold_only,
    "One answer a row.",
    "Stanford Alpaca",
)
TRL_SFT = Format(
    "trl-sft",
    "TRL supervised",
    "jsonl",
    "application/jsonl",
    lines(_write_sft),
    read_lines(_read_sft),
    keeps_gold_only,
    "One answer a row, as conversation.",
    "TRL dataset formats",
)

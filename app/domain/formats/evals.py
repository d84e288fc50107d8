"""Test cases, for what evaluates: promptfoo, inspect-ai, DeepEval, and a skill's own evals/evals.json."""

import json
from collections.abc import Iterator
from typing import Any

from app.domain.datasets import Row
from app.domain.formats.base import Format, Record, document, keeps_gold_only, lines, read_lines


def _write_promptfoo(record: Record, _skill: str) -> dict[str, Any]:
    # Values go into `vars`, not into assertions by prefix: an answer that begins like "contains:" stays an answer.
    return {
        "description": record.hash[:12],
        "vars": {"input": record.row.input, "expected": record.row.gold},
        "assert": [{"type": "equals", "value": record.row.gold}],
        "metadata": {"hash": record.hash},
    }


def _read_promptfoo(value: dict[str, Any]) -> Row:
    return Row(value["vars"]["input"], value["vars"]["expected"])


def _write_inspect(record: Record, _skill: str) -> dict[str, Any]:
    return {
        "id": record.hash[:16],
        "input": record.row.input,
        "target": record.row.gold,
        "metadata": {"hash": record.hash},
    }


def _read_inspect(value: dict[str, Any]) -> Row:
    target = value["target"]
    return Row(value["input"], target[0] if isinstance(target, list) else target)


def _write_deepeval(record: Record, _number: int) -> dict[str, Any]:
    row = record.row
    return {
        "input": row.input,
        "actual_output": row.output if row.is_pair else None,
        "expected_output": row.gold,
        "additional_metadata": {"hash": record.hash},
    }


def _read_deepeval(text: str) -> Iterator[Row]:
    for value in json.loads(text):
        actual, expected = value.get("actual_output"), value["expected_output"]
        yield Row(value["input"], expected) if actual is None else Row(value["input"], actual, expected)


def _write_skill_eval(record: Record, number: int) -> dict[str, Any]:
    return {"id": number, "prompt": record.row.input, "expected_output": record.row.gold, "files": []}


def _read_skill_evals(text: str) -> Iterator[Row]:
    for value in json.loads(text)["evals"]:
        yield Row(value["prompt"], value["expected_output"])


PROMPTFOO = Format(
    "promptfoo",
    "promptfoo tests",
    "jsonl",
    "application/jsonl",
    lines(_write_promptfoo),
    read_lines(_read_promptfoo),
    keeps_gold_only,
    "One answer a row. promptfoo takes {{...}} in a text for a template.",
    "promptfoo test cases",
)
INSPECT_AI = Format(
    "inspect-ai",
    "inspect-ai samples",
    "jsonl",
    "application/jsonl",
    lines(_write_inspect),
    read_lines(_read_inspect),
    keeps_gold_only,
    "One answer a row.",
    "inspect-ai datasets",
)
DEEPEVAL = Format(
    "deepeval",
    "DeepEval goldens",
    "json",
    "application/json",
    document(_write_deepeval),
    _read_deepeval,
    lambda row: None if row.quality_score is None else "the score",
    "A corrected row keeps both answers.",
    "DeepEval 4.1 dataset",
)
SKILL_EVALS = Format(
    "skill-evals",
    "evals/evals.json of the skill",
    "json",
    "application/json",
    document(_write_skill_eval, before='{"skill_name": {skill}, "evals": [\n', after="\n]}\n"),
    _read_skill_evals,
    keeps_gold_only,
    "One answer a row; numbers run from 1.",
    "Skill evals",
)

"""Pairs of a chosen and a rejected answer. Only rows that were corrected make a pair."""

from app.domain.datasets import Row
from app.domain.formats.base import SKIPPED, Format, Purpose, Record, keeps_both_answers
from app.domain.formats.layouts import LINES, OPINIONS, Value


def _loses(row: Row) -> str | None:
    return keeps_both_answers(row) if row.is_pair else SKIPPED


def _openai_value_of(record: Record, _skill: str) -> Value | None:
    if not record.row.is_pair:
        return None
    return {
        "input": {"messages": [{"role": "user", "content": record.row.input}]},
        "preferred_output": [{"role": "assistant", "content": record.row.gold}],
        "non_preferred_output": [{"role": "assistant", "content": record.row.output}],
    }


def _row_of_openai(value: Value) -> Row:
    return Row(
        value["input"]["messages"][-1]["content"],
        value["non_preferred_output"][-1]["content"],
        value["preferred_output"][-1]["content"],
    )


def _trl_value_of(record: Record, _skill: str) -> Value | None:
    if not record.row.is_pair:
        return None
    return {"prompt": record.row.input, "chosen": record.row.gold, "rejected": record.row.output}


def _row_of_trl(value: Value) -> Row:
    return Row(value["prompt"], value["rejected"], value["chosen"])


def _unpaired_value_of(record: Record, _skill: str) -> Value:
    row = record.row
    value = {"prompt": row.input, "completion": row.gold}
    return {**value, "rejected": row.output} if row.is_pair else value


def _row_of_unpaired(value: Value) -> Row:
    if value.get("label") is False:
        raise ValueError("This answer is marked as not good, and no good one stands before it.")
    if "rejected" in value:
        return Row(value["prompt"], value["rejected"], value["completion"])
    return Row(value["prompt"], value["completion"])


OPENAI_PREFERENCE = Format(
    "openai-preference",
    "OpenAI preference (DPO)",
    LINES,
    Purpose.TRAINING,
    _openai_value_of,
    _row_of_openai,
    _loses,
    "Corrected rows only.",
    "OpenAI direct preference optimization guide",
)
TRL_PREFERENCE = Format(
    "trl-preference",
    "TRL preference",
    LINES,
    Purpose.TRAINING,
    _trl_value_of,
    _row_of_trl,
    _loses,
    "Corrected rows only.",
    "TRL dataset formats",
)
TRL_UNPAIRED = Format(
    "trl-unpaired",
    "TRL unpaired preference",
    OPINIONS,
    Purpose.TRAINING,
    _unpaired_value_of,
    _row_of_unpaired,
    keeps_both_answers,
    "A line for each answer.",
    "TRL dataset formats",
)

"""Pairs of a chosen and a rejected answer. Only rows that were corrected make a pair."""

from app.domain.datasets import Row
from app.domain.formats.base import Format, Part, Purpose, Record
from app.domain.formats.chat import answer_of, prompt_of, read_answer, read_prompt
from app.domain.formats.layouts import LINES, OPINIONS, Value


def _openai_value_of(record: Record, _skill: str) -> Value:
    row = record.row
    return {
        "input": {"messages": prompt_of(row)},
        "preferred_output": answer_of(row.gold),
        "non_preferred_output": answer_of(row.output),
    }


def _row_of_openai(value: Value) -> Row:
    turns, question = read_prompt(value["input"]["messages"])
    chosen, rejected = read_answer(value["preferred_output"]), read_answer(value["non_preferred_output"])
    return Row(question, rejected, chosen, turns=turns)


def _trl_value_of(record: Record, _skill: str) -> Value:
    return {"prompt": record.row.input, "chosen": record.row.gold, "rejected": record.row.output}


def _row_of_trl(value: Value) -> Row:
    """Read a pair: texts, or conversations, whose prompt may stand before both answers instead of by itself."""
    chosen, rejected = value["chosen"], value["rejected"]
    if isinstance(chosen, str):
        return Row(value["prompt"], rejected, chosen)
    prompt = value.get("prompt", chosen[:-1])
    if "prompt" not in value and rejected[:-1] != prompt:
        raise ValueError("The two conversations differ before their last answer.")
    turns, question = ((), prompt) if isinstance(prompt, str) else read_prompt(prompt)
    return Row(question, read_answer(rejected), read_answer(chosen), turns=turns)


def _unpaired_value_of(record: Record, _skill: str) -> Value:
    row = record.row
    value = {"prompt": row.input, "completion": row.gold}
    return {**value, "rejected": row.output} if row.is_pair else value


def _row_of_unpaired(value: Value) -> Row:
    if value.get("label") is False:
        raise ValueError("This answer is marked as not good, and no good one to the same prompt stands beside it.")
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
    frozenset({Part.REJECTED, Part.TURNS}),
    "Corrected rows only.",
    "OpenAI direct preference optimization guide",
    pairs_only=True,
)
TRL_PREFERENCE = Format(
    "trl-preference",
    "TRL preference",
    LINES,
    Purpose.TRAINING,
    _trl_value_of,
    _row_of_trl,
    frozenset({Part.REJECTED}),
    "Corrected rows only.",
    "TRL dataset formats",
    pairs_only=True,
)
TRL_UNPAIRED = Format(
    "trl-unpaired",
    "TRL unpaired preference",
    OPINIONS,
    Purpose.TRAINING,
    _unpaired_value_of,
    _row_of_unpaired,
    frozenset({Part.REJECTED}),
    "A line for each answer.",
    "TRL dataset formats",
)

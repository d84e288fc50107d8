"""A prompt and its completion, under the names that trainers want."""

from app.domain.datasets import Row
from app.domain.formats.base import Format, Part, Purpose, Record
from app.domain.formats.chat import answer_of, prompt_of, read_answer, read_prompt
from app.domain.formats.layouts import ARRAY, LINES, Value
from app.domain.formats.pieces import BETWEEN_PROMPTS


def _value_of(record: Record, _skill: str) -> Value:
    return {"prompt": record.row.input, "completion": record.row.gold}


def _row_of(value: Value) -> Row:
    return Row(value["prompt"], value["completion"])


def _sft_value_of(record: Record, _skill: str) -> Value:
    return {"prompt": prompt_of(record.row), "completion": answer_of(record.row.gold)}


def _row_of_sft(value: Value) -> Row:
    turns, question = read_prompt(value["prompt"])
    return Row(question, read_answer(value["completion"]), turns=turns)


def _alpaca_value_of(record: Record, _skill: str) -> Value:
    return {"instruction": record.row.input, "input": "", "output": record.row.gold}


def _row_of_alpaca(value: Value) -> Row:
    parts = [value["instruction"], value.get("input") or ""]
    return Row(BETWEEN_PROMPTS.join(part for part in parts if part), value["output"])


PROMPT_COMPLETION = Format(
    "prompt-completion",
    "Prompt and completion",
    LINES,
    Purpose.TRAINING,
    _value_of,
    _row_of,
    frozenset(),
    "One answer a row.",
    "The older fine-tuning format, which most trainers still read",
)
ALPACA = Format(
    "alpaca",
    "Alpaca",
    ARRAY,
    Purpose.TRAINING,
    _alpaca_value_of,
    _row_of_alpaca,
    frozenset(),
    "One answer a row.",
    "Stanford Alpaca",
)
TRL_SFT = Format(
    "trl-sft",
    "TRL supervised",
    LINES,
    Purpose.TRAINING,
    _sft_value_of,
    _row_of_sft,
    frozenset({Part.TURNS}),
    "One answer a row, as conversation.",
    "TRL dataset formats",
)

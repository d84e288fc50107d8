"""Conversations of two turns, for fine-tuning on chat models."""

from app.domain.datasets import Row
from app.domain.formats.base import Format, Purpose, Record, keeps_gold_only
from app.domain.formats.layouts import LINES, Value


def messages_of(row: Row) -> list[dict[str, str]]:
    """Return a row as a user's message and the gold answer to it."""
    return [{"role": "user", "content": row.input}, {"role": "assistant", "content": row.gold}]


def _value_of(record: Record, _skill: str) -> Value:
    return {"messages": messages_of(record.row)}


def _row_of(value: Value) -> Row:
    """Read one question and its answer; what a system says to every question comes before the question."""
    messages = value["messages"]
    before, question, answer = messages[:-2], messages[-2], messages[-1]
    if question["role"] != "user" or answer["role"] != "assistant" or any(one["role"] != "system" for one in before):
        raise ValueError("This conversation has more turns than one question and its answer.")
    system = [value["system"]] if value.get("system") else []
    return Row("\n\n".join([*system, *(one["content"] for one in before), question["content"]]), answer["content"])


OPENAI_CHAT = Format(
    "openai-chat",
    "OpenAI chat fine-tuning",
    LINES,
    Purpose.TRAINING,
    _value_of,
    _row_of,
    keeps_gold_only,
    "One answer a row. At least 10 rows, up to 512 MB.",
    "OpenAI fine-tuning guide; Azure, Fireworks, Mistral and Together read the same",
)
ANTHROPIC = Format(
    "anthropic",
    "Anthropic messages",
    LINES,
    Purpose.TRAINING,
    _value_of,
    _row_of,
    keeps_gold_only,
    "One answer a row; a user's turn and an assistant's, in turns.",
    "Anthropic cookbook, fine-tuning on Bedrock",
)

"""Conversations of two turns, for fine-tuning on chat models."""

from typing import Any

from app.domain.datasets import Row
from app.domain.formats.base import Format, Record, keeps_gold_only, lines, read_lines


def messages_of(row: Row) -> list[dict[str, str]]:
    """Return a row as a user's message and the gold answer to it."""
    return [{"role": "user", "content": row.input}, {"role": "assistant", "content": row.gold}]


def _write(record: Record, _skill: str) -> dict[str, Any]:
    return {"messages": messages_of(record.row)}


def _read(value: dict[str, Any]) -> Row:
    messages = value["messages"]
    user = next(one["content"] for one in messages if one["role"] == "user")
    return Row(user, next(one["content"] for one in reversed(messages) if one["role"] == "assistant"))


OPENAI_CHAT = Format(
    "openai-chat",
    "OpenAI chat fine-tuning",
    "jsonl",
    "application/jsonl",
    lines(_write),
    read_lines(_read),
    keeps_gold_only,
    "One answer a row. At least 10 rows, up to 512 MB.",
    "OpenAI fine-tuning guide; Azure, Fireworks, Mistral and Together read the same",
)
ANTHROPIC = Format(
    "anthropic",
    "Anthropic messages",
    "jsonl",
    "application/jsonl",
    lines(_write),
    read_lines(_read),
    keeps_gold_only,
    "One answer a row; a user's turn and an assistant's, in turns.",
    "Anthropic cookbook, fine-tuning on Bedrock",
)

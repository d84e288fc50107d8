"""Conversations, for fine-tuning on chat models."""

from collections.abc import Mapping
from typing import Any

from app.domain.datasets import Row
from app.domain.example_details import ASSISTANT, SYSTEM, USER, Turn, problem_with_order, turns_of
from app.domain.formats.base import Format, Part, Purpose, Record
from app.domain.formats.layouts import LINES, Value
from app.domain.formats.pieces import BETWEEN_PARTS, BETWEEN_PROMPTS, PROMPTERS


def prompt_of(row: Row) -> list[dict[str, str]]:
    """Return what comes before the answer: the earlier turns, and the input as the user's next one."""
    return [turn.to_json() for turn in (*row.turns, Turn(USER, row.input))]


def answer_of(text: str) -> list[dict[str, str]]:
    """Return an answer as the assistant's turn."""
    return [Turn(ASSISTANT, text).to_json()]


def read_prompt(messages: Any) -> tuple[tuple[Turn, ...], str]:
    """Return the earlier turns and the input that messages say; raise `ValueError` for a conversation of another kind.

    Several system prompts become one.
    """
    turns = turns_of([_plain(message) for message in messages])
    said = [turn for turn in turns if turn.role not in PROMPTERS]
    prompts = [turn.content for turn in turns if turn.role in PROMPTERS and turn.content]
    if not said or said[-1].role != USER:
        raise ValueError("This conversation does not end with a user's turn and an assistant's.")
    before = (*([Turn(SYSTEM, BETWEEN_PROMPTS.join(prompts))] if prompts else []), *said[:-1])
    if problem := problem_with_order(before):
        raise ValueError(problem)
    return before, said[-1].content


def read_answer(messages: Any) -> str:
    """Return what the last of some messages says."""
    return str(turns_of([_plain(messages[-1])])[0].content)


def _plain(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message with its parts as one text: what a user sends in several pieces of text."""
    content = message["content"]
    if isinstance(content, list) and all(part.get("type") == "text" for part in content):
        content = BETWEEN_PARTS.join(part["text"] for part in content)
    if message.get("tool_calls"):
        raise ValueError("This conversation calls tools, and examples here do not.")
    return {"role": message["role"], "content": content}


def _value_of(record: Record, _skill: str) -> Value:
    return {"messages": [*prompt_of(record.row), *answer_of(record.row.gold)]}


def _row_of(value: Value) -> Row:
    """Read a conversation; Anthropic has its system prompt beside it."""
    system = [{"role": SYSTEM, "content": value["system"]}] if value.get("system") else []
    messages = [*system, *value["messages"]]
    if messages[-1]["role"] != ASSISTANT:
        raise ValueError("This conversation does not end with an assistant's turn.")
    turns, question = read_prompt(messages[:-1])
    return Row(question, read_answer(messages), turns=turns)


def _anthropic_value_of(record: Record, _skill: str) -> Value:
    messages = [*prompt_of(record.row), *answer_of(record.row.gold)]
    if messages[0]["role"] != SYSTEM:
        return {"messages": messages}
    return {"system": messages[0]["content"], "messages": messages[1:]}


_HOLDS = frozenset({Part.TURNS})
OPENAI_CHAT = Format(
    "openai-chat",
    "OpenAI chat fine-tuning",
    LINES,
    Purpose.TRAINING,
    _value_of,
    _row_of,
    _HOLDS,
    "One answer a row. At least 10 rows, up to 512 MB.",
    "OpenAI fine-tuning guide; Azure, Fireworks, Mistral and Together read the same",
)
ANTHROPIC = Format(
    "anthropic",
    "Anthropic messages",
    LINES,
    Purpose.TRAINING,
    _anthropic_value_of,
    _row_of,
    _HOLDS,
    "One answer a row; a user's turn and an assistant's, in turns.",
    "Anthropic cookbook, fine-tuning on Bedrock",
)

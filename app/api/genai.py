"""The content of a traced call of a model, in the spellings that are around.

OpenTelemetry's GenAI conventions say `gen_ai.input.messages` and `gen_ai.output.messages` (as JSON text or as
structured values), on the span or on an event of it. Before that came `gen_ai.prompt` and `gen_ai.completion`, numbered
attributes, events for each message, and OpenInference's `input.value` and `llm.*`. The last message of the user is what
was given, the last of the model what was answered.
"""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from app.domain.usage import Exchange

Attributes = dict[str, Any]
Events = Sequence[tuple[str, Attributes]]

INPUTS = ("gen_ai.input.messages", "gen_ai.prompt", "input.value", "traceloop.entity.input")
OUTPUTS = ("gen_ai.output.messages", "gen_ai.completion", "output.value", "traceloop.entity.output")
NUMBERED_INPUTS = ("gen_ai.prompt", "llm.input_messages", "llm.prompts")
NUMBERED_OUTPUTS = ("gen_ai.completion", "llm.output_messages", "llm.completions")
USER_EVENTS, MODEL_EVENTS = ("gen_ai.user.message",), ("gen_ai.choice", "gen_ai.assistant.message")
_NUMBERED = re.compile(r"\.(\d{1,4})(?:\.message)?\.(role|content)")


def find_content(attributes: Attributes, events: Events) -> Callable[[], Exchange] | None:
    """Return what reads the content of a call, or None where there is none: only names are looked at here."""
    names = {*attributes, *(name for name, _ in events), *(name for _, inner in events for name in inner)}
    marks = (*INPUTS, *OUTPUTS, *USER_EVENTS, *MODEL_EVENTS)
    numbered = tuple(f"{name}." for name in (*NUMBERED_INPUTS, *NUMBERED_OUTPUTS))
    if not any(name in marks or name.startswith(numbered) for name in names):
        return None
    return lambda: _read(attributes, events)


DEEPEST = 12
"""A message has parts, and parts have texts; what is nested deeper than any message is none."""


def text_of(value: Any, *, depth: int = 0) -> str | None:
    """Return a value's text: itself, or the text parts of a message or of a list of parts."""
    if isinstance(value, str):
        return value
    if depth > DEEPEST:
        return None
    if isinstance(value, dict):
        inner = next((value[name] for name in ("content", "text", "parts", "message") if value.get(name)), None)
        is_text = value.get("type", "text") == "text"
        return text_of(inner, depth=depth + 1) if is_text else None
    if isinstance(value, list):
        return "\n".join(filter(None, (text_of(item, depth=depth + 1) for item in value))) or None
    return None


def _read(attributes: Attributes, events: Events) -> Exchange:
    everywhere = [attributes, *(inner for _, inner in events)]
    return Exchange(
        _first(_named(everywhere, INPUTS, "user"), _numbered(attributes, NUMBERED_INPUTS, "user"))
        or _of_events(events, USER_EVENTS),
        _first(_named(everywhere, OUTPUTS, "assistant"), _numbered(attributes, NUMBERED_OUTPUTS, "assistant"))
        or _of_events(events, MODEL_EVENTS),
    )


def _first(*texts: str | None) -> str | None:
    return next((text for text in texts if text), None)


def _named(places: Sequence[Attributes], names: Sequence[str], role: str) -> str | None:
    found = (place[name] for name in names for place in places if place.get(name))
    return next((text for text in (_last_message(_unpacked(value), role) for value in found) if text), None)


def _unpacked(value: Any) -> Any:
    """Return structured messages that were sent as JSON text; other text is the message itself."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _last_message(value: Any, role: str) -> str | None:
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        value = value["messages"]
    if isinstance(value, list) and any(isinstance(item, dict) and "role" in item for item in value):
        wanted = [item for item in value if isinstance(item, dict) and item.get("role") == role]
        return text_of(wanted[-1]) if wanted else None
    return text_of(value)


def _numbered(attributes: Attributes, names: Sequence[str], role: str) -> str | None:
    """`gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`, ...: the last one of this role, or without any."""
    for name in names:
        messages: dict[int, Attributes] = {}
        for key, value in attributes.items():
            part = _NUMBERED.fullmatch(key.removeprefix(name)) if key.startswith(f"{name}.") else None
            if part:
                messages.setdefault(int(part[1]), {})[part[2]] = value
        texts = [text_of(message.get("content")) for _, message in sorted(messages.items()) if _is_of(message, role)]
        if texts and texts[-1]:
            return texts[-1]
    return None


def _is_of(message: Attributes, role: str) -> bool:
    return bool(message.get("role", role) == role)


def _of_events(events: Events, names: Sequence[str]) -> str | None:
    texts = [
        text_of(_unpacked(inner.get("content") or inner.get("message"))) for name, inner in events if name in names
    ]
    return next((text for text in reversed(texts) if text), None)

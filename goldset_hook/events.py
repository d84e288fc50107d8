"""What is sent of a turn."""

import hashlib
from datetime import UTC, datetime

from goldset_hook.turns import Turn

Event = dict[str, str | int]

CONTENT = ("input", "output")
LONGEST = 100_000
"""Characters. Half a prompt is worth nothing, so nothing is cut: what is longer goes without prompt and answer."""


def make_event(turn: Turn, *, with_content: bool) -> Event:
    """Return the event: prompt and answer are both in it or both left out. A turn always gets the same `event_id`, so
    that the server knows it again."""
    known: dict[str, str | int | None] = {
        "skill": turn.skill,
        "tool_name": "claude-code",
        "ts": _moment(turn.at),
        "model_name": turn.model or None,
        "input_tokens": turn.input_tokens,
        "output_tokens": turn.output_tokens,
        "session_id": turn.session_id or None,
        "event_id": hashlib.sha256(f"{turn.session_id}{turn.uuid}".encode()).hexdigest(),
    }
    if with_content and turn.prompt and max(len(turn.prompt), len(turn.answer)) <= LONGEST:
        known |= {"input": turn.prompt, "output": turn.answer}
    return {name: value for name, value in known.items() if value is not None}


def without_content(event: Event) -> Event:
    return {name: value for name, value in event.items() if name not in CONTENT}


def _moment(at: str) -> str:
    """Return the moment in ISO 8601 with its offset; now, where the transcript has none that can be read."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = datetime.now(UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()

"""One turn of a session: what a person asked, what Claude answered in the end, and the skill that was active.

A skill was active when the prompt is its slash command, or when Claude called it and the call did not fail. Nothing
else counts, however much a text sounds like a skill. Where several were, the turn belongs to the prompt's command, or
else to the one that Claude called first: that is the one it chose for the prompt, and the others served it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldset_hook.transcripts import (
    Json,
    as_text,
    blocks_of,
    command_in,
    is_unasked,
    message_of,
    queued_prompt,
    text_of,
    texts_of,
)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


class Dropped(Exception):
    """The turn is not told to anybody. The message is the reason, and goes to the log: never any content in it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that belongs to a skill. `at` is as the transcript has it; what is not known is empty or None."""

    skill: str
    prompt: str
    answer: str
    uuid: str
    session_id: str
    at: str
    model: str
    input_tokens: int | None
    output_tokens: int | None


def make_turn(lines: list[Json], *, session_id: str = "", answer: str = "") -> Turn:
    """Return the turn that the lines are, or raise `Dropped`.

    `answer` is the one that Claude Code gave the hook: it often calls the hook before the last lines are in the file
    (anthropics/claude-code#15812), and then the file has neither the answer nor all that it cost.
    """
    if not lines:
        raise Dropped("no prompt in the transcript")
    prompt, uuid = lines[0], as_text(lines[0].get("uuid"))
    if is_unasked(prompt):
        raise Dropped("no person began the turn")
    if not (skill := _find_skill(lines)):
        raise Dropped("no skill was active in the turn")
    replies = [line for line in lines if line["type"] == "assistant"]
    written = _find_answer(replies)
    if not uuid or not (answer or written) or (replies and replies[-1].get("isApiErrorMessage")):
        raise Dropped("the turn has no answer" if uuid else "the prompt has no id")
    tokens = _tokens(replies) if written and answer in written else {}
    return Turn(
        skill=skill,
        prompt=_asked(lines),
        answer=answer or written,
        uuid=uuid,
        session_id=session_id or as_text(prompt.get("sessionId")),
        at=as_text(prompt.get("timestamp")),
        model=_find_model(replies),
        input_tokens=tokens.get("input_tokens"),
        output_tokens=tokens.get("output_tokens"),
    )


def _find_skill(lines: list[Json]) -> str:
    if command := command_in(text_of(lines[0])):
        return _slug(command[0])
    blocks = [block for line in lines for block in blocks_of(line)]
    failed = {
        block.get("tool_use_id") for block in blocks if block.get("type") == "tool_result" and block.get("is_error")
    }
    calls = (block for block in blocks if block.get("type") == "tool_use" and block.get("name") == "Skill")
    return next(filter(None, (_called(call) for call in calls if call.get("id") not in failed)), "")


def _called(call: Json) -> str:
    given = call.get("input")
    return _slug(as_text(given.get("skill") or given.get("command"))) if isinstance(given, dict) else ""


def _slug(name: str) -> str:
    """Return the skill's own name: what a plugin or a folder put before it, up to a colon, is not part of it."""
    own = name.strip().lstrip("/").rpartition(":")[2]
    return own if _NAME.fullmatch(own) else ""


def _asked(lines: list[Json]) -> str:
    """Return what the person typed: a slash command as it was typed, and what was added while Claude was at work."""
    first = text_of(lines[0])
    if command := command_in(first):
        first = f"/{command[0]} {command[1]}".strip()
    return "\n\n".join(filter(None, [first, *map(queued_prompt, lines)]))


def _find_answer(replies: list[Json]) -> str:
    """Return the text of the last message, or nothing where it goes on to call a tool: then the end is not written yet.

    A message is written as several lines, one for each of its blocks.
    """
    if not replies:
        return ""
    last = [line for line in replies if _message_id(line) == _message_id(replies[-1])]
    if any(block.get("type") == "tool_use" for line in last for block in blocks_of(line)):
        return ""
    return "\n".join(dict.fromkeys(text for line in last for text in texts_of(line))).strip()


def _find_model(replies: list[Json]) -> str:
    models = (as_text(message_of(line).get("model")) for line in reversed(replies))
    return next((model for model in models if model and model != "<synthetic>"), "")


def _tokens(replies: Iterable[Json]) -> dict[str, int]:
    """Add up the turn's tokens, as the API counts them: what came from its cache is not in `input_tokens`.

    Every line of a message repeats its usage, and only the last one has the final numbers.
    """
    usages = {_message_id(line): message_of(line).get("usage") for line in replies}
    totals: dict[str, int] = {}
    for usage in usages.values():
        for name in ("input_tokens", "output_tokens"):
            count = usage.get(name) if isinstance(usage, dict) else None
            if isinstance(count, int):
                totals[name] = totals.get(name, 0) + count
    return totals


def _message_id(line: Json) -> str:
    return as_text(message_of(line).get("id")) or as_text(line.get("uuid"))

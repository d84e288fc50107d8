"""What Claude Code writes of a session: a file of JSON lines, which it documents nowhere and changes often.

So little is read of it, and what is unknown is passed over. A line of type "user" is a person's prompt only when it is
nothing else: tool results, the feedback of hooks, the texts of skills, summaries and the output of local commands come
as lines of type "user" too, most of them, but not all, marked `isMeta`. Lines of sub-agents are marked `isSidechain`.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

Json = dict[str, object]

_TAILS = (1 << 20, 1 << 24, 1 << 62)
"""Bytes that are read from the end: sessions grow to many megabytes, and the last turn is mostly in the last one."""
_READ = ("user", "assistant", "attachment")
_ASIDES = ("isMeta", "isCompactSummary", "isVisibleInTranscriptOnly", "toolUseResult")
_NOISE = (
    *("<local-command-", "Caveat: The messages below", "<bash-input>", "<bash-stdout>", "<bash-stderr>"),
    *("[Request interrupted", "Stop hook feedback:", "This session is being continued from a previous conversation"),
)
_NOT_A_PERSON = ("task-notification", "peer", "scheduled")
_INJECTED = re.compile(r"<system-reminder>.*?</system-reminder>", re.DOTALL)
_COMMAND = re.compile(
    r"\s*(?:<command-message>[^<]*</command-message>\s*)?<command-name>(?P<name>[^<]+)</command-name>"
)
_ARGUMENTS = re.compile(r"<command-args>(.*?)</command-args>", re.DOTALL)


def read_last_turn(path: Path) -> list[Json]:
    """Return the lines of the main thread from the last prompt on; none where the file has no prompt."""
    for size in _TAILS:
        lines = [line for line in _read_tail(path, size) if line.get("type") in _READ and not line.get("isSidechain")]
        for at in range(len(lines) - 1, -1, -1):
            if is_unasked(lines[at]) or _is_prompt(lines[at]):
                return lines[at:]
        if path.stat().st_size <= size:
            break
    return []


def is_unasked(line: Json) -> bool:
    """Return whether the line begins a turn that no person asked for: a finished task, another session, a timer."""
    if line.get("type") != "user" or _has_tool_result(line):
        return False
    origin = line.get("origin")
    kind = origin.get("kind") if isinstance(origin, dict) else line.get("turnOrigin")
    return kind in _NOT_A_PERSON or text_of(line).startswith("<task-notification")


def blocks_of(line: Json) -> list[Json]:
    """Return the blocks of the line's message; a message that is one text is one block."""
    content = message_of(line).get("content")
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [block for block in content if isinstance(block, dict)] if isinstance(content, list) else []


def message_of(line: Json) -> Json:
    message = line.get("message")
    return message if isinstance(message, dict) else {}


def texts_of(line: Json) -> list[str]:
    return [as_text(block.get("text")) for block in blocks_of(line) if block.get("type") == "text"]


def text_of(line: Json) -> str:
    """Return what a person wrote in the line, without what the editor and Claude Code put in between."""
    kept = (_INJECTED.sub("", text) for text in texts_of(line) if not text.startswith("<ide_"))
    return "\n".join(text for text in kept if text.strip()).strip()


def command_in(text: str) -> tuple[str, str] | None:
    """Return the name and the arguments of the slash command that the prompt is, or None. A name without a slash is
    Claude's own note that it loaded a skill, not a prompt."""
    match = _COMMAND.match(text)
    if not match or not match["name"].startswith("/"):
        return None
    arguments = _ARGUMENTS.search(text, match.end())
    return match["name"][1:], arguments[1].strip() if arguments else ""


def queued_prompt(line: Json) -> str:
    """Return what the person typed while Claude was at work, which is no line of its own but an attachment."""
    queued = line.get("attachment")
    if not isinstance(queued, dict) or queued.get("type") != "queued_command":
        return ""
    return as_text(queued.get("prompt")).strip() if queued.get("commandMode") == "prompt" else ""


def as_text(value: object) -> str:
    """Return the value where it is a text that can be sent: halves of characters, which JSON allows, are replaced."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _is_prompt(line: Json) -> bool:
    if line.get("type") != "user" or any(line.get(mark) for mark in _ASIDES) or _has_tool_result(line):
        return False
    text = text_of(line)
    if text.startswith(_NOISE) or (_COMMAND.match(text) and not command_in(text)):
        return False
    return bool(text) or any(block.get("type") != "text" for block in blocks_of(line))


def _has_tool_result(line: Json) -> bool:
    return any(block.get("type") == "tool_result" for block in blocks_of(line))


def _read_tail(path: Path, size: int) -> Iterator[Json]:
    """Read the whole lines of the last `size` bytes; one that is not written to its end yet is passed over."""
    with path.open("rb") as file:
        start = max(0, path.stat().st_size - size)
        file.seek(start)
        raw = file.read().split(b"\n")
    for one in raw[1:] if start else raw:
        try:
            line = json.loads(one)
        except ValueError:
            continue
        if isinstance(line, dict):
            yield line

"""The hook itself: it finds the turn, lets its event wait, and starts the sender, which goes on without it.

A person waits for it, and nothing that goes wrong here is worth breaking their session for. So it says nothing on the
standard output, which Claude Code reads, ends with 0 whatever happens, and leaves the network to the sender.
"""

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from goldset_hook.answers import may_carry_content
from goldset_hook.config import Config, NotConfigured, load_config
from goldset_hook.events import CONTENT, Event, make_event
from goldset_hook.hook_log import log
from goldset_hook.spool import count_waiting, put
from goldset_hook.transcripts import as_text, read_last_turn
from goldset_hook.turns import Dropped, Turn, make_turn


def run(source: BinaryIO) -> int:
    """Take the hook's JSON from `source` and return 0. What went wrong is in the log, by its name only: the text of an
    exception may quote what was read."""
    with contextlib.suppress(Exception):  # where even the log cannot be written, there is nobody left to tell
        try:
            _run(source)
        except Exception as error:
            log(f"dropped 1: unexpected {type(error).__name__}")
    return 0


def dry_run(source: BinaryIO, *, transcript: Path | None) -> int:
    """Print the body that would be sent, store nothing, and return 0."""
    try:
        turn = make_turn(read_last_turn(transcript)) if transcript else _find_turn(source)
    except (Dropped, OSError) as reason:
        print(f"Nothing would be sent: {reason}.", file=sys.stderr)
        return 0
    event = _event(turn, _find_config())
    print(json.dumps({"events": [event]}, indent=2, ensure_ascii=False))
    if not any(name in event for name in CONTENT):
        print(
            "Without prompt and answer: the server has not said today that it keeps them, or they are too long.",
            file=sys.stderr,
        )
    return 0


def _run(source: BinaryIO) -> None:
    try:
        put(_event(_find_turn(source), _config()))
    except Dropped as reason:
        log(f"dropped 1: {reason}")
    if count_waiting()[0]:
        _start_sender()


def _find_turn(source: BinaryIO) -> Turn:
    try:
        given = json.load(source)
        path = Path(given["transcript_path"]).expanduser()
    except (ValueError, KeyError, TypeError):
        raise Dropped("the hook's input cannot be read") from None
    if given.get("hook_event_name", "Stop") != "Stop":
        raise Dropped("the hook was called for another event than Stop")
    if not path.is_file():
        raise Dropped("the transcript is not there")
    answer = as_text(given.get("last_assistant_message")).strip()
    return make_turn(read_last_turn(path), session_id=as_text(given.get("session_id")), answer=answer)


def _config() -> Config:
    """Return the configuration, or drop the turn: where there is no server, nothing should lie about in vain."""
    if config := _find_config():
        return config
    raise Dropped("the hook is not set up")


def _find_config() -> Config | None:
    try:
        return load_config()
    except NotConfigured:
        return None


def _event(turn: Turn, config: Config | None) -> Event:
    return make_event(turn, with_content=config is not None and may_carry_content(config, turn.skill))


def _start_sender() -> None:
    """Start the sender in a session of its own, so that it outlives the hook and nobody waits for what it prints."""
    subprocess.Popen(
        (sys.executable, "-P", "-m", "goldset_hook", "send"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

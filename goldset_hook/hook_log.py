"""The hook's own log: reasons and counts. A prompt, an answer, a skill's name or a path never gets in, because nothing
but the sentences written in this package is passed here, with numbers and the names of exceptions in them."""

import os
from datetime import UTC, datetime
from pathlib import Path

from goldset_hook.config import state_folder
from goldset_hook.files import make_private

ROTATED_AT = 256 * 1024


def log(sentence: str) -> None:
    """Add a line; the log begins anew when it is full, and the one before is kept."""
    path = log_path()
    make_private(path.parent)
    if path.exists() and path.stat().st_size >= ROTATED_AT:
        path.replace(path.with_name("hook.log.1"))
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.write(f"{moment} {sentence}\n")


def last_lines(count: int) -> list[str]:
    """Return the newest lines of the log, the newest last."""
    path = log_path()
    return path.read_text(encoding="utf-8").splitlines()[-count:] if path.exists() else []


def log_path() -> Path:
    return state_folder() / "hook.log"

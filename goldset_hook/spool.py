"""Events that wait to be sent: a file each, for their user alone, not too many and not for too long.

The newest are worth most, so the oldest go when there is no room.
"""

import json
import os
import time
from pathlib import Path
from typing import NamedTuple

from goldset_hook.config import spool_bytes, state_folder
from goldset_hook.events import Event
from goldset_hook.files import make_private, write_privately
from goldset_hook.hook_log import log

KEPT_FOR = 7 * 24 * 3600.0


class Waiting(NamedTuple):
    """An event, and the file it waits in."""

    path: Path
    event: Event


def put(event: Event) -> None:
    """Let the event wait, in place of an older one of the same turn, and make room for it."""
    make_private(state_folder())
    write_privately(spool_folder() / f"{event['event_id']}.json", json.dumps(event))
    make_room()


def oldest(count: int) -> list[Waiting]:
    """Return the events that have waited longest. A file that holds none is taken away."""
    found: list[Waiting] = []
    for path, _ in _by_age("*.json"):
        if len(found) == count:
            break
        try:
            event = _read(path)
        except FileNotFoundError:  # somebody else sent it meanwhile
            continue
        if event is None:
            remove([path])
            log("dropped 1: its file cannot be read")
        else:
            found.append(Waiting(path, event))
    return found


def remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def make_room() -> None:
    """Drop what is too old, drafts that were left behind among it, and then the oldest of what is too much."""
    files = _by_age("*")
    expired = [path for path, stat in files if stat.st_mtime < time.time() - KEPT_FOR]
    remove(expired)
    if expired:
        log(f"dropped {len(expired)}: older than 7 days")
    left = [(path, stat.st_size) for path, stat in files if path not in expired]
    total, too_many = sum(size for _, size in left), 0
    while total > spool_bytes():
        total -= left[too_many][1]
        too_many += 1
    remove([path for path, _ in left[:too_many]])
    if too_many:
        log(f"dropped {too_many}: the spool was full")


def count_waiting() -> tuple[int, int]:
    """Return how many events wait, and how many bytes they are."""
    sizes = [stat.st_size for _, stat in _by_age("*.json")]
    return len(sizes), sum(sizes)


def spool_folder() -> Path:
    return state_folder() / "spool"


def _by_age(pattern: str) -> list[tuple[Path, os.stat_result]]:
    """Return the files as they are now, the oldest first.

    One may go at any moment: the sender and the hook do not wait for another.
    """
    aged: list[tuple[Path, os.stat_result]] = []
    for path in spool_folder().glob(pattern):
        try:
            aged.append((path, path.stat()))
        except FileNotFoundError:
            continue
    return sorted(aged, key=lambda file: (file[1].st_mtime_ns, file[0]))


def _read(path: Path) -> Event | None:
    try:
        event = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return event if isinstance(event, dict) and "skill" in event and "event_id" in event else None

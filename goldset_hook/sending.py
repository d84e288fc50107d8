"""The sender: one at a time, in the background, until nothing waits or the server does not want it now.

200              the events go, and what the server keeps is remembered
413              again with half as many; one alone is dropped
422              dropped: the server will never take them
401, 403         kept: a key can be mended
429, 5xx, else   kept for the next time, not before the moment that `Retry-After` names
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from goldset_hook.answers import may_carry_content, remember
from goldset_hook.config import Config, NotConfigured, load_config, state_folder
from goldset_hook.events import Event, without_content
from goldset_hook.files import make_private, write_privately
from goldset_hook.hook_log import log
from goldset_hook.posting import Answer, post
from goldset_hook.spool import Waiting, make_room, oldest, remove

BATCH = 100


def send() -> int:
    """Send what waits, unless somebody else does or it is too early; return 0, or 1 where it could not be tried.

    What is put into the spool while the last batch is on its way is sent the next time.
    """
    try:
        config = load_config()
        with _one_at_a_time() as is_alone:
            if is_alone and time.time() >= _not_before():
                _send_all(config)
    except NotConfigured:
        log("sent nothing: the hook is not set up")
        return 1
    except Exception as error:  # nobody sees what a process in the background says
        log(f"sent nothing: unexpected {type(error).__name__}")
        return 1
    return 0


def _send_all(config: Config) -> None:
    make_room()
    size = BATCH
    while batch := oldest(size):
        answer = post(config, [_allowed(config, waiting.event) for waiting in batch])
        if answer.status == 413 and len(batch) > 1:
            size = len(batch) // 2
        elif answer.status in (413, 422):
            _finish(batch, f"dropped {len(batch)}: the server said {answer.status}")
        elif answer.status == 200 and answer.keeps_content is not None:
            remember(config, zip((str(one.event["skill"]) for one in batch), answer.keeps_content, strict=True))
            _finish(batch, f"sent {len(batch)}")
        else:
            _keep(answer)
            return


def _allowed(config: Config, event: Event) -> Event:
    """Return the event without content where the answer has closed, or grown old, since it was written."""
    return event if may_carry_content(config, str(event["skill"])) else without_content(event)


def _finish(batch: list[Waiting], sentence: str) -> None:
    remove([waiting.path for waiting in batch])
    log(sentence)


def _keep(answer: Answer) -> None:
    if answer.wait:
        write_privately(_wait_path(), str(time.time() + answer.wait))
    if answer.status == 200:
        log("kept all: the server's answer is not Goldset's")
    else:
        log(
            f"kept all: the server said {answer.status}" if answer.status else f"kept all: no connection ({answer.why})"
        )


def _not_before() -> float:
    try:
        return float(_wait_path().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return 0.0


def _wait_path() -> Path:
    return state_folder() / "not-before"


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[bool]:
    """Yield whether this is the only sender. The lock goes with the process, however that ends."""
    path = make_private(state_folder()) / "send.lock"
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

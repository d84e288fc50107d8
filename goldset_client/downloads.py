"""A file on its way: what has come of it stays beside its place, and a download that broke off goes on from there.

The draft's name says what it is the beginning of (the ETag), so a process that was killed leaves all that the next one
has to know. What is missing is asked for as RFC 9110 has it (`Range`, `If-Range`).
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import IO
from urllib.parse import quote, unquote

import httpx

from goldset_client import calls
from goldset_client.calls import TRIES, Call
from goldset_client.errors import GoldsetClientError, NotReachable, Refused

try:
    import fcntl as _fcntl
except ImportError:  # where there is no such lock, nobody is kept from downloading twice
    fcntl: ModuleType | None = None
else:
    fcntl = _fcntl

REST_OF_FILE, NOTHING_MISSING = 206, 416


class Draft:
    """The beginning of the file `target`, or nothing yet; a context in which nobody else here may download it."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._lock = target.with_name(f".{target.name}.lock")
        self._held = _hold(self._lock)
        found = sorted(target.parent.glob(f".{target.name}.*.part"))
        self._path = found[0] if found else None

    def __enter__(self) -> "Draft":
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.unlink(missing_ok=True)
        self._held.close()

    def ask(self, call: Call) -> Call:
        """Return the call for what is missing: bytes of the file itself, however much smaller they could be made."""
        headers = {"Accept-Encoding": "identity"}
        if self._path is not None and (size := self._path.stat().st_size):
            tag = unquote(self._path.name.removeprefix(f".{self._target.name}.").removesuffix(".part"))
            headers |= {"Range": f"bytes={size}-", "If-Range": f'"{tag}"'}
        return replace(call, headers=headers)

    def open(self, response: httpx.Response) -> IO[bytes]:
        """Return the draft to write on: at its end where the rest of the same file comes, else a new one."""
        if response.status_code == REST_OF_FILE and self._path is not None:
            return self._path.open("ab")
        self._forget()
        tag = response.headers.get("ETag", "").removeprefix("W/").strip('"')
        self._path = self._target.with_name(f".{self._target.name}.{quote(tag, safe='')}.part")
        return self._path.open("wb")

    def wait_after(self, error: Refused | httpx.TransportError, attempt: int) -> float | None:
        """Return how many seconds to wait before trying again, None where the draft is whole; raise where trying again
        does not help."""
        if isinstance(error, Refused):
            if error.status != NOTHING_MISSING:
                raise error
            return None
        if attempt == TRIES - 1:
            raise NotReachable(f"The download of {self._target.name} broke off: {error}") from error
        return calls.wait_before(attempt, None)

    def finish(self) -> None:
        """Put the whole file in its place."""
        if self._path is not None:
            self._path.replace(self._target)
        self._forget()

    def _forget(self) -> None:
        for other in self._target.parent.glob(f".{self._target.name}.*.part"):
            with suppress(FileNotFoundError):
                other.unlink()


def _hold(path: Path) -> IO[bytes]:
    """Return the lock file, held until it is closed; raise where another process has it."""
    held = path.open("wb")
    if fcntl is not None:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            held.close()
            raise GoldsetClientError(f"{path.name[1:-5]} is being downloaded already, by another process.") from error
    return held

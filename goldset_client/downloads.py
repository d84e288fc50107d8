"""A file on its way: what has come of it stays beside its place, and a download that broke off goes on from there.

The draft's name says what it is the beginning of (the ETag), so a process that was killed leaves all that the next one
has to know.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO
from urllib.parse import quote, unquote

import httpx

from goldset_client import calls
from goldset_client.calls import TRIES, Call
from goldset_client.errors import NotReachable, Refused

OTHER_FILE = 412
"""What is answered when the version has lost rows since: the beginning is that of another file."""


class Draft:
    """The beginning of the file `target`, or nothing yet."""

    def __init__(self, target: Path) -> None:
        self._target = target
        found = sorted(target.parent.glob(f".{target.name}.*.part"))
        self._path = found[0] if found else None

    def ask(self, call: Call) -> Call:
        """Return the call for what is missing."""
        if self._path is None or not self._path.stat().st_size:
            return call
        tag = unquote(self._path.name.removeprefix(f".{self._target.name}.").removesuffix(".part"))
        params = {**call.params, "offset": str(self._path.stat().st_size)}
        return replace(call, params=params, headers={"If-Match": f'"{tag}"'})

    def open(self, response: httpx.Response) -> IO[bytes]:
        """Return the draft to write on, at its end."""
        if self._path is None:
            tag = response.headers.get("ETag", "").removeprefix("W/").strip('"')
            self._path = self._target.with_name(f".{self._target.name}.{quote(tag, safe='')}.part")
        return self._path.open("ab")

    def wait_after(self, error: Refused | httpx.TransportError, attempt: int) -> float:
        """Return how many seconds to wait before trying again, after beginning anew where this is the beginning of
        another file; raise where that does not help."""
        if isinstance(error, Refused):
            if error.status != OTHER_FILE or self._path is None or attempt == TRIES - 1:
                raise error
            self._path.unlink()
            self._path = None
            return 0.0
        if attempt == TRIES - 1:
            raise NotReachable(f"The download of {self._target.name} broke off: {error}") from error
        return calls.wait_before(attempt, None)

    def finish(self) -> None:
        """Put the whole file in its place."""
        if self._path is not None:
            self._path.replace(self._target)
        for other in self._target.parent.glob(f".{self._target.name}.*.part"):
            with suppress(FileNotFoundError):
                other.unlink()

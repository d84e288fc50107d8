"""A version's rows on their way: cut into lines, and where the connection breaks, asked for from there."""

import json
from dataclasses import replace

import httpx

from goldset_client import calls
from goldset_client.calls import TRIES, Call
from goldset_client.downloads import NOTHING_MISSING, REST_OF_FILE
from goldset_client.errors import GoldsetClientError, NotReachable, Refused
from goldset_client.models import Row


class RowStream:
    """What has come of the file that a call asks for."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._tag = ""
        self._taken = self._failures = 0
        self._rest = b""

    def ask(self) -> Call:
        """Return the call for what is missing: bytes of the file itself, however much smaller they could be made."""
        headers = {"Accept-Encoding": "identity"}
        if self._taken:
            headers |= {"Range": f"bytes={self._taken}-", "If-Range": self._tag}
        return replace(self._call, headers=headers)

    def begin(self, response: httpx.Response) -> None:
        """Note which file it is; raise where it is another one by now."""
        if self._taken and response.status_code != REST_OF_FILE:
            raise GoldsetClientError("The version lost rows while it was read: begin again.")
        self._tag = response.headers.get("ETag", "")

    def take(self, piece: bytes) -> list[Row]:
        """Return the rows that are whole with this piece. A line ends at a line feed and nowhere else."""
        self._taken, self._failures = self._taken + len(piece), 0
        *lines, self._rest = (self._rest + piece).split(b"\n")
        with calls.expecting_goldset():
            return [Row.from_json(json.loads(line)) for line in lines]

    def wait_after(self, error: Refused | httpx.TransportError) -> float | None:
        """Return how many seconds to wait before asking for the rest, None where there is none; raise where that does
        not help."""
        if isinstance(error, Refused):
            if error.status == NOTHING_MISSING and self._taken:
                return None
            raise error
        self._failures += 1
        if self._failures == TRIES or not self._tag:
            raise NotReachable(f"The rows broke off: {error}") from error
        return calls.wait_before(self._failures - 1, None)

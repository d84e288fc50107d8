"""One request to the server.

Redirects are not followed: the key is for the address that its owner gave, and for no other. On this machine itself no
proxy is asked, because to one the key would travel in the clear.
"""

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from goldset_hook.config import Config
from goldset_hook.events import Event

PATIENCE = 30.0
"""Seconds without a word from the server."""
LONGEST_ANSWER = 1 << 20
LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. No connection is status 0.

    `keeps_content` has, for each event, whether the server keeps content of its skill right now, and None where it does
    not say so. All of it is None where it was not Goldset that answered.
    """

    status: int
    keeps_content: list[bool | None] | None = None
    wait: float = 0.0
    why: str = field(default="")


def post(config: Config, events: list[Event]) -> Answer:
    """Post the events and return the answer, whatever it is."""
    body = json.dumps({"events": events}).encode()
    headers = {
        "Authorization": f"Bearer {config.key}",
        "Content-Type": "application/json",
        "User-Agent": "goldset-hook",
        "X-Goldset-Signature": sign(body, key=config.key, at=int(time.time())),
    }
    request = Request(f"{config.url}/api/track", data=body, headers=headers, method="POST")  # noqa: S310 - was checked
    try:
        with _opener(config).open(request, timeout=PATIENCE) as response:
            return Answer(response.status, _keeps_content(response.read(LONGEST_ANSWER), len(events)))
    except HTTPError as error:
        with error:
            return Answer(error.code, wait=_seconds(error.headers))
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, why=type(error).__name__)


def sign(body: bytes, *, key: str, at: int) -> str:
    """Return the signature's header: `t=<unix seconds>,v1=<HMAC-SHA256 of "t." and the body, in hex>`."""
    digest = hmac.new(key.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> None:
        """Return None, which makes an error of the redirect."""


def _opener(config: Config) -> OpenerDirector:
    return build_opener(_NoRedirect, ProxyHandler({} if config.url.startswith("http://") else None))


def _keeps_content(raw: bytes, count: int) -> list[bool | None] | None:
    """Return what is said of each event, or None where it was not Goldset that answered, but say a hotel's sign-in
    page. Goldset gives each event a status, a refused one too, which has no word on content."""
    try:
        events = json.loads(raw)["events"]
        said = [event.get("keeps_content") for event in events if "status" in event]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return [keeps if isinstance(keeps, bool) else None for keeps in said] if len(said) == len(events) == count else None


def _seconds(headers: Message | Mapping[str, str]) -> float:
    """Return how long the server asks us to wait, by `Retry-After` in seconds or as a date; at most a day."""
    given = str(headers.get("Retry-After") or "").strip()
    if given.isdecimal():
        return min(float(given), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return 0.0
    return max(0.0, min((until - datetime.now(until.tzinfo)).total_seconds(), LONGEST_WAIT))

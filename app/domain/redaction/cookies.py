"""Cookies (RFC 6265): a header carries many `name=value` pairs, of which the session's are secret."""

import re
from collections.abc import Iterator

from app.domain.redaction.spans import Span
from app.domain.redaction.values import is_stand_in, is_strong

KIND = "session_cookie"

_HEAD = re.compile(r"cookie\\{0,3}+[\"']?+(?:[ \t]{0,4}+[:=,]|[ ])[ \t]{0,4}+\\{0,3}+[\"']?+", re.IGNORECASE)
_PAIR = re.compile(r"[ \t]{0,4}+(?P<name>[^\s=;,\"'<>\\]{1,128}+)(?:=\"?+(?P<value>[^\s;,\"'<>\\]*+)\"?+;?+|;)")
_SESSION_NAME = re.compile(r"sess|sid|auth|token|jwt|login|remember|credential|secret", re.IGNORECASE)
_PUBLIC_NAME = re.compile(
    r"_ga|_gid|_gat|_gcl|_fb[pc]|__utm|_hj|ajs_|amplitude|optimizely|_cl|csrf|xsrf|consent|expires|path|domain|max-age|"
    r"samesite|priority|version|theme|lang|locale|currency|tz|timezone",
    re.IGNORECASE,
)


def find_cookies(text: str, lowered: str) -> Iterator[Span]:
    """Find the session values in every Cookie and Set-Cookie header, header object or `document.cookie`."""
    at = lowered.find("cookie")
    while at >= 0:
        head = _HEAD.match(text, at)
        at = head.end() if head else at + len("cookie")
        while head and (pair := _PAIR.match(text, at)):
            at = pair.end()
            if pair["value"] and _is_session(pair["name"], pair["value"]):
                yield Span(*pair.span("value"), KIND)
        at = lowered.find("cookie", at)


def _is_session(name: str, value: str) -> bool:
    if _PUBLIC_NAME.match(name) or is_stand_in(value):
        return False
    return is_strong(value) and (len(value) >= 16 or _SESSION_NAME.search(name) is not None)

"""Cookies (RFC 6265): a header carries many `name=value` pairs, of which the session's are secret."""

import re
from collections.abc import Iterator

from app.domain.redaction.prefilter import Hits
from app.domain.redaction.spans import Span
from app.domain.redaction.values import is_stand_in, is_strong

KIND = "session_cookie"

_HEAD = re.compile(
    r"cookies?+(?:\\{0,3}+[\"']?+(?:[ \t]{0,4}+[:=,]|[ ])[ \t]{0,4}+[\[{]?+|\r?+(?:\n|\\n)[ >]{0,4}+(?=[\"']))"
    r"\\{0,3}+[\"']?+",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"[ \t]{0,4}+(?P<name>[^\s=;,\"'<>\\]{1,128}+)(?:=\"?+(?:s%3A)?+(?P<value>[^\s;,\"'<>\\]*+)\"?+[;,]?+|;)"
)
_SESSION_NAME = re.compile(r"sess|sid|auth|token|jwt|login|remember|credential|secret", re.IGNORECASE)
_PUBLIC_NAME = re.compile(
    r"_ga|_gid|_gat|_gcl|_fb[pc]|__utm|_hj|ajs_|amplitude|optimizely|_cl|csrf|xsrf|consent|expires|path|domain|max-age|"
    r"samesite|priority|version|theme|lang|locale|currency|tz|timezone",
    re.IGNORECASE,
)


_FLAGS = frozenset(["true\t", "false\t", "true\\t", "false\\t"])
COOKIE_NEAR = ("cookie", *_FLAGS)


def find_cookies(text: str, hits: Hits) -> Iterator[Span]:
    """Find the session values in headers, in program text that sets cookies, and in the cookie files of browsers."""
    resume = 0
    for at in hits.get("cookie", ()):
        if at >= resume:
            head = _HEAD.match(text, at)
            resume = head.end() if head else at
            while head and (pair := _PAIR.match(text, resume)):
                resume = pair.end()
                if pair["value"] and _is_session(pair["name"], pair["value"]):
                    yield Span(*pair.span("value"), KIND)
        if match := _OBJECT.match(text, at):
            which = "" if match["name"] else "2"
            if _is_session(match["name" + which], match["value" + which]):
                yield Span(*match.span("value" + which), KIND)
    for at, _ in hits.of(_FLAGS):
        match = _NETSCAPE.match(text, at)
        if match and _is_session(match["name"], match["value"]):
            yield Span(*match.span("value"), KIND)


_OBJECT = re.compile(
    r"cookies?[\"']?(?:\.\w{2,12})?\s{0,4}(?:\(|[:=]\s{0,4}\{)\s{0,20}\\{0,3}[\"'](?P<name>[^\"'\\\n]{2,80})\\{0,3}[\"']\s{0,4}[,:]\s{0,4}"
    r"\\{0,3}[\"'](?P<value>[^\"'\\\n]{8,4096})|cookies?[^\n]{0,60}?name\\{0,3}[\"']?\s{0,4}:\s{0,4}\\{0,3}[\"'](?P<name2>[^\"'\\\n]{2,80})"
    r"\\{0,3}[\"'],\s{0,8}\\{0,3}[\"']?value\\{0,3}[\"']?\s{0,4}:\s{0,4}\\{0,3}[\"'](?P<value2>[^\"'\\\n]{8,4096})",
    re.IGNORECASE,
)
_NETSCAPE = re.compile(
    r"(?:TRUE|FALSE)(?:\t|\\t)[0-9]{1,12}(?:\t|\\t)(?P<name>[^\s\\]{1,128})(?:\t|\\t)(?P<value>[^\s\\\"]{8,4096})"
)


def _is_session(name: str, value: str) -> bool:
    if _PUBLIC_NAME.match(name) or is_stand_in(value):
        return False
    return is_strong(value) and (len(value) >= 16 or _SESSION_NAME.search(name) is not None)

"""Kubernetes Secrets: below `kind: Secret`, every value of `data` and `stringData` is one, whatever its key."""

import re
from collections.abc import Iterator

from app.domain.redaction.spans import Span
from app.domain.redaction.values import is_stand_in

KIND = "kubernetes_secret"
FARTHEST = 20_000
"""Characters of a manifest that are looked at on either side of its kind."""

_BLOCK = re.compile(r"^([ \t]{0,20})(?:data|stringData):[ \t]*\r?\n((?:\1[ \t]+\S[^\n]*(?:\n|\Z))+)", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]+[\w.-]{1,128}:[ \t]+[\"']?(?P<value>[^\s\"'|>#&*{][^\s\"']{3,8000})", re.MULTILINE)


def find_manifests(text: str, lowered: str) -> Iterator[Span]:
    """Find the values of every Secret in a manifest of one or many documents."""
    seen = 0
    at = lowered.find("kind: secret")
    while at >= 0:
        start = max(seen, text.rfind("\n---", max(0, at - FARTHEST), at) + 1, at - FARTHEST)
        end = text.find("\n---", at, at + FARTHEST)
        end = min(len(text), at + FARTHEST) if end < 0 else end
        if lowered.startswith(("\n", "\r", " "), at + 12) or at + 12 == len(text):
            for block in _BLOCK.finditer(text, start, end):
                yield from _values(text, *block.span(2))
        seen = end
        at = lowered.find("kind: secret", end)


def _values(text: str, start: int, end: int) -> Iterator[Span]:
    for entry in _ENTRY.finditer(text, start, end):
        if not is_stand_in(entry["value"]):
            yield Span(*entry.span("value"), KIND)

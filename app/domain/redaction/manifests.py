"""Kubernetes Secrets: below `kind: Secret`, every value of `data` and `stringData` is one, whatever its key."""

import re
from collections.abc import Iterator

from app.domain.redaction.prefilter import Hits
from app.domain.redaction.spans import Span
from app.domain.redaction.values import is_stand_in

KIND = "kubernetes_secret"
FARTHEST = 20_000
"""Characters of a manifest that are looked at on either side of its kind."""

_BLOCK = re.compile(r"^([ \t]{0,20})(?:data|stringData):[ \t]*\r?\n((?:\1[ \t]+\S[^\n]*(?:\n|\Z))+)", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]+[\w.-]{1,128}:[ \t]+[\"']?(?P<value>[^\s\"'|>#&*{][^\s\"']{3,8000})", re.MULTILINE)


MANIFEST_NEAR = ("kind: secret", '"secret', "chpasswd:")


def find_manifests(text: str, hits: Hits) -> Iterator[Span]:
    """Find the values of every Secret in manifests, YAML or JSON, and the passwords that cloud-init gives to users."""
    yield from _yaml_manifests(text, hits.get("kind: secret", []))
    if '"secret' in hits:
        yield from _json_manifests(text)
    if "chpasswd:" in hits:
        yield from _user_lists(text)


def _yaml_manifests(text: str, kinds: list[int]) -> Iterator[Span]:
    """Find the values of every Secret in a manifest of one or many documents."""
    seen = 0
    for at in kinds:
        if at < seen:
            continue
        start = max(seen, text.rfind("\n---", max(0, at - FARTHEST), at) + 1, at - FARTHEST)
        end = text.find("\n---", at, at + FARTHEST)
        end = min(len(text), at + FARTHEST) if end < 0 else end
        if text.startswith(("\n", "\r", " "), at + 12) or at + 12 == len(text):
            for block in _BLOCK.finditer(text, start, end):
                yield from _values(text, *block.span(2))
        seen = end


_JSON_KIND = re.compile(r"\\{0,3}\"kind\\{0,3}\"\s{0,4}:\s{0,4}\\{0,3}\"Secret\\{0,3}\"")
_JSON_BLOCK = re.compile(r"\\{0,3}\"(?:data|stringData)\\{0,3}\"\s{0,4}:\s{0,4}\{(?P<body>[^{}]{1,16000})\}")
_JSON_ENTRY = re.compile(r"\\{0,3}\"[\w.-]{1,128}\\{0,3}\"\s{0,4}:\s{0,4}\\{0,3}\"(?P<value>[^\"\\]{4,8000})")


def _json_manifests(text: str) -> Iterator[Span]:
    """Find the values of every Secret that is written as JSON."""
    done = 0
    for kind in _JSON_KIND.finditer(text):
        start, end = max(done, kind.start() - FARTHEST), kind.end() + FARTHEST
        for block in _JSON_BLOCK.finditer(text, start, end):
            for entry in _JSON_ENTRY.finditer(text, *block.span("body")):
                if not is_stand_in(entry["value"]):
                    yield Span(*entry.span("value"), KIND)
            done = block.end()


_LIST = re.compile(
    r"chpasswd:[^\S\n]*+\n(?:[^\S\n]++(?!list:)\w++:[^\n]*+\n){0,20}+[^\S\n]++list:[^\S\n]*+[|>]-?[^\S\n]*+\n"
    r"(?P<lines>(?:[^\S\n]++[\w.-]++:[^\n]++\n?){1,60}+)"
)
_USER = re.compile(r"^[^\S\n]+[\w.-]{1,64}:(?P<value>[^\s]{3,256})[^\S\n]*$", re.MULTILINE)


def _user_lists(text: str) -> Iterator[Span]:
    """Find the passwords that cloud-init gives to users, a line each."""
    for block in _LIST.finditer(text):
        for user in _USER.finditer(text, *block.span("lines")):
            if not is_stand_in(user["value"]):
                yield Span(*user.span("value"), "password")


def _values(text: str, start: int, end: int) -> Iterator[Span]:
    for entry in _ENTRY.finditer(text, start, end):
        if not is_stand_in(entry["value"]):
            yield Span(*entry.span("value"), KIND)

"""Assignments: `key = value` in any language, where the key's name tells that the value is a secret.

A telling word is looked for first; the rest of the name, what joins it to its value, and the value are then
read from there, forwards only. Nothing is parsed: the same reader serves .env, YAML, TOML, INI, JSON (also
escaped inside JSON strings), XML, SQL, command lines and program text, because the text may be a mix of them
or cut off.
"""

import re

from app.domain.redaction.key_names import KeyName, Need, find_key_name
from app.domain.redaction.literals import (
    Value,
    begins_line,
    read_bare,
    read_element,
    read_quoted,
)
from app.domain.redaction.placeholders import PLACEHOLDER
from app.domain.redaction.spans import Span
from app.domain.redaction.values import has_digit, is_firm, is_stand_in, is_strong
from app.domain.redaction.words import FIRST

Joint = re.Match[str]

_WORD = re.compile(r"(?:pass|pwd|secret|token|key|cred|auth|sess|connect\.sid)[a-z0-9_.-]*+")
_NAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST_STEM = 64

_QUOTE = r"(?:\\{0,7}+[\"'`])?+"
_TYPE = r"(?:[\w.]{1,40}+(?:\[[\w., |]{0,40}+\])?+|&'?\w{1,20}+(?:[ ]str)?+)[?!]?+(?:[ ]?\|[ ]?\w{1,20}+){0,3}+"
_JOIN = re.compile(
    rf"""
      (?P<assign> {_QUOTE} \]?+ \*{{0,2}}+ [ \t]{{0,40}}+
        (?: :[ \t]{{0,4}}+{_TYPE}[ \t]{{1,4}}+=(?![=>]) | (?P<quoted_only>[=!]==?|=>) | :=
          | :(?!:|//) | =(?!~) )
        \*{{0,2}}+ [ \t]{{0,40}}+ )
    | (?P<pair> {_QUOTE} ,?+ \s{{1,60}}+ {_QUOTE} (?:default)?value {_QUOTE}
        [ \t]{{0,8}}+ [:=] [ \t]{{0,8}}+ )
    | (?P<element> </[\w:.-]{{1,24}}+>\s{{0,40}}+<[\w:.-]{{1,24}}+> )
    | (?P<call> \((?=["']) )
    | (?P<flag> (?:["'],)?+ [ \t]{{1,4}}+ (?=[^\s-]) )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TAKEN = re.compile(rf"[\"'`]?+{PLACEHOLDER.pattern}")
_REST_OF_TAG = re.compile(r"(?P<element>(?:\s[^<>]{0,200}+)?+>)")


def find_assignments(text: str, lowered: str) -> list[Span]:
    """Find the values of secret-named keys."""
    reader = _Reader(text)
    spans: list[Span] = []
    resume = 0
    for match in _WORD.finditer(lowered):
        start, end = match.span()
        if start >= resume and (joined := reader.join(start, end)):
            span, resume = reader.read(start, joined)
            if span:
                spans.append(span)
    return spans


def kind_of_value(key: str, value: str) -> str | None:
    """Return the kind of secret that `value` is under a key of this name, or None."""
    found = find_key_name(key)
    return found[0].kind if found and _is_secret(value, *found, loose=False) else None


class _Reader:
    """Reads one text. What it has decided about a name it remembers, for as long as it reads."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, tuple[KeyName, Need] | None] = {}

    def join(self, start: int, end: int) -> Joint | None:
        """Match what joins the name that ends at `end` to a value that has not been taken out yet."""
        joined = _JOIN.match(self._text, end)
        if joined and _TAKEN.match(self._text, joined.end()):
            return None
        if (joined is None or joined.lastgroup == "flag") and "<" in self._text[max(0, start - 40) : start]:
            return _REST_OF_TAG.match(self._text, end) or joined
        return joined

    def read(self, start: int, joined: Joint) -> tuple[Span | None, int]:
        """Read the key whose telling word begins at `start`, and its value. Return the secret, if it is one,
        and where to go on looking."""
        text, go_on = self._text, joined.start()
        name_start = start - len(_stem(text, start))
        key = text[name_start:go_on]
        found = _may_join(text, name_start, key, joined) and self._judge(name_start, key)
        value = _value(text, name_start, key, joined) if found else None
        if not found or not value:
            return None, go_on
        row, need = found
        secret = text[value.start : value.end]
        if _is_secret(secret, row, need, loose=_is_loose(key, joined)):
            return Span(value.start, value.end, row.kind), value.end
        return None, go_on if value.quoted or len(secret) < 256 else value.end

    def _judge(self, name_start: int, key: str) -> tuple[KeyName, Need] | None:
        """Find what the name tells; a word before it may be part of it."""
        first = _word_before(self._text, name_start)
        name = f"{first} {key}" if first else key
        if name not in self._known:
            self._known[name] = find_key_name(name)
        return self._known[name]


def _stem(text: str, start: int) -> str:
    """The part of a name before its telling word: `db_` of `db_password`."""
    left = text[max(0, start - _LONGEST_STEM) : start]
    stem = left[len(left.rstrip(_NAME_CHARACTERS)) :]
    escaped = stem[:1] in ("n", "r", "t") and text[max(0, start - len(stem) - 1) : start - len(stem)] == "\\"
    return stem[1:] if escaped else stem


def _word_before(text: str, at: int) -> str:
    if text[max(0, at - 1) : at] != " ":
        return ""
    word = text[max(0, at - 24) : at - 1].rpartition(" ")[2].strip("*_\"'`(#>-\n")
    return word if word.lower() in FIRST else ""


def _may_join(text: str, name_start: int, key: str, joined: Joint) -> bool:
    """Cheap facts first: a tag's end joins only what its tag opened, a space only a flag or SQL's quoted
    value."""
    if joined.re is _REST_OF_TAG:
        return "<" in text[max(0, name_start - 12) : name_start]
    if joined.lastgroup == "flag":
        return key.startswith("-") or (joined[0].isspace() and text.startswith("'", joined.end()))
    return True


def _is_loose(key: str, joined: Joint) -> bool:
    """`password 'x'` (SQL) and `setPassword("x")`: the joint says little, so the value must say more."""
    if joined.lastgroup == "flag":
        return not key.startswith("-") and not key.isupper()
    return joined.lastgroup == "call"


def _value(text: str, name_start: int, key: str, joined: Joint) -> Value | None:
    at, how = joined.end(), joined.lastgroup
    if how == "element":
        return read_element(text, at)
    quoted = read_quoted(text, at)
    if quoted or how == "call" or (joined.re is _JOIN and joined["quoted_only"]):
        return quoted
    flag = how == "flag" or key.startswith("-")
    own_line = not flag and begins_line(text, name_start)
    return read_bare(text, at, tight=joined[0] == "=", own_line=own_line, flag=flag)


def _is_secret(value: str, row: KeyName, need: Need, *, loose: bool) -> bool:
    if is_stand_in(value):
        return False
    if loose and not (row.kind == "password" and is_firm(value) and has_digit(value)):
        return False
    return need == "any" or (is_firm(value) if need == "firm" else is_strong(value))

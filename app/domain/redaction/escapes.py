"""Escapes: what a text says once `\\u00e9` is read as the letter it stands for.

JSON may write every letter outside ASCII that way, and some programs always do, so a word that tells a secret in French
or Korean may not stand in the text at all. Only letters are read: an escaped quote or line end is part of how the text
is built, and stays.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from app.domain.redaction.spans import Span

_ESCAPE = re.compile(r"\\u(?![dD][89a-fA-F])([0-9a-fA-F]{4})")
_MOST_BACKSLASHES = 4
"""A string of JSON inside another has its escapes escaped."""
_FIRST_FOREIGN = "\x80"


class Unescaped(NamedTuple):
    """A text with its letters read, and how to get back: from these places on, so much is missing."""

    text: str
    places: list[int]
    missing: list[int]

    def in_original(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Yield the spans where they stand in the text as it was written."""
        for start, end, kind in spans:
            yield Span(start + self._shift(start), end + self._shift(end), kind)

    def _shift(self, at: int) -> int:
        before = bisect_right(self.places, at)
        return self.missing[before - 1] if before else 0


def unescape(text: str) -> Unescaped | None:
    """Read the letters that are written as escapes; None where there are none."""
    escapes = [
        (_begin(text, escape.start()), escape.end(), letter)
        for escape in _ESCAPE.finditer(text)
        if (letter := chr(int(escape[1], 16))) >= _FIRST_FOREIGN or letter.isalnum()
    ]
    if not escapes:
        return None
    missing = list(accumulate(end - start - 1 for start, end, _ in escapes))
    places = [end - gone for (_, end, _), gone in zip(escapes, missing, strict=True)]
    return Unescaped("".join(_pieces(text, escapes)), places, missing)


def _begin(text: str, at: int) -> int:
    start = at
    while start > max(0, at - _MOST_BACKSLASHES + 1) and text[start - 1] == "\\":
        start -= 1
    return start


def _pieces(text: str, escapes: list[tuple[int, int, str]]) -> Iterator[str]:
    copied = 0
    for start, end, letter in escapes:
        yield text[copied:start]
        yield letter
        copied = end
    yield text[copied:]

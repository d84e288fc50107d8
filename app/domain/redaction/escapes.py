"""Escapes and marks: what a text says that stands inside another.

A file that is pasted into a chat, and the chat stored as JSON, has `\\n` for every line end and `\\"` for every quote;
in a diff or in an answer to a mail every line begins with a mark. Readers want real lines and bare quotes. So whatever
stands in a text in such a way is read, and looked at once more by all of them; what they find is found again where it
was written. A text in which nothing is written so costs nothing.

Each reading is one level deep and keeps only what it has changed: strings of JSON that have escapes, and blocks of
lines with marks. What is nested in that is read by the next.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from app.domain.redaction.spans import Span

DEEPEST = 3
"""JSON in JSON in a diff, or the like."""
_ESCAPE = re.compile(r"\\(?:([\\\"/nrt])|u(?![dD][89a-fA-F])([0-9a-fA-F]{4}))")
_FOREIGN = re.compile(r"\\{1,4}u(?![dD][89a-fA-F])([0-9a-fA-F]{4})")
_FIRST_FOREIGN = "\x80"
_STANDS_FOR = {"n": "\n", "r": "\r", "t": "\t"}
_TELLING = re.compile(r"\\(?=[n\"u])")
"""What tells that a string is one of JSON: backslashes stand in much else."""
_STRING = re.compile(r"(?:[^\"\\\n]++|\\[^\n])++")
_BETWEEN = "\n\n---\n\n"
"""What stands between pieces that do not belong together: the end of a document, for those who look for one."""

_HUNK = re.compile(r"@@ -[0-9,]{1,20} \+[0-9,]{1,20} @@[^\n]*+\n(?P<lines>(?:[+ -][^\n]*+(?:\n|\Z)|\n)++)")
_ADDED = re.compile(r"(?P<lines>(?:\+[^\n]*+(?:\n|\Z)){2,}+)")
_QUOTED = re.compile(r"(?P<lines>(?:>[^\n]*+(?:\n|\Z)){2,}+)")
_MARKED = (
    ("@@ -", _HUNK, re.compile(r"^[+ -]", re.MULTILINE)),
    ("+", _ADDED, re.compile(r"^\+", re.MULTILINE)),
    (">", _QUOTED, re.compile(r"^>[ ]?", re.MULTILINE)),
)
"""How blocks of lines with marks begin, how far they go, and what their marks are."""


class Reading(NamedTuple):
    """What a text says, and how to get back: from these places on, so many characters are missing."""

    text: str
    places: list[int]
    missing: list[int]
    begins: list[int]
    """Where its pieces begin."""

    def in_original(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Yield the spans where they stand in the text that was read. What reaches from one piece into another stands
        nowhere."""
        for start, end, kind in spans:
            piece = bisect_right(self.begins, start)
            if piece == len(self.begins) or end <= self.begins[piece] - len(_BETWEEN):
                yield Span(start + self._shift(start), end + self._shift(end), kind)

    def _shift(self, at: int) -> int:
        return self.missing[bisect_right(self.places, at) - 1]


class _Writer:
    """Puts a reading together, piece by piece."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._length = 0
        self._pieces: list[str] = []
        self._places: list[int] = []
        self._missing: list[int] = []
        self._begins: list[int] = []
        self._end = -1

    def begin(self, start: int) -> Self:
        """Go on at another place of the text."""
        if start == self._end:
            return self
        if self._pieces:
            self._write(_BETWEEN)
        self._begins.append(self._length)
        self._go_on(start)
        return self

    def replace(self, copied: int, start: int, end: int, letter: str) -> None:
        """Take over what stands from one place to the next, and write this for what stands from there to the end."""
        self._pieces += (self._text[copied:start], letter)
        self._length += start - copied + len(letter)
        self._go_on(end)

    def copy(self, start: int, end: int) -> None:
        """Take over what stands there as it is."""
        self._write(self._text[start:end])
        self._end = end

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _go_on(self, at: int) -> None:
        self._places.append(self._length)
        self._missing.append(at - self._length)

    def reading(self) -> Reading | None:
        if not self._pieces:
            return None
        return Reading("".join(self._pieces), self._places, self._missing, self._begins)


def readings(text: str) -> Iterator[list[Reading]]:
    """Yield what stands in the text, and what stands in that: each reading, and those that lead to it behind it."""
    path: list[Reading] = []
    for _ in range(DEEPEST):
        reading = read_once(text)
        if reading is None:
            return
        path = [reading, *path]
        yield path
        text = reading.text


def read_letters(text: str) -> Reading | None:
    """Read only the letters that are written as escapes, once or nested, and keep all else; None where there are none.
    A word that tells a secret in French or Korean may not stand in the text at all."""
    if "\\u" not in text:
        return None
    writer = _Writer(text).begin(0)
    copied = 0
    for escape in _FOREIGN.finditer(text):
        if (letter := chr(int(escape[1], 16))) >= _FIRST_FOREIGN or letter.isalnum():
            writer.replace(copied, escape.start(), escape.end(), letter)
            copied = escape.end()
    if not copied:
        return None
    writer.copy(copied, len(text))
    return writer.reading()


def read_once(text: str) -> Reading | None:
    """Read the strings that have escapes, and the lines that have marks; None where there are none."""
    writer = _Writer(text)
    if "\\" in text:
        _read_strings(text, writer)
    for begins, block, mark in _MARKED:
        if text.startswith(begins) or f"\n{begins}" in text:
            _read_lines(text, begins, block, mark, writer)
    return writer.reading()


def _read_strings(text: str, writer: _Writer) -> None:
    done = 0
    while escape := _TELLING.search(text, done):
        start = max(text.rfind('"', done, escape.start()), text.rfind("\n", done, escape.start())) + 1 or done
        string = _STRING.match(text, start)
        done = max(string.end() if string else 0, escape.end())
        writer.begin(start)
        copied = start
        for letter in _ESCAPE.finditer(text, start, done):
            begin, end = letter.span()
            writer.replace(copied, begin, end, _letter(letter))
            copied = end
        writer.copy(copied, done)


def _letter(escape: re.Match[str]) -> str:
    simple, number = escape.groups()
    return _STANDS_FOR.get(simple, simple) if simple else chr(int(number, 16))


def _read_lines(text: str, begins: str, block: re.Pattern[str], mark: re.Pattern[str], writer: _Writer) -> None:
    at = 0 if text.startswith(begins) else text.find(f"\n{begins}") + 1
    while at or text.startswith(begins):
        lines = block.match(text, at)
        if lines:
            start, end = lines.span("lines")
            writer.begin(start)
            copied = start
            for sign in mark.finditer(text, start, end):
                writer.replace(copied, *sign.span(), "")
                copied = sign.end()
            writer.copy(copied, end)
        following = text.find(f"\n{begins}", lines.end() - 1 if lines else at)
        if following < 0:
            return
        at = following + 1

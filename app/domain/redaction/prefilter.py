"""Where many literals stand in a text: one pass over the text for all of them, whatever their number.

An Aho-Corasick automaton (the ahocorasick-rs package) answers at some 200 MB/s; looking for each of several hundred
literals by itself takes thirty times as long. It is asked for bytes, because text may hold lone surrogates; offsets are
translated back where a text is not ASCII.
"""

from collections.abc import Collection, Iterator, Set
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from app.domain.redaction.spans import Span

CHUNK = 65_536
"""Bytes looked at in one go: a match of every character must not fill the memory."""


class Hits(dict[str, list[int]]):
    """Where each literal stands, in characters, ascending; literals that stand nowhere are not in it."""

    def __init__(self, found: list[tuple[int, str]]) -> None:
        """Take where the literals stand: the earlier first, at one place the longer first."""
        super().__init__()
        self._in_order = found
        for at, literal in found:
            if literal in self:
                self[literal].append(at)
            else:
                self[literal] = [at]

    def of(self, literals: Set[str]) -> list[tuple[int, str]]:
        """Return where any of some literals stand: the earlier first, at one place the longer first."""
        return [hit for hit in self._in_order if hit[1] in literals]


class Prefilter:
    """Knows some literals, and finds where a text has them."""

    __slots__ = ("_automaton", "_literals", "_overlap")

    def __init__(self, literals: Collection[str]) -> None:
        self._literals = sorted(set(literals), key=lambda literal: (-len(literal), literal))
        encoded = [literal.encode() for literal in self._literals]
        self._overlap = max(map(len, encoded)) - 1
        self._automaton = BytesAhoCorasick(encoded, implementation=Implementation.DFA)

    def hits(self, text: str) -> Hits:
        """Return where the literals stand in the text."""
        data = text.encode("utf-8", "surrogatepass")
        found = self._found(data)
        if len(data) == len(text):
            literals = self._literals
            return Hits([(at, literals[number]) for at, number in found])
        return Hits(list(self._in_characters(data, found)))

    def occurs_in(self, text: str) -> bool:
        """Return whether any of the literals stands in a short text."""
        return bool(self._automaton.find_matches_as_indexes(text.encode("utf-8", "surrogatepass")))

    def _found(self, data: bytes) -> list[tuple[int, int]]:
        """Return the byte offset and the number of every literal that stands in the data, in order."""
        found: list[tuple[int, int]] = []
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK + self._overlap]
            matches = self._automaton.find_matches_as_indexes(chunk, overlapping=True)
            found += sorted([(start + begin, number) for number, begin, _ in matches if begin < CHUNK])
        return found

    def _in_characters(self, data: bytes, found: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
        characters = seen = 0
        for at, number in found:
            characters += len(data[seen:at].decode("utf-8", "surrogatepass"))
            seen = at
            yield characters, self._literals[number]


class Repeats:
    """Remembers what was found at places, in a text of very many telling words.

    Such a text is no text: it is a file of one line a million times, or made to keep us busy. Places that look the
    same, as far around as anything is decided by, are then looked at once. In every other text this does nothing.
    """

    __slots__ = ("_key", "_met", "_seen", "_text", "_tried")

    BEFORE, BEHIND = 96, 256
    MANY = 2_000
    """So many telling words."""
    PATIENCE, ONE_IN = 4_000, 8
    """After so many places, one in eight must have been met before: else remembering costs more than it saves."""

    def __init__(self, text: str, words: int) -> None:
        self._text = text
        self._seen: dict[str, Outcome] | None = {} if words > self.MANY else None
        self._tried = self._met = 0
        self._key = ""

    def recall(self, at: int) -> "Outcome | None":
        """Return what was found at a place that looks like this one, moved here, or None."""
        if self._seen is None:
            return None
        self._key = self._text[max(0, at - self.BEFORE) : at + self.BEHIND]
        self._tried += 1
        if not (known := self._seen.get(self._key)):
            if self._tried > self.PATIENCE and self._met * self.ONE_IN < self._tried:
                self._seen = None
            return None
        self._met += 1
        return Outcome([Span(start + at, end + at, kind) for start, end, kind in known.spans], known.resume + at)

    def note(self, at: int, spans: list[Span], resume: int) -> None:
        """Remember what was found at the place last asked for, unless it reaches farther than what is compared."""
        if self._seen is not None and resume - at < self.BEHIND // 2:
            moved = [Span(start - at, end - at, kind) for start, end, kind in spans]
            self._seen[self._key] = Outcome(moved, resume - at)


class Outcome(NamedTuple):
    """What was found at a place, and where to go on looking."""

    spans: list[Span]
    resume: int

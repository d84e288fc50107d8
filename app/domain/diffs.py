"""What changed between two texts, by lines and then by words.

Lines are compared first. Where a run of lines replaced another one that is like it, its words are compared; where the
two have little in common, the old run is shown before the new one, because crossed words of strangers read badly. The
work is bounded: what is too long to compare counts as replaced whole, which is still true.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

CONTEXT_LINES = 3
MOST_LINE_PAIRS = 4_000_000
"""How many pairs of lines, after what both texts begin and end with, are still compared."""
MOST_WORD_PAIRS = 4_000_000
"""How many pairs of words are compared in all, in the order of the text: about a second."""
LEAST_ALIKE = 0.4

_WORDS = re.compile(r"\w+|\s|[^\w\s]")


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"
    SKIPPED = "skipped"


class Piece(NamedTuple):
    """A run of text and what became of it. Of a skipped piece, which is the same in both texts, `lines` is shown."""

    kind: Kind
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n") + (not self.text.endswith("\n"))


class Effort:
    """How many pairs of words may still be compared: of one text, or of all that are shown together."""

    def __init__(self, word_pairs: int = MOST_WORD_PAIRS) -> None:
        self._left = word_pairs

    def take(self, word_pairs: int) -> bool:
        """Return whether there is room for so many, and take it."""
        self._left -= word_pairs
        return self._left >= 0


def compare_texts(
    old: str, new: str, *, context_lines: int = CONTEXT_LINES, effort: Effort | None = None
) -> list[Piece]:
    """Return the pieces that lead from `old` to `new`, in order; empty when the two are equal.

    All but the inserted ones make `old`, all but the deleted ones `new`. Lines that are the same are skipped where they
    are more than `context_lines` away from a change. Texts that are compared for one page share an `effort`.
    """
    if old == new:
        return []
    return list(_folded(_merged(_pieces(_lines(old), _lines(new), effort or Effort())), context_lines))


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _pieces(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Piece]:
    """Yield the pieces of the whole: what both begin and end with is cheap to find, and is mostly all there is."""
    start = _length_in_common(old, new)
    end = _length_in_common(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    yield Piece(Kind.SAME, "".join(old[:start]))
    if len(old_middle) * len(new_middle) > MOST_LINE_PAIRS:
        yield from _replaced("".join(old_middle), "".join(new_middle))
    else:
        yield from _compared_lines(old_middle, new_middle, effort)
    yield Piece(Kind.SAME, "".join(old[len(old) - end :]))


def _length_in_common(old: Sequence[str], new: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _compared_lines(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Piece(Kind.SAME, before)
            continue
        yield from _compared_words(_WORDS.findall(before), _WORDS.findall(after), effort)


def _compared_words(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Piece]:
    start = _length_in_common(old, new)
    end = _length_in_common(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    blocks = []
    if effort.take(len(old_middle) * len(new_middle)):
        blocks = SequenceMatcher(str.isspace, old_middle, new_middle, autojunk=False).get_opcodes()
    same = start + end + sum(b - a for tag, a, b, _, _ in blocks if tag == "equal")
    if 2 * same < LEAST_ALIKE * (len(old) + len(new)):
        yield from _replaced("".join(old), "".join(new))
        return
    yield Piece(Kind.SAME, "".join(old[:start]))
    for tag, a, b, c, d in blocks or [("replace", 0, len(old_middle), 0, len(new_middle))]:
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(old_middle[a:b]))
        else:
            yield from _replaced("".join(old_middle[a:b]), "".join(new_middle[c:d]))
    yield Piece(Kind.SAME, "".join(old[len(old) - end :]))


def _replaced(old: str, new: str) -> Iterator[Piece]:
    yield Piece(Kind.DELETED, old)
    yield Piece(Kind.INSERTED, new)


def _merged(pieces: Iterator[Piece]) -> list[Piece]:
    """Return the pieces without empty ones, and with neighbours of one kind in one."""
    merged: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if merged and merged[-1].kind is piece.kind:
            piece = Piece(piece.kind, merged.pop().text + piece.text)
        merged.append(piece)
    return merged


def _folded(pieces: list[Piece], context_lines: int) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        if piece.kind is Kind.SAME:
            is_first, is_last = number == 0, number == len(pieces) - 1
            yield from _without_middle(piece, 0 if is_first else context_lines, 0 if is_last else context_lines)
        else:
            yield piece


def _without_middle(piece: Piece, keep_before: int, keep_after: int) -> Iterator[Piece]:
    """Yield the piece with the lines in its middle skipped, where they are worth it.

    `keep_before` lines after the change before it are kept, and the rest of that change's own line; `keep_after` lines
    before the change after it, and the beginning of that change's line.
    """
    lines = piece.text.split("\n")
    first, last = (keep_before + 1 if keep_before else 0), len(lines) - (keep_after + 1 if keep_after else 0)
    middle = "\n".join(lines[first:last]) + ("\n" if last < len(lines) else "")
    if last - first < 2:
        yield piece
        return
    start = "".join(f"{line}\n" for line in lines[:first])
    yield from (
        one
        for one in (
            Piece(Kind.SAME, start),
            Piece(Kind.SKIPPED, middle),
            Piece(Kind.SAME, "\n".join(lines[last:])),
        )
        if one.text
    )

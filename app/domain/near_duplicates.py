"""Near-duplicates: which examples say almost the same, found without comparing each with each.

A text is a set of shingles (three words in a row). One-permutation MinHash (Li, Owen, Zhang 2012, with the
densification of Shrivastava and Li 2014) makes 64 numbers of it, which agree in two texts about as often as their
shingles do; four of them together are a band, and texts that share a band are candidates. Candidates are then compared
exactly. At a Jaccard similarity of 0.8 a candidate is missed about once in four thousand times.
"""

import re
import struct
from collections.abc import Iterable
from hashlib import blake2b

THRESHOLD = 0.8
"""From which similarity on two examples are called near-duplicates."""
BINS, ROWS = 64, 4
_WORDS_IN_SHINGLE = 3
_WORD = re.compile(r"\w+")
_MOST_WORDS = 5_000
"""Of a longer text its beginning is looked at: the cost stays bounded."""


def shingles_of(example_input: str, example_output: str) -> frozenset[int]:
    """Return what an example is compared by: the hashes of its shingles, case and punctuation aside."""
    words = _WORD.findall(f"{example_input}\n{example_output}".lower())[:_MOST_WORDS]
    if len(words) < _WORDS_IN_SHINGLE:
        return frozenset(_hashes([" ".join(words)]))
    in_a_row = zip(*(words[at:] for at in range(_WORDS_IN_SHINGLE)), strict=False)
    return frozenset(_hashes(map(" ".join, in_a_row)))


def bands_of(shingles: frozenset[int]) -> tuple[int, ...]:
    """Return the keys of a text's 16 bands: whole numbers of 63 bits, the same on every machine."""
    bins: list[int | None] = [None] * BINS
    for shingle in shingles:
        number, value = shingle % BINS, shingle // BINS
        known = bins[number]
        if known is None or value < known:
            bins[number] = value
    filled = _filled(bins)
    keys = _hashes(f"{at}:{filled[at : at + ROWS]}" for at in range(0, BINS, ROWS))
    return tuple(key >> 1 for key in keys)


def similarity(first: frozenset[int], second: frozenset[int]) -> float:
    """Return the Jaccard similarity of two sets of shingles, from 0 to 1."""
    return len(first & second) / len(first | second) if first or second else 1.0


def _filled(bins: list[int | None]) -> list[int]:
    """Give every empty bin the value of the next one that is not, and how far that was, so that few words suffice."""
    filled: list[int] = []
    for number in range(BINS):
        distance = 0
        while (value := bins[(number + distance) % BINS]) is None:
            distance += 1
        filled.append(value + distance * (1 << 64))
    return filled


def _hashes(texts: Iterable[str]) -> tuple[int, ...]:
    """Return 64 bits of each text, the same on every machine. Read all at once: a row of an import has hundreds."""
    digests = b"".join([blake2b(text.encode(), digest_size=8).digest() for text in texts])
    return struct.unpack(f">{len(digests) // 8}Q", digests)

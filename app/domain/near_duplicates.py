"""Near-duplicates: which examples say almost the same, found without comparing each with each.

A text is a set of shingles (three words in a row), each known by its CRC-32: the cheapest hash that is the same on
every machine, and as good here as a slow one, for nobody gains by making two shingles collide. One-permutation MinHash
(Li, Owen, Zhang 2012, with the densification of Shrivastava and Li 2014) makes 64 numbers of the set, which agree in
two texts about as often as their shingles do; four of them together are a band, and texts that share a band are
candidates. Candidates are then compared exactly. At a Jaccard similarity of 0.8 a candidate is missed about once in
four thousand times.

Whoever changes what the bands of a text are empties the tables that keep them, in a migration; the worker fills them.
"""

import re
import struct
from hashlib import blake2b
from zlib import crc32

THRESHOLD = 0.8
"""From which similarity on two examples are called near-duplicates."""
BINS, ROWS = 64, 4
BANDS = BINS // ROWS
_BIN_SHIFT = 26
"""The first six of a shingle's 32 bits say which bin it is in."""
_NUMBERS = struct.Struct(f">{BINS}Q")
_BAND_BYTES, _KEY_BYTES = ROWS * 8, 6
_WORDS_IN_SHINGLE = 3
_WORD = re.compile(r"\w+")
_MOST_WORDS = 5_000
"""Of a longer text its beginning is looked at: the cost stays bounded."""


def shingles_of(example_input: str, example_output: str) -> frozenset[int]:
    """Return what an example is compared by: 32 bits of each of its shingles, case and punctuation aside."""
    words = _WORD.findall(f"{example_input}\n{example_output}".lower())[:_MOST_WORDS]
    if len(words) < _WORDS_IN_SHINGLE:
        return frozenset([crc32(" ".join(words).encode())])
    in_a_row = zip(*(words[at:] for at in range(_WORDS_IN_SHINGLE)), strict=False)
    return frozenset(map(crc32, map(str.encode, map(" ".join, in_a_row))))


def bands_of(shingles: frozenset[int]) -> tuple[int, ...]:
    """Return the keys of a text's 16 bands: whole numbers of 48 bits, the same on every machine.

    So many suffice for millions of texts, and an index of them is smaller than one of 64 would be.
    """
    # The least of each bin comes last, and stays.
    least = {shingle >> _BIN_SHIFT: shingle for shingle in sorted(shingles, reverse=True)}
    numbers = _NUMBERS.pack(*_filled(least))
    bands = (numbers[at : at + _BAND_BYTES] for at in range(0, len(numbers), _BAND_BYTES))
    return tuple(_key(b"%d:%b" % band) for band in enumerate(bands))


def similarity(first: frozenset[int], second: frozenset[int]) -> float:
    """Return the Jaccard similarity of two sets of shingles, from 0 to 1."""
    return len(first & second) / len(first | second) if first or second else 1.0


def _filled(least: dict[int, int]) -> list[int]:
    """Give every empty bin the number of the next one that is not, and how far that was, so that few words suffice."""
    filled = [0] * BINS
    number = distance = 0
    # From the right, beginning with the first bin that is not empty, seen once around.
    for at in range(BINS + min(least), -1, -1):
        own = least.get(at % BINS)
        number, distance = (number, distance + 1) if own is None else (own, 0)
        if at < BINS:
            filled[at] = number + (distance << 32)
    return filled


def _key(band: bytes) -> int:
    return int.from_bytes(blake2b(band, digest_size=_KEY_BYTES).digest(), "big")

"""`python -m tests.fuzz.redaction [--seconds 60] [--seed N]`: redaction's promises on texts bent out of shape.

Texts of the corpus are spliced, repeated, cut, flipped and strewn with odd characters; every now and then one is
repeated to a hundred thousand characters and timed. Of the first text that breaks a promise, the smallest that still
breaks it is printed, and the status is 1.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.domain.redaction import Redaction, sanitize_payload
from tests.redaction_corpus import AREAS, cases_of
from tests.support.hostile_texts import HOSTILE_UNITS
from tests.support.redaction_promises import broken_promise

Redact = Callable[[str], Redaction]
ODD = "\0\ud800\udfff\u200b\u2028\u0130\u00df\t\r\n\\\"'`=:;,|<>[](){}«»%&@/-_. 0aA１"
LONGEST = 4_000
TIMED_LENGTH, TIMED_EVERY = 100_000, 40
SLOWEST = 8.0
"""Seconds for a million characters that no text may need; the bench is stricter on texts it knows."""
FOREVER = 2.0
"""Seconds that no text of `LONGEST` may need, however often it is looked at: more is a pattern that explodes."""
SHRINK_SECONDS = 5.0


class Failure(NamedTuple):
    """The smallest text found that breaks a promise, and the promise."""

    text: str
    broken: str


def redact_everything(text: str) -> Redaction:
    return sanitize_payload(text, personal_data=True)


def fuzz(redact: Redact, *, seconds: float, seed: int) -> tuple[int, Failure | None]:
    """Try texts for so many seconds; return how many were tried, and the first failure made small."""
    rng = random.Random(seed)
    corpus = [case.text for area in AREAS for case in cases_of(area, seed)]
    deadline = time.monotonic() + seconds
    tried = 0
    for tried, text in enumerate(_texts(rng, [*corpus, *HOSTILE_UNITS]), start=1):
        checks = [_broken] if tried % TIMED_EVERY else [_broken, _slow]
        for check in checks:
            if check(text, redact):
                smallest = shrink(text, lambda one, check=check: check(one, redact) is not None)
                return tried, Failure(smallest, check(smallest, redact) or "at times, too slow")
        if time.monotonic() > deadline:
            break
    return tried, None


def _broken(text: str, redact: Redact) -> str | None:
    begin = time.process_time()
    try:
        broken = broken_promise(text, redact)
    except Exception as error:  # whatever it raises is the failure that is looked for
        return f"{type(error).__name__}: {error}"
    spent = time.process_time() - begin
    return f"it takes {spent:.0f} s" if broken is None and spent > FOREVER else broken


def _slow(text: str, redact: Redact) -> str | None:
    """Time the text repeated, twice where it seems slow: a machine's hiccup is no failure."""
    repeated = text * (TIMED_LENGTH // max(len(text), 1) + 1)
    spent = float("inf")
    for _ in range(2):
        begin = time.process_time()
        redact(repeated[:TIMED_LENGTH])
        spent = min(spent, (time.process_time() - begin) * 1_000_000 / TIMED_LENGTH)
        if spent <= SLOWEST:
            return None
    return f"repeated, it takes {spent:.1f} s for a million characters"


def _texts(rng: random.Random, corpus: list[str]) -> Iterator[str]:
    while True:
        text = rng.choice(corpus)
        for _ in range(rng.randint(1, 6)):
            text = rng.choice(_BENT)(rng, text, corpus)[:LONGEST]
        yield text


def _splice(rng: random.Random, text: str, corpus: list[str]) -> str:
    other, at = rng.choice(corpus), rng.randint(0, len(text))
    start, end = _cut(rng, other)
    return text[:at] + other[start:end] + text[at:]


def _repeat(rng: random.Random, text: str, _corpus: list[str]) -> str:
    start, end = _cut(rng, text)
    return text[:end] + text[start:end] * rng.randint(1, 30) + text[end:]


def _delete(rng: random.Random, text: str, _corpus: list[str]) -> str:
    start, end = _cut(rng, text)
    return text[:start] + text[end:]


def _flip(rng: random.Random, text: str, _corpus: list[str]) -> str:
    start, end = _cut(rng, text)
    return text[:start] + rng.choice((str.swapcase, lambda piece: piece[::-1]))(text[start:end]) + text[end:]


def _strew(rng: random.Random, text: str, _corpus: list[str]) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(ODD) * rng.choice((1, 1, 2, 9)) + text[at:]


def _cut(rng: random.Random, text: str) -> tuple[int, int]:
    start = rng.randint(0, len(text))
    return start, rng.randint(start, min(len(text), start + rng.choice((4, 40, LONGEST))))


_BENT = (_splice, _repeat, _delete, _flip, _strew)


def shrink(text: str, fails: Callable[[str], bool]) -> str:
    """Leave out piece after piece, large ones first, for as long as the rest still fails."""
    deadline = time.monotonic() + SHRINK_SECONDS
    size = max(len(text) // 2, 1)
    while size and time.monotonic() < deadline:
        at, before = 0, len(text)
        while at < len(text) and time.monotonic() < deadline:
            shorter = text[:at] + text[at + size :]
            if fails(shorter):
                text = shorter
            else:
                at += size
        if size > 1:
            size = size // 2
        elif len(text) == before:
            break
    return text


def main(arguments: list[str] | None = None, redact: Redact = redact_everything) -> int:
    """Fuzz, say what came out, and return the status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    chosen = parser.parse_args(arguments)
    tried, failure = fuzz(redact, seconds=chosen.seconds, seed=chosen.seed)
    print(f"seed {chosen.seed}: {tried} texts tried")
    if failure is None:
        return 0
    print(f"{failure.broken}\n{failure.text!r}")
    return 1


if __name__ == "__main__":
    sys.exit(main())

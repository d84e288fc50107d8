"""API keys: what they look like, what they may do, and how long they live.

A key is shown once. What is kept is its SHA-256, which is enough: a key is 256 random bits, so nobody guesses one
from a digest, and a slow hash would only make every call slow. Its first characters stay readable, so that people can
tell their keys apart.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.text import problem_with_text

MARK = "goldset_"
"""What every key begins with, so that scanners, ours included, know one when they see it."""
PREFIX_CHARACTERS = len(MARK) + 6
NAME_MAX_CHARACTERS = 200
MAX_DAYS = 3_650


class Scope(StrEnum):
    """What a key may be used for."""

    TRACK = "track"
    READ = "read"
    WRITE = "write"


MEANINGS = {
    Scope.TRACK: "report usage, which may become training examples where capture and consent allow it",
    Scope.READ: "find and read skills and their approved examples",
    Scope.WRITE: "vote on skills, suggest improvements, and import examples into skills of one's own",
}


class NewKey(NamedTuple):
    """A key as its owner sees it once, and what is kept of it."""

    key: str
    prefix: str
    digest: str


def new_key() -> NewKey:
    """Return a fresh key."""
    key = MARK + secrets.token_urlsafe(32)
    return NewKey(key, key[:PREFIX_CHARACTERS], digest_of(key))


def digest_of(key: str) -> str:
    """Return what a key is looked up by: its SHA-256, in hex."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def scopes_to_stored(scopes: Iterable[str]) -> str:
    """Return the scopes as the database keeps them: in the order of `Scope`, between spaces."""
    wanted = set(scopes)
    return " ".join(scope.value for scope in Scope if scope.value in wanted)


def scopes_from_stored(stored: str) -> tuple[Scope, ...]:
    """Return the scopes that a row names."""
    return tuple(scope for scope in Scope if scope.value in stored.split())


ALL_SCOPES = tuple(
    scopes_to_stored(scope.value for number, scope in enumerate(Scope) if bits & 1 << number)
    for bits in range(1, 1 << len(Scope))
)
"""Everything that a row's scopes can be."""


def problems_with_key(*, name: str, scopes: Iterable[str], days: int | None) -> dict[str, str]:
    """Return one sentence per faulty field of a key that is to be made; empty when all is well."""
    known = {scope.value for scope in Scope}
    wanted = list(scopes)
    found = {
        "name": problem_with_text(name, what="name", max_characters=NAME_MAX_CHARACTERS),
        "scopes": None
        if wanted and set(wanted) <= known
        else f"Choose what the key may do: one or more of {', '.join(known)}.",
        "days": None
        if days is None or 1 <= days <= MAX_DAYS
        else f"Give the days until it expires, from 1 to {MAX_DAYS:,}, or leave it empty.",
    }
    return {field: problem for field, problem in found.items() if problem}


def expiry(days: int | None, *, now: datetime) -> datetime | None:
    """Return when a key that lives for so many days expires; None: never."""
    return None if days is None else now + timedelta(days=days)

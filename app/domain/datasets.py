"""Rows of a dataset: what one is, and what it and all of them together are known by.

A row's hash is the SHA-256 of its canonical JSON (RFC 8785 for what occurs in it: sorted keys, no white space, UTF-8),
without what it does not have: a field that is new one day changes the hash of no row that is without it.
Rows together are known by the SHA-256 of their hashes in an order that is their own, so neither ids nor the time nor
the database decides it: the same content has the same hash everywhere.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.example_details import Details, Turn
from app.domain.training_examples import Source


@dataclass(frozen=True, slots=True)
class Row:
    """One example as it is exported. The gold answer is `expected_output` where there is one, else `output`."""

    input: str
    output: str
    expected_output: str | None = None
    quality_score: int | None = None
    source: str = "web"
    evaluation_only: bool = False
    tags: tuple[str, ...] = ()
    metadata: Mapping[str, Any] | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def details(self) -> Details:
        return Details(self.tags, self.metadata, self.turns)

    @property
    def gold(self) -> str:
        return self.output if self.expected_output is None else self.expected_output

    @property
    def is_captured(self) -> bool:
        """Return whether it was taken from real usage."""
        return self.source == Source.USAGE_CAPTURE

    @property
    def is_pair(self) -> bool:
        """Return whether there is a chosen and a rejected answer."""
        return self.expected_output is not None and self.expected_output != self.output

    @property
    def hash(self) -> str:
        """Return what the row is known by: 64 hexadecimal digits."""
        # A text may be empty and still be there; nothing else that is empty is.
        has = {name: value for name in self.__slots__ if (value := getattr(self, name)) or value == ""}
        if self.tags or self.metadata or self.turns:
            has |= self.details.to_json()
        return hashlib.sha256(canonical(has).encode("utf-8")).hexdigest()


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """Return a JSON value as one text and no other."""
    return _CANONICAL.encode(value)


def hash_of_rows(row_hashes: Iterable[str]) -> str:
    """Return what some rows together are known by: the SHA-256 of their hashes in their own order, a line each."""
    return hash_of_sorted_rows(sorted(row_hashes))


def hash_of_sorted_rows(row_hashes: Iterable[str]) -> str:
    """Return the same of hashes that come in their own order, and need not be kept."""
    digest = hashlib.sha256()
    for row_hash in row_hashes:
        digest.update(row_hash.encode("ascii") + b"\n")
    return digest.hexdigest()

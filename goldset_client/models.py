"""What the API answers, as Python has it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Row:
    """One row of a version. The gold answer is `expected_output` where there is one, else `output`."""

    input: str
    output: str
    expected_output: str | None
    quality_score: int | None
    source: str
    evaluation_only: bool
    hash: str
    tags: tuple[str, ...] = ()
    metadata: Mapping[str, Any] | None = None
    turns: tuple[Mapping[str, str], ...] = ()
    """What the conversation said before the input: objects with a `role` and a `content`."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Row":
        return cls(
            value["input"],
            value["output"],
            value.get("expected_output"),
            value.get("quality_score"),
            value.get("source", "web"),
            value.get("evaluation_only", False),
            value["hash"],
            tuple(value.get("tags") or ()),
            value.get("metadata"),
            tuple(value.get("turns") or ()),
        )

    @property
    def gold(self) -> str:
        return self.output if self.expected_output is None else self.expected_output

    @property
    def is_genuine(self) -> bool:
        """Return whether the row says what its hash says."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "hash"}
        has = {name: value for name, value in values.items() if value not in (None, False, (), {})}
        text = json.dumps(has, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest() == self.hash


def hash_of_rows(hashes: Iterable[str]) -> str:
    """Return what rows with these hashes are known by together: a version's `content_hash`."""
    digest = hashlib.sha256()
    for row_hash in sorted(hashes):
        digest.update(row_hash.encode("ascii") + b"\n")
    return digest.hexdigest()


@dataclass(frozen=True)
class Version:
    """A frozen version. `content_hash` is what its rows are known by today."""

    skill: str
    version: int
    content_hash: str
    frozen_hash: str
    rows: int
    note: str | None
    seed: int
    splits: Mapping[str, int]
    frozen_at: datetime

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Version":
        return cls(
            value["skill"],
            value["version"],
            value["content_hash"],
            value["frozen_hash"],
            value["rows"],
            value.get("note"),
            value["seed"],
            value["splits"],
            datetime.fromisoformat(value["frozen_at"]),
        )


@dataclass(frozen=True)
class ImportState:
    """Where an import stands. `verdicts` say how many rows are new, duplicate, near_duplicate, refused, added."""

    import_id: int
    state: str
    rows: int
    progress: int
    verdicts: Mapping[str, int]
    redacted: int
    problem: str | None
    unjudged: int = 0
    """How many rows nobody has looked at."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "ImportState":
        return cls(
            value["import_id"],
            value["state"],
            value["rows"],
            value["progress"],
            value["verdicts"],
            value["redacted"],
            value.get("problem"),
            value.get("unjudged", 0),
        )


@dataclass(frozen=True)
class ImportedRow:
    """What one row of an import comes to, and why."""

    number: int
    line: int
    verdict: str | None
    reason: str | None
    removed: tuple[str, ...]
    example_id: int | None

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "ImportedRow":
        return cls(
            value["number"],
            value["line"],
            value.get("verdict"),
            value.get("reason"),
            tuple(value["removed"]),
            value.get("example_id"),
        )

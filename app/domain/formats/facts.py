"""What stands beside the texts where a format has an object for it: Goldset's facts on a row, and its metadata."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.datasets import Row
from app.domain.example_details import clean_tags
from app.domain.formats.base import Record

OURS = ("hash", "quality_score", "tags", "evaluation_only")
"""The names that are Goldset's own. Metadata of such a name stands in an object of its own."""
_ASIDE = "metadata"


def facts_of(record: Record) -> dict[str, Any]:
    """Return the row's metadata with its hash, its score, its tags, and whether it is for evaluation only."""
    row = record.row
    own = {
        "hash": record.hash,
        "quality_score": row.quality_score,
        "tags": list(row.tags) or None,
        "evaluation_only": row.evaluation_only or None,
    }
    metadata = dict(row.metadata or {})
    if any(name in metadata for name in (*OURS, _ASIDE)):
        metadata = {_ASIDE: metadata}
    return {**metadata, **{name: value for name, value in own.items() if value is not None}}


def row_with_facts(row: Row, facts: Any) -> Row:
    """Return the row with what `facts_of` said of it, or what another tool says that writes such an object."""
    if not isinstance(facts, Mapping):
        return row
    metadata = {name: value for name, value in facts.items() if name not in OURS}
    if metadata.keys() == {_ASIDE} and isinstance(metadata[_ASIDE], Mapping):
        metadata = dict(metadata[_ASIDE])
    tags = facts.get("tags")
    return replace(
        row,
        quality_score=facts.get("quality_score"),
        evaluation_only=facts.get("evaluation_only") is True,
        tags=clean_tags(tags) if isinstance(tags, list) else (),
        metadata=metadata or None,
    )

"""Changing many examples at once: what can be done to all that a filter matches, and what stays as it is, and why."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

KEPT = timedelta(days=30)
"""How long a change can be undone, and deleted examples stay in the bin for that."""


class Verb(StrEnum):
    """What is done to every example that matches."""

    TAG = "tag"
    UNTAG = "untag"
    MOVE = "move"
    DELETE = "delete"


DONE: Mapping[Verb, str] = {
    Verb.TAG: "tagged",
    Verb.UNTAG: "untagged",
    Verb.MOVE: "moved",
    Verb.DELETE: "deleted",
}


class Change(NamedTuple):
    """One thing to do: with which tag, or to which skill, where that belongs to it."""

    verb: Verb
    tag: str | None = None
    to_skill_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {"verb": self.verb.value, "tag": self.tag, "to_skill_id": self.to_skill_id}


class Left(StrEnum):
    """Why an example that matched stays as it is."""

    NOTHING_TO_DO = "nothing_to_do"
    TOO_MANY_TAGS = "too_many_tags"
    CAPTURED = "captured"
    KNOWN = "known"
    UNFIT = "unfit"
    CHANGED = "changed"


WHY: Mapping[Left, str] = {
    Left.NOTHING_TO_DO: "was so already",
    Left.TOO_MANY_TAGS: "has as many tags as an example can have",
    Left.CAPTURED: "was captured of the usage of this skill, and its user agreed to that skill alone",
    Left.KNOWN: "is in that skill already, with the same input and output",
    Left.UNFIT: "does not fit the schema or the limits there",
    Left.CHANGED: "was changed or deleted since",
}

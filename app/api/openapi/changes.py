"""How many examples are changed at once."""

from typing import Any

from app.api.changes import ChangeAnswer, ChangeSent
from app.api.openapi import parts
from app.domain.api_keys import Scope

_HERE = [
    parts.path("slug", parts.SLUG),
    parts.path("change_id", "The number of the change.", {"type": "integer"}),
]
MODELS = (ChangeSent, ChangeAnswer)


def paths() -> dict[str, Any]:
    """Return the calls, by address and method."""
    return {
        f"{parts.SKILL}/changes": {"post": _create_change()},
        f"{parts.SKILL}/changes/{{change_id}}": {"get": _change()},
        f"{parts.SKILL}/changes/{{change_id}}/undo": {"post": _undo()},
    }


def _create_change() -> dict[str, Any]:
    operation = parts.write(
        "createChange",
        "Tag, move or delete every example that a filter matches",
        "It is a job: ask how far it is. What it does can be undone. Only the author may; to move examples, of "
        "both skills.",
        [parts.path("slug", parts.SLUG)],
        "202",
        parts.answer("Where the change stands.", "application/json", parts.ref(ChangeAnswer)),
    )
    operation["responses"] = dict(sorted((operation["responses"] | parts.some_problems("400", "415")).items()))
    operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": parts.ref(ChangeSent)}}}
    return operation


def _change() -> dict[str, Any]:
    return parts.read(
        "getChange",
        "Read where a change stands",
        "",
        _HERE,
        parts.answer("The change.", "application/json", parts.ref(ChangeAnswer)),
        scope=Scope.WRITE,
    )


def _undo() -> dict[str, Any]:
    return parts.write(
        "undoChange",
        "Undo a change",
        "What somebody changed since stays as it is.",
        _HERE,
        "202",
        parts.answer("Where the undoing stands.", "application/json", parts.ref(ChangeAnswer)),
    )

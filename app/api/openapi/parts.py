"""What calls of the API have in common, as OpenAPI says it: parameters, answers, and what can go wrong."""

from typing import Any

from app.api.schemas import Problem
from app.domain.api_keys import Scope
from app.domain.formats import FORMATS

REF = "#/components/schemas/{model}"
SLUG = "The skill, as its address names it."
AFTER = "The end of the page before."
SKILL = "/api/v1/skills/{slug}"
_PROBLEMS = {
    "400": "The body is not JSON.",
    "401": "The key, or the signature, is missing or wrong.",
    "403": "The key has not the scope for this.",
    "404": "There is no such skill, version, import, change or format.",
    "409": "It does not fit how things stand: an event that is stored at this moment, an import that is not ready.",
    "413": "The body is too large.",
    "415": "The body is of another kind.",
    "422": "Something that was sent is wrong; `errors` names every fault.",
    "429": "Too many calls; wait as long as Retry-After says.",
}
_OF_FILES = {
    "412": "It is another file by now: the version has lost rows since.",
    "416": "No bytes are missing: the file has no more.",
}
_OF_TAGS = {"304": {"description": "It is known already."}}


def read(
    name: str,
    summary: str,
    description: str,
    parameters: list[dict[str, Any]],
    response: dict[str, Any],
    *,
    scope: Scope = Scope.READ,
    tagged: bool = False,
) -> dict[str, Any]:
    """Return a call that reads, and changes nothing."""
    return {
        "operationId": name,
        "summary": summary,
        "description": f"{description} Needs the scope {scope.value}.".strip(),
        "parameters": parameters,
        "responses": {
            "200": response,
            **(_OF_TAGS if tagged else {}),
            **problems("400", "409", "413", "415"),
        },
    }


def write(
    name: str,
    summary: str,
    description: str,
    parameters: list[dict[str, Any]],
    status: str,
    response: dict[str, Any],
) -> dict[str, Any]:
    """Return a call that changes something, or asks for it."""
    return {
        "operationId": name,
        "summary": summary,
        "description": f"{description} Needs the scope {Scope.WRITE.value}.".strip(),
        "parameters": parameters,
        "responses": {
            status: response,
            **problems("400", "415"),
        },
    }


def answer(description: str, mimetype: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with a body of one kind."""
    return {"description": description, "content": {mimetype: {"schema": schema}}}


def problems(*left_out: str) -> dict[str, Any]:
    """Return the answers that any call may get, but for some of them."""
    return some_problems(*(status for status in _PROBLEMS if status not in left_out))


def some_problems(*statuses: str) -> dict[str, Any]:
    """Return the answers of these statuses."""
    schema = {"$ref": REF.format(model=Problem.__name__)}
    sentences = _PROBLEMS | _OF_FILES
    return {status: answer(sentences[status], "application/problem+json", schema) for status in statuses}


def file() -> dict[str, Any]:
    """Return an answer that is a file in some format."""
    mimetypes = sorted({one.layout.mimetype for one in FORMATS.values()})
    schemas: dict[str, dict[str, Any]] = {"application/json": {}}  # whatever JSON the tool has
    content = {name: {"schema": schemas.get(name, {"type": "string"})} for name in mimetypes}
    return {"description": "The file.", "content": content}


def path(name: str, description: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a part of the address."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema or {"type": "string"},
    }


def query(name: str, description: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what may be said behind the address."""
    return {"name": name, "in": "query", "description": description, "schema": schema or {"type": "string"}}


def header(name: str, description: str) -> dict[str, Any]:
    """Return a header that may be sent."""
    return {"name": name, "in": "header", "description": description, "schema": {"type": "string"}}


def exchange_format() -> dict[str, Any]:
    """Return how the format of a file is named."""
    formats = sorted(FORMATS)
    description = f"One of {', '.join(formats)}; jsonl unless told."
    return query("format", description, {"type": "string", "enum": formats, "default": "jsonl"})


def any_of(*models: type) -> dict[str, Any]:
    """Return that a body is of one of these models."""
    return {"anyOf": [{"$ref": REF.format(model=model.__name__)} for model in models]}


def ref(model: type) -> dict[str, Any]:
    """Return where a model is described."""
    return {"$ref": REF.format(model=model.__name__)}

"""What the API is, as OpenAPI 3.1 and as a page: both are made from the models that check what is sent."""

from functools import cache
from typing import Any

from flask import Response, current_app, json, make_response, render_template, request
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.exceptions import MethodNotAllowed, NotFound

from app.api.authentication import SIGNATURE, open_to_all
from app.api.blueprint import api
from app.api.schemas import BatchAnswer, Problem, UsageAnswer, UsageBatch, UsageSent
from app.domain.api_keys import MEANINGS, Scope
from app.domain.formats import FORMATS
from app.domain.usage import REASONS

_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    "400": "The body is not JSON.",
    "401": "The key, or the signature, is missing or wrong.",
    "403": "The key has not the scope for this.",
    "404": "There is no such skill, or no such format.",
    "409": "The same event was being stored at the same moment for another skill; send it again.",
    "413": "The body is too large.",
    "415": "The body is of another kind.",
    "422": "Something that was sent is wrong; `errors` names every fault.",
    "429": "Too many calls; wait as long as Retry-After says.",
}


@api.get("/openapi.json")
@open_to_all
def openapi() -> Response:
    """The description, for programs."""
    response = make_response(json.dumps(document()))
    response.mimetype = "application/json"
    return response


@api.get("/docs")
@open_to_all
def docs() -> Response:
    """The same description, for people."""
    page = render_template("api/docs.html", document=document(), verdicts=REASONS, scopes=MEANINGS)
    response = make_response(page)
    response.vary.update(("Cookie", "HX-Request", "HX-Request-Type"))  # as every page
    return response


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    models: list[type[BaseModel]] = [UsageSent, UsageBatch, UsageAnswer, BatchAnswer, Problem]
    _, schemas = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Goldset",
            "version": "1",
            "description": "Report the use of skills. Content is kept only with double consent; every answer says "
            "what was done with it.",
        },
        "security": [{"key": []}],
        "paths": {
            "/api/track": {"post": _track()},
            "/v1/traces": {"post": _traces()},
            "/api/v1/skills/{slug}/examples": {"get": _examples()},
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key, made under /account/keys. Scopes: "
                    + "; ".join(f"{scope.value}: {meaning}" for scope, meaning in MEANINGS.items())
                    + ".",
                }
            },
        },
    }


def _track() -> dict[str, Any]:
    return {
        "operationId": "trackUsage",
        "summary": "Report a use of a skill, or up to 500 at once",
        "description": "Every use is counted. Its content is looked at only where the site's switch and the user's "
        "consent are both on. An event_id that was sent before gets the same answer, and nothing is stored twice. In a "
        f"batch every event has its own verdict. Needs the scope {Scope.TRACK.value}.",
        "parameters": [_signature()],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _any_of(UsageSent, UsageBatch)}}},
        "responses": {
            "200": _response("What was done.", "application/json", _any_of(UsageAnswer, BatchAnswer)),
            **_problems(),
        },
    }


def _traces() -> dict[str, Any]:
    return {
        "operationId": "receiveTraces",
        "summary": "Report the use of skills as OpenTelemetry spans (OTLP/HTTP)",
        "description": "A span, or its resource, names the skill in the attribute goldset.skill; its content is read "
        "from the GenAI conventions. JSON, and protobuf with the extra otlp; gzip or not. Needs the scope "
        f"{Scope.TRACK.value}.",
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        "responses": {
            "200": _response("The spans were taken.", "application/json", {"type": "object"}),
            **_problems("404", "422"),
        },
    }


def _examples() -> dict[str, Any]:
    formats = sorted(FORMATS)
    return {
        "operationId": "getExamples",
        "summary": "Read a skill's approved examples in a format of choice",
        "description": f"Streamed, oldest first. Needs the scope {Scope.READ.value}.",
        "parameters": [
            {
                "name": "slug",
                "in": "path",
                "required": True,
                "description": "The skill, as its address names it.",
                "schema": {"type": "string"},
            },
            {
                "name": "format",
                "in": "query",
                "description": f"One of {', '.join(formats)}; jsonl unless told.",
                "schema": {"type": "string", "enum": formats, "default": "jsonl"},
            },
            {"name": "q", "in": "query", "description": "Words that they have.", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {
                "description": "The file.",
                "content": {
                    mimetype: {"schema": {"type": "string"}}
                    for mimetype in sorted({one.layout.mimetype for one in FORMATS.values()})
                },
            },
            **_problems("400", "413", "415", "422"),
        },
    }


def _signature() -> dict[str, Any]:
    return {
        "name": SIGNATURE,
        "in": "header",
        "required": False,
        "description": "t=<unix seconds>,v1=<hex>: the HMAC-SHA256, under the key, of the seconds, a dot and the body. "
        "Refused with 401 when it is wrong or more than five minutes old.",
        "schema": {"type": "string"},
    }


def _any_of(*models: type) -> dict[str, Any]:
    return {"anyOf": [{"$ref": _REF.format(model=model.__name__)} for model in models]}


def _response(description: str, mimetype: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {mimetype: {"schema": schema}}}


def _problems(*left_out: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=Problem.__name__)}
    return {
        status: _response(sentence, "application/problem+json", schema)
        for status, sentence in _PROBLEMS.items()
        if status not in left_out
    }


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@api.route("/", defaults={"rest": ""}, methods=METHODS)
@api.route("/<path:rest>", methods=METHODS)
@open_to_all
def nothing_here(rest: str) -> Response:
    """Every other address under /api: a problem, not a page."""
    routes = current_app.url_map.bind("")
    methods = [method for method in METHODS if routes.match(request.path, method)[0] != request.endpoint]
    if methods:
        raise MethodNotAllowed(valid_methods=methods)
    raise NotFound

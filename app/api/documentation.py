"""What the API is, as OpenAPI 3.1 and as a page: both are made from the models that check what is sent."""

from functools import cache
from typing import Any

from flask import Response, current_app, json, make_response, render_template, request
from pydantic.json_schema import models_json_schema
from werkzeug.exceptions import MethodNotAllowed, NotFound

from app.api.authentication import open_to_all
from app.api.blueprint import api
from app.api.openapi import MODELS, paths
from app.api.openapi.parts import REF
from app.domain.api_keys import MEANINGS
from app.domain.usage import REASONS


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
    _, schemas = models_json_schema([(model, "validation") for model in MODELS], ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Goldset",
            "version": "1",
            "description": "Report the use of skills; read their training data, and import it. Content of usage is "
            "kept only with double consent; every answer says what was done with it.",
        },
        "security": [{"key": []}],
        "paths": paths(),
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


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@api.route("/", defaults={"rest": ""}, methods=METHODS)
@api.route("/<path:rest>", methods=METHODS)
@open_to_all
def nothing_here(rest: str) -> Response:
    """Every other address under /api: a problem, not a page."""
    if methods := _methods_here():
        raise MethodNotAllowed(valid_methods=methods)
    raise NotFound


@api.before_request
def say_methods() -> Response | None:
    """Answer OPTIONS with what the address answers, and not with what the one for all others does."""
    if request.method != "OPTIONS":
        return None
    methods = _methods_here()
    if not methods:
        raise NotFound
    response = make_response("")
    response.allow.update([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
    return response


def _methods_here() -> list[str]:
    routes = current_app.url_map.bind("")
    nothing = f"{api.name}.{nothing_here.__name__}"
    return [method for method in METHODS if routes.match(request.path, method)[0] != nothing]

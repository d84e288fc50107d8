"""What programs get when something is wrong: problem details (RFC 9457). Every fault is named, no content echoed."""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, json, make_response
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, TooManyRequests

from app.domain.errors import Conflict, GoldsetError, Invalid, NotAllowed, NotFound, SignInRequired
from app.domain.redaction import sanitize_payload
from app.extensions import seconds_to_wait

log = logging.getLogger(__name__)

STATUSES: Mapping[type[GoldsetError], HTTPStatus] = {
    SignInRequired: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}
DETAILS: Mapping[int, str] = {
    400: "The body is not JSON, or not text in UTF-8.",
    404: "There is nothing at this address.",
    405: "This address does not answer that kind of request.",
    412: "This is another file by now: the version has lost rows since. Begin again.",
    416: "No bytes are missing: the file has no more.",
    413: "The body is too large. Send fewer events at once, or shorter texts.",
    415: "Send JSON, with the header Content-Type: application/json. Protobuf needs the server's extra otlp.",
    429: "That was too often in a short time. Wait as long as Retry-After says.",
    500: "Something went wrong on our side. It has been noted; please try again.",
}


def init_app(*blueprints: Blueprint) -> None:
    """Let every error of these blueprints be answered as a problem."""
    for blueprint in blueprints:
        blueprint.register_error_handler(GoldsetError, _answer_known_error)
        blueprint.register_error_handler(ValidationError, _answer_faults)
        blueprint.register_error_handler(HTTPException, _answer_http_error)
        blueprint.register_error_handler(Exception, _answer_fault)


def problem(status: int, detail: str, *, errors: list[dict[str, Any]] | None = None) -> Response:
    """Return an answer of this status that says what is wrong; `errors` name the fields."""
    known = HTTPStatus(status)
    body: dict[str, Any] = {"type": "about:blank", "title": known.phrase, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    response = make_response(json.dumps(body), status)
    response.mimetype = "application/problem+json"
    return response


def faults_of(error: ValidationError) -> list[dict[str, Any]]:
    """Return every fault as its path and a sentence. What was sent is nowhere in it: it may be somebody's words."""
    return [
        {"field": _field_of(fault["loc"]) or "body", "message": _sentence(fault["type"], fault)}
        for fault in error.errors(include_input=False, include_url=False)
    ]


def _field_of(path: Iterable[int | str]) -> str:
    return sanitize_payload(".".join(map(str, path))).sanitized


def _sentence(kind: str, fault: Mapping[str, Any]) -> str:
    """Return pydantic's words, which name what is wanted; its own checks' sentences as they are."""
    message = str(fault["msg"]).removeprefix("Value error, ")
    return {"extra_forbidden": "There is no such field.", "model_type": "Send a JSON object."}.get(kind, message)


def status_of(error: GoldsetError) -> HTTPStatus:
    """Return the status that this kind of error is answered with."""
    return next(status for kind, status in STATUSES.items() if isinstance(error, kind))


def _answer_known_error(error: GoldsetError) -> Response:
    faults = [{"field": field, "message": message} for field, message in getattr(error, "errors", {}).items()]
    response = problem(status_of(error), str(error), errors=faults)
    if isinstance(error, SignInRequired):
        response.headers["WWW-Authenticate"] = 'Bearer realm="goldset"'
    return response


def _answer_faults(error: ValidationError) -> Response:
    faults = faults_of(error)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"The body has {len(faults)} fault(s).", errors=faults)


def _answer_http_error(error: HTTPException) -> Response:
    code = error.code or 500
    response = problem(code, DETAILS.get(code, error.description or ""))
    for name, value in error.get_headers():
        if name == "Content-Range":
            response.headers[name] = value
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(seconds_to_wait())
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _answer_fault(_error: Exception) -> Response:
    log.exception("A call of the API failed.")
    return problem(500, DETAILS[500])

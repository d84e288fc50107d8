"""How uses of a skill are reported."""

from typing import Any

from app.api.authentication import SIGNATURE
from app.api.openapi import parts
from app.api.schemas import BatchAnswer, UsageAnswer, UsageBatch, UsageSent
from app.domain.api_keys import Scope

MODELS = (UsageSent, UsageBatch, UsageAnswer, BatchAnswer)


def paths() -> dict[str, Any]:
    """Return the calls, by address and method."""
    return {
        "/api/track": {"post": _track()},
        "/v1/traces": {"post": _traces()},
    }


def _track() -> dict[str, Any]:
    return {
        "operationId": "trackUsage",
        "summary": "Report a use of a skill, or up to 500 at once",
        "description": "Every use is counted. Its content is looked at only where the site's switch and the user's "
        "consent are both on. An event_id that was sent before gets the same answer, and nothing is stored twice. In a "
        f"batch every event has its own verdict. Needs the scope {Scope.TRACK.value}.",
        "parameters": [_signature()],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": parts.any_of(UsageSent, UsageBatch)}},
        },
        "responses": {
            "200": parts.answer("What was done.", "application/json", parts.any_of(UsageAnswer, BatchAnswer)),
            **parts.problems(),
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
            "200": parts.answer("The spans were taken.", "application/json", {"type": "object"}),
            **parts.problems("404", "422"),
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

"""`POST /v1/traces`: spans by OpenTelemetry's protocol (OTLP/HTTP), from programs that are traced already.

A span that names a skill in its attribute `goldset.skill` (or whose resource does) is a use of that skill. Its content
is read from the GenAI conventions, in the spellings that are around, once the gate has said yes. All other spans are
left alone: exporters send everything they have.

JSON is always understood; protobuf, which most exporters send, with the extra `otlp`.
"""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, json, make_response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from app import config
from app.api.authentication import authenticated
from app.api.blueprint import root
from app.api.genai import find_content, text_of
from app.api.tracking import parse_json
from app.domain.api_keys import Scope
from app.domain.text import is_storable
from app.domain.usage import MAX_COUNT, WORD_MAX_CHARACTERS, Usage
from app.models import ApiKey
from app.services.usage import track

SKILL = "goldset.skill"
PROTOBUF = "application/x-protobuf"
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@root.post("/v1/traces")
@authenticated(Scope.TRACK)
def receive_traces(api_key: ApiKey) -> Response:
    """Take the spans of skills out of an export, and say how many named a skill that is not here."""
    is_protobuf = request.mimetype == PROTOBUF
    if not is_protobuf and request.mimetype != "application/json":
        raise UnsupportedMediaType
    body = _decompressed(request.get_data())
    usages = list(_usages_in(_read_protobuf(body) if is_protobuf else parse_json(body)))
    outcomes = track(api_key.user, usages, api_key=api_key) if usages else []
    return _answer(is_protobuf, rejected=sum(isinstance(outcome, Exception) for outcome in outcomes))


def _decompressed(body: bytes) -> bytes:
    most = config.get("GOLDSET_MAX_API_BYTES")
    match request.headers.get("Content-Encoding", "identity").lower():
        case "identity":
            return body
        case "gzip":
            try:
                reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
                text = reader.decompress(body, most)
            except zlib.error as error:
                raise BadRequest from error
            if reader.unconsumed_tail:
                raise RequestEntityTooLarge
            if not reader.eof:
                raise BadRequest
            return text
    raise UnsupportedMediaType


def _read_protobuf(body: bytes) -> Any:
    try:
        from google.protobuf.json_format import MessageToDict
        from google.protobuf.message import DecodeError
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
    except ImportError:  # the extra otlp is not installed
        raise UnsupportedMediaType from None

    try:
        return MessageToDict(ExportTraceServiceRequest.FromString(body))
    except DecodeError as error:
        raise BadRequest from error


def _usages_in(export: Any) -> Iterator[Usage]:
    """Yield the use of every span that names a skill."""
    for resource in _list(export, "resourceSpans"):
        shared = attributes_of(resource.get("resource"))
        for scope in _list(resource, "scopeSpans"):
            for span in _list(scope, "spans"):
                attributes = {**shared, **attributes_of(span)}
                if isinstance(attributes.get(SKILL), str) and attributes[SKILL]:
                    yield _usage_of(span, attributes)


def _usage_of(span: dict[str, Any], attributes: dict[str, Any]) -> Usage:
    start, end = (_nanoseconds(span.get(name)) for name in ("startTimeUnixNano", "endTimeUnixNano"))
    events = [(str(event.get("name", "")), attributes_of(event)) for event in _list(span, "events")]
    content = find_content(attributes, events)
    span_id = f"{span.get('traceId', '')}-{span.get('spanId', '')}"
    return Usage(
        skill=str(attributes[SKILL])[:WORD_MAX_CHARACTERS],
        tool_name=_word(attributes, "goldset.tool", "service.name", "gen_ai.provider.name", "gen_ai.system") or "otlp",
        ts=max(_EARLIEST, datetime.fromtimestamp(min(end, 4_000_000_000 * 10**9) / 1e9, UTC)),
        content=content,
        model_name=_word(attributes, "gen_ai.response.model", "gen_ai.request.model", "llm.model_name"),
        input_tokens=_count(attributes, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
        output_tokens=_count(attributes, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
        latency_ms=min(max(0, end - start) // 10**6, MAX_COUNT) if start else None,
        session_id=_word(attributes, "gen_ai.conversation.id", "session.id"),
        event_id=span_id if len(span_id) > 1 else None,
    )


def attributes_of(thing: Any) -> dict[str, Any]:
    """Return a resource's, span's or event's attributes as a dictionary of plain values."""
    return {
        item["key"]: _plain(item.get("value"))
        for item in _list(thing, "attributes")
        if isinstance(item.get("key"), str)
    }


def _plain(value: Any) -> Any:
    """Return an OTLP AnyValue as what it says."""
    if not isinstance(value, dict):
        return None
    if "arrayValue" in value:
        return [_plain(item) for item in _list(value["arrayValue"], "values")]
    if "kvlistValue" in value:
        return {str(item.get("key")): _plain(item.get("value")) for item in _list(value["kvlistValue"], "values")}
    if "intValue" in value:
        return _integer(value["intValue"])
    return next((value[kind] for kind in ("stringValue", "boolValue", "doubleValue") if kind in value), None)


def _list(thing: Any, name: str) -> list[dict[str, Any]]:
    items = thing.get(name) if isinstance(thing, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _integer(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _nanoseconds(value: Any) -> int:
    return max(0, _integer(value) or 0)


def _word(attributes: dict[str, Any], *names: str) -> str | None:
    found = (text_of(attributes.get(name)) for name in names)
    return next((word[:WORD_MAX_CHARACTERS] for word in found if word and is_storable(word)), None)


def _count(attributes: dict[str, Any], *names: str) -> int | None:
    found = (attributes.get(name) for name in names)
    return next((number for number in found if isinstance(number, int) and 0 <= number <= MAX_COUNT), None)


def _answer(is_protobuf: bool, *, rejected: int) -> Response:
    """Answer as OTLP wants it: a success, and how many spans were not taken."""
    partial = {"rejectedSpans": str(rejected), "errorMessage": "There is no such skill."} if rejected else None
    body = {"partialSuccess": partial} if partial else {}
    if not is_protobuf:
        response = make_response(json.dumps(body))
        response.mimetype = "application/json"
        return response
    from google.protobuf.json_format import ParseDict
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

    response = make_response(ParseDict(body, ExportTraceServiceResponse()).SerializeToString())
    response.mimetype = PROTOBUF
    return response

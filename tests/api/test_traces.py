"""`POST /v1/traces`: spans as OpenTelemetry's own exporter sends them, and every spelling of content that is around."""

import gzip
import json
import logging
import sys
import zlib

import pytest
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from sqlalchemy import select

from app.models import TrainingExample, UsageEvent
from app.services.transactions import reading
from tests.support.factories import allow_capture
from tests.support.machine import Machine, make_key
from tests.support.tables import count_rows, dump

pytestmark = pytest.mark.slow

PATH = "/v1/traces"
PROTOBUF = "application/x-protobuf"
CANARY = "a-canary-that-sings"
QUESTION, ANSWER = "What is due?", "An invoice"


@pytest.fixture
def machine(machine_of, viewer, skill):
    return machine_of(viewer)


def value_of(value):
    """Return a value as OTLP's AnyValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, list):
        return {"arrayValue": {"values": [value_of(item) for item in value]}}
    if isinstance(value, dict):
        return {"kvlistValue": {"values": attributes_of(value)}}
    return {"stringValue": value}


def attributes_of(values):
    return [{"key": key, "value": value_of(value)} for key, value in values.items()]


def span(attributes=None, events=(), *, number=1, skill="a-skill", **more):
    named = {"goldset.skill": skill} if skill else {}
    return {
        "traceId": "5b8efff798038103d269b633813fc60c",
        "spanId": f"{number:016x}",
        "name": "chat",
        "startTimeUnixNano": "1795500000000000000",
        "endTimeUnixNano": "1795500001250000000",
        "attributes": attributes_of({**named, **(attributes or {})}),
        "events": [{"name": name, "attributes": attributes_of(inner)} for name, inner in events],
        **more,
    }


def export_of(*spans, resource=None):
    shared = {"attributes": attributes_of(resource or {})}
    return {"resourceSpans": [{"resource": shared, "scopeSpans": [{"spans": list(spans)}]}]}


def used():
    return reading().scalars(select(UsageEvent).order_by(UsageEvent.id)).all()


def kept():
    return [(row.example_input, row.example_output) for row in reading().scalars(select(TrainingExample))]


# A span of a skill is a use of it.


def test_a_span_that_names_a_skill_is_a_use_of_it(machine, viewer, skill):
    attributes = {
        "gen_ai.system": "anthropic",
        "gen_ai.request.model": "asked-for",
        "gen_ai.response.model": "answered",
        "gen_ai.usage.input_tokens": 12,
        "gen_ai.usage.output_tokens": 34,
        "gen_ai.conversation.id": "conversation-1",
    }

    answer = machine.post(PATH, export_of(span(attributes)))

    [event] = used()
    assert (answer.status_code, answer.mimetype, answer.json) == (200, "application/json", {})
    assert (event.user_id, event.skill_id, event.verdict) == (viewer.id, skill.id, "no_content")
    assert (event.tool_name, event.model_name, event.session_id) == ("anthropic", "answered", "conversation-1")
    assert (event.input_tokens, event.output_tokens, event.latency_ms) == (12, 34, 1_250)
    assert event.occurred_at.timestamp() == 1_795_500_001.25
    assert skill.usage_count == 1


def test_the_resource_may_name_the_skill_for_all_its_spans(machine, skill):
    resource = {"goldset.skill": "a-skill", "service.name": "nightly job"}

    machine.post(PATH, export_of(span(skill=None), span(skill=None, number=2), resource=resource))

    assert [event.tool_name for event in used()] == ["nightly job"] * 2
    assert skill.usage_count == 2


def test_a_span_names_its_skill_better_than_its_resource(machine, skill):
    machine.post(PATH, export_of(span(), resource={"goldset.skill": "another"}))

    assert skill.usage_count == 1


def test_spans_that_name_no_skill_are_left_alone(machine, viewer):
    allow_capture(viewer)
    content = {"gen_ai.prompt": CANARY, "gen_ai.completion": CANARY}
    spans = [span(content, skill=name) for name in (None, "")]
    odd = span(content, skill=None)
    odd["attributes"].append({"key": "goldset.skill", "value": {"intValue": "1"}})
    before = dump()

    answer = machine.post(PATH, export_of(*spans, odd))

    assert (answer.status_code, answer.json) == (200, {})
    assert dump()["usage_events"] == before["usage_events"] == []
    assert CANARY not in str(dump())


def test_spans_of_skills_that_are_not_here_are_counted_as_rejected(machine, skill):
    spans = [span(number=1), span(number=2, skill="no-such-skill"), span(number=3, skill="x" * 5_000)]

    answer = machine.post(PATH, export_of(*spans))

    assert answer.status_code == 200
    assert answer.json == {"partialSuccess": {"rejectedSpans": "2", "errorMessage": "There is no such skill."}}
    assert skill.usage_count == 1


def test_an_export_that_is_sent_again_stores_nothing_twice(machine, viewer, skill):
    allow_capture(viewer)
    export = export_of(span({"gen_ai.prompt": QUESTION, "gen_ai.completion": ANSWER}), span(number=2))

    answers = [machine.post(PATH, export) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert (skill.usage_count, count_rows(TrainingExample)) == (2, 1)


# Every spelling of content.

MESSAGES = [
    {"role": "system", "parts": [{"type": "text", "content": "Be kind"}]},
    {"role": "user", "parts": [{"type": "text", "content": "An earlier question"}]},
    {"role": "assistant", "parts": [{"type": "text", "content": "An earlier answer"}]},
    {"role": "user", "parts": [{"type": "text", "content": QUESTION}]},
]
ANSWERS = [{"role": "assistant", "parts": [{"type": "text", "content": ANSWER}], "finish_reason": "stop"}]
CHAT = [{"role": "user", "content": "An earlier question"}, {"role": "user", "content": QUESTION}]
REPLY = [{"role": "assistant", "content": ANSWER}]

SPELLINGS = {
    "today's conventions, structured": ({"gen_ai.input.messages": MESSAGES, "gen_ai.output.messages": ANSWERS}, []),
    "today's conventions, as JSON": (
        {"gen_ai.input.messages": json.dumps(MESSAGES), "gen_ai.output.messages": json.dumps(ANSWERS)},
        [],
    ),
    "today's conventions, on an event": (
        {},
        [
            (
                "gen_ai.client.inference.operation.details",
                {"gen_ai.input.messages": MESSAGES, "gen_ai.output.messages": ANSWERS},
            )
        ],
    ),
    "prompt and completion": ({"gen_ai.prompt": QUESTION, "gen_ai.completion": ANSWER}, []),
    "prompt and completion as JSON": (
        {"gen_ai.prompt": json.dumps(CHAT), "gen_ai.completion": json.dumps(REPLY)},
        [],
    ),
    "prompt and completion on events": (
        {},
        [
            ("gen_ai.content.prompt", {"gen_ai.prompt": json.dumps(CHAT)}),
            ("gen_ai.content.completion", {"gen_ai.completion": json.dumps(REPLY)}),
        ],
    ),
    "numbered": (
        {
            "gen_ai.prompt.0.role": "system",
            "gen_ai.prompt.0.content": "Be kind",
            "gen_ai.prompt.1.role": "user",
            "gen_ai.prompt.1.content": "An earlier question",
            "gen_ai.prompt.10.role": "user",
            "gen_ai.prompt.10.content": QUESTION,
            "gen_ai.prompt.2.role": "user",
            "gen_ai.prompt.2.content": "Another earlier question",
            "gen_ai.completion.0.role": "assistant",
            "gen_ai.completion.0.content": ANSWER,
        },
        [],
    ),
    "numbered without roles": ({"gen_ai.prompt.0.content": QUESTION, "gen_ai.completion.0.content": ANSWER}, []),
    "an event for each message": (
        {},
        [
            ("gen_ai.system.message", {"content": "Be kind"}),
            ("gen_ai.user.message", {"content": "An earlier question"}),
            ("gen_ai.user.message", {"content": QUESTION}),
            ("gen_ai.choice", {"index": 0, "message": json.dumps({"role": "assistant", "content": ANSWER})}),
        ],
    ),
    "an event for each message, structured": (
        {},
        [
            ("gen_ai.user.message", {"content": QUESTION}),
            ("gen_ai.choice", {"message": {"role": "assistant", "content": ANSWER}}),
        ],
    ),
    "OpenInference's values": ({"input.value": QUESTION, "output.value": ANSWER}, []),
    "OpenInference's values as JSON": (
        {"input.value": json.dumps({"messages": CHAT}), "output.value": json.dumps({"messages": REPLY})},
        [],
    ),
    "OpenInference's messages": (
        {
            "llm.input_messages.0.message.role": "user",
            "llm.input_messages.0.message.content": QUESTION,
            "llm.output_messages.0.message.role": "assistant",
            "llm.output_messages.0.message.content": ANSWER,
        },
        [],
    ),
    "OpenLLMetry's entities": ({"traceloop.entity.input": QUESTION, "traceloop.entity.output": ANSWER}, []),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_content_is_read_in_every_spelling_that_is_around(machine, viewer, spelling):
    attributes, events = SPELLINGS[spelling]
    allow_capture(viewer)

    machine.post(PATH, export_of(span(attributes, events)))

    assert kept() == [(QUESTION, ANSWER)]
    assert [event.verdict for event in used()] == ["captured"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_content_in_any_spelling_is_kept_nowhere_without_consent(machine, spelling):
    attributes, events = SPELLINGS[spelling]

    machine.post(PATH, export_of(span(attributes, events)))

    assert [event.verdict for event in used()] == ["capture_disabled"]
    everything = str(dump())
    assert [text for text in (QUESTION, ANSWER, "An earlier question", "Be kind") if text in everything] == []


@pytest.mark.parametrize("text", ["[a note", "{curly", "[1, 2", '{"a": }'])
def test_text_that_only_begins_like_json_is_the_text_itself(machine, viewer, text):
    allow_capture(viewer)

    machine.post(PATH, export_of(span({"gen_ai.prompt": text, "gen_ai.completion": ANSWER})))

    assert kept() == [(text, ANSWER)]


def test_several_parts_of_a_message_are_its_lines_and_what_is_no_text_is_left_out(machine, viewer):
    allow_capture(viewer)
    parts = [
        {"type": "text", "content": "One"},
        {"type": "blob", "content": CANARY},
        {"type": "text", "content": "Two"},
    ]

    machine.post(
        PATH,
        export_of(
            span(
                {"gen_ai.input.messages": [{"role": "user", "parts": parts}], "gen_ai.output.messages": ANSWERS},
            )
        ),
    )

    assert kept() == [("One\nTwo", ANSWER)]


def test_half_an_exchange_is_counted_and_not_kept(machine, viewer):
    allow_capture(viewer)

    machine.post(PATH, export_of(span({"gen_ai.prompt": QUESTION}), span({"gen_ai.completion": ANSWER}, number=2)))

    assert [event.verdict for event in used()] == ["incomplete_content"] * 2
    assert kept() == []


# What is odd, broken or too much.

ODD = {
    "nothing": {},
    "a list": [],
    "null": None,
    "lists of the wrong things": {"resourceSpans": [1, {"resource": 5, "scopeSpans": [{"spans": [None, {}]}]}]},
    "attributes of the wrong kind": {
        "resourceSpans": [{"scopeSpans": [{"spans": [{"attributes": {"key": 1}}, {"attributes": [{"key": [1]}]}]}]}]
    },
}


@pytest.mark.parametrize("case", ODD)
def test_what_has_no_spans_of_skills_is_taken_and_forgotten(machine, case):
    answer = machine.post(PATH, ODD[case])

    assert (answer.status_code, count_rows(UsageEvent)) == (200, 0)


@pytest.mark.parametrize(
    "more",
    [
        {"startTimeUnixNano": "x", "endTimeUnixNano": None},
        {"startTimeUnixNano": -5, "endTimeUnixNano": "9" * 400},
        {"startTimeUnixNano": "1795500001250000000", "endTimeUnixNano": "1795500000000000000"},
        {"traceId": None, "spanId": 7},
        {"events": [None, {"name": 5}, {"attributes": 1}]},
    ],
)
def test_a_span_that_says_odd_things_about_itself_is_still_a_use(machine, skill, more):
    answer = machine.post(PATH, export_of({**span(), **more}))

    assert (answer.status_code, skill.usage_count) == (200, 1)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"skill=a-skill"])
def test_what_is_no_json_is_told_so(machine, body):
    assert machine.post(PATH, body).status_code == 400


@pytest.mark.parametrize("content_type", ["text/plain", "application/grpc", "application/x-www-form-urlencoded", None])
def test_only_json_and_protobuf_are_taken(machine, content_type):
    answer = machine.post(PATH, export_of(span()), content_type=content_type)

    assert (answer.status_code, count_rows(UsageEvent)) == (415, 0)


def test_protobuf_without_the_extra_says_what_it_needs(machine, skill, monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.proto.collector.trace.v1.trace_service_pb2", None)

    answer = machine.post(PATH, b"", content_type=PROTOBUF)

    assert answer.status_code == 415
    assert "extra otlp" in answer.json["detail"]


def test_protobuf_is_answered_with_protobuf(machine, skill):
    request = ExportTraceServiceRequest()
    spans = request.resource_spans.add().scope_spans.add().spans
    for number, name in enumerate(("a-skill", "no-such-skill"), start=1):
        one = spans.add(trace_id=b"\1" * 16, span_id=bytes([number]) * 8, end_time_unix_nano=1_795_500_000 * 10**9)
        one.attributes.add(key="goldset.skill").value.string_value = name

    answer = machine.post(PATH, request.SerializeToString(), content_type=PROTOBUF)

    told = ExportTraceServiceResponse.FromString(answer.data)
    assert (answer.status_code, answer.mimetype, skill.usage_count) == (200, PROTOBUF, 1)
    assert (told.partial_success.rejected_spans, told.partial_success.error_message) == (1, "There is no such skill.")


@pytest.mark.parametrize("body", [b"\xff" * 20, b"{}{}", b"\x0a\xff\xff\xff\xff\x0f"])
def test_broken_protobuf_is_told_so(machine, body):
    assert machine.post(PATH, body, content_type=PROTOBUF).status_code == 400


def test_compressed_bodies_are_read(machine, skill):
    body = gzip.compress(json.dumps(export_of(span())).encode())

    answer = machine.post(PATH, body, headers={"Content-Encoding": "gzip"})

    assert (answer.status_code, skill.usage_count) == (200, 1)


BROKEN = {
    "not compressed": b"{}",
    "nothing": b"",
    "cut short": gzip.compress(b"{}" + b" " * 99)[:-1],
    "with a wrong sum": gzip.compress(b"{}")[:-8] + b"\0" * 8,
    "compressed in another way": zlib.compress(b"{}"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_decompressed_is_told_so(machine, case):
    assert machine.post(PATH, BROKEN[case], headers={"Content-Encoding": "gzip"}).status_code == 400


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip"])
def test_other_encodings_are_refused_by_name(machine, encoding):
    assert machine.post(PATH, b"{}", headers={"Content-Encoding": encoding}).status_code == 415


def test_a_small_body_that_decompresses_to_a_large_one_is_too_large(another_app, viewer, skill):
    app = another_app(GOLDSET_MAX_API_BYTES="100000")
    machine = Machine(app, make_key(viewer))
    bomb = gzip.compress(b" " * 50_000_000 + b"{}")
    fits = gzip.compress(b"{}" + b" " * 99_998)

    answers = [machine.post(PATH, body, headers={"Content-Encoding": "gzip"}) for body in (bomb, fits)]

    assert len(bomb) < 100_000, "the bomb must be let in to be a bomb"
    assert [answer.status_code for answer in answers] == [413, 200]


def test_a_body_that_is_too_large_is_refused(another_app, viewer, skill):
    app = another_app(GOLDSET_MAX_API_BYTES="1000")

    assert Machine(app, make_key(viewer)).post(PATH, b"{}" + b" " * 999).status_code == 413


def test_nothing_of_a_span_is_echoed_or_logged(machine, caplog):
    content = {"gen_ai.prompt": CANARY, "gen_ai.completion": CANARY, "goldset.tool": CANARY, "session.id": CANARY}
    bodies = [export_of(span(content)), export_of(span(content, skill=f"no-{CANARY}")), f'{{"{CANARY}'.encode()]

    with caplog.at_level(logging.DEBUG):
        answers = [machine.post(PATH, body) for body in bodies]

    assert [answer.status_code for answer in answers] == [200, 200, 400]
    assert CANARY not in caplog.text + "".join(answer.text for answer in answers)


# OpenTelemetry's own exporter, over a real connection.


@pytest.mark.slow
@pytest.mark.parametrize("compression", [Compression.NoCompression, Compression.Gzip])
def test_opentelemetrys_own_exporter_is_understood(served, compression):
    question = f"What does {compression.value} say?"
    exporter = OTLPSpanExporter(
        endpoint=f"{served.server.url}{PATH}",
        headers={"Authorization": f"Bearer {served.viewer}"},
        compression=compression,
    )
    results = []

    class Noting(SimpleSpanProcessor):
        def on_end(self, one):
            results.append(self.span_exporter.export([one]))

    provider = TracerProvider(resource=Resource({"service.name": "a-service"}))
    provider.add_span_processor(Noting(exporter))
    tracer = provider.get_tracer("tests")
    with tracer.start_as_current_span("outside"), tracer.start_as_current_span("chat") as current:
        current.set_attribute("goldset.skill", "meeting-minutes")
        current.set_attribute("gen_ai.usage.input_tokens", 7)
        current.set_attribute("gen_ai.response.model", "a-model")
        current.set_attribute("gen_ai.input.messages", json.dumps([{"role": "user", "content": question}]))
        current.add_event("gen_ai.choice", {"message": json.dumps({"content": "password=hunter2!x"})})
    provider.shutdown()

    rows = served.server.query(
        "SELECT tool_name, model_name, input_tokens, verdict, example_input, example_output, status FROM usage_events "
        "JOIN skill_feedback ON skill_feedback.id = example_id WHERE example_input = ?",
        question,
    )
    assert results == [SpanExportResult.SUCCESS] * 2
    assert rows == [("a-service", "a-model", 7, "captured", question, "password=[PASSWORD_1]", "pending")]


@pytest.mark.slow
def test_opentelemetrys_own_exporter_gives_up_where_its_key_may_not_report(served):
    exporter = OTLPSpanExporter(
        endpoint=f"{served.server.url}{PATH}", headers={"Authorization": f"Bearer {served.reader}"}
    )
    with TracerProvider().get_tracer("tests").start_as_current_span("chat") as current:
        current.set_attribute("goldset.skill", "meeting-minutes")

    assert exporter.export([current]) is SpanExportResult.FAILURE
    exporter.shutdown()

"""The description of the API: valid, complete, and kept by the API itself, which schemathesis tries to break."""

import re
from collections import Counter
from contextvars import Context

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.api.documentation import document
from app.api.openapi import MODELS
from app.domain.api_keys import Scope
from app.domain.usage import Verdict
from tests.support.factories import allow_capture
from tests.support.inspection import inspect_page, links_in
from tests.support.machine import Machine, make_key

pytestmark = pytest.mark.slow

DESCRIBED_ELSEWHERE = {
    "/api/openapi.json": "the description itself",
    "/api/docs": "the same, for people",
    "/api/": "what is not there",
    "/api/<path:rest>": "what is not there",
    "/mcp": "the Model Context Protocol describes its messages itself, and tools/list the tools",
}


@pytest.fixture
def described(machine_of):
    return machine_of().get("/api/openapi.json").json


def test_the_description_is_valid_openapi(described):
    validate(described)

    assert described["openapi"] == "3.1.0"


def test_every_route_of_the_api_is_described_or_named_as_described_elsewhere(app, described):
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ("api", "machines") and rule.rule not in DESCRIBED_ELSEWHERE
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert {(path, method) for path, methods in described["paths"].items() for method in methods} == routes
    assert set(DESCRIBED_ELSEWHERE) <= {rule.rule for rule in app.url_map.iter_rules()}


def test_every_field_of_every_model_is_described(described):
    schemas = described["components"]["schemas"]

    for model in MODELS:
        assert set(schemas[model.__name__]["properties"]) == set(model.model_fields)
    assert schemas["UsageSent"]["required"] == ["skill", "tool_name", "ts"]
    assert schemas["UsageSent"]["additionalProperties"] is False


def test_no_reference_leads_nowhere(described):
    names = set(re.findall(r"#/components/schemas/(\w+)", str(described)))

    assert names
    assert names <= set(described["components"]["schemas"])


def test_the_description_says_how_to_get_in_and_what_keys_may_do(described):
    scheme = described["components"]["securitySchemes"]["key"]

    assert (scheme["type"], scheme["scheme"], described["security"]) == ("http", "bearer", [{"key": []}])
    assert all(f"{scope.value}:" in scheme["description"] for scope in Scope)


def test_the_page_names_every_field_route_status_verdict_and_scope(browser_of):
    page = browser_of().get("/api/docs")

    codes = set(re.findall(r"<code>([^<]+)</code>", page.text))
    fields = {field for model in MODELS for field in model.model_fields}
    assert page.status_code == 200
    assert codes >= fields | set(Verdict) | set(Scope)
    described = {f"{method.upper()} {path}" for path, methods in document()["paths"].items() for method in methods}
    assert described | {"POST /mcp"} <= codes
    assert "/api/openapi.json" in links_in(inspect_page(page.text))
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert all(f"<dt>{status}</dt>" in page.text for status in operation["responses"])


def test_the_page_leads_those_who_are_signed_in_to_their_keys(browser_of, viewer):
    link = 'href="/account/keys"'

    assert link in browser_of(viewer).get("/api/docs").text
    assert link not in browser_of().get("/api/docs").text.partition("<main")[2]


def test_what_the_api_answers_is_what_the_description_says(app, viewer, skill, described):
    allow_capture(viewer)
    usage = {"skill": "a-skill", "tool_name": "a-tool", "ts": "2026-11-24T09:30:00Z"}
    operation = schemathesis.openapi.from_dict(described)["/api/track"]["POST"]
    machine = Machine(app, make_key(viewer))

    answers = [
        machine.post("/api/track", usage),
        machine.post("/api/track", {**usage, "input": "A question", "output": "An answer"}),
        machine.post("/api/track", {"events": [usage, {}, {**usage, "skill": "no-such-skill"}]}),
        machine.post("/api/track", {}),
        machine.post("/api/track", {**usage, "skill": "no-such-skill"}),
        machine.post("/api/track", b"{"),
        machine.post("/api/track", b"{}", content_type="text/plain"),
        Machine(app).post("/api/track", usage),
        Machine(app, make_key(viewer, "read")).post("/api/track", usage),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 422, 404, 400, 415, 401, 403]
    responses = described["paths"]["/api/track"]["post"]["responses"]
    for answer in answers:
        assert list(responses[str(answer.status_code)]["content"]) == [answer.mimetype]
        operation.validate_response(answer)


# Whatever can be sent.

EXAMPLES = 150
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", ["/api/track", "/v1/traces"])
def test_whatever_is_sent_the_api_keeps_to_its_description(app, viewer, skill, path, mode):
    allow_capture(viewer)
    headers = {"Authorization": f"Bearer {make_key(viewer)}"}
    operation = schemathesis.openapi.from_wsgi("/api/openapi.json", app)[path]["POST"]
    statuses = Counter()

    @given(case=operation.as_strategy(mode))
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def keep_to_the_description(case):
        if mode is GenerationMode.POSITIVE and "skill" in case.body:
            case.body["skill"] = skill.slug  # so that it gets past the first look
        response = Context().run(case.call, headers=headers)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    keep_to_the_description()

    assert statuses.total() >= EXAMPLES // 2
    assert statuses[200 if mode is GenerationMode.POSITIVE else 422 if path == "/api/track" else 200]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/skills/a/datasets", {"GET", "HEAD", "OPTIONS"}),
        ("/api/v1/skills/a/imports", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/api/track", {"POST", "OPTIONS"}),
    ],
)
def test_options_are_what_the_address_answers(app, path, allowed):
    answer = Machine(app).ask("OPTIONS", path)

    assert (answer.status_code, set(answer.allow), answer.data) == (200, allowed, b"")
    assert Machine(app).ask("OPTIONS", "/api/nowhere").status_code == 404


def test_only_what_is_sent_in_parts_can_have_no_more_of_it():
    calls = [call for methods in document()["paths"].values() for call in methods.values()]

    assert [call["operationId"] for call in calls if {"412", "416"} & call["responses"].keys()] == [
        "getDatasetExamples"
    ]

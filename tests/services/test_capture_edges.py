"""Edges of capture and of taking back: orders of locks, odd spans, words in places beside the example."""

import hashlib
import hmac
import json
import logging
import time

import pytest
from sqlalchemy import event, select

from app.domain.errors import Invalid
from app.domain.near_duplicates import bands_of, shingles_of
from app.domain.reviews import Verb
from app.extensions import db
from app.models import ExampleBand
from app.services import contributions
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.reviews import decide
from app.services.usage import track
from tests.support.factories import allow_capture, capture, make_skill, make_usage, make_user
from tests.support.machine import Machine, make_key
from tests.support.tables import dump
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

USAGE = {"skill": "a-skill", "tool_name": "a-tool", "ts": "2026-11-24T09:30:00Z"}


def test_batches_that_name_the_same_skills_in_other_orders_do_not_block_each_other(app):
    skills, users = [make_skill() for _ in range(6)], [make_user() for _ in range(4)]
    allow_capture(*users)

    def batch(user, order):
        return lambda: track(user, [make_usage(one, f"A question of {user.id}", "An answer") for one in order])

    results = run_together(app, [batch(user, skills if n % 2 else skills[::-1]) for n, user in enumerate(users)])
    assert [r for r in results if isinstance(r, Exception)] == []


def test_simultaneous_reports_of_one_event_all_get_its_answer(app, viewer, skill):
    allow_capture(viewer)
    usage = make_usage(skill, "A question", "An answer", event_id="event-1")
    results = run_together(app, [lambda: track(viewer, [usage])] * 4)
    assert results == [results[0]] * 4
    assert results[0][0].example_id is not None


def test_words_that_cut_a_placeholder_in_two_are_refused(viewer, skill):
    example = capture(skill, viewer, "It is password=hunter2!x, he said")
    with pytest.raises(Invalid):
        contributions.redact_more(viewer, example_id=example.id, text="password=[PASS", revision=1)


def test_words_over_several_lines_are_taken_out_as_a_browser_sends_them(browser_of, viewer, skill):
    example = capture(skill, viewer, "one\ntwo\nthree")
    r = browser_of(viewer).post(
        f"/account/contributions/{example.id}/redaction", {"text": "one\r\ntwo", "revision": "1"}
    )
    assert r.status_code == 303
    look_anew()
    assert example.example_input == "[REMOVED_1]\nthree"


def test_words_taken_out_are_gone_from_what_reviewers_wrote_and_did_too(viewer, author, skill):
    e = capture(skill, viewer, "Maya Zeppelin asks", "Dear Maya Zeppelin")
    decide(author, example_id=e.id, revision=1, verb=Verb.CORRECT, expected_output="Hello Maya Zeppelin")
    decide(author, example_id=e.id, revision=2, verb=Verb.CORRECT, expected_output="Hi Maya Zeppelin")
    decide(author, example_id=e.id, revision=3, verb=Verb.REJECT, reason="Maya Zeppelin is a name")
    opinion = ask_for_opinion(author, example_id=e.id, email=(asked := make_user()).email)
    give_opinion(asked, opinion_id=opinion.id, verdict="reject", comment="Maya Zeppelin again")
    contributions.redact_more(viewer, example_id=e.id, text="Maya Zeppelin", revision=4)
    look_anew()
    assert {t for t, rows in dump().items() if "Zeppelin" in str(rows)} == set()


def test_near_duplicates_are_found_by_the_words_that_are_left(viewer, skill):
    def bands():
        return sorted(db.session.scalars(select(ExampleBand.band)))

    e = capture(skill, viewer, "Maya Zeppelin asks a lot of things today", "Dear Maya Zeppelin how are you")
    before = bands()
    contributions.redact_more(viewer, example_id=e.id, text="Maya Zeppelin", revision=1)
    look_anew()
    assert bands() != before
    assert bands() == sorted(set(bands_of(shingles_of(e.example_input, e.example_output))))


def test_a_signed_body_may_be_as_large_as_one_without_a_signature(app, viewer, skill):
    key = make_key(viewer)
    body = json.dumps(
        {"events": [{**USAGE, "input": f"{n} " + "x" * 90_000, "output": "o"} for n in range(40)]}
    ).encode()
    t = int(time.time())
    sig = hmac.new(key.encode(), f"{t}.".encode() + body, hashlib.sha256).hexdigest()
    assert (
        Machine(app, key).post("/api/track", body, headers={"X-Goldset-Signature": f"t={t},v1={sig}"}).status_code
        == 200
    )


def test_calls_with_wrong_signatures_or_scopes_count_against_the_limit(another_app, viewer, skill):
    app = another_app(GOLDSET_API_LIMIT="3 per minute")
    tracker, reader = Machine(app, make_key(viewer)), Machine(app, make_key(viewer, "read"))
    wrong = {"X-Goldset-Signature": "t=1,v1=2"}

    assert [tracker.post("/api/track", USAGE, headers=wrong).status_code for _ in range(4)] == [401] * 3 + [429]
    assert [reader.post("/api/track", USAGE).status_code for _ in range(4)] == [403] * 3 + [429]


SPAN = (
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":%s,"attributes":'
    '[{"key":"goldset.skill","value":{"stringValue":"a-skill"}}%s]}]}]}]}'
)


def attr(k, v):
    return "," + json.dumps({"key": k, "value": {"stringValue": v}})


@pytest.mark.parametrize(
    "body",
    [
        SPAN % ("1e400", ""),
        SPAN % ("1", ',{"key":"gen_ai.usage.input_tokens","value":{"intValue":1e999}}'),
        SPAN % ("1", attr("goldset.tool", "a\ud800")),
        SPAN % ("1", attr("session.id", "a\ud800")),
        SPAN % ("1", attr("goldset.tool", "a\0b")),
        SPAN % ("1", attr("gen_ai.request.model", "a\0b")),
        SPAN % ("1", attr("gen_ai.prompt", "[" * 400 + "]" * 400)),
    ],
    ids=["1e400", "inf count", "surrogate tool", "surrogate session", "nul tool", "nul model", "deep prompt"],
)
def test_no_span_breaks_an_export(app, viewer, skill, body):
    allow_capture(viewer)
    assert Machine(app, make_key(viewer)).post("/v1/traces", body.encode()).status_code == 200


def test_a_constraint_that_fails_logs_nobodys_words(app, viewer, skill, caplog):
    allow_capture(viewer)

    def break_the_status(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith("INSERT INTO skill_feedback"):
            named = isinstance(parameters, dict)
            values = parameters.values() if named else parameters
            broken = ["nonsense" if value == "pending" else value for value in values]
            parameters = dict(zip(parameters, broken, strict=True)) if named else tuple(broken)
        return statement, parameters

    event.listen(db.engine, "before_cursor_execute", break_the_status, retval=True)
    try:
        with caplog.at_level(logging.DEBUG):
            machine = Machine(app, make_key(viewer))
            answer = machine.post("/api/track", {**USAGE, "input": "CANARYSINGS", "output": "x"})
    finally:
        event.remove(db.engine, "before_cursor_execute", break_the_status)
    assert answer.status_code == 500
    assert "IntegrityError" in caplog.text
    assert "CANARYSINGS" not in caplog.text


def test_a_secret_that_was_known_in_the_input_is_taken_out_of_the_output_too(viewer, skill):
    e = capture(skill, viewer, "password=hunter2!x", "I used hunter2!x to sign in")
    assert "hunter2!x" not in e.example_output


def test_infinity_is_no_json(app, viewer, skill):
    assert Machine(app, make_key(viewer)).post("/v1/traces", (SPAN % ("Infinity", "")).encode()).status_code == 400

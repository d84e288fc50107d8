"""`POST /api/track`: what may be sent, what is answered, and that nobody's words come back or go into a log."""

import json
import logging

import pytest
from sqlalchemy import event, select

from app.domain.usage import CONTENT_MAX_CHARACTERS, MAX_COUNT, MAX_EVENTS, REASONS, WORD_MAX_CHARACTERS, Verdict
from app.extensions import db
from app.models import TrainingExample, UsageEvent
from app.services.transactions import reading
from tests.support.factories import allow_capture, make_skill
from tests.support.machine import PROBLEM, Machine, make_key
from tests.support.tables import count_rows, dump

pytestmark = pytest.mark.slow

PATH = "/api/track"
USAGE = {"skill": "a-skill", "tool_name": "a-tool", "ts": "2026-11-24T09:30:00Z"}
CONTENT = {"input": "A question", "output": "An answer"}
CANARY = "a-canary-that-sings"
WORDS = ["skill", "tool_name", "model_name", "session_id", "event_id"]
COUNTS = ["input_tokens", "output_tokens", "latency_ms"]


@pytest.fixture
def machine(machine_of, viewer, skill):
    return machine_of(viewer)


def track(machine, **fields):
    return machine.post(PATH, {**USAGE, **fields})


def faults(answer):
    return [fault["field"] for fault in answer.json["errors"]]


# One use.


def test_a_use_is_counted_and_the_answer_says_what_was_done(machine, skill):
    answer = track(machine)

    [used] = reading().scalars(select(UsageEvent))
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == {
        "status": "counted",
        "event": used.id,
        "skill": "a-skill",
        "verdict": "no_content",
        "reason": REASONS[Verdict.NO_CONTENT],
        "keeps_content": False,
        "secrets_removed": [],
    }
    assert skill.usage_count == 1


def test_every_field_arrives(machine, viewer):
    sent = {"model_name": "a-model", "session_id": "session-1", "input_tokens": 1, "output_tokens": 0}
    track(machine, **sent, latency_ms=MAX_COUNT, event_id="event-1", ts="2026-11-24T10:30:00.250+01:00")

    [used] = reading().scalars(select(UsageEvent))
    assert {name: getattr(used, name) for name in sent} == sent
    assert (used.user_id, used.tool_name, used.latency_ms) == (viewer.id, "a-tool", MAX_COUNT)
    assert used.occurred_at.isoformat() == "2026-11-24T09:30:00.250000+00:00"
    assert used.api_key_id is not None


def test_content_is_kept_with_consent_and_the_kinds_of_its_secrets_are_told(machine, viewer):
    allow_capture(viewer)

    answer = track(machine, input="password=hunter2!x", output="Done")

    [example] = reading().scalars(select(TrainingExample))
    told = {name: answer.json[name] for name in ("verdict", "example_id", "secrets_removed", "keeps_content")}
    assert told == {
        "verdict": "captured",
        "example_id": example.id,
        "secrets_removed": ["password"],
        "keeps_content": True,
    }
    assert (example.example_input, example.status) == ("password=[PASSWORD_1]", "pending")


def test_content_without_consent_is_refused_by_name_and_kept_nowhere(machine):
    answer = track(machine, input=CANARY, output=CANARY)

    assert (answer.json["verdict"], answer.json["keeps_content"]) == ("capture_disabled", False)
    assert "administrator" in answer.json["reason"]
    assert CANARY not in str(dump())


def test_an_event_sent_again_gets_the_same_answer(machine, viewer, skill):
    allow_capture(viewer)

    first, again = (track(machine, **CONTENT, event_id="event-1") for _ in range(2))

    assert first.json == again.json
    assert first.json["verdict"] == "captured"
    assert skill.usage_count == 1


@pytest.mark.parametrize(
    "absent", [{}, dict.fromkeys(["input", "output", *WORDS[2:], *COUNTS])], ids=["left out", "null"]
)
def test_what_is_not_known_may_be_left_out_or_null(machine, absent):
    assert track(machine, **absent).json["verdict"] == "no_content"


def test_texts_as_long_as_they_may_be_are_taken(machine, viewer):
    allow_capture(viewer)
    words = dict.fromkeys(WORDS[1:], "x" * WORD_MAX_CHARACTERS)

    answer = track(machine, **words, input="ä " * (CONTENT_MAX_CHARACTERS // 2), output="x")

    assert answer.json["verdict"] == "captured"


# What is wrong is named.

NOT_TEXT = [1, True, 1.5, [], {}, ["a-skill"]]
NOT_A_COUNT = ["1", 1.5, True, -1, MAX_COUNT + 1, 10**400, [], {}]
NOT_A_TIME = [
    "",
    "yesterday",
    "2026-11-24",
    "2026-11-24T09:30:00",
    "2026-13-24T09:30:00Z",
    1_795_500_000,
    True,
    None,
    {},
]

FAULTY = [
    *((name, value) for name in ("skill", "tool_name", "input", "output", *WORDS[2:]) for value in NOT_TEXT),
    *((name, value) for name in WORDS for value in ("", "x" * (WORD_MAX_CHARACTERS + 1), "a\x00b", "\ud800")),
    *(
        (name, value)
        for name in ("input", "output")
        for value in ("x" * (CONTENT_MAX_CHARACTERS + 1), "\x00", "\ud800")
    ),
    *((name, value) for name in COUNTS for value in NOT_A_COUNT),
    *(("ts", value) for value in NOT_A_TIME),
    *((name, None) for name in ("skill", "tool_name")),
    *((name, "x") for name in ("user_id", "verdict", "Skill", "example_id", "consent", "")),
]


def test_every_fault_of_every_field_is_named_and_nothing_is_stored(machine):
    """All of them in one application, because there are very many."""
    before = dump()["usage_events"]

    wrong = []
    for name, value in FAULTY:
        answer = track(machine, **{name: value})
        if answer.status_code != 422 or (faults(answer) != [name or "body"] and faults(answer) != [name]):
            wrong.append((name, str(value)[:40], answer.status_code, answer.text[:200]))

    assert wrong == []
    assert dump()["usage_events"] == before == []


@pytest.mark.parametrize("ts", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_leaves_the_calendar_elsewhere_keeps_none_of_the_others_back(machine, ts):
    alone = track(machine, ts=ts)
    among = machine.post(PATH, {"events": [USAGE, {**USAGE, "ts": ts}]})

    assert (alone.status_code, faults(alone)) == (422, ["ts"])
    assert [event.get("status") for event in among.json["events"]] == ["counted", 422]
    assert count_rows(UsageEvent) == 1


@pytest.mark.parametrize("missing", USAGE)
def test_what_must_be_there_and_is_not_is_named(machine, missing):
    answer = machine.post(PATH, {name: value for name, value in USAGE.items() if name != missing})

    assert (answer.status_code, faults(answer)) == (422, [missing])


def test_all_faults_are_told_at_once(machine):
    answer = machine.post(PATH, {"skill": 1, "input_tokens": "2", "more": 3})

    assert faults(answer) == ["skill", "tool_name", "ts", "input_tokens", "more"]
    assert answer.json["errors"][-1] == {"field": "more", "message": "There is no such field."}
    assert answer.json["detail"] == "The body has 5 fault(s)."


@pytest.mark.parametrize("body", [[], [USAGE], "text", 1, None, True, [[]]])
def test_json_that_is_no_object_is_named_as_such(machine, body):
    answer = machine.post(PATH, body)

    assert answer.status_code == 422
    assert answer.json["errors"] == [{"field": "body", "message": "Send a JSON object."}]


def test_a_skill_that_is_not_there_is_not_found(machine):
    answer = track(machine, skill="no-such-skill")

    assert (answer.status_code, answer.mimetype) == (404, PROBLEM)
    assert count_rows(UsageEvent) == 0


NO_JSON = {
    "nothing": b"",
    "half": json.dumps(USAGE).encode()[:-1],
    "two": b"{}{}",
    "NaN": b'{"input_tokens": NaN}',
    "Infinity": b'{"input_tokens": -Infinity}',
    "latin-1": json.dumps({**USAGE, "input": "é"}, ensure_ascii=False).encode("latin-1"),
    "utf-16": json.dumps(USAGE).encode("utf-16"),
    "deep": b"[" * 100_000,
    "a number without end": b'{"input_tokens": ' + b"9" * 10_000 + b"}",
    "a form": b"skill=a-skill&tool_name=a-tool",
}


@pytest.mark.parametrize("case", NO_JSON)
def test_what_is_no_json_in_utf_8_is_told_so(machine, case):
    answer = machine.post(PATH, NO_JSON[case])

    assert answer.status_code == 400
    assert "not JSON" in answer.json["detail"]
    assert count_rows(UsageEvent) == 0


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("APPLICATION/JSON", 200),
        (None, 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/x-protobuf", 415),
        ("nonsense", 415),
    ],
)
def test_only_json_is_taken(machine, content_type, status):
    answer = machine.post(PATH, USAGE, content_type=content_type)

    assert answer.status_code == status
    assert status == 200 or "Content-Type: application/json" in answer.json["detail"]


# Too much.


def test_a_body_that_is_too_large_is_refused_before_it_is_read(another_app, viewer, skill):
    body = json.dumps(USAGE).encode()
    app = another_app(GOLDSET_MAX_API_BYTES=str(len(body)))
    machine = Machine(app, make_key(viewer))

    fits, too_large = (machine.post(PATH, one) for one in (body, body + b" "))

    assert (fits.status_code, too_large.status_code) == (200, 413)
    assert "fewer events" in too_large.json["detail"]


def test_a_body_may_be_as_large_as_the_setting_says_and_larger_than_any_form(machine, viewer):
    allow_capture(viewer)
    events = [{**USAGE, "input": f"{number} " + "x" * 90_000, "output": "An answer"} for number in range(40)]

    answer = machine.post(PATH, {"events": events})

    assert answer.status_code == 200
    assert count_rows(TrainingExample) == 40


# Batches.


def test_a_batch_gets_a_verdict_for_each_event_in_its_order(machine, viewer, skill):
    allow_capture(viewer)
    other = make_skill(name="another")

    answer = machine.post(
        PATH,
        {
            "events": [
                {**USAGE, **CONTENT},
                {**USAGE, "skill": "no-such-skill"},
                {**USAGE, "input_tokens": -1, "more": 1},
                "no object",
                {**USAGE, "skill": other.slug},
                {**USAGE, **CONTENT},
            ]
        },
    )

    events = answer.json["events"]
    assert answer.status_code == 200
    assert [one.get("verdict") or one["status"] for one in events] == [
        *("captured", 404, 422, 422, "no_content", "duplicate")
    ]
    assert [fault["field"] for fault in events[2]["errors"]] == ["input_tokens", "more"]
    assert [fault["field"] for fault in events[3]["errors"]] == ["body"]
    assert (skill.usage_count, other.usage_count, count_rows(UsageEvent)) == (2, 1, 3)


@pytest.mark.parametrize(
    "events", [[], [USAGE] * (MAX_EVENTS + 1), None, {}, "text", {"0": USAGE}], ids=lambda value: str(value)[:20]
)
def test_what_is_no_batch_is_refused_whole(machine, events):
    answer = machine.post(PATH, {"events": events})

    assert (answer.status_code, faults(answer)) == (422, ["events"])
    assert count_rows(UsageEvent) == 0


def test_a_batch_takes_nothing_beside_its_events(machine):
    answer = machine.post(PATH, {"events": [USAGE], "skill": "a-skill"})

    assert (answer.status_code, faults(answer)) == (422, ["skill"])


def test_the_largest_batch_is_taken(machine, skill):
    answer = machine.post(PATH, {"events": [USAGE] * MAX_EVENTS})

    assert len(answer.json["events"]) == skill.usage_count == MAX_EVENTS


# Other addresses and methods.


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_told_which_one_is_answered(machine, method):
    answer = machine.ask(method, PATH)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/trac", "/api/track/1", "/api/v2/track", "/api/../admin"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_every_other_address_is_answered_by_a_problem_and_not_by_a_page(machine_of, method, path):
    answer = machine_of().ask(method, path, follow_redirects=True)

    assert (answer.status_code, answer.mimetype) == (404, PROBLEM)


# Nobody's words come back, or go into a log.

CANARIES = [
    *({name: CANARY + "x" * WORD_MAX_CHARACTERS} for name in WORDS),
    *({name: [CANARY]} for name in ("skill", "ts", "input", "output", *COUNTS)),
    *({name: CANARY} for name in ("ts", *COUNTS, "no_such_field")),
    {"input": f"{CANARY}\x00", "output": f"{CANARY}\ud800"},
    {"input": CANARY * 10_000},
    {"input": CANARY},
    {"input": CANARY, "output": CANARY},
    {"skill": "no-such-skill", "input": CANARY, "output": CANARY},
    {"tool_name": CANARY, "model_name": CANARY, "session_id": CANARY, "event_id": CANARY},
]


@pytest.mark.parametrize("in_batch", [False, True], ids=["alone", "in a batch"])
def test_nothing_of_what_was_sent_is_echoed_or_logged(machine, caplog, in_batch):
    with caplog.at_level(logging.DEBUG):
        answers = [
            machine.post(PATH, {"events": [{**USAGE, **fields}]} if in_batch else {**USAGE, **fields})
            for fields in CANARIES
        ]

    assert {answer.status_code for answer in answers} == ({200} if in_batch else {200, 404, 422})
    assert [answer.text for answer in answers if CANARY in answer.text] == []
    assert CANARY not in caplog.text


@pytest.mark.parametrize("body", [f'{{"input": "{CANARY}"', f"{CANARY}", f'["{CANARY}"]', f'{{"{CANARY[:5]}": NaN}}'])
def test_nothing_of_what_could_not_be_read_is_echoed_or_logged(machine, caplog, body):
    with caplog.at_level(logging.DEBUG):
        answer = machine.post(PATH, body.encode())

    assert answer.status_code in (400, 422)
    assert CANARY[:5] not in answer.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("table", ["usage_events", "skill_feedback"])
def test_a_fault_of_ours_is_noted_and_answered_without_anybodys_words(machine, viewer, caplog, table):
    allow_capture(viewer)

    def break_statement(_connection, _cursor, statement, parameters, *_rest):
        return statement.replace(f"INSERT INTO {table} ", "INSERT INTO a_table_that_is_gone "), parameters

    event.listen(db.engine, "before_cursor_execute", break_statement, retval=True)
    try:
        with caplog.at_level(logging.DEBUG):
            answer = track(machine, input=CANARY, output=f"{CANARY} again", tool_name=CANARY, session_id=CANARY)
    finally:
        event.remove(db.engine, "before_cursor_execute", break_statement)

    assert answer.status_code == 500
    assert answer.json["detail"].startswith("Something went wrong on our side")
    assert "a_table_that_is_gone" in caplog.text
    assert "a_table_that_is_gone" not in answer.text
    assert CANARY not in answer.text + caplog.text
    assert count_rows(UsageEvent) == 0

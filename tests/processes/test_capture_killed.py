"""Real usage and a server that dies: what was acknowledged is there whole, what was withdrawn is gone for good, and
what nobody consented to was never on the disk."""

import gzip
import http.client
import json
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager

import pytest
from flask import Flask

from app import create_app
from app.domain.consent import NOTICE
from app.extensions import db
from app.models import UserPreferences
from app.services import clock
from app.services.demo import PASSWORD
from app.services.preferences import change_preferences, exclude_skill
from app.services.skills import get_skill_by_slug
from app.services.transactions import writing
from tests.support.factories import allow_capture, make_user
from tests.support.machine import let_in, make_key
from tests.support.server import PATIENCE, Caller

VIEWER = "priya.raman@goldset.example"
SLUG = "meeting-minutes"
BATCH = 5
REPORTERS = 4
BEFORE_THE_KILL = 8
ROWS = 4_000
WORD = "quokkasaurus"
"""Written in capitals in the texts: in small letters only the index of the search has it."""
CAPTURED = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
INSERT INTO skill_feedback (skill_id, user_id, feedback_type, created_at, updated_at, status, source, example_input,
    example_output, content_digest, rules_version)
SELECT skills.id, users.id, 'training_example', '2026-01-01 00:00', '2026-01-01 00:00', :status, 'usage_capture',
    n || ' ' || :word || ' ' || :status, 'An output', 'digest ' || :status || n, 99
FROM numbers, skills, users WHERE slug = :slug AND email = :email
"""

pytestmark = pytest.mark.slow


def post(server, path, body, key, **headers):
    """Send JSON, or bytes as they are, over a connection of its own; return the status and what came back."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **headers}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        connection.request("POST", path, data, sent)
        response = connection.getresponse()
        return response.status, response.read().decode()


def usage(text, slug=SLUG):
    return {"skill": slug, "tool_name": "a-tool", "ts": "2026-11-24T09:30:00Z", "input": text, "output": "An answer"}


def counters_are_right(server):
    """Return whether every skill counts what is there: its examples by their state, and its uses."""
    rows = server.query(
        """
        SELECT slug FROM skills WHERE
        training_examples_pending <> (SELECT count(*) FROM skill_feedback WHERE skill_id = skills.id
            AND feedback_type = 'training_example' AND status = 'pending')
        OR training_examples_approved <> (SELECT count(*) FROM skill_feedback WHERE skill_id = skills.id
            AND feedback_type = 'training_example' AND status = 'approved')
        OR training_examples_rejected <> (SELECT count(*) FROM skill_feedback WHERE skill_id = skills.id
            AND feedback_type = 'training_example' AND status = 'rejected')
        OR usage_count <> (SELECT count(*) FROM usage_events WHERE skill_id = skills.id)
        """
    )
    return rows == [] and server.query("PRAGMA integrity_check") == [("ok",)]


# Batches.


class Reporter(threading.Thread):
    """Reports one batch after the other until nobody answers any more."""

    def __init__(self, server, key, name):
        super().__init__(name=name, daemon=True)
        self.server, self.key = server, key
        self.acknowledged, self.refused, self.unanswered = [], [], None

    def run(self):
        for number in range(2_000):
            batch = f"{self.name}, batch {number}"
            events = [{**usage(f"{batch}, event {one}"), "event_id": f"{batch}, {one}"} for one in range(BATCH)]
            try:
                status, text = post(self.server, "/api/track", {"events": events}, self.key)
            except (OSError, http.client.HTTPException):
                self.unanswered = batch
                return
            verdicts = {event["verdict"] for event in json.loads(text)["events"]} if status == 200 else set()
            (self.acknowledged if verdicts == {"captured"} else self.refused).append(batch)


def stored_batches(server):
    """Return how many examples, and how many events, there are of each batch."""
    examples = server.query("SELECT example_input FROM skill_feedback WHERE example_input LIKE 'Reporter %'")
    events = server.query(
        "SELECT example_input FROM usage_events JOIN skill_feedback ON skill_feedback.id = example_id "
        "WHERE example_input LIKE 'Reporter %' AND usage_event_id = usage_events.id"
    )
    return [Counter(text.rpartition(", event")[0] for (text,) in rows) for rows in (examples, events)]


def test_every_acknowledged_batch_is_there_whole_and_none_in_part_when_the_server_is_killed(instance, serve):
    key = let_in(instance, VIEWER)
    server = serve()
    reporters = [Reporter(server, key, f"Reporter {number}") for number in range(REPORTERS)]
    for reporter in reporters:
        reporter.start()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(len(one.acknowledged) < BEFORE_THE_KILL for one in reporters):
        time.sleep(0.01)

    server.kill()
    for reporter in reporters:
        reporter.join(PATIENCE)
    server.start()

    acknowledged = [batch for reporter in reporters for batch in reporter.acknowledged]
    examples, events = stored_batches(server)
    assert all(reporter.unanswered for reporter in reporters), "the server was not killed in the middle of the stream"
    assert [reporter.refused for reporter in reporters if reporter.refused] == []
    assert len(acknowledged) >= REPORTERS * BEFORE_THE_KILL
    assert set(examples.values()) == set(events.values()) == {BATCH}
    assert set(acknowledged) <= set(examples)
    assert set(examples) - set(acknowledged) <= {reporter.unanswered for reporter in reporters}
    assert counters_are_right(server)


def test_a_batch_sent_again_after_the_kill_is_stored_once(instance, serve):
    key = let_in(instance, VIEWER)
    server = serve()
    reporter = Reporter(server, key, "Reporter 1")
    reporter.start()
    time.sleep(0.5)
    server.kill()
    reporter.join(PATIENCE)
    server.start()

    batch = reporter.unanswered
    events = [{**usage(f"{batch}, event {one}"), "event_id": f"{batch}, {one}"} for one in range(BATCH)]
    answers = [post(server, "/api/track", {"events": events}, key) for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert [counts[batch] for counts in stored_batches(server)] == [BATCH, BATCH]
    assert counters_are_right(server)


# Withdrawal.


@pytest.fixture
def thousands_captured(instance):
    """Thousands of captured examples of one user, in every state, on a skill that has counted them."""
    let_in(instance, VIEWER)
    with closing(sqlite3.connect(instance / "goldset.db")) as connection, connection:
        for status in ("pending", "approved", "rejected"):
            rows = ROWS // 4 if status == "rejected" else ROWS // 2
            values = {"rows": rows, "status": status, "word": WORD.upper(), "slug": SLUG, "email": VIEWER}
            connection.execute(CAPTURED, values)
            counter = f"training_examples_{status}"
            connection.execute(f"UPDATE skills SET {counter} = {counter} + ? WHERE slug = ?", (rows, SLUG))
    return ROWS // 2 + ROWS // 2 + ROWS // 4


def left_of(server):
    [(count,)] = server.query(
        "SELECT count(*) FROM skill_feedback JOIN users ON users.id = user_id "
        "WHERE source = 'usage_capture' AND email = ? AND example_input LIKE ?",
        VIEWER,
        f"%{WORD.upper()}%",
    )
    return count


def traces_in(server):
    """Return which traces of the words are in the database's files: as they were written, and as the search has it."""
    files = [server.database, server.database.with_name("goldset.db-wal")]
    kept = b"".join(file.read_bytes() for file in files if file.exists())
    return {part for part in (WORD.upper(), WORD[2:]) if part.encode() in kept}


def start_withdrawing(server):
    """Sign in, and withdraw in a thread of its own, which ends whatever becomes of the server."""
    caller = Caller(server).sign_in(VIEWER, PASSWORD)

    def withdraw():
        try:
            caller.post("/preferences", {})
        except (OSError, http.client.HTTPException):
            return

    thread = threading.Thread(target=withdraw, daemon=True)
    thread.start()
    return thread


def whole_or_not_at_all(server, before):
    """Check that the withdrawal happened with all that belongs to it, or not at all; return whether it happened."""
    left = left_of(server)
    [(is_given,)] = server.query(
        "SELECT coalesce(\"values\" ->> 'training_data_consent', 0) FROM user_preferences "
        "JOIN users ON users.id = user_id WHERE email = ?",
        VIEWER,
    )
    last = server.query(
        "SELECT decision FROM consent_records JOIN users ON users.id = user_id WHERE email = ? "
        "ORDER BY consent_records.id DESC LIMIT 1",
        VIEWER,
    )
    erased = server.query("SELECT sum(examples) FROM erasures JOIN users ON users.id = user_id WHERE email = ?", VIEWER)
    [(buried,)] = server.query("SELECT count(*) FROM tombstones")
    if left:
        assert (left, bool(is_given), last, erased, buried) == (before, True, [("given",)], [(None,)], 0)
    else:
        assert (bool(is_given), last) == (False, [("withdrawn",)])
        assert erased == [(buried,)]
        assert buried >= before
    assert counters_are_right(server)
    return left == 0


@pytest.mark.parametrize("after", [0.0, 0.1, 0.5], ids=lambda seconds: f"{seconds} s")
def test_a_withdrawal_that_is_killed_happened_wholly_or_not_at_all(serve, thousands_captured, after):
    server = serve()
    assert traces_in(server) == {WORD.upper(), WORD[2:]}, "the search must be able to find what is there"
    thread = start_withdrawing(server)
    time.sleep(after)

    server.kill()
    thread.join(PATIENCE)
    server.start()

    if whole_or_not_at_all(server, thousands_captured):
        assert traces_in(server) == set()
        assert server.query("SELECT count(*) FROM erasures WHERE scrubbed_at IS NULL") == [(0,)]
    else:
        start_withdrawing(server).join(PATIENCE)
        assert whole_or_not_at_all(server, thousands_captured)
        assert traces_in(server) == set()


def test_words_that_were_still_in_the_files_when_the_server_died_are_gone_after_its_next_start(
    serve, thousands_captured
):
    server = serve()
    with closing(sqlite3.connect(server.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM skill_feedback").fetchone()  # keeps the old pages in the log
        thread = start_withdrawing(server)
        deadline = time.monotonic() + PATIENCE
        while left_of(server) and time.monotonic() < deadline:
            time.sleep(0.02)
        server.kill()
        thread.join(PATIENCE)
        assert traces_in(server), "the server was killed too late: the words were gone already"
        assert server.query("SELECT count(*) FROM erasures WHERE scrubbed_at IS NULL") == [(1,)]

    server.start()

    assert whole_or_not_at_all(server, thousands_captured)
    assert traces_in(server) == set()
    assert server.query("SELECT count(*) FROM erasures WHERE scrubbed_at IS NULL") == [(0,)]


# Content that nobody consented to.


@contextmanager
def opened(instance):
    """The application on the instance, in this process."""
    app: Flask = create_app({"GOLDSET_INSTANCE": str(instance), "GOLDSET_DATABASE_URL": ""})
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def prepare_refusals(instance):
    """Make a user for each reason to refuse, and one who consents; return their keys."""
    with opened(instance):
        users = {
            name: make_user() for name in ("never asked", "withdrawn", "older words", "skill left out", "consents")
        }
        allow_capture(users["withdrawn"], users["skill left out"], users["consents"])
        change_preferences(users["withdrawn"], training_data_consent=False)
        exclude_skill(users["skill left out"], skill_id=get_skill_by_slug(SLUG).id)
        older = {"training_data_consent": True, "consent_notice_version": NOTICE.version - 1}
        with writing() as session:
            session.add(UserPreferences(user_id=users["older words"].id, values=older, updated_at=clock.now()))
        return {name: make_key(user, "track") for name, user in users.items()}


def span_of(text, slug=SLUG):
    values = {"goldset.skill": slug, "gen_ai.prompt": text, "gen_ai.completion": f"{text} again"}
    attributes = [{"key": key, "value": {"stringValue": value}} for key, value in values.items()]
    return {"resourceSpans": [{"scopeSpans": [{"spans": [{"attributes": attributes}]}]}]}


def tool_call(text, slug=SLUG):
    arguments = {"skill": slug, "input": text, "output": f"{text} again"}
    params = {"name": "offer_example", "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def send_every_way(server, key, mark):
    """Send content by every way that usage comes in, right and wrong; return what the good ones were told."""
    long, packed = f"{mark}-long " * 3_000, json.dumps(span_of(f"{mark}-gzip")).encode()
    broken = json.dumps(usage(f"{mark}-broken"))[:-1].encode()
    answers = [
        post(server, "/api/track", usage(f"{mark}-single"), key),
        post(server, "/api/track", {"events": [usage(f"{mark}-batch {one} {long}") for one in range(40)]}, key),
        post(server, "/mcp", tool_call(f"{mark}-tool"), key),
        post(server, "/v1/traces", span_of(f"{mark}-span"), key),
        post(server, "/v1/traces", gzip.compress(packed), key, **{"Content-Encoding": "gzip"}),
    ]
    assert [status for status, _ in answers] == [200] * len(answers)
    faulty = [
        post(server, "/api/track", broken, key),
        post(server, "/api/track", {**usage(f"{mark}-faulty"), "more": f"{mark}-more"}, key),
        post(server, "/api/track", usage(f"{mark}-nowhere", slug="no-such-skill"), key),
        post(server, "/api/track", usage(f"{mark}-guessed"), f"goldset_{mark}"),
        post(server, "/mcp", tool_call(f"{mark}-nowhere", slug="no-such-skill"), key),
        post(server, "/v1/traces", b"{" + f"{mark}-broken".encode(), key),
    ]
    assert [status for status, _ in faulty] == [400, 422, 404, 401, 200, 400]
    return "".join(text for _, text in answers[:3])


class Watcher(threading.Thread):
    """Looks into every file under a folder again and again, for anything that must not be there."""

    def __init__(self, folder, marks):
        super().__init__(daemon=True)
        self.folder, self.marks = folder, [mark.encode() for mark in marks]
        self.found, self.rounds = set(), 0
        self.finish = threading.Event()

    def run(self):
        while not self.finish.is_set():
            self.look()

    def look(self):
        for file in self.folder.rglob("*"):
            try:
                kept = file.read_bytes() if file.is_file() else b""
            except FileNotFoundError:
                continue
            self.found |= {(file.name, mark.decode()) for mark in self.marks if mark in kept}
        self.rounds += 1


def test_content_without_consent_is_in_no_file_and_in_no_log_at_any_time(instance, serve, monkeypatch):
    keys = prepare_refusals(instance)
    monkeypatch.setenv("TMPDIR", str(instance))  # what the server puts aside is looked at as well
    marks = {name: f"canary-{number}-sings" for number, name in enumerate([*keys, "capture is off"])}
    server = serve()
    refused = [mark for name, mark in marks.items() if name != "consents"]
    watcher = Watcher(instance, refused)
    watcher.start()

    told = {name: send_every_way(server, key, marks[name]) for name, key in keys.items()}
    with closing(sqlite3.connect(server.database, timeout=PATIENCE)) as connection, connection:
        connection.execute("UPDATE site_settings SET training_data_capture_enabled = 0")
    told["capture is off"] = send_every_way(server, keys["consents"], marks["capture is off"])
    server.stop()
    watcher.finish.set()
    watcher.join(PATIENCE)
    watcher.look()

    verdicts = {
        "never asked": "no_consent",
        "withdrawn": "no_consent",
        "older words": "consent_outdated",
        "skill left out": "skill_excluded",
        "capture is off": "capture_disabled",
        "consents": "captured",
    }
    assert [name for name, verdict in verdicts.items() if told[name].count(verdict) < 42] == []
    assert [name for name in verdicts if name != "consents" and '"captured"' in told[name]] == []
    assert watcher.found == set()
    assert watcher.rounds > 3
    control = Watcher(instance, [marks["consents"]])
    control.look()
    assert {mark for _, mark in control.found} == {marks["consents"]}, "the search must be able to find what is there"

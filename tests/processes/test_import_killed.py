"""A worker that is killed in the middle of adding an import: another one finishes it, and every row is there once."""

import json
import sqlite3
import time
from collections import Counter
from contextlib import closing

import pytest

from app.services.demo import PASSWORD
from tests.support.server import PATIENCE, Caller, start_command
from tests.support.writers import AUTHOR, SLUG, counter, stored_inputs

ROWS = 4_000
HERE = f"/skills/{SLUG}/training-data/import"
TEXT = "".join(json.dumps({"input": f"Imported {n}", "output": f"Answer {n}"}) + "\n" for n in range(ROWS))

pytestmark = pytest.mark.slow


@pytest.fixture
def query(instance):
    """Return a function that asks the database file itself."""

    def ask(statement, **values):
        with closing(sqlite3.connect(instance / "goldset.db", timeout=PATIENCE)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return ask


@pytest.fixture
def work(instance):
    """Return a function that starts `goldset worker`; none of them is left running."""
    started = []

    def start():
        started.append(start_command(instance, "worker"))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_until(is_so, what, pause=0.002, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(pause)


def job(query, kind):
    rows = query("SELECT state, progress, tries, problem FROM jobs WHERE kind = :kind", kind=kind)
    return rows[0] if rows else ("none", 0, 0, None)


def end_leases(query):
    """Let so much time pass that the dead worker's lease is over."""
    query("UPDATE jobs SET leased_until = '2026-01-01 00:00:00.000000' WHERE state = 'running'")


def kill_in_the_middle(query, worker, kind):
    wait_until(lambda: job(query, kind)[1] >= ROWS // 8, f"{kind} does not begin")
    worker.kill()
    worker.wait(PATIENCE)
    halfway = job(query, kind)
    assert halfway[0] == "running"
    assert 0 < halfway[1] < ROWS, "the worker was not killed in the middle"
    end_leases(query)


def verdicts(query):
    return dict(query("SELECT verdict, count(*) FROM import_rows GROUP BY verdict"))


def test_workers_killed_in_the_middle_of_an_import_are_followed_by_others(serve, query, work):
    server = serve(GOLDSET_WORKERS="0")
    author = Caller(server).sign_in(AUTHOR, PASSWORD)
    before = counter(server)
    assert author.post(HERE, {"text": TEXT}).status == 303

    kill_in_the_middle(query, work(), "check_import")
    worker = work()
    wait_until(lambda: job(query, "check_import")[0] == "done", "nobody took the check over", pause=0.05, patience=60)
    found = verdicts(query)
    assert sum(found.values()) == ROWS
    assert set(found) <= {"new", "near_duplicate"}

    [(import_id,)] = query("SELECT id FROM imports")
    addition = author.post(f"{HERE}s/{import_id}/addition", {"near_duplicates": "y"})
    assert addition.status == 303
    kill_in_the_middle(query, worker, "add_import")
    work()
    wait_until(lambda: job(query, "add_import")[0] != "running", "nobody took the addition over", 0.05, patience=60)

    assert job(query, "add_import") == ("done", ROWS, 2, None)
    assert verdicts(query) == {"added": ROWS}
    stored = Counter({text: count for text, count in stored_inputs(server).items() if text.startswith("Imported ")})
    assert stored == Counter(f"Imported {number}" for number in range(ROWS))
    assert counter(server) == before + ROWS
    assert query("SELECT state FROM imports") == [("done",)]
    assert query("SELECT count(*) FROM audit_log WHERE action = 'training_examples.imported'") == [(1,)]
    assert query("PRAGMA integrity_check") == [("ok",)]

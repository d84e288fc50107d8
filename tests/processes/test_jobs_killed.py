"""A worker killed in the middle of a freeze is followed by another; an import that is interrupted leaves nothing."""

import json
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing

import pytest

from app.services.demo import PASSWORD
from tests.support.server import PATIENCE, Caller, start_command
from tests.support.writers import AUTHOR, SLUG

ROWS = 8_000
INSERT = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
INSERT INTO skill_feedback (skill_id, user_id, feedback_type, created_at, updated_at, status, source, example_input,
    example_output, content_digest, rules_version)
SELECT skills.id, author_id, 'training_example', '2026-01-01 00:00', '2026-01-01 00:00', 'approved', 'web',
    'Question ' || n, 'Answer ' || n, 'digest ' || n, 1000
FROM numbers, skills WHERE slug = :slug
"""
FIELDS = {"note": "Killed once", "seed": "0", "validation_percent": "10", "test_percent": "10"}
VERSIONS = f"/skills/{SLUG}/training-data/versions"

pytestmark = pytest.mark.slow


@pytest.fixture
def query(instance):
    """Return a function that asks the database file itself."""

    def ask(statement, **values):
        with closing(sqlite3.connect(instance / "goldset.db", timeout=PATIENCE)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return ask


@pytest.fixture
def many_rows(query):
    """Thousands of approved examples on a skill that has counted them."""
    query(INSERT, rows=ROWS, slug=SLUG)
    query(
        "UPDATE skills SET training_examples_approved = training_examples_approved + :rows WHERE slug = :slug",
        rows=ROWS,
        slug=SLUG,
    )


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


def wait_until(is_so, what, pause=0.002):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(pause)


def job(query):
    [row] = query("SELECT state, progress, tries, problem FROM jobs")
    return row


def freeze(server):
    """Let the author begin to freeze, in the browser."""
    answer = Caller(server).sign_in(AUTHOR, PASSWORD).post(VERSIONS, FIELDS)
    assert answer.status == 303


def wait_until_some_are_frozen(query):
    wait_until(lambda: job(query)[1] >= ROWS // 8, "the freeze does not begin")


def end_lease(query):
    """Let so much time pass that the dead worker's lease is over."""
    query("UPDATE jobs SET leased_until = '2026-01-01 00:00:00.000000' WHERE state = 'running'")


def wait_until_done(query, *, tries=2):
    wait_until(lambda: job(query)[0] != "running", "nobody took the job over", pause=0.05)
    assert job(query) == ("done", ROWS, tries, None)


def every_row_is_there_once(query):
    texts = query(
        "SELECT example_input FROM dataset_entries JOIN frozen_rows ON frozen_rows.id = frozen_row_id "
        "JOIN dataset_versions ON dataset_versions.id = version_id WHERE number = 1"
    )
    [(rows,)] = query("SELECT rows FROM dataset_versions")
    frozen = query("SELECT count(*) FROM frozen_rows")
    expected = Counter(f"Question {number}" for number in range(1, ROWS + 1))
    return Counter(text for (text,) in texts) == expected and rows == ROWS and frozen == [(ROWS,)]


def test_a_worker_killed_in_the_middle_of_a_freeze_is_followed_by_another(serve, instance, query, many_rows, work):
    server = serve(GOLDSET_WORKERS="0")
    freeze(server)
    killed = work()
    wait_until_some_are_frozen(query)

    killed.kill()
    killed.wait(PATIENCE)
    halfway = job(query)
    server.stop()

    assert halfway[0] == "running"
    assert 0 < halfway[1] < ROWS, "the worker was not killed in the middle"
    end_lease(query)
    work()
    wait_until_done(query)
    assert every_row_is_there_once(query)
    assert query("PRAGMA integrity_check") == [("ok",)]
    verified = start_command(instance, "verify")
    output, _ = verified.communicate(timeout=PATIENCE)
    assert (verified.returncode, output.splitlines()[-1]) == (0, "Every hash is right.")


def test_a_server_killed_in_the_middle_of_a_freeze_finishes_it_when_it_is_started_again(serve, query, many_rows):
    server = serve()
    freeze(server)
    wait_until_some_are_frozen(query)

    server.kill()
    halfway = job(query)

    assert halfway[0] == "running"
    assert 0 < halfway[1] < ROWS, "the server was not killed in the middle"
    end_lease(query)
    server.start()
    wait_until_done(query)
    assert every_row_is_there_once(query)


def test_a_worker_that_is_told_to_stop_ends_well_and_gives_the_rest_back_at_once(serve, query, many_rows, work):
    server = serve(GOLDSET_WORKERS="0")
    freeze(server)
    stopped = work()
    wait_until_some_are_frozen(query)

    stopped.terminate()

    assert stopped.wait(PATIENCE) == 0
    assert job(query)[0] == "running"
    work()
    wait_until_done(query, tries=1)
    assert every_row_is_there_once(query)


def test_an_import_that_is_interrupted_in_the_middle_leaves_nothing(instance, query, tmp_path):
    """Ctrl + C in a terminal, while it looks at the rows."""
    [(before,)] = query("SELECT count(*) FROM skill_feedback")
    file = tmp_path / "many.jsonl"
    text = "The pump in hall 4 stands still since the day before yesterday and nobody knows the reason, says the shift."
    file.write_text(
        "".join(json.dumps({"input": f"{number} {text}", "output": text}) + "\n" for number in range(5_000))
    )

    process = start_command(instance, "import", SLUG, str(file), "--author", AUTHOR)
    wait_until(lambda: query("SELECT 1 FROM imports WHERE state = 'checking'"), "nobody looks at the rows", pause=0.02)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1, said
    assert query("SELECT state FROM imports") == [("discarded",)], said
    assert query("SELECT count(*) FROM import_rows") == query("SELECT count(*) FROM import_bands") == [(0,)]
    assert query("SELECT count(*) FROM skill_feedback") == [(before,)]
    assert query("SELECT state FROM jobs") == [("cancelled",)]

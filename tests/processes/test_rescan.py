"""`goldset redaction rescan` killed in the middle, and beside a server that people use."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.support.older_rules import SECRET
from tests.support.server import PATIENCE, Caller, start_command
from tests.support.writers import SLUG, TAB, Writer, counter, stored_inputs, wait_until_all_have_added

ROWS = 3_000
INSERT = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
INSERT INTO skill_feedback (skill_id, user_id, feedback_type, created_at, updated_at, status, source, example_input,
    example_output, content_digest, rules_version)
SELECT skills.id, author_id, 'training_example', '2026-01-01 00:00', '2026-01-01 00:00', 'approved', 'web',
    n || ' password=' || :secret, 'An output', 'digest ' || n, 0
FROM numbers, skills WHERE slug = :slug
"""
CLEANED = {f"{number} password=[PASSWORD_1]" for number in range(1, ROWS + 1)}

pytestmark = pytest.mark.slow


@pytest.fixture
def query(instance):
    """Return a function that asks the database file itself."""

    def ask(statement, **values):
        with closing(sqlite3.connect(instance / "goldset.db", timeout=PATIENCE)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return ask


@pytest.fixture
def older_rows(query):
    """Thousands of golden examples that older rules let through, on a skill that has counted them."""
    query(INSERT, rows=ROWS, secret=SECRET, slug=SLUG)
    query(
        "UPDATE skills SET training_examples_approved = training_examples_approved + :rows WHERE slug = :slug",
        rows=ROWS,
        slug=SLUG,
    )


@pytest.fixture
def rescan(instance):
    """Return a function that starts the command; none of them is left running."""
    started = []

    def start():
        started.append(start_command(instance, "redaction", "rescan"))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_until_some_are_cleaned(query, least):
    deadline = time.monotonic() + PATIENCE
    while count_cleaned(query) < least:
        assert time.monotonic() < deadline, "the rescan does not get on"
        time.sleep(0.01)


def count_cleaned(query):
    """Return how many of the older rows are clean by now; each must be clean once or not at all."""
    [(count,)] = query("SELECT count(*) FROM skill_feedback WHERE content_digest NOT LIKE 'digest %' AND revision = 2")
    return count


def all_are_cleaned_once(query):
    cleaned = query("SELECT example_input FROM skill_feedback WHERE example_input LIKE '% password=%' AND revision = 2")
    [(changes,)] = query(
        "SELECT sum(details ->> 'changed') FROM audit_log WHERE action = 'redaction.rescanned' "
        "AND subject = 'skill_feedback'"
    )
    return len(cleaned) == changes == ROWS and {text for (text,) in cleaned} == CLEANED


def test_a_rescan_that_is_killed_and_started_again_cleans_every_row_once(instance, query, older_rows, rescan):
    [(before,)] = query("SELECT count(*) FROM skill_feedback")
    killed = rescan()
    wait_until_some_are_cleaned(query, least=ROWS // 10)
    killed.kill()
    killed.wait(PATIENCE)
    halfway = count_cleaned(query)

    output, _ = rescan().communicate(timeout=PATIENCE)

    assert 0 < halfway < ROWS, "the rescan was not killed in the middle"
    assert f"  password: {ROWS - halfway:,}" in output
    assert all_are_cleaned_once(query)
    assert query("SELECT count(*) FROM skill_feedback") == [(before,)]
    assert query("PRAGMA integrity_check") == [("ok",)]
    assert not [file for file in instance.glob("goldset.db*") if SECRET.encode() in file.read_bytes()]


def test_a_rescan_beside_a_server_gets_in_nobodys_way(serve, query, older_rows, rescan):
    server = serve()
    writers = [Writer(server, f"Writer {number}") for number in range(2)]
    for writer in writers:
        writer.start()
    wait_until_all_have_added(writers, least=1)

    output, _ = rescan().communicate(timeout=PATIENCE)
    for writer in writers:
        writer.finish.set()
        writer.join(PATIENCE)

    acknowledged = [text for writer in writers for text in writer.acknowledged]
    stored = stored_inputs(server)
    assert not [writer.refused for writer in writers if writer.refused]
    assert not [writer.unanswered for writer in writers if writer.unanswered]
    assert not [text for text in acknowledged if stored[text] != 1]
    assert f"  password: {ROWS:,}" in output
    assert all_are_cleaned_once(query)
    assert counter(server) == sum(stored.values()) == len(acknowledged) + ROWS
    assert Caller(server).get(TAB).status == 200

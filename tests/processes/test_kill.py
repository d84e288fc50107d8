"""What an answer is worth: whoever was told that their example is added finds it again, whatever happens next."""

import sqlite3
import time
from collections import Counter
from contextlib import closing

import pytest

from tests.support.server import PATIENCE, Caller
from tests.support.writers import TAB, Writer, counter, stored_inputs, wait_until_all_have_added

WRITERS = 4
BEFORE_THE_KILL = 15

pytestmark = pytest.mark.slow


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(serve):
    server = serve()
    writers = [Writer(server, f"Writer {number}") for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    wait_until_all_have_added(writers, least=BEFORE_THE_KILL)

    server.kill()
    for writer in writers:
        writer.join(PATIENCE)
    server.start()

    acknowledged = [text for writer in writers for text in writer.acknowledged]
    stored = stored_inputs(server)
    assert all(writer.unanswered for writer in writers), "the server was not killed in the middle of the stream"
    assert not [writer.refused for writer in writers if writer.refused]
    assert len(acknowledged) >= WRITERS * BEFORE_THE_KILL
    assert not [text for text in acknowledged if stored[text] != 1]
    assert set(stored) - set(acknowledged) <= {writer.unanswered for writer in writers}
    assert counter(server) == sum(stored.values())
    assert server.query("PRAGMA integrity_check") == [("ok",)]
    assert f">{counter(server)}</span>" in Caller(server).get(TAB).text


@pytest.mark.parametrize("threads", ["5", "3"], ids=["all being worked on", "some still in the queue"])
def test_a_server_told_to_stop_answers_the_requests_it_has(serve, threads):
    server = serve(GOLDSET_THREADS=threads)
    writers = [Writer(server, f"Writer {number}", at_most=1) for number in range(5)]
    with closing(sqlite3.connect(server.database, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")  # so that every addition is under way, and none can be finished yet
        for writer in writers:
            writer.start()
        time.sleep(2)
        server.terminate()
        time.sleep(0.4)
        lock.execute("ROLLBACK")

    status = server.wait()
    for writer in writers:
        writer.join(PATIENCE)

    assert status == 0
    assert not [writer.unanswered for writer in writers if writer.unanswered]
    assert stored_inputs(server) == {text: 1 for writer in writers for text in writer.acknowledged}
    assert sum(stored_inputs(server).values()) == len(writers)


def test_two_servers_on_one_database_lose_nothing(serve):
    servers = [serve(), serve()]
    writers = [Writer(server, f"Writer {number}", at_most=25) for number, server in enumerate(servers * 2)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE)

    acknowledged = Counter(text for writer in writers for text in writer.acknowledged)
    assert not [writer.refused for writer in writers if writer.refused]
    assert acknowledged.total() == len(writers) * 25
    assert stored_inputs(servers[0]) == acknowledged
    assert counter(servers[1]) == acknowledged.total()

"""From the hook to the server, over real processes and a real connection."""

import hashlib
import hmac
import json
import os
import socket
import stat
import time

import pytest

from tests.hook.machine import KEY
from tests.hook.transcript_lines import SESSION, asked, replied, said, skill_turn, slash

pytestmark = pytest.mark.slow

CANARY = "canary-7f3a"


def open_up(machine, goldset):
    """Let the server say once that it keeps what is said with the skill."""
    machine.run_turn(number=0)
    assert len(goldset.posts) == 1
    goldset.posts.clear()


def spool_many(machine, goldset, count):
    goldset.answers = [503] * count
    for number in range(count):
        machine.run_turn(number=number)
    assert len(machine.spooled()) == count
    goldset.answers.clear()


def test_a_turn_arrives_with_its_prompt_and_answer(machine, goldset):
    open_up(machine, goldset)

    machine.run_turn(prompt="Die Notizen, bitte: äöü 😀", answer="Here\nthey are")

    (posted,) = goldset.posts
    (event,) = posted.events
    assert posted.path == "/api/track"
    assert posted.headers["Authorization"] == f"Bearer {KEY}"
    assert (event["input"], event["output"]) == ("Die Notizen, bitte: äöü 😀", "Here\nthey are")
    assert event["event_id"] == hashlib.sha256(f"{SESSION}prompt-1".encode()).hexdigest()
    assert machine.spooled() == []
    assert machine.log().count("sent 1") == 2


@pytest.mark.slow
def test_the_dry_run_is_what_is_sent(machine, goldset):
    open_up(machine, goldset)
    lines = skill_turn()

    printed = machine.dry_run(lines)
    machine.run(lines)

    assert goldset.accepted == [printed]
    assert printed["input"] == "Write the minutes"


def test_the_signature_verifies(machine, goldset):
    machine.run_turn()

    (posted,) = goldset.posts
    stamp, signature = (part.split("=")[1] for part in posted.headers["X-Goldset-Signature"].split(","))
    expected = hmac.new(KEY.encode(), f"{stamp}.".encode() + posted.body, hashlib.sha256).hexdigest()
    assert signature == expected
    assert abs(int(stamp) - time.time()) < 60


def test_what_was_spooled_without_a_connection_is_delivered_later(machine, goldset):
    machine.run(skill_turn(), GOLDSET_URL="http://127.0.0.1:9")
    assert "kept all: no connection (URLError)" in machine.log()
    assert len(machine.spooled()) == 1

    machine.run([asked("No skill"), replied(said("Hi"))])

    assert len(goldset.accepted) == 1
    assert machine.spooled() == []


def test_the_same_turn_waits_only_once(machine, goldset):
    goldset.answers = [503, 503]
    machine.run_turn()
    machine.run_turn()

    assert len(machine.spooled()) == 1


@pytest.mark.slow
def test_the_oldest_go_when_the_spool_is_full(machine, goldset):
    goldset.answers = [503] * 9
    for number in range(3):
        machine.run(skill_turn(uuid=f"prompt-{number}"), GOLDSET_HOOK_SPOOL_BYTES="700")

    names = {hashlib.sha256(f"{SESSION}prompt-{number}".encode()).hexdigest() for number in (1, 2)}
    assert {event["event_id"] for event in machine.spooled()} == names
    assert "dropped 1: the spool was full" in machine.log()


def test_what_waited_for_a_week_goes(machine, goldset):
    spool_many(machine, goldset, 1)
    draft = machine.spool / ".left-behind.tmp"
    draft.write_text("half an event")
    week_ago = time.time() - 7 * 24 * 3600 - 60
    for path in machine.spool.iterdir():
        os.utime(path, (week_ago, week_ago))

    machine.call("send")

    assert list(machine.spool.iterdir()) == []
    assert goldset.posts == []
    assert "dropped 2: older than 7 days" in machine.log()


@pytest.mark.slow
@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_what_can_be_mended_keeps_the_events(machine, goldset, status):
    goldset.answers = [status]
    machine.run_turn()

    assert len(machine.spooled()) == 1
    assert f"kept all: the server said {status}" in machine.log()

    machine.call("send")
    assert len(goldset.accepted) == 1


def test_422_drops_the_events(machine, goldset):
    goldset.answers = [422]
    machine.run_turn()

    assert machine.spooled() == []
    assert "dropped 1: the server said 422" in machine.log()


@pytest.mark.slow
def test_413_halves_the_batch(machine, goldset):
    spool_many(machine, goldset, 5)
    goldset.longest_batch = 2

    machine.call("send")

    assert [len(posted.events) for posted in goldset.posts] == [2, 2, 1]
    assert machine.spooled() == []


def test_413_for_one_event_drops_it(machine, goldset):
    goldset.longest_batch = 0
    machine.run_turn()

    assert machine.spooled() == []
    assert "dropped 1: the server said 413" in machine.log()


def test_not_more_than_a_hundred_events_go_at_once(machine, goldset):
    machine.spool.mkdir(parents=True)
    for number in range(150):
        event = {"skill": "a", "event_id": f"{number}"}
        (machine.spool / f"{number}.json").write_text(json.dumps(event))

    machine.call("send")

    assert [len(posted.events) for posted in goldset.posts] == [100, 50]


def test_the_server_is_not_asked_before_it_wants_to_be(machine, goldset):
    goldset.answers = [(429, {"Retry-After": "3600"})]
    machine.run_turn()

    machine.call("send")
    assert goldset.posts == []

    (machine.state / "not-before").write_text(str(time.time() - 1))
    machine.call("send")
    assert len(goldset.accepted) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(machine, goldset, status):
    goldset.answers = [(status, {"Location": f"{goldset.url}/elsewhere"})]
    machine.run_turn()

    assert goldset.posts == []
    assert len(machine.spooled()) == 1


@pytest.mark.parametrize("raw", [b"<html>Sign in to the hotel</html>", b'{"events": []}', b'{"events": [{}]}', b"[]"])
def test_an_answer_that_is_not_goldsets_keeps_the_events(machine, goldset, raw):
    goldset.raw = raw
    machine.run_turn()

    assert len(machine.spooled()) == 1
    assert "the server's answer is not Goldset's" in machine.log()


def test_a_file_that_is_no_event_does_not_stop_the_others(machine, goldset):
    spool_many(machine, goldset, 1)
    (machine.spool / "0.json").write_text("{half")

    machine.call("send")

    assert len(goldset.accepted) == 1
    assert list(machine.spool.iterdir()) == []


@pytest.mark.slow
def test_there_is_one_sender_at_a_time(machine, goldset):
    spool_many(machine, goldset, 1)

    with machine.hold_the_lock():
        machine.call("send")
        assert goldset.posts == []
    machine.call("send")
    assert len(goldset.accepted) == 1


@pytest.mark.slow
@pytest.mark.parametrize("length", [100_000, 100_001])
def test_what_is_too_long_goes_without_content(machine, goldset, length):
    open_up(machine, goldset)

    machine.run_turn(answer="x" * length)

    assert [event.get("output") for event in goldset.accepted] == ["x" * length if length == 100_000 else None]
    assert ("input" in goldset.accepted[0]) == (length == 100_000)


BROKEN = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "no file": '{"transcript_path": "/nowhere/at-all.jsonl"}',
    "no path": '{"transcript_path": null}',
    "another event": '{"transcript_path": "/x", "hook_event_name": "SubagentStop"}',
}


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_the_hook_never_breaks_the_session(machine, given):
    done = machine.call("run", given=given)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "dropped 1: " in machine.log()


def test_wrong_words_never_break_the_session_either(machine):
    assert machine.call("run", "--new-option").returncode == 0


def test_without_a_place_to_write_the_session_goes_on(machine):
    machine.home.joinpath("state").write_text("a file is in the way")

    done = machine.call("run", given=machine.hook_input(skill_turn()))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_a_set_up_nothing_is_kept(bare):
    bare.run(skill_turn(prompt=CANARY))

    assert not bare.spool.exists()
    assert CANARY.encode() not in bare.disk()
    assert "dropped 1: the hook is not set up" in bare.log()


def test_the_hook_does_not_wait_for_the_server(machine):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        done = machine.call("run", given=machine.hook_input(skill_turn()), GOLDSET_URL=url)
        assert done.returncode == 0
        assert machine.is_busy(), "the sender was waited for"
    machine.wait_for_sender()

    assert len(machine.spooled()) == 1


@pytest.mark.slow
def test_the_log_has_no_content(machine, goldset):
    goldset.answers = [500, 422]
    lines = skill_turn(f"{CANARY}-skill", prompt=CANARY, answer=CANARY)
    machine.run(lines)
    machine.run([asked(slash(CANARY, CANARY)), *lines[1:]], more={"last_assistant_message": CANARY})
    machine.run([asked(CANARY), replied(said(CANARY))])
    machine.call("run", given=json.dumps({"transcript_path": f"/{CANARY}", "session_id": CANARY}))

    assert machine.log().count("\n") >= 4
    assert CANARY not in machine.log()


def test_the_log_is_rotated(machine):
    machine.state.mkdir()
    (machine.state / "hook.log").write_text("x" * 256 * 1024)

    machine.call("run", given="{")

    assert machine.log().count("\n") == 1
    assert (machine.state / "hook.log.1").stat().st_size == 256 * 1024


@pytest.mark.slow
def test_only_the_user_can_read_what_is_stored(machine, goldset):
    machine.run_turn()
    spool_many(machine, goldset, 2)

    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [machine.home, *machine.home.rglob("*")]}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert len(modes) >= 8

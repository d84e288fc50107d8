"""What nobody agreed to is neither sent nor on the disk."""

import json
import time

import pytest

from tests.hook.server import REFUSED, counted

CANARY = "canary-91bd"
SKILL = "meeting-minutes"
DAY = 24 * 3600

OPEN = counted(keeps_content=True)
CLOSED = counted(keeps_content=False)

NO_ANSWERS = {
    "refused": REFUSED,
    "absent": counted(keep_content=True),
    "no boolean": counted(keeps_content="false"),
}


def say(machine, number, **words):
    machine.run_turn(number=number, prompt=CANARY, answer=CANARY, **words)


def has_content(event):
    return (event.get("input"), event.get("output")) == (CANARY, CANARY)


def age_the_answer(machine, seconds):
    path = machine.state / "answers.json"
    stored = json.loads(path.read_text())
    stored["skills"][SKILL]["at"] = time.time() - seconds
    path.write_text(json.dumps(stored))


def test_the_first_event_of_a_skill_asks_without_content(machine, goldset):
    say(machine, 1)
    say(machine, 2)
    say(machine, 3, skill="another")

    assert [has_content(event) for event in goldset.accepted] == [False, True, False]


def test_a_closed_skill_leaves_no_content_on_the_disk_or_on_the_wire(machine, goldset):
    goldset.said[SKILL] = CLOSED
    say(machine, 1)
    goldset.answers = [503]
    say(machine, 2)

    assert len(machine.spooled()) == 1
    assert CANARY.encode() not in machine.disk()
    machine.call("send")
    assert len(goldset.accepted) == 2
    assert CANARY.encode() not in b"".join(posted.body for posted in goldset.posts)


@pytest.mark.slow
def test_the_latest_answer_counts(machine, goldset):
    say(machine, 1)
    goldset.said[SKILL] = CLOSED
    say(machine, 2)
    goldset.said[SKILL] = OPEN
    say(machine, 3)
    say(machine, 4)

    assert [has_content(event) for event in goldset.accepted] == [False, True, False, True]


@pytest.mark.slow
def test_what_was_spooled_before_the_answer_closed_is_sent_without_content(machine, goldset):
    say(machine, 1)
    goldset.answers = [503] * 2
    say(machine, 2)
    say(machine, 3)
    assert [has_content(event) for event in machine.spooled()] == [True, True]
    goldset.posts.clear()
    goldset.said[SKILL] = CLOSED
    goldset.longest_batch = 1

    machine.call("send")

    assert [has_content(event) for event in goldset.accepted] == [True, False]


@pytest.mark.slow
@pytest.mark.parametrize("said", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_answer_opens_nothing(machine, goldset, said):
    goldset.said[SKILL] = said
    say(machine, 1)
    say(machine, 2)

    assert [has_content(event) for event in goldset.accepted] == [False, False]
    assert machine.spooled() == []


@pytest.mark.slow
@pytest.mark.parametrize("said", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_answer_closes_nothing(machine, goldset, said):
    say(machine, 1)
    goldset.said[SKILL] = said
    say(machine, 2)
    say(machine, 3)

    assert [has_content(event) for event in goldset.accepted] == [False, True, True]


@pytest.mark.slow
def test_a_refused_event_does_not_keep_the_answers_of_its_batch_back(machine, goldset):
    goldset.answers = [503] * 2
    say(machine, 1, skill="unknown")
    say(machine, 2)
    goldset.said["unknown"] = REFUSED

    machine.call("send")
    say(machine, 3, skill="unknown")
    say(machine, 4)

    assert [len(posted.events) for posted in goldset.posts] == [2, 1, 1]
    assert [has_content(event) for event in goldset.accepted] == [False, False, False, True]


@pytest.mark.slow
@pytest.mark.parametrize(("age", "counts"), [(DAY - 60, True), (DAY + 60, False), (-3600, False)])
def test_an_answer_counts_for_a_day(machine, goldset, age, counts):
    say(machine, 1)
    age_the_answer(machine, age)
    goldset.answers = [503]
    say(machine, 2)

    assert [has_content(event) for event in machine.spooled()] == [counts]
    assert (CANARY.encode() in machine.disk()) == counts
    say(machine, 3)
    say(machine, 4)
    assert [has_content(event) for event in goldset.accepted] == [False, counts, counts, True]


@pytest.mark.slow
def test_what_was_spooled_on_an_answer_that_grew_old_is_sent_without_content(machine, goldset):
    say(machine, 1)
    goldset.answers = [503]
    say(machine, 2)
    assert [has_content(event) for event in machine.spooled()] == [True]
    age_the_answer(machine, DAY + 60)

    machine.call("send")

    assert [has_content(event) for event in goldset.accepted] == [False, False]


@pytest.mark.slow
def test_the_answers_of_one_server_are_not_those_of_another(machine, goldset):
    say(machine, 1)
    machine.install(goldset.url, key="gs_live_another")

    say(machine, 2)

    assert [has_content(event) for event in goldset.accepted] == [False, False]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["{", "[]", '{"skills": {"meeting-minutes": true}}'])
def test_answers_that_cannot_be_read_open_nothing(machine, goldset, text):
    say(machine, 1)
    (machine.state / "answers.json").write_text(text)

    say(machine, 2)

    assert [has_content(event) for event in goldset.accepted] == [False, False]

"""Changing many examples for programs: begun, asked about, undone; only by the author's key that may write."""

import pytest

from app.jobs.worker import run_job
from app.models import TrainingExample
from app.services.transactions import reading
from tests.support.factories import make_example, make_skill
from tests.support.machine import Machine, make_key
from tests.support.tables import count_rows

pytestmark = pytest.mark.slow

HERE = "/api/v1/skills/a-skill/changes"


@pytest.fixture
def examples(skill):
    return [make_example(skill, f"A pump of kind {number}") for number in range(3)]


def test_a_change_is_begun_asked_about_and_undone(machine_of, author, skill, examples):
    make_example(skill, "A valve")
    machine = machine_of(author, "write")

    begun = machine.post(HERE, {"verb": "tag", "tag": "wet", "filter": {"q": "pump"}})
    assert (begun.status_code, begun.json["state"], begun.json["matching"]) == (202, "queued", 3)
    run_job()
    done = machine.get(begun.headers["Location"]).json
    assert (done["state"], done["changed"], done["left"], done["is_undoable"]) == ("done", 3, {}, True)
    assert [one.tags for one in reading().query(TrainingExample).order_by("id")] == [["wet"]] * 3 + [None]

    undone = machine.post(f"{begun.headers['Location']}/undo")
    assert (undone.status_code, undone.json["verb"]) == (202, "undo")
    run_job()

    assert machine.get(undone.headers["Location"]).json["changed"] == 3
    assert machine.get(begun.headers["Location"]).json["is_undoable"] is False
    assert machine.post(f"{begun.headers['Location']}/undo").status_code == 409


def test_examples_are_moved_and_what_stays_is_counted(machine_of, author, skill, examples):
    other = make_skill(author)
    make_example(other, "A pump of kind 0")
    machine = machine_of(author, "write")

    begun = machine.post(HERE, {"verb": "move", "to_skill": other.slug})
    run_job()

    answer = machine.get(begun.headers["Location"]).json
    assert (answer["changed"], answer["left"]) == (2, {"known": 1})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"verb": "tag"}, 422),
        ({"verb": "tag", "tag": "a,b"}, 422),
        ({"verb": "explode"}, 422),
        ({"verb": "delete", "more": 1}, 422),
        ({"verb": "delete", "filter": {"statuses": ["lost"]}}, 422),
        ({"verb": "delete", "filter": {"statuses": []}}, 422),
        ({"verb": "move"}, 422),
        ({"verb": "move", "to_skill": "nowhere"}, 404),
        ({"verb": "delete", "filter": {"q": "nothing has this"}}, 409),
    ],
)
def test_what_cannot_be_done_is_refused(machine_of, author, skill, examples, body, status):
    assert machine_of(author, "write").post(HERE, body).status_code == status
    assert count_rows(TrainingExample) == 3


def test_only_the_author_s_key_that_may_write_changes_anything(app, machine_of, author, viewer, admin, skill, examples):
    for user, scope, status in ((author, "read", 403), (viewer, "write", 403), (admin, "write", 403)):
        assert Machine(app, make_key(user, scope)).post(HERE, {"verb": "delete"}).status_code == status
    assert Machine(app).post(HERE, {"verb": "delete"}).status_code == 401

    begun = machine_of(author, "write").post(HERE, {"verb": "delete"})
    run_job()
    for user in (viewer, admin):
        machine = Machine(app, make_key(user, "write"))
        assert machine.get(begun.headers["Location"]).status_code == 404
        assert machine.post(f"{begun.headers['Location']}/undo").status_code == 404

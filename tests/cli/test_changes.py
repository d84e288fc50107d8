"""`goldset change` and `goldset undo`: many examples changed from the terminal, and as before again."""

import signal

import pytest

from app.cli import progress
from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from app.jobs.worker import run_job
from app.models import TrainingExample
from app.services import bulk_changes
from app.services.jobs import get_job
from app.services.transactions import reading
from tests.support.factories import make_example, make_skill

pytestmark = pytest.mark.slow


@pytest.fixture
def examples(skill):
    return [make_example(skill, f"A pump of kind {number}") for number in range(3)]


def stored():
    return {one.example_input: one.tags for one in reading().query(TrainingExample)}


def test_examples_are_tagged_and_as_before_again(run, author, skill, examples):
    make_example(skill, "A valve")

    tagged = run("change", "a-skill", "tag", "wet", "--query", "pump", "--author", author.email)

    assert (tagged.exit_code, tagged.stdout) == (0, "3 tagged\n"), tagged.output
    assert sorted(map(str, stored().values())) == ["None", *["['wet']"] * 3]
    number = tagged.stderr.split("goldset undo ")[1].split()[0]
    undone = run("undo", number, "--author", author.email)
    assert (undone.exit_code, undone.stdout) == (0, "3 as before\n"), undone.output
    assert set(map(str, stored().values())) == {"None"}


def test_ctrl_c_stops_it_and_says_how_far_it_came_and_what_takes_it_back(run, author, skill, examples, monkeypatch):
    monkeypatch.setattr(bulk_changes, "ROWS_AT_ONCE", 1)

    pressed = []

    def press_after_the_first(actor, job_id):
        job = get_job(actor, job_id)
        if job.progress == 1 and not pressed:
            pressed.append(True)
            signal.raise_signal(signal.SIGINT)
        return job

    monkeypatch.setattr(progress, "get_job", press_after_the_first)
    stopped = run("change", "a-skill", "delete", "--author", author.email)

    assert stopped.exit_code == 1
    assert "Stopped: 1 of 3 were deleted." in stopped.stderr
    assert len(stored()) == 2
    assert run_job() is False, "nobody goes on with it"
    number = stopped.stderr.split("goldset undo ")[1].split()[0]
    assert run("undo", number, "--author", author.email).stdout == "1 as before\n"
    assert len(stored()) == 3


def test_a_dry_run_says_how_many_match_and_changes_nothing(run, author, skill, examples):
    result = run("change", "a-skill", "delete", "--query", "pump", "--dry-run", "--author", author.email)

    assert (result.exit_code, result.stdout) == (0, "3 match\n")
    assert len(stored()) == 3


def test_what_stays_is_said_with_why(run, author, skill, examples):
    other = make_skill(author)
    make_example(other, "A pump of kind 0")

    result = run("change", "a-skill", "move", other.slug, "--author", author.email)

    assert result.stdout.splitlines()[0] == "2 moved"
    assert "1 left as they are: each is in that skill already" in result.stdout


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("tag",), Invalid),
        (("move", "a-skill"), Invalid),
        (("move", "nowhere"), NotFound),
        (("delete", "--query", "nothing has this"), Conflict),
    ],
)
def test_what_cannot_be_done_is_said(run, author, skill, examples, words, error):
    result = run("change", "a-skill", *words, "--author", author.email)

    assert isinstance(result.exception, error)
    assert len(stored()) == 3


def test_nobody_but_the_author_changes_or_undoes(run, author, viewer, skill, examples):
    assert isinstance(run("change", "a-skill", "delete", "--author", viewer.email).exception, NotAllowed)
    deleted = run("change", "a-skill", "delete", "--author", author.email)
    number = deleted.stderr.split("goldset undo ")[1].split()[0]

    assert isinstance(run("undo", number, "--author", viewer.email).exception, NotFound)

"""`goldset change` and `goldset undo`: many examples changed from the terminal, and as before again."""

import pytest

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from app.models import TrainingExample
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

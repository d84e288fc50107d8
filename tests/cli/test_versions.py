"""`goldset freeze`, `verify`, `erasures`, and `export --version`: versions from the terminal."""

import itertools
import json

import pytest
from sqlalchemy import text

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from app.extensions import db
from app.services.contributions import take_back
from app.services.dataset_versions import get_dataset_version, hash_now
from app.services.freezes import freeze
from app.services.training_examples import delete_training_example
from tests.support.factories import capture, make_example
from tests.support.server import PATIENCE, copy_instance, start_command
from tests.support.tables import dump
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow


@pytest.fixture
def examples(skill):
    return [make_example(skill, f"Question {number}", f"Answer {number}") for number in range(12)]


# ---- freezing ----


def test_a_version_is_frozen_and_named(run, author, skill, examples):
    result = run(
        *("freeze", "a-skill", "--author", author.email, "--note", "The first ones"),
        *("--seed", 7, "--validation", 20, "--test", 30),
    )

    assert (result.exit_code, result.stdout) == (0, "a-skill version 1\n"), result.output
    version = get_dataset_version(skill.id, 1)
    assert (version.note, version.rows) == ("The first ones", 12)
    assert (version.seed, version.validation_percent, version.test_percent) == (7, 20, 30)


def test_what_did_not_change_is_said_and_not_frozen(run, author, skill, examples):
    frozen(author, skill)

    result = run("freeze", "a-skill", "--author", author.email)

    assert result.exit_code == 1
    assert "Nothing changed since version 1: it is what you would freeze." in result.output
    with pytest.raises(NotFound):
        get_dataset_version(skill.id, 2)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("none", "--author", "{author}"), NotFound),
        (("a-skill", "--author", "nobody@example.com"), NotFound),
        (("a-skill", "--author", "{viewer}"), NotAllowed),
        (("a-skill", "--author", "{author}", "--test", "51"), Invalid),
        (("a-skill", "--author", "{author}", "--note", "n" * 501), Invalid),
    ],
)
def test_what_cannot_be_frozen_is_refused(run, author, viewer, examples, words, error):
    before = dump()

    result = run("freeze", *(word.format(author=author.email, viewer=viewer.email) for word in words))

    assert isinstance(result.exception, error)
    assert dump() == before


def test_while_another_is_being_made_none_is_begun(run, author, skill, examples):
    freeze(author, skill_id=skill.id)

    result = run("freeze", "a-skill", "--author", author.email)

    assert isinstance(result.exception, Conflict)


# ---- verifying ----


def test_every_hash_is_right(run, author, skill, examples):
    frozen(author, skill)

    for words in ((), ("a-skill",)):
        result = run("verify", *words)
        assert (result.exit_code, result.stdout) == (0, "Every hash is right.\n")


def test_where_a_hash_is_not_right_it_is_named_and_the_status_is_1(run, author, skill, examples):
    frozen(author, skill)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE frozen_rows SET example_output = 'x' WHERE example_input = 'Question 3'"))

    for words in ((), ("a-skill",)):
        result = run("verify", *words)
        assert result.exit_code == 1
        assert "Frozen row " in result.stderr
        assert "Every hash is right" not in result.output


def test_a_skill_that_is_not_there_is_not_verified(run):
    for command in ("verify", "erasures"):
        assert isinstance(run(command, "none").exception, NotFound)


def test_without_any_version_there_is_nothing_wrong(run, skill):
    assert run("verify").exit_code == 0


# ---- the erasure manifest ----


def test_the_erasure_manifest_is_json(run, author, viewer, skill, examples):
    captured = approve(author, capture(skill, viewer, "Words of theirs"))
    frozen(author, skill)
    take_back(viewer, example_id=captured.id)

    result = run("erasures", "a-skill")

    manifest = json.loads(result.stdout)
    assert (manifest["goldset_erasure_manifest"], manifest["skill"]) == (1, "a-skill")
    assert [row["reason"] for row in manifest["rows"]] == ["taken_back"]
    assert "Words of theirs" not in result.output


# ---- exporting ----


def exported(run, *words):
    result = run("export", "a-skill", *words)
    assert result.exit_code == 0, result.output
    return [json.loads(line)["input"] for line in result.stdout.splitlines()]


def test_a_version_is_exported_as_it_was(run, author, skill, examples):
    frozen(author, skill)
    delete_training_example(author, example_id=examples[0].id, revision=1)
    make_example(skill, "Later")
    frozen(author, skill)

    first, second = exported(run, "--version", 1), exported(run, "--version", 2)

    assert sorted(first) == sorted(f"Question {number}" for number in range(12))
    assert sorted(second) == sorted([*(f"Question {number}" for number in range(1, 12)), "Later"])
    assert exported(run, "--version", "latest") == second


def test_the_splits_of_a_version_are_all_of_it(run, author, skill, examples):
    assert run("freeze", "a-skill", "--author", author.email, "--validation", 30, "--test", 30).exit_code == 0

    parts = [exported(run, "--version", 1, "--split", split) for split in ("train", "validation", "test")]

    assert all(parts)
    assert sorted(itertools.chain(*parts)) == sorted(exported(run, "--version", 1))


def test_the_manifest_names_the_version_and_the_split(run, author, skill, examples, tmp_path):
    version = frozen(author, skill)
    file = tmp_path / "rows.jsonl"

    run("export", "a-skill", "--version", "latest", "--split", "train", "--output", file)

    manifest = json.loads((tmp_path / "rows.jsonl.manifest.json").read_text())
    assert (manifest["version"], manifest["split"], manifest["seed"]) == (1, "train", 0)
    assert manifest["version_hash"] == hash_now(version).content_hash
    assert manifest["rows"] == len(file.read_text().splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--split", "train"), "--split needs --version"),
        (("--version", "1", "--query", "x"), "--query and --tag are for the examples as they are"),
        (("--version", "1", "--tag", "x"), "--query and --tag are for the examples as they are"),
        (("--version", "1", "--split", "held_out"), "is not one of"),
    ],
)
def test_what_does_not_go_together_is_said(run, author, skill, examples, words, said):
    frozen(author, skill)

    result = run("export", "a-skill", *words)

    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1.0", str(2**70)])
def test_a_version_that_is_not_there_is_named(run, author, skill, examples, number):
    frozen(author, skill)

    result = run("export", "a-skill", f"--version={number}")

    assert isinstance(result.exception, NotFound)
    assert f"version {number} of this skill" in str(result.exception)


# ---- as processes ----


def test_the_commands_as_somebody_at_a_terminal_uses_them(demo_instance, tmp_path):
    instance = copy_instance(demo_instance, tmp_path / "instance")

    def goldset(*words):
        process = start_command(instance, *words)
        output, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, output

    author = ("--author", "amara.okafor@goldset.example")
    status, output = goldset("freeze", "ticket-triage", *author)
    assert (status, output.splitlines()[-1]) == (0, "ticket-triage version 1")
    status, output = goldset("freeze", "ticket-triage", *author)
    assert (status, output.splitlines()[-1].startswith("Error: Nothing changed since version 1")) == (1, True)
    file = tmp_path / "rows.csv"
    status, output = goldset(
        *("export", "ticket-triage", "--format", "csv", "--version", "1", "--split", "train", "--output", str(file))
    )
    assert (status, f"rows in {file}" in output) == (0, True)
    status, output = goldset("erasures", "ticket-triage")
    assert (status, json.loads(output)["rows"]) == (0, [])
    assert goldset("verify")[1].splitlines()[-1] == "Every hash is right."
    status, output = goldset("export", "ticket-triage", "--version", "9")
    assert (status, output) == (1, "Error: There is no version 9 of this skill's training data.\n")

"""`goldset pull` and `goldset push`, as pipelines run them."""

import json
import os
import subprocess

import pytest
from click.testing import CliRunner

from app.cli import cli
from tests.client.conftest import AUTHOR, SKILL
from tests.support.server import GOLDSET, PATIENCE, PROJECT, run_command

pytestmark = pytest.mark.slow


@pytest.fixture
def known(served):
    """All that a pipeline knows of a Goldset elsewhere."""
    return {"GOLDSET_URL": served.server.url, "GOLDSET_API_KEY": served.key}


@pytest.fixture
def goldset(known, tmp_path, monkeypatch):
    """Run a command in this process, with no instance."""
    monkeypatch.chdir(tmp_path)

    def run(*words, status=0):
        done = CliRunner().invoke(cli, words, env=known)
        assert done.exit_code == status, done.output
        return done.output

    return run


def test_a_version_is_pulled_and_pinned(known, tmp_path):
    """In a process of its own, as in a pipeline."""
    done = subprocess.run(
        (*GOLDSET, "pull", SKILL),
        cwd=tmp_path,
        env={**os.environ, **known, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said

    pins = json.loads((tmp_path / "goldset.lock").read_text())
    assert pins[SKILL]["version"] == 1
    assert f"{SKILL} version 1" in said
    rows = (tmp_path / f"{SKILL}.jsonl").read_text().splitlines()
    assert rows
    assert sorted(one.name for one in tmp_path.iterdir()) == ["goldset.lock", f"{SKILL}.jsonl"]


def test_what_is_pinned_is_what_is_pulled(goldset, served, tmp_path):
    goldset("pull", SKILL, "--output", "first.jsonl")
    goldset("push", SKILL, str(write(tmp_path, {"input": "Pushed for a second version", "output": "1"})))
    run_command(served.instance, "freeze", SKILL, "--author", AUTHOR)

    goldset("pull", SKILL, "--output", "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()

    said = goldset("pull", SKILL, "--update", "--output", "newest.jsonl")
    assert "version 2" in said
    assert (tmp_path / "newest.jsonl").read_bytes() != (tmp_path / "first.jsonl").read_bytes()


def test_a_version_that_is_not_what_was_pinned_fails(goldset, tmp_path):
    goldset("pull", SKILL)
    pins = json.loads((tmp_path / "goldset.lock").read_text())
    pins[SKILL]["content_hash"] = "0" * 64
    (tmp_path / "goldset.lock").write_text(json.dumps(pins))

    said = goldset("pull", SKILL, "--output", "other.jsonl", status=1)

    assert "Pull with --update" in said
    assert not (tmp_path / "other.jsonl").exists()


def test_a_lock_file_that_is_none_is_not_overwritten(goldset, tmp_path):
    (tmp_path / "goldset.lock").write_text("[]")

    assert "no lock file" in goldset("pull", SKILL, status=1)
    assert (tmp_path / "goldset.lock").read_text() == "[]"


def test_any_format_and_split_is_pulled(goldset, tmp_path):
    goldset("pull", SKILL, "--format", "openai-chat", "--split", "train", "--output", "train.jsonl")

    assert "messages" in (tmp_path / "train.jsonl").read_text()


def test_a_file_is_pushed_with_every_wrong_row_named(goldset, tmp_path):
    file = write(tmp_path, {"input": "Pushed from a pipeline", "output": "1"}, {"input": "", "output": "2"})

    assert "new: 1" in goldset("push", SKILL, str(file), "--dry-run", status=1)
    said = goldset("push", SKILL, str(file), status=1)

    assert "added: 1" in said
    assert "line 2: Write the input" in said
    assert "duplicate: 1" in goldset("push", SKILL, str(file), status=1)


def test_without_an_address_or_with_a_wrong_one_it_says_so(goldset, tmp_path):
    assert "does not answer" in goldset("pull", SKILL, "--url", "http://127.0.0.1:9", status=1)
    assert "unknown, revoked" in goldset("pull", SKILL, "--key", "goldset_wrong", status=1)


def write(folder, *values):
    path = folder / "examples.jsonl"
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return path


@pytest.mark.parametrize("words", [(), ("rows.jsonl", "--discard")])
def test_a_push_is_of_a_file_or_discards(goldset, tmp_path, words):
    (tmp_path / "rows.jsonl").write_text('{"input": "One", "output": "1"}\n')

    assert "Name a file, or say --discard." in goldset("push", SKILL, *words, status=2)

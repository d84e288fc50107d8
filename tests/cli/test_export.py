"""`goldset export`: the file, its manifest, and standard output."""

import hashlib
import json

from app.cli import cli
from tests.support.factories import make_example
from tests.support.threads import look_anew


def run(app, *words):
    look_anew()
    return app.test_cli_runner().invoke(cli, ["export", *words])


def test_the_file_and_its_manifest_are_written(app, skill, tmp_path):
    make_example(skill, "In", "Out")
    file = tmp_path / "rows.jsonl"

    result = run(app, "a-skill", "--output", str(file))

    assert result.exit_code == 0, result.output
    manifest = json.loads((tmp_path / "rows.jsonl.manifest.json").read_text())
    assert manifest["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [json.loads(line)["input"] for line in file.read_text().splitlines()] == ["In"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["rows.jsonl", "rows.jsonl.manifest.json"]


def test_without_a_file_the_rows_go_to_standard_output(app, skill):
    make_example(skill, "In", "Out")

    result = run(app, "a-skill", "--format", "prompt-completion")

    assert json.loads(result.stdout) == {"prompt": "In", "completion": "Out"}


def test_a_skill_that_is_not_there_is_named(app):
    result = run(app, "none")

    assert result.exit_code != 0
    assert "none" in str(result.exception)

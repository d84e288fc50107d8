"""`goldset redact`: a filter that needs no database."""

import json

import pytest
from click.testing import CliRunner

from app.cli import cli

TOKEN = "ghp_" + "a1B2" * 9


@pytest.fixture
def redact(tmp_path, monkeypatch):
    """Return a function that runs the command where there is no instance and none may be made."""
    monkeypatch.setenv("GOLDSET_INSTANCE", str(tmp_path / "none"))

    def run(text, *options):
        result = CliRunner().invoke(cli, ["redact", *options], input=text)
        assert not (tmp_path / "none").exists()
        return result

    return run


def test_a_text_comes_back_without_its_secrets_and_otherwise_byte_for_byte(redact):
    result = redact(b"use " + TOKEN.encode() + b"\r\n\xff\xfe \xe4\xb8\x9c\n no end of line")

    assert result.exit_code == 0
    assert result.stdout_bytes == b"use [GITHUB_TOKEN_1]\r\n\xff\xfe \xe4\xb8\x9c\n no end of line"


def test_personal_data_goes_where_asked(redact):
    assert redact("to ana@example.com").stdout == "to ana@example.com"
    assert redact("to ana@example.com", "--personal-data").stdout == "to [EMAIL_1]"


def test_each_line_is_answered_by_its_id_and_numbered_by_itself(redact):
    lines = [{"id": number, "text": f"{number} {TOKEN} \ud800 東"} for number in (1, "b")]

    result = redact("".join(json.dumps(line) + "\n" for line in lines), "--jsonl")

    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": 1, "redacted": "1 [GITHUB_TOKEN_1] \ud800 東"},
        {"id": "b", "redacted": "b [GITHUB_TOKEN_1] \ud800 東"},
    ]


@pytest.mark.parametrize("bad", ["{", "[]", "3", '{"id": 1}', '{"text": "x"}', '{"id": 1, "text": 2}', "", "[" * 5_000])
def test_a_line_that_is_none_is_named_and_the_others_are_answered(redact, bad):
    result = redact(f'{{"id": 1, "text": "a"}}\n{bad}\n{{"id": 3, "text": "c"}}\n', "--jsonl")

    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 3]
    assert result.stderr.startswith("Line 2: write one object")

"""Secrets that come in by the command line are nowhere afterwards: not in a table, not in what is said or logged.

Every command is in the table below; a new one turns the walk red until it is tried, or exempted with a reason.
"""

import json
import logging

import click
import pytest

from app.cli import cli
from app.domain.errors import Conflict, Invalid
from app.domain.redaction import KINDS, sanitize_payload
from tests.support.canaries import ALL_CANARIES, CANARIES, SECRETS, secrets_in
from tests.support.factories import make_example, skill_text
from tests.support.older_rules import leave_behind
from tests.support.tables import dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

EXEMPT = {
    "db": "Flask-Migrate's own: it takes no texts",
    "duplicates index": "takes no texts",
    "demo": "its texts are in the code",
    "serve": "its doors are the web's, which tests/contracts/test_canaries.py walks",
    "verify": "prints hashes, and names that were redacted when they were stored",
    "erasures": "prints hashes",
    "undo": "takes a number",
    "purge": "has no database; writes what was in the files",
    "worker": "takes no texts; what it does is asked for at other doors",
    "pull": "has no database; writes what it is sent",
    "push": "has no database; what it sends is asked for at the API's door",
    "export": "writes what was redacted when it was stored",
    "redaction rules": "prints what is in the code",
    "users list": "prints names, which were redacted when they were stored",
    "users activate": "takes an address that is looked up",
    "users deactivate": "takes an address that is looked up",
    "users delete": "takes an address that is looked up",
    "users make-admin": "takes an address that is looked up",
    "users remove-admin": "takes an address that is looked up",
    "users password-link": "takes an address that is looked up",
    "keys list": "takes an address that is looked up",
    "keys revoke": "takes an address that is looked up, and a number",
    "hook": "a package of its own, without a database (tests/hook)",
}


@pytest.fixture
def doors(app, author, skill, tmp_path):
    """Return, for each command that takes words, a way to give it some."""

    def run(*words, given=""):
        look_anew()
        return app.test_cli_runner().invoke(cli, words, input=given)

    def import_skill(text):
        file = tmp_path / "SKILL.md"
        file.write_text(skill_text("canary-skill", body=f"# A skill\n\n{text}\n"), encoding="utf-8")
        return run("skills", "import", str(file), "--author", author.email)

    def create_user(text):
        return run(
            *("users", "create", "--email", "new@example.com", "--password-stdin", "--name", text),
            given="a long enough password\n",
        )

    def create_key(text):
        return run("keys", "create", "--email", author.email, "--name", text)

    def freeze(text):
        make_example(skill)
        return run("freeze", skill.slug, "--author", author.email, "--note", text)

    def import_examples(text):
        file = tmp_path / "examples.jsonl"
        rows = [{"input": f"One {text}", "output": text, text: text}, {"input": "", "output": text}]
        file.write_text("\n".join(map(json.dumps, rows)) + f"\n{text}\n", encoding="utf-8")
        return run("import", skill.slug, str(file), "--author", author.email, "--errors", str(tmp_path / "wrong.csv"))

    def change(text):
        make_example(skill)
        return run("change", skill.slug, "tag", text, "--author", author.email)

    def rescan(text):
        leave_behind(make_example(skill), example_input=text, example_output=text)
        return run("redaction", "rescan")

    def redact(text):
        lines = run("redact", "--jsonl", given=json.dumps({"id": 1, "text": text}) + "\n")
        assert secrets_in(json.loads(lines.stdout)["redacted"]) == []
        return run("redact", given=text)

    return {
        "skills import": import_skill,
        "users create": create_user,
        "keys create": create_key,
        "freeze": freeze,
        "import": import_examples,
        "change": change,
        "redaction rescan": rescan,
        "redact": redact,
    }


def commands(group, path=()):
    """Return the words of every command, groups of others walked into."""
    for name, command in group.commands.items():
        if name == "limiter":
            continue  # Flask-Limiter's own: there only once Flask has looked for such, and it takes no texts
        if isinstance(command, click.Group) and name != "db":
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


def test_there_is_a_canary_of_every_kind():
    found = {kind for text in CANARIES for kind in sanitize_payload(text).secrets_found}

    assert set(KINDS) - found == set(), "a kind without a canary: put one into tests/support/canaries.py"
    assert secrets_in(ALL_CANARIES) == SECRETS


def test_every_command_is_tried_or_exempt(doors):
    asked = set(commands(cli))

    assert asked - doors.keys() - EXEMPT.keys() == set(), "a new command: give it canaries, or exempt it"
    assert (doors.keys() | EXEMPT.keys()) - asked == set(), "the tables name what is not there"


@pytest.mark.parametrize("command", ["skills import", "redaction rescan", "redact"])
def test_canaries_given_to_a_command_are_nowhere_afterwards(doors, caplog, command):
    caplog.set_level(logging.DEBUG)

    result = doors[command](ALL_CANARIES)

    assert result.exit_code == 0, result.output
    assert secrets_in(result.output) == []
    assert secrets_in(caplog.text) == []
    stored = str(dump()).replace("\\n", "\n")
    assert secrets_in(stored) == []
    assert "_1]" in (result.output if command == "redact" else stored), "nothing was taken in, so nothing was tried"


def test_canaries_in_a_file_that_is_imported_are_nowhere_afterwards(doors, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)

    result = doors["import"](ALL_CANARIES)

    assert result.exit_code == 1, "a row was refused, and said so"
    assert "new: 1" in result.output
    assert secrets_in(result.output + caplog.text + (tmp_path / "wrong.csv").read_text()) == []
    stored = str(dump()).replace("\\n", "\n")
    assert secrets_in(stored) == []
    assert "_1]" in stored


@pytest.mark.parametrize("words", [("tag", "{}"), ("tag", "new", "--query", "{}")])
def test_a_secret_given_as_a_tag_or_a_filter_is_refused_and_nowhere_afterwards(app, author, skill, caplog, words):
    caplog.set_level(logging.DEBUG)
    secret = next(secret for secret in SECRETS if secret.startswith("ghp_"))
    make_example(skill)

    given = ("change", skill.slug, *(word.format(secret) for word in words), "--author", author.email)
    result = app.test_cli_runner().invoke(cli, given)

    assert isinstance(result.exception, Invalid | Conflict)
    assert secret not in result.output + str(result.exception) + caplog.text + str(dump())


@pytest.mark.parametrize("command", ["users create", "keys create", "freeze"])
def test_a_secret_given_as_a_name_is_nowhere_afterwards(doors, caplog, command):
    caplog.set_level(logging.DEBUG)
    secret = next(secret for secret in SECRETS if secret.startswith("ghp_"))

    result = doors[command](f"Ana {secret}")

    assert result.exit_code == 0, result.output
    assert secret not in result.output + caplog.text + str(dump())
    assert "Ana [GITHUB_TOKEN_1]" in str(dump())

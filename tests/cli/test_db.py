"""The `goldset` command as people run it: a process of its own, with an exit status and words on its two outputs."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from app.cli import cli
from app.config import PROJECT_ROOT

HEAD = ScriptDirectory(str(PROJECT_ROOT / "migrations")).get_current_head()
GOLDSET = Path(sys.executable).parent / "goldset"
PASSWORD = "a long enough password"


@pytest.fixture
def goldset(tmp_path):
    """Return a function that runs the command on an instance folder of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GOLDSET_")}
    environment["GOLDSET_INSTANCE"] = str(tmp_path / "instance")

    def run(*words, **more):
        return subprocess.run(
            [GOLDSET, *words], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, **more
        )

    return run


@pytest.mark.slow
def test_upgrade_makes_a_database_that_commands_then_work_on(goldset, tmp_path):
    upgraded = goldset("db", "upgrade")
    create = ("users", "create", "--email", "new@example.com", "--name", "New", "--password-stdin")
    added = goldset(*create, input=PASSWORD + "\n")
    again = goldset(*create, input=PASSWORD + "\n")

    assert upgraded.returncode == 0, upgraded.stderr
    assert (added.returncode, added.stdout, added.stderr) == (0, "Added new@example.com.\n", "")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("Error: Somebody with this e-mail address")
    assert "Traceback" not in again.stderr
    with sqlite3.connect(tmp_path / "instance" / "goldset.db") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert connection.execute("SELECT email, is_admin FROM users").fetchall() == [("new@example.com", 0)]
    connection.close()
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_groups_of_the_command_are_listed(app):
    listed = app.test_cli_runner().invoke(cli, ["--help"]).output

    for name in ("db", "users", "skills", "demo", "serve"):
        assert f"\n  {name} " in listed

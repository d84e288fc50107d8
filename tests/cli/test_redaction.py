"""`goldset redaction rescan`: says how many of what it took out, and nothing of what that was."""

import pytest

from app.cli import cli
from app.domain.redaction import RULES_VERSION
from app.services.rescan import TABLES
from tests.support.factories import make_example
from tests.support.older_rules import LEAK, SECRET, leave_behind
from tests.support.tables import dump
from tests.support.threads import look_anew


@pytest.fixture
def rescan(app):
    """Return a function that runs the command and gives back what it says."""

    def run(*options):
        result = app.test_cli_runner().invoke(cli, ["redaction", "rescan", *options])
        look_anew()
        assert result.exit_code == 0, result.output
        return result.output

    return run


def leave_an_example_behind(skill, *texts):
    example = make_example(skill)
    leave_behind(example, **dict(zip(("example_input", "example_output"), texts, strict=False)))
    return example


def test_what_was_taken_out_is_counted_by_kind_and_not_shown(rescan, skill):
    leave_an_example_behind(skill, f"one {LEAK}", f"two {LEAK}")
    leave_an_example_behind(skill, "three postgres://ana:hunter2!x@db.example.com/x")
    leave_an_example_behind(skill, "Nothing to see")

    output = rescan()

    assert output.startswith(f"Cleaning 3 rows by rules version {RULES_VERSION}")
    assert "\nLooked at 3 rows and changed 2.\n  password: 2\n  " in output
    assert output.endswith(": 1\n")
    assert SECRET not in output
    assert SECRET not in str(dump())


def test_a_second_time_there_is_nothing_left_to_do(rescan, skill):
    leave_an_example_behind(skill, LEAK)
    rescan()

    assert rescan().endswith("\nLooked at 0 rows and changed 0.\n")


def test_every_text_is_looked_at_where_that_is_said(rescan, skill):
    make_example(skill)
    there = dump()

    output = rescan("--all")

    rows = sum(len(there[table.name]) for table in TABLES)
    assert output.endswith(f"\nLooked at {rows} rows and changed 0.\n")
    assert rows > 4
    assert dump() == there

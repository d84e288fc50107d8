"""Importing for programs: the file, the verdicts, the addition."""

import gzip
import json

import pytest
from sqlalchemy import select

from app.jobs.worker import run_job
from app.models import Import, TrainingExample
from app.services.jobs import cancel_job
from app.services.transactions import reading
from tests.support.factories import make_example
from tests.support.machine import Machine, make_key
from tests.support.tables import count_rows, dump

pytestmark = pytest.mark.slow

HERE = "/api/v1/skills/a-skill/imports"
SECRET = "ghp_" + "a1B2" * 9
FILE = "".join(
    json.dumps(row) + "\n"
    for row in (
        {"input": "There", "output": "1"},
        {"input": f"New {SECRET}", "output": "2"},
        {"input": "", "output": "3"},
    )
).encode()


def test_a_file_is_read_checked_and_added(machine_of, author, skill):
    make_example(skill, "There", "1")
    machine = machine_of(author, "write")

    begun = machine.post(HERE, FILE)
    assert (begun.status_code, begun.json["state"], begun.json["rows"]) == (202, "checking", 3)
    run_job()
    here = begun.headers["Location"]
    ready = machine.get(here).json
    assert (ready["state"], ready["redacted"]) == ("ready", 1)
    verdicts = {name: count for name, count in ready["verdicts"].items() if count}
    assert verdicts == {"new": 1, "duplicate": 1, "refused": 1}
    rows = machine.get(f"{here}/rows").json["rows"]
    assert [(row["verdict"], row["line"], row["removed"]) for row in rows] == [
        ("duplicate", 1, []),
        ("new", 2, ["github_token"]),
        ("refused", 3, []),
    ]
    assert machine.post(f"{here}/addition").status_code == 202
    run_job()

    assert machine.get(here).json["verdicts"]["added"] == 1
    assert count_rows(TrainingExample) == 2
    assert SECRET not in str(dump())
    assert machine.post(f"{here}/removal").json["state"] == "discarded"
    assert dump()["import_rows"] == []


def test_columns_and_formats_can_be_named(machine_of, author, skill):
    machine = machine_of(author, "write")

    body = gzip.compress(b"frage,antwort\nA,B\n")
    begun = machine.post(f"{HERE}?input=frage&output=antwort&file_name=fragen.csv.gz", body)
    run_job()
    machine.post(f"{begun.headers['Location']}/addition")
    run_job()

    assert reading().scalars(select(TrainingExample)).one().example_input == "A"


@pytest.mark.parametrize(
    ("query", "body", "status", "words"),
    [
        ("", b"", 422, "empty"),
        ("", b"\xff\xfe\xfd", 422, "UTF-"),
        ("", b"[1", 422, "no JSON"),
        ("?format=x", FILE, 422, "jsonl"),
        ("?input=a&output=b", FILE, 422, "one of the file's columns"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(machine_of, author, skill, query, body, status, words):
    answer = machine_of(author, "write").post(f"{HERE}{query}", body)

    assert answer.status_code == status
    assert words in str(answer.json)
    assert dump()["imports"] == []


def test_a_body_that_is_too_large_is_refused(another_app, author, skill):
    machine = Machine(another_app(GOLDSET_MAX_IMPORT_BYTES="100"), make_key(author, "write"))

    assert machine.post(HERE, FILE * 10).status_code == 413


def test_an_import_that_is_not_ready_adds_nothing(machine_of, author, skill):
    machine = machine_of(author, "write")
    here = machine.post(HERE, FILE).headers["Location"]

    answer = machine.post(f"{here}/addition")

    assert (answer.status_code, count_rows(TrainingExample)) == (409, 0)
    assert machine.post(HERE, FILE).status_code == 409


def test_an_import_whose_job_was_cancelled_while_it_waited_is_ready(machine_of, author, skill):
    machine = machine_of(author, "write")
    here = machine.post(HERE, FILE).headers["Location"]
    cancel_job(author, job_id=reading().scalars(select(Import)).one().job_id)

    assert machine.get(here).json["state"] == "ready"
    assert machine.post(f"{here}/removal").json["state"] == "discarded"


@pytest.mark.parametrize("path", ["/999", "/999/rows"])
def test_what_is_not_there_is_not_found(machine_of, author, skill, path):
    assert machine_of(author, "write").get(f"{HERE}{path}").status_code == 404


def test_an_unknown_verdict_is_refused(machine_of, author, skill):
    machine = machine_of(author, "write")
    here = machine.post(HERE, FILE).headers["Location"]

    assert machine.get(f"{here}/rows?verdict=good").status_code == 422

"""Versions for programs: listed, read as pages and as files, known by their tags."""

import io
import json
from dataclasses import replace

import pytest

from app.domain.datasets import hash_of_rows
from app.domain.example_details import Details, Turn
from app.domain.formats import FORMATS
from app.domain.splits import Plan
from app.services.contributions import take_back
from goldset_client.models import Row as ClientRow
from tests.support.factories import capture, make_example
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

HERE = "/api/v1/skills/a-skill/datasets"


@pytest.fixture
def version(author, skill):
    for number in range(12):
        make_example(skill, f"Question {number}", f"Answer {number}", quality_score=number % 10 + 1)
    return frozen(author, skill, note="The first", plan=Plan(seed=4, validation_percent=25, test_percent=25))


def rows_in(answer):
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_versions_are_listed_newest_first(machine_of, author, skill, version):
    make_example(skill, "One more", "An answer")
    frozen(author, skill)

    answer = machine_of(author, "read").get(HERE)

    assert [(one["version"], one["rows"]) for one in answer.json["versions"]] == [(2, 13), (1, 12)]
    assert answer.json["versions"][1]["note"] == "The first"
    assert "after" not in answer.json


@pytest.mark.parametrize("name", ["1", "latest"])
def test_a_version_says_what_it_is_known_by(machine_of, viewer, version, name):
    answer = machine_of(viewer, "read").get(f"{HERE}/{name}")

    assert (answer.status_code, answer.json["content_hash"]) == (200, version.content_hash)
    assert sum(answer.json["splits"].values()) == 12
    assert answer.json["seed"] == 4


@pytest.mark.parametrize("name", FORMATS)
def test_its_rows_come_as_a_file_of_any_format(machine_of, viewer, version, name):
    answer = machine_of(viewer, "read").get(f"{HERE}/1/examples?format={name}")

    assert answer.mimetype == FORMATS[name].layout.mimetype
    assert len(list(FORMATS[name].read(io.BytesIO(answer.data)))) == (0 if "preference" in name else 12)


def test_the_rows_hash_to_what_the_version_is_known_by(machine_of, viewer, version):
    answer = machine_of(viewer, "read").get(f"{HERE}/1/examples")

    assert hash_of_rows(row["hash"] for row in rows_in(answer)) == version.content_hash


def test_the_splits_together_are_the_version(machine_of, viewer, version):
    machine = machine_of(viewer, "read")

    parts = {
        split: {row["hash"] for row in rows_in(machine.get(f"{HERE}/1/examples?split={split}"))}
        for split in ("train", "validation", "test")
    }

    assert hash_of_rows(one for part in parts.values() for one in part) == version.content_hash
    assert {split: len(part) for split, part in parts.items()} == machine.get(f"{HERE}/1").json["splits"]


def test_pages_have_every_row_once_in_the_order_of_the_file(machine_of, viewer, version):
    machine = machine_of(viewer, "read")
    found, after = [], ""
    while after is not None:
        answer = machine.get(f"{HERE}/1/examples?limit=5&after={after}")
        found += answer.json["rows"]
        after = answer.json.get("after")

    assert [row["hash"] for row in found] == [row["hash"] for row in rows_in(machine.get(f"{HERE}/1/examples"))]


@pytest.mark.parametrize(
    "path", ["", "/examples", "/examples?format=csv", "/examples?split=train", "/examples?limit=5"]
)
def test_who_has_it_already_gets_no_body(machine_of, viewer, version, path):
    machine = machine_of(viewer, "read")
    tag = machine.get(f"{HERE}/1{path}").headers["ETag"]

    answer = machine.get(f"{HERE}/1{path}", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["", "/examples", "/examples?split=train", "/examples?format=csv", "/examples?limit=5"]
)
def test_another_version_of_the_same_rows_has_another_tag(machine_of, author, viewer, skill, version, path):
    frozen(author, skill, plan=Plan(seed=5, test_percent=40))
    machine = machine_of(viewer, "read")
    tags = {machine.get(f"{HERE}/{number}{path}").headers["ETag"] for number in (1, 2)}

    assert len(tags) == 2


@pytest.mark.parametrize("path", ["", "/examples", "/examples?limit=5"])
def test_a_weak_tag_is_the_same_to_who_has_it(machine_of, viewer, version, path):
    machine = machine_of(viewer, "read")
    tag = machine.get(f"{HERE}/1{path}").headers["ETag"]

    assert machine.get(f"{HERE}/1{path}", headers={"If-None-Match": f"W/{tag}"}).status_code == 304


def test_who_wants_one_file_and_no_other_is_told_where_it_is_another(machine_of, viewer, version):
    machine = machine_of(viewer, "read")
    whole = machine.get(f"{HERE}/1/examples")

    def ask(tag, **more):
        return machine.get(f"{HERE}/1/examples", headers={"If-Match": tag, **more})

    refused = ask('"another"', Range="bytes=3-")
    assert (refused.status_code, refused.mimetype) == (412, "application/problem+json")
    assert "another file" in refused.json["detail"]
    assert (ask("*").status_code, ask("*").data) == (200, whole.data)
    assert ask(whole.headers["ETag"], Range="bytes=3-").data == whole.data[3:]


def test_ranges_of_anything_but_bytes_are_not_known(machine_of, viewer, version):
    machine = machine_of(viewer, "read")
    whole = machine.get(f"{HERE}/1/examples")

    assert machine.get(f"{HERE}/1/examples", headers={"Range": "rows=0-1"}).data == whole.data
    beyond = machine.get(f"{HERE}/1/examples", headers={"Range": "bytes=9999999-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole.data)}")


def test_the_tag_changes_when_rows_are_withdrawn(machine_of, author, viewer, skill):
    make_example(skill, "Golden", "1")
    captured = approve(author, capture(skill, viewer, "Words of theirs"))
    frozen(author, skill)
    machine = machine_of(author, "read")
    tag = machine.get(f"{HERE}/1/examples").headers["ETag"]

    take_back(viewer, example_id=captured.id)

    answer = machine.get(f"{HERE}/1/examples", headers={"If-None-Match": tag})
    assert (answer.status_code, [row["input"] for row in rows_in(answer)]) == (200, ["Golden"])
    about = machine.get(f"{HERE}/1").json
    assert about["content_hash"] != about["frozen_hash"]
    [row] = machine.get("/api/v1/skills/a-skill/erasures").json["rows"][-1:]
    assert row["reason"] == "taken_back"
    assert "Words of theirs" not in str(row)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/2", 404, "version 2"),
        ("/x", 404, "version x"),
        ("/0", 404, "version 0"),
        ("/99999999999", 404, "version"),
        ("/1/examples?format=x", 404, "format named 'x'"),
        ("/1/examples?split=x", 422, "train, validation, test"),
        ("/1/examples?limit=0", 422, "1 to 1,000"),
        ("/1/examples?limit=x", 422, "1 to 1,000"),
        ("/1/examples?limit=1001", 422, "1 to 1,000"),
        ("/1/examples?limit=5&after=x", 422, "no end of a page"),
        ("?after=x", 422, "page link is broken"),
    ],
)
def test_what_is_not_there_gets_a_sentence(machine_of, viewer, version, path, status, words):
    answer = machine_of(viewer, "read").get(f"{HERE}{path}")

    assert answer.status_code == status
    assert words in answer.json["detail"]


def test_without_a_version_there_is_no_latest(machine_of, viewer, skill):
    answer = machine_of(viewer, "read").get(f"{HERE}/latest")

    assert (answer.status_code, "yet" in answer.json["detail"]) == (404, True)
    assert machine_of(viewer, "read").get(HERE).json == {"versions": []}


@pytest.mark.parametrize("query", ["", "?limit=5"], ids=["file", "page"])
def test_rows_have_their_details_and_are_what_their_hash_says(machine_of, author, skill, query):
    turns = (Turn("system", "Be short."), Turn("user", "Hello"), Turn("assistant", "Hi!"))
    details = Details(("a tag",), {"b": [1, 2.5, None], "a": "ü"}, turns)
    make_example(skill, "And?", "That", details=details)
    frozen(author, skill)

    answer = machine_of(author, "read").get(f"{HERE}/1/examples{query}")

    [value] = answer.json["rows"] if query else rows_in(answer)
    row = ClientRow.from_json(value)
    assert (row.tags, row.metadata, row.turns) == (("a tag",), details.metadata, tuple(map(Turn.to_json, turns)))
    assert row.is_genuine
    assert not replace(row, turns=row.turns[1:]).is_genuine

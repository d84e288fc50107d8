"""Exports of approved examples: what is in them, in what order, and what they are known by."""

import hashlib
import io
import json

import pytest

from app.domain.datasets import Row, hash_of_rows
from app.domain.errors import NotFound
from app.domain.formats import FORMATS, Purpose
from app.domain.reviews import Verb
from app.models import Skill
from app.services import dataset_rows
from app.services import exports as service
from app.services.dataset_rows import Selection, read_records
from app.services.preferences import change_preferences
from app.services.reviews import decide
from app.services.transactions import reading, writing
from tests.support.factories import capture, make_example, make_skill
from tests.support.threads import look_anew
from tests.support.versions import frozen


def lines(skill, **wanted):
    return [
        json.loads(line) for line in b"".join(service.export(Selection(skill, **wanted), FORMATS["jsonl"])).splitlines()
    ]


def test_approved_examples_are_exported_oldest_first_and_nothing_else(skill, viewer):
    make_example(skill, "First", "One", quality_score=7)
    make_example(skill, "Pending", source="usage_capture", status="pending")
    make_example(skill, "Rejected", source="usage_capture", status="rejected")
    make_example(make_skill(), "Of another skill")
    make_example(skill, "Second", "Two")

    rows = lines(skill)

    assert [(row["input"], row["output"], row["quality_score"]) for row in rows] == [
        ("First", "One", 7),
        ("Second", "Two", None),
    ]
    assert rows[0]["hash"] == Row("First", "One", None, 7, "web").hash


def test_a_search_narrows_an_export_as_it_narrows_the_list(skill):
    make_example(skill, "About marzipan")
    make_example(skill, "About nougat")

    assert [row["input"] for row in lines(skill, query="marzipan")] == ["About marzipan"]


def test_a_corrected_example_is_a_pair_where_the_format_has_room_for_one(author, skill, viewer):
    example = capture(skill, viewer, "Asked", "Answered badly")
    decide(author, example_id=example.id, revision=1, verb=Verb.CORRECT, expected_output="Answered well")

    [pair] = [json.loads(line) for line in service.export(Selection(skill), FORMATS["trl-preference"])]
    [chat] = [json.loads(line) for line in service.export(Selection(skill), FORMATS["openai-chat"])]

    assert pair == {"prompt": "Asked", "chosen": "Answered well", "rejected": "Answered badly"}
    assert chat["messages"][1]["content"] == "Answered well"


def test_what_was_withdrawn_is_exported_no_more(author, skill, viewer):
    example = capture(skill, viewer, "Asked", "Answered")
    decide(author, example_id=example.id, revision=1, verb=Verb.APPROVE)
    assert len(lines(skill)) == 1

    change_preferences(viewer, training_data_consent=False)

    assert lines(skill) == []


def test_the_manifest_is_of_the_very_file(skill):
    for number in range(3):
        make_example(skill, f"Input {number}", quality_score=number + 1)
    data = b"".join(service.export(Selection(skill), FORMATS["csv"]))

    manifest = service.make_manifest(Selection(skill), FORMATS["csv"])

    assert manifest.sha256 == hashlib.sha256(data).hexdigest()
    assert (manifest.rows, manifest.left_out, manifest.format) == (3, 0, "csv")
    assert manifest.rows_hash == hash_of_rows(record.hash for record in read_records(Selection(skill)))


def test_a_search_narrows_the_manifest_and_the_losses_too(skill):
    make_example(skill, "About marzipan", quality_score=5)
    make_example(skill, "About nougat", quality_score=5)
    wanted = Selection(skill, query="marzipan")
    data = b"".join(service.export(wanted, FORMATS["csv"]))

    manifest = service.make_manifest(wanted, FORMATS["csv"])
    losses = service.count_losses(wanted).of

    assert (manifest.rows, manifest.filter) == (1, "marzipan")
    assert manifest.sha256 == hashlib.sha256(data).hexdigest()
    assert [(loss.what, loss.rows) for loss in losses["openai-chat"]] == [("the score", 1)]


def test_losses_are_counted_for_every_format_by_one_statement(author, skill, viewer, statements):
    make_example(skill, "With a score", quality_score=5)
    make_example(skill, "Without")
    example = capture(skill, viewer, "Asked", "Answered badly")
    decide(author, example_id=example.id, revision=1, verb=Verb.CORRECT, expected_output="Answered well")

    look_anew()
    wanted = Selection(reading().get_one(Skill, skill.id))
    statements.clear()

    losses = service.count_losses(wanted).of

    assert len(statements) == 1
    assert losses.keys() == FORMATS.keys()
    assert losses["jsonl"] == []
    assert {(loss.what, loss.rows) for loss in losses["openai-chat"]} == {("the score", 1), ("the rejected output", 1)}
    assert service.make_manifest(Selection(skill), FORMATS["trl-preference"]).left_out == 2


@pytest.mark.parametrize("of_version", [False, True])
def test_of_very_many_rows_some_are_looked_at(author, skill, of_version, monkeypatch):
    monkeypatch.setattr(service, "MOST_LOOKED_AT", 2)
    for number in range(4):
        make_example(skill, f"Input {number}", quality_score=5)
    wanted = Selection(skill, frozen(author, skill) if of_version else None)

    losses = service.count_losses(wanted)

    assert (losses.rows, losses.is_whole) == (2, False)
    assert [(loss.what, loss.rows) for loss in losses.of["openai-chat"]] == [("the score", 2)]


def test_more_rows_than_are_read_at_once_are_all_there(skill, monkeypatch):
    monkeypatch.setattr(dataset_rows, "ROWS_AT_ONCE", 2)
    for number in range(5):
        make_example(skill, f"Input {number}")

    assert [row["input"] for row in lines(skill)] == [f"Input {number}" for number in range(5)]


def test_an_unknown_format_is_named_with_those_there_are(app):
    with pytest.raises(NotFound, match="jsonl, csv"):
        service.get_format("floppy")


def test_what_is_for_evaluation_only_is_in_no_file_to_train_on(skill):
    make_example(skill, "To train on")
    example = make_example(skill, "To evaluate with")
    with writing():
        reading().get_one(type(example), example.id).evaluation_only = True

    for name, chosen in FORMATS.items():
        rows = chosen.read(io.BytesIO(b"".join(service.export(Selection(skill), chosen))))
        assert ("To evaluate with" in {row.input for row in rows}) == (chosen.purpose is not Purpose.TRAINING), name
    assert service.make_manifest(Selection(skill), FORMATS["openai-chat"]).left_out == 1


@pytest.mark.parametrize("rows", [0, 1, 4, 5])
def test_whoever_waits_is_told_of_every_row_once(skill, monkeypatch, rows):
    monkeypatch.setattr(service, "ROWS_AT_ONCE", 2)
    for _ in range(rows):
        make_example(skill)
    told = []

    manifest = service.write_export(Selection(skill), FORMATS["jsonl"], lambda _piece: None, told.append)

    assert sum(told) == manifest.rows == dataset_rows.count_rows(Selection(skill)) == rows


def test_a_manifest_says_the_filter_without_its_secrets(skill):
    secret = "ghp_" + "a1B2" * 9
    manifest = service.make_manifest(Selection(skill, query=f"pump {secret}", tag="wet"), FORMATS["jsonl"])

    assert manifest.filter == 'tag="wet" pump [GITHUB_TOKEN_1]'

"""Tags, metadata and earlier turns: kept, cleaned, found by, frozen, exported, imported, and gone with the example."""

from functools import reduce

import pytest
from sqlalchemy import func, select

from app.domain.datasets import Row
from app.domain.errors import Duplicate, Invalid
from app.domain.example_details import TAGS_AT_MOST, Details, Turn
from app.domain.formats import FORMATS, Record
from app.domain.training_examples import content_digest
from app.models import ExampleTag, FrozenRow, TrainingExample
from app.services.contributions import redact_more, take_back
from app.services.dataset_rows import Selection, frozen_row_of, read_records
from app.services.exports import count_losses, export, make_manifest
from app.services.tags import get_tags
from app.services.training_example_lists import Filter
from app.services.training_examples import (
    delete_training_example,
    edit_training_example,
    get_training_examples_for_skill,
    submit_training_example,
)
from app.services.transactions import reading
from tests.services.test_imports import added, checked, verdicts_of
from tests.support.factories import capture, make_example, make_skill
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

TURNS = (Turn("system", "Be short."), Turn("user", "Hello"), Turn("assistant", "Hi!"))
DETAILS = Details(("billing", "edge case"), {"lang": "de", "n": [1, 2.5, None]}, TURNS)
TOKEN = "ghp_" + "a1B2" * 9


def submit(author, skill, details=DETAILS, example_input="An input"):
    return submit_training_example(
        author, skill_id=skill.id, example_input=example_input, example_output="An output", details=details
    ).example


def rows_of(skill, version=None):
    return [record.row for record in read_records(Selection(skill, version))]


def listed(skill, tag):
    page = get_training_examples_for_skill(skill.id, wanted=Filter(tag=tag))
    return [row.example.example_input for row in page.rows]


def test_what_an_example_has_beside_its_texts_is_exported_and_frozen_with_it(author, skill):
    submit(author, skill)

    version = frozen(author, skill)

    assert rows_of(skill) == rows_of(skill, version) == [Row("An input", "An output", **DETAILS._asdict())]
    assert frozen_row_of(reading().scalars(select(FrozenRow)).one()).details == DETAILS


def test_details_that_change_make_another_row_of_the_next_version(author, skill):
    example = submit(author, skill)
    first = frozen(author, skill)

    edit_training_example(
        author,
        example_id=example.id,
        revision=1,
        example_input="An input",
        example_output="An output",
        details=Details(("other",)),
    )

    assert rows_of(skill, frozen(author, skill)) == [Row("An input", "An output", tags=("other",))]
    assert [row.details for row in rows_of(skill, first)] == [DETAILS]
    assert get_tags(skill.id) == ["other"]


def test_secrets_leave_every_part(author, skill):
    details = Details(
        ("password=hunter2!x", "billing"),
        {"note": f"use {TOKEN}", "password": "hunter2!x", TOKEN: 1},
        (Turn("system", f"The token is {TOKEN}"), *TURNS[1:]),
    )

    saved = submit_training_example(
        author, skill_id=skill.id, example_input=f"My token is {TOKEN}", example_output="Fine", details=details
    )

    example = saved.example
    assert example.example_input == "My token is [GITHUB_TOKEN_1]"
    assert example.turns[0]["content"] == "The token is [GITHUB_TOKEN_1]"
    assert example.example_metadata == {
        "note": "use [GITHUB_TOKEN_1]",
        "password": "[PASSWORD_1]",
        "[GITHUB_TOKEN_1]": 1,
    }
    assert example.tags == ["billing", "password=[PASSWORD_1]"]
    assert get_tags(skill.id) == ["billing", "password=[PASSWORD_1]"]
    assert {"github_token", "password"} <= set(saved.secrets_found)


def test_a_list_is_filtered_by_a_tag_of_its_own_skill(author, skill):
    submit(author, skill, Details(("billing",)), "First")
    submit(author, skill, Details(("billing", "other")), "Second")
    submit(author, make_skill(author, name="another"), Details(("billing", "elsewhere")), "Third")

    assert listed(skill, "billing") == ["Second", "First"]
    assert listed(skill, "other") == ["Second"]
    assert listed(skill, "elsewhere") == []
    assert get_tags(skill.id) == ["billing", "other"]


def test_the_tags_of_an_example_go_with_it(author, skill):
    example = submit(author, skill)

    delete_training_example(author, example_id=example.id, revision=1)

    assert reading().scalar(select(func.count()).select_from(ExampleTag)) == 0
    assert get_tags(skill.id) == []


def test_the_same_question_after_another_conversation_is_another_example(author, skill):
    submit(author, skill)

    submit(author, skill, Details(turns=TURNS[:1]))
    with pytest.raises(Duplicate):
        submit(author, skill, Details(turns=TURNS[:1]))

    assert len(rows_of(skill)) == 2


@pytest.mark.parametrize(
    ("details", "field", "words"),
    [
        (Details(tuple(f"tag {number}" for number in range(TAGS_AT_MOST + 1))), "tags", "up to 20 tags"),
        (Details(("x" * 41,)), "tags", "Shorten the tags"),
        (Details(("nul\x00",)), "tags", "NUL"),
        (Details(metadata={"a": "x" * 10_001}), "metadata", "Shorten the metadata"),
        (Details(metadata={"a": float("nan")}), "metadata", "JSON does not know"),
        (Details(metadata={"a": "\ud800"}), "metadata", "half of a character pair"),
        (Details(metadata=reduce(lambda inner, _: {"a": inner}, range(400), {})), "metadata", "more than 100 deep"),
        (Details(turns=(Turn("user", "Hello"),)), "turns", "the assistant last"),
        (Details(turns=(Turn("assistant", "Hi!"), Turn("user", "Hello"))), "turns", "the assistant last"),
        (Details(turns=(*TURNS[1:], TURNS[0])), "turns", "the assistant last"),
        (Details(turns=(Turn("tool", "3"),)), "turns", "by 'tool'"),
        (Details(turns=(Turn("system", " "),)), "turns", "it is empty"),
        (Details(turns=TURNS[1:] * 51), "turns", "up to 100 earlier turns"),
    ],
)
def test_what_cannot_stand_beside_an_example_is_said(author, skill, details, field, words):
    with pytest.raises(Invalid) as refused:
        submit(author, skill, details)

    assert words in refused.value.errors[field]
    assert rows_of(skill) == []


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet", "langfuse", "inspect-ai", "openai-chat", "trl-sft"])
def test_what_a_format_holds_comes_in_again(author, skill, name):
    row = Row("An input", "An output", **DETAILS._asdict())
    file = b"".join(FORMATS[name].write([Record(row, row.hash)], skill.slug))

    found = checked(author, skill, file)
    added(author, skill, found)

    [back] = rows_of(skill)
    assert back.turns == TURNS
    if "the metadata" not in (FORMATS[name].loses(row) or ""):
        assert back == row
        assert listed(skill, "edge case") == ["An input"]


def test_a_table_with_columns_of_its_own_says_them_too(author, skill):
    file = (
        b"question,answer,labels,meta,history\n"
        b'An input,An output,"Edge  case, billing","{""lang"": ""de""}",'
        b'"[{""role"": ""system"", ""content"": ""Hm""}]"\n'
        b'Another,An output,,"{",\n'
        b'A third,An output,,,"[{""role"": ""user"", ""content"": ""Hm""}]"\n'
    )

    found = checked(author, skill, file)

    assert verdicts_of(found) == ["new", "refused", "refused"]
    added(author, skill, found)
    [row] = rows_of(skill)
    assert row.details == Details(("Edge case", "billing"), {"lang": "de"}, (Turn("system", "Hm"),))


def test_before_an_export_the_page_counts_what_a_format_cannot_hold(author, skill):
    submit(author, skill)
    make_example(skill, "Plain")

    losses = count_losses(Selection(skill)).of

    assert [(loss.what, loss.rows) for loss in losses["alpaca"]] == [("the earlier turns, the tags, the metadata", 1)]
    assert [(loss.what, loss.rows) for loss in losses["openai-chat"]] == [("the tags, the metadata", 1)]
    assert losses["jsonl"] == []


def test_an_unmarked_text_is_cleaned_by_the_lowest_door_too(skill):
    example = make_example(skill, "An input", details=Details((), {"a": TOKEN}, (Turn("system", TOKEN),)))

    stored = reading().get_one(TrainingExample, example.id, populate_existing=True)
    assert TOKEN not in repr((stored.turns, stored.example_metadata))
    assert stored.content_digest != make_example(skill, "An input").content_digest


def test_an_export_is_filtered_by_a_tag(author, skill):
    submit(author, skill, Details(("billing",)), "First")
    submit(author, skill, Details(("other",)), "Second")

    wanted = Selection(skill, tag="billing")

    assert [record.row.input for record in read_records(wanted)] == ["First"]
    assert make_manifest(wanted, FORMATS["jsonl"]).filter == 'tag="billing"'
    assert sum(loss.rows for loss in count_losses(wanted).of["alpaca"]) == 1


@pytest.mark.parametrize("tag", ["nul\x00", "\ud800"])
def test_a_tag_that_no_database_holds_is_no_examples(author, skill, tag):
    submit(author, skill)

    assert listed(skill, tag) == []


def test_the_same_metadata_in_another_order_makes_the_same_files(author, skill):
    other = make_skill(author, name="another")
    submit(author, skill, Details(metadata={"b": {"d": 1, "c": 2}, "a": 3}))
    submit(author, other, Details(metadata={"a": 3, "b": {"c": 2, "d": 1}}))

    for name in ("jsonl", "csv", "inspect-ai", "phoenix"):
        first, second = (b"".join(export(Selection(one), FORMATS[name])) for one in (skill, other))
        assert first.replace(b"a-skill", b"another") == second


def captured_with_details(author, skill, viewer, details):
    """A captured example, approved, to which its skill's author has given details."""
    example = approve(author, capture(skill, viewer, "My name is Xerxes"))
    edit_training_example(
        author,
        example_id=example.id,
        revision=example.revision,
        example_input="My name is Xerxes",
        example_output="An answer",
        details=details,
    )
    return example


def test_a_tombstone_has_no_details(author, viewer, skill):
    example = captured_with_details(author, skill, viewer, DETAILS)
    frozen(author, skill)

    take_back(viewer, example_id=example.id)

    [row] = reading().scalars(select(FrozenRow))
    assert (row.example_input, row.tags, row.example_metadata, row.turns) == (None, None, None, None)
    assert get_tags(skill.id) == []


def test_what_somebody_takes_out_of_their_usage_goes_from_the_details_too(author, viewer, skill):
    details = Details(("Xerxes", "other"), {"Xerxes": ["of Xerxes"]}, (Turn("system", "Call me Xerxes"),))
    example = captured_with_details(author, skill, viewer, details)

    redact_more(viewer, example_id=example.id, text="Xerxes", revision=example.revision)

    assert "Xerxes" not in repr((example.tags, example.example_metadata, example.turns))
    assert example.turns == [{"role": "system", "content": "Call me [REMOVED_1]"}]
    assert get_tags(skill.id) == ["[REMOVED_1]", "other"]
    assert example.content_digest == content_digest(
        "My name is [REMOVED_1]", "An answer", (Turn("system", "Call me [REMOVED_1]"),)
    )

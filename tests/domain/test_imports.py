"""What becomes of a value that is imported: how it is read is guessed, checked, and what is wrong with it is said."""

import io
import json
from dataclasses import replace

import pytest

from app.domain.datasets import Row
from app.domain.errors import Invalid
from app.domain.example_details import Turn
from app.domain.formats import FORMATS, Record
from app.domain.import_columns import columns_of
from app.domain.import_files import read_entries
from app.domain.imports import (
    COLUMNS,
    FIELDS,
    MENDED,
    Reading,
    check_reading,
    guess_reading,
    problem_with_row,
    unread_columns,
)

READ_AS = {"anthropic": "openai-chat", "parquet": "jsonl"}
"""Formats whose files look like another's, and hold the same."""
ROWS = [Row("What is due?", "The invoice.", quality_score=8), Row("Say it", "Bad", "Good", 5)]


def said(role, content):
    return {"role": role, "content": content}


def values_of(data):
    return [entry.value for entry in read_entries(io.BytesIO(data), most_bytes=1_000_000, most_rows=1_000)]


def guessed(*values):
    reading = guess_reading(values)
    return reading.format, {field: column for field, column in reading.columns.items() if column}


# ---- guessing ----


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
def test_every_format_is_recognised_by_its_own_files(chosen):
    values = values_of(b"".join(chosen.write((Record(row, row.hash) for row in ROWS), "a-skill")))

    reading = guess_reading(values)

    assert reading == Reading(READ_AS.get(chosen.name, chosen.name), {})
    held = [row for row in ROWS if not (chosen.loses(row) or "").startswith("the row itself")]
    if chosen.name == "trl-unpaired":  # the rejected answer is a line of its own, and no row
        values.pop()
    made = [reading.row_of(value) for value in values]
    assert [(row.input, row.gold) for row in made] == [(row.input, row.gold) for row in held]


@pytest.mark.parametrize(
    ("value", "columns"),
    [
        ({"question": "a", "answer": "b"}, {"input": "question", "output": "answer"}),
        ({"Question": "a", " Answer ": "b", "id": 1}, {"input": "Question", "output": " Answer "}),
        ({"prompt": "a", "response": "b"}, {"input": "prompt", "output": "response"}),
        (
            {"query": "a", "response": "b", "rating": "4"},
            {"input": "query", "output": "response", "quality_score": "rating"},
        ),
        ({"text": "a", "target": "b"}, {"input": "text", "output": "target"}),
        ({"user": "a", "assistant": "b"}, {"input": "user", "output": "assistant"}),
        ({"question": "a", "ground_truth": "b"}, {"input": "question", "output": "ground_truth"}),
        ({"Question": "a", "Ground Truth": "b"}, {"input": "Question", "output": "Ground Truth"}),
        (
            {"input": "a", "actual-output": "b", "expected output": "c", "Score": 3, "note": ""},
            {
                "input": "input",
                "output": "actual-output",
                "expected_output": "expected output",
                "quality_score": "Score",
            },
        ),
        (
            {"input": "a", "output": "b", "score": "8.0"},
            {"input": "input", "output": "output", "quality_score": "score"},
        ),
        ({"frage": "a", "answer": "b"}, {"output": "answer"}),
        ({"frage": "a", "antwort": "b"}, {}),
    ],
)
def test_columns_are_guessed_by_their_names(value, columns):
    assert guessed(value) == (COLUMNS, columns)
    assert guess_reading([value]).is_complete is ({"input", "output"} <= columns.keys())


def test_columns_are_guessed_from_all_values():
    assert guessed({"question": "a"}, {"answer": "b"}) == (COLUMNS, {"input": "question", "output": "answer"})


def test_nothing_is_guessed_from_nothing():
    assert guessed() == (COLUMNS, {})


def test_a_format_has_to_fit_every_value():
    chat = {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}

    assert guessed(chat, chat) == ("openai-chat", {})
    assert guessed(chat, {"frage": "a"}) == (COLUMNS, {})


def test_a_conversation_has_its_system_prompt_as_its_first_turn():
    reading = guess_reading(
        [
            value := {
                "messages": [
                    {"role": "system", "content": "Be short."},
                    {"role": "user", "content": "a"},
                    {"role": "assistant", "content": "b"},
                ]
            }
        ]
    )

    assert reading.row_of(value) == Row("a", "b", turns=(Turn("system", "Be short."),))


def test_goldsets_own_columns_and_others_are_columns():
    assert guessed({"input": "a", "output": "b", "language": "de"})[0] == COLUMNS
    assert guessed({"input": "a", "output": "b"})[0] == "csv"
    assert guessed({"input": "a", "output": "b", "quality_score": 3})[0] == "jsonl"


def test_columns_like_goldsets_own_beside_others_are_no_format_that_lacks_one_of_them():
    value = {"input": "a", "output": "b", "expected_output": "c", "quality_score": "", "line": "2", "error": "d"}

    assert guess_reading([value]).row_of(value) == Row("a", "b", "c")
    assert guessed({"input": "a", "actual_output": None, "expected_output": "c", "id": 1}) == ("deepeval", {})


# ---- reading ----


@pytest.mark.parametrize("score", [8, 8.0, "8", "8.0", " 8 "])
@pytest.mark.parametrize("read_as", [None, MENDED], ids=["guessed", "columns"])
def test_a_score_is_a_whole_number_however_it_is_written(score, read_as):
    value = {"input": "a", "output": "b", "quality_score": score}

    assert (read_as or guess_reading([value])).row_of(value) == Row("a", "b", quality_score=8)


@pytest.mark.parametrize("score", ["", None])
def test_no_score_is_a_score_too(score):
    value = {"input": "a", "output": "b", "quality_score": score}

    assert guess_reading([value]).row_of(value).quality_score is None


@pytest.mark.parametrize("score", ["eight", 8.5, "8.5", True, [8], {"value": 8}, "inf", "nan", 10**400])
@pytest.mark.parametrize("read_as", ["jsonl", COLUMNS])
def test_what_is_no_score_is_said(score, read_as):
    reading = Reading(read_as, {name: name for name in ("input", "output", "quality_score")})

    with pytest.raises(ValueError, match="score from 1 to 10"):
        reading.row_of({"input": "a", "output": "b", "quality_score": score})


@pytest.mark.parametrize("score", ["eight", "8.5", "1e3", "²"])
def test_what_is_no_score_in_a_table_is_said(score):
    with pytest.raises(ValueError, match="score from 1 to 10"):
        Reading("csv", {}).row_of({"input": "a", "output": "b", "quality_score": score})


@pytest.mark.parametrize("score", ["", "8", "8.0"])
def test_what_is_for_evaluation_only_stays_so_in_a_table(score):
    value = {"input": "a", "output": "b", "quality_score": score, "evaluation_only": "yes"}

    assert guess_reading([value]).row_of(value).evaluation_only is True
    assert guess_reading([value]).row_of({**value, "evaluation_only": ""}).evaluation_only is False


def test_line_ends_are_stored_as_an_author_would_type_them():
    value = {"question": "a\r\nb", "answer": "c\r\n", "expected": "\r\n"}

    assert guess_reading([value]).row_of(value) == Row("a\nb", "c\n", "\n")


def test_a_column_that_holds_no_text_is_read_as_json():
    value = {"question": {"text": "Grüße"}, "answer": [1, None], "expected": None}

    assert Reading(COLUMNS, {"input": "question", "output": "answer"}).row_of(value) == Row(
        '{"text": "Grüße"}', "[1, null]"
    )
    assert guess_reading([value]).row_of(value) == Row("Grüße", "[1, null]")


@pytest.mark.parametrize(
    ("value", "row", "unread"),
    [
        (
            {"inputs": {"question": "Q"}, "expectations": {"expected_response": "A"}, "tags": {"lang": "de"}},
            Row("Q", "A", tags=("de",)),
            [],
        ),
        ({"inputs": {"question": "Q"}, "outputs": {"answer": "A"}}, Row("Q", "A"), []),
        ({"inputs": {"my_words": "Q"}, "outputs": {"theirs": "A"}}, Row("Q", "A"), []),
        (
            {"input": {"question": "Q", "context": "C"}, "expectedOutput": {"answer": "A"}, "metadata": {"a": 1}},
            Row("Q", "A", metadata={"a": 1}),
            ["input.context"],
        ),
        ({"input": {"text": "Q"}, "output": {"text": "A"}, "metadata": {"answer": "X"}}, Row("Q", "A"), []),
        ({"data": {"item": {"question": "Q", "answer": "A"}}}, Row("Q", "A"), []),
        ({"question.text": "Q", "answer": "A"}, Row("Q", "A"), []),
        ({"question": "Q", "__expected": "A"}, Row("Q", "A"), []),
        ({"question": "Q", "metadata": {"answer": "X"}}, None, []),
    ],
)
def test_what_stands_in_objects_is_a_column_too(value, row, unread):
    reading = guess_reading([value])

    assert reading.format == COLUMNS
    assert reading.is_complete is (row is not None)
    if row is not None:
        assert replace(reading.row_of(value), metadata=row.metadata) == row
        assert unread_columns(reading, [value]) == unread


@pytest.mark.parametrize(
    ("name", "value", "row"),
    [
        ("promptfoo", {"vars": {"question": "Q"}, "assert": [{"type": "equals", "value": "A"}]}, Row("Q", "A")),
        ("promptfoo", {"vars": {"question": "Q", "expected": "A"}}, Row("Q", "A")),
        ("phoenix", {"input": {"input": "Q"}, "output": {"output": "A"}}, Row("Q", "A")),
        (
            "trl-preference",
            {"prompt": [said("user", "Q")], "chosen": [said("assistant", "A")], "rejected": [said("assistant", "B")]},
            Row("Q", "B", "A"),
        ),
        (
            "trl-preference",
            {
                "chosen": [said("user", "Q"), said("assistant", "A")],
                "rejected": [said("user", "Q"), said("assistant", "B")],
            },
            Row("Q", "B", "A"),
        ),
    ],
)
def test_the_shapes_that_tools_have_beside_ours_are_recognised(name, value, row):
    assert guess_reading([value]) == Reading(name, {})
    assert guess_reading([value]).row_of(value) == row


def test_the_list_of_a_dataset_is_found_beside_empty_ones():
    goldens = {"goldens": [{"input": "Q", "expected_output": "A"}], "conversational_goldens": []}

    assert guess_reading(values_of(json.dumps(goldens).encode())) == Reading("deepeval", {})


def test_columns_are_not_without_end():
    assert len(columns_of([{f"name {number}": number for number in range(10_000)}])) == 200
    deep = {"a": {"b": {"c": {"d": {"e": 1}}}}}
    assert columns_of([deep])[-1] == "a.b.c.d"


def test_a_value_that_lacks_a_column_has_an_empty_text():
    reading = guess_reading([{"question": "a", "answer": "b"}])

    assert reading.row_of({"answer": "b"}) == Row("", "b")


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.parametrize("value", [{}, {"input": 1, "output": []}, {"messages": "words"}, {"messages": []}])
def test_a_value_of_another_shape_is_refused_and_nothing_else(chosen, value):
    with pytest.raises(ValueError, match=r"no row of|more turns"):
        Reading(chosen, {}).row_of(value)


def test_what_was_mended_is_read_by_its_own_names():
    assert MENDED.row_of({"input": "a", "output": "b", "expected_output": "", "quality_score": "7"}) == Row(
        "a", "b", quality_score=7
    )


# ---- checking ----


def test_a_way_of_reading_that_is_whole_is_accepted():
    check_reading(Reading("jsonl", {}), [])
    check_reading(Reading(COLUMNS, {"input": "a", "output": "b", "expected_output": ""}), ["b", "a"])


@pytest.mark.parametrize(
    ("reading", "problems"),
    [
        (Reading("docx", {}), {"format": "Choose one of the formats."}),
        (Reading("", {}), {"format": "Choose one of the formats."}),
        (
            Reading(COLUMNS, {}),
            {"input": "Choose the column of the input.", "output": "Choose the column of the output."},
        ),
        (
            Reading(COLUMNS, {"input": "a", "output": "x", "quality_score": "y"}),
            {"output": "Choose one of the file's columns.", "quality_score": "Choose one of the file's columns."},
        ),
    ],
)
def test_a_way_of_reading_that_names_what_is_not_there_is_refused(reading, problems):
    with pytest.raises(Invalid) as raised:
        check_reading(reading, ["a", "b"])

    assert raised.value.errors == problems


def test_the_columns_come_in_the_order_of_the_file():
    assert columns_of([{"b": 1, "a": 2}, {"c": {"d": 3}, "a": 4}]) == ["b", "a", "c", "c.d"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row("", "b"), "Write the input: it is empty."),
        (Row("a", " \n"), "Write the output: it is empty."),
        (Row("a", "b", quality_score=11), "score from 1 to 10"),
        (Row("a", "b", quality_score=0), "score from 1 to 10"),
        (Row("x" * 11, "b"), "Shorten the input: it has 11 characters, and up to 10 fit."),
        (Row("a", "b", "x" * 11), "Shorten the expected output: up to 10 characters fit."),
        (Row("", ""), "Write the input: it is empty. Write the output: it is empty."),
    ],
)
def test_why_a_row_cannot_become_an_example_is_said(row, words):
    assert words in problem_with_row(row, max_characters=10)


def test_a_good_row_has_no_problem():
    assert problem_with_row(Row("a", "b", "c", 10), max_characters=10) is None


def test_what_is_exported_as_json_lines_is_json_lines_of_one_row_too():
    text = json.dumps({"input": "a", "output": "b", "quality_score": None})

    assert guess_reading(values_of(text.encode())) == Reading("jsonl", {})


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ({"q": "One", "a": "1", "e": "True"}, {"input": "One", "output": "1", "evaluation_only": "yes"}),
        ({"q": "One", "a": "1", "m": "{"}, {"input": "One", "output": "1", "metadata": "{"}),
        ({"q": "One", "a": "1", "m": {"b": 1}, "e": "no"}, {"input": "One", "output": "1", "metadata": '{"b": 1}'}),
        ({"q": 7, "t": ["x", "y"]}, {"input": "7", "tags": "x, y"}),
        ({}, {}),
    ],
)
def test_a_row_that_cannot_be_made_is_typed_as_the_file_has_it(value, texts):
    reading = Reading(COLUMNS, {"input": "q", "output": "a", "evaluation_only": "e", "metadata": "m", "tags": "t"})

    assert reading.texts_of(value) == dict.fromkeys(FIELDS, "") | texts


def test_a_row_of_another_format_that_cannot_be_made_has_no_fields():
    assert Reading("openai-chat", {}).texts_of({"messages": 7}) is None


@pytest.mark.parametrize(
    ("reading", "value", "unread"),
    [
        (Reading("jsonl", {}), {"input": "a", "output": "b", "hash": "x"}, []),
        (Reading("langfuse", {}), {"input": "a", "expectedOutput": "b", "status": "ACTIVE"}, ["status"]),
        (Reading("openai-chat", {}), {"messages": [{"role": "user", "content": "a"}]}, ["messages"]),
        (Reading("deepeval", {}), {"input": "a", "expected_output": "b", "context": ["c"]}, ["context"]),
        (Reading(COLUMNS, {"input": "q", "output": "a"}), {"q": "a", "a": "b", "note": "c"}, ["note"]),
    ],
)
def test_columns_that_nothing_is_made_of_are_named(reading, value, unread):
    assert unread_columns(reading, [value]) == unread

"""Exchange formats: what is written is read back, wherever the format can hold it, and what cannot be held is said."""

import io
import json
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.datasets import Row, hash_of_rows
from app.domain.example_details import Turn, clean_tags
from app.domain.formats import FORMATS, Format, Purpose, Record
from app.domain.formats.base import SKIPPED

pytestmark = pytest.mark.slow

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)
TAGS = st.lists(st.text("abc ü", min_size=1, max_size=8), max_size=3).map(clean_tags)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
METADATA = st.dictionaries(TEXTS | st.sampled_from(["hash", "tags", "quality_score", "metadata"]), JSON, max_size=3)
TURNS = st.builds(
    lambda system, spoken: tuple(
        Turn(role, text)
        for role, text in [*[("system", text) for text in system], *zip(cycle(["user", "assistant"]), spoken)]
    ),
    st.lists(TEXTS, max_size=1),
    st.lists(TEXTS, max_size=4).filter(lambda spoken: len(spoken) % 2 == 0),
)
ROWS = st.lists(
    st.builds(
        Row,
        input=TEXTS,
        output=TEXTS,
        expected_output=st.none() | TEXTS,
        quality_score=st.none() | st.integers(1, 10),
        source=st.sampled_from(["web", "usage_capture"]),
        evaluation_only=st.booleans(),
        tags=TAGS,
        metadata=METADATA.map(lambda metadata: metadata or None),
        turns=TURNS,
    ),
    max_size=6,
)


def written(chosen: Format, rows: list[Row]) -> bytes:
    return b"".join(chosen.write((Record(row, row.hash) for row in rows), "a-skill"))


def read(chosen: Format, data: bytes | str) -> list[Row]:
    return list(chosen.read(io.BytesIO(data.encode() if isinstance(data, str) else data)))


def what_is_held(row: Row, lost: str) -> tuple[object, ...]:
    """Everything of a row but what its format says it loses."""
    rejected = None if "rejected" in lost or not row.is_pair else row.output
    score = None if "score" in lost else row.quality_score
    tags, metadata, turns = (None if part in lost else getattr(row, part) for part in ("tags", "metadata", "turns"))
    evaluation_only = False if "evaluation only" in lost else row.evaluation_only
    return row.input, row.gold, rejected, score, tags, metadata, turns, evaluation_only


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back_as_far_as_the_format_holds_it(chosen, rows):
    if chosen.name == "trl-unpaired":  # two rows that ask the same cannot be told from one pair there
        rows = list({row.input: row for row in rows}.values())
    kept = [row for row in rows if chosen.loses(row) != SKIPPED]

    back = read(chosen, written(chosen, rows))

    lost = [chosen.loses(row) or "" for row in kept]
    assert list(map(what_is_held, back, lost)) == list(map(what_is_held, kept, lost))


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet"])
@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_goldsets_own_formats_lose_nothing(name, rows):
    assert read(FORMATS[name], written(FORMATS[name], rows)) == rows


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
def test_the_sample_is_a_file_of_its_format(chosen):
    text = chosen.example()

    if chosen.layout.mimetype == "application/jsonl":
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    elif chosen.layout.mimetype == "application/json":
        json.loads(text)
    assert len(read(chosen, text)) == sum(chosen.loses(row) != SKIPPED for row in chosen.sample)
    assert chosen.limits
    assert chosen.source


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
def test_no_rows_are_a_file_too(chosen):
    assert read(chosen, written(chosen, [])) == []


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("value", [{}, {"something": "else"}, {"input": 1, "output": 2}, {"messages": [7]}])
def test_a_value_of_another_format_is_refused(chosen, value):
    with pytest.raises(ValueError, match="no row of"):
        chosen.read_value(value)


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("text", ["{", "[1]", '"words"', '{"a": 1}', "\x00", "[[]]"])
def test_what_is_no_file_of_the_format_is_refused(chosen, text):
    with pytest.raises(ValueError, match=r"no|Entry|Line|broken"):
        read(chosen, text)


@pytest.mark.parametrize(
    "chosen", [one for one in FORMATS.values() if one.purpose is Purpose.TRAINING], ids=lambda one: one.name
)
def test_rows_for_evaluation_only_enter_no_training_file(chosen):
    row = Row("in", "out", "better", evaluation_only=True)

    assert chosen.loses(row) == SKIPPED
    assert read(chosen, written(chosen, [row])) == []


@pytest.mark.parametrize(
    "chosen", [one for one in FORMATS.values() if one.purpose is Purpose.EVALUATION], ids=lambda one: one.name
)
def test_files_of_before_the_mark_was_written_are_known_by_the_same_keys(chosen):
    row = Row("in", "out", metadata={"lang": "de"}, evaluation_only=True)
    value = chosen.value(Record(row, row.hash), "a-skill")
    older = json.loads(
        json.dumps(value).replace(', "evaluation_only": true', "").replace(', "evaluation_only": "true"', "")
    )

    assert (value != older) is (chosen.name != "skill-evals")
    assert chosen.key_of(value) == chosen.key_of(older)
    assert chosen.read_value(value).evaluation_only is (chosen.name != "skill-evals")


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet"])
def test_metadata_that_is_named_like_a_mark_of_ours_makes_another_row(name):
    rows = [Row("in", "out", metadata={"evaluation_only": mark, "lang": "de"}) for mark in ("yes", "no")]
    first, second = (FORMATS[name].value(Record(row, row.hash), "a-skill") | {"hash": "same"} for row in rows)

    assert FORMATS[name].key_of(first) != FORMATS[name].key_of(second)


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
@given(rows=ROWS)
@settings(max_examples=30, deadline=None)
def test_a_value_read_from_a_file_is_known_by_what_its_row_is_known_by(chosen, rows):
    """So a row that has to go is found in files that were exported before."""
    kept = list({row.input: row for row in rows}.values())
    values = [value for row in kept if (value := chosen.value(Record(row, row.hash), "a-skill")) is not None]

    split = list(chosen.split(io.BytesIO(written(chosen, kept))))

    assert [chosen.key_of(value) for value in split] == [chosen.key_of(value) for value in values]
    assert b"".join(chosen.join(split, "a-skill")) == written(chosen, kept)


def test_an_answer_that_looks_like_an_assertion_stays_an_answer():
    [case] = map(json.loads, written(FORMATS["promptfoo"], [Row("Say it", "contains: nothing")]).splitlines())

    assert case["assert"] == [{"type": "equals", "value": "contains: nothing"}]


def test_the_hash_of_a_row_is_the_same_on_every_machine():
    assert Row("in", "out").hash == "b2f9bd096f76a0e869bae8dafffa5095421187db3028a8cf6b7f7bf20b9e23fa"
    assert Row("in", "out").hash != Row("in", "out", quality_score=1).hash


def test_rows_are_known_by_what_they_are_and_not_by_their_order():
    hashes = [Row("a", "b").hash, Row("c", "d").hash]

    assert hash_of_rows(hashes) == hash_of_rows(reversed(hashes))
    assert hash_of_rows(hashes) != hash_of_rows(hashes[:1])

"""Exchange formats: what is written is read back, wherever the format can hold it, and what cannot be held is said."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.datasets import Row, hash_of_rows
from app.domain.formats import FORMATS, Format, Record
from app.domain.formats.base import SKIPPED

pytestmark = pytest.mark.slow

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)
ROWS = st.lists(
    st.builds(
        Row,
        input=TEXTS,
        output=TEXTS,
        expected_output=st.none() | TEXTS,
        quality_score=st.none() | st.integers(1, 10),
        source=st.sampled_from(["web", "usage_capture"]),
    ),
    max_size=6,
)


def written(chosen: Format, rows: list[Row]) -> str:
    return "".join(chosen.write((Record(row, row.hash) for row in rows), "a-skill"))


def what_is_held(chosen: Format, row: Row) -> tuple[object, ...]:
    """Everything of a row but what the format says it loses."""
    lost = chosen.loses(row) or ""
    rejected = None if "rejected" in lost or not row.is_pair else row.output
    return row.input, row.gold, rejected, None if "score" in lost else row.quality_score


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back_as_far_as_the_format_holds_it(chosen, rows):
    kept = [row for row in rows if chosen.loses(row) != SKIPPED]
    if chosen.name == "trl-unpaired":  # two rows that ask the same cannot be told from one pair there
        kept = rows = list({row.input: row for row in rows}.values())

    back = list(chosen.read(written(chosen, rows)))

    assert [what_is_held(chosen, row) for row in back] == [what_is_held(chosen, row) for row in kept]


@pytest.mark.parametrize("name", ["jsonl", "csv"])
@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_goldsets_own_formats_lose_nothing(name, rows):
    assert list(FORMATS[name].read(written(FORMATS[name], rows))) == rows


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
def test_the_sample_is_a_file_of_its_format(chosen):
    text = chosen.example()

    if chosen.mimetype == "application/jsonl":
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    elif chosen.mimetype == "application/json":
        json.loads(text)
    assert len(list(chosen.read(text))) == sum(chosen.loses(row) != SKIPPED for row in chosen.sample)
    assert chosen.limits
    assert chosen.source


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
def test_no_rows_are_a_file_too(chosen):
    assert list(chosen.read(written(chosen, []))) == []


@pytest.mark.parametrize("name", ["jsonl", "openai-chat", "langsmith"])
def test_a_line_of_another_format_is_refused_by_its_number(name):
    with pytest.raises(ValueError, match="Line 2 is not of this format"):
        list(FORMATS[name].read(FORMATS[name].example().splitlines()[0] + '\n{"something": "else"}\n'))


def test_an_answer_that_looks_like_an_assertion_stays_an_answer():
    [case] = map(json.loads, written(FORMATS["promptfoo"], [Row("Say it", "contains: nothing")]).splitlines())

    assert case["assert"] == [{"type": "equals", "value": "contains: nothing"}]


def test_the_hash_of_a_row_is_the_same_on_every_machine():
    assert Row("in", "out").hash == "5007841f2774f9e269a16a83bb77c542e871f172408845780d3bf2487a4549e1"
    assert Row("in", "out").hash != Row("in", "out", quality_score=1).hash


def test_rows_are_known_by_what_they_are_and_not_by_their_order():
    hashes = [Row("a", "b").hash, Row("c", "d").hash]

    assert hash_of_rows(hashes) == hash_of_rows(reversed(hashes))
    assert hash_of_rows(hashes) != hash_of_rows(hashes[:1])

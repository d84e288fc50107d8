"""Purging a file: what must go is gone, and what stays stays as it was, in every format."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.datasets import Row
from app.domain.formats import FORMATS, Record
from app.domain.purges import Purge, formats_of, read_manifest

SKILL = "a-skill"
GONE = Row('What did "Maya"\r\nsay, then?', "a wrong\nanswer", "Ä better answer", 5, "usage_capture")
ROWS = [
    Row("First", "wrong", "right", 3),
    GONE,
    Row(GONE.input, "another answer", "Another, better", 7),
    Row("Last of all\r", "wrong\r\n", "right, with a comma", None, "usage_capture"),
]
EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)

words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=12)
rows = st.builds(Row, words, words, words, st.none() | st.integers(1, 10), st.sampled_from(["web", "usage_capture"]))


def file_of(name, kept):
    return b"".join(FORMATS[name].write([Record(row, row.hash) for row in kept], SKILL))


def manifest_of(*gone):
    """Return the erasure manifest of these rows, as the database makes it."""
    listed = []
    for row in gone:
        values = {name: one.value(Record(row, row.hash), SKILL) for name, one in FORMATS.items()}
        keys = {name: FORMATS[name].key_of(value) for name, value in values.items() if value is not None}
        listed.append({"hash": row.hash, "reason": "taken_back", "at": "2026-01-01T00:00:00+00:00", "keys": keys})
    return {"goldset_erasure_manifest": 1, "skill": SKILL, "rows": listed}


def purged(name, data, *gone) -> tuple[bytes, Purge]:
    purge = read_manifest(manifest_of(*gone))
    return b"".join(purge.purge(io.BytesIO(data), FORMATS[name])), purge


@EVERY_FORMAT
def test_a_row_goes_and_all_others_stay_as_they_were(name):
    text, purge = purged(name, file_of(name, ROWS), GONE)

    assert text == file_of(name, [row for row in ROWS if row is not GONE])
    assert (purge.removed, purge.kept) == (1, 3)


@EVERY_FORMAT
@pytest.mark.parametrize("place", range(3))
def test_it_goes_wherever_it_stands(name, place):
    others = [row for row in ROWS if row is not GONE][:2]
    text, _ = purged(name, file_of(name, [*others[:place], GONE, *others[place:]]), GONE)

    assert text == file_of(name, others)


@EVERY_FORMAT
def test_a_file_without_it_comes_out_as_it_went_in(name):
    before = file_of(name, ROWS)

    text, purge = purged(name, before, Row("Never exported", "a", "b"))

    assert (text, purge.removed, purge.kept) == (before, 0, len(ROWS))


@EVERY_FORMAT
def test_all_of_a_file_may_go(name):
    text, purge = purged(name, file_of(name, ROWS), *ROWS)

    assert text == file_of(name, [])
    assert (purge.removed, purge.kept) == (len(ROWS), 0)


@EVERY_FORMAT
def test_every_copy_of_it_goes(name):
    text, purge = purged(name, file_of(name, [GONE, ROWS[0], GONE]), GONE)

    assert text == file_of(name, [ROWS[0]])
    assert purge.removed == 2


@pytest.mark.slow
@EVERY_FORMAT
@given(kept=st.lists(rows, max_size=4), gone=rows, place=st.integers(0, 4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_rows_say_the_right_one_goes(name, kept, gone, place):
    keys = manifest_of(gone)["rows"][0]["keys"]
    if name not in keys:
        return
    others = [row for row in kept if manifest_of(row)["rows"][0]["keys"].get(name) != keys[name]]

    text, purge = purged(name, file_of(name, [*others[:place], gone, *others[place:]]), gone)

    assert text == file_of(name, others)
    assert purge.removed == 1


def test_a_row_that_a_format_does_not_hold_has_no_key_in_it():
    for_evaluation = Row("In", "Out", evaluation_only=True)

    keys = manifest_of(for_evaluation)["rows"][0]["keys"]

    assert "jsonl" in keys
    assert "openai-chat" not in keys


def test_nobodys_words_are_needed_to_find_a_row():
    written = str(manifest_of(GONE))

    assert not [word for word in ("Maya", "wrong", "answer") if word in written]


@pytest.mark.parametrize(
    "manifest",
    [
        {},
        [],
        None,
        "text",
        {"goldset_erasure_manifest": 1},
        {"goldset_erasure_manifest": 1, "skill": "x", "rows": [{}]},
        {"goldset_erasure_manifest": 1, "skill": "x", "rows": 3},
    ],
    ids=str,
)
def test_what_is_no_erasure_manifest_says_so(manifest):
    with pytest.raises(ValueError, match="This is no erasure manifest"):
        read_manifest(manifest)


def test_a_manifest_of_a_newer_goldset_is_refused():
    with pytest.raises(ValueError, match="newer Goldset"):
        read_manifest({**manifest_of(GONE), "goldset_erasure_manifest": 2})


@EVERY_FORMAT
def test_what_is_no_such_file_is_refused(name):
    with pytest.raises(ValueError):
        purged(name, b"{broken", GONE)


def test_formats_are_found_by_how_a_file_ends():
    assert [one.name for one in formats_of(".csv")] == [one.name for one in formats_of("CSV")]
    assert {"jsonl", "openai-chat"} <= {one.name for one in formats_of(".jsonl")}
    assert formats_of(".floppy") == []

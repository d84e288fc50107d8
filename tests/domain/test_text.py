import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import (
    normalise_newlines,
    problem_with_characters,
    problem_with_optional_text,
    problem_with_text,
)

ANY_TEXT = st.text(st.characters(codec=None), max_size=30)


@given(st.lists(st.sampled_from(["\r", "\n", "\r\n", "a", " ", "\u2028"])).map("".join))
def test_only_crlf_changes(text):
    normal = normalise_newlines(text)

    assert normal == "\n".join(text.split("\r\n"))
    assert normal.replace("\r", "").replace("\n", "") == text.replace("\r", "").replace("\n", "")


@given(ANY_TEXT)
def test_a_text_is_refused_exactly_when_no_database_holds_it(text):
    cannot = "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)

    assert bool(problem_with_characters(text, what="input")) == cannot


@given(ANY_TEXT, st.integers(1, 30))
def test_what_is_accepted_has_words_fits_and_can_be_stored(text, limit):
    if problem_with_text(text, what="input", max_characters=limit) is None:
        assert text.strip()
        assert len(normalise_newlines(text)) <= limit
        assert normalise_newlines(text).encode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write the input: it is empty."),
        (" \n\t\u00a0", "Write the input: it is empty."),
        ("ab", "Write at least 3 characters for the input."),
        ("  ab   ", "Write at least 3 characters for the input."),
        ("x" * 1_001, "it has 1,001 characters, and up to 1,000 fit."),
        ("abc\x00", "NUL"),
        ("abc\ud83d", "character 4 "),
    ],
)
def test_the_sentence_says_what_is_wrong(text, words):
    assert words in problem_with_text(text, what="input", min_characters=3, max_characters=1_000)


@pytest.mark.parametrize("text", ["abc", " abc ", "a\r\nc" * 250 + "a\r\n" * 125, "\U0001f600" * 1_000])
def test_a_good_text_has_no_problem(text):
    assert problem_with_text(text, what="input", min_characters=3, max_characters=1_000) is None


def test_an_optional_text_may_be_empty_but_not_broken():
    assert problem_with_optional_text("", what="note", max_characters=1) is None
    assert "note" in problem_with_optional_text("\x00", what="note", max_characters=1)
    assert "note" in problem_with_optional_text("ab", what="note", max_characters=1)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, Invalid
from app.domain.redaction import Redactor
from app.domain.training_examples import (
    TRANSITIONS,
    Status,
    check_transition,
    clean_example,
    content_digest,
    problem_with_score,
)

SECRET = "ghp_" + "a1B2" * 9
WORDS = st.text(st.sampled_from("ab\n "), max_size=6)


def clean(example_input="An input", example_output="An output", score=None, limit=100):
    return clean_example(
        Redactor(),
        example_input=example_input,
        example_output=example_output,
        quality_score=score,
        max_characters=limit,
    )


@given(WORDS, WORDS, WORDS, WORDS)
def test_two_examples_are_the_same_exactly_when_both_texts_are(one, two, three, four):
    assert (content_digest(one, two) == content_digest(three, four)) == ((one, two) == (three, four))


def test_a_digest_is_a_sha_256_that_never_changes():
    assert content_digest("in", "out") == "256695bae3e7cd29909d07c7db5afa811bc9dbf5810b1b5bc42d5650eced3b64"


@pytest.mark.parametrize("score", [None, *range(1, 11)])
def test_a_good_score_has_no_problem(score):
    assert problem_with_score(score) is None


@pytest.mark.parametrize("score", [0, 11, -1, 10**20])
def test_a_bad_score_has_one(score):
    assert "1 to 10" in problem_with_score(score)


def test_a_clean_example_has_lf_line_ends_placeholders_and_the_digest_of_what_is_stored():
    example = clean(f"a\r\n{SECRET}", f"{SECRET}\r\nb")

    assert example.example_input == "a\n[GITHUB_TOKEN_1]"
    assert example.example_output == "[GITHUB_TOKEN_1]\nb"
    assert example.digest == content_digest(example.example_input, example.example_output)
    assert example.secrets_found == ("github_token",)


def test_every_fault_is_raised_at_once():
    with pytest.raises(Invalid) as refused:
        clean("", "x" * 101, 0)

    assert refused.value.errors.keys() == {"example_input", "example_output", "quality_score"}


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("wanted", Status)
def test_the_lifecycle_allows_what_its_table_says(current, wanted):
    if wanted in TRANSITIONS[current]:
        check_transition(current, wanted)
    else:
        with pytest.raises(Conflict, match=f"This example is {current}"):
            check_transition(current, wanted)


def test_nothing_becomes_pending_again_and_nothing_becomes_what_it_is():
    assert TRANSITIONS.keys() == set(Status)
    assert all(Status.PENDING not in possible for possible in TRANSITIONS.values())
    assert all(state not in possible for state, possible in TRANSITIONS.items())

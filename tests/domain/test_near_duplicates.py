"""What says almost the same is found by its bands, what says something else is not, and bands are the same anywhere."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.near_duplicates import BINS, ROWS, THRESHOLD, bands_of, shingles_of, similarity

pytestmark = pytest.mark.slow

QUESTION = "How do I tie a bowline?"
ANSWER = "Make a small loop, pass the end up through it, around the rope and back down."
WORDS = [f"word{number}" for number in range(3_000)]
words = st.lists(st.sampled_from(WORDS[:40]), max_size=30).map(" ".join)
sets_of_shingles = st.frozensets(st.integers(0, 2**32 - 1), max_size=20)


def bands(example_input: str, example_output: str = "") -> tuple[int, ...]:
    return bands_of(shingles_of(example_input, example_output))


def text_of(draw: random.Random, length: int = 100) -> list[str]:
    return [draw.choice(WORDS) for _ in range(length)]


def with_words_changed(draw: random.Random, text: list[str], count: int) -> list[str]:
    changed = list(text)
    for place in draw.sample(range(len(text)), count):
        changed[place] = draw.choice(WORDS)
    return changed


# ---- the bands of one text ----


def test_a_text_has_sixteen_bands_which_a_database_can_hold():
    found = bands(QUESTION, ANSWER)

    assert len(found) == BINS // ROWS == 16
    assert all(0 <= band < 2**48 for band in found)


def test_the_bands_are_the_same_on_every_machine():
    """They are stored: another number for the same text would leave its look-alikes unfound."""
    assert bands(QUESTION, ANSWER)[:3] == (55300789427238, 20787520311828, 165576399862677)
    assert bands(QUESTION, ANSWER)[-1] == 55852350106852
    assert bands("")[:2] == (136256095026384, 16484122523224)


@pytest.mark.parametrize(
    "written",
    [
        (QUESTION.upper(), ANSWER.upper()),
        ("how do i tie a bowline", ANSWER.replace(",", ";").replace(".", "!!")),
        (f"  {QUESTION}\r\n", ANSWER.replace(" ", "\n\t")),
        ("«How» do I—tie: a (bowline)", f"> {ANSWER}"),
    ],
)
def test_case_punctuation_and_white_space_make_no_difference(written):
    assert shingles_of(*written) == shingles_of(QUESTION, ANSWER)
    assert bands(*written) == bands(QUESTION, ANSWER)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a b c", "c b a"), ("a b c d", "a b d c"), ("", "one"), ("one", "two"), ("one two", "two one"), ("é", "e")],
)
def test_other_words_or_another_order_are_another_text(one, other):
    assert shingles_of(one, "") != shingles_of(other, "")
    assert bands(one) != bands(other)


def test_the_words_count_wherever_the_input_ends():
    assert shingles_of("one two three four", "five") == shingles_of("one two", "three four five")


@pytest.mark.parametrize("text", ["", " \n\t", "?!…", "one", "one two", "日本語", "😀"])
def test_short_and_empty_texts_have_bands_too(text):
    assert len(shingles_of(text, "")) == 1
    assert len(bands(text)) == BINS // ROWS


def test_texts_without_words_are_all_the_same_one():
    assert bands("") == bands("?!…") == bands(" \n")


def test_of_a_long_text_the_beginning_is_looked_at():
    beginning = " ".join(f"w{number}" for number in range(5_000))

    assert shingles_of(f"{beginning} and then this", "") == shingles_of(f"{beginning} or then that", "")
    assert shingles_of(f"{beginning[:-6]} and then this", "") != shingles_of(f"{beginning[:-6]} or then that", "")


# ---- how alike two texts are ----


@given(sets_of_shingles, sets_of_shingles)
def test_similarity_is_a_share_and_the_same_both_ways(one, other):
    value = similarity(one, other)

    assert 0 <= value <= 1
    assert value == similarity(other, one)
    assert (value == 1) == (one == other)
    assert (value == 0) == (not one & other and bool(one | other))


@given(sets_of_shingles, st.integers(0, 2**32 - 1))
def test_one_more_shingle_makes_it_less_alike(one, another):
    if another not in one and one:
        assert similarity(one, one | {another}) == len(one) / (len(one) + 1)


@settings(max_examples=50)
@given(words, words)
def test_the_bands_say_nothing_but_what_the_shingles_say(one, other):
    """Equal sets have equal bands, whatever order they come in."""
    same = shingles_of(one, other)

    assert bands_of(frozenset(sorted(same))) == bands_of(same) == bands_of(frozenset(sorted(same, reverse=True)))
    if shingles_of(one, "") == shingles_of(other, ""):
        assert bands(one) == bands(other)


@given(st.text(max_size=200), st.text(alphabet=string.punctuation + " \n", max_size=10))
def test_punctuation_around_any_text_changes_nothing(text, marks):
    marks = marks.replace("_", " ")  # a word character, like letters

    assert bands(f"{marks} {text} {marks}") == bands(text)


# ---- the promise: near-duplicates share a band, others do not ----


@pytest.mark.parametrize("changed", [1, 2, 3])
def test_planted_near_duplicates_share_a_band(changed):
    draw = random.Random(f"near-duplicates {changed}")
    alike = missed = 0
    for _ in range(250):
        text = text_of(draw)
        other = with_words_changed(draw, text, changed)
        one, two = shingles_of(" ".join(text), ""), shingles_of(" ".join(other), "")
        if similarity(one, two) >= 0.85:
            alike += 1
            missed += not set(bands_of(one)) & set(bands_of(two))

    assert alike >= 20, "too few of the planted ones are alike to say anything"
    assert 1 - missed / alike >= 0.98


def test_what_is_just_called_a_near_duplicate_is_found_as_well():
    draw = random.Random("just alike")
    alike = missed = 0
    while alike < 150:
        text = text_of(draw, 120)
        one = shingles_of(" ".join(text), "")
        two = shingles_of(" ".join(with_words_changed(draw, text, 4)), "")
        if THRESHOLD <= similarity(one, two) < 0.85:
            alike += 1
            missed += not set(bands_of(one)) & set(bands_of(two))

    assert 1 - missed / alike >= 0.98


def test_unrelated_texts_share_no_band():
    draw = random.Random("unrelated")
    seen: dict[int, int] = {}
    for number in range(400):
        for band in set(bands(" ".join(text_of(draw)))):
            assert seen.setdefault(band, number) == number, "two texts with nothing in common share a band"
    assert len(seen) > 400


def test_a_text_that_is_half_another_one_is_no_near_duplicate():
    draw = random.Random("half")
    text = text_of(draw)

    assert similarity(shingles_of(" ".join(text), ""), shingles_of(" ".join(text[:50]), "")) < THRESHOLD

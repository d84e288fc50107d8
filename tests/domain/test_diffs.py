"""What changed between two texts: true for any two, readable where they are alike, quick where they are not."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diffs import MOST_WORD_PAIRS, Effort, Kind, Piece, compare_texts

TEXTS = st.text(alphabet="ab \n.é", max_size=80)


class CountedEffort(Effort):
    """The effort of one comparison, and how many pairs of words were asked for and compared."""

    asked = compared = 0

    def take(self, word_pairs):
        is_granted = super().take(word_pairs)
        self.asked += word_pairs
        self.compared += word_pairs * is_granted
        return is_granted


def old_of(pieces):
    return "".join(piece.text for piece in pieces if piece.kind is not Kind.INSERTED)


def new_of(pieces):
    return "".join(piece.text for piece in pieces if piece.kind is not Kind.DELETED)


def changed(pieces):
    return [(piece.kind.value, piece.text) for piece in pieces if piece.kind in (Kind.DELETED, Kind.INSERTED)]


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_the_pieces_make_both_texts_again(old, new, context_lines):
    pieces = compare_texts(old, new, context_lines=context_lines)

    assert (old_of(pieces), new_of(pieces)) == ((old, new) if old != new else ("", ""))
    assert all(piece.text for piece in pieces)
    assert all(before.kind is not after.kind for before, after in itertools.pairwise(pieces))


def test_equal_texts_have_nothing_to_show():
    assert compare_texts("a\n", "a\n") == []


def test_a_changed_word_is_shown_within_its_line():
    pieces = compare_texts("Answer in two lines.\n", "Answer in three lines.\n")

    assert pieces == [
        Piece(Kind.SAME, "Answer in "),
        Piece(Kind.DELETED, "two"),
        Piece(Kind.INSERTED, "three"),
        Piece(Kind.SAME, " lines.\n"),
    ]


def test_a_new_line_between_old_ones_is_one_insertion():
    assert changed(compare_texts("a\nb\n", "a\nnew\nb\n")) == [("inserted", "new\n")]


def test_lines_with_little_in_common_are_shown_one_after_the_other():
    pieces = compare_texts("Greet the customer by name.\n", "Never-ever: 1, 2; 3!\n")

    assert changed(pieces) == [
        ("deleted", "Greet the customer by name.\n"),
        ("inserted", "Never-ever: 1, 2; 3!\n"),
    ]


def test_what_is_far_from_every_change_is_skipped_and_its_lines_are_counted():
    old = "".join(f"line {number}\n" for number in range(40))
    new = old.replace("line 5\n", "line five\n").replace("line 30\n", "")

    skipped = [piece for piece in compare_texts(old, new) if piece.kind is Kind.SKIPPED]

    assert [piece.lines for piece in skipped] == [2, 18, 5]
    assert skipped[1].text.startswith("line 9\n")
    assert skipped[1].text.endswith("line 26\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x\n" * 50_000, "\ny" * 50_000),
        ("\n".join(str(n % 700) for n in range(20_000)), "\n".join(str(n % 701) for n in range(20_000))),
        ("a b " * 25_000, "b a " * 25_000),
        ("a" * 1_000_000, "b" * 100_000),
    ],
    ids=["alike lines", "many lines", "one line", "no words"],
)
def test_long_texts_that_have_nothing_and_everything_in_common_take_bounded_effort(old, new):
    effort = CountedEffort()
    pieces = compare_texts(old, new, effort=effort)

    assert (old_of(pieces), new_of(pieces)) == (old, new)
    assert effort.compared <= MOST_WORD_PAIRS


@pytest.mark.slow
def test_many_long_lines_that_are_half_alike_share_one_effort():
    chance = random.Random(1)

    def some_text():
        return "".join(" ".join(chance.choices("abcd", k=310)) + f"\nline {n}\n" for n in range(150))

    old, new, effort = some_text(), some_text(), CountedEffort()
    pieces = compare_texts(old, new, effort=effort)

    assert (old_of(pieces), new_of(pieces)) == (old, new)
    assert 0 < effort.compared <= MOST_WORD_PAIRS < effort.asked


def test_texts_that_are_shown_together_share_the_effort():
    """A page of fifty rewritten texts takes no longer than one: what is left is replaced whole, which is still true."""
    words = [f"word{number}" for number in range(800)]
    old, new = " ".join(words), " ".join(word if number % 3 else word.upper() for number, word in enumerate(words))
    effort = Effort()

    compared = [compare_texts(old, new, effort=effort) for _ in range(5)]

    assert len(compared[0]) > 100
    assert [len(pieces) for pieces in compared[1:]] == [2] * 4
    for pieces in compared:
        assert "".join(piece.text for piece in pieces if piece.kind is not Kind.INSERTED) == old
        assert "".join(piece.text for piece in pieces if piece.kind is not Kind.DELETED) == new


def test_a_word_that_changes_in_a_long_text_is_found_whatever_effort_is_left():
    words = ["pump", "valve", "hall"] * 5_000
    old, new = " ".join(words), " ".join([*words[:7_000], "lamp", *words[7_001:]])

    pieces = compare_texts(old, new, effort=Effort(word_pairs=10))

    assert [piece.text for piece in pieces if piece.kind is Kind.INSERTED] == ["lamp"]

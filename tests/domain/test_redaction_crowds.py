"""Texts of nothing but secrets are read with less care: each look is one more pass over them."""

import re
from itertools import pairwise

import pytest

from app.domain.redaction import sanitize_payload
from app.domain.redaction.crowds import AGAIN, AT_FIRST, Crowd, accepted, in_stretches
from app.domain.redaction.spans import Span

CROWD = Crowd(most=3, gap=10)
LETTER = re.compile("[a-z]")


def spans_at(*starts: int) -> list[Span]:
    return [Span(start, start + 5, f"kind_{start}") for start in starts]


def test_as_many_as_people_write_stay_as_they_are():
    few = spans_at(0, 6, 12)

    assert in_stretches(few, CROWD) == few


def test_more_than_that_go_as_one_where_they_stand_close():
    assert in_stretches(spans_at(0, 15, 31, 40), CROWD) == [Span(0, 20, "kind_0"), Span(31, 45, "kind_31")]


@pytest.mark.parametrize("crowd", [AT_FIRST, AGAIN])
def test_stretches_hold_every_span_and_no_two_are_close(crowd):
    many = spans_at(*range(0, 20 * (crowd.most + 1), 20), 10**7)

    stretches = in_stretches(many, crowd)

    assert stretches == [Span(0, many[-2].end, "kind_0"), many[-1]]
    assert all(after.start - before.end > crowd.gap for before, after in pairwise(stretches))


def test_a_dump_of_passwords_leaves_none_and_stays_as_it_is():
    secrets = [f"hunter{number}!x" for number in range(AT_FIRST.most + 10)]
    dump = "".join(f"user: bob{number}\npassword: {secret}\n" for number, secret in enumerate(secrets))

    once = sanitize_payload(f"Please look:\n\n{dump}\n{'Thanks. ' * 20}")

    assert not [secret for secret in secrets if secret in once.sanitized]
    assert once.sanitized.startswith("Please look:")
    assert once.sanitized.endswith("Thanks. " * 20)
    assert sanitize_payload(str(once.sanitized)).sanitized == once.sanitized


def test_what_looks_the_same_all_around_is_checked_once():
    asked = []
    text = ("x" * 500 + "a") * 20 + "x" * 500

    found = list(accepted(re.finditer("a", text), lambda match: asked.append(match) or True))

    assert len(found) == 20
    assert len(asked) == 1


def test_what_looks_different_anywhere_near_is_checked_itself():
    text = "".join("x" * 200 + str(number) + "x" * 190 + "a" for number in range(10)) + "x" * 30

    found = [match.start() for match in accepted(re.finditer("a", text), lambda match: "5" in text[: match.start()])]

    assert len(found) == 5


def test_after_thousands_that_were_all_right_the_rest_is_taken_too():
    asked = []
    text = "".join(f"{number:>6}a" for number in range(6_000))

    found = list(accepted(re.finditer("a", text), lambda match: asked.append(match) or True))

    assert len(found) == 6_000
    assert len(asked) == 5_000

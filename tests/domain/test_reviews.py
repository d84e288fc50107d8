"""What a review can do to an example, what is no decision and no opinion, and when the two agree."""

import pytest

from app.domain.reviews import (
    DONE,
    LEADS_TO,
    REASON_MAX_CHARACTERS,
    OpinionVerdict,
    Verb,
    agrees,
    problems_with_decision,
    problems_with_opinion,
)
from app.domain.training_examples import TRANSITIONS, Status

GOOD = {"reason": "Too short", "expected_output": "Better", "quality_score": None, "max_characters": 50}
OPINION = {"verdict": "approve", "quality_score": None, "comment": ""}


def problems(verb, **changes):
    return problems_with_decision(verb, **{**GOOD, **changes})


def problems_of_opinion(**changes):
    return problems_with_opinion(**{**OPINION, **changes})


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_leads_somewhere_and_has_its_words(verb):
    assert DONE[verb]
    assert LEADS_TO[verb] is None or LEADS_TO[verb] in Status


def test_the_tables_are_the_decisions_there_are():
    assert {verb.value: status and status.value for verb, status in LEADS_TO.items()} == {
        "approve": "approved",
        "correct": "approved",
        "reject": "rejected",
        "score": None,
        "fold": "rejected",
    }
    assert len(set(DONE.values())) == len(Verb)


def test_a_pending_example_can_become_whatever_a_verb_leads_to():
    assert {status for status in LEADS_TO.values() if status} == set(TRANSITIONS[Status.PENDING])


def test_nothing_leads_back_to_pending():
    assert all(Status.PENDING not in possible for possible in TRANSITIONS.values())
    assert Status.PENDING not in LEADS_TO.values()


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("score", [None, 1, 10])
def test_what_is_complete_has_no_problem(verb, score):
    assert problems(verb, quality_score=score or (5 if verb is Verb.SCORE else None)) == {}


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("score", [0, -1, 11, 10**30])
def test_no_verb_takes_what_is_no_score(verb, score):
    assert list(problems(verb, quality_score=score)) == ["quality_score"]


@pytest.mark.parametrize("reason", ["", " \n", "x" * (REASON_MAX_CHARACTERS + 1), "nul \x00", "\ud800"])
def test_a_rejection_says_why(reason):
    assert list(problems(Verb.REJECT, reason=reason)) == ["reason"]


@pytest.mark.parametrize("reason", ["x", "x" * REASON_MAX_CHARACTERS, "a\r\n" * (REASON_MAX_CHARACTERS // 2)])
def test_a_reason_may_be_as_long_as_is_said(reason):
    assert problems(Verb.REJECT, reason=reason) == {}


@pytest.mark.parametrize("text", [None, "", " \n", "x" * 51, "nul \x00", "\ud800"])
def test_a_correction_needs_an_output_that_can_be_stored(text):
    assert list(problems(Verb.CORRECT, expected_output=text)) == ["expected_output"]


def test_a_correction_may_be_as_long_as_an_output():
    assert problems(Verb.CORRECT, expected_output="x" * 50) == {}


def test_all_faults_are_told_at_once():
    assert set(problems(Verb.REJECT, reason="", quality_score=0)) == {"reason", "quality_score"}


@pytest.mark.parametrize("verb", [one for one in Verb if one is not Verb.REJECT])
def test_nothing_else_needs_a_reason(verb):
    assert problems(verb, reason="", quality_score=5) == {}


@pytest.mark.parametrize("verb", [one for one in Verb if one is not Verb.CORRECT])
def test_nothing_else_needs_another_output(verb):
    assert problems(verb, expected_output=None, quality_score=5) == {}


@pytest.mark.parametrize("verdict", OpinionVerdict)
@pytest.mark.parametrize("score", [None, 1, 10])
@pytest.mark.parametrize("comment", ["", "Fine.", "x" * REASON_MAX_CHARACTERS])
def test_an_opinion_is_a_verdict_and_what_one_likes_to_add(verdict, score, comment):
    assert problems_of_opinion(verdict=verdict.value, quality_score=score, comment=comment) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", ""),
        ("verdict", "Approve"),
        ("verdict", "approved"),
        ("quality_score", 0),
        ("quality_score", 11),
        ("comment", "x" * (REASON_MAX_CHARACTERS + 1)),
        ("comment", "\x00"),
    ],
)
def test_what_is_no_opinion_is_told_beside_its_field(field, value):
    assert list(problems_of_opinion(**{field: value})) == [field]


def test_which_verdicts_there_are_is_said():
    assert "approve or reject" in problems_of_opinion(verdict="maybe")["verdict"]


@pytest.mark.parametrize(
    ("verdict", "status", "expected"),
    [
        ("approve", "approved", True),
        ("approve", "rejected", False),
        ("reject", "rejected", True),
        ("reject", "approved", False),
        ("approve", "pending", None),
        ("reject", "pending", None),
    ],
)
def test_an_opinion_agrees_with_a_decision_that_says_the_same(verdict, status, expected):
    assert agrees(verdict, status) is expected

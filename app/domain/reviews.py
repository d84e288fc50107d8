"""Review: what its author decides about a skill's examples, and what a second opinion can say."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.text import problem_with_optional_text, problem_with_text
from app.domain.training_examples import Status, problem_with_score

REASON_MAX_CHARACTERS = 2_000


class Verb(StrEnum):
    """What a review does to an example."""

    APPROVE = "approve"
    CORRECT = "correct"
    REJECT = "reject"
    SCORE = "score"
    FOLD = "fold"


LEADS_TO: Mapping[Verb, Status | None] = {
    Verb.APPROVE: Status.APPROVED,
    Verb.CORRECT: Status.APPROVED,
    Verb.REJECT: Status.REJECTED,
    Verb.SCORE: None,
    Verb.FOLD: Status.REJECTED,
}
"""The state an example is in afterwards; None: the one it was in."""

DONE: Mapping[Verb, str] = {
    Verb.APPROVE: "approved",
    Verb.CORRECT: "corrected and approved",
    Verb.REJECT: "rejected",
    Verb.SCORE: "scored",
    Verb.FOLD: "folded",
}


def problems_with_decision(
    verb: Verb, *, reason: str, expected_output: str | None, quality_score: int | None, max_characters: int
) -> dict[str, str]:
    """Return one sentence per faulty field of a decision; empty when all is well. A rejection says why."""
    found = {"quality_score": problem_with_score(quality_score)}
    if verb is Verb.SCORE and quality_score is None:
        found["quality_score"] = "Choose a score from 1 to 10."
    if verb is Verb.REJECT:
        found["reason"] = problem_with_text(reason, what="reason", max_characters=REASON_MAX_CHARACTERS)
    if verb is Verb.CORRECT:
        found["expected_output"] = problem_with_text(
            expected_output or "", what="corrected output", max_characters=max_characters
        )
    return {field: problem for field, problem in found.items() if problem}


class OpinionVerdict(StrEnum):
    """What a second opinion says of an example."""

    APPROVE = "approve"
    REJECT = "reject"


def problems_with_opinion(*, verdict: str, quality_score: int | None, comment: str) -> dict[str, str]:
    """Return one sentence per faulty field of a second opinion; empty when all is well."""
    known = {verdict.value for verdict in OpinionVerdict}
    found = {
        "verdict": None if verdict in known else f"Choose one: {' or '.join(sorted(known))}.",
        "quality_score": problem_with_score(quality_score),
        "comment": problem_with_optional_text(comment, what="comment", max_characters=REASON_MAX_CHARACTERS),
    }
    return {field: problem for field, problem in found.items() if problem}


def agrees(verdict: str, status: str) -> bool | None:
    """Return whether an opinion agrees with what was decided; None while nothing is."""
    decided = {Status.APPROVED.value: OpinionVerdict.APPROVE, Status.REJECTED.value: OpinionVerdict.REJECT}.get(status)
    return None if decided is None else verdict == decided

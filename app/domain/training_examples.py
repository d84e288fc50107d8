"""What a training example is: its sources, its lifecycle, what makes it valid and what makes two the same."""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from app.domain.errors import Conflict, Invalid
from app.domain.example_details import NO_DETAILS, Details, Turn, problems_with_details
from app.domain.redaction import RedactedText, Redactor
from app.domain.text import normalise_newlines, problem_with_text


class Source(StrEnum):
    """Where an example came from."""

    WEB = "web"
    USAGE_CAPTURE = "usage_capture"


class Status(StrEnum):
    """Where an example stands in review."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    Status.PENDING: frozenset({Status.APPROVED, Status.REJECTED}),
    Status.APPROVED: frozenset({Status.REJECTED}),
    Status.REJECTED: frozenset({Status.APPROVED}),
}

PUBLIC_STATUSES: tuple[Status, ...] = (Status.APPROVED,)
"""What anyone who may view the skill sees; the other states are for the author and administrators."""

SCORES = range(1, 11)


class Sort(StrEnum):
    """The order of a list of examples."""

    NEWEST = "newest"
    SCORE = "score"


def check_transition(current: Status, wanted: Status) -> None:
    """Raise `Conflict`, naming what is possible, unless `current` may become `wanted`."""
    possible = TRANSITIONS[current]
    if wanted not in possible:
        names = " or ".join(sorted(possible))
        raise Conflict(f"This example is {current}; from there it can become {names}, not {wanted}.")


class CleanExample(NamedTuple):
    """An example that may be stored: checked, its line ends normalised, its secrets replaced."""

    example_input: RedactedText
    example_output: RedactedText
    details: Details
    digest: str
    secrets_found: tuple[str, ...]
    expected_output: RedactedText | None = None


def clean_example(
    redactor: Redactor,
    *,
    example_input: str,
    example_output: str,
    quality_score: int | None,
    expected_output: str | None = None,
    details: Details = NO_DETAILS,
    max_characters: int,
) -> CleanExample:
    """Return what may be stored of an example; raise `Invalid` with every fault.

    `redactor` is the skill's, and new: one secret has one placeholder in the input and in the output, so that the pair
    stays a pair.
    """
    problems = problems_with_example(
        example_input=example_input,
        example_output=example_output,
        quality_score=quality_score,
        max_characters=max_characters,
    ) | problems_with_details(details, max_characters=max_characters)
    if problems:
        raise Invalid(problems)
    texts = (example_input, example_output, *(turn.content for turn in details.turns))
    if expected_output is not None:
        texts = (*texts, expected_output)
    cleaned = redactor.together(*map(normalise_newlines, texts))
    beside = redactor.sanitize_object({"tags": details.tags, "metadata": details.metadata or {}})
    clean_input, clean_output, *clean_turns = [one.sanitized for one in cleaned]
    clean_expected = None if expected_output is None else clean_turns.pop()
    turns = tuple(Turn(turn.role, text) for turn, text in zip(details.turns, clean_turns, strict=True))
    return CleanExample(
        clean_input,
        clean_output,
        Details(tuple(sorted(set(beside.sanitized["tags"]))), beside.sanitized["metadata"] or None, turns),
        content_digest(clean_input, clean_output, turns),
        tuple(dict.fromkeys([*chain(*(one.secrets_found for one in cleaned)), *beside.secrets_found])),
        clean_expected,
    )


def problems_with_example(
    *, example_input: str, example_output: str, quality_score: int | None, max_characters: int
) -> dict[str, str]:
    """Return one sentence per faulty field, keyed by the field's name; empty when all is well."""
    found = {
        "example_input": problem_with_text(example_input, what="input", max_characters=max_characters),
        "example_output": problem_with_text(example_output, what="output", max_characters=max_characters),
        "quality_score": problem_with_score(quality_score),
    }
    return {field: problem for field, problem in found.items() if problem}


def problem_with_score(score: int | None) -> str | None:
    """Return why `score` is no quality score (a whole number from 1 to 10, or none at all), or None."""
    if score is None or score in SCORES:
        return None
    return f"Give a score from {SCORES[0]} to {SCORES[-1]}, or leave it empty."


def content_digest(example_input: str, example_output: str, turns: Sequence[Turn] = ()) -> str:
    """Return the SHA-256, in hex, of an example's content: equal digests are the same example.

    The input's length goes in first, so that text moved from the input to the output is another example.
    """
    before = [str(part) for turn in turns for part in (turn.role, len(turn.content), turn.content)]
    parts = (*before, str(len(example_input)), example_input, example_output)
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()

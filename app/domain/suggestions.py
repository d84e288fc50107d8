"""What a suggestion is: its categories, severities, lifecycle, and what makes it valid."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.text import problem_with_optional_text, problem_with_text

COMMENT_MIN_CHARACTERS = 10
COMMENT_MAX_CHARACTERS = 2_000
CONTENT_MAX_CHARACTERS = 100_000


class Category(StrEnum):
    """What a suggestion is about."""

    OUTPUT_QUALITY = "output_quality"
    MISSING_FEATURE = "missing_feature"
    ERROR = "error"
    PERFORMANCE = "performance"
    OTHER = "other"


class Severity(StrEnum):
    """How much it matters to the person who suggests it."""

    NICE_TO_HAVE = "nice_to_have"
    IMPORTANT = "important"
    CRITICAL = "critical"


class Status(StrEnum):
    """Where a suggestion stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    IMPLEMENTED = "implemented"
    DISMISSED = "dismissed"


TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    Status.PENDING: frozenset({Status.ACCEPTED, Status.DISMISSED}),
    Status.ACCEPTED: frozenset({Status.IMPLEMENTED, Status.DISMISSED}),
    Status.IMPLEMENTED: frozenset(),
    Status.DISMISSED: frozenset({Status.PENDING}),
}


def problems_with_suggestion(
    *, category: str, severity: str, comment: str, suggested_content: str | None
) -> dict[str, str]:
    """Return one sentence per faulty field, keyed by the field's name; empty when all is well."""
    found = {
        "category": _problem_with_choice(category, Category, what="category"),
        "severity": _problem_with_choice(severity, Severity, what="severity"),
        "comment": problem_with_text(
            comment,
            what="comment",
            min_characters=COMMENT_MIN_CHARACTERS,
            max_characters=COMMENT_MAX_CHARACTERS,
        ),
        "suggested_content": problem_with_optional_text(
            suggested_content or "", what="suggested content", max_characters=CONTENT_MAX_CHARACTERS
        ),
    }
    return {field: problem for field, problem in found.items() if problem}


def _problem_with_choice(value: str, choices: type[StrEnum], *, what: str) -> str | None:
    if value in [choice.value for choice in choices]:
        return None
    return f"Choose a {what}: " + ", ".join(choices) + "."

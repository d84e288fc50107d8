"""What a suggestion is: its categories, severities, lifecycle, and what makes it valid."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from app.domain.errors import Conflict, Invalid
from app.domain.frontmatter import SkillFileFaults
from app.domain.redaction import RedactedText, Redactor
from app.domain.skill_md import MAX_CHARACTERS, SkillFile, parse_skill_file
from app.domain.text import normalise_newlines, problem_with_optional_text, problem_with_text

COMMENT_MIN_CHARACTERS = 10
COMMENT_MAX_CHARACTERS = 2_000
CONTENT_MAX_CHARACTERS = MAX_CHARACTERS
REPLY_MAX_CHARACTERS = 2_000


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


def possible_moves(current: Status) -> tuple[Status, ...]:
    """Return what a suggestion that is `current` can become, in the order of the states."""
    return tuple(status for status in Status if status in TRANSITIONS[current])


def check_transition(current: Status, wanted: Status) -> None:
    """Raise `Conflict`, naming what is possible, unless `current` may become `wanted`."""
    if wanted in TRANSITIONS[current]:
        return
    names = " or ".join(possible_moves(current))
    ways = f"from there it can become {names}, not {wanted}" if names else f"that is its end, it cannot become {wanted}"
    raise Conflict(f"This suggestion is {current}; {ways}.")


class CleanSuggestion(NamedTuple):
    """A suggestion's texts that may be stored: checked, their line ends normalised, their secrets replaced."""

    comment: RedactedText
    suggested_content: RedactedText | None
    secrets_found: tuple[str, ...]


def clean_suggestion(
    redactor: Redactor, *, category: str, severity: str, comment: str, suggested_content: str | None
) -> CleanSuggestion:
    """Return what may be stored of a suggestion that somebody typed; raise `Invalid` with every fault.

    `redactor` is the skill's, and new: one secret has one placeholder in the comment and in the content. Content
    without a word is none.
    """
    problems = problems_with_suggestion(
        category=category, severity=severity, comment=comment, suggested_content=suggested_content
    )
    if problems:
        raise Invalid(problems)
    cleaned = redactor.sanitize(normalise_newlines(comment))
    if not (suggested_content or "").strip():
        return CleanSuggestion(cleaned.sanitized, None, cleaned.secrets_found)
    content = redactor.sanitize(normalise_newlines(suggested_content or ""))
    kinds = tuple(dict.fromkeys(cleaned.secrets_found + content.secrets_found))
    return CleanSuggestion(cleaned.sanitized, content.sanitized, kinds)


def is_whole_file(suggested_content: str) -> bool:
    """Return whether the content is meant to be a whole SKILL.md, which begins with its frontmatter, not a passage."""
    return suggested_content.removeprefix("\ufeff").startswith("---")


def suggested_file(suggested_content: str | None, *, name: str) -> SkillFile:
    """Return the SKILL.md that a suggestion for the skill called `name` brings; raise `Invalid` with every fault."""
    if suggested_content is None:
        raise Invalid({"suggested_content": "This suggestion brings no SKILL.md that could be applied."})
    try:
        return parse_skill_file(suggested_content, name=name)
    except SkillFileFaults as error:
        faults = enumerate(error.faults, start=1)
        raise Invalid({f"suggested_content.{number}": str(fault) for number, fault in faults}) from error


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


def problem_with_reply(reply: str) -> str | None:
    """Return why `reply` cannot be the author's reply, or None."""
    return problem_with_text(reply, what="reply", max_characters=REPLY_MAX_CHARACTERS)


def _problem_with_choice(value: str, choices: type[StrEnum], *, what: str) -> str | None:
    if value in [choice.value for choice in choices]:
        return None
    return f"Choose a {what}: " + ", ".join(choices) + "."

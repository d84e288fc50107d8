"""What people are notified of: ONE table. A new kind is a new row here, and a `notify(...)` where it happens."""

from enum import Enum
from typing import NamedTuple


class Page(Enum):
    """Where a notification leads."""

    SKILL = "skill"
    SUGGESTION = "suggestion"
    TRAINING_EXAMPLE = "training_example"
    TRAINING_DATA = "training_data"
    REVIEW = "review"
    OPINION = "opinion"


class Row(NamedTuple):
    """One kind: the sentence with who, which skill and what became of it, its page, and the label of its switch."""

    sentence: str
    page: Page
    switch: str


class Kind(Enum):
    """The kinds by name. The name in lower case is what is stored, so it stays once it is used."""

    SUGGESTION_RECEIVED = Row(
        "{actor} suggested an improvement to {skill}.",
        Page.SUGGESTION,
        "Somebody suggests an improvement to a skill of mine",
    )
    SUGGESTION_MOVED = Row(
        "{actor} marked your suggestion for {skill} as {detail}.",
        Page.SUGGESTION,
        "A suggestion of mine is accepted, dismissed, reopened or implemented",
    )
    SUGGESTION_REPLIED = Row(
        "{actor} replied to your suggestion for {skill}.",
        Page.SUGGESTION,
        "Somebody replies to a suggestion of mine",
    )
    FALSE_ALARM_MARKED = Row(
        "{actor} thinks that something was taken out of an example of {skill} that is no secret.",
        Page.TRAINING_EXAMPLE,
        "Somebody marks a false alarm of redaction in a skill of mine",
    )
    CAPTURED_EXAMPLES_ERASED = Row(
        "{actor} took back captured examples of {skill} ({detail}): they are deleted.",
        Page.TRAINING_DATA,
        "Captured examples of a skill of mine are taken back by whose usage they were",
    )
    OPINION_ASKED = Row(
        "{actor} asks what you think of an example of {skill}.",
        Page.OPINION,
        "Somebody asks me for a second opinion on an example",
    )
    OPINION_GIVEN = Row(
        "{actor} gave the second opinion you asked for, on an example of {skill}.",
        Page.REVIEW,
        "Somebody gives me the second opinion I asked for",
    )
    AUTHORSHIP_HANDED_OVER = Row(
        "{actor} made you the author of {skill}.",
        Page.SKILL,
        "A skill is handed over to me",
    )
    AUTHORSHIP_TAKEN = Row(
        "{actor} handed {skill}, which was yours, to another author.",
        Page.SKILL,
        "A skill of mine is handed over to somebody else",
    )

    @property
    def key(self) -> str:
        """Return the name that is stored."""
        return self.name.lower()


BY_KEY = {kind.key: kind for kind in Kind}
SOMEBODY = "Somebody"
"""Who did it, where the one who did is not known."""


def sentence_of(key: str, *, actor: str | None, skill: str, detail: str | None) -> str:
    """Return the sentence to show for a stored notification, its first letter as it is."""
    return BY_KEY[key].value.sentence.format(actor=actor or SOMEBODY, skill=skill, detail=detail or "")

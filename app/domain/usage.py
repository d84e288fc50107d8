"""Usage: that somebody used a skill, perhaps with what they gave it and what it gave them, and what became of that."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain import consent

CONTENT_MAX_CHARACTERS = 100_000
WORD_MAX_CHARACTERS = 200
"""What fits in a tool's name, a model's name and a session's id."""
MAX_EVENTS = 500
"""Events in one batch."""
MAX_COUNT = 2**31 - 1


class Exchange(NamedTuple):
    """Content: what a skill was given and what it answered, as far as either is known."""

    input: str | None
    output: str | None

    def itself(self) -> "Exchange":
        """Return what is known already, where a report's content need not be read first."""
        return self


@dataclass(frozen=True)
class Usage:
    """One use of a skill, as it is reported.

    `content` reads what was given and answered out of the report (None: there is none in it). Nobody calls it but what
    stands behind the gate.
    """

    skill: str
    tool_name: str
    ts: datetime
    content: Callable[[], Exchange] | None = None
    model_name: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    latency_ms: int | None = None
    session_id: str | None = None
    event_id: str | None = None


class Verdict(StrEnum):
    """What was done with the content of a use."""

    CAPTURED = "captured"
    DUPLICATE = "duplicate"
    NO_CONTENT = "no_content"
    INCOMPLETE_CONTENT = "incomplete_content"
    UNUSABLE_CONTENT = "unusable_content"
    CAPTURE_DISABLED = consent.Refusal.CAPTURE_DISABLED.value
    NO_CONSENT = consent.Refusal.NO_CONSENT.value
    CONSENT_OUTDATED = consent.Refusal.CONSENT_OUTDATED.value
    SKILL_EXCLUDED = consent.Refusal.SKILL_EXCLUDED.value


REASONS: Mapping[Verdict, str] = {
    Verdict.CAPTURED: "Stored as a pending example, without its secrets; the skill's author reviews it.",
    Verdict.DUPLICATE: "The skill has an example with this input and output already; nothing was stored.",
    Verdict.NO_CONTENT: "There was no input and no output; the use was counted.",
    Verdict.INCOMPLETE_CONTENT: "An example needs both an input and an output; nothing was stored.",
    Verdict.UNUSABLE_CONTENT: (
        f"The content is longer than {CONTENT_MAX_CHARACTERS:,} characters, or has some that no database can hold; "
        "nothing was stored."
    ),
    **{Verdict(kind.value): sentence for kind, sentence in consent.REASONS.items()},
}


def digest_of_event(event_id: str) -> str:
    """Return what an event's id is known by: its SHA-256, in hex. Whoever reports chooses ids, so they are not kept."""
    return hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()

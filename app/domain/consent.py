"""May this content be kept? The one gate between real usage and the database, and the words people agree to.

Nothing here looks at content: the gate is asked before anybody does. It is one function of plain values, so every way
that usage comes in (the API, traces, MCP) asks the same question, and a test can ask all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Notice(NamedTuple):
    """The wording people agree to. A change of its meaning is a new version, and nobody has agreed to that yet."""

    version: int
    paragraphs: tuple[str, ...]


NOTICES: Mapping[int, Notice] = {
    1: Notice(
        1,
        (
            "When this is on, and an administrator has switched capture on for the site as well, an input you give a "
            "skill and the output it gives you may be stored as a pending example. Secrets are removed first. The "
            "skill's author then approves or rejects it, and may ask somebody for a second opinion; approved examples "
            "may be used to evaluate and train.",
            "When this is off, nothing of what you write or receive is kept, whatever the site's settings are. You can "
            "switch it off again at any time: everything that was kept of yours is then deleted at once.",
        ),
    ),
}
"""Every wording there was, by version; the ledger names the version somebody agreed to."""

NOTICE = NOTICES[max(NOTICES)]


class Answer(StrEnum):
    """What somebody said about today's notice."""

    NEVER_ANSWERED = "never_answered"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What the ledger records."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Consent:
    """What one user allows: their answer, the version of the notice it is about (0: none), and skills left out."""

    is_given: bool = False
    notice_version: int = 0
    excluded_skills: frozenset[int] = frozenset()

    @property
    def answer(self) -> Answer:
        """Return the answer as it counts today: one to older words counts as none."""
        if self.notice_version != NOTICE.version:
            return Answer.NEVER_ANSWERED
        return Answer.GIVEN if self.is_given else Answer.WITHDRAWN


class Refusal(StrEnum):
    """Why content is not kept."""

    CAPTURE_DISABLED = "capture_disabled"
    NO_CONSENT = "no_consent"
    CONSENT_OUTDATED = "consent_outdated"
    SKILL_EXCLUDED = "skill_excluded"


REASONS: Mapping[Refusal, str] = {
    Refusal.CAPTURE_DISABLED: "Capture is switched off on this site; an administrator can switch it on.",
    Refusal.NO_CONSENT: "The user has not consented to keeping their usage; they can under Preferences.",
    Refusal.CONSENT_OUTDATED: "The user consented to an older wording of the notice, and has not answered this one.",
    Refusal.SKILL_EXCLUDED: "The user has left this skill out of their consent.",
}


def refusal(*, capture_enabled: bool, consent: Consent, skill_id: int) -> Refusal | None:
    """Return why content of this user's usage of this skill may not be kept, or None where it may."""
    if not capture_enabled:
        return Refusal.CAPTURE_DISABLED
    if consent.is_given and consent.answer is Answer.NEVER_ANSWERED:
        return Refusal.CONSENT_OUTDATED
    if consent.answer is not Answer.GIVEN:
        return Refusal.NO_CONSENT
    if skill_id in consent.excluded_skills:
        return Refusal.SKILL_EXCLUDED
    return None

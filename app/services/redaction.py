"""How the texts of a skill are cleaned: what its author and the administrators chose, as one redactor."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from app.domain.errors import Invalid
from app.domain.redaction import Redaction, Redactor
from app.domain.text import normalise_newlines
from app.models import AllowedText, Skill, User
from app.policies import Action, check
from app.services import audit
from app.services.site_settings import get_site_settings
from app.services.skills import get_skill, lock_skill
from app.services.transactions import reading, writing

EXCERPT_CHARACTERS = 60
"""How much of a line is shown on either side of what was taken out of it."""


class Policy(NamedTuple):
    """What is taken out of texts on one skill: personal data or not, and what is let through, by digest."""

    personal_data: bool
    allowed: frozenset[str]

    def redactor(self, *, also_allowed: Collection[str] = ()) -> Redactor:
        """Return a redactor for texts that belong together. `also_allowed` are further digests to let through."""
        return Redactor(personal_data=self.personal_data, allowed=self.allowed.union(also_allowed))


def policy_of(skill: Skill) -> Policy:
    """Return how texts on this skill are cleaned: as its author says, or else the site."""
    return Policy(redacts_personal_data(skill), get_allowed_digests(skill.id))


def redacts_personal_data(skill: Skill) -> bool:
    """Return whether personal data is taken out of texts on this skill."""
    if skill.redact_personal_data is not None:
        return skill.redact_personal_data
    return get_site_settings().redact_personal_data


def get_allowed_digests(skill_id: int) -> frozenset[str]:
    """Return the digests of the texts that the skill's author lets through. They are few: one query, whole."""
    return frozenset(reading().scalars(select(AllowedText.digest).where(AllowedText.skill_id == skill_id)))


def change_skill_redaction(actor: User, *, skill_id: int, redact_personal_data: bool | None) -> Skill:
    """Say whether personal data is taken out of new texts on the skill; None: as the site does. Only its author may."""
    check(actor, Action.CHANGE_REDACTION, get_skill(skill_id))
    with writing():
        skill = lock_skill(skill_id)
        check(actor, Action.CHANGE_REDACTION, skill)
        if skill.redact_personal_data != redact_personal_data:
            skill.redact_personal_data = redact_personal_data
            audit.record(
                actor_id=actor.id,
                action="skill.redaction_changed",
                subject="skill",
                subject_id=skill.id,
                redact_personal_data=redact_personal_data,
            )
    return skill


@dataclass(frozen=True)
class Removal:
    """One thing that would be taken out: its placeholder, its kind, the digest to allow it by, and where it stands."""

    placeholder: str
    kind: str
    digest: str
    field: str
    line: int
    excerpt: str


@dataclass(frozen=True)
class Preview:
    """What saving would do to some texts: what would go, and what stays because the author says so."""

    removals: tuple[Removal, ...]
    kept: tuple[tuple[str, str], ...]
    """(digest, kind) of what stays because it is in `not_secret`."""
    let_through: tuple[str, ...]
    """The kinds of what stays because the author said so before, once for each."""


def preview_redaction(skill: Skill, texts: dict[str, str], *, not_secret: Collection[str] = ()) -> Preview:
    """Return what would be taken out of `texts` (named by field) if they were saved now. Nothing is stored."""
    redactor = policy_of(skill).redactor(also_allowed=not_secret)
    cleaned = redactor.together(*(normalise_newlines(text) for text in texts.values()))
    removals: dict[str, Removal] = {}
    for field, redaction in zip(texts, cleaned, strict=True):
        for removal in _removals(field, redaction, redactor):
            removals.setdefault(removal.placeholder, removal)
    kept = tuple((digest, kind) for digest, kind in redactor.let_through.items() if digest in not_secret)
    let_through = tuple(kind for digest, kind in redactor.let_through.items() if digest not in not_secret)
    return Preview(tuple(removals.values()), kept, let_through)


def _removals(field: str, redaction: Redaction, redactor: Redactor) -> Iterator[Removal]:
    """Yield what was taken out of one text, by the lines it had when it was typed."""
    text = redaction.sanitized
    line, seen = 1, 0
    for kind, start, end in redaction.findings:
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        before = text[max(line_start, start - EXCERPT_CHARACTERS) : start]
        after = text[end : min(len(text) if line_end < 0 else line_end, end + EXCERPT_CHARACTERS)]
        placeholder = text[start:end]
        line += text.count("\n", seen, start)
        seen = end
        yield Removal(
            placeholder,
            kind,
            redactor.removed[placeholder].digest,
            field,
            line,
            before + placeholder + after,
        )
        line += redactor.removed[placeholder].line_breaks


def check_digests(not_secret: Collection[str]) -> None:
    """Raise `Invalid` unless every one of `not_secret` is a digest as `preview_redaction` gives them."""
    if any(len(digest) != 64 or not set(digest) <= set("0123456789abcdef") for digest in not_secret):
        raise Invalid({"not_secret": "This form is broken. Reload the page and try again."})

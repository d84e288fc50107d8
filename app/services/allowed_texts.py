"""False alarms that are settled: texts that a skill's author lets through, each known by its digest alone."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from app.domain.errors import NotFound
from app.models import AllowedText, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import audit, clock
from app.services.skills import get_skill
from app.services.transactions import reading, writing


class AllowedTextWithUser(NamedTuple):
    """One row of the list: the digest that is allowed, and who allowed it."""

    allowed: AllowedText
    user_name: str


def allow_texts(actor: User, *, skill_id: int, kinds: Mapping[str, str]) -> None:
    """Let texts through, by digest, each with the kind it was taken for: a part of the change that brings them.

    What is allowed already stays as it is. Only the skill's author may.
    """
    check(actor, Action.CHANGE_REDACTION, get_skill(skill_id))
    with writing() as session:
        known = set(session.scalars(select(AllowedText.digest).where(AllowedText.skill_id == skill_id)))
        for digest, kind in kinds.items():
            if digest in known:
                continue
            row = AllowedText(skill_id=skill_id, digest=digest, kind=kind, created_at=clock.now(), created_by=actor.id)
            session.add(row)
            _audit(actor, "text_allowed", row)


def withdraw_allowed_text(actor: User, *, skill_id: int, allowed_id: int) -> None:
    """Take a text off the skill's list: from then on it is redacted like others. What was saved stays as it is."""
    check(actor, Action.CHANGE_REDACTION, get_skill(skill_id))
    with writing() as session:
        row = session.get(AllowedText, allowed_id, with_for_update=True) if is_id(allowed_id) else None
        if row is None or row.skill_id != skill_id:
            raise NotFound(f"allowed text with the number {allowed_id}")
        _audit(actor, "text_disallowed", row)
        session.delete(row)


def get_allowed_texts(skill_id: int) -> list[AllowedTextWithUser]:
    """Return the skill's whole list, newest first."""
    statement = (
        select(AllowedText, User.name)
        .join(User, User.id == AllowedText.created_by)
        .where(AllowedText.skill_id == skill_id)
        .order_by(AllowedText.id.desc())
    )
    return [AllowedTextWithUser(row, name) for row, name in reading().execute(statement)]


def _audit(actor: User, verb: str, row: AllowedText) -> None:
    audit.record(
        actor_id=actor.id,
        action=f"redaction.{verb}",
        subject="skill",
        subject_id=row.skill_id,
        kind=row.kind,
        digest=row.digest,
    )

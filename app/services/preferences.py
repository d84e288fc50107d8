"""Changing what a user chose. Answers about consent go into the ledger, and are acted on, in the same transaction."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.domain.consent import NOTICE, Answer, Decision
from app.domain.erasures import Reason
from app.domain.errors import NotFound
from app.domain.preferences import Preferences
from app.models import Skill, User
from app.policies import Action, check
from app.services import audit, clock
from app.services.consent import record_answer, record_exclusions
from app.services.skills import get_skill
from app.services.stored_preferences import get_preferences, lock_preferences
from app.services.transactions import reading, writing

__all__ = ["change_preferences", "exclude_skill", "get_excluded_skills", "get_preferences", "include_skill"]


def change_preferences(actor: User, **wanted: Any) -> Preferences:
    """Set the acting user's own preferences by name; unnamed ones stay. What changed is audited.

    Raises `TypeError` for a name that `Preferences` does not declare.
    """
    check(actor, Action.USE_OWN_ACCOUNT)
    if "consent_notice_version" in wanted:
        raise TypeError("The version of the notice is set with the answer to it.")
    with writing():
        row = lock_preferences(actor.id)
        before = Preferences.from_stored(row.values)
        after = _with_decisions(actor, before, replace(before, **wanted), answers="training_data_consent" in wanted)
        known = before.to_stored()
        changes = {name: value for name, value in after.to_stored().items() if known[name] != value}
        if changes:
            row.values = {**row.values, **changes}
            row.updated_at = clock.now()
            audit.record(
                actor_id=actor.id, action="preferences.changed", subject="user", subject_id=actor.id, **changes
            )
    return after


def exclude_skill(actor: User, *, skill_id: int) -> None:
    """Leave a skill out of the acting user's consent; what it has of their usage is deleted."""
    with writing():
        change_preferences(actor, training_data_excluded_skills=_held(actor) | {str(get_skill(skill_id).id)})


def include_skill(actor: User, *, skill_id: int) -> None:
    """Take a skill into the acting user's consent again; `NotFound` where it was not left out."""
    with writing():
        excluded = _held(actor)
        if str(skill_id) not in excluded:
            raise NotFound("skill with this number among those you left out")
        change_preferences(actor, training_data_excluded_skills=excluded - {str(skill_id)})


def get_excluded_skills(actor: User) -> Sequence[Skill]:
    """Return the skills that the acting user's consent leaves out."""
    check(actor, Action.USE_OWN_ACCOUNT)
    excluded = get_preferences(actor.id).consent.excluded_skills
    return reading().scalars(select(Skill).where(Skill.id.in_(excluded)).order_by(Skill.title)).all()


def _held(actor: User) -> frozenset[str]:
    """Return the skills that are left out, kept so until the running change ends."""
    check(actor, Action.USE_OWN_ACCOUNT)
    return Preferences.from_stored(lock_preferences(actor.id).values).training_data_excluded_skills


def _with_decisions(actor: User, before: Preferences, after: Preferences, *, answers: bool) -> Preferences:
    """Put what was decided about consent into the ledger, and return the choices with the notice they are about."""
    left_out = after.consent.excluded_skills - before.consent.excluded_skills
    taken_in = before.consent.excluded_skills - after.consent.excluded_skills
    record_exclusions(actor.id, excluded=left_out, included=taken_in, actor_id=actor.id)
    is_given = before.consent.answer is Answer.GIVEN
    if not answers or (after.training_data_consent == is_given and before.training_data_consent == is_given):
        return after
    decision = Decision.GIVEN if after.training_data_consent else Decision.WITHDRAWN
    record_answer(actor.id, decision, actor_id=actor.id, reason=Reason.CONSENT_WITHDRAWN)
    return replace(after, consent_notice_version=NOTICE.version)

"""Consent, provable: a ledger that is only ever appended to, and deletion that happens with the answer.

What counts today is in the user's preferences (`services/preferences.py`), written in the same transaction; the ledger
says how it came to that.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.consent import NOTICE, Decision
from app.domain.erasures import Reason
from app.models import ConsentRecord, User
from app.policies import Action, check
from app.services import clock
from app.services.erasures import erase_captured_examples
from app.services.transactions import reading, writing


def record_answer(user_id: int, decision: Decision, *, actor_id: int | None, reason: Reason) -> ConsentRecord:
    """Append the user's answer to the ledger, as a part of the running change; a withdrawal deletes what there is."""
    record = _append(user_id, decision, actor_id=actor_id)
    if decision is Decision.WITHDRAWN:
        erase_captured_examples(user_id, reason=reason)
    return record


def record_exclusions(user_id: int, *, excluded: Iterable[int], included: Iterable[int], actor_id: int) -> None:
    """Append which skills the user left out of their consent, and took in again; what was left out is deleted."""
    for skill_id in sorted(excluded):
        _append(user_id, Decision.WITHDRAWN, actor_id=actor_id, skill_id=skill_id)
        erase_captured_examples(user_id, reason=Reason.SKILL_EXCLUDED, skill_id=skill_id)
    for skill_id in sorted(included):
        _append(user_id, Decision.GIVEN, actor_id=actor_id, skill_id=skill_id)


def find_consent_record_id(user_id: int) -> int | None:
    """Return the number of the ledger's line by which the user consents, which is their latest; None without one."""
    return reading().scalar(
        select(func.max(ConsentRecord.id)).where(ConsentRecord.user_id == user_id, ConsentRecord.skill_id.is_(None))
    )


def get_own_ledger(actor: User) -> Sequence[ConsentRecord]:
    """Return what the acting user decided, newest first: few lines, one query."""
    check(actor, Action.USE_OWN_ACCOUNT)
    return (
        reading()
        .scalars(select(ConsentRecord).where(ConsentRecord.user_id == actor.id).order_by(ConsentRecord.id.desc()))
        .all()
    )


class AnswerCount(NamedTuple):
    """How many users' latest answer is this decision about this version of the notice."""

    decision: str
    notice_version: int
    users: int


def count_answers(actor: User) -> list[AnswerCount]:
    """Return how many users answered what, by the version of the notice. For administrators; it names nobody."""
    check(actor, Action.ADMINISTER_SITE)
    latest = select(func.max(ConsentRecord.id)).where(ConsentRecord.skill_id.is_(None)).group_by(ConsentRecord.user_id)
    statement = (
        select(ConsentRecord.decision, ConsentRecord.notice_version, func.count())
        .where(ConsentRecord.id.in_(latest))
        .group_by(ConsentRecord.decision, ConsentRecord.notice_version)
        .order_by(ConsentRecord.notice_version.desc(), ConsentRecord.decision)
    )
    return [AnswerCount(*row) for row in reading().execute(statement)]


def _append(user_id: int, decision: Decision, *, actor_id: int | None, skill_id: int | None = None) -> ConsentRecord:
    record = ConsentRecord(
        user_id=user_id,
        actor_id=actor_id,
        decision=decision.value,
        skill_id=skill_id,
        notice_version=NOTICE.version,
        at=clock.now(),
    )
    with writing() as session:
        session.add(record)
        session.flush()
    return record

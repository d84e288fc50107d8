"""Deleting captured examples so that they are really gone: rows, search index, and the pages they lay on.

One transaction deletes the rows, moves the skills' counters, leaves content-free tombstones and tells the authors; all
of it or nothing. What is deleted leaves the files of the database right after the commit: SQLite zeroes freed pages,
the search index is merged so that it forgets their words, and the log is written back and emptied. A server that dies
in between does that at its next start (`scrub_erased`).

How costs grow: with the examples that are deleted, plus one merge of the search index, which is as large as all
examples' words.
"""

import logging
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, update

from app.database import scrub
from app.domain.erasures import Reason, Withdrawal
from app.domain.notifications import Kind
from app.domain.training_examples import Source, Status
from app.extensions import db
from app.models import Erasure, Example, Skill, Tombstone, TrainingExample, User
from app.policies import Action, check
from app.services import audit, clock, search
from app.services.counters import note_change
from app.services.former_rows import withdraw_former
from app.services.notifications import notify
from app.services.skills import lock_skill
from app.services.transactions import after_commit, reading, writing
from app.services.withdrawals import note_withdrawn_examples, withdraw_captured_rows

log = logging.getLogger(__name__)
SECONDS_FOR_READERS = 3
"""How long whoever withdraws waits for others' reads to end, so that the log can be emptied."""


def erase_captured_examples(
    user_id: int, *, reason: Reason, skill_id: int | None = None, example_ids: Collection[int] | None = None
) -> Erasure | None:
    """Delete the user's captured examples, of one skill or by their ids where given, as a part of the running change.

    Those go too that the skill's author has deleted and that are in the bin, and versions that hold them lose them.
    Returns None where there were none.
    """
    which = _captured_by(user_id, skill_id=skill_id, example_ids=example_ids)
    why = Withdrawal(reason.value)
    with writing() as session:
        affected = _lock_skills(which)
        withdrawn = withdraw_captured_rows(user_id, reason=why, skill_id=skill_id, example_ids=example_ids)
        former = withdraw_former(user_id, reason=why, skill_id=skill_id, example_ids=example_ids)
        if not affected and not withdrawn and not former:
            return None
        note_withdrawn_examples(which, reason=why)
        erasure = Erasure(user_id=user_id, reason=reason.value, examples=sum(affected.values()), at=clock.now())
        session.add(erasure)
        session.flush()
        _bury(erasure, which)
        _count_down(which)
        session.execute(delete(Example).where(*which), execution_options={"synchronize_session": False})
        for skill, count in affected.items():
            notify(
                Kind.CAPTURED_EXAMPLES_ERASED, user_id=skill.author_id, actor=None, skill_id=skill.id, detail=str(count)
            )
        audit.record(
            actor_id=user_id,
            action="captured_examples.erased",
            subject="user",
            subject_id=user_id,
            reason=reason.value,
            examples=erasure.examples,
        )
        after_commit(scrub_erased)
    return erasure


def scrub_erased() -> bool:
    """Take what was erased out of the database's files, where that was not done yet; return whether nothing is left.

    Somebody who reads for long can prevent it; the next erasure, or the next start, tries again.
    """
    waiting = reading().scalars(select(Erasure.id).where(Erasure.scrubbed_at.is_(None))).all()
    reading().rollback()  # a transaction that has only read would keep the old pages
    if not waiting:
        return True
    try:
        scrub(db.engine, [index.fts_table for index in search.INDEXES.values()], seconds=SECONDS_FOR_READERS)
    except TimeoutError:
        log.warning("Erased examples are not yet out of the database's log: somebody reads for long.")
        return False
    with writing() as session:
        session.execute(update(Erasure).where(Erasure.id.in_(waiting)).values(scrubbed_at=clock.now()))
    return True


def get_erasures(actor: User, *, limit: int = 50) -> Sequence[Erasure]:
    """Return the newest erasures, for administrators: whose, how many, why and when, and nothing of what was there."""
    check(actor, Action.ADMINISTER_SITE)
    return reading().scalars(select(Erasure).order_by(Erasure.id.desc()).limit(limit)).all()


def _captured_by(
    user_id: int, *, skill_id: int | None, example_ids: Collection[int] | None
) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = [
        Example.user_id == user_id,
        Example.source == Source.USAGE_CAPTURE.value,
    ]
    if skill_id is not None:
        which.append(Example.skill_id == skill_id)
    if example_ids is not None:
        which.append(Example.id.in_(example_ids))
    return which


def _lock_skills(which: list[ColumnElement[bool]]) -> dict[Skill, int]:
    """Take the turn of every skill that loses examples, in the order of their ids, and return how many each loses."""
    per_skill = select(Example.skill_id, func.count()).where(*which).group_by(Example.skill_id)
    skill_ids = sorted(skill_id for skill_id, _ in reading().execute(per_skill))
    skills = {skill_id: lock_skill(skill_id) for skill_id in skill_ids}
    return {skills[skill_id]: count for skill_id, count in reading().execute(per_skill) if skill_id in skills}


def _bury(erasure: Erasure, which: list[ColumnElement[bool]]) -> None:
    buried = select(
        Example.id,
        literal(erasure.id),
        Example.skill_id,
        Example.usage_event_id,
        Example.status,
        Example.created_at,
    ).where(*which)
    columns = ["example_id", "erasure_id", "skill_id", "usage_event_id", "status", "captured_at"]
    reading().execute(insert(Tombstone).from_select(columns, buried))


def _count_down(which: list[ColumnElement[bool]]) -> None:
    """Move the counters of every skill, which know nothing of the bin, and the versions that open pages watch."""
    states = (
        select(TrainingExample.skill_id, TrainingExample.status, func.count())
        .where(*which)
        .group_by(TrainingExample.skill_id, TrainingExample.status)
    )
    moved: dict[int, dict[Status, int]] = {}
    for skill_id, status, count in reading().execute(states):
        moved.setdefault(skill_id, {})[Status(str(status))] = count
    for skill_id, counts in moved.items():
        note_change(skill_id, {status: -count for status, count in counts.items()})

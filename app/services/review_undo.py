"""Undoing what a reviewer did: the examples are as the action found them, except those that somebody changed since.

Steps on one example are undone one after the other: undoing makes a revision of its own, and tells it to the action
before. How costs grow: a fixed number of statements, whose time grows with the examples of the action.
"""

from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.orm import aliased

from app.domain.errors import Conflict, NotFound
from app.domain.training_examples import Status
from app.models import ReviewAction, ReviewChange, TrainingExample, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import clock
from app.services.counters import move_counters, note_change
from app.services.former_rows import note_former
from app.services.reviews import note_in_audit
from app.services.skills import get_skill
from app.services.transactions import reading, writing
from app.services.undo_steps import let_earlier_steps_follow


class Undone(NamedTuple):
    """What undoing did: how many examples are as they were, and how many somebody changed since."""

    restored: int
    left_alone: int


def undo(actor: User, *, action_id: int, skill_id: int | None = None) -> Undone:
    """Take back one of the acting user's own actions, on the skill where one is given.

    `NotFound` for somebody else's action or another skill's, `Conflict` where it is undone already.
    """
    before = _get_own_action(actor, action_id)
    if skill_id not in (None, before.skill_id):
        raise NotFound(f"action of yours on this skill with the number {action_id}")
    check(actor, Action.REVIEW_TRAINING_EXAMPLES, get_skill(before.skill_id))
    with writing() as session:
        skill_id = before.skill_id
        check(actor, Action.REVIEW_TRAINING_EXAMPLES, note_change(skill_id))
        action = session.get_one(ReviewAction, action_id, with_for_update=True, populate_existing=True)
        if action.undone_at is not None:
            raise Conflict("This is undone already.")
        action.undone_at = clock.now()
        moved = _moves_back(action)
        let_earlier_steps_follow(_unchanged(action))
        restored = _restore(action)
        move_counters(skill_id, moved)
        note_in_audit(actor, "undo", skill_id, action, restored=restored)
    return Undone(restored, action.examples - restored)


def find_last_action(actor: User, skill_id: int) -> ReviewAction | None:
    """Return the acting user's newest action on this skill that is not undone, or None."""
    statement = select(ReviewAction).where(ReviewAction.skill_id == skill_id, ReviewAction.reviewer_id == actor.id)
    return (
        reading()
        .scalars(statement.where(ReviewAction.undone_at.is_(None)).order_by(ReviewAction.id.desc()).limit(1))
        .first()
    )


def _unchanged(action: ReviewAction) -> Select[int, int]:
    """Return the examples of an action that nobody changed since, and the revision that it made of each."""
    return (
        select(ReviewChange.example_id, ReviewChange.revision)
        .join(TrainingExample, TrainingExample.id == ReviewChange.example_id)
        .where(ReviewChange.action_id == action.id, TrainingExample.revision == ReviewChange.revision)
    )


def _moves_back(action: ReviewAction) -> dict[Status, int]:
    """Return how the skill's counters move when the action is undone."""
    statement = (
        select(TrainingExample.status, ReviewChange.status, func.count())
        .join(ReviewChange, ReviewChange.example_id == TrainingExample.id)
        .where(ReviewChange.action_id == action.id, TrainingExample.revision == ReviewChange.revision)
        .group_by(TrainingExample.status, ReviewChange.status)
    )
    moved: dict[Status, int] = {}
    for now, then, count in reading().execute(statement):
        moved[Status(str(now))] = moved.get(Status(str(now)), 0) - count
        moved[Status(then)] = moved.get(Status(then), 0) + count
    return moved


def _restore(action: ReviewAction) -> int:
    """Give the examples what the action kept of them. Words that older rules cleaned are behind again, for a rescan."""
    change = aliased(ReviewChange)
    own = (change.action_id == action.id) & (change.example_id == TrainingExample.id)
    values: dict[Any, Any] = {
        getattr(TrainingExample, name): select(getattr(change, name)).where(own).scalar_subquery()
        for name in ReviewChange.KEPT
    }
    rules_then = select(change.rules_version).where(own).scalar_subquery()
    values |= {
        TrainingExample.rules_version: case(
            (rules_then < TrainingExample.rules_version, rules_then), else_=TrainingExample.rules_version
        ),
        TrainingExample.revision: TrainingExample.revision + 1,
        TrainingExample.updated_at: clock.now(),
    }
    example_ids = _unchanged(action).with_only_columns(ReviewChange.example_id)
    note_former(TrainingExample.id.in_(example_ids))
    statement = update(TrainingExample).where(TrainingExample.id.in_(example_ids)).values(values)
    result = reading().execute(statement, execution_options={"synchronize_session": False})
    reading().expire_all()
    return int(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def _get_own_action(actor: User, action_id: int) -> ReviewAction:
    action = reading().get(ReviewAction, action_id) if is_id(action_id) else None
    if action is None or action.reviewer_id != actor.id:
        raise NotFound(f"action of yours with the number {action_id}")
    return action

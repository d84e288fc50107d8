"""What every skill keeps of its training data: a counter per state of its examples, and the version pages watch."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from app.domain.training_examples import Status
from app.models import Skill
from app.services.skills import update_skill

COUNTERS: Mapping[Status, InstrumentedAttribute[int]] = {
    Status.PENDING: Skill.training_examples_pending,
    Status.APPROVED: Skill.training_examples_approved,
    Status.REJECTED: Skill.training_examples_rejected,
}


def note_change(skill_id: int, moved: Mapping[Status, int] | None = None) -> Skill:
    """Tell the skill that its training data changes, and return it as it is now; raise `NotFound`.

    Open pages see the version rise, the counters follow `moved`. The first statement of a change: it also keeps other
    changes of the same skill waiting until this one ends.
    """
    version = {Skill.training_data_version: Skill.training_data_version + 1}
    return update_skill(skill_id, {**version, **_moves(moved or {})})


def move_counters(skill_id: int, moved: Mapping[Status, int]) -> None:
    """Move the skill's counters, as a later part of a change that was noted before it was known what it moves."""
    if moved:
        update_skill(skill_id, _moves(moved))


def _moves(moved: Mapping[Status, int]) -> dict[InstrumentedAttribute[int], Any]:
    return {COUNTERS[status]: COUNTERS[status] + by for status, by in moved.items()}

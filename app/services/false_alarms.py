"""False alarms that wait: somebody says that a placeholder stands for no secret, and the skill's author decides.

What stood there is gone, so nobody can undo the redaction. The author types the text again into the example and says
there that it is no secret, or answers that it is one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, delete, select

from app.domain.datasets import canonical
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.notifications import Kind
from app.domain.redaction import placeholders_in
from app.models import FalseAlarm, TrainingExample, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import audit, clock
from app.services.counters import note_change
from app.services.notifications import notify
from app.services.skills import get_skill
from app.services.transactions import reading, writing


class FalseAlarmWithUser(NamedTuple):
    """One row of the list: the alarm that is doubted, and who doubts it."""

    alarm: FalseAlarm
    user_name: str


def mark_false_alarm(actor: User, *, example: TrainingExample, placeholder: str) -> FalseAlarm:
    """Say that the placeholder in the example stands for no secret, and tell the skill's author.

    Anybody who is signed in may. `Invalid` where the example has no such placeholder, `Conflict` where somebody said so
    before.
    """
    skill = get_skill(example.skill_id)
    check(actor, Action.MARK_FALSE_ALARM, skill)
    with writing() as session:
        skill = note_change(skill.id)
        fresh = session.get(TrainingExample, example.id, with_for_update=True, populate_existing=True)
        if fresh is None:
            raise NotFound(f"training example with the number {example.id}")
        if placeholder not in placeholders_of(fresh):
            raise Invalid({"placeholder": "Choose one of the placeholders in this example."})
        if placeholder in {row.alarm.placeholder for row in get_false_alarms([fresh.id])}:
            raise Conflict(f"Somebody marked {placeholder} already. It waits for the skill's author.")
        alarm = FalseAlarm(example_id=fresh.id, placeholder=placeholder, created_at=clock.now(), created_by=actor.id)
        session.add(alarm)
        session.flush()
        _audit(actor, "marked", fresh, placeholder)
        notify(Kind.FALSE_ALARM_MARKED, user_id=skill.author_id, actor=actor, skill_id=skill.id, subject_id=fresh.id)
    return alarm


def dismiss_false_alarm(actor: User, *, example: TrainingExample, alarm_id: int) -> None:
    """Answer that the placeholder stands for a secret after all. Only the skill's author may."""
    check(actor, Action.CHANGE_REDACTION, get_skill(example.skill_id))
    with writing() as session:
        check(actor, Action.CHANGE_REDACTION, note_change(example.skill_id))
        alarm = session.get(FalseAlarm, alarm_id, with_for_update=True) if is_id(alarm_id) else None
        if alarm is None or alarm.example_id != example.id:
            raise NotFound(f"false alarm with the number {alarm_id}")
        session.delete(alarm)
        _audit(actor, "dismissed", example, alarm.placeholder)


def settle_false_alarms(example: TrainingExample) -> None:
    """Forget the alarms about placeholders that the example has no more: a part of the change of its texts."""
    with writing() as session:
        session.execute(
            delete(FalseAlarm).where(
                FalseAlarm.example_id == example.id, FalseAlarm.placeholder.not_in(placeholders_of(example))
            )
        )


def get_false_alarms(example_ids: Sequence[int]) -> list[FalseAlarmWithUser]:
    """Return the alarms of some examples that wait, the oldest first: one query."""
    return _read(_ALARMS.where(FalseAlarm.example_id.in_(example_ids))) if example_ids else []


def get_waiting_false_alarms(skill_id: int, *, size: int = 100) -> list[FalseAlarmWithUser]:
    """Return the oldest of the alarms on the skill's examples that wait for its author."""
    of_skill = _ALARMS.join(TrainingExample, TrainingExample.id == FalseAlarm.example_id)
    return _read(of_skill.where(TrainingExample.skill_id == skill_id).limit(size))


_ALARMS = select(FalseAlarm, User.name).join(User, User.id == FalseAlarm.created_by).order_by(FalseAlarm.id)


def _read(statement: Select[FalseAlarm, str]) -> list[FalseAlarmWithUser]:
    return [FalseAlarmWithUser(alarm, name) for alarm, name in reading().execute(statement)]


def placeholders_of(example: TrainingExample) -> tuple[str, ...]:
    """Return the placeholders in the example's texts, each once, in order of appearance."""
    texts = [example.example_input, example.example_output, example.expected_output or ""]
    texts += [turn["content"] for turn in example.turns or ()]
    texts += [*(example.tags or ()), canonical(example.example_metadata or {})]
    return tuple(dict.fromkeys(name for text in texts for name in placeholders_in(text)))


def _audit(actor: User, verb: str, example: TrainingExample, placeholder: str) -> None:
    audit.record(
        actor_id=actor.id,
        action=f"false_alarm.{verb}",
        subject="training_example",
        subject_id=example.id,
        skill_id=example.skill_id,
        placeholder=placeholder,
    )

"""Undoing a bulk change: a job too, which takes back what the change noted of each example that nobody changed since.

What is taken back is noted no more, so a change is undone once. What stays because it was changed since can be undone
later, when that is undone. What the rules of another skill took out of moved texts stays out: nobody has it any more.

How costs grow: with the examples of the change; a chunk is a handful of statements.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import load_only

from app.domain.bulk_changes import Change, Left, Verb
from app.domain.errors import Conflict
from app.domain.jobs import UNFINISHED, Kind
from app.models import DeletedExample, Example, ExampleChange, Job, Skill, TrainingExample, User
from app.policies import check
from app.services import audit
from app.services.bulk_changes import (
    NEEDS,
    ROWS_AT_ONCE,
    WITHOUT_TEXTS,
    change_of,
    get_change,
    hold_skills,
    refuse_second_change,
    tally,
)
from app.services.deleted_examples import bring_back, empty_bin
from app.services.example_moves import Arrival, move_examples, prepare_arrivals
from app.services.jobs import enqueue
from app.services.skills import get_skill, lock_skill
from app.services.tags import put_tag, take_tag
from app.services.transactions import reading, writing
from app.services.undo_steps import let_earlier_steps_follow


class Prepared(NamedTuple):
    """The next examples of the change, and how those that were moved would look where they came from."""

    example_ids: Sequence[int]
    arrivals: dict[int, Arrival]


def begin_undo(actor: User, *, job_id: int, skill_id: int) -> Job:
    """Begin to undo one of the acting user's own bulk changes of a skill, of which they are the author still.

    `NotFound` for another job, `Conflict` while it is under way and where there is nothing to undo.
    """
    job = _get_change(actor, job_id, skill_id)
    with writing():
        check(actor, NEEDS[change_of(job).verb], lock_skill(skill_id))
        refuse_second_change(skill_id)
        count = reading().scalar(select(func.count()).where(ExampleChange.job_id == job_id)) or 0
        if not count:
            raise Conflict("There is nothing to undo: it is undone already, or what it deleted is gone for good.")
        return enqueue(actor, Kind.UNDO_CHANGE, skill_id=skill_id, wanted={"job_id": job_id}, total=count)


def delete_for_good(actor: User, *, job_id: int, skill_id: int) -> int:
    """Delete what one of the acting user's bulk changes has put into the bin; return how many examples that were."""
    job = _get_change(actor, job_id, skill_id)
    with writing():
        check(actor, NEEDS[change_of(job).verb], lock_skill(skill_id))
        refuse_second_change(skill_id)
        count = empty_bin(job_id)
        if not count:
            raise Conflict("There is nothing of it in the bin any more.")
        audit.record(
            actor_id=actor.id,
            action="training_examples.bin_emptied",
            subject="skill",
            subject_id=skill_id,
            job=job_id,
            examples=count,
        )
    return count


def prepare(job: Job) -> Prepared:
    """Read which examples are next, and clean what goes back as texts where it came from are."""
    undone = reading().get_one(Job, job.wanted["job_id"])
    example_ids = reading().scalars(_select_next(job, undone)).all()
    if change_of(undone).verb is not Verb.MOVE:
        return Prepared(example_ids, {})
    examples = reading().scalars(select(TrainingExample).where(TrainingExample.id.in_(example_ids)))
    return Prepared(example_ids, prepare_arrivals(get_skill(undone.skill_id), examples))


def write(job: Job, prepared: Prepared) -> dict[str, Any] | None:
    """Take back what was done to them."""
    undone = reading().get_one(Job, job.wanted["job_id"])
    change = change_of(undone)
    other = hold_skills(reading().get_one(User, job.user_id), undone.skill_id, change)
    example_ids = prepared.example_ids
    if not example_ids:
        _audit(job)
        return {"changed": 0, "left": {}, **(job.result or {})}
    own = (ExampleChange.job_id == undone.id, ExampleChange.example_id.in_(example_ids))
    examples = _read_unchanged(change, other, *own)
    stay = _undo(undone, change, other, examples, prepared.arrivals)
    stay |= dict.fromkeys(set(example_ids) - {one.id for one in examples}, Left.CHANGED)
    taken_back = [one for one in example_ids if one not in stay]
    let_earlier_steps_follow(
        select(ExampleChange.example_id, ExampleChange.revision).where(
            ExampleChange.job_id == undone.id, ExampleChange.example_id.in_(taken_back)
        )
    )
    reading().execute(
        delete(ExampleChange).where(ExampleChange.job_id == undone.id, ExampleChange.example_id.in_(taken_back))
    )
    job.position = example_ids[-1]
    job.result = tally(job, len(taken_back), stay)
    job.progress += len(example_ids)
    return None


def abandon(job: Job) -> None:
    """Leave what was taken back: the rest can be undone by another job."""
    _audit(job)


def _get_change(actor: User, job_id: int, skill_id: int) -> Job:
    job = get_change(actor, skill_id=skill_id, job_id=job_id)
    check(actor, NEEDS[change_of(job).verb], job.skill)
    if job.state in UNFINISHED:
        raise Conflict("This change is under way. Wait for it, or cancel it.")
    return job


def _select_next(job: Job, undone: Job) -> Any:
    mine = select(ExampleChange.example_id).where(ExampleChange.job_id == undone.id)
    return mine.where(ExampleChange.example_id > job.position).order_by(ExampleChange.example_id).limit(ROWS_AT_ONCE)


def _read_unchanged(change: Change, other: Skill, *own: Any) -> Sequence[Any]:
    """Return those of the change's examples that are where it left them, and as it left them."""
    model: type[Example] = DeletedExample if change.verb is Verb.DELETE else TrainingExample
    unchanged = (
        select(model)
        .join(ExampleChange, (ExampleChange.example_id == model.id) & (ExampleChange.revision == model.revision))
        .where(*own, model.skill_id == other.id)
        .order_by(model.id)
    )
    if change.verb in (Verb.TAG, Verb.UNTAG):
        unchanged = unchanged.options(load_only(*WITHOUT_TEXTS))
    return reading().scalars(unchanged, execution_options={"populate_existing": True}).all()


def _undo(
    undone: Job, change: Change, other: Skill, examples: Sequence[Any], arrivals: dict[int, Arrival]
) -> dict[int, Left]:
    """Do the opposite; return which stay as they are, and why."""
    match change.verb:
        case Verb.TAG:
            return take_tag(undone.skill_id, change.tag or "", examples)
        case Verb.UNTAG:
            return put_tag(undone.skill_id, change.tag or "", examples)
        case Verb.DELETE:
            brought_back = bring_back(undone.skill_id, examples)
            return {one.id: Left.KNOWN for one in examples if one.id not in brought_back}
        case Verb.MOVE:
            home = get_skill(undone.skill_id)
            return move_examples(other.id, examples, to=home, arrivals=arrivals)


def _audit(job: Job) -> None:
    audit.record(
        actor_id=job.user_id,
        action="training_examples.change_undone",
        subject="skill",
        subject_id=job.skill_id,
        job=job.wanted["job_id"],
        examples=(job.result or {"changed": 0})["changed"],
    )

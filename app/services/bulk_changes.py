"""Bulk changes: one thing done to every example of a skill that a filter matches, by a job, a chunk at a time.

What each example was made to be is noted beside the job (`ExampleChange`), so that it can be undone (`bulk_undo.py`).
Every chunk asks anew whether the person may: a skill that was handed over meanwhile is changed no further. What comes
in after the filter was looked at stays as it is.

How costs grow: with the examples that match; a chunk is a handful of statements.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, insert, literal, select
from sqlalchemy.orm import load_only

from app.domain.bulk_changes import DONE, Change, Left, Verb
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.example_details import problem_with_tags
from app.domain.jobs import UNFINISHED, Kind
from app.domain.redaction import sanitize_object
from app.domain.text import is_storable
from app.domain.training_examples import Sort, Source, Status
from app.models import Example, ExampleChange, Job, Skill, TrainingExample, User
from app.models.base import MAX_ID
from app.policies import Action, check
from app.services import audit
from app.services.counters import note_change
from app.services.deleted_examples import put_into_bin
from app.services.example_moves import Arrival, move_examples, prepare_arrivals
from app.services.jobs import enqueue, find_unfinished_job, get_job
from app.services.redaction import policy_of
from app.services.skills import get_skill, lock_skill
from app.services.tags import put_tag, take_tag
from app.services.training_example_lists import Filter, select_examples
from app.services.transactions import reading, writing

ROWS_AT_ONCE = 200
NEEDS: Mapping[Verb, Action] = {
    Verb.TAG: Action.EDIT_TRAINING_EXAMPLE,
    Verb.UNTAG: Action.EDIT_TRAINING_EXAMPLE,
    Verb.MOVE: Action.DELETE_TRAINING_EXAMPLE,
    Verb.DELETE: Action.DELETE_TRAINING_EXAMPLE,
}


Prepared = Mapping[int, Arrival]
WITHOUT_TEXTS = (TrainingExample.revision, TrainingExample.tags, TrainingExample.status, TrainingExample.source)
"""What is read of examples but to move them: their texts may be long, and nothing looks at them."""


class Extent(NamedTuple):
    """How many examples a filter matches, and the number of the newest: what is newer is not meant."""

    matching: int
    newest_id: int


class BulkChange(NamedTuple):
    """A bulk change as its page shows it: the job, what it does, and whether there is something to undo."""

    job: Job
    change: Change
    is_undoable: bool


def begin_change(actor: User, *, skill_id: int, change: Change, wanted: Filter, up_to: int = MAX_ID) -> Job:
    """Begin to do something to every example that the filter matches, up to the newest that was looked at.

    Only the skill's author may, and to move, of both skills. Raises `Invalid` for a tag or a skill that cannot be, and
    `Conflict` where nothing matches, or another change of the skill is under way.
    """
    skill = get_skill(skill_id)
    check(actor, NEEDS[change.verb], skill)
    change = _checked(actor, skill, change)
    asked = {**change.to_json(), "filter": _filter_to_json(wanted), "up_to": min(up_to, MAX_ID)}
    if not is_storable(wanted.query + wanted.tag) or sanitize_object(asked).sanitized != asked:
        raise Invalid({"q": "The filter looks like a secret, or cannot be kept as it is. Filter by other words."})
    with writing():
        check(actor, NEEDS[change.verb], lock_skill(skill_id))
        refuse_second_change(skill_id)
        extent = find_extent(skill_id, wanted, up_to=up_to)
        if not extent.matching:
            raise Conflict("No example matches any more. Look at the list again.")
        return enqueue(actor, Kind.CHANGE, skill_id=skill_id, wanted=asked, total=extent.matching)


def find_extent(skill_id: int, wanted: Filter, *, up_to: int = MAX_ID) -> Extent:
    """Return how many examples the filter matches now."""
    matching, key = _select_matching(skill_id, wanted)
    found = matching.with_only_columns(key.label("id")).where(key <= min(up_to, MAX_ID)).subquery()
    count, newest_id = reading().execute(select(func.count(), func.max(found.c.id))).one()
    return Extent(count, newest_id or 0)


def get_bulk_changes(actor: User, skill_id: int, *, limit: int = 20) -> list[BulkChange]:
    """Return the acting user's newest bulk changes of a skill."""
    is_ended = Job.state.not_in([state.value for state in UNFINISHED])
    is_undoable = is_ended & exists().where(ExampleChange.job_id == Job.id)
    mine = select(Job, is_undoable).where(
        Job.skill_id == skill_id, Job.user_id == actor.id, Job.kind == Kind.CHANGE.value
    )
    rows = reading().execute(mine.order_by(Job.id.desc()).limit(limit))
    return [BulkChange(job, change_of(job), bool(can_be)) for job, can_be in rows]


def get_change(actor: User, *, skill_id: int, job_id: int, kinds: Sequence[Kind] = (Kind.CHANGE,)) -> Job:
    """Return one of the acting user's own bulk changes of a skill; raise `NotFound`, for others' as for none."""
    job = get_job(actor, job_id)
    if job.skill_id != skill_id or Kind(job.kind) not in kinds:
        raise NotFound(f"change of yours on this skill with the number {job_id}")
    return job


def count_undoable(job: Job) -> int:
    """Return how many examples are still as a bulk change noted them, where it has ended: so many can be undone."""
    if Kind(job.kind) is not Kind.CHANGE or job.state in UNFINISHED:
        return 0
    return reading().scalar(select(func.count()).where(ExampleChange.job_id == job.id)) or 0


def change_of(job: Job) -> Change:
    """Return what a job of this kind does."""
    return Change(Verb(job.wanted["verb"]), job.wanted["tag"], job.wanted["to_skill_id"])


def refuse_second_change(skill_id: int) -> None:
    """Raise `Conflict` where a change of the skill is under way: the second would find what the first has not left."""
    if any(find_unfinished_job(skill_id, kind) for kind in (Kind.CHANGE, Kind.UNDO_CHANGE)):
        raise Conflict("Another change of this skill's examples is under way. Wait for it, or cancel it.")


def hold_skills(actor: User, skill_id: int, change: Change) -> Skill:
    """Tell both skills of a change that their data change, in the order of their ids, and return the other one (or the
    same); raise where the person may not, or may not any more."""
    skill_ids = {skill_id, change.to_skill_id or skill_id}
    held = {one: note_change(one) for one in sorted(skill_ids)}
    check(actor, NEEDS[change.verb], held[skill_id])
    other = held[change.to_skill_id or skill_id]
    if change.verb is Verb.MOVE:
        check(actor, Action.ADD_TRAINING_EXAMPLE, other)
    return other


def prepare(job: Job) -> Prepared:
    """Clean what is to move as texts in the other skill are; nothing else takes its time."""
    change = change_of(job)
    if change.to_skill_id is None:
        return {}
    return prepare_arrivals(get_skill(change.to_skill_id), reading().scalars(_select_by_id(_next_ids(job))))


def write(job: Job, prepared: Prepared) -> dict[str, Any] | None:
    """Do it to the next examples."""
    change = change_of(job)
    other = hold_skills(reading().get_one(User, job.user_id), job.skill_id, change)
    example_ids = _next_ids(job)
    if not example_ids:
        _audit(job)
        return {"changed": 0, "left": {}, **(job.result or {})}
    stay = _do(job, change, example_ids, other, prepared)
    changed = [one for one in example_ids if one not in stay]
    _note(job, changed)
    job.result = tally(job, len(changed), stay)
    job.position = example_ids[-1]
    job.progress += len(example_ids)
    return None


def abandon(job: Job) -> None:
    """Leave what was done: it can be undone."""
    _audit(job)


def tally(job: Job, count: int, stay: Mapping[int, Left]) -> dict[str, Any]:
    """Return a job's result with a chunk's counts added: what was done, and what stays as it was, by reason."""
    known = job.result or {"changed": 0, "left": {}}
    left = Counter(known["left"]) + Counter(reason.value for reason in stay.values())
    return {"changed": known["changed"] + count, "left": dict(left)}


def _do(job: Job, change: Change, example_ids: Sequence[int], other: Skill, prepared: Prepared) -> dict[int, Left]:
    if change.verb is Verb.MOVE:
        examples = reading().scalars(_select_by_id(example_ids)).all()
        return move_examples(job.skill_id, examples, to=other, arrivals=prepared)
    examples = reading().scalars(_select_by_id(example_ids).options(load_only(*WITHOUT_TEXTS))).all()
    if change.verb is Verb.DELETE:
        put_into_bin(job.skill_id, examples)
        return {}
    return (put_tag if change.verb is Verb.TAG else take_tag)(job.skill_id, change.tag or "", examples)


def _checked(actor: User, skill: Skill, change: Change) -> Change:
    """Return the change as it can be kept; raise where it cannot be done."""
    if change.verb is Verb.MOVE:
        if change.to_skill_id in (None, skill.id):
            raise Invalid({"to_skill": "Choose another skill of yours to move them to."})
        check(actor, Action.ADD_TRAINING_EXAMPLE, get_skill(change.to_skill_id or 0))
        return Change(change.verb, to_skill_id=change.to_skill_id)
    if change.verb is Verb.DELETE:
        return Change(change.verb)
    tag = " ".join((change.tag or "").split())
    if problem := problem_with_tags([tag]) if tag else "Write the tag.":
        raise Invalid({"tag": problem})
    if change.verb is Verb.TAG and policy_of(skill).redactor().sanitize(tag).sanitized != tag:
        raise Invalid({"tag": "This looks like a secret or like personal data, which is not kept. Use another word."})
    return Change(change.verb, tag)


def _filter_to_json(wanted: Filter) -> dict[str, Any]:
    return {
        "statuses": [status.value for status in wanted.statuses],
        "source": wanted.source.value if wanted.source else None,
        "query": wanted.query,
        "tag": wanted.tag,
    }


def _filter_of(job: Job) -> Filter:
    asked = job.wanted["filter"]
    return Filter(
        statuses=tuple(map(Status, asked["statuses"])),
        source=Source(asked["source"]) if asked["source"] else None,
        query=asked["query"],
        tag=asked["tag"],
    )


def _select_matching(skill_id: int, wanted: Filter) -> tuple[Select[TrainingExample], Any]:
    """Return the query of what the filter matches, and the id to walk it by, whatever order its list is shown in."""
    statement, (key,) = select_examples(skill_id, replace(wanted, sort=Sort.NEWEST))
    return statement, key


def _next_ids(job: Job) -> list[int]:
    matching, key = _select_matching(job.skill_id, _filter_of(job))
    some = matching.with_only_columns(key).where(key > job.position, key <= job.wanted["up_to"])
    return list(reading().scalars(some.order_by(key).limit(ROWS_AT_ONCE)))


def _select_by_id(example_ids: Sequence[int]) -> Select[TrainingExample]:
    statement = select(TrainingExample).where(TrainingExample.id.in_(example_ids)).order_by(TrainingExample.id)
    return statement.execution_options(populate_existing=True)


def _note(job: Job, example_ids: Sequence[int]) -> None:
    """Note what was changed, and to which revision."""
    changed = select(literal(job.id), Example.id, Example.revision).where(Example.id.in_(example_ids))
    reading().execute(insert(ExampleChange).from_select(["job_id", "example_id", "revision"], changed))


def _audit(job: Job) -> None:
    change = change_of(job)
    audit.record(
        actor_id=job.user_id,
        action=f"training_examples.{DONE[change.verb]}",
        subject="skill",
        subject_id=job.skill_id,
        job=job.id,
        examples=(job.result or {"changed": 0})["changed"],
        to_skill=change.to_skill_id,
    )

"""The bin: examples that a bulk change deleted, and that come back when it is undone.

A deleted example is another kind of row in the same table (`DeletedExample`), so that everything that belongs to it
stays beside it, and nothing that asks for training examples can find it by mistake. Its tags and bands leave their
indexes. After `KEPT` it is gone for good, and no change of that age is undone any more.

How costs grow: deleting and bringing back, with the examples; looking for what has been kept long enough reads an index
of what is in the bin.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import cast

from sqlalchemy import Table, delete, select, update

from app.domain.bulk_changes import KEPT
from app.domain.jobs import Kind
from app.domain.training_examples import Source, Status
from app.models import (
    DeletedExample,
    Example,
    ExampleBand,
    ExampleChange,
    ExampleTag,
    Job,
    SkillFeedback,
    TrainingExample,
)
from app.models.skill_feedback import DELETED_EXAMPLE, TRAINING_EXAMPLE
from app.services import clock
from app.services.counters import move_counters
from app.services.former_rows import note_former
from app.services.near_duplicates import note_bands
from app.services.tags import note_tags
from app.services.transactions import reading, writing


def put_into_bin(skill_id: int, examples: Sequence[TrainingExample]) -> None:
    """Delete examples of a skill, so that they can be brought back: a part of the running change."""
    example_ids = [one.id for one in examples]
    move_counters(skill_id, {status: -count for status, count in _per_status(examples).items()})
    for index in (ExampleTag, ExampleBand):
        reading().execute(delete(index).where(index.example_id.in_(example_ids)))
    _turn_into(DELETED_EXAMPLE, examples)


def bring_back(skill_id: int, examples: Sequence[DeletedExample]) -> list[int]:
    """Bring deleted examples of a skill back, but for what was added anew meanwhile; return the ids of those."""
    known = _known_content(skill_id, [one.content_digest for one in examples if one.source == Source.WEB.value])
    chosen = [one for one in examples if one.source != Source.WEB.value or one.content_digest not in known]
    move_counters(skill_id, _per_status(chosen))
    note_tags(skill_id, {one.id: one.tags for one in chosen}, are_new=True)
    note_bands(*chosen, are_new=True)
    _turn_into(TRAINING_EXAMPLE, chosen)
    return [one.id for one in chosen]


def empty_bin(job_id: int) -> int:
    """Delete for good what a bulk change has put into the bin, as a part of the running change; return how many."""
    changed = select(ExampleChange.example_id).where(ExampleChange.job_id == job_id)
    note_former(DeletedExample.id.in_(changed))
    statement = delete(DeletedExample).where(DeletedExample.id.in_(changed))
    result = reading().execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it


def sweep_bin() -> None:
    """Delete for good what has been in the bin for long enough, and forget what changes of that age did."""
    is_old = DeletedExample.updated_at < clock.now() - KEPT
    if reading().scalars(select(DeletedExample.id).where(is_old).limit(1)).first() is not None:
        with writing() as session:
            note_former(is_old)
            session.execute(delete(DeletedExample).where(is_old), execution_options={"synchronize_session": False})
    old_changes = select(Job.id).where(Job.finished_at < clock.now() - KEPT, Job.kind == Kind.CHANGE.value)
    of_old = ExampleChange.job_id.in_(old_changes)
    if reading().scalars(select(ExampleChange.job_id).where(of_old).limit(1)).first() is not None:
        with writing() as session:
            session.execute(delete(ExampleChange).where(of_old), execution_options={"synchronize_session": False})


def _per_status(examples: Sequence[Example]) -> Counter[Status]:
    return Counter(Status(str(one.status)) for one in examples)


def _known_content(skill_id: int, digests: Collection[str]) -> set[str]:
    known = select(TrainingExample.content_digest).where(
        TrainingExample.skill_id == skill_id,
        TrainingExample.source == Source.WEB.value,
        TrainingExample.content_digest.in_(digests),
    )
    return set(reading().scalars(known))


def _turn_into(feedback_type: str, examples: Sequence[Example]) -> None:
    # The table and not a model: no model's rows become another one's, and the session must forget what they were.
    table = cast(Table, SkillFeedback.__table__)
    values = {"feedback_type": feedback_type, "revision": table.c.revision + 1, "updated_at": clock.now()}
    reading().execute(update(table).where(table.c.id.in_([one.id for one in examples])).values(values))
    for one in examples:
        reading().expunge(one)

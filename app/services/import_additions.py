"""Adding the rows of an import as golden examples: the job that its author begins when the verdicts are seen.

How costs grow: with the rows, a chunk at a time; a chunk is a handful of statements.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select, update

from app.domain.imports import State, Verdict
from app.domain.redaction import sanitize_payload
from app.models import Import, ImportRow, Job
from app.services import audit, clock, imports
from app.services.example_schemas import schemas_of
from app.services.golden_examples import NewExample, create_golden_examples
from app.services.import_checks import bands_of_row, problem_of, row_of
from app.services.import_rows import read_rows
from app.services.imports import check_goes_on, let_go
from app.services.near_duplicates import keep_bands
from app.services.redaction import policy_of
from app.services.skills import get_skill
from app.services.transactions import reading


class Waiting(NamedTuple):
    """A row that is to become an example."""

    id: int
    number: int
    example: NewExample
    bands: tuple[int, ...]
    problem: str | None
    """Why it cannot be added any more: the skill's schema is another one since its verdict."""


def prepare(job: Job) -> list[Waiting]:
    """Read the next rows that are to be added."""
    found = reading().get_one(Import, job.wanted["import_id"])
    skill, how = get_skill(found.skill_id), imports.reading_of(found)
    schemas, policy = schemas_of(skill), policy_of(skill)
    statement = select(ImportRow).where(
        ImportRow.import_id == found.id,
        ImportRow.verdict.in_(job.wanted["verdicts"]),
        ImportRow.number > job.position,
    )
    chunk = []
    for row in read_rows(statement):
        made = row_of(how, row, policy)
        example = NewExample(
            made.input, made.output, made.expected_output, made.quality_score, made.evaluation_only, made.details
        )
        chunk.append(Waiting(row.id, row.number, example, bands_of_row(row, made), problem_of(made, schemas)))
    return chunk


def write(job: Job, chunk: Sequence[Waiting]) -> dict[str, Any] | None:
    """Add them. What somebody added meanwhile by hand is a duplicate by now."""
    found = reading().get_one(Import, job.wanted["import_id"], with_for_update=True)
    check_goes_on(found, State.ADDING)
    if not chunk:
        return _complete(job, found)
    good = [one for one in chunk if not one.problem]
    example_ids = create_golden_examples(
        skill_id=found.skill_id, user_id=found.user_id, examples=[one.example for one in good]
    )
    for one in chunk:
        if one.problem:
            refused = update(ImportRow).where(ImportRow.id == one.id)
            reason = sanitize_payload(one.problem).sanitized
            reading().execute(refused.values(verdict=Verdict.REFUSED.value, reason=reason))
    rows, bands = [], []
    for one, example_id in zip(good, example_ids, strict=True):
        verdict = Verdict.DUPLICATE if example_id is None else Verdict.ADDED
        rows.append({"id": one.id, "verdict": verdict.value, "example_id": example_id})
        if example_id is not None:
            job.result = {"added": (job.result or {"added": 0})["added"] + 1}
            bands += [(found.skill_id, band, example_id) for band in one.bands]
    if rows:
        reading().execute(update(ImportRow), rows)
    keep_bands(bands)
    job.position = chunk[-1].number
    job.progress += len(chunk)
    return None


def abandon(job: Job) -> None:
    """Leave what was added: it is there as if it had been typed. The rest can be added again."""
    let_go(job)


def _complete(job: Job, found: Import) -> dict[str, Any]:
    found.state, found.finished_at = State.DONE.value, clock.now()
    added = (job.result or {"added": 0})["added"]
    audit.record(
        actor_id=found.user_id,
        action="training_examples.imported",
        subject="import",
        subject_id=found.id,
        skill_id=found.skill_id,
        rows=found.rows,
        added=added,
    )
    return {"import_id": found.id, "added": added}

"""Freezing: the job that makes a dataset version.

It walks the approved examples in the order they were added, a chunk at a time: each revision that no version holds yet
is copied into a frozen row, and every row gets its split. The last chunk holds the skill still, catches up with what
changed meanwhile, and gives the version its number and its hash; until then nobody sees it.

How costs grow: with the approved examples; copying, only with those that changed since the last version. The last
chunk reads every row's key once.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, exists, insert, select

from app.database import insert_plainly, is_one_of
from app.domain.datasets import Row, hash_of_sorted_rows
from app.domain.errors import Conflict, Invalid
from app.domain.jobs import Kind
from app.domain.splits import Plan, Split, check_plan
from app.domain.text import problem_with_optional_text
from app.domain.training_examples import Status
from app.models import DatasetEntry, DatasetVersion, FrozenRow, Job, Skill, TrainingExample, User
from app.policies import Action, check
from app.services import audit, clock
from app.services.chunks import read_chunk
from app.services.dataset_rows import LIVE_COLUMNS, row_of
from app.services.dataset_versions import find_latest_version, hash_now
from app.services.jobs import enqueue, find_unfinished_job
from app.services.near_duplicates import SharedBands, Texts, find_alike_among, find_shared_bands, index_missing
from app.services.skills import get_skill, lock_skill
from app.services.splits import report_of, splits_in_version_before, splits_of, splits_of_contributors
from app.services.transactions import reading, writing

NOTE_MAX_CHARACTERS = 500
ROWS_AT_ONCE = 5_000
INDEXED_AT_ONCE = 2_000


class Fresh(NamedTuple):
    """An approved example as a chunk found it: which revision, whose, and its row."""

    example_id: int
    revision: int
    user_id: int
    content_digest: str
    row: Row
    row_hash: str


class Chunk(NamedTuple):
    """Some examples, and which others each of them is like."""

    examples: Sequence[Fresh]
    alike: Mapping[int, set[int]]


def freeze(actor: User, *, skill_id: int, note: str | None = None, plan: Plan = Plan()) -> Job:  # noqa: B008
    """Begin to make a version of the skill's approved examples. Only its author may.

    The job's result names the version's number. Raises `Conflict` where there is nothing to freeze, or a version is
    being made already, and `Invalid` for a plan or a note that cannot be.
    """
    skill = get_skill(skill_id)
    check(actor, Action.FREEZE_DATASET, skill)
    check_plan(plan)
    if problem := problem_with_optional_text(note or "", what="note", max_characters=NOTE_MAX_CHARACTERS):
        raise Invalid({"note": problem})
    with writing():
        skill = lock_skill(skill_id)
        check(actor, Action.FREEZE_DATASET, skill)
        if not skill.training_examples_approved:
            raise Conflict("There is nothing to freeze: this skill has no approved examples.")
        if find_unfinished_job(skill_id, Kind.FREEZE):
            raise Conflict("A version of this skill is being made already. Wait for it, or cancel it.")
        wanted = {"note": note or None, **plan._asdict()}
        return enqueue(actor, Kind.FREEZE, skill_id=skill_id, wanted=wanted, total=skill.training_examples_approved)


def prepare(job: Job) -> Chunk | None:
    """Read the next approved examples, and find which others they are like; None while that cannot be told of all."""
    if not job.position and index_missing(skill_id=job.skill_id, rows_at_once=INDEXED_AT_ONCE):
        return None
    approved = _select_approved(job.skill_id).where(TrainingExample.id > job.position)
    found = _read(approved)
    return _chunk_of(job.skill_id, found, shared=_shared_bands(job))


def write(job: Job, chunk: Chunk | None) -> dict[str, Any] | None:
    """Put them into the version; after the last ones, complete it."""
    if chunk is None:
        return None
    version = _draft(job)
    lock_skill(job.skill_id)
    if not chunk.examples:
        return _complete(job, version)
    _place(version, _still_there(chunk))
    job.position = chunk.examples[-1].example_id
    job.progress += len(chunk.examples)
    return None


def abandon(job: Job) -> None:
    """Take back what an unfinished freeze has made: the version, and rows that no other version holds."""
    session = reading()
    session.execute(delete(DatasetVersion).where(DatasetVersion.job_id == job.id, DatasetVersion.number.is_(None)))
    is_held = exists().where(DatasetEntry.frozen_row_id == FrozenRow.id)
    session.execute(
        delete(FrozenRow).where(FrozenRow.skill_id == job.skill_id, FrozenRow.withdrawn_at.is_(None), ~is_held)
    )


def _draft(job: Job) -> DatasetVersion:
    """Return the version that the job makes, made by its first chunk."""
    session = reading()
    version = session.scalars(select(DatasetVersion).where(DatasetVersion.job_id == job.id)).one_or_none()
    if version is None:
        version = DatasetVersion(skill_id=job.skill_id, job_id=job.id, created_by=job.user_id, **job.wanted)
        session.add(version)
        session.flush()
    return version


def _select_approved(skill_id: int) -> Any:
    return (
        select(
            TrainingExample.id,
            TrainingExample.revision,
            TrainingExample.user_id,
            TrainingExample.content_digest,
            *LIVE_COLUMNS,
        )
        .where(TrainingExample.skill_id == skill_id, TrainingExample.status == Status.APPROVED.value)
        .order_by(TrainingExample.id)
    )


def _read(approved: Any) -> list[Any]:
    return read_chunk(approved, most=ROWS_AT_ONCE, characters=_count_characters)


def _count_characters(values: Sequence[Any]) -> int:
    # As a tuple: a row of a result shortens its long texts when it is told as text.
    return len(str(tuple(values)))


def _shared_bands(job: Job) -> SharedBands | None:
    """Return the bands that several of the skill's examples have; None where that is to be asked example by example,
    which takes longer than all else: once somebody has changed the skill's training data meanwhile."""
    then, shared = _shared_bands_once(job.lease_token, job.skill_id)
    return shared if then == _training_data_version(job.skill_id) else None


@lru_cache(maxsize=1)
def _shared_bands_once(_lease: str, skill_id: int) -> tuple[int, SharedBands | None]:
    """Ask once for as long as a worker has the job, and say for which state of the skill's training data."""
    return _training_data_version(skill_id), find_shared_bands(skill_id)


def _training_data_version(skill_id: int) -> int:
    version: int = reading().scalars(select(Skill.training_data_version).where(Skill.id == skill_id)).one()
    return version


def _chunk_of(skill_id: int, found: Iterable[Any], *, shared: SharedBands | None = None) -> Chunk:
    examples = [
        Fresh(example_id, revision, user_id, digest, row, row.hash)
        for example_id, revision, user_id, digest, *values in found
        if (row := row_of(values))
    ]
    texts = {one.example_id: Texts(one.row.input, one.row.output) for one in examples}
    return Chunk(examples, find_alike_among(skill_id, texts, shared=shared))


def _still_there(chunk: Chunk) -> Chunk:
    """Return the chunk without what changed since it was read: what somebody took back meanwhile is not kept."""
    now = select(TrainingExample.id, TrainingExample.revision).where(
        is_one_of(TrainingExample.id, [one.example_id for one in chunk.examples], reading()),
        TrainingExample.status == Status.APPROVED.value,
    )
    revisions = dict(reading().execute(now).all())
    return Chunk([one for one in chunk.examples if revisions.get(one.example_id) == one.revision], chunk.alike)


def _place(version: DatasetVersion, chunk: Chunk) -> None:
    """Put a chunk's rows into the version, each in its split."""
    if not chunk.examples:
        return
    row_ids = _frozen_ids(chunk.examples)
    others_of = chunk.alike
    kept = splits_in_version_before(version, {one.example_id for one in chunk.examples}.union(*others_of.values()))
    splits = {example_id: split for example_id, (_, split) in kept.items()}
    splits |= splits_of(version, {other for others in others_of.values() for other in others})
    # An author's own examples are written to be split; usage is one person's.
    contributors = splits_of_contributors(version, {one.user_id for one in chunk.examples if one.row.is_captured})
    plan = Plan(version.seed, version.validation_percent, version.test_percent)
    entries, alike = [], 0
    for one in chunk.examples:
        others = others_of.get(one.example_id, ())
        if kept.get(one.example_id, (0, None))[0] == one.revision:
            split = kept[one.example_id][1]
        else:
            neighbours = {splits[other] for other in {*others, one.example_id} if other in splits}
            if one.row.is_captured and one.user_id in contributors:
                neighbours.add(contributors[one.user_id])
            split = plan.place(one.content_digest, neighbours, evaluation_only=one.row.evaluation_only)
        splits[one.example_id] = split
        if one.row.is_captured and split is not Split.HELD_OUT:
            contributors.setdefault(one.user_id, split)
        alike += bool(others)
        entries.append((version.id, one.row_hash, row_ids[one.example_id], split.value))
    columns = ("version_id", "row_hash", "frozen_row_id", "split")
    insert_plainly(reading(), DatasetEntry.__table__, columns, entries)
    version.split_report = {"alike": (version.split_report or {"alike": 0})["alike"] + alike}


def _frozen_ids(examples: Sequence[Fresh]) -> dict[int, int]:
    """Return the ids of the examples' frozen rows, by example, after making those that are not there yet."""
    revisions = {one.example_id: one.revision for one in examples}
    is_there = and_(is_one_of(FrozenRow.example_id, revisions, reading()), FrozenRow.withdrawn_at.is_(None))
    known = select(FrozenRow.example_id, FrozenRow.id, FrozenRow.revision).where(is_there)

    def read() -> dict[int, int]:
        return {
            example_id: row_id
            for example_id, row_id, revision in reading().execute(known)
            if revisions[example_id] == revision
        }

    ids = read()
    missing = [one for one in examples if one.example_id not in ids]
    if missing:
        _copy(missing)
        ids = read()
    return ids


def _copy(examples: Sequence[Fresh]) -> None:
    """Keep the examples' rows. They are copied within the database, with the version of the rules that cleaned them."""
    same = ("skill_id", "revision", "user_id", "rules_version", *(column.key for column in LIVE_COLUMNS))
    of_example: Any = TrainingExample.__table__.c
    to_frozen: Any = FrozenRow.__table__
    row = select(of_example.id, bindparam("row_hash"), *(of_example[name] for name in same))
    copy = insert(to_frozen).from_select(
        ["example_id", "row_hash", *same], row.where(of_example.id == bindparam("copied")), include_defaults=False
    )
    reading().execute(copy, [{"copied": one.example_id, "row_hash": one.row_hash} for one in examples])


def _complete(job: Job, version: DatasetVersion) -> dict[str, Any]:
    """Catch up with what changed while the others were placed, and give the version its number and hash."""
    _catch_up(version)
    hashes = select(DatasetEntry.row_hash).where(DatasetEntry.version_id == version.id).order_by(DatasetEntry.row_hash)
    content_hash = hash_of_sorted_rows(reading().scalars(hashes, execution_options={"yield_per": ROWS_AT_ONCE}))
    before = find_latest_version(job.skill_id)
    plan = ("seed", "validation_percent", "test_percent")
    is_known = before and hash_now(before).content_hash == content_hash
    if before and is_known and all(getattr(before, name) == getattr(version, name) for name in plan):
        raise Conflict(f"Nothing changed since version {before.number}: it is what you would freeze.")
    version.content_hash = content_hash
    version.number = 1 + (before.number or 0 if before else 0)
    version.frozen_at = clock.now()
    version.split_report = {**(version.split_report or {}), **report_of(version.id)}
    version.rows = sum(version.split_report["rows"].values())
    audit.record(
        actor_id=job.user_id,
        action="dataset_version.frozen",
        subject="dataset_version",
        subject_id=version.id,
        skill_id=job.skill_id,
        number=version.number,
        content_hash=content_hash,
        rows=version.rows,
    )
    return {"number": version.number, "rows": version.rows}


def _catch_up(version: DatasetVersion) -> None:
    session = reading()
    is_now = exists().where(
        TrainingExample.id == FrozenRow.example_id,
        TrainingExample.revision == FrozenRow.revision,
        TrainingExample.status == Status.APPROVED.value,
    )
    mine = DatasetEntry.version_id == version.id
    stale = select(DatasetEntry.frozen_row_id).join(FrozenRow, FrozenRow.id == DatasetEntry.frozen_row_id)
    is_stale = DatasetEntry.frozen_row_id.in_(stale.where(mine, ~is_now).scalar_subquery())
    session.execute(delete(DatasetEntry).where(mine, is_stale), execution_options={"synchronize_session": False})
    # One within the other, not joined: so each example is looked up, and the version is not walked for each.
    has_entry = exists().where(mine, DatasetEntry.frozen_row_id == FrozenRow.id)
    is_held = exists().where(
        FrozenRow.example_id == TrainingExample.id, FrozenRow.revision == TrainingExample.revision, has_entry
    )
    late = _select_approved(version.skill_id).where(~is_held)
    while found := _read(late):
        _place(version, _chunk_of(version.skill_id, found))

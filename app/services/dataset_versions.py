"""Dataset versions: finding them, opening them as they were, and what is different between two.

How costs grow: a page of a version's rows costs the same at any size; what is different between two is found by
walking both once.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy.orm import aliased

from app.domain.errors import Invalid, NotFound
from app.domain.splits import Split
from app.models import DatasetEntry, DatasetVersion, FrozenRow, User, VersionSuccessor
from app.models.base import MAX_ID, is_id
from app.services.dataset_rows import select_entries
from app.services.paging import Cursor, Page, make_page, newest_first
from app.services.transactions import reading

LATEST = "latest"


class VersionNow(NamedTuple):
    """What a version is known by today, after what was withdrawn from it."""

    content_hash: str
    rows: int


class VersionInList(NamedTuple):
    """A version, who made it, and what it is known by today."""

    version: DatasetVersion
    creator_name: str
    now: VersionNow


class EntryOfVersion(NamedTuple):
    """One row of a version, and its split."""

    entry: DatasetEntry
    row: FrozenRow


class Change(NamedTuple):
    """What became of one example from one version to another: None where it was, or is, not there."""

    example_id: int
    before: FrozenRow | None
    after: FrozenRow | None


def get_dataset_versions(skill_id: int, *, cursor: Cursor | None = None, size: int = 50) -> Page[VersionInList]:
    """Return one page of the skill's versions, newest first."""
    statement = (
        select(DatasetVersion, User.name)
        .join(User, User.id == DatasetVersion.created_by)
        .where(DatasetVersion.skill_id == skill_id, DatasetVersion.number.is_not(None))
    )
    number = func.coalesce(DatasetVersion.number, 0)
    found = reading().execute(newest_first(statement, number, cursor=cursor, size=size)).all()
    now = _hashes_now([version for version, _ in found])
    rows = [VersionInList(version, name, now[version.id]) for version, name in found]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.version.number or 0,))


def get_dataset_version(skill_id: int, number: int | str) -> DatasetVersion:
    """Return the skill's version with this number, or its `latest`; raise `NotFound`."""
    if number == LATEST:
        version = find_latest_version(skill_id)
        if version is None:
            raise NotFound("version of this skill's training data yet")
        return version
    digits = str(number)
    wanted = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= len(str(MAX_ID)) else 0
    statement = select(DatasetVersion).where(DatasetVersion.skill_id == skill_id, DatasetVersion.number == wanted)
    version = reading().scalars(statement).one_or_none() if is_id(wanted) else None
    if version is None:
        raise NotFound(f"version {number} of this skill's training data")
    return version


def find_latest_version(skill_id: int) -> DatasetVersion | None:
    """Return the skill's newest version, or None."""
    statement = select(DatasetVersion).where(DatasetVersion.skill_id == skill_id, DatasetVersion.number.is_not(None))
    return reading().scalars(statement.order_by(DatasetVersion.number.desc()).limit(1)).one_or_none()


def hash_now(version: DatasetVersion) -> VersionNow:
    """Return what the version is known by today."""
    return _hashes_now([version])[version.id]


def tag_of_version(version: DatasetVersion) -> str:
    """Return what names the version and what it is known by today, for ETags."""
    return f"{version.number}-{hash_now(version).content_hash[:32]}"


def get_successors(version_id: int) -> Sequence[VersionSuccessor]:
    """Return what was withdrawn from a version, newest first, and what the rest is known by since then."""
    statement = select(VersionSuccessor).where(VersionSuccessor.version_id == version_id)
    return reading().scalars(statement.order_by(VersionSuccessor.id.desc())).all()


def get_version_rows(
    version_id: int, *, split: Split | None = None, cursor: Cursor | None = None, size: int = 50
) -> Page[EntryOfVersion]:
    """Return one page of a version's rows as they were, newest first."""
    key: ColumnElement[int] = DatasetEntry.frozen_row_id.expression
    statement = newest_first(select_entries(version_id, split), key, cursor=cursor, size=size)
    rows = [EntryOfVersion(*row) for row in reading().execute(statement)]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.entry.frozen_row_id,))


def count_splits(version_id: int) -> dict[Split, int]:
    """Return how many rows each split of a version has today."""
    counts = select_entries(version_id).with_only_columns(DatasetEntry.split, func.count()).group_by(DatasetEntry.split)
    found = dict(reading().execute(counts).all())
    return {split: found.get(split.value, 0) for split in Split}


def compare_versions(
    old: DatasetVersion, new: DatasetVersion, *, cursor: Cursor | None = None, size: int = 50
) -> Page[Change]:
    """Return one page of what is different between two versions of one skill, example by example, newest first."""
    if old.skill_id != new.skill_id:
        raise Invalid({"to": "Compare two versions of the same skill."})
    before, after = _rows_by_example(old.id), _rows_by_example(new.id)
    changed = (
        select(func.coalesce(after.c.example_id, before.c.example_id).label("example_id"), before.c.id, after.c.id)
        .select_from(after)
        .join(before, before.c.example_id == after.c.example_id, full=True)
        .where(func.coalesce(before.c.row_hash, "") != func.coalesce(after.c.row_hash, ""))
    ).subquery()
    example_id, before_id, after_id = changed.c
    old_row, new_row = aliased(FrozenRow), aliased(FrozenRow)
    statement = (
        select(example_id, old_row, new_row)
        .outerjoin(old_row, old_row.id == before_id)
        .outerjoin(new_row, new_row.id == after_id)
    )
    found = reading().execute(newest_first(statement, example_id, cursor=cursor, size=size))
    return make_page(
        [Change(*row) for row in found], cursor=cursor, size=size, key_of=lambda change: (change.example_id,)
    )


def _rows_by_example(version_id: int) -> Subquery:
    rows = select_entries(version_id).with_only_columns(FrozenRow.example_id, FrozenRow.id, FrozenRow.row_hash)
    return rows.subquery()


def _hashes_now(versions: Sequence[DatasetVersion]) -> dict[int, VersionNow]:
    newest = (
        select(func.max(VersionSuccessor.id))
        .where(VersionSuccessor.version_id.in_([version.id for version in versions]))
        .group_by(VersionSuccessor.version_id)
    )
    found = reading().scalars(select(VersionSuccessor).where(VersionSuccessor.id.in_(newest)))
    after = {one.version_id: VersionNow(one.content_hash, one.rows) for one in found}
    return {
        version.id: after.get(version.id) or VersionNow(version.content_hash or "", version.rows)
        for version in versions
    }

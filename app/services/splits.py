"""Splits of a version's rows, as far as they are placed: what the next ones are kept together with, and the report.

How costs grow: looking up, with the rows that are asked for; the report reads every entry of the version once.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, case, func, select

from app.database import is_one_of
from app.domain.splits import Plan, Split
from app.domain.training_examples import Source
from app.models import DatasetEntry, DatasetVersion, FrozenRow, User
from app.services.transactions import reading


def splits_in_version_before(version: DatasetVersion, example_ids: Collection[int]) -> dict[int, tuple[int, Split]]:
    """Return where examples were in the newest version that is split by the same plan: their revision, and the split.

    They stay there: whoever trained on them then does not find them in a later version's test.
    """
    before = _find_before(version)
    if before is None:
        return {}
    placed = (
        select(FrozenRow.example_id, FrozenRow.revision, DatasetEntry.split)
        .join(DatasetEntry, and_(DatasetEntry.frozen_row_id == FrozenRow.id, DatasetEntry.version_id == before))
        .where(is_one_of(FrozenRow.example_id, example_ids, reading()))
    )
    return {example_id: (revision, Split(split)) for example_id, revision, split in reading().execute(placed)}


def splits_of(version: DatasetVersion, example_ids: Collection[int]) -> dict[int, Split]:
    """Return the splits that examples are in so far."""
    split = _split_in(version.id)
    placed = select(FrozenRow.example_id, split).where(
        is_one_of(FrozenRow.example_id, example_ids, reading()), split.is_not(None)
    )
    return {example_id: Split(found) for example_id, found in reading().execute(placed)}


def splits_of_contributors(version: DatasetVersion, user_ids: Collection[int]) -> dict[int, Split]:
    """Return the one split that each user's captured rows are in so far, or in the newest version that is split by the
    same plan; those that are held out aside."""
    before = _find_before(version)
    found = {} if before is None else _splits_of_contributors(version.skill_id, before, user_ids)
    return found | _splits_of_contributors(version.skill_id, version.id, user_ids)


def _splits_of_contributors(skill_id: int, version_id: int, user_ids: Collection[int]) -> dict[int, Split]:
    split = _split_in(version_id)
    # The first that is found says it for all: a user's rows are not walked for each chunk that has one of them.
    first = (
        select(split)
        .where(FrozenRow.user_id == User.id, FrozenRow.skill_id == skill_id)
        .where(FrozenRow.source == Source.USAGE_CAPTURE.value, split != Split.HELD_OUT.value)
        .limit(1)
        .scalar_subquery()
    )
    placed = select(User.id, first).where(is_one_of(User.id, user_ids, reading()))
    return {user_id: Split(found) for user_id, found in reading().execute(placed) if found is not None}


def report_of(version_id: int) -> dict[str, Any]:
    """Return how many rows each split has, whose usage is in them, and in how many cases it is in two: none."""
    placed = select(DatasetEntry.split, func.count()).where(DatasetEntry.version_id == version_id)
    counts = dict(reading().execute(placed.group_by(DatasetEntry.split)).all())
    usage = (
        select(func.count(func.distinct(DatasetEntry.split)).label("splits"))
        .join(FrozenRow, FrozenRow.id == DatasetEntry.frozen_row_id)
        .where(DatasetEntry.version_id == version_id, FrozenRow.source == Source.USAGE_CAPTURE.value)
        .where(DatasetEntry.split != Split.HELD_OUT.value)
        .group_by(FrozenRow.user_id)
        .subquery()
    )
    straddling = func.sum(case((usage.c.splits > 1, 1), else_=0))
    contributors, in_two = reading().execute(select(func.count(), straddling).select_from(usage)).one()
    return {
        "rows": {one.value: counts.get(one.value, 0) for one in Split},
        "contributors": contributors,
        "contributors_in_two": int(in_two or 0),
    }


def _split_in(version_id: int) -> Any:
    """Return the split of a frozen row as a column. It is looked up row by row: joined, SQLite would walk the version
    for each chunk instead."""
    its_entry = select(DatasetEntry.split).where(
        DatasetEntry.version_id == version_id, DatasetEntry.frozen_row_id == FrozenRow.id
    )
    return its_entry.correlate(FrozenRow).scalar_subquery()


def _find_before(version: DatasetVersion) -> int | None:
    """Return the id of the newest version of the skill that is split by the same plan."""
    plan = [getattr(DatasetVersion, name) == getattr(version, name) for name in Plan._fields]
    same = select(DatasetVersion.id).where(DatasetVersion.skill_id == version.skill_id, *plan)
    newest = same.where(DatasetVersion.number.is_not(None)).order_by(DatasetVersion.number.desc()).limit(1)
    return reading().scalars(newest).one_or_none()

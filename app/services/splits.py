"""Splits of a version's rows, as far as they are placed: what the next ones are kept together with, and the report.

How costs grow: looking up, with the rows that are asked for; the report reads every entry of the version once.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, func, select

from app.database import is_one_of
from app.domain.splits import Split
from app.domain.training_examples import Source
from app.models import DatasetEntry, DatasetVersion, FrozenRow, User
from app.services.transactions import reading


def splits_of(version: DatasetVersion, example_ids: Collection[int]) -> dict[int, Split]:
    """Return the splits that examples are in so far."""
    split = _split_in(version)
    placed = select(FrozenRow.example_id, split).where(
        is_one_of(FrozenRow.example_id, example_ids, reading()), split.is_not(None)
    )
    return {example_id: Split(found) for example_id, found in reading().execute(placed)}


def splits_of_contributors(version: DatasetVersion, user_ids: Collection[int]) -> dict[int, Split]:
    """Return the one split that each user's captured rows are in so far, those that are held out aside."""
    split = _split_in(version)
    # The first that is found says it for all: a user's rows are not walked for each chunk that has one of them.
    first = (
        select(split)
        .where(FrozenRow.user_id == User.id, FrozenRow.skill_id == version.skill_id)
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


def _split_in(version: DatasetVersion) -> Any:
    """Return the split of a frozen row as a column. It is looked up row by row: joined, SQLite would walk the version
    for each chunk instead."""
    its_entry = select(DatasetEntry.split).where(
        DatasetEntry.version_id == version.id, DatasetEntry.frozen_row_id == FrozenRow.id
    )
    return its_entry.correlate(FrozenRow).scalar_subquery()

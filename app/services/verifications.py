"""Verifying: every hash of the frozen versions is made again from what is stored, and compared.

How costs grow: with the rows that versions hold; each is read once, and a version's list of rows once more.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from app.domain.datasets import hash_of_rows
from app.domain.erasures import Withdrawal
from app.models import DatasetEntry, DatasetVersion, FrozenRow, Skill, VersionSuccessor
from app.services.dataset_rows import FROZEN_COLUMNS, ROWS_AT_ONCE, row_of, select_entries
from app.services.dataset_versions import hash_now
from app.services.transactions import reading


class Verified(NamedTuple):
    """What looking at some rows, or at a version, came to: how many rows, and one sentence per fault."""

    rows: int
    faults: tuple[str, ...] = ()


def count_frozen_rows(skill_id: int | None = None) -> int:
    """Return how many rows there are to look at."""
    return reading().scalar(select(func.count()).select_from(FrozenRow).where(_there(skill_id))) or 0


def verify(skill_id: int | None = None) -> Iterator[Verified]:
    """Look at every frozen row and every version, of one skill where given; yields what each step found."""
    yield from _verify_rows(skill_id)
    versions = select(DatasetVersion, Skill.slug).join(Skill, Skill.id == DatasetVersion.skill_id)
    versions = versions.where(DatasetVersion.number.is_not(None))
    if skill_id is not None:
        versions = versions.where(DatasetVersion.skill_id == skill_id)
    for version, slug in reading().execute(versions.order_by(DatasetVersion.id)).all():
        yield Verified(0, tuple(_faults_of(version, slug)))


def _verify_rows(skill_id: int | None) -> Iterator[Verified]:
    columns = (FrozenRow.id, FrozenRow.row_hash, *FROZEN_COLUMNS)
    statement = select(*columns).where(_there(skill_id)).order_by(FrozenRow.id).limit(ROWS_AT_ONCE)
    last = 0
    while batch := reading().execute(statement.where(FrozenRow.id > last)).all():
        faults = [
            f"Frozen row {row_id} says {found[:12]}…, and is known as {row_hash[:12]}…."
            for row_id, row_hash, *values in batch
            if (found := row_of(values).hash) != row_hash
        ]
        yield Verified(len(batch), tuple(faults))
        last = batch[-1][0]


def _faults_of(version: DatasetVersion, slug: str) -> Iterator[str]:
    now = hash_now(version)
    hashes = reading().scalars(select_entries(version.id).with_only_columns(FrozenRow.row_hash)).all()
    name = f"Version {version.number} of {slug}"
    if len(hashes) != now.rows:
        yield f"{name} has {len(hashes):,} rows, and should have {now.rows:,}."
    if (found := hash_of_rows(hashes)) != now.content_hash:
        yield f"{name} says {found[:12]}…, and is known as {now.content_hash[:12]}…."
    yield from _faults_since_it_was_frozen(version, name)
    is_other = DatasetEntry.row_hash != FrozenRow.row_hash
    others = reading().scalar(select_entries(version.id).where(is_other).with_only_columns(func.count()))
    if others:
        yield f"{name} names {others:,} rows by other hashes than their own."


def _faults_since_it_was_frozen(version: DatasetVersion, name: str) -> Iterator[str]:
    """Say what is not as it was frozen: the rows with those that were withdrawn since, and in which splits they are."""
    placed = select(DatasetEntry.split, func.count()).where(DatasetEntry.version_id == version.id)
    counts = dict(reading().execute(placed.group_by(DatasetEntry.split)).all())
    frozen = (version.split_report or {}).get("rows", {})
    if frozen and any(counts.get(split, 0) != rows for split, rows in frozen.items()):
        yield f"{name} has its rows in other splits than when it was frozen."
    why = set(reading().scalars(select(VersionSuccessor.reason).where(VersionSuccessor.version_id == version.id)))
    if not why or Withdrawal.CLEANED_AGAIN.value in why:
        return  # nothing is gone, or rows say something else by now and are known by other hashes
    hashes = reading().scalars(select(DatasetEntry.row_hash).where(DatasetEntry.version_id == version.id))
    frozen_hash = version.content_hash or ""
    if (found := hash_of_rows(hashes)) != frozen_hash:
        yield f"{name} was frozen as {frozen_hash[:12]}…, and with what was withdrawn it says {found[:12]}…."


def _there(skill_id: int | None) -> ColumnElement[bool]:
    is_there = FrozenRow.withdrawn_at.is_(None)
    return is_there if skill_id is None else and_(is_there, FrozenRow.skill_id == skill_id)

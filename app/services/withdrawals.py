"""Withdrawing rows from what is frozen: the texts go, a tombstone stays, and what is left is known by another hash.

Done in the transaction of what makes the rows go. Before a row's texts are deleted, what the row is known by in files
of every format is noted, so that `goldset purge` finds it in what was exported.

How costs grow: with the rows that go, and with the versions that hold them, whose hash is made again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.domain.datasets import Row, hash_of_rows
from app.domain.erasures import Withdrawal
from app.domain.formats import Record
from app.domain.training_examples import Source
from app.models import (
    DatasetEntry,
    DatasetVersion,
    Example,
    FrozenRow,
    Skill,
    VersionSuccessor,
    WithdrawnRow,
)
from app.services import clock
from app.services.dataset_rows import (
    EXAMPLE_COLUMNS,
    FROZEN_CONTENT,
    ROWS_AT_ONCE,
    frozen_row_of,
    row_of,
    select_entries,
)
from app.services.former_rows import keys_of
from app.services.transactions import reading, writing


def withdraw_captured_rows(
    user_id: int, *, reason: Withdrawal, skill_id: int | None = None, example_ids: Iterable[int] | None = None
) -> int:
    """Withdraw a user's captured rows from every version, of one skill or of some examples where given.

    Returns how many went. A part of the running change.
    """
    which: list[ColumnElement[bool]] = [
        FrozenRow.user_id == user_id,
        FrozenRow.source == Source.USAGE_CAPTURE.value,
        FrozenRow.withdrawn_at.is_(None),
    ]
    if skill_id is not None:
        which.append(FrozenRow.skill_id == skill_id)
    if example_ids is not None:
        which.append(FrozenRow.example_id.in_(list(example_ids)))
    with writing() as session:
        rows = session.scalars(select(FrozenRow).where(*which)).all()
        note_withdrawn([(row.skill_id, row.row_hash, frozen_row_of(row)) for row in rows], reason=reason)
        for row in rows:
            for gone in (*FROZEN_CONTENT, FrozenRow.user_id):
                setattr(row, gone.key, None)
            row.withdrawn_at = clock.now()
        session.flush()
        renew_hashes([row.id for row in rows], reason=reason)
    return len(rows)


def note_withdrawn_examples(which: Sequence[ColumnElement[bool]], *, reason: Withdrawal) -> None:
    """Note what examples are known by that are about to go, as they are now: they may have been exported unfrozen."""
    statement = select(Example.skill_id, *EXAMPLE_COLUMNS).where(*which)
    rows = [(skill_id, row_of(values)) for skill_id, *values in reading().execute(statement)]
    note_withdrawn([(skill_id, row.hash, row) for skill_id, row in rows], reason=reason)


def note_withdrawn(rows: Sequence[tuple[int, str, Row]], *, reason: Withdrawal) -> None:
    """Note what some rows of skills are known by in files of every format, once each."""
    slugs = dict(reading().execute(select(Skill.id, Skill.slug).where(Skill.id.in_({one for one, _, _ in rows}))).all())
    known = _noted([row_hash for _, row_hash, _ in rows])
    with writing() as session:
        for skill_id, row_hash, row in rows:
            if (skill_id, row_hash) in known:
                continue
            known.add((skill_id, row_hash))
            session.add(
                WithdrawnRow(
                    skill_id=skill_id,
                    row_hash=row_hash,
                    keys=keys_of(Record(row, row_hash), slugs[skill_id]),
                    reason=reason.value,
                    at=clock.now(),
                )
            )


def renew_hashes(frozen_row_ids: Sequence[int], *, reason: Withdrawal) -> None:
    """Give every version that has one of these rows the hash of what is left, with the reason."""
    with writing() as session:
        for version_id, count in _count_held(frozen_row_ids).items():
            left = session.scalars(select_entries(version_id).with_only_columns(DatasetEntry.row_hash)).all()
            session.add(
                VersionSuccessor(
                    version_id=version_id,
                    content_hash=hash_of_rows(left),
                    rows=len(left),
                    withdrawn=count,
                    reason=reason.value,
                    at=clock.now(),
                )
            )


def make_erasure_manifest(skill: Skill) -> dict[str, Any]:
    """Return what must go from files that were exported of the skill: hashes and keys, and nobody's words."""
    rows = reading().scalars(select(WithdrawnRow).where(WithdrawnRow.skill_id == skill.id).order_by(WithdrawnRow.id))
    return {
        "goldset_erasure_manifest": 1,
        "skill": skill.slug,
        "rows": [
            {
                "hash": row.row_hash,
                "reason": row.reason,
                "at": row.at.isoformat(timespec="seconds"),
                "keys": dict(key.split(":") for key in row.keys.split(" ")),
            }
            for row in rows
        ],
    }


def _noted(row_hashes: Sequence[str]) -> set[tuple[int, str]]:
    """Return which of these are noted already, and for which skill."""
    found: set[tuple[int, str]] = set()
    for at in range(0, len(row_hashes), ROWS_AT_ONCE):
        some = WithdrawnRow.row_hash.in_(row_hashes[at : at + ROWS_AT_ONCE])
        noted = select(WithdrawnRow.skill_id, WithdrawnRow.row_hash).where(some)
        found |= {(skill_id, row_hash) for skill_id, row_hash in reading().execute(noted)}
    return found


def _count_held(frozen_row_ids: Sequence[int]) -> Counter[int]:
    """Return how many of these rows each version holds."""
    held: Counter[int] = Counter()
    for at in range(0, len(frozen_row_ids), ROWS_AT_ONCE):
        counts = (
            select(DatasetEntry.version_id, func.count())
            .join(DatasetVersion, DatasetVersion.id == DatasetEntry.version_id)
            .where(DatasetEntry.frozen_row_id.in_(frozen_row_ids[at : at + ROWS_AT_ONCE]))
            .where(DatasetVersion.number.is_not(None))
            .group_by(DatasetEntry.version_id)
        )
        held.update(dict(reading().execute(counts).all()))
    return held

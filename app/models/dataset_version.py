from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.erasures import Withdrawal
from app.domain.splits import Split
from app.domain.training_examples import Source
from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeJSON, FreeText, NullableJSON, UtcDateTime


class DatasetVersion(Cleaned, Base):
    """A numbered, frozen selection of a skill's approved examples, with how it is split.

    `content_hash` is what its rows were known by when it was frozen. Without a number it is still being made, and is
    shown to nobody.
    """

    __tablename__ = "dataset_versions"
    __table_args__ = (
        CheckConstraint("number >= 1", "number"),
        CheckConstraint("rows >= 0", "rows"),
        CheckConstraint("(number IS NULL) = (content_hash IS NULL)", "frozen"),
        CheckConstraint("(number IS NULL) = (frozen_at IS NULL)", "frozen_at"),
        UniqueConstraint("skill_id", "number"),
        UniqueConstraint("job_id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    number: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(FreeText)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    rows: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    seed: Mapped[int]
    validation_percent: Mapped[int] = mapped_column(SmallInteger)
    test_percent: Mapped[int] = mapped_column(SmallInteger)
    split_report: Mapped[dict[str, Any] | None] = mapped_column(FreeJSON)
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FrozenRow(Cleaned, Base):
    """One revision of an example as versions hold it, whatever becomes of the example.

    A row that was withdrawn has no texts any more: what is left is its hash, as a tombstone.
    """

    __tablename__ = "frozen_rows"
    __table_args__ = (
        CheckConstraint("source IN (" + ", ".join(f"'{source}'" for source in Source) + ")", "source"),
        CheckConstraint("(withdrawn_at IS NULL) = (example_input IS NOT NULL)", "input"),
        CheckConstraint("(withdrawn_at IS NULL) = (example_output IS NOT NULL)", "output"),
        CheckConstraint("withdrawn_at IS NULL OR (expected_output IS NULL AND user_id IS NULL)", "withdrawn"),
        UniqueConstraint("example_id", "revision"),
        Index("ix_frozen_rows_user_id", "user_id", "skill_id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), index=True)
    example_id: Mapped[int]
    """The example's number, which stays when the example is gone."""
    revision: Mapped[int]
    row_hash: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    source: Mapped[str] = mapped_column(String(32))
    example_input: Mapped[str | None] = mapped_column(FreeText)
    example_output: Mapped[str | None] = mapped_column(FreeText)
    expected_output: Mapped[str | None] = mapped_column(FreeText)
    quality_score: Mapped[int | None] = mapped_column(SmallInteger)
    evaluation_only: Mapped[bool]
    tags: Mapped[list[str] | None] = mapped_column(NullableJSON)
    example_metadata: Mapped[dict[str, Any] | None] = mapped_column(NullableJSON)
    turns: Mapped[list[dict[str, str]] | None] = mapped_column(NullableJSON)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DatasetEntry(Base):
    """That a version has a row, and in which split. The order of its key is the canonical order of a version's rows."""

    __tablename__ = "dataset_entries"
    __table_args__ = (
        CheckConstraint("split IN (" + ", ".join(f"'{split}'" for split in Split) + ")", "split"),
        Index("ix_dataset_entries_newest", "version_id", "frozen_row_id"),
        Index("ix_dataset_entries_frozen_row_id", "frozen_row_id"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("dataset_versions.id", ondelete="CASCADE"), primary_key=True)
    row_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    frozen_row_id: Mapped[int] = mapped_column(ForeignKey("frozen_rows.id", ondelete="CASCADE"), primary_key=True)
    split: Mapped[str] = mapped_column(String(16))


class VersionSuccessor(Base):
    """That a version lost rows, why, and what the rest is known by since then. The newest one holds."""

    __tablename__ = "version_successors"
    __table_args__ = (
        CheckConstraint("reason IN (" + ", ".join(f"'{reason}'" for reason in Withdrawal) + ")", "reason"),
        CheckConstraint("rows >= 0 AND withdrawn >= 1", "counts"),
        Index("ix_version_successors_version_id", "version_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("dataset_versions.id", ondelete="CASCADE"))
    content_hash: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    withdrawn: Mapped[int]
    reason: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class WithdrawnRow(Base):
    """What a row that must go is known by: its hash, and its key in files of each format. It holds no content."""

    __tablename__ = "withdrawn_rows"
    __table_args__ = (
        CheckConstraint("reason IN (" + ", ".join(f"'{reason}'" for reason in Withdrawal) + ")", "reason"),
        Index("ix_withdrawn_rows_skill_id", "skill_id", "id"),
        Index("ix_withdrawn_rows_row_hash", "row_hash"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    row_hash: Mapped[str] = mapped_column(String(64))
    keys: Mapped[str] = mapped_column(Text)
    """`format:key` for each format, between spaces."""
    reason: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

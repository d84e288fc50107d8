from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.erasures import Reason
from app.domain.training_examples import Status
from app.models.base import NEVER_REUSE_IDS, Base
from app.models.types import UtcDateTime

NOT_SCRUBBED = text("scrubbed_at IS NULL")


class Erasure(Base):
    """That captured examples of one user were deleted, how many, and why. It proves the deletion and holds no content.

    `scrubbed_at` is when what was deleted was also gone from the files of the database (None: not yet).
    """

    __tablename__ = "erasures"
    __table_args__ = (
        CheckConstraint("reason IN (" + ", ".join(f"'{reason}'" for reason in Reason) + ")", "reason"),
        CheckConstraint("examples >= 0", "examples"),
        Index("ix_erasures_user_id", "user_id", "id"),
        Index("ix_erasures_not_scrubbed", "id", sqlite_where=NOT_SCRUBBED, postgresql_where=NOT_SCRUBBED),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(String(32))
    examples: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    scrubbed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Tombstone(Base):
    """That there was an example with this number: where it stood when it was erased, and nothing of what it said."""

    __tablename__ = "tombstones"
    __table_args__ = (
        CheckConstraint("status IN (" + ", ".join(f"'{status}'" for status in Status) + ")", "status"),
        Index("ix_tombstones_skill_id", "skill_id", "example_id"),
    )

    example_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    erasure_id: Mapped[int] = mapped_column(ForeignKey("erasures.id", ondelete="RESTRICT"), index=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    usage_event_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(32))
    captured_at: Mapped[datetime] = mapped_column(UtcDateTime)

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.consent import Decision
from app.models.base import NEVER_REUSE_IDS, Base, WrittenOnce
from app.models.types import UtcDateTime


class ConsentRecord(WrittenOnce, Base):
    """One line of the ledger of consent: who decided what, about which wording of the notice, when.

    `skill_id` is None for the whole of somebody's usage, else the one skill that was left out or taken in again.
    `actor_id` is who did it: the user themself, or None where an account was deleted from the command line.
    """

    __tablename__ = "consent_records"
    __table_args__ = (
        CheckConstraint("decision IN (" + ", ".join(f"'{decision}'" for decision in Decision) + ")", "decision"),
        CheckConstraint("notice_version >= 1", "notice_version"),
        Index("ix_consent_records_user_id", "user_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    decision: Mapped[str] = mapped_column(String(16))
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skills.id", ondelete="SET NULL"))
    notice_version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import NEVER_REUSE_IDS, Base, WrittenOnce
from app.models.cleaned import Cleaned
from app.models.types import FreeJSON, UtcDateTime
from app.models.user import User


class AuditRecord(WrittenOnce, Cleaned, Base):
    """Who did what to which thing, when. `details` names fields and states, never people's texts.

    `actor_id` is None for what the system or its command line did. `subject` is the kind of thing ("skill") and
    `subject_id` its id; there is no foreign key, because the record outlives the thing.
    """

    __tablename__ = "audit_log"
    __table_args__ = (
        # One index per way the log is looked through, each ending in what its pages are keyed on.
        Index("ix_audit_log_at", "at", "id"),
        Index("ix_audit_log_actor", "actor_id", "at", "id"),
        Index("ix_audit_log_action", "action", "at", "id"),
        Index("ix_audit_log_subject_kind", "subject", "at", "id"),
        Index("ix_audit_log_subject", "subject", "subject_id", "at", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(FreeJSON)

    actor: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[actor_id])

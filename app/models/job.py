from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.jobs import Kind, State
from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.skill import Skill
from app.models.types import FreeJSON, FreeText, UtcDateTime

UNFINISHED = text("state IN ('queued', 'running')")


class Job(Cleaned, Base):
    """Long work on a skill's training data: what somebody asked for, how far it is, and what came of it.

    Every chunk of it moves `progress` (towards `total`) and `position` (where to go on) in the transaction of its rows.
    Whoever works on it holds a lease: a token that nobody else has, until `leased_until`.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("kind IN (" + ", ".join(f"'{kind}'" for kind in Kind) + ")", "kind"),
        CheckConstraint("state IN (" + ", ".join(f"'{state}'" for state in State) + ")", "state"),
        CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", "leased"),
        CheckConstraint("(lease_token IS NULL) = (leased_until IS NULL)", "lease"),
        CheckConstraint("progress >= 0 AND total >= 0 AND tries >= 0", "counts"),
        Index("ix_jobs_unfinished", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
        Index("ix_jobs_skill_id", "skill_id", "id"),
        Index("ix_jobs_user_id", "user_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(String(16), default=State.QUEUED.value)
    wanted: Mapped[dict[str, Any]] = mapped_column(FreeJSON)
    """What was asked for, in the words of its kind."""
    result: Mapped[dict[str, Any] | None] = mapped_column(FreeJSON)
    problem: Mapped[str | None] = mapped_column(FreeText)
    """Why it failed, as a sentence."""
    progress: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    total: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    tries: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    lease_token: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    skill: Mapped[Skill] = relationship(lazy="raise")

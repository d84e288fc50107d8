from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import NEVER_REUSE_IDS, Base, WrittenOnce
from app.models.cleaned import Cleaned
from app.models.types import FreeText, UtcDateTime
from app.models.user import User


class SkillVersion(WrittenOnce, Cleaned, Base):
    """One saved state of a skill: `content` is the whole SKILL.md. Numbered from 1 within its skill."""

    __tablename__ = "skill_versions"
    __table_args__ = (
        UniqueConstraint("skill_id", "number"),
        CheckConstraint("number >= 1", "number"),
        CheckConstraint("length(content_digest) = 64", "content_digest"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(FreeText)
    content_digest: Mapped[str] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(FreeText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))

    creator: Mapped[User] = relationship(lazy="raise", foreign_keys=[created_by])

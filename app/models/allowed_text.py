from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import NEVER_REUSE_IDS, Base
from app.models.types import UtcDateTime


class AllowedText(Base):
    """A text that redaction takes for a secret and that a skill's author knows to be none, by its SHA-256 alone.

    `kind` is what it was taken for. The text itself is nowhere but in the examples that it is let into.
    """

    __tablename__ = "allowed_texts"
    __table_args__ = (
        UniqueConstraint("skill_id", "digest"),
        CheckConstraint("length(digest) = 64", "digest"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))

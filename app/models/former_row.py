from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import NEVER_REUSE_IDS, Base


class FormerRow(Base):
    """What a captured example was known by in files, before it was changed or deleted: hashes, and no content.

    It may have been exported as it was then. When its user takes it back, these become `WithdrawnRow`s.
    """

    __tablename__ = "former_rows"
    __table_args__ = (
        UniqueConstraint("example_id", "row_hash"),
        Index("ix_former_rows_user_id", "user_id", "skill_id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    example_id: Mapped[int]
    """The example's number, which stays when the example is gone."""
    row_hash: Mapped[str] = mapped_column(String(64))
    keys: Mapped[str] = mapped_column(Text)
    """As in `WithdrawnRow`."""

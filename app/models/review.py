from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.reviews import OpinionVerdict, Verb
from app.domain.training_examples import Status
from app.models.base import KEY_IS_THE_ROW, NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeText, UtcDateTime


class ReviewAction(Base):
    """One thing that a reviewer did, to one example or to many at once. `undone_at` is when they took it back."""

    __tablename__ = "review_actions"
    __table_args__ = (
        CheckConstraint("verb IN (" + ", ".join(f"'{verb}'" for verb in Verb) + ")", "verb"),
        Index("ix_review_actions_reviewer", "skill_id", "reviewer_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    verb: Mapped[str] = mapped_column(String(16))
    examples: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReviewChange(Cleaned, Base):
    """How one example was before an action, so that it can be undone while nobody changed the example since.

    It goes with the example: what is erased is not kept here either.
    """

    __tablename__ = "review_changes"
    __table_args__ = (
        CheckConstraint("status IN (" + ", ".join(f"'{status}'" for status in Status) + ")", "status"),
        UniqueConstraint("action_id", "example_id"),
        Index("ix_review_changes_example_id", "example_id"),
        NEVER_REUSE_IDS,
    )

    KEPT: ClassVar = ("status", "expected_output", "quality_score", "comment", "reviewed_at", "reviewed_by")
    """The columns that are the example's, and come back by undoing."""

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("review_actions.id", ondelete="CASCADE"))
    example_id: Mapped[int] = mapped_column(ForeignKey("skill_feedback.id", ondelete="CASCADE"))
    revision: Mapped[int]
    """The revision that the action made."""
    status: Mapped[str] = mapped_column(String(32))
    expected_output: Mapped[str | None] = mapped_column(FreeText)
    quality_score: Mapped[int | None] = mapped_column(SmallInteger)
    comment: Mapped[str | None] = mapped_column(FreeText)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))


class Opinion(Cleaned, Base):
    """A second opinion on an example: asked of one user by another, and given without seeing what was decided."""

    __tablename__ = "opinions"
    __table_args__ = (
        CheckConstraint("verdict IN (" + ", ".join(f"'{verdict}'" for verdict in OpinionVerdict) + ")", "verdict"),
        CheckConstraint("quality_score BETWEEN 1 AND 10", "quality_score"),
        CheckConstraint("(answered_at IS NULL) = (verdict IS NULL)", "answered"),
        UniqueConstraint("example_id", "asked_of"),
        Index("ix_opinions_asked_of", "asked_of", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    example_id: Mapped[int] = mapped_column(ForeignKey("skill_feedback.id", ondelete="CASCADE"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    asked_of: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verdict: Mapped[str | None] = mapped_column(String(16))
    quality_score: Mapped[int | None] = mapped_column(SmallInteger)
    comment: Mapped[str | None] = mapped_column(FreeText)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExampleBand(Base):
    """One band of an example (`domain/near_duplicates.py`): examples of a skill that share one may be alike."""

    __tablename__ = "example_bands"
    __table_args__ = (Index("ix_example_bands_example_id", "example_id"), KEY_IS_THE_ROW)

    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), primary_key=True)
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    example_id: Mapped[int] = mapped_column(ForeignKey("skill_feedback.id", ondelete="CASCADE"), primary_key=True)

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class ExampleChange(Base):
    """That a bulk change did something to an example, and to which revision: what undoing walks back.

    It goes with the example, and when it is undone: a change without rows has nothing to undo.
    """

    __tablename__ = "example_changes"
    __table_args__ = (Index("ix_example_changes_example_id", "example_id"),)

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    example_id: Mapped[int] = mapped_column(ForeignKey("skill_feedback.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int]
    """The revision that the change made."""

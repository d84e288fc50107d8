from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeText, NullableJSON, UtcDateTime
from app.models.user import User

LISTED, RETIRED = text("retired_at IS NULL"), text("retired_at IS NOT NULL")


class Skill(Cleaned, Base):
    """A reusable instruction for an AI assistant, with one author.

    `total_feedback` and `positive_feedback_pct` (a whole number of a hundred, None without votes) are moved by votes
    and by nothing else. The counters below them are kept in the transaction of the change they count, so that no page
    scans to count; `training_data_version` and `suggestions_version` rise with every change of the skill's training
    data and suggestions, and are what open pages watch. A skill with a `retired_at` is in no list but that of the
    retired ones. `redact_personal_data` is None where the skill does as the site does. The schemas say what the texts
    of its examples have to look like; None: anything goes.
    """

    __tablename__ = "skills"
    __table_args__ = (
        CheckConstraint("length(slug) BETWEEN 1 AND 64 AND slug = lower(slug)", "slug"),
        CheckConstraint("total_feedback >= 0", "total_feedback"),
        CheckConstraint("positive_feedback_pct BETWEEN 0 AND 100", "positive_feedback_pct"),
        CheckConstraint(
            "training_examples_pending >= 0 AND training_examples_approved >= 0 AND training_examples_rejected >= 0",
            "training_example_counts",
        ),
        CheckConstraint("suggestion_count >= 0", "suggestion_count"),
        Index("ix_skills_author_id", "author_id", "id"),
        Index("ix_skills_listed", "id", sqlite_where=LISTED, postgresql_where=LISTED),
        Index("ix_skills_retired", "id", sqlite_where=RETIRED, postgresql_where=RETIRED),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(FreeText)
    description: Mapped[str] = mapped_column(FreeText)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    version_number: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    redact_personal_data: Mapped[bool | None]
    input_schema: Mapped[dict[str, Any] | None] = mapped_column(NullableJSON)
    output_schema: Mapped[dict[str, Any] | None] = mapped_column(NullableJSON)

    total_feedback: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    positive_feedback_pct: Mapped[int | None]

    usage_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    suggestion_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    training_examples_pending: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    training_examples_approved: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    training_examples_rejected: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    training_data_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    suggestions_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    author: Mapped[User] = relationship(lazy="raise", foreign_keys=[author_id])

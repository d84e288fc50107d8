"""Feedback on a skill: ONE table, one class per kind, told apart by `feedback_type`.

Votes come in two types (thumbs up and thumbs down), suggestions and training examples in one each. The columns of one
kind are empty in the rows of the others, and the table's checks say so.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import suggestions, training_examples
from app.domain.votes import VoteType
from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeText, NullableJSON, UtcDateTime
from app.models.user import User

SUGGESTION = "suggestion"
TRAINING_EXAMPLE, DELETED_EXAMPLE = "training_example", "deleted_example"


def _one_of(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _column_is(column: str, choices: type[StrEnum]) -> str:
    return f"{column} IN {_one_of(choices)}"


VOTE_TYPES = _one_of(VoteType)
FEEDBACK_TYPES = _one_of([*VoteType, SUGGESTION, TRAINING_EXAMPLE, DELETED_EXAMPLE])
EXAMPLE_TYPES = _one_of([TRAINING_EXAMPLE, DELETED_EXAMPLE])
REPLIED = (
    "(reply IS NULL) = (replied_at IS NULL) AND (reply IS NULL) = (replied_by IS NULL)"
    f" AND (reply IS NULL OR feedback_type = '{SUGGESTION}')"
)
APPLIED = (
    f"applied_version_id IS NULL OR (feedback_type = '{SUGGESTION}' AND status = '{suggestions.Status.IMPLEMENTED}')"
)
# Written out, not bound: only so does SQLite know that a query may use the index that holds votes alone.
IS_VOTE = text(f"feedback_type IN {VOTE_TYPES}")


class SkillFeedback(Cleaned, Base):
    """One person's feedback on one skill. `revision` rises with every edit, so that a stale edit is noticed."""

    __tablename__ = "skill_feedback"
    __table_args__ = (
        CheckConstraint(f"feedback_type IN {FEEDBACK_TYPES}", "feedback_type"),
        CheckConstraint(
            f"feedback_type NOT IN {VOTE_TYPES} OR (status IS NULL AND example_input IS NULL"
            " AND suggested_content IS NULL)",
            "vote",
        ),
        CheckConstraint(
            f"feedback_type <> '{SUGGESTION}' OR (comment IS NOT NULL AND status IS NOT NULL"
            " AND category IS NOT NULL AND severity IS NOT NULL AND example_input IS NULL"
            f" AND {_column_is('status', suggestions.Status)})",
            "suggestion",
        ),
        CheckConstraint(
            f"feedback_type NOT IN {EXAMPLE_TYPES} OR (example_input IS NOT NULL AND example_output IS NOT NULL"
            " AND status IS NOT NULL AND source IS NOT NULL AND content_digest IS NOT NULL"
            f" AND suggested_content IS NULL AND {_column_is('status', training_examples.Status)})",
            "training_example",
        ),
        CheckConstraint(_column_is("category", suggestions.Category), "category"),
        CheckConstraint(_column_is("severity", suggestions.Severity), "severity"),
        CheckConstraint(_column_is("source", training_examples.Source), "source"),
        CheckConstraint("quality_score BETWEEN 1 AND 10", "quality_score"),
        CheckConstraint("(reviewed_at IS NULL) = (reviewed_by IS NULL)", "reviewed"),
        CheckConstraint("revision >= 1", "revision"),
        CheckConstraint(REPLIED, "replied"),
        CheckConstraint(APPLIED, "applied"),
        NEVER_REUSE_IDS,
    )
    __mapper_args__ = {"polymorphic_on": "feedback_type", "polymorphic_abstract": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    feedback_type: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    comment: Mapped[str | None] = mapped_column(FreeText)
    status: Mapped[str | None] = mapped_column(String(32))

    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])


class Vote(SkillFeedback):
    """Thumbs up or thumbs down: the only feedback that moves a skill's aggregates."""

    __mapper_args__ = {"polymorphic_abstract": True}  # noqa: RUF012


class ThumbsUp(Vote):
    __mapper_args__ = {"polymorphic_identity": VoteType.THUMBS_UP.value}  # noqa: RUF012


class ThumbsDown(Vote):
    __mapper_args__ = {"polymorphic_identity": VoteType.THUMBS_DOWN.value}  # noqa: RUF012


class Suggestion(SkillFeedback):
    """What to improve in a skill. `suggested_content` is a SKILL.md, or a passage for one, where there is any.

    The reply is the author's; `applied_version_id` is the version of the skill that the suggestion became.
    """

    __mapper_args__ = {"polymorphic_identity": SUGGESTION}  # noqa: RUF012

    category: Mapped[str | None] = mapped_column(String(32))
    severity: Mapped[str | None] = mapped_column(String(32))
    suggested_content: Mapped[str | None] = mapped_column(FreeText)
    reply: Mapped[str | None] = mapped_column(FreeText)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    applied_version_id: Mapped[int | None] = mapped_column(ForeignKey("skill_versions.id", ondelete="SET NULL"))


class Example(SkillFeedback):
    """An input and an output of a skill, perhaps with a corrected output and a score from 1 to 10.

    `content_digest` is what makes two examples the same. `usage_event_id` names the usage a captured example came from.
    What is `evaluation_only` is never trained on. `turns` are what a conversation said before the input.
    `reviewed_at` and `reviewed_by` say who decided on it, and stay empty for golden examples, which need no review.
    """

    __mapper_args__ = {"polymorphic_abstract": True}  # noqa: RUF012

    example_input: Mapped[str] = mapped_column(FreeText, nullable=True)
    example_output: Mapped[str] = mapped_column(FreeText, nullable=True)
    expected_output: Mapped[str | None] = mapped_column(FreeText)
    quality_score: Mapped[int | None] = mapped_column(SmallInteger)
    source: Mapped[str] = mapped_column(String(32), nullable=True)
    content_digest: Mapped[str] = mapped_column(String(64), nullable=True)
    usage_event_id: Mapped[int | None] = mapped_column(ForeignKey("usage_events.id", ondelete="SET NULL"))
    evaluation_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    tags: Mapped[list[str] | None] = mapped_column(NullableJSON)
    example_metadata: Mapped[dict[str, Any] | None] = mapped_column(NullableJSON)
    turns: Mapped[list[dict[str, str]] | None] = mapped_column(NullableJSON)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))


class TrainingExample(Example):
    """An example that the skill has: what lists, reviews, versions and exports are made of."""

    __mapper_args__ = {"polymorphic_identity": TRAINING_EXAMPLE}  # noqa: RUF012


class DeletedExample(Example):
    """An example in the bin: deleted at `updated_at`, and kept for a while so that this can be undone.

    It is another kind of feedback, so nothing that asks for training examples ever finds it; its text can be added
    anew beside it. Whose usage it was still sees it, and can have it gone at once.
    """

    __mapper_args__ = {"polymorphic_identity": DELETED_EXAMPLE}  # noqa: RUF012


class ExampleTag(Base):
    """That an example has a tag: what the list is filtered by. The example's own `tags` say the same."""

    __tablename__ = "example_tags"
    __table_args__ = (Index("ix_example_tags_example_id", "example_id"),)

    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(FreeText, primary_key=True)
    example_id: Mapped[int] = mapped_column(ForeignKey("skill_feedback.id", ondelete="CASCADE"), primary_key=True)


_columns = SkillFeedback.__table__.c
_golden_only = text(f"source = '{training_examples.Source.WEB}' AND feedback_type = '{TRAINING_EXAMPLE}'")
_score = text("coalesce(quality_score, 0)")

Index(
    "uq_skill_feedback_vote",
    _columns.skill_id,
    _columns.user_id,
    unique=True,
    sqlite_where=IS_VOTE,
    postgresql_where=IS_VOTE,
)
Index(
    "ix_skill_feedback_vote_updated_at",
    _columns.skill_id,
    _columns.updated_at,
    _columns.feedback_type,
    sqlite_where=IS_VOTE,
    postgresql_where=IS_VOTE,
)
# The same content twice by hand is a mistake; the same content twice in real usage is a fact about the usage.
Index(
    "uq_skill_feedback_golden_content",
    _columns.skill_id,
    _columns.content_digest,
    unique=True,
    sqlite_where=_golden_only,
    postgresql_where=_golden_only,
)
Index("ix_skill_feedback_content", _columns.skill_id, _columns.feedback_type, _columns.content_digest)
# One index per way a list is walked, each ending in the unique id that its pages are keyed on.
_is_deleted = text(f"feedback_type = '{DELETED_EXAMPLE}'")
Index("ix_skill_feedback_deleted", _columns.updated_at, sqlite_where=_is_deleted, postgresql_where=_is_deleted)
Index("ix_skill_feedback_newest", _columns.skill_id, _columns.feedback_type, _columns.id)
Index("ix_skill_feedback_status", _columns.skill_id, _columns.feedback_type, _columns.status, _columns.id)
Index(
    "ix_skill_feedback_source",
    _columns.skill_id,
    _columns.feedback_type,
    _columns.status,
    _columns.source,
    _columns.id,
)
Index("ix_skill_feedback_best", _columns.skill_id, _columns.feedback_type, _score, _columns.id)
Index("ix_skill_feedback_score", _columns.skill_id, _columns.feedback_type, _columns.status, _score, _columns.id)
Index("ix_skill_feedback_user_id", _columns.user_id, _columns.feedback_type, _columns.id)
# A query that asks for a value implies that there is one, so these need no room for the other kinds of feedback.
for _name in ("category", "severity"):
    _has_value = text(f"{_name} IS NOT NULL")
    Index(
        f"ix_skill_feedback_{_name}",
        _columns.skill_id,
        _columns[_name],
        _columns.id,
        sqlite_where=_has_value,
        postgresql_where=_has_value,
    )
_was_captured = text("usage_event_id IS NOT NULL")
Index(
    "ix_skill_feedback_usage_event_id",
    _columns.usage_event_id,
    sqlite_where=_was_captured,
    postgresql_where=_was_captured,
)
_was_applied = text("applied_version_id IS NOT NULL")
Index(
    "ix_skill_feedback_applied_version_id",
    _columns.applied_version_id,
    sqlite_where=_was_applied,
    postgresql_where=_was_applied,
)

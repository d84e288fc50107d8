from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.usage import Verdict
from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeText, UtcDateTime


class UsageEvent(Cleaned, Base):
    """One use of a skill: who, when, with what, and what was done with its content, which is not here.

    `verdict` is the answer that its reporter got, and gets again. `event_digest` is the SHA-256 of the id that the
    reporter gave it; the same id of the same user is the same event. `consent_record_id` is the consent under which
    content was kept, where it was.
    """

    __tablename__ = "usage_events"
    __table_args__ = (
        CheckConstraint("verdict IN (" + ", ".join(f"'{verdict}'" for verdict in Verdict) + ")", "verdict"),
        CheckConstraint("input_tokens >= 0 AND output_tokens >= 0 AND latency_ms >= 0", "counts"),
        CheckConstraint("verdict <> 'captured' OR consent_record_id IS NOT NULL", "captured_with_consent"),
        Index("uq_usage_events_event", "user_id", "event_digest", unique=True),
        Index("ix_usage_events_skill_id", "skill_id", "id"),
        Index("ix_usage_events_verdict", "verdict"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    skill_version_number: Mapped[int]
    api_key_id: Mapped[int | None] = mapped_column(ForeignKey("api_keys.id", ondelete="SET NULL"))
    consent_record_id: Mapped[int | None] = mapped_column(ForeignKey("consent_records.id", ondelete="RESTRICT"))
    event_digest: Mapped[str | None] = mapped_column(String(64))
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tool_name: Mapped[str] = mapped_column(FreeText)
    model_name: Mapped[str | None] = mapped_column(FreeText)
    session_id: Mapped[str | None] = mapped_column(FreeText)
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    latency_ms: Mapped[int | None]
    verdict: Mapped[str] = mapped_column(String(32))
    secrets_removed: Mapped[str | None] = mapped_column(FreeText)
    """The kinds of what was taken out of its content, between spaces."""
    example_id: Mapped[int | None]
    """The example its content became, by number: the number stays when the example is gone."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeJSON, FreeText, UtcDateTime


class SavedFilter(Cleaned, Base):
    """A filter of a skill's examples that somebody has given a name, for themselves. `wanted` is as the URL has it."""

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("skill_id", "user_id", "name"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(FreeText)
    wanted: Mapped[dict[str, str]] = mapped_column(FreeJSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import NEVER_REUSE_IDS, Base
from app.models.types import UtcDateTime


class FalseAlarm(Base):
    """Somebody's word that a placeholder in an example stands for no secret. It waits for the skill's author.

    `placeholder` is a name that redaction made, such as `[PASSWORD_1]`. What it stood for is stored nowhere.
    """

    __tablename__ = "false_alarms"
    __table_args__ = (UniqueConstraint("example_id", "placeholder"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    example_id: Mapped[int] = mapped_column(ForeignKey("skill_feedback.id", ondelete="CASCADE"))
    placeholder: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))

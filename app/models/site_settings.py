from datetime import datetime

from sqlalchemy import CheckConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.types import UtcDateTime

THE_ROW = 1


class SiteSettings(Base):
    """What administrators decide for the whole site: one row, which a migration puts there."""

    __tablename__ = "site_settings"
    __table_args__ = (CheckConstraint(f"id = {THE_ROW}", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    viewing_requires_sign_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    training_data_capture_enabled: Mapped[bool] = mapped_column(default=False, server_default=false())
    open_sign_up: Mapped[bool] = mapped_column(default=False, server_default=false())
    redact_personal_data: Mapped[bool] = mapped_column(default=False, server_default=false())
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

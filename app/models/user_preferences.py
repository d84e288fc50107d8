from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.cleaned import Cleaned
from app.models.types import FreeJSON, UtcDateTime


class UserPreferences(Cleaned, Base):
    """What one user set, as JSON; `domain/preferences.py` declares the names, types and defaults it is merged over."""

    __tablename__ = "user_preferences"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(FreeJSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

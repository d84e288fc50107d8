from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.api_keys import ALL_SCOPES
from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeText, UtcDateTime
from app.models.user import User


class ApiKey(Cleaned, Base):
    """A key that a program uses in its owner's name. `digest` is what it is known by; nobody has the key but its owner.

    `prefix` is how the key begins, for its owner to know it by. `last_used_at` is kept to the minute.
    """

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", "digest"),
        CheckConstraint("scopes IN (" + ", ".join(f"'{scopes}'" for scopes in ALL_SCOPES) + ")", "scopes"),
        Index("ix_api_keys_user_id", "user_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(FreeText)
    prefix: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])

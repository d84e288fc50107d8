from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import NEVER_REUSE_IDS, Base
from app.models.types import UtcDateTime


class PasswordLink(Base):
    """A way for one user to set a password, once and until `expires_at`.

    The token itself is nowhere: `token_digest` is its SHA-256. `used_at` also says when a link was closed without being
    used, because another one was, or because its user was deactivated. `created_by` is None for the command line.
    """

    __tablename__ = "password_links"
    __table_args__ = (
        CheckConstraint("length(token_digest) = 64", "token_digest"),
        Index("ix_password_links_user_id", "user_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

from datetime import datetime

from sqlalchemy import CheckConstraint, String, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeText, UtcDateTime


class User(Cleaned, Base):
    """Somebody who can sign in.

    `email` is stored trimmed and in lower case. `session_token` is what a session cookie names: drawing a new one ends
    every session of this user at once. `notifications_version` rises with every change of the user's notifications, and
    is what open pages watch.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(trim(email)) AND length(email) > 0", "email_normalised"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(FreeText)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    session_token: Mapped[str] = mapped_column(String(64), unique=True)
    is_admin: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unread_notifications: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    notifications_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.session_token

    @property
    def is_deleted(self) -> bool:
        """Whether the account was deleted: a row stays, of what others need who read what this user made for them."""
        return self.email == self._address_of_nobody

    def forget_who_it_is(self) -> None:
        """Keep of this user that there was one, and nothing of who it was."""
        self.email, self.name, self.password_hash = self._address_of_nobody, "Deleted user", None

    @property
    def _address_of_nobody(self) -> str:
        return f"deleted-{self.id}@deleted.invalid"  # no address ends so: RFC 2606

"""Links by which somebody sets their password: each works once, and for a limited time.

Whoever has the link is taken for its user, so its token is drawn at random, shown once to who made it, and stored and
logged nowhere; the database holds its SHA-256 digest. A digest without salt is enough for 256 random bits.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update

from app import config
from app.domain.errors import Invalid, NotFound
from app.domain.text import is_storable
from app.domain.users import problem_with_password
from app.models import PasswordLink, User
from app.services import audit, clock
from app.services.passwords import check_passwords_are_used, hash_password
from app.services.transactions import reading, writing
from app.services.users import new_session_token


class NewPasswordLink(NamedTuple):
    """A link that was just made. This is the only place where its token is."""

    user: User
    token: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"NewPasswordLink(user={self.user.id}, expires_at={self.expires_at})"


def create_password_link(user: User, *, created_by: int | None) -> NewPasswordLink:
    """Store a link for this user, valid for GOLDSET_PASSWORD_LINK_HOURS. Who may is the caller's to check."""
    check_passwords_are_used()
    token = secrets.token_urlsafe(32)
    expires_at = clock.now() + timedelta(hours=config.get("GOLDSET_PASSWORD_LINK_HOURS"))
    with writing() as session:
        session.add(
            PasswordLink(
                user_id=user.id, token_digest=_digest(token), expires_at=expires_at, used_at=None, created_by=created_by
            )
        )
        audit.record(actor_id=created_by, action="user.password_link_made", subject="user", subject_id=user.id)
    return NewPasswordLink(user, token, expires_at)


def get_user_of_password_link(token: str) -> User:
    """Return the user whose open link has this token; raise `NotFound`, the same for every link that does not work."""
    check_passwords_are_used()
    statement = (
        select(User)
        .join(PasswordLink, PasswordLink.user_id == User.id)
        .where(
            PasswordLink.token_digest == _digest(token),
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > clock.now(),
            User.is_active,
        )
    )
    user = reading().scalars(statement).one_or_none()
    if user is None:
        raise NotFound("link to set a password here that works: it was used, it is too old, or it is not complete")
    return user


def set_password_by_link(token: str, *, new_password: str) -> User:
    """Give the link's user this password; every session they have and every open link of theirs ends.

    Raises `NotFound` for a link that does not work and `Invalid` for a password that is none.
    """
    user = get_user_of_password_link(token)
    if problem := problem_with_password(new_password):
        raise Invalid({"new_password": problem})
    password_hash = hash_password(new_password)
    with writing() as session:
        # The user first and the link again after: whoever used it a moment ago has closed it meanwhile.
        session.get_one(User, user.id, with_for_update=True, populate_existing=True)
        user = get_user_of_password_link(token)
        user.password_hash = password_hash
        user.session_token = new_session_token()
        close_password_links(user.id)
        audit.record(actor_id=user.id, action="user.password_set", subject="user", subject_id=user.id)
    return user


def close_password_links(user_id: int) -> None:
    """Let no link that the user has now work any more."""
    with writing() as session:
        session.execute(
            update(PasswordLink)
            .where(PasswordLink.user_id == user_id, PasswordLink.used_at.is_(None))
            .values(used_at=clock.now())
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8") if is_storable(token) else b"").hexdigest()

"""Signing in with the company's account: which user somebody is that an OpenID provider vouches for.

The provider's own name for somebody (`issuer` and `subject` together) decides, once it is known here. The first time it
is linked by e-mail address, and only by one that the provider says it has verified: whoever controls an address there
is taken for whoever has it here.
"""

from typing import NamedTuple

from sqlalchemy import select

from app import config
from app.domain.errors import Conflict, Invalid, NotAllowed
from app.domain.text import is_storable
from app.domain.users import NAME_MAX_CHARACTERS
from app.models import Identity, User
from app.models.types import redacted
from app.services import audit, clock
from app.services.transactions import reading, writing
from app.services.users import create_user, find_user_by_email

SUBJECT_MAX_CHARACTERS = 255
"""OpenID Connect Core 1.0, section 2."""


class Vouched(NamedTuple):
    """What a provider says of somebody, after its signature was checked."""

    issuer: str
    subject: str
    email: str | None
    email_verified: bool
    name: str | None


def find_or_link_user(vouched: Vouched) -> User:
    """Return the user whom the provider means; the first time, link or (GOLDSET_OIDC_CREATE_USERS) add them.

    Raises `NotAllowed` where nobody here is meant, or somebody who is deactivated.
    """
    try:
        return _find_or_link(vouched)
    except Conflict:  # they signed in twice at the same moment; by now the other one has linked them
        return _find_or_link(vouched)


def _find_or_link(vouched: Vouched) -> User:
    if not 0 < len(vouched.subject) <= SUBJECT_MAX_CHARACTERS or not is_storable(vouched.subject):
        raise NotAllowed("The provider named nobody who can be known here. Ask your administrator.")
    with writing():
        user = _find_linked(vouched) or _link(vouched)
    if not user.is_active:
        raise NotAllowed("Your account is deactivated. Ask your administrator.")
    return user


def _find_linked(vouched: Vouched) -> User | None:
    statement = (
        select(User)
        .join(Identity, Identity.user_id == User.id)
        .where(Identity.issuer == vouched.issuer, Identity.subject == vouched.subject)
    )
    return reading().scalars(statement).one_or_none()


def _link(vouched: Vouched) -> User:
    if not vouched.email or not vouched.email_verified:
        raise NotAllowed("The provider does not vouch for your e-mail address, so it cannot be used to sign in here.")
    user = find_user_by_email(vouched.email) or _add(vouched.email, vouched.name)
    session = reading()
    session.add(Identity(user_id=user.id, issuer=vouched.issuer, subject=vouched.subject, created_at=clock.now()))
    session.flush()
    audit.record(actor_id=user.id, action="user.identity_linked", subject="user", subject_id=user.id)
    return user


def _add(email: str, name: str | None) -> User:
    if not config.get("GOLDSET_OIDC_CREATE_USERS"):
        raise NotAllowed("There is no account for your e-mail address here. Ask an administrator to add you.")
    try:
        shown = redacted((name or "").strip() or email.partition("@")[0])  # before it is cut
        return create_user(email=email, name=shown[:NAME_MAX_CHARACTERS], password=None)
    except Invalid as error:
        raise NotAllowed(f"No account can be made for you: {error}") from error

"""People: adding them, finding them, signing them in."""

import re
import secrets

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from app.domain.errors import Duplicate, Invalid, NotAllowed, NotFound
from app.domain.text import is_storable
from app.domain.users import normalise_email, problem_with_name, problem_with_password, problems_with_user
from app.models import User
from app.models.base import is_id
from app.policies import RULES, Action, can, check
from app.services import audit, clock
from app.services.passwords import check_passwords_are_used, hash_password, is_password
from app.services.site_settings import get_site_settings
from app.services.transactions import reading, writing

MAX_WORDS = 8

_LIKE_SYNTAX = re.compile(r"[%_\\]")
_ESCAPED = r"\\\g<0>"


def create_user(
    *, email: str, name: str, password: str | None, is_admin: bool = False, created_by: int | None = None
) -> User:
    """Add somebody who can sign in. Raises `Invalid` for a bad field and `Duplicate` for an address in use.

    Without a password (None) they cannot sign in until they have set one by a link. `created_by` is the id of the
    administrator who does it, or None on the command line.
    """
    problems = problems_with_user(email=email, name=name)
    if password is not None and (problem := problem_with_password(password)):
        problems["password"] = problem
    if problems:
        raise Invalid(problems)
    user = User(
        email=normalise_email(email),
        name=name.strip(),
        password_hash=None if password is None else hash_password(password),
        session_token=new_session_token(),
        is_admin=is_admin,
        is_active=True,
        created_at=clock.now(),
    )
    with writing() as session:
        _refuse_known_email(user.email)
        session.add(user)
        session.flush()
        audit.record(actor_id=created_by, action="user.created", subject="user", subject_id=user.id, is_admin=is_admin)
    return user


def find_user_by_email(email: str) -> User | None:
    """Return the user with this address, however it is written, or None."""
    if not is_storable(email):
        return None
    return reading().scalars(select(User).where(User.email == normalise_email(email))).one_or_none()


def get_user_by_email(email: str) -> User:
    """Return the user with this address, however it is written; raise `NotFound`."""
    user = find_user_by_email(email)
    if user is None:
        raise NotFound(f"user with the address {email}")
    return user


def find_user_name(user_id: int) -> str | None:
    """Return the name that the user with this id is shown by, or None."""
    return reading().scalars(select(User.name).where(User.id == user_id)).one_or_none() if is_id(user_id) else None


def matches_person(query: str) -> ColumnElement[bool]:
    """Return the condition that a user's name or address contains every word of `query`, in any case.

    SQLite knows the cases of ASCII letters only, so each word is also looked for as it is written in other ways.
    """
    if not is_storable(query):
        return false()
    return and_(true(), *(_contains(word) for word in query.split()[:MAX_WORDS]))


def _contains(word: str) -> ColumnElement[bool]:
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    patterns = [f"%{_LIKE_SYNTAX.sub(_ESCAPED, spelling)}%" for spelling in sorted(spellings)]
    columns = (User.email, User.name)
    return or_(*(column.ilike(pattern, escape="\\") for column in columns for pattern in patterns))


def find_user_by_session_token(token: str) -> User | None:
    """Return the active user whose sessions carry `token`, or None."""
    if not is_storable(token):
        return None
    return reading().scalars(select(User).where(User.session_token == token, User.is_active)).one_or_none()


def find_user_by_password(*, email: str, password: str) -> User | None:
    """Return the active user whom this address and password belong to, or None, in the same time either way."""
    check_passwords_are_used()
    user = find_user_by_email(email)
    known = is_password(password, user.password_hash if user else None)
    return user if user and known and user.is_active else None


def sign_up(*, email: str, name: str, password: str) -> User:
    """Add an account that somebody makes for themself; `NotAllowed` while that is off, else as `create_user`."""
    check_passwords_are_used()
    site = get_site_settings()
    if not can(None, Action.SIGN_UP, site):
        raise NotAllowed(RULES[Action.SIGN_UP].reason)
    return create_user(email=email, name=name, password=password)


def rename(actor: User, *, name: str) -> None:
    """Give the acting user another name to be shown by."""
    check(actor, Action.USE_OWN_ACCOUNT)
    if problem := problem_with_name(name):
        raise Invalid({"name": problem})
    with writing() as session:
        user = session.get_one(User, actor.id, with_for_update=True, populate_existing=True)
        user.name = name.strip()
        audit.record(actor_id=actor.id, action="user.renamed", subject="user", subject_id=user.id)


def change_password(actor: User, *, current_password: str, new_password: str) -> None:
    """Give the acting user another password and end every session they have, this one included."""
    check_passwords_are_used()
    check(actor, Action.USE_OWN_ACCOUNT)
    problems = {}
    if not is_password(current_password, actor.password_hash):
        problems["current_password"] = "This is not your present password."  # noqa: S105 - a sentence about one
    if problem := problem_with_password(new_password):
        problems["new_password"] = problem
    if problems:
        raise Invalid(problems)
    password_hash = hash_password(new_password)
    with writing() as session:
        user = session.get_one(User, actor.id, with_for_update=True, populate_existing=True)
        user.password_hash = password_hash
        user.session_token = new_session_token()
        audit.record(actor_id=actor.id, action="user.password_changed", subject="user", subject_id=user.id)


def new_session_token() -> str:
    """Return a fresh unguessable name for a user's sessions."""
    return secrets.token_urlsafe(32)


def _refuse_known_email(email: str) -> None:
    if known := find_user_by_email(email):
        raise Duplicate("Somebody with this e-mail address is here already.", existing_id=known.id)

"""Administering people: who is here, who may sign in, who is an administrator.

An administrator acts as the user they are; whoever has the command line has the machine, and acts as `Operator`. What
decides whether a change is possible (who is an administrator now) is read under the locks that it happens under.
"""

from enum import Enum
from typing import NamedTuple, TypeGuard

from sqlalchemy import and_, delete, or_, select

from app.domain.consent import Answer, Decision
from app.domain.erasures import Reason
from app.domain.errors import Conflict, NotFound
from app.models import ApiKey, Identity, Notification, PasswordLink, SavedFilter, Skill, User, UserPreferences
from app.models.base import is_id
from app.policies import Action, check
from app.services import audit
from app.services.consent import record_answer
from app.services.erasures import erase_captured_examples
from app.services.paging import Cursor, Page, make_page, newest_first
from app.services.password_links import NewPasswordLink, close_password_links, create_password_link
from app.services.passwords import are_passwords_used
from app.services.stored_preferences import get_preferences
from app.services.transactions import reading, writing
from app.services.users import create_user, matches_person, new_session_token


class Operator(Enum):
    """Who acts where nobody is signed in."""

    COMMAND_LINE = "command line"


Administrator = User | Operator


def get_users(*, query: str = "", cursor: Cursor | None = None, size: int = 50) -> Page[User]:
    """Return one page of people, newest first, of those whose name or address contains every word of `query`.

    Without a query it costs the same on every page and at any size. A query looks at people one after the other until
    a page is full, so a rare one costs as much as there are people: about 1 ms per 1,000.
    """
    statement = select(User).where(matches_person(query))
    statement = newest_first(statement, User.id.expression, cursor=cursor, size=size)
    return make_page(reading().scalars(statement).all(), cursor=cursor, size=size, key_of=lambda user: (user.id,))


def get_user(user_id: int) -> User:
    """Return the user; raise `NotFound`."""
    user = reading().get(User, user_id) if is_id(user_id) else None
    if user is None:
        raise NotFound(f"user with the id {user_id}")
    return user


class AddedUser(NamedTuple):
    """Somebody who was added, and the link by which they set a password (None where nobody has one)."""

    user: User
    link: NewPasswordLink | None


def add_user(actor: Administrator, *, email: str, name: str, is_admin: bool = False) -> AddedUser:
    """Add somebody who sets their own password, by the link that is returned; nobody else ever knows it."""
    _check(actor)
    with writing():
        user = create_user(email=email, name=name, password=None, is_admin=is_admin, created_by=_id_of(actor))
        link = create_password_link(user, created_by=_id_of(actor)) if are_passwords_used() else None
        return AddedUser(user, link)


def make_password_link(actor: Administrator, *, user_id: int) -> NewPasswordLink:
    """Return a new link by which the user sets a password. Their present one works until they do."""
    _check(actor)
    with writing():
        user = _lock(actor, user_id)
        if not user.is_active:
            raise Conflict(f"{user.name} is deactivated. Activate them first.")
        return create_password_link(user, created_by=_id_of(actor))


def deactivate(actor: Administrator, *, user_id: int) -> User:
    """Keep somebody out from now on: their sessions and their password links end at once. Nothing of theirs is lost."""
    _check(actor)
    with writing():
        user = _lock(actor, user_id)
        if _is_person(actor):
            check(actor, Action.DEACTIVATE_USER, user)
        if not user.is_active:
            raise Conflict(f"{user.name} is deactivated already.")
        _refuse_last_administrator(user)
        user.is_active = False
        user.session_token = new_session_token()
        close_password_links(user.id)
        _audit(actor, "deactivated", user)
    return user


def activate(actor: Administrator, *, user_id: int) -> User:
    """Let somebody in again who was deactivated, with the password they had."""
    _check(actor)
    with writing():
        user = _lock(actor, user_id)
        _refuse_deleted(user)
        if user.is_active:
            raise Conflict(f"{user.name} is active already.")
        user.is_active = True
        _audit(actor, "activated", user)
    return user


def delete_user(actor: Administrator, *, user_id: int) -> User:
    """Delete somebody's account: everything captured of their usage goes, and what says who they are.

    What they made for others (skills, golden examples, suggestions, votes) stays, by "Deleted user". `Conflict` for the
    last active administrator, and for the author of skills: those are handed over first.
    """
    _check(actor)
    with writing() as session:
        user = _lock(actor, user_id)
        if _is_person(actor):
            check(actor, Action.DEACTIVATE_USER, user)
        _refuse_deleted(user)
        _refuse_last_administrator(user)
        if session.scalars(select(Skill.id).where(Skill.author_id == user.id).limit(1)).first() is not None:
            raise Conflict(f"{user.name} is the author of skills. Hand those to somebody else first.")
        if get_preferences(user.id).consent.answer is Answer.GIVEN:
            record_answer(user.id, Decision.WITHDRAWN, actor_id=_id_of(actor), reason=Reason.USER_DELETED)
        else:
            erase_captured_examples(user.id, reason=Reason.USER_DELETED)
        for table in (UserPreferences, ApiKey, Identity, PasswordLink, Notification, SavedFilter):
            session.execute(delete(table).where(table.user_id == user.id))
        user.forget_who_it_is()
        user.is_active, user.is_admin, user.unread_notifications = False, False, 0
        user.session_token = new_session_token()
        _audit(actor, "deleted", user)
    return user


def make_administrator(actor: Administrator, *, user_id: int) -> User:
    """Give somebody the rights of an administrator."""
    _check(actor)
    with writing():
        user = _lock(actor, user_id)
        _refuse_deleted(user)
        if user.is_admin:
            raise Conflict(f"{user.name} is an administrator already.")
        user.is_admin = True
        _audit(actor, "made_administrator", user)
    return user


def remove_administrator(actor: Administrator, *, user_id: int) -> User:
    """Take the rights of an administrator from somebody, who may be the acting one; never from the last active one."""
    _check(actor)
    with writing():
        user = _lock(actor, user_id)
        if not user.is_admin:
            raise Conflict(f"{user.name} is no administrator.")
        _refuse_last_administrator(user)
        user.is_admin = False
        _audit(actor, "removed_administrator", user)
    return user


def _check(actor: Administrator) -> None:
    if actor is not Operator.COMMAND_LINE:
        check(actor, Action.ADMINISTER_PEOPLE)


def _lock(actor: Administrator, user_id: int) -> User:
    """Return the user as they are now, with every active administrator kept from changing until the change ends.

    One statement locks them all in the order of their ids, so two such changes wait for each other and never block each
    other; the second then sees what the first did, and its actor may be no administrator any more.
    """
    wanted = or_(User.id == (user_id if is_id(user_id) else 0), and_(User.is_admin, User.is_active))
    if _is_person(actor):
        wanted = or_(wanted, User.id == actor.id)
    statement = select(User).where(wanted).order_by(User.id).with_for_update().execution_options(populate_existing=True)
    locked = {user.id: user for user in reading().scalars(statement)}
    if _is_person(actor):
        now = locked.get(actor.id)
        check(now if now and now.is_active else None, Action.ADMINISTER_PEOPLE)
    if user_id not in locked:
        raise NotFound(f"user with the id {user_id}")
    return locked[user_id]


def _refuse_deleted(user: User) -> None:
    if user.is_deleted:
        raise Conflict("This account is deleted, for good. Add the person anew.")


def _refuse_last_administrator(user: User) -> None:
    """Raise where `user` is the one active administrator there is; `_lock` keeps the others as they are."""
    others = select(User.id).where(User.is_admin, User.is_active, User.id != user.id).limit(1)
    if user.is_admin and user.is_active and reading().scalars(others).first() is None:
        raise Conflict(f"{user.name} is the last active administrator. Make somebody else one first.")


def _audit(actor: Administrator, verb: str, user: User) -> None:
    audit.record(actor_id=_id_of(actor), action=f"user.{verb}", subject="user", subject_id=user.id)


def _id_of(actor: Administrator) -> int | None:
    return actor.id if _is_person(actor) else None


def _is_person(actor: Administrator) -> TypeGuard[User]:
    return actor is not Operator.COMMAND_LINE

"""Notifications: told to one user inside the change they tell of, shown to that user, read and counted.

`users.unread_notifications` is kept in the same transaction as the rows it counts, and `users.notifications_version`
rises with every change, so neither the header nor an open page's poll asks for more than the user's own row.

Reading is nobody's business but the reader's: it leaves no audit record.
"""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, select, update

from app.domain.errors import NotFound
from app.domain.notifications import Kind
from app.models import Notification, Skill, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import clock
from app.services.paging import Cursor, Page, make_page, newest_first
from app.services.stored_preferences import get_preferences
from app.services.transactions import reading, writing


class NotificationWithNames(NamedTuple):
    """One row of the list: the notification, the name of who did it (None: nobody known), and the skill's address."""

    notification: Notification
    actor_name: str | None
    skill_title: str
    skill_slug: str


def notify(
    kind: Kind,
    *,
    user_id: int,
    actor: User | None,
    skill_id: int,
    subject_id: int | None = None,
    detail: str | None = None,
) -> Notification | None:
    """Tell the user, as a part of the running change, and return what is stored. Without `actor` it names nobody.

    Returns None where there is nobody to tell: people are not told what they did themselves, nor kinds they switched
    off.
    """
    if (actor and user_id == actor.id) or kind.key in get_preferences(user_id).muted_notifications:
        return None
    notification = Notification(
        user_id=user_id,
        kind=kind.key,
        skill_id=skill_id,
        subject_id=subject_id,
        actor_id=actor.id if actor else None,
        detail=detail,
        created_at=clock.now(),
    )
    with writing() as session:
        session.add(notification)
        session.flush()
        _count(user_id, 1)
    return notification


def get_notifications(actor: User, *, cursor: Cursor | None = None, size: int = 50) -> Page[NotificationWithNames]:
    """Return one page of the acting user's notifications, newest first."""
    check(actor, Action.USE_OWN_ACCOUNT)
    statement = newest_first(_select(actor), Notification.id.expression, cursor=cursor, size=size)
    rows = [NotificationWithNames(*row) for row in reading().execute(statement)]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.notification.id,))


def mark_read(actor: User, *, notification_id: int) -> NotificationWithNames:
    """Mark one of the acting user's notifications as read; one that was read already stays as it is."""
    check(actor, Action.USE_OWN_ACCOUNT)
    is_this_one = Notification.id == (notification_id if is_id(notification_id) else 0)
    with writing():
        _mark(actor, is_this_one)
    row = reading().execute(_select(actor).where(is_this_one)).one_or_none()
    if row is None:
        raise NotFound(f"notification with the number {notification_id}")
    return NotificationWithNames(*row)


def mark_all_read(actor: User, *, up_to: int) -> int:
    """Mark the acting user's notifications as read, up to the newest they have seen, and return how many those were."""
    check(actor, Action.USE_OWN_ACCOUNT)
    with writing():
        return _mark(actor, Notification.id <= (up_to if is_id(up_to) else 0))


def _select(actor: User) -> Select[Notification, str, str, str]:
    return (
        select(Notification, User.name, Skill.title, Skill.slug)
        .join(Skill, Skill.id == Notification.skill_id)
        .outerjoin(User, User.id == Notification.actor_id)
        .where(Notification.user_id == actor.id)
    )


def _mark(actor: User, which: ColumnElement[bool]) -> int:
    statement = (
        update(Notification)
        .where(Notification.user_id == actor.id, Notification.read_at.is_(None), which)
        .values(read_at=clock.now())
        .returning(Notification.id)
    )
    marked = len(reading().scalars(statement, execution_options={"synchronize_session": False}).all())
    if marked:
        _count(actor.id, -marked)
    return marked


def _count(user_id: int, more: int) -> None:
    values = {
        User.unread_notifications: User.unread_notifications + more,
        User.notifications_version: User.notifications_version + 1,
    }
    statement = update(User).where(User.id == user_id).values(values)
    reading().execute(statement.returning(User), execution_options={"populate_existing": True}).all()

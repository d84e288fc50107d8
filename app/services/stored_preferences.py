"""What each user chose, over the defaults that `domain/preferences.py` declares: reading it, and keeping it still."""

from sqlalchemy.dialects import postgresql, sqlite

from app.domain.preferences import Preferences
from app.models import UserPreferences
from app.services import clock
from app.services.transactions import reading


def get_preferences(user_id: int) -> Preferences:
    """Return the user's preferences: what they set, and the default of everything else."""
    row = reading().get(UserPreferences, user_id)
    return Preferences.from_stored(row.values if row else {})


def lock_preferences(user_id: int) -> UserPreferences:
    """Return the user's row, made where there is none, kept from changing by others until the running change ends."""
    session = reading()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = insert(UserPreferences).values(user_id=user_id, values={}, updated_at=clock.now())
    session.execute(first.on_conflict_do_nothing())
    return session.get_one(UserPreferences, user_id, with_for_update=True, populate_existing=True)


def hold_preferences(user_id: int) -> Preferences:
    """Return the user's preferences as they are now, and keep them so until the running change ends.

    Where there is no row, nothing was chosen, and what is chosen meanwhile is less than what the defaults keep.
    """
    row = reading().get(UserPreferences, user_id, with_for_update={"read": True}, populate_existing=True)
    return Preferences.from_stored(row.values if row else {})

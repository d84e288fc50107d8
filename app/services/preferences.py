"""What each user chose, over the defaults that `domain/preferences.py` declares."""

from dataclasses import replace
from typing import Any

from app.domain.preferences import Preferences
from app.models import User, UserPreferences
from app.policies import Action, check
from app.services import audit, clock
from app.services.transactions import reading, writing


def get_preferences(user_id: int) -> Preferences:
    """Return the user's preferences: what they set, and the default of everything else."""
    row = reading().get(UserPreferences, user_id)
    return Preferences.from_stored(row.values if row else {})


def change_preferences(actor: User, **wanted: Any) -> Preferences:
    """Set the acting user's own preferences by name; unnamed ones stay. What changed is audited.

    Raises `TypeError` for a name that `Preferences` does not declare.
    """
    check(actor, Action.USE_OWN_ACCOUNT)
    with writing() as session:
        session.get_one(User, actor.id, with_for_update=True, populate_existing=True)  # so that first saves take turns
        row = session.get(UserPreferences, actor.id, with_for_update=True, populate_existing=True)
        before = Preferences.from_stored(row.values if row else {})
        after = replace(before, **wanted)
        known = before.to_stored()
        changes = {name: value for name, value in after.to_stored().items() if known[name] != value}
        if changes:
            row = row or UserPreferences(user_id=actor.id, values={})
            row.values = {**row.values, **changes}
            row.updated_at = clock.now()
            session.add(row)
            audit.record(
                actor_id=actor.id, action="preferences.changed", subject="user", subject_id=actor.id, **changes
            )
    return after

"""Where a captured example came from: the use, the model, the skill's version, the consent; whose, only if named."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, select

from app.models import ConsentRecord, TrainingExample, UsageEvent, User, UserPreferences
from app.services.transactions import reading


class Provenance(NamedTuple):
    """What is known of the use that an example was captured from."""

    event: UsageEvent
    consented_at: datetime | None
    notice_version: int | None
    user_name: str | None


def find_provenance(example: TrainingExample) -> Provenance | None:
    """Return where a captured example came from; None for one that was added by hand, or from before there were events.

    Whose usage it was is named only where they chose to be.
    """
    if example.usage_event_id is None:
        return None
    is_named = UserPreferences.values["named_in_captured_examples"].as_boolean()
    statement = (
        select(UsageEvent, ConsentRecord.at, ConsentRecord.notice_version, case((is_named, User.name)))
        .join(User, User.id == UsageEvent.user_id)
        .outerjoin(UserPreferences, UserPreferences.user_id == UsageEvent.user_id)
        .outerjoin(ConsentRecord, ConsentRecord.id == UsageEvent.consent_record_id)
        .where(UsageEvent.id == example.usage_event_id)
    )
    row = reading().execute(statement).one_or_none()
    return None if row is None else Provenance(*row)

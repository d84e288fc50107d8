"""The audit log: who did what to which thing, when. Written in the transaction of the change it tells of."""

from typing import Any

from app.models import AuditRecord
from app.services import clock
from app.services.transactions import writing


def record(*, actor_id: int | None, action: str, subject: str, subject_id: int, **details: Any) -> None:
    """Append one record. `action` reads noun.verb ("training_example.created"); `details` hold no people's texts."""
    with writing() as session:
        session.add(
            AuditRecord(
                at=clock.now(),
                actor_id=actor_id,
                action=action,
                subject=subject,
                subject_id=subject_id,
                details=details,
            )
        )

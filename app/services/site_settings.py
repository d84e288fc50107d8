"""What administrators decide for the whole site."""

from datetime import datetime

from sqlalchemy import select

from app.domain.errors import Stale
from app.models import SiteSettings, User
from app.models.site_settings import THE_ROW
from app.policies import Action, check
from app.services import audit, clock
from app.services.transactions import reading, writing


def get_site_settings() -> SiteSettings:
    """Return the site's settings; they exist from the first migration on."""
    return reading().get_one(SiteSettings, THE_ROW)


def change_site_settings(
    actor: User,
    *,
    training_data_capture_enabled: bool,
    viewing_requires_sign_in: bool,
    open_sign_up: bool,
    redact_personal_data: bool,
    seen_at: datetime | None = None,
) -> SiteSettings:
    """Set the switches. Only administrators may; what changed is audited, and nothing is written when nothing did.

    `seen_at` is the `updated_at` of the settings that the administrator was looking at; when somebody changed them
    since, `Stale` is raised, so that no old page turns a switch back.
    """
    check(actor, Action.ADMINISTER_SITE)
    wanted = {
        "training_data_capture_enabled": training_data_capture_enabled,
        "viewing_requires_sign_in": viewing_requires_sign_in,
        "open_sign_up": open_sign_up,
        "redact_personal_data": redact_personal_data,
    }
    with writing() as session:
        row = session.scalars(select(SiteSettings).with_for_update().execution_options(populate_existing=True)).one()
        if seen_at is not None and seen_at != row.updated_at:
            raise Stale("page", revision=0)
        changes = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        if changes:
            for name, value in changes.items():
                setattr(row, name, value)
            row.updated_at = clock.now()
            audit.record(
                actor_id=actor.id, action="site_settings.changed", subject="site_settings", subject_id=row.id, **changes
            )
    return row

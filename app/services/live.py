"""What open pages ask again and again: has anything changed? One indexed query answers, however much data there is."""

from typing import NamedTuple

from sqlalchemy import and_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.text import is_storable
from app.models import SiteSettings, Skill, User
from app.policies import Action, can
from app.services.transactions import reading

OUTSIDE = "outside"
"""The tag of whoever may not see the site's skills."""


class Watched(NamedTuple):
    """The state of one of a skill's lists for one viewer: equal tags mean that the page shows what is there."""

    version: int
    user_id: int | None
    is_admitted: bool

    @property
    def tag(self) -> str:
        return f"{self.version}-{self.user_id or 0}" if self.is_admitted else OUTSIDE


def find_watched_training_data(slug: str, *, session_token: str | None) -> Watched | None:
    """Return the state of the skill's training data for the viewer whose session this is; None without such a skill."""
    return _find_watched(Skill.training_data_version, slug, session_token)


def find_watched_suggestions(slug: str, *, session_token: str | None) -> Watched | None:
    """Return the state of the skill's suggestions, as above."""
    return _find_watched(Skill.suggestions_version, slug, session_token)


def _find_watched(version_column: InstrumentedAttribute[int], slug: str, session_token: str | None) -> Watched | None:
    if not is_storable(slug):
        return None
    row = (
        reading()
        .execute(
            select(version_column, User, SiteSettings)
            .select_from(Skill)
            .join(SiteSettings, true())
            .outerjoin(User, and_(User.session_token == (session_token or ""), User.is_active))
            .where(Skill.slug == slug)
        )
        .one_or_none()
    )
    if row is None:
        return None
    version, user, site = row
    return Watched(version, user.id if user else None, can(user, Action.VIEW_SKILLS, site))

"""Filters of a skill's examples that people have given a name: each has their own, and sees nobody else's.

How costs grow: a page reads one person's filters of one skill, of which there are few.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.text import problem_with_text
from app.models import SavedFilter, User
from app.models.base import is_id
from app.models.types import redacted
from app.policies import Action, check
from app.services import clock
from app.services.skills import get_skill
from app.services.transactions import reading, writing

NAME_MAX_CHARACTERS, WORDS_MAX_CHARACTERS = 60, 500
MOST = 50
"""How many one person keeps for one skill."""


def save_filter(actor: User, *, skill_id: int, name: str, wanted: Mapping[str, str]) -> SavedFilter:
    """Keep what a list is filtered by (names and words as its URL has them) under a name; an old one of it is replaced.

    Raises `Invalid` for a name or words that cannot be, and `Conflict` where there are too many already.
    """
    check(actor, Action.SAVE_FILTER, get_skill(skill_id))
    name = " ".join(name.split())
    problem = problem_with_text(name, what="name", max_characters=NAME_MAX_CHARACTERS)
    if problem or any(len(words) > WORDS_MAX_CHARACTERS for words in wanted.values()):
        raise Invalid({"name": problem or f"Shorten the filter: up to {WORDS_MAX_CHARACTERS} characters fit."})
    stored = redacted(name)
    with writing() as session:
        mine = get_saved_filters(actor, skill_id)
        found = next((one for one in mine if one.name == stored), None)
        if found is None:
            if len(mine) >= MOST:
                raise Conflict(f"You keep {MOST} filters for this skill already: forget one first.")
            found = SavedFilter(skill_id=skill_id, user_id=actor.id, name=stored, created_at=clock.now())
            session.add(found)
        found.wanted = dict(wanted)
    return found


def get_saved_filters(user: User | None, skill_id: int) -> Sequence[SavedFilter]:
    """Return somebody's filters of a skill by name; nobody has none."""
    if user is None:
        return ()
    mine = select(SavedFilter).where(SavedFilter.skill_id == skill_id, SavedFilter.user_id == user.id)
    return reading().scalars(mine.order_by(SavedFilter.name, SavedFilter.id)).all()


def forget_filter(actor: User, *, skill_id: int, filter_id: int) -> None:
    """Forget a filter of the acting user's; raise `NotFound`, for others' as for none."""
    check(actor, Action.SAVE_FILTER, get_skill(skill_id))
    mine = (SavedFilter.id == filter_id, SavedFilter.skill_id == skill_id, SavedFilter.user_id == actor.id)
    with writing() as session:
        found = session.scalars(select(SavedFilter).where(*mine)).one_or_none() if is_id(filter_id) else None
        if found is None:
            raise NotFound(f"filter of yours with the number {filter_id}")
        session.delete(found)

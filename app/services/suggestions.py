"""Suggestions: what any signed-in user proposes to improve in a skill. The sibling of `training_examples.py`."""

from typing import NamedTuple

from sqlalchemy import select, update

from app.domain import suggestions as rules
from app.domain.errors import Invalid
from app.models import Skill, Suggestion, User
from app.models.types import redacted
from app.policies import Action, check
from app.services import audit, clock
from app.services.paging import Cursor, Page, make_page
from app.services.skills import lock_skill
from app.services.transactions import reading, writing


class SuggestionWithUser(NamedTuple):
    """One row of a list: the suggestion and the name of the user who made it."""

    suggestion: Suggestion
    user_name: str


def submit_suggestion(
    actor: User,
    *,
    skill_id: int,
    category: str,
    severity: str,
    comment: str,
    suggested_content: str | None = None,
) -> Suggestion:
    """Add a suggestion: the guarded action behind every door. Any signed-in user may; bad values raise `Invalid`."""
    check(actor, Action.ADD_SUGGESTION)
    problems = rules.problems_with_suggestion(
        category=category, severity=severity, comment=comment, suggested_content=suggested_content
    )
    if problems:
        raise Invalid(problems)
    with writing():
        suggestion = create_suggestion(
            skill_id=skill_id,
            user_id=actor.id,
            category=category,
            severity=severity,
            comment=comment,
            suggested_content=suggested_content,
        )
        audit.record(
            actor_id=actor.id,
            action="suggestion.created",
            subject="suggestion",
            subject_id=suggestion.id,
            skill_id=skill_id,
        )
    return suggestion


def create_suggestion(
    *,
    skill_id: int,
    user_id: int,
    category: str,
    severity: str,
    comment: str,
    suggested_content: str | None = None,
) -> Suggestion:
    """Store one suggestion, pending, and count it. Every text is redacted; the vote aggregates stay as they are."""
    moment = clock.now()
    suggestion = Suggestion(
        skill_id=skill_id,
        user_id=user_id,
        category=category,
        severity=severity,
        comment=redacted(comment),
        suggested_content=None if suggested_content is None else redacted(suggested_content),
        status=rules.Status.PENDING.value,
        created_at=moment,
        updated_at=moment,
    )
    with writing() as session:
        lock_skill(skill_id)
        session.add(suggestion)
        session.flush()
        session.execute(
            update(Skill).where(Skill.id == skill_id).values(suggestion_count=Skill.suggestion_count + 1),
            execution_options={"synchronize_session": "fetch"},
        )
    return suggestion


def get_suggestions_for_skill(
    skill_id: int, *, cursor: Cursor | None = None, size: int = 50
) -> Page[SuggestionWithUser]:
    """Return one page of a skill's suggestions with their users' names, newest first."""
    backwards = cursor is not None and cursor.backwards
    statement = (
        select(Suggestion, User.name)
        .join(User, User.id == Suggestion.user_id)
        .where(Suggestion.skill_id == skill_id)
        .order_by(Suggestion.id.asc() if backwards else Suggestion.id.desc())
        .limit(size + 1)
    )
    if cursor is not None:
        (beside,) = cursor.key
        statement = statement.where(Suggestion.id > beside if backwards else Suggestion.id < beside)
    rows = [SuggestionWithUser(suggestion, user_name) for suggestion, user_name in reading().execute(statement)]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.suggestion.id,))


def get_suggestion_count(skill_id: int) -> int:
    """Return how many suggestions the skill has, from its counter, without counting."""
    return reading().scalars(select(Skill.suggestion_count).where(Skill.id == skill_id)).one_or_none() or 0

"""Which suggestions a list shows: the one place that turns a filter into a query."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased, defer

from app.domain.suggestions import Category, Severity, Status
from app.models import Suggestion, User


@dataclass(frozen=True)
class Filter:
    """Which of a skill's suggestions a list shows; None lets everything through."""

    status: Status | None = None
    category: Category | None = None
    severity: Severity | None = None


EVERYTHING = Filter()


class SuggestionWithUser(NamedTuple):
    """One row of a list: the suggestion, who made it, who replied, and whether it brings content (not loaded here)."""

    suggestion: Suggestion
    user_name: str
    replier_name: str | None
    has_content: bool


def select_suggestions(
    skill_id: int, wanted: Filter = EVERYTHING, *, with_content: bool = False
) -> Select[Suggestion, str, str | None, bool]:
    """Return the query of a skill's suggestions that the filter lets through, as rows of `SuggestionWithUser`.

    The content, which may be long, is left in the database unless it is asked for.
    """
    replier = aliased(User)
    statement = (
        select(Suggestion, User.name, replier.name, Suggestion.suggested_content.is_not(None))
        .join(User, User.id == Suggestion.user_id)
        .outerjoin(replier, replier.id == Suggestion.replied_by)
        .where(Suggestion.skill_id == skill_id)
    )
    if not with_content:
        statement = statement.options(defer(Suggestion.suggested_content, raiseload=True))
    if wanted.status:
        statement = statement.where(Suggestion.status == wanted.status.value)
    if wanted.category:
        statement = statement.where(Suggestion.category == wanted.category.value)
    if wanted.severity:
        statement = statement.where(Suggestion.severity == wanted.severity.value)
    return statement


def as_row(row: Row[Suggestion, str, str | None, bool]) -> SuggestionWithUser:
    """Return a row of the query above by its names."""
    suggestion, user_name, replier_name, has_content = row
    return SuggestionWithUser(suggestion, user_name, replier_name, has_content)

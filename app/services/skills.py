"""Skills: finding them, listing them, and keeping one still while it changes. `skill_versions.py` has their texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import joinedload

from app.domain.errors import NotFound
from app.domain.text import is_storable
from app.models import Skill
from app.models.base import is_id
from app.services import search
from app.services.paging import Cursor, Page, make_page, newest_first
from app.services.transactions import reading


@dataclass(frozen=True)
class Filter:
    """Which skills are wanted: those with every word of `query`, by the author with this id, retired or not."""

    query: str = ""
    author_id: int | None = None
    retired: bool = False


EVERYTHING = Filter()


def get_skills(*, wanted: Filter = EVERYTHING, cursor: Cursor | None = None, size: int = 50) -> Page[Skill]:
    """Return one page of skills with their authors, newest first."""
    statement, id_column = _select(wanted)
    statement = newest_first(statement, id_column, cursor=cursor, size=size)
    rows = reading().scalars(statement.options(joinedload(Skill.author))).all()
    return make_page(rows, cursor=cursor, size=size, key_of=lambda skill: (skill.id,))


def _select(wanted: Filter) -> tuple[Select[Skill], ColumnElement[int]]:
    """Return the query of the skills that the filter lets through, and the column to order and page it by."""
    statement = select(Skill).where(Skill.retired_at.is_not(None) if wanted.retired else Skill.retired_at.is_(None))
    if wanted.author_id is not None:
        statement = statement.where(Skill.author_id == (wanted.author_id if is_id(wanted.author_id) else 0))
    if not wanted.query.strip():
        return statement, Skill.id.expression
    dialect = reading().get_bind().dialect
    return search.narrow(statement, search.SKILLS, wanted.query, dialect=dialect, id_column=Skill.id)


def get_skill_by_slug(slug: str) -> Skill:
    """Return the skill with this slug and its author; raise `NotFound`."""
    statement = select(Skill).where(Skill.slug == slug).options(joinedload(Skill.author))
    skill = reading().scalars(statement).one_or_none() if is_storable(slug) else None
    if skill is None:
        raise NotFound(f"skill named {slug!r}")
    return skill


def get_skill(skill_id: int) -> Skill:
    """Return the skill; raise `NotFound`."""
    skill = reading().get(Skill, skill_id) if is_id(skill_id) else None
    if skill is None:
        raise NotFound(f"skill with the id {skill_id}")
    return skill


def lock_skill(skill_id: int) -> Skill:
    """Return the skill as it is now, kept from changing by others until the running change ends; raise `NotFound`."""
    known = is_id(skill_id)
    skill = reading().get(Skill, skill_id, with_for_update={"of": Skill}, populate_existing=True) if known else None
    if skill is None:
        raise NotFound(f"skill with the id {skill_id}")
    return skill


def update_skill(skill_id: int, values: Mapping[Any, Any]) -> Skill:
    """Change columns of the skill in the database's own arithmetic, and return it as it is then; raise `NotFound`.

    Until the running change ends, other changes of the same skill wait.
    """
    statement = (
        update(Skill)
        .where(Skill.id == skill_id)
        .values(values)
        .returning(Skill)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    skill = reading().scalars(statement).one_or_none() if is_id(skill_id) else None
    if skill is None:
        raise NotFound(f"skill with the id {skill_id}")
    return skill

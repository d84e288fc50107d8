"""Skills and their immutable versions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import joinedload

from app.domain.errors import NotAllowed, NotFound
from app.domain.skill_md import SkillFile
from app.domain.text import is_storable
from app.models import Skill, SkillVersion, User
from app.models.base import is_id
from app.models.types import redacted
from app.policies import Action, check
from app.services import audit, clock, search
from app.services.paging import Cursor, Page, make_page
from app.services.transactions import reading, writing

TITLE_MAX_CHARACTERS = 200


@dataclass(frozen=True)
class SavedSkill:
    """What saving a SKILL.md did: `version` is the new version's number, or None when nothing had changed."""

    skill: Skill
    version: int | None


def get_skills(*, query: str = "", cursor: Cursor | None = None, size: int = 50) -> Page[Skill]:
    """Return one page of skills with their authors, newest first, of those that contain the query's words."""
    session = reading()
    statement = select(Skill).options(joinedload(Skill.author)).limit(size + 1)
    if query.strip():
        dialect = session.get_bind().dialect
        statement = statement.where(search.matches(search.SKILLS, query, dialect=dialect, id_column=Skill.id))
    backwards = cursor is not None and cursor.backwards
    if cursor is not None:
        beside = tuple_(Skill.id) > cursor.key if backwards else tuple_(Skill.id) < cursor.key
        statement = statement.where(beside)
    statement = statement.order_by(Skill.id.asc() if backwards else Skill.id.desc())
    return make_page(session.scalars(statement).all(), cursor=cursor, size=size, key_of=lambda skill: (skill.id,))


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


def get_current_version(skill: Skill) -> SkillVersion:
    """Return the version that the skill shows."""
    return (
        reading()
        .scalars(
            select(SkillVersion).where(SkillVersion.skill_id == skill.id, SkillVersion.number == skill.version_number)
        )
        .one()
    )


def save_skill_file(actor: User, file: SkillFile, *, note: str | None = None) -> SavedSkill:
    """Add the skill that `file` describes, or a new version of it where `actor` is its author.

    Nothing is written when the text is the one that is there. Raises `NotAllowed` when the skill is somebody else's.
    """
    check(actor, Action.ADD_SKILL)
    content = redacted(file.text)
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    with writing() as session:
        skill = session.scalars(
            select(Skill).where(Skill.slug == file.name).with_for_update().execution_options(populate_existing=True)
        ).one_or_none()
        if skill is None:
            skill = _new_skill(actor, file)
            session.add(skill)
            session.flush()
        elif skill.author_id != actor.id:
            raise NotAllowed(f"The skill {skill.slug!r} has another author.")
        elif get_current_version(skill).content_digest == digest:
            return SavedSkill(skill, None)
        else:
            _move_to_next_version(skill, file)
        session.add(
            SkillVersion(
                skill_id=skill.id,
                number=skill.version_number,
                content=content,
                content_digest=digest,
                note=note,
                created_at=skill.updated_at,
                created_by=actor.id,
            )
        )
        audit.record(
            actor_id=actor.id,
            action="skill.created" if skill.version_number == 1 else "skill.version_added",
            subject="skill",
            subject_id=skill.id,
            version=skill.version_number,
        )
    return SavedSkill(skill, skill.version_number)


def import_skill_files(actor: User, files: Sequence[SkillFile]) -> list[SavedSkill]:
    """Save each of the files, or none of them where one cannot be: one transaction."""
    with writing():
        return [save_skill_file(actor, file) for file in files]


def _new_skill(actor: User, file: SkillFile) -> Skill:
    moment = clock.now()
    return Skill(
        slug=file.name,
        title=_title(file),
        description=redacted(file.description),
        author_id=actor.id,
        version_number=1,
        created_at=moment,
        updated_at=moment,
    )


def _move_to_next_version(skill: Skill, file: SkillFile) -> None:
    skill.title = _title(file)
    skill.description = redacted(file.description)
    skill.version_number += 1
    skill.updated_at = clock.now()


def _title(file: SkillFile) -> str:
    """Return the title, redacted before it is cut: the beginning of a secret is not one that could be recognised."""
    return redacted(file.title)[:TITLE_MAX_CHARACTERS]

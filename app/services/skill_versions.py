"""The versions of a skill: each is one whole SKILL.md, numbered from 1, and never changes once it is there."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.domain.errors import Conflict, Duplicate, Invalid, NotAllowed, NotFound, Stale
from app.domain.frontmatter import SkillFileFaults
from app.domain.redaction import Redactor
from app.domain.skill_md import SkillFile, parse_skill_file
from app.domain.text import problem_with_optional_text
from app.models import Skill, SkillVersion, User
from app.models.base import is_id
from app.models.types import redacted
from app.policies import Action, check
from app.services import audit, clock
from app.services.paging import Cursor, Page, make_page, newest_first
from app.services.skills import get_skill, lock_skill
from app.services.transactions import reading, writing

TITLE_MAX_CHARACTERS = 200
NOTE_MAX_CHARACTERS = 500


class SavedSkill(NamedTuple):
    """What saving a SKILL.md did: the new version's number (None: nothing had changed), and the secrets' kinds."""

    skill: Skill
    version: int | None
    secrets_found: tuple[str, ...]


class VersionInList(NamedTuple):
    """One row of the list of versions: everything about it but its text."""

    number: int
    note: str | None
    created_at: datetime
    creator_name: str


def get_current_version(skill: Skill) -> SkillVersion:
    """Return the version that the skill shows."""
    return get_skill_version(skill.id, skill.version_number)


def get_skill_version(skill_id: int, number: int) -> SkillVersion:
    """Return one of the skill's versions; raise `NotFound`."""
    statement = select(SkillVersion).where(SkillVersion.skill_id == skill_id, SkillVersion.number == number)
    version = reading().scalars(statement).one_or_none() if is_id(number) else None
    if version is None:
        raise NotFound(f"version {number} of this skill")
    return version


def get_skill_versions(skill_id: int, *, cursor: Cursor | None = None, size: int = 50) -> Page[VersionInList]:
    """Return one page of the skill's versions, newest first, without their texts."""
    statement = (
        select(SkillVersion.number, SkillVersion.note, SkillVersion.created_at, User.name)
        .join(User, User.id == SkillVersion.created_by)
        .where(SkillVersion.skill_id == skill_id)
    )
    statement = newest_first(statement, SkillVersion.number.expression, cursor=cursor, size=size)
    rows = [VersionInList(*row) for row in reading().execute(statement)]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.number,))


def add_skill(actor: User, file: SkillFile) -> SavedSkill:
    """Add the skill that `file` describes, with the acting user as its author; raise `Duplicate` for a name in use."""
    check(actor, Action.ADD_SKILL)
    with writing():
        if there := _find_locked(file.name):
            raise Duplicate(f"There is a skill named {file.name!r} already. Choose another name.", existing_id=there.id)
        return save_skill_file(actor, file)


def edit_skill(actor: User, *, skill_id: int, file: SkillFile, version_number: int, note: str = "") -> SavedSkill:
    """Make `file` the skill's next version. Only its author may.

    `version_number` is the version that was edited: `Stale` where the skill has moved on since. `Invalid` for a note
    that is too long or the name of another skill, `Conflict` where the text is the one that is there.
    """
    skill = get_skill(skill_id)
    check(actor, Action.EDIT_SKILL, skill)
    if problem := problem_with_optional_text(note, what="note", max_characters=NOTE_MAX_CHARACTERS):
        raise Invalid({"note": problem})
    if file.name != skill.slug:
        raise Invalid({"content": f"The name must stay {skill.slug!r}, the skill's own."})
    with writing():
        skill = lock_skill(skill_id)
        check(actor, Action.EDIT_SKILL, skill)
        if skill.version_number != version_number:
            raise Stale("skill", revision=skill.version_number)
        saved = save_skill_file(actor, file, note=note.strip() or None)
        if saved.version is None:
            raise Conflict("Nothing is different from the version that is there.")
    return saved


def restore_skill_version(actor: User, *, skill_id: int, number: int, version_number: int) -> SavedSkill:
    """Make the text of an old version the skill's next version. Only its author may; `edit_skill` says what it raises.

    Also `Invalid` with each fault where the old text is no SKILL.md by the rules of today.
    """
    check(actor, Action.EDIT_SKILL, get_skill(skill_id))
    try:
        file = parse_skill_file(get_skill_version(skill_id, number).content)
    except SkillFileFaults as error:
        raise Invalid({f"content.{n}": str(fault) for n, fault in enumerate(error.faults, start=1)}) from error
    note = f"Restores version {number}."
    return edit_skill(actor, skill_id=skill_id, file=file, version_number=version_number, note=note)


def import_skill_files(actor: User, files: Sequence[SkillFile]) -> list[SavedSkill]:
    """Save each of the files, or none of them where one cannot be: one transaction."""
    with writing():
        return [save_skill_file(actor, file) for file in files]


def save_skill_file(actor: User, file: SkillFile, *, note: str | None = None) -> SavedSkill:
    """Add the skill that `file` describes, or a new version of it where `actor` is its author.

    Nothing is written when the text is the one that is there. Raises `NotAllowed` when the skill is somebody else's.
    """
    check(actor, Action.ADD_SKILL)
    content, clean_note = Redactor().together(file.text, note or "")
    digest = digest_of_version(content.sanitized)
    kinds = tuple(dict.fromkeys(content.secrets_found + clean_note.secrets_found))
    with writing() as session:
        skill = _find_locked(file.name)
        if skill is None:
            skill = _new_skill(actor, file)
            session.add(skill)
            session.flush()
        elif skill.author_id != actor.id:
            raise NotAllowed(f"The skill {skill.slug!r} has another author.")
        elif get_current_version(skill).content_digest == digest:
            return SavedSkill(skill, None, kinds)
        else:
            _move_to_next_version(skill, file)
        session.add(
            SkillVersion(
                skill_id=skill.id,
                number=skill.version_number,
                content=content.sanitized,
                content_digest=digest,
                note=clean_note.sanitized if note else None,
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
    return SavedSkill(skill, skill.version_number, kinds)


def digest_of_version(content: str) -> str:
    """Return the SHA-256, in hex, of a version's whole text: equal digests are the same text."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def _find_locked(slug: str) -> Skill | None:
    statement = select(Skill).where(Skill.slug == slug).with_for_update().execution_options(populate_existing=True)
    return reading().scalars(statement).one_or_none()


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

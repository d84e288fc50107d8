"""Versions of a skill: added by its author alone, never changed, restored as new ones."""

import pytest
from sqlalchemy import select

from app.domain.errors import Conflict, Duplicate, Invalid, NotAllowed, NotFound, SignInRequired, Stale
from app.domain.skill_md import parse_skill_file
from app.models import SkillVersion, User
from app.services import skill_versions as service
from app.services.paging import Cursor
from app.services.skills import get_skill_by_slug
from app.services.transactions import reading, writing
from tests.support.factories import make_skill, save_version, skill_text
from tests.support.tables import dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

SECRET = "ghp_" + "a1B2" * 9


def text(body="# Changed\n", name="a-skill"):
    return parse_skill_file(skill_text(name, body=body))


def edit(actor, skill, file=None, *, version_number=1, note=""):
    return service.edit_skill(actor, skill_id=skill.id, file=file or text(), version_number=version_number, note=note)


def contents(skill):
    look_anew()
    rows = reading().execute(
        select(SkillVersion.number, SkillVersion.content).where(SkillVersion.skill_id == skill.id).order_by("number")
    )
    return {number: content for number, content in rows}  # noqa: C416 - dict() takes a result for a mapping


def test_whoever_adds_a_skill_is_its_author(viewer):
    saved = service.add_skill(viewer, text(name="brand-new"))

    look_anew()
    assert (saved.version, get_skill_by_slug("brand-new").author_id) == (1, viewer.id)
    assert last_audit_record().action == "skill.created"


def test_a_name_in_use_is_refused_even_to_its_author(author, viewer, skill):
    before = dump()

    for actor in (author, viewer):
        with pytest.raises(Duplicate, match="'a-skill' already") as refused:
            service.add_skill(actor, text())
        assert refused.value.existing_id == skill.id
    assert dump() == before


def test_nobody_adds_a_skill_without_signing_in(app):
    with pytest.raises(SignInRequired):
        service.add_skill(None, text(name="brand-new"))


def test_an_edit_is_the_next_version_with_its_note(author, skill):
    saved = edit(author, skill, note="  Says it better. ")

    look_anew()
    version = service.get_current_version(skill)
    assert (saved.version, version.number, version.note, version.created_by) == (2, 2, "Says it better.", author.id)
    assert contents(skill) == {1: skill_text("a-skill"), 2: skill_text("a-skill", body="# Changed\n")}
    assert skill.title == "Changed"


def test_an_edit_without_a_note_has_none(author, skill):
    edit(author, skill, note="  ")

    assert service.get_skill_version(skill.id, 2).note is None


def test_only_the_author_edits_and_restores(viewer, admin, skill):
    save_version(skill, body="# Other\n")
    before = dump()

    for actor in (viewer, admin):
        with pytest.raises(NotAllowed, match="Only the skill's author"):
            edit(actor, skill, version_number=2)
        with pytest.raises(NotAllowed):
            service.restore_skill_version(actor, skill_id=skill.id, number=1, version_number=2)
    assert dump() == before


def test_an_edit_of_an_older_version_is_stale(author, skill):
    save_version(skill, body="# Meanwhile\n")
    before = dump()

    with pytest.raises(Stale) as refused:
        edit(author, skill, version_number=1)

    assert refused.value.revision == 2
    assert dump() == before


def test_what_an_edit_cannot_be_is_refused_by_name(author, skill):
    before = dump()

    with pytest.raises(Conflict, match="Nothing is different"):
        edit(author, skill, parse_skill_file(skill_text("a-skill")))
    with pytest.raises(Invalid, match="must stay 'a-skill'"):
        edit(author, skill, text(name="another-name"))
    with pytest.raises(Invalid, match="Shorten the note"):
        edit(author, skill, note="x" * 501)
    with pytest.raises(NotFound):
        service.edit_skill(author, skill_id=10**6, file=text(), version_number=1)
    assert dump() == before


def test_of_two_edits_at_the_same_moment_one_is_stale(app, author, skill):
    skill_id, author_id = skill.id, author.id

    def change(number):
        user = reading().get(User, author_id)
        file = text(f"# Change {number}\n")
        return service.edit_skill(user, skill_id=skill_id, file=file, version_number=1).version

    results = run_together(app, [lambda number=number: change(number) for number in range(4)])

    assert results.count(2) == 1
    assert sum(isinstance(result, Stale) for result in results) == 3
    assert len(contents(skill)) == 2


def test_an_old_version_is_restored_as_a_new_one(author, skill):
    save_version(skill, body="# Other\n")

    saved = service.restore_skill_version(author, skill_id=skill.id, number=1, version_number=2)

    assert saved.version == 3
    assert contents(skill)[3] == contents(skill)[1]
    assert (skill.title, service.get_current_version(skill).note) == ("A skill", "Restores version 1.")


def test_what_cannot_be_restored_says_why(author, skill):
    save_version(skill, body="# Other\n")
    with pytest.raises(Conflict, match="Nothing is different"):
        service.restore_skill_version(author, skill_id=skill.id, number=2, version_number=2)
    with pytest.raises(NotFound, match="version 9"):
        service.restore_skill_version(author, skill_id=skill.id, number=9, version_number=2)
    with pytest.raises(Stale):
        service.restore_skill_version(author, skill_id=skill.id, number=1, version_number=1)


def test_an_old_version_that_is_no_skill_any_more_is_refused_with_each_fault(author, skill):
    with writing() as session:
        odd = SkillVersion(
            skill_id=skill.id,
            number=2,
            content="no frontmatter",
            content_digest="0" * 64,
            created_at=skill.created_at,
            created_by=author.id,
        )
        session.add(odd)

    with pytest.raises(Invalid, match="Line 1: start the file"):
        service.restore_skill_version(author, skill_id=skill.id, number=2, version_number=1)


def test_a_version_never_changes(skill):
    version = service.get_current_version(skill)

    with pytest.raises(Exception, match="written once"), writing():
        version.note = "Another"


def test_what_was_taken_out_is_told_by_kind(author, skill):
    saved = edit(author, skill, text(f"# Use {SECRET}\n"), note=f"As in {SECRET}")

    assert saved.secrets_found == ("github_token",)
    assert SECRET not in str(dump())
    assert service.get_current_version(skill).note == "As in [GITHUB_TOKEN_1]"


def test_versions_are_listed_newest_first_page_by_page_and_back(author, viewer):
    skill = make_skill(author)
    make_skill(viewer)
    for number in range(2, 6):
        save_version(skill, body=f"# Number {number}\n", note=f"Note {number}")

    def page(**place):
        cursor = Cursor.parse(**{"after": None, "before": None, **place}, parts=1)
        return service.get_skill_versions(skill.id, cursor=cursor, size=2)

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert [row.number for rows in (first, second, third) for row in rows.rows] == [5, 4, 3, 2, 1]
    assert [row.number for row in page(before=third.before).rows] == [3, 2]
    assert (first.before, third.after) == (None, None)
    assert (first.rows[0].note, first.rows[0].creator_name) == ("Note 5", "Ada Author")


@pytest.mark.parametrize("number", [0, 2, 2**63])
def test_a_version_that_is_not_there_is_not_found(skill, number):
    with pytest.raises(NotFound):
        service.get_skill_version(skill.id, number)

"""Skills: saved from a SKILL.md, versioned when their text changes, found by their words, listed page by page."""

import hashlib

import pytest

from app.domain.errors import NotAllowed, NotFound, SignInRequired
from app.domain.skill_md import parse_skill_file
from app.models import AuditRecord, SkillVersion
from app.services import skill_versions as versions
from app.services import skills as service
from app.services.paging import Cursor
from app.services.skills import Filter
from app.services.transactions import reading
from tests.support.factories import make_skill, skill_text
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew

SECRET = "ghp_" + "a1B2" * 9


def save(actor, name="a-new-skill", **parts):
    return versions.save_skill_file(actor, parse_skill_file(skill_text(name, **parts)))


def names(page):
    return [skill.slug for skill in page.rows]


def test_a_new_skill_has_version_one(author):
    saved = save(author, description="Writes letters.", body="# Letters\n")

    look_anew()
    skill = service.get_skill_by_slug("a-new-skill")
    version = versions.get_current_version(skill)
    assert (saved.version, skill.version_number, skill.id) == (1, 1, saved.skill.id)
    assert (skill.title, skill.description, skill.author.name) == ("Letters", "Writes letters.", "Ada Author")
    assert (version.content, version.number, version.created_by) == (
        skill_text("a-new-skill", "Writes letters.", "# Letters\n"),
        1,
        author.id,
    )
    assert version.content_digest == hashlib.sha256(version.content.encode()).hexdigest()
    assert (last_audit_record().action, last_audit_record().details) == ("skill.created", {"version": 1})


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(author):
    save(author, body="# First\n")
    saved = save(author, description="Other words.", body="# Second\n")

    look_anew()
    skill = service.get_skill_by_slug("a-new-skill")
    contents = reading().query(SkillVersion.number, SkillVersion.content).order_by(SkillVersion.number).all()
    assert (saved.version, skill.version_number, skill.title, skill.description) == (2, 2, "Second", "Other words.")
    assert [number for number, _ in contents] == [1, 2]
    assert contents[0].content.endswith("# First\n")
    assert versions.get_current_version(skill).content.endswith("# Second\n")
    assert last_audit_record().action == "skill.version_added"


def test_an_unchanged_text_writes_nothing(author):
    first = save(author)
    before = dump()

    again = save(author)

    assert (again.version, again.skill.id) == (None, first.skill.id)
    assert dump() == before


def test_a_text_that_differs_only_in_a_secret_is_unchanged(author):
    save(author, body=f"Use {SECRET}\n")

    assert save(author, body=f"Use ghp_{'Z9y8' * 9}\n").version is None


def test_another_author_and_an_administrator_cannot_add_a_version(author, viewer, admin):
    save(author)

    for actor in (viewer, admin):
        with pytest.raises(NotAllowed, match="a-new-skill"):
            save(actor, body="# Mine now\n")
    with pytest.raises(SignInRequired):
        save(None, name="another-skill")

    look_anew()
    assert count_rows(SkillVersion) == 1
    assert count_rows(AuditRecord) == 1


def test_every_byte_of_the_text_is_kept(author):
    text = (
        "\ufeff---\r\nname: a-new-skill\r\ndescription: Odd.\r\nunknown-key: [1, 2]  # kept\r\n---\r\n\r\n\tBody \r\n"
    )

    saved = versions.save_skill_file(author, parse_skill_file(text))

    look_anew()
    assert versions.get_current_version(saved.skill).content == text


def test_secrets_leave_title_description_text_and_note(author):
    file = parse_skill_file(skill_text("a-new-skill", f"Use {SECRET} here", f"# Title {SECRET}\n"))

    skill = versions.save_skill_file(author, file, note=f"Because of {SECRET}").skill

    look_anew()
    assert (skill.title, skill.description) == ("Title [GITHUB_TOKEN_1]", "Use [GITHUB_TOKEN_1] here")
    assert versions.get_current_version(skill).note == "Because of [GITHUB_TOKEN_1]"
    assert SECRET not in str(dump())


def test_no_beginning_of_a_secret_stays_in_a_title_that_is_cut(author):
    skill = save(author, body=f"# {'word ' * 38}{SECRET}\n").skill

    look_anew()
    assert "ghp_" not in skill.title


@pytest.mark.parametrize("slug", ["", "nothing", "a\x00b", "x" * 300, "\U0001f600"])
def test_a_skill_that_is_not_there_is_not_found(app, slug):
    with pytest.raises(NotFound):
        service.get_skill_by_slug(slug)


@pytest.mark.parametrize("skill_id", [0, 2**31, 2**63])
def test_a_skill_with_an_unknown_id_is_not_found(app, skill_id):
    for get in (service.get_skill, service.lock_skill):
        with pytest.raises(NotFound):
            get(skill_id)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["meeting-notes", "invoice-reader"]),
        ("   ", ["meeting-notes", "invoice-reader"]),
        ("invoice", ["invoice-reader"]),
        ("READER totals", ["invoice-reader"]),
        ("who decided wh", ["meeting-notes"]),
        ("Extractor", ["invoice-reader"]),
        ("invoice minutes", []),
        ("?!", []),
    ],
)
def test_skills_are_found_by_the_words_of_their_name_title_and_description(author, query, found):
    save(author, "invoice-reader", description="Reads totals and dates.", body="# Extractor\nbody minutes\n")
    save(author, "meeting-notes", description="Says who decided what.", body="# Minutes\n")

    assert names(service.get_skills(wanted=Filter(query=query))) == found


def test_a_new_version_is_found_by_its_new_words_only(author):
    save(author, description="About apples.")
    save(author, description="About pears.")

    assert [names(service.get_skills(wanted=Filter(query=word))) for word in ("apples", "pears")] == [
        [],
        ["a-new-skill"],
    ]


def test_skills_are_listed_newest_first_page_by_page_and_back(author):
    made = [make_skill(author, name=f"skill-of-list-{number}").slug for number in range(5)]

    def page(**place):
        cursor = Cursor.parse(**{"after": None, "before": None, **place}, parts=1)
        return service.get_skills(wanted=Filter(query="list"), cursor=cursor, size=2)

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert names(first) + names(second) + names(third) == made[::-1]
    assert names(page(before=third.before)) == names(second)
    assert (first.before, third.after) == (None, None)


def test_a_page_of_skills_costs_one_query(author, statements):
    for _ in range(3):
        make_skill()
    statements.clear()

    page = service.get_skills(wanted=Filter(query="skill"))

    assert [skill.author.name for skill in page.rows]
    assert len(statements) == 1

"""A skill's page about redaction: the choice about personal data, what waits, and what is let through."""

import pytest

from app.domain.redaction import text_digest
from app.models import AllowedText, Skill
from app.services.allowed_texts import allow_texts, get_allowed_texts
from app.services.false_alarms import mark_false_alarm
from app.services.redaction import change_skill_redaction
from app.services.rescan import mark_all_behind
from app.services.transactions import reading
from tests.support.factories import make_example, make_skill
from tests.support.inspection import forms_in, parse, text_of, words_in
from tests.support.tables import count_rows, dump

pytestmark = pytest.mark.slow

PAGE = "/skills/a-skill/redaction"
DIGEST = text_digest("hunter2!x")
CHOICES = {"site": None, "on": True, "off": False}


@pytest.fixture
def allowed(author, skill) -> AllowedText:
    allow_texts(author, skill_id=skill.id, kinds={DIGEST: "password"})
    return get_allowed_texts(skill.id)[0].allowed


@pytest.fixture
def removal(allowed) -> str:
    return f"{PAGE}/allowed-texts/{allowed.id}/removal"


def chosen(skill) -> bool | None:
    reading().rollback()
    return reading().get_one(Skill, skill.id, populate_existing=True).redact_personal_data


def checked(page) -> list[str]:
    radios = [box for box in page.iter("input") if box.get("name") == "personal_data"]
    return [radio.get("value") for radio in radios if "checked" in radio.attrib]


def actions(page) -> list[str]:
    return [form.action for form in forms_in(page) if form.action.startswith(PAGE)]


def test_at_first_a_skill_does_as_the_site_and_nothing_waits(browser_of, author, skill):
    page = browser_of(author).page(PAGE)

    assert checked(page) == ["site"]
    words = words_in(page)
    assert "The site leaves them in." in words
    assert "None. Whoever sees an example can mark a placeholder that stands for no secret." in words
    assert actions(page) == [PAGE]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_the_author_chooses(browser_of, author, skill, choice, htmx):
    change_skill_redaction(author, skill_id=skill.id, redact_personal_data=choice == "site")
    browser = browser_of(author)

    response = browser.post(PAGE, {"personal_data": choice}, htmx=htmx)

    assert chosen(skill) is CHOICES[choice]
    if htmx:
        assert response.status_code == 200
        assert "from now on" in response.text
        assert checked(browser.page(PAGE)) == [choice]
    else:
        assert (response.status_code, response.location) == (303, PAGE)
        page = browser.page(PAGE)
        assert checked(page) == [choice]
        assert "It holds for what is written on this skill from now on." in text_of(page, "messages")


@pytest.mark.parametrize("fields", [{}, {"personal_data": ""}, {"personal_data": "True"}, {"personal_data": "None"}])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_what_is_no_choice_is_refused_beside_the_choices(browser_of, author, skill, fields, htmx):
    change_skill_redaction(author, skill_id=skill.id, redact_personal_data=True)

    response = browser_of(author).post(PAGE, fields, htmx=htmx)

    assert response.status_code == 422
    assert "Choose one of the three." in text_of(parse(response.text), "personal-data-error")
    assert chosen(skill) is True


def test_the_choice_takes_effect_on_what_is_added_next(browser_of, author, skill):
    browser = browser_of(author)
    browser.post(PAGE, {"personal_data": "on"})

    typed = {"example_input": "Write to ada@example.com", "example_output": "Done", "quality_score": ""}
    browser.post("/skills/a-skill/training-data", typed)

    page = browser.page("/skills/a-skill/training-data")
    assert "Removed before saving: email." in text_of(page, "messages")
    assert "Write to [EMAIL_1]" in words_in(page)


@pytest.mark.parametrize(
    ("choice", "words"), [("site", "as the site does"), ("on", "takes it out"), ("off", "leaves it in")]
)
def test_an_administrator_sees_it_all_and_decides_nothing(browser_of, author, admin, skill, allowed, choice, words):
    change_skill_redaction(author, skill_id=skill.id, redact_personal_data=CHOICES[choice])

    page = browser_of(admin).page(PAGE)

    assert f"This skill: {words}." in words_in(page)
    assert DIGEST[:12] in words_in(page)
    assert actions(page) == []


def test_false_alarms_that_wait_lead_to_their_examples(browser_of, author, viewer, skill):
    example = make_example(skill, "password=[PASSWORD_1]")
    elsewhere = make_example(make_skill(author, name="another-skill"), "[TOKEN_1]")
    mark_false_alarm(viewer, example=example, placeholder="[PASSWORD_1]")
    mark_false_alarm(viewer, example=elsewhere, placeholder="[TOKEN_1]")

    page = browser_of(author).page(PAGE)

    alarms = f"/skills/a-skill/training-data/{example.id}/false-alarms"
    assert [words_in(link) for link in page.iter("a") if link.get("href") == alarms] == [f"Example {example.id}"]
    assert [words_in(mark) for mark in page.iter("mark")] == ["[PASSWORD_1]"]
    assert "marked by Vera Viewer" in words_in(page)


def test_what_is_let_through_is_shown_by_the_beginning_of_its_digest(browser_of, author, allowed, removal):
    page = browser_of(author).page(PAGE)

    words = words_in(page)
    assert f"{DIGEST[:12]}… taken for: password Ada Author" in words
    assert actions(page) == [PAGE, removal]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_the_author_takes_a_text_off_the_list(browser_of, author, removal, htmx):
    browser = browser_of(author)

    response = browser.post(removal, htmx=htmx)

    assert count_rows(AllowedText) == 0
    if htmx:
        assert response.status_code == 200
        assert "That text is redacted again from now on." in response.text
    else:
        assert (response.status_code, response.location) == (303, PAGE)
        page = browser.page(PAGE)
        assert "That text is redacted again from now on." in text_of(page, "messages")
        assert actions(page) == [PAGE]
    assert browser.post(removal, htmx=htmx).status_code == 404


@pytest.mark.parametrize("who", ["viewer", "admin"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_but_the_author_changes_anything(request, browser_of, removal, who, htmx):
    browser = browser_of(request.getfixturevalue(who))
    before = dump()

    for path in (PAGE, removal):
        response = browser.post(path, {"personal_data": "on"}, htmx=htmx)
        assert response.status_code == 403
        assert "Only the skill&#39;s author decides" in response.text

    assert dump() == before


def test_others_neither_see_the_page_nor_a_way_to_it(browser_of, author, admin, viewer, skill):
    links = {
        user: [link for link in browser_of(user).page("/skills/a-skill").iter("a") if link.get("href") == PAGE]
        for user in (author, admin, viewer, None)
    }

    assert [len(found) for found in links.values()] == [1, 1, 0, 0]
    assert browser_of(viewer).get(PAGE).status_code == 403


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_changes_nothing(browser_of, removal, htmx):
    before = dump()

    for path in (PAGE, removal):
        response = browser_of().post(path, {"personal_data": "on"}, htmx=htmx)
        assert response.status_code == 401
        assert f"/login?next={PAGE}" in response.text

    assert dump() == before


def test_opening_it_signed_out_leads_to_signing_in_and_back(browser_of, skill):
    response = browser_of().get(PAGE)

    assert (response.status_code, response.location) == (302, f"/login?next={PAGE}")


def test_what_is_not_there_is_not_found(browser_of, author, allowed):
    make_skill(author, name="another-skill")
    browser = browser_of(author)

    assert browser.get("/skills/none/redaction").status_code == 404
    assert browser.post("/skills/none/redaction", {"personal_data": "on"}).status_code == 404
    for skill, number in (("a-skill", 0), ("a-skill", 2**63), ("another-skill", allowed.id)):
        assert browser.post(f"/skills/{skill}/redaction/allowed-texts/{number}/removal").status_code == 404
    assert count_rows(AllowedText) == 1


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, author, removal, method):
    assert browser_of(author).ask(method, PAGE).status_code == 405
    assert browser_of(author).ask(method, removal).status_code == 405


def test_the_sites_switch_is_followed_by_every_skill_without_a_choice(browser_of, author, admin, skill):
    browser_of(admin).post("/admin/settings", {"redact_personal_data": "y"})

    assert "The site takes them out." in words_in(browser_of(author).page(PAGE))
    preview = browser_of(author).post(
        "/skills/a-skill/training-data/preview", {"example_input": "To ada@example.com"}, htmx=True
    )
    assert "To [EMAIL_1]" in words_in(parse(f"<!doctype html><title>x</title>{preview.text}"))


def test_administrators_see_how_many_rows_are_behind(browser_of, admin, skill):
    make_example(skill)
    browser = browser_of(admin)
    assert "No row is behind." in words_in(browser.page("/admin/redaction"))

    mark_all_behind()

    page = browser.page("/admin/redaction")
    rows = {
        words_in(head): words_in(cell) for head, cell in (row for row in page.iter("tr") if row.find("td") is not None)
    }
    assert (rows["skill feedback"], rows["skill versions"], rows["users"]) == ("1", "1", "2")
    assert f"{sum(map(int, rows.values()))} rows are behind:" in words_in(page)
    assert "/admin/redaction" in browser.get("/admin/settings").text


@pytest.mark.parametrize("who", ["author", "viewer"])
def test_nobody_else_sees_how_many_rows_are_behind(request, browser_of, skill, who):
    assert browser_of(request.getfixturevalue(who)).get("/admin/redaction").status_code == 403

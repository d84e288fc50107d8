"""Retiring a skill, finding it again, handing it over."""

import pytest

from app.services.skill_lifecycle import retire_skill
from tests.support.factories import make_skill, make_user
from tests.support.inspection import find, forms_in, parse, text_of, words_in
from tests.support.tables import dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

AUTHOR = "/skills/a-skill/author"


def listed(page):
    return [words_in(item) for item in page.iter("p") if item.get("class") == "slug"]


def press(browser, address, action):
    [form] = [form for form in forms_in(browser.page(address)) if form.action == action]
    return browser.post(action, form.fields)


def test_the_author_retires_a_skill_and_brings_it_back(browser_of, author, skill):
    browser = browser_of(author)

    assert press(browser, "/skills/a-skill", "/skills/a-skill/retirement").location == "/skills/a-skill"

    assert "lists do not show this skill any more" in words_in(browser.page("/skills/a-skill"))
    assert listed(browser.page("/")) == []
    assert listed(browser.page("/?show=retired")) == ["a-skill"]
    press(browser, "/skills/a-skill", "/skills/a-skill/retirement/removal")
    assert listed(browser.page("/")) == ["a-skill"]
    assert listed(browser.page("/?show=retired")) == []


def test_what_cannot_be_done_twice_says_so(browser_of, author, skill):
    retire_skill(author, skill_id=skill.id)

    response = browser_of(author).post("/skills/a-skill/retirement")

    assert response.status_code == 409
    assert "This skill is retired already." in words_in(parse(response.text))


def test_the_skills_of_one_author_are_listed(browser_of, author, skill):
    make_skill(name="of-another")

    page = browser_of().page(f"/?author={author.id}")

    assert listed(page) == ["a-skill"]
    assert "Skills by Ada Author" in words_in(page)


@pytest.mark.parametrize("author_id", ["0", "999999", f"{2**80}", "-1"])
def test_nobody_has_no_skills(browser_of, skill, author_id):
    assert listed(browser_of().page(f"/?author={author_id}")) == []


def test_what_is_no_number_names_no_author(browser_of, skill):
    assert listed(browser_of().page("/?author=x")) == ["a-skill"]


@pytest.mark.parametrize("written", ["as it is", "in capitals"])
def test_an_administrator_hands_a_skill_over(browser_of, admin, viewer, skill, written):
    browser = browser_of(admin)
    [form] = [form for form in forms_in(browser.page(AUTHOR)) if form.action == AUTHOR]
    email = viewer.email if written == "as it is" else f" {viewer.email.upper()} "

    response = browser.post(AUTHOR, {**form.fields, "email": email})

    assert (response.status_code, response.location) == (303, "/skills/a-skill")
    words = words_in(browser.page("/skills/a-skill"))
    assert "Vera Viewer is the author of this skill now." in words
    assert "by Vera Viewer" in words


def test_the_page_of_a_skill_offers_administrators_to_hand_it_over(browser_of, admin, author, skill):
    assert AUTHOR in browser_of(admin).get("/skills/a-skill").text
    assert AUTHOR not in browser_of(author).get("/skills/a-skill").text


@pytest.mark.parametrize(
    ("email", "status", "words"),
    [
        ("", 422, "There is no user with this e-mail address."),
        ("nobody@example.com", 422, "There is no user with this e-mail address."),
        ("a\x00b", 422, "There is no user with this e-mail address."),
        ("author", 409, "Ada Author is the skill's author already."),
        ("gone", 409, "Gone is deactivated."),
    ],
)
def test_to_whom_a_skill_cannot_go_is_said_beside_the_field(browser_of, admin, author, skill, email, status, words):
    email = {"author": author.email, "gone": make_user("Gone", is_active=False).email}.get(email, email)
    before = dump()

    response = browser_of(admin).post(AUTHOR, {"email": email, "author_id": str(author.id)})

    assert response.status_code == status
    page = parse(response.text)
    assert words in text_of(page, "email-error")
    assert find(page, "email").get("value") == email.replace("\x00", "\ufffd")
    assert dump() == before


def test_a_skill_that_somebody_handed_over_meanwhile_is_not_handed_over_again(browser_of, admin, viewer, skill):
    response = browser_of(admin).post(AUTHOR, {"email": viewer.email, "author_id": str(viewer.id)})

    assert response.status_code == 409
    assert "Somebody handed this skill over after you opened the page." in words_in(parse(response.text))
    look_anew()
    assert skill.author_id != viewer.id


def test_what_is_not_there_is_not_found(browser_of, admin):
    browser = browser_of(admin)

    assert browser.get("/skills/none/author").status_code == 404
    for address in ("author", "retirement", "retirement/removal"):
        assert browser.post(f"/skills/none/{address}").status_code == 404
        assert browser.ask("DELETE", f"/skills/none/{address}").status_code == 405

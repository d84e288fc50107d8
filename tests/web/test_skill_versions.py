"""The versions tab: who saved what and when, any two compared, an old one restored."""

import pytest

from tests.support.factories import save_version, skill_text
from tests.support.inspection import forms_in, links_in, parse, words_in
from tests.support.tables import dump

pytestmark = pytest.mark.slow

TAB = "/skills/a-skill/versions"


@pytest.fixture
def changed(skill):
    """A skill with three versions."""
    save_version(skill, body="# A skill\n\nDo it better.\n", note="Better")
    save_version(skill, body="# A skill\n\nDo it best.\n", note="Best")
    return skill


def test_the_tab_says_who_saved_what_and_when(browser_of, changed):
    page = browser_of().page(TAB)

    rows = [words_in(row) for row in page.iter("li") if row.get("class") == "row"]
    assert len(rows) == 3
    for part in ("Version 3", "now", "Best", "saved by Ada Author", "UTC"):
        assert part in rows[0]
    assert "now" not in rows[2].split()


def test_the_tab_is_paged(browser_of, skill):
    for number in range(6):
        save_version(skill, body=f"# Number {number}\n")
    browser = browser_of()
    first = browser.page(TAB)

    [older] = [link.get("href") for link in first.iter("a") if link.get("rel") == "next"]

    assert "Version 7" in words_in(first)
    assert "Version 2" in words_in(browser.page(older))


def test_a_version_is_shown_as_it_was(browser_of, changed):
    words = words_in(browser_of().page(f"{TAB}/1"))

    assert "Do it well." in words
    assert skill_text("a-skill").split("\n")[2] in words
    assert "Saved by Ada Author" in words


def test_two_versions_are_compared_word_by_word(browser_of, changed):
    page = browser_of().page(f"{TAB}/comparison?from=1&to=3")

    assert [words_in(piece) for piece in page.iter("del") if "[" in words_in(piece)] == ["[taken out: well]"]
    assert [words_in(piece) for piece in page.iter("ins") if "[" in words_in(piece)] == ["[put in: best]"]


def test_the_last_change_is_what_a_comparison_shows_by_itself(browser_of, changed):
    page = browser_of().page(f"{TAB}/comparison")

    assert "[taken out: better]" in words_in(page)
    assert [link for link in links_in(page) if link in (f"{TAB}/2", f"{TAB}/3")] == [f"{TAB}/2", f"{TAB}/3"]


def test_versions_that_say_the_same_have_no_difference(browser_of, changed):
    assert "The two say the same." in words_in(browser_of().page(f"{TAB}/comparison?from=2&to=2"))


@pytest.mark.parametrize("query", ["from=1&to=9", "from=0&to=1", "from=-1", f"to={2**70}"])
def test_a_version_that_is_not_there_cannot_be_compared(browser_of, changed, query):
    assert browser_of().get(f"{TAB}/comparison?{query}").status_code == 404


def test_what_is_no_number_is_taken_for_none(browser_of, changed):
    assert "[taken out: better]" in words_in(browser_of().page(f"{TAB}/comparison?from=x&to=y"))


def test_the_author_restores_an_old_version_as_a_new_one(browser_of, author, changed):
    browser = browser_of(author)
    [form] = [form for form in forms_in(browser.page(f"{TAB}/1")) if form.action.endswith("/restoration")]

    response = browser.post(form.action, form.fields)

    assert (response.status_code, response.location) == (303, "/skills/a-skill")
    words = words_in(browser.page("/skills/a-skill"))
    for part in ("Version 1 is restored as version 4.", "Do it well.", "Restores version 1."):
        assert part in words


def test_nobody_else_is_offered_to_restore(browser_of, viewer, admin, changed):
    for user in (None, viewer, admin):
        assert "/restoration" not in browser_of(user).get(f"{TAB}/1").text


def test_a_restoration_that_was_overtaken_says_so(browser_of, author, changed):
    before = dump()

    response = browser_of(author).post(f"{TAB}/1/restoration", {"version_number": "2"})

    assert response.status_code == 409
    assert "Somebody saved this skill after you opened it." in words_in(parse(response.text))
    assert dump() == before


@pytest.mark.parametrize("number", ["0", "9", "x", "99999999999999999999"])
def test_a_version_that_is_not_there_is_not_found(browser_of, author, changed, number):
    browser = browser_of(author)

    for address in (f"{TAB}/{number}", f"{TAB}/{number}/SKILL.md"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"{TAB}/{number}/restoration", {"version_number": "3"}).status_code == 404


def test_a_downloaded_version_is_that_version(browser_of, changed):
    browser = browser_of()

    assert browser.get(f"{TAB}/1/SKILL.md").text == skill_text("a-skill")
    assert browser.get("/skills/a-skill/SKILL.md").text.endswith("Do it best.\n")
    assert browser.get(f"{TAB}/1/SKILL.md").headers["ETag"] != browser.get(f"{TAB}/2/SKILL.md").headers["ETag"]

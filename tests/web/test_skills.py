"""The list of skills and one skill's page."""

import pytest

from app.domain.skill_md import parse_skill_file
from app.services.skill_versions import save_skill_file
from app.services.votes import cast_vote
from tests.support.factories import make_example, make_skill, make_user, skill_text
from tests.support.inspection import find, parse, words_in


def slugs(page) -> list[str]:
    return [words_in(item) for item in page.iter("p") if item.get("class") == "slug"]


def tabs(page) -> dict[str, str]:
    [nav] = [nav for nav in page.iter("nav") if nav.get("aria-label") == "Skill"]
    return {words_in(link): link.get("href") for link in nav.iter("a")}


def test_an_empty_site_says_what_to_do(browser_of, viewer):
    assert "Sign in to add the first one." in words_in(browser_of().page("/"))
    assert "goldset skills import FOLDER --author EMAIL" in words_in(browser_of(viewer).page("/"))


def test_the_list_shows_each_skill_with_its_author_and_counts(browser_of, author, viewer, skill):
    make_example(skill)
    make_example(skill)
    make_example(skill, source="usage_capture", status="pending")
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")

    words = words_in(find(browser_of().page("/"), "skills"))

    for part in (
        "a-skill",
        "Use it in tests.",
        "by Ada Author",
        "2 examples",
        "0 suggestions",
        "100 % positive of 1 vote",
    ):
        assert part in words


def test_the_newest_skill_comes_first_and_pages_lead_through_all(browser_of, author):
    names = [make_skill(author, name=f"skill-{number}").slug for number in range(7)]
    browser = browser_of()

    first = browser.page("/")
    [older] = [link.get("href") for link in first.iter("a") if link.get("rel") == "next"]

    assert slugs(first) == names[::-1][:5]
    assert slugs(browser.page(older)) == names[::-1][5:]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("alpha", ["alpha-one"]),
        ("ALPH", ["alpha-one"]),
        ("tests", ["beta-two", "alpha-one"]),
        ("nothing", []),
        ("%", []),
        ('"', []),
        ("alpha beta", []),
    ],
)
def test_search_looks_at_names_and_descriptions(browser_of, author, query, found):
    make_skill(author, name="alpha-one")
    make_skill(author, name="beta-two")

    page = parse(browser_of().get("/", query_string={"q": query}).text)

    assert slugs(page) == found
    assert find(page, "q").get("value") == query
    if not found:
        assert "No skill contains all of" in words_in(page)


def test_with_htmx_search_answers_with_the_list_alone(browser_of, skill):
    response = browser_of().get("/?q=skill", htmx=True)

    assert response.text.lstrip().startswith('<div id="skills">')


def test_a_skill_shows_what_its_file_says(browser_of, author):
    make_skill(
        author, name="a-skill", body="# The Title\n\nSome **strong** words.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )

    page = browser_of().page("/skills/a-skill")

    words = words_in(page)
    for part in ("The Title", "a-skill", "by Ada Author", "Version 1,", "Use it in tests.", "Some strong words."):
        assert part in words
    assert [words_in(strong) for strong in page.iter("strong")] == ["strong"]
    assert len(list(page.iter("table"))) == 1
    assert "description:" not in words, "the frontmatter is not for reading"


def test_a_new_version_is_what_the_page_shows(browser_of, author, skill):
    save_skill_file(author, parse_skill_file(skill_text("a-skill", body="# A skill\n\nDo it better.\n")))

    words = words_in(browser_of().page("/skills/a-skill"))

    assert "Version 2," in words
    assert "Do it better." in words
    assert "Do it well." not in words


def test_tabs_are_links_with_counts(browser_of, skill):
    make_example(skill)

    assert tabs(browser_of().page("/skills/a-skill")) == {
        "Details": "/skills/a-skill",
        "Suggestions 0": "/skills/a-skill/suggestions",
        "Training data 1 approved examples": "/skills/a-skill/training-data",
        "Versions 1": "/skills/a-skill/versions",
    }


@pytest.mark.parametrize("tab", ["", "/suggestions", "/training-data", "/versions"])
def test_the_tab_one_is_on_is_marked(browser_of, skill, tab):
    page = browser_of().page(f"/skills/a-skill{tab}")

    [nav] = [nav for nav in page.iter("nav") if nav.get("aria-label") == "Skill"]
    assert [link.get("href") for link in nav.iter("a") if link.get("aria-current") == "page"] == [
        f"/skills/a-skill{tab}"
    ]


@pytest.mark.parametrize("slug", ["none", "A-SKILL", "a-skill%00", "..%2f", "%F0%9F%98%80", "x" * 300])
def test_a_skill_that_is_not_there_is_not_found(browser_of, skill, slug):
    assert browser_of(make_user()).get(f"/skills/{slug}").status_code == 404


def test_on_a_closed_site_a_stranger_does_not_learn_which_skills_exist(browser_of, admin, skill):
    browser_of(admin).post("/admin/settings", {"viewing_requires_sign_in": "y"})

    there, not_there = (browser_of().get(f"/skills/{slug}") for slug in ("a-skill", "none"))

    assert there.status_code == not_there.status_code == 302
    assert "a-skill" not in browser_of().get("/login").text


def test_methods_that_change_are_not_answered(browser_of, author, skill):
    assert [browser_of(author).ask("POST", path).status_code for path in ("/", "/skills/a-skill")] == [405, 405]

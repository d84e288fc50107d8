"""The suggestions tab: what people proposed, newest first."""

from app.services.suggestions import create_suggestion
from tests.support.inspection import find, words_in

TAB = "/skills/a-skill/suggestions"


def suggest(skill, user, comment: str = "Say more about dates", **rest):
    return create_suggestion(
        skill_id=skill.id, user_id=user.id, category="missing_feature", severity="nice_to_have", comment=comment, **rest
    )


def numbers(page) -> list[int]:
    return [
        int(item.get("id").removeprefix("suggestion-"))
        for item in page.iter("li")
        if (item.get("id") or "").startswith("suggestion-")
    ]


def test_no_suggestions_are_said_so(browser_of, skill):
    assert "Nobody has suggested anything for this skill yet." in words_in(browser_of().page(TAB))


def test_a_suggestion_is_shown_with_all_it_says(browser_of, skill, viewer):
    made = suggest(skill, viewer, suggested_content="\n# New\n\ttext")

    page = browser_of().page(TAB)

    row = find(page, f"suggestion-{made.id}")
    words = words_in(row)
    for part in ("pending", "missing feature", "nice to have", "by Vera Viewer", "Say more about dates"):
        assert part in words
    assert ["".join(text.itertext()) for text in row.iter("pre")] == ["\n# New\n\ttext"]


def test_newest_come_first_and_pages_lead_through_all(browser_of, skill, viewer):
    made = [suggest(skill, viewer, f"Suggestion number {number}").id for number in range(7)]
    browser = browser_of()

    first = browser.page(TAB)
    [older] = [link.get("href") for link in first.iter("a") if link.get("rel") == "next"]

    assert numbers(first) == made[::-1][:5]
    assert numbers(browser.page(older)) == made[::-1][5:]


def test_the_count_is_on_every_tab(browser_of, skill, viewer):
    suggest(skill, viewer)

    for tab in ("", "/suggestions", "/training-data"):
        assert "Suggestions 1" in words_in(browser_of().page(f"/skills/a-skill{tab}"))


def test_a_skill_that_is_not_there_is_not_found(browser_of, viewer):
    assert browser_of(viewer).get("/skills/none/suggestions").status_code == 404


def test_a_broken_page_link_is_said_so(browser_of, skill):
    assert browser_of().get(f"{TAB}?after=x").status_code == 422

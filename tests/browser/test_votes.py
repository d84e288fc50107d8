"""Voting, changing one's mind and taking the vote back: in place, and in a browser that runs no JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from app.services.votes import cast_vote
from tests.browser.test_accessibility import complaints
from tests.support.factories import make_skill, make_user

pytestmark = pytest.mark.browser

NUMBERS = ("#skill-sentiment", "#sentiment-all-time", "#sentiment-recent")


@pytest.fixture
def voted(site):
    """Return the page of a skill on which one other person has voted thumbs down, with a comment."""
    with site.app.app_context():
        skill = make_skill()
        other = make_user("Otto Other")
        cast_vote(other, skill_id=skill.id, vote_type="thumbs_down", comment="Too long for me.\n" + "x" * 200)
        return f"/skills/{skill.slug}"


def expect_numbers(page: Page, words: str) -> None:
    for place in NUMBERS:
        expect(page.locator(place)).to_have_text(words)


def test_a_vote_is_cast_changed_and_withdrawn_without_a_reload(windows, site, stage, voted):
    page = windows.open(site, voted, user=stage.viewer)
    expect_numbers(page, "0 % positive of 1 vote")
    page.evaluate("window.isSameDocument = true")

    page.get_by_role("radio", name="Thumbs up").check()
    page.get_by_label("Comment").fill("It saves me time.")
    page.get_by_role("button", name="Vote", exact=True).click()
    expect(page.locator("#messages")).to_have_text("Your vote is saved.")
    expect_numbers(page, "50 % positive of 2 votes")
    expect(page.get_by_role("radio", name="Thumbs up")).to_be_checked()
    expect(page.get_by_role("button", name="Change my vote")).to_be_focused()

    page.get_by_role("radio", name="Thumbs down").check()
    page.get_by_label("Comment").press("Control+Enter")
    expect_numbers(page, "0 % positive of 2 votes")
    expect(page.get_by_label("Comment")).to_have_value("It saves me time.")

    page.get_by_role("button", name="Withdraw my vote").click()
    expect(page.locator("#messages")).to_have_text("Your vote is withdrawn.")
    expect_numbers(page, "0 % positive of 1 vote")
    expect(page.get_by_role("radio", name="Thumbs down")).not_to_be_checked()
    expect(page.get_by_label("Comment")).to_have_value("")
    expect(page.get_by_role("radio", name="Thumbs up")).to_be_focused()
    expect(page.get_by_role("button", name="Withdraw my vote")).to_have_count(0)
    assert page.evaluate("window.isSameDocument === true")
    assert page.url == site.url + voted


def test_without_a_choice_the_comment_stays_and_the_fault_is_beside_the_choice(windows, site, stage, voted):
    page = windows.open(site, voted, user=stage.viewer)

    page.get_by_label("Comment").fill("Words without a vote")
    page.get_by_role("button", name="Vote", exact=True).click()

    expect(page.locator("#vote_type-error")).to_have_text("Choose thumbs up or thumbs down.")
    expect(page.get_by_label("Comment")).to_have_value("Words without a vote")
    expect(page.get_by_role("radio", name="Thumbs up")).to_be_focused()
    assert complaints(page, "a vote without a choice") == []


def test_without_javascript_a_vote_is_cast_changed_and_withdrawn(windows, site, stage, voted):
    page = windows.open(site, voted, user=stage.viewer, java_script_enabled=False)
    page.get_by_role("button", name="Vote", exact=True).click()
    expect(page.locator("#vote_type-error")).to_be_visible()

    page.get_by_role("radio", name="Thumbs up").check()
    page.get_by_role("button", name="Vote", exact=True).click()
    expect(page).to_have_url(f"{site.url}{voted}#votes")
    expect_numbers(page, "50 % positive of 2 votes")

    page.get_by_role("radio", name="Thumbs down").check()
    page.get_by_role("button", name="Change my vote").click()
    expect_numbers(page, "0 % positive of 2 votes")

    page.get_by_role("button", name="Withdraw my vote").click()
    expect(page.locator("#messages")).to_have_text("Your vote is withdrawn.")
    expect_numbers(page, "0 % positive of 1 vote")


def test_an_administrator_unfolds_the_numbers_and_reads_the_comments(windows, site, stage, voted):
    page = windows.open(site, voted, user=stage.admin)
    expect(page.locator("#vote-comments")).to_contain_text("Otto Other")
    expect(page.locator("#vote-comments")).to_contain_text("Too long for me.")
    expect(page.get_by_role("img", name="Votes by week")).to_be_visible()
    expect(page.get_by_role("table")).to_be_hidden()

    page.locator("summary").click()

    expect(page.get_by_role("table").get_by_role("row")).to_have_count(27)
    assert complaints(page, "the votes of a skill, unfolded") == []

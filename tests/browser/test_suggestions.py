"""Suggestions as people see them: made inline, watched live, answered in their row, applied without JavaScript too."""

import re

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.models import Skill
from tests.support.factories import make_suggestion, skill_text

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(stage):
    return f"/skills/{stage.slug}/suggestions"


@pytest.fixture
def suggest(stage):
    """Make a suggestion elsewhere, and return its number."""

    def make(comment="Say what to do with an empty input.", **values):
        with stage.site.app.app_context():
            return make_suggestion(db.session.get(Skill, stage.skill_id), comment, **values).id

    return make


def test_what_a_viewer_suggests_is_on_the_authors_open_page_at_once(windows, stage, author, tab):
    author.goto(tab)
    viewer = windows.open(stage.site, tab, user=stage.viewer)
    viewer.get_by_label("What to improve, and why").fill("short")
    viewer.get_by_role("button", name="Send suggestion").click()
    expect(viewer.locator("#comment-error")).to_be_visible()
    expect(viewer.locator("#comment")).to_be_focused()
    viewer.locator("#comment").fill("Dates need their year, please.")
    viewer.get_by_role("button", name="Send suggestion").click()

    expect(viewer.locator("#suggestions")).to_contain_text("Dates need their year")
    expect(viewer.locator("#comment")).to_have_value("")
    expect(author.locator("#suggestions")).to_contain_text("Dates need their year")
    expect(author.locator("#suggestion-tab-count")).to_have_text("1")
    author.get_by_role("button", name="Accept").click()
    expect(viewer.locator("#suggestions .status")).to_have_text("accepted")
    expect(viewer.get_by_role("button", name="Dismiss")).to_have_count(0)


def test_an_open_reply_stays_open_while_changes_arrive(author, suggest, tab):
    number = suggest()
    author.goto(tab)
    author.get_by_role("link", name=f"Reply to suggestion {number}").click()
    field = author.locator(f"#reply-{number}")
    expect(field).to_be_focused()
    field.fill("Half a thou")
    later = suggest("Another one from elsewhere")

    expect(author.locator(f"#suggestion-{later}")).to_be_visible()
    expect(field).to_have_value("Half a thou")
    field.fill("A whole thought")
    author.get_by_role("button", name="Save reply").click()
    expect(author.locator(f"#suggestion-{number} .reply")).to_contain_text("A whole thought")


def test_filters_are_in_the_address(author, suggest, tab):
    suggest("This one is dismissed", status="dismissed")
    suggest("This one is pending")
    author.goto(tab)
    author.get_by_label("Status").select_option("dismissed")

    expect(author.locator("#suggestions > li.row")).to_have_count(1)
    expect(author).to_have_url(re.compile(r"[?&]status=dismissed"))


def test_a_suggestion_is_accepted_answered_and_applied_without_javascript(windows, stage, suggest, tab):
    content = skill_text(stage.slug, body="# A skill\n\nDo it very well.\n")
    number = suggest(suggested_content=content)
    page = windows.open(stage.site, tab, user=stage.author, java_script_enabled=False)
    page.get_by_role("link", name=f"See the text that suggestion {number} brings").click()
    expect(page.locator("ins", has_text="very")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("link", name="Reply to suggestion").click()
    page.get_by_label("Reply", exact=True).fill("Gladly.")
    page.get_by_role("button", name="Save reply").click()
    page.get_by_role("button", name="Apply as version 2").click()

    expect(page.locator("#messages")).to_contain_text("is the skill's version 2 now")
    expect(page.locator(f"#suggestion-{number}")).to_contain_text("applied as version 2")
    expect(page.locator(".reply")).to_contain_text("Gladly.")

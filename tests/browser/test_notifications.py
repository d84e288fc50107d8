"""Notifications: the header's count rises by itself, and what was read is read."""

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.models import User
from app.services.suggestions import submit_suggestion
from tests.support.factories import make_user

pytestmark = pytest.mark.browser


def suggest(stage, comment="Do it another way."):
    with stage.site.app.app_context():
        somebody = db.session.get(User, make_user("Otto Other").id)
        submit_suggestion(somebody, skill_id=stage.skill_id, category="other", severity="critical", comment=comment)


def test_the_count_rises_while_the_page_is_open_and_falls_when_read(stage, author):
    author.goto(stage.tab)
    author.locator("#example_input").fill("Half typed")
    count = author.locator("#notification-count")
    expect(count).to_be_hidden()

    suggest(stage)

    expect(count).to_have_text("1 unread")
    expect(author.locator("#example_input")).to_have_value("Half typed")
    author.get_by_role("link", name="Notifications").click()
    author.get_by_role("button", name="Otto Other suggested an improvement", exact=False).first.click()
    expect(author.get_by_text("Do it another way.")).to_be_visible()
    expect(count).to_be_hidden()


def test_the_list_grows_by_itself_and_all_is_marked_as_read(stage, author):
    suggest(stage)
    author.goto("/notifications")
    rows = author.locator("#notifications > .notification")
    expect(rows).to_have_count(1)

    suggest(stage, "Do it yet another way.")
    expect(rows).to_have_count(2)
    author.get_by_role("button", name="Mark as read").first.click()
    expect(author.locator("#notification-count")).to_have_text("1 unread")
    author.get_by_role("button", name="Mark all as read").click()

    expect(author.locator("#notification-count")).to_be_hidden()
    expect(author.locator("#messages")).to_have_text("Everything is marked as read.")
    expect(author.locator(".notification.unread")).to_have_count(0)


def test_a_kind_is_switched_off(stage, author):
    author.goto("/preferences")
    author.get_by_label("Somebody suggests an improvement to a skill of mine").uncheck()
    author.get_by_role("button", name="Save notifications").click()
    expect(author.locator("#messages")).to_have_text("Your preferences are saved.")

    suggest(stage)
    author.goto("/notifications")

    expect(author.get_by_text("Nothing yet.")).to_be_visible()


def test_without_javascript_notifications_are_counted_and_read(windows, stage):
    suggest(stage)
    page = windows.open(stage.site, "/", user=stage.author, java_script_enabled=False)
    expect(page.locator("#notification-count")).to_have_text("1 unread")
    page.get_by_role("link", name="Notifications").click()
    page.get_by_role("button", name="Mark all as read").click()

    expect(page.locator("#messages")).to_contain_text("Everything is marked as read.")
    expect(page.locator("#notification-count")).to_be_hidden()

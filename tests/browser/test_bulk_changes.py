"""Changing many examples in the browser: the author filters, tags and deletes them and undoes it; who watches sees."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.server import PATIENCE

pytestmark = pytest.mark.browser

MS = PATIENCE * 1000


@pytest.fixture
def pumps(stage):
    for number in range(4):
        stage.add(f"A pump of kind {number}")
    stage.add("A valve")
    return stage


def open_changes(page, stage, query):
    page.goto(f"{stage.tab}?q={query}")
    page.get_by_role("link", name="Tag, move or delete all that match").click()
    expect(page.get_by_role("heading", name="Change 4 examples at once")).to_be_visible()


def test_the_author_tags_all_that_match_and_finds_them_by_it(pumps, author):
    open_changes(author, pumps, "pump")

    author.get_by_label("Tag", exact=True).fill("wet")
    author.keyboard.press("Enter")

    expect(author.get_by_text("4 examples tagged.")).to_be_visible(timeout=MS)
    author.get_by_role("link", name="All examples of this skill").click()
    author.get_by_role("link", name="wet", exact=True).first.click()
    expect(author.locator("#training-examples > .row")).to_have_count(4)


def test_who_watches_sees_them_go_and_come_back(pumps, author, windows):
    viewer = windows.open(pumps.site, pumps.tab, user=pumps.viewer)
    count = viewer.locator("#training-example-count")
    expect(count).to_have_text("5")
    open_changes(author, pumps, "pump")

    author.get_by_role("button", name="Delete 4 examples").click()
    expect(author.get_by_text("4 examples deleted.")).to_be_visible(timeout=MS)
    expect(author.locator("#training-example-tab-count")).to_have_text("1")
    expect(count).to_have_text("1")
    expect(viewer.locator("#training-examples > .row")).to_have_count(1)

    author.get_by_role("button", name=re.compile("^Undo")).click()
    expect(author.get_by_text("4 examples as before.")).to_be_visible(timeout=MS)
    expect(count).to_have_text("5")
    expect(viewer.locator("#training-examples > .row")).to_have_count(5)


def test_what_cannot_be_done_leaves_the_cursor_where_it_is_mended(pumps, author):
    open_changes(author, pumps, "pump")

    author.get_by_label("Tag", exact=True).fill("wet, cold")
    author.get_by_role("button", name="Add the tag").click()

    field = author.get_by_label("Tag", exact=True)
    expect(field).to_have_value("wet, cold")
    expect(field).to_be_focused()
    expect(author.get_by_text("Take the comma out of the tag")).to_be_visible()

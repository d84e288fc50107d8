"""Freezing a version in the browser: the form, the bar that moves by itself, the version, its export, two compared."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.server import PATIENCE

pytestmark = pytest.mark.browser

MANY = 40


def add_some(stage, rows=MANY):
    for number in range(rows):
        stage.add(f"Question {number} of the story", f"Answer {number}")


def open_versions(page, stage):
    page.goto(stage.tab)
    page.get_by_role("link", name="Versions of the training data").click()
    expect(page.get_by_role("heading", name="Freeze a version")).to_be_visible()


def freeze(page, note=""):
    page.get_by_label("What is in it").fill(note)
    page.get_by_role("button", name="Freeze", exact=True).click()
    return page.get_by_role("link", name=re.compile(r"Open version \d+"))


def test_the_author_freezes_opens_and_exports_a_version(stage, author):
    add_some(stage)
    open_versions(author, stage)

    done = freeze(author, "The first ones")
    expect(done).to_be_visible(timeout=PATIENCE * 1000)
    expect(author.get_by_role("status").filter(has_text="Done.")).to_contain_text(f"Version 1 has {MANY} rows.")
    expect(author.locator("#job-live")).to_have_count(0)
    done.click()

    expect(author.get_by_role("heading", name="Version 1", exact=True)).to_be_visible()
    expect(author.get_by_text("The first ones")).to_be_visible()
    expect(author.get_by_text(f"Question {MANY - 1} of the story")).to_be_visible()
    author.get_by_role("link", name="Export version 1").click()
    author.get_by_role("link", name=re.compile(r"^Train \d+")).click()
    expect(author.get_by_role("heading", name="Export version 1: train")).to_be_visible()
    address = author.get_by_role("link", name="Download CSV").get_attribute("href")
    file = author.context.request.get(address)
    assert file.status == 200
    assert "of the story" in file.text()


def test_all_of_it_with_the_keyboard(stage, author):
    add_some(stage, rows=3)
    open_versions(author, stage)
    author.get_by_label("What is in it").focus()
    author.keyboard.type("Typed")
    author.keyboard.press("Tab")
    expect(author.get_by_text("How it is split")).to_be_focused()
    author.keyboard.press("Enter")
    author.keyboard.press("Tab")
    expect(author.get_by_label("Seed")).to_be_focused()
    author.keyboard.type("5")

    author.keyboard.press("Enter")

    done = author.get_by_role("link", name="Open version 1")
    expect(done).to_be_visible(timeout=PATIENCE * 1000)
    done.focus()
    author.keyboard.press("Enter")
    expect(author.get_by_role("heading", name="Version 1", exact=True)).to_be_visible()
    expect(author.get_by_text("Split with seed")).to_be_visible()


def test_what_is_wrong_is_said_beside_its_field(stage, author):
    add_some(stage, rows=1)
    open_versions(author, stage)
    author.get_by_text("How it is split").click()
    author.get_by_label("Percent to test with").fill("70")

    freeze(author, "Kept")

    expect(author.get_by_label("Percent to test with")).to_be_focused()
    expect(author.locator("#test_percent-error")).to_have_text("Give a whole number from 0 to 50.")
    expect(author.get_by_label("What is in it")).to_have_value("Kept")


def test_two_versions_are_compared(stage, author):
    changed = stage.add("A question", "The answer before")
    open_versions(author, stage)
    expect(freeze(author)).to_be_visible(timeout=PATIENCE * 1000)
    stage.edit(changed, "A question", "The answer after")
    stage.add("A later question", "Another answer")
    open_versions(author, stage)
    expect(freeze(author)).to_be_visible(timeout=PATIENCE * 1000)

    open_versions(author, stage)
    author.get_by_role("button", name="Compare").click()

    expect(author.get_by_role("heading", name="From version 1 to version 2")).to_be_visible()
    expect(author.locator("ins")).to_contain_text("after")
    expect(author.get_by_role("heading", name=re.compile("added"))).to_be_visible()


def test_without_javascript_a_version_is_frozen_and_looked_at_again(windows, stage):
    add_some(stage, rows=2)
    page = windows.open(stage.site, user=stage.author, java_script_enabled=False)
    open_versions(page, stage)

    done = freeze(page)
    for _ in range(20):
        if done.count():
            break
        page.get_by_role("link", name="Look again").click(no_wait_after=False)
        page.wait_for_timeout(100)
    done.click()

    expect(page.get_by_role("heading", name="Version 1", exact=True)).to_be_visible()


def test_a_viewer_opens_versions_and_freezes_none(windows, stage, author):
    add_some(stage, rows=1)
    open_versions(author, stage)
    expect(freeze(author)).to_be_visible(timeout=PATIENCE * 1000)
    viewer = windows.open(stage.site, f"{stage.tab}/versions", user=stage.viewer)

    expect(viewer.get_by_role("button", name="Freeze", exact=True)).to_have_count(0)
    viewer.get_by_role("link", name="Version 1", exact=True).click()
    expect(viewer.get_by_text("Question 0 of the story")).to_be_visible()

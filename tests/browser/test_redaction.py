"""Redaction as people live it: the preview while typing, saying what is no secret, and doubting a placeholder."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TEXT = "password=hunter2!x"


def rows(page: Page):
    return page.locator("#training-examples > li.row")


def test_the_author_sees_while_typing_what_would_go_and_says_that_it_is_no_secret(stage, author):
    author.goto(stage.tab)
    author.locator("#example_input").press_sequentially(f"Set {TEXT}")
    preview = author.locator("#example-preview")
    expect(preview).to_contain_text("input line 1: Set password=[PASSWORD_1]")
    expect(author.locator("#example_input")).to_be_focused()

    preview.get_by_label("No secret: [PASSWORD_1]").check()
    author.locator("#example_output").press_sequentially("Done.")
    expect(preview).to_contain_text("Nothing is taken out when it is saved")
    expect(preview.get_by_role("checkbox")).to_be_checked()
    expect(author.locator("#example_output")).to_have_value("Done.")
    author.get_by_role("button", name="Add example").click()

    expect(rows(author)).to_have_count(1)
    expect(rows(author).locator("pre").first).to_have_text(f"Set {TEXT}")
    expect(author.locator("#messages")).to_contain_text("is added")
    expect(author.locator("#messages")).not_to_contain_text("Removed")
    expect(preview).to_be_empty()


def test_a_tick_stays_with_its_text_while_the_preview_changes_around_it(stage, author):
    author.goto(stage.tab)
    author.locator("#example_input").fill(f"First {TEXT} then password=Zebra9?quagga")
    preview = author.locator("#example-preview")

    preview.get_by_label("No secret: [PASSWORD_1]").check()
    author.locator("#example_output").press_sequentially("Done.")
    expect(preview).to_contain_text("Stays, though it looks like a password")
    expect(preview.get_by_role("checkbox", checked=True)).to_have_count(1)
    author.locator("#example_output").press_sequentially(" Again.")
    expect(preview.get_by_label("No secret: [PASSWORD_1]")).not_to_be_checked()
    author.get_by_role("button", name="Add example").click()

    expect(rows(author).locator("pre").first).to_have_text(f"First {TEXT} then password=[PASSWORD_1]")


def test_an_edit_is_previewed_in_its_row(stage, author):
    example_id = stage.add("Before")
    author.goto(stage.tab)
    author.get_by_role("link", name=f"Edit example {example_id}").click()

    author.locator(f"#example_input-{example_id}").press_sequentially(f" {TEXT} ")
    author.get_by_label("No secret: [PASSWORD_1]").check()
    author.get_by_role("button", name=f"Save example {example_id}").click()

    expect(rows(author).locator("pre").first).to_contain_text(TEXT)
    expect(rows(author).get_by_role("checkbox")).to_have_count(0)


def test_a_viewer_doubts_a_placeholder_in_place_and_the_author_is_led_to_it(windows, stage, author):
    example_id = stage.add(TEXT)
    author.goto(stage.tab)
    expect(author.locator("#notification-count")).to_be_hidden()
    viewer = windows.open(stage.site, stage.tab, user=stage.viewer)

    viewer.get_by_role("link", name=f"False alarm in example {example_id}?").click()
    viewer.get_by_role("button", name="[PASSWORD_1] is a false alarm").click()
    expect(rows(viewer)).to_contain_text("marked as a false alarm by Vera Viewer")
    expect(viewer).to_have_url(stage.site.url + stage.tab)
    viewer.get_by_role("link", name="Back to the example").click()
    expect(rows(viewer).locator("pre").first).to_have_text("password=[PASSWORD_1]")

    expect(author.locator("#notification-count")).to_have_text("1 unread")
    author.get_by_role("link", name="Notifications").click()
    author.get_by_role("button", name="Vera Viewer thinks that something was taken out", exact=False).first.click()
    expect(author.get_by_role("heading", name=f"False alarms in example {example_id}")).to_be_visible()
    author.get_by_role("link", name="edit the example").click()
    author.locator("textarea[name=example_input]").fill(TEXT)
    author.get_by_role("button", name="Preview").click()
    author.get_by_label("No secret: [PASSWORD_1]").check()
    author.get_by_role("button", name=f"Save example {example_id}").click()
    expect(author.locator("pre").first).to_have_text(TEXT)
    author.goto(f"/skills/{stage.slug}/redaction")
    expect(author.get_by_text("None. Whoever sees an example can mark")).to_be_visible()
    expect(author.get_by_text("taken for: password")).to_be_visible()


def test_without_javascript_the_author_asks_for_the_preview(windows, stage):
    page = windows.open(stage.site, stage.tab, user=stage.author, java_script_enabled=False)
    page.locator("#example_input").fill(TEXT)
    page.locator("#example_output").fill("Done.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#example-preview")).to_contain_text("input line 1: password=[PASSWORD_1]")

    page.get_by_label("No secret: [PASSWORD_1]").check()
    page.get_by_role("button", name="Add example").click()

    expect(page.locator("#messages")).to_contain_text("is added")
    expect(rows(page).locator("pre").first).to_have_text(TEXT)


def test_without_javascript_a_false_alarm_is_marked_and_dismissed(windows, stage):
    example_id = stage.add(TEXT)
    viewer = windows.open(stage.site, stage.tab, user=stage.viewer, java_script_enabled=False)
    viewer.get_by_role("link", name=f"False alarm in example {example_id}?").click()
    viewer.get_by_role("button", name="[PASSWORD_1] is a false alarm").click()
    expect(viewer.locator("#messages")).to_contain_text("is marked as a false alarm")

    author = windows.open(stage.site, f"/skills/{stage.slug}/redaction", user=stage.author, java_script_enabled=False)
    author.get_by_role("link", name=f"Example {example_id}").click()
    author.get_by_role("button", name="[PASSWORD_1] stays").click()

    expect(author.locator("#messages")).to_contain_text("it stands for a secret")
    expect(author.get_by_role("button", name="[PASSWORD_1] is a false alarm")).to_be_visible()

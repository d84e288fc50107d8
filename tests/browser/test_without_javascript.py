"""Every page works in a browser that runs no JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.factories import skill_text

pytestmark = pytest.mark.browser


@pytest.fixture
def open_plainly(windows, site):
    return lambda path, user=None: windows.open(site, path, user=user, java_script_enabled=False)


def rows(page: Page):
    return page.locator("#training-examples > li.row")


def test_signing_in_leads_to_the_wanted_page_and_out_again(open_plainly, site, stage):
    page = open_plainly(stage.tab)
    page.get_by_role("main").get_by_role("link", name="sign in").click()
    page.get_by_label("E-mail address").fill(stage.author)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("E-mail address")).to_have_value(stage.author)

    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(site.url + stage.tab)
    expect(page.get_by_role("button", name="Add example")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_an_example_is_added_after_its_fault_is_mended(open_plainly, stage):
    page = open_plainly(stage.tab, stage.author)
    page.locator("#example_input").fill("  Typed with care\n")
    page.get_by_role("button", name="Add example").click()
    expect(page.locator("#example_input")).to_have_value("  Typed with care\n")
    expect(page.locator(".field:has(#example_output) .error")).to_be_visible()

    page.locator("#example_output").fill("An output")
    page.locator("#quality_score").fill("7")
    page.get_by_role("button", name="Add example").click()

    expect(page.locator("#messages")).to_contain_text("is added")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first.locator("pre").first).to_have_text("  Typed with care\n")
    expect(page.locator("#example_input")).to_have_value("")
    expect(page.locator("#training-example-count")).to_have_text("1")


def test_an_example_is_edited_and_deleted_on_pages_of_their_own(open_plainly, stage):
    example_id = stage.add("Before", "An output")
    page = open_plainly(stage.tab, stage.author)

    page.get_by_role("link", name=f"Edit example {example_id}").click()
    page.locator("textarea[name=example_input]").fill("After")
    page.get_by_role("button", name=f"Save example {example_id}").click()
    expect(page.locator("#messages")).to_contain_text("is saved")
    expect(page.locator("pre").first).to_have_text("After")

    page.get_by_role("link", name=f"Delete example {example_id}").click()
    expect(page.get_by_text("gone for good")).to_be_visible()
    page.get_by_role("button", name=f"Delete example {example_id}").click()
    expect(page.locator("#messages")).to_contain_text("is deleted")
    expect(rows(page)).to_have_count(0)


def test_a_stale_edit_shows_both_texts(open_plainly, stage):
    example_id = stage.add("Before", "An output")
    page = open_plainly(f"{stage.tab}/{example_id}/edit", stage.author)
    stage.edit(example_id, "From elsewhere", "An output")

    page.locator("textarea[name=example_input]").fill("From here")
    page.get_by_role("button", name=f"Save example {example_id}").click()

    expect(page.locator(".stale")).to_contain_text("From elsewhere")
    expect(page.locator("textarea[name=example_input]")).to_have_value("From here")
    page.get_by_role("button", name="Save my text over it").click()
    expect(page.locator("pre").first).to_have_text("From here")


def test_the_list_is_filtered_and_paged(open_plainly, stage):
    for number in range(7):
        stage.add(f"Apple {number}")
    stage.add("Pear")
    page = open_plainly(stage.tab)

    page.get_by_label("Search in the text").fill("apple")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("q=apple"))
    expect(rows(page)).to_have_count(5)
    page.get_by_role("link", name="Older").click()

    expect(rows(page)).to_have_count(2)
    expect(page.get_by_label("Search in the text")).to_have_value("apple")
    expect(rows(page).last).to_contain_text("Apple 0")


def test_a_long_text_unfolds(open_plainly, stage):
    stage.add("\n".join(f"Line {number}" for number in range(60)))
    page = open_plainly(stage.tab)
    text = rows(page).first.locator("pre").first
    expect(text).to_be_hidden()

    page.locator("summary").click()

    expect(text).to_be_visible()


def test_settings_and_preferences_are_saved(windows, own_stage):
    for user, path, label, button in (
        (own_stage.admin, "/admin/settings", "Capture training data from real usage", "Save settings"),
        (own_stage.viewer, "/preferences", "My usage may become training examples", "Save preferences"),
    ):
        page = windows.open(own_stage.site, path, user=user, java_script_enabled=False)
        page.get_by_label(label).check()
        page.get_by_role("button", name=button).click()
        expect(page.locator("#messages")).to_contain_text("saved")
        page.goto(path)
        expect(page.get_by_label(label)).to_be_checked()


def test_what_was_typed_survives_a_session_that_ended(open_plainly, stage):
    page = open_plainly(stage.tab, stage.author)
    page.locator("#example_input").fill("\nTyped before\nthe session ended")
    page.locator("#example_output").fill("An output")
    page.context.clear_cookies()
    page.get_by_role("button", name="Add example").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    opened.value.get_by_label("E-mail address").fill(stage.author)
    opened.value.get_by_label("Password").fill("correct horse battery")
    opened.value.get_by_role("button", name="Sign in").click()
    expect(opened.value.get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()

    expect(page.locator("#messages")).to_contain_text("is added")
    expect(rows(page).first.locator("pre").first).to_have_text("\nTyped before\nthe session ended")


def test_a_skill_is_previewed_added_edited_and_restored(open_plainly, stage):
    name = f"plain-{stage.skill_id}"
    page = open_plainly("/skills/new", stage.viewer)
    page.locator("#content").fill(skill_text("Not Good"))
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#skill-preview .faults")).to_contain_text("name: Not Good")

    page.locator("#content").fill(skill_text(name, body="# Plainly written\n\nFirst.\n"))
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#skill-preview")).to_contain_text("First.")
    page.get_by_role("button", name="Add skill").click()
    expect(page.get_by_role("heading", level=1, name="Plainly written")).to_be_visible()

    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#content").fill(skill_text(name, body="# Plainly written\n\nSecond.\n"))
    page.get_by_role("button", name="Save as version 2").click()
    page.get_by_role("link", name="Versions").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    page.get_by_role("button", name="Restore as version 3").click()
    expect(page.get_by_text("First.")).to_be_visible()
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_text("lists do not show this skill any more.")).to_be_visible()

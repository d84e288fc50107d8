"""A skill's life in the browser: written with a preview beside it, edited, compared, restored, retired."""

import pytest
from playwright.sync_api import expect

from tests.support.factories import skill_text

pytestmark = pytest.mark.browser


def write(page, text):
    page.get_by_role("textbox", name="SKILL.md", exact=True).fill(text)


def test_somebody_writes_a_skill_and_sees_it_while_they_write(windows, stage):
    name = f"written-by-{stage.skill_id}"
    page = windows.open(stage.site, "/", user=stage.viewer)
    page.get_by_role("link", name="Add a skill").click()
    preview = page.locator("#skill-preview")

    write(page, skill_text("Not Good"))
    expect(preview.locator(".faults")).to_contain_text("name: Not Good")
    write(page, skill_text(name, "Says what it does.", "# What it is\n\nSome **strong** words.\n"))
    expect(preview.get_by_role("heading", name="What it is")).to_be_visible()
    expect(preview.locator("strong")).to_have_text("strong")
    page.get_by_role("button", name="Add skill").click()

    expect(page.get_by_role("heading", level=1, name="What it is")).to_be_visible()
    expect(page.locator("#messages")).to_have_text(f"The skill {name} is added.")


def test_faults_leave_the_text_and_the_cursor_where_they_were(windows, stage):
    page = windows.open(stage.site, "/skills/new", user=stage.viewer)
    page.evaluate("window.isSameDocument = true")
    write(page, skill_text("Not Good"))

    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("alert")).to_contain_text("Line 2")
    expect(page.get_by_role("textbox", name="SKILL.md", exact=True)).to_be_focused()
    expect(page.get_by_role("textbox", name="SKILL.md", exact=True)).to_have_value(skill_text("Not Good"))
    assert page.evaluate("window.isSameDocument === true")


def test_somebody_uploads_a_file(windows, stage, tmp_path):
    name = f"uploaded-by-{stage.skill_id}"
    file = tmp_path / "SKILL.md"
    file.write_bytes(skill_text(name, body="# From a file\r\n").encode())
    page = windows.open(stage.site, "/skills/new", user=stage.viewer)

    page.get_by_label("A SKILL.md, or a zipped skill folder").set_input_files(file)
    page.get_by_role("button", name="Upload and add").click()

    expect(page.get_by_role("heading", level=1, name="From a file")).to_be_visible()
    address = page.get_by_role("link", name="Download SKILL.md").get_attribute("href")
    assert page.context.request.get(address).body() == file.read_bytes()


def test_the_author_edits_compares_and_restores(windows, stage, author):
    author.goto(f"/skills/{stage.slug}")
    author.get_by_role("link", name="Edit", exact=True).click()
    write(author, skill_text(stage.slug, body="# A skill\n\nDo it gladly.\n"))
    expect(author.locator("#skill-preview")).to_contain_text("Do it gladly.")
    author.get_by_label("What changes, in a few words").fill("A better mood")
    author.get_by_role("button", name="Save as version 2").click()
    expect(author.locator("#messages")).to_have_text("Version 2 is saved.")

    author.get_by_role("link", name="Versions").click()
    expect(author.get_by_text("A better mood")).to_be_visible()
    author.get_by_role("button", name="Compare").click()
    expect(author.locator(".diff ins")).to_have_text("[put in: gladly]")
    author.get_by_role("link", name="version 1", exact=True).click()
    author.get_by_role("button", name="Restore as version 3").click()

    expect(author.locator("#messages")).to_have_text("Version 1 is restored as version 3.")
    expect(author.get_by_text("Do it well.")).to_be_visible()


def test_two_windows_of_the_author_do_not_overwrite_each_other(windows, stage, author):
    address = f"/skills/{stage.slug}/edit"
    author.goto(address)
    other = windows.open(stage.site, address, user=stage.author)
    write(other, skill_text(stage.slug, body="# A skill\n\nDo it at once.\n"))
    other.get_by_role("button", name="Save as version 2").click()
    expect(other.locator("#messages")).to_have_text("Version 2 is saved.")

    write(author, skill_text(stage.slug, body="# A skill\n\nDo it slowly.\n"))
    author.get_by_role("button", name="Save as version 2").click()
    expect(author.get_by_role("alert")).to_contain_text("Somebody saved this skill after you opened it.")
    expect(author.locator(".diff ins")).to_have_text("[put in: slowly]")
    author.get_by_role("button", name="Save as version 3").click()

    expect(author.locator("#messages")).to_have_text("Version 3 is saved.")
    expect(author.locator(".prose")).to_contain_text("Do it slowly.")


def test_a_skill_is_retired_and_handed_over(windows, stage, author):
    author.goto(f"/skills/{stage.slug}")
    author.get_by_role("button", name="Retire").click()
    expect(author.get_by_text("lists do not show this skill any more.")).to_be_visible()

    admin = windows.open(stage.site, "/?show=retired", user=stage.admin)
    admin.goto(f"/skills/{stage.slug}")
    admin.get_by_role("link", name="Hand over").click()
    admin.get_by_label("E-mail address of the new author").fill(stage.viewer)
    admin.get_by_role("button", name="Hand over").click()

    expect(admin.locator("#messages")).to_have_text("Vera Viewer is the author of this skill now.")
    heir = windows.open(stage.site, f"/skills/{stage.slug}", user=stage.viewer)
    heir.get_by_role("button", name="Bring back").click()
    expect(heir.locator("#messages")).to_have_text("The skill is back: lists show it again.")

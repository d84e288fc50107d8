"""Editing and deleting in the row."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def row(page: Page, example_id: int):
    return page.locator(f"#training-example-{example_id}")


def open_for_editing(page: Page, example_id: int) -> None:
    page.get_by_role("link", name=f"Edit example {example_id}").click()
    expect(page.locator(f"#example_input-{example_id}")).to_be_focused()


def test_an_edit_is_made_in_the_row_and_seen_by_others(windows, author, stage):
    example_id = stage.add("Before", "An output", quality_score=3)
    author.goto(stage.tab)
    viewer = windows.open(stage.site, stage.tab)

    open_for_editing(author, example_id)
    author.locator(f"#example_input-{example_id}").fill("After")
    author.get_by_role("button", name=f"Save example {example_id}").click()

    for page in (author, viewer):
        expect(row(page, example_id).locator("pre").first).to_have_text("After")
        expect(row(page, example_id)).to_contain_text("edited")
    expect(author.locator("#messages")).to_contain_text(f"Example {example_id} is saved.")
    expect(row(author, example_id).get_by_role("link", name=f"#{example_id}")).to_be_focused()
    assert author.url == stage.site.url + stage.tab


def test_an_edit_that_is_cancelled_leaves_everything_as_it_was(author, stage):
    example_id = stage.add("Before", "An output")
    author.goto(stage.tab)

    open_for_editing(author, example_id)
    author.locator(f"#example_input-{example_id}").fill("Never mind")
    author.get_by_role("link", name="Cancel").click()

    expect(row(author, example_id).locator("pre").first).to_have_text("Before")
    expect(row(author, example_id).locator("textarea")).to_have_count(0)
    assert author.evaluate("document.activeElement !== document.body")


def test_an_edit_with_a_fault_keeps_the_row_open_with_the_text_in_it(author, stage):
    example_id = stage.add("Before", "An output")
    author.goto(stage.tab)

    open_for_editing(author, example_id)
    author.locator(f"#example_output-{example_id}").fill("")
    author.locator(f"#example_input-{example_id}").fill("Kept")
    author.get_by_role("button", name=f"Save example {example_id}").click()

    expect(author.locator(f"#example_output-{example_id}")).to_be_focused()
    expect(author.locator(f"#example_input-{example_id}")).to_have_value("Kept")
    expect(row(author, example_id).locator(".error")).to_be_visible()


def test_a_stale_edit_shows_both_texts_and_saves_afterwards(windows, author, stage):
    example_id = stage.add("At first", "An output")
    author.goto(stage.tab)
    other_window = windows.open(stage.site, stage.tab, user=stage.author)
    open_for_editing(author, example_id)
    open_for_editing(other_window, example_id)
    other_window.locator(f"#example_input-{example_id}").fill("From the other window")
    other_window.get_by_role("button", name=f"Save example {example_id}").click()
    expect(row(other_window, example_id)).to_contain_text("edited")

    author.locator(f"#example_input-{example_id}").fill("From this window")
    author.get_by_role("button", name=f"Save example {example_id}").click()

    expect(author.get_by_role("alert")).to_contain_text("Somebody saved this example after you opened it")
    expect(row(author, example_id).locator(".stale")).to_contain_text("From the other window")
    expect(author.locator(f"#example_input-{example_id}")).to_have_value("From this window")

    author.get_by_role("button", name="Save my text over it").click()

    for page in (author, other_window):
        expect(row(page, example_id).locator("pre").first).to_have_text("From this window")


def test_an_example_is_deleted_in_its_row_after_the_question(windows, author, stage):
    stays, goes = stage.add("This one stays"), stage.add("This one goes")
    author.goto(stage.tab)
    viewer = windows.open(stage.site, stage.tab)

    author.get_by_role("link", name=f"Delete example {goes}").click()
    question = author.get_by_role("form", name=f"Delete example {goes}")
    expect(question).to_contain_text("gone for good")
    expect(question.get_by_role("link", name="Keep it")).to_be_focused()
    question.get_by_role("link", name="Keep it").click()
    expect(question).to_have_count(0)
    author.get_by_role("link", name=f"Delete example {goes}").click()
    question.get_by_role("button").click()

    for page in (author, viewer):
        expect(row(page, goes)).to_have_count(0)
        expect(row(page, stays)).to_be_visible()
        expect(page.locator("#training-example-count")).to_have_text("1")
        expect(page.locator("#training-example-tab-count")).to_have_text("1")
    expect(author.locator("#messages")).to_contain_text(f"Example {goes} is deleted.")
    expect(author.locator("#training-examples-heading")).to_be_focused()


def test_the_last_example_leaves_the_invitation_behind(author, stage):
    only = stage.add()
    author.goto(stage.tab)

    author.get_by_role("link", name=f"Delete example {only}").click()
    author.get_by_role("button", name=f"Delete example {only}").click()

    expect(author.get_by_text("No examples yet.")).to_be_visible()


def test_a_key_held_down_opens_the_question_and_does_not_answer_it(author, stage):
    example_id = stage.add("Still here")
    author.goto(stage.tab)

    author.get_by_role("link", name=f"Delete example {example_id}").focus()
    author.keyboard.down("Enter")
    expect(author.get_by_role("form", name=f"Delete example {example_id}")).to_be_visible()
    for _ in range(5):
        author.keyboard.down("Enter")
    author.keyboard.up("Enter")

    expect(author.get_by_role("form", name=f"Delete example {example_id}")).to_be_visible()


def test_escape_puts_an_open_row_back_unless_something_was_typed(author, stage):
    example_id = stage.add("As it is")
    author.goto(stage.tab)
    open_for_editing(author, example_id)
    field = author.locator(f"#example_input-{example_id}")

    field.fill("Typed")
    field.press("Escape")
    expect(field).to_have_value("Typed")
    field.fill("As it is")
    field.press("Escape")

    expect(field).to_have_count(0)
    expect(row(author, example_id).locator("pre").first).to_have_text("As it is")

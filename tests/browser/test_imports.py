"""Importing in the browser: paste, see the verdicts, mend one, add, and find the examples on the tab."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.server import PATIENCE

pytestmark = pytest.mark.browser

TEXT = "question,answer,rating\nWhat is due?,The invoice.,8\n,Nobody asked.,\nWhat is late?,The pump.,\n"


def open_import(page, stage):
    page.goto(stage.tab)
    page.get_by_role("link", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Import examples")).to_be_visible()


def wait_for_rows(page, name="pasted text"):
    expect(page.get_by_role("heading", name=f"Import of {name}")).to_be_visible(timeout=PATIENCE * 1000)


def look_again_for_rows(page, name="pasted text"):
    """Do by hand what a page without JavaScript cannot do by itself."""
    heading = page.get_by_role("heading", name=f"Import of {name}")
    for _ in range(30):
        if heading.count():
            break
        page.get_by_role("link", name="Look again").click()
        page.wait_for_timeout(100)
    expect(heading).to_be_visible()


def rows(page):
    return page.locator("ol.rows > li.row")


def verdicts(page):
    return page.get_by_role("list", name="Verdicts")


def mend_and_add(page, wait):
    """Tell the story from the verdicts on."""
    expect(verdicts(page)).to_contain_text("New: 2")
    expect(verdicts(page)).to_contain_text("Cannot be added: 1")
    expect(rows(page)).to_have_count(3)
    verdicts(page).get_by_role("link", name="Cannot be added: 1").click()
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text("Write the input: it is empty.")

    page.get_by_role("link", name="Mend line 3").click()
    expect(page.get_by_label("Input")).to_be_focused()
    expect(page.get_by_label("Output", exact=True)).to_have_value("Nobody asked.")
    page.get_by_label("Score").fill("eleven")
    page.get_by_label("Input").fill("Who asked?")
    page.get_by_role("button", name="Mend").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a score from 1 to 10")
    expect(page.get_by_label("Input")).to_have_value("Who asked?")
    page.get_by_label("Score").fill("9")
    page.get_by_role("button", name="Mend").click()
    expect(page.locator("#messages")).to_contain_text("Row 2 is mended: new.")

    page.get_by_role("button", name="Add 3 new examples").click()
    wait(page)
    expect(verdicts(page)).to_contain_text("Added: 3")
    page.get_by_role("link", name="All examples of this skill").click()
    expect(page.locator("#training-example-count")).to_have_text("3")
    examples = page.locator("#training-examples > li.row")
    expect(examples).to_have_count(3)
    for text in ("What is due?", "Who asked?", "What is late?"):
        expect(examples.filter(has_text=text)).to_have_count(1)


def test_pasted_text_is_looked_at_mended_and_added(stage, author):
    open_import(author, stage)
    author.get_by_label("Or its text").fill(TEXT)
    author.get_by_role("button", name="Read it").click()
    wait_for_rows(author)

    mend_and_add(author, wait_for_rows)


def test_without_javascript_it_is_all_the_same(windows, stage):
    page = windows.open(stage.site, user=stage.author, java_script_enabled=False)
    open_import(page, stage)
    page.get_by_label("Or its text").fill("only words")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("neither JSON nor a table")).to_be_visible()
    expect(page.get_by_label("Or its text")).to_have_value("only words")
    page.get_by_label("Or its text").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    look_again_for_rows(page)

    mend_and_add(page, look_again_for_rows)


def test_a_file_is_chosen_its_columns_are_said_and_it_is_discarded(stage, author):
    open_import(author, stage)
    file = {"name": "fragen.csv", "mimeType": "text/csv", "buffer": "frage,antwort\nWas?,Das.\n".encode("utf-16")}
    author.get_by_label("A file").set_input_files(file)
    author.get_by_role("button", name="Read it").click()
    wait_for_rows(author, "fragen.csv")
    expect(author.get_by_text("Choose which column is the input")).to_be_visible()

    author.get_by_label("Column of the input").select_option("frage")
    author.get_by_label("Column of the output", exact=True).select_option("antwort")
    author.get_by_role("button", name="Read it again").click()
    wait_for_rows(author, "fragen.csv")
    expect(author.get_by_role("button", name="Add 1 new example")).to_be_visible()
    author.get_by_role("button", name="Discard").click()

    expect(author.locator("#messages")).to_contain_text("The import is discarded.")
    expect(author.get_by_role("heading", name="Import examples")).to_be_visible()
    author.goto(stage.tab)
    expect(author.locator("#training-example-count")).to_have_text("0")


def test_all_of_it_with_the_keyboard(stage, author):
    open_import(author, stage)
    author.get_by_label("A file").focus()
    author.keyboard.press("Tab")
    expect(author.get_by_label("Or its text")).to_be_focused()
    author.keyboard.insert_text("input;output\nTyped;by hand\nTyped;by hand\n")
    author.keyboard.press("Tab")
    expect(author.get_by_role("button", name="Read it")).to_be_focused()
    author.keyboard.press("Enter")
    wait_for_rows(author)
    author.get_by_text("How it is read").focus()

    for _ in range(12):
        author.keyboard.press("Tab")
        if author.evaluate("document.activeElement.textContent").startswith("Add 1 new example"):
            break
    expect(author.get_by_role("button", name=re.compile("^Add 1 new example"))).to_be_focused()
    author.keyboard.press("Enter")

    wait_for_rows(author)
    expect(verdicts(author)).to_contain_text("Added: 1", timeout=PATIENCE * 1000)
    expect(verdicts(author)).to_contain_text("There already: 1")


def test_nobody_but_the_author_finds_a_way_there(windows, stage):
    viewer = windows.open(stage.site, stage.tab, user=stage.viewer)

    expect(viewer.get_by_role("link", name="Import", exact=True)).to_have_count(0)

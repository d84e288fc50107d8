"""Adding an example, as the author lives it and as somebody else sees it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def fill_in(page: Page, example_input: str, example_output: str) -> None:
    page.locator("#example_input").fill(example_input)
    page.locator("#example_output").fill(example_output)


def rows(page: Page):
    return page.locator("#training-examples > li.row")


def remember_document(page: Page) -> None:
    page.evaluate("window.isSameDocument = true")


def is_same_document(page: Page) -> bool:
    return page.evaluate("window.isSameDocument === true")


def test_an_author_adds_an_example_and_a_viewer_sees_it_without_a_reload(windows, own_stage):
    own_stage.add("An earlier input", "An earlier output")
    author = windows.open(own_stage.site, own_stage.tab, user=own_stage.author)
    viewer = windows.open(own_stage.site, own_stage.tab, user=own_stage.viewer)
    stranger = windows.open(own_stage.site, own_stage.tab)
    for page in (author, viewer, stranger):
        expect(rows(page)).to_have_count(1)
        remember_document(page)

    fill_in(author, "  Where is my parcel?\n\n\tTell me.", "On its way.")
    author.locator("#quality_score").fill("8")
    author.get_by_role("button", name="Add example").click()

    for page in (author, viewer, stranger):
        expect(rows(page)).to_have_count(2, timeout=5_000)
        expect(rows(page).first.locator("pre").first).to_have_text("  Where is my parcel?\n\n\tTell me.")
        expect(rows(page).first).to_contain_text("8 of 10")
        expect(page.locator("#training-example-count")).to_have_text("2")
        expect(page.locator("#training-example-tab-count")).to_have_text("2")
        assert is_same_document(page)
    for field in ("example_input", "example_output", "quality_score"):
        expect(author.locator(f"#{field}")).to_have_value("")
    expect(author.locator("#example_input")).to_be_focused()
    expect(author.locator("#messages")).to_contain_text("is added")
    assert author.url == own_stage.site.url + own_stage.tab


def test_a_secret_is_taken_out_and_the_author_is_told_which_kind(author, stage):
    author.goto(stage.tab)

    secret = "hunter2" + "isnotasecret"
    fill_in(author, f"DB_PASSWORD={secret}", "Never write that down.")
    author.get_by_role("button", name="Add example").click()

    expect(rows(author).first.locator("mark.redacted")).to_have_text("[PASSWORD_1]")
    expect(author.locator("#messages")).to_contain_text("Removed before saving: password.")
    assert secret not in author.content()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(author, stage):
    author.goto(stage.tab)
    fill_in(author, "Typed with care", "   ")
    author.locator("#quality_score").fill("11")

    author.get_by_role("button", name="Add example").click()

    output = author.locator("#example_output")
    expect(output).to_have_attribute("aria-invalid", "true")
    expect(output).to_be_focused()
    expect(output).to_have_value("   ")
    expect(author.locator("#example_input")).to_have_value("Typed with care")
    expect(author.locator("#quality_score")).to_have_value("11")
    for field in ("example_output", "quality_score"):
        below = author.locator(f".field:has(#{field}) .error")
        expect(below).to_be_visible()
        expect(author.locator(f"#{field}")).to_have_accessible_description(below.inner_text())
    expect(rows(author)).to_have_count(0)

    output.fill("A real output")
    author.locator("#quality_score").fill("10")
    author.get_by_role("button", name="Add example").click()

    expect(rows(author)).to_have_count(1)
    expect(author.locator("#training-example-form .error")).to_have_count(0)
    expect(author.locator("#example_input")).to_be_focused()


@pytest.mark.parametrize("typed", ["11", "7.5", "1e"])
def test_a_score_that_is_none_is_refused_in_its_field_and_never_dropped(author, stage, typed):
    author.goto(stage.tab)
    fill_in(author, "An input", "An output")
    author.locator("#quality_score").press_sequentially(typed)

    author.locator("#example_input").press("Control+Enter")

    expect(author.locator("#quality_score")).to_be_focused()
    expect(author.locator(".field:has(#quality_score) .error")).to_contain_text("score from 1 to 10")
    expect(author.locator("#quality_score")).to_have_value(typed)
    expect(rows(author)).to_have_count(0)


def test_the_same_example_again_leads_to_the_one_that_is_there(author, stage):
    existing = stage.add("The same", "As ever")
    author.goto(stage.tab)
    fill_in(author, "The same", "As ever")

    author.get_by_role("button", name="Add example").click()

    expect(author.get_by_role("alert")).to_contain_text("already")
    expect(author.locator("#example_input")).to_have_value("The same")
    expect(author.locator("#training-example-count")).to_have_text("1")
    author.get_by_role("link", name=f"See example {existing}").click()
    expect(author.get_by_role("heading", name=f"Example {existing}")).to_be_visible()


def test_the_first_example_takes_the_place_of_the_invitation_to_add_one(author, stage):
    author.goto(stage.tab)
    expect(author.get_by_text("No examples yet.")).to_be_visible()

    fill_in(author, "The first", "Here it is")
    author.get_by_role("button", name="Add example").click()

    expect(rows(author)).to_have_count(1)
    expect(author.get_by_text("No examples yet.")).to_be_hidden()


def test_the_keyboard_alone_signs_in_and_adds(windows, site, stage):
    page = windows.open(site, f"/login?next={stage.tab}")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(stage.author)
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.url + stage.tab)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "example_input":
            break
    expect(page.locator("#example_input")).to_be_focused()
    page.keyboard.type("Typed by hand")
    page.keyboard.press("Tab")
    page.keyboard.type("Answered by hand")
    page.keyboard.press("Control+Enter")

    expect(rows(page).first).to_contain_text("Typed by hand")
    expect(page.locator("#example_input")).to_be_focused()

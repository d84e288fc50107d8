"""What others do arrives by itself, and never in the way of what somebody is doing."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LONG = "\n".join(f"Line {number} of a long text" for number in range(60))


def row(page: Page, example_id: int):
    return page.locator(f"#training-example-{example_id}")


def next_poll(page: Page):
    """Return once the page has asked again, and been answered."""
    with page.expect_response(lambda response: "/training-data/live" in response.url) as answer:
        pass
    return answer.value


def place_of_the_cursor(page: Page) -> list[object]:
    return page.evaluate(
        "[document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    )


def test_typing_into_the_form_goes_on_while_changes_arrive(author, stage):
    changed = stage.add("To be changed")
    author.goto(stage.tab)
    field = author.locator("#example_input")
    field.press_sequentially("Half a thou")
    author.locator("#example_output").fill("A whole answer")
    field.focus()
    field.evaluate("field => field.setSelectionRange(2, 6)")

    stage.edit(changed, "Changed elsewhere", "An output")
    added = stage.add("Added elsewhere")

    expect(row(author, added)).to_be_visible()
    expect(row(author, changed)).to_contain_text("Changed elsewhere")
    assert place_of_the_cursor(author) == ["example_input", 2, 6]
    expect(field).to_have_value("Half a thou")
    expect(author.locator("#example_output")).to_have_value("A whole answer")
    author.keyboard.type("XY")
    expect(field).to_have_value("HaXY thou")


def test_an_open_row_stays_open_while_changes_arrive(author, stage):
    example_id = stage.add("Open here")
    author.goto(stage.tab)
    author.get_by_role("link", name=f"Edit example {example_id}").click()
    field = author.locator(f"#example_input-{example_id}")
    expect(field).to_be_focused()
    field.fill("Being rewritten")
    field.evaluate("field => field.setSelectionRange(3, 3)")

    added = stage.add("Added elsewhere")
    stage.edit(example_id, "Changed elsewhere", "An output")

    expect(row(author, added)).to_be_visible()
    next_poll(author)
    expect(field).to_have_value("Being rewritten")
    assert place_of_the_cursor(author) == [f"example_input-{example_id}", 3, 3]


def test_an_open_row_stays_open_when_its_example_is_deleted_elsewhere(author, stage):
    below, open_here = stage.add("Below"), stage.add("Open here")
    author.goto(stage.tab)
    author.get_by_role("link", name=f"Edit example {open_here}").click()
    field = author.locator(f"#example_input-{open_here}")
    expect(field).to_be_focused()
    field.fill("Being rewritten")
    field.evaluate("field => field.setSelectionRange(3, 3)")

    stage.delete(open_here)

    expect(author.locator("#training-example-count")).to_have_text("1")
    expect(field).to_have_value("Being rewritten")
    assert place_of_the_cursor(author) == [f"example_input-{open_here}", 3, 3]
    stage.delete(below)
    expect(author.locator("#training-example-count")).to_have_text("0")
    expect(field).to_have_value("Being rewritten")
    author.get_by_role("button", name=f"Save example {open_here}").click()
    expect(author.locator("#messages")).to_contain_text("There is no training example")
    expect(field).to_have_value("Being rewritten")


def test_an_open_row_stays_open_when_it_is_pushed_to_the_next_page(author, stage):
    open_here = stage.add("Open here")
    author.goto(stage.tab)
    author.get_by_role("link", name=f"Edit example {open_here}").click()
    author.locator(f"#example_input-{open_here}").fill("Being rewritten")

    for number in range(6):
        stage.add(f"Newer {number}")

    expect(author.locator("#training-example-count")).to_have_text("7")
    expect(author.locator(f"#example_input-{open_here}")).to_have_value("Being rewritten")


def test_an_unfolded_text_stays_unfolded(windows, stage):
    folded, unfolded = stage.add(LONG + " folded"), stage.add(LONG)
    viewer = windows.open(stage.site, stage.tab)
    text = row(viewer, unfolded).locator("pre").first
    expect(text).to_be_hidden()
    row(viewer, unfolded).locator("summary").first.click()
    expect(text).to_be_visible()

    added = stage.add("Added elsewhere")

    expect(row(viewer, added)).to_be_visible()
    expect(text).to_be_visible()
    expect(row(viewer, folded).locator("pre").first).to_be_hidden()


def test_nothing_moves_while_nothing_changes(windows, stage):
    for number in range(5):
        stage.add(f"Input {number}\n" + "line\n" * 10)
    viewer = windows.open(stage.site, stage.tab, viewport={"width": 1000, "height": 400})
    link = viewer.locator("#training-examples a").nth(2)
    link.focus()
    place = "[window.scrollY, document.activeElement.getAttribute('href')]"
    before = viewer.evaluate(place)
    viewer.evaluate("window.firstRow = document.querySelector('#training-examples > li')")

    answers = [next_poll(viewer) for _ in range(2)]

    assert [answer.status for answer in answers] == [304, 304]
    assert before[0] > 0
    assert viewer.evaluate(place) == before
    assert viewer.evaluate("window.firstRow.isConnected")


def test_the_focus_stays_on_its_row_when_the_list_changes(windows, stage):
    example_id = stage.add("Mine")
    viewer = windows.open(stage.site, stage.tab)
    link = row(viewer, example_id).get_by_role("link")
    link.focus()

    added = stage.add("Added elsewhere")

    expect(row(viewer, added)).to_be_visible()
    expect(link).to_be_focused()


def test_a_list_that_is_filtered_stays_filtered(windows, stage):
    viewer = windows.open(stage.site, f"{stage.tab}?q=pear")
    apple, pear = stage.add("An apple"), stage.add("A pear")

    expect(row(viewer, pear)).to_be_visible()
    expect(row(viewer, apple)).to_have_count(0)
    expect(viewer.locator("#training-example-count")).to_have_text("2")


def test_polling_rests_in_a_hidden_tab_and_catches_up_when_it_is_seen_again(windows, stage):
    viewer = windows.open(stage.site, stage.tab)
    # A headless tab is never hidden, so the page is told that it is, in the two ways in which browsers tell it.
    hide = """hidden => {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    next_poll(viewer)
    viewer.evaluate(hide, True)
    viewer.wait_for_timeout(200)
    polls = []
    viewer.on("request", lambda request: polls.append(request.url) if "/live" in request.url else None)

    added = stage.add("Added elsewhere")
    viewer.wait_for_timeout(2_500)

    assert polls == []
    expect(row(viewer, added)).to_have_count(0)
    viewer.evaluate(hide, False)
    expect(row(viewer, added)).to_be_visible(timeout=900)
    next_poll(viewer)

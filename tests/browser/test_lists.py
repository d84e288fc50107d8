"""Filters, search and pages: the list follows, the URL tells, and what is being typed stays."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def inputs(page: Page) -> list[str]:
    return page.locator("#training-examples > li.row .pair > div:first-child pre").all_inner_texts()


def expect_inputs(page: Page, *wanted: str) -> None:
    expect(page.locator("#training-examples > li.row .pair > div:first-child pre")).to_have_text(list(wanted))


def test_a_select_filters_at_once_and_the_url_tells_it(author, stage):
    stage.add("By hand, fair", quality_score=5)
    stage.add("By hand, best", quality_score=9)
    stage.add("Captured", source="usage_capture", status="pending")
    author.goto(stage.tab)
    expect_inputs(author, "By hand, best", "By hand, fair")
    author.locator("#example_input").fill("Half a thought")

    author.get_by_label("Status").focus()
    author.get_by_label("Status").select_option("pending")

    expect_inputs(author, "Captured")
    expect(author).to_have_url(re.compile(r"[?&]status=pending"))
    expect(author.get_by_label("Status")).to_be_focused()
    expect(author.locator("#example_input")).to_have_value("Half a thought")
    author.get_by_label("Status").select_option("all")
    author.get_by_label("Order").select_option("score")
    expect_inputs(author, "By hand, best", "By hand, fair", "Captured")
    expect(author).to_have_url(re.compile(r"sort=score"))
    author.reload()
    expect_inputs(author, "By hand, best", "By hand, fair", "Captured")
    expect(author.get_by_label("Order")).to_have_value("score")


def test_typing_a_search_filters_without_disturbing_and_back_returns(author, stage):
    stage.add("Apples and pears")
    stage.add("Only apples")
    author.goto(stage.tab)
    author.locator("#example_input").fill("Half a thought")
    search = author.get_by_label("Search in the text")

    search.press_sequentially("pe", delay=30)
    expect(author).to_have_url(re.compile(r"[?&]q=pe&"))
    search.press_sequentially("ar", delay=30)

    expect(author).to_have_url(re.compile(r"[?&]q=pear"))
    expect_inputs(author, "Apples and pears")
    expect(search).to_be_focused()
    expect(search).to_have_value("pear")
    assert search.evaluate("field => field.selectionStart") == 4
    expect(author.locator("#example_input")).to_have_value("Half a thought")

    author.go_back()

    expect_inputs(author, "Only apples", "Apples and pears")
    expect(author).to_have_url(stage.site.url + stage.tab)
    expect(search).to_have_value("")


def test_after_a_search_an_added_example_goes_where_the_filter_says(author, stage):
    stage.add("A pear")
    author.goto(stage.tab)
    author.get_by_label("Search in the text").fill("pear")
    expect(author).to_have_url(re.compile("q=pear"))

    for example_input in ("An apple", "Another pear"):
        author.locator("#example_input").fill(example_input)
        author.locator("#example_output").fill("Fruit")
        author.get_by_role("button", name="Add example").click()
        expect(author.locator("#example_input")).to_have_value("")
        if example_input == "An apple":
            expect(author.locator("#messages")).to_contain_text("The list does not show it")

    expect_inputs(author, "Another pear", "A pear")
    expect(author.locator("#training-example-count")).to_have_text("3")


def test_a_search_without_a_hit_says_so_and_leads_back(author, stage):
    stage.add("Apples")
    author.goto(stage.tab)

    author.get_by_label("Search in the text").fill("nowhere")

    expect(author.get_by_text("No example fits this filter.")).to_be_visible()
    author.get_by_role("link", name="Show all approved examples").click()
    expect_inputs(author, "Apples")


def test_pages_lead_on_and_back(windows, stage):
    for number in range(12):
        stage.add(f"Input {number:02}")
    viewer = windows.open(stage.site, stage.tab)
    first = inputs(viewer)

    viewer.get_by_role("link", name="Older").click()
    expect_inputs(viewer, *(f"Input {number:02}" for number in (6, 5, 4, 3, 2)))
    viewer.get_by_role("link", name="Older").click()
    expect_inputs(viewer, "Input 01", "Input 00")
    expect(viewer.get_by_role("link", name="Older")).to_have_count(0)
    viewer.get_by_role("link", name="Newer").click()
    expect_inputs(viewer, *(f"Input {number:02}" for number in (6, 5, 4, 3, 2)))
    viewer.get_by_role("link", name="Newer").click()

    expect_inputs(viewer, *first)
    assert first == [f"Input {number:02}" for number in (11, 10, 9, 8, 7)]


def test_a_later_page_stays_where_it_is_when_something_is_added(windows, stage):
    for number in range(7):
        stage.add(f"Input {number}")
    viewer = windows.open(stage.site, stage.tab)
    viewer.get_by_role("link", name="Older").click()
    expect_inputs(viewer, "Input 1", "Input 0")

    stage.add("The newest")

    expect(viewer.locator("#training-example-count")).to_have_text("8")
    expect_inputs(viewer, "Input 1", "Input 0")


def test_skills_are_searched_while_typing(windows, site, stage):
    viewer = windows.open(site, "/")
    search = viewer.get_by_label("Search by name and description")

    search.press_sequentially(stage.slug, delay=20)

    expect(viewer.locator("#skills .card")).to_have_count(1)
    expect(search).to_be_focused()
    expect(viewer).to_have_url(re.compile("q="))
    viewer.go_back()
    expect(viewer.locator("#skills .card")).to_have_count(5)


def test_a_search_without_hits_says_so(author, stage):
    author.goto("/?q=zzzzzz")

    expect(author.locator(".empty")).to_be_visible()
    expect(author.locator(".empty")).to_contain_text("No skill contains")

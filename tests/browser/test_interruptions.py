"""A session that ends and a server that goes away: both are said quietly, and neither costs what was typed."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_session_that_ends_while_somebody_types_costs_nothing(author, stage, signing_in):
    author.goto(stage.tab)
    author.locator("#example_input").fill("Typed before the session ended")
    author.locator("#example_output").fill("And its answer")
    author.context.clear_cookies()

    author.get_by_role("button", name="Add example").click()

    expect(author.locator("#messages")).to_contain_text("You are signed out")
    expect(author.locator("#example_input")).to_have_value("Typed before the session ended")
    expect(author.locator("#example_output")).to_have_value("And its answer")

    with author.context.expect_page() as opened:
        author.locator("#messages").get_by_role("link", name="Sign in in a new tab").click()
    opened.value.locator("#email").fill(stage.author)
    opened.value.locator("#password").fill("correct horse battery")
    opened.value.get_by_role("button", name="Sign in").click()
    expect(opened.value.get_by_role("button", name="Sign out")).to_be_visible()
    opened.value.close()
    author.get_by_role("button", name="Add example").click()

    expect(author.locator("#training-examples > li.row").first).to_contain_text("Typed before the session ended")
    expect(author.locator("#example_input")).to_have_value("")


def test_a_page_whose_session_ended_says_so_quietly_and_recovers(author, stage, signing_in):
    author.goto(stage.tab)
    author.locator("#example_input").fill("Being typed")
    author.context.clear_cookies()

    expect(author.locator("#live-status")).to_contain_text("You are signed out")
    expect(author.locator("#example_input")).to_have_value("Being typed")
    signing_in(author.context, stage.author)

    expect(author.locator("#live-status")).to_have_text("")
    expect(author.locator("#example_input")).to_have_value("Being typed")


def test_a_server_that_stops_is_noted_quietly_and_comes_back_by_itself(windows, own_stage):
    server = own_stage.site.server
    author = windows.open(own_stage.site, own_stage.tab, user=own_stage.author)
    windows.allowed += ["Failed to load resource: net::ERR_", "htmx: htmx:error: Failed to fetch"]
    author.locator("#example_input").fill("Typed while the server is away")
    author.locator("#example_output").fill("An output")
    author.locator("#example_input").focus()

    server.stop()

    expect(author.locator("#live-status")).to_contain_text("Not connected", timeout=6_000)
    expect(author.locator("#messages")).to_have_text("")
    expect(author.locator("#example_input")).to_be_focused()
    author.get_by_role("button", name="Add example").click()
    expect(author.locator("#messages")).to_contain_text("The server does not answer")
    expect(author.locator("#example_input")).to_have_value("Typed while the server is away")

    server.start()

    expect(author.locator("#live-status")).to_have_text("", timeout=6_000)
    author.get_by_role("button", name="Add example").click()
    expect(author.locator("#training-examples > li.row")).to_have_count(1)

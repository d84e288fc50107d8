"""The site's settings and everybody's own preferences: switched in place, and kept."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_an_administrator_switches_capture_on_and_a_user_sees_it(windows, own_stage):
    site = own_stage.site
    admin = windows.open(site, "/admin/settings", user=own_stage.admin)
    switch = admin.get_by_label("Capture training data from real usage")
    expect(switch).not_to_be_checked()
    admin.evaluate("window.isSameDocument = true")

    switch.check()
    admin.get_by_role("button", name="Save settings").click()

    expect(admin.locator("#messages")).to_have_text("The settings are saved.")
    expect(switch).to_be_checked()
    assert admin.evaluate("window.isSameDocument === true")
    admin.reload()
    expect(switch).to_be_checked()
    user = windows.open(site, "/preferences", user=own_stage.viewer)
    expect(user.get_by_text("capture is on for the site")).to_be_visible()


def test_a_user_gives_and_withdraws_consent(windows, stage):
    user = windows.open(stage.site, "/preferences", user=stage.viewer)
    switch = user.get_by_label("My usage may become training examples")
    expect(switch).not_to_be_checked()

    for wanted in (True, False):
        switch.set_checked(wanted)
        user.get_by_role("button", name="Save preferences").click()
        expect(user.locator("#messages")).to_have_text("Your preferences are saved.")
        user.reload()
        expect(switch).to_be_checked(checked=wanted)
        expect(user.locator("#messages")).to_have_text("")


def test_when_viewing_needs_signing_in_an_open_page_of_a_stranger_says_so(windows, own_stage):
    site = own_stage.site
    own_stage.add("Seen before")
    stranger = windows.open(site, own_stage.tab)
    admin = windows.open(site, "/admin/settings", user=own_stage.admin)

    admin.get_by_label("Viewing needs signing in").check()
    admin.get_by_role("button", name="Save settings").click()
    expect(admin.locator("#messages")).to_have_text("The settings are saved.")

    expect(stranger.locator("#live-status")).to_contain_text("You are signed out")
    stranger.goto("/")
    expect(stranger.get_by_role("heading", name="Sign in")).to_be_visible()

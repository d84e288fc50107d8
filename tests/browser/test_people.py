"""People come and go, with and without JavaScript, and the audit log tells of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.models import User
from app.services.transactions import writing

pytestmark = pytest.mark.browser

NEW_PASSWORD = "violet marzipan 4711"


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_somebody_is_added_sets_a_password_is_deactivated_and_comes_back(windows, own_stage, javascript):
    site = own_stage.site
    admin = windows.open(site, "/admin/users", user=own_stage.admin, java_script_enabled=javascript)
    admin.get_by_role("link", name="Add somebody").click()
    admin.get_by_role("button", name="Add and show the password link").click()
    expect(admin.locator("#name-error")).to_be_visible()
    admin.get_by_label("Name").fill("Nora New")
    admin.get_by_label("E-mail address").fill("nora@example.com")
    admin.get_by_role("button", name="Add and show the password link").click()
    link = admin.get_by_label("Send this link to Nora New").input_value()

    nora = windows.open(site, link, java_script_enabled=javascript)
    nora.get_by_label("Password").fill(NEW_PASSWORD)
    nora.get_by_role("button", name="Set password and sign in").click()
    expect(nora.locator("#messages")).to_contain_text("Your password is set")
    nora.goto(link)
    expect(nora.get_by_role("heading", name="Not found")).to_be_visible()

    admin.get_by_role("link", name="Back to people").click()
    search(admin, "nora", javascript=javascript)
    admin.get_by_role("button", name="Deactivate Nora New").click()
    expect(admin.locator("#messages")).to_contain_text("Nora New is deactivated")
    nora.goto("/account")
    expect(nora.get_by_role("heading", name="Sign in")).to_be_visible()
    search(admin, "nora", javascript=javascript)
    admin.get_by_role("button", name="Activate Nora New").click()
    expect(admin.locator("#messages")).to_contain_text("Nora New can sign in again")
    nora.get_by_label("E-mail address").fill("nora@example.com")
    nora.get_by_label("Password").fill(NEW_PASSWORD)
    nora.get_by_role("button", name="Sign in").click()
    expect(nora).to_have_url(re.compile("/account$"))


def search(page: Page, words: str, *, javascript: bool) -> None:
    page.goto("/admin/users")
    page.get_by_label("Search by name and e-mail address").fill(words)
    if not javascript:
        page.get_by_role("button", name="Search").click()
    expect(page.locator(".person")).to_have_count(1)


def test_a_row_is_changed_in_place_and_keeps_the_cursor(windows, stage):
    admin = windows.open(stage.site, f"/admin/users?q={stage.viewer}", user=stage.admin)
    row = admin.locator(".person")

    admin.get_by_role("button", name="Make Vera Viewer an administrator").click()

    expect(row.get_by_text("administrator", exact=True)).to_be_visible()
    expect(admin).to_have_url(re.compile("q="))
    expect(row).to_be_focused()
    admin.get_by_role("button", name="Remove Vera Viewer as administrator").click()
    expect(row.get_by_text("administrator", exact=True)).to_be_hidden()


def test_what_cannot_be_done_is_said_and_the_row_stays(windows, own_stage):
    with own_stage.site.app.app_context(), writing() as session:
        for user in session.query(User).filter(User.is_admin, User.email != own_stage.admin):
            user.is_admin = False
    admin = windows.open(own_stage.site, f"/admin/users?q={own_stage.admin}", user=own_stage.admin)

    admin.get_by_role("button", name="Remove Adam Admin as administrator").click()

    expect(admin.locator("#messages")).to_contain_text("is the last active administrator")
    expect(admin.locator(".person")).to_have_count(1)
    expect(admin.get_by_role("button", name="Remove Adam Admin as administrator")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_the_audit_log_is_filtered_paged_and_exported(windows, stage, javascript):
    for number in range(6):
        stage.add(f"Input {number}")
    page = windows.open(stage.site, "/admin/audit", user=stage.admin, java_script_enabled=javascript)
    rows = page.locator(".audit > li")
    page.get_by_label("Did what").select_option("training_example.created")
    if not javascript:
        page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("action=training_example.created"))
    expect(rows).to_have_count(5)
    expect(rows.first).to_contain_text("training_example.created")

    page.get_by_role("link", name="Older").click()
    expect(page).to_have_url(re.compile("after="))
    with page.expect_download() as download:
        page.get_by_role("link", name="Export all of these as CSV").click()

    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("id,at,actor_id")
    assert len(lines) > 6
    assert all("training_example.created" in line for line in lines[1:])


def test_signing_in_with_the_password_of_before_is_possible_until_the_link_is_used(windows, stage):
    admin = windows.open(stage.site, f"/admin/users?q={stage.viewer}", user=stage.admin)
    admin.get_by_role("button", name="Make a password link for Vera Viewer").click()
    expect(admin.get_by_role("heading", name="Vera Viewer can set a password")).to_be_visible()
    expect(admin.get_by_label("Send this link to Vera Viewer")).to_be_focused()

    viewer = windows.open(stage.site, "/account", user=stage.viewer)

    expect(viewer.get_by_text(stage.viewer)).to_be_visible()

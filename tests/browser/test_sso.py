"""Signing in with the company's account, and making an account of one's own, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.support.factories import make_user
from tests.support.oidc_provider import Provider
from tests.support.server import copy_instance

pytestmark = pytest.mark.browser


@pytest.fixture
def provider():
    provider = Provider().start()
    yield provider
    provider.stop()


@pytest.fixture
def company_site(windows, provider, demo_instance, tmp_path):
    site = Site(copy_instance(demo_instance, tmp_path / "instance"), **provider.settings())
    yield site
    windows.close()
    site.end()


def test_somebody_signs_in_with_the_companys_account(windows, company_site, provider):
    with company_site.app.app_context():
        user = make_user("Vera Viewer")
        provider.person = {"sub": "u-1", "email": user.email}
    page = windows.open(company_site, "/preferences")

    page.get_by_role("link", name="Sign in with the company's account").click()

    expect(page.get_by_role("heading", level=1, name="Preferences")).to_be_visible()
    expect(page.get_by_role("link", name="Vera Viewer")).to_be_visible()


def test_somebody_unknown_is_told_why_and_what_to_do(windows, company_site, provider):
    provider.person = {"sub": "u-2", "email": "nobody@example.com"}
    windows.allowed.append("Failed to load resource: the server responded with a status of 403")
    page = windows.open(company_site, "/login")

    page.get_by_role("link", name="Sign in with the company's account").click()

    expect(page.get_by_role("alert")).to_contain_text("Ask an administrator to add you.")


def test_somebody_signs_up_once_an_administrator_lets_people(windows, own_stage):
    site = own_stage.site
    admin = windows.open(site, "/admin/settings", user=own_stage.admin)
    admin.get_by_label("Anybody may sign up").check()
    admin.get_by_role("button", name="Save settings").click()
    expect(admin.locator("#messages")).to_have_text("The settings are saved.")

    page = windows.open(site, "/login?next=/preferences")
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Name").fill("New Person")
    page.get_by_label("E-mail address").fill("new.person@example.com")
    page.get_by_label("Password").fill("a good long password")
    page.get_by_role("button", name="Make my account").click()

    expect(page.get_by_role("heading", level=1, name="Preferences")).to_be_visible()

"""Making an account of one's own: only while an administrator lets people do so."""

import pytest

from app.services.site_settings import get_site_settings
from app.services.transactions import writing
from app.services.users import find_user_by_email
from tests.support.factories import make_user
from tests.support.inspection import find, parse, text_of, words_in
from tests.support.tables import dump, last_audit_record

pytestmark = pytest.mark.slow

PATH = "/sign-up"
GOOD = {"name": "New Person", "email": "New@Example.com", "password": "a good long password"}


@pytest.fixture
def open_site(app):
    with writing():
        get_site_settings().open_sign_up = True


def test_the_switch_is_off_at_first_and_then_nobody_signs_up(browser_of):
    before = dump()
    browser = browser_of()

    assert PATH not in browser.get("/login").text
    for response in (browser.get(PATH), browser.post(PATH, GOOD)):
        assert response.status_code == 403
        assert "New accounts are made by administrators here. Ask one." in words_in(parse(response.text))
    assert dump() == before


def test_an_administrator_opens_sign_up(browser_of, admin):
    browser_of(admin).post("/admin/settings", {"open_sign_up": "y"})

    assert last_audit_record().details == {"open_sign_up": True}
    assert PATH in browser_of().get("/login").text


def test_somebody_signs_up_and_is_signed_in_where_they_wanted_to_be(browser_of, open_site):
    browser = browser_of()
    assert find(browser.page(f"{PATH}?next=/preferences"), "name") is not None

    response = browser.post(PATH, {**GOOD, "next": "/preferences"})

    assert (response.status_code, response.location) == (303, "/preferences")
    user = find_user_by_email("new@example.com")
    assert (user.name, user.is_admin) == ("New Person", False)
    assert "new@example.com" in browser.get("/account").text
    assert last_audit_record().action == "user.created"


@pytest.mark.parametrize("asked", [{"is_admin": "y"}, {"is_admin": "True"}, {"next": "https://evil.example"}])
def test_nobody_asks_for_more_than_an_account(browser_of, open_site, asked):
    response = browser_of().post(PATH, {**GOOD, **asked})

    assert response.location == "/"
    assert find_user_by_email("new@example.com").is_admin is False


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"password": "short"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_the_rest_is_kept(browser_of, open_site, fields, field):
    before = dump()

    response = browser_of().post(PATH, {**GOOD, **fields, "next": "/preferences"})

    assert response.status_code == 422
    page = parse(response.text)
    assert text_of(page, f"{field}-error")
    typed = {**GOOD, **fields}
    assert [find(page, name).get("value") for name in ("name", "email")] == [typed["name"], typed["email"]]
    assert not find(page, "password").get("value")
    assert dump() == before


def test_an_address_in_use_is_refused(browser_of, open_site):
    response = browser_of().post(PATH, {**GOOD, "email": make_user().email.upper()})

    assert response.status_code == 409
    assert "Sign in, or ask an administrator." in text_of(parse(response.text), "email-error")


def test_tries_are_limited(app, browser_of, open_site, monkeypatch):
    monkeypatch.setitem(app.config, "GOLDSET_SIGN_IN_LIMIT", "2 per minute")
    browser = browser_of()

    assert [browser.post(PATH, {**GOOD, "name": ""}).status_code for _ in range(3)] == [422, 422, 429]


def test_other_methods_are_not_answered(browser_of, open_site):
    assert [browser_of().ask(method, PATH).status_code for method in ("PUT", "DELETE")] == [405, 405]

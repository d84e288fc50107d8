"""Signing in with the company's account, against a real provider on loopback."""

import logging
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import select

from app.extensions import db, limiter
from app.models import AuditRecord, Identity, User
from app.services.user_administration import Operator, deactivate
from app.services.users import find_user_by_email
from tests.support.factories import PASSWORD, make_user
from tests.support.inspection import parse, words_in
from tests.support.oidc_provider import Provider
from tests.support.person import Person
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def the_provider():
    provider = Provider().start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(the_provider):
    the_provider.behave()
    the_provider.person = {"sub": "u-1", "email": "vera@example.com", "name": "Vera Viewer"}
    return the_provider


@pytest.fixture
def goldset(another_app, provider):
    """Return a function that makes an application that uses the provider."""
    return lambda **more: another_app(**provider.settings(**more))


def go_there(browser, path="/login/sso"):
    """Follow the redirect to the provider, and return the address that it sends back to."""
    response = browser.client.get(path)
    assert response.status_code == 302, response.text
    answer = requests.get(response.location, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def sign_in(browser, path="/login/sso"):
    response = browser.client.get(go_there(browser, path))
    db.session.rollback()
    return response


def is_signed_in(browser):
    return browser.client.get("/account").status_code == 200


def linked():
    look_anew()
    return [(one.user_id, one.subject) for one in db.session.scalars(select(Identity))]


def test_a_known_verified_address_is_linked_and_signed_in_where_they_wanted_to_be(goldset, provider):
    user = make_user()
    provider.person["email"] = user.email.upper()
    browser = Person(goldset())

    response = sign_in(browser, "/login/sso?next=/preferences")

    assert (response.status_code, response.location) == (303, "/preferences")
    assert user.email in browser.client.get("/account").text
    assert linked() == [(user.id, "u-1")]
    assert "user.identity_linked" in db.session.scalars(select(AuditRecord.action)).all()


def test_somebody_who_was_linked_is_known_by_who_they_are_not_by_their_address(goldset, provider):
    user = make_user()
    provider.person["email"] = user.email
    application = goldset()
    sign_in(Person(application))
    other = make_user()
    provider.person.update(email=other.email, email_verified=False)
    browser = Person(application)

    sign_in(browser)

    assert user.email in browser.client.get("/account").text
    assert linked() == [(user.id, "u-1")]


@pytest.mark.parametrize("verified", [False, None, "true", 1], ids=["no", "not said", "a word", "a number"])
def test_an_address_that_is_not_verified_links_nobody_and_makes_nobody(goldset, provider, verified):
    user = make_user()
    provider.person["email"] = user.email
    provider.claims["email_verified"] = verified
    application = goldset(GOLDSET_OIDC_CREATE_USERS="on")
    before = dump()

    for email in (user.email, "new@example.com"):
        provider.person["email"] = email
        browser = Person(application)
        response = sign_in(browser)
        assert response.status_code == 403
        assert "does not vouch for your e-mail address" in words_in(parse(response.text))
        assert not is_signed_in(browser)
    assert dump() == before


def test_somebody_unknown_is_refused(goldset):
    before = dump()

    response = sign_in(Person(goldset()))

    assert response.status_code == 403
    assert "Ask an administrator to add you." in words_in(parse(response.text))
    assert dump() == before


def test_somebody_unknown_is_added_where_that_is_wanted(goldset):
    browser = Person(goldset(GOLDSET_OIDC_CREATE_USERS="on"))

    assert sign_in(browser).status_code == 303

    user = find_user_by_email("vera@example.com")
    assert (user.name, user.is_admin, user.password_hash) == ("Vera Viewer", False, None)
    assert is_signed_in(browser)
    assert sign_in(Person(browser.app)).status_code == 303
    assert count_rows(User) == 1


@pytest.mark.parametrize(("name", "shown"), [(None, "vera"), ("  ", "vera"), ("x" * 300, "x" * 100), (7, "vera")])
def test_somebody_without_a_usable_name_is_called_something(goldset, provider, name, shown):
    provider.person["name"] = name

    sign_in(Person(goldset(GOLDSET_OIDC_CREATE_USERS="on")))

    assert find_user_by_email("vera@example.com").name == shown


def test_an_address_that_is_none_makes_nobody(goldset, provider):
    provider.person["email"] = "nobody"

    response = sign_in(Person(goldset(GOLDSET_OIDC_CREATE_USERS="on")))

    assert response.status_code == 403
    assert "Write an e-mail address" in words_in(parse(response.text))


def test_somebody_who_is_deactivated_stays_out(goldset, provider):
    user = make_user()
    provider.person["email"] = user.email
    application = goldset()
    sign_in(Person(application))
    deactivate(Operator.COMMAND_LINE, user_id=user.id)
    browser = Person(application)

    response = sign_in(browser)

    assert response.status_code == 403
    assert "Your account is deactivated." in words_in(parse(response.text))
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "fault",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "another client"}},
        {"claims": {"aud": None}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"exp": 1_000_000}},
        {"claims": {"sub": None}},
        {"claims": {"sub": ""}},
        {"claims": {"sub": "x" * 256}},
        {"signs_with_another_key": True},
        {"error": "access_denied"},
        {"metadata": {"issuer": "https://evil.example"}},
        {"metadata": {"jwks_uri": "http://127.0.0.1:1/jwks"}},
        {"metadata": {"id_token_signing_alg_values_supported": ["none", "HS256"]}},
        {"token_status": 500},
    ],
    ids=str,
)
def test_what_does_not_hold_signs_nobody_in(goldset, provider, caplog, fault):
    caplog.set_level(logging.DEBUG)
    user = make_user()
    provider.person["email"] = user.email
    browser = Person(goldset())
    before = dump()
    way_back = go_there(browser) if "issuer" not in fault.get("metadata", {}) else None
    browser.app.extensions.pop("authlib.integrations.flask_client", None)  # so that it asks the provider anew
    for name, value in fault.items():
        setattr(provider, name, value)
    if fault.keys() & {"error"}:
        way_back = go_there(browser)

    response = browser.client.get(way_back or "/login/sso")

    assert response.status_code in (403, 503)
    assert "Sign in" in words_in(parse(response.text))
    assert not is_signed_in(browser)
    db.session.rollback()
    assert dump() == before
    assert "eyJ" not in caplog.text, "a token is in the log"


def test_a_way_back_works_once_and_in_its_own_browser(goldset, provider):
    provider.person["email"] = make_user().email
    application = goldset()
    browser, thief = Person(application), Person(application)
    way_back = go_there(browser)

    assert thief.client.get(way_back).status_code == 403
    assert not is_signed_in(thief)
    assert browser.client.get(way_back).status_code == 303
    assert browser.client.get(way_back).status_code == 403


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=y", "?error=server_error"])
def test_a_made_up_way_back_is_refused(goldset, query):
    assert Person(goldset()).client.get(f"/login/sso/callback{query}").status_code == 403


def test_nothing_of_the_provider_stays_in_the_session(goldset, provider):
    provider.person["email"] = make_user().email
    browser = Person(goldset())
    sign_in(browser)

    with browser.client.session_transaction() as session:
        assert session.keys() == {"_user_id", "_fresh", "_permanent", "csrf_token"} or not {
            name for name in session if "state" in name or "sso" in name
        }


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/login", "/\\evil"])
def test_nobody_is_sent_elsewhere(goldset, provider, wanted):
    provider.person["email"] = make_user().email

    assert sign_in(Person(goldset()), f"/login/sso?next={wanted}").location == "/"


def test_a_provider_that_does_not_answer_is_said_so(goldset, provider):
    application = goldset(GOLDSET_OIDC_ISSUER="http://127.0.0.1:1")

    response = Person(application).client.get("/login/sso")

    assert response.status_code == 503
    assert "The company's account cannot be reached right now." in words_in(parse(response.text))


def test_the_sign_in_page_offers_both_ways(goldset):
    page = Person(goldset(GOLDSET_OIDC_LABEL="Example Corp")).page("/login?next=/preferences")

    assert "Sign in with Example Corp" in words_in(page)
    assert "/login/sso?next=/preferences" in [link.get("href") for link in page.iter("a")]
    assert "E-mail address" in words_in(page)


def test_without_a_provider_there_is_no_such_way(browser_of):
    browser = browser_of()

    assert "sso" not in browser.get("/login").text
    assert [browser.get(path).status_code for path in ("/login/sso", "/login/sso/callback?code=x")] == [404, 404]


def test_with_passwords_off_nothing_works_with_a_password(goldset, provider):
    user, admin = make_user(), make_user(is_admin=True)
    application = goldset(GOLDSET_LOCAL_SIGN_IN="off")
    browser = Person(application)
    assert "E-mail address" not in words_in(browser.page("/login"))

    answers = {
        "signing in": browser.post("/login", {"email": user.email, "password": PASSWORD}),
        "signing up": browser.post("/sign-up", {"email": "a@example.com", "name": "A", "password": PASSWORD}),
        "a link": browser.get("/set-password/x"),
        "changing one": Person(application, user).post(
            "/account/password", {"current_password": PASSWORD, "new_password": "another long password"}
        ),
        "making a link": Person(application, admin).post(f"/admin/users/{user.id}/password-link"),
    }

    for what, response in answers.items():
        assert response.status_code == 403, what
        assert "Nobody signs in with a password here. Use the company's account." in words_in(parse(response.text))
    assert not is_signed_in(browser)
    assert "You sign in with the company's account." in words_in(Person(application, user).page("/account"))


def test_with_passwords_off_people_are_added_without_a_link(goldset, provider):
    application = goldset(GOLDSET_LOCAL_SIGN_IN="off")
    administrator = Person(application, make_user(is_admin=True))

    response = administrator.post("/admin/users", {"name": "Vera", "email": "vera@example.com"})

    assert response.status_code == 303
    assert "Password link" not in words_in(administrator.page("/admin/users"))
    assert sign_in(Person(application)).status_code == 303


def test_ways_to_the_provider_are_limited(goldset):
    browser = Person(goldset(GOLDSET_SIGN_IN_LIMIT="2 per minute"))
    limiter.reset()

    assert [browser.client.get("/login/sso").status_code for _ in range(3)] == [302, 302, 429]
    limiter.reset()

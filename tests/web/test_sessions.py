"""Signing in and out."""

import pytest

from app.extensions import limiter
from app.services.transactions import writing
from tests.support.factories import PASSWORD, make_user
from tests.support.inspection import find, forms_in, parse, text_of
from tests.support.person import Person

pytestmark = pytest.mark.slow

FRONT_PAGE = "/"
HOSTILE_NEXT = [
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/skills\r\nSet-Cookie: a=b",
    "/..//evil.example\\x",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "skills/a-skill",
    "?x=1",
    "/login",
    "/login?next=/login",
    "/logout",
    "/\x00",
    "",
]
OWN_NEXT = ["/account", "/skills/a-skill/training-data?status=all&q=x", "/?q=%22", "/skills/a-skill#top"]


def sign_in(browser: Person, user, password: str = PASSWORD, **fields):
    return browser.post("/login", {"email": user.email, "password": password, **fields})


def is_signed_in(browser: Person) -> bool:
    return browser.get("/account").status_code == 200


def cookie_of(response) -> str:
    [cookie] = [cookie for cookie in response.headers.getlist("Set-Cookie") if cookie.startswith("goldset_session=")]
    return cookie


def test_signing_in_leads_to_the_front_page(browser_of, viewer):
    browser = browser_of()

    response = sign_in(browser, viewer)

    assert (response.status_code, response.location) == (303, FRONT_PAGE)
    assert is_signed_in(browser)
    assert viewer.name in browser.get("/").text


def test_an_address_may_be_written_in_any_case_and_with_spaces_around(browser_of, viewer):
    browser = browser_of()

    browser.post("/login", {"email": f"  {viewer.email.upper()} ", "password": PASSWORD})

    assert is_signed_in(browser)


@pytest.mark.parametrize("way", ["wrong password", "unknown address", "deactivated", "password of another"])
def test_a_wrong_pair_is_refused_in_the_same_words(browser_of, viewer, way):
    inactive = make_user(is_active=False)
    email = {"unknown address": "nobody@example.com", "deactivated": inactive.email}.get(way, viewer.email)
    password = PASSWORD if way in ("unknown address", "deactivated") else "not the password"
    browser = browser_of()

    response = browser.post("/login", {"email": email, "password": password})

    assert response.status_code == 422
    page = parse(response.text)
    assert "This e-mail address and password do not belong together." in "".join(page.itertext())
    [form] = [form for form in forms_in(page) if form.action == "/login"]
    assert form.fields["email"] == email
    assert form.fields["password"] == ""
    assert "autofocus" in find(page, "password").attrib
    assert not is_signed_in(browser)


def test_missing_fields_are_named(browser_of):
    page = parse(browser_of().post("/login", {}).text)

    assert text_of(page, "email-error") == "Write your e-mail address."
    assert text_of(page, "password-error") == "Write your password."


@pytest.mark.parametrize("wanted", OWN_NEXT)
def test_next_leads_back_to_where_one_was(browser_of, viewer, skill, wanted):
    browser = browser_of()
    page = parse(browser.get("/login", query_string={"next": wanted}).text)
    [form] = [form for form in forms_in(page) if form.action == "/login"]

    response = sign_in(browser, viewer, next=form.fields["next"])

    assert response.location == wanted


@pytest.mark.parametrize("wanted", HOSTILE_NEXT)
def test_next_leads_nowhere_else(browser_of, viewer, wanted):
    limiter.reset()
    browser = browser_of()

    by_form = sign_in(browser, viewer, next=wanted)
    by_link = browser.get("/login", query_string={"next": wanted})

    assert (by_form.status_code, by_form.location) == (303, FRONT_PAGE)
    assert (by_link.status_code, by_link.location) == (303, FRONT_PAGE)


def test_next_in_the_address_of_the_form_is_no_way_out_either(browser_of, viewer):
    response = browser_of().post("/login?next=//evil.example/", {"email": viewer.email, "password": PASSWORD})

    assert response.location == FRONT_PAGE


def test_signing_out_ends_the_session(browser_of, viewer):
    browser = browser_of(viewer)

    response = browser.post("/logout")

    assert (response.status_code, response.location) == (303, FRONT_PAGE)
    assert not is_signed_in(browser)
    assert "You are signed out." in browser.get("/").text


def test_signing_out_by_a_link_is_not_possible(browser_of, viewer):
    browser = browser_of(viewer)

    assert browser.get("/logout").status_code == 405
    assert is_signed_in(browser)


def test_nothing_of_the_session_before_signing_in_is_kept(browser_of, viewer):
    browser = browser_of()
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["csrf_token"] = "known to somebody else"

    browser.post("/login", {"email": viewer.email, "password": PASSWORD})

    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert session["csrf_token"] != "known to somebody else"


@pytest.mark.parametrize("attempts", ["one address of mail", "many addresses of mail"])
def test_too_many_attempts_are_refused_with_the_time_to_wait(browser_of, viewer, attempts):
    browser = browser_of()
    statuses = []
    for number in range(12):
        email = viewer.email if attempts == "one address of mail" else f"nobody{number}@example.com"
        response = browser.post("/login", {"email": email, "password": ""})
        statuses.append(response.status_code)

    assert statuses == [422] * 10 + [429] * 2
    assert int(response.headers["Retry-After"]) > 0
    assert "Wait a minute" in response.text


def test_an_address_of_mail_is_protected_from_many_networks(browser_of, viewer):
    browser = browser_of()
    statuses = [
        browser.post(
            "/login",
            {"email": viewer.email.upper() if number % 2 else viewer.email, "password": ""},
            environ_base={"REMOTE_ADDR": f"192.0.{number // 250}.{number % 250}"},
        ).status_code
        for number in range(302)
    ]

    assert statuses == [422] * 300 + [429] * 2


def test_one_address_cannot_lock_somebody_else_out(browser_of, viewer):
    for _ in range(15):
        browser_of().post("/login", {"email": viewer.email, "password": ""}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    browser = browser_of()

    browser.post("/login", {"email": viewer.email, "password": PASSWORD}, environ_base={"REMOTE_ADDR": "198.51.100.1"})

    assert is_signed_in(browser)


def test_one_network_of_ipv6_is_one_sender(browser_of, viewer):
    statuses = [
        browser_of()
        .post("/login", {"email": f"{n}@example.com"}, environ_base={"REMOTE_ADDR": f"2001:db8::{n:x}"})
        .status_code
        for n in range(12)
    ]

    assert statuses == [422] * 10 + [429] * 2


def test_a_cookie_that_claims_to_be_remembered_upsets_nothing(browser_of):
    response = browser_of().get("/", headers={"Cookie": "remember_token=a|é".encode().decode("latin-1")})

    assert response.status_code == 200


def test_others_sign_in_while_one_is_refused(browser_of, viewer, author):
    for _ in range(11):
        browser_of().post("/login", {"email": viewer.email, "password": ""}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    browser = browser_of()

    sign_in(browser, author)

    assert is_signed_in(browser)


def test_looking_at_the_form_is_not_an_attempt(browser_of):
    browser = browser_of()

    assert {browser.get("/login").status_code for _ in range(15)} == {200}


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser_of, viewer):
    cookie = cookie_of(sign_in(browser_of(), viewer))

    assert "; HttpOnly" in cookie
    assert "; SameSite=Lax" in cookie
    assert "; Path=/" in cookie
    assert "; Secure" not in cookie


def test_over_tls_the_session_cookie_is_secure_and_the_site_says_to_stay_there(browser_of):
    response = browser_of().get("/login", base_url="https://localhost")

    assert "; Secure" in cookie_of(response)
    assert "max-age=" in response.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(("hops", "is_secure"), [("1", True), ("0", False)], ids=["trusted", "not trusted"])
def test_a_proxy_in_front_is_believed_only_where_it_is_trusted(another_app, viewer, hops, is_secure):
    behind = another_app(GOLDSET_TRUSTED_PROXIES=hops)

    response = Person(behind).get("/login", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})

    assert ("; Secure" in cookie_of(response)) is is_secure
    assert ("Strict-Transport-Security" in response.headers) is is_secure


def test_somebody_who_is_deactivated_is_signed_out_at_once(browser_of, viewer):
    browser = browser_of(viewer)
    assert is_signed_in(browser)

    with writing():
        viewer.is_active = False

    assert not is_signed_in(browser)


@pytest.mark.parametrize("cookie", ["", "garbage", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbb"])
def test_a_forged_cookie_is_nobody(browser_of, cookie):
    browser = browser_of()
    browser.client.set_cookie("goldset_session", cookie)

    assert browser.get("/account").status_code == 302


@pytest.mark.parametrize("tab", ["training-data", "suggestions"])
def test_an_open_page_of_somebody_signed_out_sets_no_cookie(browser_of, skill, tab):
    """It would overwrite the one of somebody who signs in in another window at that moment."""
    browser = browser_of()
    browser.get("/login")

    for path in (f"/skills/a-skill/{tab}/live?viewer=5", "/notifications/live"):
        assert "Set-Cookie" not in browser.get(path, htmx=True).headers

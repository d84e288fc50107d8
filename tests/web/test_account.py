"""One's own name and password."""

import pytest
from sqlalchemy import select

from app.models import AuditRecord, User
from app.services.passwords import is_password
from app.services.transactions import reading
from tests.support.factories import PASSWORD
from tests.support.inspection import find, forms_in, parse, text_of, words_in

NEW = "violet marzipan 4711"


def now(user) -> User:
    reading().refresh(user)
    return user


def actions() -> list[str]:
    return list(reading().scalars(select(AuditRecord.action).order_by(AuditRecord.id)))


def test_the_page_says_who_one_is(browser_of, admin, viewer):
    assert f"You are signed in as {viewer.email}." in browser_of(viewer).get("/account").text
    assert f"You are signed in as {admin.email}, an administrator." in browser_of(admin).get("/account").text


def test_a_new_name_is_shown_everywhere(browser_of, author, skill):
    browser = browser_of(author)

    response = browser.post("/account/name", {"name": "  Ada Renamed "})

    assert (response.status_code, response.location) == (303, "/account")
    assert "Your name is saved." in browser.get("/account").text
    assert "by Ada Renamed" in words_in(browser_of().page("/skills/a-skill"))
    assert actions()[-1] == "user.renamed"


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_that_cannot_be_shown_is_kept_and_refused(browser_of, viewer, name):
    response = browser_of(viewer).post("/account/name", {"name": name})

    assert response.status_code == 422
    page = parse(response.text)
    assert text_of(page, "name-error")
    assert "autofocus" in find(page, "name").attrib
    [form] = [form for form in forms_in(page) if form.action == "/account/name"]
    assert form.fields["name"] == name
    assert now(viewer).name == "Vera Viewer"


def test_a_changed_password_ends_every_other_session(browser_of, viewer):
    here, elsewhere = browser_of(viewer), browser_of(viewer)

    response = here.post("/account/password", {"current_password": PASSWORD, "new_password": NEW})

    assert (response.status_code, response.location) == (303, "/account")
    assert "Your password is changed. Other browsers are signed out." in here.get("/account").text
    assert elsewhere.get("/account").status_code == 302
    assert is_password(NEW, now(viewer).password_hash)
    assert not is_password(PASSWORD, viewer.password_hash)
    assert actions()[-1] == "user.password_changed"


@pytest.mark.parametrize(
    ("current", "new", "field", "sentence"),
    [
        ("wrong", NEW, "current_password", "This is not your present password."),
        ("", NEW, "current_password", "Write your present password."),
        (PASSWORD, "too short", "new_password", "Choose a password of at least 12 characters."),
        (PASSWORD, "x" * 1_001, "new_password", "Choose a password of at most 1,000 characters."),
    ],
)
def test_a_password_that_cannot_be_changed_says_why_and_echoes_nothing(
    browser_of, viewer, current, new, field, sentence
):
    browser = browser_of(viewer)

    response = browser.post("/account/password", {"current_password": current, "new_password": new})

    assert response.status_code == 422
    page = parse(response.text)
    assert text_of(page, f"{field}-error") == sentence
    assert "autofocus" in find(page, field).attrib
    [form] = [form for form in forms_in(page) if form.action == "/account/password"]
    assert (form.fields["current_password"], form.fields["new_password"]) == ("", "")
    assert is_password(PASSWORD, now(viewer).password_hash)
    assert browser.get("/account").status_code == 200


def test_guessing_the_present_password_is_limited(browser_of, viewer):
    browser = browser_of(viewer)
    fields = {"current_password": "", "new_password": NEW}

    statuses = [browser.post("/account/password", fields).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_signed_out_meanwhile_keeps_the_name_but_no_password(browser_of):
    by_name = browser_of().post("/account/name", {"name": "Typed Name"})
    by_password = browser_of().post("/account/password", {"current_password": PASSWORD, "new_password": NEW})

    assert (by_name.status_code, by_password.status_code) == (401, 401)
    assert "Typed Name" in by_name.text
    assert PASSWORD not in by_password.text
    assert NEW not in by_password.text


@pytest.mark.parametrize("path", ["/account/name", "/account/password"])
def test_the_way_back_after_signing_in_is_a_page(browser_of, viewer, path):
    """The sign-in link of a form that was sent signed out leads to a page, not to where only forms go."""
    page = parse(browser_of().post(path, {"name": "Typed"}).text)

    [address] = {link.get("href") for link in page.iter("a") if "new tab" in "".join(link.itertext())}

    response = browser_of(viewer).get(address)
    assert response.status_code == 303
    assert browser_of(viewer).get(response.location).status_code == 200


@pytest.mark.parametrize("path", ["/account/name", "/account/password"])
def test_other_methods_are_not_answered(browser_of, viewer, path):
    assert [browser_of(viewer).ask(method, path).status_code for method in ("GET", "PUT", "DELETE")] == [405] * 3

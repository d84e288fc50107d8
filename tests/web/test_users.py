"""The people pages: administrators add, deactivate and promote; with and without htmx."""

import pytest

from app.models import User
from app.services.transactions import reading
from app.services.users import find_user_by_email
from tests.support.factories import PASSWORD, make_user
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in
from tests.support.tables import dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

PATH = "/admin/users"
VERBS = ("deactivation", "activation", "administrator", "administrator/removal", "password-link")


def row_of(page, user) -> str:
    return words_in(find(page, f"user-{user.id}"))


def link_in(response) -> str:
    return find(parse(response.text), "password-link").get("value")


def test_the_list_says_who_is_what(browser_of, admin, viewer):
    gone = make_user("Gone", is_active=False)

    page = browser_of(admin).page(PATH)

    assert "administrator" in row_of(page, admin)
    assert f"Vera Viewer {viewer.email} added" in row_of(page, viewer)
    assert "deactivated" in row_of(page, gone)
    assert [link.get("aria-current") for link in page.iter("a") if link.get("href") == PATH] == ["page"]


def test_the_list_is_searched_and_paged(browser_of, admin):
    for number in range(7):
        make_user(f"Searched {number}")
    browser = browser_of(admin)

    page = browser.page(f"{PATH}?q=searched")
    [older] = [link.get("href") for link in page.iter("a") if link.get("rel") == "next"]

    assert "q=searched" in older
    assert "Searched 1" in browser.get(older, htmx=True).text
    assert "Searched 6" not in browser.get(older).text
    assert "Nobody’s name or address contains all of “zzz”." in browser.get(f"{PATH}?q=zzz").text


def test_somebody_is_added_and_the_link_is_shown_once(browser_of, admin):
    browser = browser_of(admin)

    response = browser.post(PATH, {"name": " New Person ", "email": "New@example.com", "is_admin": "y"})

    assert response.status_code == 201
    assert response.headers["Cache-Control"] == "no-store"
    link = link_in(response)
    assert link.startswith("http://localhost/set-password/")
    user = find_user_by_email("new@example.com")
    assert (user.name, user.is_admin, user.password_hash) == ("New Person", True, None)
    assert "no password yet" in row_of(browser.page(PATH), user)
    token = link.rpartition("/")[2]
    assert token not in str(dump()) + str(response.headers) + browser.get(PATH).text
    with browser.client.session_transaction() as session:
        assert token not in repr(dict(session))


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"name": "", "email": "a@example.com"}, 422, "name"),
        ({"name": "A", "email": "nobody"}, 422, "email"),
        ({"name": "A", "email": "in use"}, 409, "email"),
    ],
)
def test_who_cannot_be_added_is_said_beside_the_field_and_kept(browser_of, admin, viewer, fields, status, field):
    fields = {**fields, "email": fields["email"].replace("in use", viewer.email.upper())}
    before = dump()

    response = browser_of(admin).post(PATH, fields)

    assert response.status_code == status
    page = parse(response.text)
    assert text_of(page, f"{field}-error")
    assert "autofocus" in find(page, field).attrib
    [form] = [form for form in forms_in(page) if form.action == PATH]
    assert (form.fields["name"], form.fields["email"]) == (fields["name"], fields["email"])
    assert dump() == before


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_somebody_is_deactivated_and_activated_again(browser_of, admin, viewer, htmx):
    browser, theirs = browser_of(admin), browser_of(viewer)
    assert theirs.get("/account").status_code == 200

    response = browser.post(f"{PATH}/{viewer.id}/deactivation", htmx=htmx)

    assert theirs.get("/account").status_code == 302
    if htmx:
        partials = partials_in(response.text)
        assert "deactivated" in words_in(partials[f"#user-{viewer.id}"])
        assert words_in(partials["#messages"]) == "Vera Viewer is deactivated and signed out everywhere."
    else:
        assert (response.status_code, response.location) == (303, f"{PATH}#user-{viewer.id}")
        assert "Vera Viewer is deactivated and signed out everywhere." in browser.get(PATH).text
    browser.post(f"{PATH}/{viewer.id}/activation", htmx=htmx)
    assert theirs.get("/account").status_code == 302, "the old session is back"
    assert browser_of().post("/login", {"email": viewer.email, "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_an_administrator_is_made_and_removed(browser_of, admin, viewer, htmx):
    browser, theirs = browser_of(admin), browser_of(viewer)

    browser.post(f"{PATH}/{viewer.id}/administrator", htmx=htmx)
    assert theirs.get(PATH).status_code == 200
    browser.post(f"{PATH}/{viewer.id}/administrator/removal", htmx=htmx)

    assert theirs.get(PATH).status_code == 403


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_whoever_steps_down_leaves_the_page(browser_of, admin, htmx):
    make_user(is_admin=True)
    browser = browser_of(admin)

    response = browser.post(f"{PATH}/{admin.id}/administrator/removal", htmx=htmx)

    assert (response.headers["HX-Redirect"] if htmx else response.location) == "/"
    assert "Adam Admin is no administrator any more." in browser.get("/").text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_the_last_administrator_and_oneself_stay(browser_of, admin, htmx):
    browser = browser_of(admin)

    last = browser.post(f"{PATH}/{admin.id}/administrator/removal", htmx=htmx)
    oneself = browser.post(f"{PATH}/{admin.id}/deactivation", htmx=htmx)

    assert (last.status_code, oneself.status_code) == (409, 403)
    assert "Adam Admin is the last active administrator. Make somebody else one first." in last.text
    assert "another administrator has to do it" in oneself.text
    assert f"{PATH}/{admin.id}/deactivation" not in browser.get(PATH).text
    look_anew()
    assert (admin.is_admin, admin.is_active) == (True, True)


def test_a_link_is_made_for_somebody_who_is_here(browser_of, admin, viewer):
    response = browser_of(admin).post(f"{PATH}/{viewer.id}/password-link")

    assert response.status_code == 201
    assert "Vera Viewer can set a password" in response.text
    assert browser_of().get(link_in(response).removeprefix("http://localhost")).status_code == 200
    assert browser_of().post("/login", {"email": viewer.email, "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_else_changes_people(browser_of, author, viewer, verb, htmx):
    before = dump()

    assert browser_of(author).post(f"{PATH}/{viewer.id}/{verb}", htmx=htmx).status_code == 403
    assert browser_of().post(f"{PATH}/{viewer.id}/{verb}", htmx=htmx).status_code == 401

    assert dump() == before
    assert PATH not in browser_of(author).get("/").text


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_there_and_other_methods(browser_of, admin, viewer, verb):
    browser = browser_of(admin)

    assert [browser.post(f"{PATH}/{nobody}/{verb}").status_code for nobody in (4711, 2**40)] == [404, 404]
    assert [browser.ask(method, f"{PATH}/{viewer.id}/{verb}").status_code for method in ("GET", "PUT")] == [405, 405]
    assert reading().query(User).count() == 2

"""One's own API keys: `/account/keys`, where a new key is shown once and never again."""

import re

import pytest

from app.domain.api_keys import Scope
from app.models import ApiKey, AuditRecord
from app.services.api_keys import create_api_key, find_api_key, may, note_use, revoke_api_key
from app.services.transactions import reading
from tests.support.inspection import find, words_in
from tests.support.tables import count_rows, dump

pytestmark = pytest.mark.slow

PATH = "/account/keys"
FIELDS = {"name": "laptop", "scopes": ["track", "read"], "days": "30"}
KEY = re.compile(r"goldset_[A-Za-z0-9_-]{43}")


def make(user, name="laptop", **more):
    return create_api_key(user, name=name, scopes=["track"], **more)


def revocation(made):
    return f"{PATH}/{made.api_key.id}/revocation"


def test_at_first_there_are_no_keys_and_reporting_usage_is_chosen(browser_of, viewer):
    page = browser_of(viewer).page(PATH)

    chosen = [scope for scope in Scope if "checked" in find(page, f"scopes-{scope}").attrib]
    assert "You have no keys yet." in words_in(page)
    assert chosen == [Scope.TRACK]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_new_key_is_answered_where_it_is_made_and_works(browser_of, viewer, htmx):
    response = browser_of(viewer).post(PATH, FIELDS, htmx=htmx)

    [key] = KEY.findall(response.text)
    found = find_api_key(key)
    assert response.status_code == 201
    assert "Your key laptop" in response.text
    assert (found.user_id, found.name) == (viewer.id, "laptop")
    assert [may(found, scope) for scope in Scope] == [True, True, False]
    assert (found.expires_at - found.created_at).days == 30


def test_a_key_is_shown_once_and_never_again(browser_of, viewer):
    browser = browser_of(viewer)
    [key] = KEY.findall(browser.post(PATH, FIELDS).text)

    for seen in browser.explore():
        assert key not in seen.response.text
    shown = browser.get(PATH).text
    assert key[:14] in shown
    assert key not in shown
    assert key not in str(browser.client.get_cookie("session"))


def test_the_answer_with_a_key_is_kept_by_no_cache_and_told_to_no_other_site(browser_of, viewer):
    response = browser_of(viewer).post(PATH, FIELDS)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] in ("no-referrer", "same-origin", "strict-origin-when-cross-origin")
    assert KEY.search(response.headers.get("Location", "")) is None


def test_without_days_a_key_has_no_end(browser_of, viewer):
    browser_of(viewer).post(PATH, {**FIELDS, "days": ""})

    assert reading().query(ApiKey).one().expires_at is None


def test_every_key_is_listed_with_what_it_may_and_how_it_stands(browser_of, viewer):
    made = [make(viewer, name) for name in ("used", "revoked", "new")]
    note_use(made[0].api_key)
    revoke_api_key(viewer, api_key_id=made[1].api_key.id)

    page = browser_of(viewer).page(PATH)

    used, revoked, new = (words_in(find(page, f"api-key-{one.api_key.id}")) for one in made)
    assert "last used" in used
    assert ("revoked" in revoked, "Revoke" in revoked) == (True, False)
    assert ("never used" in new, "Revoke" in new) == (True, True)
    assert all("track" in words for words in (used, revoked, new))


def test_everybody_sees_their_own_keys_alone(browser_of, viewer, admin):
    made = make(viewer, "of the viewer")

    assert "of the viewer" not in browser_of(admin).get(PATH).text
    assert find(browser_of(admin).page(PATH), f"api-key-{made.api_key.id}") is None


FAULTY = [
    ({"name": " "}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"scopes": []}, "scopes"),
    ({"scopes": ["track", "admin"]}, "scopes"),
    ({"days": "0"}, "days"),
    ({"days": "3651"}, "days"),
    ({"days": "a week"}, "days"),
    ({"days": "1.5"}, "days"),
    ({"days": "9" * 5_000}, "days"),
]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize(("changed", "field"), FAULTY, ids=lambda value: str(value)[:30])
def test_what_cannot_be_a_key_keeps_what_was_typed_and_says_why(browser_of, viewer, changed, field, htmx):
    response = browser_of(viewer).post(PATH, {**FIELDS, "name": "typed before", **changed}, htmx=htmx)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert field == "name" or 'value="typed before"' in response.text
    assert KEY.search(response.text) is None
    assert count_rows(ApiKey) == 0


def test_what_was_typed_for_the_days_stays_in_its_field(browser_of, viewer):
    response = browser_of(viewer).post(PATH, {**FIELDS, "days": "a week"})

    assert 'value="a week"' in response.text
    assert "whole number" in response.text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_key_is_revoked_for_good(browser_of, viewer, htmx):
    made, browser = make(viewer), browser_of(viewer)

    response = browser.post(revocation(made), htmx=htmx)

    assert response.status_code == (200 if htmx else 303)
    assert find_api_key(made.key) is None
    assert "The key laptop is revoked" in (response.text if htmx else browser.get(PATH).text)


def test_a_key_is_revoked_once(browser_of, viewer):
    made, browser = make(viewer), browser_of(viewer)
    browser.post(revocation(made))
    before = count_rows(AuditRecord)

    response = browser.post(revocation(made))

    assert response.status_code == 409
    assert "This key is revoked already." in response.text
    assert count_rows(AuditRecord) == before


def test_other_peoples_keys_are_not_there(browser_of, viewer, admin):
    made = make(viewer)
    before = dump()

    response = browser_of(admin).post(revocation(made))

    assert response.status_code == 404
    assert dump() == before


@pytest.mark.parametrize("number", ["12345", "2147483648", "99999999999999999999", "0"])
def test_a_key_that_is_not_there_is_not_found(browser_of, viewer, number):
    assert browser_of(viewer).post(f"{PATH}/{number}/revocation").status_code == 404


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_makes_and_revokes_nothing_and_leads_back(browser_of, viewer, htmx):
    made = make(viewer)

    for path in (PATH, revocation(made)):
        response = browser_of().post(path, FIELDS, htmx=htmx)
        assert response.status_code == 401
        assert f'href="/login?next={PATH}"' in response.text

    assert find_api_key(made.key)
    assert count_rows(ApiKey) == 1


def test_the_page_is_for_those_who_are_signed_in(browser_of):
    response = browser_of().get(PATH)

    assert (response.status_code, response.location) == (302, f"/login?next={PATH}")


def test_other_methods_are_not_answered(browser_of, viewer):
    made, browser = make(viewer), browser_of(viewer)

    statuses = [browser.ask(method, PATH).status_code for method in ("PUT", "PATCH", "DELETE")]
    statuses += [browser.ask(method, revocation(made)).status_code for method in ("GET", "PUT", "DELETE")]

    assert statuses == [405] * 6
    assert find_api_key(made.key)


def test_a_name_with_markup_in_it_is_shown_as_it_is(browser_of, viewer):
    make(viewer, "<b>bold</b>")

    page = browser_of(viewer).page(PATH)

    assert "<b>bold</b>" in words_in(page)

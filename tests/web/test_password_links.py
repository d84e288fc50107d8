"""Setting a password by a link: once, and the same words for every link that does not work."""

import logging

import pytest

from app.services.user_administration import Operator, make_password_link
from tests.support.factories import PASSWORD
from tests.support.inspection import find, forms_in, parse, text_of
from tests.support.tables import dump

pytestmark = pytest.mark.slow

NEW = "violet marzipan 4711"


@pytest.fixture
def path(viewer) -> str:
    return f"/set-password/{make_password_link(Operator.COMMAND_LINE, user_id=viewer.id).token}"


def test_the_link_leads_to_a_form_as_often_as_one_looks(browser_of, viewer, path):
    for _ in range(2):
        page = browser_of().page(path)

    assert viewer.email in "".join(page.itertext())
    [form] = [form for form in forms_in(page) if form.action == path]
    assert form.text_fields == ["new_password"]
    assert "autofocus" in find(page, "new_password").attrib


def test_setting_it_signs_in_here_and_out_elsewhere_and_uses_the_link_up(browser_of, viewer, path):
    here, elsewhere = browser_of(), browser_of(viewer)

    response = here.post(path, {"new_password": NEW})

    assert (response.status_code, response.location) == (303, "/")
    front = here.get("/").text
    assert "Your password is set, and you are signed in." in front
    assert viewer.name in front
    assert elsewhere.get("/account").status_code == 302
    assert browser_of().post("/login", {"email": viewer.email, "password": NEW}).status_code == 303
    assert browser_of().post("/login", {"email": viewer.email, "password": PASSWORD}).status_code == 422
    assert here.post(path, {"new_password": NEW}).status_code == 404


def test_somebody_else_who_is_signed_in_becomes_the_links_user(browser_of, admin, viewer, path):
    browser = browser_of(admin)

    browser.post(path, {"new_password": NEW})

    assert f"You are signed in as {viewer.email}." in browser.get("/account").text


@pytest.mark.parametrize("password", ["", "too short", "x" * 1_001])
def test_a_bad_password_is_refused_and_may_be_tried_again(browser_of, path, password):
    browser = browser_of()

    response = browser.post(path, {"new_password": password})

    assert response.status_code == 422
    page = parse(response.text)
    assert text_of(page, "new_password-error").startswith("Choose a password of")
    assert find(page, "new_password").get("value") in (None, "")
    assert browser.post(path, {"new_password": NEW}).status_code == 303


def test_every_link_that_does_not_work_is_answered_alike(browser_of, viewer, path):
    browser_of().post(path, {"new_password": NEW})
    before = dump()

    answers = set()
    for link in (path, "/set-password/unknown", "/set-password/%00", "/set-password/" + "x" * 2_000):
        for response in (browser_of().get(link), browser_of().post(link, {"new_password": NEW})):
            answers.add((response.status_code, response.text))

    [(status, text)] = answers
    assert status == 404
    assert "it was used, it is too old, or it is not complete" in text
    assert dump() == before


def test_guessing_is_limited_as_signing_in_is(browser_of):
    browser = browser_of()

    looked = [browser.get(f"/set-password/guess{number}").status_code for number in range(11)]
    sent = [browser.post(f"/set-password/guess{number}", {"new_password": NEW}).status_code for number in range(11)]

    assert looked == sent == [404] * 10 + [429]


def test_the_token_leaves_by_no_link_no_referrer_no_log_and_no_cookie(browser_of, viewer, path, caplog):
    caplog.set_level(logging.DEBUG)
    token = path.rpartition("/")[2]
    browser = browser_of()

    response = browser.get(path)
    refused = browser.post(path, {"new_password": "short"})
    done = browser.post(path, {"new_password": NEW})
    gone = browser.get(path)

    for answer in (response, refused, done, gone):
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert token not in str(answer.headers)
        links = [link.get("href") for link in parse(answer.text).iter("a")] if answer.status_code != 303 else []
        assert [link for link in links if token in link] == []
    assert token not in caplog.text + str(dump())


def test_other_methods_are_not_answered(browser_of, path):
    assert [browser_of().ask(method, path).status_code for method in ("PUT", "DELETE")] == [405, 405]

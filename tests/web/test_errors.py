"""What people see when something goes wrong: each kind of error as a page, and as a message for htmx."""

import logging

import pytest
from sqlalchemy import text

from app.extensions import db
from tests.support.inspection import parse, partials_in, words_in

TOKEN = "ghp" + "_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb7d"


@pytest.fixture
def broken_database(app):
    """A database without the table of versions; put right again afterwards."""
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE skill_versions RENAME TO skill_versions_away"))
    yield
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE skill_versions_away RENAME TO skill_versions"))
    db.engine.dispose()  # a SQLite connection that saw the table away would miss those that point to it, once


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nothing-here", 404, "Not found"),
        ("/skills/none", 404, "Not found"),
        ("/admin/settings", 403, "Not allowed"),
        ("/logout", 405, "Not possible"),
        ("/?after=x", 422, "Not accepted"),
    ],
)
def test_an_error_is_a_page_with_a_way_on(browser_of, viewer, path, status, title):
    response = browser_of(viewer).get(path)

    assert response.status_code == status
    page = parse(response.text)
    assert [words_in(heading) for heading in page.iter("h1")] == [title]
    assert "All skills" in [words_in(link) for link in page.iter("a")]


@pytest.mark.parametrize(("path", "status"), [("/nothing-here", 404), ("/admin/settings", 403), ("/?after=x", 422)])
def test_an_error_is_a_message_for_htmx(browser_of, viewer, path, status):
    response = browser_of(viewer).get(path, htmx=True)

    assert response.status_code == status
    [(target, message)] = partials_in(response.text).items()
    assert target == "#messages"
    assert words_in(message)


def test_the_address_that_is_not_there_is_not_repeated_unescaped(browser_of, viewer):
    response = browser_of(viewer).get("/skills/<script>alert(1)")

    assert response.status_code == 404
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_fault_shows_no_details_and_is_noted(browser_of, viewer, skill, broken_database, caplog, htmx):
    response = browser_of(viewer).get("/skills/a-skill", htmx=htmx)

    assert response.status_code == 500
    assert "Something went wrong on our side." in response.text
    for detail in ("skill_versions", "SELECT", "Traceback", "sqlalchemy", "Error"):
        assert detail not in response.text
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "skills.show" in record.getMessage()
    assert "skill_versions" in caplog.text


def test_a_database_that_is_gone_altogether_still_gives_a_page(browser_of, viewer, skill):
    browser = browser_of(viewer)
    db.session.rollback()  # lets go of the tables that were read
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE users RENAME TO users_away"))
    try:
        response = browser.get("/skills/a-skill")
    finally:
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE users_away RENAME TO users"))

    assert response.status_code == 500
    assert [words_in(heading) for heading in parse(response.text).iter("h1")] == ["Something went wrong"]


def test_the_next_request_after_a_fault_works(browser_of, viewer, skill, broken_database):
    browser = browser_of(viewer)
    browser.get("/skills/a-skill")

    assert browser.get("/").status_code == 200


def test_the_log_of_a_fault_holds_no_secret(app, browser_of, viewer, caplog, monkeypatch):
    def fail(**_arguments):
        raise RuntimeError(f"could not use {TOKEN} with password=hunter2")

    fail.guard = app.view_functions["account.show"].guard
    monkeypatch.setitem(app.view_functions, "account.show", fail)

    response = browser_of(viewer).get("/account")

    assert response.status_code == 500
    assert "could not use" in caplog.text
    for secret in (TOKEN, "hunter2"):
        assert secret not in caplog.text
        assert secret not in response.text


def test_a_get_that_needs_somebody_leads_to_signing_in_and_back(browser_of):
    response = browser_of().get("/preferences?x=1&y=%26")

    assert response.status_code == 302
    assert response.location == "/login?next=/preferences?x%3D1%26y%3D%2526"


def test_a_form_without_its_token_says_what_to_do(browser_of, viewer):
    response = browser_of(viewer).post("/preferences", token=False)

    assert response.status_code == 400
    assert "reload the page and send it again" in response.text


def test_a_wrong_method_names_the_right_ones(browser_of, viewer):
    response = browser_of(viewer).ask("DELETE", "/preferences")

    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))

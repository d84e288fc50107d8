"""Secrets that somebody types or pastes are nowhere afterwards.

Every HTML form on every page is found by following links, so a form added later is tried without a word here. Each of
its text fields gets one example of every kind of secret that redaction knows.
"""

import html
import itertools
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from app.extensions import db, limiter
from app.jobs.worker import run_job
from app.models import Base, Job
from app.services.skills import get_skill_by_slug
from app.services.transactions import reading
from app.services.votes import cast_vote
from tests.support.canaries import ALL_CANARIES, CANARIES, SECRETS, secrets_in
from tests.support.factories import make_example, make_skill, make_suggestion, make_user, skill_text
from tests.support.inspection import SeenForm, forms_in
from tests.support.person import Person, endpoint_of
from tests.support.versions import frozen

pytestmark = pytest.mark.slow

PARTS = 3
"""Doors clean alike, so of those fields that hold only one secret at a time each gets one in three."""
_numbers = itertools.count(1)


@pytest.fixture
def people(app):
    author = make_user("Ada Author")
    skill = make_skill(author, name="a-skill")
    make_example(skill, "An approved input")
    make_suggestion(skill, suggested_content="A passage", status="accepted")
    make_example(skill, "A pending input", source="usage_capture", status="pending")
    for number in range(2):  # so that the page of versions has the form that compares two
        make_example(skill, f"Frozen {number}")
        frozen(author, skill)
    viewer = make_user()
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")  # so that the form on the page has a choice made
    return {"anonymous": None, "viewer": viewer, "author": author, "administrator": make_user(is_admin=True)}


def forms_of(browser: Person) -> dict[str, SeenForm]:
    """One form of each kind that this person reaches, keyed by the view that answers it."""
    found: dict[str, SeenForm] = {}
    for seen in browser.explore(alike=1):
        for form in forms_in(seen.page):
            endpoint, _ = endpoint_of(browser.app, form.action.partition("?")[0], form.method.upper())
            assert endpoint, f"{seen.path} has a form that leads nowhere: {form.action}"
            found.setdefault(endpoint, form)
    return found


def plausible(field: str) -> str:
    """Return what somebody might type into a field of this name."""
    return f"somebody{next(_numbers)}@example.com" if field == "email" else "Something"


def as_skill_file(shown: str, text: str) -> str:
    """Return the SKILL.md that the editor shows, or one where it shows a blank, with `text` at its end."""
    is_blank = "name: \n" in shown
    return (skill_text(f"skill-of-canaries-{next(_numbers)}") if is_blank else shown) + "\n" + text


def type_in(app, user, form: SeenForm, field: str, text: str) -> int:
    """Send the form with `text` in one field and something plausible in the others; return the answer's status."""
    limiter.reset()
    browser = Person(app, user)
    filled = {name: form.fields[name] or plausible(name) for name in form.text_fields if name != "quality_score"}
    fields = {**form.fields, **filled, field: text}
    if "content" in form.fields:
        fields["content"] = as_skill_file(form.fields["content"], text if field == "content" else "")
    fields.pop("csrf_token", None)
    if form.method == "get":
        return browser.client.get(form.action, query_string=fields, buffered=True).status_code
    status = browser.ask("POST", form.action, fields).status_code
    while run_job():
        pass  # what was asked for is done, with the words in it, and the next may be asked for
    return status


def type_in_what_fits(app, user, form: SeenForm, field: str, texts: Sequence[str]) -> None:
    """Send texts together, or in halves where together they do not fit, down to each by itself."""
    status = type_in(app, user, form, field, "\n\n".join(texts))
    assert status < 500, f"{form.action} answers {status}"
    if status == 422 and len(texts) > 1:
        for half in (texts[: len(texts) // 2], texts[len(texts) // 2 :]):
            type_in_what_fits(app, user, form, field, half)


def batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (texts[at : at + size] for at in range(0, len(texts), size))


def stored() -> str:
    """Everything that the database holds: its rows, and on SQLite the very bytes of its files."""
    with db.engine.connect() as connection:
        rows = [repr(tuple(row)) for table in Base.metadata.sorted_tables for row in connection.execute(select(table))]
    text = "\n".join(rows).replace("\\n", "\n")
    if db.engine.dialect.name == "sqlite":
        path = Path(db.engine.url.database)
        files = [path, path.with_name(path.name + "-wal")]
        text += "".join(file.read_bytes().decode("utf-8", "replace") for file in files if file.exists())
    return text


def shown_to(browser: Person) -> str:
    """Every page this person finds, and the pages for what is not there and what is not allowed."""
    pages = [seen.response.text for seen in browser.explore(alike=1)]
    pages += [browser.ask("GET", path).text for path in ("/nothing-here", "/admin/settings", "/skills/none", "/?q=key")]
    return html.unescape("\n".join(pages))


def test_there_are_canaries():
    assert len(SECRETS) > 20
    assert secrets_in(ALL_CANARIES) == SECRETS


@pytest.mark.parametrize("mistake", ["the password for the e-mail", "both in one field"])
def test_a_password_typed_into_the_email_field_is_nowhere_afterwards(app, people, caplog, mistake):
    caplog.set_level(logging.DEBUG)
    password = "violet-marzipan-4711"
    email = people["viewer"].email
    typed = password if mistake == "the password for the e-mail" else f"{email} {password}"
    browser = Person(app)

    response = browser.post("/login", {"email": typed, "password": "wrong"})

    assert response.status_code == 422
    assert password not in stored()
    assert password not in caplog.text
    with browser.client.session_transaction() as session:
        assert password not in repr(dict(session))
    assert password not in shown_to(Person(app, people["administrator"]))


def test_a_fault_while_secrets_are_sent_does_not_log_them(app, people, caplog):
    caplog.set_level(logging.DEBUG)
    browser = Person(app, people["author"])
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_log RENAME TO audit_log_away")
    try:
        response = browser.post(
            "/skills/a-skill/training-data", {"example_input": ALL_CANARIES, "example_output": "violet-marzipan-4711"}
        )
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE audit_log_away RENAME TO audit_log")

    assert response.status_code == 500
    assert secrets_in(response.text) == []
    assert "A request failed" in caplog.text
    assert secrets_in(caplog.text) == []
    assert "violet-marzipan-4711" not in caplog.text


def test_secrets_typed_into_any_form_are_nowhere_afterwards(app, people, caplog):
    caplog.set_level(logging.DEBUG)
    tried: set[str] = set()
    fields = itertools.count()
    for user in people.values():
        for endpoint, form in forms_of(Person(app, user)).items():
            for field in form.text_fields:
                status = type_in(app, user, form, field, ALL_CANARIES)
                assert status < 500, f"{endpoint} answers {status}"
                # Where all at once do not fit (a name), each by itself may: a part of them in each such field.
                if status == 422 and endpoint not in tried and type_in(app, user, form, field, "Something") != 422:
                    for canaries in batched(CANARIES[next(fields) % PARTS :: PARTS], 8):
                        type_in_what_fits(app, user, form, field, canaries)
            tried.add(endpoint)

    assert {"training_examples.create", "training_examples.update", "account.rename", "sessions.create"} <= tried
    assert {"suggestions.create", "suggestions.update_reply"} <= tried
    assert {"skills.create", "skills.update"} <= tried
    assert get_skill_by_slug("a-skill").version_number > 1, "no SKILL.md was saved, so none was tried"
    assert {"users.create", "users.index", "audit_log.index"} <= tried
    assert {"dataset_versions.freeze", "dataset_versions.compare"} <= tried
    notes = [job.wanted["note"] or "" for job in reading().scalars(select(Job))]
    assert any("_1]" in note for note in notes), "nobody asked for a version with a secret in its note"
    assert {
        "training_examples.create",
        "training_examples.update",
        "account.rename",
        "sessions.create",
        "votes.cast",
    } <= tried
    text = stored()
    assert "[PASSWORD_1]" in text, "nothing was saved, so nothing was tried"
    assert secrets_in(text) == []
    assert secrets_in(caplog.text) == []
    for name, user in people.items():
        assert secrets_in(shown_to(Person(app, user))) == [], f"shown to {name}"

"""No route without a guard, and nothing changes without the CSRF token."""

import io

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.domain.api_keys import Scope
from app.domain.jobs import Kind as JobKind
from app.domain.notifications import Kind
from app.domain.redaction import text_digest
from app.extensions import db, limiter
from app.jobs.worker import run_job
from app.models import Base, User
from app.policies import Action
from app.services.allowed_texts import allow_texts, get_allowed_texts
from app.services.api_keys import create_api_key
from app.services.false_alarms import mark_false_alarm
from app.services.imports import stage_import
from app.services.jobs import enqueue
from app.services.notifications import notify
from app.services.opinions import ask_for_opinion
from app.services.preferences import change_preferences
from app.services.saved_filters import save_filter
from app.services.transactions import reading
from app.services.user_administration import make_password_link
from app.services.votes import cast_vote
from app.web.guards import Open
from tests.support.factories import PASSWORD, capture, make_example, make_skill, make_suggestion, make_user

MACHINES = ("api", "machines")
"""The blueprints that keys open, not sessions; tests/api looks at those."""
OPEN_TO_MACHINES = {"api.openapi", "api.docs", "api.nothing_here"}


def routes_with(app: Flask, method: str) -> list[str]:
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and rule.endpoint.partition(".")[0] not in MACHINES
    )


def everything_stored() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with db.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def undeclared(tmp_path) -> tuple[Flask, list[str]]:
    """A scratch application with a route that declares no guard, and a list of what its view did."""
    done: list[str] = []
    scratch = create_app({"GOLDSET_INSTANCE": str(tmp_path)})
    scratch.add_url_rule("/forgotten", "forgotten", lambda: done.append("ran") or "secret", methods=["GET", "POST"])
    return scratch, done


def test_every_view_declares_its_guard(app):
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not is_guarded(endpoint, view)
    ]

    assert undeclared == []
    assert len(app.view_functions) > 10


def is_guarded(endpoint, view) -> bool:
    if endpoint.partition(".")[0] not in MACHINES:
        return isinstance(getattr(view, "guard", None), Action | Open)
    scopes = getattr(view, "guard", ())
    return endpoint in OPEN_TO_MACHINES if scopes is None else bool(scopes) and set(scopes) <= set(Scope)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_route_without_a_guard_is_closed_to_everybody(undeclared, method):
    scratch, done = undeclared

    response = scratch.test_client().open("/forgotten", method=method)

    assert response.status_code == 500
    assert "secret" not in response.text
    assert done == []


@pytest.mark.parametrize("token", [None, "", "wrong"], ids=["missing", "empty", "wrong"])
def test_nothing_changes_without_the_csrf_token(app, browser_of, token):
    person = make_user(is_admin=True)  # an administrator and author: their guards let them in everywhere
    skill = make_skill(person, name="a-skill")
    example = make_example(skill, "password=[PASSWORD_1]")
    alarm = mark_false_alarm(make_user(), example=example, placeholder="[PASSWORD_1]")
    allow_texts(person, skill_id=skill.id, kinds={text_digest("text"): "password"})
    allowed = get_allowed_texts(skill.id)[0].allowed
    suggestion = make_suggestion(skill)
    other = make_user()
    link = make_password_link(person, user_id=other.id)
    of_another = make_skill(name="of-another")
    notification = notify(Kind.AUTHORSHIP_TAKEN, user_id=person.id, actor=other, skill_id=skill.id)
    cast_vote(person, skill_id=of_another.id, vote_type="thumbs_down")
    captured = capture(of_another, person, "Words of theirs")
    key = create_api_key(person, name="A key", scopes=["track"]).api_key
    asked_by = reading().get_one(User, of_another.author_id)
    asked_about = capture(of_another, make_user(), "Words of somebody else")
    opinion = ask_for_opinion(asked_by, example_id=asked_about.id, email=person.email)
    change_preferences(person, training_data_excluded_skills=frozenset({str(skill.id)}))
    file = io.BytesIO(b'{"input": "New", "output": "1"}')
    kept = save_filter(person, skill_id=skill.id, name="A filter", wanted={"q": "words"})
    imported = stage_import(person, skill_id=skill.id, file=file, file_name="a file")
    run_job()
    job = enqueue(person, JobKind.CHECK_IMPORT, skill_id=skill.id, wanted={})
    fields = {
        "text": "Words",
        "skill": skill.slug,
        "scopes": "read",
        "example_input": "An input",
        "example_output": "An output",
        "revision": "1",
        "category": "other",
        "severity": "important",
        "comment": "A comment of its own",
        "status": "accepted",
        "reply": "A reply",
        "name": "Somebody Else",
        "current_password": PASSWORD,
        "new_password": "another long password",
        "email": person.email,
        "password": PASSWORD,
        "training_data_consent": "y",
        "training_data_capture_enabled": "y",
        "viewing_requires_sign_in": "y",
        "vote_type": "thumbs_up",
        "reason": "A reason",
        "expected_output": "A better output",
        "verb": "approve",
        "up_to": str(example.id),
        "verdict": "approve",
        "note": "A note",
        "seed": "1",
        "validation_percent": "10",
        "test_percent": "10",
        **({} if token is None else {"csrf_token": token}),
    }
    before = everything_stored()
    browser = browser_of(person)
    routes = routes_with(app, "POST")
    assert "/skills/<slug>/training-data" in routes

    answers = {}
    for route in routes:
        limiter.reset()
        slug = of_another.slug if "/vote" in route else skill.slug  # nobody votes on a skill of their own
        path = route.replace("<slug>", slug).replace("<name>", "jsonl").replace("<int:example_id>", str(example.id))
        path = path.replace("<int:user_id>", str(other.id)).replace("<token>", link.token)
        path = path.replace("<int:suggestion_id>", str(suggestion.id)).replace("<int:number>", "1")
        path = path.replace("<int:notification_id>", str(notification.id))
        path = path.replace("<int:api_key_id>", str(key.id)).replace("<int:skill_id>", str(skill.id))
        if path.startswith("/account/contributions"):
            path = path.replace(str(example.id), str(captured.id))
        path = path.replace("<int:opinion_id>", str(opinion.id)).replace("<int:job_id>", str(job.id))
        path = path.replace("<int:alarm_id>", str(alarm.id)).replace("<int:allowed_id>", str(allowed.id))
        path = path.replace("<int:import_id>", str(imported.id)).replace("<int:filter_id>", str(kept.id))
        assert "<" not in path, f"say here what stands for the variable part of {route}"
        answers[route] = browser.post(path, fields, token=False).status_code

    assert answers == dict.fromkeys(routes, 400)
    assert everything_stored() == before
    assert browser.get("/account").status_code == 200, "signed out without the token"


def test_a_token_of_another_session_is_refused(browser_of, author, skill):
    other = browser_of(make_user())
    with other.client.session_transaction() as session:
        session["csrf_token"] = "1" * 40
    browser = browser_of(author)
    before = everything_stored()

    response = browser.post("/account/name", {"name": "Somebody Else", "csrf_token": other.csrf_token()})

    assert response.status_code == 400
    assert everything_stored() == before

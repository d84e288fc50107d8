"""Who may call: keys and their scopes, signatures, and how often. One table has every route and every scope."""

import hashlib
import hmac
import io
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.api.authentication import REPLAY_WINDOW_SECONDS
from app.domain.api_keys import Scope
from app.domain.bulk_changes import Change, Verb
from app.jobs.worker import run_job
from app.models import ApiKey, ExampleChange, Import, UsageEvent
from app.services import clock
from app.services.api_keys import create_api_key, revoke_api_key
from app.services.bulk_changes import begin_change
from app.services.imports import discard_import, stage_import
from app.services.training_example_lists import EVERYTHING
from app.services.transactions import reading
from app.services.user_administration import deactivate
from tests.support.factories import make_example, make_user
from tests.support.machine import Machine, make_key
from tests.support.tables import count_rows, dump
from tests.support.versions import frozen

pytestmark = pytest.mark.slow

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
NOW = 1_795_500_000


def usage(skill_slug="a-skill"):
    return {"skill": skill_slug, "tool_name": "a-tool", "ts": "2026-11-24T09:30:00Z"}


BODIES = {
    "/api/track": usage(),
    "/v1/traces": {"resourceSpans": []},
    "/mcp": PING,
    "/api/v1/skills/a-skill/changes": {"verb": "tag", "tag": "another"},
}

# What each route answers to a key with this one scope.
TABLE = {
    ("POST", "/api/track"): {"track": 200, "read": 403, "write": 403},
    ("POST", "/v1/traces"): {"track": 200, "read": 403, "write": 403},
    ("GET", "/api/v1/skills/<slug>/examples"): {"track": 403, "read": 200, "write": 403},
    ("GET", "/api/v1/skills/<slug>/datasets"): {"track": 403, "read": 200, "write": 403},
    ("GET", "/api/v1/skills/<slug>/datasets/<version>"): {"track": 403, "read": 200, "write": 403},
    ("GET", "/api/v1/skills/<slug>/datasets/<version>/examples"): {"track": 403, "read": 200, "write": 403},
    ("GET", "/api/v1/skills/<slug>/erasures"): {"track": 403, "read": 200, "write": 403},
    ("POST", "/api/v1/skills/<slug>/imports"): {"track": 403, "read": 403, "write": 202},
    ("GET", "/api/v1/skills/<slug>/imports"): {"track": 403, "read": 403, "write": 200},
    ("GET", "/api/v1/skills/<slug>/imports/<int:import_id>"): {"track": 403, "read": 403, "write": 200},
    ("GET", "/api/v1/skills/<slug>/imports/<int:import_id>/rows"): {"track": 403, "read": 403, "write": 200},
    ("POST", "/api/v1/skills/<slug>/imports/<int:import_id>/addition"): {"track": 403, "read": 403, "write": 202},
    ("POST", "/api/v1/skills/<slug>/imports/<int:import_id>/removal"): {"track": 403, "read": 403, "write": 200},
    ("POST", "/api/v1/skills/<slug>/changes"): {"track": 403, "read": 403, "write": 202},
    ("GET", "/api/v1/skills/<slug>/changes/<int:change_id>"): {"track": 403, "read": 403, "write": 200},
    ("POST", "/api/v1/skills/<slug>/changes/<int:change_id>/undo"): {"track": 403, "read": 403, "write": 202},
    ("POST", "/mcp"): {"track": 200, "read": 200, "write": 200},
    ("GET", "/mcp"): {"track": 405, "read": 405, "write": 405},
    ("DELETE", "/mcp"): {"track": 405, "read": 405, "write": 405},
}
CLOSED = list(TABLE)
OPEN = [("GET", "/api/openapi.json"), ("GET", "/api/docs")]


def ask(machine, route, **kwargs):
    method, path = route[0], route[1].replace("<slug>", "a-skill").replace("<version>", "latest")
    if "<int:import_id>" in path:
        path = path.replace("<int:import_id>", str(reading().scalar(select(func.max(Import.id))) or 1))
    if "<int:change_id>" in path:
        path = path.replace("<int:change_id>", str(reading().scalar(select(func.max(ExampleChange.job_id))) or 1))
    if method == "POST":
        return machine.post(path, BODIES.get(path, {"input": "One", "output": "1"}), **kwargs)
    return machine.ask(method, path, **kwargs)


@pytest.fixture
def prepared(author, skill):
    """Put in what the routes name: a version, a change, and an import that is ready, of the skill's author."""
    make_example(skill, "In the version", "An output")
    frozen(author, skill)
    change = Change(Verb.TAG, "a tag")
    run_job(job_id=begin_change(author, skill_id=skill.id, change=change, wanted=EVERYTHING).id)
    file = io.BytesIO(b'{"input": "New", "output": "1"}\n')
    stage_import(author, skill_id=skill.id, file=file, file_name="a file")
    run_job()


def owner_of(route, author, viewer):
    """Return who may do this, where their key may: imports and changes are the author's."""
    return author if is_the_authors(route) else viewer


def is_the_authors(route):
    return "/imports" in route[1] or "/changes" in route[1]


def free_the_way(route, author, skill):
    """End the import that waits, where the route begins another."""
    if route == ("POST", "/api/v1/skills/<slug>/imports"):
        discard_import(author, skill_id=skill.id, import_id=reading().scalar(select(func.max(Import.id))))


def names_of(routes):
    return [" ".join(route) for route in routes]


def test_the_table_has_every_route_that_keys_open(app):
    declared = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if getattr(app.view_functions[rule.endpoint], "guard", None)
        and isinstance(app.view_functions[rule.endpoint].guard, tuple)
    }

    assert declared == set(TABLE)


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("route", CLOSED, ids=names_of(CLOSED))
def test_a_key_opens_what_its_scope_names_and_nothing_else(machine_of, author, viewer, skill, prepared, route, scope):
    free_the_way(route, author, skill)
    answer = ask(machine_of(owner_of(route, author, viewer), scope), route)

    assert answer.status_code == TABLE[route][scope]
    if answer.status_code == 403:
        [needed] = [one for one, status in TABLE[route].items() if status in (200, 202)]
        assert f"with the scope {needed}" in answer.json["detail"]


@pytest.mark.parametrize("route", CLOSED, ids=names_of(CLOSED))
def test_a_key_with_every_scope_opens_every_route(machine_of, author, viewer, skill, prepared, route):
    free_the_way(route, author, skill)
    assert ask(machine_of(owner_of(route, author, viewer), *Scope), route).status_code in (200, 202, 405)


@pytest.mark.parametrize("route", list(filter(is_the_authors, CLOSED)), ids=lambda one: " ".join(one))
def test_nobody_but_the_author_imports_or_changes_whatever_their_key_may(
    machine_of, author, viewer, admin, prepared, route
):
    for somebody in (viewer, admin):
        assert ask(machine_of(somebody, *Scope), route).status_code == (404 if "change_id" in route[1] else 403)


def without_a_key(_app, _viewer):
    return {}


def unknown(_app, _viewer):
    return {"Authorization": "Bearer goldset_" + "x" * 43}


def empty(_app, _viewer):
    return {"Authorization": "Bearer "}


def of_another_kind(_app, viewer):
    return {"Authorization": f"Basic {make_key(viewer)}"}


def without_its_kind(_app, viewer):
    return {"Authorization": make_key(viewer)}


def in_another_header(_app, viewer):
    return {"X-Api-Key": make_key(viewer)}


def its_digest(_app, viewer):
    make_key(viewer)
    return {"Authorization": f"Bearer {reading().query(ApiKey).one().digest}"}


def revoked(_app, viewer):
    made = create_api_key(viewer, name="a program", scopes=["track"])
    revoke_api_key(viewer, api_key_id=made.api_key.id)
    return {"Authorization": f"Bearer {made.key}"}


def expired(_app, viewer):
    with time_machine.travel(clock.now() - timedelta(days=2), tick=False):
        made = create_api_key(viewer, name="a program", scopes=["track"], days=1)
    return {"Authorization": f"Bearer {made.key}"}


def of_somebody_deactivated(_app, viewer):
    key = make_key(viewer)
    deactivate(make_user(is_admin=True), user_id=viewer.id)
    return {"Authorization": f"Bearer {key}"}


NO_KEYS = [
    *(without_a_key, unknown, empty, of_another_kind, without_its_kind, in_another_header, its_digest),
    *(revoked, expired, of_somebody_deactivated),
]


@pytest.mark.parametrize("headers_of", NO_KEYS, ids=lambda one: one.__name__.replace("_", " "))
def test_without_a_key_that_works_nothing_opens(app, viewer, skill, headers_of):
    headers = headers_of(app, viewer)
    before = dump()

    answers = [ask(Machine(app), route, headers=headers) for route in CLOSED]

    assert [answer.status_code for answer in answers] == [401] * len(CLOSED)
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {'Bearer realm="goldset"'}
    assert dump() == before


@pytest.mark.parametrize("route", OPEN, ids=names_of(OPEN))
def test_what_the_api_is_may_be_read_without_a_key(machine_of, route):
    assert ask(machine_of(), route).status_code == 200


@pytest.mark.parametrize("spelling", ["Bearer {}", "bearer {}", "BEARER  {} "])
def test_the_kind_of_key_may_be_spelled_as_http_allows(app, viewer, skill, spelling):
    headers = {"Authorization": spelling.format(make_key(viewer))}

    assert ask(Machine(app), ("POST", "/api/track"), headers=headers).status_code == 200


def test_a_session_opens_no_route_of_the_api(browser_of, viewer, skill):
    client = browser_of(viewer).client

    paths = [(method, re.sub("<int:[a-z_]+>", "1", path)) for method, path in CLOSED]
    answers = [client.open(path, method=method, json=BODIES.get(path)) for method, path in paths]

    assert [answer.status_code for answer in answers] == [401] * len(CLOSED)
    assert count_rows(UsageEvent) == 0


def test_a_key_opens_no_page(app, viewer):
    headers = {"Authorization": f"Bearer {make_key(viewer, *Scope)}"}

    answer = app.test_client().get("/account", headers=headers)

    assert answer.status_code == 302
    assert answer.location.startswith("/login")


def test_the_owner_of_the_key_is_who_used_the_skill(machine_of, viewer, author, skill):
    ask(machine_of(author), ("POST", "/api/track"))
    ask(machine_of(viewer), ("POST", "/api/track"))

    assert [event.user_id for event in reading().query(UsageEvent).order_by(UsageEvent.id)] == [author.id, viewer.id]


def test_use_of_a_key_is_noted_and_refused_use_is_not(machine_of, viewer, skill):
    may, may_not = machine_of(viewer, "track"), machine_of(viewer, "read")
    for machine in (may, may_not):
        ask(machine, ("POST", "/api/track"))

    used, refused = reading().query(ApiKey).order_by(ApiKey.id)
    assert used.last_used_at is not None
    assert refused.last_used_at is None


# Signatures.


def sign(key, body, moment=NOW):
    digest = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


BODY = b'{"skill":"a-skill","tool_name":"a-tool","ts":"2026-11-24T09:30:00Z"}'

SIGNATURES = {
    "right": (lambda key: sign(key, BODY), 200),
    "right, with spaces": (lambda key: sign(key, BODY).replace(",", ", "), 401),
    "as old as it may be": (lambda key: sign(key, BODY, NOW - REPLAY_WINDOW_SECONDS), 200),
    "as early as it may be": (lambda key: sign(key, BODY, NOW + REPLAY_WINDOW_SECONDS), 200),
    "too old": (lambda key: sign(key, BODY, NOW - REPLAY_WINDOW_SECONDS - 1), 401),
    "too early": (lambda key: sign(key, BODY, NOW + REPLAY_WINDOW_SECONDS + 1), 401),
    "of another body": (lambda key: sign(key, BODY + b" "), 401),
    "under another key": (lambda key: sign(key + "x", BODY), 401),
    "with another moment": (lambda key: sign(key, BODY).replace(str(NOW), str(NOW - 1)), 401),
    "without a moment": (lambda key: sign(key, BODY).partition(",")[2], 401),
    "without a digest": (lambda key: f"t={NOW}", 401),
    "cut short": (lambda key: sign(key, BODY)[:-1], 401),
    "in capitals": (lambda key: f"t={NOW},v1=" + sign(key, BODY).rpartition("=")[2].upper(), 401),
    "no words of its own": (lambda key: ",,==,", 401),
    "empty": (lambda key: "", 401),
    "a moment that is no number": (lambda key: sign(key, BODY, "noon"), 401),
    "a moment before all time": (lambda key: sign(key, BODY, -NOW), 401),
    "a moment without end": (lambda key: sign(key, BODY, "9" * 5_000), 401),
    "a moment in other figures": (lambda key: "t=\u0661\u0662,v1=ab", 401),
    "a digest in other letters": (lambda key: f"t={NOW},v1=\u00e4\u00f6", 401),
}


@pytest.mark.parametrize("case", SIGNATURES)
def test_a_signature_that_is_sent_must_be_right_and_fresh(app, viewer, skill, case):
    make, status = SIGNATURES[case]
    key = make_key(viewer)
    signature = make(key).encode().decode("latin-1")

    with time_machine.travel(NOW, tick=False):
        answer = Machine(app, key).post("/api/track", BODY, headers={"X-Goldset-Signature": signature})

    assert answer.status_code == status
    assert count_rows(UsageEvent) == (1 if status == 200 else 0)
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="goldset"'


# How often.


def test_more_calls_than_a_key_may_make_are_told_when_to_come_back(another_app, viewer, skill):
    app = another_app(GOLDSET_API_LIMIT="3 per minute")
    machine = Machine(app, make_key(viewer))

    answers = [ask(machine, ("POST", "/api/track")) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert re.fullmatch(r"[1-9]\d?", answers[-1].headers["Retry-After"])
    assert int(answers[-1].headers["Retry-After"]) <= 60
    assert "Retry-After" in answers[-1].json["detail"]
    assert count_rows(UsageEvent) == 3


def test_who_calls_too_often_is_told_how_long_that_lasts(another_app, viewer, skill):
    machine = Machine(another_app(GOLDSET_API_LIMIT="1 per hour"), make_key(viewer))

    answers = [ask(machine, ("POST", "/api/track")) for _ in range(2)]

    assert 60 < int(answers[-1].headers["Retry-After"]) <= 3600


def test_one_key_that_calls_too_often_keeps_no_other_key_back(another_app, viewer, skill):
    app = another_app(GOLDSET_API_LIMIT="3 per minute")
    busy, quiet = Machine(app, make_key(viewer)), Machine(app, make_key(viewer))
    for _ in range(4):
        busy_answer = ask(busy, ("POST", "/api/track"))

    assert (busy_answer.status_code, ask(quiet, ("POST", "/api/track")).status_code) == (429, 200)


def test_whoever_guesses_keys_is_slowed_down_and_those_with_keys_are_not(another_app, viewer, skill):
    app = another_app(GOLDSET_API_LIMIT="3 per minute")
    guesser, owner = Machine(app, "goldset_guessed"), Machine(app, make_key(viewer))

    answers = [ask(guesser, ("POST", "/api/track")) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert ask(owner, ("POST", "/api/track")).status_code == 200


def test_the_limit_ends_with_its_minute(another_app, viewer, skill):
    app = another_app(GOLDSET_API_LIMIT="1 per minute")
    machine = Machine(app, make_key(viewer))
    statuses = []
    for moment in (NOW, NOW + 1, NOW + 61):
        with time_machine.travel(moment, tick=False):
            statuses.append(ask(machine, ("POST", "/api/track")).status_code)

    assert statuses == [200, 429, 200]

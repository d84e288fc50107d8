"""`goldset keys`: a key is printed once, by itself, and belongs to whose address was given."""

from datetime import timedelta

import pytest
import time_machine

from app.cli import cli
from app.domain.api_keys import Scope
from app.models import ApiKey
from app.services import clock
from app.services.api_keys import create_api_key, find_api_key, may, note_use, revoke_api_key
from app.services.transactions import reading
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew


def run(app, *words):
    result = app.test_cli_runner().invoke(cli, ["keys", *words])
    look_anew()
    return result


def create(app, user, *options):
    return run(app, "create", "--email", user.email, "--name", "nightly job", *options)


def test_a_key_is_printed_by_itself_and_what_is_to_be_known_beside_it(app, viewer):
    result = create(app, viewer)

    key = result.stdout.removesuffix("\n")
    found = find_api_key(key)
    assert (result.exit_code, found.user_id, found.name) == (0, viewer.id, "nightly job")
    assert [may(found, scope) for scope in Scope] == [True, False, False]
    assert found.expires_at is None
    assert result.stderr == f"Key {found.id} may track. It is shown now and never again.\n"


def test_a_key_may_what_its_options_say_for_as_long(app, viewer):
    result = create(app, viewer, "--scope", "write", "--scope", "read", "--days", "7")

    found = find_api_key(result.stdout.strip())
    assert [may(found, scope) for scope in Scope] == [False, True, True]
    assert found.expires_at - found.created_at == timedelta(days=7)


def test_the_audit_log_says_that_nobody_at_a_browser_did_it(app, viewer):
    key = create(app, viewer).stdout.strip()
    created = last_audit_record()
    run(app, "revoke", "--email", viewer.email, "--id", str(find_api_key(key).id))

    revoked = last_audit_record()
    assert [(one.action, one.actor_id) for one in (created, revoked)] == [
        ("api_key.created", None),
        ("api_key.revoked", None),
    ]
    assert created.details["user_id"] == revoked.details["user_id"] == viewer.id


def test_the_printed_key_is_stored_nowhere(app, viewer):
    key = create(app, viewer).stdout.strip()

    assert key not in str(dump())


def test_keys_are_listed_with_how_they_stand_and_without_what_opens_anything(app, viewer, author):
    with time_machine.travel(clock.now() - timedelta(days=9), tick=False):
        expired = create_api_key(viewer, name="expired", scopes=["track"], days=1)
    revoked = create_api_key(viewer, name="Esc \x1b[31m", scopes=["read"])
    works = create_api_key(viewer, name="works", scopes=["track", "write"])
    create_api_key(author, name="another's", scopes=["track"])
    revoke_api_key(viewer, api_key_id=revoked.api_key.id)
    note_use(works.api_key)
    used = reading().get_one(ApiKey, works.api_key.id, populate_existing=True).last_used_at

    result = run(app, "list", "--email", viewer.email)

    assert [line.split("\t") for line in result.output.splitlines()] == [
        [
            str(works.api_key.id),
            f"{works.key[:14]}...",
            "track write",
            "works",
            f"{used:%Y-%m-%dT%H:%M:%S}+00:00",
            "works",
        ],
        [str(revoked.api_key.id), f"{revoked.key[:14]}...", "read", "revoked", "never used", "Esc ?[31m"],
        [str(expired.api_key.id), f"{expired.key[:14]}...", "track", "expired", "never used", "expired"],
    ]


def test_somebody_without_keys_has_an_empty_list(app, viewer):
    assert run(app, "list", "--email", viewer.email).output == ""


def test_a_key_is_revoked_by_its_number(app, viewer):
    made, other = (create_api_key(viewer, name="laptop", scopes=["track"]) for _ in range(2))

    result = run(app, "revoke", "--email", viewer.email, "--id", str(made.api_key.id))

    assert result.output == f"The key {made.key[:14]}... is revoked.\n"
    assert find_api_key(made.key) is None
    assert find_api_key(other.key)


def test_the_key_of_another_is_not_there(app, viewer, author):
    made = create_api_key(viewer, name="laptop", scopes=["track"])

    result = run(app, "revoke", "--email", author.email, "--id", str(made.api_key.id))

    assert str(result.exception) == f"There is no API key with the number {made.api_key.id}."
    assert find_api_key(made.key)


@pytest.mark.parametrize("number", ["12345", "0", "-1", "99999999999999999999"])
def test_a_key_that_is_not_there_ends_with_a_sentence(app, viewer, number):
    result = run(app, "revoke", "--email", viewer.email, "--id", number)

    assert result.exit_code != 0
    assert str(result.exception) == f"There is no API key with the number {number}."


def test_a_key_that_is_revoked_already_ends_with_a_sentence(app, viewer):
    made = create_api_key(viewer, name="laptop", scopes=["track"])
    revoke_api_key(viewer, api_key_id=made.api_key.id)

    result = run(app, "revoke", "--email", viewer.email, "--id", str(made.api_key.id))

    assert str(result.exception) == "This key is revoked already."


@pytest.mark.parametrize(
    "command", [["create", "--name", "laptop"], ["list"], ["revoke", "--id", "1"]], ids=lambda command: command[0]
)
def test_nobody_has_this_address(app, command):
    result = run(app, command[0], "--email", "nobody@example.com", *command[1:])

    assert result.exit_code != 0
    assert str(result.exception) == "There is no user with the address nobody@example.com."


@pytest.mark.parametrize(
    "options",
    [
        ["--name", " "],
        ["--name", "x" * 201],
        ["--days", "0"],
        ["--days", "week"],
        ["--scope", "admin"],
        ["--days", "4000"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_a_key_makes_none_and_prints_none(app, viewer, options):
    result = create(app, viewer, *options)

    assert result.exit_code != 0
    assert "goldset_" not in result.stdout
    assert count_rows(ApiKey) == 0

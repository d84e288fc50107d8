"""API keys: shown once, found by digest while they work, and nobody's but their owner's."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.domain.api_keys import Scope, digest_of
from app.domain.errors import Conflict, Invalid, NotFound, SignInRequired
from app.models import ApiKey, AuditRecord
from app.services import api_keys as service
from app.services.transactions import reading
from app.services.user_administration import activate, deactivate
from tests.support.factories import make_user
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def make_key(user, name="laptop", scopes=("track",), days=None):
    return service.create_api_key(user, name=name, scopes=scopes, days=days)


def last_used(api_key):
    look_anew()
    return reading().get_one(ApiKey, api_key.id).last_used_at


def test_a_new_key_is_found_with_its_owner_and_may_what_it_was_made_for(viewer):
    made = make_key(viewer, scopes=["write", "track"])
    look_anew()

    found = service.find_api_key(made.key)

    assert (found.id, found.user.id, found.user.name) == (made.api_key.id, viewer.id, "Vera Viewer")
    assert [service.may(found, scope) for scope in Scope] == [True, False, True]


def test_only_the_digest_of_a_key_is_stored(viewer):
    made = make_key(viewer)

    everything = str(dump())
    assert digest_of(made.key) in everything
    assert made.key not in everything
    assert made.key[len(made.api_key.prefix) :] not in everything


def test_a_key_is_not_in_what_python_shows_of_it(viewer):
    made = make_key(viewer)

    assert made.key not in f"{made!r} {made}"
    assert made.api_key.prefix in repr(made)


def test_the_name_is_stored_without_the_space_around_it_and_without_secrets(viewer):
    make_key(viewer, name="  laptop, password=hunter2!x ")
    look_anew()

    [kept] = service.get_api_keys(viewer)
    assert kept.name == "laptop, password=[PASSWORD_1]"


def test_a_key_works_until_it_expires(viewer):
    with time_machine.travel(NOON, tick=False):
        made = make_key(viewer, days=30)
    assert made.api_key.expires_at == NOON + timedelta(days=30)

    with time_machine.travel(made.api_key.expires_at - timedelta(microseconds=1), tick=False):
        assert service.find_api_key(made.key)
    with time_machine.travel(made.api_key.expires_at, tick=False):
        assert service.find_api_key(made.key) is None


def test_a_key_without_an_end_works_after_years(viewer):
    made = make_key(viewer)

    with time_machine.travel(NOON + timedelta(days=10_000), tick=False):
        assert service.find_api_key(made.key)


@pytest.mark.parametrize(
    "change",
    [
        lambda key: "",
        lambda key: "goldset_",
        lambda key: key[:-1],
        lambda key: key + "x",
        lambda key: f" {key}",
        lambda key: key.upper(),
        lambda key: key.removeprefix("goldset_"),
        lambda key: key[:14],
        lambda key: digest_of(key),
        lambda key: "goldset_\ud800",
        lambda key: "goldset_\x00",
        lambda key: "goldset_" + "x" * 100_000,
    ],
    ids=[
        *("nothing", "only the mark", "one letter less", "one letter more", "a space before", "in capitals"),
        *("without the mark", "its beginning", "its digest", "half a character", "a zero", "very long"),
    ],
)
def test_what_is_not_exactly_a_key_is_not_found(viewer, change):
    made = make_key(viewer)

    assert service.find_api_key(change(made.key)) is None
    assert service.find_api_key(made.key)


def test_a_revoked_key_is_not_found_and_the_others_are(viewer):
    revoked, other = make_key(viewer), make_key(viewer)
    with time_machine.travel(NOON, tick=False):
        service.revoke_api_key(viewer, api_key_id=revoked.api_key.id)
    look_anew()

    assert service.find_api_key(revoked.key) is None
    assert service.find_api_key(other.key)
    assert reading().get_one(ApiKey, revoked.api_key.id).revoked_at == NOON


def test_the_keys_of_somebody_deactivated_work_again_only_when_they_do(viewer, admin):
    made = make_key(viewer)

    deactivate(admin, user_id=viewer.id)
    look_anew()
    assert service.find_api_key(made.key) is None

    activate(admin, user_id=viewer.id)
    look_anew()
    assert service.find_api_key(made.key)


def test_use_is_noted_to_the_minute(viewer):
    api_key = make_key(viewer).api_key
    assert last_used(api_key) is None
    noted = []
    for seconds in (0, 1, 59.999, 60, 119, 121):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            service.note_use(reading().get_one(ApiKey, api_key.id))
            noted.append((last_used(api_key) - NOON).total_seconds())

    assert noted == [0, 0, 0, 60, 60, 121]


def test_the_use_of_one_key_is_not_the_use_of_another(viewer):
    used, unused = make_key(viewer).api_key, make_key(viewer).api_key

    service.note_use(used)

    assert last_used(used) is not None
    assert last_used(unused) is None


def test_use_within_the_minute_writes_nothing(viewer, statements):
    api_key = make_key(viewer).api_key
    service.note_use(api_key)
    look_anew()
    api_key = reading().get_one(ApiKey, api_key.id)
    statements.clear()

    service.note_use(api_key)

    assert not statements


def test_everybody_sees_their_own_keys_newest_first_whatever_became_of_them(viewer, author):
    with time_machine.travel(NOON - timedelta(days=9), tick=False):
        expired = make_key(viewer, "expired", days=1)
    revoked, works = make_key(viewer, "revoked"), make_key(viewer, "works")
    make_key(author, "another's")
    service.revoke_api_key(viewer, api_key_id=revoked.api_key.id)

    seen = service.get_api_keys(viewer)

    assert [key.id for key in seen] == [works.api_key.id, revoked.api_key.id, expired.api_key.id]


def test_nobody_revokes_the_key_of_another_not_even_an_administrator(viewer, admin):
    made = make_key(viewer)
    before = dump()

    with pytest.raises(NotFound):
        service.revoke_api_key(admin, api_key_id=made.api_key.id)

    assert dump() == before
    assert service.find_api_key(made.key)


@pytest.mark.parametrize("number", [0, -1, 12_345, 2**31, 2**70])
def test_a_key_that_is_not_there_cannot_be_revoked(viewer, number):
    with pytest.raises(NotFound, match=f"no API key with the number {number}"):
        service.revoke_api_key(viewer, api_key_id=number)


def test_a_key_is_revoked_once(viewer):
    made = make_key(viewer)
    service.revoke_api_key(viewer, api_key_id=made.api_key.id)
    before = dump()

    with pytest.raises(Conflict, match="revoked already"):
        service.revoke_api_key(viewer, api_key_id=made.api_key.id)

    assert dump() == before


def test_making_and_revoking_are_audited_without_the_key(viewer):
    made = make_key(viewer, "A telling name", scopes=["read", "track"], days=7)
    created = last_audit_record()
    service.revoke_api_key(viewer, api_key_id=made.api_key.id)
    revoked = last_audit_record()

    assert (created.action, created.actor_id, created.subject_id) == ("api_key.created", viewer.id, made.api_key.id)
    assert created.details == {"user_id": viewer.id, "scopes": "track read", "days": 7}
    assert (revoked.action, revoked.actor_id) == ("api_key.revoked", viewer.id)
    assert count_rows(AuditRecord) == 2
    assert made.key[:14] not in f"{created.details} {revoked.details}"


def test_the_audit_log_tells_when_the_command_line_did_it(viewer):
    made = service.create_api_key(viewer, name="laptop", scopes=["track"], by_operator=True)
    created = last_audit_record()
    service.revoke_api_key(viewer, api_key_id=made.api_key.id, by_operator=True)

    assert (created.actor_id, created.details["user_id"]) == (None, viewer.id)
    assert last_audit_record().actor_id is None


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("name", "\x00"), ("scopes", []), ("scopes", ["admin"]), ("days", 0)]
)
def test_what_cannot_be_a_key_is_refused_and_nothing_is_stored(viewer, field, value):
    with pytest.raises(Invalid) as refused:
        service.create_api_key(viewer, **{"name": "laptop", "scopes": ["track"], "days": None, field: value})

    assert list(refused.value.errors) == [field]
    assert count_rows(ApiKey) == count_rows(AuditRecord) == 0


def test_nobody_makes_sees_or_revokes_keys_without_signing_in(app):
    made = make_key(make_user())

    for call in (
        lambda: make_key(None),
        lambda: service.get_api_keys(None),
        lambda: service.revoke_api_key(None, api_key_id=made.api_key.id),
    ):
        with pytest.raises(SignInRequired):
            call()

    assert count_rows(ApiKey) == 1

"""API keys: what one looks like, what is kept of it, what it may do."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from app.domain.api_keys import (
    ALL_SCOPES,
    MAX_DAYS,
    MEANINGS,
    NAME_MAX_CHARACTERS,
    PREFIX_CHARACTERS,
    Scope,
    digest_of,
    expiry,
    new_key,
    problems_with_key,
    scopes_from_stored,
    scopes_to_stored,
)
from app.domain.redaction import sanitize_object, sanitize_payload

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVERY_SET = [chosen for size in range(1, len(Scope) + 1) for chosen in combinations(Scope, size)]


def problems(**changed):
    return problems_with_key(**{"name": "laptop", "scopes": ["track"], "days": None, **changed})


def test_a_key_says_whose_it_is_and_holds_256_random_bits():
    keys = {new_key().key for _ in range(200)}

    assert len(keys) == 200
    assert all(re.fullmatch(r"goldset_[A-Za-z0-9_-]{43}", key) for key in keys)


def test_what_is_kept_of_a_key_is_its_digest_and_a_beginning_that_tells_keys_apart():
    key, prefix, digest = new_key()

    assert digest == digest_of(key) == hashlib.sha256(key.encode()).hexdigest()
    assert key.startswith(prefix)
    assert len(prefix) == PREFIX_CHARACTERS == len("goldset_") + 6


def test_anything_has_a_digest_and_different_keys_have_different_ones():
    assert len({digest_of(key) for key in ("", "goldset_", "goldset_\ud800", "goldset_ä")}) == 4


@pytest.mark.parametrize("scopes", EVERY_SET, ids=" ".join)
def test_scopes_come_back_as_they_were_stored_in_whatever_order_they_were_given(scopes):
    stored = scopes_to_stored(reversed(scopes))

    assert scopes_from_stored(stored) == scopes
    assert stored in ALL_SCOPES


def test_the_database_is_told_every_set_of_scopes_once():
    assert sorted(ALL_SCOPES) == sorted(" ".join(scopes) for scopes in EVERY_SET)


def test_every_scope_has_a_meaning():
    assert set(MEANINGS) == set(Scope)


@pytest.mark.parametrize(
    "fine",
    [
        {},
        {"name": "x" * NAME_MAX_CHARACTERS},
        {"scopes": ["write", "track", "read"]},
        {"scopes": iter(["read"])},
        {"days": 1},
        {"days": MAX_DAYS},
    ],
)
def test_what_can_be_a_key_has_no_problems(fine):
    assert problems(**fine) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \n"),
        ("name", "x" * (NAME_MAX_CHARACTERS + 1)),
        ("name", "\x00"),
        ("name", "\ud800"),
        ("scopes", []),
        ("scopes", ["admin"]),
        ("scopes", ["track", "admin"]),
        ("scopes", ["TRACK"]),
        ("days", 0),
        ("days", -1),
        ("days", MAX_DAYS + 1),
    ],
)
def test_every_fault_is_named_by_its_field(field, value):
    assert list(problems(**{field: value})) == [field]


def test_all_faults_are_told_at_once():
    assert list(problems(name="", scopes=[], days=0)) == ["name", "scopes", "days"]


def test_a_key_expires_after_its_days_or_never():
    assert expiry(30, now=NOW) == NOW + timedelta(days=30)
    assert expiry(None, now=NOW) is None


@pytest.mark.parametrize(
    "text", ["{}", "curl -H 'Authorization: Bearer {}' https://goldset.example.com", "my key ({}) does not work"]
)
def test_a_fresh_key_in_a_text_is_taken_out_of_it(text):
    for _ in range(50):
        key = new_key().key
        result = sanitize_payload(text.format(key))

        assert key[PREFIX_CHARACTERS:] not in result.sanitized
        assert result.secrets_found


def test_a_fresh_key_in_an_object_is_taken_out_of_it_wherever_it_stands():
    key = new_key().key

    result = sanitize_object({"input": f"Use {key}", "more": [{"deep": key}, {key: "as a name"}]})

    assert key[PREFIX_CHARACTERS:] not in str(result.sanitized)
    assert len(set(re.findall(r"\[[A-Z_]+_\d+\]", str(result.sanitized)))) == 1

"""People: added, found, signed in and out, and never with a password that can be read anywhere."""

import pytest

from app.domain.errors import Duplicate, Invalid, SignInRequired
from app.models import User
from app.services import users as service
from app.services.transactions import reading
from tests.support.factories import PASSWORD, make_user
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew, run_together

NEW_PASSWORD = "another good password"


def create(email="New@Example.COM ", name=" New Person ", password=NEW_PASSWORD, **rest):
    return service.create_user(email=email, name=name, password=password, **rest)


def test_a_new_user_can_sign_in(app):
    user = create()

    look_anew()
    assert (user.email, user.name, user.is_admin, user.is_active) == ("new@example.com", "New Person", False, True)
    assert service.find_user_by_password(email="NEW@example.com", password=NEW_PASSWORD).id == user.id
    assert (last_audit_record().action, last_audit_record().details) == ("user.created", {"is_admin": False})
    assert last_audit_record().actor_id is None


def test_an_administrator_is_made_on_purpose_and_it_is_known_by_whom(admin):
    user = create(is_admin=True, created_by=admin.id)

    assert user.is_admin
    assert (last_audit_record().actor_id, last_audit_record().details) == (admin.id, {"is_admin": True})


def test_the_password_is_stored_as_an_argon2id_hash_only(app):
    user = create()

    assert user.password_hash.startswith("$argon2id$")
    assert NEW_PASSWORD not in str(dump())
    assert create(email="b@example.com").password_hash != user.password_hash


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("email", ""),
        ("email", "a\x00b@example.com"),
        ("email", "\ud800@example.com"),
        ("name", " "),
        ("name", "x" * 101),
        ("name", "\x00"),
        ("password", "eleven char"),
        ("password", "x" * 1_001),
        ("password", "long enough \ud800"),
    ],
)
def test_what_cannot_be_a_user_is_refused_beside_its_field(app, field, value):
    with pytest.raises(Invalid) as refused:
        create(**{field: value})

    assert list(refused.value.errors) == [field]
    assert count_rows(User) == 0


def test_an_address_in_use_however_it_is_written_names_the_user_who_has_it(app):
    first = create()

    with pytest.raises(Duplicate) as refused:
        create(email="  NEW@EXAMPLE.com")

    assert refused.value.existing_id == first.id
    assert count_rows(User) == 1


def test_the_same_address_from_two_at_once_is_one_user(app):
    results = run_together(app, [create] * 3)

    assert sorted(type(result).__name__ for result in results) in (
        ["Conflict", "Conflict", "User"],
        ["Conflict", "Duplicate", "User"],
        ["Duplicate", "Duplicate", "User"],
    )
    assert count_rows(User) == 1


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", ""),
        ("nobody@example.com", PASSWORD),
        ("a\x00b", PASSWORD),
        ("x" * 10_000, PASSWORD),
        (None, "wrong"),
        (None, ""),
        (None, PASSWORD + "\x00"),
        (None, PASSWORD + " "),
        (None, PASSWORD.upper()),
    ],
)
def test_a_wrong_address_or_password_finds_nobody(viewer, email, password):
    assert service.find_user_by_password(email=viewer.email if email is None else email, password=password) is None


def test_somebody_who_was_switched_off_cannot_sign_in_and_has_no_session(app):
    user = make_user(is_active=False)

    assert service.find_user_by_password(email=user.email, password=PASSWORD) is None
    assert service.find_user_by_session_token(user.session_token) is None


def test_a_user_without_a_password_cannot_sign_in(viewer):
    viewer.password_hash = None
    reading().commit()

    for password in ("", PASSWORD, "nobody has this password"):
        assert service.find_user_by_password(email=viewer.email, password=password) is None


def test_a_session_token_finds_its_user_and_no_other_text_does(viewer):
    assert service.find_user_by_session_token(viewer.session_token).id == viewer.id
    for token in ("", viewer.session_token[:-1], viewer.session_token.swapcase(), "a\x00b"):
        assert service.find_user_by_session_token(token) is None


def test_people_rename_themselves(viewer):
    service.rename(viewer, name="  Vera V. \N{SMILING FACE WITH SUNGLASSES} ")

    look_anew()
    assert viewer.name == "Vera V. \N{SMILING FACE WITH SUNGLASSES}"
    assert (last_audit_record().action, last_audit_record().details) == ("user.renamed", {})
    for name in ("", "x" * 101, "\x00"):
        with pytest.raises(Invalid):
            service.rename(viewer, name=name)
    with pytest.raises(SignInRequired):
        service.rename(None, name="Nobody")


def test_a_changed_password_ends_every_session(viewer):
    token = viewer.session_token

    service.change_password(viewer, current_password=PASSWORD, new_password=NEW_PASSWORD)

    look_anew()
    assert service.find_user_by_session_token(token) is None
    assert service.find_user_by_password(email=viewer.email, password=PASSWORD) is None
    assert service.find_user_by_password(email=viewer.email, password=NEW_PASSWORD).id == viewer.id
    assert (last_audit_record().action, last_audit_record().details) == ("user.password_changed", {})


def test_a_password_is_changed_only_with_the_present_one_and_into_a_good_one(viewer):
    before = (viewer.password_hash, viewer.session_token)

    with pytest.raises(Invalid) as refused:
        service.change_password(viewer, current_password="wrong", new_password="short")
    with pytest.raises(SignInRequired):
        service.change_password(None, current_password="", new_password=NEW_PASSWORD)

    look_anew()
    assert set(refused.value.errors) == {"current_password", "new_password"}
    assert (viewer.password_hash, viewer.session_token) == before

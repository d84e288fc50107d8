import pytest

from app.domain.users import (
    normalise_email,
    problem_with_email,
    problem_with_name,
    problem_with_password,
    problems_with_user,
)


@pytest.mark.parametrize("email", ["ana@example.com", " Ana@Example.COM ", "a+b.c-d@x.y.example", "ünï@exämple.com"])
def test_an_address_is_accepted_and_normalised(email):
    assert problem_with_email(email) is None
    assert normalise_email(email) == email.strip().lower()


@pytest.mark.parametrize(
    "email",
    [
        *("", "ana", "@example.com", "ana@", "ana@example", "ana@example.", "a b@example.com", "a@b@example.com"),
        *("a\x00@example.com", "a\n@example.com", "https://ana:pw@example.com", "x" * 65 + "@example.com"),
        *("a@" + "x" * 250 + ".com", "\ud800@example.com"),
    ],
)
def test_what_is_no_address_is_refused(email):
    assert problem_with_email(email)


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("Ana", True),
        ("x" * 100, True),
        ("\u6771", True),
        ("", False),
        ("  ", False),
        ("x" * 101, False),
        ("a\x00", False),
    ],
)
def test_a_name_has_letters_and_an_end(name, is_good):
    assert (problem_with_name(name) is None) == is_good


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        *(("x" * 12, True), ("x" * 1_000, True), (" " * 12, True), ("x" * 11, False), ("x" * 1_001, False)),
        *(("long enough \x00", False), ("long enough \ud800", False)),
    ],
)
def test_a_password_is_judged_by_its_length_alone(password, is_good):
    assert (problem_with_password(password) is None) == is_good


def test_every_faulty_field_is_named():
    assert problems_with_user(email="", name="").keys() == {"email", "name"}
    assert problems_with_user(email="a@b.example", name="A") == {}

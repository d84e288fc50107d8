"""What makes a user's name, e-mail address and password acceptable."""

import re

from app.domain.text import problem_with_characters, problem_with_text

EMAIL_MAX_CHARACTERS = 254
NAME_MAX_CHARACTERS = 100
PASSWORD_MIN_CHARACTERS = 12
PASSWORD_MAX_CHARACTERS = 1_000

_EMAIL = re.compile(r"[^@\s\x00-\x1f:/\\]{1,64}@[^@\s\x00-\x1f:/\\]+\.[^@\s\x00-\x1f:/\\.]+")


def normalise_email(email: str) -> str:
    """Return the form of an address that is stored and compared: trimmed and in lower case."""
    return email.strip().lower()


def problems_with_user(*, email: str, name: str) -> dict[str, str]:
    """Return one sentence per faulty field, keyed by the field's name."""
    found = {"email": problem_with_email(email), "name": problem_with_name(name)}
    return {field: problem for field, problem in found.items() if problem}


def problem_with_email(email: str) -> str | None:
    """Return why `email` is no address, or None. Only the shape is checked: somebody@some.where."""
    address = normalise_email(email)
    if len(address) > EMAIL_MAX_CHARACTERS or not _EMAIL.fullmatch(address):
        return "Write an e-mail address such as ana@example.com."
    return problem_with_characters(address, what="e-mail address")


def problem_with_name(name: str) -> str | None:
    """Return why `name` cannot be shown as a person's name, or None."""
    return problem_with_text(name, what="name", max_characters=NAME_MAX_CHARACTERS)


def problem_with_password(password: str) -> str | None:
    """Return why `password` is too weak or too long, or None.

    Length is the rule, as NIST SP 800-63B (section 3.1.1.2) advises; no composition rules.
    """
    if len(password) < PASSWORD_MIN_CHARACTERS:
        return f"Choose a password of at least {PASSWORD_MIN_CHARACTERS} characters."
    if len(password) > PASSWORD_MAX_CHARACTERS:
        return f"Choose a password of at most {PASSWORD_MAX_CHARACTERS:,} characters."
    return problem_with_characters(password, what="password")

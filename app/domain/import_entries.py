"""The entries of a file that somebody wants to import: what each is or what is wrong with it; and refusing a file."""

from typing import NamedTuple, NoReturn

from app.domain.errors import Invalid
from app.domain.formats.layouts import Value
from app.domain.text import problem_with_json


class Entry(NamedTuple):
    """One value of a file and the line it begins in (in JSON that is one whole, its number); or what is wrong.

    What stands in a line that cannot be read is not handed on: torn into such lines, a secret would not be seen.
    """

    line: int
    value: Value | None
    problem: str | None = None


def checked(line: int, value: Value) -> Entry:
    """Return the entry, or say what in it no database holds."""
    problem = problem_with_json(value)
    return Entry(line, None, problem) if problem else Entry(line, value)


def refuse(sentence: str) -> NoReturn:
    """Raise `Invalid` for a file that cannot be read."""
    raise Invalid({"file": sentence})

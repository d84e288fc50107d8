"""Rules for text that people type: what is kept, what is refused, and the sentence that says so."""

import math
from collections.abc import Iterable
from itertools import chain
from typing import Any

DEEPEST = 100
"""Lists and objects in each other: whoever looks into a value later has to come back out of it."""


def normalise_newlines(text: str) -> str:
    """Return `text` with CRLF as LF: browsers send every line break of a form as CRLF. Nothing else changes."""
    return text.replace("\r\n", "\n")


def with_newlines_of(model: str, text: str) -> str:
    """Return `text`, as a browser sent it, with the line ends of `model`: CRLF where all of them are, else LF."""
    text = normalise_newlines(text)
    ends = model.count("\n")
    return text.replace("\n", "\r\n") if ends and model.count("\r\n") == ends else text


def problem_with_text(text: str, *, what: str, max_characters: int, min_characters: int = 1) -> str | None:
    """Return the sentence that says why `text` cannot be stored, or None.

    `what` names the text in that sentence ("input"). Lengths are counted in characters after CRLF became LF.
    """
    if len(text.strip()) < min_characters:
        if not text.strip():
            return f"Write the {what}: it is empty."
        return f"Write at least {min_characters} characters for the {what}."
    return problem_with_optional_text(text, what=what, max_characters=max_characters)


def problem_with_optional_text(text: str, *, what: str, max_characters: int) -> str | None:
    """Like `problem_with_text`, for text that may be empty."""
    length = len(normalise_newlines(text))
    if length > max_characters:
        return f"Shorten the {what}: it has {length:,} characters, and up to {max_characters:,} fit."
    return problem_with_characters(text, what=what)


def is_storable(text: str) -> bool:
    """Return whether a database here can hold `text`; what it cannot hold it cannot be asked for either."""
    return problem_with_characters(text, what="text") is None


def problem_with_characters(text: str, *, what: str) -> str | None:
    """Return the sentence that names a character no database here can hold (NUL, a lone surrogate), or None."""
    if "\x00" in text:
        return f"Remove the NUL character (code 0) from the {what}: the database cannot hold it."
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"Remove character {error.start + 1:,} from the {what}: it is half of a character pair, not text."
    return None


def problem_with_json(value: Any, depth: int = 0) -> str | None:
    """Return the sentence that says what in a JSON value no database holds, or no reader comes out of, or None."""
    if isinstance(value, str):
        return problem_with_characters(value, what="text")
    if isinstance(value, float) and not math.isfinite(value):
        name = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        return f"A number in it is none in JSON ({name}): write another one, or leave it out."
    if depth > DEEPEST:
        return f"This is nested more than {DEEPEST} deep."
    parts: Iterable[Any] = value if isinstance(value, list) else ()
    if isinstance(value, dict):
        parts = chain(value, value.values())
    return next(filter(None, (problem_with_json(part, depth + 1) for part in parts)), None)

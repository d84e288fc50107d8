"""JSON to import: a line for each value, a list of values, or one object that has such a list or is one value.

Lines and the values of a list are read one after the other; an object is held whole. Text that would become very many
small things, which take much more memory than it does, is refused before it is read.
"""

import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from app.domain.formats.layouts import EVALS, UPLOAD, Layout
from app.domain.import_entries import Entry, checked, refuse
from app.domain.imports import guess_reading

MOST_PARTS = 10_000_000
"""Lists, objects and what stands between commas, in one text: some 700 MB of memory at the very most."""
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def read_objects(lines: Iterator[str]) -> Iterator[Entry]:
    """Read JSON Lines, or JSON that is one object, whichever the first line turns out to be."""
    filled = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    (at, first), (then, second) = next(filled), next(filled, (0, ""))
    if _is_json(first) and second:
        yield _entry_of_line(at, first)
        yield from _read_lines(chain([second], lines), start=then)
        return
    whole = "".join(["\n" * (at - 1), first, "\n" * (then - at - 1), second, *lines])
    if _is_json(whole) or not _is_json(second):
        yield from _read_object(whole)
    else:
        yield from _read_lines(io.StringIO(whole, newline="\n"), start=1)


def read_list(text: str) -> Iterator[Entry]:
    """Read JSON that is one list, value by value."""
    _refuse_very_many(text)
    number, at = 0, _after_space(text, _after_space(text, 0) + 1)
    is_over = text.startswith("]", at)
    while not is_over:
        number += 1
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            refuse(f"This is no JSON: {_fault_in(error, text)}.")
        yield _entry_of(number, value)
        at = _after_space(text, at)
        is_over = text.startswith("]", at)
        if not is_over and not text.startswith(",", at):
            refuse(f"This is no JSON: its list does not go on or end after entry {number:,}.")
        if not is_over:
            at = _after_space(text, at + 1)
    if text[_after_space(text, at + 1) :]:
        refuse("This is no JSON: something stands behind the end of its list.")


def _read_object(text: str) -> Iterator[Entry]:
    try:
        body = _load(text)
    except (ValueError, RecursionError) as error:
        refuse(f"This is no JSON: {_fault_in(error, text)}.")
    for number, value in enumerate(_listed(body, text), start=1):
        yield _entry_of(number, value)


def _listed(body: Any, text: str) -> Iterable[Any]:
    """Return the values of JSON that is one object: a list in it, or the object itself where it is a row."""
    layout: Layout | None = EVALS if "evals" in body else UPLOAD if isinstance(body.get("inputs"), list) else None
    if layout:
        try:
            return list(layout.split(io.StringIO(text)))
        except ValueError as error:
            refuse(str(error))
    if guess_reading([body]).is_complete:  # one row, whatever lists it has
        return [body]
    lists = [value for value in body.values() if _is_list_of_rows(value)]
    filled = [value for value in lists if value]
    return filled[0] if len(filled) == 1 else lists[0] if len(lists) == 1 else [body]


def _is_list_of_rows(value: Any) -> bool:
    """Return whether these are rows, and not the messages of one conversation."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return False
    return not value or not all("role" in one for one in value)


def _read_lines(lines: Iterable[str], *, start: int) -> Iterator[Entry]:
    for number, line in enumerate(lines, start=start):
        if line.strip():
            yield _entry_of_line(number, line)


def _entry_of_line(number: int, line: str) -> Entry:
    try:
        value = _load(line)
    except (ValueError, RecursionError) as error:
        return Entry(number, None, f"This is no JSON: {_fault_in(error)}.")
    return _entry_of(number, value)


def _entry_of(number: int, value: Any) -> Entry:
    if isinstance(value, dict):
        return checked(number, value)
    return Entry(number, None, "This is no JSON object.")


def _is_json(text: str) -> bool:
    try:
        _load(text)
    except (ValueError, RecursionError):
        return False
    return True


def _load(text: str) -> Any:
    _refuse_very_many(text)
    return json.loads(text)


def _refuse_very_many(text: str) -> None:
    if len(text) > MOST_PARTS and sum(map(text.count, ",[{")) > MOST_PARTS:
        refuse(f"This JSON has more than {MOST_PARTS:,} parts: send it as JSON Lines, or in parts.")


def _fault_in(error: ValueError | RecursionError, text: str | None = None) -> str:
    """Say what is wrong with JSON, and where: in which line too, where it is a text of several."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if not isinstance(error, json.JSONDecodeError):
        return "a number in it has too many digits"
    line = f"line {error.lineno}, " if text is not None else ""
    return f"{error.msg[0].lower()}{error.msg[1:]} at {line}column {error.colno}"


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at

"""Finds the patterns of a package, and in them what may repeat without end and be tried again shorter.

Such a repetition gives the time back to whoever writes the text: `a*b` on nothing but `a` tries every length.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cached_property
from re import _constants as codes
from re import _parser as parser
from types import ModuleType
from typing import Any

LONG = 16
"""What repeats so often may be shared out among the repetitions around it in too many ways to try."""
_BACKTRACKING = (codes.MAX_REPEAT, codes.MIN_REPEAT)


def patterns_of(package: ModuleType) -> dict[str, re.Pattern[str]]:
    """Return every compiled pattern that a module of the package holds, whatever it is wrapped in, by its place."""
    modules = [
        package,
        *(
            importlib.import_module(found.name)
            for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        ),
    ]
    return {
        where: pattern
        for module in modules
        for name, value in vars(module).items()
        if not name.startswith("__")
        for where, pattern in _held(f"{module.__name__}.{name}", value)
    }


def _held(where: str, value: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    match value:
        case re.Pattern():
            yield where, value
        case dict():
            for key, item in value.items():
                yield from _held(f"{where}[{key!r:.40}]", item)
        case tuple() if hasattr(value, "_asdict"):
            for name, item in value._asdict().items():
                yield from _held(f"{where}.{name}", item)
        case tuple() | list() | set() | frozenset():
            for number, item in enumerate(value):
                yield from _held(f"{where}[{number}]", item)
        case _ if type(value).__module__.startswith("app."):
            made_when_asked = [name for name, one in vars(type(value)).items() if isinstance(one, cached_property)]
            names = [*(getattr(type(value), "__slots__", None) or vars(value)), *made_when_asked]
            for name in names:
                yield from _held(f"{where}.{name}", getattr(value, name, None))


def endless_repetitions(pattern: re.Pattern[str]) -> list[str]:
    """Return a word for each repetition that has no bound and gives back what it took."""
    return list(_endless(parser.parse(pattern.pattern, pattern.flags)))


def ambiguous_repetitions(pattern: re.Pattern[str]) -> list[str]:
    """Return a word for each repetition of what is nothing but a repetition itself, as `(?:a+b?){2,}`.

    There are exponentially many ways to share a text out among the two, so that even a short one takes for ever.
    """
    return list(_ambiguous(parser.parse(pattern.pattern, pattern.flags)))


def _ambiguous(part: Any) -> Iterator[str]:
    match part:
        case (operation, (_, most, repeated)) if operation in _BACKTRACKING:
            if most > 1 and any(_is_repetition_alone(way) for way in _ways(repeated)):
                yield f"{operation} up to {most} of {str(repeated)[:80]}"
            yield from _ambiguous(repeated)
        case tuple() | list() | parser.SubPattern():
            for inner in part:
                yield from _ambiguous(inner)


def _ways(sequence: parser.SubPattern) -> Iterator[parser.SubPattern]:
    """Yield the sequences that a group may stand for, without the groups around them."""
    match list(sequence):
        case [(codes.SUBPATTERN, (*_, inner))]:
            yield from _ways(inner)
        case [(codes.BRANCH, (_, branches))]:
            for branch in branches:
                yield from _ways(branch)
        case _:
            yield sequence


def _is_repetition_alone(sequence: parser.SubPattern) -> bool:
    """Return whether an item repeats for long and backtracks, and all beside it may be empty."""
    items = list(sequence)
    for number, (operation, about) in enumerate(items):
        others = parser.SubPattern(sequence.state, items[:number] + items[number + 1 :])
        if operation in _BACKTRACKING and about[1] >= LONG and others.getwidth()[0] == 0:
            return True
    return False


def _endless(part: Any) -> Iterator[str]:
    """Walk the parser's tree: it nests in tuples and lists, whatever the operation is."""
    match part:
        case (operation, (least, most, repeated)) if operation in _BACKTRACKING:
            if most is codes.MAXREPEAT:
                yield f"{operation} from {least} of {str(repeated)[:80]}"
            yield from _endless(repeated)
        case tuple() | list() | parser.SubPattern():
            for inner in part:
                yield from _endless(inner)

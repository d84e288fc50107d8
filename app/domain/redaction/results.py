"""What redaction hands back: never the secrets themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple


class RedactedText(str):
    """Text that has been through redaction.

    Only this package makes it; the database's free-text column type skips re-redacting it. Anything derived
    from it (a slice, a concatenation) is a plain `str` again.
    """

    __slots__ = ()


def map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return a JSON value with every text in it changed, keys included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(name): map_texts(item, change) for name, item in value.items()}
    return [map_texts(item, change) for item in value] if isinstance(value, list | tuple) else value


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(texts_in, chain(value.keys(), value.values())))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(texts_in, value))


def mark_redacted(value: Any) -> Any:
    """Return a JSON value that has been through redaction, its texts marked so."""
    return map_texts(value, RedactedText)


class Finding(NamedTuple):
    """One removed secret: its kind, and where its placeholder stands in the sanitized text (characters)."""

    kind: str
    start: int
    end: int


class Removed(NamedTuple):
    """What a placeholder stands for, without saying it: the digest of it, and how many lines it ended."""

    digest: str
    line_breaks: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """The sanitized text, the kinds removed in order of appearance, and the place of every placeholder."""

    sanitized: RedactedText
    secrets_found: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectRedaction:
    """A JSON value with every string sanitized, keys included, and the kinds removed in order of appearance."""

    sanitized: Any
    secrets_found: tuple[str, ...] = ()

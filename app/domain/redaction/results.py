"""What redaction hands back: never the secrets themselves."""

from dataclasses import dataclass
from typing import NamedTuple


class RedactedText(str):
    """Text that has been through redaction.

    Only this package makes it; the database's free-text column type skips re-redacting it. Anything derived
    from it (a slice, a concatenation) is a plain `str` again.
    """

    __slots__ = ()


class Finding(NamedTuple):
    """One removed secret: its kind, and where its placeholder stands in the sanitized text (characters)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """The sanitized text, the kinds removed in order of appearance, and the place of every placeholder."""

    sanitized: RedactedText
    secrets_found: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

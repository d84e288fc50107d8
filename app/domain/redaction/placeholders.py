"""Numbered placeholders: `[GITHUB_TOKEN_1]` stands for one secret, the same one wherever it is written.

The names are handed out per `Placeholders` object. Secrets are remembered as keyed digests under a random key
that lives as long as the object, so neither a dump nor a log of the object tells a secret or lets one be
guessed at.
"""

import hashlib
import re
import secrets

from app.domain.redaction.spans import Span

PLACEHOLDER = re.compile(r"\[[A-Z](?:[A-Z0-9]|_(?![0-9]{1,9}+\])){0,60}+_[0-9]{1,9}+\]")


class Placeholders:
    """One set of names."""

    __slots__ = ("_key", "_last", "_named", "_taken")

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._named: dict[bytes, tuple[str, str]] = {}
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._named)

    def reserve(self, text: str) -> None:
        """Never hand out a name that this text already contains."""
        self._taken.update(text[span.start : span.end] for span in placeholder_spans(text))

    def name(self, kind: str, secret: str) -> tuple[str, str]:
        """Return the kind and the placeholder of this secret; the first kind it was found as stays its
        kind."""
        digest = hashlib.blake2b(secret.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()
        if digest not in self._named:
            self._named[digest] = (kind, self._new(kind))
        return self._named[digest]

    def _new(self, kind: str) -> str:
        number = self._last.get(kind, 0) + 1
        while (name := f"[{kind.upper()}_{number}]") in self._taken:
            number += 1
        self._last[kind] = number
        return name


def text_digest(text: str) -> str:
    """Return the SHA-256, in hex, of a text: what an allow-list names it by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def placeholders_in(text: str) -> list[str]:
    """Return every placeholder in the text, in order, as often as it stands there."""
    return [text[span.start : span.end] for span in placeholder_spans(text)]


def placeholder_spans(text: str) -> list[Span]:
    """Find every placeholder that already stands in the text; what they stand for is gone and stays gone."""
    if "[" not in text:
        return []
    return [Span(*match.span(), "placeholder") for match in PLACEHOLDER.finditer(text)]


def without_names(text: str) -> str:
    """Return the text with nothing to read in its placeholders, and nothing moved: `[PHONE_NUMBER_1]` is no word for a
    phone that would tell what the number behind it is."""
    return PLACEHOLDER.sub(lambda match: f"[{'x' * (len(match[0]) - 2)}]", text) if "[" in text else text

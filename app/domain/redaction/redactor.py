"""The redactor: finds, names, replaces, and looks again until nothing is left."""

import re
from collections.abc import Collection
from contextlib import suppress
from functools import lru_cache
from typing import Any

from app.domain.redaction.assignments import kind_of_value
from app.domain.redaction.crowds import AGAIN, AT_FIRST, in_stretches
from app.domain.redaction.key_names import NAMES
from app.domain.redaction.personal_data import with_rest_of_list
from app.domain.redaction.placeholders import Placeholders, placeholder_spans, text_digest
from app.domain.redaction.results import Finding, ObjectRedaction, RedactedText, Redaction, Removed, map_texts, texts_in
from app.domain.redaction.rules import RULES
from app.domain.redaction.scan import find_spans
from app.domain.redaction.spans import Span, merge
from app.domain.redaction.uncollected import uncollected
from app.domain.redaction.values import forget_values, is_unmistakable

# Every kind of secret that can be found, once.
KINDS: tuple[str, ...] = tuple(dict.fromkeys([*(rule.kind for rule in RULES), *(row.kind for row in NAMES)]))

# A replacement can uncover a second secret (it ends a run of characters that hid one), so a changed text is
# looked at again. Real texts need one more look; the bound keeps a hostile one linear.
_MAX_ROUNDS = 12

_LONGEST_NAME = 64
_MOST_REPEATED = 200
"""Of more secrets than these, what stands once more where no rule would see it ("I typed hunter2!x") is not looked for:
each is one more pass over the text."""


def sanitize_payload(text: str, *, personal_data: bool = False) -> Redaction:
    """Replace the secrets in one text, and the personal data where asked, numbered on their own.

    Texts that belong together share a `Redactor`.
    """
    return Redactor(personal_data=personal_data).sanitize(text)


def sanitize_object(value: Any, *, personal_data: bool = False) -> ObjectRedaction:
    """Do the same for every string in nested dicts, lists and tuples, keys included; one secret has one name in all.

    What stands under a key that tells a secret is judged by that key. Other values come back as they are; tuples come
    back as lists, as JSON would have them.
    """
    return Redactor(personal_data=personal_data).sanitize_object(value)


def _sanitize_value(redactor: "Redactor", value: Any, key: str | None, kinds: dict[str, None]) -> Any:
    match value:
        case RedactedText():
            return value
        case str():
            clean = redactor._sanitize(value)
            if not clean.findings and key is not None and (kind := kind_of_value(key, value)):
                redactor._seen.setdefault(value, kind)
                clean = redactor.replace(value, kind)
            kinds.update(dict.fromkeys(clean.secrets_found))
            return clean.sanitized
        case dict():
            return {
                _sanitize_name(redactor, name, kinds): _sanitize_value(redactor, item, str(name), kinds)
                for name, item in value.items()
            }
        case list() | tuple():
            return [_sanitize_value(redactor, item, key, kinds) for item in value]
    return value


def _sanitize_name(redactor: "Redactor", name: Any, kinds: dict[str, None]) -> Any:
    """Return a key without its secrets. Row after row has the same few, so those with none are remembered."""
    if type(name) is str and len(name) <= _LONGEST_NAME:
        with suppress(LookupError):
            _find_nothing_in(name, redactor._personal_data)
            return name
    return _sanitize_value(redactor, name, None, kinds)


@lru_cache(maxsize=1024)
def _find_nothing_in(name: str, personal_data: bool) -> None:
    """Raise `LookupError` where there is something in the name. No cache keeps an error, and so none a secret."""
    if find_spans(name, personal_data=personal_data):
        raise LookupError


def _with_repeats(text: str, spans: list[Span], secrets: dict[str, str]) -> list[Span]:
    """Add to the spans where any of these secrets (and their kinds) stands once more, unless they are too many."""
    if not 0 < len(secrets) <= _MOST_REPEATED:
        return spans
    repeats = [
        Span(*match.span(), kind)
        for secret, kind in secrets.items()
        if is_unmistakable(secret) and secret in text
        for match in re.finditer(rf"(?<!\w){re.escape(secret)}(?!\w)", text)
    ]
    if not repeats:
        return spans
    merged = merge(merge(placeholder_spans(text), spans), repeats)
    return [span for span in merged if span.kind != "placeholder"]


class Redactor:
    """One set of numbered placeholders for texts that belong together: one secret, one name, in all of them.

    `allowed` are the digests of texts that look like secrets and are none: they stay. The redactor keeps digests of
    what it has taken out, never the secrets.
    """

    __slots__ = ("_allowed", "_personal_data", "_placeholders", "_seen", "let_through", "removed")

    def __init__(self, *, personal_data: bool = False, allowed: Collection[str] = frozenset()) -> None:
        self._personal_data = personal_data
        self._allowed = allowed
        self._placeholders = Placeholders()
        self._seen: dict[str, str] = {}
        """The secrets of the texts that are being redacted right now, and their kinds; empty at all other times."""
        self.removed: dict[str, Removed] = {}
        """What each placeholder handed out so far stands for."""
        self.let_through: dict[str, str] = {}
        """What was allowed and would have gone: its digest, and the kind it was taken for."""

    def __repr__(self) -> str:
        return f"<Redactor: {len(self._placeholders)} placeholders>"

    def together(self, *texts: str) -> list[Redaction]:
        """Replace the secrets in texts that belong together. A name that stands in one of them already is given to
        nothing new in another. What was redacted before is not looked at again."""
        for text in texts:
            self.reserve(text)
        try:
            cleaned = [Redaction(text) if isinstance(text, RedactedText) else self._sanitize(text) for text in texts]
            return [self._without_repeats(clean) for clean in cleaned]
        finally:
            self._forget()

    def reserve(self, text: str) -> None:
        """Never hand out a name that this text already contains."""
        self._placeholders.reserve(text)

    def sanitize(self, text: str) -> Redaction:
        """Replace every secret in the text by its placeholder; a text without secrets comes back equal."""
        try:
            return self._without_repeats(self._sanitize(text))
        finally:
            self._forget()

    def _forget(self) -> None:
        self._seen.clear()
        forget_values()

    def _sanitize(self, text: str) -> Redaction:
        with uncollected(text):
            return self._look_until_nothing_is_left(text)

    def _look_until_nothing_is_left(self, text: str) -> Redaction:
        spans = self._find(text)
        self.reserve(text)
        return self._replace_all(Redaction(RedactedText(text)), in_stretches(spans, AT_FIRST))

    def _without_repeats(self, clean: Redaction) -> Redaction:
        """Replace what was found in another of the texts, and stands here where no rule would see it."""
        return self._replace_all(clean, _with_repeats(clean.sanitized, [], self._seen))

    def _replace_all(self, found: Redaction, spans: list[Span]) -> Redaction:
        """Replace these spans, and then what looking again finds, as often as it finds more."""
        if not spans:
            return found
        text, findings = str(found.sanitized), list(found.findings)
        for _ in range(_MAX_ROUNDS):
            text, findings = self._replace(text, spans, findings)
            if not (spans := self._find_again(text)):
                break
        kinds = tuple(dict.fromkeys(finding.kind for finding in findings))
        return Redaction(RedactedText(text), kinds, tuple(findings))

    def sanitize_object(self, value: Any) -> ObjectRedaction:
        """Replace every secret in a JSON value, as the function of this name says."""
        kinds: dict[str, None] = {}
        for text in texts_in(value):
            self.reserve(text)
        try:
            cleaned = _sanitize_value(self, value, None, kinds)
            if self._seen:
                cleaned = map_texts(
                    cleaned, lambda text: self._without_repeats(Redaction(RedactedText(text))).sanitized
                )
            return ObjectRedaction(cleaned, tuple(kinds))
        finally:
            self._forget()

    def replace(self, text: str, kind: str) -> Redaction:
        """Replace the whole text, which somebody knows to be a secret of this kind."""
        kind, name = self._name(kind, text)
        return Redaction(RedactedText(name), (kind,), (Finding(kind, 0, len(name)),))

    def _find(self, text: str) -> list[Span]:
        spans = find_spans(text, personal_data=self._personal_data)
        if self._allowed:
            spans = [span for span in spans if not self._is_allowed(text[span.start : span.end], span.kind)]
        secrets = {text[span.start : span.end]: span.kind for span in reversed(spans)}
        return _with_repeats(text, spans, secrets)

    def _find_again(self, text: str) -> list[Span]:
        spans = self._find(text)
        if self._personal_data:
            spans = merge([], [with_rest_of_list(text, span) for span in spans])
        return in_stretches(spans, AGAIN)

    def _is_allowed(self, secret: str, kind: str) -> bool:
        digest = text_digest(secret)
        if digest not in self._allowed:
            return False
        self.let_through.setdefault(digest, kind)
        return True

    def _name(self, kind: str, secret: str) -> tuple[str, str]:
        kind, name = self._placeholders.name(kind, secret)
        self.removed.setdefault(name, Removed(text_digest(secret), secret.count("\n")))
        return kind, name

    def _replace(self, text: str, spans: list[Span], earlier: list[Finding]) -> tuple[str, list[Finding]]:
        """Replace the spans, and move the findings of earlier rounds to where they stand now."""
        pieces: list[str] = []
        findings: list[Finding] = []
        copied = shift = 0
        names: dict[tuple[str, str], tuple[str, str]] = {}
        waiting = iter([*earlier, None])
        moving = next(waiting)
        for start, end, kind in spans:
            while moving and moving.start < start:
                findings.append(Finding(moving.kind, moving.start + shift, moving.end + shift))
                moving = next(waiting)
            secret = text[start:end]
            self._seen.setdefault(secret, kind)
            if (named := names.get((kind, secret))) is None:
                named = names[kind, secret] = self._name(kind, secret)
            kind, name = named
            findings.append(Finding(kind, start + shift, start + shift + len(name)))
            while moving and moving.start < end:  # what a later look takes out whole, an earlier finding with it
                moving = next(waiting)
            pieces += (text[copied:start], name)
            copied = end
            shift += len(name) - (end - start)
        while moving:
            findings.append(Finding(moving.kind, moving.start + shift, moving.end + shift))
            moving = next(waiting)
        pieces.append(text[copied:])
        return "".join(pieces), findings

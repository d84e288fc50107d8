"""The redactor: finds, names, replaces, and looks again until nothing is left."""

from typing import Any

from app.domain.redaction.assignments import kind_of_value
from app.domain.redaction.key_names import NAMES
from app.domain.redaction.personal_data import PERSONAL_DATA
from app.domain.redaction.placeholders import Placeholders
from app.domain.redaction.results import Finding, ObjectRedaction, RedactedText, Redaction
from app.domain.redaction.rules import RULES
from app.domain.redaction.scan import find_spans
from app.domain.redaction.spans import Span

# Every kind of secret that can be found, once.
KINDS: tuple[str, ...] = tuple(
    dict.fromkeys([*(rule.kind for rule in RULES), "session_cookie", "kubernetes_secret", *(row.kind for row in NAMES)])
)

# A replacement can uncover a second secret (it ends a run of characters that hid one), so a changed text is
# looked at again. Real texts need one more look; the bound keeps a hostile one linear.
_MAX_ROUNDS = 6

PERSONAL_KINDS: tuple[str, ...] = tuple(dict.fromkeys(row.kind for row in PERSONAL_DATA))


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
    redactor = Redactor(personal_data=personal_data)
    kinds: dict[str, None] = {}
    return ObjectRedaction(_sanitize_value(redactor, value, None, kinds), tuple(kinds))


def _sanitize_value(redactor: "Redactor", value: Any, key: str | None, kinds: dict[str, None]) -> Any:
    match value:
        case str():
            clean = redactor.sanitize(value)
            if not clean.findings and key is not None and (kind := kind_of_value(key, value)):
                clean = redactor.replace(value, kind)
            kinds.update(dict.fromkeys(clean.secrets_found))
            return clean.sanitized
        case dict():
            return {
                _sanitize_value(redactor, name, None, kinds): _sanitize_value(redactor, item, str(name), kinds)
                for name, item in value.items()
            }
        case list() | tuple():
            return [_sanitize_value(redactor, item, key, kinds) for item in value]
    return value


def sanitize_together(*texts: str) -> list[Redaction]:
    """Replace the secrets in texts that belong together: one secret has one name in all of them, and a name that
    stands in one of them already is given to nothing new in another. What was redacted before is not looked at again.
    """
    redactor = Redactor()
    for text in texts:
        redactor.reserve(text)
    return [Redaction(text, (), ()) if isinstance(text, RedactedText) else redactor.sanitize(text) for text in texts]


class Redactor:
    """One set of numbered placeholders for texts that belong together: one secret, one name, in all of them.

    It keeps digests of the secrets it has seen, never the secrets.
    """

    __slots__ = ("_personal_data", "_placeholders")

    def __init__(self, *, personal_data: bool = False) -> None:
        self._personal_data = personal_data
        self._placeholders = Placeholders()

    def __repr__(self) -> str:
        return f"<Redactor: {len(self._placeholders)} placeholders>"

    def reserve(self, text: str) -> None:
        """Never hand out a name that this text already contains."""
        self._placeholders.reserve(text)

    def sanitize(self, text: str) -> Redaction:
        """Replace every secret in the text by its placeholder; a text without secrets comes back equal."""
        findings: list[Finding] = []
        spans = find_spans(text, personal_data=self._personal_data)
        self.reserve(text)
        for _ in range(_MAX_ROUNDS):
            if not spans:
                break
            text, findings = self._replace(text, spans, findings)
            spans = find_spans(text, personal_data=self._personal_data)
        kinds = tuple(dict.fromkeys(finding.kind for finding in findings))
        return Redaction(RedactedText(text), kinds, tuple(findings))

    def replace(self, text: str, kind: str) -> Redaction:
        """Replace the whole text, which somebody knows to be a secret of this kind."""
        kind, name = self._placeholders.name(kind, text)
        return Redaction(RedactedText(name), (kind,), (Finding(kind, 0, len(name)),))

    def _replace(self, text: str, spans: list[Span], earlier: list[Finding]) -> tuple[str, list[Finding]]:
        """Replace the spans, and move the findings of earlier rounds to where they stand now."""
        pieces: list[str] = []
        findings: list[Finding] = []
        copied = shift = 0
        waiting = iter([*earlier, None])
        moving = next(waiting)
        for start, end, kind in spans:
            while moving and moving.start < start:
                findings.append(Finding(moving.kind, moving.start + shift, moving.end + shift))
                moving = next(waiting)
            kind, name = self._placeholders.name(kind, text[start:end])
            findings.append(Finding(kind, start + shift, start + shift + len(name)))
            pieces += (text[copied:start], name)
            copied = end
            shift += len(name) - (end - start)
        while moving:
            findings.append(Finding(moving.kind, moving.start + shift, moving.end + shift))
            moving = next(waiting)
        pieces.append(text[copied:])
        return "".join(pieces), findings

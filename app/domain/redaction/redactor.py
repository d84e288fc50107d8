"""The redactor: finds, names, replaces, and looks again until nothing is left."""

from app.domain.redaction.key_names import NAMES
from app.domain.redaction.placeholders import Placeholders
from app.domain.redaction.results import Finding, RedactedText, Redaction
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


def sanitize_payload(text: str) -> Redaction:
    """Replace the secrets in one text, numbered on their own. Texts that belong together share a
    `Redactor`."""
    return Redactor().sanitize(text)


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

    __slots__ = ("_placeholders",)

    def __init__(self) -> None:
        self._placeholders = Placeholders()

    def __repr__(self) -> str:
        return f"<Redactor: {len(self._placeholders)} placeholders>"

    def reserve(self, text: str) -> None:
        """Never hand out a name that this text already contains."""
        self._placeholders.reserve(text)

    def sanitize(self, text: str) -> Redaction:
        """Replace every secret in the text by its placeholder; a text without secrets comes back equal."""
        findings: list[Finding] = []
        spans = find_spans(text)
        self.reserve(text)
        for _ in range(_MAX_ROUNDS):
            if not spans:
                break
            text, findings = self._replace(text, spans, findings)
            spans = find_spans(text)
        kinds = tuple(dict.fromkeys(finding.kind for finding in findings))
        return Redaction(RedactedText(text), kinds, tuple(findings))

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

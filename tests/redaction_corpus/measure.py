"""Counts: of the planted secrets how many go, of the words around them how many stay, of harmless texts how many stay
as they are. The same measure serves the tests, the bench and whoever wants to see what was missed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.domain.redaction import PLACEHOLDER
from tests.redaction_corpus.case import Case

_WORD = re.compile(r"\w+")
LONG, PIECE = 60, 24
"""Of a secret longer than this, no piece of this many characters may stay either."""


@dataclass
class Score:
    """What came out for one kind."""

    planted: int = 0
    found: int = 0
    texts: int = 0
    unchanged: int = 0
    words: int = 0
    words_lost: int = 0
    missed: list[tuple[Case, str]] = field(default_factory=list)
    spoilt: list[tuple[Case, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0


@dataclass
class Measured:
    """The scores by kind, and what they come to."""

    kinds: dict[str, Score] = field(default_factory=dict)

    def total(self, name: str) -> int:
        return sum(getattr(score, name) for score in self.kinds.values())

    @property
    def recall(self) -> float:
        return self.total("found") / max(self.total("planted"), 1)

    @property
    def unchanged(self) -> float:
        return self.total("unchanged") / max(self.total("texts"), 1)

    @property
    def words_lost(self) -> float:
        return self.total("words_lost") / max(self.total("words"), 1)


def measure(cases: Iterable[Case], redact: Callable[[str], str]) -> Measured:
    """Put every case through `redact` and count."""
    measured = Measured()
    for case in cases:
        score = measured.kinds.setdefault(case.kind, Score())
        redacted = redact(case.text)
        if not case.secrets:
            score.texts += 1
            score.unchanged += redacted == case.text
            if redacted != case.text:
                score.spoilt.append((case, redacted))
            continue
        left = [secret for secret in case.secrets if is_left(secret, redacted)]
        score.planted += len(case.secrets)
        score.found += len(case.secrets) - len(left)
        if left:
            score.missed.append((case, redacted))
        words = Counter(_WORD.findall(without_secrets(case)))
        lost = words - Counter(_WORD.findall(PLACEHOLDER.sub(" ", redacted)))
        score.words += words.total()
        score.words_lost += lost.total()
        if lost and not left:
            score.spoilt.append((case, redacted))
    return measured


def is_left(secret: str, redacted: str) -> bool:
    """Return whether the secret, or much of a long one, still stands in the text."""
    if secret in redacted:
        return True
    if len(secret) <= LONG:
        return False
    return any(secret[at : at + PIECE] in redacted for at in range(0, len(secret) - PIECE, PIECE))


_ARMOUR = re.compile(
    r"-{4,5} ?(?:BEGIN|END) [A-Za-z0-9 ]+-{4,5}"
    r"|(?:Proc-Type|DEK-Info|Version|Comment|Hash|Private-MAC|Subject): ?[^\n\\]*"
    r"|\\{1,4}[rn]"
    r"|^[ \t>|*]*(?:[0-9]{1,4}(?=[ \t:|]))?|(?<=\n)=[A-Za-z0-9+/]{4}$",
    re.MULTILINE,
)


def without_secrets(case: Case) -> str:
    """Return the text around the secrets. A key's armour, headers and line ends belong to the key, and go with it."""
    text = _ARMOUR.sub(" ", case.text) if "PRIVATE" in case.text else case.text
    for secret in sorted(case.secrets, key=len, reverse=True):
        text = text.replace(secret, " ")
    return text

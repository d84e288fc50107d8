"""A text with a secret for every rule, and so for every kind; what must not be found again stands between « and »."""

import re

from app.domain.redaction.key_names import NAMES
from app.domain.redaction.languages import LANGUAGES
from app.domain.redaction.rules import RULES

_MARKED = re.compile(r"«(.+?)»", re.DOTALL)
SHORTEST_SECRET = 6
"""Shorter secrets would also be found by chance."""

MARKED = [
    *(row.goes for row in (*RULES, *NAMES, *LANGUAGES)),
    "Cookie: theme=dark; sessionid=«8fj39fk20dkf93abcd»; lang=en",
    "The PIN for the card is «4291»",
    "kind: Secret\ndata:\n  db: «aHVudGVyMnNlY3JldHBhc3M=»\n---",
]
CANARIES = [marked.replace("«", "").replace("»", "") for marked in MARKED]
ALL_CANARIES = "\n\n".join(CANARIES)
SECRETS = sorted(
    {
        max(secret.split("\n"), key=len)
        for marked in MARKED
        for secret in _MARKED.findall(marked)
        if len(secret) >= SHORTEST_SECRET
    }
)


def secrets_in(text: str) -> list[str]:
    """Return the canaries' secrets that stand in the text."""
    return [secret for secret in SECRETS if secret in text]

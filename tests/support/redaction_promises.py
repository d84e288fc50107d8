"""What redaction promises about any text at all. Hypothesis and the fuzzer ask the same question with it."""

import re
from collections.abc import Callable

from app.domain.redaction import KINDS, PERSONAL_KINDS, Redaction

ALL_KINDS = {*KINDS, *PERSONAL_KINDS}


def broken_promise(text: str, redact: Callable[[str], Redaction]) -> str | None:
    """Return which promise `redact` breaks on this text, in words; None where it keeps them all."""
    result = redact(text)
    clean = str(result.sanitized)
    if not result.findings and clean != text:
        return "a text without findings has changed"
    placeholders, copied, between = 0, 0, []
    for kind, start, end in result.findings:
        if kind not in ALL_KINDS or not re.fullmatch(rf"\[{kind.upper()}_[0-9]{{1,9}}\]", clean[start:end]):
            return f"a finding points at {clean[start:end]!r}, which is no placeholder for {kind}"
        if start < copied:
            return "findings overlap or are not in order"
        between.append(clean[copied:start])
        placeholders, copied = placeholders + end - start, end
    if len(clean) - len(text) > placeholders:
        return "more has been added than placeholders"
    if not _stand_in_order([*between, clean[copied:]], text):
        return "what stands around the placeholders is not what stood in the text"
    if result.secrets_found != tuple(dict.fromkeys(finding.kind for finding in result.findings)):
        return "the kinds found are not those of the findings"
    again = redact(clean)
    if again.findings or str(again.sanitized) != clean:
        return f"a second look changes what the first one left: {again.sanitized!r}"
    return None


def _stand_in_order(pieces: list[str], text: str) -> bool:
    """The first piece begins the text, the last one ends it, the others stand between them in this order."""
    first, *middle, last = pieces if len(pieces) > 1 else (*pieces, "")
    at = len(first)
    for piece in middle:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return text.startswith(first) and text.endswith(last) and at <= len(text) - len(last)

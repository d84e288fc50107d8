"""Redaction: secrets leave a text before it is stored or logged.

Two ways of looking, because secrets come in two shapes. Some carry their own mark (`ghp_...`, `-----BEGIN`):
those are rows of `rules.RULES`. Others are known only by the name beside them (`password = ...`): those are
rows of `key_names.NAMES`, read by `assignments`. Both start from literals found at the speed of `str.find`,
and nothing here runs longer than in proportion to the text, whatever the text is.
"""

from app.domain.redaction.personal_data import PERSONAL_KINDS
from app.domain.redaction.placeholders import PLACEHOLDER, placeholders_in, text_digest
from app.domain.redaction.redactor import (
    KINDS,
    Redactor,
    sanitize_object,
    sanitize_payload,
)
from app.domain.redaction.results import (
    Finding,
    ObjectRedaction,
    RedactedText,
    Redaction,
    map_texts,
    mark_redacted,
    texts_in,
)
from app.domain.redaction.version import RULES_VERSION

__all__ = [
    "KINDS",
    "PERSONAL_KINDS",
    "PLACEHOLDER",
    "RULES_VERSION",
    "Finding",
    "ObjectRedaction",
    "RedactedText",
    "Redaction",
    "Redactor",
    "map_texts",
    "mark_redacted",
    "placeholders_in",
    "sanitize_object",
    "sanitize_payload",
    "text_digest",
    "texts_in",
]

"""Logs without secrets: every record that any logger here makes is redacted before a handler sees it.

Python's logging makes each record in one place, so one class covers our own loggers, Flask's, SQLAlchemy's and the
server's, whatever handlers they have. Tracebacks are formatted here, once, for the same reason.
"""

import logging
import re
import traceback
from typing import Any

from app.domain.redaction import sanitize_payload


class RedactedRecord(logging.LogRecord):
    """A log record whose message, traceback and stack have been through redaction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.msg, self.args = _redacted(self._message()), ()
        if self.exc_info:
            self.exc_text = _redacted("".join(traceback.format_exception(*self.exc_info)))
        if self.stack_info:
            self.stack_info = _redacted(self.stack_info)

    def _message(self) -> str:
        try:
            return super().getMessage()
        except Exception:  # a caller's badly made message must not become the caller's failure
            return f"{self.msg!r} with {self.args!r}"

    def __setattr__(self, name: str, value: Any) -> None:
        """Redact what is added later, too: `extra` values become attributes of the finished record."""
        if isinstance(value, str) and name not in _OWN_NAMES:
            value = _redacted(value)
        super().__setattr__(name, value)


def redact_logs() -> None:
    """Make every log record of this process a `RedactedRecord`."""
    logging.setLogRecordFactory(RedactedRecord)


_DETAIL = re.compile(r"^\s*DETAIL:.*(?:\n(?!\S).*)*", re.MULTILINE)
"""Where PostgreSQL quotes the row that a constraint refused: people's words, in a log that nobody can withdraw from."""


def _redacted(text: str) -> str:
    return sanitize_payload(_DETAIL.sub("DETAIL: left out", text) if "DETAIL:" in text else text).sanitized


_OWN_NAMES = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime"}

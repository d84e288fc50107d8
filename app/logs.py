"""Logs without secrets: every record that any logger here makes is redacted before a handler sees it.

Python's logging asks one factory for each record, so one factory covers our own loggers, Flask's, SQLAlchemy's and
the server's, whatever handlers they have. Tracebacks are formatted here, once, for the same reason.
"""

import logging
import traceback
from typing import Any

from app.domain.redaction import sanitize_payload


class RedactedRecord(logging.LogRecord):
    """A log record whose message and traceback have been through redaction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.msg, self.args = sanitize_payload(super().getMessage()).sanitized, ()
        if self.exc_info:
            self.exc_text = sanitize_payload("".join(traceback.format_exception(*self.exc_info))).sanitized


def redact_logs() -> None:
    """Make every log record of this process a `RedactedRecord`."""
    logging.setLogRecordFactory(RedactedRecord)

"""The audit log as CSV: RFC 4180, UTF-8, one record after the other, so that its length costs no memory.

Spreadsheets run what begins like a formula. Such a cell gets a leading apostrophe, which they do not show (OWASP, "CSV
Injection").
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from app.services.audit_log import AuditEntry

COLUMNS = ("id", "at", "actor_id", "actor_name", "actor_email", "action", "subject", "subject_id", "details")
BEGINNINGS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Return the header and a line for each record, as they come."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in _rows(entries):
        writer.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def harmless(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(BEGINNINGS_OF_FORMULAS) else cell


def _rows(entries: Iterable[AuditEntry]) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for entry in entries:
        yield (
            str(entry.id),
            entry.at.isoformat(),
            "" if entry.actor_id is None else str(entry.actor_id),
            entry.actor_name or "",
            entry.actor_email or "",
            entry.action,
            entry.subject,
            str(entry.subject_id),
            json.dumps(entry.details, ensure_ascii=False, sort_keys=True),
        )

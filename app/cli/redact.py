"""`goldset redact`: the redaction by itself, as a filter."""

import json
import sys
from collections.abc import Iterable

import click

from app.domain.redaction import sanitize_payload


@click.command()
@click.option("--personal-data", is_flag=True, help="Take personal data out as well: addresses, numbers, accounts.")
@click.option("--jsonl", is_flag=True, help='Read {"id", "text"} and write {"id", "redacted"}, one a line.')
def redact(personal_data: bool, jsonl: bool) -> None:
    """Copy standard input to standard output without its secrets. Nothing is stored.

    With --jsonl, a line that is no such object is named on standard error and left out; the status is then 1.
    """
    if jsonl:
        sys.exit(_redact_lines(sys.stdin.buffer, personal_data=personal_data))
    text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    clean = sanitize_payload(text, personal_data=personal_data).sanitized
    click.echo(clean.encode("utf-8", "surrogateescape"), nl=False)


def _redact_lines(lines: Iterable[bytes], *, personal_data: bool) -> int:
    """Answer each line as it comes, so that a long stream needs no memory; return the status to end with."""
    faults = 0
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            clean = sanitize_payload(row["text"], personal_data=personal_data).sanitized
            click.echo(json.dumps({"id": row["id"], "redacted": clean}))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            click.echo(f'Line {number}: write one object with "id" and "text" (a string).', err=True)
            faults += 1
    return 1 if faults else 0

"""`goldset duplicates`: what near-duplicates are found by."""

import click
from flask.cli import with_appcontext

from app.services.near_duplicates import index_missing


@click.group()
def duplicates() -> None:
    """Near-duplicates among examples."""


@duplicates.command()
@with_appcontext
def index() -> None:
    """Let near-duplicates be found at once after an upgrade that the worker would do it for."""
    count, after = 0, 0
    while done := index_missing(after=after):
        count, after = count + len(done), done[-1]
    click.echo(f"Indexed {count:,} examples.")

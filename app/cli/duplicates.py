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
    """Let near-duplicates be found among examples that were stored before there was review; once is enough."""
    click.echo(f"Indexed {index_missing():,} examples.")

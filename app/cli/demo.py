"""`goldset demo`: a small organisation to look around in."""

import click
from flask.cli import with_appcontext

from app import config
from app.services.demo import PASSWORD, find_demo_people, load_demo


@click.command()
@with_appcontext
def demo() -> None:
    """Load the demo data where there is no data yet, and say how to sign in."""
    if load_demo():
        click.echo("The demo data is loaded.")
    people = find_demo_people()
    if not people:
        click.echo("There is data of your own here; the demo data was not loaded.")
        return
    if config.get("GOLDSET_HOST") not in ("127.0.0.1", "::1", "localhost"):
        click.echo("Everybody who reaches this server can sign in as these: the password below is published.", err=True)
    click.echo(f"Sign in as one of these; the password is: {PASSWORD}")
    for email, role in people:
        click.echo(f"  {email:<32} {role}")

"""`goldset users`: the people who can sign in."""

import sys

import click
from flask.cli import with_appcontext

from app.services.users import create_user


@click.group()
def users() -> None:
    """People who can sign in."""


@users.command()
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--name", required=True, help="The name others see.")
@click.option("--admin", is_flag=True, help="Make them an administrator.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input (one line).")
@with_appcontext
def create(email: str, name: str, admin: bool, password_stdin: bool) -> None:
    """Add a user. The password is asked for, or read from standard input."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    user = create_user(email=email, name=name, password=password, is_admin=admin)
    click.echo(f"Added {user.email}{' as an administrator' if admin else ''}.")

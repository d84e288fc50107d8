"""`goldset users`: the people who can sign in."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from app.models import User
from app.services import user_administration as administration
from app.services.paging import Cursor
from app.services.user_administration import Operator
from app.services.users import create_user, get_user_by_email

ROWS_AT_ONCE = 500
email_option = click.option("--email", required=True, help="The address they sign in with.")


@click.group()
def users() -> None:
    """People who can sign in."""


@users.command()
@email_option
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


@users.command("list")
@with_appcontext
def list_users() -> None:
    """List everybody, newest first: address, name, and what is special about them."""
    cursor = None
    while True:
        page = administration.get_users(cursor=cursor, size=ROWS_AT_ONCE)
        for user in page.rows:
            click.echo("\t".join([user.email, _printable(user.name), *_remarks(user)]))
        if page.after is None:
            return
        cursor = Cursor.parse(after=page.after, before=None, parts=1)


@users.command()
@email_option
@with_appcontext
def deactivate(email: str) -> None:
    """Keep a user out from now on; their sessions end at once."""
    user = administration.deactivate(Operator.COMMAND_LINE, user_id=get_user_by_email(email).id)
    click.echo(f"{user.email} is deactivated and signed out everywhere.")


@users.command()
@email_option
@with_appcontext
def activate(email: str) -> None:
    """Let a deactivated user in again."""
    user = administration.activate(Operator.COMMAND_LINE, user_id=get_user_by_email(email).id)
    click.echo(f"{user.email} can sign in again.")


@users.command()
@email_option
@click.confirmation_option(prompt="Their captured examples, keys and sign-ins are gone for good. Delete them?")
@with_appcontext
def delete(email: str) -> None:
    """Delete a user's account and everything captured of their usage; what they made for others stays, unnamed."""
    administration.delete_user(Operator.COMMAND_LINE, user_id=get_user_by_email(email).id)
    click.echo(f"{email} is deleted.")


@users.command("make-admin")
@email_option
@with_appcontext
def make_admin(email: str) -> None:
    """Make a user an administrator."""
    user = administration.make_administrator(Operator.COMMAND_LINE, user_id=get_user_by_email(email).id)
    click.echo(f"{user.email} is an administrator now.")


@users.command("remove-admin")
@email_option
@with_appcontext
def remove_admin(email: str) -> None:
    """Take an administrator's rights away; never the last active one's."""
    user = administration.remove_administrator(Operator.COMMAND_LINE, user_id=get_user_by_email(email).id)
    click.echo(f"{user.email} is no administrator any more.")


@users.command("password-link")
@email_option
@with_appcontext
def password_link(email: str) -> None:
    """Print the path of a link by which a user sets a password: once, within GOLDSET_PASSWORD_LINK_HOURS."""
    link = administration.make_password_link(Operator.COMMAND_LINE, user_id=get_user_by_email(email).id)
    click.echo(current_app.url_map.bind("").build("password_links.show", {"token": link.token}))


def _remarks(user: User) -> list[str]:
    remarks = {
        "administrator": user.is_admin,
        "deactivated": not user.is_active,
        "no password yet": user.password_hash is None,
    }
    return [remark for remark, is_so in remarks.items() if is_so]


def _printable(name: str) -> str:
    """Return a name without what a terminal would obey."""
    return "".join(character if character.isprintable() else "?" for character in name)

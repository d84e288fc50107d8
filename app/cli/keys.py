"""`goldset keys`: the API keys of a user, for when nobody has a browser at hand."""

import click
from flask.cli import with_appcontext

from app.domain.api_keys import Scope
from app.services import api_keys as service
from app.services import clock
from app.services.users import get_user_by_email

email_option = click.option("--email", required=True, help="The address the key's owner signs in with.")


@click.group()
def keys() -> None:
    """API keys: what programs send in a user's name."""


@keys.command()
@email_option
@click.option("--name", required=True, help="What the key is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=[Scope.TRACK.value],
    show_default=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What the key may do; give it once for each.",
)
@click.option("--days", type=int, help="Days until it expires; without: it works until it is revoked.")
@with_appcontext
def create(email: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key and print it, once, by itself on standard output."""
    made = service.create_api_key(get_user_by_email(email), name=name, scopes=scopes, days=days, by_operator=True)
    click.echo(made.key)
    click.echo(f"Key {made.api_key.id} may {made.api_key.scopes}. It is shown now and never again.", err=True)


@keys.command("list")
@email_option
@with_appcontext
def list_keys(email: str) -> None:
    """List a user's keys, newest first: number, beginning, scopes, state, when last used, name."""
    for key in service.get_api_keys(get_user_by_email(email)):
        is_expired = key.expires_at is not None and key.expires_at <= clock.now()
        state = "revoked" if key.revoked_at else "expired" if is_expired else "works"
        used = key.last_used_at.isoformat(timespec="seconds") if key.last_used_at else "never used"
        name = "".join(character if character.isprintable() else "?" for character in key.name)
        click.echo("\t".join([str(key.id), f"{key.prefix}...", key.scopes, state, used, name]))


@keys.command()
@email_option
@click.option("--id", "api_key_id", type=int, required=True, help="The key's number, as `list` shows it.")
@with_appcontext
def revoke(email: str, api_key_id: int) -> None:
    """End a key for good."""
    key = service.revoke_api_key(get_user_by_email(email), api_key_id=api_key_id, by_operator=True)
    click.echo(f"The key {key.prefix}... is revoked.")

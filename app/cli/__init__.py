"""The `goldset` command: one group per noun.

Commands translate, as views do: read the input, call one service, say what happened.
"""

import sys

import click
from flask.cli import FlaskGroup
from flask_migrate.cli import db

from app import create_app
from app.cli.changes import change, undo
from app.cli.demo import demo
from app.cli.duplicates import duplicates
from app.cli.export import export
from app.cli.hook import hook
from app.cli.imports import import_examples
from app.cli.keys import keys
from app.cli.purge import purge
from app.cli.redact import redact
from app.cli.redaction import redaction
from app.cli.remote import pull, push
from app.cli.serve import serve
from app.cli.skills import skills
from app.cli.users import users
from app.cli.versions import erasures, freeze, verify
from app.cli.worker import worker
from app.config import ConfigurationError
from app.database import DatabaseUnavailable
from app.domain.errors import GoldsetError


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False, load_dotenv=False)
def cli() -> None:
    """Goldset: the self-hosted home of AI skills and their golden datasets."""


OF_EXAMPLES = (import_examples, change, undo, export, freeze, verify, erasures, purge, duplicates)

for command in (db, users, keys, skills, *OF_EXAMPLES, hook, pull, push, demo, redact, redaction, serve, worker):
    cli.add_command(command)


def main() -> None:
    """Run the command; an error that has a sentence for its reader ends with that sentence and status 1."""
    try:
        cli.main(prog_name="goldset")
    except (GoldsetError, ConfigurationError) as error:
        _fail(str(error))
    except DatabaseUnavailable:
        _fail(
            "The database does not answer, or has no tables yet: check GOLDSET_DATABASE_URL, run `goldset db upgrade`."
        )
    except OSError as error:
        _fail(str(error))


def _fail(sentence: str) -> None:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(1)

"""`goldset redaction`: the rules, and cleaning what older rules let through."""

import click
from flask.cli import with_appcontext

from app.domain.redaction import RULES_VERSION
from app.domain.redaction.catalogue import rules_as_markdown
from app.services import rescan as service


@click.group()
def redaction() -> None:
    """The rules by which secrets leave texts."""


@redaction.command()
def rules() -> None:
    """Print everything that is looked for, as a page in Markdown."""
    click.echo(rules_as_markdown(), nl=False)


@redaction.command()
@click.option("--all", "everything", is_flag=True, help="Look at every text, not only at those of older rules.")
@with_appcontext
def rescan(everything: bool) -> None:
    """Clean the texts again that were stored under older rules. Safe beside a running server.

    Interrupt it and start it again as you like: it goes on where it stopped.
    """
    if everything:
        service.mark_all_behind()
    behind = sum(service.count_rows_behind().values())
    total = service.Rescanned()
    with click.progressbar(length=behind, label=f"Cleaning {behind:,} rows by rules version {RULES_VERSION}") as bar:
        for done in service.rescan():
            total.add(done)
            bar.update(done.rows)
    click.echo(f"Looked at {total.rows:,} rows and changed {total.changed:,}.")
    for kind, count in total.kinds.most_common():
        click.echo(f"  {kind}: {count:,}")

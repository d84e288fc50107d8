"""`goldset freeze`, `goldset verify`, `goldset erasures`: versions of training data from the terminal."""

import json
import sys

import click
from flask.cli import with_appcontext

from app.cli.progress import run_with_bar
from app.domain.splits import Plan
from app.services import verifications
from app.services.freezes import freeze as begin_to_freeze
from app.services.skills import get_skill_by_slug
from app.services.users import get_user_by_email
from app.services.withdrawals import make_erasure_manifest


@click.command()
@click.argument("skill")
@click.option("--author", "author_email", required=True, help="E-mail address of the skill's author.")
@click.option("--note", default="", help="What is in it, in a few words.")
@click.option("--seed", default=Plan().seed, show_default=True, help="What decides where rows that stand alone go.")
@click.option("--validation", default=Plan().validation_percent, show_default=True, help="Percent to validate with.")
@click.option("--test", default=Plan().test_percent, show_default=True, help="Percent to test with.")
@with_appcontext
def freeze(skill: str, author_email: str, note: str, seed: int, validation: int, test: int) -> None:
    """Freeze a version of SKILL's approved examples, and wait for it."""
    author = get_user_by_email(author_email)
    found = get_skill_by_slug(skill)
    job = begin_to_freeze(author, skill_id=found.id, note=note, plan=Plan(seed, validation, test))
    ended = run_with_bar(author, job.id, label=f"Freezing {job.total:,} examples")
    click.echo(f"{found.slug} version {(ended.result or {})['number']}")


@click.command()
@click.argument("skill", required=False)
@with_appcontext
def verify(skill: str | None) -> None:
    """Make every hash of the frozen versions again, of SKILL or of all, and compare. Ends with 1 where one differs."""
    skill_id = get_skill_by_slug(skill).id if skill else None
    total = verifications.count_frozen_rows(skill_id)
    faults: list[str] = []
    with click.progressbar(length=total, label=f"Verifying {total:,} rows", file=sys.stderr) as bar:
        for verified in verifications.verify(skill_id):
            faults += verified.faults
            bar.update(verified.rows)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    click.echo("Every hash is right.")


@click.command()
@click.argument("skill")
@with_appcontext
def erasures(skill: str) -> None:
    """Print the erasure manifest of SKILL: what `goldset purge` takes out of exported files."""
    click.echo(json.dumps(make_erasure_manifest(get_skill_by_slug(skill)), indent=2))

"""`goldset change`, `goldset undo`: one thing done to many examples from the terminal, and taken back."""

import click
from flask.cli import with_appcontext

from app.cli.progress import Stopped, run_with_bar
from app.domain.bulk_changes import DONE, WHY, Change, Left, Verb
from app.domain.training_examples import Source, Status
from app.models import Job
from app.models.base import MAX_ID
from app.services import bulk_changes as service
from app.services.bulk_undo import begin_undo
from app.services.jobs import get_job
from app.services.skills import get_skill_by_slug
from app.services.training_example_lists import Filter
from app.services.users import get_user_by_email

AUTHOR = click.option("--author", "author_email", required=True, help="E-mail address of the skill's author.")


@click.command()
@click.argument("skill")
@click.argument("verb", type=click.Choice([verb.value for verb in Verb]))
@click.argument("target", required=False)
@AUTHOR
@click.option("--query", default="", help="Only those with all of these words.")
@click.option("--with-tag", default="", help="Only those with this tag.")
@click.option("--source", type=click.Choice([one.value for one in Source]), help="Only those from there.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([one.value for one in Status]),
    default=[Status.APPROVED.value],
    show_default=True,
    help="Only those in this state; may be given more than once.",
)
@click.option("--dry-run", is_flag=True, help="Say how many match, and change nothing.")
@with_appcontext
def change(
    skill: str,
    verb: str,
    target: str | None,
    author_email: str,
    query: str,
    with_tag: str,
    source: str | None,
    statuses: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Tag, untag, move or delete every example of SKILL that the filters match.

    TARGET is the tag, or the skill to move them to. `goldset undo` takes it back.
    """
    author, found = get_user_by_email(author_email), get_skill_by_slug(skill)
    wanted = Filter(tuple(map(Status, statuses)), Source(source) if source else None, query, tag=with_tag)
    extent = service.find_extent(found.id, wanted)
    if dry_run:
        click.echo(f"{extent.matching:,} match")
        return
    other = get_skill_by_slug(target or "") if verb == Verb.MOVE else None
    asked = Change(Verb(verb), target, other.id if other else None)
    job = service.begin_change(author, skill_id=found.id, change=asked, wanted=wanted, up_to=extent.newest_id or MAX_ID)
    try:
        ended = run_with_bar(author, job.id, label=f"Changing {job.total:,} examples")
        _say(ended, DONE[asked.verb])
    except Stopped as stopped:
        click.echo(f"\nStopped: {stopped.job.progress:,} of {stopped.job.total:,} were {DONE[asked.verb]}.", err=True)
        raise
    finally:
        click.echo(f"To take it back: goldset undo {job.id} --author {author_email}", err=True)


@click.command()
@click.argument("change_id", type=int)
@AUTHOR
@with_appcontext
def undo(change_id: int, author_email: str) -> None:
    """Undo a change of many examples, by the number that `goldset change` said."""
    author = get_user_by_email(author_email)
    job = begin_undo(author, job_id=change_id, skill_id=get_job(author, change_id).skill_id)
    _say(run_with_bar(author, job.id, label=f"Undoing {job.total:,} changes"), "as before")


def _say(job: Job, done: str) -> None:
    result = job.result or {}
    click.echo(f"{result['changed']:,} {done}")
    for reason, count in result["left"].items():
        click.echo(f"  {count:,} left as they are: each {WHY[Left(reason)]}")

"""`goldset import`: examples out of a file, from the terminal."""

import csv
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.progress import run_with_bar
from app.domain.formats import FORMATS
from app.domain.imports import COLUMNS, FIELDS, Reading, Verdict
from app.models import Import, User
from app.services import imports as service
from app.services.import_checks import table_of_wrong_rows
from app.services.skills import get_skill_by_slug
from app.services.users import get_user_by_email


@click.command("import")
@click.argument("skill")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--author", "author_email", required=True, help="E-mail address of the skill's author.")
@click.option(
    "--format", "name", type=click.Choice([COLUMNS, *FORMATS]), help="What the file is, where it is not seen."
)
@click.option(
    "--map", "columns", multiple=True, metavar="FIELD=COLUMN", help=f"A field ({', '.join(FIELDS)}) by its column."
)
@click.option("--dry-run", is_flag=True, help="Say what every row comes to, and add nothing.")
@click.option("--near-duplicates", is_flag=True, help="Add rows that are almost the same as another as well.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that are not new to this CSV file, with why.",
)
@with_appcontext
def import_examples(
    skill: str,
    file: Path,
    author_email: str,
    name: str | None,
    columns: tuple[str, ...],
    dry_run: bool,
    near_duplicates: bool,
    errors: Path | None,
) -> None:
    """Import FILE (- is standard input) as golden examples of SKILL: CSV, TSV, JSON, JSON Lines, gzip of these.

    The same file again adds nothing. Ends with 1 where a row cannot be added.
    """
    author, found = get_user_by_email(author_email), get_skill_by_slug(skill)
    how = _reading(name, columns)
    with click.open_file(str(file), "rb") as stream:
        made = service.stage_import(author, skill_id=found.id, file=stream, file_name=file.name, how=how)
    try:
        counts = _check(author, found.id, made)
        if errors:
            _write_wrong_rows(made, errors)
        if not dry_run and (counts[Verdict.NEW] or (near_duplicates and counts[Verdict.NEAR_DUPLICATE])):
            job = service.begin_adding(author, skill_id=found.id, import_id=made.id, near_duplicates=near_duplicates)
            run_with_bar(author, job.id, label=f"Adding {job.total:,} examples")
    finally:
        service.discard_import(author, skill_id=found.id, import_id=made.id)
    if counts[Verdict.REFUSED]:
        sys.exit(1)


def _check(author: User, skill_id: int, made: Import) -> dict[Verdict, int]:
    """Look at every row and say what they come to."""
    if made.job_id is None:
        known = ", ".join(made.reading["known"])
        raise click.UsageError(f"Say which columns are input and output, with --map. The file has: {known}.")
    run_with_bar(author, made.job_id, label=f"Looking at {made.rows:,} rows")
    counts = service.count_verdicts(made.id)
    for verdict, count in counts.verdicts.items():
        if count:
            click.echo(f"{verdict.value.replace('_', ' ')}: {count:,}")
    if counts.redacted:
        click.echo(f"secrets taken out of {counts.redacted:,} rows")
    for row in service.get_import_rows(made.id, verdict=Verdict.REFUSED, size=20).rows:
        click.echo(f"  line {row.line}: {row.reason}", err=True)
    return dict(counts.verdicts)


def _reading(name: str | None, columns: tuple[str, ...]) -> Reading | None:
    pairs = dict(pair.partition("=")[::2] for pair in columns)
    if unknown := pairs.keys() - set(FIELDS):
        raise click.UsageError(f"There is no field {unknown.pop()!r}: map {', '.join(FIELDS)}.")
    if pairs:
        return Reading(COLUMNS, pairs)
    return Reading(name, {}) if name else None


def _write_wrong_rows(made: Import, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows(table_of_wrong_rows(made))
    click.echo(f"The rows that are not new are in {path}.", err=True)

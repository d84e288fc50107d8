"""`goldset import`: examples out of a file, from the terminal."""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.progress import reading_with_bar, run_with_bar
from app.domain.errors import Conflict
from app.domain.formats import FORMATS
from app.domain.imports import COLUMNS, FIELDS, Reading, State, Verdict
from app.models import Import, User
from app.services import imports as service
from app.services.import_checks import table_of_wrong_rows
from app.services.import_rows import count_verdicts, get_import_rows
from app.services.skills import get_skill_by_slug
from app.services.users import get_user_by_email


@click.command("import")
@click.argument("skill")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--author", "author_email", required=True, help="E-mail address of the skill's author.")
@click.option(
    "--format", "name", type=click.Choice([COLUMNS, *FORMATS]), help="What the file is, where it is not seen."
)
@click.option(
    "--map", "columns", multiple=True, metavar="FIELD=COLUMN", help=f"A field ({', '.join(FIELDS)}) by its column."
)
@click.option("--dry-run", is_flag=True, help="Say what every row comes to, and add nothing.")
@click.option("--resume", is_flag=True, help="Go on with the import that was left unfinished, in place of a file.")
@click.option("--discard", is_flag=True, help="Forget the import that was left unfinished, in place of a file.")
@click.option("--near-duplicates", is_flag=True, help="Add rows that are almost the same as another as well.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that are not new to this CSV file, with why.",
)
@with_appcontext
def import_examples(
    skill: str,
    file: Path | None,
    author_email: str,
    name: str | None,
    columns: tuple[str, ...],
    dry_run: bool,
    resume: bool,
    discard: bool,
    near_duplicates: bool,
    errors: Path | None,
) -> None:
    """Import FILE (- is standard input) as golden examples of SKILL: CSV, TSV, JSON, JSON Lines, gzip of these.

    The same file again adds nothing. Ends with 1 where a row cannot be added. What was killed is gone on with by
    --resume once its file was read, and forgotten by --discard.
    """
    if [file is not None, resume, discard].count(True) != 1:
        raise click.UsageError("Name a file, or say --resume or --discard.")
    author, found = get_user_by_email(author_email), get_skill_by_slug(skill)
    how = _reading(name, columns)
    made = _stage(author, found.id, file, how) if file else _get_unfinished(found.id)
    if discard:
        service.discard_import(author, skill_id=found.id, import_id=made.id)
        click.echo(f"The import of {made.file_name} is discarded.", err=True)
        return
    if resume:
        _go_on(author, found.id, made)
    try:
        counts = _check(author, made)
        if errors:
            _write_wrong_rows(made, errors)
        if not dry_run and (counts[Verdict.NEW] or (near_duplicates and counts[Verdict.NEAR_DUPLICATE])):
            job = service.begin_adding(author, skill_id=found.id, import_id=made.id, near_duplicates=near_duplicates)
            run_with_bar(author, job.id, label=f"Adding {job.total:,} examples")
    finally:
        service.discard_import(author, skill_id=found.id, import_id=made.id)
    if counts[Verdict.REFUSED]:
        sys.exit(1)


def _stage(author: User, skill_id: int, file: Path, how: Reading | None) -> Import:
    made = None
    try:
        with click.open_file(str(file), "rb") as stream, reading_with_bar(stream, label=f"Reading {file.name}") as read:
            made = service.stage_import(author, skill_id=skill_id, file=read, file_name=file.name, how=how)
    except Conflict as error:
        raise click.ClickException(f"{error} Here, that is --resume and --discard.") from error
    except KeyboardInterrupt:
        if made is not None:
            service.discard_import(author, skill_id=skill_id, import_id=made.id)
        raise
    return made


def _get_unfinished(skill_id: int) -> Import:
    if (found := service.find_unfinished_import(skill_id)) is None:
        raise click.ClickException("No import of this skill is unfinished.")
    return found


def _go_on(author: User, skill_id: int, made: Import) -> None:
    """End what was being done about the import when it was left."""
    if service.state_of(made) is State.READING:
        raise click.ClickException("This file was not read whole: say --discard, and import it again.")
    if made.job_id is not None and count_verdicts(made.id).unjudged and service.state_of(made) is State.READY:
        service.check_rest(author, skill_id=skill_id, import_id=made.id)
    if service.state_of(made) is State.ADDING and made.job_id is not None:
        run_with_bar(author, made.job_id, label=f"Going on with {made.file_name}")


def _check(author: User, made: Import) -> dict[Verdict, int]:
    """Look at every row and say what they come to."""
    if made.job_id is None:
        known = ", ".join(made.reading["known"])
        raise click.UsageError(f"Say which columns are input and output, with --map. The file has: {known}.")
    if service.state_of(made) is State.CHECKING:
        run_with_bar(author, made.job_id, label=f"Looking at {made.rows:,} rows")
    counts = count_verdicts(made.id)
    for verdict, count in counts.verdicts.items():
        if count:
            click.echo(f"{verdict.value.replace('_', ' ')}: {count:,}")
    if counts.redacted:
        click.echo(f"secrets taken out of {counts.redacted:,} rows")
    for row in get_import_rows(made.id, verdict=Verdict.REFUSED, size=20).rows:
        click.echo(f"  line {row.line}: {row.reason}", err=True)
    return dict(counts.verdicts)


def _reading(name: str | None, columns: tuple[str, ...]) -> Reading | None:
    if pairs := columns_by_field(columns):
        return Reading(COLUMNS, pairs)
    return Reading(name, {}) if name else None


def columns_by_field(pairs: Iterable[str]) -> dict[str, str]:
    """Return what FIELD=COLUMN says, as often as it was given; end the command where that is none."""
    columns = dict(pair.partition("=")[::2] for pair in pairs)
    if unknown := columns.keys() - set(FIELDS):
        raise click.UsageError(f"There is no field {unknown.pop()!r}: map {', '.join(FIELDS)}.")
    if not all(columns.values()):
        raise click.UsageError("Say which column a field is, as FIELD=COLUMN.")
    return columns


def _write_wrong_rows(made: Import, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows(table_of_wrong_rows(made))
    click.echo(f"The rows that are not new are in {path}.", err=True)

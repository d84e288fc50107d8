"""`goldset export`: a skill's approved examples as a file of another tool's format."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import with_appcontext

from app.domain.formats import FORMATS
from app.domain.splits import SPLITS, Split
from app.services.dataset_folders import stream_folder
from app.services.dataset_rows import Selection, count_rows
from app.services.dataset_versions import get_dataset_version
from app.services.exports import get_format, write_export
from app.services.skills import get_skill_by_slug

FOLDER = "folder"
"""The one that is not a file of rows: a version as a zipped folder for `datasets` and the Hugging Face hub."""


@click.command()
@click.argument("skill")
@click.option("--format", "name", default="jsonl", show_default=True, type=click.Choice([*FORMATS, FOLDER]))
@click.option("--version", help="A frozen version: its number, or latest. Without: the approved examples as they are.")
@click.option("--split", type=click.Choice([split.value for split in SPLITS]), help="One split of that version.")
@click.option("--query", default="", help="Without a version: only the examples that have all of these words.")
@click.option("--tag", default="", help="Without a version: only the examples that have this tag.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the file here, and its manifest beside it as FILE.manifest.json; without: to standard output.",
)
@with_appcontext
def export(
    skill: str, name: str, version: str | None, split: str | None, query: str, tag: str, output: Path | None
) -> None:
    """Export a version of SKILL's training data (a skill goes by its name), or its approved examples."""
    if version is None and split:
        raise click.UsageError("--split needs --version: only a frozen version is split.")
    if version is not None and (query or tag):
        raise click.UsageError("--query and --tag are for the examples as they are: leave them away with --version.")
    found = get_skill_by_slug(skill)
    frozen = None if version is None else get_dataset_version(found.id, version)
    if name == FOLDER:
        if split:
            raise click.UsageError("A folder has every split: leave --split away.")
        _write_folder(Selection(found, frozen), output)
        return
    chosen = get_format(name)
    wanted = Selection(found, frozen, Split(split) if split else None, query, tag)
    if output is None:
        write_export(wanted, chosen, sys.stdout.buffer.write)
        return
    with _draft_of(output) as file, _progress(wanted) as bar:
        manifest = write_export(wanted, chosen, file.write, bar.update)
    output.with_name(f"{output.name}.manifest.json").write_text(manifest.to_text(), encoding="utf-8")
    left_out = f", {manifest.left_out:,} left out" if manifest.left_out else ""
    click.echo(f"{manifest.rows:,} rows in {output}{left_out}.", err=True)


def _write_folder(wanted: Selection, output: Path | None) -> None:
    if output is None:
        raise click.UsageError("Say with --output where the zip file goes.")
    with _draft_of(output) as file, _progress(wanted) as bar:
        for piece in stream_folder(wanted, bar.update):
            file.write(piece)
    click.echo(f"The folder is in {output}.", err=True)


@contextmanager
def _draft_of(output: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that is in its place when all of it is written, and nowhere otherwise."""
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("wb") as file:
            yield file
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


def _progress(wanted: Selection) -> AbstractContextManager[Any]:
    total = count_rows(wanted)
    return click.progressbar(length=total, label=f"Exporting {total:,} rows", file=sys.stderr)

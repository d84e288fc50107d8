"""`goldset purge`: taking out of exported files what somebody took back. It needs no database, only the files."""

import sys
from pathlib import Path

import click

from app.cli.purge_files import purge_path, read_json
from app.domain.formats import FORMATS


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--manifest",
    "manifest_path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The erasure manifest: `goldset erasures SKILL` prints it, and the page of versions has it.",
)
@click.option("--format", "name", type=click.Choice(list(FORMATS)), help="What the files are, where nothing else says.")
def purge(files: tuple[Path, ...], manifest_path: Path, name: str | None) -> None:
    """Rewrite FILES without the rows that an erasure manifest names, and the manifests beside them.

    A dataset folder is one of them, unpacked or in its zip file. A file is replaced at once, when all of it is written;
    one that has none of these rows stays as it is. Ends with 1 where a file could not be read in any format.
    """
    manifest = read_json(manifest_path)
    failed = False
    for file in files:
        try:
            done = purge_path(file, manifest, name)
        except ValueError as error:
            click.echo(f"{file}: {error}", err=True)
            failed = True
            continue
        click.echo(f"{file}: {done.removed:,} rows taken out, {done.kept:,} left.")
    if failed:
        sys.exit(1)

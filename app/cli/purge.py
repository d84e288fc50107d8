"""`goldset purge`: taking out of exported files what somebody took back. It needs no database, only the files."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from app.domain.formats import FORMATS, Format
from app.domain.purges import Purge, formats_of, read_manifest


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
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

    A file is replaced at once, when all of it is written; one that has none of these rows stays as it is. Ends with 1
    where a file could not be read in any format.
    """
    manifest = _read_json(manifest_path)
    failed = False
    for file in files:
        try:
            done = _purge(file, manifest, name)
        except ValueError as error:
            click.echo(f"{file}: {error}", err=True)
            failed = True
            continue
        click.echo(f"{file}: {done.removed:,} rows taken out, {done.kept:,} left.")
    if failed:
        sys.exit(1)


def _purge(file: Path, manifest: Any, name: str | None) -> Purge:
    """Purge a file in the first format that finds something in it; else return what the last one that fits saw."""
    seen: Purge | None = None
    problem = "No exchange format has files of this ending: say which it is with --format."
    for chosen in _candidates(file, name):
        wanted = read_manifest(manifest)
        draft = file.with_name(f".{file.name}.part")
        try:
            sha256 = _write(draft, file, wanted, chosen)
        except ValueError as error:
            problem = str(error)
            draft.unlink(missing_ok=True)
            continue
        seen = wanted
        if wanted.removed:
            os.replace(draft, file)
            _update_manifest(file, wanted, sha256)
            return wanted
        draft.unlink()
    if seen is None:
        raise ValueError(problem)
    return seen


def _candidates(file: Path, name: str | None) -> list[Format]:
    """Return the formats to try: the one that was named, the one that the file's own manifest names, or all that end
    like it."""
    beside = _manifest_of(file)
    if name is None and beside.exists():
        name = _read_json(beside).get("format")
    return [FORMATS[name]] if name in FORMATS else formats_of(file.suffix)


def _write(draft: Path, file: Path, wanted: Purge, chosen: Format) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source, draft.open("wb") as target:
        for piece in wanted.purge(source, chosen):
            digest.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _update_manifest(file: Path, done: Purge, sha256: str) -> None:
    """Let the file's own manifest say what the file is now."""
    beside = _manifest_of(file)
    if not beside.exists():
        return
    manifest = _read_json(beside)
    manifest |= {"sha256": sha256, "rows": done.kept, "purged": manifest.get("purged", 0) + done.removed}
    manifest.pop("rows_hash", None)  # it is the hash of rows that are not all there any more
    beside.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _manifest_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.manifest.json")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{path} is no JSON: {error}.") from error

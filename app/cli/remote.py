"""`goldset pull` and `goldset push`: training data of a Goldset elsewhere, for CI. They need its address and a key.

A lock file pins each skill to a version and its hash. What was pinned is what is pulled, or the command fails: a
pipeline never trains on something else without anybody noticing.
"""

import json
import sys
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.imports import columns_by_field
from app.domain.formats import FORMATS
from app.domain.imports import FIELDS
from app.domain.splits import SPLITS

if TYPE_CHECKING:
    from goldset_client import Goldset, Version

LOCK = "goldset.lock"


def remote(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which Goldset, and hand it that as `goldset`."""

    @click.option("--url", envvar="GOLDSET_URL", required=True, help="Where Goldset is (GOLDSET_URL).")
    @click.option("--key", envvar="GOLDSET_API_KEY", required=True, help="An API key (GOLDSET_API_KEY).")
    @wraps(command)
    def run(url: str, key: str, **options: Any) -> None:
        if not find_spec("httpx"):
            raise click.ClickException("This needs the extra client: run `make client`, or install goldset[client].")
        from goldset_client import Goldset, GoldsetClientError

        try:
            with Goldset(url, key) as goldset:
                command(goldset=goldset, **options)
        except GoldsetClientError as error:
            raise click.ClickException(str(error)) from error

    return run


@click.command()
@click.argument("skill")
@click.option("--version", help="A version's number, or latest. Without: what the lock file pins, else latest.")
@click.option("--format", "name", default="jsonl", show_default=True, type=click.Choice(list(FORMATS)))
@click.option("--split", type=click.Choice([split.value for split in SPLITS]), help="One split of it.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@click.option("--lock", default=LOCK, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--update", is_flag=True, help="Pin what is there now, in place of what the lock file says.")
@remote
def pull(
    goldset: "Goldset",
    skill: str,
    version: str | None,
    name: str,
    split: str | None,
    output: Path | None,
    lock: Path,
    update: bool,
) -> None:
    """Download a version of SKILL's training data, and pin it in the lock file.

    Ends with 1 where the version is not what was pinned: rows were withdrawn from it since.
    """
    pins = _read_lock(lock)
    pinned = pins.get(skill)
    if version is None:
        version = str(pinned["version"]) if pinned and not update else "latest"
    dataset = goldset.skill(skill).dataset(version)
    about = dataset.about()
    if pinned and not update:
        _check_pin(about, pinned, lock)
    dataset = goldset.skill(skill).dataset(about.version)
    target = output or _target(skill, split, name)
    total = about.splits[split] if split else about.rows
    with click.progressbar(length=total, label=f"Pulling {total:,} rows", file=sys.stderr) as bar:
        dataset.download(target, format=name, split=split, progress=lambda done, _total: bar.update(done - bar.pos))
    if name == "jsonl":
        _check_rows(target, about, split)
    pins[skill] = {"version": about.version, "content_hash": about.content_hash}
    lock.write_text(json.dumps(pins, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    click.echo(f"{skill} version {about.version} ({about.content_hash[:12]}) is in {target}.")


@click.command()
@click.argument("skill")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "columns", multiple=True, metavar="FIELD=COLUMN", help=f"One of {', '.join(FIELDS)}, by its column."
)
@click.option("--dry-run", is_flag=True, help="Say what every row comes to, and add nothing.")
@click.option("--near-duplicates", is_flag=True, help="Add rows that are almost the same as another as well.")
@click.option("--discard", is_flag=True, help="Forget the import that was left unfinished, in place of a file.")
@remote
def push(
    goldset: "Goldset",
    skill: str,
    file: Path | None,
    columns: tuple[str, ...],
    dry_run: bool,
    near_duplicates: bool,
    discard: bool,
) -> None:
    """Import FILE as golden examples of SKILL, which must be yours. The same file again adds nothing.

    Ends with 1 where a row cannot be added. What was killed is forgotten by --discard, and can be pushed again.
    """
    if (file is None) is not discard:
        raise click.UsageError("Name a file, or say --discard.")
    if file is None:
        count = goldset.skill(skill).discard_imports()
        click.echo(f"{count} unfinished {'import is' if count == 1 else 'imports are'} discarded.", err=True)
        return
    how = {"file_name": file.name, **columns_by_field(columns)}
    with click.progressbar(length=1, label=f"Pushing {file.name}", file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        ended, wrong = goldset.skill(skill).push(
            file.read_bytes(), dry_run=dry_run, near_duplicates=near_duplicates, progress=show, **how
        )
    for verdict, count in ended.verdicts.items():
        if count:
            click.echo(f"{verdict.replace('_', ' ')}: {count:,}")
    refused = [row for row in wrong if row.verdict == "refused"]
    for row in refused[:20]:
        click.echo(f"  line {row.line}: {row.reason}", err=True)
    if refused:
        sys.exit(1)


def _target(skill: str, split: str | None, name: str) -> Path:
    parts = [skill, *([split] if split else []), *([] if name == "jsonl" else [name]), FORMATS[name].layout.extension]
    return Path(".".join(parts))


def _read_lock(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        pins = json.loads(path.read_text(encoding="utf-8"))
        if all(isinstance(pin["version"], int) and isinstance(pin["content_hash"], str) for pin in pins.values()):
            return dict(pins)
    except (ValueError, AttributeError, KeyError, TypeError):
        pass
    raise click.ClickException(f"{path} is no lock file of Goldset: take it away, and pull again.")


def _check_pin(about: "Version", pinned: dict[str, Any], lock: Path) -> None:
    if (about.version, about.content_hash) == (pinned["version"], pinned["content_hash"]):
        return
    raise click.ClickException(
        f"{lock} pins {about.skill} to version {pinned['version']} ({pinned['content_hash'][:12]}); this is version "
        f"{about.version} ({about.content_hash[:12]}), {about.rows:,} rows. Pull with --update to take it."
    )


def _check_rows(path: Path, about: "Version", split: str | None) -> None:
    """Make every hash again from what came, and that of the whole where it is the whole."""
    from goldset_client.models import Row, hash_of_rows

    hashes = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = Row.from_json(json.loads(line))
            if not row.is_genuine:
                raise click.ClickException(f"A row of {path} does not say what its hash says.")
            hashes.append(row.hash)
    if split is None and hash_of_rows(hashes) != about.content_hash:
        raise click.ClickException(f"{path} is not what version {about.version} is known by. Pull it again.")

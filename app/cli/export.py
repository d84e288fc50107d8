"""`goldset export`: a skill's approved examples as a file of another tool's format."""

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.domain.formats import FORMATS
from app.services.exports import get_format, write_export
from app.services.skills import get_skill_by_slug


@click.command()
@click.argument("skill")
@click.option("--format", "name", default="jsonl", show_default=True, type=click.Choice(list(FORMATS)))
@click.option("--query", default="", help="Only the examples that have all of these words.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the file here, and its manifest beside it as FILE.manifest.json; without: to standard output.",
)
@with_appcontext
def export(skill: str, name: str, query: str, output: Path | None) -> None:
    """Export the approved examples of SKILL (its name)."""
    found, chosen = get_skill_by_slug(skill), get_format(name)
    if output is None:
        write_export(found, chosen, sys.stdout.buffer.write, query=query)
        return
    draft = output.with_name(f".{output.name}.part")
    with draft.open("wb") as file:
        manifest = write_export(found, chosen, file.write, query=query)
    draft.replace(output)
    text = json.dumps(manifest.to_json(), indent=2, ensure_ascii=False) + "\n"
    output.with_name(f"{output.name}.manifest.json").write_text(text, encoding="utf-8")
    left_out = f", {manifest.left_out:,} left out" if manifest.left_out else ""
    click.echo(f"{manifest.rows:,} rows in {output}{left_out}.", err=True)

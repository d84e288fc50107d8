"""`goldset skills`: bringing SKILL.md files in."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.domain.errors import NotFound
from app.domain.frontmatter import SkillFileFaults
from app.domain.skill_archives import FILE_NAME
from app.domain.skill_md import SkillFile, decode_skill_file, parse_skill_file
from app.services.skill_versions import import_skill_files
from app.services.users import get_user_by_email


@click.group()
def skills() -> None:
    """Skills and their SKILL.md files."""


@skills.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--author", "author_email", required=True, help="E-mail address of the skills' author.")
@with_appcontext
def import_skills(path: Path, author_email: str) -> None:
    """Import PATH: a SKILL.md, a skill's folder, or a folder of skill folders.

    Every file is checked first; when one has a fault, each fault is named and nothing is imported. Importing again adds
    a version to the skills whose text changed.
    """
    author = get_user_by_email(author_email)
    files = find_skill_files(path)
    if not files:
        raise NotFound(f"{FILE_NAME} in {path}")
    for saved in import_skill_files(author, _read_all(files)):
        click.echo(f"{saved.skill.slug}: {f'version {saved.version}' if saved.version else 'unchanged'}")


def find_skill_files(path: Path) -> dict[Path, str | None]:
    """Return the SKILL.md files at `path`, each with the folder name that its skill must have (None: any)."""
    if path.is_file():
        return {path: None}
    if (path / FILE_NAME).is_file():
        return {path / FILE_NAME: path.resolve().name}
    return {file: file.parent.name for file in sorted(path.glob(f"*/{FILE_NAME}")) if file.is_file()}


def _read_all(files: dict[Path, str | None]) -> list[SkillFile]:
    """Return every file parsed; end the command, naming every fault with its file, when there is one."""
    parsed, faults = [], []
    for file, folder in files.items():
        try:
            parsed.append(parse_skill_file(decode_skill_file(file.read_bytes()), folder=folder))
        except SkillFileFaults as error:
            faults += [f"{file}: {fault}" for fault in error.faults]
    if faults:
        for fault in faults:
            click.echo(fault, err=True)
        click.echo(
            f"Nothing was imported: {len(faults)} faults." if len(faults) > 1 else "Nothing was imported.", err=True
        )
        sys.exit(1)
    return parsed

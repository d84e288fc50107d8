"""Files and dataset folders that are purged: read, written anew beside their place, and put there when all is written.

How costs grow: with the file, in the memory that its layout needs; a folder in a zip file is unpacked beside it.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import click

from app.domain.dataset_cards import with_other_rows
from app.domain.formats import FORMATS, Format
from app.domain.purges import Purge, formats_of, read_manifest
from app.domain.zip_entries import fixed_entry

FOLDER_MANIFEST = "manifest.json"


def purge_path(path: Path, erasures: Any, name: str | None) -> Purge:
    """Purge a file, a dataset folder, or one in a zip file; return what was taken out and what is left.

    A link stays one: what it leads to is purged. Raises `ValueError` for what cannot be read, or is another skill's.
    """
    path = path.resolve()
    if path.is_dir():
        return _purge_folder(path, erasures)
    if zipfile.is_zipfile(path) and path.suffix == ".zip":
        return _purge_zip(path, erasures)
    beside = path.with_name(f"{path.name}.manifest.json")
    manifest = read_json(beside) if beside.exists() else None
    done = _purge_file(path, erasures, manifest, name)
    if manifest is not None and done.removed:
        _write_json(beside, _now(manifest, path, done))
    return done


def read_json(path: Path) -> Any:
    """Return what a file of JSON says; end the command where it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{path} is no JSON: {error}.") from error


def _purge_file(file: Path, erasures: Any, manifest: Any, name: str | None) -> Purge:
    """Purge a file in the first format that finds something in it; else return what the last one that fits saw."""
    seen: Purge | None = None
    problem = "No exchange format has files of this ending: say which it is with --format."
    draft = file.with_name(f".{file.name}.part")
    for chosen in _candidates(file, manifest, name):
        wanted = _wanted(erasures, manifest)
        try:
            _write(draft, file, wanted, chosen)
            if wanted.removed:
                shutil.copymode(file, draft)
                os.replace(draft, file)
                return wanted
            seen = wanted
        except ValueError as error:
            problem = str(error)
        finally:
            draft.unlink(missing_ok=True)
    if seen is None:
        raise ValueError(problem)
    return seen


def _purge_folder(folder: Path, erasures: Any) -> Purge:
    """Purge every file of a dataset folder, and let its manifest and its card say what they are now."""
    path = folder / FOLDER_MANIFEST
    manifest = read_json(path) if path.is_file() else None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), list):
        raise ValueError(f"This folder has no {FOLDER_MANIFEST} of a dataset.")
    total, rows = _wanted(erasures, manifest), {}
    files = []
    for about in manifest["files"]:
        file = (folder / about["path"]).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            raise ValueError(f"{about['path']} is not in this folder.")
        if "format" in about:
            done = _purge_file(file, erasures, about, None)
            total.removed, total.kept = total.removed + done.removed, total.kept + done.kept
            rows[str(about["split"])] = done.kept
            about = _now(about, file, done) if done.removed else about
        files.append(about)
    if total.removed:
        card = folder / "README.md"
        if card.is_file():
            card.write_text(with_other_rows(card.read_text(encoding="utf-8"), rows), encoding="utf-8")
        files = [about if "format" in about else _hashed(about, folder / about["path"]) for about in files]
        _write_json(path, {**{key: manifest[key] for key in manifest if key != "version_hash"}, "files": files})
    return total


def _purge_zip(file: Path, erasures: Any) -> Purge:
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as name:
        folder = Path(name).resolve()
        with zipfile.ZipFile(file) as packed:
            paths = packed.namelist()
            packed.extractall(folder)
        done = _purge_folder(folder, erasures)
        if done.removed:
            draft = folder / ".purged.zip"
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in paths:
                    with (
                        (folder / path).open("rb") as source,
                        packed.open(fixed_entry(path), "w", force_zip64=True) as to,
                    ):
                        shutil.copyfileobj(source, to)
            shutil.copymode(file, draft)
            os.replace(draft, file)
    return done


def _wanted(erasures: Any, manifest: Any) -> Purge:
    """Return what to take out; raise `ValueError` where the manifests are of two skills."""
    wanted = read_manifest(erasures)
    skill = manifest.get("skill") if isinstance(manifest, dict) else None
    if skill not in (None, wanted.skill):
        raise ValueError(f"This is training data of {skill}, and the erasure manifest is of {wanted.skill}.")
    return wanted


def _candidates(file: Path, manifest: Any, name: str | None) -> list[Format]:
    """Return the formats to try: the one that was named, the one that the file's own manifest names, or all that end
    like it."""
    if name is None and isinstance(manifest, dict):
        name = manifest.get("format")
    return [FORMATS[name]] if name in FORMATS else formats_of(file.suffix)


def _write(draft: Path, file: Path, wanted: Purge, chosen: Format) -> None:
    with file.open("rb") as source, draft.open("wb") as target:
        for piece in wanted.purge(source, chosen):
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())


def _now(manifest: dict[str, Any], file: Path, done: Purge) -> dict[str, Any]:
    """Return a file's own manifest as it is now: without hashes of rows that are not all there any more."""
    gone = {"rows_hash", "version_hash", *(() if done.tells_captured else ("captured_rows",))}
    kept = {name: value for name, value in manifest.items() if name not in gone}
    kept |= {"rows": done.kept, "purged": manifest.get("purged", 0) + done.removed}
    if done.tells_captured and "captured_rows" in manifest:
        kept["captured_rows"] = done.captured
    return _hashed(kept, file)


def _hashed(manifest: dict[str, Any], file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        return {**manifest, "sha256": hashlib.file_digest(opened, "sha256").hexdigest()}


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

"""A version as a folder in one zip file, as `datasets` and the Hugging Face hub read it: a card, a file per split, and
a manifest of every file.

The same version makes the same bytes everywhere: nothing in it says when or where it was made.

How costs grow: with the rows, which are written as they are read.
"""

import hashlib
import json
import zipfile
from dataclasses import replace
from typing import IO, Any

from app.domain.dataset_cards import Part, make_card
from app.domain.errors import Invalid
from app.domain.formats import FORMATS
from app.domain.formats.parquet import PARQUET, is_available
from app.domain.splits import SPLITS
from app.services.dataset_rows import Selection
from app.services.dataset_versions import hash_now
from app.services.exports import write_export

_BEFORE_ALL_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip file can name: every file in it has the same."""


def write_folder(wanted: Selection, file: IO[bytes]) -> None:
    """Write a version of a skill's training data to `file` as a zipped folder; `Invalid` without a version."""
    version = wanted.version
    if version is None:
        raise Invalid({"version": "Choose a version: only what is frozen is split."})
    chosen = PARQUET if is_available() else FORMATS["jsonl"]
    now = hash_now(version)
    parts: dict[str, Part] = {}
    manifests: list[dict[str, Any]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for split in SPLITS:
            path = f"data/{split.value}-00000-of-00001.{chosen.layout.extension}"
            with folder.open(_entry(path), "w") as part:
                manifest = write_export(replace(wanted, split=split), chosen, part.write).to_json()
            manifest.pop("exported_at")
            manifests.append({"path": path, **manifest})
            if manifest["rows"]:
                parts[split.value] = Part(path, manifest["rows"])
        card = make_card(
            title=wanted.skill.title,
            description=wanted.skill.description,
            version=version.number or 0,
            content_hash=now.content_hash,
            note=version.note,
            parts=parts,
        ).encode()
        folder.writestr(_entry("README.md"), card)
        manifests.append({"path": "README.md", "sha256": hashlib.sha256(card).hexdigest()})
        body = {"skill": wanted.skill.slug, "version": version.number, "version_hash": now.content_hash}
        text = json.dumps({**body, "files": manifests}, indent=2, ensure_ascii=False) + "\n"
        folder.writestr(_entry("manifest.json"), text.encode())


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _BEFORE_ALL_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry

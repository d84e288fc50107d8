"""A version as a folder in one zip file, as `datasets` and the Hugging Face hub read it: a card, a file per split, and
a manifest of every file.

The same version makes the same bytes everywhere: nothing in it says when or where it was made.

How costs grow: with the rows, which are written, and sent, as they are read.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from app.domain.dataset_cards import Part, make_card
from app.domain.errors import Invalid
from app.domain.formats import FORMATS
from app.domain.formats.parquet import PARQUET, is_available
from app.domain.splits import SPLITS
from app.domain.zip_entries import fixed_entry
from app.models import DatasetVersion
from app.services.dataset_rows import Selection
from app.services.dataset_versions import hash_now
from app.services.exports import Export


def stream_folder(wanted: Selection, note_rows: Callable[[int], object] = lambda _rows: None) -> Iterator[bytes]:
    """Return a version of a skill's training data as a zipped folder, piece by piece; `Invalid` without a version.

    `note_rows` is told how many rows were read since it was told last, now and then.
    """
    if wanted.version is None:
        raise Invalid({"version": "Choose a version: only what is frozen is split."})
    return _stream(wanted, wanted.version, note_rows)


def _stream(wanted: Selection, version: DatasetVersion, note_rows: Callable[[int], object]) -> Iterator[bytes]:
    chosen = PARQUET if is_available() else FORMATS["jsonl"]
    now = hash_now(version)
    parts: dict[str, Part] = {}
    manifests: list[dict[str, Any]] = []
    written = _Written()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as folder:
        for split in SPLITS:
            path = f"data/{split.value}-00000-of-00001.{chosen.layout.extension}"
            made = Export(replace(wanted, split=split), chosen, note_rows)
            # How long it becomes is not known before, and it may be more than the 2 GiB of a plain entry.
            with folder.open(fixed_entry(path), "w", force_zip64=True) as part:
                for piece in made:
                    part.write(piece)
                    yield from written.take()
            manifest = made.manifest.to_json()
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
        folder.writestr(fixed_entry("README.md"), card)
        manifests.append({"path": "README.md", "sha256": hashlib.sha256(card).hexdigest()})
        body = {"skill": wanted.skill.slug, "version": version.number, "version_hash": now.content_hash}
        text = json.dumps({**body, "files": manifests}, indent=2, ensure_ascii=False) + "\n"
        folder.writestr(fixed_entry("manifest.json"), text.encode())
    yield from written.take()


class _Written(io.RawIOBase):
    """What was written and nobody has taken yet: a file that only grows, so that a zip file can be sent meanwhile."""

    def __init__(self) -> None:
        self._data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._data += data
        return len(data)

    def take(self) -> Iterator[bytes]:
        """Yield it, if anything, and forget it."""
        if self._data:
            yield bytes(self._data)
            self._data.clear()

"""Exports: a version of a skill's training data, or its approved examples as they are, in the format of a tool.

How costs grow: with the rows, which are read a thousand at a time and written as they come; the counts of what a format
cannot hold are one statement, which looks at no more than `MOST_LOOKED_AT` of them.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from app.domain.datasets import hash_of_sorted_rows
from app.domain.errors import Conflict, NotFound
from app.domain.formats import FORMATS, Format, Record
from app.domain.formats.parquet import PARQUET, is_available
from app.domain.redaction import sanitize_payload
from app.services import clock
from app.services.chunks import SortedOnDisk
from app.services.dataset_rows import ROWS_AT_ONCE, Selection, count_classes, read_records
from app.services.dataset_versions import hash_now, tag_of_version


@dataclass(frozen=True)
class Manifest:
    """What an export is: of which skill and version, in which format, how many rows, on what consent they rest, and
    what they and the file are known by. `seed` says how the version is split; it is None without a version."""

    skill: str
    version: int | None
    version_hash: str | None
    split: str | None
    seed: int | None
    format: str
    format_version: int
    filter: str
    rows: int
    left_out: int
    captured_rows: int
    rows_hash: str
    sha256: str
    consent: str
    exported_at: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def to_text(self) -> str:
        """Return it as the file that lies beside an export."""
        return json.dumps(self.to_json(), indent=2, ensure_ascii=False) + "\n"


MOST_LOOKED_AT = 200_000
"""So many rows are looked at for what formats cannot hold: under half a second."""
CONSENT = "Captured rows were kept while the site's switch and the user's consent were both on; see /admin/capture."


def get_format(name: str) -> Format:
    """Return the format with this name; raise `NotFound`."""
    if name not in FORMATS:
        raise NotFound(f"format named {name!r}; there are {', '.join(FORMATS)}")
    if name == PARQUET.name and not is_available():
        raise Conflict("Parquet needs the extra parquet here: run `make parquet`, or install goldset[parquet].")
    return FORMATS[name]


def export(wanted: Selection, chosen: Format) -> Iterator[bytes]:
    """Yield the file, piece by piece: a version's rows in its own order, else the oldest example first."""
    return chosen.write(read_records(wanted), wanted.skill.slug)


def tag_of(wanted: Selection, chosen: Format) -> str | None:
    """Return what names the bytes of a version's file: the same tag, the same bytes. Examples as they are have none.

    The version stands in it too: another one of the same rows may be split otherwise.
    """
    if wanted.version is None:
        return None
    return f"{tag_of_version(wanted.version)}-{chosen.name}.{chosen.version}-{wanted.split or 'all'}"


def stream_manifest(wanted: Selection, chosen: Format) -> Iterator[str]:
    """Yield the manifest as JSON text: its beginning at once, the rest when the export was made to its end."""
    yield "{\n"
    yield make_manifest(wanted, chosen).to_text().removeprefix("{\n")


def make_manifest(wanted: Selection, chosen: Format) -> Manifest:
    """Return the manifest of an export made now. It makes the export to do so, and keeps nothing of it."""
    return write_export(wanted, chosen, lambda _data: None)


def write_export(
    wanted: Selection,
    chosen: Format,
    write: Callable[[bytes], object],
    note_rows: Callable[[int], object] = lambda _rows: None,
) -> Manifest:
    """Hand the file to `write`, piece by piece as bytes, and return its manifest.

    `note_rows` is told how many rows were read since it was told last, now and then.
    """
    made = Export(wanted, chosen, note_rows)
    for piece in made:
        write(piece)
    return made.manifest


class Export:
    """The file, piece by piece, counted and hashed on its way: `manifest` is there once it was read to its end."""

    manifest: Manifest

    def __init__(
        self, wanted: Selection, chosen: Format, note_rows: Callable[[int], object] = lambda _rows: None
    ) -> None:
        self._wanted, self._chosen, self._note_rows = wanted, chosen, note_rows
        self._rows = self._left_out = self._captured = 0

    def __iter__(self) -> Iterator[bytes]:
        digest = hashlib.sha256()
        # The rows' hashes are sorted on disk: none has to be kept here.
        with closing(SortedOnDisk()) as hashes:
            for piece in self._chosen.write(self._counted(hashes), self._wanted.skill.slug):
                digest.update(piece)
                yield piece
            self.manifest = self._make_manifest(hash_of_sorted_rows(hashes), digest.hexdigest())

    def _counted(self, hashes: SortedOnDisk) -> Iterator[Record]:
        number = 0
        for number, record in enumerate(read_records(self._wanted), start=1):
            if self._chosen.leaves_out(record.row):
                self._left_out += 1
            else:
                self._rows += 1
                self._captured += record.row.is_captured
                hashes.add(record.hash)
            yield record
            if number % ROWS_AT_ONCE == 0:
                self._note_rows(ROWS_AT_ONCE)
        self._note_rows(number % ROWS_AT_ONCE)

    def _make_manifest(self, rows_hash: str, sha256: str) -> Manifest:
        wanted, version = self._wanted, self._wanted.version
        return Manifest(
            skill=wanted.skill.slug,
            version=version.number if version else None,
            version_hash=hash_now(version).content_hash if version else None,
            split=wanted.split.value if wanted.split else None,
            seed=version.seed if version else None,
            format=self._chosen.name,
            format_version=self._chosen.version,
            filter=sanitize_payload(wanted.filter_text).sanitized,
            rows=self._rows,
            left_out=self._left_out,
            captured_rows=self._captured,
            rows_hash=rows_hash,
            sha256=sha256,
            consent=CONSENT,
            exported_at=clock.now().isoformat(timespec="seconds"),
        )


@dataclass(frozen=True)
class Loss:
    """What a format cannot hold of so many rows."""

    what: str
    rows: int


class Losses(NamedTuple):
    """What each format cannot hold, by its name, of the rows that were looked at: of all of them, where `is_whole`."""

    of: dict[str, list[Loss]]
    rows: int
    is_whole: bool


def count_losses(wanted: Selection) -> Losses:
    """Return, for each format, what it cannot hold and how many rows that touches: one statement for all of them.

    Of large datasets `MOST_LOOKED_AT` rows are looked at, because somebody waits for the page that says so.
    """
    classes = count_classes(wanted, most=MOST_LOOKED_AT)
    rows = sum(count for _, count in classes)
    found: dict[str, list[Loss]] = {}
    for name, chosen in FORMATS.items():
        lost: dict[str, int] = {}
        for row, count in classes:
            what = chosen.loses(row)
            if what:
                lost[what] = lost.get(what, 0) + count
        found[name] = [Loss(what, count) for what, count in lost.items()]
    return Losses(found, rows, is_whole=rows < MOST_LOOKED_AT)

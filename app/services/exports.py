"""Exports: a skill's approved examples, all or those that a search matches, in a format of somebody else's tool.

How costs grow: with the rows, which are read a thousand at a time and written as they come; the counts of what a format
cannot hold are one statement.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import and_, func, select

from app.domain.datasets import Row, hash_of_rows
from app.domain.errors import NotFound
from app.domain.formats import FORMATS, Format, Record
from app.domain.formats.base import SKIPPED
from app.domain.training_examples import PUBLIC_STATUSES
from app.models import Skill, TrainingExample
from app.services import clock
from app.services.training_example_lists import Filter, select_examples
from app.services.transactions import reading

_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Manifest:
    """What an export is: of which skill, in which format, how many rows, and what they and the file are known by."""

    skill: str
    format: str
    format_version: int
    filter: str
    rows: int
    left_out: int
    rows_hash: str
    sha256: str
    consent: str
    exported_at: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


CONSENT = "Captured rows were kept while the site's switch and the user's consent were both on; see /admin/capture."


def get_format(name: str) -> Format:
    """Return the format with this name; raise `NotFound`."""
    if name not in FORMATS:
        raise NotFound(f"format named {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]


def export(skill: Skill, chosen: Format, *, query: str = "") -> Iterator[str]:
    """Yield the file, piece by piece, oldest example first."""
    yield from chosen.write(read_records(skill, query=query), skill.slug)


def read_records(skill: Skill, *, query: str = "") -> Iterator[Record]:
    """Yield the skill's approved examples as rows, with their hashes, in flat memory."""
    matching, (key,) = select_examples(skill.id, Filter(statuses=PUBLIC_STATUSES, query=query))
    statement = matching.with_only_columns(
        key,
        TrainingExample.example_input,
        TrainingExample.example_output,
        TrainingExample.expected_output,
        TrainingExample.quality_score,
        TrainingExample.source,
    )
    statement = statement.order_by(key).limit(_ROWS_AT_ONCE)
    last = 0
    while batch := reading().execute(statement.where(key > last)).all():
        for _, given, answered, expected, score, source in batch:
            row = Row(given, answered, expected, score, source)
            yield Record(row, row.hash)
        last = batch[-1][0]


def make_manifest(skill: Skill, chosen: Format, *, query: str = "") -> Manifest:
    """Return the manifest of an export made now. It makes the export to do so, and keeps nothing of it."""
    return write_export(skill, chosen, lambda _data: None, query=query)


def write_export(skill: Skill, chosen: Format, write: Callable[[bytes], object], *, query: str = "") -> Manifest:
    """Hand the file to `write`, piece by piece as bytes, and return its manifest."""
    digest = hashlib.sha256()
    counted = _Counted(read_records(skill, query=query), chosen)
    for piece in chosen.write(counted, skill.slug):
        data = piece.encode("utf-8")
        digest.update(data)
        write(data)
    return counted.manifest(skill, query, digest.hexdigest())


class _Counted:
    """Records on their way through, counted and hashed."""

    def __init__(self, records: Iterable[Record], chosen: Format) -> None:
        self._records, self._chosen = records, chosen
        self._hashes: list[str] = []
        self._left_out = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            if self._chosen.loses(record.row) == SKIPPED:
                self._left_out += 1
            else:
                self._hashes.append(record.hash)
            yield record

    def manifest(self, skill: Skill, query: str, sha256: str) -> Manifest:
        return Manifest(
            skill=skill.slug,
            format=self._chosen.name,
            format_version=self._chosen.version,
            filter=query,
            rows=len(self._hashes),
            left_out=self._left_out,
            rows_hash=hash_of_rows(self._hashes),
            sha256=sha256,
            consent=CONSENT,
            exported_at=clock.now().isoformat(timespec="seconds"),
        )


@dataclass(frozen=True)
class Loss:
    """What a format cannot hold of so many rows."""

    what: str
    rows: int


def count_losses(skill_id: int, *, query: str = "") -> dict[str, list[Loss]]:
    """Return, for each format, what it cannot hold and how many rows that touches: one statement for all of them."""
    classes = _count_classes(skill_id, query)
    found: dict[str, list[Loss]] = {}
    for name, chosen in FORMATS.items():
        lost: dict[str, int] = {}
        for row, count in classes:
            what = chosen.loses(row)
            if what:
                lost[what] = lost.get(what, 0) + count
        found[name] = [Loss(what, rows) for what, rows in lost.items()]
    return found


def _count_classes(skill_id: int, query: str) -> list[tuple[Row, int]]:
    """Return a row of each kind that formats treat differently (a pair or not, with a score or not), and how many."""
    is_pair = and_(
        TrainingExample.expected_output.is_not(None), TrainingExample.expected_output != TrainingExample.example_output
    )
    has_score = TrainingExample.quality_score.is_not(None)
    matching, _ = select_examples(skill_id, Filter(statuses=PUBLIC_STATUSES, query=query))
    kinds = matching.with_only_columns(is_pair.label("is_pair"), has_score.label("has_score")).subquery()
    statement = select(kinds.c.is_pair, kinds.c.has_score, func.count()).group_by(kinds.c.is_pair, kinds.c.has_score)
    return [
        (Row("in", "out", "better" if pair else None, 5 if scored else None), count)
        for pair, scored, count in reading().execute(statement)
    ]

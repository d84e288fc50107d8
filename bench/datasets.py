"""What importing, freezing and exporting cost, with how much memory, and how they grow with the rows.

`python -m bench.datasets [ROWS]` prints the steps of one import, freeze and export of so many rows.
"""

import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import flask_migrate
from sqlalchemy import func, select

from app import create_app
from app.domain.formats import FORMATS
from app.domain.skill_md import parse_skill_file
from app.extensions import db
from app.jobs.worker import run_job
from app.models import Skill, TrainingExample, User
from app.services.dataset_rows import Selection
from app.services.dataset_versions import get_dataset_version
from app.services.exports import export
from app.services.freezes import freeze
from app.services.imports import begin_adding, stage_import
from app.services.skill_versions import save_skill_file
from app.services.transactions import reading
from app.services.users import create_user
from app.services.verifications import verify

CHARACTERS = 450
"""Of the input and of the output, each."""
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("a", "e", "io", "u") for c in ("n", "ra", "st")]
FEW, MANY = 2_000, 10_000


class Steps(NamedTuple):
    """Seconds of each step with so many rows, and megabytes of memory that importing took more than idling."""

    rows: int
    read: float
    checked: float
    added: float
    frozen: float
    exported: dict[str, float]
    verified: float
    megabytes: float

    @property
    def imported(self) -> float:
        return self.read + self.checked + self.added


def measure_steps(folder: Path, rows: int) -> Steps:
    """Import a file of so many different rows, freeze them, and export them in every text format."""
    app = create_app({"GOLDSET_INSTANCE": str(folder)})
    with app.app_context():
        flask_migrate.upgrade()
        author = create_user(email="author@example.com", name="Author", password="a password for measuring")
        skill = save_skill_file(
            author, parse_skill_file("---\nname: a-skill\ndescription: Measured.\n---\n# A\n")
        ).skill
        file = _File(rows)
        before = _megabytes()
        made, read = _timed(lambda: stage_import(author, skill_id=skill.id, file=file, file_name="rows"))  # type: ignore[arg-type]
        _, checked = _timed(run_job)
        begin_adding(author, skill_id=skill.id, import_id=made.id)
        _, added = _timed(run_job)
        memory = _megabytes() - before
        frozen, exported, verified = _freeze_and_export(author, skill)
        stored = reading().scalar(select(func.count()).select_from(TrainingExample))
        if stored != rows:
            raise SystemExit(f"{stored} of {rows} rows were imported")
        db.session.remove()
        db.engine.dispose()
    return Steps(rows, read, checked, added, frozen, exported, verified, memory)


def _freeze_and_export(author: User, skill: Skill) -> tuple[float, dict[str, float], float]:
    freeze(author, skill_id=skill.id)
    _, frozen = _timed(run_job)
    wanted = Selection(skill, get_dataset_version(skill.id, "latest"))
    exported = {
        name: _timed(lambda chosen=chosen: sum(map(len, export(wanted, chosen))))[1]  # type: ignore[misc]
        for name, chosen in FORMATS.items()
        if chosen.layout.is_text
    }
    _, verified = _timed(lambda: [one.faults for one in verify()])
    return frozen, exported, verified


def _timed(action: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    result = action()
    return result, time.perf_counter() - begin


class _File(io.RawIOBase):
    """JSON Lines that are made while they are read, so that the file itself takes no memory."""

    def __init__(self, rows: int) -> None:
        self._lines = self._make(rows)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while len(self._rest) < len(buffer) and (line := next(self._lines, b"")):
            self._rest += line
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    @staticmethod
    def _make(rows: int) -> Iterator[bytes]:
        source = random.Random(1)
        for _ in range(rows):
            texts = [" ".join(source.choices(WORDS, k=CHARACTERS // 5))[:CHARACTERS] for _ in range(2)]
            yield json.dumps({"input": texts[0], "output": texts[1]}).encode() + b"\n"


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1_000_000


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as folder:
        steps = measure_steps(Path(folder), rows)
    for name, value in steps._asdict().items():
        print(name, value)


if __name__ == "__main__":
    main()

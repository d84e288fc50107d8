"""Chunks: as many rows as are wanted, or fewer where they are large, and never one that is left out."""

import hashlib
import io
import json
from contextlib import closing

import pytest

from app.domain.example_details import Details, Turn
from app.jobs import WORK
from app.services import chunks
from app.services.chunks import SortedOnDisk, take_chunk
from app.services.freezes import freeze
from app.services.imports import begin_adding, stage_import
from app.services.jobs import claim_job, get_job
from tests.support.factories import make_example

pytestmark = pytest.mark.slow

LARGE = "word " * 200


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks that two large rows fill."""
    monkeypatch.setattr(chunks, "CHARACTERS_AT_ONCE", 2 * len(LARGE))


def progress_of_job(author) -> list[int]:
    """Do the job that waits, and return how far it was after each chunk."""
    lease = claim_job()
    progress = []
    while lease.run_chunk(WORK[lease.kind]):
        progress.append(get_job(author, lease.job_id).progress)
    return progress


def test_a_chunk_has_as_many_small_rows_as_are_wanted():
    rows = iter(range(10))

    assert take_chunk(rows, most=4, characters=lambda _: 1) == [0, 1, 2, 3]
    assert take_chunk(rows, most=40, characters=lambda _: 1) == [4, 5, 6, 7, 8, 9]
    assert take_chunk(rows, most=4, characters=lambda _: 1) == []


def test_a_chunk_ends_with_the_row_that_makes_it_large():
    rows = iter([1, chunks.CHARACTERS_AT_ONCE, 3, 4])

    assert take_chunk(rows, most=10, characters=lambda row: row) == [1, chunks.CHARACTERS_AT_ONCE]
    assert take_chunk(rows, most=10, characters=lambda row: row) == [3, 4]


def test_what_is_sorted_on_disk_comes_in_its_order_and_as_often_as_it_was_added():
    texts = [hashlib.sha256(str(number % 2_000).encode()).hexdigest() for number in range(2_500)]
    with closing(SortedOnDisk()) as kept:
        assert list(kept) == []
        for text in texts:
            kept.add(text)

        assert list(kept) == list(kept) == sorted(texts)


@pytest.mark.usefixtures("small_chunks")
def test_what_was_said_before_makes_a_row_large_too(author, skill):
    for number in range(5):
        make_example(
            skill, f"Question {number}", details=Details(turns=(Turn("user", LARGE), Turn("assistant", "Yes")))
        )

    freeze(author, skill_id=skill.id)

    assert progress_of_job(author) == [2, 4, 5]


@pytest.mark.usefixtures("small_chunks")
def test_large_rows_are_imported_and_frozen_a_few_at_a_time(author, skill):
    lines = [json.dumps({"input": f"{number} {LARGE}", "output": "An answer"}) for number in range(5)]
    made = stage_import(author, skill_id=skill.id, file=io.BytesIO("\n".join(lines).encode()), file_name="a file")

    assert progress_of_job(author) == [2, 4, 5]
    begin_adding(author, skill_id=skill.id, import_id=made.id, near_duplicates=True)
    assert progress_of_job(author) == [2, 4, 5]
    freeze(author, skill_id=skill.id)
    assert progress_of_job(author) == [2, 4, 5]

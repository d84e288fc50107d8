"""Verifying: whatever somebody does to what is frozen behind Goldset's back is found and named."""

import pytest
from sqlalchemy import text

from app.extensions import db
from app.models import FrozenRow
from app.services import verifications
from app.services.contributions import take_back
from app.services.dataset_rows import frozen_row_of
from app.services.transactions import reading
from app.services.verifications import count_frozen_rows, verify
from tests.support.factories import capture, make_example, make_skill
from tests.support.threads import look_anew
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow


@pytest.fixture
def version(author, skill):
    """A version of three rows, beside one of another skill that nobody touches."""
    elsewhere = make_skill(author)
    make_example(elsewhere, "Elsewhere")
    frozen(author, elsewhere)
    for number in range(3):
        make_example(skill, f"Question {number}", f"Answer {number}", quality_score=5)
    return frozen(author, skill)


def faults(skill_id=None):
    return [fault for verified in verify(skill_id) for fault in verified.faults]


def tamper(statement, **values):
    """Change what is stored as anything that speaks SQL could."""
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)
    look_anew()


def a_row():
    return reading().query(FrozenRow).filter_by(example_input="Question 1").one()


def test_what_nobody_touched_has_no_fault(version):
    assert faults() == []
    assert count_frozen_rows() == sum(verified.rows for verified in verify()) == 4


def test_what_was_withdrawn_is_no_fault(author, viewer, skill, version):
    captured = approve(author, capture(skill, viewer))
    frozen(author, skill)
    take_back(viewer, example_id=captured.id)

    assert faults() == []
    assert count_frozen_rows(skill.id) == 3


@pytest.mark.parametrize(
    "change",
    [
        "example_input = 'Question 1!'",
        "example_output = 'Another answer'",
        "expected_output = 'A better answer'",
        "quality_score = 6",
        "quality_score = NULL",
        "source = 'usage_capture'",
        "evaluation_only = TRUE",
    ],
)
def test_a_row_that_says_something_else_is_named(version, change):
    row_id, row_hash = a_row().id, a_row().row_hash

    tamper(f"UPDATE frozen_rows SET {change} WHERE id = :id", id=row_id)

    [fault] = faults()
    assert fault.startswith(f"Frozen row {row_id} says ")
    assert fault.endswith(f" and is known as {row_hash[:12]}….")


def test_a_row_whose_hash_was_made_to_fit_is_found_by_its_version(version):
    tamper("UPDATE frozen_rows SET example_output = 'Another answer' WHERE id = :id", id=a_row().id)
    [fault] = faults()
    assert fault.startswith("Frozen row")
    row = a_row()
    tamper("UPDATE frozen_rows SET row_hash = :hash WHERE id = :id", hash=frozen_row_of(row).hash, id=row.id)

    found = faults()

    assert any(fault.startswith("Version 1 of a-skill says ") for fault in found)
    assert "Version 1 of a-skill names 1 rows by other hashes than their own." in found


def test_an_entry_with_another_hash_is_named(version):
    tamper("UPDATE dataset_entries SET row_hash = :hash WHERE frozen_row_id = :id", hash="0" * 64, id=a_row().id)

    assert "Version 1 of a-skill names 1 rows by other hashes than their own." in faults()


@pytest.mark.parametrize("table", ["dataset_entries", "frozen_rows"])
def test_a_row_that_is_missing_is_missed(version, table):
    key = "id" if table == "frozen_rows" else "frozen_row_id"

    tamper(f"DELETE FROM {table} WHERE {key} = :id", id=a_row().id)

    found = faults()
    assert found[0] == "Version 1 of a-skill has 2 rows, and should have 3."
    assert found[1].startswith("Version 1 of a-skill says ")


def test_a_row_too_many_is_noticed(version):
    tamper(
        "INSERT INTO dataset_entries (version_id, row_hash, frozen_row_id, split)"
        " SELECT :version, row_hash, id, 'train' FROM frozen_rows WHERE example_input = 'Elsewhere'",
        version=version.id,
    )

    assert "Version 1 of a-skill has 4 rows, and should have 3." in faults()


def test_a_version_with_another_hash_is_named(version):
    known = version.content_hash[:12]
    tamper("UPDATE dataset_versions SET content_hash = :hash WHERE id = :id", hash="0" * 64, id=version.id)

    assert faults() == [f"Version 1 of a-skill says {known}…, and is known as 000000000000…."]


def test_a_successor_with_another_hash_is_named(author, viewer, skill, version):
    captured = approve(author, capture(skill, viewer))
    frozen(author, skill)
    take_back(viewer, example_id=captured.id)

    tamper("UPDATE version_successors SET content_hash = :hash", hash="0" * 64)

    [fault] = faults()
    assert fault.startswith("Version 2 of a-skill says ")


def test_a_text_that_was_blanked_without_a_withdrawal_is_missed(version):
    tamper(
        "UPDATE frozen_rows SET example_input = NULL, example_output = NULL, user_id = NULL,"
        " withdrawn_at = '2026-01-01 00:00+00:00' WHERE id = :id",
        id=a_row().id,
    )

    assert "Version 1 of a-skill has 2 rows, and should have 3." in faults()


def test_one_skill_is_verified_by_itself(skill, version):
    tamper("UPDATE frozen_rows SET example_output = 'x' WHERE example_input = 'Elsewhere'")

    assert faults(skill.id) == []
    assert len(faults()) == 1
    assert sum(verified.rows for verified in verify(skill.id)) == 3


def test_many_rows_are_looked_at_in_batches_and_each_once(version, monkeypatch):
    monkeypatch.setattr(verifications, "ROWS_AT_ONCE", 2)

    assert [verified.rows for verified in verify() if verified.rows] == [2, 2]


def test_what_a_version_was_frozen_as_is_known_with_what_was_withdrawn_since(author, viewer, skill, version):
    captured = approve(author, capture(skill, viewer))
    frozen(author, skill)
    take_back(viewer, example_id=captured.id)
    other = "0" * 64

    tamper("UPDATE dataset_versions SET content_hash = :other WHERE number = 2", other=other)

    assert any("was frozen as 000000000000" in fault for fault in faults())


def test_a_tombstone_with_another_hash_is_noticed(author, viewer, skill, version):
    captured = approve(author, capture(skill, viewer))
    frozen(author, skill)
    take_back(viewer, example_id=captured.id)
    gone = "SELECT id FROM frozen_rows WHERE withdrawn_at IS NOT NULL"

    tamper(f"UPDATE dataset_entries SET row_hash = :other WHERE frozen_row_id IN ({gone})", other="1" * 64)

    assert any("with what was withdrawn it says" in fault for fault in faults())


def test_rows_that_were_moved_into_another_split_are_noticed(version):
    tamper(f"UPDATE dataset_entries SET split = 'held_out' WHERE version_id = {version.id}")

    assert any("other splits than when it was frozen" in fault for fault in faults())

"""Withdrawing from what is frozen: the words go from every version, and what is left says so and is known anew."""

import json
from typing import NamedTuple

import pytest
from sqlalchemy import select, update

from app.domain.bulk_changes import KEPT, Change
from app.domain.bulk_changes import Verb as ChangeVerb
from app.domain.datasets import hash_of_rows
from app.domain.erasures import Withdrawal
from app.domain.errors import NotFound
from app.domain.example_details import Details
from app.domain.formats import FORMATS, Record
from app.domain.reviews import Verb
from app.jobs.worker import run_job
from app.models import (
    DatasetVersion,
    DeletedExample,
    FormerRow,
    FrozenRow,
    Skill,
    TrainingExample,
    VersionSuccessor,
    WithdrawnRow,
)
from app.services import clock, verifications
from app.services.bulk_changes import begin_change
from app.services.bulk_undo import begin_undo, delete_for_good
from app.services.contributions import export_contributions, get_kept_in_versions, redact_more, take_back
from app.services.dataset_rows import Selection, read_records
from app.services.dataset_versions import get_successors, get_version_rows, hash_now
from app.services.deleted_examples import sweep_bin
from app.services.preferences import change_preferences, exclude_skill
from app.services.review_undo import undo
from app.services.reviews import decide
from app.services.training_example_lists import Filter
from app.services.training_examples import delete_training_example, edit_training_example
from app.services.transactions import reading, writing
from app.services.user_administration import Operator, delete_user
from app.services.withdrawals import make_erasure_manifest
from tests.services.test_erasures import CANARY, all_traces, traces_of
from tests.support.factories import capture, make_example, make_skill, make_user
from tests.support.older_rules import CLEAN, LEAK, SECRET, leave_behind, rescan
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

# What somebody does, and the reason that versions are given for it.
WAYS = {
    "consent_withdrawn": lambda user, example: change_preferences(user, training_data_consent=False),
    "skill_excluded": lambda user, example: exclude_skill(user, skill_id=example.skill_id),
    "taken_back": lambda user, example: take_back(user, example_id=example.id),
    "redacted_more": lambda user, example: redact_more(
        user, example_id=example.id, text=CANARY, revision=example.revision
    ),
    "user_deleted": lambda user, example: delete_user(Operator.COMMAND_LINE, user_id=user.id),
}
EVERY_WAY = pytest.mark.parametrize("way", WAYS)
WITHOUT_THE_EXAMPLE = pytest.mark.parametrize("way", ["consent_withdrawn", "skill_excluded", "user_deleted"])


class Captured(NamedTuple):
    """What is remembered of an example when it is gone."""

    id: int
    skill_id: int
    revision: int


@pytest.fixture
def captured(author, viewer, skill):
    """An approved example of the viewer's usage, which says the canary, beside a golden one and somebody else's."""
    make_example(skill, "A golden one", "Yes")
    approve(author, capture(skill, make_user(), "Of somebody else"))
    example = approve(author, capture(skill, viewer, f"Ask about {CANARY} please", f"{CANARY} is fine"))
    return Captured(example.id, skill.id, example.revision)


def go(way, user, example):
    WAYS[way](user, example)
    look_anew()


def frozen_rows():
    return reading().scalars(select(FrozenRow).order_by(FrozenRow.id)).all()


def records_of(version):
    return list(read_records(Selection(reading().get_one(Skill, version.skill_id), version)))


def hashes_in(version):
    return {record.hash for record in records_of(version)}


def faults():
    return [fault for verified in verifications.verify() for fault in verified.faults]


# ---- each way ----


@EVERY_WAY
def test_the_words_are_in_no_version_and_in_no_file_afterwards(author, viewer, skill, captured, way):
    frozen(author, skill)
    make_example(skill, "Another")
    frozen(author, skill)
    assert traces_of() == all_traces(), "the search must be able to find what is there"

    go(way, viewer, captured)

    assert traces_of() == set()


@EVERY_WAY
def test_every_version_that_had_the_row_lost_it_and_says_why(author, viewer, skill, captured, way):
    versions = [frozen(author, skill)]
    make_example(skill, "Another")
    versions.append(frozen(author, skill))
    gone = next(row.row_hash for row in frozen_rows() if row.example_id == captured.id)
    before = [(version.content_hash, hashes_in(version)) for version in versions]

    go(way, viewer, captured)

    for version, (content_hash, hashes) in zip(versions, before, strict=True):
        left = hashes - {gone}
        assert hashes_in(version) == left
        assert len(left) == len(hashes) - 1
        [successor] = get_successors(version.id)
        assert (successor.reason, successor.withdrawn, successor.rows) == (way, 1, len(left))
        assert successor.content_hash == hash_of_rows(left)
        assert hash_now(version) == (hash_of_rows(left), len(left))
        assert version.content_hash == content_hash, "what it was known by stays written down"
    assert faults() == []


@EVERY_WAY
def test_what_is_left_of_the_row_is_a_tombstone(author, viewer, skill, captured, way):
    frozen(author, skill)
    row_hash = next(row.row_hash for row in frozen_rows() if row.example_id == captured.id)

    go(way, viewer, captured)

    stone = next(row for row in frozen_rows() if row.withdrawn_at is not None)
    assert (stone.example_id, stone.row_hash, stone.user_id) == (captured.id, row_hash, None)
    assert (stone.example_input, stone.example_output, stone.expected_output) == (None, None, None)
    assert stone.quality_score is None
    assert len([row for row in frozen_rows() if row.withdrawn_at is None]) == 2


@WITHOUT_THE_EXAMPLE
def test_what_the_author_deleted_before_goes_from_the_versions_too(author, viewer, skill, captured, way):
    version = frozen(author, skill)
    delete_training_example(author, example_id=captured.id, revision=captured.revision)
    assert len(hashes_in(version)) == 3

    go(way, viewer, captured)

    assert traces_of() == set()
    assert len(hashes_in(version)) == 2
    assert [one.reason for one in get_successors(version.id)] == [way]


def test_every_revision_that_was_frozen_goes(author, viewer, skill, captured):
    frozen(author, skill)
    decide(author, example_id=captured.id, revision=2, verb=Verb.CORRECT, expected_output=f"Better: {CANARY}")
    frozen(author, skill)

    go("taken_back", viewer, captured)

    assert traces_of() == set()
    assert len([row for row in frozen_rows() if row.withdrawn_at is not None]) == 2


def test_other_versions_keep_their_hash(author, viewer, skill):
    make_example(skill, "A golden one")
    before = frozen(author, skill)
    elsewhere = make_skill(author)
    make_example(elsewhere, "Elsewhere")
    other = frozen(author, elsewhere)
    example = approve(author, capture(skill, viewer))
    frozen(author, skill)

    go("taken_back", viewer, example)

    for version in (before, other):
        assert get_successors(version.id) == []
        assert hash_now(version).content_hash == version.content_hash


def test_one_skill_left_out_takes_nothing_from_another(author, viewer, skill, captured):
    elsewhere = make_skill(author)
    approve(author, capture(elsewhere, viewer, "Said elsewhere"))
    other = frozen(author, elsewhere)
    frozen(author, skill)

    go("skill_excluded", viewer, captured)

    assert [record.row.input for record in records_of(other)] == ["Said elsewhere"]
    assert get_successors(other.id) == []


def test_golden_examples_of_whoever_withdraws_stay(author, skill):
    make_example(skill, "Golden")
    own = approve(author, capture(skill, author, "Own usage"))
    version = frozen(author, skill)

    go("consent_withdrawn", author, own)

    assert [record.row.input for record in records_of(version)] == ["Golden"]


def test_many_rows_that_go_at_once_are_one_successor(author, viewer, skill, captured):
    approve(author, capture(skill, viewer, "One more"))
    version = frozen(author, skill)

    go("consent_withdrawn", viewer, captured)

    assert [(one.withdrawn, one.rows) for one in get_successors(version.id)] == [(2, 2)]


def test_one_after_the_other_the_newest_successor_holds(author, viewer, skill, captured):
    second = approve(author, capture(skill, viewer, "One more"))
    version = frozen(author, skill)

    go("taken_back", viewer, captured)
    go("taken_back", viewer, second)

    assert [(one.withdrawn, one.rows) for one in get_successors(version.id)] == [(1, 2), (1, 3)]
    assert hash_now(version) == (hash_of_rows(hashes_in(version)), 2)


def test_a_version_may_lose_all_of_its_rows(author, viewer, skill):
    example = approve(author, capture(skill, viewer))
    version = frozen(author, skill)

    go("taken_back", viewer, example)

    assert records_of(version) == []
    assert get_version_rows(version.id).rows == []
    assert hash_now(version) == (hash_of_rows([]), 0)
    assert faults() == []


def test_a_withdrawal_that_fails_takes_nothing(author, viewer, skill, captured):
    frozen(author, skill)
    before = dump()

    def withdraw_and_fail():
        with writing():
            change_preferences(viewer, training_data_consent=False)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        withdraw_and_fail()

    assert dump() == before


def test_what_was_withdrawn_may_be_frozen_again_without_its_words(author, viewer, skill, captured):
    frozen(author, skill)

    go("redacted_more", viewer, captured)
    again = frozen(author, skill)

    assert again.number == 2
    assert "Ask about [REMOVED_1] please" in [record.row.input for record in records_of(again)]
    assert faults() == []


# ---- the erasure manifest ----


@EVERY_WAY
def test_the_manifest_says_what_files_have_to_lose_and_nobodys_words(author, viewer, skill, captured, way):
    frozen(author, skill)
    [record] = [one for one in records_of(frozen_version()) if CANARY in one.row.input]

    go(way, viewer, captured)

    manifest = make_erasure_manifest(skill)
    [row] = manifest["rows"]
    assert (manifest["skill"], row["hash"], row["reason"]) == ("a-skill", record.hash, way)
    assert row["keys"] == keys_of(record)
    written = json.dumps(manifest)
    assert not [word for word in CANARY.split() if len(word) > 5 and word in written]
    assert viewer.email not in written


def frozen_version():
    return reading().scalars(select(DatasetVersion).order_by(DatasetVersion.id.desc())).first()


def keys_of(record: Record):
    values = {name: one.value(record, "a-skill") for name, one in FORMATS.items()}
    return {name: FORMATS[name].key_of(value) for name, value in values.items() if value is not None}


def test_what_was_never_frozen_is_in_the_manifest_too(author, viewer, skill, captured):
    """It may have been exported as it was."""
    [record] = [one for one in read_records(Selection(skill)) if CANARY in one.row.input]

    go("taken_back", viewer, captured)

    assert [row["keys"] for row in make_erasure_manifest(skill)["rows"]] == [keys_of(record)]


def test_a_row_is_named_once_however_often_it_was_frozen(author, viewer, skill, captured):
    frozen(author, skill)
    make_example(skill)
    frozen(author, skill)

    go("taken_back", viewer, captured)

    assert len(make_erasure_manifest(skill)["rows"]) == 1


def test_each_skill_has_a_manifest_of_its_own(author, viewer, skill, captured):
    elsewhere = make_skill(author)
    approve(author, capture(elsewhere, viewer, "Said elsewhere"))
    frozen(author, elsewhere)

    go("consent_withdrawn", viewer, captured)

    hashes = [[row["hash"] for row in make_erasure_manifest(one)["rows"]] for one in (skill, elsewhere)]
    assert [len(found) for found in hashes] == [1, 1]
    assert hashes[0] != hashes[1]


def test_where_nothing_was_taken_back_the_manifest_is_empty(author, skill, captured):
    frozen(author, skill)

    assert make_erasure_manifest(skill) == {"goldset_erasure_manifest": 1, "skill": "a-skill", "rows": []}


# ---- newer rules of redaction ----


@pytest.fixture
def behind(author, skill):
    """A version with a row that says what older rules let through, known by that."""
    example = make_example(skill, "Placeholder", "An answer")
    make_example(skill, "Harmless", "An answer")
    leave_behind(example, example_input=LEAK)
    version = frozen(author, skill)
    [row] = [row for row in frozen_rows() if row.example_id == example.id]
    leaking = next(record for record in records_of(version) if record.row.input != "Harmless")
    old = leaking.row.__class__(LEAK, "An answer")
    assert row.example_input == LEAK
    assert row.row_hash == old.hash
    leave_behind(row)
    return version, row.row_hash, Record(old, old.hash)


def test_newer_rules_clean_what_is_frozen_and_versions_are_known_anew(behind):
    version, old_hash, _ = behind

    rescan()

    assert sorted(record.row.input for record in records_of(version)) == ["Harmless", CLEAN]
    assert SECRET not in str(dump())
    assert old_hash not in hashes_in(version)
    assert all(record.hash == record.row.hash for record in records_of(version))
    [successor] = get_successors(version.id)
    assert (successor.reason, successor.withdrawn, successor.rows) == ("cleaned_again", 1, 2)
    assert hash_now(version) == (hash_of_rows(hashes_in(version)), 2)
    assert faults() == []


def test_the_entries_follow_the_rows(behind):
    version, _, _ = behind

    rescan()

    for entry, row in get_version_rows(version.id).rows:
        assert entry.row_hash == row.row_hash


def test_files_with_the_old_text_are_found_by_the_manifest(skill, behind):
    _, old_hash, old = behind

    rescan()

    [row] = [row for row in make_erasure_manifest(skill)["rows"] if row["hash"] == old_hash]
    assert row["reason"] == Withdrawal.CLEANED_AGAIN.value
    assert row["keys"] == keys_of(old)
    assert SECRET not in json.dumps(make_erasure_manifest(skill))


def test_what_newer_rules_find_nothing_in_keeps_its_hash(author, skill):
    make_example(skill, "Harmless", "An answer")
    version = frozen(author, skill)
    for row in frozen_rows():
        leave_behind(row)

    rescan()

    assert reading().scalars(select(VersionSuccessor)).all() == []
    assert reading().scalars(select(WithdrawnRow)).all() == []
    assert hash_now(version).content_hash == version.content_hash


def test_a_tombstone_is_no_text_to_clean(author, viewer, skill, captured):
    frozen(author, skill)
    go("taken_back", viewer, captured)
    [stone] = [row for row in frozen_rows() if row.withdrawn_at is not None]
    leave_behind(stone)
    successors = len(reading().scalars(select(VersionSuccessor)).all())

    rescan()

    assert len(reading().scalars(select(VersionSuccessor)).all()) == successors
    assert faults() == []


def test_what_was_exported_as_it_was_is_found_after_newer_rules_too(author, viewer, skill):
    """The same row, never frozen: a file of the examples as they were has the old text as well."""
    example = make_example(skill, "Placeholder", "An answer")
    leave_behind(example, example_input=LEAK)
    [old] = read_records(Selection(skill))
    assert old.row.input == LEAK

    rescan()

    assert [row["hash"] for row in make_erasure_manifest(skill)["rows"]] == [old.hash]


def test_what_is_cleaned_beside_a_row_takes_the_row_out_of_no_file(author, skill):
    example = make_example(skill, "Harmless", "An answer")
    leave_behind(example, comment=LEAK)

    rescan()

    assert SECRET not in str(dump())
    assert make_erasure_manifest(skill)["rows"] == []


def test_what_versions_alone_still_hold_is_seen_and_taken_back(author, viewer, skill):
    make_example(skill, "Golden", "1")
    captured = approve(author, capture(skill, viewer, "Words of theirs"))
    version = frozen(author, skill)
    delete_training_example(author, example_id=captured.id, revision=captured.revision)

    [kept] = get_kept_in_versions(viewer)
    assert (kept.row.example_id, kept.row.example_input) == (captured.id, "Words of theirs")
    assert "Words of theirs" in str(list(export_contributions(viewer)))
    with pytest.raises(NotFound):
        take_back(author, example_id=captured.id)
    take_back(viewer, example_id=captured.id)

    assert get_kept_in_versions(viewer) == []
    assert hash_now(version).rows == 1
    assert "Words of theirs" not in str(dump())
    with pytest.raises(NotFound):
        take_back(viewer, example_id=captured.id)


# ---- what was exported as it was before ----

TAG = Change(ChangeVerb.TAG, "a tag")


def change_all(author, example, change):
    job = begin_change(author, skill_id=example.skill_id, change=change, wanted=Filter(query=CANARY))
    run_job(job_id=job.id)
    look_anew()
    return job


def edit(author, example, **more):
    texts = {"example_input": "Edited", "example_output": "By the author", **more}
    edit_training_example(author, example_id=example.id, revision=example.revision, **texts)


def decide_on(author, example, verb, **given):
    return decide(author, example_id=example.id, revision=example.revision, verb=verb, **given)


def correct_and_undo(author, example):
    action = decide_on(author, example, Verb.CORRECT, expected_output="A better answer")
    return lambda: undo(author, action_id=action.action_id)


def tag_and_undo(author, example):
    job = change_all(author, example, TAG)
    return lambda: run_job(job_id=begin_undo(author, job_id=job.id, skill_id=example.skill_id).id)


def delete_in_bulk(author, example):
    change_all(author, example, Change(ChangeVerb.DELETE))


def delete_for_good_in_bulk(author, example):
    job = change_all(author, example, Change(ChangeVerb.DELETE))
    return lambda: delete_for_good(author, job_id=job.id, skill_id=example.skill_id)


def delete_and_wait(author, example):
    change_all(author, example, Change(ChangeVerb.DELETE))

    def wait():
        with writing() as session:
            session.execute(update(DeletedExample).values(updated_at=clock.now() - 2 * KEPT))
        sweep_bin()

    return wait


# Everything that changes what a captured example's row says, or takes it away; some of it in two steps.
WAYS_TO_CHANGE = {
    "edited": edit,
    "edited only in its details": lambda author, example: edit(
        author,
        example,
        example_input=example.example_input,
        example_output=example.example_output,
        details=Details(("a tag",)),
    ),
    "corrected": lambda author, example: decide_on(author, example, Verb.CORRECT, expected_output="Better") and None,
    "scored": lambda author, example: decide_on(author, example, Verb.SCORE, quality_score=3) and None,
    "corrected, and that undone": correct_and_undo,
    "tagged": lambda author, example: change_all(author, example, TAG) and None,
    "tagged, and that undone": tag_and_undo,
    "deleted": lambda author, example: delete_training_example(
        author, example_id=example.id, revision=example.revision
    ),
    "deleted with others": delete_in_bulk,
    "deleted with others for good": delete_for_good_in_bulk,
    "deleted with others long ago": delete_and_wait,
}


@pytest.mark.parametrize("way_to_change", WAYS_TO_CHANGE)
def test_what_was_exported_before_it_was_changed_is_in_the_manifest(author, viewer, skill, captured, way_to_change):
    others = {row.hash for row in read_records(Selection(skill)) if CANARY not in row.row.input}

    def exported():
        return {row.hash for row in read_records(Selection(skill))} - others

    seen = exported()
    then = WAYS_TO_CHANGE[way_to_change](author, reading().get_one(TrainingExample, captured.id))
    look_anew()
    seen |= exported()
    if then is not None:
        then()
        look_anew()
        seen |= exported()

    change_preferences(viewer, training_data_consent=False)

    look_anew()
    assert seen <= {row["hash"] for row in make_erasure_manifest(skill)["rows"]}
    assert count_rows(FormerRow) == 0


def test_what_is_changed_is_in_no_manifest_before_its_user_takes_it_back(author, skill, captured):
    edit(author, reading().get_one(TrainingExample, captured.id))

    assert make_erasure_manifest(skill)["rows"] == []
    assert count_rows(FormerRow) == 1


def test_what_was_known_before_goes_with_what_is_taken_out_of_it(author, viewer, skill, captured):
    [before] = [row.hash for row in read_records(Selection(skill)) if CANARY in row.row.input]
    example = reading().get_one(TrainingExample, captured.id)
    texts = {"example_input": f"Again {CANARY}", "example_output": "Yes"}
    edit_training_example(author, example_id=example.id, revision=example.revision, **texts)

    redact_more(viewer, example_id=captured.id, text=CANARY, revision=captured.revision + 1)

    assert before in {row["hash"] for row in make_erasure_manifest(skill)["rows"]}


def test_golden_examples_are_known_by_nothing_but_what_they_say(author, skill):
    edit(author, make_example(skill))

    assert count_rows(FormerRow) == 0

"""Freezing a version: what it keeps, how it is split, and that nothing gets into it that is not there any more."""

import random
import re
from itertools import combinations

import pytest
from sqlalchemy import delete, select, update

from app.domain.errors import Conflict, Invalid, NotAllowed
from app.domain.jobs import LEASE, State
from app.domain.near_duplicates import shingles_of
from app.domain.reviews import Verb
from app.domain.splits import Plan
from app.extensions import db
from app.jobs import WORK
from app.jobs.worker import run_job
from app.models import DatasetEntry, ExampleBand, FrozenRow, Job, Skill, TrainingExample
from app.services import clock, freezes, near_duplicates
from app.services.contributions import take_back
from app.services.dataset_rows import Selection, read_records
from app.services.dataset_versions import (
    compare_versions,
    get_dataset_version,
    get_dataset_versions,
    get_version_rows,
    hash_now,
)
from app.services.freezes import freeze
from app.services.jobs import cancel_job, claim_job, get_job
from app.services.reviews import decide
from app.services.training_examples import delete_training_example, edit_training_example
from app.services.transactions import reading, writing
from tests.support.factories import capture, make_example, make_skill, make_user
from tests.support.plans import noted_statements, plan_of
from tests.support.tables import last_audit_record
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

TEXT = "The pump in hall {0} stands still since the day before yesterday, number {0}, and nobody knows why."


def rows_of(version):
    skill = reading().get_one(Skill, version.skill_id)
    return [record.row for record in read_records(Selection(skill, version))]


def inputs_of(version):
    return sorted(row.input for row in rows_of(version))


def test_a_version_keeps_the_approved_examples(author, skill):
    make_example(skill, "One", "1", quality_score=7)
    make_example(skill, "Two", "2")
    make_example(skill, "Waiting", "3", user=make_user(), source="usage_capture", status="pending")

    version = frozen(author, skill, note="The first ones")

    assert inputs_of(version) == ["One", "Two"]
    assert (version.number, version.rows, version.note) == (1, 2, "The first ones")
    assert last_audit_record().action == "dataset_version.frozen"


def test_whatever_becomes_of_the_examples_a_version_stays_as_it_was(author, skill):
    kept = make_example(skill, "Kept", "1")
    gone = make_example(skill, "Gone", "2")
    version = frozen(author, skill)
    before = list(read_records(Selection(skill, version)))

    edit_training_example(author, example_id=kept.id, revision=1, example_input="Other", example_output="Other")
    delete_training_example(author, example_id=gone.id, revision=1)
    make_example(skill, "Later", "3")

    assert list(read_records(Selection(skill, version))) == before
    assert hash_now(version).content_hash == version.content_hash


def test_the_same_content_has_the_same_hash_whatever_the_order_and_the_skill(author, skill):
    other = make_skill(author)
    for one, texts in ((skill, ["a", "b", "c"]), (other, ["c", "a", "b"])):
        for text in texts:
            make_example(one, text, text.upper())

    assert frozen(author, skill).content_hash == frozen(author, other).content_hash


def test_a_revision_is_kept_once_however_many_versions_have_it(author, skill):
    make_example(skill, "Same", "1")
    frozen(author, skill)
    make_example(skill, "New", "2")
    frozen(author, skill)

    assert len(reading().scalars(select(FrozenRow)).all()) == 2
    assert len(reading().scalars(select(DatasetEntry)).all()) == 3


def test_nothing_is_frozen_twice(author, skill):
    make_example(skill, "Same", "1")
    frozen(author, skill)

    job = freeze(author, skill_id=skill.id)
    run_job()

    job = get_job(author, job.id)
    assert (job.state, job.problem) == ("failed", "Nothing changed since version 1: it is what you would freeze.")
    assert len(get_dataset_versions(skill.id).rows) == 1
    assert frozen(author, skill, plan=Plan(seed=3)).number == 2, "another split is another version"


def test_only_the_author_freezes(viewer, admin, skill):
    make_example(skill, "One", "1")
    for somebody in (viewer, admin):
        with pytest.raises(NotAllowed, match="Only the skill's author freezes"):
            freeze(somebody, skill_id=skill.id)


def test_without_examples_there_is_nothing_to_freeze(author, skill):
    with pytest.raises(Conflict, match="nothing to freeze"):
        freeze(author, skill_id=skill.id)


def test_one_version_of_a_skill_is_made_at_a_time(author, skill):
    make_example(skill, "One", "1")
    freeze(author, skill_id=skill.id)

    with pytest.raises(Conflict, match="being made already"):
        freeze(author, skill_id=skill.id)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(seed=-1), "seed"),
        (Plan(seed=1_000_000), "seed"),
        (Plan(test_percent=51), "test_percent"),
        (Plan(validation_percent=-1), "validation_percent"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(author, skill, plan, field):
    make_example(skill, "One", "1")
    with pytest.raises(Invalid) as caught:
        freeze(author, skill_id=skill.id, plan=plan)
    assert set(caught.value.errors) == {field}


def test_a_long_note_is_refused(author, skill):
    make_example(skill, "One", "1")
    with pytest.raises(Invalid, match="Shorten the note"):
        freeze(author, skill_id=skill.id, note="n" * 501)


def test_many_rows_come_in_chunks_and_all_of_them_once(author, skill, monkeypatch):
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 4)
    for number in range(11):
        make_example(skill, f"Question {number}", "An answer")

    version = frozen(author, skill)

    assert version.rows == 11
    assert len({entry.row_hash for entry in reading().scalars(select(DatasetEntry))}) == 11
    assert sum(version.split_report["rows"].values()) == 11


def test_what_changes_while_a_version_is_made_is_in_it_as_it_is_at_the_end(author, skill, monkeypatch):
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 2)
    examples = [make_example(skill, f"Question {number}", "An answer") for number in range(4)]
    freeze(author, skill_id=skill.id)
    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])

    edit_training_example(
        author, example_id=examples[0].id, revision=1, example_input="Edited", example_output="An answer"
    )
    delete_training_example(author, example_id=examples[1].id, revision=1)
    make_example(skill, "Added", "An answer")
    while lease.run_chunk(WORK[lease.kind]):
        pass

    version = get_dataset_version(skill.id, "latest")
    assert inputs_of(version) == ["Added", "Edited", "Question 2", "Question 3"]


def test_what_is_taken_back_while_a_chunk_is_prepared_is_not_kept(author, viewer, skill):
    """The chunk was read before; nothing of it may be written after."""
    make_example(skill, "Golden", "1")
    captured = approve(author, capture(skill, viewer, "Words of theirs"))
    freeze(author, skill_id=skill.id)
    lease = claim_job()
    prepared = WORK[lease.kind].prepare(get_job(author, lease.job_id))

    take_back(viewer, example_id=captured.id)
    with writing():
        WORK[lease.kind].write(get_job(author, lease.job_id), prepared)
    while lease.run_chunk(WORK[lease.kind]):
        pass

    assert "Words of theirs" not in [row.example_input for row in reading().scalars(select(FrozenRow))]
    assert inputs_of(get_dataset_version(skill.id, 1)) == ["Golden"]


def test_a_frozen_row_remembers_which_rules_cleaned_it(author, skill):
    """Not those of now: newer rules are yet to look at it."""
    example = make_example(skill, "Cleaned long ago", "1")
    with writing() as session:
        session.execute(update(TrainingExample).where(TrainingExample.id == example.id).values(rules_version=1))

    frozen(author, skill)

    assert reading().scalars(select(FrozenRow.rules_version)).all() == [1]


@pytest.fixture(params=[3, freezes.ROWS_AT_ONCE])
def rows_at_once(request, monkeypatch):
    """How many rows a chunk has: what belongs together is in one chunk, or in several."""
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", request.param)


ANSWER = "Send somebody to look at it before the evening, and tell the shift."
IN_THREE = Plan(seed=1, validation_percent=30, test_percent=30)


@pytest.fixture
def pairs(skill):
    """Twelve pairs of examples that say almost the same."""
    texts = [TEXT.format(number) for number in range(12)]
    for text in texts:
        make_example(skill, text, ANSWER)
        make_example(skill, f"{text} Please.", ANSWER)
    return [(text, f"{text} Please.") for text in texts]


def pairs_in_two_splits(version, pairs):
    splits = {row.example_input: entry.split for entry, row in get_version_rows(version.id).rows}
    return [one for one, other in pairs if splits[one] != splits[other]]


@pytest.mark.usefixtures("rows_at_once")
@pytest.mark.parametrize("most_remembered", [0, near_duplicates.MOST_REMEMBERED])
def test_rows_that_are_alike_are_in_one_split(author, skill, pairs, most_remembered, monkeypatch):
    monkeypatch.setattr(near_duplicates, "MOST_REMEMBERED", most_remembered)

    assert pairs_in_two_splits(frozen(author, skill, plan=IN_THREE), pairs) == []


@pytest.mark.usefixtures("rows_at_once")
def test_rows_that_are_alike_are_in_one_split_before_the_worker_has_indexed_them(author, skill, pairs, monkeypatch):
    monkeypatch.setattr(freezes, "INDEXED_AT_ONCE", 5)
    with writing() as session:
        session.execute(delete(ExampleBand))

    assert pairs_in_two_splits(frozen(author, skill, plan=IN_THREE), pairs) == []
    assert near_duplicates.index_missing() == []


def test_a_row_that_is_added_meanwhile_goes_with_what_it_is_like(author, skill, pairs, monkeypatch):
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 5)
    lonely = [TEXT.format(number) for number in range(20, 32)]
    for text in lonely:
        make_example(skill, text, ANSWER)
    freeze(author, skill_id=skill.id, plan=IN_THREE)
    lease = claim_job()
    while get_job(author, lease.job_id).progress < 36:
        assert lease.run_chunk(WORK[lease.kind])
    for text in lonely:
        make_example(skill, f"{text} Please.", ANSWER)
    while lease.run_chunk(WORK[lease.kind]):
        pass

    version = get_dataset_version(skill.id, 1)
    assert version.rows == 48
    assert pairs_in_two_splits(version, [*pairs, *((text, f"{text} Please.") for text in lonely)]) == []


def test_shared_bands_are_asked_for_once_by_each_worker_that_has_the_job(author, skill, pairs, monkeypatch):
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 5)
    freeze(author, skill_id=skill.id)
    for _ in range(2):
        with noted_statements() as sent:
            lease = claim_job()
            assert lease.run_chunk(WORK[lease.kind])
            assert lease.run_chunk(WORK[lease.kind])
        assert len([one for one in sent if "HAVING" in one[0]]) == 1
        with writing() as session:
            session.execute(update(Job).values(leased_until=clock.now() - LEASE))


@pytest.mark.usefixtures("rows_at_once")
def test_the_usage_of_one_person_is_in_one_split(author, skill):
    people = [make_user() for _ in range(4)]
    for person in people:
        for number in range(5):
            approve(author, capture(skill, person, f"{person.id} asks about number {number}", f"Answer {number}"))

    version = frozen(author, skill, plan=Plan(validation_percent=30, test_percent=30))

    splits = {}
    for entry, row in get_version_rows(version.id).rows:
        splits.setdefault(row.user_id, set()).add(entry.split)
    assert [len(found) for found in splits.values()] == [1, 1, 1, 1]


def test_a_chunk_looks_its_neighbours_up_and_does_not_walk_the_version(author, viewer, skill, monkeypatch):
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 2)
    for number in range(2):
        approve(author, capture(skill, viewer, TEXT.format(1), f"An answer {'again' * number}"))
        approve(author, capture(skill, viewer, TEXT.format(2), f"An answer {'again' * number}"))
    freeze(author, skill_id=skill.id)
    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])
    assert len(WORK[lease.kind].prepare(get_job(author, lease.job_id)).alike) == 2, "both are like an earlier one"
    with noted_statements() as sent:
        lease.run_chunk(WORK[lease.kind])
    asked = [one for one in sent if one[0].startswith("SELECT") and "dataset_entries.split" in one[0]]
    assert len(asked) == 2, "the splits of those that are alike, and of their users"

    plans = "\n".join(step for one in asked for step in plan_of(one))
    if db.engine.dialect.name == "sqlite":
        assert "dataset_entries USING INDEX ix_dataset_entries_newest (version_id=? AND frozen_row_id=?)" in plans
        assert "(version_id=?)" not in plans, plans
    else:
        assert re.search(r"Index Cond: .*frozen_row_id = frozen_rows\.id\)", plans), plans


def test_later_rows_move_no_earlier_ones(author, skill):
    for number in range(10):
        make_example(skill, f"Question {number} of the first ten", f"Answer {number}")
    first = frozen(author, skill, plan=Plan(seed=5, validation_percent=30, test_percent=30))
    before = {row.example_id: entry.split for entry, row in get_version_rows(first.id).rows}
    for number in range(10):
        make_example(skill, f"Question {number} of the other ten", f"Answer {number}")

    second = frozen(author, skill, plan=Plan(seed=5, validation_percent=30, test_percent=30))

    after = {row.example_id: entry.split for entry, row in get_version_rows(second.id).rows}
    assert {example_id: after[example_id] for example_id in before} == before
    assert len(set(after.values())) > 1


def splits_in(version):
    return {row.example_id: entry.split for entry, row in get_version_rows(version.id, size=1_000).rows}


@pytest.mark.parametrize("plan", [Plan(seed, 30, 30) for seed in range(4)])
def test_what_is_approved_later_moves_nothing_although_it_was_added_before(author, skill, plan):
    person = make_user()
    late = capture(skill, person, "Asked first, and approved last", "An answer")
    alike = capture(skill, make_user(), TEXT.format(0), ANSWER)
    early = [approve(author, capture(skill, person, f"Asked as number {n} of five", f"Answer {n}")) for n in range(5)]
    golden = make_example(skill, f"{TEXT.format(0)} Please.", ANSWER)
    before = splits_in(frozen(author, skill, plan=plan))

    approve(author, late)
    approve(author, alike)
    after = splits_in(frozen(author, skill, plan=plan))

    assert {example_id: after[example_id] for example_id in before} == before
    assert len(after) == len(before) + 2
    assert (after[late.id], after[alike.id]) == (before[early[0].id], before[golden.id])


def test_what_is_edited_stays_in_its_split(author, skill):
    examples = [make_example(skill, f"Question {number}", f"Answer {number}") for number in range(20)]
    before = splits_in(frozen(author, skill, plan=IN_THREE))
    for example in examples:
        edit_training_example(
            author, example_id=example.id, revision=1, example_input=f"Edited {example.id}", example_output="Yes"
        )

    assert splits_in(frozen(author, skill, plan=IN_THREE)) == before
    assert len(set(before.values())) == 3
    assert splits_in(frozen(author, skill, plan=IN_THREE._replace(seed=9))) != before


@pytest.mark.usefixtures("rows_at_once")
@pytest.mark.parametrize("most_remembered", [0, near_duplicates.MOST_REMEMBERED])
def test_rows_of_one_template_are_compared_each_with_its_own_likes(author, skill, most_remembered, monkeypatch):
    """Many share a band and few are alike: the first that has the band is not the one."""
    monkeypatch.setattr(near_duplicates, "MOST_REMEMBERED", most_remembered)
    dice = random.Random(7)
    template = [f"word{number}" for number in range(120)]
    for _ in range(60):
        words = list(template)
        for at in dice.sample(range(120), dice.randint(2, 4)):
            words[at] = f"other{dice.randrange(10**6)}"
        make_example(skill, " ".join(words), ANSWER)

    splits = splits_in(frozen(author, skill, plan=IN_THREE))

    shingles = {row.id: shingles_of(row.example_input, row.example_output) for row in reading().query(TrainingExample)}
    alike = [
        pair
        for pair in combinations(shingles, 2)
        if near_duplicates.similarity(shingles[pair[0]], shingles[pair[1]]) >= near_duplicates.THRESHOLD
    ]
    assert len(alike) > 20
    assert [pair for pair in alike if len({splits[pair[0]], splits[pair[1]]} - {"held_out"}) > 1] == []


def test_what_is_for_evaluation_only_is_tested_with_and_never_trained_on(author, skill):
    for number in range(6):
        example = make_example(skill, f"Question {number}", f"Answer {number}")
        with writing():
            reading().get_one(type(example), example.id).evaluation_only = True

    version = frozen(author, skill, plan=Plan(validation_percent=0, test_percent=0))

    assert version.split_report["rows"] == {"train": 0, "validation": 0, "test": 6, "held_out": 0}


def test_two_versions_are_compared_example_by_example(author, skill):
    changed = make_example(skill, "Changed", "Before")
    removed = make_example(skill, "Removed", "1")
    make_example(skill, "Same", "2")
    first = frozen(author, skill)
    edit_training_example(author, example_id=changed.id, revision=1, example_input="Changed", example_output="After")
    delete_training_example(author, example_id=removed.id, revision=1)
    added = make_example(skill, "Added", "3")
    second = frozen(author, skill)

    changes = {
        change.example_id: (
            change.before and change.before.example_output,
            change.after and change.after.example_output,
        )
        for change in compare_versions(first, second).rows
    }

    assert changes == {changed.id: ("Before", "After"), removed.id: ("1", None), added.id: (None, "3")}
    assert compare_versions(first, first).rows == []


def test_a_cancelled_freeze_leaves_nothing_behind(author, skill, monkeypatch):
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 2)
    for number in range(5):
        make_example(skill, f"Question {number}", "An answer")
    job = freeze(author, skill_id=skill.id)
    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])

    cancel_job(author, job_id=job.id)
    assert lease.run_chunk(WORK[lease.kind]) is False

    assert get_job(author, job.id).state == State.CANCELLED
    assert reading().scalars(select(FrozenRow)).all() == []
    assert get_dataset_versions(skill.id).rows == []
    assert frozen(author, skill).number == 1


def test_a_decision_of_review_is_another_revision(author, viewer, skill):
    captured = approve(author, capture(skill, viewer, "Asked"))
    first = frozen(author, skill)
    decide(author, example_id=captured.id, revision=2, verb=Verb.CORRECT, expected_output="Better")
    second = frozen(author, skill)

    assert [row.expected_output for row in rows_of(first) + rows_of(second)] == [None, "Better"]


def test_the_version_says_what_was_looked_at_for_leaks(author, skill):
    people = [make_user(), make_user()]
    for person in people:
        for number in range(3):
            approve(author, capture(skill, person, f"{person.id} asks about number {number}", f"Answer {number}"))
    text = "Send somebody to look at it before the evening, and tell the shift."
    make_example(skill, TEXT.format(1), text)
    make_example(skill, f"{TEXT.format(1)} Please.", text)

    report = frozen(author, skill).split_report

    assert (report["alike"], report["contributors"], report["contributors_in_two"]) == (2, 2, 0)

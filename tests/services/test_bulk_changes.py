"""Bulk changes: what each does to all that a filter matches and to nothing else, and that undoing takes it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.bulk_changes import KEPT, Change, Left, Verb
from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SignInRequired
from app.domain.example_details import TAGS_AT_MOST, Details, Turn
from app.domain.reviews import Verb as ReviewVerb
from app.domain.training_examples import Source, Status
from app.extensions import db
from app.jobs.worker import run_job
from app.models import (
    AuditRecord,
    DeletedExample,
    Example,
    ExampleBand,
    ExampleChange,
    ExampleTag,
    Job,
    Opinion,
    SkillFeedback,
)
from app.services import bulk_changes, bulk_undo, clock, contributions, example_schemas, review_undo
from app.services.bulk_changes import begin_change, count_undoable, find_extent, get_bulk_changes
from app.services.bulk_undo import begin_undo, delete_for_good
from app.services.dataset_rows import Selection, read_records
from app.services.deleted_examples import sweep_bin
from app.services.jobs import Work, cancel_job, claim_job, get_job
from app.services.near_duplicates import find_near_duplicates
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.preferences import change_preferences, exclude_skill
from app.services.redaction import change_skill_redaction
from app.services.reviews import decide
from app.services.skill_lifecycle import hand_over_skill
from app.services.tags import get_tags
from app.services.training_example_lists import EVERYTHING, Filter
from app.services.training_examples import (
    edit_training_example,
    get_training_example,
    get_training_examples_for_skill,
    submit_training_example,
)
from app.services.transactions import reading, writing
from app.services.votes import cast_vote
from app.services.withdrawals import make_erasure_manifest
from tests.support.factories import capture, make_example, make_skill
from tests.support.older_rules import LEAK, SECRET, leave_behind, rescan
from tests.support.tables import count_rows, counters_are_right, dump, last_audit_record
from tests.support.threads import look_anew, work_until
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

DETAILS = Details(("kept",), {"lang": "de"}, (Turn("system", "Be short."),))
APPROVED = Filter(statuses=(Status.APPROVED,))
GITHUB = "ghp_" + "a1B2" * 9
TRACES = {"revision", "updated_at"}
"""What an undone change leaves on an example: that it was changed, and when."""


@pytest.fixture
def other(author):
    """Another skill of the same author."""
    return make_skill(author)


@pytest.fixture
def examples(skill):
    return [make_example(skill, f"A number {number}", f"Output {number}", details=DETAILS) for number in range(5)]


@pytest.fixture
def in_small_chunks(monkeypatch):
    for module in (bulk_changes, bulk_undo):
        monkeypatch.setattr(module, "ROWS_AT_ONCE", 2)


def change(actor, skill, verb, *, wanted=EVERYTHING, tag="new", to=None, up_to=2**31 - 1):
    """Do it to the end, and return the job as it is then."""
    what = Change(verb, tag if verb in (Verb.TAG, Verb.UNTAG) else None, to.id if to else None)
    job = begin_change(actor, skill_id=skill.id, change=what, wanted=wanted, up_to=up_to)
    return ended(actor, job)


def undo(actor, job):
    return ended(actor, begin_undo(actor, job_id=job.id, skill_id=job.skill_id))


def ended(actor, job):
    run_job(job_id=job.id)
    look_anew()
    return get_job(actor, job.id)


def add_anew(author, skill):
    """Add what the first of `examples` says."""
    texts = {"example_input": "A number 0", "example_output": "Output 0"}
    return submit_training_example(author, skill_id=skill.id, details=DETAILS, **texts)


def rows(*, but=frozenset()):
    """What the table holds of every example, by its id."""
    look_anew()
    table = SkillFeedback.__table__
    found = db.session.execute(select(table).where(table.c.example_input.is_not(None)))
    return {row.id: {name: value for name, value in row._mapping.items() if name not in but} for row in found}


def indexed():
    """What the indexes of tags and of near-duplicates know."""
    look_anew()
    tags = db.session.execute(select(ExampleTag.skill_id, ExampleTag.tag, ExampleTag.example_id))
    bands = db.session.execute(select(ExampleBand.skill_id, ExampleBand.band, ExampleBand.example_id))
    return {tuple(row) for row in tags}, {tuple(row) for row in bands}


def shown(skill, wanted=EVERYTHING):
    return {row.example.id for row in get_training_examples_for_skill(skill.id, wanted=wanted, size=100).rows}


# ---- what each verb does ----


def test_a_tag_is_put_on_all_that_match(author, skill, examples):
    job = change(author, skill, Verb.TAG)

    assert job.result == {"changed": 5, "left": {}}
    assert {tuple(row["tags"]) for row in rows().values()} == {("kept", "new")}
    assert shown(skill, Filter(tag="new")) == {one.id for one in examples}
    assert {row["revision"] for row in rows().values()} == {2}


def test_a_tag_is_taken_from_those_that_have_it(author, skill, examples):
    without = make_example(skill)

    job = change(author, skill, Verb.UNTAG, tag="kept")

    assert job.result == {"changed": 5, "left": {Left.NOTHING_TO_DO: 1}}
    assert all(row["tags"] is None for row in rows().values())
    assert get_tags(skill.id) == []
    assert rows()[without.id]["revision"] == 1


def test_an_example_with_as_many_tags_as_there_can_be_gets_no_other(author, skill):
    full = make_example(skill, details=Details(tuple(f"t{number:02}" for number in range(TAGS_AT_MOST))))

    job = change(author, skill, Verb.TAG)

    assert job.result == {"changed": 0, "left": {Left.TOO_MANY_TAGS: 1}}
    assert len(rows()[full.id]["tags"]) == TAGS_AT_MOST


def test_what_is_deleted_is_found_nowhere_and_counted_no_more(author, viewer, skill, examples):
    captured = capture(skill, viewer, "Captured words of a number")

    job = change(author, skill, Verb.DELETE)

    assert job.result == {"changed": 6, "left": {}}
    assert shown(skill) == shown(skill, Filter(query="number")) == set()
    assert counters_are_right(skill)
    assert skill.training_examples_approved == skill.training_examples_pending == 0
    assert indexed() == (set(), set())
    assert list(read_records(Selection(skill))) == []
    with pytest.raises(NotFound):
        get_training_example(captured.id)


def test_what_is_deleted_can_be_added_anew(author, skill, examples):
    change(author, skill, Verb.DELETE)

    add_anew(author, skill)

    assert len(shown(skill)) == 1


def test_what_is_moved_is_another_skill_s_with_everything_it_has(author, skill, other, examples):
    before = rows()

    job = change(author, skill, Verb.MOVE, to=other)

    assert job.result == {"changed": 5, "left": {}}
    assert shown(skill) == set()
    assert shown(other) == shown(other, Filter(tag="kept")) == {one.id for one in examples}
    expected = {example_id: {**row, "skill_id": other.id} for example_id, row in before.items()}
    assert {key: {k: v for k, v in row.items() if k not in TRACES} for key, row in expected.items()} == rows(but=TRACES)
    assert counters_are_right(skill)
    assert counters_are_right(other)
    assert {skill_id for kind in indexed() for skill_id, *_ in kind} == {other.id}


def test_what_was_captured_stays_with_the_skill_that_was_used(author, viewer, skill, other):
    captured = approve(author, capture(skill, viewer))

    job = change(author, skill, Verb.MOVE, to=other)

    assert job.result == {"changed": 0, "left": {Left.CAPTURED: 1}}
    assert shown(skill) == {captured.id}


def test_what_is_in_the_other_skill_already_stays(author, skill, other):
    for one in (skill, other):
        make_example(one, "Known", "Output")

    job = change(author, skill, Verb.MOVE, to=other)

    assert job.result == {"changed": 0, "left": {Left.KNOWN: 1}}
    assert len(shown(skill)) == len(shown(other)) == 1


def test_what_does_not_fit_the_other_skill_s_schema_stays(author, skill, other, examples):
    example_schemas.change_schemas(author, skill_id=other.id, input_schema='{"type": "object"}', output_schema="")

    job = change(author, skill, Verb.MOVE, to=other)

    assert job.result == {"changed": 0, "left": {Left.UNFIT: 5}}


def test_what_is_moved_is_cleaned_as_texts_there_are(author, skill, other):
    details = Details(("a tag",), {"by": "ada@example.com"}, (Turn("system", "Ask ada@example.com"),))
    moved = make_example(skill, "Write to ada@example.com", "I wrote to ada@example.com.", details=details)
    change_skill_redaction(author, skill_id=other.id, redact_personal_data=True)

    change(author, skill, Verb.MOVE, to=other)

    assert "ada@" not in str(rows()[moved.id])
    example = get_training_example(moved.id)
    assert example.example_output.startswith("I wrote to [EMAIL")


def test_moving_keeps_near_duplicates_findable(author, skill, other):
    words = " ".join(f"word{number}" for number in range(40))
    first, second = make_example(skill, words, "Same"), make_example(other, words + " more", "Same")

    change(author, skill, Verb.MOVE, to=other)

    assert [one.example.id for one in find_near_duplicates(get_training_example(first.id))] == [second.id]


# ---- to what ----


@pytest.mark.parametrize("verb", Verb)
def test_only_what_the_filter_matches_is_changed(author, viewer, skill, other, verb):
    meant = make_example(skill, "The meant one", details=DETAILS)
    make_example(skill, "One without the tag, meant")
    make_example(skill, "Another", details=DETAILS)
    capture(skill, viewer, "Captured, meant")
    make_example(make_skill(author), "The meant one elsewhere", details=DETAILS)
    before = rows()

    wanted = Filter(statuses=(Status.APPROVED,), source=Source.WEB, query="meant", tag="kept")
    tag = "kept" if verb is Verb.UNTAG else "new"
    job = change(author, skill, verb, wanted=wanted, to=other if verb is Verb.MOVE else None, tag=tag)

    assert job.total == 1
    changed = {example_id for example_id, row in rows().items() if row != before[example_id]}
    assert changed == {meant.id}


@pytest.mark.parametrize("verb", [Verb.TAG, Verb.DELETE])
def test_what_comes_in_after_it_was_looked_at_stays(author, skill, examples, verb):
    extent = find_extent(skill.id, APPROVED)
    later = make_example(skill, "Later")

    job = change(author, skill, verb, wanted=APPROVED, up_to=extent.newest_id)

    assert (extent.matching, job.result["changed"]) == (5, 5)
    assert shown(skill, Filter(tag="new")) == (set() if verb is Verb.DELETE else {one.id for one in examples})
    assert later.id in shown(skill)


def test_nothing_that_matches_is_a_conflict(author, skill):
    with pytest.raises(Conflict, match="No example matches"):
        change(author, skill, Verb.DELETE)


@pytest.mark.parametrize(
    ("verb", "tag", "field"),
    [
        (Verb.TAG, "", "tag"),
        (Verb.TAG, "one,two", "tag"),
        (Verb.TAG, "x" * 41, "tag"),
        (Verb.TAG, "a\0b", "tag"),
        (Verb.TAG, GITHUB, "tag"),
        (Verb.UNTAG, "  ", "tag"),
        (Verb.MOVE, None, "to_skill"),
    ],
)
def test_what_cannot_be_done_is_refused_beside_its_field(author, skill, examples, verb, tag, field):
    with pytest.raises(Invalid) as refused:
        change(author, skill, verb, tag=tag)

    assert refused.value.errors.keys() == {field}


def test_a_filter_that_would_not_be_kept_as_it_was_typed_is_refused(author, skill, examples):
    with pytest.raises(Invalid) as refused:
        change(author, skill, Verb.DELETE, wanted=Filter(query=GITHUB))

    assert refused.value.errors.keys() == {"q"}
    assert len(shown(skill)) == 5


@pytest.mark.parametrize("query", ["a\0b", "\ud800"])
def test_a_filter_that_no_database_holds_is_refused(author, skill, examples, query):
    with pytest.raises(Invalid):
        change(author, skill, Verb.DELETE, wanted=Filter(query=query))


def test_moving_to_the_same_skill_is_refused(author, skill, examples):
    with pytest.raises(Invalid):
        change(author, skill, Verb.MOVE, to=skill)


# ---- who ----


@pytest.mark.parametrize("verb", Verb)
def test_nobody_but_the_author_changes_many(author, viewer, admin, skill, other, examples, verb):
    to = other if verb is Verb.MOVE else None
    for actor, refusal in ((viewer, NotAllowed), (admin, NotAllowed), (None, SignInRequired)):
        with pytest.raises(refusal):
            change(actor, skill, verb, to=to)

    assert len(shown(skill)) == 5


@pytest.mark.parametrize("to_admin", [False, True])
def test_nobody_moves_examples_into_a_skill_of_others(author, viewer, admin, skill, examples, to_admin):
    with pytest.raises(NotAllowed, match="adds golden examples"):
        change(author, skill, Verb.MOVE, to=make_skill(admin if to_admin else viewer))


@pytest.mark.parametrize("verb", Verb)
def test_a_skill_that_is_handed_over_meanwhile_is_changed_no_further(author, viewer, admin, skill, other, verb):
    make_example(skill, details=DETAILS)
    what = Change(verb, "kept" if verb is Verb.UNTAG else "new", other.id if verb is Verb.MOVE else None)
    job = begin_change(author, skill_id=skill.id, change=what, wanted=EVERYTHING)
    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)
    before = rows()

    job = ended(author, job)

    assert (job.state, job.problem[:4]) == ("failed", "Only")
    assert rows() == before


def test_the_other_skill_that_is_handed_over_meanwhile_gets_nothing(author, viewer, admin, skill, other, examples):
    job = begin_change(author, skill_id=skill.id, change=Change(Verb.MOVE, None, other.id), wanted=EVERYTHING)
    hand_over_skill(admin, skill_id=other.id, email=viewer.email, author_id=author.id)

    job = ended(author, job)

    assert (job.state, shown(other)) == ("failed", set())


def test_nobody_undoes_what_others_did(author, viewer, admin, skill, examples):
    job = change(author, skill, Verb.DELETE)

    for actor in (viewer, admin):
        for do in (begin_undo, delete_for_good):
            with pytest.raises(NotFound):
                do(actor, job_id=job.id, skill_id=skill.id)
    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)
    for do in (begin_undo, delete_for_good):
        with pytest.raises(NotAllowed):
            do(author, job_id=job.id, skill_id=skill.id)


@pytest.mark.parametrize("do", [begin_undo, delete_for_good])
def test_only_changes_of_the_skill_are_undone(author, skill, other, examples, do):
    job = change(author, skill, Verb.TAG)
    undone = undo(author, job)

    for job_id, skill_id in ((undone.id, skill.id), (job.id, other.id), (10**12, skill.id)):
        with pytest.raises(NotFound):
            do(author, job_id=job_id, skill_id=skill_id)


# ---- undoing ----


@pytest.mark.parametrize("verb", Verb)
def test_undoing_brings_everything_back(author, viewer, admin, skill, other, examples, in_small_chunks, verb):
    captured = approve(author, capture(skill, viewer, "Captured words"))
    opinion = ask_for_opinion(author, example_id=captured.id, email=admin.email)
    give_opinion(admin, opinion_id=opinion.id, verdict="approve", comment="Good")
    before, before_indexed, opinions = rows(but=TRACES), indexed(), count_rows(Opinion)
    job = change(author, skill, verb, tag="kept" if verb is Verb.UNTAG else "new", to=other)
    assert rows(but=TRACES) != before
    assert count_undoable(job) == job.result["changed"]

    undone = undo(author, job)

    assert undone.result == {"changed": job.result["changed"], "left": {}}
    assert rows(but=TRACES) == before
    assert indexed() == before_indexed
    assert count_rows(Opinion) == opinions
    assert counters_are_right(skill)
    assert counters_are_right(other)
    assert (count_undoable(job), count_rows(ExampleChange)) == (0, 0)


def test_what_a_search_finds_is_found_again_after_undoing(author, skill, examples):
    undo(author, change(author, skill, Verb.DELETE))

    assert shown(skill, Filter(query="number")) == {one.id for one in examples}


def test_undoing_a_tag_leaves_it_on_those_that_had_it_before(author, skill, examples):
    had_it = make_example(skill, details=Details(("new",)))
    job = change(author, skill, Verb.TAG)

    undo(author, job)

    assert shown(skill, Filter(tag="new")) == {had_it.id}


@pytest.mark.parametrize("verb", [Verb.TAG, Verb.MOVE])
def test_what_somebody_changed_since_stays_as_it_is(author, skill, other, examples, verb):
    job = change(author, skill, verb, to=other if verb is Verb.MOVE else None)
    edit_training_example(
        author, example_id=examples[0].id, revision=2, example_input="Edited", example_output="By hand"
    )

    undone = undo(author, job)

    assert undone.result == {"changed": 4, "left": {Left.CHANGED: 1}}
    assert get_training_example(examples[0].id).example_input == "Edited"


def test_what_was_added_anew_since_stays_deleted(author, skill, examples):
    job = change(author, skill, Verb.DELETE)
    anew = add_anew(author, skill)

    undone = undo(author, job)

    assert undone.result == {"changed": 4, "left": {Left.KNOWN: 1}}
    assert shown(skill) == {anew.example.id, *(one.id for one in examples[1:])}
    assert counters_are_right(skill)


def test_changes_are_undone_one_after_the_other(author, viewer, skill):
    captured = capture(skill, viewer, "Captured")
    before = rows(but=TRACES)
    approved = decide(author, example_id=captured.id, revision=1, verb=ReviewVerb.APPROVE)
    first, second = change(author, skill, Verb.TAG, tag="first"), change(author, skill, Verb.TAG, tag="second")
    deleted = change(author, skill, Verb.DELETE)
    restored = undo(author, deleted)
    rejected = decide(
        author,
        example_id=captured.id,
        revision=get_training_example(captured.id).revision,
        verb=ReviewVerb.REJECT,
        reason="No",
    )

    assert restored.result["changed"] == 1
    assert review_undo.undo(author, action_id=rejected.action_id).restored == 1
    assert undo(author, second).result["changed"] == 1
    assert undo(author, first).result["changed"] == 1
    assert review_undo.undo(author, action_id=approved.action_id).restored == 1
    assert rows(but=TRACES) == before


def test_an_undoing_that_came_too_early_can_be_done_again(author, skill, examples):
    first, second = change(author, skill, Verb.TAG, tag="first"), change(author, skill, Verb.TAG, tag="second")
    assert undo(author, first).result == {"changed": 0, "left": {Left.CHANGED: 5}}

    assert undo(author, second).result["changed"] == 5
    assert undo(author, first).result["changed"] == 5


def test_nothing_is_undone_twice(author, skill, examples):
    job = change(author, skill, Verb.DELETE)
    undo(author, job)

    with pytest.raises(Conflict, match="nothing to undo"):
        begin_undo(author, job_id=job.id, skill_id=skill.id)


def test_one_change_of_a_skill_at_a_time(author, skill, examples):
    done = change(author, skill, Verb.TAG)
    begin_change(author, skill_id=skill.id, change=Change(Verb.DELETE), wanted=EVERYTHING)

    with pytest.raises(Conflict, match="under way"):
        begin_change(author, skill_id=skill.id, change=Change(Verb.TAG, "more"), wanted=EVERYTHING)
    with pytest.raises(Conflict, match="under way"):
        begin_undo(author, job_id=done.id, skill_id=skill.id)


# ---- jobs that end early ----


def test_a_cancelled_change_leaves_what_it_did_to_be_undone(author, skill, examples, in_small_chunks):
    before = rows(but=TRACES)
    job = begin_change(author, skill_id=skill.id, change=Change(Verb.DELETE), wanted=EVERYTHING)
    run_job(job_id=job.id, go_on=lambda: False)
    with pytest.raises(Conflict, match="under way"):
        begin_undo(author, job_id=job.id, skill_id=skill.id)
    cancel_job(author, job_id=job.id)
    with writing() as session:
        over = update(Job).where(Job.lease_token.is_not(None))
        session.execute(over.values(leased_until=clock.now() - timedelta(minutes=5)))

    job = ended(author, job)

    assert (job.state, len(shown(skill)), count_undoable(job)) == ("cancelled", 3, 2)
    undo(author, job)
    assert rows(but=TRACES) == before


def test_a_change_that_was_left_goes_on_where_it_stopped(author, skill, examples, in_small_chunks):
    job = begin_change(author, skill_id=skill.id, change=Change(Verb.TAG, "new"), wanted=EVERYTHING)
    run_job(job_id=job.id, go_on=lambda: False)
    assert len(shown(skill, Filter(tag="new"))) == 2
    with writing() as session:
        over = update(Job).where(Job.lease_token.is_not(None))
        session.execute(over.values(leased_until=clock.now() - timedelta(minutes=5)))

    job = ended(author, job)

    assert (job.state, job.progress, job.result["changed"]) == ("done", 5, 5)
    assert {row["revision"] for row in rows().values()} == {2}


def test_an_undoing_that_was_left_goes_on_where_it_stopped(author, skill, examples, in_small_chunks):
    before = rows(but=TRACES)
    job = begin_undo(author, job_id=change(author, skill, Verb.DELETE).id, skill_id=skill.id)
    run_job(job_id=job.id, go_on=lambda: False)
    assert len(shown(skill)) == 2
    with writing() as session:
        over = update(Job).where(Job.lease_token.is_not(None))
        session.execute(over.values(leased_until=clock.now() - timedelta(minutes=5)))

    job = ended(author, job)

    assert (job.state, job.progress, job.result["changed"]) == ("done", 5, 5)
    assert rows(but=TRACES) == before


def test_what_changes_between_reading_and_writing_moves_as_it_is_then(author, skill, other):
    example = make_example(skill, "Old words", "Old")
    begin_change(author, skill_id=skill.id, change=Change(Verb.MOVE, None, other.id), wanted=EVERYTHING)
    lease = claim_job()

    def edit_between(job):
        prepared = bulk_changes.prepare(job)
        edit_training_example(
            author, example_id=example.id, revision=1, example_input="New words", example_output="New"
        )
        return prepared

    assert lease.run_chunk(Work(edit_between, bulk_changes.write, bulk_changes.abandon))

    look_anew()
    assert (get_training_example(example.id).example_input, shown(other)) == ("New words", {example.id})


# ---- the bin ----


def test_the_user_sees_what_is_in_the_bin_and_can_have_it_gone_at_once(author, viewer, skill):
    captured = capture(skill, viewer, "Captured words")
    job = change(author, skill, Verb.DELETE)

    [row] = contributions.get_contributions(viewer).rows
    assert (row.example.id, row.status) == (captured.id, "deleted")
    assert [one["status"] for one in contributions.export_contributions(viewer)] == ["deleted"]
    with pytest.raises(Conflict, match="deleted"):
        contributions.redact_more(viewer, example_id=captured.id, text="words", revision=2)
    contributions.take_back(viewer, example_id=captured.id)

    assert count_rows(Example) == 0
    assert counters_are_right(skill)
    with pytest.raises(Conflict, match="nothing to undo"):
        undo(author, job)


@pytest.mark.parametrize("way", ["withdrawn", "excluded"])
def test_consent_that_is_withdrawn_empties_the_bin_of_it(author, viewer, skill, way):
    golden = make_example(skill, "Golden")
    capture(skill, viewer, "Captured words")
    change(author, skill, Verb.DELETE)

    if way == "withdrawn":
        change_preferences(viewer, training_data_consent=False)
    else:
        exclude_skill(viewer, skill_id=skill.id)

    assert [one.id for one in reading().scalars(select(Example))] == [golden.id]
    assert "Captured words" not in str(dump())


def test_what_was_exported_and_then_deleted_is_in_the_erasure_manifest(author, viewer, skill):
    approve(author, capture(skill, viewer, "Captured words"))
    [record] = read_records(Selection(skill))
    change(author, skill, Verb.DELETE)

    change_preferences(viewer, training_data_consent=False)

    assert record.hash in {row["hash"] for row in make_erasure_manifest(skill)["rows"]}


def test_frozen_versions_keep_what_is_deleted_later(author, viewer, skill, examples):
    version = frozen(author, skill)

    change(author, skill, Verb.DELETE)

    assert len(list(read_records(Selection(skill, version)))) == 5
    assert contributions.get_kept_in_versions(viewer) == []


def test_what_is_kept_in_versions_and_in_the_bin_is_listed_once(author, viewer, skill):
    approve(author, capture(skill, viewer, "Captured words"))
    frozen(author, skill)

    change(author, skill, Verb.DELETE)

    assert len(contributions.get_contributions(viewer).rows) == 1
    assert contributions.get_kept_in_versions(viewer) == []


def test_the_bin_is_emptied_after_its_time(author, skill, examples):
    change(author, skill, Verb.DELETE, up_to=examples[1].id)
    with writing() as session:
        old = update(DeletedExample).where(DeletedExample.id == examples[0].id)
        session.execute(old.values(updated_at=clock.now() - KEPT - timedelta(seconds=1)))

    sweep_bin()

    look_anew()
    assert [one.id for one in reading().scalars(select(DeletedExample))] == [examples[1].id]
    assert len(shown(skill)) == 3


def test_the_worker_empties_the_bin_by_itself(app, author, skill, examples):
    change(author, skill, Verb.DELETE)
    with writing() as session:
        session.execute(update(DeletedExample).values(updated_at=clock.now() - 2 * KEPT))
    work_until(app, lambda: not count_rows(DeletedExample))

    assert count_rows(DeletedExample) == 0


def test_what_a_change_did_is_forgotten_after_its_time(author, skill, examples):
    old, new = change(author, skill, Verb.TAG, tag="old"), change(author, skill, Verb.TAG, tag="new")
    with writing() as session:
        session.execute(update(Job).where(Job.id == old.id).values(finished_at=clock.now() - 2 * KEPT))

    sweep_bin()

    look_anew()
    assert (count_undoable(get_job(author, old.id)), count_undoable(get_job(author, new.id))) == (0, 5)
    assert len(shown(skill, Filter(tag="old"))) == 5


def test_the_bin_is_emptied_at_once_where_the_author_wants_it(author, skill, examples):
    kept = change(author, skill, Verb.DELETE, up_to=examples[0].id)
    job = change(author, skill, Verb.DELETE)

    assert delete_for_good(author, job_id=job.id, skill_id=skill.id) == 4

    look_anew()
    assert [one.id for one in reading().scalars(select(DeletedExample))] == [examples[0].id]
    assert last_audit_record().details["examples"] == 4
    assert count_undoable(kept) == 1
    for do in (begin_undo, delete_for_good):
        with pytest.raises(Conflict):
            do(author, job_id=job.id, skill_id=skill.id)


def test_a_rescan_cleans_what_is_in_the_bin(author, skill):
    example_id = make_example(skill, "Words", "An output", details=Details(("a tag",))).id
    change(author, skill, Verb.DELETE)
    leave_behind(reading().get_one(DeletedExample, example_id), example_input=LEAK)

    rescan()

    assert SECRET not in str(dump())
    assert indexed()[0] == set()


def test_what_a_rescan_has_cleaned_in_the_bin_can_be_brought_back_and_is_found_as_it_is(author, skill):
    example_id = make_example(skill, "Words").id
    job = change(author, skill, Verb.DELETE)
    leave_behind(reading().get_one(DeletedExample, example_id), example_input=f"Quokka {LEAK}")
    rescan()

    assert undo(author, job).result["changed"] == 1

    assert shown(skill, Filter(query="quokka")) == {example_id}
    assert shown(skill, Filter(query="words")) == shown(skill, Filter(query=SECRET)) == set()


# ---- what it leaves alone ----


@pytest.mark.parametrize("verb", Verb)
def test_votes_never_move(author, viewer, skill, other, examples, verb):
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")
    before = (skill.total_feedback, skill.positive_feedback_pct)

    job = change(author, skill, verb, to=other if verb is Verb.MOVE else None)
    undo(author, job) if count_undoable(job) else None

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == before == (1, 100.0)


@pytest.mark.parametrize("verb", Verb)
def test_the_audit_log_says_what_was_done_and_nobody_s_words(author, skill, other, examples, verb):
    wanted = Filter(query="number")
    job = change(author, skill, verb, tag="kept" if verb is Verb.UNTAG else "new", wanted=wanted, to=other)

    record = last_audit_record()
    assert (record.actor_id, record.subject_id, record.details["examples"]) == (author.id, skill.id, 5)
    undo(author, job)
    assert last_audit_record().action == "training_examples.change_undone"
    log = reading().scalars(select(AuditRecord).where(AuditRecord.action.startswith("training_examples."))).all()
    assert "number" not in str([one.details for one in log])


@pytest.mark.parametrize("verb", Verb)
def test_a_chunk_takes_as_many_statements_for_many_as_for_few(author, skill, other, statements, verb):
    def cost():
        to = other if verb is Verb.MOVE else None
        job = begin_change(author, skill_id=skill.id, change=Change(verb, "new", to and to.id), wanted=EVERYTHING)
        statements.clear()
        run_job(job_id=job.id)
        return len(statements)

    for number in range(3):
        make_example(skill, f"First {number}", details=Details(("new",)) if verb is Verb.UNTAG else DETAILS)
    few = cost()
    for number in range(60):
        make_example(skill, f"Second {number}", details=Details(("new",)) if verb is Verb.UNTAG else DETAILS)

    assert cost() <= few + 2


def test_the_newest_changes_are_listed_with_what_can_be_undone(author, viewer, skill, examples):
    first, second = change(author, skill, Verb.TAG), change(author, skill, Verb.DELETE)
    undo(author, second)

    found = get_bulk_changes(author, skill.id)

    assert [(one.job.id, one.change.verb, one.is_undoable) for one in found] == [
        (second.id, Verb.DELETE, False),
        (first.id, Verb.TAG, True),
    ]
    assert get_bulk_changes(viewer, skill.id) == []

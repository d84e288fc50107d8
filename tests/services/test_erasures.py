"""Erasure: what was captured of somebody goes when they say so, whatever became of it, and is really gone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.bulk_changes import Change, Verb
from app.domain.consent import NOTICE
from app.domain.erasures import SENTENCES, Reason
from app.domain.errors import Invalid, NotAllowed, NotFound, SignInRequired, Stale
from app.domain.training_examples import Status, content_digest
from app.domain.usage import Verdict
from app.extensions import db
from app.jobs.worker import run_job
from app.models import ConsentRecord, Erasure, Notification, Tombstone, TrainingExample, UsageEvent, UserPreferences
from app.services import clock, contributions
from app.services.bulk_changes import begin_change
from app.services.consent import count_answers, get_own_ledger
from app.services.erasures import get_erasures, scrub_erased
from app.services.preferences import change_preferences, exclude_skill, get_excluded_skills, include_skill
from app.services.training_example_lists import EVERYTHING, Filter
from app.services.training_examples import create_training_example, get_training_examples_for_skill
from app.services.transactions import reading, writing
from app.services.usage import track
from tests.support.factories import allow_capture, capture, make_example, make_skill, make_usage, make_user
from tests.support.tables import count_rows, counters_are_right, dump, last_audit_record
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

WORD = "quokkasaurus"
"""Written in capitals in the texts: in small letters only the index of the search has it."""
CANARY = f"the canary sings of {WORD.upper()} zeppelinfish"


def withdraw(user):
    change_preferences(user, training_data_consent=False)
    look_anew()


def left():
    """Return the numbers of the examples that are left, oldest first."""
    return list(reading().scalars(select(TrainingExample.id).order_by(TrainingExample.id)))


def captured(skill, user, status="pending", text=""):
    """Make a captured example in this state, and return its number, which stays when the example is gone."""
    allow_capture(user)
    return make_example(skill, text, user=user, source="usage_capture", status=status).id


def tombstones():
    return reading().scalars(select(Tombstone).order_by(Tombstone.example_id)).all()


def erasures():
    return reading().scalars(select(Erasure).order_by(Erasure.id)).all()


def ledger():
    rows = reading().scalars(select(ConsentRecord).order_by(ConsentRecord.id))
    return [(row.user_id, row.decision, row.skill_id, row.notice_version) for row in rows]


def told(user):
    rows = reading().scalars(select(Notification).where(Notification.user_id == user.id).order_by(Notification.id))
    return [(row.kind, row.actor_id, row.skill_id, row.subject_id, row.detail) for row in rows]


def bytes_kept():
    """Return all that is in SQLite's files; of PostgreSQL, whose files are its own, all that is in its tables."""
    everything = str(dump()).encode()
    if db.engine.dialect.name == "sqlite":
        path = db.engine.url.database
        files = [Path(f"{path}{suffix}") for suffix in ("", "-wal")]
        everything += b"".join(file.read_bytes() for file in files if file.exists())
    return everything


def traces_of(text=CANARY, word=WORD):
    """Return which traces of the canary are still there: its text, and its word as the search keeps it."""
    kept = bytes_kept()
    parts = {"text": text.encode(), "words": word.upper().encode(), "index": word[2:].encode()}
    return {name for name, part in parts.items() if part in kept}


ALL_TRACES = {"text", "words", "index"}


def all_traces():
    """Return what a test must find before it may say that nothing is found."""
    return ALL_TRACES if db.engine.dialect.name == "sqlite" else {"text", "words"}


# Withdrawal.


@pytest.mark.parametrize("status", Status)
def test_withdrawing_deletes_what_was_captured_whatever_its_state(viewer, skill, status):
    captured(skill, viewer, status)

    withdraw(viewer)

    assert left() == []
    assert counters_are_right(skill)


def test_withdrawing_leaves_nothing_of_what_was_in_the_bin(viewer, author, skill):
    """Neither its text nor, in the index of the search, its words in their order."""
    example_id = captured(skill, viewer, "approved", CANARY)
    begin_change(author, skill_id=skill.id, change=Change(Verb.DELETE), wanted=EVERYTHING, up_to=example_id)
    run_job()
    assert traces_of() == all_traces()

    withdraw(viewer)

    assert traces_of() == set()


def test_withdrawing_deletes_nothing_of_anybody_else(viewer, author, skill):
    mine = captured(skill, viewer)
    golden = make_example(skill)
    others = captured(skill, make_user())
    authors_own_usage = captured(skill, author, "approved")

    withdraw(viewer)

    assert left() == [golden.id, others, authors_own_usage]
    assert [stone.example_id for stone in tombstones()] == [mine]
    assert counters_are_right(skill)


def test_golden_examples_stay_also_where_their_author_withdraws(author, skill):
    golden = make_example(skill)
    captured(skill, author)

    withdraw(author)

    assert left() == [golden.id]
    assert counters_are_right(skill)


def test_every_skill_that_loses_examples_counts_right_and_tells_its_open_pages(viewer):
    skills = [make_skill() for _ in range(3)]
    for skill in skills[:2]:
        for status in Status:
            captured(skill, viewer, status)
            captured(skill, make_user(), status)
    versions = [skill.training_data_version for skill in skills]

    withdraw(viewer)

    assert all(counters_are_right(skill) for skill in skills)
    assert [(skill.training_examples_pending, skill.training_examples_approved) for skill in skills] == [
        (1, 1),
        (1, 1),
        (0, 0),
    ]
    assert [skill.training_data_version - before for skill, before in zip(skills, versions, strict=True)] == [1, 1, 0]


def test_what_is_left_are_tombstones_that_say_nothing(viewer, skill):
    example = capture(skill, viewer, CANARY)
    number, event_id, created_at = example.id, example.usage_event_id, example.created_at

    withdraw(viewer)

    [stone], [erasure] = tombstones(), erasures()
    assert (stone.example_id, stone.erasure_id, stone.skill_id) == (number, erasure.id, skill.id)
    assert (stone.usage_event_id, stone.status, stone.captured_at) == (event_id, "pending", created_at)
    assert (erasure.user_id, erasure.reason, erasure.examples) == (viewer.id, "consent_withdrawn", 1)
    assert erasure.scrubbed_at is not None
    assert CANARY not in str(dump())


def test_that_the_skill_was_used_stays_counted(viewer, skill):
    number = capture(skill, viewer).id

    withdraw(viewer)

    [event] = reading().scalars(select(UsageEvent))
    assert (skill.usage_count, event.verdict, event.example_id) == (1, "captured", number)


def test_authors_are_told_how_many_went_and_not_whose_they_were(viewer, author, skill):
    other_author = make_user()
    other = make_skill(other_author)
    for one in (skill, skill, other):
        captured(one, viewer)

    withdraw(viewer)

    assert told(author) == [("captured_examples_erased", None, skill.id, None, "2")]
    assert told(other_author) == [("captured_examples_erased", None, other.id, None, "1")]
    assert author.unread_notifications == 1


def test_the_audit_log_has_numbers_and_no_words(viewer, skill):
    captured(skill, viewer, text=CANARY)
    captured(skill, viewer)

    withdraw(viewer)

    details = [(row[3], row[-1]) for row in dump()["audit_log"]]
    assert "captured_examples.erased" in str(details)
    assert CANARY not in str(details)


def test_every_answer_is_a_line_of_the_ledger_and_no_answer_is_none(viewer):
    for answer in (False, True, True, False, False, True):
        change_preferences(viewer, training_data_consent=answer)
    change_preferences(viewer, named_in_captured_examples=True)

    lines = [(viewer.id, decision, None, NOTICE.version) for decision in ("given", "withdrawn", "given")]
    assert ledger() == lines
    assert [record.decision for record in get_own_ledger(viewer)] == ["given", "withdrawn", "given"]


def test_a_line_of_the_ledger_is_never_changed_or_deleted(viewer):
    allow_capture(viewer)
    record = get_own_ledger(viewer)[0]

    with pytest.raises(RuntimeError, match="written once"), writing():
        record.decision = "withdrawn"
    with pytest.raises(RuntimeError, match="written once"), writing() as session:
        session.delete(session.get_one(ConsentRecord, record.id))

    assert ledger() == [(viewer.id, "given", None, NOTICE.version)]


def test_withdrawing_where_nothing_was_captured_erases_nothing(viewer, author, skill):
    allow_capture(viewer)

    withdraw(viewer)

    assert (erasures(), tombstones(), told(author)) == ([], [], [])
    assert [line[1] for line in ledger()] == ["given", "withdrawn"]


def test_search_finds_nothing_of_what_was_erased(viewer, skill):
    kept = captured(skill, make_user(), "approved", "other zeppelinfish")
    captured(skill, viewer, "approved", CANARY)

    def found(query):
        rows = get_training_examples_for_skill(skill.id, wanted=Filter(query=query)).rows
        return [row.example.id for row in rows]

    assert len(found("zeppelinfish")) == 2
    withdraw(viewer)

    assert found("zeppelinfish") == [kept]
    assert found(WORD) == []


def test_after_withdrawing_nothing_more_is_captured_and_after_consent_it_is_again(viewer, skill):
    capture(skill, viewer)
    withdraw(viewer)
    [refused] = track(viewer, [make_usage(skill, "A second question", "An answer")])

    allow_capture(viewer)
    [kept] = track(viewer, [make_usage(skill, "A third question", "An answer")])

    assert (refused.verdict, kept.verdict) == (Verdict.NO_CONSENT, Verdict.CAPTURED)
    assert [line[1] for line in ledger()] == ["given", "withdrawn", "given"]
    assert left() == [kept.example_id]


def test_a_withdrawal_that_fails_half_way_deletes_nothing(viewer, skill):
    captured(skill, viewer)
    before = dump()

    def withdraw_and_fail():
        with writing():
            change_preferences(viewer, training_data_consent=False)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        withdraw_and_fail()

    assert dump() == before
    assert counters_are_right(skill)


# Gone from the files.


def test_what_is_withdrawn_is_in_no_file_afterwards(viewer, skill):
    for number in range(20):
        captured(skill, make_user(), "approved", f"An ordinary text {number}")
    capture(skill, viewer, CANARY, f"{CANARY}, it answered")
    captured(skill, viewer, "approved", f"{CANARY} once more")
    assert traces_of() == all_traces(), "the search must be able to find what is there"

    withdraw(viewer)

    assert traces_of() == set()
    assert [erasure.scrubbed_at is not None for erasure in erasures()] == [True]


def test_one_example_taken_back_is_in_no_file_afterwards(viewer, skill):
    number, other = capture(skill, viewer, CANARY).id, capture(skill, viewer, "Another")
    assert traces_of() == all_traces()

    contributions.take_back(viewer, example_id=number)

    assert traces_of() == set()
    assert left() == [other.id]


def test_words_taken_out_are_in_no_file_afterwards(viewer, skill):
    example = capture(skill, viewer, f"Ask about {CANARY} please", f"{CANARY} is fine")
    assert traces_of() == all_traces()

    contributions.redact_more(viewer, example_id=example.id, text=CANARY, revision=1)

    assert traces_of() == set()


def test_a_skill_left_out_is_in_no_file_afterwards(viewer, skill):
    capture(skill, viewer, CANARY)
    assert traces_of() == all_traces()

    exclude_skill(viewer, skill_id=skill.id)

    assert traces_of() == set()


@pytest.mark.slow
def test_somebody_who_reads_for_long_delays_the_files_and_the_next_time_ends_it(viewer, skill):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its own")
    capture(skill, viewer, CANARY)
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM skill_feedback").fetchone()
        withdraw(viewer)
        assert left() == []
        assert [erasure.scrubbed_at for erasure in erasures()] == [None]
        reader.execute("ROLLBACK")

    assert scrub_erased()

    look_anew()
    assert traces_of() == set()
    assert [erasure.scrubbed_at is not None for erasure in erasures()] == [True]


def test_there_is_nothing_to_do_where_nothing_waits(viewer, skill):
    captured(skill, viewer)
    withdraw(viewer)
    before = dump()

    assert scrub_erased()
    assert dump() == before


# Taking back one.


@pytest.mark.parametrize("status", Status)
def test_one_example_is_taken_back_whatever_its_state(viewer, author, skill, status):
    mine, other = captured(skill, viewer, status), captured(skill, viewer, status)

    contributions.take_back(viewer, example_id=mine)

    look_anew()
    assert left() == [other]
    assert [(one.reason, one.examples) for one in erasures()] == [("taken_back", 1)]
    assert [stone.example_id for stone in tombstones()] == [mine]
    assert told(author) == [("captured_examples_erased", None, skill.id, None, "1")]
    assert counters_are_right(skill)
    assert last_audit_record().details["reason"] == "taken_back"


def test_nobody_takes_back_what_is_not_of_their_usage(viewer, author, admin, skill):
    of_viewer, golden = captured(skill, viewer), make_example(skill)
    before = dump()

    for actor, example_id in (
        (author, of_viewer),
        (admin, of_viewer),
        (author, golden.id),
        (viewer, golden.id),
        (viewer, 0),
        (viewer, 2**40),
    ):
        with pytest.raises(NotFound):
            contributions.take_back(actor, example_id=example_id)

    assert dump() == before


def test_what_is_taken_back_already_is_not_there(viewer, skill):
    number = captured(skill, viewer)
    contributions.take_back(viewer, example_id=number)

    with pytest.raises(NotFound, match=f"contribution of yours with the number {number}"):
        contributions.take_back(viewer, example_id=number)

    assert count_rows(Erasure) == 1


# Taking more out of one.


def corrected(skill, user, example_input, example_output, expected_output):
    allow_capture(user)
    return create_training_example(
        skill_id=skill.id,
        user_id=user.id,
        example_input=example_input,
        example_output=example_output,
        expected_output=expected_output,
        source="usage_capture",
        status="approved",
    )


def test_words_are_taken_out_of_every_text_of_the_example(viewer, skill):
    example = corrected(skill, viewer, "Maya asks for Maya", "Dear Maya", "Dear Maya,")
    version = skill.training_data_version

    places = contributions.redact_more(viewer, example_id=example.id, text="Maya", revision=1)

    look_anew()
    example = reading().get_one(TrainingExample, example.id)
    assert places == 4
    assert (example.example_input, example.example_output) == ("[REMOVED_1] asks for [REMOVED_1]", "Dear [REMOVED_1]")
    assert example.expected_output == "Dear [REMOVED_1],"
    assert (example.revision, example.status) == (2, "approved")
    assert example.content_digest == content_digest(example.example_input, example.example_output)
    assert skill.training_data_version > version
    assert counters_are_right(skill)


def test_taking_words_out_leaves_a_proof_without_them(viewer, skill):
    example = capture(skill, viewer, f"Ask about {CANARY} please")

    contributions.redact_more(viewer, example_id=example.id, text=CANARY, revision=1)

    look_anew()
    [erasure] = erasures()
    assert (erasure.user_id, erasure.reason, erasure.examples) == (viewer.id, "redacted_more", 0)
    assert erasure.scrubbed_at is not None
    record = last_audit_record()
    assert (record.action, record.actor_id, record.subject_id) == (
        "training_example.redacted_more",
        viewer.id,
        example.id,
    )
    assert record.details == {"skill_id": skill.id, "places": 1}
    assert CANARY not in str(dump())


def test_what_is_taken_out_next_has_another_placeholder(viewer, skill):
    example = capture(skill, viewer, "Maya and Zoe, password=hunter2!x", "[REMOVED_3] is a text of its own")
    for revision, name in enumerate(("Maya", "Zoe"), start=1):
        contributions.redact_more(viewer, example_id=example.id, text=name, revision=revision)

    look_anew()
    first, second = reading().get_one(TrainingExample, example.id).example_input.split(", ")[0].split(" and ")
    assert first != second
    assert "[REMOVED_3]" not in (first, second)


def test_text_around_placeholders_goes_with_them(viewer, skill):
    example = capture(skill, viewer, "It is password=hunter2!x, he said")

    contributions.redact_more(viewer, example_id=example.id, text="password=[PASSWORD_1], he", revision=1)

    look_anew()
    assert reading().get_one(TrainingExample, example.id).example_input == "It is [REMOVED_1] said"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not in it"),
        ("a", "not in it"),
        ("  ", "not in it"),
        ("maya", "not in it"),
        ("Maya asks", "not in it"),
        ("ASSWORD", "part of a placeholder"),
        ("[PASSWORD_1]", "part of a placeholder"),
        ("_1]", "part of a placeholder"),
    ],
)
def test_what_cannot_be_taken_out_is_refused_and_changes_nothing(viewer, skill, text, reason):
    example = capture(skill, viewer, "Maya  says password=hunter2!x", "A  b")
    before = dump()

    with pytest.raises(Invalid, match=reason) as refused:
        contributions.redact_more(viewer, example_id=example.id, text=text, revision=1)

    assert list(refused.value.errors) == ["text"]
    assert dump() == before


def test_an_example_that_changed_since_it_was_looked_at_stays(viewer, skill):
    example = capture(skill, viewer, "Maya and Zoe")
    contributions.redact_more(viewer, example_id=example.id, text="Maya", revision=1)
    before = dump()

    with pytest.raises(Stale) as refused:
        contributions.redact_more(viewer, example_id=example.id, text="Zoe", revision=1)

    assert refused.value.revision == 2
    assert dump() == before


def test_nobody_takes_words_out_of_what_is_not_of_their_usage(viewer, author, admin, skill):
    of_viewer, golden = capture(skill, viewer, "Maya asks"), make_example(skill, "Maya asks too")
    before = dump()

    for actor, example_id in ((author, of_viewer.id), (admin, of_viewer.id), (author, golden.id), (viewer, 2**40)):
        with pytest.raises(NotFound):
            contributions.redact_more(actor, example_id=example_id, text="Maya", revision=1)

    assert dump() == before


# Leaving skills out.


def test_leaving_a_skill_out_deletes_what_it_has_of_this_user_alone(viewer, author, skill):
    other = make_skill()
    here, elsewhere = captured(skill, viewer, "approved"), captured(other, viewer)
    of_another = captured(skill, make_user())

    exclude_skill(viewer, skill_id=skill.id)

    look_anew()
    assert left() == [elsewhere, of_another]
    assert [stone.example_id for stone in tombstones()] == [here]
    assert [(one.reason, one.examples) for one in erasures()] == [("skill_excluded", 1)]
    assert told(author) == [("captured_examples_erased", None, skill.id, None, "1")]
    assert (counters_are_right(skill), counters_are_right(other)) == (True, True)
    assert [one.id for one in get_excluded_skills(viewer)] == [skill.id]


def test_a_skill_left_out_is_taken_in_again_and_both_are_in_the_ledger(viewer, skill):
    allow_capture(viewer)
    exclude_skill(viewer, skill_id=skill.id)
    exclude_skill(viewer, skill_id=skill.id)
    [refused] = track(viewer, [make_usage(skill, "A question", "An answer")])
    include_skill(viewer, skill_id=skill.id)
    [kept] = track(viewer, [make_usage(skill, "A question", "An answer")])

    assert (refused.verdict, kept.verdict) == (Verdict.SKILL_EXCLUDED, Verdict.CAPTURED)
    assert [line[1:3] for line in ledger()] == [("given", None), ("withdrawn", skill.id), ("given", skill.id)]
    assert list(get_excluded_skills(viewer)) == []


def test_only_what_is_there_is_left_out_and_only_what_is_left_out_is_taken_in(viewer, skill):
    before = dump()

    with pytest.raises(NotFound):
        exclude_skill(viewer, skill_id=12_345)
    with pytest.raises(NotFound, match="among those you left out"):
        include_skill(viewer, skill_id=skill.id)

    assert dump()["consent_records"] == before["consent_records"] == []
    assert list(get_excluded_skills(viewer)) == []


def test_skills_stay_left_out_through_withdrawing_and_consenting_again(viewer, skill):
    allow_capture(viewer)
    exclude_skill(viewer, skill_id=skill.id)
    withdraw(viewer)
    allow_capture(viewer)

    [refused] = track(viewer, [make_usage(skill, "A question", "An answer")])

    assert refused.verdict is Verdict.SKILL_EXCLUDED


# A new wording of the notice.


@pytest.fixture
def consented_to_older_words(viewer, skill):
    """Somebody whose usage was kept under words that have changed since, and the example that was kept."""
    allow_capture()
    older = {"training_data_consent": True, "consent_notice_version": NOTICE.version - 1}
    with writing() as session:
        session.add(UserPreferences(user_id=viewer.id, values=older, updated_at=clock.now()))
    return make_example(skill, user=viewer, source="usage_capture", status="approved").id


def test_consent_to_older_words_captures_nothing_until_the_new_ones_are_answered(
    viewer, skill, consented_to_older_words
):
    [before] = track(viewer, [make_usage(skill, "A question", "An answer")])
    change_preferences(viewer, named_in_captured_examples=True)
    [still] = track(viewer, [make_usage(skill, "A second question", "An answer")])

    change_preferences(viewer, training_data_consent=True)
    [after] = track(viewer, [make_usage(skill, "A third question", "An answer")])

    verdicts = [before.verdict, still.verdict, after.verdict]
    assert verdicts == [Verdict.CONSENT_OUTDATED, Verdict.CONSENT_OUTDATED, Verdict.CAPTURED]
    assert ledger() == [(viewer.id, "given", None, NOTICE.version)]
    assert left() == [consented_to_older_words, after.example_id]


def test_saying_no_to_the_new_words_deletes_what_the_old_ones_kept(viewer, skill, consented_to_older_words):
    withdraw(viewer)

    assert left() == []
    assert [stone.example_id for stone in tombstones()] == [consented_to_older_words]
    assert ledger() == [(viewer.id, "withdrawn", None, NOTICE.version)]


# Who may see that.


def test_administrators_see_that_and_why_something_was_erased(viewer, admin, skill):
    captured(skill, viewer)
    withdraw(viewer)

    [erasure] = get_erasures(admin)
    counts = [tuple(count) for count in count_answers(admin)]

    assert (erasure.user_id, erasure.reason, erasure.examples) == (viewer.id, "consent_withdrawn", 1)
    assert counts == [("withdrawn", NOTICE.version, 1)]
    for actor, error in ((viewer, NotAllowed), (None, SignInRequired)):
        with pytest.raises(error):
            get_erasures(actor)
        with pytest.raises(error):
            count_answers(actor)


def test_a_skill_left_out_does_not_count_as_a_withdrawal(viewer, admin, skill):
    allow_capture(viewer)
    exclude_skill(viewer, skill_id=skill.id)

    assert [tuple(count) for count in count_answers(admin)] == [("given", NOTICE.version, 1)]


def test_the_newest_erasures_are_shown_first(viewer, admin, skill):
    second = make_user()
    for user in (viewer, second):
        captured(skill, user)
        withdraw(user)

    assert [one.user_id for one in get_erasures(admin, limit=1)] == [second.id]


def test_what_was_captured_is_shown_and_given_whole_to_whose_usage_it_was(viewer, author, skill):
    mine = [capture(skill, viewer, f"Question {number}", "An answer") for number in range(3)]
    captured(skill, make_user())
    make_example(skill)

    page = contributions.get_contributions(viewer)
    exported = list(contributions.export_contributions(viewer))

    assert [row.example.id for row in page.rows] == [example.id for example in reversed(mine)]
    assert [row["example_id"] for row in exported] == [example.id for example in mine]
    assert [row["input"] for row in exported] == ["Question 0", "Question 1", "Question 2"]
    assert exported[0]["event"]["tool_name"] == "a-tool"
    assert exported[0]["event"]["consent_record"] == get_own_ledger(viewer)[-1].id
    assert list(contributions.export_contributions(author)) == []


@pytest.mark.slow
def test_more_than_one_read_of_rows_is_exported_whole_and_in_order(viewer, skill):
    allow_capture(viewer)
    for start in (0, 300):
        track(viewer, [make_usage(skill, f"Question {start + number}", "An answer") for number in range(300)])

    exported = [row["input"] for row in contributions.export_contributions(viewer)]

    assert exported == [f"Question {number}" for number in range(600)]


def test_every_reason_has_its_sentence():
    assert set(SENTENCES) == set(Reason)

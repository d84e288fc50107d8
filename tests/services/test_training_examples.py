"""Adding, changing and deleting golden examples: who may, what is kept, what is counted and what is told."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from app.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, SignInRequired, Stale
from app.models import AuditRecord, TrainingExample
from app.services import training_examples as service
from app.services.transactions import reading, writing
from app.services.votes import cast_vote
from tests.support.factories import make_example, make_skill, make_user
from tests.support.tables import count_rows, counters_are_right, last_audit_record
from tests.support.threads import look_anew

# 2**31 does not fit PostgreSQL's integer, 2**63 not SQLite's; a URL may hold either.
IDS_OF_NOTHING = [0, 2**31, 2**63]


def submit(actor, skill, example_input="An input", example_output="An output", **rest):
    return service.submit_training_example(
        actor, skill_id=skill.id, example_input=example_input, example_output=example_output, **rest
    )


def edit(actor, example, **changes):
    values = {
        "revision": example.revision,
        "example_input": example.example_input,
        "example_output": example.example_output,
        "quality_score": example.quality_score,
    }
    return service.edit_training_example(actor, example_id=example.id, **{**values, **changes})


def delete(actor, example):
    service.delete_training_example(actor, example_id=example.id, revision=example.revision)


def test_an_author_adds_a_golden_example(author, skill):
    saved = submit(author, skill, quality_score=7)

    look_anew()
    example = reading().get_one(TrainingExample, saved.example.id)
    assert (example.source, example.status, example.quality_score) == ("web", "approved", 7)
    assert (example.example_input, example.example_output, example.expected_output) == ("An input", "An output", None)
    assert (example.user_id, example.revision) == (author.id, 1)
    assert (example.reviewed_at, example.reviewed_by, example.usage_event_id) == (None, None, None)
    assert example.created_at.utcoffset().total_seconds() == 0
    assert saved.secrets_found == ()
    assert service.get_training_example_count(skill.id) == 1


def test_an_author_edits_an_example(author, skill):
    example = make_example(skill, "Before", quality_score=3)

    edit(author, example, example_input="After", quality_score=None)

    look_anew()
    assert (example.example_input, example.example_output, example.quality_score) == ("After", "An output", None)
    assert (example.revision, example.status, example.source) == (2, "approved", "web")
    assert example.updated_at > example.created_at


def test_an_author_deletes_an_example(author, skill):
    example = make_example(skill)

    delete(author, example)

    look_anew()
    with pytest.raises(NotFound, match=str(example.id)):
        service.get_training_example(example.id)
    assert service.get_training_example_count(skill.id) == 0


@pytest.mark.parametrize("who", ["administrator", "another author", "viewer"])
def test_only_the_author_adds_edits_and_deletes(who, author, admin, viewer, skill):
    actor = {"administrator": admin, "another author": make_skill().author_id, "viewer": viewer}[who]
    if isinstance(actor, int):
        actor = reading().get_one(type(author), actor)
    example = make_example(skill)

    for change in (
        lambda: submit(actor, skill),
        lambda: edit(actor, example, example_input="Mine now"),
        lambda: delete(actor, example),
    ):
        with pytest.raises(NotAllowed, match="Only the skill's author"):
            change()

    look_anew()
    assert count_rows(TrainingExample) == 1
    assert example.revision == 1
    assert last_audit_record().action == "skill.created"


def test_nobody_adds_without_signing_in(skill):
    with pytest.raises(SignInRequired):
        submit(None, skill)


@pytest.mark.parametrize("is_admin", [True, False])
def test_no_door_can_store_a_golden_example_of_somebody_who_is_not_the_author(skill, is_admin):
    other = make_user(is_admin=is_admin)
    make_skill(other)

    with pytest.raises(NotAllowed, match="Only the skill's author"):
        make_example(skill, user=other, source="web")

    assert count_rows(TrainingExample) == 0
    assert make_example(skill, user=other, source="usage_capture", status="pending").user_id == other.id


def test_training_examples_never_touch_the_vote_aggregates(author, viewer, skill):
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")

    example = submit(author, skill).example
    edit(author, example, example_input="Other")
    make_example(skill, status="rejected", source="usage_capture")
    delete(author, example)

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == (1, 100)


def test_the_same_content_twice_on_one_skill_names_the_one_that_is_there(author, skill):
    first = submit(author, skill).example

    with pytest.raises(Duplicate) as refused:
        submit(author, skill)

    assert refused.value.existing_id == first.id
    assert count_rows(TrainingExample) == 1
    assert counters_are_right(skill)


def test_the_same_content_is_found_after_redaction_and_whatever_its_line_ends(author, skill):
    first = submit(author, skill, "token = ghp_" + "a1B2" * 9 + "\r\nnext").example

    with pytest.raises(Duplicate) as refused:
        submit(author, skill, "token = ghp_" + "Z9y8" * 9 + "\nnext")

    assert refused.value.existing_id == first.id


def test_the_same_content_fits_another_skill_and_text_moved_across_is_other_content(author, skill):
    submit(author, skill, "one\ntwo", "three")

    submit(author, make_skill(author), "one\ntwo", "three")
    submit(author, skill, "one", "two\nthree")

    assert count_rows(TrainingExample) == 3


def test_content_that_was_captured_is_known_too_but_may_be_captured_again(author, viewer, skill):
    captured = make_example(skill, "Same", "Same", user=viewer, source="usage_capture", status="pending")

    make_example(skill, "Same", "Same", user=viewer, source="usage_capture", status="pending")
    with pytest.raises(Duplicate) as refused:
        submit(author, skill, "Same", "Same")

    assert refused.value.existing_id == captured.id
    assert count_rows(TrainingExample) == 2


def test_an_edit_into_another_examples_content_is_refused_and_into_its_own_is_not(author, skill):
    first, second = make_example(skill, "First"), make_example(skill, "Second")

    with pytest.raises(Duplicate) as refused:
        edit(author, second, example_input="First")
    edit(author, first, quality_score=9)

    look_anew()
    assert refused.value.existing_id == first.id
    assert (second.example_input, second.revision) == ("Second", 1)
    assert (first.quality_score, first.revision) == (9, 2)


def test_a_stale_edit_and_a_stale_delete_change_nothing_and_tell_the_revision(author, skill):
    example = make_example(skill, "Before")
    edit(author, example, example_input="Theirs")

    with pytest.raises(Stale) as refused:
        edit(author, example, revision=1, example_input="Mine")
    with pytest.raises(Stale):
        service.delete_training_example(author, example_id=example.id, revision=1)

    look_anew()
    assert refused.value.revision == 2
    assert example.example_input == "Theirs"
    assert counters_are_right(skill)


@pytest.mark.parametrize("nothing", IDS_OF_NOTHING)
def test_what_is_not_there_is_not_found(author, skill, nothing):
    for ask in (
        lambda: service.get_training_example(nothing),
        lambda: service.get_training_example_with_user(skill.id, nothing),
        lambda: service.edit_training_example(
            author, example_id=nothing, revision=1, example_input="a", example_output="b"
        ),
        lambda: service.delete_training_example(author, example_id=nothing, revision=1),
        lambda: service.submit_training_example(author, skill_id=nothing, example_input="a", example_output="b"),
        lambda: service.create_training_example(
            skill_id=nothing, user_id=author.id, example_input="a", example_output="b"
        ),
    ):
        with pytest.raises(NotFound):
            ask()
    assert service.get_training_example_count(0) == 0


def test_an_example_is_found_on_its_own_skill_and_in_the_states_that_are_shown_only(skill):
    pending = make_example(skill, source="usage_capture", status="pending")

    row = service.get_training_example_with_user(skill.id, pending.id)
    with pytest.raises(NotFound):
        service.get_training_example_with_user(make_skill().id, pending.id)
    with pytest.raises(NotFound):
        service.get_training_example_with_user(skill.id, pending.id, statuses=(service.Status.APPROVED,))

    assert (row.example.id, row.user_name) == (pending.id, None)


def test_every_change_leaves_one_audit_record_without_texts(author, skill):
    secret = "ghp_" + "a1B2" * 9
    saved = submit(author, skill, f"Words of a person {secret}")
    edit(author, saved.example, example_input="Other words of a person")
    delete(author, saved.example)

    records = reading().query(AuditRecord).filter_by(subject="training_example").order_by(AuditRecord.id).all()
    assert [record.action.split(".")[1] for record in records] == ["created", "edited", "deleted"]
    assert {(record.actor_id, record.subject_id) for record in records} == {(author.id, saved.example.id)}
    assert records[0].details == {"skill_id": skill.id, "redacted": list(saved.secrets_found)}
    assert saved.secrets_found
    for record in records:
        assert "person" not in str(record.details)
        assert secret not in str(record.details)


@pytest.fixture
def refused_audit():
    """While the test runs, the database refuses every audit record: its action may not be NULL."""

    def spoil(_mapper, _connection, record):
        record.action = None

    event.listen(AuditRecord, "before_insert", spoil)
    yield
    event.remove(AuditRecord, "before_insert", spoil)


def test_a_change_whose_audit_fails_leaves_nothing_behind(author, skill, request):
    example = make_example(skill, "Before")
    audits = count_rows(AuditRecord)
    request.getfixturevalue("refused_audit")

    for change in (
        lambda: submit(author, skill),
        lambda: edit(author, example, example_input="After"),
        lambda: delete(author, example),
    ):
        with pytest.raises(IntegrityError):
            change()

    look_anew()
    assert (example.example_input, example.revision) == ("Before", 1)
    assert (count_rows(TrainingExample), count_rows(AuditRecord)) == (1, audits)
    assert skill.training_data_version == 1
    assert counters_are_right(skill)


def test_the_counters_equal_counting_after_every_change_and_after_a_failed_one(author, viewer, skill):
    states = [("web", "approved"), ("usage_capture", "pending"), ("usage_capture", "rejected")]
    made = [make_example(skill, source=source, status=status) for source, status in states for _ in range(2)]
    assert counters_are_right(skill)

    for change in (
        lambda: edit(author, made[0], example_input="Edited"),
        lambda: delete(author, made[1]),
        lambda: delete(author, made[2]),
        lambda: delete(author, made[4]),
        lambda: submit(author, skill),
    ):
        change()
        assert counters_are_right(skill)
    for refused in (
        lambda: submit(author, skill),
        lambda: submit(author, skill, "\x00"),
        lambda: submit(viewer, skill, "Other"),
        lambda: make_example(skill, quality_score=11),
    ):
        with pytest.raises((Duplicate, Invalid, NotAllowed, IntegrityError)):
            refused()
        assert counters_are_right(skill)

    counts = {status: service.get_training_example_count(skill.id, statuses=(status,)) for status in service.Status}
    assert counts == {"pending": 1, "approved": 2, "rejected": 1}
    assert service.get_training_example_count(skill.id) == 4
    assert service.get_training_example_count(skill.id, statuses=("pending", "rejected")) == 2


def test_the_training_data_version_rises_with_every_change_and_with_nothing_else(author, viewer, skill):
    seen = [skill.training_data_version]

    def note():
        look_anew()
        seen.append(skill.training_data_version)

    example = submit(author, skill).example
    note()
    edit(author, example, example_input="Edited")
    note()
    make_example(skill, source="usage_capture", status="pending")
    note()
    delete(author, example)
    note()
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")
    with pytest.raises(Invalid):
        submit(author, skill, "")
    make_example(make_skill(author))
    note()

    assert seen == [0, 1, 2, 3, 4, 4]


def test_several_changes_in_one_transaction_are_undone_together(author, skill):
    def submit_all(*texts):
        with writing():
            for text in texts:
                submit(author, skill, text)

    with pytest.raises(Duplicate):
        submit_all("First", "Second", "First")

    look_anew()
    assert count_rows(TrainingExample) == 0
    assert (skill.training_data_version, last_audit_record().action) == (0, "skill.created")

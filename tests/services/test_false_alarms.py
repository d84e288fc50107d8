"""False alarms: whoever sees a placeholder doubts it, the skill's author is told and answers."""

import pytest
from sqlalchemy import select

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SignInRequired
from app.models import AuditRecord, FalseAlarm
from app.services import false_alarms as service
from app.services.notifications import get_notifications
from app.services.training_examples import delete_training_example, edit_training_example
from app.services.transactions import reading
from app.services.votes import cast_vote
from tests.support.factories import make_example, make_skill
from tests.support.tables import count_rows, counters_are_right, dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

SECRET = "hunter2!x"


@pytest.fixture
def example(skill):
    return make_example(skill, f"password={SECRET}", "Then password=Zebra9?quagga")


def mark(user, example, placeholder="[PASSWORD_1]"):
    return service.mark_false_alarm(user, example=example, placeholder=placeholder)


def dismiss(user, example, alarm):
    service.dismiss_false_alarm(user, example=example, alarm_id=getattr(alarm, "id", alarm))


def edit(author, example, **changes):
    texts = {"example_input": example.example_input, "example_output": example.example_output}
    edit_training_example(author, example_id=example.id, revision=example.revision, **{**texts, **changes})


def waiting(*examples) -> list[str]:
    look_anew()
    return [row.alarm.placeholder for row in service.get_false_alarms([example.id for example in examples])]


def audited() -> list[tuple[str, int | None, int, dict[str, object]]]:
    records = reading().scalars(
        select(AuditRecord).where(AuditRecord.action.startswith("false_alarm.")).order_by(AuditRecord.id)
    )
    return [(record.action, record.actor_id, record.subject_id, record.details) for record in records]


def test_a_placeholder_is_marked_and_waits_for_the_author(viewer, skill, example):
    alarm = mark(viewer, example, "[PASSWORD_2]")

    look_anew()
    [row] = service.get_waiting_false_alarms(skill.id)
    assert (row.alarm.id, row.alarm.placeholder, row.user_name) == (alarm.id, "[PASSWORD_2]", "Vera Viewer")
    assert row.alarm.created_at.utcoffset().total_seconds() == 0
    assert audited() == [
        ("false_alarm.marked", viewer.id, example.id, {"skill_id": skill.id, "placeholder": "[PASSWORD_2]"})
    ]


@pytest.mark.parametrize("who", ["viewer", "author", "admin"])
def test_whoever_is_signed_in_marks(request, example, who):
    mark(request.getfixturevalue(who), example)

    assert waiting(example) == ["[PASSWORD_1]"]


def test_nobody_marks_without_signing_in(example):
    with pytest.raises(SignInRequired):
        mark(None, example)

    assert waiting(example) == []


def test_the_author_is_told_and_nobody_else(author, viewer, admin, skill, example):
    mark(viewer, example)

    [row] = get_notifications(author).rows
    assert (row.notification.kind, row.notification.subject_id) == ("false_alarm_marked", example.id)
    assert (row.actor_name, row.skill_slug) == ("Vera Viewer", skill.slug)
    assert [get_notifications(user).rows for user in (viewer, admin)] == [[], []]


def test_authors_are_not_told_what_they_marked_themselves(author, example):
    mark(author, example)

    look_anew()
    assert get_notifications(author).rows == []
    assert author.unread_notifications == 0


@pytest.mark.parametrize("placeholder", ["", "[PASSWORD_3]", "PASSWORD_1", "[PASSWORD_1] ", "[password_1]", SECRET])
def test_what_is_no_placeholder_of_the_example_is_invalid_and_changes_nothing(viewer, example, placeholder):
    before = dump()

    with pytest.raises(Invalid) as refused:
        mark(viewer, example, placeholder)

    assert set(refused.value.errors) == {"placeholder"}
    assert dump() == before


def test_one_placeholder_waits_once_whoever_marks_it(viewer, admin, example):
    mark(viewer, example)
    before = dump()

    for again in (viewer, admin):
        with pytest.raises(Conflict, match=r"\[PASSWORD_1\] already"):
            mark(again, example)

    assert dump() == before


def test_the_placeholders_of_all_texts_are_offered_once_each_in_order(skill):
    example = make_example(skill, "[B_1] [A_1]", "[A_1] [C_2]")
    golden = make_example(skill, "No placeholder", "[lower_1] [A] [_1]")
    example.expected_output = "[D_1] [A_1]"

    assert service.placeholders_of(example) == ("[B_1]", "[A_1]", "[C_2]", "[D_1]")
    assert service.placeholders_of(golden) == ()


def test_the_author_dismisses_and_it_may_be_marked_anew(author, viewer, skill, example):
    alarm = mark(viewer, example)
    mark(viewer, example, "[PASSWORD_2]")

    dismiss(author, example, alarm)

    assert waiting(example) == ["[PASSWORD_2]"]
    assert audited()[-1] == (
        "false_alarm.dismissed",
        author.id,
        example.id,
        {"skill_id": skill.id, "placeholder": "[PASSWORD_1]"},
    )
    mark(viewer, example)
    assert waiting(example) == ["[PASSWORD_2]", "[PASSWORD_1]"]


@pytest.mark.parametrize("who", ["viewer", "admin"])
def test_nobody_else_dismisses(request, viewer, example, who):
    alarm = mark(viewer, example)
    actor, before = request.getfixturevalue(who), dump()

    with pytest.raises(NotAllowed, match="Only the skill's author decides"):
        dismiss(actor, example, alarm)

    assert dump() == before


def test_an_alarm_that_is_not_there_or_on_another_example_is_not_found(author, viewer, skill, example):
    elsewhere = mark(viewer, make_example(skill, "Use [PASSWORD_1]"))
    before = dump()

    for alarm in (elsewhere, 0, 2**31, 2**63):
        with pytest.raises(NotFound):
            dismiss(author, example, alarm)

    assert dump() == before


def test_an_edit_settles_the_alarms_whose_placeholder_is_gone_and_no_others(author, viewer, skill, example):
    other = make_example(skill, "password=[PASSWORD_1]", "Another")
    for one, placeholder in ((example, "[PASSWORD_1]"), (example, "[PASSWORD_2]"), (other, "[PASSWORD_1]")):
        mark(viewer, one, placeholder)

    edit(author, example, example_input="No password at all")

    assert waiting(example) == ["[PASSWORD_2]"]
    assert waiting(other) == ["[PASSWORD_1]"]
    edit(author, example, example_output="Nor here")
    assert waiting(example) == []
    assert count_rows(FalseAlarm) == 1


def test_an_alarm_stays_while_its_placeholder_stands_anywhere_in_the_example(author, viewer, example):
    mark(viewer, example)

    edit(author, example, example_input="Moved", example_output="Here is [PASSWORD_1] now")

    assert waiting(example) == ["[PASSWORD_1]"]


def test_an_edit_that_is_refused_settles_nothing(author, viewer, example):
    mark(viewer, example)

    with pytest.raises(Invalid):
        edit(author, example, example_input="No password at all", example_output="")

    assert waiting(example) == ["[PASSWORD_1]"]


def test_open_pages_are_told_of_every_answer_and_of_no_refusal(author, viewer, skill, example):
    seen = []

    def note():
        look_anew()
        seen.append(skill.training_data_version)

    note()
    alarm = mark(viewer, example)
    note()
    with pytest.raises(Conflict):
        mark(viewer, example)
    note()
    dismiss(author, example, alarm)
    note()

    assert seen == [1, 2, 2, 3]


def test_alarms_go_with_their_example(author, viewer, example):
    mark(viewer, example)

    delete_training_example(author, example_id=example.id, revision=1)

    look_anew()
    assert count_rows(FalseAlarm) == 0


def test_neither_votes_nor_counters_nor_the_example_move(author, viewer, skill, example):
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")

    alarm = mark(viewer, example)
    dismiss(author, example, alarm)

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == (1, 100)
    assert counters_are_right(skill)
    assert (example.revision, example.example_input) == (1, "password=[PASSWORD_1]")


def test_what_waits_is_listed_for_one_skill_the_oldest_first(viewer, skill, example):
    mark(viewer, example, "[PASSWORD_2]")
    mark(viewer, make_example(make_skill(), "Use [PASSWORD_9]"), "[PASSWORD_9]")
    mark(viewer, example, "[PASSWORD_1]")

    found = [row.alarm.placeholder for row in service.get_waiting_false_alarms(skill.id)]

    assert found == ["[PASSWORD_2]", "[PASSWORD_1]"]
    assert len(service.get_waiting_false_alarms(skill.id, size=1)) == 1
    assert service.get_false_alarms([]) == []


def test_an_example_that_was_deleted_meanwhile_is_not_found(author, viewer, skill):
    example = make_example(skill, "[PASSWORD_1]")
    delete_training_example(author, example_id=example.id, revision=1)

    with pytest.raises(NotFound):
        service.mark_false_alarm(viewer, example=example, placeholder="[PASSWORD_1]")

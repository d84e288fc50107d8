"""Notifications: told with the change they tell of, to the right person, unless they do not want it."""

import pytest

from app.domain.errors import NotFound, SignInRequired
from app.domain.notifications import Kind
from app.models import Notification, User
from app.services import notifications as service
from app.services.paging import Cursor
from app.services.preferences import change_preferences
from app.services.skill_lifecycle import hand_over_skill
from app.services.suggestions import apply_suggestion, move_suggestion, reply_to_suggestion, submit_suggestion
from app.services.transactions import reading
from tests.support.factories import make_skill, make_suggestion, make_user, skill_text
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew, run_together


def told(user):
    look_anew()
    return [row.notification.kind for row in service.get_notifications(user).rows]


def tell(user, skill, *, actor=None, kind=Kind.AUTHORSHIP_TAKEN):
    return service.notify(kind, user_id=user.id, actor=actor or make_user(), skill_id=skill.id)


def suggest(actor, skill):
    return submit_suggestion(
        actor, skill_id=skill.id, category="other", severity="critical", comment="Do it another way."
    ).suggestion


def test_the_author_is_told_of_a_suggestion(author, viewer, skill):
    suggestion = suggest(viewer, skill)

    [row] = service.get_notifications(author).rows
    assert (row.notification.kind, row.notification.subject_id) == ("suggestion_received", suggestion.id)
    assert (row.actor_name, row.skill_title, row.skill_slug) == ("Vera Viewer", "A skill", "a-skill")
    assert told(viewer) == []


def test_whoever_suggested_is_told_what_becomes_of_it(author, viewer, skill):
    suggestion = suggest(viewer, skill)
    move_suggestion(author, suggestion_id=suggestion.id, status="accepted", revision=1)
    reply_to_suggestion(author, suggestion_id=suggestion.id, reply="I will.", revision=2)

    rows = service.get_notifications(viewer).rows
    assert [(row.notification.kind, row.notification.detail) for row in rows] == [
        ("suggestion_replied", None),
        ("suggestion_moved", "accepted"),
    ]


def test_an_applied_suggestion_is_told_as_implemented(author, viewer, skill):
    content = skill_text("a-skill", body="# Better\n")
    suggestion = make_suggestion(skill, user=viewer, suggested_content=content, status="accepted")
    apply_suggestion(author, suggestion_id=suggestion.id, revision=2, version_number=1)

    assert service.get_notifications(viewer).rows[0].notification.detail == "implemented"


def test_nobody_is_told_what_they_did_themselves(author, skill):
    suggestion = suggest(author, skill)
    move_suggestion(author, suggestion_id=suggestion.id, status="dismissed", revision=1)

    assert told(author) == []
    assert tell(author, skill, actor=author) is None


def test_both_authors_are_told_of_a_hand_over(admin, author, viewer, skill):
    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)

    assert (told(viewer), told(author), told(admin)) == (["authorship_handed_over"], ["authorship_taken"], [])


def test_whoever_does_not_want_a_kind_is_not_told(author, viewer, skill):
    change_preferences(author, muted_notifications=frozenset({"suggestion_received"}))
    suggest(viewer, skill)
    tell(author, skill)

    assert told(author) == ["authorship_taken"]


def test_a_change_that_fails_tells_nobody(author, viewer, skill):
    suggestion = suggest(viewer, skill)
    before = dump()

    with pytest.raises(Exception, match="can become"):
        move_suggestion(author, suggestion_id=suggestion.id, status="implemented", revision=1)

    assert dump() == before


def test_unread_ones_are_counted_and_reading_takes_them_off(viewer, skill):
    first, second, third = (tell(viewer, skill).id for _ in range(3))
    look_anew()
    versions = [viewer.notifications_version]
    assert viewer.unread_notifications == 3

    row = service.mark_read(viewer, notification_id=second)
    assert row.notification.read_at
    look_anew()
    versions.append(viewer.notifications_version)
    assert viewer.unread_notifications == 2

    assert service.mark_all_read(viewer, up_to=second) == 1
    look_anew()
    assert viewer.unread_notifications == 1
    assert service.mark_all_read(viewer, up_to=third) == 1
    assert first < second
    assert versions[0] < versions[1] < viewer.notifications_version


def test_reading_twice_changes_nothing(viewer, skill):
    number = tell(viewer, skill).id
    service.mark_read(viewer, notification_id=number)
    before = dump()

    service.mark_read(viewer, notification_id=number)
    assert service.mark_all_read(viewer, up_to=number) == 0

    assert dump() == before


def test_nobody_reads_what_was_told_to_somebody_else(viewer, admin, skill):
    number = tell(viewer, skill).id
    before = dump()

    for unknown in (number, 0, 2**63):
        with pytest.raises(NotFound):
            service.mark_read(admin, notification_id=unknown)
    service.mark_all_read(admin, up_to=number)

    assert dump() == before
    with pytest.raises(SignInRequired):
        service.get_notifications(None)


def test_pages_lead_through_all_and_back(viewer, skill):
    made = [tell(viewer, skill).id for _ in range(5)]
    tell(make_user(), skill)

    def page(**place):
        cursor = Cursor.parse(**{"after": None, "before": None, **place}, parts=1)
        return service.get_notifications(viewer, cursor=cursor, size=2)

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert [row.notification.id for one in (first, second, third) for row in one.rows] == made[::-1]
    assert page(before=third.before).rows == second.rows


def test_the_count_is_right_under_concurrent_telling_and_reading(app, viewer, skill):
    user_id, skill_id, actor_id = viewer.id, skill.id, make_user().id
    seen = tell(viewer, skill).id

    def one():
        actor = reading().get(User, actor_id)
        service.notify(Kind.AUTHORSHIP_TAKEN, user_id=user_id, actor=actor, skill_id=skill_id)

    results = run_together(
        app, [one] * 5 + [lambda: service.mark_all_read(reading().get(User, user_id), up_to=seen)] * 2
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    look_anew()
    assert viewer.unread_notifications == 5
    assert count_rows(Notification) == 6


def test_a_page_of_notifications_costs_one_query(viewer, statements):
    for _ in range(3):
        tell(viewer, make_skill())
    statements.clear()

    assert len(service.get_notifications(viewer).rows) == 3
    assert len(statements) == 1

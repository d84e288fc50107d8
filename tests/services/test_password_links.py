"""Password links: they work once, for a while, for one user, and their token is nowhere."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.domain.errors import Invalid, NotFound
from app.models import PasswordLink
from app.services import password_links as service
from app.services.transactions import reading
from app.services.user_administration import Operator, make_password_link
from app.services.users import find_user_by_password, find_user_by_session_token
from tests.support.factories import PASSWORD, make_user
from tests.support.tables import dump, last_audit_record
from tests.support.threads import look_anew, run_together

NEW = "another good password"


def link_for(user):
    return make_password_link(Operator.COMMAND_LINE, user_id=user.id)


def works(link) -> bool:
    try:
        service.get_user_of_password_link(link.token)
    except NotFound:
        return False
    return True


def test_a_link_sets_the_password_once_and_ends_every_session(viewer):
    session = viewer.session_token
    link = link_for(viewer)

    user = service.set_password_by_link(link.token, new_password=NEW)

    look_anew()
    assert user.id == viewer.id
    assert find_user_by_password(email=viewer.email, password=NEW).id == viewer.id
    assert find_user_by_password(email=viewer.email, password=PASSWORD) is None
    assert find_user_by_session_token(session) is None
    assert (last_audit_record().action, last_audit_record().actor_id) == ("user.password_set", viewer.id)
    with pytest.raises(NotFound):
        service.set_password_by_link(link.token, new_password="yet another password")
    assert find_user_by_password(email=viewer.email, password=NEW)


def test_using_one_closes_the_users_others_and_nobody_elses(viewer, author):
    first, second, others = link_for(viewer), link_for(viewer), link_for(author)

    service.set_password_by_link(second.token, new_password=NEW)

    assert [works(link) for link in (first, second, others)] == [False, False, True]


@pytest.mark.parametrize(("minutes", "expected"), [(48 * 60 - 1, True), (48 * 60 + 1, False)])
def test_a_link_is_too_old_after_the_hours_that_the_setting_says(viewer, minutes, expected):
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        link = link_for(viewer)
    assert link.expires_at == now + timedelta(hours=48)

    with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
        assert works(link) is expected


def test_the_setting_is_heeded(app, viewer, monkeypatch):
    monkeypatch.setitem(app.config, "GOLDSET_PASSWORD_LINK_HOURS", 1)

    assert link_for(viewer).expires_at < datetime.now(UTC) + timedelta(hours=1, seconds=1)


def test_unknown_used_old_and_deactivated_are_answered_in_the_same_words(viewer):
    used, old, inactive = link_for(viewer), link_for(make_user()), link_for(person := make_user())
    service.set_password_by_link(used.token, new_password=NEW)
    reading().query(PasswordLink).filter_by(user_id=old.user.id).update(
        {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}
    )
    person.is_active = False
    reading().commit()

    said = set()
    for token in (used.token, old.token, inactive.token, "unknown", "", "a\x00b", "\ud800", "x" * 5_000):
        for ask in (
            lambda token=token: service.get_user_of_password_link(token),
            lambda token=token: service.set_password_by_link(token, new_password=NEW),
        ):
            with pytest.raises(NotFound) as refused:
                ask()
            said.add(str(refused.value))

    assert len(said) == 1


def test_a_bad_password_leaves_the_link_as_it_is(viewer):
    link = link_for(viewer)

    with pytest.raises(Invalid):
        service.set_password_by_link(link.token, new_password="short")

    assert works(link)


def test_of_many_at_once_one_uses_it(app, viewer):
    link = link_for(viewer)
    passwords = [f"a good password {number}" for number in range(4)]

    results = run_together(
        app, [lambda one=one: service.set_password_by_link(link.token, new_password=one) for one in passwords]
    )

    assert sorted(type(result).__name__ for result in results) == ["NotFound", "NotFound", "NotFound", "User"]
    assert [bool(find_user_by_password(email=viewer.email, password=one)) for one in passwords].count(True) == 1


def test_the_token_is_stored_and_logged_nowhere(viewer, caplog):
    caplog.set_level(logging.DEBUG)
    link = link_for(viewer)
    stored = str(dump())
    service.set_password_by_link(link.token, new_password=NEW)

    assert len(link.token) >= 43
    assert link.token not in stored + str(dump()) + caplog.text + repr(link)
    assert "password_links" in stored

"""Each user's own choices: off until they say otherwise, and nobody else's business."""

import pytest

from app.domain.errors import SignInRequired
from app.models import AuditRecord, UserPreferences
from app.services import clock
from app.services import preferences as service
from app.services.transactions import reading, writing
from tests.support.tables import count_rows, last_audit_record
from tests.support.threads import look_anew


def test_consent_is_off_until_the_user_gives_it(viewer):
    assert service.get_preferences(viewer.id).training_data_consent is False
    assert count_rows(UserPreferences) == 0


def test_consent_is_given_and_taken_back_by_its_user_alone(viewer, author):
    service.change_preferences(viewer, training_data_consent=True)
    look_anew()
    given = [service.get_preferences(user.id).training_data_consent for user in (viewer, author)]
    service.change_preferences(viewer, training_data_consent=False)
    look_anew()

    assert given == [True, False]
    assert service.get_preferences(viewer.id).training_data_consent is False


def test_each_change_is_audited_and_no_change_is_not(viewer):
    service.change_preferences(viewer, training_data_consent=False)
    assert count_rows(AuditRecord) == 0

    for _ in range(2):
        service.change_preferences(viewer, training_data_consent=True)

    record = last_audit_record()
    assert count_rows(AuditRecord) == 1
    assert (record.action, record.actor_id, record.subject_id) == ("preferences.changed", viewer.id, viewer.id)
    assert record.details == {"training_data_consent": True, "consent_notice_version": 1}


def test_what_is_stored_and_no_longer_declared_is_ignored_and_kept(viewer):
    with writing() as session:
        stored = {"an_old_choice": "x", "training_data_consent": "yes"}
        session.add(UserPreferences(user_id=viewer.id, values=stored, updated_at=clock.now()))

    assert service.get_preferences(viewer.id).training_data_consent is False
    service.change_preferences(viewer, training_data_consent=True)

    look_anew()
    values = reading().get_one(UserPreferences, viewer.id).values
    assert values == {"an_old_choice": "x", "training_data_consent": True, "consent_notice_version": 1}


def test_a_preference_that_nobody_declared_is_refused(viewer):
    with pytest.raises(TypeError):
        service.change_preferences(viewer, consent_to_everything=True)

    assert count_rows(UserPreferences) == 0


def test_nobody_has_preferences_without_signing_in(app):
    with pytest.raises(SignInRequired):
        service.change_preferences(None, training_data_consent=True)

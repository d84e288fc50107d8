"""The site's switches: both off at first, flipped by administrators only, and every flip is on record."""

import pytest

from app.domain.errors import NotAllowed, SignInRequired
from app.models import AuditRecord, SiteSettings
from app.services import site_settings as service
from tests.support.tables import count_rows, last_audit_record
from tests.support.threads import look_anew


def shown():
    look_anew()
    settings = service.get_site_settings()
    return settings.training_data_capture_enabled, settings.viewing_requires_sign_in


def change(actor, capture, sign_in, sign_up=False, personal_data=False):
    return service.change_site_settings(
        actor,
        training_data_capture_enabled=capture,
        viewing_requires_sign_in=sign_in,
        open_sign_up=sign_up,
        redact_personal_data=personal_data,
    )


def test_both_switches_are_off_at_first(app):
    assert shown() == (False, False)


@pytest.mark.parametrize("wanted", [(True, False), (False, True), (True, True)])
def test_an_administrator_flips_each_switch_on_its_own_and_back(admin, wanted):
    change(admin, *wanted)
    flipped = shown()
    change(admin, False, False)

    assert flipped == wanted
    assert shown() == (False, False)
    assert count_rows(SiteSettings) == 1


def test_the_record_names_what_changed_and_nothing_is_recorded_when_nothing_did(admin):
    change(admin, True, False)
    before = service.get_site_settings().updated_at
    change(admin, True, False)

    record = last_audit_record()
    assert count_rows(AuditRecord) == 1
    assert (record.action, record.actor_id) == ("site_settings.changed", admin.id)
    assert record.details == {"training_data_capture_enabled": True}
    assert service.get_site_settings().updated_at == before


def test_nobody_else_flips_a_switch(viewer, author):
    for actor, error in ((viewer, NotAllowed), (author, NotAllowed), (None, SignInRequired)):
        with pytest.raises(error):
            change(actor, True, True)

    assert shown() == (False, False)
    assert count_rows(AuditRecord) == 0

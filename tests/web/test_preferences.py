"""What a user allows: off by default, saved with and without htmx, audited."""

import pytest
from sqlalchemy import select

from app.models import AuditRecord
from app.services.preferences import get_preferences
from app.services.transactions import reading
from tests.support.inspection import find, forms_in, partials_in, words_in

PATH = "/preferences"
CONSENT = "training_data_consent"


def audited() -> list[tuple[str, int | None, dict[str, object]]]:
    records = reading().scalars(
        select(AuditRecord).where(AuditRecord.action == "preferences.changed").order_by(AuditRecord.id)
    )
    return [(record.subject, record.actor_id, record.details) for record in records]


def is_checked(browser) -> bool:
    return "checked" in find(browser.page(PATH), CONSENT).attrib


def test_nothing_is_allowed_at_first(browser_of, viewer):
    assert not is_checked(browser_of(viewer))
    assert get_preferences(viewer.id).training_data_consent is False


def test_consent_is_given_and_withdrawn(browser_of, viewer):
    browser = browser_of(viewer)

    given = browser.post(PATH, {CONSENT: "y"})
    assert (given.status_code, given.location) == (303, PATH)
    assert "Your preferences are saved." in browser.get(PATH).text
    assert is_checked(browser)

    browser.post(PATH, {})
    assert not is_checked(browser)
    about = {"consent_notice_version": 1}
    assert audited() == [("user", viewer.id, {CONSENT: True, **about}), ("user", viewer.id, {CONSENT: False})]


def test_with_htmx_the_form_comes_back_as_it_was_saved(browser_of, viewer):
    response = browser_of(viewer).post(PATH, {CONSENT: "y"}, htmx=True)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert "checked" in find(partials["#preferences-form"], CONSENT).attrib
    assert [form.action for form in forms_in(partials["#preferences-form"])] == [PATH]
    assert words_in(partials["#messages"]) == "Your preferences are saved."
    assert get_preferences(viewer.id).training_data_consent is True


def test_saving_what_is_so_already_is_not_audited(browser_of, viewer):
    browser_of(viewer).post(PATH, {})

    assert audited() == []


def test_one_users_consent_is_nobody_elses(browser_of, viewer, author):
    browser_of(viewer).post(PATH, {CONSENT: "y", "user_id": str(author.id)})

    assert get_preferences(author.id).training_data_consent is False


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_saves_nothing_and_leads_back(browser_of, htmx):
    response = browser_of().post(PATH, {CONSENT: "y"}, htmx=htmx)

    assert response.status_code == 401
    assert 'href="/login?next=/preferences"' in response.text
    assert audited() == []


def test_other_methods_are_not_answered(browser_of, viewer):
    assert [browser_of(viewer).ask(method, PATH).status_code for method in ("PUT", "PATCH", "DELETE")] == [405] * 3

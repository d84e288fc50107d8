"""The site's switches: for administrators, saved with and without htmx, audited."""

import pytest
from sqlalchemy import select

from app.models import AuditRecord
from app.services.site_settings import get_site_settings
from app.services.transactions import reading
from tests.support.inspection import find, partials_in, words_in

PATH = "/admin/settings"
SWITCHES = ("training_data_capture_enabled", "viewing_requires_sign_in", "redact_personal_data")


def state() -> dict[str, bool]:
    row = get_site_settings()
    reading().refresh(row)
    return {name: getattr(row, name) for name in SWITCHES}


def audited() -> list[tuple[int | None, dict[str, object]]]:
    records = reading().scalars(
        select(AuditRecord).where(AuditRecord.action == "site_settings.changed").order_by(AuditRecord.id)
    )
    return [(record.actor_id, record.details) for record in records]


def test_all_are_off_at_first(browser_of, admin):
    page = browser_of(admin).page(PATH)

    assert [name for name in SWITCHES if "checked" in find(page, name).attrib] == []
    assert "needs the user's own consent as well" in words_in(page)


@pytest.mark.parametrize("switch", SWITCHES)
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_switch_is_flipped_there_and_back_and_audited(browser_of, admin, switch, htmx):
    browser = browser_of(admin)

    on = browser.post(PATH, {switch: "y"}, htmx=htmx)
    assert state() == {name: name == switch for name in SWITCHES}
    if htmx:
        partials = partials_in(on.text)
        assert on.status_code == 200
        assert "checked" in find(partials["#settings-form"], switch).attrib
        assert words_in(partials["#messages"]) == "The settings are saved."
    else:
        assert (on.status_code, on.location) == (303, PATH)
        assert "The settings are saved." in browser.get(PATH).text
    assert "checked" in find(browser.page(PATH), switch).attrib

    browser.post(PATH, {}, htmx=htmx)
    assert state() == dict.fromkeys(SWITCHES, False)
    assert audited() == [(admin.id, {switch: True}), (admin.id, {switch: False})]


def test_saving_what_is_so_already_is_not_audited(browser_of, admin):
    browser_of(admin).post(PATH, {})

    assert audited() == []


def test_closing_the_site_takes_effect_at_once(browser_of, admin, viewer, skill):
    browser_of(admin).post(PATH, {"viewing_requires_sign_in": "y"})

    assert browser_of(viewer).get("/skills/a-skill").status_code == 200
    stranger = browser_of().get("/skills/a-skill")
    assert (stranger.status_code, stranger.location) == (302, "/login?next=/skills/a-skill")


@pytest.mark.parametrize("who", ["author", "viewer"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_else_sees_or_flips_them(request, browser_of, skill, who, htmx):
    browser = browser_of(request.getfixturevalue(who))

    assert browser.get(PATH, htmx=htmx).status_code == 403
    assert browser.post(PATH, dict.fromkeys(SWITCHES, "y"), htmx=htmx).status_code == 403
    assert state() == dict.fromkeys(SWITCHES, False)
    assert "/admin/settings" not in browser.get("/").text


def test_signed_out_meanwhile_saves_nothing(browser_of):
    assert browser_of().post(PATH, dict.fromkeys(SWITCHES, "y")).status_code == 401
    assert state() == dict.fromkeys(SWITCHES, False)


def test_other_methods_are_not_answered(browser_of, admin):
    assert [browser_of(admin).ask(method, PATH).status_code for method in ("PUT", "PATCH", "DELETE")] == [405] * 3

"""Requests that no page of ours sends: each gets its answer, none a fault, and nothing is half done."""

import logging
import re

import pytest

from app.logs import RedactedRecord
from app.services.preferences import get_preferences
from app.services.site_settings import change_site_settings, get_site_settings
from app.services.training_examples import get_training_example_count

TAB = "/skills/a-skill/training-data"
EXAMPLE = {"example_input": "An input", "example_output": "An output"}


@pytest.mark.parametrize("word", ["0", "off", "no", "n", "False", "f", "on", "true", "1"])
def test_nobodys_consent_is_read_out_of_another_word(browser_of, viewer, word):
    response = browser_of(viewer).post("/preferences", {"training_data_consent": word})

    assert response.status_code == 422
    assert get_preferences(viewer.id).training_data_consent is False


@pytest.mark.parametrize("word", ["0", "off", "on"])
def test_no_switch_of_the_site_is_read_out_of_another_word(browser_of, admin, word):
    response = browser_of(admin).post("/admin/settings", {"training_data_capture_enabled": word})

    assert response.status_code == 422
    assert get_site_settings().training_data_capture_enabled is False


@pytest.mark.parametrize("htmx", [False, True])
def test_an_old_settings_page_turns_no_switch_back(browser_of, admin, htmx):
    seen = get_site_settings().updated_at.isoformat()
    change_site_settings(
        admin,
        training_data_capture_enabled=True,
        viewing_requires_sign_in=False,
        open_sign_up=False,
        redact_personal_data=False,
    )
    change_site_settings(
        admin,
        training_data_capture_enabled=False,
        viewing_requires_sign_in=True,
        open_sign_up=False,
        redact_personal_data=False,
    )

    fields = {"training_data_capture_enabled": "y", "seen_at": seen}
    response = browser_of(admin).post("/admin/settings", fields, htmx=htmx)

    assert response.status_code == 409
    assert "This is how they are now" in response.text
    assert get_site_settings().training_data_capture_enabled is False


@pytest.mark.parametrize("query", ["slug=x", "viewer=1", "endpoint=x", "_method=POST", "_scheme=javascript", "x=%FF"])
def test_arguments_that_a_page_does_not_know_change_nothing(browser_of, skill, query):
    response = browser_of().get(f"{TAB}?{query}")

    assert response.status_code == 200
    [polled] = re.findall(r'hx-get="([^"]*/live[^"]*)"', response.text)
    assert polled.startswith(f"{TAB}/live?")
    assert polled.endswith("viewer=0")


@pytest.mark.parametrize("address", ["http://[", "http://x/?after=q", "http://x/?status=pending&before=1.2.3"])
def test_an_example_that_is_saved_is_answered_as_saved(browser_of, author, skill, address):
    response = browser_of(author).post(TAB, EXAMPLE, htmx=True, headers={"HX-Current-URL": address})

    assert response.status_code == 200
    assert "is added" in response.text
    assert get_training_example_count(skill.id) == 1


def test_the_poll_tells_nobody_outside_which_skills_there_are(browser_of, admin, skill):
    change_site_settings(
        admin,
        training_data_capture_enabled=False,
        viewing_requires_sign_in=True,
        open_sign_up=False,
        redact_personal_data=False,
    )

    for tag in ("", "outside"):
        known, unknown = (
            browser_of().get(f"/skills/{slug}/training-data/live", headers={"HX-PTag": tag})
            for slug in ("a-skill", "no-skill")
        )
        assert (known.status_code, known.text) == (unknown.status_code, unknown.text)


def test_a_slug_with_a_nul_is_not_found(browser_of):
    assert browser_of().get("/skills/%00/training-data/live").status_code == 404


def test_the_way_on_after_signing_in_may_hold_any_letter(browser_of, viewer):
    response = browser_of(viewer).get("/login?next=/skills/€", htmx=True)

    assert response.headers["HX-Redirect"] == "/skills/%E2%82%AC"


class TestLogs:
    def record(self, message, *arguments, **extra):
        record = RedactedRecord(
            "name", logging.INFO, "path", 1, message, arguments, None, sinfo=extra.pop("sinfo", None)
        )
        record.__dict__.update({})
        for name, value in extra.items():
            setattr(record, name, value)
        return record

    def test_a_badly_made_message_is_noted_and_raises_nothing(self):
        assert "many" in self.record("%d items", "many").getMessage()

    def test_what_is_added_to_a_record_and_the_stack_are_redacted(self):
        secret = "ghp_" + "a1B2" * 9

        record = self.record("message", sinfo=f"token = {secret}", user=secret)

        assert secret not in record.stack_info
        assert secret not in record.user

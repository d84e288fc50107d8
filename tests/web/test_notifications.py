"""The count in the header, the list, and the switches."""

import pytest

from app.domain.notifications import Kind, Page
from app.services.notifications import notify
from app.services.preferences import get_preferences
from tests.support.factories import make_example, make_suggestion, make_user
from tests.support.inspection import find, forms_in, parse, partials_in, words_in
from tests.support.person import inspect_fragment
from tests.support.threads import look_anew

LIST = "/notifications"
SWITCHES = "/preferences/notifications"


def tell(user, skill, *, kind=Kind.AUTHORSHIP_HANDED_OVER, subject_id=None, detail=None):
    return notify(
        kind, user_id=user.id, actor=make_user("Otto"), skill_id=skill.id, subject_id=subject_id, detail=detail
    ).id


def unread(user):
    look_anew()
    return user.unread_notifications


def test_the_header_counts_what_is_unread(browser_of, viewer, skill):
    browser = browser_of(viewer)
    assert "hidden" in find(browser.page("/"), "notification-count").attrib

    tell(viewer, skill)
    tell(viewer, skill)

    count = find(browser.page("/"), "notification-count")
    assert words_in(count) == "2 unread"
    assert "hidden" not in count.attrib
    assert find(browser_of().page("/"), "notification-count") is None


def test_the_list_says_who_did_what_newest_first(browser_of, viewer, skill):
    suggestion = make_suggestion(skill, user=viewer)
    tell(viewer, skill)
    tell(viewer, skill, kind=Kind.SUGGESTION_MOVED, subject_id=suggestion.id, detail="accepted")

    rows = [words_in(row) for row in browser_of(viewer).page(LIST).iter("li") if "notification" in row.get("class", "")]

    assert rows[0].startswith("Otto marked your suggestion for “A skill” as accepted.")
    assert rows[1].startswith("Otto made you the author of “A skill”.")


OF_OPINIONS = (Kind.OPINION_ASKED, Kind.OPINION_GIVEN)
"""They lead to what only one person may see: `test_opinions.py` and `test_reviews.py` follow them."""


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OF_OPINIONS])
def test_every_kind_leads_to_what_it_is_about_and_is_read_then(browser_of, viewer, skill, kind):
    make = make_example if kind.value.page is Page.TRAINING_EXAMPLE else make_suggestion
    number = tell(viewer, skill, kind=kind, subject_id=make(skill).id)
    browser = browser_of(viewer)

    response = browser.post(f"{LIST}/{number}/reading", {"open": "y"})

    assert response.status_code == 303
    assert browser.get(response.location).status_code == 200
    assert unread(viewer) == 0


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_one_is_marked_as_read_in_its_place(browser_of, viewer, skill, htmx):
    number = tell(viewer, skill)
    tell(viewer, skill)

    response = browser_of(viewer).post(f"{LIST}/{number}/reading", htmx=htmx)

    assert unread(viewer) == 1
    if htmx:
        partials = partials_in(response.text)
        assert partials.keys() == {f"#notification-{number}", "#notification-count"}
        assert words_in(partials["#notification-count"]) == "1 unread"
        assert "Mark as read" not in words_in(partials[f"#notification-{number}"])
    else:
        assert response.location == LIST


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_all_that_was_seen_is_marked_as_read(browser_of, viewer, skill, htmx):
    tell(viewer, skill)
    browser = browser_of(viewer)
    [form] = [form for form in forms_in(browser.page(LIST)) if form.action == f"{LIST}/reading"]
    tell(viewer, skill)

    response = browser.post(form.action, form.fields, htmx=htmx)

    assert response.status_code == (200 if htmx else 303)
    assert unread(viewer) == 1, "the one that came after the page was shown"


@pytest.mark.parametrize("up_to", ["", "x", "-1", f"{2**70}"])
def test_what_names_no_notification_marks_none(browser_of, viewer, skill, up_to):
    tell(viewer, skill)

    assert browser_of(viewer).post(f"{LIST}/reading", {"up_to": up_to}).status_code == 303
    assert unread(viewer) == 1


def test_somebody_elses_is_not_there(browser_of, viewer, author, skill):
    number = tell(viewer, skill)

    assert browser_of(author).post(f"{LIST}/{number}/reading").status_code == 404
    assert browser_of(author).post(f"{LIST}/{2**70}/reading").status_code == 404
    assert "Nothing yet." in words_in(browser_of(author).page(LIST))
    assert unread(viewer) == 1


def test_other_methods_are_not_answered(browser_of, viewer, skill):
    number = tell(viewer, skill)
    browser = browser_of(viewer)

    assert [browser.ask("GET", f"{LIST}/{path}").status_code for path in ("reading", f"{number}/reading")] == [405] * 2


def poll(browser, path):
    element = find(browser.page(path), "notifications-live")
    return element.get("hx-get"), {"HX-PTag": element.get("hx-ptag")}


def test_an_unchanged_poll_is_one_query_and_an_empty_answer(browser_of, viewer, skill, statements):
    browser = browser_of(viewer)
    address, tag = poll(browser, "/skills/a-skill")
    statements.clear()

    response = browser.get(address, htmx=True, headers=tag)

    assert (response.status_code, response.data, len(statements)) == (304, b"", 1)


def test_a_poll_brings_the_count_and_where_it_is_shown_the_list(browser_of, viewer, skill):
    browser = browser_of(viewer)
    elsewhere, on_the_list = poll(browser, "/"), poll(browser, LIST)
    tell(viewer, skill)

    answers = [browser.get(address, htmx=True, headers=tag) for address, tag in (elsewhere, on_the_list)]

    count, whole = (partials_in(answer.text) for answer in answers)
    assert count.keys() == {"#notification-count"}
    assert words_in(count["#notification-count"]) == "1 unread"
    assert whole.keys() == {"#notification-count", "#notifications", "#mark-all"}
    assert "Otto made you the author" in words_in(whole["#notifications"])


def test_a_poll_after_signing_out_is_answered_with_nothing(browser_of, viewer):
    address, tag = poll(browser_of(viewer), "/")

    assert browser_of().get(address, htmx=True, headers=tag).status_code == 304


def test_there_is_a_switch_for_every_kind_and_all_are_on_at_first(browser_of, viewer):
    page = browser_of(viewer).page("/preferences")

    for kind in Kind:
        assert "checked" in find(page, kind.key).attrib


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_kinds_are_switched_off_and_consent_is_not_touched(browser_of, viewer, skill, htmx):
    browser = browser_of(viewer)
    browser.post("/preferences", {"training_data_consent": "y"})

    response = browser.post(SWITCHES, {"suggestion_moved": "y"}, htmx=htmx)

    assert response.status_code == (200 if htmx else 303)
    preferences = get_preferences(viewer.id)
    assert preferences.muted_notifications == {kind.key for kind in Kind} - {"suggestion_moved"}
    assert preferences.training_data_consent is True
    assert "checked" not in find(browser.page("/preferences"), "suggestion_replied").attrib


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_switch_takes_no_other_words(browser_of, viewer, htmx):
    response = browser_of(viewer).post(SWITCHES, {"suggestion_moved": "no"}, htmx=htmx)

    assert response.status_code == 422
    shown = inspect_fragment(response.text) if htmx else parse(response.text)
    assert 'Send "y" to switch this on' in words_in(shown)
    assert get_preferences(viewer.id).muted_notifications == frozenset()

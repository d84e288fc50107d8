"""Filters that somebody keeps under a name: saved where the list is filtered, found again, forgotten, nobody else's."""

import pytest
from sqlalchemy import select

from app.domain.errors import Conflict, NotFound
from app.models import SavedFilter
from app.services import saved_filters as service
from app.services.transactions import reading
from app.services.user_administration import Operator, delete_user
from tests.support.inspection import forms_in, words_in
from tests.support.threads import look_anew
from tests.web.training_examples.test_evaluation_only import BOTH_WAYS, whole

TAB = "/skills/a-skill/training-data"
FILTERED = f"{TAB}?q=pump&sort=score"


def kept():
    look_anew()
    return [(one.name, one.wanted) for one in reading().scalars(select(SavedFilter).order_by(SavedFilter.id))]


def form_ending(page, ending):
    [form] = [form for form in forms_in(page) if form.action.endswith(ending)]
    return form


@BOTH_WAYS
def test_a_filter_is_kept_found_again_and_forgotten(browser_of, viewer, skill, htmx):
    browser = browser_of(viewer)
    form = form_ending(browser.page(FILTERED), "/filters")

    answer = browser.post(form.action, {**form.fields, "name": " Pumps  first "}, htmx=htmx)

    assert answer.status_code == (200 if htmx else 303)
    assert kept() == [("Pumps first", {"q": "pump", "sort": "score"})]
    page = browser.page(TAB)
    [link] = [one.get("href") for one in page.iter("a") if words_in(one) == "Pumps first"]
    assert "pump" in form_ending(browser.page(link), "/filters").fields.values()

    removal = form_ending(page, "/removal")
    browser.post(removal.action, removal.fields, htmx=htmx)
    assert kept() == []


def test_nothing_to_keep_where_nothing_is_filtered(browser_of, viewer, skill):
    assert not [form for form in forms_in(browser_of(viewer).page(TAB)) if form.action.endswith("/filters")]
    assert not [form for form in forms_in(browser_of(None).page(FILTERED)) if form.action.endswith("/filters")]


def test_everybody_has_their_own(browser_of, viewer, author, skill):
    service.save_filter(author, skill_id=skill.id, name="Mine", wanted={"q": "x"})
    [mine] = service.get_saved_filters(author, skill.id)

    assert "Mine" not in words_in(browser_of(viewer).page(TAB))
    assert "Mine" in words_in(browser_of(author).page(TAB))
    with pytest.raises(NotFound):
        service.forget_filter(viewer, skill_id=skill.id, filter_id=mine.id)


def test_the_same_name_again_is_the_same_filter(viewer, skill):
    service.save_filter(viewer, skill_id=skill.id, name="One", wanted={"q": "x"})
    service.save_filter(viewer, skill_id=skill.id, name="One", wanted={"q": "y"})

    assert kept() == [("One", {"q": "y"})]


@BOTH_WAYS
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": " "}, "Write the name"),
        ({"name": "x" * 61}, "Shorten the name"),
        ({"q": "y" * 501, "name": "n"}, "Shorten the filter"),
    ],
)
def test_what_cannot_be_kept_is_said(browser_of, viewer, skill, htmx, sent, words):
    answer = browser_of(viewer).post(f"{TAB}/filters", {"q": "pump", **sent}, htmx=htmx)

    assert answer.status_code == 422
    assert words in words_in(whole(answer))
    assert sent["name"] in answer.text
    assert kept() == []


def test_there_is_an_end_to_them(viewer, skill, monkeypatch):
    monkeypatch.setattr(service, "MOST", 2)
    for name in ("One", "Two"):
        service.save_filter(viewer, skill_id=skill.id, name=name, wanted={"q": "x"})

    with pytest.raises(Conflict, match="forget one first"):
        service.save_filter(viewer, skill_id=skill.id, name="Three", wanted={"q": "x"})
    service.save_filter(viewer, skill_id=skill.id, name="Two", wanted={"q": "z"})


def test_they_go_with_their_owner(viewer, skill):
    service.save_filter(viewer, skill_id=skill.id, name="One", wanted={"q": "x"})

    delete_user(Operator.COMMAND_LINE, user_id=viewer.id)

    assert kept() == []

"""Examples that are for evaluation only: ticked when they are added or changed, kept when refused, said in the row."""

import json

import pytest
from sqlalchemy import select

from app.models import TrainingExample
from app.services.training_examples import edit_training_example
from app.services.transactions import reading
from tests.support.factories import make_example
from tests.support.inspection import find, forms_in, parse, partials_in, words_in
from tests.support.threads import look_anew

TAB = "/skills/a-skill/training-data"
GOOD = {"example_input": "An input", "example_output": "An output"}
TICKED = {**GOOD, "evaluation_only": "y"}
BOTH_WAYS = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])


def stored():
    look_anew()
    return [one.evaluation_only for one in reading().scalars(select(TrainingExample).order_by(TrainingExample.id))]


def whole(response):
    """Return what came, also where it is a fragment, as a page."""
    is_page = response.text.lstrip().startswith("<!doctype")
    return parse(response.text if is_page else f"<!doctype html><title>x</title><body>{response.text}")


def is_ticked(page, ending="training-data"):
    [form] = [form for form in forms_in(page) if form.action.endswith(ending) and form.method == "post"]
    return form.fields.get("evaluation_only") == "y"


@pytest.mark.parametrize(("sent", "kept"), [(GOOD, False), (TICKED, True)], ids=["not ticked", "ticked"])
@BOTH_WAYS
def test_an_example_is_added_as_it_is_ticked(browser_of, author, skill, htmx, sent, kept):
    browser = browser_of(author)

    response = browser.post(TAB, sent, htmx=htmx)

    assert stored() == [kept]
    row = partials_in(response.text)["#training-examples"] if htmx else find(browser.page(TAB), "training-examples")
    assert ("evaluation only" in words_in(row)) is kept
    assert not is_ticked(browser.page(TAB)), "the next one is another example"


@BOTH_WAYS
@pytest.mark.parametrize("sent", [GOOD, TICKED], ids=["not ticked", "ticked"])
def test_what_was_ticked_is_kept_when_the_example_is_refused(browser_of, author, skill, htmx, sent):
    response = browser_of(author).post(TAB, {**sent, "example_output": ""}, htmx=htmx)

    assert response.status_code == 422
    assert is_ticked(whole(response)) is ("evaluation_only" in sent)
    assert stored() == []


@BOTH_WAYS
def test_what_was_ticked_is_kept_when_the_example_is_there_already(browser_of, author, skill, htmx):
    make_example(skill, "An input", "An output")

    response = browser_of(author).post(TAB, TICKED, htmx=htmx)

    assert response.status_code == 409
    assert is_ticked(whole(response))
    assert stored() == [False]


def test_what_was_ticked_is_kept_when_the_session_has_ended(browser_of, skill):
    response = browser_of().post(TAB, TICKED)

    assert response.status_code == 401
    assert is_ticked(whole(response))


@BOTH_WAYS
def test_an_example_is_ticked_and_unticked_in_its_form(browser_of, author, skill, htmx):
    browser = browser_of(author)
    example = make_example(skill, "An input", "An output")
    path = f"{TAB}/{example.id}/edit"
    assert not is_ticked(browser.page(path), "/edit")

    ticked = browser.post(path, {**TICKED, "revision": "1"}, htmx=htmx)
    assert stored() == [True]
    page = whole(ticked) if htmx else browser.page(ticked.location)
    assert "evaluation only" in words_in(find(page, f"training-example-{example.id}"))
    assert is_ticked(browser.page(path), "/edit")
    browser.post(path, {**GOOD, "revision": "2"}, htmx=htmx)

    assert stored() == [False]
    assert "evaluation only" not in words_in(find(browser.page(TAB), f"training-example-{example.id}"))


@BOTH_WAYS
def test_what_was_ticked_is_kept_when_the_change_is_refused(browser_of, author, skill, htmx):
    browser = browser_of(author)
    example = make_example(skill, "An input", "An output")
    path = f"{TAB}/{example.id}/edit"

    bad = browser.post(path, {**TICKED, "example_input": "", "revision": "1"}, htmx=htmx)
    edit_training_example(author, example_id=example.id, revision=1, example_input="Other", example_output="1")
    stale = browser.post(path, {**TICKED, "revision": "1"}, htmx=htmx)

    assert (bad.status_code, stale.status_code) == (422, 409)
    assert is_ticked(whole(bad), "/edit")
    assert is_ticked(whole(stale), "/edit")
    assert stored() == [False]


def test_it_enters_files_to_evaluate_with_and_none_to_train_with(browser_of, author, skill):
    browser = browser_of(author)
    browser.post(TAB, TICKED)
    browser.post(TAB, {"example_input": "Another", "example_output": "1"})

    def inputs(name):
        lines = browser.get(f"{TAB}/export/{name}").get_data(as_text=True).splitlines()
        return sorted(str(value.get("input") or value.get("prompt")) for value in map(json.loads, lines))

    assert inputs("inspect-ai") == ["An input", "Another"]
    assert inputs("prompt-completion") == ["Another"]

"""Tags, metadata, the system prompt and earlier turns in the forms and rows of the training-data tab."""

import pytest
from sqlalchemy import select

from app.domain.example_details import Details, Turn
from app.models import TrainingExample
from app.services.training_examples import edit_training_example, submit_training_example
from app.services.transactions import reading
from tests.support.inspection import forms_in, words_in
from tests.support.threads import look_anew
from tests.support.versions import frozen
from tests.web.training_examples.test_evaluation_only import BOTH_WAYS, whole

pytestmark = pytest.mark.slow

TAB = "/skills/a-skill/training-data"
SENT = {
    "example_input": "An input",
    "example_output": "An output",
    "tags": "Billing,  edge  case",
    "metadata": '{"lang": "de"}',
    "system_prompt": "Be short.",
    "exchanges-0-user": "Hello",
    "exchanges-0-assistant": "Hi!",
    "exchanges-1-user": "",
    "exchanges-1-assistant": "",
}
TURNS = (Turn("system", "Be short."), Turn("user", "Hello"), Turn("assistant", "Hi!"))


def stored():
    look_anew()
    example = reading().scalars(select(TrainingExample)).one()
    return example.tags, example.example_metadata, example.turns


def fields_in(page, ending="training-data"):
    [form] = [form for form in forms_in(page) if form.action.endswith(ending) and form.method == "post"]
    return {name: text.replace("\r\n", "\n") for name, text in form.fields.items()}


@pytest.fixture
def example(author, skill):
    details = Details(("billing",), {"lang": "de"}, TURNS)
    return submit_training_example(
        author, skill_id=skill.id, example_input="An input", example_output="An output", details=details
    ).example


@BOTH_WAYS
def test_an_example_is_added_with_all_of_it(browser_of, author, skill, htmx):
    browser = browser_of(author)

    assert browser.post(TAB, SENT, htmx=htmx).status_code in (200, 303)

    assert stored() == (["Billing", "edge case"], {"lang": "de"}, [turn.to_json() for turn in TURNS])
    page = browser.page(TAB)
    assert "2 earlier turns" not in words_in(page)
    assert "3 earlier turns" in words_in(page)
    assert "edge case" in words_in(browser.page(f"{TAB}?tag=edge+case"))
    assert "No example fits" in words_in(browser.page(f"{TAB}?tag=nothing"))


@BOTH_WAYS
def test_the_form_to_edit_says_what_is_there_and_saves_it_unchanged(browser_of, author, example, htmx):
    browser = browser_of(author)
    before = stored()

    fields = fields_in(browser.page(f"{TAB}/{example.id}/edit"), "edit")
    assert fields["tags"] == "billing"
    assert (fields["exchanges-0-user"], fields["exchanges-0-assistant"]) == ("Hello", "Hi!")
    browser.post(f"{TAB}/{example.id}/edit", fields, htmx=htmx)

    assert stored() == before


@BOTH_WAYS
@pytest.mark.parametrize("of", ["new", "edited"])
def test_a_button_makes_room_for_one_more_turn_and_loses_nothing(browser_of, author, skill, example, htmx, of):
    path = TAB if of == "new" else f"{TAB}/{example.id}"

    response = browser_of(author).post(f"{path}/more-turns", {**SENT, "revision": "1"}, htmx=htmx)

    fields = fields_in(whole(response), "training-data" if of == "new" else "edit")
    assert {**SENT, "exchanges-2-user": "", "exchanges-2-assistant": ""}.items() <= fields.items()
    assert stored()[0] == ["billing"], "nothing is saved by that"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"metadata": "{"}, "Write the metadata as JSON"),
        ({"metadata": "[1]"}, "object of JSON"),
        ({"tags": "x" * 41}, "Shorten the tags"),
        ({"exchanges-0-assistant": ""}, "Write the assistant's turn"),
    ],
)
@BOTH_WAYS
def test_what_cannot_be_is_said_and_kept_as_it_was_typed(browser_of, author, skill, htmx, changed, words):
    response = browser_of(author).post(TAB, {**SENT, **changed}, htmx=htmx)

    assert response.status_code == 422
    page = whole(response)
    assert words in words_in(page)
    assert {**SENT, **changed}.items() <= fields_in(page).items()


def test_what_is_typed_is_escaped(browser_of, author, skill):
    browser = browser_of(author)
    evil = "<script>alert(1)</script>"

    browser.post(TAB, {**SENT, "tags": evil, "metadata": f'{{"a": "{evil}"}}', "system_prompt": evil})

    assert evil not in browser.get(TAB).text
    assert evil in words_in(browser.page(TAB))


def test_the_preview_looks_at_all_of_it(browser_of, author, skill):
    secret = "hunter2!x"
    sent = {**SENT, "metadata": f'{{"password": "{secret}"}}', "exchanges-0-user": f"the password is {secret}"}

    page = browser_of(author).post(f"{TAB}/preview", sent, htmx=True).text

    assert "user&#39;s turn 2 line 1" in page
    assert "password" in page
    assert secret not in page


def test_a_false_alarm_is_marked_in_any_part(browser_of, viewer, author, skill):
    details = Details((), {"a": "password=hunter2!x"}, (Turn("system", "token=a1b2c3d4e5f6!x"),))
    example = submit_training_example(
        author, skill_id=skill.id, example_input="An input", example_output="An output", details=details
    ).example

    page = words_in(browser_of(viewer).page(f"{TAB}/{example.id}/false-alarms"))

    assert "[PASSWORD_1]" in page
    assert "[TOKEN_1]" in page


def test_a_version_shows_all_of_it_and_a_comparison_says_what_changed(browser_of, author, skill, example):
    frozen(author, skill)
    submit_training_example(
        author, skill_id=skill.id, example_input="New", example_output="One", details=Details(("new tag",), {"a": 1})
    )
    edit_training_example(
        author,
        example_id=example.id,
        revision=1,
        example_input="An input",
        example_output="An output",
        details=Details(("other",), {"lang": "fr"}),
    )
    frozen(author, skill)
    browser = browser_of(author)

    first = words_in(browser.page(f"{TAB}/versions/1"))
    compared = words_in(browser.page(f"{TAB}/versions/comparison?from=1&to=2"))

    assert all(words in first for words in ("billing", "3 earlier turns", "Be short.", '"lang": "de"'))
    assert all(words in compared for words in ("Tags: billing became other", "Earlier turns", "new tag", '"a": 1'))

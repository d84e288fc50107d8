"""What cannot be added: bad input and duplicates come back as they were typed, with what is wrong beside them."""

import pytest
from sqlalchemy import select

from app.models import TrainingExample
from app.services.training_examples import get_training_example_count
from app.services.transactions import reading
from tests.support.factories import make_example
from tests.support.inspection import find, forms_in, parse, text_of

TAB = "/skills/a-skill/training-data"
GOOD = {"example_input": "An input", "example_output": "An output", "quality_score": "7"}


def stored() -> list[TrainingExample]:
    return list(reading().scalars(select(TrainingExample).order_by(TrainingExample.id)))


def add_form(html: str):
    [form] = [form for form in forms_in(parse(html)) if form.action == TAB and form.method == "post"]
    return form


def focused(page) -> list[str]:
    return [element.get("name") for element in page.iter() if "autofocus" in element.attrib]


BAD = [
    ({"example_input": ""}, "example_input", "Write the input: it is empty."),
    ({"example_input": " \r\n\t "}, "example_input", "Write the input: it is empty."),
    ({"example_output": "   "}, "example_output", "Write the output: it is empty."),
    ({"example_input": "x" * 100_001}, "example_input", "Shorten the input: it has 100,001 characters"),
    ({"example_output": "x" * 100_001}, "example_output", "Shorten the output: it has 100,001 characters"),
    ({"quality_score": "0"}, "quality_score", "Give a score from 1 to 10, or leave it empty."),
    ({"quality_score": "11"}, "quality_score", "Give a score from 1 to 10, or leave it empty."),
    ({"quality_score": "7.5"}, "quality_score", "Give a score from 1 to 10, or leave it empty."),
    ({"quality_score": "<b>seven"}, "quality_score", "Give a score from 1 to 10, or leave it empty."),
]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize(("change", "field", "sentence"), BAD, ids=lambda value: str(value)[:40])
def test_bad_input_is_kept_with_what_is_wrong_beside_its_field(
    browser_of, author, skill, htmx, change, field, sentence
):
    typed = {**GOOD, **change}

    response = browser_of(author).post(TAB, typed, htmx=htmx)

    assert response.status_code == 422
    assert stored() == []
    page = parse(response.text if not htmx else f"<!doctype html><title>x</title><body>{response.text}")
    assert sentence in text_of(page, f"{field}-error")
    assert find(page, field).get("aria-invalid") == "true"
    assert f"{field}-error" in find(page, field).get("aria-describedby").split()
    assert focused(page) == [field]
    [form] = [form for form in forms_in(page) if form.action == TAB and form.method == "post"]
    kept = {name: form.fields[name] for name in typed}
    assert kept == {name: value.replace("\r\n", "\n") for name, value in typed.items()}


def test_every_fault_is_named_at_once_and_the_cursor_goes_to_the_first(browser_of, author, skill):
    response = browser_of(author).post(TAB, {"example_input": "Fine", "example_output": "", "quality_score": "x"})

    page = parse(response.text)
    assert find(page, "example_input-error") is None
    assert text_of(page, "example_output-error")
    assert text_of(page, "quality_score-error")
    assert focused(page) == ["example_output"]


def test_missing_fields_are_bad_input_not_a_fault(browser_of, author, skill):
    assert browser_of(author).post(TAB, {}).status_code == 422
    assert stored() == []


def test_a_character_that_no_database_holds_is_a_clear_error(browser_of, author, skill):
    response = browser_of(author).ask("POST", TAB, {**GOOD, "example_output": "a\x00b"})

    assert response.status_code == 422
    assert "Remove the NUL character" in response.text
    assert stored() == []


def test_the_page_that_names_a_nul_character_is_sound_itself(browser_of, author, skill):
    response = browser_of(author).post(TAB, {**GOOD, "example_output": "a\x00b"})  # the browser inspects it

    assert response.status_code == 422


def test_the_limit_counts_a_line_break_once(browser_of, author, skill):
    text = "x\r\n" * 50_000

    response = browser_of(author).post(TAB, {**GOOD, "example_input": text}, htmx=True)

    assert response.status_code == 200
    assert [len(example.example_input) for example in stored()] == [100_000]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_the_same_example_twice_is_refused_with_a_link_to_the_one_that_is_there(browser_of, author, skill, htmx):
    there = make_example(skill, "An input", "An output")

    response = browser_of(author).post(TAB, GOOD, htmx=htmx)

    assert response.status_code == 409
    assert f'href="{TAB}/{there.id}"' in response.text
    assert "An input" in response.text
    assert get_training_example_count(skill.id) == 1
    if not htmx:
        assert add_form(response.text).fields["example_output"] == "An output"


def test_an_example_is_also_the_same_when_only_its_secrets_differ(browser_of, author, skill):
    browser = browser_of(author)
    browser.post(TAB, {"example_input": "password=hunter2", "example_output": "Out"})

    response = browser.post(TAB, {"example_input": "password=hunter3", "example_output": "Out"})

    assert response.status_code == 409
    assert len(stored()) == 1

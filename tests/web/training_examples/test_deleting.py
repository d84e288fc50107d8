"""Deleting an example: a question first, then for good."""

import pytest
from sqlalchemy import func, select

from app.models import TrainingExample
from app.services.training_examples import edit_training_example, get_training_example_count
from app.services.transactions import reading
from tests.support.factories import make_example
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in

TAB = "/skills/a-skill/training-data"


@pytest.fixture
def example(skill):
    make_example(skill)
    return make_example(skill, "The input", "The output")


@pytest.fixture
def path(example) -> str:
    return f"{TAB}/{example.id}/delete"


def left() -> int:
    return reading().scalar(select(func.count()).select_from(TrainingExample))


def test_asking_shows_what_would_go_and_deletes_nothing(browser_of, author, example, path):
    page = browser_of(author).page(path)

    [form] = [form for form in forms_in(page) if form.action == path]
    assert (form.method, form.fields["revision"]) == ("post", "1")
    assert ["".join(text.itertext()) for text in page.iter("pre")] == ["The input", "The output"]
    assert f"{TAB}/{example.id}" in [link.get("href") for link in page.iter("a") if words_in(link) == "Keep it"]
    assert left() == 2


def test_with_htmx_the_question_opens_in_the_row(browser_of, author, example, path):
    page = parse("<!doctype html><title>x</title>" + browser_of(author).get(path, htmx=True).text)

    assert "data-editing" in find(page, f"training-example-{example.id}").attrib
    assert left() == 2


def test_deleting_shows_the_list_without_it_and_a_message(browser_of, author, skill, example, path):
    browser = browser_of(author)
    number = example.id

    response = browser.post(path, {"revision": "1"})

    assert (response.status_code, response.location) == (303, TAB)
    page = browser.page(TAB)
    assert find(page, f"training-example-{number}") is None
    assert text_of(page, "training-example-count") == text_of(page, "training-example-tab-count") == "1"
    assert f"Example {number} is deleted." in text_of(page, "messages")
    assert (left(), get_training_example_count(skill.id)) == (1, 1)


def test_with_htmx_the_row_goes_and_the_counts_follow(browser_of, author, example, path):
    number = example.id

    response = browser_of(author).post(path, {"revision": "1"}, htmx=True)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert partials[f"#training-example-{number}"].get("hx-swap") == "delete"
    assert words_in(partials["#training-example-count"]) == words_in(partials["#training-example-tab-count"]) == "1"
    assert words_in(partials["#messages"]) == f"Example {number} is deleted."


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_what_changed_since_the_question_is_shown_before_it_goes(browser_of, author, example, path, htmx):
    edit_training_example(author, example_id=example.id, revision=1, example_input="Newer", example_output="Newer out")
    browser = browser_of(author)

    response = browser.post(path, {"revision": "1"}, htmx=htmx)

    assert response.status_code == 409
    page = parse(response.text if not htmx else f"<!doctype html><title>x</title>{response.text}")
    assert ["".join(text.itertext()) for text in page.iter("pre")] == ["Newer", "Newer out"]
    assert left() == 2
    [form] = [form for form in forms_in(page) if form.action == path]
    assert browser.post(path, {"revision": form.fields["revision"]}).status_code == 303
    assert left() == 1


@pytest.mark.parametrize("revision", [None, "", "x", "0"])
def test_a_delete_that_names_no_good_revision_is_stale(browser_of, author, example, path, revision):
    fields = {} if revision is None else {"revision": revision}

    assert browser_of(author).post(path, fields).status_code == 409
    assert left() == 2


def test_deleting_twice_is_not_found(browser_of, author, example, path):
    browser = browser_of(author)
    browser.post(path, {"revision": "1"})

    assert browser.post(path, {"revision": "1"}).status_code == 404
    assert left() == 1


@pytest.mark.parametrize("who", ["viewer", "admin"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_but_the_author_deletes(request, browser_of, example, path, who, htmx):
    browser = browser_of(request.getfixturevalue(who))

    assert browser.get(path, htmx=htmx).status_code == 403
    assert browser.post(path, {"revision": "1"}, htmx=htmx).status_code == 403
    assert left() == 2


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_deletes_nothing_and_leads_back(browser_of, example, path, htmx):
    response = browser_of().post(path, {"revision": "1"}, htmx=htmx)

    assert response.status_code == 401
    assert f'href="/login?next={path}"' in response.text
    assert left() == 2


def test_a_captured_example_is_deleted_by_the_author_too(browser_of, author, viewer, skill):
    captured = make_example(skill, user=viewer, source="usage_capture", status="rejected")

    response = browser_of(author).post(f"{TAB}/{captured.id}/delete", {"revision": "1"})

    assert response.status_code == 303
    assert left() == 0


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, author, example, path, method):
    assert browser_of(author).ask(method, path, {"revision": "1"}).status_code == 405
    assert left() == 2

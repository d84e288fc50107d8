"""Changing an example: in its row or on a page of its own, never over somebody else's change."""

import pytest

from app.services.training_examples import edit_training_example, get_training_example
from app.services.transactions import reading
from tests.support.factories import make_example, make_skill
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in

TAB = "/skills/a-skill/training-data"
NEW = {"example_input": "New input", "example_output": "New output", "quality_score": "9", "revision": "1"}


@pytest.fixture
def example(skill):
    return make_example(skill, "\nOld input", "Old output", quality_score=3)


@pytest.fixture
def path(example) -> str:
    return f"{TAB}/{example.id}/edit"


def now(example) -> tuple[str, str, int | None, int]:
    reading().rollback()
    fresh = get_training_example(example.id)
    reading().refresh(fresh)
    return fresh.example_input, fresh.example_output, fresh.quality_score, fresh.revision


def edit_form(page):
    [form] = [form for form in forms_in(page) if form.action.endswith("/edit")]
    return form


def focused(page) -> list[str]:
    return [element.get("name") for element in page.iter() if "autofocus" in element.attrib]


def test_the_page_offers_what_is_there_exactly(browser_of, author, example, path):
    page = browser_of(author).page(path)

    form = edit_form(page)
    assert form.action == path
    assert form.fields["example_input"] == "\nOld input"
    assert form.fields["example_output"] == "Old output"
    assert form.fields["quality_score"] == "3"
    assert form.fields["revision"] == "1"
    assert focused(page) == ["example_input"]


def test_with_htmx_the_row_opens_in_place(browser_of, author, example, path):
    page = parse("<!doctype html><title>x</title>" + browser_of(author).get(path, htmx=True).text)

    row = find(page, f"training-example-{example.id}")
    assert "data-editing" in row.attrib
    assert edit_form(row).fields["example_input"] == "\nOld input"


def test_saving_shows_the_example_with_a_message(browser_of, author, example, path):
    browser = browser_of(author)

    response = browser.post(path, NEW)

    assert response.status_code == 303
    assert response.location == f"{TAB}/{example.id}"
    assert now(example) == ("New input", "New output", 9, 2)
    assert f"Example {example.id} is saved." in text_of(browser.page(response.location), "messages")


def test_saving_with_htmx_puts_the_row_back(browser_of, author, example, path):
    response = browser_of(author).post(path, NEW, htmx=True)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert set(partials) == {f"#training-example-{example.id}", "#messages"}
    row = partials[f"#training-example-{example.id}"]
    assert "New input" in words_in(row)
    assert "edited" in words_in(row)
    assert not list(row.iter("form"))


def test_saving_redacts_and_says_so(browser_of, author, example, path):
    response = browser_of(author).post(path, {**NEW, "example_output": "password=hunter2"}, htmx=True)

    assert "hunter2" not in response.text
    assert "hunter2" not in now(example)[1]
    assert "Removed before saving: password." in words_in(partials_in(response.text)["#messages"])


def test_keeping_it_shows_the_row_as_it_is(browser_of, author, example, path):
    opened = parse("<!doctype html><title>x</title>" + browser_of(author).get(path, htmx=True).text)
    [back] = [link.get("href") for link in opened.iter("a") if words_in(link) == "Cancel"]

    response = browser_of(author).get(back, htmx=True)

    assert "<form" not in response.text
    assert f'id="training-example-{example.id}"' in response.text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"example_input": " "}, "example_input"),
        ({"example_output": ""}, "example_output"),
        ({"quality_score": "12"}, "quality_score"),
    ],
)
def test_bad_input_is_kept_with_what_is_wrong_beside_its_field(browser_of, author, example, path, htmx, change, field):
    typed = {**NEW, **change}

    response = browser_of(author).post(path, typed, htmx=htmx)

    assert response.status_code == 422
    page = parse(response.text if not htmx else f"<!doctype html><title>x</title>{response.text}")
    assert text_of(page, f"{field}-{example.id}-error")
    assert focused(page) == [field]
    form = edit_form(page)
    assert {name: form.fields[name] for name in typed} == typed
    assert now(example) == ("\nOld input", "Old output", 3, 1)


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_stale_edit_changes_nothing_and_shows_both_texts(browser_of, author, example, path, htmx):
    edit_training_example(
        author, example_id=example.id, revision=1, example_input="Theirs in", example_output="Theirs out"
    )
    browser = browser_of(author)

    response = browser.post(path, NEW, htmx=htmx)

    assert response.status_code == 409
    page = parse(response.text if not htmx else f"<!doctype html><title>x</title>{response.text}")
    assert ["".join(text.itertext()) for text in page.iter("pre")] == ["Theirs in", "Theirs out"]
    form = edit_form(page)
    assert {name: form.fields[name] for name in NEW} == {**NEW, "revision": "2"}
    assert now(example) == ("Theirs in", "Theirs out", None, 2)
    again = browser.post(path, {name: form.fields[name] for name in NEW}, htmx=htmx)
    assert again.status_code == (200 if htmx else 303)
    assert now(example) == ("New input", "New output", 9, 3)


@pytest.mark.parametrize("revision", ["", "0", "x", "-1", "99999999999999999999"])
def test_an_edit_that_names_no_good_revision_is_stale(browser_of, author, example, path, revision):
    response = browser_of(author).post(path, {**NEW, "revision": revision})

    assert response.status_code == 409
    assert now(example) == ("\nOld input", "Old output", 3, 1)


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_an_edit_that_makes_a_duplicate_links_to_the_one_that_is_there(browser_of, author, skill, example, path, htmx):
    there = make_example(skill, "New input", "New output")

    response = browser_of(author).post(path, NEW, htmx=htmx)

    assert response.status_code == 409
    assert f'href="{TAB}/{there.id}"' in response.text
    assert now(example) == ("\nOld input", "Old output", 3, 1)


def test_saving_it_unchanged_is_no_duplicate_of_itself(browser_of, author, example, path):
    same = {"example_input": "\nOld input", "example_output": "Old output", "quality_score": "3", "revision": "1"}

    assert browser_of(author).post(path, same).status_code == 303


@pytest.mark.parametrize("who", ["viewer", "admin"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_but_the_author_edits(request, browser_of, example, path, who, htmx):
    browser = browser_of(request.getfixturevalue(who))

    assert browser.get(path, htmx=htmx).status_code == 403
    assert browser.post(path, NEW, htmx=htmx).status_code == 403
    assert now(example) == ("\nOld input", "Old output", 3, 1)


def test_only_the_author_is_offered_to_edit_and_delete(browser_of, author, admin, viewer, example):
    offered = {
        user.name: [words_in(link) for link in browser_of(user).page(TAB).iter("a") if "aria-label" in link.attrib]
        for user in (author, admin, viewer)
    }

    assert offered == {author.name: ["Edit", "Delete"], admin.name: [], viewer.name: []}


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_keeps_what_was_typed(browser_of, example, path, htmx):
    response = browser_of().post(path, NEW, htmx=htmx)

    assert response.status_code == 401
    assert f'href="/login?next={path}"' in response.text
    if not htmx:
        kept = edit_form(parse(response.text)).fields
        assert {name: kept[name] for name in NEW} == NEW
    assert now(example) == ("\nOld input", "Old output", 3, 1)


def test_opening_it_signed_out_leads_to_signing_in_and_back(browser_of, example, path):
    response = browser_of().get(path)

    assert (response.status_code, response.location) == (302, f"/login?next={path}")


@pytest.mark.parametrize("number", ["999999", "99999999999999999999"])
def test_an_example_that_is_not_there_is_not_found(browser_of, author, skill, number):
    browser = browser_of(author)

    assert browser.get(f"{TAB}/{number}/edit").status_code == 404
    assert browser.post(f"{TAB}/{number}/edit", NEW).status_code == 404


def test_an_example_of_another_skill_is_not_found_here(browser_of, author, skill):
    elsewhere = make_example(make_skill(author, name="another-skill"), "Old input", "Old output")

    response = browser_of(author).post(f"{TAB}/{elsewhere.id}/edit", NEW)

    assert response.status_code == 404
    assert now(elsewhere)[0] == "Old input"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, author, example, path, method):
    assert browser_of(author).ask(method, path, NEW).status_code == 405

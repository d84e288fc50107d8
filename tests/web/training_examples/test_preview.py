"""What would be taken out of an example, before it is sent, and saying there what is no secret."""

import pytest

from app.domain.redaction import text_digest
from app.services.redaction import change_skill_redaction
from app.services.training_examples import edit_training_example
from tests.support.factories import make_example, make_skill
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in
from tests.support.tables import dump

pytestmark = pytest.mark.slow

TAB = "/skills/a-skill/training-data"
SECRET, OTHER_SECRET = "hunter2!x", "Zebra9?quagga"
DIGEST, OTHER_DIGEST = text_digest(SECRET), text_digest(OTHER_SECRET)
TYPED = {
    "example_input": f"\n  The old\n\tpassword={SECRET} went",
    "example_output": f"Use password={OTHER_SECRET}",
    "quality_score": "7",
}
NOTHING = "Nothing would be taken out."


@pytest.fixture
def example(skill):
    return make_example(skill, "Old input", "Old output")


@pytest.fixture(params=["adding", "editing"])
def place(request) -> tuple[str, str]:
    """Where a form is sent to, and where its preview comes from."""
    if request.param == "adding":
        request.getfixturevalue("skill")
        return TAB, f"{TAB}/preview"
    number = request.getfixturevalue("example").id
    return f"{TAB}/{number}/edit", f"{TAB}/{number}/preview"


def page_of(response):
    return parse(f"<!doctype html><title>x</title>{response.text}" if "<html" not in response.text else response.text)


def form_at(page, action: str):
    [form] = [form for form in forms_in(page) if form.action == action and form.method == "post"]
    return form


def ticks(page) -> dict[str, bool]:
    boxes = [box for box in page.iter("input") if box.get("name") == "not_secret"]
    return {box.get("value"): "checked" in box.attrib for box in boxes}


def send(browser, path: str, fields=None, **kwargs):
    return browser.post(path, {**TYPED, "revision": "1", **(fields or {})}, **kwargs)


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_what_would_go_is_told_line_by_line_with_a_box_to_tick_and_without_the_secret(browser_of, author, place, htmx):
    before = dump()

    response = send(browser_of(author), place[1], htmx=htmx)

    assert response.status_code == 200
    page = page_of(response)
    words = words_in(page)
    assert "Taken out when it is saved" in words
    assert "password, input line 3: password=[PASSWORD_1] went" in words
    assert "password, output line 1: Use password=[PASSWORD_2]" in words
    assert ticks(page) == {DIGEST: False, OTHER_DIGEST: False}
    assert [words_in(mark) for mark in page.iter("mark")][:2] == ["[PASSWORD_1]", "[PASSWORD_2]"]
    assert response.text.count(SECRET) == (0 if htmx else 1), "what was typed stands in its field alone"
    assert dump() == before


def test_without_htmx_the_form_comes_back_as_it_was_typed_and_ticked(browser_of, author, place):
    save, preview = place

    page = page_of(send(browser_of(author), preview, {"not_secret": DIGEST}))

    form = form_at(page, save)
    assert {name: form.fields[name] for name in TYPED} == TYPED
    assert form.fields.get("revision") == (None if save == TAB else "1")
    assert ticks(page) == {OTHER_DIGEST: False, DIGEST: True}
    assert "Stays, though it looks like a password." in words_in(page)


def test_with_htmx_the_preview_alone_comes_back(browser_of, author, place):
    response = send(browser_of(author), place[1], {"not_secret": [DIGEST, OTHER_DIGEST]}, htmx=True)

    assert "<form" not in response.text
    page = page_of(response)
    assert ticks(page) == {DIGEST: True, OTHER_DIGEST: True}
    assert "Nothing is taken out when it is saved" in words_in(page)


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize(
    "typed",
    [
        {"example_input": "No secret", "example_output": "Nor here"},
        {"example_input": "", "example_output": ""},
        {"example_input": "No secret", "example_output": "Nor here", "not_secret": [DIGEST, "x"], "quality_score": "x"},
    ],
    ids=["nothing found", "nothing typed", "ticks that fit nothing"],
)
def test_nothing_to_take_out_is_said_so(browser_of, author, place, htmx, typed):
    response = send(browser_of(author), place[1], typed, htmx=htmx)

    assert response.status_code == 200
    page = page_of(response)
    assert NOTHING in words_in(page)
    assert ticks(page) == {}


def test_a_form_that_nobody_has_previewed_tells_nothing(browser_of, author, example):
    browser = browser_of(author)

    for path in (TAB, f"{TAB}/{example.id}/edit"):
        page = browser.page(path)
        assert NOTHING not in words_in(page)
        assert ticks(page) == {}


def test_personal_data_is_told_where_it_would_go(browser_of, author, skill, place):
    typed = {"example_input": "Write to ada@example.com", "example_output": "An output"}
    browser = browser_of(author)

    assert NOTHING in words_in(page_of(send(browser, place[1], typed, htmx=True)))
    change_skill_redaction(author, skill_id=skill.id, redact_personal_data=True)
    assert "email, input line 1: Write to [EMAIL_1]" in words_in(page_of(send(browser, place[1], typed, htmx=True)))


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_ticking_keeps_the_text_and_the_message_tells_what_went(browser_of, author, place, htmx):
    browser = browser_of(author)

    response = send(browser, place[0], {"not_secret": DIGEST}, htmx=htmx)

    page = browser.page(TAB)
    texts = ["".join(text.itertext()) for text in page.iter("pre")]
    assert texts == [TYPED["example_input"], "Use password=[PASSWORD_1]"]
    message = words_in(partials_in(response.text)["#messages"]) if htmx else text_of(page, "messages")
    assert "Removed before saving: password." in message


def test_ticking_everything_takes_nothing_out(browser_of, author, place):
    response = send(browser_of(author), place[0], {"not_secret": [DIGEST, OTHER_DIGEST]}, htmx=True)

    assert "Removed" not in words_in(partials_in(response.text)["#messages"])
    assert OTHER_SECRET in response.text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize(("fault", "status"), [({"quality_score": "12"}, 422), ({"example_output": " "}, 422)])
def test_a_form_that_is_refused_keeps_what_was_ticked(browser_of, author, place, htmx, fault, status):
    response = send(browser_of(author), place[0], {"not_secret": DIGEST, **fault}, htmx=htmx)

    assert response.status_code == status
    assert ticks(page_of(response))[DIGEST] is True


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_stale_edit_keeps_what_was_ticked(browser_of, author, example, htmx):
    edit_training_example(author, example_id=example.id, revision=1, example_input="Theirs", example_output="Theirs")
    browser = browser_of(author)

    response = send(browser, f"{TAB}/{example.id}/edit", {"not_secret": DIGEST}, htmx=htmx)

    assert response.status_code == 409
    form = form_at(page_of(response), f"{TAB}/{example.id}/edit")
    assert (form.fields["not_secret"], form.fields["revision"]) == (DIGEST, "2")
    browser.post(form.action, form.fields)
    assert f"password={SECRET}" in words_in(browser.page(f"{TAB}/{example.id}"))


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_duplicate_keeps_what_was_ticked(browser_of, author, place, htmx):
    browser = browser_of(author)
    send(browser, TAB, {"not_secret": DIGEST})

    response = send(browser, place[0], {"not_secret": DIGEST}, htmx=htmx)

    assert response.status_code == 409
    assert f"password={SECRET}" in form_at(page_of(response), place[0]).fields["example_input"]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_tick_that_no_preview_gave_saves_nothing(browser_of, author, place, htmx):
    before = dump()

    response = send(browser_of(author), place[0], {"not_secret": "x"}, htmx=htmx)

    assert response.status_code == 422
    assert {name: form_at(page_of(response), place[0]).fields[name] for name in TYPED} == TYPED
    assert dump() == before


@pytest.mark.parametrize("who", ["viewer", "admin"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_but_the_author_previews(request, browser_of, place, who, htmx):
    response = send(browser_of(request.getfixturevalue(who)), place[1], htmx=htmx)

    assert response.status_code == 403
    assert "Only the skill&#39;s author" in response.text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_is_a_way_to_sign_in_and_keeps_what_was_typed_and_ticked(browser_of, place, htmx):
    response = send(browser_of(), place[1], {"not_secret": DIGEST}, htmx=htmx)

    assert response.status_code == 401
    assert "/login?next=/skills/a-skill/training-data" in response.text
    if not htmx:
        kept = form_at(page_of(response), place[1]).fields
        assert {name: kept[name] for name in TYPED} == TYPED
        assert kept["not_secret"] == DIGEST


@pytest.mark.parametrize("path", ["/skills/none/training-data/preview", f"{TAB}/99999999999999999999/preview"])
def test_what_is_not_there_is_not_found(browser_of, author, skill, path):
    assert send(browser_of(author), path).status_code == 404


def test_an_example_of_another_skill_is_not_found_here(browser_of, author, skill):
    elsewhere = make_example(make_skill(author))

    assert send(browser_of(author), f"{TAB}/{elsewhere.id}/preview").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, author, place, method):
    assert browser_of(author).ask(method, place[1], TYPED).status_code == 405


def test_the_preview_comes_by_itself_while_typing(browser_of, author, example):
    browser = browser_of(author)
    opened = parse("<!doctype html><title>x</title>" + browser.get(f"{TAB}/{example.id}/edit", htmx=True).text)

    adding = find(browser.page(TAB), "example-preview")
    editing = find(opened, f"example-preview-{example.id}")

    assert adding.get("hx-post") == f"{TAB}/preview"
    assert editing.get("hx-post") == f"{TAB}/{example.id}/preview"


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_tick_that_no_preview_gave_is_said_so(browser_of, author, skill, htmx):
    typed = {"example_input": "In", "example_output": "Out", "not_secret": "x"}

    response = browser_of(author).post("/skills/a-skill/training-data", typed, htmx=htmx)

    html = response.text if not htmx else f"<!doctype html><title>x</title>{response.text}"
    assert "This form is broken." in words_in(parse(html))


def test_with_htmx_too_an_example_that_is_not_there_is_not_found(browser_of, author, skill):
    path = "/skills/a-skill/training-data/999999/preview"

    assert browser_of(author).post(path, {"example_input": "In"}, htmx=True).status_code == 404

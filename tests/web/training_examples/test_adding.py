"""Adding a golden example: `POST /skills/<slug>/training-data`."""

import pytest
from sqlalchemy import func, select

from app.models import TrainingExample
from app.services.transactions import reading
from tests.support.factories import make_example
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in

TAB = "/skills/a-skill/training-data"
GOOD = {"example_input": "An input", "example_output": "An output", "quality_score": "7"}
TOKEN = "ghp" + "_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb7d"


def stored() -> list[TrainingExample]:
    return list(reading().scalars(select(TrainingExample).order_by(TrainingExample.id)))


def add_form(html: str):
    [form] = [form for form in forms_in(parse(html)) if form.action == TAB and form.method == "post"]
    return form


def focused(page) -> list[str]:
    return [element.get("name") for element in page.iter() if "autofocus" in element.attrib]


def test_without_htmx_the_page_is_shown_again_with_the_new_example_and_a_message(browser_of, author, skill):
    browser = browser_of(author)

    response = browser.post(TAB, GOOD)

    [example] = stored()
    assert (example.example_input, example.example_output, example.quality_score) == ("An input", "An output", 7)
    assert (example.source, example.status, example.user_id) == ("web", "approved", author.id)
    assert response.status_code == 303
    assert response.location == f"{TAB}#training-example-{example.id}"
    page = browser.page(TAB)
    assert find(page, f"training-example-{example.id}") is not None
    assert text_of(page, "training-example-count") == text_of(page, "training-example-tab-count") == "1"
    assert f"Example {example.id} is added." in text_of(page, "messages")


def test_with_htmx_the_row_the_counts_the_cleared_form_and_the_message_come_in_one_answer(browser_of, author, skill):
    make_example(skill)

    response = browser_of(author).post(TAB, GOOD, htmx=True)

    assert response.status_code == 200
    example = stored()[-1]
    partials = partials_in(response.text)
    row = partials["#training-examples"]
    assert row.get("hx-swap") == "afterbegin"
    assert [item.get("id") for item in row.iter("li") if item.get("id")] == [f"training-example-{example.id}"]
    assert "An input" in words_in(row)
    assert words_in(partials["#training-example-count"]) == "2"
    assert words_in(partials["#training-example-tab-count"]) == "2"
    form = partials["#training-example-form"]
    assert focused(form) == ["example_input"]
    [seen] = forms_in(form)
    assert {name: seen.fields[name] for name in GOOD} == dict.fromkeys(GOOD, "")
    assert words_in(partials["#messages"]) == f"Example {example.id} is added."


def test_no_score_is_a_score_too(browser_of, author, skill):
    browser_of(author).post(TAB, {**GOOD, "quality_score": ""})

    assert [example.quality_score for example in stored()] == [None]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\n\n  leading", "\n\n  leading"),
        ("trailing  \n\n", "trailing  \n\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("\tdef f():\n\t\treturn 1", "\tdef f():\n\t\treturn 1"),
        ("</pre></textarea><b>&amp;", "</pre></textarea><b>&amp;"),
        ("Zoë 😀 e\u0301 \u202e \u200b", "Zoë 😀 e\u0301 \u202e \u200b"),
        ("[PASSWORD_1] {{ x }} {% y %}", "[PASSWORD_1] {{ x }} {% y %}"),
    ],
    ids=["leading", "trailing", "line ends", "tabs", "markup", "unicode", "placeholders"],
)
def test_text_is_kept_and_shown_exactly_as_typed(browser_of, author, skill, typed, kept):
    browser = browser_of(author)

    browser.post(TAB, {"example_input": typed, "example_output": "Out: " + typed})

    [example] = stored()
    assert (example.example_input, example.example_output) == (kept, "Out: " + kept)
    shown = find(browser.page(TAB), f"training-example-{example.id}")
    assert ["".join(text.itertext()) for text in shown.iter("pre")] == [kept, "Out: " + kept]
    [form] = [form for form in forms_in(browser.page(f"{TAB}/{example.id}/edit")) if "revision" in form.fields]
    assert (form.fields["example_input"], form.fields["example_output"]) == (kept, "Out: " + kept)


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_the_message_names_what_was_redacted_by_kind(browser_of, author, skill, htmx):
    browser = browser_of(author)

    response = browser.post(
        TAB, {"example_input": f"use {TOKEN}", "example_output": f"{TOKEN} and password=hunter2"}, htmx=htmx
    )

    [example] = stored()
    assert example.example_input == "use [GITHUB_TOKEN_1]"
    assert example.example_output.startswith("[GITHUB_TOKEN_1] and ")
    page = browser.page(TAB)
    message = words_in(partials_in(response.text)["#messages"]) if htmx else text_of(page, "messages")
    assert "Removed before saving: github token, password." in message
    assert TOKEN not in response.text
    marked = [words_in(mark) for mark in page.iter("mark")]
    assert marked[:2] == ["[GITHUB_TOKEN_1]", "[GITHUB_TOKEN_1]"]


@pytest.mark.parametrize("who", ["viewer", "admin"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_but_the_author_adds(request, browser_of, skill, who, htmx):
    response = browser_of(request.getfixturevalue(who)).post(TAB, GOOD, htmx=htmx)

    assert response.status_code == 403
    assert "Only the skill&#39;s author adds golden examples" in response.text
    assert stored() == []


@pytest.mark.parametrize("who", ["viewer", "admin", None])
def test_others_see_why_there_is_no_form(request, browser_of, skill, who):
    page = browser_of(request.getfixturevalue(who) if who else None).page(TAB)

    assert find(page, "training-example-form") is None
    assert "Only the author of a skill adds golden examples" in words_in(page)
    sign_in = [link.get("href") for link in page.iter("a") if link.get("href", "").startswith("/login")]
    assert sign_in == ([] if who else ["/login?next=/skills/a-skill/training-data"] * 2)


def test_signed_out_meanwhile_keeps_what_was_typed_beside_the_way_to_sign_in(browser_of, skill):
    typed = {"example_input": "\nTyped <b>for</b> long", "example_output": "An output", "new_password": "not kept"}

    response = browser_of().post(TAB, typed)

    assert response.status_code == 401
    assert 'href="/login?next=/skills/a-skill/training-data"' in response.text
    assert "not kept" not in response.text
    form = add_form(response.text)
    assert form.fields["example_input"] == typed["example_input"]
    assert form.fields["example_output"] == "An output"
    assert stored() == []


def test_signed_out_meanwhile_with_htmx_leaves_the_form_alone(browser_of, skill):
    response = browser_of().post(TAB, GOOD, htmx=True)

    assert response.status_code == 401
    [(target, message)] = partials_in(response.text).items()
    assert target == "#messages"
    assert "what you typed is still here" in words_in(message)
    assert [link.get("href") for link in message.iter("a")] == [f"/login?next={TAB}"]


def test_what_was_kept_can_be_sent_again_after_signing_in(browser_of, author, skill):
    browser = browser_of()
    kept = add_form(browser.post(TAB, GOOD).text).fields

    signed_in = browser_of(author)
    response = signed_in.post(TAB, {name: value for name, value in kept.items() if name != "csrf_token"})

    assert response.status_code == 303
    assert len(stored()) == 1


def test_a_skill_that_is_not_there_is_not_found(browser_of, author):
    assert browser_of(author).post("/skills/not-there/training-data", GOOD).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, author, skill, method):
    response = browser_of(author).ask(method, TAB, GOOD)

    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_what_is_too_large_to_read_is_said_so(browser_of, author, skill, htmx):
    response = browser_of(author).post(TAB, {**GOOD, "example_input": "x" * 3_000_000}, htmx=htmx)

    assert response.status_code == 413
    assert "too large to send" in response.text
    assert reading().scalar(select(func.count()).select_from(TrainingExample)) == 0


@pytest.mark.parametrize(
    ("address", "is_shown"),
    [("", True), ("?q=input", True), ("?q=elsewhere", False), ("?status=pending", False), ("?after=1", False)],
)
def test_an_example_that_the_list_on_the_page_would_not_show_is_not_put_there(
    browser_of, author, skill, address, is_shown
):
    headers = {"HX-Current-URL": f"http://localhost{TAB}{address}"}

    response = browser_of(author).post(TAB, GOOD, htmx=True, headers=headers)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert ("#training-examples" in partials) is is_shown
    assert ("The list does not show it" in words_in(partials["#messages"])) is not is_shown
    assert words_in(partials["#training-example-count"]) == "1"


def test_adding_touches_no_votes(browser_of, author, skill):
    browser_of(author).post(TAB, GOOD)

    reading().refresh(skill)
    assert (skill.total_feedback, skill.positive_feedback_pct) == (0, None)

"""Second opinions on the web: what one was asked, seen blind, and answered once."""

import pytest

from app.domain.reviews import Verb
from app.services.opinions import ask_for_opinion, get_opinions_on, give_opinion
from app.services.preferences import change_preferences
from app.services.reviews import decide
from tests.support.factories import capture, make_example, make_user
from tests.support.inspection import find, forms_in, parse, text_of, words_in
from tests.support.tables import dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

GOOD = {"verdict": "reject", "quality_score": "3", "comment": "Too short."}
BOTH_WAYS = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])


@pytest.fixture
def example(skill):
    return capture(skill, make_user("Una User"), "A question", "An answer")


@pytest.fixture
def opinion(author, viewer, example):
    return ask_for_opinion(author, example_id=example.id, email=viewer.email)


@pytest.fixture
def path(opinion) -> str:
    return f"/opinions/{opinion.id}"


def given(example) -> list[tuple[str, str | None, int | None, str | None]]:
    look_anew()
    rows = get_opinions_on(example.id)
    return [(row.name, row.opinion.verdict, row.opinion.quality_score, row.opinion.comment) for row in rows]


def form_on(page, path):
    return next((form for form in forms_in(page) if form.action == path), None)


def main_of(page) -> str:
    return words_in(next(page.iter("main")))


def test_what_i_was_asked_is_listed(browser_of, viewer, path):
    page = browser_of(viewer).page("/opinions")

    assert "An example of A skill asked by Ada Author" in main_of(page)
    assert "waits for you" in main_of(page)
    assert path in [link.get("href") for link in page.iter("a")]


def test_nobody_else_finds_it_in_their_list(browser_of, author, admin, path):
    for user in (author, admin):
        assert "Nobody has asked you yet." in main_of(browser_of(user).page("/opinions"))


def test_the_page_shows_what_it_is_about_and_a_form(browser_of, viewer, path):
    page = browser_of(viewer).page(path)

    assert "Ada Author asks about an example of A skill." in main_of(page)
    assert "A question" in main_of(page)
    assert "An answer" in main_of(page)
    form = form_on(page, path)
    assert "verdict" not in form.fields, "something is chosen already"
    assert form.fields["comment"].strip() == form.fields["quality_score"] == ""


@pytest.mark.parametrize("verb", [None, *Verb])
def test_whatever_was_decided_the_page_is_the_same(browser_of, author, viewer, example, path, verb):
    """Blind: neither the decision, its reason, the score, the correction nor others' opinions can be told from it."""
    browser = browser_of(viewer)
    before = [words_in(browser.page(one)) for one in (path, "/opinions")]
    otto = make_user("Otto Other")
    other = ask_for_opinion(author, example_id=example.id, email=otto.email)
    give_opinion(otto, opinion_id=other.id, verdict="approve", comment="Canary of another")
    if verb:
        decide(
            author,
            example_id=example.id,
            revision=1,
            verb=verb,
            reason="Canary of a reason",
            expected_output="Canary of a correction",
            quality_score=9,
        )

    assert [words_in(browser.page(one)) for one in (path, "/opinions")] == before
    raw = browser.get(path).text
    for word in ("anary", "approved", "rejected", "pending", "Una User", "Otto Other"):
        assert word not in raw, word


def test_whose_usage_it_was_is_not_told_even_where_they_chose_to_be_named(browser_of, skill, author, viewer):
    user = make_user("Nina Named")
    example = capture(skill, user)
    change_preferences(user, named_in_captured_examples=True)
    opinion = ask_for_opinion(author, example_id=example.id, email=viewer.email)

    assert "Nina Named" not in browser_of(viewer).get(f"/opinions/{opinion.id}").text


@BOTH_WAYS
def test_an_opinion_is_given(browser_of, viewer, example, path, htmx):
    browser = browser_of(viewer)

    response = browser.post(path, GOOD, htmx=htmx)

    assert given(example) == [("Vera Viewer", "reject", 3, "Too short.")]
    if htmx:
        assert response.status_code == 200
        assert "your opinion is given" in response.text
    else:
        assert (response.status_code, response.location) == (303, "/opinions")
        page = browser.page("/opinions")
        assert "Thank you: your opinion is given." in text_of(page, "messages")
        assert "answered" in main_of(page)


def test_what_was_answered_is_shown_without_a_form(browser_of, viewer, path):
    browser = browser_of(viewer)
    browser.post(path, GOOD)

    page = browser.page(path)

    assert "you would reject it." in main_of(page)
    assert form_on(page, path) is None


def test_a_verdict_is_all_that_is_needed(browser_of, viewer, example, path):
    assert browser_of(viewer).post(path, {"verdict": "approve"}).status_code == 303
    assert given(example) == [("Vera Viewer", "approve", None, None)]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"verdict": ""}, "verdict", "Choose one: approve or reject."),
        ({"verdict": "maybe"}, "verdict", "Choose one: approve or reject."),
        ({"quality_score": "11"}, "quality_score", "Give a score from 1 to 10"),
        ({"quality_score": "x"}, "quality_score", "score"),
        ({"comment": "x" * 2_001}, "comment", "Shorten the comment"),
        ({"comment": "nul \x00"}, "comment", "Remove the NUL character"),
    ],
)
@BOTH_WAYS
def test_what_is_no_answer_is_said_beside_its_field_and_kept(
    browser_of, viewer, example, path, fields, field, sentence, htmx
):
    response = browser_of(viewer).post(path, {**GOOD, **fields}, htmx=htmx)

    assert response.status_code == 422
    page = parse(response.text)
    assert sentence in text_of(page, f"{field}-error")
    form = form_on(page, path)
    sent = {**GOOD, **fields}
    if "\x00" not in sent["comment"]:
        assert form.fields["comment"].strip() == sent["comment"]
    assert form.fields["quality_score"] == sent["quality_score"]
    assert form.fields.get("verdict") == (sent["verdict"] if sent["verdict"] in ("approve", "reject") else None)
    assert given(example) == [("Vera Viewer", None, None, None)]


@BOTH_WAYS
def test_answering_twice_is_a_conflict_that_keeps_what_was_typed(browser_of, viewer, example, path, opinion, htmx):
    give_opinion(viewer, opinion_id=opinion.id, verdict="approve")

    response = browser_of(viewer).post(path, GOOD, htmx=htmx)

    assert response.status_code == 409
    page = parse(response.text)
    assert "You have answered this already." in main_of(page)
    assert form_on(page, path).fields["comment"].strip() == "Too short."
    assert given(example) == [("Vera Viewer", "approve", None, None)]


@BOTH_WAYS
@pytest.mark.parametrize("who", ["author", "admin"])
def test_nobody_else_sees_or_answers_it(request, browser_of, path, who, htmx):
    browser, before = browser_of(request.getfixturevalue(who)), dump()

    assert browser.get(path, htmx=htmx).status_code == 404
    assert browser.post(path, GOOD, htmx=htmx).status_code == 404
    assert dump() == before


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_what_was_never_asked_is_not_there(browser_of, viewer, number):
    assert browser_of(viewer).get(f"/opinions/{number}").status_code == 404
    assert browser_of(viewer).post(f"/opinions/{number}", GOOD).status_code == 404


@BOTH_WAYS
def test_signed_out_meanwhile_is_a_way_to_sign_in(browser_of, example, path, htmx):
    response = browser_of().post(path, GOOD, htmx=htmx)

    assert response.status_code == 401
    assert "/login?next=" in response.text
    assert given(example) == [("Vera Viewer", None, None, None)]


@pytest.mark.parametrize("ending", ["", "/{}"])
def test_opening_it_signed_out_leads_to_signing_in_and_back(browser_of, opinion, ending):
    path = f"/opinions{ending.format(opinion.id)}"

    response = browser_of().get(path)

    assert (response.status_code, response.location) == (302, f"/login?next={path}")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, viewer, path, method):
    assert browser_of(viewer).ask(method, path, GOOD).status_code == 405
    assert browser_of(viewer).ask("POST", "/opinions", GOOD).status_code == 405


def test_the_notification_leads_to_the_question(browser_of, viewer, path):
    browser = browser_of(viewer)
    page = browser.page("/notifications")
    assert "Ada Author asks what you think of an example of “A skill”." in words_in(page)
    [action] = {form.action for form in forms_in(page) if form.action.count("/") == 3}

    response = browser.post(action, {"open": "y"})

    assert (response.status_code, response.location) == (303, path)


def test_a_whole_text_can_be_read(browser_of, author, viewer, skill):
    long = "\n".join(f"Line {number}" for number in range(300))
    example = make_example(skill, long, source="usage_capture", status="pending", user=make_user())
    opinion = ask_for_opinion(author, example_id=example.id, email=viewer.email)

    page = browser_of(viewer).page(f"/opinions/{opinion.id}")

    assert "Line 299" in main_of(page)
    assert find(page, "comment") is not None


def test_an_opinion_costs_the_same_however_many_there_are(browser_of, author, viewer, skill, statements):
    browser = browser_of(viewer)
    costs = []
    for more in (2, 10):
        for _ in range(more):
            opinion = ask_for_opinion(author, example_id=capture(skill, make_user()).id, email=viewer.email)
        for path in ("/opinions", f"/opinions/{opinion.id}"):
            statements.clear()
            assert browser.get(path).status_code == 200
            costs.append(len(statements))

    assert costs[:2] == costs[2:]

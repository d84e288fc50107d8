"""The review page: one example beside its queue, what it answers to each decision, and what an open one is told."""

import pytest

from app.domain.reviews import Verb
from app.services import reviews as service
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.preferences import change_preferences
from app.services.review_queue import get_queue
from app.services.skill_lifecycle import hand_over_skill
from app.services.training_example_lists import EVERYTHING
from app.services.training_examples import edit_training_example
from tests.support.factories import capture, make_example, make_skill, make_user
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in
from tests.support.tables import dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

TAB = "/skills/a-skill/training-data"
REVIEW = f"{TAB}/review"
# What a form sends for each verb, the address it sends it to, and what is said when it is done.
SENT = {
    "approval": ({}, "approved"),
    "correction": ({"expected_output": "A better answer"}, "corrected and approved"),
    "rejection": ({"reason": "Too short"}, "rejected"),
    "score": ({"quality_score": "7"}, "scored"),
}
STATES = {"approval": "approved", "correction": "approved", "rejection": "rejected", "score": "pending"}
BOTH_WAYS = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
EVERY_WAY = pytest.mark.parametrize("way", SENT)


@pytest.fixture
def waiting(skill, viewer):
    """Three captured examples that wait, oldest first."""
    return [capture(skill, viewer, f"{word} question", f"{word} answer") for word in ("First", "Second", "Third")]


@pytest.fixture
def alike(skill, viewer):
    """Two captured examples that say almost the same."""
    text = " ".join(f"word{number}" for number in range(60))
    return [capture(skill, viewer, one) for one in (text, f"{text} end")]


def send(browser, example, way, *, htmx=False, revision=None, **fields):
    sent = {"revision": str(revision or example.revision), **SENT[way][0], **fields}
    return browser.post(f"{REVIEW}/{example.id}/{way}", sent, htmx=htmx)


def page_of(response):
    """The part of the page that is about the review, however it came."""
    html = response.text
    page = parse(html if "<html" in html else f"<!doctype html><title>x</title><body>{html}")
    return find(page, "review")


def reviewed(page) -> str:
    """The heading of what is being looked at; nothing where nothing waits."""
    heading = find(page, "reviewed-heading")
    return "" if heading is None else words_in(heading)


def queued(page) -> list[str]:
    return [item.get("id").removeprefix("queued-") for item in find(page, "review-queue").iter("li")]


def current(page) -> list[str]:
    """What the queue marks as the one that is looked at."""
    return [
        item.get("id").removeprefix("queued-")
        for item in find(page, "review-queue").iter("li")
        if any(link.get("aria-current") for link in item.iter("a"))
    ]


def form_to(page, ending):
    return next((form for form in forms_in(page) if form.action.endswith(ending)), None)


def status_of(example) -> str:
    look_anew()
    return example.status


def after_decision(browser, response, *, htmx):
    """The page as it is after a change, and the message, whichever way they come."""
    if htmx:
        assert response.status_code == 200
        partials = partials_in(response.text)
        assert "#review" in partials
        return partials["#review"], words_in(partials["#messages"])
    assert response.status_code == 303
    page = browser.page(response.location)
    return find(page, "review"), text_of(page, "messages")


# ---- what the page shows ----


def test_the_oldest_that_waits_is_shown_beside_its_queue(browser_of, author, waiting):
    page = browser_of(author).page(REVIEW)

    assert reviewed(page) == f"Example {waiting[0].id}"
    assert queued(page) == [str(one.id) for one in waiting]
    assert current(page) == [str(waiting[0].id)]
    assert "First question" in words_in(find(page, "review"))
    assert "First answer" in words_in(find(page, "review"))
    assert text_of(page, "review-waiting") == "3"


def test_the_corrected_output_begins_as_the_output(browser_of, author, waiting):
    form = form_to(browser_of(author).page(REVIEW), "/approval")

    assert form.fields["expected_output"].strip() == "First answer"
    assert form.fields["reason"].strip() == ""
    assert form.fields["revision"] == "1"
    assert "quality_score" not in form.fields


def test_where_it_came_from_is_shown_and_nobody_is_named_by_default(browser_of, author, viewer, waiting):
    page = browser_of(author).page(REVIEW)

    words = words_in(find(page, "review"))
    assert "from an anonymous user's use in a-tool" in words
    assert "version 1 of the skill" in words
    assert f"event {waiting[0].usage_event_id}" in words
    assert "consent record" in words
    assert "notice 1" in words
    for secret in (viewer.name, viewer.email):
        assert secret not in browser_of(author).get(REVIEW).text


def test_whoever_chose_to_be_named_is_named(browser_of, author, admin, viewer, waiting):
    change_preferences(viewer, named_in_captured_examples=True)

    for user in (author, admin):
        assert "from Vera Viewer's use in a-tool" in words_in(browser_of(user).page(REVIEW))


def test_what_was_added_by_hand_came_from_no_use(browser_of, author, skill):
    golden = make_example(skill)

    page = browser_of(author).page(f"{REVIEW}?example={golden.id}")

    assert reviewed(page) == f"Example {golden.id}"
    assert "use in" not in words_in(find(page, "review"))


def test_nothing_waits_and_the_page_says_so(browser_of, author, skill):
    page = browser_of(author).page(REVIEW)

    assert "Nothing waits for review." in words_in(find(page, "review"))
    assert reviewed(page) == ""
    assert form_to(page, "/bulk") is None
    assert text_of(page, "review-waiting") == "0"


def test_near_duplicates_are_marked_in_the_queue_and_beside_the_example(browser_of, author, skill, viewer, alike):
    plain = capture(skill, viewer)
    page = browser_of(author).page(REVIEW)

    marks = {item.get("id"): "alike" in words_in(item) for item in find(page, "review-queue").iter("li")}
    assert marks == {f"queued-{one.id}": one in alike for one in [*alike, plain]}
    assert f"#{alike[1].id}, pending, 9" in words_in(find(page, "review"))
    assert form_to(page, "/folding").fields["into"] == str(alike[1].id)


def test_opinions_are_shown_with_whether_they_agree(browser_of, author, viewer, waiting):
    example, somebody = waiting[0], make_user("Sam Second")
    opinion = ask_for_opinion(author, example_id=example.id, email=somebody.email)
    path = f"{REVIEW}?example={example.id}"
    assert "Sam Second: asked, no answer yet" in words_in(browser_of(author).page(path))

    give_opinion(somebody, opinion_id=opinion.id, verdict="reject", quality_score=2, comment="Not so good.")
    assert "Sam Second: reject, 2 of 10: Not so good." in words_in(browser_of(author).page(path))

    send(browser_of(author), example, "approval")
    page = words_in(browser_of(author).page(path))
    assert "Sam Second: reject, 2 of 10 (disagrees): Not so good." in page
    assert "Second opinions on decided examples: 0 of 1 agree (0 %)." in page


# ---- which one is shown ----


@BOTH_WAYS
def test_skipping_shows_the_next_and_begins_again_at_the_end(browser_of, author, waiting, htmx):
    browser = browser_of(author)

    shown = [
        reviewed(page_of(browser.get(f"{REVIEW}?after={one.id}", htmx=htmx))).removeprefix("Example ")
        for one in waiting
    ]

    assert shown == [str(one.id) for one in (waiting[1], waiting[2], waiting[0])]


def test_the_page_names_the_way_to_skip_with_the_filter_kept(browser_of, author, waiting):
    page = browser_of(author).page(f"{REVIEW}?q=question")

    [skip] = [link for link in page.iter("a") if link.get("data-key") == "s"]
    assert skip.get("href") == f"{REVIEW}?after={waiting[0].id}&q=question"


def test_one_of_the_queue_can_be_looked_at_first(browser_of, author, waiting):
    page = browser_of(author).page(f"{REVIEW}?example={waiting[1].id}")

    assert reviewed(page) == f"Example {waiting[1].id}"
    assert current(page) == [str(waiting[1].id)]
    assert queued(page) == [str(one.id) for one in waiting]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_search_narrows_what_waits(browser_of, author, waiting, htmx):
    page = page_of(browser_of(author).get(f"{REVIEW}?q=second", htmx=htmx))

    assert queued(page) == [str(waiting[1].id)]
    assert "All 1 that match" in words_in(page)
    assert {form.fields["q"] for form in forms_in(page) if form.method == "post"} == {"second"}


def test_a_search_that_finds_nothing_leads_back_to_everything(browser_of, author, waiting):
    page = browser_of(author).page(f"{REVIEW}?q=nowhere")

    assert "Nothing that waits has these words." in words_in(page)
    assert REVIEW in [link.get("href") for link in find(page, "review").iter("a")]


def test_an_example_of_another_skill_is_not_there(browser_of, author, waiting):
    elsewhere = capture(make_skill(author), make_user())

    assert browser_of(author).get(f"{REVIEW}?example={elsewhere.id}").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_what_is_not_there_is_not_found(browser_of, author, waiting, number):
    browser = browser_of(author)

    assert browser.get(f"{REVIEW}?example={number}").status_code == 404
    for way in (*SENT, "folding", "opinions"):
        assert browser.post(f"{REVIEW}/{number}/{way}", {"revision": "1", "reason": "x"}).status_code == 404
    assert browser.post(f"{REVIEW}/undo", {"action_id": number}).status_code == 404
    assert browser.get("/skills/none/training-data/review").status_code == 404


@pytest.mark.parametrize("argument", ["after", "example"])
@pytest.mark.parametrize("value", ["", "x", "-1", "1.5", "99999999999999999999"])
def test_an_argument_that_is_no_number_is_no_fault(browser_of, author, waiting, argument, value):
    response = browser_of(author).get(f"{REVIEW}?{argument}={value}")

    assert response.status_code in (200, 404)
    if argument == "after":
        assert response.status_code == 200


@pytest.mark.parametrize("query", ["\x00", "a" * 5_000, "'\"<&>", "%", "AND OR NOT"])
def test_any_words_can_be_searched_for(browser_of, author, waiting, query):
    browser = browser_of(author)

    assert browser.client.get(REVIEW, query_string={"q": query}).status_code == 200


# ---- deciding ----


@EVERY_WAY
@BOTH_WAYS
def test_a_decision_is_done_and_the_next_one_is_there(browser_of, author, waiting, way, htmx):
    browser = browser_of(author)

    response = send(browser, waiting[0], way, htmx=htmx)

    page, message = after_decision(browser, response, htmx=htmx)
    assert f"Example {waiting[0].id} is {SENT[way][1]}." in message
    stays = way == "score"
    assert reviewed(page) == f"Example {waiting[0 if stays else 1].id}"
    assert status_of(waiting[0]) == STATES[way]
    assert form_to(page, "/undo") is not None


@BOTH_WAYS
def test_the_last_decision_shows_that_nothing_waits_and_how_to_undo_it(browser_of, author, skill, viewer, htmx):
    example, browser = capture(skill, viewer), browser_of(author)

    page, _ = after_decision(browser, send(browser, example, "approval", htmx=htmx), htmx=htmx)

    assert "Nothing waits for review." in words_in(page)
    assert "Undo: 1 example approved" in words_in(page)


@BOTH_WAYS
def test_deciding_on_the_last_of_the_queue_goes_on_with_the_first(browser_of, author, waiting, htmx):
    browser = browser_of(author)

    page, _ = after_decision(browser, send(browser, waiting[2], "approval", htmx=htmx), htmx=htmx)

    assert reviewed(page) == f"Example {waiting[0].id}"


@BOTH_WAYS
def test_a_decision_keeps_the_search(browser_of, author, skill, viewer, waiting, htmx):
    capture(skill, viewer, "Other words")
    browser = browser_of(author)

    page, _ = after_decision(browser, send(browser, waiting[0], "approval", htmx=htmx, q="question"), htmx=htmx)

    assert queued(page) == [str(one.id) for one in waiting[1:]]
    assert {form.fields["q"] for form in forms_in(page) if form.method == "post"} == {"question"}


def test_with_htmx_the_count_of_what_waits_is_told_at_once(browser_of, author, waiting):
    response = send(browser_of(author), waiting[0], "approval", htmx=True)

    partials = partials_in(response.text)
    assert "#review-waiting" in partials
    assert words_in(partials["#review-waiting"]) == "2"


def test_what_was_taken_out_of_a_correction_is_said(browser_of, author, waiting):
    browser = browser_of(author)

    response = send(browser, waiting[0], "correction", expected_output="password=hunter2!x")

    _, message = after_decision(browser, response, htmx=False)
    assert "Removed before saving: password." in message
    assert "hunter2" not in str(dump())


def test_a_score_goes_along_with_a_decision(browser_of, author, waiting):
    send(browser_of(author), waiting[0], "approval", quality_score="10")

    look_anew()
    assert (waiting[0].status, waiting[0].quality_score) == ("approved", 10)


def test_a_reason_that_was_typed_does_not_come_along_with_an_approval(browser_of, author, waiting):
    send(browser_of(author), waiting[0], "approval", reason="Not sure", expected_output="Typed")

    look_anew()
    assert (waiting[0].comment, waiting[0].expected_output) == (None, None)


# ---- who may ----


@EVERY_WAY
@BOTH_WAYS
@pytest.mark.parametrize("who", ["viewer", "admin"])
def test_nobody_but_the_author_decides(request, browser_of, waiting, way, htmx, who):
    browser = browser_of(request.getfixturevalue(who))

    response = send(browser, waiting[0], way, htmx=htmx)

    assert response.status_code == 403
    assert "Only the skill&#39;s author decides" in response.text
    assert status_of(waiting[0]) == "pending"


@pytest.mark.parametrize("path", ["bulk", "undo", "{}/folding", "{}/opinions"])
@BOTH_WAYS
def test_nobody_but_the_author_does_anything_else_either(browser_of, admin, viewer, author, alike, path, htmx):
    path = f"{REVIEW}/{path.format(alike[0].id)}"
    fields = {"revision": "1", "into": str(alike[1].id), "up_to": str(alike[1].id), "email": admin.email}
    before = dump()

    for user, status in ((admin, 403), (viewer, 403), (None, 401)):
        assert browser_of(user).post(path, fields, htmx=htmx).status_code == status

    assert dump() == before


def test_an_administrator_looks_and_is_offered_nothing_to_decide(browser_of, admin, alike):
    page = browser_of(admin).page(REVIEW)

    assert reviewed(page) == f"Example {alike[0].id}"
    assert "Almost the same" in words_in(page)
    assert [form.action for form in forms_in(find(page, "review"))] == []
    assert "data-key" not in str([element.attrib for element in page.iter()])


def test_a_viewer_is_not_shown_it(browser_of, viewer, waiting):
    response = browser_of(viewer).get(REVIEW)

    assert response.status_code == 403
    assert "First question" not in response.text


@EVERY_WAY
@BOTH_WAYS
def test_signed_out_meanwhile_is_a_way_to_sign_in(browser_of, waiting, way, htmx):
    response = send(browser_of(), waiting[0], way, htmx=htmx)

    assert response.status_code == 401
    assert "/login?next=" in response.text
    assert status_of(waiting[0]) == "pending"


def test_opening_it_signed_out_leads_to_signing_in_and_back(browser_of, waiting):
    response = browser_of().get(REVIEW)

    assert (response.status_code, response.location) == (302, f"/login?next={REVIEW}")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", [*(f"1/{way}" for way in SENT), "1/folding", "1/opinions", "bulk", "undo"])
def test_other_methods_are_not_answered(browser_of, author, waiting, method, path):
    assert browser_of(author).ask(method, f"{REVIEW}/{path}", {"revision": "1"}).status_code == 405


@pytest.mark.parametrize("way", [*SENT, "folding", "opinions"])
@BOTH_WAYS
def test_an_example_of_another_skill_of_mine_is_not_decided_on_here(browser_of, author, viewer, waiting, way, htmx):
    elsewhere = capture(make_skill(author, name="another-skill"), make_user(), "Elsewhere")
    fields = {"revision": "1", "email": viewer.email, **SENT.get(way, ({}, ""))[0]}
    before = dump()

    response = browser_of(author).post(f"{REVIEW}/{elsewhere.id}/{way}", fields, htmx=htmx)

    assert response.status_code == 404
    assert dump() == before


# ---- what cannot be ----


@pytest.mark.parametrize(
    ("way", "fields", "sentence"),
    [
        ("rejection", {"reason": " "}, "Write the reason: it is empty."),
        ("rejection", {"reason": "x" * 2_001}, "Shorten the reason"),
        ("correction", {"expected_output": ""}, "Write the corrected output: it is empty."),
        ("approval", {"quality_score": "11"}, "Give a score from 1 to 10"),
        ("score", {"quality_score": "0"}, "Give a score from 1 to 10"),
        ("score", {"quality_score": ""}, "score"),
    ],
)
@BOTH_WAYS
def test_what_cannot_be_is_said_and_what_was_typed_stays(browser_of, author, waiting, way, fields, sentence, htmx):
    typed = {"reason": "A reason of mine", "expected_output": "An output of mine", "q": "question", **fields}

    response = send(browser_of(author), waiting[1], way, htmx=htmx, **typed)

    assert response.status_code == 422
    page = page_of(response)
    assert reviewed(page) == f"Example {waiting[1].id}"
    form = form_to(page, "/approval")
    assert [form.fields[name].strip() for name in ("reason", "expected_output", "q")] == [
        typed[name].strip() for name in ("reason", "expected_output", "q")
    ]
    alerts = [words_in(one) for one in page.iter() if one.get("role") == "alert" or "error" in (one.get("class") or "")]
    assert any(sentence in alert for alert in alerts), alerts
    assert status_of(waiting[1]) == "pending"


@pytest.mark.parametrize("way", ["approval", "correction", "rejection", "score"])
@BOTH_WAYS
def test_somebody_elses_decision_is_shown_and_what_was_typed_stays(browser_of, author, waiting, way, htmx):
    example = waiting[0]
    service.decide(author, example_id=example.id, revision=1, verb=Verb.REJECT, reason="Decided elsewhere")
    before = dump()
    typed = {"reason": "A reason of mine", "expected_output": "An output of mine", "quality_score": "4"}

    response = send(browser_of(author), example, way, htmx=htmx, revision=1, **typed)

    assert response.status_code == 409
    page = page_of(response)
    assert reviewed(page) == f"Example {example.id}"
    words = words_in(page)
    assert "Somebody decided on this example or changed it after you opened it." in words
    assert "Reason: Decided elsewhere" in words
    form = form_to(page, "/approval")
    assert {name: form.fields[name].strip() for name in typed} == typed
    assert form.fields["revision"] == "2"
    assert dump() == before


def test_what_was_typed_can_be_sent_again_over_the_other_decision(browser_of, author, waiting):
    service.decide(author, example_id=waiting[0].id, revision=1, verb=Verb.REJECT, reason="Decided elsewhere")
    browser = browser_of(author)
    form = form_to(page_of(send(browser, waiting[0], "correction", revision=1)), "/approval")

    response = browser.post(f"{REVIEW}/{waiting[0].id}/correction", form.fields)

    assert response.status_code == 303
    look_anew()
    assert (waiting[0].status, waiting[0].expected_output) == ("approved", "A better answer")


@BOTH_WAYS
def test_an_edit_meanwhile_is_shown(browser_of, author, waiting, htmx):
    edit_training_example(
        author, example_id=waiting[0].id, revision=1, example_input="Edited", example_output="Meanwhile"
    )

    response = send(browser_of(author), waiting[0], "approval", htmx=htmx, revision=1)

    assert response.status_code == 409
    assert "Edited" in words_in(page_of(response))
    assert status_of(waiting[0]) == "pending"


@pytest.mark.parametrize("revision", ["", "x", "0", "-1", "99999999999999999999"])
def test_a_revision_that_never_was_is_an_old_one(browser_of, author, waiting, revision):
    response = browser_of(author).post(f"{REVIEW}/{waiting[0].id}/approval", {"revision": revision})

    assert response.status_code == 409
    assert status_of(waiting[0]) == "pending"


@BOTH_WAYS
def test_what_is_approved_already_is_a_conflict(browser_of, author, skill, htmx):
    golden = make_example(skill)

    response = send(browser_of(author), golden, "approval", htmx=htmx)

    assert response.status_code == 409
    assert "This example is approved" in words_in(page_of(response))


def test_one_that_was_deleted_meanwhile_is_not_there(browser_of, author, viewer, waiting):
    path = f"{REVIEW}/{waiting[0].id}/approval"
    change_preferences(viewer, training_data_consent=False)

    assert browser_of(author).post(path, {"revision": "1"}).status_code == 404


# ---- undoing ----


@BOTH_WAYS
def test_what_was_done_last_is_undone(browser_of, author, waiting, htmx):
    browser = browser_of(author)
    send(browser, waiting[0], "rejection")
    form = form_to(browser.page(REVIEW), "/undo")

    page, message = after_decision(browser, browser.post(form.action, form.fields, htmx=htmx), htmx=htmx)

    assert "Undone." in message
    assert status_of(waiting[0]) == "pending"
    assert waiting[0].comment is None
    assert reviewed(page) == f"Example {waiting[0].id}"
    assert form_to(page, "/undo") is None


@BOTH_WAYS
def test_undoing_twice_is_a_conflict_that_says_so(browser_of, author, waiting, htmx):
    browser = browser_of(author)
    send(browser, waiting[0], "rejection")
    form = form_to(browser.page(REVIEW), "/undo")
    browser.post(form.action, form.fields)

    response = browser.post(form.action, form.fields, htmx=htmx)

    assert response.status_code == 409
    assert "This is undone already." in words_in(page_of(response))


def test_undoing_says_how_many_somebody_changed_since(browser_of, author, waiting):
    browser = browser_of(author)
    browser.post(f"{REVIEW}/bulk", {"verb": "approve", "up_to": str(waiting[2].id)})
    form = form_to(browser.page(REVIEW), "/undo")
    look_anew()
    service.decide(author, example_id=waiting[0].id, revision=2, verb=Verb.REJECT, reason="Since")

    _, message = after_decision(browser, browser.post(form.action, form.fields), htmx=False)

    assert "2 as before. 1 changed or deleted since, not brought back." in message
    assert [status_of(one) for one in waiting] == ["rejected", "pending", "pending"]


def test_an_action_of_somebody_else_is_not_there(browser_of, author, admin, viewer, skill, waiting):
    done = service.decide(author, example_id=waiting[0].id, revision=1, verb=Verb.APPROVE)
    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)

    response = browser_of(viewer).post(f"{REVIEW}/undo", {"action_id": str(done.action_id)})

    assert response.status_code == 404
    assert status_of(waiting[0]) == "approved"


def test_an_action_on_another_skill_of_mine_is_not_undone_here(browser_of, author, waiting):
    elsewhere = capture(make_skill(author), make_user(), "Elsewhere")
    done = service.decide(author, example_id=elsewhere.id, revision=1, verb=Verb.APPROVE)

    response = browser_of(author).post(f"{REVIEW}/undo", {"action_id": str(done.action_id)})

    assert response.status_code == 404
    assert status_of(elsewhere) == "approved"


# ---- all that match ----


@pytest.mark.parametrize(("verb", "status"), [("approve", "approved"), ("reject", "rejected")])
@BOTH_WAYS
def test_all_that_match_are_decided_on(browser_of, author, skill, viewer, waiting, verb, status, htmx):
    other, browser = capture(skill, viewer, "Other words"), browser_of(author)
    form = form_to(browser.page(f"{REVIEW}?q=question"), "/bulk")
    assert form.fields["up_to"] == str(waiting[2].id)

    response = browser.post(form.action, {**form.fields, "verb": verb, "reason": "No questions"}, htmx=htmx)

    _, message = after_decision(browser, response, htmx=htmx)
    assert f"Of the queue {status}: 3." in message
    assert [status_of(one) for one in (*waiting, other)] == [status] * 3 + ["pending"]


def test_what_came_in_after_the_page_was_shown_stays(browser_of, author, skill, viewer, waiting):
    browser = browser_of(author)
    form = form_to(browser.page(REVIEW), "/bulk")
    new = capture(skill, viewer)

    browser.post(form.action, {**form.fields, "verb": "approve"})

    assert status_of(new) == "pending"
    assert {status_of(one) for one in waiting} == {"approved"}


@BOTH_WAYS
def test_rejecting_all_without_a_reason_is_said_beside_it(browser_of, author, waiting, htmx):
    fields = {"verb": "reject", "up_to": str(waiting[2].id), "reason": " ", "q": "question"}

    response = browser_of(author).post(f"{REVIEW}/bulk", fields, htmx=htmx)

    assert response.status_code == 422
    page = page_of(response)
    assert text_of(page, "bulk-reason-error") == "Write the reason: it is empty."
    assert any(one.tag == "details" and "open" in one.attrib for one in page.iter())
    assert form_to(page, "/bulk").fields["q"] == "question"
    assert {status_of(one) for one in waiting} == {"pending"}


def test_a_reason_that_is_too_long_is_kept_to_be_shortened(browser_of, author, waiting):
    reason = "x" * 2_001

    response = browser_of(author).post(f"{REVIEW}/bulk", {"verb": "reject", "up_to": "99999", "reason": reason})

    assert form_to(page_of(response), "/bulk").fields["reason"].strip() == reason


@pytest.mark.parametrize("up_to", ["", "0", "x", "-5"])
@BOTH_WAYS
def test_nothing_to_decide_on_is_a_conflict_that_says_so(browser_of, author, waiting, up_to, htmx):
    response = browser_of(author).post(f"{REVIEW}/bulk", {"verb": "approve", "up_to": up_to}, htmx=htmx)

    assert response.status_code == 409
    assert "Nothing in the queue matches any more." in words_in(page_of(response))


def test_a_number_beyond_all_numbers_is_no_fault(browser_of, author, waiting):
    response = browser_of(author).post(f"{REVIEW}/bulk", {"verb": "approve", "up_to": "9" * 20})

    assert response.status_code == 303
    assert {status_of(one) for one in waiting} == {"approved"}


@pytest.mark.parametrize("verb", ["", "correct", "delete", "Reject"])
def test_a_word_that_is_no_verb_approves_nothing(browser_of, author, waiting, verb):
    response = browser_of(author).post(f"{REVIEW}/bulk", {"verb": verb, "up_to": str(waiting[2].id)})

    assert response.status_code == 422
    assert {status_of(one) for one in waiting} == {"pending"}


@pytest.mark.parametrize("reason", ["x" * 2_001, "nul \x00"])
def test_approving_all_with_words_that_cannot_be_kept_keeps_none(browser_of, author, waiting, reason):
    fields = {"verb": "approve", "up_to": str(waiting[2].id), "reason": reason}

    response = browser_of(author).post(f"{REVIEW}/bulk", fields)

    assert response.status_code == 303
    look_anew()
    assert {(one.status, one.comment) for one in waiting} == {("approved", None)}


# ---- folding and asking ----


@BOTH_WAYS
def test_a_near_duplicate_is_folded(browser_of, author, alike, htmx):
    browser = browser_of(author)
    form = form_to(browser.page(f"{REVIEW}?example={alike[1].id}"), "/folding")

    _, message = after_decision(browser, browser.post(form.action, form.fields, htmx=htmx), htmx=htmx)

    assert f"Example {alike[1].id} is folded." in message
    assert status_of(alike[1]) == "rejected"
    assert alike[1].comment == f"Folded into example {alike[0].id}."


@pytest.mark.parametrize(("into", "revision", "status"), [("0", "1", 422), ("x", "1", 422), (None, "7", 409)])
@BOTH_WAYS
def test_what_cannot_be_folded_is_said(browser_of, author, alike, into, revision, status, htmx):
    fields = {"into": into or str(alike[0].id), "revision": revision}

    response = browser_of(author).post(f"{REVIEW}/{alike[1].id}/folding", fields, htmx=htmx)

    assert response.status_code == status
    page = page_of(response)
    assert reviewed(page) == f"Example {alike[1].id}"
    assert [one for one in page.iter() if one.get("role") == "alert"]
    assert status_of(alike[1]) == "pending"


@BOTH_WAYS
def test_somebody_is_asked_and_the_example_stays(browser_of, author, viewer, skill, htmx):
    example, browser = capture(skill, make_user()), browser_of(author)

    response = browser.post(f"{REVIEW}/{example.id}/opinions", {"email": viewer.email}, htmx=htmx)

    page, message = after_decision(browser, response, htmx=htmx)
    assert "Asked." in message
    assert reviewed(page) == f"Example {example.id}"
    assert "Vera Viewer: asked, no answer yet" in words_in(page)


@pytest.mark.parametrize(
    ("email", "status", "sentence"),
    [
        ("nobody@example.com", 422, "Nobody who can sign in"),
        ("", 422, "Nobody who can sign in"),
        ("author", 422, "Ask somebody else"),
        ("asked", 409, "was asked about this example already"),
    ],
)
@BOTH_WAYS
def test_whom_one_cannot_ask_is_said_beside_the_field(browser_of, author, waiting, email, status, sentence, htmx):
    asked = make_user()
    ask_for_opinion(author, example_id=waiting[0].id, email=asked.email)
    address = {"author": author.email, "asked": asked.email}.get(email, email)

    response = browser_of(author).post(f"{REVIEW}/{waiting[0].id}/opinions", {"email": address}, htmx=htmx)

    assert response.status_code == status
    page = page_of(response)
    assert sentence in text_of(page, "ask-email-error")
    assert form_to(page, "/opinions").fields["email"] == address


# ---- open pages ----


def poll_of(page):
    live = find(page, "review-live")
    return live.get("hx-get"), {"HX-PTag": live.get("hx-ptag")}


def test_an_open_review_is_told_of_what_comes_in(browser_of, author, skill, viewer, waiting):
    browser = browser_of(author)
    address, headers = poll_of(browser.page(REVIEW))
    assert browser.get(address, htmx=True, headers=headers).status_code == 304

    new = capture(skill, viewer, "Just captured")
    response = browser.get(address, htmx=True, headers=headers)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert "Just captured" in words_in(partials["#review-queue"])
    assert f"queued-{new.id}" in response.text
    assert words_in(partials["#review-waiting"]) == "4"
    assert "#review" not in partials
    headers = {"HX-PTag": response.headers["HX-PTag"]}
    assert browser.get(address, htmx=True, headers=headers).status_code == 304


def test_what_is_polled_keeps_the_search(browser_of, author, skill, viewer, waiting):
    browser = browser_of(author)
    address, headers = poll_of(browser.page(f"{REVIEW}?q=second"))
    capture(skill, viewer, "Another second one")
    capture(skill, viewer, "Something else")

    queue = words_in(partials_in(browser.get(address, htmx=True, headers=headers).text)["#review-queue"])

    assert "Second question" in queue
    assert "Another second one" in queue
    assert "Something else" not in queue


@pytest.mark.parametrize("query", ["example={}", "after={}"])
def test_the_one_that_is_looked_at_stays_marked_in_the_queue(browser_of, author, skill, viewer, waiting, query):
    looked_at = waiting[1]
    named = looked_at if query.startswith("example") else waiting[0]
    browser = browser_of(author)
    page = browser.page(f"{REVIEW}?{query.format(named.id)}")
    assert current(page) == [str(looked_at.id)]
    address, headers = poll_of(page)
    capture(skill, viewer)

    response = browser.get(address, htmx=True, headers=headers)

    queue = partials_in(response.text)["#review-queue"]
    marked = [link.get("href") for link in queue.iter("a") if link.get("aria-current")]
    assert marked == [f"{REVIEW}?example={looked_at.id}"]


def test_an_open_review_of_somebody_signed_out_says_so(browser_of, author, skill, viewer, waiting):
    address, headers = poll_of(browser_of(author).page(REVIEW))
    capture(skill, viewer)

    response = browser_of().get(address, htmx=True, headers=headers)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert set(partials) == {"#live-status"}
    assert "You are signed out" in words_in(partials["#live-status"])


@pytest.mark.parametrize("who", ["viewer", None])
def test_nobody_else_polls_what_is_not_theirs_to_see(request, browser_of, waiting, who):
    browser = browser_of(request.getfixturevalue(who) if who else None)

    response = browser.get(f"{REVIEW}/live", htmx=True)

    assert response.status_code in (302, 401, 403)
    assert "question" not in response.text


# ---- the way there ----


def test_the_tab_says_how_many_wait_to_those_who_see_them(browser_of, author, admin, viewer, waiting):
    for user in (author, admin):
        page = browser_of(user).page(TAB)
        assert [words_in(link) for link in page.iter("a") if link.get("href") == REVIEW] == ["Review 3 waiting"]
    for user in (viewer, None):
        assert REVIEW not in [link.get("href") for link in browser_of(user).page(TAB).iter("a")]


def test_the_notification_of_an_opinion_leads_to_the_example(browser_of, author, waiting):
    somebody = make_user("Sam Second")
    opinion = ask_for_opinion(author, example_id=waiting[1].id, email=somebody.email)
    give_opinion(somebody, opinion_id=opinion.id, verdict="approve")
    browser = browser_of(author)
    page = browser.page("/notifications")
    assert "Sam Second gave the second opinion you asked for" in words_in(page)
    [newest, *_] = [form.action for form in forms_in(page) if form.action.count("/") == 3]

    response = browser.post(newest, {"open": "y"})

    assert (response.status_code, response.location) == (303, f"{REVIEW}?example={waiting[1].id}")


# ---- what it costs ----


def test_a_review_costs_the_same_however_many_wait(browser_of, author, skill, viewer, statements):
    browser = browser_of(author)
    for text in ("Waits twice", "Waits, twice!"):  # near-duplicates, which are looked up however few there are
        make_example(skill, text, user=viewer, source="usage_capture", status="pending")
    costs = []
    for more in (10, 30):
        for number in range(more):
            make_example(skill, f"Waits {more} {number}", user=viewer, source="usage_capture", status="pending")
        for path in (REVIEW, f"{REVIEW}?q=waits"):
            statements.clear()
            assert browser.get(path).status_code == 200
            costs.append(len(statements))

    assert costs[:2] == costs[2:]


@pytest.mark.slow
def test_a_review_costs_with_hundreds_what_it_costs_with_ten(browser_of, author, skill, viewer, statements):
    browser = browser_of(author)
    for text in ("Waits twice", "Waits, twice!"):  # near-duplicates, which are looked up however few there are
        make_example(skill, text, user=viewer, source="usage_capture", status="pending")
    costs = []
    for more in (10, 190):
        for number in range(more):
            make_example(skill, f"Waits {more} {number}", user=viewer, source="usage_capture", status="pending")
        example = get_queue(skill.id, EVERYTHING).current
        fields = {"revision": str(example.revision), "csrf_token": browser.csrf_token()}
        for call in (
            lambda: browser.get(REVIEW),
            lambda: browser.get(f"{REVIEW}?q=waits"),
            lambda example=example, fields=fields: browser.post(f"{REVIEW}/{example.id}/approval", fields, htmx=True),
        ):
            statements.clear()
            assert call().status_code == 200
            costs.append(len(statements))

    assert costs[:3] == costs[3:]

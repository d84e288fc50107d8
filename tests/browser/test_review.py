"""Reviewing as people live it: by keyboard alone, by buttons without JavaScript, and beside others who review too."""

import pytest
from playwright.sync_api import Page, expect

from app.domain.reviews import Verb
from app.extensions import db
from app.models import Skill, TrainingExample, User
from app.services.opinions import ask_for_opinion, get_opinions_on
from app.services.reviews import decide
from app.services.users import find_user_by_email
from tests.browser.test_accessibility import complaints
from tests.support.factories import capture

pytestmark = pytest.mark.browser

LONG = " ".join(f"word{number}" for number in range(60))


class Review:
    """The review of the stage's skill: examples that wait, and what became of them."""

    def __init__(self, stage) -> None:
        self.stage = stage
        self.path = f"{stage.tab}/review"

    def waits(self, example_input: str, example_output: str = "An answer") -> int:
        return self.stage.add(example_input, example_output, source="usage_capture", status="pending")

    def capture(self, example_input: str) -> int:
        """Let the viewer use the skill, with their consent and the site's."""
        with self.stage.site.app.app_context():
            viewer = find_user_by_email(self.stage.viewer)
            return capture(db.session.get(Skill, self.stage.skill_id), viewer, example_input).id

    def reject(self, example_id: int, reason: str = "Decided elsewhere", revision: int = 1) -> None:
        with self.stage.site.app.app_context():
            author = db.session.get(User, self.stage.author_id)
            decide(author, example_id=example_id, revision=revision, verb=Verb.REJECT, reason=reason)

    def ask(self, example_id: int, email: str) -> int:
        with self.stage.site.app.app_context():
            author = db.session.get(User, self.stage.author_id)
            return ask_for_opinion(author, example_id=example_id, email=email).id

    def verdicts(self, example_id: int) -> list[str | None]:
        with self.stage.site.app.app_context():
            return [row.opinion.verdict for row in get_opinions_on(example_id)]

    def stored(self, example_id: int, *names: str) -> tuple[object, ...]:
        with self.stage.site.app.app_context():
            example = db.session.get(TrainingExample, example_id)
            return tuple(getattr(example, name) for name in names)

    def status(self, example_id: int) -> object:
        return self.stored(example_id, "status")[0]


@pytest.fixture
def review(stage) -> Review:
    return Review(stage)


@pytest.fixture
def three(review) -> list[int]:
    return [review.waits(f"{word} question") for word in ("First", "Second", "Third")]


def expect_shown(page: Page, example_id: int) -> None:
    expect(page.locator("#reviewed-heading")).to_have_text(f"Example {example_id}")


def expect_at(page: Page, example_id: int) -> None:
    """It is shown, and one is there by keyboard: until then a key still belongs to what was typed in before."""
    expect_shown(page, example_id)
    expect(page.locator("#reviewed-heading")).to_be_focused()


def expect_said(page: Page, sentence: str) -> None:
    expect(page.locator("#messages")).to_contain_text(sentence)


# ---- by keyboard alone ----


def test_one_after_the_other_is_approved_with_one_key(review, author, three):
    author.goto(review.path)
    for example_id in three:
        expect_shown(author, example_id)
        author.keyboard.press("a")
        expect_said(author, f"Example {example_id} is approved.")

    expect(author.get_by_text("Nothing waits for review.")).to_be_visible()
    expect(author.locator("#review-waiting")).to_have_text("0")
    assert [review.status(one) for one in three] == ["approved"] * 3


@pytest.mark.parametrize(("key", "score"), [("1", 1), ("7", 7), ("0", 10)])
def test_a_digit_scores_what_is_then_approved(review, author, three, key, score):
    author.goto(review.path)

    author.keyboard.press(key)
    expect(author.get_by_role("radio", name=str(score), exact=True)).to_be_checked()
    assert review.status(three[0]) == "pending"
    author.keyboard.press("a")

    expect_shown(author, three[1])
    assert review.stored(three[0], "status", "quality_score") == ("approved", score)
    expect(author.get_by_role("radio", checked=True)).to_have_count(0)


def test_e_leads_to_the_corrected_output_which_ctrl_enter_sends(review, author, three):
    author.goto(review.path)

    author.keyboard.press("e")
    expect(author.locator("#expected_output")).to_be_focused()
    author.keyboard.press("Control+a")
    author.keyboard.type("A better answer, as eras are urs")
    author.keyboard.press("Control+Enter")

    expect_said(author, f"Example {three[0]} is corrected and approved.")
    expect_shown(author, three[1])
    assert review.stored(three[0], "status", "expected_output", "example_output") == (
        "approved",
        "A better answer, as eras are urs",
        "An answer",
    )


def test_r_leads_to_the_reason_which_ctrl_enter_sends(review, author, three):
    author.goto(review.path)

    author.keyboard.press("r")
    expect(author.locator("#reason")).to_be_focused()
    author.keyboard.type("Rather sure: useless")
    author.keyboard.press("Control+Enter")

    expect_said(author, f"Example {three[0]} is rejected.")
    expect_shown(author, three[1])
    assert review.stored(three[0], "status", "comment", "expected_output") == ("rejected", "Rather sure: useless", None)


def test_a_rejection_without_a_reason_leads_back_to_it(review, author, three):
    author.goto(review.path)

    author.keyboard.press("r")
    author.keyboard.press("Control+Enter")

    expect(author.locator("#reason-error")).to_have_text("Write the reason: it is empty.")
    expect(author.locator("#reason")).to_be_focused()
    author.keyboard.type("Now there is one")
    author.wait_for_timeout(600)  # pressed twice within half a second it sends once
    author.keyboard.press("Control+Enter")
    expect_shown(author, three[1])
    assert review.stored(three[0], "status", "comment") == ("rejected", "Now there is one")


def test_s_skips_and_u_takes_back(review, author, three):
    author.goto(review.path)

    author.keyboard.press("s")
    expect_shown(author, three[1])
    author.keyboard.press("a")
    expect_shown(author, three[2])
    author.keyboard.press("u")

    expect_said(author, "Undone.")
    expect_shown(author, three[0])
    assert [review.status(one) for one in three] == ["pending"] * 3


def test_a_question_mark_opens_and_closes_the_help(review, author, three):
    author.goto(review.path)
    help_ = author.locator("[data-review-help]")
    expect(help_.get_by_text("go to the reason")).to_be_hidden()

    author.keyboard.press("?")
    expect(help_.get_by_text("go to the reason")).to_be_visible()
    author.keyboard.press("?")

    expect(help_.get_by_text("go to the reason")).to_be_hidden()


@pytest.mark.parametrize("key", ["e", "r"])
def test_what_is_typed_is_text_until_escape(review, author, three, key):
    author.goto(review.path)
    typed = "aerus 1234567890 ? asure"

    author.keyboard.press(key)
    author.keyboard.press("Control+a")
    author.keyboard.type(typed)
    field = author.locator("#expected_output" if key == "e" else "#reason")
    expect(field).to_have_value(typed)
    expect_shown(author, three[0])
    expect(author.get_by_role("radio", checked=True)).to_have_count(0)
    assert [review.status(one) for one in three] == ["pending"] * 3

    author.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    expect(field).to_have_value(typed)
    author.keyboard.press("a")
    expect_shown(author, three[1])
    assert review.stored(three[0], "status", "expected_output", "comment") == ("approved", None, None)


def test_letters_in_the_search_and_the_address_decide_nothing(review, author, three):
    author.goto(review.path)

    for field in ("#review-q", "#ask-email"):
        author.locator(field).press_sequentially("asure 7 ?")
        expect(author.locator(field)).to_have_value("asure 7 ?")

    expect_shown(author, three[0])
    assert [review.status(one) for one in three] == ["pending"] * 3


def test_keys_with_others_held_down_are_the_browsers(review, author, three):
    author.goto(review.path)

    for chord in ("Alt+a", "Control+s", "Control+u", "Meta+a"):
        author.keyboard.press(chord)

    expect_shown(author, three[0])
    assert [review.status(one) for one in three] == ["pending"] * 3


def test_ctrl_enter_in_the_reason_for_rejecting_all_approves_nothing(review, author, three):
    author.goto(review.path)
    author.get_by_text("All 3 that wait").click()

    author.locator("#bulk-reason").press_sequentially("None of them")
    author.keyboard.press("Control+Enter")
    author.wait_for_timeout(500)

    assert "approved" not in [review.status(one) for one in three]


def test_a_whole_review_without_a_mouse(review, author):
    approved, corrected, rejected, scored, skipped = (review.waits(f"Question {number}") for number in range(5))
    author.goto(review.path)
    press = author.keyboard.press

    expect_shown(author, approved)
    press("8")
    press("a")
    expect_at(author, corrected)
    press("e")
    author.keyboard.type("More: ")
    press("Control+Enter")
    expect_at(author, rejected)
    press("r")
    author.keyboard.type("No")
    author.wait_for_timeout(500)
    press("Control+Enter")
    expect_at(author, scored)
    press("3")
    press("a")
    expect_at(author, skipped)
    press("u")
    expect_said(author, "Undone.")

    assert [review.status(one) for one in (approved, corrected, rejected, scored, skipped)] == [
        "approved",
        "approved",
        "rejected",
        "pending",
        "pending",
    ]
    assert "More: " in str(review.stored(corrected, "expected_output")[0])


# ---- by buttons ----


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_everything_is_done_by_buttons_as_well(windows, review, java_script):
    first, second, third, fourth, fifth = (review.waits(f"Question {number}") for number in range(5))
    page = windows.open(review.stage.site, review.path, user=review.stage.author, java_script_enabled=java_script)

    expect_shown(page, first)
    page.get_by_label("9", exact=True).check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect_said(page, f"Example {first} is approved.")
    expect_shown(page, second)
    page.get_by_label("Corrected output").fill("Better")
    page.get_by_role("button", name="Correct and approve").click()
    expect_said(page, f"Example {second} is corrected and approved.")
    expect_shown(page, third)
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.locator("#reason-error")).to_be_visible()
    page.get_by_label("Reason for rejecting", exact=True).fill("Useless")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect_said(page, f"Example {third} is rejected.")
    expect_shown(page, fourth)
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Save score").click()
    expect_said(page, f"Example {fourth} is scored.")
    expect_shown(page, fourth)
    page.get_by_role("link", name="Skip", exact=True).click()
    expect_shown(page, fifth)
    page.get_by_label("E-mail address").fill(review.stage.viewer)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Vera Viewer: asked, no answer yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect_said(page, "Undone.")

    assert review.stored(first, "status", "quality_score") == ("approved", 9)
    assert review.stored(second, "status", "expected_output") == ("approved", "Better")
    assert review.stored(third, "status", "comment") == ("rejected", "Useless")
    assert review.stored(fourth, "status", "quality_score") == ("pending", None)
    assert review.status(fifth) == "pending"


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_all_that_match_a_search_are_rejected_and_brought_back(windows, review, java_script):
    red = [review.waits(f"Red {number}") for number in range(2)]
    blue = review.waits("Blue")
    page = windows.open(review.stage.site, review.path, user=review.stage.author, java_script_enabled=java_script)

    page.get_by_label("Search in the text").fill("red")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#review-queue > li")).to_have_count(2)
    page.get_by_text("All 2 that match").click()
    page.get_by_label("Reason for rejecting them").fill("Not red")
    page.get_by_role("button", name="Reject all of them").click()
    expect(page.get_by_text("Nothing that waits has these words.")).to_be_visible()
    assert [review.status(one) for one in (*red, blue)] == ["rejected", "rejected", "pending"]
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#review-queue > li")).to_have_count(2)
    assert [review.status(one) for one in (*red, blue)] == ["pending"] * 3


def test_near_duplicates_are_folded_by_a_button(windows, review):
    stays, folded = review.waits(f"Question {LONG}"), review.waits(f"Question {LONG} end")
    page = windows.open(review.stage.site, f"{review.path}?example={folded}", user=review.stage.author)

    page.get_by_role("button", name=f"Fold into #{stays}").click()

    expect_said(page, f"Example {folded} is folded.")
    assert review.stored(folded, "status", "comment") == ("rejected", f"Folded into example {stays}.")


def test_an_opinion_is_asked_for_given_and_seen(windows, review, author):
    example_id = review.waits("What is this?")
    author.goto(review.path)
    author.get_by_label("E-mail address").fill(review.stage.viewer)
    author.get_by_role("button", name="Ask").click()
    expect(author.get_by_text("Vera Viewer: asked, no answer yet")).to_be_visible()

    viewer = windows.open(review.stage.site, "/notifications", user=review.stage.viewer, java_script_enabled=False)
    viewer.get_by_role("button", name="Ada Author asks what you think", exact=False).first.click()
    expect(viewer.get_by_role("heading", name="What do you think?")).to_be_visible()
    viewer.get_by_role("button", name="Give my opinion").click()
    expect(viewer.get_by_text("Choose one: approve or reject.")).to_be_visible()
    viewer.get_by_label("I would reject it").check()
    viewer.get_by_label("Why").fill("It is no question")
    viewer.get_by_role("button", name="Give my opinion").click()
    expect_said(viewer, "your opinion is given")

    author.goto(f"{review.path}?example={example_id}")
    expect(author.get_by_text("Vera Viewer: reject: It is no question")).to_be_visible()
    assert review.verdicts(example_id) == ["reject"]


# ---- beside others ----


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_a_second_window_is_told_and_keeps_what_was_typed(windows, review, three, java_script):
    first = windows.open(review.stage.site, review.path, user=review.stage.author)
    second = windows.open(review.stage.site, review.path, user=review.stage.author, java_script_enabled=java_script)
    second.get_by_label("Corrected output").fill("Typed in the second window")
    second.get_by_label("6", exact=True).check()

    first.keyboard.press("a")
    expect_shown(first, three[1])
    second.get_by_role("button", name="Correct and approve").click()

    expect(second.get_by_role("alert")).to_contain_text("Somebody decided on this example")
    expect_shown(second, three[0])
    expect(second.get_by_label("Corrected output")).to_have_value("Typed in the second window")
    expect(second.get_by_label("6", exact=True)).to_be_checked()
    assert review.stored(three[0], "status", "expected_output") == ("approved", None)

    second.get_by_role("button", name="Correct and approve").click()
    expect_said(second, f"Example {three[0]} is corrected and approved.")
    assert review.stored(three[0], "expected_output", "quality_score") == ("Typed in the second window", 6)


def test_what_is_captured_appears_in_an_open_queue_by_itself(review, author):
    author.goto(review.path)
    expect(author.get_by_text("Nothing waits for review.")).to_be_visible()

    example_id = review.capture("Asked just now")

    expect(author.locator(f"#queued-{example_id}")).to_contain_text("Asked just now", timeout=5_000)
    expect(author.locator("#review-waiting")).to_have_text("1")
    author.locator(f"#queued-{example_id} a").click()
    expect_shown(author, example_id)
    author.keyboard.press("a")
    expect_said(author, f"Example {example_id} is approved.")


def test_what_comes_in_disturbs_nobody_who_types(review, author, three):
    author.goto(review.path)
    author.keyboard.press("e")
    author.keyboard.press("Control+a")
    author.keyboard.type("Half a sen")

    new = review.capture("Asked meanwhile")
    expect(author.locator(f"#queued-{new}")).to_be_visible()
    author.keyboard.type("tence")

    expect(author.locator("#expected_output")).to_have_value("Half a sentence")
    expect(author.locator("#expected_output")).to_be_focused()
    expect_shown(author, three[0])


def test_the_one_that_is_looked_at_stays_marked_when_others_come_in(review, author, three):
    author.goto(review.path)
    author.keyboard.press("s")
    expect_shown(author, three[1])
    marked = author.locator("#review-queue a[aria-current]")
    expect(marked).to_contain_text("Second question")

    new = review.capture("Asked meanwhile")
    expect(author.locator(f"#queued-{new}")).to_be_visible()

    expect(marked).to_contain_text("Second question")


def test_keys_still_work_after_many_came_in(review, author, three):
    author.goto(review.path)
    new = [review.capture(f"Asked meanwhile {number}") for number in range(3)]
    expect(author.locator(f"#queued-{new[-1]}")).to_be_visible()

    author.keyboard.press("a")

    expect_shown(author, three[1])
    assert review.status(three[0]) == "approved"


def test_an_administrator_looks_on_and_keys_do_nothing(windows, review, three):
    page = windows.open(review.stage.site, review.path, user=review.stage.admin)
    expect_shown(page, three[0])

    for key in "aersu17":
        page.keyboard.press(key)
    page.wait_for_timeout(300)

    expect_shown(page, three[0])
    assert [review.status(one) for one in three] == ["pending"] * 3


# ---- how it looks ----


def test_a_review_has_nothing_to_complain_of(author, review):
    approved = review.waits(f"Approved {LONG}", "x" * 500)
    waits = review.waits(f"Approved {LONG} end", "\t" * 40 + "https://example.com/" + "y" * 500)
    captured = review.capture("Captured of usage\n" * 30)
    review.ask(captured, review.stage.admin)
    author.goto(review.path)
    found = complaints(author, "the review")

    author.keyboard.press("?")
    author.get_by_text("All 3 that wait").click()
    author.get_by_role("button", name="Reject all of them").click()
    expect(author.locator("#bulk-reason-error")).to_be_visible()
    found += complaints(author, "the review with its help and a fault")

    author.goto(f"{review.path}?example={captured}")
    expect(author.get_by_text("asked, no answer yet")).to_be_visible()
    found += complaints(author, "a captured example with its origin")

    author.goto(review.path)
    review.reject(approved)
    author.keyboard.press("a")
    expect(author.get_by_role("alert")).to_be_visible()
    found += complaints(author, "a decision that came too late")

    author.goto(f"{review.path}?example={waits}")
    author.keyboard.press("r")
    author.keyboard.press("Control+Enter")
    expect(author.locator("#reason-error")).to_be_visible()
    found += complaints(author, "a rejection without a reason")

    assert found == []


def test_an_empty_review_has_nothing_to_complain_of(windows, author, review):
    author.goto(review.path)
    found = complaints(author, "an empty review")
    author.goto(f"{review.path}?q=nowhere")
    found += complaints(author, "a search that finds nothing")
    review.waits("Question")
    admin = windows.open(review.stage.site, review.path, user=review.stage.admin)

    assert found + complaints(admin, "an administrator's review") == []


def test_opinions_have_nothing_to_complain_of(windows, review):
    asked = [
        review.ask(review.waits(f"Question {number} {LONG}", "y" * 500), review.stage.viewer) for number in range(2)
    ]
    viewer = windows.open(review.stage.site, "/opinions", user=review.stage.viewer)
    found = complaints(viewer, "what I was asked")
    viewer.goto(f"/opinions/{asked[0]}")
    found += complaints(viewer, "one of them")
    viewer.get_by_role("button", name="Give my opinion").click()
    expect(viewer.locator("#verdict-error")).to_be_visible()
    found += complaints(viewer, "no opinion")
    viewer.get_by_label("I would approve it").check()
    viewer.get_by_role("button", name="Give my opinion").click()
    expect_said(viewer, "your opinion is given")
    viewer.goto(f"/opinions/{asked[0]}")
    expect(viewer.get_by_text("you would approve it")).to_be_visible()

    assert found + complaints(viewer, "an answer") == []

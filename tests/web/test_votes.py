"""Voting on a skill: `POST /skills/<slug>/vote` and `.../vote/withdrawal`, and what the skill's page shows of votes."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.models import Vote
from app.services import clock
from app.services.transactions import reading
from app.services.votes import cast_vote
from tests.support.factories import make_user
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in
from tests.support.tables import last_audit_record

PAGE = "/skills/a-skill"
VOTE = f"{PAGE}/vote"
WITHDRAWAL = f"{VOTE}/withdrawal"
GOOD = {"vote_type": "thumbs_up", "comment": "It saves me time."}
SVG = "{http://www.w3.org/2000/svg}"
SHOWN = ("skill-sentiment", "sentiment-all-time", "sentiment-recent")
TOKEN = "ghp" + "_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb7d"
BOTH = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])


def stored() -> list[tuple[str, str | None]]:
    votes = reading().scalars(select(Vote).order_by(Vote.id))
    return [(vote.feedback_type, vote.comment) for vote in votes]


def vote_form(page):
    [form] = [form for form in forms_in(page) if form.action == VOTE]
    return form


def focused(page) -> list[str]:
    return [element.get("id") or words_in(element) for element in page.iter() if "autofocus" in element.attrib]


def shown(page) -> list[str]:
    return [text_of(page, id) for id in SHOWN]


def test_without_htmx_the_page_is_shown_again_with_the_vote_in_it(browser_of, viewer, skill):
    browser = browser_of(viewer)

    response = browser.post(VOTE, GOOD)

    assert (response.status_code, response.location) == (303, f"{PAGE}#votes")
    assert stored() == [("thumbs_up", "It saves me time.")]
    page = browser.page(PAGE)
    assert shown(page) == ["100 % positive of 1 vote"] * 3
    assert {name: vote_form(page).fields[name] for name in GOOD} == GOOD
    assert "Your vote is saved." in text_of(page, "messages")
    assert "You voted thumbs up on" in text_of(page, "votes")
    assert focused(page) == []


def test_with_htmx_the_panel_the_heads_numbers_and_the_message_come_in_one_answer(browser_of, viewer, skill):
    cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_down")

    response = browser_of(viewer).post(VOTE, GOOD, htmx=True)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert partials.keys() == {"#votes", "#skill-sentiment", "#messages"}
    assert words_in(partials["#skill-sentiment"]) == "50 % positive of 2 votes"
    assert text_of(partials["#votes"], "sentiment-all-time") == "50 % positive of 2 votes"
    assert {name: vote_form(partials["#votes"]).fields[name] for name in GOOD} == GOOD
    assert focused(partials["#votes"]) == ["Change my vote"]
    assert words_in(partials["#messages"]) == "Your vote is saved."


@BOTH
def test_a_vote_is_changed_and_stays_one(browser_of, viewer, skill, htmx):
    browser = browser_of(viewer)
    browser.post(VOTE, GOOD)

    browser.post(VOTE, {"vote_type": "thumbs_down", "comment": ""}, htmx=htmx)

    assert stored() == [("thumbs_down", None)]
    page = browser.page(PAGE)
    assert shown(page) == ["0 % positive of 1 vote"] * 3
    assert vote_form(page).fields["vote_type"] == "thumbs_down"


@BOTH
def test_a_vote_is_withdrawn_and_the_form_is_empty_again(browser_of, viewer, skill, htmx):
    browser = browser_of(viewer)
    browser.post(VOTE, GOOD)

    response = browser.post(WITHDRAWAL, htmx=htmx)

    assert stored() == []
    if htmx:
        partials = partials_in(response.text)
        assert words_in(partials["#skill-sentiment"]) == "no votes"
        assert focused(partials["#votes"]) == ["vote_type-thumbs_up"]
        assert words_in(partials["#messages"]) == "Your vote is withdrawn."
    else:
        assert (response.status_code, response.location) == (303, f"{PAGE}#votes")
    page = browser.page(PAGE)
    assert shown(page) == ["no votes"] * 3
    assert "vote_type" not in vote_form(page).fields
    assert vote_form(page).fields["comment"] == ""
    assert WITHDRAWAL not in [form.action for form in forms_in(page)]


BAD = [
    ({"vote_type": ""}, "vote_type", "Choose thumbs up or thumbs down.", "vote_type-thumbs_up"),
    ({"vote_type": "suggestion"}, "vote_type", "Choose thumbs up or thumbs down.", "vote_type-thumbs_up"),
    ({"comment": "x" * 2_001}, "vote_comment", "Shorten the comment: it has 2,001 characters", "vote_comment"),
    ({"comment": "a\x00b"}, "vote_comment", "Remove the NUL character", "vote_comment"),
]


@BOTH
@pytest.mark.parametrize(("change", "field", "sentence", "focus"), BAD, ids=lambda value: str(value)[:30])
def test_bad_input_is_kept_with_what_is_wrong_beside_it(
    browser_of, viewer, skill, htmx, change, field, sentence, focus
):
    response = browser_of(viewer).post(VOTE, {**GOOD, **change}, htmx=htmx)

    assert response.status_code == 422
    assert stored() == []
    page = parse(response.text if not htmx else f"<!doctype html><title>x</title><body>{response.text}")
    assert sentence in text_of(page, f"{field}-error")
    assert focused(page) == [focus]
    kept = vote_form(page).fields["comment"]
    assert kept == {**GOOD, **change}["comment"].replace("\x00", "\ufffd")


def test_no_field_at_all_is_bad_input_not_a_fault(browser_of, viewer, skill):
    assert browser_of(viewer).post(VOTE, {}).status_code == 422


@BOTH
def test_a_vote_that_is_gone_cannot_be_withdrawn(browser_of, viewer, skill, htmx):
    cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_up")

    response = browser_of(viewer).post(WITHDRAWAL, htmx=htmx)

    assert response.status_code == 409
    assert "You have no vote on this skill to withdraw." in response.text
    assert "100 % positive of 1 vote" in response.text
    assert len(stored()) == 1


@BOTH
@pytest.mark.parametrize("path", [VOTE, WITHDRAWAL])
def test_the_author_is_refused(browser_of, author, skill, htmx, path):
    response = browser_of(author).post(path, GOOD, htmx=htmx)

    assert response.status_code == 403
    assert "The author cannot vote on their own skill." in response.text
    assert stored() == []


def test_the_author_sees_why_there_is_no_form(browser_of, author, skill):
    page = browser_of(author).page(PAGE)

    assert "the author cannot vote on their own skill" in text_of(page, "votes")
    assert VOTE not in [form.action for form in forms_in(page)]


def test_somebody_signed_out_sees_how_to_sign_in_and_back(browser_of, skill):
    page = browser_of().page(PAGE)

    assert "Sign in to vote" in words_in(find(page, "votes"))
    [link] = find(page, "votes").iter("a")
    assert link.get("href") == f"/login?next={PAGE}"
    assert VOTE not in [form.action for form in forms_in(page)]


def test_signed_out_meanwhile_keeps_what_was_chosen_and_typed(browser_of, viewer, skill):
    response = browser_of().post(VOTE, GOOD)

    assert response.status_code == 401
    assert f'href="/login?next={PAGE}"' in response.text
    kept = vote_form(parse(response.text)).fields
    assert {name: kept[name] for name in GOOD} == GOOD
    sent_again = browser_of(viewer).post(VOTE, {name: kept[name] for name in GOOD})
    assert sent_again.status_code == 303
    assert len(stored()) == 1


def test_signed_out_meanwhile_with_htmx_leaves_the_form_alone(browser_of, skill):
    response = browser_of().post(VOTE, GOOD, htmx=True)

    assert response.status_code == 401
    assert partials_in(response.text).keys() == {"#messages"}
    assert stored() == []


@pytest.mark.parametrize("path", [VOTE, WITHDRAWAL])
def test_a_skill_that_is_not_there_is_not_found(browser_of, viewer, path):
    assert browser_of(viewer).post(path, GOOD).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", [VOTE, WITHDRAWAL])
def test_other_methods_are_not_answered(browser_of, viewer, skill, path, method):
    assert browser_of(viewer).ask(method, path, GOOD).status_code == 405


@pytest.mark.parametrize(("who", "is_shown"), [("author", True), ("admin", True), ("viewer", False), (None, False)])
def test_comments_are_for_the_author_and_administrators(request, browser_of, skill, who, is_shown):
    otto = make_user("Otto Other")
    cast_vote(otto, skill_id=skill.id, vote_type="thumbs_down", comment=f"Too long, and {TOKEN}")

    page = browser_of(request.getfixturevalue(who) if who else None).page(PAGE)

    assert ("Otto Other" in text_of(page, "votes")) is is_shown
    assert ("Too long" in words_in(page)) is is_shown
    if is_shown:
        assert "thumbs down Otto Other" in words_in(find(page, "vote-comments"))
        assert [words_in(mark) for mark in page.iter("mark")] == ["[GITHUB_TOKEN_1]"]
    assert TOKEN not in "".join(page.itertext())


def test_voters_do_not_read_each_others_comments_in_the_answer_either(browser_of, viewer, skill):
    cast_vote(make_user("Otto Other"), skill_id=skill.id, vote_type="thumbs_down", comment="Of another")

    response = browser_of(viewer).post(VOTE, GOOD, htmx=True)

    assert "Of another" not in response.text
    assert "Otto Other" not in response.text


def test_the_newest_20_comments_are_shown(browser_of, author, skill):
    for number in range(21):
        cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_up", comment=f"Comment {number}.")

    comments = list(find(browser_of(author).page(PAGE), "vote-comments").iter("p"))

    assert [words_in(comment) for comment in comments] == [f"Comment {number}." for number in range(20, 0, -1)]


def test_the_chart_and_its_table_show_the_votes_by_week(browser_of, skill):
    for days_ago, vote_types in {0: ["thumbs_up"] * 2 + ["thumbs_down"], 70: ["thumbs_up"]}.items():
        with time_machine.travel(clock.now() - timedelta(days=days_ago)):
            for vote_type in vote_types:
                cast_vote(make_user(), skill_id=skill.id, vote_type=vote_type)

    panel = find(browser_of().page(PAGE), "votes")

    [chart] = panel.iter(f"{SVG}svg")
    assert [bar.get("class") for bar in chart.iter(f"{SVG}rect")] == ["up", "up", "down"]
    rows = [[words_in(cell) for cell in row] for row in panel.iter("tr")]
    assert (len(rows), rows[0], rows[1][1:], rows[11][1:], rows[2][1:]) == (
        27,
        ["Week of", "Up", "Down"],
        ["2", "1"],
        ["1", "0"],
        ["0", "0"],
    )
    assert [text_of(panel, id) for id in SHOWN[1:]] == ["75 % positive of 4 votes", "67 % positive of 3 votes"]


def test_without_recent_votes_there_is_a_sentence_in_place_of_the_chart(browser_of, skill):
    panel = find(browser_of().page(PAGE), "votes")
    assert (list(panel.iter(f"{SVG}svg")), "Nobody voted" in words_in(panel)) == ([], False)

    with time_machine.travel(clock.now() - timedelta(days=400)):
        cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_up")

    panel = find(browser_of().page(PAGE), "votes")
    assert list(panel.iter(f"{SVG}svg")) == []
    assert "Nobody voted in the last 26 weeks." in words_in(panel)


def test_the_audit_names_the_type_of_a_vote_and_none_of_its_words(browser_of, viewer, skill):
    browser_of(viewer).post(VOTE, GOOD)

    record = last_audit_record()
    assert (record.action, record.actor_id, record.details) == ("vote.cast", viewer.id, {"vote": "thumbs_up"})

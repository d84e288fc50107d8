"""The suggestions tab: what people proposed, newest first."""

import pytest

from app.services import suggestions as service
from app.services.skill_versions import get_current_version
from app.services.suggestions import create_suggestion
from tests.support.factories import make_example, make_skill, make_suggestion, skill_text
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in

TAB = "/skills/a-skill/suggestions"


def suggest(skill, user, comment: str = "Say more about dates", **rest):
    return create_suggestion(
        skill_id=skill.id, user_id=user.id, category="missing_feature", severity="nice_to_have", comment=comment, **rest
    )


def numbers(page) -> list[int]:
    return [
        int(item.get("id").removeprefix("suggestion-"))
        for item in page.iter("li")
        if (item.get("id") or "").startswith("suggestion-")
    ]


def test_no_suggestions_are_said_so(browser_of, skill):
    assert "Nobody has suggested anything for this skill yet." in words_in(browser_of().page(TAB))


def test_a_suggestion_is_shown_with_all_it_says(browser_of, skill, viewer):
    made = suggest(skill, viewer, suggested_content="\n# New\n\ttext")

    page = browser_of().page(f"{TAB}/{made.id}")

    row = find(page, f"suggestion-{made.id}")
    words = words_in(row)
    for part in ("pending", "missing feature", "nice to have", "by Vera Viewer", "Say more about dates"):
        assert part in words
    assert ["".join(text.itertext()) for text in page.iter("pre")] == ["\n# New\n\ttext"]


def test_newest_come_first_and_pages_lead_through_all(browser_of, skill, viewer):
    made = [suggest(skill, viewer, f"Suggestion number {number}").id for number in range(7)]
    browser = browser_of()

    first = browser.page(TAB)
    [older] = [link.get("href") for link in first.iter("a") if link.get("rel") == "next"]

    assert numbers(first) == made[::-1][:5]
    assert numbers(browser.page(older)) == made[::-1][5:]


def test_the_count_is_on_every_tab(browser_of, skill, viewer):
    suggest(skill, viewer)

    for tab in ("", "/suggestions", "/training-data"):
        assert "Suggestions 1" in words_in(browser_of().page(f"/skills/a-skill{tab}"))


def test_a_skill_that_is_not_there_is_not_found(browser_of, viewer):
    assert browser_of(viewer).get("/skills/none/suggestions").status_code == 404


def test_a_broken_page_link_is_said_so(browser_of, skill):
    assert browser_of().get(f"{TAB}?after=x").status_code == 422


GOOD = {"category": "error", "severity": "critical", "comment": "Say more about dates.", "suggested_content": ""}
CONTENT = skill_text("a-skill", body="# A skill\n\nDo it very well.\n")
TOKEN = "ghp" + "_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb7d"


def form_at(page, action: str):
    [form] = [form for form in forms_in(page) if form.action == action and form.method == "post"]
    return form


@pytest.mark.parametrize("who", ["viewer", "author", "admin"])
def test_whoever_is_signed_in_suggests_without_htmx(request, browser_of, skill, who):
    browser = browser_of(request.getfixturevalue(who))

    response = browser.post(TAB, GOOD)

    page = browser.page(TAB)
    [number] = numbers(page)
    assert (response.status_code, response.location) == (303, f"{TAB}#suggestion-{number}")
    assert text_of(page, "suggestion-count") == text_of(page, "suggestion-tab-count") == "1"
    assert f"Suggestion {number} is added." in text_of(page, "messages")


def test_with_htmx_the_row_the_counts_the_cleared_form_and_the_message_come_in_one_answer(browser_of, viewer, skill):
    response = browser_of(viewer).post(TAB, {**GOOD, "comment": f"Use {TOKEN} here"}, htmx=True)

    partials = partials_in(response.text)
    assert set(partials) == {
        "#suggestion-form",
        "#suggestions",
        "#suggestion-count",
        "#suggestion-tab-count",
        "#messages",
    }
    assert "Use [GITHUB_TOKEN_1] here" in words_in(partials["#suggestions"])
    assert "Removed before saving: github token." in words_in(partials["#messages"])
    [form] = forms_in(partials["#suggestion-form"])
    assert form.fields["comment"] == ""


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_bad_input_keeps_what_was_typed_beside_each_fault(browser_of, viewer, skill, htmx):
    typed = {"category": "other", "severity": "important", "comment": "short", "suggested_content": "\n\tkept  "}

    response = browser_of(viewer).post(TAB, typed, htmx=htmx)

    assert response.status_code == 422
    page = parse(response.text if not htmx else f"<!doctype html><title>x</title>{response.text}")
    form = form_at(page, TAB)
    assert {name: form.fields[name] for name in typed} == typed
    assert "Write at least 10 characters for the comment." in words_in(page)
    assert service.get_suggestion_count(skill.id) == 0


@pytest.mark.parametrize("field", ["category", "severity"])
def test_a_choice_that_is_none_is_refused_beside_its_field(browser_of, viewer, skill, field):
    response = browser_of(viewer).post(TAB, {**GOOD, field: "vibes"})

    assert response.status_code == 422
    assert text_of(parse(response.text), f"{field}-error").startswith(f"Choose a {field}")


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_is_a_way_to_sign_in(browser_of, skill, htmx):
    response = browser_of().post(TAB, GOOD, htmx=htmx)

    assert response.status_code == 401
    assert f"/login?next={TAB}" in response.text
    assert (GOOD["comment"] in response.text) is not htmx


@pytest.mark.parametrize("query", ["status=dismissed", "category=error", "severity=critical"])
def test_filters_stand_in_the_url_and_stay_on_later_pages(browser_of, skill, query):
    for number in range(6):
        make_suggestion(skill, f"Wanted, number {number}", category="error", severity="critical", status="dismissed")
        make_suggestion(skill)
    browser = browser_of()

    page = browser.page(f"{TAB}?{query}")

    assert len(numbers(page)) == 5
    [older] = [link.get("href") for link in page.iter("a") if link.get("rel") == "next"]
    assert query in older
    assert len(numbers(browser.page(older))) == 1
    assert len(numbers(browser.page(f"{TAB}?status=x&category=&severity=None"))) == 5


def test_an_open_tab_is_told_of_every_change_and_of_nothing_else(browser_of, author, viewer, skill):
    browser = browser_of()
    live = find(browser.page(TAB), "suggestions-live")
    tag = live.get("hx-ptag")

    def poll():
        nonlocal tag
        response = browser.get(live.get("hx-get"), htmx=True, headers={"HX-PTag": tag})
        tag = response.headers.get("HX-PTag", tag)
        return response

    assert poll().status_code == 304
    suggestion = suggest(skill, viewer)
    partials = partials_in(poll().text)
    assert set(partials) == {
        "#suggestions",
        "#suggestion-pages",
        "#live-status",
        "#suggestion-count",
        "#suggestion-tab-count",
    }
    assert words_in(partials["#suggestion-count"]) == "1"
    service.move_suggestion(author, suggestion_id=suggestion.id, status="accepted", revision=1)
    assert "accepted" in words_in(partials_in(poll().text)["#suggestions"])
    service.reply_to_suggestion(author, suggestion_id=suggestion.id, reply="My reply", revision=2)
    assert "My reply" in words_in(partials_in(poll().text)["#suggestions"])
    make_example(skill)
    suggest(make_skill(), viewer)
    assert poll().status_code == 304


@pytest.mark.parametrize(
    ("who", "status", "buttons"),
    [
        ("author", "pending", ["accepted", "dismissed"]),
        ("author", "accepted", ["implemented", "dismissed"]),
        ("admin", "dismissed", ["pending"]),
        ("author", "implemented", []),
        ("viewer", "pending", []),
    ],
)
def test_there_are_buttons_for_what_is_possible_only(request, browser_of, skill, who, status, buttons):
    suggestion = make_suggestion(skill, status=status)

    page = browser_of(request.getfixturevalue(who)).page(TAB)

    forms = [form for form in forms_in(page) if form.action == f"{TAB}/{suggestion.id}/status"]
    assert [form.fields["status"] for form in forms] == buttons


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_move_shows_the_row_as_it_is_then(browser_of, author, skill, htmx):
    suggestion = make_suggestion(skill)
    browser = browser_of(author)
    address = f"{TAB}/{suggestion.id}"

    response = browser.post(f"{address}/status", {"status": "accepted", "revision": "1"}, htmx=htmx)

    if htmx:
        assert "accepted" in words_in(partials_in(response.text)[f"#suggestion-{suggestion.id}"])
    else:
        assert (response.status_code, response.location) == (303, address)
        assert "accepted" in words_in(find(browser.page(address), f"suggestion-{suggestion.id}"))


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_an_impossible_move_is_a_conflict_that_says_what_is_possible(browser_of, author, skill, htmx):
    suggestion = make_suggestion(skill)

    response = browser_of(author).post(
        f"{TAB}/{suggestion.id}/status", {"status": "implemented", "revision": "1"}, htmx=htmx
    )

    assert response.status_code == 409
    assert "it can become accepted or dismissed, not implemented" in response.text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_reply_is_written_and_a_bad_or_stale_one_kept_as_typed(browser_of, author, skill, htmx):
    suggestion = make_suggestion(skill)
    browser = browser_of(author)
    address = f"{TAB}/{suggestion.id}/reply"

    assert browser.post(address, {"reply": "x" * 2_001, "revision": "1"}, htmx=htmx).status_code == 422
    saved = browser.post(address, {"reply": f"Use {TOKEN}", "revision": "1"}, htmx=htmx)
    stale = browser.post(address, {"reply": "Typed meanwhile", "revision": "1"}, htmx=htmx)

    assert saved.status_code == (200 if htmx else 303)
    assert stale.status_code == 409
    assert "Typed meanwhile" in stale.text
    assert 'name="revision" value="2"' in stale.text
    page = browser.page(f"{TAB}/{suggestion.id}")
    assert "Ada Author replied" in words_in(page)
    assert "Use [GITHUB_TOKEN_1]" in words_in(page)


def test_a_suggested_file_is_compared_with_the_present_one(browser_of, skill):
    suggestion = make_suggestion(skill, suggested_content=CONTENT)

    page = browser_of().page(f"{TAB}/{suggestion.id}")

    [diff] = list(page.iter("pre"))
    assert [words_in(one) for one in diff.iter("ins")] == ["[put in: very ]"]
    assert list(diff.iter("del")) == []
    assert "as before" in words_in(diff)


def test_the_author_applies_an_accepted_one_in_one_step(browser_of, author, skill):
    suggestion = make_suggestion(skill, suggested_content=CONTENT, status="accepted")
    browser = browser_of(author)
    address = f"{TAB}/{suggestion.id}"
    form = form_at(browser.page(address), f"{address}/application")

    response = browser.post(form.action, form.fields)

    assert (response.status_code, response.location) == (303, address)
    page = browser.page(address)
    assert "applied as version 2" in words_in(page)
    assert "The skill says exactly this now" in words_in(page)
    assert "Do it very well." in words_in(browser.page("/skills/a-skill"))
    assert browser.post(form.action, form.fields).status_code == 409


def test_faults_of_what_cannot_be_applied_are_shown(browser_of, author, skill):
    suggestion = make_suggestion(skill, suggested_content="---\nname: A!\n---\n", status="accepted")
    browser = browser_of(author)
    address = f"{TAB}/{suggestion.id}"

    response = browser.post(f"{address}/application", form_at(browser.page(address), f"{address}/application").fields)

    assert response.status_code == 422
    words = words_in(parse(response.text))
    assert "Line 2: the name must stay 'a-skill'" in words
    assert "Line 2: say in a description" in words


def test_a_suggestion_can_start_from_the_present_text(browser_of, viewer, skill):
    browser = browser_of(viewer)
    form = form_at(browser.page(f"{TAB}/new"), TAB)

    browser.post(TAB, {**form.fields, **GOOD, "suggested_content": form.fields["suggested_content"] + "More.\r\n"})

    [row] = service.get_suggestions_for_skill(skill.id).rows
    suggestion = service.get_suggestion_with_user(skill.id, row.suggestion.id).suggestion
    assert suggestion.suggested_content == get_current_version(skill).content + "More.\n"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("rest", ["", "/{}", "/{}/status", "/{}/reply", "/{}/application"])
def test_other_methods_are_not_answered(browser_of, author, skill, method, rest):
    suggestion = make_suggestion(skill)

    assert browser_of(author).ask(method, TAB + rest.format(suggestion.id)).status_code == 405

"""Marking a false alarm in an example, in its row or on a page of its own, and the author's answer."""

import pytest

from app.services.false_alarms import get_false_alarms, mark_false_alarm
from app.services.notifications import get_notifications
from tests.support.factories import make_example, make_skill
from tests.support.inspection import find, forms_in, parse, partials_in, text_of, words_in
from tests.support.tables import dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

TAB = "/skills/a-skill/training-data"
GOOD = {"placeholder": "[PASSWORD_1]"}
MARKED = "[PASSWORD_1] is marked as a false alarm. The skill's author decides."
STAYS = "The placeholder stays: it stands for a secret."


@pytest.fixture
def example(skill):
    return make_example(skill, "password=hunter2!x", "Then password=Zebra9?quagga")


@pytest.fixture
def path(example) -> str:
    return f"{TAB}/{example.id}/false-alarms"


@pytest.fixture
def alarm(viewer, example):
    return mark_false_alarm(viewer, example=example, placeholder="[PASSWORD_1]")


def waiting(example) -> list[tuple[str, str]]:
    look_anew()
    return [(row.alarm.placeholder, row.user_name) for row in get_false_alarms([example.id])]


def page_of(html: str):
    return parse(html if "<html" in html else f"<!doctype html><title>x</title>{html}")


def offered(page, path: str) -> list[str]:
    """What there are buttons for: placeholders to mark, and addresses of dismissals."""
    forms = [form for form in forms_in(page) if form.action.startswith(path)]
    return [form.fields.get("placeholder") or form.action for form in forms]


def links_to(page, path: str) -> list[str]:
    return [words_in(link) for link in page.iter("a") if link.get("href") == path]


def test_every_placeholder_is_shown_with_a_way_to_mark_it(browser_of, viewer, path):
    page = browser_of(viewer).page(path)

    assert offered(page, path) == ["[PASSWORD_1]", "[PASSWORD_2]"]
    assert "only the skill's author can type it again" in words_in(page)
    assert ["".join(text.itertext()) for text in page.iter("pre")] == [
        "password=[PASSWORD_1]",
        "Then password=[PASSWORD_2]",
    ]


def test_the_author_is_told_how_to_bring_it_back(browser_of, author, example, path):
    page = browser_of(author).page(path)

    assert links_to(page, f"{TAB}/{example.id}/edit") == ["edit the example"]


def test_with_htmx_the_row_opens_in_place_and_leads_back(browser_of, viewer, example, path):
    page = page_of(browser_of(viewer).get(path, htmx=True).text)

    row = find(page, f"training-example-{example.id}")
    assert "data-editing" in row.attrib
    assert offered(row, path) == ["[PASSWORD_1]", "[PASSWORD_2]"]
    [back] = [link for link in row.iter("a") if words_in(link) == "Back to the example"]
    assert back.get("href") == back.get("hx-get") == f"{TAB}/{example.id}"


def test_an_example_that_nothing_was_taken_out_of_says_so(browser_of, viewer, skill):
    path = f"{TAB}/{make_example(skill).id}/false-alarms"

    page = browser_of(viewer).page(path)

    assert "Nothing was taken out of this example." in words_in(page)
    assert offered(page, path) == []


def test_a_row_asks_about_false_alarms_where_there_may_be_one_and_somebody_to_mark_it(
    browser_of, author, viewer, admin, skill, example, path
):
    plain = f"{TAB}/{make_example(skill).id}/false-alarms"

    for user in (author, viewer, admin):
        page = browser_of(user).page(TAB)
        assert links_to(page, path) == ["False alarm?"]
        assert links_to(page, plain) == []
    assert links_to(browser_of().page(TAB), path) == []


@pytest.mark.parametrize("who", ["viewer", "author", "admin"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_whoever_is_signed_in_marks(request, browser_of, example, path, who, htmx):
    user = request.getfixturevalue(who)
    name, browser = user.name, browser_of(user)

    response = browser.post(path, GOOD, htmx=htmx)

    if htmx:
        assert response.status_code == 200
        partials = partials_in(response.text)
        assert set(partials) == {f"#training-example-{example.id}", "#messages"}
        shown, message = partials[f"#training-example-{example.id}"], words_in(partials["#messages"])
    else:
        assert (response.status_code, response.location) == (303, path)
        shown = browser.page(path)
        message = text_of(shown, "messages")
    assert MARKED in message
    assert f"[PASSWORD_1] marked as a false alarm by {name}" in words_in(shown)
    assert "[PASSWORD_1]" not in offered(shown, path)
    assert waiting(example) == [("[PASSWORD_1]", name)]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize("typed", [{}, {"placeholder": "[PASSWORD_9]"}, {"placeholder": "<b>"}, {"placeholder": "\0"}])
def test_what_is_no_placeholder_is_refused_in_a_sentence(browser_of, viewer, example, path, htmx, typed):
    response = browser_of(viewer).post(path, typed, htmx=htmx)

    assert response.status_code == 422
    page = page_of(response.text)
    assert "Choose one of the placeholders in this example." in words_in(page)
    assert offered(page, path) == ["[PASSWORD_1]", "[PASSWORD_2]"]
    assert waiting(example) == []


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_what_is_marked_already_is_a_conflict_that_says_so(browser_of, admin, example, path, alarm, htmx):
    response = browser_of(admin).post(path, GOOD, htmx=htmx)

    assert response.status_code == 409
    assert "Somebody marked [PASSWORD_1] already." in words_in(page_of(response.text))
    assert waiting(example) == [("[PASSWORD_1]", "Vera Viewer")]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_is_a_way_to_sign_in(browser_of, example, path, htmx):
    response = browser_of().post(path, GOOD, htmx=htmx)

    assert response.status_code == 401
    assert f"/login?next={path}" in response.text
    assert waiting(example) == []


def test_opening_it_signed_out_leads_to_signing_in_and_back(browser_of, path):
    response = browser_of().get(path)

    assert (response.status_code, response.location) == (302, f"/login?next={path}")


def test_an_example_that_may_not_be_seen_is_not_there(browser_of, author, viewer, skill):
    pending = make_example(skill, "[PASSWORD_1]", source="usage_capture", status="pending")
    path = f"{TAB}/{pending.id}/false-alarms"

    assert browser_of(viewer).get(path).status_code == 404
    assert browser_of(viewer).post(path, GOOD).status_code == 404
    assert browser_of(author).post(path, GOOD).status_code == 303


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_what_is_not_there_is_not_found(browser_of, author, path, number):
    browser = browser_of(author)

    assert browser.get(f"{TAB}/{number}/false-alarms").status_code == 404
    assert browser.post(f"{TAB}/{number}/false-alarms", GOOD).status_code == 404
    assert browser.post(f"/skills/none{path.removeprefix('/skills/a-skill')}", GOOD).status_code == 404
    assert browser.post(f"{path}/{number}/dismissal").status_code == 404


def test_an_example_of_another_skill_is_not_found_here(browser_of, author):
    elsewhere = make_example(make_skill(author, name="another-skill"), "[PASSWORD_1]")
    make_skill(author, name="a-skill")

    assert browser_of(author).post(f"{TAB}/{elsewhere.id}/false-alarms", GOOD).status_code == 404
    assert waiting(elsewhere) == []


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_the_author_answers_that_it_is_a_secret(browser_of, author, example, path, alarm, htmx):
    browser = browser_of(author)
    dismissal = f"{path}/{alarm.id}/dismissal"
    assert offered(browser.page(path), path) == [dismissal, "[PASSWORD_2]"]

    response = browser.post(dismissal, htmx=htmx)

    if htmx:
        partials = partials_in(response.text)
        shown, message = partials[f"#training-example-{example.id}"], words_in(partials["#messages"])
    else:
        assert (response.status_code, response.location) == (303, path)
        shown = browser.page(path)
        message = text_of(shown, "messages")
    assert STAYS in message
    assert offered(shown, path) == ["[PASSWORD_1]", "[PASSWORD_2]"]
    assert waiting(example) == []
    assert browser.post(dismissal, htmx=htmx).status_code == 404


@pytest.mark.parametrize("who", ["viewer", "admin"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_else_answers_or_is_offered_to(request, browser_of, example, path, alarm, who, htmx):
    browser = browser_of(request.getfixturevalue(who))

    response = browser.post(f"{path}/{alarm.id}/dismissal", htmx=htmx)

    assert response.status_code == 403
    assert "Only the skill&#39;s author decides" in response.text
    assert offered(browser.page(path), path) == ["[PASSWORD_2]"]
    assert waiting(example) == [("[PASSWORD_1]", "Vera Viewer")]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_answers_nothing(browser_of, example, path, alarm, htmx):
    response = browser_of().post(f"{path}/{alarm.id}/dismissal", htmx=htmx)

    assert response.status_code == 401
    assert f"/login?next={path}" in response.text
    assert waiting(example) == [("[PASSWORD_1]", "Vera Viewer")]


def test_an_alarm_on_another_example_is_not_found_here(browser_of, author, skill, example, alarm):
    other = make_example(skill, "password=[PASSWORD_1]")

    response = browser_of(author).post(f"{TAB}/{other.id}/false-alarms/{alarm.id}/dismissal")

    assert response.status_code == 404
    assert waiting(example) == [("[PASSWORD_1]", "Vera Viewer")]


def test_the_notification_leads_the_author_to_the_page(browser_of, author, path, alarm):
    number = get_notifications(author).rows[0].notification.id
    browser = browser_of(author)
    page = browser.page("/notifications")
    assert "Vera Viewer thinks that something was taken out of an example of “A skill”" in words_in(page)
    [action] = {form.action for form in forms_in(page) if form.action.endswith(f"/{number}/reading")}

    response = browser.post(action, {"open": "y"})

    assert (response.status_code, response.location) == (303, path)


def test_an_open_tab_is_told(browser_of, viewer, example):
    browser = browser_of()
    live = find(browser.page(TAB), "training-data-live")
    headers = {"HX-PTag": live.get("hx-ptag")}
    assert browser.get(live.get("hx-get"), htmx=True, headers=headers).status_code == 304

    mark_false_alarm(viewer, example=example, placeholder="[PASSWORD_1]")

    assert browser.get(live.get("hx-get"), htmx=True, headers=headers).status_code == 200


def test_an_answer_to_a_signed_out_browser_changes_nothing(browser_of, path, alarm):
    before = dump()

    browser_of().post(path, GOOD)
    browser_of().post(f"{path}/{alarm.id}/dismissal")

    assert dump() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("rest", ["", "/1/dismissal"])
def test_other_methods_are_not_answered(browser_of, author, path, method, rest):
    assert browser_of(author).ask(method, path + rest, GOOD).status_code == 405

"""What was captured of one's own usage: `/account/contributions`, to see, take back, redact further and download."""

import json

import pytest
from sqlalchemy import select

from app.models import ConsentRecord, Erasure, TrainingExample
from app.services.preferences import change_preferences, exclude_skill, get_excluded_skills
from app.services.transactions import reading
from tests.support.factories import capture, make_example, make_skill, make_user
from tests.support.inspection import find, forms_in, words_in
from tests.support.person import own_links
from tests.support.tables import dump

pytestmark = pytest.mark.slow

PATH = "/account/contributions"
DOWNLOAD = f"{PATH}/contributions.json"


@pytest.fixture
def example(viewer, skill):
    return capture(skill, viewer, "Maya asks what is due", "Dear Maya, an invoice")


@pytest.fixture
def quiet_browser_of(browser_of):
    """Return a browser for a user while the test itself reads nothing: what is erased waits for readers."""

    def open_browser(user):
        browser = browser_of(user)
        reading().commit()
        return browser

    return open_browser


def show(number):
    return f"{PATH}/{number}"


def redaction(number):
    return f"{PATH}/{number}/redaction"


def removal(number):
    return f"{PATH}/{number}/removal"


def texts_of(number):
    texts = select(TrainingExample.example_input, TrainingExample.example_output)
    row = reading().execute(texts.where(TrainingExample.id == number)).one_or_none()
    return None if row is None else tuple(row)


# Seeing.


def test_at_first_nothing_is_kept_and_nothing_was_decided(browser_of, viewer):
    words = words_in(browser_of(viewer).page(PATH))

    for said in ("You have not answered", "Nothing of yours is kept.", "Nothing yet."):
        assert said in words


def test_what_was_captured_is_listed_with_where_it_stands(browser_of, viewer, skill, example):
    page = browser_of(viewer).page(PATH)

    words = words_in(find(page, f"contribution-{example.id}"))
    for said in ("pending", skill.title, "Maya asks what is due", "Dear Maya, an invoice", "Take back"):
        assert said in words
    assert "You allow your usage" in words_in(page)


def test_nobody_sees_what_was_captured_of_somebody_else(browser_of, author, admin, example):
    for other in (author, admin, make_user()):
        browser = browser_of(other)
        assert find(browser.page(PATH), f"contribution-{example.id}") is None
        assert "Maya" not in browser.get(PATH).text
        assert browser.get(DOWNLOAD).json == []


def test_golden_examples_are_no_contributions(browser_of, author, skill):
    make_example(skill, "A golden question")

    assert "A golden question" not in browser_of(author).get(PATH).text


def test_long_lists_have_pages(browser_of, viewer, skill):
    numbers = [capture(skill, viewer, f"Question {number}").id for number in range(7)]
    browser = browser_of(viewer)

    def listed(path):
        page = browser.page(path)
        rows = [number for number in reversed(numbers) if find(page, f"contribution-{number}") is not None]
        return rows, [link for link in own_links(PATH, page) if link.startswith(f"{PATH}?")]

    first, links = listed(PATH)
    second, _ = listed(links[0])

    assert first + second == numbers[::-1]
    assert len(second) == 2


def test_what_was_decided_is_listed_with_the_words_it_was_about(browser_of, viewer, skill):
    change_preferences(viewer, training_data_consent=True)
    exclude_skill(viewer, skill_id=skill.id)
    change_preferences(viewer, training_data_consent=False)

    words = words_in(browser_of(viewer).page(PATH))

    assert "You do not allow your usage to be kept." in words
    assert words.count("about version 1 of the notice") == 3
    assert f"for one skill (number {skill.id})" in words
    assert "Version 1 of the notice" in words
    assert "Secrets are removed first" in words


def test_one_of_them_is_shown_with_where_it_came_from(browser_of, viewer, skill, example):
    page = browser_of(viewer).page(show(example.id))

    consent = reading().scalars(select(ConsentRecord.id)).one()
    words = words_in(page)
    for said in (
        "Maya asks what is due",
        "Dear Maya, an invoice",
        "used in a-tool",
        f"event {example.usage_event_id}, kept under consent record {consent}",
        f"{skill.title}, version 1",
    ):
        assert said in words
    assert {form.action for form in forms_in(page)} >= {redaction(example.id), removal(example.id)}


@pytest.mark.parametrize("number", ["0", "12345", "2147483648", "99999999999999999999"])
def test_what_is_not_there_is_not_found(browser_of, viewer, number):
    browser = browser_of(viewer)

    assert browser.get(show(number)).status_code == 404
    assert browser.post(removal(number)).status_code == 404
    assert browser.post(redaction(number), {"text": "Maya", "revision": "1"}).status_code == 404


@pytest.mark.parametrize("who", ["author", "admin", "another user"])
def test_other_peoples_contributions_are_not_there(browser_of, author, admin, example, who):
    browser = browser_of({"author": author, "admin": admin}.get(who) or make_user())
    before = dump()

    statuses = [
        browser.get(show(example.id)).status_code,
        browser.post(removal(example.id)).status_code,
        browser.post(redaction(example.id), {"text": "Maya", "revision": "1"}).status_code,
    ]

    assert statuses == [404] * 3
    assert dump() == before


def test_a_golden_example_is_not_there_for_its_author_either(browser_of, author, skill):
    golden = make_example(skill)

    assert browser_of(author).get(show(golden.id)).status_code == 404
    assert browser_of(author).post(removal(golden.id)).status_code == 404
    assert texts_of(golden.id) is not None


# Downloading.


def test_everything_is_downloaded_as_json(browser_of, viewer, skill, example):
    other = capture(skill, viewer, "Zo\u00eb says <b>\u2028 & password=hunter2!x", "Done")

    response = browser_of(viewer).get(DOWNLOAD)

    rows = json.loads(response.text)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.headers["Content-Disposition"] == "attachment; filename=contributions.json"
    assert [row["example_id"] for row in rows] == [example.id, other.id]
    assert rows[1]["input"] == "Zo\u00eb says <b>\u2028 & password=[PASSWORD_1]"
    assert (rows[0]["skill"], rows[0]["status"], rows[0]["expected_output"]) == (skill.slug, "pending", None)
    assert rows[0]["event"]["tool_name"] == "a-tool"


def test_nothing_is_downloaded_as_an_empty_list(browser_of, viewer):
    assert browser_of(viewer).get(DOWNLOAD).json == []


# Taking back.


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_one_is_taken_back_for_good(quiet_browser_of, viewer, example, htmx):
    number, browser = example.id, quiet_browser_of(viewer)

    response = browser.post(removal(number), htmx=htmx)

    assert response.status_code == (200 if htmx else 303)
    shown = response.text if htmx else browser.get(PATH).text
    assert f"Example {number} is taken back" in shown
    assert texts_of(number) is None
    assert browser.get(show(number)).status_code == 404
    assert browser.post(removal(number)).status_code == 404
    assert [erasure.scrubbed_at is not None for erasure in reading().scalars(select(Erasure))] == [True]


# Taking more out.


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_words_are_taken_out_wherever_they_stand(quiet_browser_of, viewer, example, htmx):
    number, browser = example.id, quiet_browser_of(viewer)

    response = browser.post(redaction(number), {"text": "Maya", "revision": "1"}, htmx=htmx)

    assert response.status_code == (200 if htmx else 303)
    shown = response.text if htmx else browser.get(show(example.id)).text
    assert "Taken out in 2 place(s)" in shown
    assert texts_of(example.id) == ("[REMOVED_1] asks what is due", "Dear [REMOVED_1], an invoice")


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize("text", ["Zoe is not in it", "M", " ", "maya"])
def test_words_that_cannot_be_taken_out_stay_in_the_field_with_the_reason(browser_of, viewer, example, text, htmx):
    response = browser_of(viewer).post(redaction(example.id), {"text": text, "revision": "1"}, htmx=htmx)

    assert response.status_code == 422
    assert "exactly as it stands in the example" in response.text
    assert f">\n{text}</textarea>" in response.text or f">{text}</textarea>" in response.text
    assert texts_of(example.id)[0] == "Maya asks what is due"


def test_a_part_of_a_placeholder_is_refused_in_other_words(browser_of, viewer, skill):
    example = capture(skill, viewer, "password=hunter2!x", "Done")

    response = browser_of(viewer).post(redaction(example.id), {"text": "ASSWORD", "revision": "1"})

    assert response.status_code == 422
    assert "a part of a placeholder" in response.text


@pytest.mark.parametrize("revision", ["0", "2", "", "x", None])
def test_an_example_that_changed_meanwhile_stays_and_what_was_typed_too(browser_of, viewer, example, revision):
    fields = {"text": "Maya asks"} | ({} if revision is None else {"revision": revision})

    response = browser_of(viewer).post(redaction(example.id), fields)

    assert response.status_code == 409
    assert "Maya asks</textarea>" in response.text
    assert texts_of(example.id)[0] == "Maya asks what is due"


# Leaving skills out.


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_skill_is_left_out_and_taken_in_again(quiet_browser_of, viewer, skill, example, htmx):
    number, slug, browser = example.id, skill.slug, quiet_browser_of(viewer)

    browser.post(f"{PATH}/excluded-skills", {"skill": f" {slug} "}, htmx=htmx)
    left_out = browser.page(PATH)
    assert f"Take {skill.title} in again" in str([button.get("aria-label") for button in left_out.iter("button")])
    assert texts_of(number) is None

    browser.post(f"{PATH}/excluded-skills/{skill.id}/removal", htmx=htmx)
    assert list(get_excluded_skills(viewer)) == []
    assert [row.decision for row in reading().scalars(select(ConsentRecord).order_by(ConsentRecord.id))] == [
        *("given", "withdrawn", "given")
    ]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
@pytest.mark.parametrize("name", ["no-such-skill", "", "A Skill", "\u00e4"])
def test_a_skill_that_is_not_there_cannot_be_left_out_and_its_name_stays(browser_of, viewer, skill, name, htmx):
    response = browser_of(viewer).post(f"{PATH}/excluded-skills", {"skill": name}, htmx=htmx)

    assert response.status_code == 422
    assert f'value="{name}"' in response.text
    assert 'id="skill-error"' in response.text
    assert list(get_excluded_skills(viewer)) == []


def test_only_what_was_left_out_is_taken_in_again(browser_of, viewer, author, skill):
    other = make_skill()
    exclude_skill(author, skill_id=skill.id)

    for number in (skill.id, other.id, 12_345, 2**40):
        assert browser_of(viewer).post(f"{PATH}/excluded-skills/{number}/removal").status_code == 404

    assert [one.id for one in get_excluded_skills(author)] == [skill.id]


# Everywhere the same.


def changing(example, skill):
    return [
        redaction(example.id),
        removal(example.id),
        f"{PATH}/excluded-skills",
        f"{PATH}/excluded-skills/{skill.id}/removal",
    ]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_signed_out_meanwhile_changes_nothing_and_leads_back(browser_of, skill, example, htmx):
    before = dump()
    fields = {"text": "Maya", "revision": "1", "skill": skill.slug}

    for path in changing(example, skill):
        response = browser_of().post(path, fields, htmx=htmx)
        assert response.status_code == 401
        assert f'href="/login?next={PATH}' in response.text

    assert dump() == before


def test_the_pages_are_for_those_who_are_signed_in(browser_of, example):
    for path in (PATH, DOWNLOAD, show(example.id)):
        response = browser_of().get(path)
        assert (response.status_code, response.location) == (302, f"/login?next={path}")


def test_other_methods_are_not_answered(browser_of, viewer, skill, example):
    browser = browser_of(viewer)

    asked = [browser.ask(method, path) for path in (PATH, DOWNLOAD, show(example.id)) for method in ("PUT", "DELETE")]
    asked += [browser.ask(method, path) for path in changing(example, skill) for method in ("GET", "PUT", "DELETE")]

    assert {response.status_code for response in asked} == {405}
    assert texts_of(example.id) is not None


def test_the_menu_leads_to_ones_contributions_and_keys(browser_of, viewer):
    paths = {seen.path for seen in browser_of(viewer).explore("/account")}

    assert {PATH, "/account/keys"} <= paths

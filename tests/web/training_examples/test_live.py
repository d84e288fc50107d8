"""An open tab learns of changes by asking again and again: `GET /skills/<slug>/training-data/live`."""

import pytest

from app.services.site_settings import change_site_settings
from app.services.training_examples import delete_training_example, edit_training_example, submit_training_example
from tests.support.factories import make_example, make_skill
from tests.support.inspection import find, partials_in, words_in

TAB = "/skills/a-skill/training-data"


class Tab:
    """An open tab: it polls the address on its page, with the tag it got last."""

    def __init__(self, browser, query: str = "") -> None:
        self.browser = browser
        live = find(browser.page(TAB + query), "training-data-live")
        self.address, self.tag = live.get("hx-get"), live.get("hx-ptag")

    def poll(self, browser=None):
        response = (browser or self.browser).get(self.address, htmx=True, headers={"HX-PTag": self.tag})
        self.tag = response.headers.get("HX-PTag", self.tag)
        return response


def close_the_site(admin) -> None:
    change_site_settings(
        admin,
        training_data_capture_enabled=False,
        viewing_requires_sign_in=True,
        open_sign_up=False,
        redact_personal_data=False,
    )


def add(author, skill):
    return submit_training_example(author, skill_id=skill.id, example_input="Added", example_output="Output").example


@pytest.mark.parametrize("who", [None, "viewer", "author"])
def test_while_nothing_changes_the_answer_is_empty(request, browser_of, skill, who):
    make_example(skill)
    tab = Tab(browser_of(request.getfixturevalue(who) if who else None))

    for _ in range(2):
        response = tab.poll()
        assert (response.status_code, response.data) == (304, b"")


def test_a_change_by_others_brings_the_list_the_pages_and_both_counts(browser_of, author, skill):
    tab = Tab(browser_of())
    old_tag = tab.tag
    example = add(author, skill)

    response = tab.poll()

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert set(partials) == {
        "#training-examples",
        "#training-example-pages",
        "#live-status",
        "#training-example-count",
        "#training-example-tab-count",
    }
    assert find(partials["#training-examples"], f"training-example-{example.id}") is not None
    assert words_in(partials["#training-example-count"]) == words_in(partials["#training-example-tab-count"]) == "1"
    assert words_in(partials["#live-status"]) == ""
    assert response.headers["HX-PTag"] != old_tag
    assert tab.poll().status_code == 304


def test_edits_and_deletions_are_changes_too(browser_of, author, skill):
    example = add(author, skill)
    tab = Tab(browser_of())

    edit_training_example(author, example_id=example.id, revision=1, example_input="Edited", example_output="Output")
    assert "Edited" in tab.poll().text
    delete_training_example(author, example_id=example.id, revision=2)
    partials = partials_in(tab.poll().text)

    assert find(partials["#training-examples"], f"training-example-{example.id}") is None
    assert words_in(partials["#training-example-count"]) == "0"
    assert tab.poll().status_code == 304


def test_changes_of_another_skill_are_none(browser_of, skill):
    tab = Tab(browser_of())

    make_example(make_skill())

    assert tab.poll().status_code == 304


def test_the_filter_and_the_page_of_the_tab_are_kept(browser_of, author, skill):
    kept = make_example(skill, "alpha")
    tab = Tab(browser_of(author), "?q=alpha&sort=score")
    other = add(author, skill)

    partials = partials_in(tab.poll().text)

    assert find(partials["#training-examples"], f"training-example-{kept.id}") is not None
    assert find(partials["#training-examples"], f"training-example-{other.id}") is None
    assert words_in(partials["#training-example-count"]) == "2"


def test_links_to_pages_lead_to_the_tab_and_not_to_the_poll(browser_of, author, skill):
    for _ in range(6):
        make_example(skill)
    browser = browser_of()
    tab = Tab(browser)
    add(author, skill)

    pages = partials_in(tab.poll().text)["#training-example-pages"]

    [link] = [link.get("href") for link in pages.iter("a")]
    assert link.startswith(f"{TAB}?after=")
    assert "viewer" not in link
    assert browser.get(link).status_code == 200


def test_signed_out_while_open_is_a_quiet_note(browser_of, author, skill):
    tab = Tab(browser_of(author))
    signed_out = browser_of()

    response = tab.poll(signed_out)

    assert response.status_code == 200
    note = partials_in(response.text)["#live-status"]
    assert "You are signed out." in words_in(note)
    assert [link.get("href") for link in note.iter("a")]
    assert "#training-example-form" not in partials_in(response.text), "what is being typed is not touched"
    assert tab.poll(signed_out).status_code == 304


def test_signing_in_again_takes_the_note_away(browser_of, author, skill):
    tab = Tab(browser_of(author))
    tab.poll(browser_of())

    response = tab.poll(browser_of(author))

    assert words_in(partials_in(response.text)["#live-status"]) == ""


@pytest.mark.parametrize("who", [None, "viewer"])
def test_a_site_that_is_closed_while_open_says_so_and_shows_nothing(request, browser_of, admin, author, skill, who):
    tab = Tab(browser_of(request.getfixturevalue(who) if who else None))
    close_the_site(admin)
    add(author, skill)

    response = tab.poll(browser_of())

    assert response.status_code == 200
    assert set(partials_in(response.text)) == {"#live-status"}
    assert "Added" not in response.text
    assert tab.poll(browser_of()).status_code == 304


def test_who_is_signed_in_goes_on_watching_a_closed_site(browser_of, viewer, admin, author, skill):
    tab = Tab(browser_of(viewer))
    close_the_site(admin)
    add(author, skill)

    assert "Added" in tab.poll().text


def test_pending_examples_stay_hidden_in_the_poll(browser_of, author, viewer, skill):
    tab = Tab(browser_of(viewer))
    make_example(skill, "A pending one", source="usage_capture", status="pending")

    assert "A pending one" not in tab.poll().text
    assert browser_of(viewer).get(f"{TAB}/live?status=all", htmx=True).status_code == 403
    assert "A pending one" in browser_of(author).get(f"{TAB}/live?status=all", htmx=True).text


def test_a_tag_of_another_viewer_is_not_believed(browser_of, author, viewer, skill):
    theirs = Tab(browser_of(author))

    response = browser_of(viewer).get(f"{TAB}/live", htmx=True, headers={"HX-PTag": theirs.tag})

    assert response.status_code == 200


def test_a_skill_that_is_not_there_is_not_found(browser_of, author):
    assert browser_of(author).get("/skills/not-there/training-data/live", htmx=True).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_not_answered(browser_of, author, skill, method):
    assert browser_of(author).ask(method, f"{TAB}/live").status_code == 405

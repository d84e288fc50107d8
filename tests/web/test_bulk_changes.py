"""Changing many examples on the page: what matches is said, one button does it, and the job's page offers undoing."""

import pytest

from app.domain.bulk_changes import Change, Verb
from app.jobs import WORK
from app.jobs.worker import run_job
from app.models import TrainingExample
from app.services import bulk_changes
from app.services.bulk_changes import begin_change
from app.services.jobs import cancel_job, claim_job
from app.services.training_example_lists import EVERYTHING
from app.services.transactions import reading
from tests.support.factories import capture, make_example, make_skill
from tests.support.inspection import find, forms_in, links_in, words_in
from tests.support.threads import look_anew
from tests.web.training_examples.test_evaluation_only import BOTH_WAYS

pytestmark = pytest.mark.slow

TAB = "/skills/a-skill/training-data"
CHANGES = f"{TAB}/changes"


@pytest.fixture
def pumps(skill):
    return [make_example(skill, f"A pump of kind {number}") for number in range(3)]


def form_of(page, word, index=0):
    return [one for one in forms_in(page) if one.action.endswith(word)][index]


def stored():
    look_anew()
    return {one.example_input: one.tags for one in reading().query(TrainingExample)}


def test_the_tab_leads_on_with_its_filter(browser_of, author, viewer, skill, pumps):
    [link] = [one for one in links_in(browser_of(author).page(f"{TAB}?q=pump")) if "/changes" in one]

    assert link == f"{CHANGES}?q=pump"
    assert not [one for one in links_in(browser_of(viewer).page(TAB)) if "/changes" in one]


def test_the_page_says_how_many_match_and_by_what(browser_of, author, skill, pumps):
    make_example(skill, "A valve")

    words = words_in(browser_of(author).page(f"{CHANGES}?q=pump&source=web"))

    assert "Change 3 examples at once" in words
    assert "approved" in words
    assert "with the words “pump”" in words
    assert "added by hand" in words


def test_a_filter_that_matches_nothing_offers_nothing(browser_of, author, skill, pumps):
    page = browser_of(author).page(f"{CHANGES}?q=nothing")

    assert "No example matches this filter." in words_in(page)
    assert not [one for one in forms_in(page) if one.action.endswith("/changes")]


@BOTH_WAYS
def test_all_that_match_are_tagged_and_untagged_again(browser_of, author, skill, pumps, htmx):
    make_example(skill, "A valve")
    browser = browser_of(author)
    form = form_of(browser.page(f"{CHANGES}?q=pump"), "/changes")

    answer = browser.post(form.action, {**form.fields, "tag_name": " wet  pumps ", "verb": "tag"}, htmx=htmx)

    job_url = answer.headers["HX-Redirect" if htmx else "Location"]
    run_job()
    assert stored() == {**{f"A pump of kind {number}": ["wet pumps"] for number in range(3)}, "A valve": None}
    page = browser.page(job_url)
    assert "3 examples tagged." in words_in(page)

    undo = form_of(page, "/undo")
    answer = browser.post(undo.action, undo.fields, htmx=htmx)
    run_job()

    assert set(map(str, stored().values())) == {"None"}
    page = browser.page(answer.headers["HX-Redirect" if htmx else "Location"])
    assert "3 examples as before." in words_in(page)
    assert not [one for one in forms_in(page) if one.action.endswith("/undo")]


def test_what_stays_is_said_with_why(browser_of, author, viewer, skill, pumps):
    other = make_skill(author)
    make_example(other, "A pump of kind 0")
    capture(skill, viewer, "A captured pump")
    browser = browser_of(author)
    form = form_of(browser.page(f"{CHANGES}?q=pump&status=all"), "/changes", 1)

    answer = browser.post(form.action, {**form.fields, "to_skill": other.slug, "verb": "move"})
    run_job()

    words = words_in(browser.page(answer.headers["Location"]))
    assert "2 examples moved." in words
    assert "1 left as it is: each is in that skill already" in words
    assert "1 left as it is: each was captured of the usage of this skill" in words


def test_what_is_deleted_is_brought_back_from_the_list_of_changes(browser_of, author, skill, pumps):
    browser = browser_of(author)
    form = form_of(browser.page(CHANGES), "/changes", 2)
    browser.post(form.action, {**form.fields, "verb": "delete"})
    run_job()
    assert stored() == {}

    page = browser.page(CHANGES)
    assert "3 deleted" in words_in(page)
    undo = form_of(page, "/undo")
    browser.post(undo.action, undo.fields)
    run_job()

    assert len(stored()) == 3


def test_what_is_deleted_is_gone_for_good_where_the_author_says_so(browser_of, author, skill, pumps):
    job = begin_change(author, skill_id=skill.id, change=Change(Verb.DELETE), wanted=EVERYTHING)
    run_job(job_id=job.id)
    browser = browser_of(author)
    form = form_of(browser.page(f"/jobs/{job.id}"), "/removal")

    answer = browser.post(form.action, form.fields)

    page = browser.page(answer.headers["Location"])
    assert "Deleted for good: 3." in words_in(find(page, "messages"))
    assert not [one for one in forms_in(page) if one.action.endswith(("/undo", "/removal"))]
    again = browser.post(form.action, form.fields)
    assert again.status_code == 409


def test_a_change_that_is_cancelled_says_what_it_did_until_then(browser_of, author, skill, pumps, monkeypatch):
    monkeypatch.setattr(bulk_changes, "ROWS_AT_ONCE", 2)
    job = begin_change(author, skill_id=skill.id, change=Change(Verb.DELETE), wanted=EVERYTHING)
    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])
    browser = browser_of(author)
    assert not [one for one in forms_in(browser.page(f"/jobs/{job.id}")) if one.action.endswith("/undo")]
    cancel_job(author, job_id=job.id)
    lease.run_chunk(WORK[lease.kind])

    page = browser.page(f"/jobs/{job.id}")

    assert "Cancelled. Until then, 2 examples deleted." in words_in(page)
    assert form_of(page, "/undo")
    assert "deleted cancelled" in words_in(browser.page(CHANGES))


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"verb": "tag", "tag_name": ""}, 422, "Write the tag."),
        ({"verb": "tag", "tag_name": "a, b"}, 422, "Take the comma out of the tag"),
        ({"verb": "move", "to_skill": "nowhere"}, 422, "nowhere"),
        ({"verb": "move", "to_skill": "a-skill"}, 422, "Choose another skill of yours"),
        ({"verb": "explode"}, 422, "Choose what to do with them."),
        ({"verb": "delete", "up_to": "1"}, 409, "No example matches any more."),
        ({"verb": "delete", "q": "valve"}, 409, "No example matches any more."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_typed_is_lost(
    browser_of, author, skill, pumps, sent, status, sentence
):
    answer = browser_of(author).post(CHANGES, {"q": "pump", **sent})

    assert answer.status_code == status
    assert sentence in answer.text
    assert sent.get("tag_name", "") in answer.text
    assert set(map(str, stored().values())) == {"None"}


def test_moving_into_a_skill_of_somebody_else_is_not_allowed(browser_of, author, viewer, skill, pumps):
    other = make_skill(viewer)

    answer = browser_of(author).post(CHANGES, {"verb": "move", "to_skill": other.slug})

    assert answer.status_code == 403
    assert len(stored()) == 3


def test_a_second_change_waits_for_the_first(browser_of, author, skill, pumps):
    browser = browser_of(author)
    browser.post(CHANGES, {"verb": "tag", "tag_name": "one"})

    answer = browser.post(CHANGES, {"verb": "tag", "tag_name": "two"})

    assert (answer.status_code, "under way" in answer.text) == (409, True)

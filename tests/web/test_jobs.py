"""The page of a job: how far it is, what came of it, how it is stopped, and what the open page is told."""

import pytest

from app.domain.errors import Conflict
from app.jobs import WORK
from app.jobs.worker import run_job
from app.services import freezes
from app.services.freezes import freeze
from app.services.jobs import cancel_job, claim_job, get_job
from tests.support.factories import make_example
from tests.support.inspection import find, forms_in, parse, partials_in, words_in
from tests.support.tables import dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

BOTH_WAYS = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])


@pytest.fixture
def job(author, skill, monkeypatch):
    """A freeze of five examples that waits; it will take three chunks and a last one."""
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 2)
    for number in range(5):
        make_example(skill, f"Question {number}")
    return freeze(author, skill_id=skill.id)


def path_of(job, more=""):
    return f"/jobs/{job.id}{more}"


def progress_on(page):
    bar = find(page, "job-progress")
    return None if bar is None else (bar.get("value"), bar.get("max"))


def poll(browser, page):
    live = find(page, "job-live")
    return browser.get(live.get("hx-get"), htmx=True, headers={"HX-PTag": live.get("hx-ptag")})


# ---- the page ----


def test_a_job_that_waits_says_so(browser_of, author, job):
    page = browser_of(author).page(path_of(job))

    assert "Waiting for its turn." in words_in(page)
    assert progress_on(page) == ("0", "5")
    assert find(page, "job-live") is not None


def test_a_job_under_way_shows_how_far_it_is(browser_of, author, job):
    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])

    page = browser_of(author).page(path_of(job))

    assert "At work. 2 of 5 rows." in words_in(page)
    assert progress_on(page) == ("2", "5")


def test_a_job_that_is_done_leads_to_what_came_of_it_and_asks_no_more(browser_of, author, job):
    run_job()

    browser = browser_of(author)
    page = browser.page(path_of(job))

    assert "Done. Version 1 has 5 rows." in words_in(page)
    [link] = [link.get("href") for link in page.iter("a") if words_in(link) == "Open version 1"]
    assert browser.get(link).status_code == 200
    assert find(page, "job-live") is None
    assert progress_on(page) is None
    assert not [form for form in forms_in(page) if "cancellation" in form.action]


def test_a_job_that_failed_says_why(browser_of, author, skill, job):
    run_job()
    failed = freeze(author, skill_id=skill.id)
    run_job()

    words = words_in(browser_of(author).page(path_of(failed)))

    assert "This did not work. Nothing changed since version 1: it is what you would freeze." in words


def test_the_problem_of_a_job_is_escaped(browser_of, author, job, monkeypatch):
    def fail(_job):
        raise Conflict("<script>alert(1)</script>")

    monkeypatch.setitem(WORK, "freeze", WORK["freeze"]._replace(prepare=fail))
    run_job()

    assert "<script>alert" not in browser_of(author).get(path_of(job)).text


# ---- the poll ----


def test_an_open_page_is_told_when_something_changed_and_not_before(browser_of, author, job):
    browser = browser_of(author)
    page = browser.page(path_of(job))
    assert poll(browser, page).status_code == 304

    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])
    response = poll(browser, page)

    assert response.status_code == 200
    partials = partials_in(response.text)
    assert partials.keys() == {"#job", "#training-example-tab-count"}
    assert progress_on(partials["#job"]) == ("2", "5")
    again = browser.get(path_of(job, "/live"), htmx=True, headers={"HX-PTag": response.headers["HX-PTag"]})
    assert again.status_code == 304


def test_when_it_has_ended_the_open_page_asks_no_more(browser_of, author, job):
    browser = browser_of(author)
    page = browser.page(path_of(job))
    run_job()

    partials = partials_in(poll(browser, page).text)

    assert partials.keys() == {"#job", "#training-example-tab-count", "#job-live"}
    assert partials["#job-live"].get("hx-swap") == "delete"
    assert "Open version 1" in words_in(partials["#job"])


# ---- cancelling ----


@BOTH_WAYS
def test_a_job_is_cancelled(browser_of, author, job, htmx):
    browser = browser_of(author)
    [form] = [form for form in forms_in(browser.page(path_of(job))) if "cancellation" in form.action]

    response = browser.post(form.action, form.fields, htmx=htmx)

    if htmx:
        assert response.status_code == 200
        assert "Cancelled." in words_in(partials_in(response.text)["#job"])
    else:
        assert (response.status_code, response.location) == (303, path_of(job))
        assert "Cancelled." in words_in(browser.page(path_of(job)))
    look_anew()
    assert get_job(author, job.id).state == "cancelled"


def test_a_job_under_way_says_that_it_stops(browser_of, author, job):
    lease = claim_job()
    browser = browser_of(author)

    browser.post(path_of(job, "/cancellation"))

    page = browser.page(path_of(job))
    assert "Stopping …" in words_in(page)
    assert not [form for form in forms_in(page) if "cancellation" in form.action]
    look_anew()
    lease.run_chunk(WORK[lease.kind])
    assert "Cancelled." in words_in(browser.page(path_of(job)))


@BOTH_WAYS
def test_what_has_ended_is_not_cancelled(browser_of, author, job, htmx):
    cancel_job(author, job_id=job.id)
    before = dump()

    response = browser_of(author).post(path_of(job, "/cancellation"), htmx=htmx)

    assert response.status_code == 409
    assert "This job is cancelled: it cannot become cancelled." in response.text
    assert dump() == before


# ---- who, and what is not there ----


def test_signed_out_one_is_asked_to_sign_in(browser_of, job):
    browser = browser_of()
    before = dump()

    assert browser.get(path_of(job)).location == f"/login?next=/jobs/{job.id}"
    assert browser.get(path_of(job, "/live"), htmx=True).status_code == 401
    assert browser.post(path_of(job, "/cancellation")).status_code == 401
    assert browser.post(path_of(job, "/cancellation"), htmx=True).status_code == 401
    assert dump() == before


def test_jobs_of_others_are_not_there(browser_of, viewer, admin, job):
    before = dump()
    for user in (viewer, admin):
        browser = browser_of(user)
        assert browser.get(path_of(job)).status_code == 404
        assert browser.get(path_of(job, "/live"), htmx=True).status_code == 404
        assert browser.post(path_of(job, "/cancellation")).status_code == 404
    assert dump() == before


@pytest.mark.parametrize("number", ["0", "999999", str(2**70), "x", "-1"])
def test_what_is_no_job_is_not_there(browser_of, author, job, number):
    browser = browser_of(author)

    assert browser.get(f"/jobs/{number}").status_code == 404
    assert browser.get(f"/jobs/{number}/live").status_code == 404
    assert browser.post(f"/jobs/{number}/cancellation").status_code == 404


def test_other_methods_are_refused(browser_of, author, job):
    browser = browser_of(author)

    assert browser.ask("POST", path_of(job)).status_code == 405
    assert browser.ask("GET", path_of(job, "/cancellation")).status_code == 405
    assert browser.ask("DELETE", path_of(job)).status_code == 405


def test_an_answer_of_htmx_is_a_fragment_of_the_page(browser_of, author, job):
    browser = browser_of(author)
    page = browser.page(path_of(job))
    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])

    partial = partials_in(poll(browser, page).text)["#job"]

    on_page = find(parse(browser.get(path_of(job)).text), "job")
    assert words_in(partial) == words_in(on_page)

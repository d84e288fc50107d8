"""What each page asks of the database: a fixed number of statements, however many rows there are."""

import itertools

import pytest
from sqlalchemy import event, text

from app.domain.jobs import Kind
from app.extensions import db
from app.models import User
from app.services.contributions import take_back
from app.services.jobs import enqueue
from app.services.suggestions import create_suggestion
from app.services.transactions import reading
from app.services.votes import cast_vote
from tests.support.factories import capture, make_example, make_skill, make_user, save_version
from tests.support.inspection import find
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

# At most; the number of rows makes no difference at all.
BUDGETS = {
    "/": 3,
    "/?q=skill": 3,
    "/?show=retired": 3,
    "/skills/new": 2,
    "/skills/a-skill": 5,
    "/skills/a-skill/edit": 3,
    "/skills/a-skill/versions": 3,
    "/skills/a-skill/versions/1": 4,
    "/skills/a-skill/versions/comparison": 4,
    "/skills/a-skill/suggestions": 4,
    "/skills/a-skill/suggestions?status=pending&category=other&severity=important": 4,
    "/skills/a-skill/suggestions/new": 3,
    "/skills/a-skill/training-data": 5,
    "/skills/a-skill/training-data?q=input": 6,
    "/skills/a-skill/training-data?sort=score": 5,
    "/skills/a-skill/training-data?status=all": 5,
    "/skills/a-skill/training-data/review": 11,
    "/skills/a-skill/training-data/review?q=input": 13,
    "/skills/a-skill/training-data/changes": 7,
    "/skills/a-skill/training-data/changes?q=input&status=all": 7,
    "/skills/a-skill/training-data/versions": 6,
    "/skills/a-skill/training-data/versions/1": 7,
    "/skills/a-skill/training-data/versions/1?split=train": 7,
    "/skills/a-skill/training-data/versions/comparison": 6,
    "/skills/a-skill/training-data/versions/comparison?from=1": 6,
    "/skills/a-skill/training-data/export?version=1": 6,
    "/skills/a-skill/training-data/export?version=latest&split=train": 6,
    "/preferences": 3,
    "/opinions": 2,
    "/account": 2,
}
ADMINISTRATORS_BUDGETS = {
    "/admin/users": 2,
    "/admin/users?q=user": 2,
    "/admin/audit": 4,
    "/admin/audit?action=skill.created": 4,
    "/admin/audit?subject=training_example": 4,
    "/admin/audit?from=2026-01-01&until=2100-01-01": 4,
    "/admin/audit?actor=adam": 6,
}
SKILL_PAGE = {"anonymous": 4, "viewer": 5, "author": 5, "admin": 6}  # at most
ADDING = 11  # at most
VOTING = 12  # at most
A_JOB = 2  # at most
LISTED = (
    "/",
    "/skills/a-skill/suggestions",
    "/skills/a-skill/training-data",
    "/skills/a-skill/training-data/versions",
    "/skills/a-skill/training-data/versions/12",
    "/skills/a-skill/training-data/versions/comparison?from=1",
)
NEW_NUMBERS = itertools.count(1)
ROWS_ON_A_PAGE = 5  # GOLDSET_PAGE_SIZE in tests


def fill(skill, rows: int) -> None:
    """Give the skill, and the list of skills, as many more rows of everything, each by somebody else."""
    for number in range(rows):
        somebody = make_user()
        make_example(skill, quality_score=number % 10 + 1)
        make_example(skill, user=somebody, source="usage_capture", status="pending")
        create_suggestion(
            skill_id=skill.id,
            user_id=somebody.id,
            category="other",
            severity="important",
            comment=f"Say more about number {number}",
        )
        cast_vote(somebody, skill_id=skill.id, vote_type="thumbs_up", comment=f"Vote {number}")
        make_skill(somebody)
        save_version(skill, body=f"# Version {next(NEW_NUMBERS)}\n")
        freeze_and_take_one_back(skill, somebody)


def freeze_and_take_one_back(skill, user) -> None:
    """Freeze everything that is approved by now, and let every version that there is lose a row."""
    author = reading().get_one(User, skill.author_id)
    taken_back = approve(author, capture(skill, user))
    frozen(author, skill)
    take_back(user, example_id=taken_back.id)


def count(statements: list[str], browser, path: str) -> int:
    statements.clear()
    response = browser.get(path)
    assert response.status_code == 200
    return len(statements)


def test_a_page_costs_the_same_however_many_rows_there_are(browser_of, author, skill, statements):
    browser = browser_of(author)
    costs = []
    for more in (2, 3, ROWS_ON_A_PAGE + 2):
        fill(skill, more)
        costs.append({path: count(statements, browser, path) for path in BUDGETS})

    few, a_full_page, several_pages = costs
    assert few == a_full_page == several_pages
    assert {path: cost for path, cost in few.items() if cost > BUDGETS[path]} == {}


def test_an_administrators_page_costs_the_same_however_many_rows_there_are(browser_of, admin, skill, statements):
    browser = browser_of(admin)
    costs = []
    for more in (2, 3, ROWS_ON_A_PAGE + 2):
        fill(skill, more)
        costs.append({path: count(statements, browser, path) for path in ADMINISTRATORS_BUDGETS})

    assert costs[0] == costs[1] == costs[2]
    assert {path: cost for path, cost in costs[0].items() if cost > ADMINISTRATORS_BUDGETS[path]} == {}


def test_later_pages_cost_what_the_first_one_costs(browser_of, author, skill, statements):
    fill(skill, 2 * ROWS_ON_A_PAGE + 2)
    browser = browser_of(author)
    for path in LISTED:
        first = count(statements, browser, path)
        second_page = next_page(browser, path)
        third_page = next_page(browser, second_page)

        assert [count(statements, browser, address) for address in (second_page, third_page)] == [first, first]


@pytest.mark.parametrize("path", ["/jobs/{}", "/jobs/{}/live"])
def test_a_job_costs_the_same_however_many_there_are(browser_of, author, skill, statements, path):
    browser = browser_of(author)
    costs = []
    for more in (1, 3, 20):
        jobs = [enqueue(author, Kind.CHECK_IMPORT, skill_id=skill.id, wanted={}) for _ in range(more)]
        costs.append(count(statements, browser, path.format(jobs[0].id)))

    assert costs == [costs[0]] * 3
    assert costs[0] <= A_JOB


def test_an_unchanged_poll_of_a_job_is_two_statements_and_an_empty_answer(browser_of, author, skill, statements):
    browser = browser_of(author)
    job = enqueue(author, Kind.CHECK_IMPORT, skill_id=skill.id, wanted={})
    live = find(browser.page(f"/jobs/{job.id}"), "job-live")
    statements.clear()

    response = browser.get(live.get("hx-get"), htmx=True, headers={"HX-PTag": live.get("hx-ptag")})

    assert (response.status_code, response.data) == (304, b"")
    assert len(statements) == 2, "who asks, and the job"


def next_page(browser, path: str) -> str:
    [link] = [link for link in browser.page(path).iter("a") if link.get("rel") == "next"]
    return link.get("href")


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_adding_costs_the_same_however_many_rows_there_are(browser_of, author, skill, statements, htmx):
    browser = browser_of(author)
    costs = []
    for more in (0, 2, ROWS_ON_A_PAGE + 2):
        fill(skill, more)
        fields = {"example_input": f"A new input {more}", "example_output": "An output"}
        fields["csrf_token"] = browser.csrf_token()
        statements.clear()
        response = browser.post("/skills/a-skill/training-data", fields, htmx=htmx)
        costs.append(len(statements))
        assert response.status_code == (200 if htmx else 303)

    assert costs == [costs[0]] * 3
    assert 0 < costs[0] <= ADDING


@pytest.mark.parametrize("who", SKILL_PAGE)
def test_the_skill_page_costs_the_same_however_many_votes_there_are(request, browser_of, skill, statements, who):
    browser = browser_of(None if who == "anonymous" else request.getfixturevalue(who))
    costs = []
    for more in (0, 1, 30):
        for number in range(more):
            cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_up", comment=f"Vote {number}")
        costs.append(count(statements, browser, "/skills/a-skill"))

    assert costs == [costs[0]] * 3
    assert costs[0] <= SKILL_PAGE[who]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_voting_costs_the_same_however_many_votes_there_are(browser_of, viewer, skill, statements, htmx):
    browser = browser_of(viewer)
    costs = []
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")
    for more, vote_type in (
        (0, "thumbs_down"),
        (1, "thumbs_up"),
        (20, "thumbs_down"),
    ):  # the percentage moves each time
        for _ in range(more):
            cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_up")
        fields = {"vote_type": vote_type, "csrf_token": browser.csrf_token()}
        statements.clear()
        response = browser.post("/skills/a-skill/vote", fields, htmx=htmx)
        costs.append(len(statements))
        assert response.status_code == (200 if htmx else 303)

    assert costs == [costs[0]] * 3
    assert 0 < costs[0] <= VOTING


LISTS = {"training-data": "training-data-live", "suggestions": "suggestions-live"}


def poll(browser, tab: str):
    """Ask as the open page does: the address and the tag are the page's own."""
    live = find(browser.page(f"/skills/a-skill/{tab}"), LISTS[tab])
    return live.get("hx-get"), {"HX-PTag": live.get("hx-ptag")}


@pytest.mark.parametrize("tab", LISTS)
@pytest.mark.parametrize("who", ["anonymous", "viewer", "author"])
def test_an_unchanged_poll_is_one_statement_and_an_empty_answer(request, browser_of, skill, statements, who, tab):
    fill(skill, 2)
    user = None if who == "anonymous" else request.getfixturevalue(who)
    browser = browser_of(user)
    address, tag = poll(browser, tab)
    statements.clear()

    response = browser.get(address, htmx=True, headers=tag)

    assert response.status_code == 304
    assert response.data == b""
    assert len(statements) == 1


@pytest.mark.parametrize("tab", LISTS)
def test_the_statement_of_an_unchanged_poll_walks_indexes(request, browser_of, author, skill, tab):
    browser = browser_of(author)
    address, tag = poll(browser, tab)
    sent: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    request.addfinalizer(lambda: event.remove(db.engine, "before_cursor_execute", note))
    assert browser.get(address, htmx=True, headers=tag).status_code == 304
    [(statement, parameters)] = [row for row in sent if row[0].startswith("SELECT")]

    plan = explain(statement, parameters)

    assert [step for step in plan if "skill_feedback" in step] == []
    if db.engine.dialect.name == "sqlite":
        assert any("SEARCH skills USING INDEX" in step for step in plan), plan
        assert [step for step in plan if step.startswith("SCAN") and "site_settings" not in step] == [], plan
    else:
        assert any("Index Scan using" in step and " on skills" in step for step in plan), plan
        assert [step for step in plan if "Seq Scan" in step and "site_settings" not in step] == [], plan


def explain(statement: str, parameters: object) -> list[str]:
    """Return the steps of the plan; PostgreSQL is told that the tables are large, which here they are not."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def test_the_one_row_of_settings_is_all_that_the_poll_may_scan(app):
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM site_settings")) == 1

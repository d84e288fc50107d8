"""The audit log's page and its export: the same filter, for administrators, to read."""

import csv
import io
import json

import pytest

from app.services import audit, audit_log
from app.services.transactions import writing
from app.services.user_administration import Operator, deactivate
from app.web.audit_log.exports import COLUMNS, harmless
from tests.support.factories import make_example, make_user
from tests.support.inspection import find, forms_in, inspect_page, parse, text_of, words_in
from tests.support.person import endpoint_of
from tests.support.tables import dump

pytestmark = pytest.mark.slow

PATH, EXPORT = "/admin/audit", "/admin/audit.csv"


def put(actor=None, action="skill.created", subject="skill", subject_id=1, **details) -> None:
    audit.record(actor_id=actor.id if actor else None, action=action, subject=subject, subject_id=subject_id, **details)


def lines_in(response) -> list[str]:
    log = find(parse(response.text), "audit-log")
    return [words_in(row) for row in log.iter("li") if (row.get("id") or "").startswith("audit-record-")]


def table_in(response) -> list[dict[str, str]]:
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8"), newline="")))


def test_it_says_who_did_what_to_which_thing_when(browser_of, admin, viewer):
    put(viewer, "training_example.created", "training_example", 7, redacted=["github_token"], skill_id=3)
    deactivate(Operator.COMMAND_LINE, user_id=viewer.id)

    response = browser_of(admin).get(PATH)

    by_command, by_viewer = lines_in(response)
    assert "UTC the command line user.deactivated user" in by_command
    assert by_viewer.endswith(
        "Vera Viewer training_example.created training example 7 redacted: github_token skill id: 3"
    )
    page = inspect_page(response.text)
    assert [link.get("href") for link in page.iter("a") if link.get("aria-current")] == [PATH]


def test_filters_stand_in_the_url_the_form_and_the_links(browser_of, admin, viewer):
    for number in range(7):
        put(viewer, subject_id=number + 1)
    put(admin, "user.renamed", "user")
    browser = browser_of(admin)

    response = browser.get(f"{PATH}?actor=vera&action=skill.created&from=2020-01-01")

    assert len(lines_in(response)) == 5
    page = parse(response.text)
    [form] = [form for form in forms_in(page) if form.action == PATH]
    assert form.fields == {
        "actor": "vera",
        "action": "skill.created",
        "subject": "",
        "subject_id": "",
        "from": "2020-01-01",
        "until": "",
    }
    [older] = [link.get("href") for link in page.iter("a") if link.get("rel") == "next"]
    assert len(lines_in(browser.get(older))) == 2
    [export] = [link.get("href") for link in page.iter("a") if "download" in link.attrib]
    assert endpoint_of(browser.app, export.partition("?")[0], "GET")[0] == "audit_log.export"
    assert len(table_in(browser.get(export))) == 7


def test_htmx_gets_the_log_alone(browser_of, admin):
    put()

    text = browser_of(admin).get(f"{PATH}?subject=skill", htmx=True).text

    assert text.lstrip().startswith('<div id="audit-log">')


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "filter-from"),
        ("until=2026-02-30", "filter-until"),
        ("subject_id=seven", "filter-subject-id"),
        ("subject_id=0", "filter-subject-id"),
        ("subject_id=99999999999", "filter-subject-id"),
        ("actor=same", "filter-actor"),
    ],
)
def test_a_filter_that_cannot_be_is_said_beside_its_field(browser_of, admin, query, field):
    for _ in range(audit_log.MOST_ACTORS + 1):
        make_user("The Same")
    browser = browser_of(admin)

    response = browser.get(f"{PATH}?{query}")

    assert response.status_code == 422
    assert text_of(parse(response.text), f"{field}-error")
    assert lines_in(response) == []
    assert browser.get(f"{EXPORT}?{query}").status_code == 422


def test_a_broken_page_link_is_said(browser_of, admin):
    assert [browser_of(admin).get(f"{PATH}?after={key}").status_code for key in ("x", "4711")] == [422, 422]


def test_what_the_log_does_not_know_finds_nothing_and_stays_in_the_form(browser_of, admin):
    put()

    page = parse(browser_of(admin).get(f"{PATH}?action=nothing.like_it").text)

    [form] = [form for form in forms_in(page) if form.action == PATH]
    assert form.fields["action"] == "nothing.like_it"
    assert "The log has nothing like that." in words_in(page)


def test_the_export_has_a_header_a_row_each_and_every_column(browser_of, admin, viewer):
    with writing():
        viewer.name = 'Zoë "Z", Ünal\nline'
    put(viewer, "training_example.created", "training_example", 7, redacted=["x"], note="Zoë")

    response = browser_of(admin).get(EXPORT)

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "goldset-audit.csv" in response.headers["Content-Disposition"]
    assert response.data.startswith(",".join(COLUMNS).encode() + b"\r\n")
    [row] = table_in(response)
    assert row["actor_name"] == 'Zoë "Z", Ünal\nline'
    assert (row["actor_email"], row["action"], row["subject_id"]) == (viewer.email, "training_example.created", "7")
    assert json.loads(row["details"]) == {"note": "Zoë", "redacted": ["x"]}
    assert row["at"].endswith("+00:00")


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_as_a_formula(browser_of, admin, viewer, beginning):
    name = f"{beginning}HYPERLINK(1)"
    with writing():
        viewer.name = name
    put(viewer)

    [row] = table_in(browser_of(admin).get(EXPORT))

    assert row["actor_name"] == f"'{name}"
    assert harmless("plain = text") == "plain = text"


def test_the_export_is_sent_while_it_is_read(app, browser_of, admin, monkeypatch):
    """Only a batch at a time is fetched: the first lines are there before the last records are asked for."""
    monkeypatch.setattr(audit_log, "BATCH", 2)
    for number in range(5):
        put(subject_id=number + 1)
    asked = []
    fetch = audit_log.get_audit_records
    monkeypatch.setattr(audit_log, "get_audit_records", lambda **rest: asked.append(1) or fetch(**rest))

    records = audit_log.iterate_audit_records()
    next(records)
    assert len(asked) == 1
    assert len(list(records)) == 4
    assert len(asked) == 3


@pytest.mark.parametrize("path", [PATH, EXPORT])
def test_it_is_for_administrators_and_for_reading(browser_of, admin, author, skill, path):
    make_example(skill)
    before = dump()["audit_log"]

    assert browser_of(author).get(path).status_code == 403
    assert browser_of().get(path).status_code == 302
    methods = ("POST", "PUT", "PATCH", "DELETE")
    assert [browser_of(admin).ask(method, path).status_code for method in methods] == [405] * 4
    assert PATH not in browser_of(author).get("/").text
    assert dump()["audit_log"] == before

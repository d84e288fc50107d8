"""The audit log as it is looked through: filters, pages, indexes, and that reading is all there is."""

import inspect
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from app.database import WRITER
from app.domain.errors import Invalid
from app.extensions import db
from app.models import AuditRecord
from app.services import audit_log as service
from app.services.audit_log import AuditFilter
from app.services.paging import Cursor
from app.services.transactions import reading
from tests.support.factories import make_user
from tests.support.plans import noted_statements, plan_of
from tests.support.tables import dump

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


def put(*rows):
    """Insert records as (moment, actor, action, subject id)."""
    values = [
        {
            "at": at,
            "actor_id": actor.id if actor else None,
            "action": action,
            "subject": action.partition(".")[0],
            "subject_id": subject_id,
            "details": {},
        }
        for at, actor, action, subject_id in rows
    ]
    with db.engine.connect().execution_options(**{WRITER: True}) as connection:
        connection.execute(insert(AuditRecord.__table__), values)
        connection.commit()


@pytest.fixture
def some(author, viewer):
    put(
        (datetime(2026, 3, 1, 0, 0, 0, tzinfo=UTC), author, "skill.created", 1),
        (datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC), author, "skill.changed", 1),
        (datetime(2026, 3, 2, 0, 0, tzinfo=UTC), viewer, "user.renamed", 1),
        (datetime(2026, 3, 3, 8, tzinfo=UTC), None, "user.created", 2),
    )


def found(**wanted):
    page = service.get_audit_records(wanted=AuditFilter(**wanted))
    return [(entry.actor_name, entry.action) for entry in page.rows]


ALL = [
    (None, "user.created"),
    ("Vera Viewer", "user.renamed"),
    ("Ada Author", "skill.changed"),
    ("Ada Author", "skill.created"),
]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ALL),
        ({"actor": "author"}, ALL[2:]),
        ({"actor": "ADA auth"}, ALL[2:]),
        ({"actor": "a"}, ALL[1:]),
        ({"actor": "nobody at all"}, []),
        ({"actor": "a\x00"}, []),
        ({"action": "skill.created"}, ALL[3:]),
        ({"action": "skill"}, []),
        ({"action": "\x00"}, []),
        ({"subject": "user"}, ALL[:2]),
        ({"subject": "user", "subject_id": 1}, ALL[1:2]),
        ({"subject_id": 1}, ALL[1:]),
        ({"subject_id": 2**40}, []),
        ({"since": date(2026, 3, 2)}, ALL[:2]),
        ({"until": date(2026, 3, 1)}, ALL[2:]),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 2)}, ALL[1:2]),
        ({"since": date.min, "until": date.max}, ALL),
        ({"actor": "author", "action": "skill.changed", "until": date(2026, 3, 1)}, ALL[2:3]),
    ],
    ids=str,
)
def test_each_filter_lets_through_what_it_says(some, wanted, expected):
    assert found(**wanted) == expected


def test_an_actor_is_found_by_their_address_alone(some, author):
    make_user(f"Not {author.email}")

    assert found(actor=f" {author.email.upper()} ") == ALL[2:]


def test_words_that_mean_too_many_people_ask_for_more_of_them(app):
    for _ in range(service.MOST_ACTORS + 1):
        make_user("The Same Name")

    for ask in (service.get_audit_records, service.iterate_audit_records):
        with pytest.raises(Invalid) as refused:
            ask(wanted=AuditFilter(actor="same name"))
        assert list(refused.value.errors) == ["actor"]


@pytest.mark.parametrize("actor", ["", "author", "a"])
def test_pages_go_back_and_forth_by_moment_even_where_moments_are_equal_or_out_of_order(author, viewer, actor):
    late = datetime(2026, 3, 5, tzinfo=UTC)
    put(
        (late, author, "a.late", 1),
        *((MORNING, (author, viewer)[number % 2], f"a.n{number}", 1) for number in range(6)),
    )
    everything = [row[1] for row in found(actor=actor)]
    assert everything[0] == "a.late"

    wanted, cursor, walked, pages = AuditFilter(actor=actor), None, [], []
    while True:
        page = service.get_audit_records(wanted=wanted, cursor=cursor, size=2)
        walked += [entry.action for entry in page.rows]
        pages.append(page)
        if page.after is None:
            break
        cursor = Cursor.parse(after=page.after, before=None, parts=1)

    assert walked == everything
    back = service.get_audit_records(
        wanted=wanted, size=2, cursor=Cursor.parse(after=None, before=pages[1].before, parts=1)
    )
    assert back.rows == pages[0].rows


def test_a_page_next_to_a_record_that_is_not_there_is_a_broken_link(app):
    with pytest.raises(Invalid):
        service.get_audit_records(cursor=Cursor((4711,)))


@pytest.mark.parametrize("actor", ["", "author"])
def test_the_export_is_the_whole_of_the_filter_in_order(some, monkeypatch, actor):
    monkeypatch.setattr(service, "BATCH", 1)

    exported = [
        (entry.actor_name, entry.action) for entry in service.iterate_audit_records(wanted=AuditFilter(actor=actor))
    ]

    assert exported == found(actor=actor)


def test_what_to_choose_from_is_what_the_log_knows(some):
    assert service.list_audited_actions() == ["skill.changed", "skill.created", "user.created", "user.renamed"]
    assert service.list_audited_subjects() == ["skill", "user"]


def test_an_empty_log_has_nothing_to_choose_from(app):
    assert (service.list_audited_actions(), service.list_audited_subjects(), found()) == ([], [], [])


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "ix_audit_log_at"),
        ({"since": date(2026, 1, 1), "until": date(2026, 2, 1)}, "ix_audit_log_at"),
        ({"actor": "author"}, "ix_audit_log_actor"),
        ({"actor": "author", "since": date(2026, 1, 1)}, "ix_audit_log_actor"),
        ({"action": "skill.created"}, "ix_audit_log_action"),
        ({"subject": "skill"}, "ix_audit_log_subject_kind"),
        ({"subject": "skill", "subject_id": 50}, "ix_audit_log_subject"),
    ],
    ids=str,
)
def test_every_filter_walks_its_index_without_sorting(author, viewer, wanted, index):
    often, rarely = (viewer, "user.renamed"), (author, "skill.created")
    put(*((MORNING + timedelta(minutes=n), *(often if n % 50 else rarely), n) for n in range(3_000)))
    with db.engine.connect().execution_options(**{WRITER: True}) as connection:
        connection.exec_driver_sql("ANALYZE audit_log")
        connection.commit()
    with noted_statements() as sent:
        service.get_audit_records(wanted=AuditFilter(**wanted), size=5)
    [asked] = [one for one in sent if "FROM audit_log" in one[0]]

    plan = plan_of(asked, avoided=("seqscan", "sort", "bitmapscan"))

    assert any(f"{index} " in f"{step} " for step in plan), plan
    if "actor" not in wanted:
        assert [step for step in plan if "B-TREE FOR ORDER" in step or step.strip().startswith("Sort")] == [], plan
    assert [step for step in plan if step.startswith("SCAN audit_log") and "INDEX" not in step] == [], plan


def test_reading_is_all_that_can_be_done(some):
    before = dump()
    functions = [
        one for one in vars(service).values() if inspect.isfunction(one) and one.__module__ == service.__name__
    ]
    public = sorted(one.__name__ for one in functions if not one.__name__.startswith("_"))
    assert public == ["get_audit_records", "iterate_audit_records", "list_audited_actions", "list_audited_subjects"]

    for entry in service.iterate_audit_records():
        record = reading().get_one(AuditRecord, entry.id)
        record.action = "rewritten"
        with pytest.raises(RuntimeError, match="written once"):
            reading().flush()
        reading().rollback()

    assert dump() == before

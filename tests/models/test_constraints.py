"""The database keeps the promises by itself: raw rows that break a rule are refused, whatever Python says."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from app.database import WRITER
from app.domain.jobs import Kind
from app.extensions import db
from app.models import AuditRecord, Base, SiteSettings, SkillFeedback, SkillVersion, TrainingExample, User
from app.models.types import redacted
from app.services import audit
from app.services.jobs import enqueue
from app.services.password_links import create_password_link
from app.services.skill_versions import get_current_version
from app.services.transactions import reading, writing
from app.services.votes import cast_vote
from tests.support.factories import make_example, make_skill, make_user
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew
from tests.support.versions import frozen

pytestmark = pytest.mark.slow

NOW = datetime(2026, 1, 2, tzinfo=UTC)
NOTHING = 2_000_000_000
SECRET = "ghp_" + "a1B2" * 9

EXAMPLE = {
    "feedback_type": "training_example",
    "status": "approved",
    "source": "web",
    "example_input": "a",
    "example_output": "b",
    "content_digest": "d" * 64,
}
SUGGESTION = {
    "feedback_type": "suggestion",
    "status": "pending",
    "category": "other",
    "severity": "critical",
    "comment": "A comment",
}
VOTE = {"feedback_type": "thumbs_up"}


def store(table, **values):
    """Insert a row as anything that speaks SQL could."""
    with db.engine.connect().execution_options(**{WRITER: True}) as connection:
        connection.execute(insert(Base.metadata.tables[table]).values(**values))
        connection.commit()


def store_feedback(skill, kind, **changes):
    moments = {"created_at": NOW, "updated_at": NOW}
    store("skill_feedback", **{"skill_id": skill.id, "user_id": skill.author_id, **moments, **kind, **changes})


@pytest.mark.parametrize("kind", [EXAMPLE, SUGGESTION, VOTE], ids=lambda kind: kind["feedback_type"])
def test_a_row_of_each_kind_is_taken(skill, kind):
    store_feedback(skill, kind)

    assert count_rows(SkillFeedback) == 1


BAD_FEEDBACK = [
    *((EXAMPLE, {"quality_score": score}) for score in (0, 11, -1)),
    *((kind, {"feedback_type": "rating"}) for kind in (EXAMPLE, SUGGESTION, VOTE)),
    (VOTE, {"feedback_type": "Thumbs_Up"}),
    (VOTE, {"feedback_type": None}),
    *((EXAMPLE, {"status": status}) for status in ("accepted", "", "Approved", None)),
    *((SUGGESTION, {"status": status}) for status in ("approved", "", None)),
    (VOTE, {"status": "pending"}),
    *((EXAMPLE, {"source": source}) for source in ("api", "", None)),
    *((EXAMPLE, {column: None}) for column in ("example_input", "example_output", "content_digest")),
    *((SUGGESTION, {column: None}) for column in ("comment", "category", "severity")),
    (SUGGESTION, {"category": "vibes"}),
    (SUGGESTION, {"severity": "urgent"}),
    (SUGGESTION, {"example_input": "x"}),
    (EXAMPLE, {"suggested_content": "x"}),
    (VOTE, {"example_input": "x"}),
    (VOTE, {"suggested_content": "x"}),
    (EXAMPLE, {"reviewed_at": NOW}),
    (EXAMPLE, {"reviewed_by": "the author"}),
    (EXAMPLE, {"revision": 0}),
    (SUGGESTION, {"reply": "Alone"}),
    (SUGGESTION, {"reply": "x", "replied_at": NOW}),
    (SUGGESTION, {"replied_at": NOW}),
    (SUGGESTION, {"reply": "x", "replied_at": NOW, "replied_by": NOTHING}),
    (SUGGESTION, {"status": "implemented", "applied_version_id": NOTHING}),
    (SUGGESTION, {"applied_version_id": "the version"}),
    (EXAMPLE, {"applied_version_id": "the version"}),
    (EXAMPLE, {"skill_id": NOTHING}),
    (VOTE, {"user_id": NOTHING}),
    (EXAMPLE, {"reviewed_at": NOW, "reviewed_by": NOTHING}),
    (EXAMPLE, {"created_at": None}),
]


@pytest.mark.parametrize(("kind", "change"), BAD_FEEDBACK, ids=lambda part: str(part)[:60])
def test_feedback_that_breaks_a_rule_is_refused(skill, kind, change):
    if change.get("reviewed_by") == "the author":
        change = {"reviewed_by": skill.author_id}
    if change.get("applied_version_id") == "the version":
        change = {"applied_version_id": get_current_version(skill).id}

    with pytest.raises(IntegrityError):
        store_feedback(skill, kind, **change)

    assert count_rows(SkillFeedback) == 0


def test_a_reviewed_example_says_when_and_by_whom(skill):
    store_feedback(skill, EXAMPLE, reviewed_at=NOW, reviewed_by=skill.author_id)

    assert reading().query(TrainingExample).one().reviewed_at == NOW


@pytest.mark.parametrize("second", ["thumbs_up", "thumbs_down"])
def test_a_second_standing_vote_is_refused_and_another_users_or_skills_is_not(viewer, skill, second):
    store_feedback(skill, VOTE, user_id=viewer.id)

    with pytest.raises(IntegrityError):
        store_feedback(skill, VOTE, user_id=viewer.id, feedback_type=second)
    store_feedback(skill, VOTE, user_id=make_user().id)
    store_feedback(make_skill(), VOTE, user_id=viewer.id)

    assert count_rows(SkillFeedback) == 3


def test_a_second_golden_example_with_the_same_digest_is_refused_and_a_captured_one_is_not(skill):
    store_feedback(skill, EXAMPLE)

    with pytest.raises(IntegrityError):
        store_feedback(skill, EXAMPLE, example_input="other", status="rejected")
    store_feedback(skill, EXAMPLE, source="usage_capture")
    store_feedback(skill, EXAMPLE, source="usage_capture")
    store_feedback(make_skill(), EXAMPLE)

    assert count_rows(SkillFeedback) == 4


USER = {"email": "a@example.com", "name": "A", "session_token": "a", "created_at": NOW}


@pytest.mark.parametrize(
    "change",
    [
        {"email": "A@example.com"},
        {"email": ""},
        {"email": " a@example.com"},
        {"email": "a@example.com "},
        {"email": None},
        {"name": None},
        {"session_token": None},
    ],
    ids=str,
)
def test_a_user_that_breaks_a_rule_is_refused(app, change):
    with pytest.raises(IntegrityError):
        store("users", **{**USER, **change})

    assert count_rows(User) == 0


@pytest.mark.parametrize("same", ["email", "session_token"])
def test_two_users_never_share_an_address_or_a_session(app, same):
    store("users", **USER)

    with pytest.raises(IntegrityError):
        store("users", **{**USER, "email": "b@example.com", "session_token": "b", same: USER[same]})


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "Upper"},
        {"slug": ""},
        {"slug": "a-skill"},
        {"author_id": NOTHING},
        {"positive_feedback_pct": 101},
        {"positive_feedback_pct": -1},
        {"total_feedback": -1},
        {"suggestion_count": -1},
        {"training_examples_pending": -1},
        {"training_examples_approved": -1},
        {"training_examples_rejected": -1},
    ],
    ids=str,
)
def test_a_skill_that_breaks_a_rule_is_refused(skill, change):
    row = {"slug": "b-skill", "title": "B", "description": "B", "author_id": skill.author_id}

    with pytest.raises(IntegrityError):
        store("skills", **{**row, "created_at": NOW, "updated_at": NOW, **change})


@pytest.mark.parametrize(
    "change",
    [{"number": 1}, {"number": 0}, {"content_digest": "short"}, {"skill_id": NOTHING}, {"created_by": NOTHING}],
    ids=str,
)
def test_a_version_that_breaks_a_rule_is_refused(skill, change):
    row = {"skill_id": skill.id, "number": 2, "content": "x", "content_digest": "d" * 64, "created_at": NOW}

    with pytest.raises(IntegrityError):
        store("skill_versions", **{**row, "created_by": skill.author_id, **change})


# ---- jobs, and versions of training data ----

JOB = {"kind": "freeze", "state": "queued", "wanted": {}, "created_at": NOW}
RUNNING = {"state": "running", "lease_token": "t", "leased_until": NOW}
FROZEN = {"number": 1, "content_hash": "d" * 64, "frozen_at": NOW}
DATASET_VERSION = {"seed": 0, "validation_percent": 10, "test_percent": 10, **FROZEN}
ROW = {
    "example_id": 1,
    "revision": 1,
    "row_hash": "d" * 64,
    "source": "web",
    "example_input": "a",
    "example_output": "b",
    "evaluation_only": False,
}
WITHDRAWN = {"example_input": None, "example_output": None, "withdrawn_at": NOW}
SUCCESSOR = {"content_hash": "d" * 64, "rows": 0, "withdrawn": 1, "reason": "taken_back", "at": NOW}
NOTED = {"row_hash": "d" * 64, "keys": "jsonl:d", "reason": "taken_back", "at": NOW}


def store_of(skill, table, row, change):
    """Insert a row that belongs to the skill, and what it hangs on; an id of nobody stays one."""
    ids = {"user_id": skill.author_id, "created_by": skill.author_id, "skill_id": skill.id}
    if table in ("dataset_entries", "version_successors"):
        store("dataset_versions", id=1, **{**DATASET_VERSION, "skill_id": skill.id, "created_by": skill.author_id})
        store("frozen_rows", id=1, **{**ROW, "skill_id": skill.id})
        ids |= {"version_id": 1, "frozen_row_id": 1}
    columns = Base.metadata.tables[table].c
    store(table, **{**{name: value for name, value in ids.items() if name in columns}, **row, **change})


ENTRY = {"row_hash": "d" * 64, "split": "train"}
GOOD = [
    ("jobs", JOB, {}),
    ("jobs", JOB, RUNNING),
    ("jobs", JOB, {"state": "failed", "problem": "No."}),
    ("dataset_versions", DATASET_VERSION, {}),
    ("dataset_versions", DATASET_VERSION, dict.fromkeys(FROZEN)),
    ("frozen_rows", ROW, {}),
    ("frozen_rows", ROW, {**WITHDRAWN, "user_id": None}),
    ("dataset_entries", ENTRY, {}),
    ("version_successors", SUCCESSOR, {}),
    ("withdrawn_rows", NOTED, {}),
]
BAD = [
    *(("jobs", JOB, {column: None}) for column in ("kind", "state", "skill_id", "user_id", "created_at")),
    ("jobs", JOB, {"kind": "bake"}),
    ("jobs", JOB, {"state": "lost"}),
    ("jobs", JOB, {"state": "running"}),
    ("jobs", JOB, {**RUNNING, "leased_until": None}),
    ("jobs", JOB, {**RUNNING, "lease_token": None}),
    ("jobs", JOB, {**RUNNING, "state": "queued"}),
    ("jobs", JOB, {**RUNNING, "state": "done"}),
    ("jobs", JOB, {"leased_until": NOW}),
    *(("jobs", JOB, {column: -1}) for column in ("progress", "total", "tries")),
    ("jobs", JOB, {"skill_id": NOTHING}),
    ("jobs", JOB, {"user_id": NOTHING}),
    ("dataset_versions", DATASET_VERSION, {"number": 0}),
    ("dataset_versions", DATASET_VERSION, {"rows": -1}),
    *(("dataset_versions", DATASET_VERSION, {column: None}) for column in FROZEN),
    ("dataset_versions", DATASET_VERSION, {"job_id": NOTHING}),
    ("dataset_versions", DATASET_VERSION, {"skill_id": NOTHING}),
    ("dataset_versions", DATASET_VERSION, {"created_by": NOTHING}),
    ("frozen_rows", ROW, {"source": "api"}),
    *(("frozen_rows", ROW, {column: None}) for column in ("example_input", "example_output", "row_hash")),
    ("frozen_rows", ROW, {"withdrawn_at": NOW}),
    *(
        ("frozen_rows", ROW, {**WITHDRAWN, "user_id": None, column: "left behind"})
        for column in ("example_input", "example_output", "expected_output")
    ),
    ("frozen_rows", ROW, WITHDRAWN),  # it still says whose it was
    ("frozen_rows", ROW, {"user_id": NOTHING}),
    ("dataset_entries", ENTRY, {"split": "dev"}),
    ("dataset_entries", ENTRY, {"version_id": NOTHING}),
    ("dataset_entries", ENTRY, {"frozen_row_id": NOTHING}),
    ("version_successors", SUCCESSOR, {"reason": "boredom"}),
    ("version_successors", SUCCESSOR, {"rows": -1}),
    ("version_successors", SUCCESSOR, {"withdrawn": 0}),
    ("version_successors", SUCCESSOR, {"version_id": NOTHING}),
    ("withdrawn_rows", NOTED, {"reason": "boredom"}),
    ("withdrawn_rows", NOTED, {"keys": None}),
    ("withdrawn_rows", NOTED, {"skill_id": NOTHING}),
]


@pytest.mark.parametrize(("table", "row", "change"), GOOD, ids=lambda part: str(part)[:60])
def test_rows_of_jobs_and_versions_are_taken(skill, table, row, change):
    store_of(skill, table, row, change)

    assert len(dump()[table]) == 1


@pytest.mark.parametrize(("table", "row", "change"), BAD, ids=lambda part: str(part)[:60])
def test_rows_of_jobs_and_versions_that_break_a_rule_are_refused(skill, table, row, change):
    with pytest.raises(IntegrityError):
        store_of(skill, table, row, change)

    assert dump()[table] == []


def test_a_version_a_revision_and_an_entry_are_there_once(skill):
    for table, row in (("dataset_versions", DATASET_VERSION), ("frozen_rows", ROW)):
        store_of(skill, table, row, {})
        with pytest.raises(IntegrityError):
            store_of(skill, table, row, {})
    [(version_id, *_)], [(row_id, *_)] = dump()["dataset_versions"], dump()["frozen_rows"]
    entry = {"version_id": version_id, "frozen_row_id": row_id, **ENTRY}
    store("dataset_entries", **entry)

    with pytest.raises(IntegrityError):
        store("dataset_entries", **{**entry, "split": "test"})
    store_of(skill, "frozen_rows", ROW, {"revision": 2})
    store_of(skill, "dataset_versions", DATASET_VERSION, {"number": 2})


def test_a_job_makes_one_version(skill):
    store_of(skill, "jobs", {**JOB, "id": 1}, {})
    store_of(skill, "dataset_versions", DATASET_VERSION, {"job_id": 1})

    with pytest.raises(IntegrityError):
        store_of(skill, "dataset_versions", DATASET_VERSION, {"job_id": 1, "number": 2})


def test_there_is_one_row_of_site_settings(app):
    for number in (1, 2, 0):
        with pytest.raises(IntegrityError):
            store("site_settings", id=number, updated_at=NOW)

    assert count_rows(SiteSettings) == 1


def test_preferences_and_audit_records_of_nobody_are_refused(app):
    with pytest.raises(IntegrityError):
        store("user_preferences", user_id=NOTHING, values={}, updated_at=NOW)
    with pytest.raises(IntegrityError):
        store("audit_log", at=NOW, actor_id=NOTHING, action="x", subject="x", subject_id=1, details={})


def test_a_user_with_skills_or_feedback_cannot_be_deleted_and_a_skill_takes_its_own_rows_along(viewer, skill):
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")
    make_example(skill)

    for user_id in (viewer.id, skill.author_id):
        with pytest.raises(IntegrityError), writing() as session:
            session.execute(text("DELETE FROM users WHERE id = :id"), {"id": user_id})
    with writing() as session:
        session.execute(text("DELETE FROM skills WHERE id = :id"), {"id": skill.id})

    assert (count_rows(SkillFeedback), count_rows(SkillVersion), count_rows(User)) == (0, 0, 2)
    assert count_rows(AuditRecord) == 2


@pytest.mark.parametrize("model", [SkillVersion, AuditRecord])
def test_what_is_written_once_can_be_neither_changed_nor_deleted_through_the_orm(skill, model):
    before = dump()
    row = reading().query(model).first()

    field = "note" if model is SkillVersion else "action"
    with pytest.raises(RuntimeError, match="written once"), writing():
        setattr(row, field, "rewritten")
    look_anew()
    with pytest.raises(RuntimeError, match="written once"), writing() as session:
        session.delete(reading().query(model).first())

    assert dump() == before


@pytest.mark.parametrize(
    "table",
    [
        *("users", "skills", "skill_versions", "skill_feedback", "audit_log", "password_links"),
        *("jobs", "dataset_versions", "frozen_rows"),
    ],
)
def test_the_id_of_a_deleted_newest_row_is_never_given_again(skill, table):
    def add():
        match table:
            case "skill_feedback":
                return make_example(skill).id
            case "users" | "audit_log":
                user = make_user()
                audit.record(actor_id=user.id, action="x", subject="x", subject_id=1)
            case "password_links":
                create_password_link(make_user(), created_by=None)
            case "jobs":
                return enqueue(
                    reading().get_one(User, skill.author_id), Kind.CHECK_IMPORT, skill_id=skill.id, wanted={}
                ).id
            case "dataset_versions" | "frozen_rows":
                make_example(skill)
                frozen(reading().get_one(User, skill.author_id), skill)
            case _:
                make_skill(make_user())
        return reading().scalar(select(func.max(Base.metadata.tables[table].c.id)))

    newest = add()
    with writing() as session:
        if table != "audit_log":
            session.execute(text("DELETE FROM audit_log"))
        session.execute(text(f"DELETE FROM {table} WHERE id = :id"), {"id": newest})
    look_anew()

    assert add() > newest


def test_a_plain_text_that_is_bound_to_a_column_loses_its_secret_in_any_statement(skill):
    example = make_example(skill)
    columns = TrainingExample.__table__
    with writing() as session:
        session.execute(columns.update().values(comment=f"x {SECRET}", expected_output=f"y {SECRET}"))
        example.example_input = f"z {SECRET}"
        session.add(User(**{**USER, "name": f"N {SECRET}"}))
    store("audit_log", at=NOW, action="x", subject="x", subject_id=1, details={"a": [{SECRET: f"b {SECRET}"}], "n": 1})

    look_anew()
    assert example.comment == "x [GITHUB_TOKEN_1]"
    assert example.example_input == "z [GITHUB_TOKEN_1]"
    details = reading().query(AuditRecord).order_by(AuditRecord.id.desc()).first().details
    assert details == {"a": [{"[GITHUB_TOKEN_1]": "b [GITHUB_TOKEN_1]"}], "n": 1}
    assert SECRET not in str(dump())


def test_text_that_was_redacted_stays_as_it_is_and_what_is_made_from_it_is_redacted_again(skill):
    once = redacted(f"password = {SECRET}")
    example = make_example(skill, once)

    example.example_output = once + SECRET
    reading().commit()

    look_anew()
    assert example.example_input == once
    assert SECRET not in example.example_output


def test_a_moment_without_its_time_zone_is_refused(skill):
    with pytest.raises(StatementError, match="time zone"):
        store_feedback(skill, EXAMPLE, created_at=datetime(2026, 1, 2))  # noqa: DTZ001


def test_a_moment_comes_back_in_utc(skill):
    store_feedback(skill, EXAMPLE, created_at=datetime(2026, 1, 2, 1, 30, tzinfo=timezone(timedelta(hours=2))))

    moment = reading().query(TrainingExample).one().created_at
    assert moment.isoformat() == "2026-01-01T23:30:00+00:00"


def test_what_is_written_once_cannot_be_changed_in_bulk_either(skill):
    for statement in (update(SkillVersion).values(note="another"), delete(SkillVersion), delete(AuditRecord)):
        with pytest.raises(RuntimeError, match="written once"):
            reading().execute(statement)

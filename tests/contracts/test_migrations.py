"""Migrations: they make what the models say, and walk down and up again under a database that is in use."""

import importlib.util
import io
import json
import sqlite3
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from app import create_app
from app.config import PROJECT_ROOT
from app.domain.bulk_changes import Change
from app.domain.bulk_changes import Verb as ChangeVerb
from app.domain.example_details import Details
from app.domain.redaction import text_digest
from app.domain.reviews import Verb
from app.extensions import db
from app.jobs.worker import run_job
from app.models import Base, Suggestion
from app.services import search, skills
from app.services.allowed_texts import allow_texts
from app.services.api_keys import create_api_key
from app.services.bulk_changes import begin_change
from app.services.contributions import take_back
from app.services.false_alarms import mark_false_alarm
from app.services.identities import Vouched, find_or_link_user
from app.services.imports import stage_import
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.preferences import get_preferences
from app.services.readiness import find_obstacle
from app.services.review_undo import undo
from app.services.reviews import decide
from app.services.saved_filters import save_filter
from app.services.site_settings import change_site_settings
from app.services.skill_lifecycle import hand_over_skill
from app.services.suggestions import apply_suggestion, reply_to_suggestion, submit_suggestion
from app.services.training_examples import Filter, get_training_examples_for_skill
from app.services.transactions import reading
from app.services.user_administration import make_password_link
from app.services.votes import cast_vote
from tests.conftest import settings
from tests.support.databases import new_postgres_database
from tests.support.factories import capture, make_example, make_skill, make_suggestion, make_user, skill_text
from tests.support.tables import counters_are_right, rows_of
from tests.support.threads import look_anew
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

REVISIONS = [script.revision for script in ScriptDirectory(str(PROJECT_ROOT / "migrations")).walk_revisions()][::-1]
HEAD = REVISIONS[-1]


@pytest.fixture(params=["sqlite", "postgres"])
def own_url(request, tmp_path):
    """The URL of an empty database that no other test uses."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'own.db'}"
    else:
        with new_postgres_database(request.getfixturevalue("postgres_url")) as url:
            yield url


@pytest.fixture
def own_app(own_url, tmp_path):
    """An application on a database of its own, migrated to the newest revision."""
    app = create_app(settings(own_url, tmp_path))
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def fill():
    """Put in some of everything; return the skill."""
    author, viewer, admin = make_user("Ada"), make_user("Vera"), make_user("Adam", is_admin=True)
    skill = make_skill(author, name="a-searchable-skill")
    make_skill(author, name="a-searchable-skill", body="# Second version\n")
    make_example(skill, "An approved question", quality_score=9, details=Details(("a tag",)))
    make_example(skill, "A captured question", user=viewer, source="usage_capture", status="pending")
    submit_suggestion(viewer, skill_id=skill.id, category="other", severity="critical", comment="Do it another way.")
    content = skill_text(skill.slug, body="# Third version\n")
    suggestion = make_suggestion(skill, "Say it this way.", suggested_content=content, status="accepted")
    reply_to_suggestion(author, suggestion_id=suggestion.id, reply="I will.", revision=2)
    apply_suggestion(author, suggestion_id=suggestion.id, revision=3, version_number=2)
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up", comment="Good")
    save_filter(viewer, skill_id=skill.id, name="A filter", wanted={"tag": "a tag"})
    cast_vote(admin, skill_id=skill.id, vote_type="thumbs_down")
    create_api_key(viewer, name="A key", scopes=["track"])
    capture(skill, viewer, "Captured of usage")
    take_back(viewer, example_id=capture(skill, viewer, "Captured and taken back").id)
    reviewed = capture(skill, viewer, "Captured and reviewed")
    decide(author, example_id=reviewed.id, revision=1, verb=Verb.CORRECT, expected_output="Better", quality_score=8)
    rejected = decide(author, example_id=reviewed.id, revision=2, verb=Verb.REJECT, reason="Not good")
    undo(author, action_id=rejected.action_id)
    opinion = ask_for_opinion(author, example_id=reviewed.id, email=admin.email)
    give_opinion(admin, opinion_id=opinion.id, verdict="approve", quality_score=9, comment="Good")
    ask_for_opinion(author, example_id=reviewed.id, email=make_user("Otto").email)
    hand_over_skill(admin, skill_id=make_skill(author).id, email=viewer.email, author_id=author.id)
    find_or_link_user(Vouched("https://login.example.com", "u-1", viewer.email, True, "Vera"))
    make_password_link(admin, user_id=viewer.id)
    change_site_settings(
        admin,
        training_data_capture_enabled=True,
        viewing_requires_sign_in=True,
        open_sign_up=False,
        redact_personal_data=False,
    )
    mark_false_alarm(viewer, example=make_example(skill, "[PASSWORD_1]"), placeholder="[PASSWORD_1]")
    allow_texts(author, skill_id=skill.id, kinds={text_digest("No secret"): "password"})
    withdrawn = approve(author, capture(skill, viewer, "Captured, frozen and taken back"))
    frozen(author, skill, note="The first one")
    take_back(viewer, example_id=withdrawn.id)
    file = io.BytesIO(b'{"input": "Imported", "output": "An output"}')
    stage_import(author, skill_id=skill.id, file=file, file_name="a file")
    run_job()
    change = Change(ChangeVerb.TAG, "another tag")
    run_job(job_id=begin_change(author, skill_id=skill.id, change=change, wanted=Filter()).id)
    return skill


def everything():
    """Return each table's rows as dictionaries, for the models' tables that are there."""
    db.session.remove()
    with db.engine.connect() as connection:
        inspector = inspect(connection)
        names = [name for name in Base.metadata.tables if name in inspector.get_table_names()]
        columns = {name: [column["name"] for column in inspector.get_columns(name)] for name in names}
        rows = rows_of(connection, names)
    found = {name: [dict(zip(columns[name], row, strict=True)) for row in rows[name]] for name in names}
    return {name: [row for row in rows if row.get("kind") not in NEWER_KINDS] for name, rows in found.items()}


NEWER_KINDS = {"change", "undo_change"}
"""Kinds of jobs that the state before their migration does not know: they end with it."""


LINKS = {"usage_event_id", "bands"}
"""Columns that a migration may empty: what they point at is gone with it, or is made anew."""
EMPTIED = {"example_bands", "import_bands"}
"""Tables that say nothing of their own: a migration may empty them, and the worker fills them again."""


def lost(before, after):
    """Return what of `before` is not in `after`, among the tables and columns that both have."""
    return {
        name: (row, kept)
        for name in (before.keys() & after.keys()) - EMPTIED
        for row, kept in zip(before[name], after[name], strict=True)
        if any(row[column] != kept[column] for column in (row.keys() & kept.keys()) - LINKS)
    }


def migrate(direction, revision):
    db.session.remove()
    getattr(flask_migrate, direction)(revision=revision)


def test_the_migrations_are_one_numbered_line():
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_every_migration_walks_down_and_up_again_under_data_and_loses_none_of_it(own_app):
    fill()
    before = everything()
    assert all(before.values())

    for revision, below in zip(reversed(REVISIONS), [*reversed(REVISIONS[:-1]), "base"], strict=True):
        migrate("downgrade", below)
        down = everything()
        migrate("upgrade", revision)
        up = everything()
        assert (lost(before, down), lost(down, up)) == ({}, {}), revision
        assert up.keys() >= down.keys()
        migrate("downgrade", below)

    assert everything() == {}
    migrate("upgrade", "head")
    assert find_obstacle() is None
    assert counters_are_right(fill())


def test_the_switch_for_capturing_arrives_off_in_a_database_that_is_in_use(own_app):
    skill_id = fill().id
    migrate("downgrade", "0007")
    before = everything()
    assert "training_data_capture_enabled" not in before["site_settings"][0]
    assert "0007" in find_obstacle()

    migrate("upgrade", "0008")

    look_anew()
    after = everything()
    assert lost(before, after) == {}
    [row] = after["site_settings"]
    assert (row["training_data_capture_enabled"], row["viewing_requires_sign_in"]) == (False, True)
    column = next(
        column
        for column in inspect(db.engine).get_columns("site_settings")
        if column["name"] == "training_data_capture_enabled"
    )
    assert isinstance(column["type"], Boolean)
    assert not column["nullable"]
    assert column["default"].lower() in ("false", "0")
    migrate("upgrade", "head")
    _check_that_search_still_works(skill_id)


def test_search_knows_the_old_rows_after_its_migration_was_undone_and_done_again(own_app):
    skill_id = fill().id
    migrate("downgrade", "0006")
    migrate("upgrade", "head")

    _check_that_search_still_works(skill_id)
    assert (
        get_preferences(reading().query(Suggestion).order_by(Suggestion.id).first().user_id).training_data_consent
        is True
    )


def _check_that_search_still_works(skill_id):
    def found(query):
        page = get_training_examples_for_skill(skill_id, wanted=Filter(query=query))
        return [row.example.example_input for row in page.rows]

    skill = skills.get_skills(wanted=skills.Filter(query="searchable")).rows[0]
    assert found("question") == ["A captured question", "An approved question"]
    assert found("another way") == []
    added = make_example(skill, "A later question")
    assert found("later") == ["A later question"]
    reading().delete(added)
    reading().commit()
    assert found("later") == []


def test_foreign_keys_hold_in_the_process_that_migrated(own_app):
    fill()
    migrate("downgrade", "0007")
    migrate("upgrade", "head")

    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM users"))


def test_a_migration_that_finds_rows_that_point_nowhere_changes_nothing(own_app, own_url):
    if not own_url.startswith("sqlite"):
        pytest.skip("PostgreSQL never lets such rows in")
    fill()
    with sqlite3.connect(db.engine.url.database) as connection:  # foreign keys are off unless asked for
        connection.execute("DELETE FROM users")
    connection.close()

    with pytest.raises(SystemExit):
        migrate("downgrade", "0007")

    assert find_obstacle() is None
    assert "training_data_capture_enabled" in everything()["site_settings"][0]


def test_the_migrations_make_what_the_models_say(own_app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": lambda _thing, name, *_rest: "_search" not in (name or ""),
            },
        )
        found = compare_metadata(context, Base.metadata)
    # Foreign keys that came with ADD COLUMN are beyond SQLAlchemy's reflection of SQLite; the next test compares them.
    beyond = ("add_fk", "remove_fk") if db.engine.dialect.name == "sqlite" else ()
    assert [one for one in found if one[0] not in beyond] == []


def test_the_migrations_make_the_same_tables_checks_and_indexes_as_the_models(own_app, own_url, request, tmp_path):
    """Alembic does not compare CHECKs, conditions of indexes or what a deletion does, so both are made and compared."""
    if own_url.startswith("sqlite"):
        _compare_with(f"sqlite:///{tmp_path / 'models.db'}")
    else:
        with new_postgres_database(request.getfixturevalue("postgres_url")) as url:
            _compare_with(url)


def _compare_with(url):
    engine = create_engine(url.replace("postgresql://", f"{db.engine.url.drivername}://"))
    try:
        Base.metadata.create_all(engine)
        assert _description(db.engine) == _description(engine)
    finally:
        engine.dispose()


def _description(engine):
    with engine.connect() as connection:
        inspector = inspect(connection)
        described = {}
        for name in Base.metadata.tables:
            parts = {
                "columns": inspector.get_columns(name),
                "primary key": [inspector.get_pk_constraint(name)],
                "foreign keys": inspector.get_foreign_keys(name),
                "unique": inspector.get_unique_constraints(name),
                "checks": inspector.get_check_constraints(name),
                "indexes": [one for one in inspector.get_indexes(name) if "_search" not in one["name"]],
            }
            for part, things in parts.items():
                described[f"{name}: {part}"] = sorted(json.dumps(_plain(one), sort_keys=True) for one in things)
            if engine.dialect.name == "sqlite":
                statements = connection.execute(
                    text("SELECT sql FROM sqlite_master WHERE tbl_name = :name AND type IN ('table', 'index')"),
                    {"name": name},
                )
                described[f"{name}: foreign keys"] = sorted(
                    str(row[2:]) for row in connection.execute(text(f"PRAGMA foreign_key_list({name})"))
                )
                written = " ".join(sql or "" for (sql,) in statements)
                for words in ("AUTOINCREMENT", "WITHOUT ROWID"):
                    described[f"{name}: {words}"] = words in written
        return described


def _plain(thing):
    if isinstance(thing, dict):
        return {key: _plain(value) for key, value in thing.items() if key != "comment"}
    return str(thing)


def test_the_search_migration_has_the_expressions_that_searches_use():
    path = Path(PROJECT_ROOT / "migrations/versions/0007_search.py")
    spec = importlib.util.spec_from_file_location("search_migration", path)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)

    assert migration.INDEXED_CHARACTERS == search.INDEXED_CHARACTERS
    for name, index in search.INDEXES.items():
        assert migration.FIELDS[name] == (index.table, index.fields, index.owner)
        assert migration.DOCUMENTS[name] == search.tsvector_expression(index)
    assert migration.FIELDS.keys() == migration.DOCUMENTS.keys() == search.INDEXES.keys()

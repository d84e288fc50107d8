"""Every test that touches a database runs on SQLite and on PostgreSQL. What could not be run is said at the end."""

import fcntl
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import event

from app import create_app
from app.extensions import db, limiter
from app.models import Skill, User
from tests.support.databases import POSTGRES_HELP, empty, has_postgres, new_postgres_database, postgres_server
from tests.support.factories import make_skill, make_user
from tests.support.person import Person
from tests.support.server import make_demo_instance

REQUIRED = set(filter(None, os.environ.get("GOLDSET_REQUIRE", "").split(",")))


def pytest_configure(config: pytest.Config) -> None:
    if "postgres" in REQUIRED and not has_postgres():
        raise pytest.UsageError(POSTGRES_HELP)


DOORS = ("web", "api", "cli")
"""Where tests are about what doors say: in these, and in walks over the doors, the first of each module run on both."""
WALKS_OVER_DOORS = ("test_permissions", "test_pages", "test_guards", "test_canaries")
ON_BOTH = 2


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--everything", action="store_true", help="also run every test of the doors on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what runs on PostgreSQL, so that the quick part can leave it to the whole run.

    What databases differ in is the services' business, and every test of theirs runs on both. The doors translate:
    the first few tests of each of their modules on PostgreSQL show that they reach it, and `--everything` runs all.
    """
    kept, dropped, seen = [], [], Counter[Path]()
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec and callspec.params.get("migrated_app") == "postgres":
            item.add_marker("postgres")
            seen[item.path] += 1
            if _is_about_doors(item.path) and seen[item.path] > ON_BOTH and not config.getoption("--everything"):
                dropped.append(item)
                continue
        kept.append(item)
    items[:] = sorted(kept, key=lambda item: _turn_of(item.path))
    config.hook.pytest_deselected(items=dropped)


LONGEST_FIRST = ("processes", "browser", "client", "contracts", "cli", "consumers", "api", "fuzz", "web", "services")
"""Workers take a file after the other: what takes long must not be what the last of them begins with."""


def _turn_of(path: Path) -> int:
    folder = path.relative_to(Path(__file__).parent).parts[0]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def _is_about_doors(path: Path) -> bool:
    return path.relative_to(Path(__file__).parent).parts[0] in DOORS or path.stem in WALKS_OVER_DOORS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, in one line each, what could not be run and how to get it."""
    reasons = {skipped.longrepr[2].removeprefix("Skipped: ") for skipped in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reason for reason in reasons if "not run" in reason):
        terminalreporter.write_line(reason, yellow=True)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server's URL."""
    if not has_postgres():
        pytest.skip(POSTGRES_HELP)
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'goldset.db'}"
    with migrated(url, tmp_path_factory.mktemp("instance")) as app:
        yield app


@pytest.fixture(scope="session")
def postgres_app(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with (
        new_postgres_database(postgres_url) as url,
        migrated(url, tmp_path_factory.mktemp("instance")) as app,
    ):
        yield app


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_app(request: pytest.FixtureRequest) -> Flask:
    """The application on each database in turn. Both stay, so that tests may come in any order."""
    app: Flask = request.getfixturevalue(f"{request.param}_app")
    return app


@contextmanager
def migrated(url: str, instance: Path) -> Iterator[Flask]:
    app = create_app(settings(url, instance))
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", trust_the_machine)
        flask_migrate.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the demo data that nobody serves: made once, for all workers. Tests get copies of it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    instance = shared / "demo-instance"
    with (shared / "demo-instance.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo-instance.made").exists():
            make_demo_instance(instance)
            (shared / "demo-instance.made").touch()
    return instance


def trust_the_machine(connection: sqlite3.Connection, _record: object) -> None:
    """Nobody pulls the plug of a test: what is written need not reach the disk before the next statement."""
    connection.execute("PRAGMA synchronous = OFF")


def settings(database_url: str, instance: Path) -> dict[str, object]:
    """Return the configuration of an application under test."""
    return {
        "TESTING": True,
        "GOLDSET_DATABASE_URL": database_url,
        "GOLDSET_INSTANCE": str(instance),
        "GOLDSET_SECRET_KEY": "a key for tests only",
        "GOLDSET_PAGE_SIZE": "5",
    }


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application on an empty database, inside an application context."""
    with migrated_app.app_context():
        with db.engine.begin() as connection:
            empty(connection)
        limiter.reset()
        yield migrated_app
        db.session.remove()


@pytest.fixture
def another_app(app: Flask, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Return a function that makes another application on the same database, with other settings."""
    made: list[Flask] = []

    def make(**changed: str) -> Flask:
        made.append(create_app({**settings(app.config["GOLDSET_DATABASE_URL"], tmp_path), **changed}))
        return made[-1]

    yield make
    for one in made:
        with one.app_context():
            db.engine.dispose()


@pytest.fixture
def author(app: Flask) -> User:
    return make_user("Ada Author")


@pytest.fixture
def viewer(app: Flask) -> User:
    return make_user("Vera Viewer")


@pytest.fixture
def admin(app: Flask) -> User:
    return make_user("Adam Admin", is_admin=True)


@pytest.fixture
def skill(author: User) -> Skill:
    return make_skill(author, name="a-skill")


@pytest.fixture
def browser_of(app: Flask) -> Callable[[User | None], Person]:
    """Return a browser for a user, or for somebody who is not signed in."""
    return lambda user=None: Person(app, user)


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement that the database is sent while the test runs; clear it before the part that counts."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)

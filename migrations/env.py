"""How migrations run: on the application's own engine, each in a transaction, foreign keys checked at the end.

SQLite's foreign keys are off while a migration runs, because rebuilding a table with them on would delete the rows of
the tables that point to it; `foreign_key_check` then proves that nothing dangles before the migration is committed.
"""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from app.database import WRITER
from app.extensions import db


def include_object(_thing: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave full-text search to its own migration: its tables and indexes are not models."""
    return "_search" not in (name or "")


def run_migrations() -> None:
    with db.engine.connect() as plain:
        connection = plain.execution_options(**{WRITER: True})
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            set_foreign_keys(connection, "OFF")
        try:
            migrate(connection)
        finally:
            if is_sqlite:
                set_foreign_keys(connection, "ON")


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        compare_type=True,
        include_object=include_object,
        # Both databases can: Alembic believes it of PostgreSQL only.
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            check_foreign_keys(connection)


def set_foreign_keys(connection: Connection, state: str) -> None:
    """Outside a transaction, where alone SQLite heeds it."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys = {state}")


def check_foreign_keys(connection: Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise RuntimeError(f"The migration would leave rows that point nowhere: {dangling[:5]}")


run_migrations()

"""How a database connection behaves: what SQLite must be told to be safe for a team, and how a writer begins.

SQLite runs in WAL mode with one writer at a time. A transaction that reads first and writes later can lose its snapshot
to another writer and fail at once, however long it would wait. So whoever is going to write says so before the first
statement and begins with BEGIN IMMEDIATE, which waits its turn (`busy_timeout`); readers begin plainly and never wait.
PostgreSQL needs none of this.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    SQLColumnExpression,
    any_,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import OperationalError as DatabaseUnavailable
from sqlalchemy.orm import Session

__all__ = [
    "WRITER",
    "DatabaseUnavailable",
    "insert_new",
    "insert_plainly",
    "is_one_of",
    "is_unique_violation",
    "prepare_engine",
    "scrub",
]

WRITER = "goldset_writer"
"""The execution option of a connection that is going to write."""

BUSY_TIMEOUT_MS = 15_000

SCRUB_SECONDS = 30
"""How long `scrub` tries to write SQLite's log back while others read."""


def prepare_engine(engine: Engine) -> None:
    """Make every connection of `engine` behave as the module says. PostgreSQL engines are left as they are."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # None: the driver begins no transactions by itself, so that `_begin_sqlite` decides how they begin.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        # FULL: what was acknowledged survives a power cut, not just the end of the process.
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        # In KiB, instead of 2,000: a chunk of a job touches more of the indexes than that, and wrote pages twice.
        "cache_size = -16000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writer = connection.get_execution_options().get(WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


def is_one_of(column: SQLColumnExpression[int], numbers: Iterable[int], session: Session) -> ColumnElement[bool]:
    """Return the condition that a column is one of very many numbers, which go to the database as one value: with
    thousands of parameters, writing the statement would take longer than what it asks."""
    if session.get_bind().dialect.name == "sqlite":
        given = func.json_each(json.dumps(list(numbers))).table_valued("value")
        return column.in_(select(given.c.value))
    return column == any_(literal(list(numbers), ARRAY(BigInteger)))


def insert_new(table: Any, dialect: Dialect) -> Any:
    """Return the INSERT into a table that leaves rows alone which are there already."""
    makers: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return makers[dialect.name](table).on_conflict_do_nothing()


def insert_plainly(session: Session, table: Any, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert very many small rows of numbers and words that no type needs to change, but for those that are there.

    To prepare each as a row of a model would take as long as to store it. They are stored in their order, so that
    neighbours in an index are written together.
    """
    given: list[Any] = sorted(rows)
    if not given:
        return
    connection = session.connection()
    dialect = connection.dialect
    text = str(insert_new(table, dialect).compile(dialect=dialect, column_keys=list(columns)))
    if not dialect.positional:
        given = [dict(zip(columns, row, strict=True)) for row in given]
    connection.exec_driver_sql(text, given)


def scrub(engine: Engine, fts_tables: Sequence[str], *, seconds: float | None = None) -> None:
    """Take deleted and overwritten text out of the database's files.

    SQLite zeroes what is freed (`secure_delete`), but its search indexes keep the words of old texts until their parts
    are merged, and its log keeps old pages until it is written back: `TimeoutError` where somebody who reads prevents
    that for so many seconds (`SCRUB_SECONDS`). PostgreSQL keeps old rows until a vacuum frees their space, and their
    bytes until it is used again; only a `VACUUM FULL`, which stops everybody, and a look at its log and backups end
    that.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
        return
    with engine.connect().execution_options(**{WRITER: True}) as connection, connection.begin():
        for name in fts_tables:
            connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608 - our own names
    with closing(engine.raw_connection()) as raw:  # a checkpoint is not possible within a transaction
        # It shuts writers out while it waits for readers, so it waits briefly and often.
        raw.cursor().execute("PRAGMA busy_timeout = 100")
        try:
            for _ in range(max(1, int((seconds or SCRUB_SECONDS) * 2))):
                is_busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                if not is_busy:
                    return
                time.sleep(0.4)
        finally:
            raw.cursor().execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    raise TimeoutError("the database's log could not be written back")


def is_unique_violation(error: IntegrityError) -> bool:
    """Return whether the database refused a second row of something unique (SQLSTATE 23505 on PostgreSQL)."""
    original = error.orig
    if isinstance(original, sqlite3.IntegrityError):
        return original.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
    return getattr(original, "sqlstate", None) == "23505"

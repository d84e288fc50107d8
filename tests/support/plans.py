"""How the database answers: the statements it is sent, and the steps of its plan for one of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.extensions import db

Sent = tuple[str, Any]
"""A statement as it was sent, and its parameters."""


@contextmanager
def noted_statements() -> Iterator[list[Sent]]:
    """Note what is sent while the block runs."""
    sent: list[Sent] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def plan_of(sent: Sent, *, avoided: Sequence[str] = ("seqscan",)) -> list[str]:
    """Return the steps of a statement's plan. PostgreSQL is told what to avoid, as it would with large tables, which
    here they are not."""
    statement, parameters = sent
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        for kind in avoided:
            connection.exec_driver_sql(f"SET LOCAL enable_{kind} = off")
        return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]

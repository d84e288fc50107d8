"""Rows as older rules would have left them: written past redaction, and marked as behind."""

from typing import Any

from sqlalchemy import JSON, column, func, inspect, literal, select, table, update

from app.extensions import db
from app.models import Base
from app.models.types import FreeJSON, FreeText
from app.services import rescan as service
from tests.support.threads import look_anew

SECRET = "hunter2!x"
LEAK = f"password={SECRET}"
CLEAN = "password=[PASSWORD_1]"


def leave_behind(row: Base, **texts: Any) -> None:
    """Write these texts into the row as they are, and let the row be behind."""
    [key] = inspect(type(row)).primary_key
    with db.engine.begin() as connection:
        plain = table(row.__tablename__, column(key.name), column("rules_version"), *map(column, texts))
        changed = update(plain).where(plain.c[key.name] == inspect(row).identity[0])
        connection.execute(changed.values(rules_version=0, **texts))
    look_anew()


def leave_everything_behind(words: str) -> int:
    """Write these words into every text of every row; return how many texts that were. A column without fails."""
    written = 0
    with db.engine.begin() as connection:
        for name, known in text_columns():
            plain = table(name, column("rules_version"), column(known.name, JSON if is_json(known) else None))
            there = plain.c[known.name].is_not(None)
            texts = connection.scalar(select(func.count()).select_from(plain).where(there))
            assert texts, f"no row has a text in {known}: make one, or this proves nothing of it"
            value = json_of(known, words) if is_json(known) else plain.c[known.name].concat(literal(f" {words}"))
            connection.execute(update(plain).where(there).values({"rules_version": 0, known.name: value}))
            written += texts
    look_anew()
    return written


def text_columns() -> list[tuple[str, Any]]:
    return [
        (one.name, known)
        for one in service.TABLES
        for known in one.columns
        if isinstance(known.type, FreeText | FreeJSON)
    ]


def json_of(known: Any, words: str) -> Any:
    """Return a value with these words in it, of the shape that the column has."""
    shapes = {"tags": [words], "turns": [{"role": "system", "content": words}]}
    return shapes.get(known.name, {"words": words})


def is_json(known: Any) -> bool:
    return isinstance(known.type, FreeJSON)


def rescan(**sizes: int) -> service.Rescanned:
    """Run the whole rescan and return what it did in all."""
    total = service.Rescanned()
    for done in service.rescan(**sizes):
        total.add(done)
    look_anew()
    return total

"""What all tables share: names of constraints, and the guard on rows that are written once."""

from typing import Any

from sqlalchemy import MetaData, event
from sqlalchemy.orm import DeclarativeBase, Mapper, ORMExecuteState, Session

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

MAX_ID = 2**31 - 1
NEVER_REUSE_IDS = {"sqlite_autoincrement": True}
"""Table arguments: SQLite would give the id of a deleted last row to the next one; a link must not change its thing."""

KEY_IS_THE_ROW = {"sqlite_with_rowid": False}
"""Table arguments: SQLite keeps the rows in the key's own tree, instead of the key once more in another one."""


class Base(DeclarativeBase):
    """The base of every model. Relationships are `lazy="raise"`: a forgotten load fails instead of slowing a page."""

    metadata = MetaData(naming_convention=NAMES)


def is_id(number: int) -> bool:
    """Return whether `number` could be a row's id: what is larger than the columns hold is asked of no database."""
    return 0 < number <= MAX_ID


class WrittenOnce:
    """A row that is never changed or deleted through the application: history and proof."""


def _refuse(mapper: Mapper[Any], connection: object, target: object) -> None:
    raise RuntimeError(f"A {type(target).__name__} is written once: it cannot be changed or deleted.")


def _refuse_in_bulk(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete) and state.bind_mapper and issubclass(state.bind_mapper.class_, WrittenOnce):
        raise RuntimeError(f"A {state.bind_mapper.class_.__name__} is written once: it cannot be changed or deleted.")


event.listen(WrittenOnce, "before_update", _refuse, propagate=True)
event.listen(WrittenOnce, "before_delete", _refuse, propagate=True)
event.listen(Session, "do_orm_execute", _refuse_in_bulk)

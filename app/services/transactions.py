"""Where a change begins and ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.database import WRITER, is_unique_violation
from app.domain.errors import Conflict
from app.extensions import db

_WRITING, _AFTERWARDS = "goldset_writing", "goldset_afterwards"


@contextmanager
def writing() -> Iterator[Session]:
    """Run one change as one transaction: committed at the end of the block, rolled back when anything is raised.

    A change made of smaller ones is still one: an inner block joins the outer one. Reads made before the block belong
    to an earlier moment, so whatever the change depends on is read again inside it.
    """
    session = db.session()
    if session.info.get(_WRITING):
        yield session
        return
    session.commit()  # ends the transaction that has only read, and keeps what it loaded
    session.info[_WRITING] = True
    try:
        session.connection(execution_options={WRITER: True})
        yield session
        session.commit()
    except IntegrityError as error:
        session.rollback()
        if is_unique_violation(error):
            raise Conflict("Somebody saved the same thing at the same moment. Reload the page and look.") from error
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_WRITING, None)
        afterwards = session.info.pop(_AFTERWARDS, {})
    for step in afterwards:
        step()


def after_commit(step: Callable[[], object]) -> None:
    """Do `step` once, right after the running change is committed; never, where it is not."""
    db.session().info.setdefault(_AFTERWARDS, {})[step] = None


def reading() -> Session:
    """Return the session for reads; it is the same one inside and outside a change."""
    return db.session()

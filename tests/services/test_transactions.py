"""One change is one transaction: what belongs together is kept together or not at all."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.domain.errors import Conflict
from app.extensions import db
from app.models import Skill, User
from app.services import clock
from app.services.transactions import reading, writing
from tests.support.factories import make_user
from tests.support.tables import count_rows
from tests.support.threads import look_anew, run_together


def new_user(email):
    return User(email=email, name="Somebody", session_token=email, created_at=clock.now())


def seen_by_others():
    """Return how many users a connection of its own sees."""
    with db.engine.connect() as connection:
        return len(connection.execute(select(User.id)).all())


def test_a_change_is_seen_by_others_when_its_block_has_ended_and_not_before(app):
    with writing() as session:
        session.add(new_user("a@example.com"))
        session.flush()
        during = seen_by_others()

    assert (during, seen_by_others()) == (0, 1)


def test_an_inner_change_joins_the_outer_one(app):
    with writing() as outer:
        with writing() as inner:
            inner.add(new_user("a@example.com"))
        during = seen_by_others()

    assert inner is outer
    assert (during, seen_by_others()) == (0, 1)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_whatever_is_raised_undoes_inner_and_outer_changes(app, error):
    def change():
        with writing() as session:
            session.add(new_user("a@example.com"))
            with writing():
                session.add(new_user("b@example.com"))
            raise error

    with pytest.raises(error):
        change()

    assert seen_by_others() == 0
    assert count_rows(User) == 0


def test_after_a_failed_change_the_next_one_works(app):
    with pytest.raises(RuntimeError), writing():
        raise RuntimeError
    with writing() as session:
        session.add(new_user("a@example.com"))

    assert seen_by_others() == 1


def test_a_second_one_of_something_unique_becomes_a_conflict(viewer):
    with pytest.raises(Conflict), writing() as session:
        session.add(new_user(viewer.email))
    look_anew()

    assert count_rows(User) == 1


def test_a_second_one_that_an_inner_change_adds_becomes_a_conflict_too(viewer):
    def change():
        with writing():
            for email in ("a@example.com", viewer.email):
                with writing() as session:
                    session.add(new_user(email))
                    session.flush()

    with pytest.raises(Conflict):
        change()

    assert seen_by_others() == 1


def test_any_other_refusal_of_the_database_is_not_called_a_conflict(viewer):
    with pytest.raises(IntegrityError), writing() as session:
        session.add(new_user("Not@Lower.Case"))

    assert seen_by_others() == 1


def test_reading_first_does_not_keep_a_writer_from_seeing_what_others_wrote(app, viewer):
    viewer_id = viewer.id
    assert reading().get(User, viewer_id).name == "Vera Viewer"

    def rename():
        with writing() as session:
            session.get_one(User, viewer_id).name = "Renamed by another"

    results = run_together(app, [rename])
    with writing() as session:
        seen = session.scalars(select(User.name).where(User.id == viewer_id)).one()
        session.add(new_user("a@example.com"))

    assert (results, seen) == ([None], "Renamed by another")


def test_what_was_read_before_a_change_stays_readable_after_it(viewer):
    with writing() as session:
        session.add(new_user("a@example.com"))

    assert viewer.name == "Vera Viewer"
    make_user()
    assert count_rows(Skill) == 0

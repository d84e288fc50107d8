"""A rescan beside people who go on working, beside another one, interrupted, and how little it costs."""

import threading
import time

import pytest

from app.domain.errors import Stale
from app.domain.notifications import Kind
from app.extensions import db
from app.models import TrainingExample, User
from app.services import rescan as service
from app.services.notifications import notify
from app.services.suggestions import create_suggestion
from app.services.training_examples import edit_training_example
from app.services.transactions import reading, writing
from tests.support.factories import make_example
from tests.support.older_rules import CLEAN, LEAK, SECRET, leave_behind, rescan
from tests.support.tables import counters_are_right, dump
from tests.support.threads import LONGEST_WAIT, look_anew, run_together

pytestmark = pytest.mark.slow

MOST_FOR_THE_END = 4  # statements that take the words out of the files


@pytest.fixture
def meanwhile(monkeypatch):
    """Return a function that lets something happen once, between the reading of a batch and its writing."""
    clean = service._Cleaner.clean

    def let(happen):
        waiting = [happen]

        def clean_later(cleaner, row):
            while waiting:
                waiting.pop()()
            return clean(cleaner, row)

        monkeypatch.setattr(service._Cleaner, "clean", clean_later)

    return let


def test_a_row_that_somebody_changed_meanwhile_is_left_for_a_later_batch(app, skill, meanwhile):
    changed, other = make_example(skill), make_example(skill)
    for example in (changed, other):
        leave_behind(example, example_input=f"{example.id} {LEAK}")
    meanwhile(lambda: leave_behind(changed, example_input=f"Newer words {LEAK}"))

    batches = [(done.rows, done.changed) for done in service.rescan()]
    look_anew()

    assert batches == [(1, 1), (1, 1)]
    assert (changed.example_input, other.example_input) == (f"Newer words {CLEAN}", f"{other.id} {CLEAN}")


def test_an_edit_meanwhile_is_not_lost(app, author, skill, meanwhile):
    example_id, author_id = make_example(skill).id, author.id
    leave_behind(reading().get_one(TrainingExample, example_id), example_input=LEAK)

    def edit():
        texts = {"example_input": "Edited", "example_output": "Too"}
        edit_training_example(reading().get_one(User, author_id), example_id=example_id, revision=1, **texts)

    meanwhile(lambda: run_together(app, [edit]))

    rescan()

    example = reading().get_one(TrainingExample, example_id)
    assert (example.example_input, example.revision) == ("Edited", 2)
    assert service.count_rows_behind()["skill_feedback"] == 0


def test_a_row_that_somebody_deleted_meanwhile_is_no_concern(app, skill, meanwhile):
    gone, stays = make_example(skill), make_example(skill)
    for example in (gone, stays):
        leave_behind(example, example_input=f"{example.id} {LEAK}")

    def delete():
        with db.engine.begin() as connection:
            table = TrainingExample.__table__
            connection.execute(table.delete().where(table.c.id == gone.id))

    meanwhile(delete)

    assert rescan().changed == 1
    assert [one.example_input for one in reading().query(TrainingExample)] == [f"{stays.id} {CLEAN}"]


def test_two_rescans_at_once_do_together_what_one_would(app, skill):
    for number in range(40):
        leave_behind(make_example(skill), example_input=f"{number} {LEAK}")

    results = run_together(app, [lambda: rescan(rows_at_once=4)] * 2)

    assert [one for one in results if isinstance(one, Exception)] == []
    assert sum(one.changed for one in results) == 40
    assert {one.revision for one in reading().query(TrainingExample)} == {2}
    assert SECRET not in str(dump())


def test_a_rescan_and_many_edits_at_once_refuse_and_lose_nothing(app, author, skill):
    ids, author_id = [make_example(skill, f"Input {number}").id for number in range(60)], author.id
    for example in reading().query(TrainingExample).all():
        leave_behind(example, expected_output=LEAK)

    def editing(example_ids):
        def edit():
            for example_id in example_ids:
                edit_as_it_is(reading().get_one(User, author_id), example_id)

        return edit

    calls = [editing(ids[start::3]) for start in range(3)]
    results = run_together(app, [lambda: rescan(rows_at_once=10), *calls])

    assert [one for one in results if isinstance(one, Exception)] == []
    assert {one.example_output for one in reading().query(TrainingExample)} == {"Edited"}
    assert SECRET not in str(dump())
    assert counters_are_right(skill)


def edit_as_it_is(actor, example_id):
    """Edit an example as often as it takes: the rescan may have changed it since it was looked at."""
    while True:
        look_anew()
        example = reading().get_one(TrainingExample, example_id)
        texts = {"example_input": example.example_input, "example_output": "Edited"}
        try:
            return edit_training_example(actor, example_id=example_id, revision=example.revision, **texts)
        except Stale:
            continue


def test_a_rescan_of_people_and_somebody_who_tells_another_something_get_by_each_other(app, author, viewer, skill):
    author_id, viewer_id, skill_id, half_done = author.id, viewer.id, skill.id, threading.Event()
    for user in (author, viewer):
        leave_behind(user, name=f"{user.name} {LEAK}")

    def suggest():
        opinion = {"category": "other", "severity": "critical", "comment": "Say more about it"}
        with writing():
            create_suggestion(skill_id=skill_id, user_id=viewer_id, **opinion)
            half_done.set()
            time.sleep(0.3)  # by then the rescan waits for its turn
            actor = reading().get_one(User, viewer_id)
            notify(Kind.SUGGESTION_RECEIVED, user_id=author_id, actor=actor, skill_id=skill_id)

    results = run_together(app, [suggest, lambda: half_done.wait(LONGEST_WAIT) and rescan()])

    assert [one for one in results if isinstance(one, Exception)] == []
    assert (author.name, viewer.name) == (f"Ada Author {CLEAN}", f"Vera Viewer {CLEAN}")
    assert author.unread_notifications == 1


def test_a_rescan_that_was_interrupted_goes_on_where_it_stopped(skill):
    for number in range(5):
        leave_behind(make_example(skill), example_input=f"{number} {LEAK}")
    interrupted = service.rescan(rows_at_once=2)
    first = next(interrupted)
    interrupted.close()

    rest = rescan()

    assert (first.changed, rest.changed) == (2, 3)
    assert {one.revision for one in reading().query(TrainingExample)} == {2}
    assert SECRET not in str(dump())


# ---- what it costs ----


def test_nothing_to_do_costs_the_same_however_many_rows_there_are(skill, statements):
    costs = []
    for more in (1, 30):
        for _ in range(more):
            make_example(skill)
        look_anew()
        statements.clear()
        assert rescan().rows == 0
        costs.append(len(statements))

    assert costs == [costs[0]] * 2
    assert costs[0] <= len(service.TABLES) + MOST_FOR_THE_END


def test_costs_grow_with_the_rows_that_are_behind_and_with_no_others(skill, statements):
    costs = []
    for behind, current in ((1, 0), (1, 30), (11, 0), (21, 0)):
        for _ in range(current):
            make_example(skill)
        for number in range(behind):
            leave_behind(make_example(skill), example_input=f"{len(costs)} {number} {LEAK}")
        statements.clear()
        assert rescan().changed == behind
        costs.append(len(statements))

    assert costs[0] == costs[1]
    assert costs[3] - costs[2] == costs[2] - costs[1]


def test_rows_that_are_behind_are_found_by_an_index(app):
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # the tables are small here
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        for table in service.TABLES:
            statement = (
                service._select_behind(table).limit(200).compile(db.engine, compile_kwargs={"literal_binds": True})
            )
            plan = str(connection.exec_driver_sql(f"{explain} {statement}").all())
            assert f"ix_{table.name}_rules_version" in plan
            assert "SEARCH" in plan or "Index Cond" in plan, "the index is walked from end to end"

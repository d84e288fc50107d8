"""Jobs: taken oldest first, by one worker at a time, and brought to an end whoever dies on the way."""

import logging
import time
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from app.database import DatabaseUnavailable
from app.domain.erasures import Withdrawal
from app.domain.errors import Conflict, NotFound, SignInRequired
from app.domain.jobs import MOST_TRIES, TRANSITIONS, Kind, State
from app.extensions import db
from app.jobs import WORK
from app.jobs.worker import Worker, run_job
from app.models import Job, WithdrawnRow
from app.services import clock
from app.services.freezes import freeze
from app.services.jobs import (
    QUEUED,
    TRIED_TOO_OFTEN,
    UNEXPECTED,
    LeaseLost,
    Work,
    cancel_job,
    claim_job,
    enqueue,
    find_unfinished_job,
    get_job,
)
from app.services.transactions import reading, writing
from tests.support.factories import make_example, make_skill
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

LAST = 6
SECRET = "ghp_" + "a1B2" * 9


def put(job: Job, number: int) -> None:
    """Write a row, as the chunks of real work do: the job's number and how far it is stand in it."""
    reading().add(
        WithdrawnRow(
            skill_id=job.skill_id,
            row_hash=f"{job.id}: {number}",
            keys="",
            reason=Withdrawal.TAKEN_BACK.value,
            at=clock.now(),
        )
    )


def count_one(job, number):
    put(job, number)
    job.position = job.progress = number
    return {"counted": number} if number == LAST else None


def take_back_all(job):
    reading().execute(delete(WithdrawnRow).where(WithdrawnRow.skill_id == job.skill_id))


COUNTING = Work(lambda job: job.position + 1, count_one, take_back_all)
"""Writes the numbers from 1 to `LAST`, one a chunk."""


def rows():
    return [row_hash for (row_hash,) in reading().execute(select(WithdrawnRow.row_hash).order_by(WithdrawnRow.id))]


def all_rows_of(job):
    return [f"{job.id}: {number}" for number in range(1, LAST + 1)]


@pytest.fixture
def queue(author, skill):
    """Return a function that puts a job into the queue."""
    return lambda: enqueue(author, Kind.CHECK_IMPORT, skill_id=skill.id, wanted={}, total=LAST)


def end_lease(job_id):
    """Let so much time pass that the job's lease is over."""
    with writing() as session:
        past = clock.now() - timedelta(seconds=1)
        session.execute(update(Job).where(Job.id == job_id).values(leased_until=past))
    look_anew()


def do_all(lease, work=COUNTING):
    while lease.run_chunk(work):
        pass


# ---- taking ----


def test_the_oldest_is_taken_first(queue):
    jobs = [queue() for _ in range(3)]

    assert [claim_job().job_id for _ in jobs] == [job.id for job in jobs]
    assert claim_job() is None


def test_one_job_is_taken_by_its_number_and_no_other(queue):
    first, second = queue(), queue()

    assert claim_job(job_id=second.id).job_id == second.id
    assert claim_job(job_id=second.id) is None
    assert claim_job().job_id == first.id


def test_a_job_that_is_taken_says_since_when_and_how_often(author, queue):
    job = queue()
    before = clock.now()

    claim_job()

    job = get_job(author, job.id)
    assert (job.state, job.tries, job.finished_at) == ("running", 1, None)
    assert before <= job.started_at <= clock.now() < job.leased_until


def test_two_workers_never_have_one_job(app, queue):
    jobs = [queue().id for _ in range(8)]

    def take_some():
        return [lease.job_id for _ in range(4) if (lease := claim_job())]

    taken = [job_id for found in run_together(app, [take_some] * 4) for job_id in found]

    assert len(taken) == len(set(taken))
    while lease := claim_job():  # on PostgreSQL one may find nothing where another looks at it
        taken.append(lease.job_id)
    assert sorted(taken) == jobs


def test_many_workers_do_all_jobs_and_each_once(app, author, queue):
    jobs = [queue() for _ in range(5)]

    def work_off():
        done = 0
        while lease := claim_job():
            do_all(lease)
            done += 1
        return done

    results = run_together(app, [work_off] * 3)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert sorted(rows()) == sorted(row for job in jobs for row in all_rows_of(job))
    assert {get_job(author, job.id).state for job in jobs} == {"done"}


# ---- the lease ----


def test_a_job_whose_worker_died_is_taken_over_and_no_row_is_lost_or_doubled(author, queue):
    job = queue()
    died = claim_job()
    for _ in range(2):
        died.run_chunk(COUNTING)
    assert claim_job() is None, "its lease is not over yet"
    end_lease(job.id)

    do_all(claim_job())

    ended = get_job(author, job.id)
    assert rows() == all_rows_of(job)
    assert (ended.state, ended.result, ended.tries, ended.progress) == ("done", {"counted": LAST}, 2, LAST)
    assert (ended.lease_token, ended.leased_until) == (None, None)
    assert ended.finished_at is not None


def test_every_chunk_renews_the_lease(author, queue):
    job = queue()
    lease = claim_job()
    end_lease(job.id)

    lease.run_chunk(COUNTING)

    assert claim_job() is None
    assert get_job(author, job.id).leased_until > clock.now()


def test_a_worker_that_only_slept_stops_and_has_written_nothing(author, queue):
    job = queue()
    slept = claim_job()
    slept.run_chunk(COUNTING)
    end_lease(job.id)
    other = claim_job()
    before = dump()

    with pytest.raises(LeaseLost):
        slept.run_chunk(COUNTING)

    assert dump() == before
    do_all(other)
    assert rows() == all_rows_of(job)


def test_a_worker_that_slept_between_reading_and_writing_has_written_nothing(queue):
    job = queue()
    slept = claim_job()
    others = []

    def sleep_long(running):
        end_lease(running.id)
        others.append(claim_job())
        return 1

    with pytest.raises(LeaseLost):
        slept.run_chunk(Work(sleep_long, count_one, take_back_all))

    assert rows() == []
    do_all(others[0])
    assert rows() == all_rows_of(job)


def test_a_worker_that_slept_does_not_end_what_another_does(author, queue):
    job = queue()
    slept = claim_job()

    def sleep_long_and_fail(running):
        end_lease(running.id)
        claim_job()
        raise Conflict("This came too late.")

    with pytest.raises(LeaseLost):
        slept.run_chunk(Work(sleep_long_and_fail, count_one, take_back_all))

    assert (get_job(author, job.id).state, get_job(author, job.id).problem) == ("running", None)


def test_whose_lease_is_lost_goes_on_with_the_next_job(author, skill, caplog, monkeypatch):
    make_example(skill)
    job = freeze(author, skill_id=skill.id)

    def sleep_long(running):
        end_lease(running.id)
        claim_job()

    monkeypatch.setitem(WORK, Kind.FREEZE, WORK[Kind.FREEZE]._replace(prepare=sleep_long))

    assert run_job() is True
    assert f"Job {job.id} is another worker's by now" in caplog.text


def test_a_job_that_kills_every_worker_ends_with_a_sentence(author, queue):
    job = queue()
    for _ in range(MOST_TRIES):
        claim_job().run_chunk(COUNTING)
        end_lease(job.id)

    do_all(claim_job())

    ended = get_job(author, job.id)
    assert (ended.state, ended.problem) == ("failed", TRIED_TOO_OFTEN)
    assert rows() == [], "what it had written is taken back"
    assert claim_job() is None


def test_the_last_try_may_still_succeed(author, queue):
    job = queue()
    for _ in range(MOST_TRIES - 1):
        claim_job()
        end_lease(job.id)

    do_all(claim_job())

    assert get_job(author, job.id).state == "done"


# ---- cancelling ----


def test_a_job_that_waits_is_cancelled_at_once(author, queue):
    job = queue()

    cancel_job(author, job_id=job.id)

    ended = get_job(author, job.id)
    assert (ended.state, ended.tries) == ("cancelled", 0)
    assert ended.finished_at is not None
    assert claim_job() is None
    assert (last_audit_record().action, last_audit_record().subject_id) == ("job.cancelled", job.id)


def test_a_job_under_way_stops_after_its_chunk_and_leaves_nothing(author, queue):
    job = queue()
    lease = claim_job()
    lease.run_chunk(COUNTING)

    cancel_job(author, job_id=job.id)
    asked = get_job(author, job.id)
    assert (asked.state, asked.cancel_asked_at is not None) == ("running", True)
    more = lease.run_chunk(COUNTING)

    assert more is False
    assert get_job(author, job.id).state == "cancelled"
    assert rows() == []


def test_a_cancelled_job_whose_worker_died_is_ended_by_the_next(author, queue):
    job = queue()
    claim_job().run_chunk(COUNTING)
    cancel_job(author, job_id=job.id)
    end_lease(job.id)

    do_all(claim_job())

    assert get_job(author, job.id).state == "cancelled"
    assert rows() == []


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED, State.FAILED])
def test_what_has_ended_is_not_cancelled(author, queue, state):
    job = queue()
    match state:
        case State.DONE:
            do_all(claim_job())
        case State.CANCELLED:
            cancel_job(author, job_id=job.id)
        case State.FAILED:
            do_all(claim_job(), failing(Conflict("No.")))
    before = dump()

    with pytest.raises(Conflict, match=f"This job is {state}: it cannot become cancelled"):
        cancel_job(author, job_id=job.id)

    assert dump() == before


def test_what_has_ended_stays_as_it_is():
    assert {state for state in State if not TRANSITIONS[state]} == {State.DONE, State.FAILED, State.CANCELLED}
    assert TRANSITIONS.keys() == set(State)


# ---- failing ----


def failing(error):
    """Return work whose third chunk writes a row and then fails."""

    def write(job, number):
        result = count_one(job, number)
        if number == 3:
            raise error
        return result

    return Work(COUNTING.prepare, write, take_back_all)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (Conflict("There is no room for these."), "There is no room for these."),
        (NotFound("such file"), "There is no such file."),
        (ZeroDivisionError("a detail of the code"), UNEXPECTED),
    ],
)
def test_a_chunk_that_fails_ends_the_job_with_a_sentence_and_leaves_nothing(author, queue, caplog, error, problem):
    job = queue()

    do_all(claim_job(), failing(error))

    ended = get_job(author, job.id)
    assert (ended.state, ended.problem, ended.result) == ("failed", problem, None)
    assert rows() == []
    assert claim_job() is None
    assert ("a detail of the code" in caplog.text) == (problem == UNEXPECTED)


def test_what_fails_while_it_is_prepared_ends_the_job_too(author, queue):
    job = queue()

    def fail(_job):
        raise Conflict("This cannot be read.")

    do_all(claim_job(), COUNTING._replace(prepare=fail))

    assert (get_job(author, job.id).state, get_job(author, job.id).problem) == ("failed", "This cannot be read.")


def test_a_statement_that_the_database_refuses_ends_the_job(author, queue):
    """On PostgreSQL the transaction is lost with it: the job must still be ended, in another one."""
    job = queue()

    def refuse(running, _number):
        reading().execute(update(Job).where(Job.id == running.id).values(progress=-1))

    do_all(claim_job(), COUNTING._replace(write=refuse))

    assert (get_job(author, job.id).state, get_job(author, job.id).problem) == ("failed", UNEXPECTED)


def test_a_database_that_does_not_answer_fails_no_job(author, queue):
    job = queue()
    lease = claim_job()
    lease.run_chunk(COUNTING)

    def lose_the_database(_job):
        raise DatabaseUnavailable("SELECT 1", {}, OSError("no answer"))

    with pytest.raises(DatabaseUnavailable):
        lease.run_chunk(COUNTING._replace(prepare=lose_the_database))

    assert (get_job(author, job.id).state, rows()) == ("running", [f"{job.id}: 1"])
    do_all(lease)
    assert rows() == all_rows_of(job)


# ---- the queue ----


def test_a_job_is_in_the_queue_with_the_change_that_wants_it_or_not_at_all(author, skill, queue):
    QUEUED.clear()

    def change_and_fail():
        with writing():
            queue()
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        change_and_fail()

    assert count_rows(Job) == 0
    assert not QUEUED.is_set(), "nobody is woken for nothing"
    queue()
    assert QUEUED.is_set()


def test_an_unfinished_job_is_found_by_its_skill_and_kind(author, skill, queue):
    job = queue()

    assert find_unfinished_job(skill.id, Kind.CHECK_IMPORT).id == job.id
    assert find_unfinished_job(skill.id, Kind.FREEZE) is None
    assert find_unfinished_job(make_skill().id, Kind.CHECK_IMPORT) is None
    do_all(claim_job())
    assert find_unfinished_job(skill.id, Kind.CHECK_IMPORT) is None


def test_whoever_waits_for_another_worker_sees_it_end(author, queue):
    waited_for = get_job(author, queue().id)
    assert waited_for.state == State.QUEUED.value
    with db.engine.begin() as another:
        another.execute(update(Job.__table__).values(state=State.DONE.value, result={"counted": LAST}))

    assert claim_job(job_id=waited_for.id) is None, "so whoever waits asks once more"
    assert get_job(author, waited_for.id).state == State.DONE.value


def test_jobs_of_others_are_not_there(author, viewer, admin, queue):
    job = queue()
    before = dump()

    for actor in (viewer, admin):
        with pytest.raises(NotFound, match=f"job of yours with the number {job.id}"):
            get_job(actor, job.id)
        with pytest.raises(NotFound):
            cancel_job(actor, job_id=job.id)
    for number in (0, -1, job.id + 1, 2**40):
        with pytest.raises(NotFound):
            get_job(author, number)
    with pytest.raises(SignInRequired):
        get_job(None, job.id)

    assert dump() == before


def test_no_secret_stays_in_a_job(author, skill):
    make_example(skill)
    asked = freeze(author, skill_id=skill.id, note=f"With {SECRET} in it")
    cancel_job(author, job_id=asked.id)
    done = enqueue(author, Kind.CHECK_IMPORT, skill_id=skill.id, wanted={})
    do_all(claim_job(), COUNTING._replace(write=lambda job, number: {"said": SECRET}))
    failed = enqueue(author, Kind.CHECK_IMPORT, skill_id=skill.id, wanted={})
    do_all(claim_job(), failing(Conflict(f"Line 3 is no row: {SECRET}")))

    look_anew()
    assert get_job(author, asked.id).wanted["note"] == "With [GITHUB_TOKEN_1] in it"
    assert get_job(author, done.id).result == {"said": "[GITHUB_TOKEN_1]"}
    assert get_job(author, failed.id).problem == "Line 3 is no row: [GITHUB_TOKEN_1]"
    assert SECRET not in str(dump())


# ---- the worker's thread ----


@pytest.fixture
def worker(app):
    one = Worker(app)
    one.start()
    yield one
    one.stop()
    assert not one.is_alive()


def wait_for(author, job, state="done"):
    deadline = time.monotonic() + 10
    while get_job(author, job.id).state != state:
        assert time.monotonic() < deadline, f"the job is {get_job(author, job.id).state}"
        time.sleep(0.01)
        look_anew()


def test_a_worker_does_what_comes_and_stops_when_told(author, skill, worker):
    for number in range(2):
        make_example(skill, f"Number {number}")
        wait_for(author, freeze(author, skill_id=skill.id))

    worker.stop()

    make_example(skill)
    job = freeze(author, skill_id=skill.id)
    assert (worker.is_alive(), get_job(author, job.id).state) == (False, "queued")


def test_whoever_is_told_to_stop_does_the_present_chunk_and_gives_the_rest_back(author, queue, monkeypatch):
    monkeypatch.setitem(WORK, Kind.CHECK_IMPORT, COUNTING)
    job = queue()

    assert run_job(go_on=lambda: False) is True

    assert rows() == [f"{job.id}: 1"]
    assert get_job(author, job.id).tries == 0, "nothing has gone wrong with it"
    assert run_job() is True
    assert rows() == all_rows_of(job)


def test_a_worker_outlives_a_job_that_cannot_even_be_ended(author, skill, worker, caplog, monkeypatch):
    """Otherwise one such job would be the last that a server ever did."""
    caplog.set_level(logging.ERROR)

    def fail(_job):
        raise ZeroDivisionError("a fault of the code")

    monkeypatch.setitem(WORK, Kind.CHECK_IMPORT, Work(fail, count_one, fail))
    broken = enqueue(author, Kind.CHECK_IMPORT, skill_id=skill.id, wanted={})
    make_example(skill)

    wait_for(author, freeze(author, skill_id=skill.id))

    assert get_job(author, broken.id).state == "running"
    assert "a fault of the code" in caplog.text

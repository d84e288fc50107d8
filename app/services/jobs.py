"""Jobs: long work that survives whoever does it.

A job is put in the queue in the transaction of the change that wants it. A worker takes it by a lease, and does it a
chunk at a time: each chunk's rows, the progress and the renewed lease are one commit. A worker that dies leaves a lease
that ends, and the next one goes on where the last commit was; one that only slept finds its token gone and stops, with
nothing written. Any number of workers on any number of machines may ask: on PostgreSQL rows that others look at are
skipped, on SQLite there is one writer at a time.

How costs grow: taking a job reads an index of the unfinished ones.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.database import DatabaseUnavailable
from app.domain.errors import GoldsetError, NotFound
from app.domain.jobs import LEASE, MOST_TRIES, UNFINISHED, Kind, State, check_transition
from app.models import Job, Skill, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import audit, clock
from app.services.transactions import after_commit, reading, writing

log = logging.getLogger(__name__)

QUEUED = threading.Event()
"""Set when this process puts a job into the queue, so that its own worker need not wait for its next look."""

TRIED_TOO_OFTEN = f"This was begun {MOST_TRIES} times and did not come to an end."
UNEXPECTED = "Something went wrong here. The log of the server has it."


class Work(NamedTuple):
    """How one kind of job is done: a chunk is prepared outside the writer's turn, and written within it.

    `prepare` reads and computes; `write` stores what it gave, moves `job.progress` and `job.position`, and returns
    what came of the job when there is nothing left to do (None: there is more). `abandon` takes back what a job has
    written that comes to no good end, as a part of the change that ends it.
    """

    prepare: Callable[[Job], Any]
    write: Callable[[Job, Any], dict[str, Any] | None]
    abandon: Callable[[Job], None]


class LeaseLost(Exception):
    """Another worker has the job by now, or nobody needs it any more: nothing of the chunk was written."""


def enqueue(actor: User, kind: Kind, *, skill_id: int, wanted: dict[str, Any], total: int = 0) -> Job:
    """Put a job into the queue, as a part of the running change."""
    with writing() as session:
        job = Job(
            kind=kind.value,
            skill_id=skill_id,
            user_id=actor.id,
            wanted=wanted,
            total=total,
            created_at=clock.now(),
        )
        session.add(job)
        session.flush()
        after_commit(QUEUED.set)
    return job


def get_job(actor: User, job_id: int) -> Job:
    """Return a job of the acting user's, as it is now, with its skill; raise `NotFound`, for others' as for none."""
    check(actor, Action.USE_OWN_ACCOUNT)
    statement = (
        select(Job)
        .where(Job.id == job_id, Job.user_id == actor.id)
        .options(joinedload(Job.skill).joinedload(Skill.author))
    )
    # Whoever waits for a job that another worker does asks again and again, in one session that remembers.
    anew = {"populate_existing": True}
    job = reading().scalars(statement, execution_options=anew).one_or_none() if is_id(job_id) else None
    if job is None:
        raise NotFound(f"job of yours with the number {job_id}")
    return job


def find_unfinished_job(skill_id: int, kind: Kind) -> Job | None:
    """Return the newest job of this kind on the skill that is waiting or under way."""
    states = [state.value for state in UNFINISHED]
    statement = select(Job).where(Job.skill_id == skill_id, Job.kind == kind.value, Job.state.in_(states))
    return reading().scalars(statement.order_by(Job.id.desc()).limit(1)).one_or_none()


def cancel_job(actor: User, *, job_id: int) -> Job:
    """Stop a job: at once where it waits, after its present chunk where it runs."""
    get_job(actor, job_id)
    with writing():
        job = _lock(job_id)
        check_transition(State(job.state), State.CANCELLED)
        job.cancel_asked_at = clock.now()
        if job.state == State.QUEUED.value:
            _finish(job, State.CANCELLED)
        audit.record(actor_id=actor.id, action="job.cancelled", subject="job", subject_id=job.id, kind=job.kind)
    return job


def claim_job(*, job_id: int | None = None) -> "Lease | None":
    """Take the oldest job that waits, or whose lease has ended; None where there is none.

    With a `job_id`, take that one and no other.
    """
    with writing() as session:
        now = clock.now()
        is_free = or_(Job.state == State.QUEUED.value, Job.leased_until < now)
        statement = select(Job).where(Job.state.in_([state.value for state in UNFINISHED]), is_free)
        if job_id is not None:
            statement = statement.where(Job.id == job_id)
        statement = statement.order_by(Job.id).limit(1).with_for_update(skip_locked=True, of=Job)
        job = session.scalars(statement, execution_options={"populate_existing": True}).one_or_none()
        if job is None:
            return None
        job.tries += 1
        job.state, job.lease_token, job.leased_until = State.RUNNING.value, secrets.token_hex(16), now + LEASE
        job.started_at = job.started_at or now
        return Lease(job.id, Kind(job.kind), job.lease_token)


class Lease:
    """One worker's hold on one job."""

    def __init__(self, job_id: int, kind: Kind, token: str) -> None:
        self.job_id, self.kind, self._token = job_id, kind, token

    def run_chunk(self, work: Work) -> bool:
        """Do one chunk and return whether there is more. Raises `LeaseLost` where the job is not this worker's now.

        What goes wrong ends the job, with the sentence of an error that has one.
        """
        try:
            return self._do_chunk(work)
        except (LeaseLost, DatabaseUnavailable):
            raise
        except GoldsetError as error:
            self._end(work, State.FAILED, problem=str(error))
        except Exception:
            log.exception("Job %s failed", self.job_id)
            self._end(work, State.FAILED, problem=UNEXPECTED)
        return False

    def release(self) -> None:
        """Give the job back before its end, for the next worker to go on with at once. It does not count as a try."""
        with writing():
            job = _lock(self.job_id)
            if job.lease_token == self._token:
                job.leased_until = clock.now() - LEASE
                job.tries -= 1

    def _do_chunk(self, work: Work) -> bool:
        job = reading().get(Job, self.job_id, populate_existing=True)
        if job is None or job.lease_token != self._token:
            raise LeaseLost
        if job.tries > MOST_TRIES:
            return self._end(work, State.FAILED, problem=TRIED_TOO_OFTEN)
        if job.cancel_asked_at is not None:
            return self._end(work, State.CANCELLED)
        prepared = work.prepare(job)
        with writing():
            job = self._hold()
            result = work.write(job, prepared)
            if result is not None:
                _finish(job, State.DONE, result=result)
        return result is None

    def _hold(self) -> Job:
        """Return the job, kept from others until the chunk is committed, its lease renewed."""
        job = _lock(self.job_id)
        if job.lease_token != self._token:
            raise LeaseLost
        job.leased_until = clock.now() + LEASE
        return job

    def _end(self, work: Work, state: State, *, problem: str | None = None) -> bool:
        with writing():
            job = self._hold()
            work.abandon(job)
            _finish(job, state, problem=problem)
        return False


def _lock(job_id: int) -> Job:
    job = reading().get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None:
        raise LeaseLost
    return job


def _finish(job: Job, state: State, *, result: dict[str, Any] | None = None, problem: str | None = None) -> None:
    check_transition(State(job.state), state)
    job.state, job.lease_token, job.leased_until = state.value, None, None
    job.result, job.problem, job.finished_at = result, problem, clock.now()

"""The worker: takes jobs one after the other and does them, until it is told to stop.

`goldset serve` has one in a thread of its own; `goldset worker` is one more, here or on another machine.
"""

import logging
import threading
import time
from collections.abc import Callable

from flask import Flask

from app.database import DatabaseUnavailable
from app.jobs import WORK
from app.services.deleted_examples import sweep_bin
from app.services.jobs import QUEUED, LeaseLost, claim_job
from app.services.near_duplicates import index_missing

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_WITHOUT_DATABASE = 5.0
SECONDS_BETWEEN_SWEEPS = 3600.0


def run_job(*, job_id: int | None = None, go_on: Callable[[], bool] = lambda: True) -> bool:
    """Do one job that waits (with `job_id`: that one), chunk by chunk while `go_on`; return whether there was one.

    A job that is left before its end is given back; that of a worker that dies goes back when its lease ends.
    """
    lease = claim_job(job_id=job_id)
    if lease is None:
        return False
    try:
        while lease.run_chunk(WORK[lease.kind]):
            if not go_on():
                lease.release()
                break
    except LeaseLost:
        log.warning("Job %s is another worker's by now", lease.job_id)
    return True


class Worker(threading.Thread):
    """A worker in a thread. `stop` lets it finish its present chunk."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="goldset-worker", daemon=True)
        self._app = app
        self._told_to_stop = threading.Event()
        self._next_sweep = 0.0
        self._indexed_to: int | None = 0

    def run(self) -> None:
        while not self._told_to_stop.is_set():
            wait = self._look()
            if wait:
                QUEUED.wait(wait)
                QUEUED.clear()

    def stop(self, *, seconds: float = 10) -> None:
        """Return when the present chunk is done, or after so many seconds."""
        self._told_to_stop.set()
        QUEUED.set()
        self.join(seconds)

    def _look(self) -> float:
        """Do a job where there is one; return how many seconds to wait before the next look."""
        with self._app.app_context():
            try:
                self._sweep()
                is_busy = run_job(go_on=lambda: not self._told_to_stop.is_set()) or self._index()
                return 0 if is_busy else SECONDS_BETWEEN_LOOKS
            except DatabaseUnavailable:
                log.warning("The database does not answer: looking for jobs again in a while")
                return SECONDS_WITHOUT_DATABASE
            except Exception:
                # A job that cannot even be ended must not be the last that this worker does: its lease ends by itself.
                log.exception("A job could not be ended")
                return SECONDS_BETWEEN_LOOKS

    def _index(self) -> bool:
        """Once, after an update, let near-duplicates be found: a few examples at a time, while there is no job."""
        if self._indexed_to is None:
            return False
        done = index_missing(after=self._indexed_to)
        self._indexed_to = done[-1] if done else None
        return bool(done)

    def _sweep(self) -> None:
        """Now and then, empty the bin of what has been in it for long enough."""
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + SECONDS_BETWEEN_SWEEPS
            sweep_bin()

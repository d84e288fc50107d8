"""Long work in the terminal: a bar while one waits for a job; Ctrl + C stops it between two steps, never within one."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

import click

from app.domain.errors import Conflict
from app.domain.jobs import UNFINISHED
from app.jobs.worker import run_job
from app.models import Job, User
from app.services.jobs import cancel_job, get_job

SECONDS_BETWEEN_LOOKS = 0.3


class Stopped(click.Abort):
    """Somebody pressed Ctrl + C: the job is cancelled, and `job` says how far it came."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job


def run_with_bar(actor: User, job_id: int, *, label: str) -> Job:
    """Do the job in this process, or wait for the worker that has it already, and return it ended.

    Ends the command with the job's own sentence where it came to no good end. Ctrl + C cancels the job after its
    present chunk and raises `Stopped`.
    """
    with (
        interruptions() as interrupted,
        click.progressbar(length=get_job(actor, job_id).total, label=label, file=sys.stderr) as bar,
    ):

        def show() -> bool:
            bar.update(get_job(actor, job_id).progress - bar.pos)
            return not interrupted.is_set()

        run_job(job_id=job_id, go_on=show)
        while get_job(actor, job_id).state in UNFINISHED and show():
            time.sleep(SECONDS_BETWEEN_LOOKS)
            run_job(job_id=job_id, go_on=show)
        if interrupted.is_set():
            raise Stopped(_stop(actor, job_id))
    job = get_job(actor, job_id)
    if job.result is None:
        raise click.ClickException(job.problem or "The job was cancelled.")
    return job


@contextmanager
def interruptions() -> Iterator[threading.Event]:
    """Note Ctrl + C instead of breaking in, so that nothing is left half done; pressed again, it breaks in.

    Where the block came to its end all the same, it breaks in then: what was pressed is never lost.
    """
    asked = threading.Event()

    def note(*_: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
    if asked.is_set():
        raise KeyboardInterrupt


@contextmanager
def reading_with_bar(file: IO[bytes], *, label: str) -> Iterator[IO[bytes]]:
    """Give the file with a bar that follows its reading, which Ctrl + C ends."""
    size = 0
    with suppress(OSError):  # standard input may be no file
        size = os.fstat(file.fileno()).st_size
    with interruptions() as interrupted, click.progressbar(length=size, label=label, file=sys.stderr) as bar:
        yield cast("IO[bytes]", _Watched(file, interrupted, bar.update))


class _Watched:
    """A file that says how much of it was read."""

    def __init__(self, file: IO[bytes], interrupted: threading.Event, note: Callable[[int], None]) -> None:
        self._file, self._interrupted, self._note = file, interrupted, note
        self.seek, self.seekable = file.seek, file.seekable

    def read(self, size: int = -1) -> bytes:
        if self._interrupted.is_set():
            raise KeyboardInterrupt
        data = self._file.read(size)
        self._note(len(data))
        return data


def _stop(actor: User, job_id: int) -> Job:
    """Cancel the job, wait until whoever has it has stopped, and return it ended."""
    with suppress(Conflict):  # where it came to its end meanwhile
        cancel_job(actor, job_id=job_id)
    while get_job(actor, job_id).state in UNFINISHED:
        run_job(job_id=job_id)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return get_job(actor, job_id)

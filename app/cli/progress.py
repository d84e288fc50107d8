"""Waiting for a long job in the terminal, with a bar."""

import sys
import time

import click

from app.domain.jobs import UNFINISHED
from app.jobs.worker import run_job
from app.models import Job, User
from app.services.jobs import get_job


def run_with_bar(actor: User, job_id: int, *, label: str) -> Job:
    """Do the job in this process, or wait for the worker that has it already, and return it ended.

    Ends the command with the job's own sentence where it came to no good end.
    """
    with click.progressbar(length=get_job(actor, job_id).total, label=label, file=sys.stderr) as bar:

        def show() -> bool:
            bar.update(get_job(actor, job_id).progress - bar.pos)
            return True

        run_job(job_id=job_id, go_on=show)
        while get_job(actor, job_id).state in UNFINISHED:
            show()
            time.sleep(0.3)
            run_job(job_id=job_id, go_on=show)
    job = get_job(actor, job_id)
    if job.result is None:
        raise click.ClickException(job.problem or "The job was cancelled.")
    return job

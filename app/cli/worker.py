"""`goldset worker`: one more worker for long jobs, on this machine or another."""

import signal
import threading
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from app.jobs.worker import Worker


@click.command()
@with_appcontext
def worker() -> None:
    """Do long jobs, one after the other, until told to stop. Any number of these may run.

    `goldset serve` has one of its own, unless GOLDSET_WORKERS is 0.
    """
    told_to_stop = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    one = Worker(current_app._get_current_object())  # type: ignore[attr-defined]
    one.start()
    click.echo("Waiting for jobs (stop it with Ctrl+C)")
    while one.is_alive() and not told_to_stop.wait(0.5):
        pass
    one.stop()

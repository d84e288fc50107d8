"""Several people at the same moment: threads that begin together, each with an application context of its own."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from flask import Flask

from app.extensions import db
from app.jobs.worker import Worker

T = TypeVar("T")
LONGEST_WAIT = 60  # seconds


def run_together(app: Flask, calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run every call in its own thread at the same time; return what each returned, or the exception it raised."""
    results: list[Any] = [TimeoutError("the thread did not come back")] * len(calls)
    start = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait(LONGEST_WAIT)
            try:
                results[number] = call()
            except Exception as error:
                results[number] = error

    threads = [threading.Thread(target=run, args=item, daemon=True) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    look_anew()
    return results


def work_until(app: Flask, is_so: Callable[[], bool]) -> None:
    """Let a worker work until something is so, or until it is not by and by."""
    worker = Worker(app)
    worker.start()
    try:
        deadline = time.monotonic() + LONGEST_WAIT
        while not is_so() and time.monotonic() < deadline:
            time.sleep(0.05)
            look_anew()
    finally:
        worker.stop()


def run_async(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, in a thread of its own: where a browser was used before, its loop has this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def look_anew() -> None:
    """Let the test's own session forget what it has seen."""
    db.session.rollback()
    db.session.expire_all()

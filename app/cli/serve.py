"""`goldset serve`: the production server.

waitress, because it alone of the servers measured keeps answering behind slow clients without a proxy in front. It
drops requests under way when it is told to stop, unless the signal becomes SystemExit; then it finishes them.
"""

import logging
import resource
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher

from app.jobs.worker import Worker
from app.services.erasures import scrub_erased

MAX_ANSWER_BYTES_IN_MEMORY = 64 * 1024 * 1024


STOP_SECONDS = 20
MAX_CONNECTIONS = 2_000


class PatientDispatcher(ThreadedTaskDispatcher):
    """Works off the requests that wait for a thread before it stops; waitress itself drops them."""

    def shutdown(self, cancel_pending: bool = True, timeout: int = STOP_SECONDS) -> bool:
        deadline = time.monotonic() + timeout
        while (self.queue or self.active_count) and time.monotonic() < deadline:
            time.sleep(0.02)
        return super().shutdown(cancel_pending, max(1, int(deadline - time.monotonic())))


@click.command()
@with_appcontext
def serve() -> None:
    """Serve on GOLDSET_HOST and GOLDSET_PORT until told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    config = app.config
    signal.signal(signal.SIGTERM, _stop)
    # One line for each request that waits for a thread says nothing that anybody could act on.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    _allow_open_files(MAX_CONNECTIONS + 200)
    most = max(config["MAX_CONTENT_LENGTH"], config["GOLDSET_MAX_API_BYTES"], 2 * config["GOLDSET_MAX_IMPORT_BYTES"])
    dispatcher = PatientDispatcher()
    dispatcher.set_thread_count(config["GOLDSET_THREADS"])
    server = create_server(
        app,
        _dispatcher=dispatcher,
        host=config["GOLDSET_HOST"],
        port=config["GOLDSET_PORT"],
        ident=None,
        # Every open tab holds a connection between its polls. select() cannot watch so many; poll() can.
        connection_limit=MAX_CONNECTIONS,
        asyncore_use_poll=True,
        max_request_body_size=most,
        # Requests and answers stay in memory: what was typed and not yet redacted touches no disk.
        inbuf_overflow=most + 1,
        outbuf_overflow=MAX_ANSWER_BYTES_IN_MEMORY,
        clear_untrusted_proxy_headers=False,
    )
    port = config["GOLDSET_PORT"] or server.effective_port  # type: ignore[union-attr]  # 0: a free one was taken
    scrub_erased()  # where a server died right after a withdrawal
    workers = [Worker(app) for _ in range(config["GOLDSET_WORKERS"])]
    for worker in workers:
        worker.start()
    click.echo(f"Goldset is at http://{config['GOLDSET_HOST']}:{port}  (stop it with Ctrl+C)")
    sys.stdout.flush()
    try:
        server.run()
    finally:
        for worker in workers:
            worker.stop()


def _allow_open_files(wanted: int) -> None:
    """Raise this process's own limit of open files, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)

"""A real `goldset serve` in a process of its own, and somebody who talks HTTP to it with nothing but a cookie jar.

Every wait here has an end: a server that does not start, answer or stop within `PATIENCE` seconds fails the test.
"""

import http.client
import os
import re
import selectors
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

PATIENCE = 120.0
GOLDSET = (sys.executable, "-c", "import sys; from app.cli import main; sys.argv[0] = 'goldset'; main()")
PROJECT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(rb"Goldset is at (http://127\.0\.0\.1:(\d+))")


def make_demo_instance(folder: Path) -> Path:
    """Return `folder` as an instance: migrated, and with the demo data in it, by the commands that people use."""
    for command in (("db", "upgrade"), ("demo",)):
        subprocess.run(
            (*GOLDSET, *command),
            cwd=PROJECT,
            env=_environment(folder),
            check=True,
            timeout=PATIENCE,
            capture_output=True,
        )
    return folder


def start_command(instance: Path, *words: str) -> "subprocess.Popen[str]":
    """Start a `goldset` command on the instance, in a process of its own, and go on at once."""
    return subprocess.Popen(
        (*GOLDSET, *words),
        cwd=PROJECT,
        env=_environment(instance),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run_command(instance: Path, *words: str) -> str:
    """Run a `goldset` command on the instance to its end, which must be a good one, and return what it said."""
    done = subprocess.run(
        (*GOLDSET, *words), cwd=PROJECT, env=_environment(instance), timeout=PATIENCE, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Server:
    """`goldset serve` on one instance folder; may be started and stopped again and again, on the port it had first."""

    def __init__(self, instance: Path, **settings: str) -> None:
        self.instance = instance
        self.settings = {"GOLDSET_SIGN_IN_LIMIT": "10000 per minute", **settings}
        self.port = 0
        self.output = instance / f"output-{id(self)}.txt"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.instance / "goldset.db"

    def start(self) -> "Server":
        """Return once it serves."""
        environment = _environment(self.instance, **self.settings, GOLDSET_PORT=str(self.port))
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                (*GOLDSET, "serve"), cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=output
            )
        self.port = int(self._read_address())
        return self

    def terminate(self) -> None:
        """Send SIGTERM and go on at once."""
        self._running.send_signal(signal.SIGTERM)

    def wait(self) -> int:
        """Return the status that the process ends with."""
        process = self._running
        try:
            status = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(PATIENCE)
            raise
        with self.output.open("ab") as output:
            output.write(process.stdout.read() if process.stdout else b"")
        if process.stdout:
            process.stdout.close()
        self._process = None
        return status

    def stop(self) -> int:
        self.terminate()
        return self.wait()

    def kill(self) -> None:
        self._running.kill()
        self.wait()

    def end(self) -> None:
        """Make sure that nothing is left running, whatever the test did."""
        if self._process is not None:
            self.kill()

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Return rows straight from the database file."""
        with closing(sqlite3.connect(self.database, timeout=PATIENCE)) as connection:
            return connection.execute(statement, values).fetchall()

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None, "the server does not run"
        return self._process

    def _read_address(self) -> str:
        """Return the port that the first line of output names."""
        stdout, line, deadline = self._running.stdout, b"", time.monotonic() + PATIENCE
        assert stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0 and not ADDRESS.search(line):
                chunk = os.read(stdout.fileno(), 4096) if selector.select(left) else b""
                line += chunk
                if not chunk:
                    break
        with self.output.open("ab") as output:
            output.write(line)
        found = ADDRESS.search(line)
        if found is None:
            self.kill()
            raise AssertionError(f"the server did not start:\n{self.output.read_text()}")
        return found[2].decode()


class Answer(NamedTuple):
    status: int
    location: str
    text: str


class Caller:
    """Somebody with a cookie, a CSRF token and the patience to read the answer; follows no redirects."""

    def __init__(self, server: Server) -> None:
        self._address = urlsplit(server.url).netloc
        self._cookie = ""
        self.csrf_token = ""

    def sign_in(self, email: str, password: str) -> "Caller":
        """Sign in through the form, as a browser does, and keep a token for later forms."""
        self._read_token(self.get("/login"))
        answer = self.post("/login", {"email": email, "password": password})
        assert answer.status == 303, f"not signed in: {answer.status}"
        self._read_token(self.get("/account"))
        return self

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode({"csrf_token": self.csrf_token, **fields}))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection(self._address, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self._cookie = cookie.partition(";")[0]
        return Answer(response.status, response.headers.get("Location", ""), text)

    def _read_token(self, answer: Answer) -> None:
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
        assert found is not None, f"no token in an answer with status {answer.status}"
        self.csrf_token = found[1]


def copy_instance(instance: Path, folder: Path) -> Path:
    """Return `folder` as a copy of an instance that nobody has open."""
    return Path(shutil.copytree(instance, folder))


def _environment(instance: Path, **settings: str) -> dict[str, str]:
    """Return this process's environment with no setting of Goldset in it but the ones given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOLDSET_")}
    return {**kept, "GOLDSET_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1", **settings}

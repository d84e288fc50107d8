"""A real server process: what it weighs when idle, and whether eight writers at once lose anything."""

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.site import EMAIL, PASSWORD, create_site, sample_text

WRITERS = 8
ADDITIONS_EACH = 25
FORM = "/skills/one/training-data"


class Browser:
    """The least of a browser: cookies, forms, redirects."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.post("/login", {"email": EMAIL, "password": PASSWORD}, self.token("/login"))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, str], token: str) -> str:
        data = urllib.parse.urlencode({**fields, "csrf_token": token}).encode()
        with self.opener.open(self.address + path, data, timeout=30) as answer:
            return str(answer.read().decode())

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path))
        assert found
        return found[1]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the address and the process id of a server on a site with one empty skill."""
    create_site(folder, {"one": 0})
    with served(folder) as running:
        yield running


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the address and the process id of a server on the site in this folder."""
    settings = {"GOLDSET_INSTANCE": str(folder), "GOLDSET_PORT": "0", "GOLDSET_SIGN_IN_LIMIT": "1000 per minute"}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("goldset"), "serve"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        yield found[0], process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def idle_memory(folder: Path) -> float:
    """Return the resident memory, in MB, of a server that has answered some pages and now waits."""
    with serving(folder) as (address, process_id):
        browser = Browser(address)
        for path in ("/", "/skills/one", FORM):
            browser.get(path)
        time.sleep(1)
        status = Path(f"/proc/{process_id}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def lost_additions(folder: Path) -> tuple[float, str]:
    """Return how many of the additions of eight writers at once are missing afterwards, and the pace."""
    with serving(folder) as (address, _):
        writers = [threading.Thread(target=_write, args=(address, number)) for number in range(WRITERS)]
        begin = time.perf_counter()
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        spent = time.perf_counter() - begin
        found = re.search(r'id="training-example-count"[^>]*>([\d,]+)<', Browser(address).get(FORM))
        assert found
        total = WRITERS * ADDITIONS_EACH
        return total - int(found[1].replace(",", "")), f"{total / spent:.0f} additions a second, signing in included"


def _write(address: str, writer: int) -> None:
    browser = Browser(address)
    token = browser.token(FORM)
    for number in range(ADDITIONS_EACH):
        seed = 1 + writer * 1_000_000 + number
        browser.post(FORM, {"example_input": sample_text(seed), "example_output": sample_text(-seed)}, token)

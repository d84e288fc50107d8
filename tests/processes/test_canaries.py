"""A secret that somebody typed is nowhere afterwards: not in the database, its WAL or what the server wrote."""

import re

import pytest

from app.domain.redaction import KINDS
from app.domain.redaction.key_names import NAMES
from app.domain.redaction.rules import RULES
from app.services.demo import PASSWORD
from tests.support.server import Caller, Server

SECRET = re.compile(r"«(.*?)»", re.DOTALL)
AT_ONCE, BETWEEN = 4, "\n\nAnother line that says nothing.\n\n"
"""Several to a text, as people paste them; the tests of the rules have each by itself."""
LEAST_TELLING = 12
"""Shorter pieces of a secret would also be found by chance."""

SAMPLES = {
    **{f"{row.kind} {number}": row.goes for number, row in enumerate((*RULES, *NAMES))},
    "session_cookie": "Cookie: theme=dark; sessionid=«8fj39fk20dkf93abcd»; lang=en",
    "pin": "The PIN for the card is «4291»",
    "kubernetes_secret": "kind: Secret\ndata:\n  db: «aHVudGVyMnNlY3JldHBhc3M=»\n",
}
AUTHOR = "amara.okafor@goldset.example"
TAB = "/skills/meeting-minutes/training-data"

pytestmark = pytest.mark.slow


def canaries() -> dict[str, list[bytes]]:
    """Return the telling pieces of every sample's secret: its lines, as a file would hold them."""
    return {
        name: [line.encode() for secret in SECRET.findall(text) for line in secret.splitlines() if _tells(line)]
        for name, text in SAMPLES.items()
    }


def _tells(line: str) -> bool:
    return len(line) >= LEAST_TELLING and "PRIVATE KEY" not in line


def kept_bytes(server: Server) -> bytes:
    """Return everything that the server has put on the disk, and everything that it has said."""
    files = [file for file in server.instance.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
    return b"\n".join(file.read_bytes() for file in files)


def test_a_secret_of_every_kind_posted_to_every_form_is_found_nowhere(serve):
    assert set(KINDS) - {name.split()[0] for name in SAMPLES} == set()
    server = serve()
    author = Caller(server).sign_in(AUTHOR, PASSWORD)
    author.post(TAB, {"example_input": "Harmless", "example_output": "Canaries were here"})
    example = author.post(TAB, {"example_input": "A", "example_output": "B"}).location.rpartition("-")[2]
    revision = 1

    samples = [sample.replace("«", "").replace("»", "") for sample in SAMPLES.values()]
    for start in range(0, len(samples), AT_ONCE):
        text = BETWEEN.join(samples[start : start + AT_ONCE])
        assert author.post(TAB, {"example_input": text, "example_output": "x"}).status in (303, 409)
        assert author.post(TAB, {"example_input": "x", "example_output": text}).status in (303, 409)
        assert author.post(TAB, {"example_input": text, "example_output": " "}).status == 422
        edited = {"example_input": text, "example_output": f"Edit {revision}", "revision": str(revision)}
        assert author.post(f"{TAB}/{example}/edit", edited).status == 303
        revision += 1
        assert Caller(server).post(TAB, {"example_input": text, "example_output": "x"}).status in (400, 401)

    while_it_runs = kept_bytes(server)
    assert server.database.with_name("goldset.db-wal").exists()
    server.stop()
    afterwards = kept_bytes(server)
    assert b"Canaries were here" in while_it_runs, "the search must be able to find what is there"
    found = {
        name: [piece for piece in pieces if piece in while_it_runs or piece in afterwards]
        for name, pieces in canaries().items()
    }
    assert {name: pieces for name, pieces in found.items() if pieces} == {}


def test_a_password_typed_into_a_form_is_kept_only_as_its_hash(serve):
    server = serve()
    author = Caller(server).sign_in(AUTHOR, PASSWORD)
    typed = "a canary of a passphrase"

    assert author.post("/login", {"email": AUTHOR, "password": typed}).status == 422
    changed = author.post("/account/password", {"current_password": PASSWORD, "new_password": typed})

    assert changed.status == 303
    assert typed.encode() not in kept_bytes(server)
    server.stop()
    assert typed.encode() not in kept_bytes(server)

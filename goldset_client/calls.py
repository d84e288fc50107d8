"""What is asked, and what is made of the answers, whoever sends it: the sync client and the async one.

An operation is a generator: it yields calls, is sent their answers' JSON, and returns what came of it. The two clients
differ in how they wait, and in nothing else.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import httpx

from goldset_client.errors import GoldsetClientError, Refused
from goldset_client.models import ImportedRow, ImportState, Version

TRIES = 5
LONGEST_WAIT = 60.0
RETRIED = frozenset({429, 500, 502, 503, 504})
UNFINISHED = frozenset({"reading", "checking", "adding"})

Result = TypeVar("Result")
Progress = Callable[[int, int], object]
"""Told how many rows are done, and of how many."""


@dataclass(frozen=True)
class Call:
    """One request. Only what may be sent twice without harm is tried again when no answer comes."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def may_repeat(self) -> bool:
        return self.method == "GET"


class Pause(NamedTuple):
    """Wait so many seconds."""

    seconds: float


Operation = Generator[Call | Pause, Any, Result]


def list_versions(skill: str) -> Operation[list[Version]]:
    """List the versions of a skill's training data, newest first."""
    found: list[Version] = []
    after: str | None = None
    while True:
        answer = yield Call("GET", f"/api/v1/skills/{skill}/datasets", {"after": after} if after else {})
        found += [Version.from_json(one) for one in answer["versions"]]
        after = answer.get("after")
        if after is None:
            return found


def get_version(skill: str, version: int | str) -> Operation[Version]:
    """Read about one version."""
    answer = yield Call("GET", f"/api/v1/skills/{skill}/datasets/{version}")
    return Version.from_json(answer)


def get_erasures(skill: str) -> Operation[dict[str, Any]]:
    """Read the erasure manifest of a skill."""
    answer: dict[str, Any] = yield Call("GET", f"/api/v1/skills/{skill}/erasures")
    return answer


def push(
    skill: str, content: bytes, *, params: Mapping[str, str], dry_run: bool, near_duplicates: bool, progress: Progress
) -> Operation[tuple[ImportState, list[ImportedRow]]]:
    """Import a file: wait for the verdicts, add the new rows unless it is a dry run, and forget what was read.

    Returns how it ended and the rows that are not new, with why.
    """
    path = f"/api/v1/skills/{skill}/imports"
    begun = ImportState.from_json((yield Call("POST", path, params, content)))
    here = f"{path}/{begun.import_id}"
    state = yield from _wait(here, progress)
    if state.problem:
        yield Call("POST", f"{here}/removal")
        raise Refused(409, state.problem)
    wrong: list[ImportedRow] = []
    for verdict in ("refused", "duplicate", "near_duplicate"):
        if state.verdicts.get(verdict):
            wrong += yield from _rows(here, verdict)
    wanted = state.verdicts.get("new", 0) + (state.verdicts.get("near_duplicate", 0) if near_duplicates else 0)
    if wanted and not dry_run:
        yield Call("POST", f"{here}/addition", {"near_duplicates": "true"} if near_duplicates else {})
        state = yield from _wait(here, progress)
    yield Call("POST", f"{here}/removal")
    if state.problem:
        raise Refused(409, state.problem)
    return state, sorted(wrong, key=lambda row: row.number)


def discard_imports(skill: str) -> Operation[int]:
    """Forget the imports that a killed program has left unfinished, and return how many there were."""
    path = f"/api/v1/skills/{skill}/imports"
    answer = yield Call("GET", path)
    for one in answer["imports"]:
        yield Call("POST", f"{path}/{one['import_id']}/removal")
    return len(answer["imports"])


def _wait(here: str, progress: Progress) -> Operation[ImportState]:
    pause = 0.1
    while True:
        state = ImportState.from_json((yield Call("GET", here)))
        progress(state.progress, state.rows)
        if state.problem or state.state not in UNFINISHED:
            return state
        yield Pause(pause)
        pause = min(pause * 1.5, 3.0)


def _rows(here: str, verdict: str) -> Operation[list[ImportedRow]]:
    found: list[ImportedRow] = []
    params = {"verdict": verdict}
    while True:
        answer = yield Call("GET", f"{here}/rows", params)
        found += [ImportedRow.from_json(one) for one in answer["rows"]]
        if not answer.get("after"):
            return found
        params = {"verdict": verdict, "after": answer["after"]}


def say_nothing(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def headers_for(key: str) -> dict[str, str]:
    """Return the header that sends a key, without the line end that it was perhaps pasted with."""
    key = key.strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise GoldsetClientError("The API key has characters that no key has: copy it again.")
    return {"Authorization": f"Bearer {key}"}


@contextmanager
def expecting_address(url: str) -> Iterator[None]:
    """Say it as an error of this client where the address is none."""
    try:
        yield
    except (httpx.InvalidURL, ValueError) as error:
        raise GoldsetClientError(f"{url!r} is no address: it is like https://goldset.example.com.") from error


@contextmanager
def expecting_goldset() -> Iterator[None]:
    """Say it as an error of this client where the answer is not one that Goldset gives."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldsetClientError(
            "The answer is none of Goldset's: look at the address, and who else answers."
        ) from error


def check(response: httpx.Response) -> None:
    """Raise `Refused`, with Goldset's own sentence, for an answer that is an error. Its body must have been read."""
    if response.status_code < 400:
        return
    try:
        body = response.json()
        detail = str(body.get("detail") or response.reason_phrase)
        errors = {str(one["field"]): str(one["message"]) for one in body.get("errors", [])}
    except (ValueError, AttributeError, KeyError, TypeError):
        detail, errors = f"{response.status_code} {response.reason_phrase}", {}
    raise Refused(response.status_code, detail, errors)


def wait_before(attempt: int, response: httpx.Response | None) -> float:
    """Return how long to wait before trying again: as long as the server says, else twice as long each time."""
    said = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(said) if said.isascii() and said.isdigit() else 0.5 * 2**attempt, LONGEST_WAIT)


def should_retry(call: Call, response: httpx.Response | None) -> bool:
    """Return whether to try again: after no answer, what may be sent twice; after 429, everything."""
    if response is None:
        return call.may_repeat
    return response.status_code == 429 or (call.may_repeat and response.status_code in RETRIED)

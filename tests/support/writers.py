"""People who add examples to one skill of the demo over HTTP, and what became of the examples."""

import threading
import time
from collections import Counter
from http.client import HTTPException

from app.services.demo import PASSWORD
from tests.support.server import PATIENCE, Caller, Server

AUTHOR = "amara.okafor@goldset.example"
SLUG = "meeting-minutes"
TAB = f"/skills/{SLUG}/training-data"


class Writer(threading.Thread):
    """Adds one example after the other until told to stop, or until nobody answers any more."""

    def __init__(self, server: Server, name: str, at_most: int = 2_000) -> None:
        super().__init__(name=name, daemon=True)
        self.caller = Caller(server).sign_in(AUTHOR, PASSWORD)
        self.at_most = at_most
        self.acknowledged: list[str] = []
        self.refused: list[int] = []
        self.unanswered: str | None = None
        self.finish = threading.Event()
        """Set: no more are added than the one under way."""

    def run(self) -> None:
        for number in range(self.at_most):
            if self.finish.is_set():
                break
            text = f"{self.name} writes {number}"
            try:
                answer = self.caller.post(TAB, {"example_input": text, "example_output": "An output"})
            except (OSError, HTTPException):
                self.unanswered = text
                break
            if answer.status == 303:
                self.acknowledged.append(text)
            else:
                self.refused.append(answer.status)


def stored_inputs(server: Server) -> Counter[str]:
    rows = server.query(
        "SELECT example_input FROM skill_feedback JOIN skills ON skills.id = skill_id "
        "WHERE slug = ? AND feedback_type = 'training_example'",
        SLUG,
    )
    return Counter(str(text) for (text,) in rows)


def counter(server: Server) -> int:
    ((count,),) = server.query("SELECT training_examples_approved FROM skills WHERE slug = ?", SLUG)
    return int(str(count))


def wait_until_all_have_added(writers: list[Writer], least: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(len(writer.acknowledged) < least for writer in writers):
        time.sleep(0.01)

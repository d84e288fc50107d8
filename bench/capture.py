"""What capturing usage costs, how fast consent is withdrawn, and how a long review queue compares with a short one.

`python -m bench.capture [SECONDS]` sends batches to a real server for so many seconds and says what it took.
"""

import itertools
import json
import re
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, update

from app.domain.redaction import sanitize_payload
from app.domain.training_examples import content_digest
from app.domain.usage import Exchange, Usage
from app.extensions import db
from app.models import Skill, TrainingExample, User
from app.services.api_keys import create_api_key
from app.services.preferences import change_preferences
from app.services.site_settings import get_site_settings
from app.services.transactions import reading, writing
from app.services.usage import track
from app.services.users import create_user, find_user_by_email
from bench.server import served
from bench.site import EMAIL, Visitor, create_site, sample_text
from bench.timing import medians

KILOBYTES = 170
"""Words in 1 KB of sample text."""
EVENTS_A_SECOND, BATCH = 200, 100
_numbers = itertools.count(1)


def allow(app: Flask) -> User:
    """Switch capture on, and return the author, who consents."""
    with writing():
        get_site_settings().training_data_capture_enabled = True
    author = find_user_by_email(EMAIL)
    assert author
    change_preferences(author, training_data_consent=True)
    return author


def event(*, content: bool, skill: str = "few") -> dict[str, Any]:
    """Return one use as it is reported, with 2 KB of text or with none."""
    sent: dict[str, Any] = {"skill": skill, "tool_name": "bench", "ts": datetime.now(UTC).isoformat()}
    if content:
        number = next(_numbers)
        sent |= {"input": sample_text(number, KILOBYTES), "output": sample_text(-number, KILOBYTES)}
    return sent


def measure_tracking(app: Flask) -> tuple[float, float, float]:
    """Return the milliseconds of a call without content, of one with 2 KB, and of the redaction of those."""
    with app.app_context():
        key = create_api_key(allow(app), name="bench", scopes=["track"]).key
    client, headers = app.test_client(), {"Authorization": f"Bearer {key}"}

    def call(*, content: bool) -> None:
        response = client.post("/api/track", json=event(content=content), headers=headers)
        assert response.status_code == 200, response.text
        assert (response.json["verdict"] == "captured") is content

    text = sample_text(1, KILOBYTES)
    plain, full, redaction = medians(
        lambda: call(content=False), lambda: call(content=True), lambda: [sanitize_payload(text) for _ in range(2)]
    )
    return plain, full, redaction


def measure_withdrawal(folder: Path, examples: int = 10_000) -> float:
    """Return the seconds it takes to withdraw consent to so many captured examples, files included."""
    app = create_site(folder, {"few": 1_000})
    with app.app_context():
        allow(app)
        user = create_user(email="user@example.com", name="User", password="a long password of theirs")
        change_preferences(user, training_data_consent=True)
        for start in range(0, examples, 500):
            uses = [_use(start + number) for number in range(min(500, examples - start))]
            assert all(not isinstance(outcome, Exception) for outcome in track(user, uses))
        begin = time.perf_counter()
        change_preferences(user, training_data_consent=False)
        spent = time.perf_counter() - begin
        left = select(TrainingExample.id).where(TrainingExample.user_id == user.id)
        assert reading().scalars(left.limit(1)).first() is None
    return spent


def _use(number: int) -> Usage:
    texts = Exchange(sample_text(number), sample_text(-number - 1))
    return Usage("few", "bench", datetime.now(UTC), texts.itself)


def measure_review(folder: Path, sizes: tuple[int, int] = (100, 100_000)) -> tuple[float, float]:
    """Return the milliseconds of the review page with a short queue and with a long one."""
    app = create_site(folder, {"short": 0, "long": 0})
    with app.app_context():
        for slug, size in zip(("short", "long"), sizes, strict=True):
            _fill_queue(slug, size)
        db.session.remove()
    visitor = Visitor(app)
    pages = [f"/skills/{slug}/training-data/review" for slug in ("short", "long")]
    short, long = medians(lambda: visitor.get(pages[0]), lambda: visitor.get(pages[1]), rounds=20)
    return short, long


def _fill_queue(slug: str, size: int) -> None:
    skill = reading().scalars(select(Skill).where(Skill.slug == slug)).one()
    for start in range(0, size, 5_000):
        with writing() as session:
            rows = [_pending(skill, number) for number in range(start, min(size, start + 5_000))]
            session.execute(insert(TrainingExample), rows)
    with writing() as session:
        session.execute(update(Skill).where(Skill.id == skill.id).values(training_examples_pending=size))


def _pending(skill: Skill, number: int) -> dict[str, Any]:
    moment = datetime.now(UTC)
    texts = sample_text(number), sample_text(-number - 1)
    return {
        "skill_id": skill.id,
        "user_id": skill.author_id,
        "example_input": texts[0],
        "example_output": texts[1],
        "source": "usage_capture",
        "status": "pending",
        "content_digest": content_digest(*texts),
        "created_at": moment,
        "updated_at": moment,
    }


def sustain(folder: Path, seconds: float) -> tuple[float, float, float]:
    """Send 200 events a second, with 2 KB each, for so many seconds, while somebody looks at a page.

    Returns the events a second that were acknowledged, how many of them are not there afterwards, and the milliseconds
    that the slowest page took meanwhile.
    """
    app = create_site(folder, {"few": 100})
    with app.app_context():
        key = create_api_key(allow(app), name="bench", scopes=["track"]).key
        db.session.remove()
        db.engine.dispose()
    pages: list[float] = []
    with served(folder) as (address, _):
        stop = threading.Event()
        looker = threading.Thread(target=_look, args=(address, stop, pages))
        looker.start()
        begin, acknowledged = time.perf_counter(), 0
        while (now := time.perf_counter() - begin) < seconds:
            if acknowledged >= now * EVENTS_A_SECOND:
                time.sleep(0.005)
                continue
            acknowledged += _send(address, key)
        spent = time.perf_counter() - begin
        stop.set()
        looker.join()
    with app.app_context():
        stored = reading().scalar(select(Skill.training_examples_pending).where(Skill.slug == "few"))
    return acknowledged / spent, acknowledged - (stored or 0), max(pages) * 1000


def _send(address: str, key: str) -> int:
    body = json.dumps({"events": [event(content=True) for _ in range(BATCH)]}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/api/track", body, headers), timeout=60) as answer:
        return sum(one["verdict"] == "captured" for one in json.load(answer)["events"])


def _look(address: str, stop: threading.Event, pages: list[float]) -> None:
    while not stop.wait(0.2):
        begin = time.perf_counter()
        with urllib.request.urlopen(f"{address}/skills/few/training-data", timeout=60) as answer:
            assert re.search(rb"training-example-count", answer.read())
        pages.append(time.perf_counter() - begin)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="goldset-bench-") as chosen:
        pace, lost, slowest = sustain(Path(chosen), float(sys.argv[1]) if len(sys.argv) > 1 else 60)
    print(f"{pace:.0f} events a second, {lost:.0f} lost, the slowest page took {slowest:.0f} ms")

"""A Goldset with two skills to compare: one with few examples and one with many."""

import random
import re
from collections.abc import Iterator
from contextvars import Context
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, update

from app import create_app
from app.domain.skill_md import parse_skill_file
from app.domain.training_examples import content_digest
from app.extensions import db
from app.models import Skill, TrainingExample
from app.services.skill_versions import save_skill_file
from app.services.transactions import writing
from app.services.users import create_user

PASSWORD = "a password for measuring"
EMAIL = "author@example.com"
WORDS = [
    "order",
    "label",
    "refund",
    "parcel",
    "address",
    "invoice",
    "customer",
    "delivery",
    "return",
    "query",
    "index",
    "commit",
    "release",
    "note",
]


def create_site(folder: Path, sizes: dict[str, int]) -> Flask:
    """Return an application on a fresh SQLite database, with one skill per name in `sizes`, so many examples each."""
    app = create_app({"GOLDSET_INSTANCE": str(folder), "GOLDSET_SIGN_IN_LIMIT": "1000 per minute"})
    with app.app_context():
        flask_migrate.upgrade()
        author = create_user(email=EMAIL, name="Author", password=PASSWORD)
        for name, size in sizes.items():
            text = f"---\nname: {name}\ndescription: Measured.\n---\n# {name}\n"
            skill = save_skill_file(author, parse_skill_file(text)).skill
            _fill(skill, author.id, size)
        db.session.remove()
    return app


def create_library(folder: Path, size: int) -> Flask:
    """Return an application on a fresh SQLite database with so many skills."""
    app = create_app({"GOLDSET_INSTANCE": str(folder), "GOLDSET_SIGN_IN_LIMIT": "1000 per minute"})
    with app.app_context():
        flask_migrate.upgrade()
        author = create_user(email=EMAIL, name="Author", password=PASSWORD)
        with writing() as session:
            session.execute(insert(Skill), list(_skills(author.id, size)))
        db.session.remove()
    return app


def _skills(author_id: int, size: int) -> Iterator[dict[str, Any]]:
    moment = datetime.now(UTC)
    for number in range(size):
        yield {
            "slug": f"skill-{number}",
            "title": f"Skill {number}",
            "description": f"Measured {'rarely' if number % (size // 10) == 0 else 'often'}. {sample_text(number, 30)}",
            "author_id": author_id,
            "created_at": moment,
            "updated_at": moment,
        }


def sample_text(seed: int, words: int = 60) -> str:
    source = random.Random(seed)
    return f"Case {seed}\n" + " ".join(source.choices(WORDS, k=words))


def _fill(skill: Skill, author_id: int, size: int) -> None:
    for start in range(0, size, 5_000):
        with writing() as session:
            session.execute(insert(TrainingExample), list(_rows(skill.id, author_id, start, min(size, start + 5_000))))
    with writing() as session:
        session.execute(update(Skill).where(Skill.id == skill.id).values(training_examples_approved=size))


def _rows(skill_id: int, author_id: int, start: int, stop: int) -> Iterator[dict[str, Any]]:
    moment = datetime.now(UTC)
    for number in range(start, stop):
        texts = sample_text(number), sample_text(-number - 1)
        yield {
            "skill_id": skill_id,
            "user_id": author_id,
            "example_input": texts[0],
            "example_output": texts[1],
            "quality_score": number % 10 + 1,
            "source": "web",
            "status": "approved",
            "content_digest": content_digest(*texts),
            "created_at": moment,
            "updated_at": moment,
        }


class Visitor:
    """Somebody signed in, sending requests as their browser would; each request runs in a context of its own."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        page = self.get("/login")
        self.post("/login", {"email": EMAIL, "password": PASSWORD, "csrf_token": _token(page)})

    def get(self, path: str, expect: int = 200, **headers: str) -> str:
        return self._ask(self.client.get, path, expect, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path: str, data: dict[str, str], expect: int = 303, **headers: str) -> str:
        return self._ask(
            self.client.post, path, expect, data=data, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    def token(self, path: str) -> str:
        return _token(self.get(path))

    @staticmethod
    def _ask(method: Any, path: str, expect: int, **kwargs: Any) -> str:
        response = Context().run(method, path, **kwargs)
        if response.status_code != expect:
            raise SystemExit(f"{path} answered {response.status_code}, not {expect}")
        return str(response.text)


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if not found:
        raise SystemExit("The page has no form.")
    return found[1]

"""A program that calls the API with a key, in a context of its own, as a server would get it."""

import json
from contextvars import Context
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.extensions import db
from app.models import User
from app.services.api_keys import create_api_key
from app.services.preferences import change_preferences
from app.services.users import find_user_by_email
from tests.support.factories import allow_capture

PROBLEM = "application/problem+json"


def make_key(user: User, *scopes: str) -> str:
    """Make a key of this user that may do this (nothing said: report usage) and return it."""
    return create_api_key(user, name="a program", scopes=scopes or ("track",)).key


class Machine:
    """A program. Without a key it sends none."""

    def __init__(self, app: Flask, key: str | None = None) -> None:
        self.app = app
        self.headers = {} if key is None else {"Authorization": f"Bearer {key}"}

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.ask("GET", path, **kwargs)

    def post(self, path: str, body: object = None, **kwargs: Any) -> TestResponse:
        """Send JSON; bytes are sent as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        kwargs.setdefault("content_type", "application/json")
        return self.ask("POST", path, data=data, **kwargs)

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **kwargs: Any) -> TestResponse:
        """Send a request; afterwards the test's own session looks at the database anew."""
        sent = {**self.headers, **(headers or {})}
        response = Context().run(
            self.app.test_client().open, path, method=method, headers=sent, buffered=True, **kwargs
        )
        db.session.rollback()
        db.session.expire_all()
        return inspect_answer(response)


def inspect_answer(response: TestResponse) -> TestResponse:
    """Return the answer, after checking what is true of every answer to a program: an error is a problem (RFC 9457)."""
    if response.status_code >= 400 and "jsonrpc" not in response.text and response.data:
        assert response.mimetype == PROBLEM, f"{response.status}: {response.mimetype}"
        body = response.get_json(force=True)
        assert body["status"] == response.status_code
        assert body["title"]
        assert body["detail"]
        assert all(set(fault) == {"field", "message"} for fault in body.get("errors", []))
    return response


def let_in(instance: Path, email: str, *scopes: str, consents: bool = True) -> str:
    """Prepare an instance that nobody serves: capture is on, this user consents or not; return a key of theirs."""
    app = create_app({"GOLDSET_INSTANCE": str(instance), "GOLDSET_DATABASE_URL": ""})
    with app.app_context():
        user = find_user_by_email(email)
        assert user is not None, f"nobody has the address {email}"
        allow_capture(user)
        change_preferences(user, training_data_consent=consents)
        key = make_key(user, *scopes)
        db.session.remove()
        db.engine.dispose()
    return key

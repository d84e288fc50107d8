"""Somebody with a browser: a test client that keeps its cookies, sends the CSRF token, and inspects every page."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextvars import Context
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask import session as flask_session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.test import TestResponse

from app.extensions import db
from app.models import User
from tests.support.inspection import inspect_elements, inspect_page, links_in, parse

MOST_PAGES = 300


class SeenPage(NamedTuple):
    """A page that somebody found by following links."""

    path: str
    response: TestResponse
    page: Element


class Person:
    """A user at their browser, or somebody who is not signed in (`user=None`)."""

    def __init__(self, app: Flask, user: User | None = None) -> None:
        self.app = app
        self.user = user
        self.client: FlaskClient = app.test_client()
        if user:
            db.session.refresh(user)  # their session token may be another one by now
            Context().run(self._sign_in, user.session_token)

    def get(self, path: str, *, htmx: bool = False, **kwargs: Any) -> TestResponse:
        return self._inspected(self._ask(self.client.get, path, headers=_headers(htmx, kwargs), **kwargs))

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, htmx: bool = False, token: bool = True, **kwargs: Any
    ) -> TestResponse:
        fields = dict(data or {})
        if token:
            fields.setdefault("csrf_token", self.csrf_token())
        return self._inspected(self._ask(self.client.post, path, data=fields, headers=_headers(htmx, kwargs), **kwargs))

    def page(self, path: str, **kwargs: Any) -> Element:
        """Return the page at this address, parsed; it must be there."""
        response = self.get(path, **kwargs)
        assert response.status_code == 200, f"{path}: {response.status}"
        return parse(response.text)

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None, *, token: bool = True) -> TestResponse:
        """Send a request of any method and return the answer without looking into it."""
        fields = dict(data or {})
        if token and method != "GET":
            fields.setdefault("csrf_token", self.csrf_token())
        return self._ask(self.client.open, path, method=method, data=fields if method != "GET" else None)

    def explore(self, start: str = "/", *, alike: int = 2) -> Iterator[SeenPage]:
        """Yield the pages that links lead to from `start`, each inspected: at most `alike` of one kind.

        Pages are of one kind when one view shows them with the same names in the query.
        """
        waiting, known, kinds = deque([start]), {start}, Counter[tuple[object, ...]]()
        while waiting and len(known) < MOST_PAGES:
            path = waiting.popleft()
            kind = self._kind_of(path)
            if kind[0] in (None, "static") or kinds[kind] >= alike:
                continue
            kinds[kind] += 1
            response = self.ask("GET", path)
            if response.status_code != 200 or not is_page(response):
                continue
            page = inspect_page(response.text)
            yield SeenPage(path, response, page)
            for link in own_links(path, page):
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def _kind_of(self, path: str) -> tuple[object, ...]:
        parts = urlsplit(path)
        endpoint, arguments = endpoint_of(self.app, parts.path, "GET")
        return endpoint, arguments.get("slug"), *sorted(name for name, value in parse_qsl(parts.query) if value)

    def csrf_token(self) -> str:
        """Return a token that this browser's session accepts."""
        return Context().run(self._make_csrf_token)

    def _ask(self, request: Callable[..., TestResponse], *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as a server would get it: in a context of its own, so that nothing of the test leaks into it.

        Afterwards the test's own session looks at the database anew.
        """
        response = Context().run(request, *args, buffered=True, **kwargs)
        db.session.rollback()
        return response

    def _sign_in(self, session_token: str) -> None:
        with self.client.session_transaction() as session:
            session["_user_id"] = session_token
            session["_fresh"] = True

    def _make_csrf_token(self) -> str:
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", "0" * 40)
        with self.app.test_request_context():
            flask_session["csrf_token"] = raw
            return str(generate_csrf())

    def _inspected(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and response.data:
            if is_page(response):
                inspect_page(response.text)
            elif response.status_code < 300 or response.status_code >= 400:
                inspect_fragment(response.text)
        return response


def is_page(response: TestResponse) -> bool:
    """Return whether the answer is a whole page, not a fragment of one."""
    return response.mimetype == "text/html" and response.text.lstrip().lower().startswith("<!doctype")


def own_links(path: str, page: Element) -> list[str]:
    """Return the addresses on this site that the page at `path` names, without their fragments."""
    found = (urldefrag(urljoin(path, link)).url for link in links_in(page))
    return [link for link in dict.fromkeys(found) if not urlsplit(link).netloc and link.startswith("/")]


def endpoint_of(app: Flask, path: str, method: str) -> tuple[str | None, dict[str, Any]]:
    """Return the endpoint that answers this method at this path and its arguments, or None and nothing."""
    try:
        endpoint, arguments = app.url_map.bind("localhost").match(path, method=method)
    except (NotFound, MethodNotAllowed):
        return None, {}
    return str(endpoint), dict(arguments)


def inspect_fragment(html: str) -> Element:
    """Return a fragment's elements, after checking what every fragment must be."""
    page = parse(f"<!doctype html><title>x</title><body><ul>{html}</ul>")
    inspect_elements(page)
    return page


def _headers(htmx: bool, kwargs: dict[str, Any]) -> dict[str, str]:
    headers = dict(kwargs.pop("headers", {}))
    if htmx:
        headers.setdefault("HX-Request", "true")
        headers.setdefault("HX-Request-Type", "partial")
    return headers

"""The whole vocabulary between views and htmx; nobody else reads or writes an HX-* header.

A view ends with `render` (show something) or `done` (something changed). Without htmx the first answers with the page
and the second with a redirect to one; with htmx the same views answer with fragments.
"""

from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from flask import Response, flash, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

POLL_TAG = "HX-PTag"
VARY = ("HX-Request", "HX-Request-Type")


class Fragment(NamedTuple):
    """A template (None: nothing) to put at a place of the page: `target` is a CSS selector, `swap` says how."""

    template: str | None
    target: str
    swap: str = "outerHTML"


def is_asked() -> bool:
    """Return whether it is htmx that asks, for whatever."""
    return request.headers.get("HX-Request") == "true"


def wants_fragment() -> bool:
    """Return whether htmx asks for a part of a page. When it restores history it asks for the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type") != "full"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def page_arguments() -> MultiDict[str, str]:
    """Return the query of the page that the person looks at: htmx names it when it sends a form from there."""
    if not wants_fragment():
        return request.args
    query = urlsplit(request.headers.get("HX-Current-URL", "")).query
    return MultiDict(parse_qsl(query))


def render(page: str, fragment: str | None = None, /, *, status: int = 200, **context: Any) -> Response:
    """Answer with the page, or with the fragment where htmx asks for one."""
    template = fragment if fragment and wants_fragment() else page
    return _vary(make_response(render_template(template, **context), status))


def done(url: str, *fragments: Fragment, message: str | None = None, status: int = 200, **context: Any) -> Response:
    """Answer a change: 303 to `url` with the message shown there, or the fragments and the message in place."""
    if wants_fragment():
        return swap(*fragments, message=message, status=status, **context)
    if message:
        flash(message)
    return _vary(make_response(redirect(url, 303)))


def leave(url: str, *, message: str) -> Response:
    """Answer a change after which the page it was made on is not for this person any more: go on to `url`."""
    flash(message)
    return go(url)


def swap(*fragments: Fragment, message: str | None = None, status: int = 200, **context: Any) -> Response:
    """Answer htmx with fragments, each put at its own place, and a message. Nothing else on the page is touched."""
    html = render_template("_swap.html", fragments=fragments, message=message, stays=status >= 400, **context)
    return _vary(make_response(html, status))


def go(url: str) -> Response:
    """Send the browser to another page, htmx or not."""
    if wants_fragment():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = iri_to_uri(url)
        return _vary(response)
    return _vary(make_response(redirect(url, 303)))


def is_unchanged(tag: str) -> bool:
    """Return whether the polling element that asks has seen `tag` already."""
    return request.headers.get(POLL_TAG) == tag


def unchanged() -> Response:
    """Answer a poll that has seen it all: 304, no body."""
    return _vary(make_response("", 304))


def tagged(response: Response, tag: str) -> Response:
    """Give the polling element that asks the tag to come back with."""
    response.headers[POLL_TAG] = tag
    return response


def _vary(response: Response) -> Response:
    response.vary.update(VARY)
    return response

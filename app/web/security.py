"""What surrounds every answer: security headers, a cookie as secure as the connection, bodies kept off the disk."""

import io
from typing import IO

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSessionInterface

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ONE_YEAR = 31_536_000


class InMemoryRequest(Request):
    """A request whose uploads stay in memory: what has not been redacted touches no disk, not even for a moment."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


class SessionInterface(SecureCookieSessionInterface):
    """Flask's signed cookie, marked Secure when it travels over TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def init_app(app: Flask) -> None:
    """Put the headers, the cookie and the request class on the application."""
    app.request_class = InMemoryRequest
    app.session_interface = SessionInterface()
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        # Every static URL names the content's version (see templating.py), so it never changes.
        response.cache_control.public = True
        response.cache_control.immutable = True
        response.cache_control.max_age = ONE_YEAR
        response.cache_control.no_cache = None
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response

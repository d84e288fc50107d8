"""Addresses that come from outside."""

from urllib.parse import unquote, urlsplit

from flask import request, url_for

from app.domain.redaction import sanitize_payload

SIGNING = ("/login", "/logout", "/sign-up")
"""Pages that nobody who has just signed in wants to be on."""


def sign_in_page() -> str:
    """Return the address to sign in at, and to come back from to this page; not where its address tells a secret."""
    here = request.full_path.rstrip("?")
    tells_secret = bool(sanitize_payload(unquote(here)).findings)
    return url_for("sessions.new", next=None if tells_secret else here)


def wanted_page() -> str:
    """Return where somebody who signs in wanted to go, as the page before told."""
    return request.values.get("next", "")


def own_page(wanted: str | None) -> str:
    """Return `wanted` where it is a path on this site, else the front page: nobody is sent elsewhere by a link."""
    front_page = url_for("skills.index")
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return front_page
    if any(ord(character) < 0x20 or character == "\\" for character in wanted):
        return front_page
    parts = urlsplit(wanted)
    return front_page if parts.scheme or parts.netloc or parts.path.startswith(SIGNING) else wanted

"""Addresses that come from outside."""

from urllib.parse import urlsplit

from flask import request, url_for

SIGNING = ("/login", "/logout", "/sign-up")
"""Pages that nobody who has just signed in wants to be on."""


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

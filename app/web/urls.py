"""Addresses that come from outside."""

from urllib.parse import urlsplit

from flask import url_for


def own_page(wanted: str | None) -> str:
    """Return `wanted` where it is a path on this site, else the front page: nobody is sent elsewhere by a link."""
    front_page = url_for("skills.index")
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return front_page
    if any(ord(character) < 0x20 or character == "\\" for character in wanted):
        return front_page
    parts = urlsplit(wanted)
    return front_page if parts.scheme or parts.netloc or parts.path in ("/login", "/logout") else wanted

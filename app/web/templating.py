"""What every template may use."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from flask import Flask, url_for

from app.domain.redaction import PLACEHOLDER
from app.policies import Action, can
from app.services.false_alarms import placeholders_of
from app.web.guards import acting_user
from app.web.paging import page_url
from app.web.urls import sign_in_page

LONG_TEXT_LINES = 14
LONG_TEXT_CHARACTERS = 1_200
BEGINNING_LINES = 8
BEGINNING_CHARACTERS = 600

_PLACEHOLDER = re.compile(f"({PLACEHOLDER.pattern})")


def init_app(app: Flask) -> None:
    """Register the globals and filters, and a version for every static file."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    versions = _static_versions(Path(app.static_folder or ""))
    app.jinja_env.globals.update(
        Action=Action,
        may=lambda action, thing=None: can(acting_user(), action, thing),
        acting_user=acting_user,
        page_url=page_url,
        sign_in_page=sign_in_page,
        asset=lambda name: url_for("static", filename=name, v=versions[name]),
        oidc_label=app.config["GOLDSET_OIDC_LABEL"] if app.config["GOLDSET_OIDC_ISSUER"] else None,
        passwords_are_used=app.config["GOLDSET_LOCAL_SIGN_IN"],
        poll_seconds=app.config["GOLDSET_POLL_SECONDS"],
    )
    app.jinja_env.filters.update(
        moment=_moment,
        day=_day,
        words=_words,
        count_of=_count_of,
        pieces=pieces,
        is_long=_is_long,
        placeholders_of=placeholders_of,
        beginning=_beginning,
        size=_size,
        visible=_visible,
        tojson_text=_tojson_text,
    )


def pieces(text: str) -> list[tuple[bool, str]]:
    """Return `text` cut at the placeholders of redaction, so that they can be shown apart: (is placeholder, text)."""
    return [(bool(_PLACEHOLDER.fullmatch(part)), part) for part in _PLACEHOLDER.split(text) if part]


def _static_versions(folder: Path) -> Mapping[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        for file in folder.rglob("*")
        if file.is_file()
    }


def _moment(value: datetime) -> str:
    return value.strftime("%-d %b %Y, %H:%M UTC")


def _day(value: date) -> str:
    return value.strftime("%-d %b %Y")


def _words(value: str) -> str:
    return value.replace("_", " ")


def _count_of(number: int, singular: str, plural: str | None = None) -> str:
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def _is_long(text: str) -> bool:
    return len(text) > LONG_TEXT_CHARACTERS or text.count("\n") >= LONG_TEXT_LINES


def _beginning(text: str) -> str:
    lines = text[:BEGINNING_CHARACTERS].split("\n")[:BEGINNING_LINES]
    return "\n".join(lines)


def _tojson_text(value: object) -> str:
    """Return a JSON value as text to read; it is escaped like every other."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _visible(text: str) -> str:
    """Return `text` as a page may hold it: HTML has no NUL character, so its place is marked."""
    return text.replace("\x00", "\ufffd")


def _size(text: str) -> str:
    return f"{_count_of(text.count(chr(10)) + 1, 'line')}, {_count_of(len(text), 'character')}"

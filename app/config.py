"""Every setting of Goldset: its name, type, default and one-line meaning, read from the environment.

`SETTINGS` is the one table; the README prints it and a test compares the two. A mapping given to `create_app` overrides
the environment; names in it that are not Goldset's go to Flask as they are.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from limits import parse_many

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SWITCHES = {"on": True, "true": True, "off": False, "false": False}
BYTES_PER_CHARACTER_IN_A_FORM = 12
"""Four bytes of UTF-8, each written as %XX."""


class ConfigurationError(Exception):
    """A setting that cannot be used. The message names it and says what to write instead."""


class Setting(NamedTuple):
    name: str
    parse: Callable[[str], Any]
    default: str
    meaning: str


def _at_least(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if number < least:
            raise ValueError(f"it must be at least {least}")
        return number

    return parse


def _between(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = _at_least(least)(text)
        if number > most:
            raise ValueError(f"it must be at most {most}")
        return number

    return parse


def _rate_limit(text: str) -> str:
    parse_many(text)
    return text


def _switch(text: str) -> bool:
    if text.lower() not in SWITCHES:
        raise ValueError("it must be on or off")
    return SWITCHES[text.lower()]


def _issuer(text: str) -> str:
    if text and urlsplit(text).scheme != "https" and urlsplit(text).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("it must begin with https://")
    return text


SETTINGS = (
    Setting("GOLDSET_INSTANCE", str, "instance", "Folder of the embedded database and the secret key."),
    Setting(
        "GOLDSET_DATABASE_URL",
        str,
        "",
        "Database, as postgresql://user:password@host/name or sqlite:////path. Empty: SQLite in the instance folder.",
    ),
    Setting(
        "GOLDSET_SECRET_KEY",
        str,
        "",
        "Key that signs sessions. Empty with SQLite: made once and kept in the instance folder. "
        "Required with PostgreSQL.",
    ),
    Setting("GOLDSET_HOST", str, "127.0.0.1", "Address that `goldset serve` listens on."),
    Setting("GOLDSET_PORT", _between(0, 65_535), "8000", "Port that `goldset serve` listens on."),
    Setting("GOLDSET_THREADS", _at_least(1), "8", "Requests that one `goldset serve` works on at the same time."),
    Setting(
        "GOLDSET_WORKERS",
        _between(0, 16),
        "1",
        "Workers for long jobs within one `goldset serve`; 0 where `goldset worker` does them all.",
    ),
    Setting(
        "GOLDSET_TRUSTED_PROXIES",
        _at_least(0),
        "0",
        "Number of reverse proxies in front whose X-Forwarded-* headers are believed.",
    ),
    Setting(
        "GOLDSET_MAX_EXAMPLE_CHARACTERS",
        _at_least(1),
        "100000",
        "Characters that fit in the input and in the output of an example, each.",
    ),
    Setting(
        "GOLDSET_API_LIMIT",
        _rate_limit,
        "600 per minute",
        "Calls of the API with one key; and calls with keys that do not work, from one network.",
    ),
    Setting(
        "GOLDSET_MAX_API_BYTES", _at_least(1), "16000000", "Bytes of one call of the API, once it is decompressed."
    ),
    Setting(
        "GOLDSET_MAX_IMPORT_BYTES",
        _at_least(1),
        "128000000",
        "Bytes of one file that is imported, once it is decompressed; sent over HTTP it is held in memory.",
    ),
    Setting("GOLDSET_MAX_IMPORT_ROWS", _at_least(1), "1000000", "Rows of one file that is imported."),
    Setting("GOLDSET_PAGE_SIZE", _at_least(1), "50", "Rows on one page of a list."),
    Setting("GOLDSET_POLL_SECONDS", _at_least(1), "3", "Seconds between an open page's looks for changes."),
    Setting("GOLDSET_SESSION_DAYS", _at_least(1), "14", "Days after which somebody signs in again."),
    Setting(
        "GOLDSET_SIGN_IN_LIMIT",
        _rate_limit,
        "10 per minute; 100 per hour",
        "Attempts to sign in from one address on the network, or one /64 of IPv6.",
    ),
    Setting(
        "GOLDSET_LOCAL_SIGN_IN",
        _switch,
        "on",
        "Whether people sign in with a password: on, or off where everybody uses the company's account.",
    ),
    Setting(
        "GOLDSET_OIDC_ISSUER",
        _issuer,
        "",
        "OpenID provider of the company's accounts, as it names itself: https://login.example.com. Empty: none.",
    ),
    Setting("GOLDSET_OIDC_CLIENT_ID", str, "", "What the provider calls this Goldset."),
    Setting("GOLDSET_OIDC_CLIENT_SECRET", str, "", "The secret that the provider knows this Goldset by."),
    Setting("GOLDSET_OIDC_LABEL", str, "the company's account", "What people read on the button to sign in there."),
    Setting(
        "GOLDSET_OIDC_CREATE_USERS",
        _switch,
        "off",
        "Whether somebody whom the provider vouches for and nobody here knows gets an account: on or off.",
    ),
    Setting(
        "GOLDSET_PASSWORD_LINK_HOURS", _at_least(1), "48", "Hours for which a link to set a password can be used, once."
    ),
    Setting(
        "GOLDSET_RATE_LIMIT_STORAGE",
        str,
        "memory://",
        "Where attempts are counted, in the words of the limits library; memory:// counts in each process by itself.",
    ),
)


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the Flask configuration; raise `ConfigurationError` for a setting that cannot be used.

    Makes the instance folder, and the secret key in it, where they are needed and missing.
    """
    given = dict(overrides or {})
    settings = {setting.name: _read(setting, given.pop(setting.name, None)) for setting in SETTINGS}
    _check_sign_in(settings)
    instance = (PROJECT_ROOT / settings["GOLDSET_INSTANCE"]).resolve()
    url = _database_url(settings["GOLDSET_DATABASE_URL"], instance)
    max_form_bytes = 64 * 1024 + 2 * BYTES_PER_CHARACTER_IN_A_FORM * settings["GOLDSET_MAX_EXAMPLE_CHARACTERS"]
    return {
        **settings,
        "GOLDSET_INSTANCE": instance,
        "GOLDSET_DATABASE_URL": url,
        "SECRET_KEY": settings["GOLDSET_SECRET_KEY"] or _kept_secret_key(url, instance),
        "SQLALCHEMY_DATABASE_URI": url,
        # hide_parameters: a failing statement must not carry people's texts into a traceback.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True, "pool_pre_ping": not url.startswith("sqlite")},
        "MAX_CONTENT_LENGTH": max_form_bytes,
        "MAX_FORM_MEMORY_SIZE": max_form_bytes,
        "PERMANENT_SESSION_LIFETIME": 86_400 * settings["GOLDSET_SESSION_DAYS"],
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_NAME": "goldset_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Flask-Login would note on every session that it is not fresh; a poll that brings that cookie back a moment
        # after somebody signed in in another window would sign them out again.
        "SESSION_PROTECTION": None,
        "WTF_CSRF_TIME_LIMIT": None,  # a page may stay open for days; the token lives as long as the session
        "RATELIMIT_STORAGE_URI": settings["GOLDSET_RATE_LIMIT_STORAGE"],
        **given,
    }


def get(name: str) -> Any:
    """Return the value of a setting in the running application."""
    return current_app.config[name]


def _read(setting: Setting, override: Any) -> Any:
    text = str(override) if override is not None else os.environ.get(setting.name, "")
    try:
        return setting.parse(text.strip() or setting.default)
    except ValueError as error:
        raise ConfigurationError(f"{setting.name} cannot be {text!r} ({error}). {setting.meaning}") from error


def _check_sign_in(settings: Mapping[str, Any]) -> None:
    """Raise where nobody could sign in, or not in the way that was asked for."""
    if settings["GOLDSET_OIDC_ISSUER"]:
        for name in ("GOLDSET_OIDC_CLIENT_ID", "GOLDSET_OIDC_CLIENT_SECRET"):
            if not settings[name]:
                raise ConfigurationError(f"Set {name} as well: GOLDSET_OIDC_ISSUER needs it.")
        if not find_spec("authlib") or not find_spec("requests"):
            raise ConfigurationError(
                "GOLDSET_OIDC_ISSUER needs the extra sso: run `make sso`, or install goldset[sso]."
            )
    elif not settings["GOLDSET_LOCAL_SIGN_IN"]:
        raise ConfigurationError("Nobody could sign in: set GOLDSET_OIDC_ISSUER, or GOLDSET_LOCAL_SIGN_IN to on.")


def _database_url(url: str, instance: Path) -> str:
    if not url:
        _make_folder(instance)
        return f"sqlite:///{instance / 'goldset.db'}"
    return url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url


def _kept_secret_key(url: str, instance: Path) -> str:
    if not url.startswith("sqlite"):
        raise ConfigurationError(
            "Set GOLDSET_SECRET_KEY to a long random text, the same on every machine that serves this database."
        )
    _make_folder(instance)
    path = instance / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_hex(32))
    return _read_secret_key(path)


def _write_once(path: Path, text: str) -> None:
    """Write a private file whole; where two processes try, the first one's text stays."""
    handle, draft = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


def _read_secret_key(path: Path) -> str:
    key = path.read_text().strip()
    if not key:
        raise ConfigurationError(f"The secret key in {path} is empty. Delete the file; a new one is made.")
    return key


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

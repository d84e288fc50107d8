"""Where the server is, what opens it, and the two folders the hook has on this machine."""

import ipaddress
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from goldset_hook.files import write_privately

SPOOL_BYTES = 10 * 1024 * 1024


class NotConfigured(Exception):
    """The hook does not know a server and a key that it may use; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """A server that may be asked, and the key, which no representation shows."""

    url: str
    key: str = field(repr=False)


def config_folder() -> Path:
    return _folder("XDG_CONFIG_HOME", "~/.config")


def state_folder() -> Path:
    """Return where the spool, the log and what the server answered are."""
    home = os.environ.get("GOLDSET_HOOK_HOME")
    return Path(home).expanduser() / "state" if home else _folder("XDG_STATE_HOME", "~/.local/state")


def spool_bytes() -> int:
    """Return how many bytes may wait to be sent."""
    given = os.environ.get("GOLDSET_HOOK_SPOOL_BYTES", "")
    return int(given) if given.isdecimal() else SPOOL_BYTES


def load_config() -> Config:
    """Return the configuration, the environment's words before the file's; raise `NotConfigured`."""
    stored = _stored()
    url = os.environ.get("GOLDSET_URL") or stored.get("url")
    key = os.environ.get("GOLDSET_API_KEY") or stored.get("api_key")
    if not isinstance(url, str) or not isinstance(key, str):
        raise NotConfigured("Goldset's URL or API key is not set. Run `python -m goldset_hook install`.")
    return Config(checked_url(url), checked_key(key))


def save_config(config: Config) -> Path:
    """Write the configuration for this user alone, and return where it is."""
    path = config_folder() / "config.json"
    write_privately(path, json.dumps({"url": config.url, "api_key": config.key}, indent=2) + "\n")
    return path


def checked_url(url: str) -> str:
    """Return the URL without a slash at its end; refuse one over which the key would travel in the clear."""
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotConfigured(
            f"Goldset's URL cannot be read: {error}. Give one like https://goldset.example.com."
        ) from None
    if not host or parts.username or parts.password or parts.query or parts.fragment:
        raise NotConfigured("Goldset's URL must be an address only, like https://goldset.example.com.")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise NotConfigured("Goldset's URL must begin with https://, or your API key would travel in the clear.")
    return parts.geturl().rstrip("/")


def checked_key(key: str) -> str:
    """Return the key; refuse one that cannot stand in a header."""
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise NotConfigured("That is no API key: it is empty, or has a character that no key has. Copy it again.")
    return key


def _folder(variable: str, default: str) -> Path:
    if home := os.environ.get("GOLDSET_HOOK_HOME"):
        return Path(home).expanduser()
    return Path(os.environ.get(variable) or default).expanduser() / "goldset"


def _stored() -> dict[str, object]:
    try:
        stored = json.loads((config_folder() / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise NotConfigured(
            "Goldset's config.json cannot be read. Run `python -m goldset_hook install` again."
        ) from None
    return stored if isinstance(stored, dict) else {}


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

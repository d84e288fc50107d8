"""The hook in Claude Code's settings, a JSON file that belongs to somebody else: everything but our line stays.

Format: https://code.claude.com/docs/en/hooks
`{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "...", "timeout": 10}]}]}}`
"""

import json
import os
import shlex
import sys
from pathlib import Path

from goldset_hook.files import write_privately

OURS = "-m goldset_hook run"
TIMEOUT = 10
"""Seconds after which Claude Code ends the hook. It needs a tenth of one."""


class SettingsUnreadable(Exception):
    """The settings are not what Claude Code writes, so they were left alone."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} {why}, so it was left as it is. Mend it, then run this again.")


def default_settings() -> Path:
    return Path(os.environ.get("CLAUDE_CONFIG_DIR") or "~/.claude").expanduser() / "settings.json"


def hook_command() -> str:
    """Return what Claude Code is to call. `-P` keeps the folder it is called in, a stranger's project, from being
    imported from."""
    return f"{shlex.quote(sys.executable)} -P {OURS}"


def check_settings(path: Path) -> None:
    """Raise `SettingsUnreadable` where the hook could not be added."""
    _stop_groups(_read(path), path)


def add_hook(path: Path) -> bool:
    """Make our hook stand in the settings once; return whether that changed them."""
    settings = _read(path)
    if [entry.get("command") for entry in _ours(settings, path)] == [hook_command()]:
        return False
    _take_out(settings, path)
    entry = {"type": "command", "command": hook_command(), "timeout": TIMEOUT}
    _stop_groups(settings, path).append({"hooks": [entry]})
    _write(path, settings)
    return True


def remove_hook(path: Path) -> bool:
    """Take our hook out of the settings; return whether it was there."""
    settings = _read(path)
    if not _ours(settings, path):
        return False
    _take_out(settings, path)
    _write(path, settings)
    return True


def _read(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise SettingsUnreadable(path, "is not valid JSON") from None
    if not isinstance(settings, dict):
        raise SettingsUnreadable(path, "is not a JSON object")
    return settings


def _write(path: Path, settings: dict[str, object]) -> None:
    """Write the settings where they really are, which may be behind a link, and with the permissions they had."""
    real = path.resolve()
    mode = real.stat().st_mode & 0o777 if real.exists() else 0o600
    write_privately(real, json.dumps(settings, indent=2, ensure_ascii=False) + "\n", mode=mode)


def _stop_groups(settings: dict[str, object], path: Path) -> list[object]:
    """Return the list of what is called when Claude Code stops, which is then a part of the settings."""
    hooks = settings.setdefault("hooks", {})
    groups = hooks.setdefault("Stop", []) if isinstance(hooks, dict) else None
    if not isinstance(groups, list):
        raise SettingsUnreadable(path, "has hooks in a form this version does not know")
    return groups


def _ours(settings: dict[str, object], path: Path) -> list[dict[str, object]]:
    return [entry for group in _stop_groups(settings, path) for entry in _entries(group) if _is_ours(entry)]


def _entries(group: object) -> list[dict[str, object]]:
    entries = group.get("hooks") if isinstance(group, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _is_ours(entry: dict[str, object]) -> bool:
    return OURS in str(entry.get("command", ""))


def _take_out(settings: dict[str, object], path: Path) -> None:
    """Take our entries out, and what holds nothing without them."""
    groups = _stop_groups(settings, path)
    for group in list(groups):
        if not isinstance(group, dict) or not any(map(_is_ours, _entries(group))):
            continue
        group["hooks"] = [entry for entry in group["hooks"] if not (isinstance(entry, dict) and _is_ours(entry))]
        if not group["hooks"]:
            groups.remove(group)
    hooks = settings["hooks"]
    if not groups and isinstance(hooks, dict):
        del hooks["Stop"]
        if not hooks:
            del settings["hooks"]

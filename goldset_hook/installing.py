"""`install` and `uninstall`: what a person calls once, and what it says to them."""

import getpass
import os
import subprocess
import sys
from pathlib import Path

from goldset_hook.claude_settings import (
    SettingsUnreadable,
    add_hook,
    check_settings,
    default_settings,
    remove_hook,
)
from goldset_hook.config import (
    Config,
    NotConfigured,
    checked_key,
    checked_url,
    config_folder,
    save_config,
    state_folder,
)


def install(*, url: str | None, key_from_stdin: bool, settings: Path | None) -> int:
    """Store the URL and the key and add the hook; where something is wrong, change nothing and return 1."""
    settings = settings or default_settings()
    try:
        check_settings(settings)
        _check_importable()
        address = checked_url(url or os.environ.get("GOLDSET_URL") or input("Goldset's URL: "))
        path = save_config(Config(address, checked_key(_ask_key(from_stdin=key_from_stdin))))
        is_new = add_hook(settings)
    except (NotConfigured, SettingsUnreadable) as error:
        return _fail(str(error))
    except EOFError:
        return _fail("The answers ended early. Run `install` in a terminal, or with --url and --key-stdin.")
    print(f"Wrote {path}, which only you can read.")
    print(f"Added the hook to {settings}." if is_new else f"{settings} has the hook already.")
    return 0


def uninstall(*, settings: Path | None) -> int:
    """Take the hook out of the settings. What it stored stays, and is named."""
    settings = settings or default_settings()
    try:
        was_there = remove_hook(settings)
    except SettingsUnreadable as error:
        return _fail(str(error))
    print(f"Took the hook out of {settings}." if was_there else f"{settings} has no hook of Goldset's.")
    kept = sorted({str(folder) for folder in (config_folder(), state_folder()) if folder.exists()})
    if kept:
        print(f"Your key and what was not sent yet are still in {' and '.join(kept)}. Delete that to be rid of it.")
    return 0


def _ask_key(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().strip()
    return os.environ.get("GOLDSET_API_KEY") or getpass.getpass("API key: ").strip()


def _check_importable() -> None:
    """Claude Code calls the hook in other folders than this one, where only an installed package is found."""
    answer = subprocess.run(
        (sys.executable, "-P", "-c", "import goldset_hook"), cwd="/", capture_output=True, check=False
    )
    if answer.returncode:
        raise NotConfigured(
            f"{sys.executable} finds goldset_hook in this folder only. Install the package into it first."
        )


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1

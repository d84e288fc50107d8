"""The command line. `run` never fails: an exit status of 2 would keep Claude Code from stopping.

Each command's module is imported when it is called, so that the hook, which a person waits for, does not load what only
the sender needs.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, or 1 with a sentence that says what to do (2: wrong usage)."""
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        given = _parser().parse_args(words)
    except SystemExit as stopped:
        is_the_hook = words[:1] == ["run"]
        return 0 if is_the_hook or stopped.code is None else int(stopped.code)
    return _COMMANDS[given.command](given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m goldset_hook", description="Goldset's hook for Claude Code.")
    commands = parser.add_subparsers(dest="command", required=True)
    install = commands.add_parser("install", help="add the hook to Claude Code")
    install.add_argument("--url", help="where Goldset is; asked for when left out")
    install.add_argument("--key-stdin", action="store_true", help="read the API key from the standard input")
    uninstall = commands.add_parser("uninstall", help="take the hook out of Claude Code")
    for command in (install, uninstall):
        command.add_argument("--settings", type=Path, help="Claude Code's settings (~/.claude/settings.json)")
    run = commands.add_parser("run", help="what Claude Code calls, with JSON on the standard input")
    run.add_argument("--dry-run", action="store_true", help="print what would be sent; send and store nothing")
    run.add_argument("--transcript", type=Path, help="with --dry-run: read this file, and no standard input")
    commands.add_parser("send", help="send what waits; `run` starts this in the background")
    commands.add_parser("status", help="say what waits, and what the hook did lately")
    return parser


def _install(given: argparse.Namespace) -> int:
    from goldset_hook.installing import install

    return install(url=given.url, key_from_stdin=given.key_stdin, settings=given.settings)


def _uninstall(given: argparse.Namespace) -> int:
    from goldset_hook.installing import uninstall

    return uninstall(settings=given.settings)


def _run(given: argparse.Namespace) -> int:
    from goldset_hook.running import dry_run, run

    return dry_run(sys.stdin.buffer, transcript=given.transcript) if given.dry_run else run(sys.stdin.buffer)


def _send(_given: argparse.Namespace) -> int:
    from goldset_hook.sending import send

    return send()


def _status(_given: argparse.Namespace) -> int:
    from goldset_hook.status import show_status

    return show_status()


_COMMANDS = {"install": _install, "uninstall": _uninstall, "run": _run, "send": _send, "status": _status}

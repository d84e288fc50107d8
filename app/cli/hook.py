"""`goldset hook`: the hook for Claude Code. The package goldset_hook does it, without Goldset's server."""

import sys

import click

from goldset_hook.cli import main


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def hook(words: tuple[str, ...]) -> None:
    """Report your usage of skills in Claude Code: install, run, status, uninstall."""
    sys.exit(main(list(words)))

"""Goldset's hook for Claude Code: it tells your organisation's Goldset which of its skills you used, and how it went.

    python -m goldset_hook install                        asks for the server's URL and your API key
    python -m goldset_hook run --dry-run --transcript X   prints what would be sent of a session, and sends nothing
    python -m goldset_hook status                         what waits to be sent, and what the hook did lately
    python -m goldset_hook uninstall                      takes the hook out of Claude Code again

Claude Code calls `run` whenever it has answered. Where the session's transcript shows that a skill was active, the
skill's name, the prompt and the answer are put into a spool folder, and a process in the background sends them.
Everything else is dropped on your machine. Nothing here can hold up or break a session.

**Consent.** The server decides what is kept; the hook only asks. What you did not agree to should not even lie in the
spool or travel, so the hook remembers the server's answers (`goldset_hook.answers`). The first event of a skill goes
without prompt and answer. Every answer says whether the server keeps them right now. Once it does, the next events
carry them. Once it does not, because capturing is off, you have not agreed, your agreement is outdated or you left the
skill out, they go without again. After a day an answer no longer counts: the next event goes without and asks anew.

**Settings.** `config.json` in `$GOLDSET_HOOK_HOME`, or in `$XDG_CONFIG_HOME/goldset` (`~/.config/goldset`). In the
environment, `GOLDSET_URL` and `GOLDSET_API_KEY` win over it, and `GOLDSET_HOOK_SPOOL_BYTES` is how much may wait (10
MB). Spool and log are in `$GOLDSET_HOOK_HOME/state`, or in `$XDG_STATE_HOME/goldset` (`~/.local/state/goldset`). All
of it can be read by you alone. Works on Linux and macOS, with Python 3.11 and nothing else.
"""

"""What the server last said about each skill, which decides whether the next event carries prompt and answer.

Only the server knows whether capturing is on and who agreed to what, and the hook, which a person waits for, must not
ask it. So an event of a skill that nothing is known about goes without content, and its answer says whether the server
would have kept some. The latest answer counts, for a day: what somebody withdrew elsewhere is then asked for anew,
again by an event without content. An event that the server refused, because it does not know the skill, is no answer.

The answers belong to one server and one key: with others, nothing is known again.
"""

import hashlib
import json
import time
from collections.abc import Iterable
from pathlib import Path

from goldset_hook.config import Config, state_folder
from goldset_hook.files import write_privately

DAY = 24 * 3600.0

Answers = dict[str, dict[str, object]]


def may_carry_content(config: Config, skill: str) -> bool:
    """Return whether the server has said, and lately, that it keeps prompts and answers of this skill."""
    return _load(config).get(skill, {}).get("keeps_content") is True


def remember(config: Config, said: Iterable[tuple[str, bool | None]]) -> None:
    """Keep the answers, pairs of a skill and whether its content is kept, in their order; None changes nothing."""
    now = time.time()
    new = {skill: {"keeps_content": keeps, "at": now} for skill, keeps in said if keeps is not None}
    write_privately(_path(), json.dumps({"server": _server(config), "skills": {**_load(config), **new}}))


def _load(config: Config) -> Answers:
    """Return the answers that still count, by skill."""
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(stored, dict) or stored.get("server") != _server(config):
        return {}
    skills = stored.get("skills")
    return {name: one for name, one in skills.items() if _is_fresh(one)} if isinstance(skills, dict) else {}


def _is_fresh(answer: object) -> bool:
    """Return whether the answer still counts. One from the future, where the clock was wrong, would count for too
    long."""
    at = answer.get("at") if isinstance(answer, dict) else None
    return isinstance(at, int | float) and 0 <= time.time() - at <= DAY


def _server(config: Config) -> str:
    return hashlib.sha256(f"{config.url}\n{config.key}".encode()).hexdigest()


def _path() -> Path:
    return state_folder() / "answers.json"

"""Passwords, tokens and PINs that people tell in a sentence, in English and 28 other languages."""

import json
import random
import re
from collections.abc import Iterator

from .assignments_values import machine_token, told_password, unusual
from .case import DIGITS, Case, draw
from .told_english import ENGLISH, PAIRS, PINS, TOKENS
from .told_languages import AROUND, LANGUAGES

ROUNDS = 2
MINIMUM = 12

USERS = ("bob", "alice", "admin", "svc_shop", "deploy", "j.doe", "reporting", "demo", "shopadmin")
HOSTS = ("shop.example.com", "10.0.3.17", "intranet.example.org", "acme-nas", "build01.example.com", "192.168.1.20")
NAMES = ("acme", "shop", "office", "orders", "crm")
BEFORE = (
    "Hi!",
    "Quick question about the deployment.",
    "ok next problem",
    "We moved the shop to the new server on Monday.",
    "Please rewrite the following mail so that it sounds friendlier:",
    "Summarise this chat for me.",
    "I am onboarding a colleague and want to send her this:",
    "Thanks, that helped. Now the login.",
    "# Meeting notes\n\n- release on the 14th\n- open: who restarts the queue",
    "Here is what the vendor wrote:",
    "",
)
AFTER = (
    "Thanks!",
    "What am I doing wrong?",
    "The rest is in the wiki.",
    "Is there a safer way to share that?",
    "The error is 401 Unauthorized, the log shows nothing else.",
    "See you at 3.",
    "Let me know when you are in.",
    "Can you make a table of it?",
    "",
)
DRESSES = ("`{}`", '"{}"', "**{}**", "'{}'", "“{}”", "<{}>", "_{}_", "[{}]", "({})")
MARKER = re.compile(r"§([A-Za-z])")


def cases(seed: int) -> Iterator[Case]:
    """Yield every phrasing with drawn secrets, between sentences about something else."""
    rng = random.Random(seed)
    english = (("english", ENGLISH), ("credentials_pair", PAIRS), ("token", TOKENS), ("pin", PINS))
    for kind, table in english:
        yield from _table(rng, kind, table, BEFORE, AFTER)
    for language, table in LANGUAGES.items():
        before, after = AROUND[language]
        yield from _table(rng, language, table, (before, before, ""), (after, after, ""))


def _table(
    rng: random.Random, kind: str, table: str, before: tuple[str, ...], after: tuple[str, ...]
) -> Iterator[Case]:
    templates = table.strip().split("\n")
    for template in templates:
        for _ in range(max(ROUNDS, -(-MINIMUM // len(templates)))):
            yield _case(rng, f"told_{kind}", template, before, after)


def _case(rng: random.Random, kind: str, template: str, before: tuple[str, ...], after: tuple[str, ...]) -> Case:
    while True:
        told, secrets = _filled(rng, template)
        parts = [part for part in (rng.choice(before), told, rng.choice(after)) if part]
        one_line = not any("\n" in part for part in parts)
        text = rng.choice(("\n", "\n", "\n\n", " " if one_line else "\n")).join(parts)
        text = rng.choice((*[_bare] * 12, _in_diff, _answered, _in_json))(text)
        # A secret that the sentence repeats by chance would be asked for in a harmless place.
        if all(text.count(secret) == 1 for secret in secrets):
            return Case(kind, text, tuple(secrets))


def _bare(text: str) -> str:
    return text


def _in_diff(text: str) -> str:
    return "@@ -0,0 +1 @@\n" + "".join(f"+{line}\n" for line in text.split("\n"))


def _answered(text: str) -> str:
    return "".join(f">{line}\n" for line in text.split("\n"))


def _in_json(text: str) -> str:
    """A string of JSON, in which letters outside ASCII are escapes; a text whose secret would change stays bare."""
    written = json.dumps({"role": "user", "content": text})
    return written if '\\"' not in written and "\\\\" not in written else text


def _filled(rng: random.Random, template: str) -> tuple[str, list[str]]:
    known = {"u": rng.choice(USERS), "h": rng.choice(HOSTS), "d": rng.choice(NAMES)}
    secrets: list[str] = []

    def put(match: re.Match[str]) -> str:
        mark = match[1]
        if mark in known:
            return known[mark]
        secret = _secret(rng, mark)
        secrets.append(secret)
        dressed = mark in "PQTS" and rng.random() < 0.3
        return rng.choice(DRESSES[:5] if rng.random() < 0.9 else DRESSES).format(secret) if dressed else secret

    return MARKER.sub(put, template).replace("⏎", "\n"), secrets


def _secret(rng: random.Random, mark: str) -> str:
    if mark in "NM":
        return draw(rng, DIGITS, rng.choice((4, 4, 4, 5, 6)))
    if mark == "V":
        return draw(rng, DIGITS, 6)
    if mark == "w":
        return unusual(rng)
    return machine_token(rng) if mark in "TS" else told_password(rng)

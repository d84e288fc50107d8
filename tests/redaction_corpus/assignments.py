"""Values of keys that are named after secrets, in the syntaxes people paste: settings, data, code, commands, logs."""

import html
import json
import random
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from .assignments_code import CODE
from .assignments_code_more import CODE_MORE
from .assignments_commands import COMMANDS
from .assignments_data import DATA
from .assignments_settings import SETTINGS
from .assignments_syntax import Syntax
from .assignments_text import TEXT
from .assignments_values import bare_password, key_name, machine_token, quoted_password, told_password
from .case import Case, draw, uuid

ROUNDS = 2
MINIMUM = 10

HOSTS = ("db.example.com", "10.0.3.17", "mail.example.org", "acme-db.internal", "localhost", "shop.example.com")
USERS = ("bob", "alice", "admin", "svc_shop", "root", "deploy", "app_user", "j.doe", "reporting")
NAMES = ("shop", "acme", "orders", "billing", "inventory", "crm")
BEFORE = (
    "Hi, why does this not connect?",
    "Here is my config, what is wrong with it?",
    "I moved this from the old server and now I get a 401:",
    "Can you review this before I open the merge request?",
    "Sure! Here is the corrected version:",
    "That is the relevant part, the rest is unchanged.",
    "> how do I rotate this without downtime?",
    "Please turn this into a Kubernetes manifest:",
    "Traceback says access denied. The file:",
    "You need to change only the second half, like so:",
    "ok so this is what I have right now",
    "Warum läuft das nicht?",
    "¿Me puedes ayudar con esto?",
    "Voici ce que j'ai :",
    "from the wiki page of the team:",
    "Step 2. Fill in the values as below.",
    "We run this on Ubuntu 24.04 with Docker 27.",
    "The integration test fails here (exit code 1).",
    "One more thing, this snippet is used in the nightly job:",
    "帮我看看这段有什么问题：",
)
AFTER = (
    "It worked until yesterday.",
    "Any idea?",
    "Restart the service afterwards and check the health page.",
    "Thanks in advance!",
    "The error is: connection refused (111).",
    "I also tried port 5433, same thing.",
    "Let me know if you need the full log.",
    "What would be the best practice here?",
    "That should fix the login. The retry loop stays as it was.",
    "Version is 3.11.4, if that matters.",
    "Danke!",
    "Note that line 14 is only needed on Windows.",
    "```\npsycopg2.OperationalError: FATAL: authentication failed\n```",
    "Then run the migrations again.",
    "And yes, I know it should be in a vault.",
)
NOISE = (
    "2025-02-11 08:{n}:31 INFO  worker-{n} picked job {i}",
    "2025-02-11 08:{n}:32 DEBUG cache miss for orders:{n}:{x}",
    "  at com.example.shop.OrderService.load(OrderService.java:{n})",
    '  File "/srv/shop/app/views.py", line {n}, in dispatch',
    "    return self.handler(request, *args, **kwargs)",
    "{x} fix rounding in the invoice total (#{n})",
    "GET /static/css/main.{x}.css 200 {n} bytes",
    "  Downloading wheel (1.{n} MB)",
    "for item in cart.items[:{n}]: total += item.price",
)
MARKER = re.compile(r"§([A-Za-z])")
# What may stand without quotes, for each family; a value that does not match is drawn again.
ALLOWED = {
    "shell": re.compile(r"[\w.,:/@%+=^~-]+"),
    "line": re.compile(r"[^\s\"'\\`][^\s\"'\\`]*"),
    "yaml": re.compile(r"[\w$/.+^~][^\s\"'\\`,\[\]{}]*[^\s\"'\\`,:\[\]{}]"),
    "csv": re.compile(r"[^\s\"',;|`\\]+"),
    "word": re.compile(r"[^\s\"',;|&<>()\[\]{}`\\]*[^\s\"',;|&<>()\[\]{}`\\.:?]"),
}


def cases(seed: int) -> Iterator[Case]:
    """Yield every template of every syntax with drawn keys and values, in drawn surroundings."""
    rng = random.Random(seed)
    for syntax in (*SETTINGS, *DATA, *TEXT, *CODE, *CODE_MORE, *COMMANDS):
        rounds = max(ROUNDS, -(-MINIMUM // len(syntax.templates)))
        for template in syntax.templates:
            for _ in range(rounds):
                yield _case(rng, syntax, template)


def _case(rng: random.Random, syntax: Syntax, template: str) -> Case:
    while True:
        text, secrets = _filled(rng, syntax, template)
        text = _surrounded(rng, syntax, text)
        wanted = {secret: secrets.count(secret) for secret in secrets}
        # A secret that the surroundings repeat by chance would be asked for in a harmless place.
        if all(text.count(secret) == count for secret, count in wanted.items()):
            return Case(syntax.kind, text, tuple(wanted))


def _filled(rng: random.Random, syntax: Syntax, template: str) -> tuple[str, list[str]]:
    style = rng.choice(syntax.styles)
    known = {
        "u": rng.choice(USERS),
        "h": rng.choice(HOSTS),
        "n": str(rng.randint(11, 9999)),
        "d": rng.choice(NAMES),
        "i": uuid(rng),
        "x": draw(rng, "0123456789abcdef", 7),
    }
    is_password = {"V": rng.random() < 0.55, "W": rng.random() < 0.5, "P": True, "Q": True, "T": False, "S": False}
    for key, value in (("K", "V"), ("L", "W")):
        known[key] = _written_key(rng, syntax, key_name(rng, style, is_password[value]))
    secrets: list[str] = []

    def put(match: re.Match[str]) -> str:
        mark = match[1]
        if mark not in known:
            known[mark] = _written_value(rng, syntax, template[match.start() - 1 : match.start()], is_password[mark])
        if mark in is_password:
            secrets.append(known[mark])
        return known[mark]

    return MARKER.sub(put, template), secrets


def _written_key(rng: random.Random, syntax: Syntax, name: str) -> str:
    if syntax.family != "unicode-escapes":
        return name
    at = rng.randrange(len(name))
    return name[:at] + f"\\u{ord(name[at]):04x}" + name[at + 1 :]


def _written_value(rng: random.Random, syntax: Syntax, before: str, is_password: bool) -> str:
    """Return a drawn value as this syntax writes it after the character `before`."""
    quotes = before in ('"', "'", "`") and before != ""
    while True:
        value = (quoted_password if quotes or syntax.family in ESCAPED else bare_password)(rng)
        if not is_password:
            # People choose the secrets of their own services, too.
            value = told_password(rng) if rng.random() < 0.08 else machine_token(rng)
        if quotes or syntax.family in ESCAPED:
            return QUOTING[syntax.family](rng, value, before)
        if ALLOWED[syntax.bare].fullmatch(value):
            return value


def _backslashes(signs: str) -> Callable[[random.Random, str, str], str]:
    def written(rng: random.Random, value: str, before: str) -> str:
        mark = before if before in "\"'`" else '"'
        return "".join(f"\\{sign}" if sign in "\\" + mark or sign in signs else sign for sign in value)

    return written


def _doubled(rng: random.Random, value: str, before: str) -> str:
    return value.replace(before, before * 2) if before else value


def _shell(rng: random.Random, value: str, before: str) -> str:
    if before == "'":
        return value.replace("'", "'\\''")
    return re.sub(r'([\\"$`])', r"\\\1", value)


def _yaml(rng: random.Random, value: str, before: str) -> str:
    return value.replace("'", "''") if before == "'" else json.dumps(value, ensure_ascii=False)[1:-1]


def _json(levels: int) -> Callable[[random.Random, str, str], str]:
    def written(rng: random.Random, value: str, before: str) -> str:
        ascii_only = rng.random() < 0.5
        for _ in range(levels):
            value = json.dumps(value, ensure_ascii=ascii_only)[1:-1]
        return value

    return written


def _unicode_escapes(rng: random.Random, value: str, before: str) -> str:
    """Return the value with some signs as \\u escapes, as serialisers write them that guard against HTML."""
    signs = rng.choice(("&<>='+", "&<>'", "aeou", "s!@$", "0123")) + rng.choice(value)
    return "".join(f"\\u{ord(sign):04x}" if sign in signs + '\\"' else json.dumps(sign)[1:-1] for sign in value)


def _xml(rng: random.Random, value: str, before: str) -> str:
    return html.escape(value)


def _url(rng: random.Random, value: str, before: str) -> str:
    return quote(value, safe=rng.choice(("", "-_.~!*()")))


def _as_is(rng: random.Random, value: str, before: str) -> str:
    return value


QUOTING: dict[str, Callable[[random.Random, str, str], str]] = {
    "c": _backslashes(""),
    "dollar": _backslashes("$"),
    "doubled": _doubled,
    "shell": _shell,
    "yaml": _yaml,
    "json": _json(1),
    "json-twice": _json(2),
    "json-thrice": _json(3),
    "unicode-escapes": _unicode_escapes,
    "xml": _xml,
    "url": _url,
    "raw": _as_is,
}
# Families whose values are written the same way whether quotes stand before them or not.
ESCAPED = ("xml", "url", "raw", "json-twice", "json-thrice", "unicode-escapes")


def _surrounded(rng: random.Random, syntax: Syntax, text: str) -> str:
    pick = rng.random()
    if "\n```" in text or pick < 0.2:
        block = text
    elif pick < 0.65:
        block = f"```{syntax.fence if rng.random() < 0.8 else ''}\n{text}\n```"
    elif pick < 0.75:
        block = "\n".join(f"    {line}" for line in text.split("\n"))
    else:
        block = f"\n{text}\n"
    before, after = rng.choice(BEFORE), rng.choice(AFTER)
    if rng.random() < 0.15:
        before = "\n\n".join(rng.sample(BEFORE, 3))
    if rng.random() < 0.15:
        after = f"{_noise(rng)}\n{after}"
    elif rng.random() < 0.1:
        before = f"{before}\n{_noise(rng)}\n"
    return f"{before}\n{block}\n{after}"


def _noise(rng: random.Random) -> str:
    """Return lines of a log or of code as they come along when too much was copied."""
    lines = rng.choices(NOISE, k=rng.randint(4, 16))
    return "\n".join(
        line.format(n=rng.randint(10, 59), i=uuid(rng), x=draw(rng, "0123456789abcdef", 7)) for line in lines
    )

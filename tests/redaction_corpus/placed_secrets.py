"""Secrets known by where they stand: headers, cookies, URLs, connection strings, credential files, commands, keys."""

import json
import random
from collections.abc import Iterator
from urllib.parse import quote

from tests.redaction_corpus.case import Case
from tests.redaction_corpus.placed_asked import ASKED
from tests.redaction_corpus.placed_commands import COMMANDS
from tests.redaction_corpus.placed_deploy import DEPLOY
from tests.redaction_corpus.placed_files import FILES
from tests.redaction_corpus.placed_hosts import HOSTS
from tests.redaction_corpus.placed_keys import snippets as key_snippets
from tests.redaction_corpus.placed_links import CONNECTIONS, COOKIE_PLACES, HEADER_PLACES, HEADERS, URL_PLACES, URLS
from tests.redaction_corpus.placed_makers import COOKIES, fill
from tests.redaction_corpus.placed_sql import SQL

BEFORE = (
    "Why does this fail? It worked until the last release.",
    "Here is what I have so far:",
    "I get a 401 with the following, any idea?",
    "Can you review this for me before I open the pull request?",
    "Please explain what each line does.",
    "This is from the staging box, the one in the second rack.",
    "Our password policy changed last week and now this does not start anymore:",
    "Convert this to Terraform please.",
    "Sure! Put the following into the file and restart the service:",
    "You're right, sorry about that. The corrected version:",
    "Warum geht das nicht? Auf meinem Rechner läuft es.",
    "¿Qué está mal aquí? Sale un error de conexión.",
    "Pouvez-vous m'aider avec cette configuration ?",
    "これを直してください。",
    "Help, prod is down!! logs + config below",
    "context: node 20, postgres 16, everything in one compose file",
    "TODO for Monday, copied from the wiki page:",
    "The token lookup is somewhere in here, I think:",
)
AFTER = (
    "What am I missing?",
    "It ends with `connection refused` after about 30 seconds.",
    "Thanks in advance!",
    "Then run `make test` again; all 214 tests should pass.",
    "The secret itself is read from the vault elsewhere, this is only the fallback.",
    "Note that port 5432 must be open between both hosts.",
    "Danke!",
    "Let me know if you want me to add retries as well.",
    "ERROR 1045 (28000): Access denied (using password: YES)",
    "I would rather not change the database schema.",
    "$ echo $?\n1",
    "Version 2.14.3 on Debian 12.",
    "",
)
CODE = (
    "import os\nimport sys\n\n\ndef main(argv):\n    print(len(argv))\n    return 0",
    "def total(items):\n    return sum(item.price * item.count for item in items)",
    "for (const row of rows) {\n  console.log(row.id, row.name);\n}",
    "# see docs/setup.md\nset -euo pipefail\ncd /srv/app",
    "server {\n  listen 443 ssl;\n  server_name shop.example.com;\n}",
    "2024-05-02T10:11:12Z INFO worker started pid=4211\n2024-05-02T10:11:13Z INFO 3 jobs in the queue",
)
LANGUAGES = ("", "bash", "yaml", "text", "python", "ini", "console")


def _bare(rng: random.Random, text: str) -> str:
    return text


def _talk(rng: random.Random, text: str) -> str:
    return f"{rng.choice(BEFORE)}\n\n{text}\n\n{rng.choice(AFTER)}".rstrip("\n")


def _tight(rng: random.Random, text: str) -> str:
    return f"{rng.choice(BEFORE)}\n{text}\n{rng.choice(AFTER)}"


def _fenced(rng: random.Random, text: str) -> str:
    return f"{rng.choice(BEFORE)}\n\n```{rng.choice(LANGUAGES)}\n{text}\n```\n\n{rng.choice(AFTER)}"


def _roles(rng: random.Random, text: str) -> str:
    first, second = rng.choice((("User", "Assistant"), ("Q", "A"), ("**Me**", "**Bot**")))
    return f"{first}: {rng.choice(BEFORE)}\n{text}\n\n{second}: {rng.choice(AFTER) or 'Looks fine to me.'}"


def _amid(rng: random.Random, text: str) -> str:
    above, below = rng.sample(CODE, 2)
    return f"{above}\n\n{text}\n\n{below}"


def _quoted(rng: random.Random, text: str) -> str:
    mark = rng.choice(("> ", "> ", "    ", "  ", "+", "\t", "+ "))
    marked = mark + text.replace("\n", "\n" + mark)
    return f"{rng.choice(BEFORE)}\n\n{marked}\n\n{rng.choice(AFTER)}"


def _crlf(rng: random.Random, text: str) -> str:
    return _talk(rng, text).replace("\n", "\r\n")


FRAMES = (_bare, _talk, _talk, _tight, _fenced, _fenced, _roles, _amid, _quoted, _crlf)


def _escaped(rng: random.Random, kind: str, text: str, secrets: list[str]) -> Case:
    """Return the case as a line of a chat export: the whole text is one JSON string."""
    ascii_only = rng.random() < 0.5

    def dump(value: str) -> str:
        return json.dumps(value, ensure_ascii=ascii_only)

    line = f'{{"role": {dump(rng.choice(("user", "assistant")))}, "content": {dump(_talk(rng, text))}}}'
    return Case(kind, line, tuple(dump(secret)[1:-1] for secret in secrets))


def _case(rng: random.Random, kind: str, text: str, secrets: list[str]) -> Case:
    """Set a snippet into a frame; one whose carriage returns matter keeps its own line ends."""
    if rng.random() < 0.06 and not kind.startswith("key_"):
        return _escaped(rng, kind, text, secrets)
    frames = FRAMES[:7] if kind == "key_crlf" else FRAMES
    return Case(kind, rng.choice(frames)(rng, text), tuple(dict.fromkeys(secrets)))


def _tables(rng: random.Random) -> Iterator[tuple[str, str, list[str]]]:
    """Yield every template of every table once."""
    for table in (CONNECTIONS, FILES, HOSTS, DEPLOY, COMMANDS, SQL, ASKED):
        for kind, templates in table.items():
            for template in templates:
                yield kind, *fill(rng, template)


def _headers(rng: random.Random) -> Iterator[tuple[str, str, list[str]]]:
    """Yield every header in some of the places a header is written in."""
    for kind, forms in HEADERS.items():
        for place in rng.sample(HEADER_PLACES, 7):
            name, scheme, maker = rng.choice(forms)
            shown = rng.choice((name, name, name.lower()))
            template = place.replace("NAME", shown).replace("VALUE", f"{scheme}«!{maker}»")
            yield kind, *fill(rng, template)


def _cookies(rng: random.Random) -> Iterator[tuple[str, str, list[str]]]:
    """Yield every place of a cookie with some of the frameworks' names."""
    for kind, places in COOKIE_PLACES.items():
        for place in places:
            name, maker = rng.choice(COOKIES)
            value = maker(rng)
            text, _ = fill(rng, place)
            yield kind, text.replace("NAME", name).replace("VALUE", value), [value]


def _urls(rng: random.Random) -> Iterator[tuple[str, str, list[str]]]:
    """Yield URLs with credentials in code, files and prose; some wholly percent-encoded."""
    for kind, forms in URLS.items():
        for place in rng.sample(URL_PLACES, 5):
            url, secrets = fill(rng, rng.choice(forms))
            yield kind, fill(rng, place)[0].replace("@URL@", url), secrets
    for _ in range(6):
        url, secrets = fill(rng, rng.choice(URLS[rng.choice(tuple(URLS))]))
        lead = rng.choice(("https://example.com/connect?dsn=", "redirect_uri=", "GET /proxy?u=", "url%3D", "DSN_ENC="))
        yield (
            "url_percent_encoded",
            lead + quote(url, safe="") + rng.choice(("", "&retry=3", " HTTP/1.1")),
            [quote(secret, safe="") for secret in secrets],
        )


def cases(seed: int) -> Iterator[Case]:
    """Yield the cases of `seed`: every template twice, the keys six times, each in a frame of its own."""
    rng = random.Random(seed)
    for _ in range(2):
        for made in (_tables, _headers, _cookies, _urls):
            for kind, text, secrets in made(rng):
                yield _case(rng, kind, text, secrets)
    for kind, text, secrets in key_snippets(rng, 6):
        yield _case(rng, kind, text, secrets)

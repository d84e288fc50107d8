"""Fills the drawn parts of the harmless templates: `⟦hex:40⟧` is forty digits, `⟦a=uuid⟧ ... ⟦a⟧` one UUID twice.

The brackets are ones no programming language uses, so that templates hold code in its own syntax.
"""

import base64
import random
import re
from collections.abc import Callable, Iterator

from tests.redaction_corpus.case import ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER, UPPER, draw, uuid

TAG = re.compile(r"⟦(?:(\w+)=)?(\w+)(?::([^⟧]*))?⟧")
RULE = "\n~~~\n"


def listed(text: str) -> tuple[str, ...]:
    """Return the entries of a table written in lines, several a line divided by a broken bar."""
    return tuple(re.split(" ¦ |\n", text.strip("\n")))


NAMES = ("Dana", "Mira", "Jonas", "Aisha", "Pavel", "Noor", "Linh", "Tomas", "Ines", "Kofi", "Yuki", "Marta", "Ravi")
SERVICES = ("billing", "orders", "auth", "search", "mailer", "gateway", "ledger", "inventory", "checkout", "profile")
WORDS = ("lamp", "river", "invoice", "orange", "window", "garden", "bridge", "pencil", "market", "silver", "cloud")
HOSTS = ("example.com", "shop.example.com", "api.example.org", "acme.example.net", "staging.example.org")
CREDENTIALS = listed("""
password ¦ api key ¦ auth token ¦ client secret ¦ access token ¦ secret key ¦ refresh token ¦ passphrase ¦ db password
smtp password ¦ webhook secret ¦ admin password ¦ session secret ¦ jwt secret ¦ token ¦ redis password ¦ signing key
encryption key ¦ github token ¦ bot token ¦ master key ¦ service token
""")
LABELS = listed("""
GITHUB_TOKEN ¦ PASSWORD ¦ API_KEY ¦ PRIVATE_KEY ¦ SECRET ¦ JWT ¦ AWS_SECRET_KEY ¦ SLACK_TOKEN ¦ TOKEN
CONNECTION_STRING ¦ SESSION_COOKIE ¦ BEARER_TOKEN ¦ STRIPE_KEY ¦ OPENAI_KEY ¦ CREDENTIAL ¦ EMAIL
""")


def _camel(words: str) -> str:
    first, *rest = words.split()
    return first + "".join(word.capitalize() for word in rest)


def _number(rng: random.Random, bounds: str) -> str:
    low, high = bounds.split("-")
    return str(rng.randint(int(low), int(high)))


def _digits(rng: random.Random, length: str) -> str:
    return rng.choice(DIGITS[1:]) + draw(rng, DIGITS, int(length) - 1)


def _padded(rng: random.Random, length: str) -> str:
    return base64.b64encode(rng.randbytes(int(length))).decode()


def _armour(rng: random.Random, lines: str) -> str:
    full = [draw(rng, BASE64, 64) for _ in range(int(lines))]
    return "\n".join([*full, draw(rng, BASE64, rng.choice((22, 30, 46))) + "=="])


def _version(rng: random.Random, _: str) -> str:
    return f"{rng.randint(0, 14)}.{rng.randint(0, 30)}.{rng.randint(0, 19)}"


def _date(rng: random.Random, _: str) -> str:
    return f"{rng.randint(2019, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _time(rng: random.Random, _: str) -> str:
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"


def _plain64(rng: random.Random, count: str) -> str:
    return base64.b64encode(" ".join(rng.choice(WORDS) for _ in range(int(count))).encode()).decode()


def _colons(rng: random.Random, count: str) -> str:
    return ":".join(draw(rng, HEX, 2) for _ in range(int(count)))


def _hexdump(rng: random.Random, lines: str) -> str:
    rows = []
    for at in range(int(lines)):
        octets = [draw(rng, HEX, 2) for _ in range(16)]
        rows.append(f"{at * 16:08x}  {' '.join(octets[:8])}  {' '.join(octets[8:])}  |{draw(rng, '.' + LOWER, 16)}|")
    return "\n".join(rows)


def _drawn(alphabet: str) -> Callable[[random.Random, str], str]:
    return lambda rng, length: draw(rng, alphabet, int(length))


def _chosen(words: tuple[str, ...]) -> Callable[[random.Random, str], str]:
    return lambda rng, _: rng.choice(words)


MAKERS: dict[str, Callable[[random.Random, str], str]] = {
    "hex": _drawn(HEX),
    "HEX": _drawn(HEX.upper()),
    "b64": _drawn(BASE64),
    "url64": _drawn(BASE64URL),
    "alnum": _drawn(ALNUM),
    "low": _drawn(LOWER + DIGITS),
    "letters": _drawn(LOWER),
    "up": _drawn(UPPER + DIGITS),
    "nix32": _drawn("0123456789abcdfghijklmnpqrsvwxyz"),
    "bech": _drawn("qpzry9x8gf2tvdw0s3jn54khce6mua7l"),
    "dig": _digits,
    "n": _number,
    "sri": _padded,
    "armour": _armour,
    "ver": _version,
    "date": _date,
    "time": _time,
    "plain64": _plain64,
    "colons": _colons,
    "hexdump": _hexdump,
    "uuid": lambda rng, _: uuid(rng),
    "name": _chosen(NAMES),
    "svc": _chosen(SERVICES),
    "word": _chosen(WORDS),
    "host": _chosen(HOSTS),
    "said": _chosen(CREDENTIALS),
    "snake": lambda rng, _: rng.choice(CREDENTIALS).replace(" ", "_"),
    "kebab": lambda rng, _: rng.choice(CREDENTIALS).replace(" ", "-"),
    "camel": lambda rng, _: _camel(rng.choice(CREDENTIALS)),
    "scream": lambda rng, _: rng.choice(CREDENTIALS).replace(" ", "_").upper(),
    "label": lambda rng, _: f"[{rng.choice(LABELS)}_{rng.randint(1, 12)}]",
    "pick": lambda rng, choices: rng.choice(choices.split("|")),
}


def fill(template: str, rng: random.Random, **given: str) -> str:
    """Return the template with every bracketed part drawn; a part named before, or `given`, is repeated."""
    bound = dict(given)

    def part(found: re.Match[str]) -> str:
        name, maker, argument = found.groups()
        if maker in bound:
            return bound[maker]
        value = MAKERS[maker](rng, argument or "")
        if name:
            bound[name] = value
        return value

    return TAG.sub(part, template)


def snippets(tables: dict[str, str], rule: str = RULE) -> Iterator[tuple[str, str]]:
    """Yield each kind with each of its templates; in the tables a line `~~~` (or another `rule`) divides them."""
    for kind, text in tables.items():
        for template in text.strip("\n").split(rule):
            yield kind, template

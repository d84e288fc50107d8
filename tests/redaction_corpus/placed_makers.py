"""What the placed secrets are drawn with: passwords as people and machines make them, tokens, and names that stay."""

import base64
import json
import random
import re
from collections.abc import Callable
from urllib.parse import quote

from tests.redaction_corpus.case import ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER, UPPER, draw, uuid

Maker = Callable[[random.Random], str]

_WORDS = (
    "winter summer autumn spring monkey dragon tiger falcon coffee banana pepper cactus rocket planet garden "
    "silver copper velvet marble puzzle bridge harbor lemon maple ginger penguin walrus badger otter raven comet "
    "nebula glacier canyon meadow thunder pickle waffle noodle biscuit anchor lantern compass saddle guitar "
    "violin hunter castle knight wizard orbit quartz pirate sailor kitten turtle mango papaya olive walnut cobalt "
    "indigo crimson"
)
WORDS = _WORDS.split()
ACCENTED = ("müsli", "größe", "señal", "café", "żółw", "rødgrød", "clé", "ключ", "ёлка")
# Words of the BIP39 list: what a wallet writes as its seed phrase.
_SEED_WORDS = (
    "abandon ability absorb abstract achieve acid acoustic adapt afford agent album alcohol amazing anchor "
    "ancient apple arctic arena armor artist aspect autumn avocado bacon balance bamboo banner bargain basket "
    "beach bicycle blanket border bracket breeze bronze bubble buffalo cabbage cactus camera candy canyon carbon "
    "casino cattle ceiling cement cherry circle citizen cliff clutch coconut copper coral cradle cricket crystal "
    "curtain dance debris decade denial desert dignity dolphin dove dragon eager eagle ecology elbow elder embark "
    "empower enact energy engine envelope erode exotic fabric falcon fatal fiction finger flavor forest fossil "
    "galaxy garlic gesture giraffe glide goat grape guitar hamster harbor hazard hedgehog hockey hybrid icon "
    "impulse inmate ivory jaguar jungle kangaroo kidney kiwi lemon leopard lizard lobster magnet mango matrix "
    "meadow mimic muffin nephew noodle oblige ocean olympic orchard oxygen paddle pelican piano pigeon pluck "
    "quantum rabbit raccoon ribbon saddle salmon scorpion seminar skate spider tornado trophy tunnel umbrella "
    "unveil velvet venture wagon walnut whale wisdom zebra zone"
)
SEED_WORDS = _SEED_WORDS.split()
LEET = str.maketrans("aeiost", "4310$7")
SAFE_LEET = str.maketrans("aeios", "43105")


def _years(rng: random.Random) -> str:
    return f"{rng.choice(WORDS).capitalize()}{rng.randint(1979, 2027)}{rng.choice(('!', '!', '', '!!', '*'))}"


def _short(rng: random.Random) -> str:
    return rng.choice(WORDS) + str(rng.randint(1, 999))


def _leet(rng: random.Random) -> str:
    return rng.choice(WORDS).translate(SAFE_LEET) + str(rng.randint(0, 99))


def _phrase(rng: random.Random) -> str:
    return rng.choice("--_.").join(rng.sample(WORDS, rng.randint(3, 4)))


def _pair(rng: random.Random) -> str:
    first, second = rng.sample(WORDS, 2)
    return f"{first.capitalize()}{rng.choice('-_#@.')}{second.capitalize()}{rng.randint(1, 99)}"


def _machine(rng: random.Random) -> str:
    return draw(rng, ALNUM, rng.randint(10, 32))


def _symbols(rng: random.Random) -> str:
    inner = draw(rng, ALNUM + "!#@*+-_.=?^~", rng.randint(8, 22))
    return draw(rng, UPPER, 1) + inner + draw(rng, DIGITS, 1)


def _accented(rng: random.Random) -> str:
    return rng.choice(ACCENTED).capitalize() + str(rng.randint(10, 2030)) + rng.choice("!?-") + draw(rng, LOWER, 3)


def _odd(rng: random.Random) -> str:
    """Return a password with characters that end a value elsewhere: only where quotes or a whole line hold it."""
    first, second = rng.sample(WORDS, 2)
    shape = rng.randrange(5)
    if shape == 0:
        return f"{first[:1]}@{first[1:]}:{second[:2]}/{second[2:]}{rng.randint(1, 9)}"
    if shape == 1:
        return f"{first.capitalize().translate(LEET)}&{rng.randint(1, 99)}"
    if shape == 2:
        return (
            draw(rng, ALNUM, 2)
            + draw(rng, ALNUM + "!#%&()*+,-./:;=?@[]^_{|}~", rng.randint(10, 22))
            + draw(rng, ALNUM, 2)
        )
    if shape == 3:
        return f"{first}, {second} & {rng.randint(2, 99)} {rng.choice(WORDS)}s"
    return f"{second.capitalize()};{draw(rng, ALNUM, 5)}${rng.randint(1, 99)}"


def word(rng: random.Random) -> str:
    """Return a password that needs no quoting anywhere."""
    return rng.choice((_years, _short, _leet, _phrase, _machine, _machine))(rng).rstrip("*")


def password(rng: random.Random) -> str:
    """Return a password without space, quote, backslash, colon, comma, semicolon, `&` or `<`."""
    return rng.choice((_years, _short, _leet, _phrase, _pair, _machine, _machine, _symbols, _symbols, _accented))(rng)


def quoted(rng: random.Random) -> str:
    """Return a password that may hold separators and spaces: it stands in quotes."""
    return _odd(rng) if rng.random() < 0.4 else password(rng)


def url_password(rng: random.Random) -> str:
    """Return a password as people put it in an URL: plain, percent-encoded, or wrongly with raw separators."""
    shape = rng.random()
    if shape < 0.5:
        return word(rng)
    if shape < 0.75:
        return quote(_symbols(rng) if rng.random() < 0.5 else _odd(rng), safe="!*")
    first, second = rng.sample(WORDS, 2)
    return rng.choice(
        (f"{first}@{second}{rng.randint(1, 99)}", f"{first[:1]}@{first[1:]}:{second}!{rng.randint(1, 9)}")
    )


def xml_password(rng: random.Random) -> str:
    """Return a password escaped for XML."""
    text = quoted(rng)
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def basic(rng: random.Random) -> str:
    """Return the base64 of `user:password`."""
    return _b64(f"{user(rng)}:{password(rng)}".encode())


def b64_value(rng: random.Random) -> str:
    """Return the base64 of a password."""
    return _b64(password(rng).encode())


def jwt(rng: random.Random) -> str:
    """Return a signed token of three parts."""
    algorithm, size = rng.choice((("HS256", 32), ("HS512", 64), ("RS256", 256), ("ES256", 64)))
    head = {"alg": algorithm, "typ": "JWT"} | ({"kid": draw(rng, HEX, 8)} if rng.random() < 0.4 else {})
    issued = rng.randint(1_600_000_000, 1_800_000_000)
    body = {"sub": str(rng.randint(1, 10**7)), "iat": issued, "exp": issued + 3600, "scope": rng.choice(WORDS)}
    parts = [_b64url(json.dumps(part, separators=(",", ":")).encode()) for part in (head, body)]
    return ".".join((*parts, _b64url(rng.randbytes(size))))


def jwe(rng: random.Random) -> str:
    """Return an encrypted token of five parts; a direct key leaves the second part empty."""
    direct = rng.random() < 0.5
    head = {"alg": "dir" if direct else "RSA-OAEP", "enc": rng.choice(("A256GCM", "A128CBC-HS256"))}
    key = "" if direct else _b64url(rng.randbytes(256))
    rest = (_b64url(rng.randbytes(size)) for size in (12, rng.randint(40, 160), 16))
    return ".".join((_b64url(json.dumps(head).encode()), key, *rest))


def b64_of(size: int) -> Maker:
    """Return a maker of the base64 of `size` bytes."""
    return lambda rng: _b64(rng.randbytes(size))


def pem_lines(rng: random.Random, size: int, start: bytes = b"\x30\x82", width: int = 64) -> list[str]:
    """Return base64 lines; the last one is never so short that it could stand elsewhere in a text by chance."""
    text = _b64(start + rng.randbytes(size - len(start)))
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return lines if len(lines[-1]) >= 12 else lines[:-1]


def pem(rng: random.Random, label: str, size: int) -> str:
    """Return a whole PEM block."""
    return "\n".join((f"{'-' * 5}BEGIN {label}{'-' * 5}", *pem_lines(rng, size), f"{'-' * 5}END {label}{'-' * 5}", ""))


def user(rng: random.Random) -> str:
    """Return a user name."""
    return rng.choice(("app", "shop", "svc_backup", "deploy", "reporting", "readonly", "ci-bot", "etl", "acme_app"))


def host(rng: random.Random) -> str:
    """Return a host name."""
    label = rng.choice(("db", "db-1", "mail", "cache", "files", "api", "git", "queue", "prod-eu"))
    return (
        f"{label}.{rng.choice(('example.com', 'example.org', 'acme.example', 'shop.example.net', 'internal.example'))}"
    )


def _laravel(rng: random.Random) -> str:
    value = json.dumps({"iv": _b64(rng.randbytes(16)), "value": _b64(rng.randbytes(64)), "mac": draw(rng, HEX, 64)})
    return quote(_b64(value.encode()), safe="")


def _wordpress(rng: random.Random) -> str:
    return "%7C".join(("editor", str(rng.randint(17 * 10**8, 18 * 10**8)), draw(rng, ALNUM, 43), draw(rng, HEX, 64)))


def _express(rng: random.Random) -> str:
    return "s%3A" + draw(rng, BASE64URL, 32) + "." + quote(draw(rng, BASE64, 43), safe="")


def _flask(rng: random.Random) -> str:
    body = _b64url(json.dumps({"_user_id": str(rng.randint(1, 9999)), "_fresh": True}).encode())
    return ".".join((body, draw(rng, BASE64URL, 6), draw(rng, BASE64URL, 27)))


COOKIES: tuple[tuple[str, Maker], ...] = (
    ("PHPSESSID", lambda rng: draw(rng, LOWER + DIGITS, 26)),
    ("JSESSIONID", lambda rng: draw(rng, HEX, 32).upper()),
    ("connect.sid", _express),
    ("laravel_session", _laravel),
    ("ASP.NET_SessionId", lambda rng: draw(rng, LOWER + "012345", 24)),
    (".AspNetCore.Cookies", lambda rng: "CfDJ8" + draw(rng, BASE64URL, 170)),
    ("wordpress_logged_in_" + "5d41402abc4b2a76b9719d911017c592", _wordpress),
    ("sessionid", lambda rng: draw(rng, LOWER + DIGITS, 32)),
    ("_shop_session", lambda rng: quote(_b64(rng.randbytes(90)), safe="") + "--" + draw(rng, HEX, 40)),
    ("session", _flask),
    ("ci_session", lambda rng: draw(rng, HEX, 40)),
    ("grafana_session", lambda rng: draw(rng, HEX, 32)),
    ("sid", lambda rng: draw(rng, ALNUM, 24)),
    ("remember_token", lambda rng: f"{rng.randint(1, 999)}|{draw(rng, HEX, 128)}"),
    ("__Secure-next-auth.session-token", jwe),
    ("auth_token", jwt),
    ("SESSION", lambda rng: _b64(uuid(rng).encode())),
)


def _bcrypt(rng: random.Random) -> str:
    return f"$2{rng.choice('aby')}${rng.choice(('05', '10', '12'))}$" + draw(rng, ALNUM + "./", 53)


def _htpasswd(rng: random.Random) -> str:
    apr1 = "$apr1$" + draw(rng, ALNUM + "./", 8) + "$" + draw(rng, ALNUM + "./", 22)
    return rng.choice((_bcrypt(rng), apr1, "{SHA}" + _b64(rng.randbytes(20))))


def _shadow(rng: random.Random) -> str:
    mark, salt, size = rng.choice((("$6$", 16, 86), ("$5$", 16, 43), ("$1$", 8, 22), ("$y$j9T$", 22, 43)))
    return mark + draw(rng, ALNUM + "./", salt) + "$" + draw(rng, ALNUM + "./", size)


def _of(alphabet: str, low: int, high: int) -> Maker:
    return lambda rng: draw(rng, alphabet, rng.randint(low, high))


def _one_of(*values: str) -> Maker:
    return lambda rng: rng.choice(values)


def _armour(edge: str) -> Maker:
    return lambda rng: f"{'-' * 5}{edge} PRIVATE KEY{'-' * 5}"


MAKERS: dict[str, Maker] = {
    "pw": password,
    "word": word,
    "quoted": quoted,
    "urlpw": url_password,
    "xmlpw": xml_password,
    "basic": basic,
    "bvalue": b64_value,
    "dockerb": lambda rng: _b64(json.dumps({"auths": {host(rng): {"auth": basic(rng)}}}).encode()),
    "jwt": jwt,
    "jwe": jwe,
    "token": _of(ALNUM, 24, 48),
    "hex": _of(HEX, 32, 32),
    "longhex": _of(HEX, 64, 64),
    "giganthex": _of(HEX, 512, 512),
    "digest": _of(HEX, 32, 32),
    "sha": _of(HEX, 40, 40),
    "mixed": lambda rng: rng.choice((draw(rng, ALNUM, 32), draw(rng, HEX, 40), draw(rng, BASE64URL, 43), uuid(rng))),
    "awskey": _of(BASE64, 40, 40),
    "keyid": lambda rng: "AKIA" + draw(rng, UPPER + "234567", 16),
    "accountkey": b64_of(64),
    "sharedkey": b64_of(32),
    "sasig": lambda rng: quote(_b64(rng.randbytes(32)), safe=""),
    "awssig": lambda rng: quote(_b64(rng.randbytes(20)), safe=""),
    "ststoken": lambda rng: quote("IQoJb3JpZ2luX2Vj" + draw(rng, BASE64, 300) + "==", safe=""),
    "setupkey": _of(UPPER + "234567", 16, 32),
    "htpasswd": _htpasswd,
    "shadow": _shadow,
    "bcrypt": _bcrypt,
    "jenkins": lambda rng: "{AQAAABAAAAA" + _b64(rng.randbytes(rng.choice((31, 47)))) + "}",
    "certb": lambda rng: _b64(pem(rng, "CERTIFICATE", rng.randint(180, 320)).encode()),
    "keyb": lambda rng: _b64(
        pem(rng, rng.choice(("RSA PRIVATE KEY", "EC PRIVATE KEY")), rng.randint(118, 340)).encode()
    ),
    "escbody": lambda rng: "\\n".join(pem_lines(rng, rng.randint(300, 1200))),
    "body": lambda rng: "\n".join(pem_lines(rng, rng.randint(118, 600))),
    "begin": _armour("BEGIN"),
    "end": _armour("END"),
    "seed": lambda rng: " ".join(rng.sample(SEED_WORDS, rng.choice((12, 12, 24)))),
    "seedcomma": lambda rng: ", ".join(rng.sample(SEED_WORDS, 12)),
    "masterkey": _of(HEX, 32, 32),
    "psk": lambda rng: draw(rng, HEX, 64) if rng.random() < 0.3 else password(rng),
    "user": user,
    "host": host,
    "db": _one_of("shop", "orders", "inventory", "billing_db", "analytics", "acme_prod"),
    "env": _one_of("prod", "production", "staging", "live", "test"),
    "app": _one_of("shop", "checkout", "acme-api", "billing", "worker", "intranet"),
    "ip": lambda rng: f"10.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(2, 250)}",
    "n": lambda rng: str(rng.randint(2, 9999)),
    "day": lambda rng: f"20{rng.randint(19, 26)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
    "time": lambda rng: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}",
    "uuid": uuid,
    "mail": lambda rng: f"{rng.choice(('ops', 'admin', 'billing', 'noreply'))}@example.{rng.choice(('com', 'org'))}",
    "pwkey": _one_of(
        "DB_PASSWORD", "MYSQL_PASSWORD", "POSTGRES_PASSWORD", "SMTP_PASSWORD", "REDIS_PASSWORD", "ADMIN_PASSWORD"
    ),
    "tokenkey": _one_of(
        "API_KEY", "SECRET_KEY", "AUTH_TOKEN", "ACCESS_TOKEN", "CLIENT_SECRET", "JWT_SECRET", "SIGNING_SECRET"
    ),
    "plainkey": _one_of("main", "value", "shop", "redis", "smtp", "database", "primary", "signing", "ftp"),
}

_MARK = re.compile(r"«(!?)([a-z]+)(\d*)»")


def fill(rng: random.Random, template: str) -> tuple[str, list[str]]:
    """Fill `«name»` and `«!name»` (a secret); the same name is the same value, `name2` another of the kind.

    A line beginning with `?? ` is left out half of the time. A secret of several lines takes the indent of its line
    and is listed line by line, so that a rule which takes only the first line is found out.
    """
    known: dict[str, str] = {}
    secrets: list[str] = []

    def put(match: re.Match[str]) -> str:
        secret, name, number = match.groups()
        value = known.setdefault(name + number, MAKERS[name](rng))
        if secret:
            secrets.extend(part for part in re.split(r"\\n|\n", value) if part not in secrets)
        before = match.string[: match.start()]
        return value if before.strip() else value.replace("\n", "\n" + before)

    lines = [line for line in template.split("\n") if not line.startswith("?? ") or rng.random() < 0.5]
    return "\n".join(_MARK.sub(put, line.removeprefix("?? ")) for line in lines), secrets


def joined(block: str) -> str:
    """Return the text without the breaks that only keep this repository's lines short."""
    return block.replace("«+»\n", "")


def parse(block: str) -> dict[str, tuple[str, ...]]:
    """Return the templates of each kind: `== kind` begins one, a line `--` parts two, `«+»` joins a long line."""
    found: dict[str, tuple[str, ...]] = {}
    for part in joined(block).strip("\n").split("\n== "):
        kind, _, rest = part.removeprefix("== ").partition("\n")
        found[kind] = tuple(text.strip("\n") for text in rest.split("\n--\n"))
    return found

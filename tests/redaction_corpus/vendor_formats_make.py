"""How vendor tokens are made: a small template language, and functions for tokens with a checksum or a payload.

A format is a template: `{a:36}` draws 36 characters of the alphabet `a`, `{h:8-12}` eight to twelve, `{uuid}` a UUID.
Where only a part must go (a web hook's last segment), that part stands between « and ».
"""

import base64
import hashlib
import json
import random
import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from tests.redaction_corpus.case import ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER, UPPER, draw, uuid

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
ALPHABETS = {
    "a": ALNUM,
    "b": BASE64,
    "c": LOWER + UPPER,
    "d": DIGITS,
    "h": HEX,
    "H": HEX.upper(),
    "k": BASE58,
    "l": LOWER,
    "r": LOWER + "234567",
    "s": BASE64URL,
    "t": UPPER + "234567",
    "u": UPPER,
    "w": ALNUM + "_",
    "z": LOWER + DIGITS,
    "Z": UPPER + DIGITS,
}
_DRAW = re.compile(r"\{(?:uuid|([a-zA-Z]):(\d+)(?:-(\d+))?)\}")

Spec = str | Callable[[random.Random], str]


class Format(NamedTuple):
    """A kind and how its token is made; `cut` tells whether the token keeps its mark when its end is missing."""

    kind: str
    spec: Spec
    cut: bool = True


def fill(rng: random.Random, template: str) -> str:
    """Return the template with its drawn parts filled in; « and » stay."""

    def part(match: re.Match[str]) -> str:
        if match[1] is None:
            return uuid(rng)
        return draw(rng, ALPHABETS[match[1]], rng.randint(int(match[2]), int(match[3] or match[2])))

    return _DRAW.sub(part, template)


def make(rng: random.Random, spec: Spec) -> str:
    """Return a token; the secret parts are between « and », the whole of it where the format does not tell."""
    raw = fill(rng, spec) if isinstance(spec, str) else spec(rng)
    return raw if "«" in raw else f"«{raw}»"


def unmark(marked: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the marks, and what stood between them."""
    return marked.replace("«", "").replace("»", ""), tuple(dict.fromkeys(re.findall("«([^»]*)»", marked)))


def _digits(number: int, alphabet: str, width: int) -> str:
    out = ""
    while number:
        number, rest = divmod(number, len(alphabet))
        out = alphabet[rest] + out
    return out.rjust(width, alphabet[0])


def _b64(data: bytes, *, url: bool = False, pad: bool = False) -> str:
    text = (base64.urlsafe_b64encode if url else base64.b64encode)(data).decode()
    return text if pad else text.rstrip("=")


def _json64(value: object, *, url: bool = False, pad: bool = False) -> str:
    return _b64(json.dumps(value, separators=(",", ":")).encode(), url=url, pad=pad)


def crc62(prefix: str) -> Callable[[random.Random], str]:
    """Return a maker of GitHub's and npm's format: 30 characters, then their CRC32 in six base-62 digits."""

    def token(rng: random.Random) -> str:
        body = draw(rng, ALNUM, 30)
        return prefix + body + _digits(zlib.crc32(body.encode()), DIGITS + UPPER + LOWER, 6)

    return token


def gitlab_routable(prefix: str, version: str = "") -> Callable[[random.Random], str]:
    """Return a maker of GitLab's routable format: payload, its length, and the CRC32 of all before in base 36."""

    def token(rng: random.Random) -> str:
        route = f"o:{rng.randint(1, 9)}\nu:{draw(rng, LOWER + DIGITS, rng.randint(1, 5))}\n"
        payload = _b64(rng.randbytes(16) + route.encode() + bytes([16]), url=True)
        body = f"{prefix}{payload}.{version}{_digits(len(payload), DIGITS + LOWER, 2)}"
        return body + _digits(zlib.crc32(body.encode()), DIGITS + LOWER, 7)

    return token


def _bech32(hrp: str, data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    state = 1
    for value in [*(ord(c) >> 5 for c in hrp), 0, *(ord(c) & 31 for c in hrp), *values, *[0] * 6]:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for bit, mask in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            state ^= mask if top >> bit & 1 else 0
    state ^= 1
    return hrp + "1" + "".join(BECH32[v] for v in [*values, *((state >> 5 * (5 - i)) & 31 for i in range(6))])


def age_secret(rng: random.Random) -> str:
    return _bech32("age-secret-key-", rng.randbytes(32)).upper()


def nostr_secret(rng: random.Random) -> str:
    return _bech32("nsec", rng.randbytes(32))


def bitcoin_wif(rng: random.Random) -> str:
    data = b"\x80" + rng.randbytes(32) + b"\x01"
    data += hashlib.sha256(hashlib.sha256(data).digest()).digest()[:4]
    return _digits(int.from_bytes(data, "big"), BASE58, 52)


def jwt(rng: random.Random, alg: str, payload: dict[str, object] | None = None) -> str:
    """Return a signed token (RFC 7519) with a signature as long as the algorithm's."""
    issued = rng.randint(1_690_000_000, 1_790_000_000)
    claims = payload or {"sub": draw(rng, DIGITS, 10), "aud": "shop.example.com", "scope": "orders:write"}
    size = {"HS256": 32, "HS512": 64, "ES256": 64, "RS256": 256}[alg]
    parts = (_json64({"alg": alg, "typ": "JWT"}, url=True), _json64({**claims, "iat": issued}, url=True))
    return ".".join((*parts, _b64(rng.randbytes(size), url=True)))


def supabase_service_role(rng: random.Random) -> str:
    return jwt(rng, "HS256", {"iss": "supabase", "ref": draw(rng, LOWER, 20), "role": "service_role"})


def sentry_org(rng: random.Random) -> str:
    claims = {"iat": rng.randint(1_690_000_000, 1_790_000_000), "url": "https://sentry.io"}
    claims |= {"region_url": "https://us.sentry.io", "org": "acme"}
    return f"sntrys_{_json64(claims, pad=True)}_{_b64(rng.randbytes(32))}"


def grafana_cloud(rng: random.Random) -> str:
    return "glc_" + _json64(
        {"o": draw(rng, DIGITS, 6), "n": "ci", "k": draw(rng, ALNUM, 24), "m": {"r": "eu"}}, pad=True
    )


def grafana_legacy(rng: random.Random) -> str:
    return _json64({"k": draw(rng, ALNUM, 32), "n": "dashboards", "id": rng.randint(1, 9)}, pad=True)


def mapbox_secret(rng: random.Random) -> str:
    return (
        f"sk.{_json64({'u': 'acme', 'a': 'cl' + draw(rng, LOWER + DIGITS, 23)}, url=True)}.{draw(rng, BASE64URL, 22)}"
    )


def onepassword_service(rng: random.Random) -> str:
    groups = [draw(rng, UPPER + DIGITS, n) for n in (6, 6, 5, 5, 5, 5)]
    value = {"signInAddress": "acme.1password.com", "userAuth": {"method": "SRPg-4096", "iterations": 650000}}
    value |= {"email": draw(rng, LOWER, 13) + "@1passwordserviceaccounts.com", "srpX": draw(rng, HEX, 64)}
    value |= {"muk": {"alg": "A256GCM", "k": draw(rng, BASE64URL, 43)}, "secretKey": "-".join(["A3", *groups])}
    return "ops_" + _json64(value, pad=True)


def teamcity(rng: random.Random) -> str:
    return "eyJ0eXAiOiAiVENWMiJ9." + ".".join(_b64(data, url=True) for data in (rng.randbytes(20), uuid(rng).encode()))


def discord_bot(rng: random.Random) -> str:
    user = str(rng.randint(10**17, 13 * 10**17)).encode()
    return f"{_b64(user, url=True)}.G{draw(rng, BASE64URL, 5)}.{draw(rng, BASE64URL, 38)}"


def intercom(rng: random.Random) -> str:
    return _b64(f"tok:{draw(rng, HEX, 8)}_{draw(rng, HEX, 4)}_{draw(rng, HEX, 22)}:1:0".encode(), pad=True)


def aws_session(rng: random.Random) -> str:
    start = rng.choice(("IQoJb3JpZ2luX2Vj", "FwoGZXIvYXdzE"))
    return start + draw(rng, BASE64, rng.randint(280, 520)) + rng.choice(("", "=", "=="))


def azure_devops_long(rng: random.Random) -> str:
    stamp = "99" + draw(rng, UPPER, 2) + "AC" + "A" * 11 + draw(rng, UPPER, 3)
    return draw(rng, ALNUM, 52) + "JQQJ" + stamp + "AZDO" + draw(rng, ALNUM, 4)


def openai(kind: str, half: int) -> Callable[[random.Random], str]:
    return lambda rng: f"sk-{kind}-{draw(rng, BASE64URL, half)}T3BlbkFJ{draw(rng, BASE64URL, half)}"


def signed(alg: str) -> Callable[[random.Random], str]:
    return lambda rng: jwt(rng, alg)

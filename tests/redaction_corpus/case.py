"""What a case is, and what generators draw secrets with."""

import random
import string
from typing import NamedTuple

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
ALNUM = LOWER + UPPER + DIGITS
HEX = DIGITS + "abcdef"
BASE64 = ALNUM + "+/"
BASE64URL = ALNUM + "-_"


class Case(NamedTuple):
    """A text, the kind it counts under, and the parts of the text that must go (none: no character may change)."""

    kind: str
    text: str
    secrets: tuple[str, ...] = ()


def draw(rng: random.Random, alphabet: str, length: int) -> str:
    """Return `length` characters drawn from `alphabet`."""
    return "".join(rng.choice(alphabet) for _ in range(length))


def uuid(rng: random.Random) -> str:
    """Return a version-4 UUID in lower case (RFC 9562)."""
    digits = draw(rng, HEX, 12) + "4" + draw(rng, HEX, 3) + rng.choice("89ab") + draw(rng, HEX, 15)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

"""Account, card, network and national numbers of people, with the check digits that their publishers prescribe."""

import random
import re
from collections.abc import Callable
from ipaddress import IPv6Address

from tests.redaction_corpus.case import DIGITS, HEX, UPPER, draw

# The account part of an IBAN by country: how many of which characters (n digits, a letters, c either).
IBAN_SHAPES = (
    "AD 8n12c", "AT 16n", "BE 12n", "BG 4a6n8c", "BR 23n1a1c", "CH 5n12c", "CY 8n16c", "CZ 20n", "DE 18n", "DK 14n",
    "EE 16n", "ES 20n", "FI 14n", "FR 10n11c2n", "GB 4a14n", "GE 2a16n", "GI 4a15c", "GR 7n16c", "HR 17n", "HU 24n",
    "IE 4a14n", "IL 19n", "IS 22n", "IT 1a10n12c", "KW 4a22c", "LI 5n12c", "LT 16n", "LU 3n13c", "LV 4a13c",
    "MC 10n11c2n", "MT 4a5n18c", "NL 4a10n", "NO 11n", "PK 4a16c", "PL 24n", "PT 21n", "QA 4a21c", "RO 4a16c",
    "RS 18n", "SA 2n18c", "SE 20n", "SI 15n", "SK 20n", "SM 1a10n12c", "TR 6n16c", "UA 6n19c", "AE 19n", "MD 2c18c",
)  # fmt: skip
# Card schemes: how a number may begin, how long it is, and how it is printed.
CARDS = (
    ("visa", ("4",), (16,), (4, 4, 4, 4)),
    ("mastercard", ("51", "52", "53", "54", "55"), (16,), (4, 4, 4, 4)),
    ("mastercard", ("2221", "2300", "2517", "2604", "2719", "2720"), (16,), (4, 4, 4, 4)),
    ("amex", ("34", "37"), (15,), (4, 6, 5)),
    ("discover", ("6011", "644", "649", "65"), (16,), (4, 4, 4, 4)),
    ("jcb", ("3528", "3550", "3589"), (16,), (4, 4, 4, 4)),
    ("diners", ("300", "305", "36", "38"), (14,), (4, 6, 4)),
    ("unionpay", ("6221", "6250", "6283"), (16, 19), (4, 4, 4, 4, 3)),
    ("maestro", ("5018", "5038", "6304", "6759", "6761"), (16, 18, 19), (4, 4, 4, 4, 3)),
    ("visa", ("4",), (16,), (4, 4, 4, 4)),
)
CONSONANTS, MONTH_LETTERS, DNI_LETTERS = "BCDFGLMNPRSTVZ", "ABCDEHLMPRST", "TRWAGMYFPDXBNJZSQVHLCKE"
ODD_VALUES = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
FIRST_IPV6 = ("2a01", "2a02", "2a00", "2600", "2607", "2400", "2804", "2001")
FIRST_IPV4 = (5, 23, 31, 46, 62, 78, 81, 84, 91, 94, 103, 109, 134, 151, 176, 185, 188, 193, 195, 212, 217)


def grouped(text: str, sizes: tuple[int, ...], mark: str = " ") -> str:
    """Cut `text` into groups of the given sizes, joined with `mark`; what is left over is a last group."""
    parts, at = [], 0
    for size in (*sizes, len(text)):
        parts.append(text[at : at + size])
        at += size
    return mark.join(part for part in parts if part)


def luhn_digit(body: str) -> str:
    """Return the digit that makes `body` plus it pass the Luhn check."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        total += sum(divmod(int(digit) * 2, 10)) if place % 2 == 0 else int(digit)
    return str(-total % 10)


def iban_check(country: str, account: str) -> str:
    """Return the two check digits of an IBAN (ISO 13616, mod 97)."""
    number = "".join(str(int(letter, 36)) for letter in f"{account}{country}00")
    return f"{98 - int(number) % 97:02d}"


def compact_iban(rng: random.Random, shape: str) -> str:
    """Draw a valid IBAN, not grouped."""
    country, account = shape[:2], ""
    for count, what in re.findall(r"(\d+)([nac])", shape):
        account += draw(rng, {"n": DIGITS, "a": UPPER, "c": rng.choice((DIGITS, UPPER + DIGITS))}[what], int(count))
    return country + iban_check(country, account) + account


def iban(rng: random.Random) -> str:
    """Draw an IBAN as people write it."""
    compact = compact_iban(rng, rng.choice(IBAN_SHAPES))
    written = grouped(compact, (4,) * 9) if rng.random() < 0.55 else compact
    return written.lower() if rng.random() < 0.05 else written


def card(rng: random.Random) -> str:
    """Draw a payment card number, grouped or not."""
    _, starts, lengths, sizes = rng.choice(CARDS)
    start = rng.choice(starts)
    body = start + draw(rng, DIGITS, rng.choice(lengths) - len(start) - 1)
    return grouped(body + luhn_digit(body), *rng.choice(((sizes, " "), (sizes, " "), (sizes, "-"), ((), ""))))


def ipv4(rng: random.Random) -> str:
    """Draw a public or private address; those set aside for documentation and the own machine are left out."""
    last = f"{rng.randrange(1, 255)}.{rng.randrange(2, 255)}"
    if rng.random() < 0.4:
        return rng.choice(("10.{}", "172.16", "172.31", "192.168")).format(rng.randrange(256)) + f".{last}"
    return f"{rng.choice(FIRST_IPV4)}.{rng.randrange(1, 255)}.{last}"


def ipv6(rng: random.Random) -> str:
    """Draw an address in full, with leading zeros cut, compressed, or with an IPv4 address in it."""
    words = [rng.choice((*FIRST_IPV6, *FIRST_IPV6, "fd" + draw(rng, HEX, 2))), *(draw(rng, HEX, 4) for _ in range(7))]
    form = rng.randrange(6)
    if form == 0:
        return ":".join(words)
    if form == 1:
        return str(IPv6Address(":".join(words)))
    if form == 2:
        return f"::ffff:{ipv4(rng)}"
    if form == 3:
        return str(IPv6Address(":".join(("fe80", "0", "0", "0", *words[4:]))))
    zeros = rng.randrange(2, 5)
    compressed = str(IPv6Address(":".join((*words[: 7 - zeros], *("0",) * zeros, words[7]))))
    return compressed.upper() if rng.random() < 0.1 else compressed


def ssn_parts(rng: random.Random) -> tuple[str, str, str]:
    """Draw area, group and serial as the Social Security Administration gives them out."""
    area = rng.choice([number for number in range(1, 900) if number != 666])
    return f"{area:03d}", f"{rng.randrange(1, 100):02d}", f"{rng.randrange(1, 10_000):04d}"


def birth(rng: random.Random) -> tuple[int, int, int]:
    """Draw a year, month and day of birth."""
    return rng.randrange(1945, 2006), rng.randrange(1, 13), rng.randrange(1, 29)


def nino(rng: random.Random) -> str:
    prefix = rng.choice(("AB", "CE", "EH", "HK", "JM", "JX", "KL", "LR", "NP", "PR", "SC", "TA", "WM", "YZ", "ZR"))
    number = prefix + draw(rng, DIGITS, 6) + rng.choice("ABCD")
    return grouped(number, (2, 2, 2, 2)) if rng.random() < 0.5 else number


def dni(rng: random.Random) -> str:
    if rng.random() < 0.35:
        digits = draw(rng, DIGITS, 7)
        first = rng.randrange(3)
        letter = DNI_LETTERS[int(f"{first}{digits}") % 23]
        return f"{'XYZ'[first]}{digits}{letter}" if rng.random() < 0.6 else f"{'XYZ'[first]}-{digits}-{letter}"
    digits = str(rng.randrange(10_000_000, 99_999_999))
    letter = DNI_LETTERS[int(digits) % 23]
    dotted = f"{digits[:2]}.{digits[2:5]}.{digits[5:]}-{letter}"
    return rng.choice((f"{digits}{letter}", f"{digits}{letter}", f"{digits}-{letter}", dotted))


def codice_letter(body: str) -> str:
    """Return the check letter of an Italian tax code."""
    total = 0
    for place, letter in enumerate(body):
        value = int(letter, 36) if letter.isdigit() else ord(letter) - ord("A")
        total += value if place % 2 else ODD_VALUES[value]
    return chr(ord("A") + total % 26)


def codice_fiscale(rng: random.Random) -> str:
    year, month, day = birth(rng)
    body = draw(rng, CONSONANTS, 6) + f"{year % 100:02d}{MONTH_LETTERS[month - 1]}{day + rng.choice((0, 40)):02d}"
    body += rng.choice("ABCDEFGHIL") + f"{rng.randrange(1, 999):03d}"
    return body + codice_letter(body)


def cpf_digits(rng: random.Random) -> str:
    number = draw(rng, DIGITS, 9)
    for _ in range(2):
        total = sum(int(digit) * weight for digit, weight in zip(number, range(len(number) + 1, 1, -1), strict=True))
        number += str(total * 10 % 11 % 10)
    return number


def cpf(rng: random.Random) -> str:
    digits = cpf_digits(rng)
    return f"{digits[:3]}.{digits[3:6]}.{digits[6:9]}-{digits[9:]}"


def nir(rng: random.Random) -> str:
    year, month, _ = birth(rng)
    place = rng.choice(("13", "31", "33", "59", "69", "75", "78", "92", "2A", "2B"))
    serial = f"{rng.randrange(1, 600):03d}{rng.randrange(1, 999):03d}"
    body = f"{rng.choice('12')}{year % 100:02d}{month:02d}{place}{serial}"
    number = body + f"{97 - int(body.replace('2A', '19').replace('2B', '18')) % 97:02d}"
    return grouped(number, (1, 2, 2, 2, 3, 3)) if rng.random() < 0.6 else number


def steuer_id(rng: random.Random) -> str:
    """Ten digits of which one comes twice and one not at all, and a check digit (ISO 7064, mod 11, 10)."""
    digits = rng.sample(DIGITS, 9)
    digits.insert(rng.randrange(1, 10), rng.choice(digits))
    if digits[0] == "0":
        digits.reverse()
    product, body = 10, "".join(digits)
    if body[0] == "0":
        return steuer_id(rng)
    for digit in body:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    number = body + str((11 - product) % 10)
    return grouped(number, (2, 3, 3)) if rng.random() < 0.4 else number


def weighted(rng: random.Random, weights: tuple[int, ...]) -> str:
    """Draw digits whose weighted sum is a multiple of eleven."""
    while True:
        number = rng.choice(DIGITS[1:]) + draw(rng, DIGITS, len(weights) - 1)
        if sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11 == 0:
            return number


def bsn(rng: random.Random) -> str:
    number = weighted(rng, (9, 8, 7, 6, 5, 4, 3, 2, -1))
    return grouped(number, (4, 2), ".") if rng.random() < 0.2 else number


def tfn(rng: random.Random) -> str:
    number = weighted(rng, (1, 4, 3, 7, 5, 8, 6, 9, 10))
    return grouped(number, (3, 3)) if rng.random() < 0.6 else number


def pesel(rng: random.Random) -> str:
    year, month, day = birth(rng)
    body = f"{year % 100:02d}{month + (20 if year > 1999 else 0):02d}{day:02d}{draw(rng, DIGITS, 4)}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
    return body + str(-total % 10)


def verhoeff(number: str) -> int:
    """Return zero when the last digit of `number` is its Verhoeff check digit."""

    def turn(left: int, right: int) -> int:  # the dihedral group of the pentagon
        step = right if left < 5 else -right
        return (left + step) % 5 + 5 * ((left < 5) != (right < 5))

    state = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit)
        for _ in range(place % 8):
            value = int("1576283094"[value])
        state = turn(state, value)
    return state


def aadhaar(rng: random.Random) -> str:
    body = rng.choice(DIGITS[2:]) + draw(rng, DIGITS, 10)
    number = next(body + digit for digit in DIGITS if verhoeff(body + digit) == 0)
    return grouped(number, (4, 4), rng.choice((" ", " ", " ", "-")))


def pan(rng: random.Random) -> str:
    return (
        draw(rng, UPPER, 3) + rng.choice("PPPPCHFT") + draw(rng, UPPER, 1) + draw(rng, DIGITS, 4) + draw(rng, UPPER, 1)
    )


def sin(rng: random.Random) -> str:
    body = rng.choice("1234567") + draw(rng, DIGITS, 7)
    return grouped(body + luhn_digit(body), (3, 3), rng.choice((" ", "-", " ")))


def personnummer(rng: random.Random) -> str:
    year, month, day = birth(rng)
    body = f"{year % 100:02d}{month:02d}{day:02d}{draw(rng, DIGITS, 3)}"
    century = str(year // 100) if rng.random() < 0.5 else ""
    return f"{century}{body[:6]}-{body[6:]}{luhn_digit(body)}"


def passport(rng: random.Random) -> str:
    """British, German, French, Indian, Italian and Dutch passports."""
    shapes = ("#########", "C##C#C##C", "##AA#####", "A#######", "AA#######", "AA######C", "AAA######")
    letters = {"#": DIGITS, "A": UPPER, "C": "CFGHJKLMNPRTVWXYZ0123456789"}
    return "".join(rng.choice(letters[mark]) if mark in letters else mark for mark in rng.choice(shapes))


def us_passport(rng: random.Random) -> str:
    return (
        draw(rng, DIGITS[1:], 1) + draw(rng, DIGITS, 8)
        if rng.random() < 0.5
        else rng.choice("ACXY") + draw(rng, DIGITS, 8)
    )


def ein(rng: random.Random) -> str:
    return f"{rng.choice(('12', '20', '27', '36', '45', '58', '74', '82', '93'))}-{draw(rng, DIGITS, 7)}"


def bare(make: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    """Return the generator whose numbers are written without any separator."""
    return lambda rng: re.sub(r"[ .+-]", "", make(rng))

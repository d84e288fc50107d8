"""Texts without personal data whose numbers, codes and signs look like it: nothing in them may change."""

import random
import re
from collections.abc import Callable, Iterator

from tests.redaction_corpus.case import ALNUM, DIGITS, HEX, LOWER, UPPER, Case, draw, uuid
from tests.redaction_corpus.personal_data_numbers import IBAN_SHAPES, compact_iban, grouped, luhn_digit
from tests.redaction_corpus.personal_data_surroundings import clock, wrapped
from tests.redaction_corpus.personal_harmless_texts import TEXTS

MONTHS = ("January", "March", "May", "July", "October", "Dec", "Feb", "Aug.", "Sept")


def date(rng: random.Random) -> str:
    """Draw a date in one of the ways in which people and programs write it."""
    year, month, day = rng.randrange(1999, 2027), rng.randrange(1, 13), rng.randrange(1, 29)
    month_name = rng.choice(MONTHS)
    return rng.choice(
        (
            f"{year}-{month:02d}-{day:02d}", f"{day:02d}.{month:02d}.{year}", f"{month}/{day}/{year}",
            f"{year}{month:02d}{day:02d}",
            f"{day:02d}/{month:02d}/{year}", f"{day}. {month}. {year}", f"{month_name} {day}, {year}",
            f"{day} {month_name} {year}",
            f"{year}/{month:02d}/{day:02d}", f"{day:02d}-{month:02d}-{year}", f"{year}年{month}月{day}日",
            f"{day:02d}.{month:02d}.{year % 100:02d}",
        )
    )  # fmt: skip


def instant(rng: random.Random) -> str:
    """Draw a date with a time of day, and mostly with a zone."""
    start = f"20{rng.randrange(18, 27)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    zone = rng.choice(("Z", "+00:00", "+02:00", "-0500", ".123456Z", f".{draw(rng, DIGITS, 3)}+0530", ""))
    return f"{start}{rng.choice('T ')}{clock(rng)}{zone}"


def bad_card(rng: random.Random) -> str:
    """Draw sixteen digits that look like a card and fail the Luhn check."""
    body = rng.choice(("4", "51", "2221", "6011", "9", "1", "8")) + draw(rng, DIGITS, 14)
    wrong = str((int(luhn_digit(body[:15])) + rng.randrange(1, 10)) % 10)
    return grouped(body[:15] + wrong, (4, 4, 4, 4), rng.choice((" ", "-", "")))


def bad_iban(rng: random.Random) -> str:
    """Draw a code built like an IBAN whose check digits are wrong; 00, 01 and 99 never occur."""
    good = compact_iban(rng, rng.choice(IBAN_SHAPES))
    right = int(good[2:4]) % 97
    wrong = [check for check in (0, 1, 99, rng.randrange(2, 97), rng.randrange(2, 97)) if check % 97 != right]
    return f"{good[:2]}{rng.choice(wrong):02d}{good[4:]}"


def bad_ssn(rng: random.Random) -> str:
    """Draw a number built like an SSN from an area that is never given out, nor used for an ITIN."""
    area = rng.choice(("000", "666", f"9{draw(rng, DIGITS, 2)}"))
    return f"{area}-{rng.randrange(1, 50):02d}-{draw(rng, DIGITS, 4)}"


def isbn(rng: random.Random) -> str:
    """Draw an ISBN of thirteen digits with its check digit (EAN, weights 1 and 3)."""
    body = rng.choice(("978", "979")) + draw(rng, DIGITS, 9)
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10
    return grouped(f"{body}{check}", *rng.choice((((3, 1, 3, 5), "-"), ((3, 1, 3, 5), " "), ((), ""))))


def mac(rng: random.Random) -> str:
    """Draw a hardware address of six bytes."""
    pairs = draw(rng, HEX, 12)
    return rng.choice((":", "-")).join(pairs[at : at + 2] for at in range(0, 12, 2))


def decimal(rng: random.Random) -> str:
    """Draw a number between nought and one with many digits, as programs print it."""
    return f"0.{draw(rng, DIGITS, rng.randrange(13, 18))}"


NAMED: dict[str, Callable[[random.Random], str]] = {
    "date": date,
    "time": clock,
    "instant": instant,
    "badcard": bad_card,
    "badiban": bad_iban,
    "badssn": bad_ssn,
    "isbn": isbn,
    "mac": mac,
    "uuid": uuid,
    "float": decimal,
    "ts": lambda rng: f"1{rng.randrange(5, 8)}{draw(rng, DIGITS, 8)}",
    "ver": lambda rng: ".".join(str(rng.randrange(0, 30)) for _ in range(3)),
    "ver4": lambda rng: ".".join(str(rng.randrange(1, high)) for high in (20, 30, 100, 255)),
    "mask": lambda rng: rng.choice(("255.255.255.0", "255.255.0.0", "255.255.255.240", "255.255.252.0", "255.0.0.0")),
    "word": lambda rng: rng.choice(("billing", "cart", "stock", "search", "mailer", "export", "gateway")),
}
LETTERS = {"h": HEX, "A": UPPER, "a": LOWER, "x": ALNUM}


def hole(rng: random.Random, name: str) -> str:
    """Return what a hole of that name is filled with: a named thing, a number, a range, or letters."""
    if name in NAMED:
        return NAMED[name](rng)
    if name.isdigit():
        return draw(rng, DIGITS[1:], 1) + draw(rng, DIGITS, int(name) - 1)
    if name[0] == "r":
        low, high = name[1:].split("-")
        return str(rng.randrange(int(low), int(high) + 1))
    return draw(rng, LETTERS[name[0]], int(name[1:]))


def filled(rng: random.Random, text: str) -> str:
    """Fill every hole of a text: ‹6› six digits, ‹r1-9› a number of that range, ‹h8› eight hexadecimal digits."""
    return re.sub(r"‹([\w-]+)›", lambda match: hole(rng, match[1]), text)


def mixed(rng: random.Random) -> str:
    """Put several texts of different kinds below each other."""
    chosen = rng.sample(TEXTS, rng.randrange(3, 6))
    return "\n".join(filled(rng, rng.choice(texts)) for _, texts in chosen)


def number_table(rng: random.Random) -> str:
    """Make a table of figures with one of the ways of writing thousands."""
    mark, join = rng.choice((",", " ", ".", "'", "")), rng.choice((" | ", "\t", ";", "   "))
    width, top = rng.randrange(3, 7), 10 ** rng.randrange(3, 10)

    def figure() -> str:
        return f"{rng.randrange(top):,}".replace(",", mark)

    rows = [join.join(figure() for _ in range(width)) for _ in range(rng.randrange(3, 12))]
    head = join.join(("Q1", "Q2", "Q3", "Q4", "total", "delta")[:width])
    return f"{head}\n" + "\n".join(rows)


def drawn(rng: random.Random) -> Iterator[Case]:
    """Draw the cases of every kind; two may turn out the same."""
    for kind, texts in TEXTS:
        for text in (*texts, *rng.sample(texts, len(texts) // 2)):
            yield Case(f"harmless_{kind}", wrapped(rng, filled(rng, text)))
    for _ in range(20):
        yield Case("harmless_number_table", wrapped(rng, number_table(rng)))
    for _ in range(40):
        yield Case("harmless_mixed", wrapped(rng, mixed(rng)))


def cases(seed: int) -> Iterator[Case]:
    """Yield the cases without personal data that belong to a seed."""
    yield from dict.fromkeys(drawn(random.Random(seed)))

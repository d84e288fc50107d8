"""Personal data that a reader would want out of a text: addresses, telephone, account, card and national numbers."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote

from tests.redaction_corpus import personal_data_numbers as numbers
from tests.redaction_corpus import personal_data_phones as phones
from tests.redaction_corpus.case import ALNUM, DIGITS, Case, draw, uuid
from tests.redaction_corpus.personal_data_fields import EMAIL, FIELDS, email, odd_email, plain_email
from tests.redaction_corpus.personal_data_surroundings import (
    CITIES,
    Field,
    Made,
    clock,
    day,
    name,
    surrounded,
    wrapped,
)

EMAIL_PLACES = (
    "mailto:{v}?subject=Offer",
    "[write us](mailto:{v})",
    '<a href="mailto:{v}">contact</a>',
    "From: Mara Quillard <{v}>\nTo: team\nSubject: stock",
    "https://shop.example/unsubscribe?email={v}&list=7",
    "GET /reset?user={v}&step=2 HTTP/1.1",
    "git config user.email {v}",
    "Author: Joran Halvari <{v}>\nDate:   Mon Mar 4 10:11:12 2024 +0100\n\n    Fix rounding",
    "Co-authored-by: Ilse <{v}>",
    "assert is_valid('{v}') is True",
    'maintainer="{v}"',
    "INFO login ok user={v} took=12ms",
    "{v},Graz,3\n",
    "to={v}; status=deferred (delivery temporarily suspended)",
    "# TODO({v}): remove after the release",
    "SELECT id FROM users WHERE email = '{v}' LIMIT 1;",
    "curl -u {v} https://api.example.com/v1/me",
    "contacts:\n  - {v}\n  - the office",
    "**{v}**",
    "`{v}`",
)
IP_PLACES = (
    '{v} - - [15/Mar/2024:10:12:33 +0000] "GET /cart HTTP/1.1" 200 5316',
    "Failed login for admin from {v} port 52144 ssh2",
    "client [{v}] closed the connection",
    "X-Forwarded-For: {v}",
    "ping {v}",
    "ssh deploy@{v}",
    "the printer is at {v}, try it",
    "inet {v}/24 brd",
    "allow from {v}/32;",
    '{"client_ip": "{v}", "ms": 12}',
    "A record:\n  host01   300  IN  A  {v}",
    "My IP address is {v}.",
    "user logged in ({v}) at 10:12:33",
    "remote_addr={v} status=403",
    "Ban {v}? It tried 400 times.",
)
IPV4_PLACES = (
    "http://{v}:8080/health",
    "{v}:5432 refused",
    "tcp 0 0 {v}:443 ESTABLISHED",
    "dst={v}:53 proto=udp",
    "//{v}/share/scans",
)
IPV6_PLACES = (
    "http://[{v}]:8080/health",
    "[{v}]:443 refused",
    "host01 IN AAAA {v}",
    "inet6 {v}/64 scope global",
    "ping6 {v}%eth0",
)
PHONE_PLACES = (
    '<a href="tel:{v}">call us</a>',
    "[Call](tel:{v})",
    "tel:{v}",
    "TEL;TYPE=CELL:{v}",
    "https://shop.example/call?to={v}&from=web",
    "whatsapp {v}",
)


def placed(rng: random.Random, places: tuple[str, ...], make: Callable[[random.Random], str]) -> Iterator[Made]:
    """Yield a text for each of the places, with a value in it."""
    for place in places:
        value = make(rng)
        yield wrapped(rng, place.replace("{v}", value)), (value,)


def emails(rng: random.Random) -> Iterator[Made]:
    yield from placed(rng, EMAIL_PLACES, plain_email)
    yield from placed(rng, EMAIL_PLACES[:4], email)
    yield from placed(rng, ("Write to {v} please.", "To: Mara <{v}>", "user,{v},3"), odd_email)
    for place in EMAIL_PLACES[4:6]:
        encoded = quote(plain_email(rng), safe="")
        yield wrapped(rng, place.replace("{v}", encoded)), (encoded,)
    listed = tuple(dict.fromkeys(email(rng) for _ in range(rng.randrange(3, 7))))
    yield wrapped(rng, rng.choice((", ", "; ", "\n", " ")).join(listed)), listed
    yield wrapped(rng, "To: " + ", ".join(f"{name(rng)} <{address}>" for address in listed)), listed


def addresses(rng: random.Random) -> Iterator[Made]:
    yield from placed(rng, (*IP_PLACES, *IPV4_PLACES), numbers.ipv4)
    yield from placed(
        rng,
        (*rng.sample([p for p in IP_PLACES if "/" not in p and "A record" not in p], 6), *IPV6_PLACES),
        numbers.ipv6,
    )
    seen = tuple(numbers.ipv4(rng) for _ in range(4))
    yield (
        "\n".join(f"{day(rng)} {clock(rng)} sshd[{811 + at}]: invalid user from {ip}" for at, ip in enumerate(seen)),
        seen,
    )


def phone_field(rng: random.Random, plan: phones.Plan, make: Callable[[random.Random], str]) -> Field:
    """Return the field of a telephone number in the country's language, sometimes with the words of English."""
    language = plan.language if rng.random() < 0.85 else "en"
    return Field(phones.WORDS[language], phones.KEYS, phones.SENTENCES[language], make, near=True)


def extended(rng: random.Random, plan: phones.Plan) -> Made:
    """A number with an extension behind it, which alone tells nobody anything."""
    value = phones.national(rng, plan) if plan.code == "1" else phones.international(rng, plan)
    extension = rng.choice((" ext. {}", " x{}", " ext {}", ", ext. {}", " extension {}", " (ext {})")).format(
        rng.randrange(12, 900)
    )
    return wrapped(rng, f"{rng.choice(phones.WORDS['en'])}: {value}{extension}"), (value,)


def wordless(rng: random.Random, plan: phones.Plan) -> Made:
    """A national number where only the place shows that it is one: under a name, or in a list of people."""
    first, second = (phones.national(rng, plan, joined=False) for _ in range(2))
    if rng.random() < 0.5:
        return wrapped(rng, f"Best regards,\n{name(rng)}\nacme, {rng.choice(CITIES)}\n{first}"), (first,)
    return wrapped(rng, f"contacts\n{name(rng)}  {first}\n{name(rng)}  {second}"), (first, second)


def of_country(rng: random.Random, plan: phones.Plan) -> Iterator[Made]:
    """Yield the texts with telephone numbers of one country."""
    abroad = phone_field(rng, plan, partial(phones.international, plan=plan))
    yield from surrounded(rng, abroad._replace(near=False), 5)
    yield from surrounded(rng, phone_field(rng, plan, partial(phones.national, plan=plan)), 5)
    yield from placed(rng, (rng.choice(PHONE_PLACES),), partial(phones.link_number, plan=plan))
    yield wordless(rng, plan)
    yield extended(rng, plan)


def order_lines(rng: random.Random, chosen: list[Field], values: tuple[str, ...]) -> str:
    lines = [f"Order {draw(rng, DIGITS[1:], 6)} of {day(rng)}", f"Customer: {name(rng)}"]
    lines += [f"{rng.choice(entry.words)}: {value}" for entry, value in zip(chosen, values, strict=True)]
    lines += [f"Request: {uuid(rng)}", f"Item: {draw(rng, ALNUM, 6).upper()}", "Total: 129.90 EUR (2 of 3 items)"]
    return rng.choice(("\n", "\n", " | ")).join(lines)


def prose(rng: random.Random, chosen: list[Field], values: tuple[str, ...]) -> str:
    said = [rng.choice(entry.sentences).replace("{v}", value) for entry, value in zip(chosen, values, strict=True)]
    said.insert(rng.randrange(len(said)), f"I ordered on {day(rng)} at {clock(rng)}, no. {draw(rng, DIGITS[1:], 6)}.")
    return f"Hello,\n{rng.choice((' ', chr(10), chr(10) * 2)).join(said)}\n\n{name(rng)}, {rng.choice(CITIES)}"


def page(rng: random.Random, chosen: list[Field], values: tuple[str, ...]) -> str:
    rows = [
        f"  <li>{rng.choice(entry.words)}: <b>{value}</b></li>" for entry, value in zip(chosen, values, strict=True)
    ]
    return f'<ul id="c{draw(rng, DIGITS, 4)}">\n' + "\n".join(rows) + f"\n</ul>\n<footer>v2.14.3, {day(rng)}</footer>"


def together(rng: random.Random) -> Iterator[Made]:
    """Yield texts with several kinds of data, and harmless numbers between them."""
    for write in (order_lines, prose, prose, page) * 8:
        plan = rng.choice(phones.PLANS)
        phone = phone_field(rng, plan, partial(phones.international, plan=plan))
        chosen = [EMAIL, phone, *(entry for _, _, entry in rng.sample(FIELDS[1:], rng.randrange(1, 4)))]
        rng.shuffle(chosen)
        values = tuple(entry.make(rng) for entry in chosen)
        yield wrapped(rng, write(rng, chosen, values)), values


def cases(seed: int) -> Iterator[Case]:
    """Yield the cases with personal data that belong to a seed."""
    rng = random.Random(seed)
    for kind, count, entry in FIELDS:
        yield from (Case(kind, *made) for made in surrounded(rng, entry, count))
    yield from (Case("email", *made) for made in emails(rng))
    yield from (Case("ip_address", *made) for made in addresses(rng))
    for plan in phones.PLANS:
        yield from (Case(f"phone_{plan.country}", *made) for made in of_country(rng, plan))
    yield from (Case("several", *made) for made in together(rng))

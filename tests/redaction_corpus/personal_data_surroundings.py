"""What surrounds a piece of personal data: chats, forms, tickets, mail signatures, tables, code and logs."""

import json
import random
from collections.abc import Callable
from typing import NamedTuple

from tests.redaction_corpus.case import DIGITS, HEX, draw

Made = tuple[str, tuple[str, ...]]


class Field(NamedTuple):
    """How a kind of data is named where it stands, and a way to draw one.

    With `near`, the value means nothing unless the name stands right before it, so tables with a head are left out.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    sentences: tuple[str, ...]
    make: Callable[[random.Random], str]
    near: bool = False


FIRST_NAMES = (
    "Mara",
    "Ilse",
    "Joran",
    "Tobin",
    "Saskia",
    "Anouk",
    "Petra",
    "Emeka",
    "Yuki",
    "Leandro",
    "Nadja",
    "Oskar",
)
LAST_NAMES = (
    "Quillard",
    "Brandvoll",
    "Marchesin",
    "Tolliver",
    "Ostermeier",
    "Vandamme",
    "Okonjo",
    "Halvari",
    "Duskova",
)
CITIES = (
    "Utrecht",
    "Leeds",
    "Porto",
    "Graz",
    "Tampere",
    "Austin",
    "Cork",
    "Lyon",
    "Brno",
    "Osaka",
    "Curitiba",
    "Perth",
)
ROLES = ("Head of Logistics", "Account Manager", "Support Engineer", "Buyer", "Facility Manager", "QA Lead")
BEFORE = (
    "Can you help me write a reply to this customer?",
    "Summarise this for the handover, in two sentences.",
    "Translate the following into English please.",
    "Here is what we have on file:",
    "why does our importer choke on this record?",
    "Turn this into a table.",
    "I copied this out of the CRM, what is missing?",
    "Please check the spelling.",
    "Kannst du das bitte freundlicher formulieren?",
    "Peux-tu corriger ce message ?",
    "hi, quick one:",
)
AFTER = (
    "Keep it under 100 words.",
    "Thanks!",
    "The order was placed on 2024-03-15 and came to 129.90 EUR.",
    "Do not change the tone.",
    "We use version 2.14.3 of the importer.",
    "What would you answer?",
    "It worked until last Tuesday at 14:30.",
    "Danke dir!",
    "ticket prio is 2, so there is no rush",
    "Sure. I have put that into the form and left the other fields empty.",
)


def name(rng: random.Random) -> str:
    """Draw a first and a last name."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"


def day(rng: random.Random) -> str:
    """Draw a day of the last years, as logs write it."""
    return f"20{rng.randrange(21, 26)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"


def clock(rng: random.Random) -> str:
    """Draw a time of day."""
    return f"{rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"


def wrapped(rng: random.Random, text: str) -> str:
    """Put what somebody asks before and what follows after the text, now and then neither."""
    before, after = rng.choice(BEFORE), rng.choice(AFTER)
    return rng.choice(
        (f"{before}\n\n{text}\n\n{after}", f"{before}\n{text}", f"{text}\n\n{after}", f"{before} {text}", text)
    )


def labelled(rng: random.Random, field: Field, value: str) -> str:
    """Write the field's name before the value."""
    return f"{rng.choice(field.words)}{rng.choice((': ', ': ', ': ', ' ', ':', ' = '))}{value}"


def one(write: Callable[[random.Random, Field, str], str]) -> Callable[[random.Random, Field], Made]:
    """Make a surrounding of a writer for one value."""

    def made(rng: random.Random, field: Field) -> Made:
        value = field.make(rng)
        return write(rng, field, value), (value,)

    return made


def sentence(rng: random.Random, field: Field, value: str) -> str:
    return wrapped(rng, rng.choice(field.sentences).replace("{v}", value))


def dialogue(rng: random.Random, field: Field, value: str) -> str:
    said = rng.choice(field.sentences).replace("{v}", value)
    return f"User: {said}\nAssistant: Noted. Anything else I should add before I send it?\nUser: {rng.choice(AFTER)}"


def form(rng: random.Random, field: Field, value: str) -> str:
    lines = [f"Name: {name(rng)}", f"City: {rng.choice(CITIES)}", labelled(rng, field, value), f"Date: {day(rng)}"]
    rng.shuffle(lines)
    bullet = rng.choice(("", "", "- ", "* ", "  "))
    return wrapped(rng, "\n".join(bullet + line for line in lines))


def signature(rng: random.Random, field: Field, value: str) -> str:
    close = rng.choice(("Best regards,", "Kind regards", "Viele Grüße", "Cordialement,", "Cheers,", "--"))
    line = labelled(rng, field, value)
    extra = rng.choice((line, f"{line} | www.shop.example", f"{rng.choice(CITIES)} · {line}"))
    return wrapped(rng, f"see you on Monday.\n\n{close}\n{name(rng)}\n{rng.choice(ROLES)}, acme\n{extra}")


def ticket(rng: random.Random, field: Field, value: str) -> str:
    return (
        f"Ticket #{draw(rng, DIGITS[1:], 5)} ({rng.choice(('open', 'waiting', 'solved'))})\n"
        f"Opened: {day(rng)} {clock(rng)}\n"
        f"Reporter: {name(rng)}\n\n> {rng.choice(field.sentences).replace('{v}', value)}\n"
        f"> {rng.choice(AFTER)}\n\nHow should we answer?"
    )


def record(rng: random.Random, field: Field, value: str) -> dict[str, object]:
    items: list[tuple[str, object]] = [
        ("id", rng.randrange(100, 99_999)),
        ("name", name(rng)),
        (rng.choice(field.keys), value),
        ("active", rng.random() < 0.5),
        ("created", day(rng)),
    ]
    rng.shuffle(items)
    return dict(items)


def as_json(rng: random.Random, field: Field, value: str) -> str:
    text = json.dumps(record(rng, field, value), ensure_ascii=False, indent=rng.choice((None, 2, 4)))
    return wrapped(rng, rng.choice((text, f"```json\n{text}\n```", f"POST /api/v2/customers\n{text}")))


def as_yaml(rng: random.Random, field: Field, value: str) -> str:
    mark = rng.choice(("'", '"'))
    rows = record(rng, field, f"{mark}{value}{mark}").items()
    return wrapped(rng, "customer:\n" + "\n".join(f"  {key}: {entry}" for key, entry in rows))


def as_log(rng: random.Random, field: Field, value: str) -> str:
    lines = [
        f"{day(rng)}T{clock(rng)}Z INFO  worker[{rng.randrange(99, 9999)}] step={n} took={n * 13}ms" for n in (1, 2)
    ]
    key = rng.choice(field.keys)
    shown = rng.choice((f"{key}={value}", f'{key}="{value}"', f"{key}: {value}", f"{{'{key}': '{value}'}}"))
    lines.insert(1, f"{day(rng)}T{clock(rng)}Z WARN  validation failed for {shown} (attempt 2 of 3)")
    return wrapped(rng, "\n".join(lines))


def as_code(rng: random.Random, field: Field, value: str) -> str:
    key = rng.choice(field.keys)
    code = rng.choice(
        (
            f'def test_saves():\n    row = save({key}="{value}", retries=3)\n    assert row.id == 12',
            f"const user = {{ {key}: '{value}', city: '{rng.choice(CITIES)}' }};\nawait api.post('/users', user);",
            f'{key} = "{value}"  # taken from the production dump\nprint(len({key}))',
            f'customer.put("{key}", "{value}");\ncustomer.put("tier", 2);',
            f'-    "{key}": null,\n+    "{key}": "{value}",\n     "tier": 2,',
            f'curl -X PATCH https://api.example.com/v1/users/17 -d \'{{"{key}": "{value}"}}\'',
        )
    )
    return wrapped(rng, f"```\n{code}\n```")


def as_markup(rng: random.Random, field: Field, value: str) -> str:
    key, word = rng.choice(field.keys), rng.choice(field.words)
    return wrapped(
        rng,
        rng.choice(
            (
                f'<customer id="17">\n  <{key}>{value}</{key}>\n  <tier>2</tier>\n</customer>',
                f'<input type="text" name="{key}" value="{value}" maxlength="40">',
                f"<dl>\n  <dt>{word}</dt><dd>{value}</dd>\n</dl>",
                f"| Field | Value |\n|---|---|\n| Name | {name(rng)} |\n| {word} | {value} |",
                f"**{word}:** {value}  \n**Since:** {day(rng)}",
            )
        ),
    )


def as_csv(rng: random.Random, field: Field) -> Made:
    values = tuple(field.make(rng) for _ in range(rng.randrange(1, 5)))
    mark = rng.choice((",", ";", "\t"))
    quote = '"' if rng.random() < 0.3 else ""
    rows = [mark.join(("id", "name", rng.choice(field.keys), "city", "orders"))]
    for at, value in enumerate(values, rng.randrange(1, 900)):
        rows.append(mark.join((str(at), name(rng), quote + value + quote, rng.choice(CITIES), str(rng.randrange(40)))))
    return wrapped(rng, "\n".join(rows)), values


def as_sql(rng: random.Random, field: Field) -> Made:
    values = tuple(field.make(rng) for _ in range(rng.randrange(1, 4)))
    rows = ",\n".join(f"  ({at}, '{name(rng)}', '{value}', {rng.randrange(9)})" for at, value in enumerate(values, 41))
    return wrapped(rng, f"INSERT INTO customers (id, name, {rng.choice(field.keys)}, tier) VALUES\n{rows};"), values


def as_table(rng: random.Random, field: Field) -> Made:
    values = tuple(field.make(rng) for _ in range(rng.randrange(2, 5)))
    rows = [f"| {name(rng)} | {value} | {day(rng)} |" for value in values]
    return wrapped(rng, "\n".join((f"| Name | {rng.choice(field.words)} | Since |", "|---|---|---|", *rows))), values


LONG_LINES = (
    "[{t}] build {h} step {n}/30 ok ({s}s)",
    "{t}.{s}1 DEBUG pool - checkout of connection {n} took {s}7 ms, 12 idle",
    "drwxr-xr-x  2 app app   {s}96 Mar {s} {t} cache-{h}",
    "{n}.{s} Item {h}: {s} x 4.90 EUR, discount {n} %",
    "Bot: step {n} of 30 is done, {s} records were read.",
)


def long_text(rng: random.Random, field: Field, value: str) -> str:
    """A log or a list of many harmless lines with one sentence between them."""
    shape, hour, count = rng.choice(LONG_LINES), rng.randrange(20), rng.randrange(8, 31)
    lines = [
        shape.format(
            t=f"{hour + n // 12}:{n * 5 % 60:02d}:{n * 13 % 60:02d}", h=draw(rng, HEX, 7), n=n, s=n * 17 % 28 + 1
        )
        for n in range(1, count)
    ]
    lines.insert(rng.randrange(count), rng.choice(field.sentences).replace("{v}", value))
    return "\n".join(lines)


NEAR = tuple(
    one(write)
    for write in (
        sentence, sentence, sentence, dialogue, form, form, signature, ticket, as_json, as_json, as_yaml, as_log,
        as_code, as_markup, long_text,
    )
)  # fmt: skip
ANYWHERE = (*NEAR, as_csv, as_csv, as_sql, as_table)


def surrounded(rng: random.Random, field: Field, count: int) -> list[Made]:
    """Return `count` texts with values of the field, as different from each other as they can be."""
    ways = list(NEAR if field.near else ANYWHERE)
    rng.shuffle(ways)
    return [ways[at % len(ways)](rng, field) for at in range(count)]

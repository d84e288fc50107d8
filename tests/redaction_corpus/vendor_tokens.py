"""Credentials known by their published format, marked or told by their context, in surroundings drawn at random."""

import random
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote

from tests.redaction_corpus import vendor_surroundings as around
from tests.redaction_corpus.case import Case
from tests.redaction_corpus.vendor_formats import FORMATS
from tests.redaction_corpus.vendor_formats_context import CONTEXTS, Context
from tests.redaction_corpus.vendor_formats_make import Format, fill, make, unmark

CASES_PER_KIND = 3
PAIRS = 30
PAIR_KIND = "two_vendor_tokens"


def _name(rng: random.Random, kind: str) -> str:
    """Return a variable's name: half of them do not tell what the value is."""
    return kind.upper() if rng.random() < 0.3 else rng.choice(around.NAMES)


def _place(rng: random.Random, template: str, kind: str, **tokens: str) -> str:
    """Return the template with its name and its tokens (`slot1` goes to `«1»`, `slot` to `«»`) put in."""
    name = _name(rng, kind)
    text = fill(rng, template).replace("%N%", name).replace("%n%", name.lower())
    for slot, token in tokens.items():
        text = text.replace(f"«{slot.removeprefix('slot')}»", token)
    return text


def _frame(rng: random.Random, text: str) -> str:
    """Return the text with words before and after it, or only on one side, or alone."""
    before, after = rng.choice(around.BEFORE), fill(rng, rng.choice(around.AFTER))
    gap = rng.choice(("\n", "\n\n"))
    return gap.join(part for part in (before, text, after) if part)


def _is_plain(token: str) -> bool:
    """Tell whether the token is written in a URL as it is."""
    bare, _ = unmark(token)
    return quote(bare, safe="") == bare


def _cut_short(rng: random.Random, kind: str, token: str) -> Case:
    """Return a text whose last one to four characters, the token's end, are missing."""
    before = rng.choice(around.BEFORE)
    text, secrets = unmark(_place(rng, rng.choice(around.ENDS), kind, slot=token))
    size = rng.randint(1, 4)
    text = f"{before}\n{text[:-size]}" if before else text[:-size]
    return Case(kind, text, (*secrets[:-1], secrets[-1][:-size]))


def _marked(rng: random.Random, form: Format) -> Case:
    token = make(rng, form.spec)
    roll = rng.random()
    if roll < 0.08 and form.cut and token.endswith("»"):
        return _cut_short(rng, form.kind, token)
    if roll < 0.28:
        template = rng.choice(around.LONG)
    elif roll < 0.38 and _is_plain(token):
        template = rng.choice(around.URLS)
    else:
        template = rng.choice(around.LINES)
    text, secrets = unmark(_frame(rng, _place(rng, template, form.kind, slot=token)))
    return Case(form.kind, text, secrets)


def _told(rng: random.Random, context: Context, at: int) -> Case:
    template = context.texts[at % len(context.texts)]
    text, secrets = unmark(_frame(rng, _place(rng, template, context.kind, slot=make(rng, context.spec))))
    return Case(context.kind, text, secrets)


def _pair(rng: random.Random) -> Case:
    first = rng.choice(FORMATS)
    second = rng.choice([form for form in FORMATS if form.kind != first.kind])
    tokens = {"slot1": make(rng, first.spec), "slot2": make(rng, second.spec)}
    text, secrets = unmark(_frame(rng, _place(rng, rng.choice(around.PAIRS), PAIR_KIND, **tokens)))
    return Case(PAIR_KIND, text, secrets)


def cases(seed: int) -> Iterator[Case]:
    """Yield each kind three times or more, each form and each context once or more, then texts with two tokens."""
    rng = random.Random(seed)
    forms: dict[str, list[Format]] = defaultdict(list)
    for form in FORMATS:
        forms[form.kind].append(form)
    for of_kind in forms.values():
        for at in range(max(CASES_PER_KIND, len(of_kind))):
            yield _marked(rng, of_kind[at % len(of_kind)])
    for context in CONTEXTS:
        for at in range(max(CASES_PER_KIND, len(context.texts))):
            yield _told(rng, context, at)
    for _ in range(PAIRS):
        yield _pair(rng)

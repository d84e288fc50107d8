"""Texts in which nothing may change: what an over-eager redactor spoils."""

import random
from collections.abc import Iterator

from tests.redaction_corpus.case import Case
from tests.redaction_corpus.harmless_code import CODE
from tests.redaction_corpus.harmless_config import CONFIG
from tests.redaction_corpus.harmless_documents import DOCUMENTS
from tests.redaction_corpus.harmless_fill import fill, listed, snippets
from tests.redaction_corpus.harmless_ids import IDS
from tests.redaction_corpus.harmless_keys import KEYS
from tests.redaction_corpus.harmless_languages import LANGUAGES
from tests.redaction_corpus.harmless_lines import LINES
from tests.redaction_corpus.harmless_mentions import MENTIONED_BLOCKS, MENTIONS
from tests.redaction_corpus.harmless_placeholders import placeholder_snippets
from tests.redaction_corpus.harmless_prose import PROSE
from tests.redaction_corpus.harmless_sources import SOURCES

Snippet = tuple[str, str]

TABLES = (IDS, KEYS, CODE, SOURCES, CONFIG, DOCUMENTS, PROSE, LANGUAGES, MENTIONED_BLOCKS)
COMBINATIONS = 260
# None of them announces a secret ("the token is:"), or a digest below it would rightly be taken for one.
BEFORE = listed("""
Why does this not work? ¦ Please review this. ¦ can you explain this to me ¦ I get this since the last release.
This is the part that matters, secrets taken out. ¦ Sure, here is an example. ¦ What is wrong here?
Is the password handled safely here? ¦ Which token does it mean? ¦ Found in the ⟦svc⟧ repository.
Where would the API key go? ¦ ⟦name⟧ sent me this: ¦ Rewrite this in fewer words. ¦ from my notes
Translate the comments and leave the rest alone. ¦ Hi! Look at line ⟦n:1-9⟧. ¦ Shorten this, keep all ids:
""")
AFTER = listed("""
Thanks! ¦ It worked on ⟦date⟧. ¦ The password is not the problem. ¦ No secret is needed for this. ¦ Any idea?
Answer in one sentence. ¦ I am on version ⟦ver⟧. ¦ The token is fine, I checked. ¦ That's all I have.
Keep the key names as they are. ¦ Please keep the format. ¦ It says so in the docs of ⟦svc⟧. ¦ What now?
""")
BLANK = ("", " ", "\n", "\t", "\r\n\r\n", "   \n\n   ", " ", "\u2003\n", "​", "﻿", ".", "?")


def _chat(rng: random.Random, text: str) -> str:
    before, after = (fill(rng.choice(words), rng) for words in (BEFORE, AFTER))
    fence = f"```{rng.choice(('', 'text', 'yaml', 'py', 'json'))}\n{text}\n```"
    shown = fence if any(sign in text for sign in "={(<") and rng.random() < 0.6 else text
    return f"{before}\n\n{shown}\n\n{after}"


def _prefixed(rng: random.Random, text: str) -> str:
    prefix = rng.choice(("> ", "    ", "+ ", "- ", "| ", "# ", "// ", "\t"))
    return "\n".join(prefix + line for line in text.split("\n"))


def _numbered(_: random.Random, text: str) -> str:
    return "\n".join(f"{number:4}  {line}" for number, line in enumerate(text.split("\n"), 1))


def _with_crlf(_: random.Random, text: str) -> str:
    return text.replace("\n", "\r\n") + "\r\n"


def _bare(_: random.Random, text: str) -> str:
    return text


SURROUNDINGS = (_bare, _chat, _chat, _chat, _prefixed, _numbered, _with_crlf)


def _all_snippets(rng: random.Random) -> list[Snippet]:
    templates = [pair for table in TABLES for pair in snippets(table)]
    templates += [*snippets(LINES, rule="\n"), *snippets(MENTIONS, rule="\n")]
    return [(kind, fill(template, rng)) for kind, template in templates] + list(placeholder_snippets(rng))


def cases(seed: int) -> Iterator[Case]:
    """Yield every snippet once in a drawn surrounding, then combinations of two or three, then texts of nothing."""
    rng = random.Random(seed)
    pool = _all_snippets(rng)
    for kind, text in pool:
        yield Case(kind, rng.choice(SURROUNDINGS)(rng, text))
    # A lone "password:" would announce whatever came after it.
    joinable = [text for kind, text in _all_snippets(rng) if kind != "prose_odd_shapes"]
    for _ in range(COMBINATIONS):
        parts = rng.sample(joinable, rng.choice((2, 2, 3)))
        yield Case("combined", rng.choice((_bare, _chat))(rng, "\n\n".join(parts)))
    for text in BLANK:
        yield Case("blank", text * rng.randint(1, 3))

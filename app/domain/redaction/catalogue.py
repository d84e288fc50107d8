"""The rules as a page to read: `docs/redaction-rules.md` is what this prints, and a test compares the two.

Of the secret in an example only the beginning is shown, so that no scanner takes the page for a leak.
"""

import re
from collections.abc import Iterable, Iterator

from app.domain.redaction.key_names import NAMES
from app.domain.redaction.languages import LANGUAGES
from app.domain.redaction.national_ids import NATIONAL_IDS
from app.domain.redaction.personal_data import PERSONAL_DATA
from app.domain.redaction.rules import RULES
from app.domain.redaction.rules.rule import Rule
from app.domain.redaction.version import RULES_VERSION

_SECRET = re.compile(r"«([^»]*)»")
_LONG = re.compile(r"[A-Za-z0-9+/=_-]{24,}")
_SHOWN = 6
_LONGEST = 90

_INTRODUCTION = f"""# What redaction finds

Printed by `goldset redaction rules` from the tables in `app/domain/redaction/`, rules version {RULES_VERSION}. In an
example, what goes stands between « and », cut short; the second example stays as it is.

What looks like a stand-in stays everywhere: `changeme`, `<token>`, `xxxx`, `${{ENV}}`, `os.environ[...]`,
`YOUR_API_KEY`. A text that was redacted before stays as it is."""


def rules_as_markdown() -> str:
    """Return the page, in Markdown."""
    return "\n\n".join([_INTRODUCTION, *_sections()]) + "\n"


def _sections() -> Iterator[str]:
    by_format, by_place = ([rule for rule in RULES if rule.by_place is wanted] for wanted in (False, True))
    yield _section(
        "Known by their own format",
        "Anywhere in a text; checked by their checksum where the format has one.",
        _rows_of(by_format),
    )
    yield _section("Known by where they stand", "In headers, addresses, commands, calls and files.", _rows_of(by_place))
    yield _section(
        "Known by the name of their key",
        "Whatever the notation: `dbPassword`, `DB_PASSWORD` and `db-password` end alike. How convincing the value must "
        "be: *any* takes all but stand-ins, *firm* more than a plain word, *strong* what a machine made, *random* what "
        "cannot be anything else. The same names head the columns of tables.",
        [(row.kind, f"{' '.join(row.endings)} ({row.need})", row.goes, row.stays) for row in NAMES],
        near="Endings of the name",
    )
    yield _section(
        "Told in sentences",
        "Kinds: password, api_key, pin, credentials, as the word says.",
        [(row.name, row.words.replace("|", ", "), row.goes, row.stays) for row in LANGUAGES],
        kind="Language",
        near="Words",
    )
    yield _section(
        "Personal data",
        "Only where the site or a skill's author asks for it (`--personal-data`).",
        [(row.kind, row.needs.pattern if row.needs else "", row.goes, row.stays) for row in PERSONAL_DATA],
    )
    yield _section(
        "National ids",
        "Kind national_id, checked by their check digits; where those are too few, one of the words must stand near.",
        [(row.name, _words(row.words), row.goes, "") for row in NATIONAL_IDS],
        kind="Number",
        near="Words",
    )
    yield (
        "Read by a program of their own: the pairs of cookie headers and cookie files (session_cookie), the values "
        "of Kubernetes Secrets (kubernetes_secret), tables and SQL's INSERT (by the names above), IBANs (iban, by "
        "their country's length and checksum)."
    )


def _rows_of(rules: Iterable[Rule]) -> list[tuple[str, str, str, str]]:
    return [(rule.kind, " ".join(rule.near), rule.goes, rule.stays) for rule in rules]


def _section(
    title: str, text: str, rows: list[tuple[str, str, str, str]], *, kind: str = "Kind", near: str = "Near"
) -> str:
    head = f"## {title}\n\n{text}\n\n| {kind} | {near} | Goes | Stays |\n|---|---|---|---|"
    return "\n".join([head, *(_line(*row) for row in rows)])


def _line(first: str, near: str, goes: str, stays: str) -> str:
    return f"| {first} | {_code(near)} | {_code(_SECRET.sub(_cut, goes))} | {_code(stays)} |"


def _cut(secret: re.Match[str]) -> str:
    shown = secret[1][: min(_SHOWN, len(secret[1]) // 2)]
    return f"«{shown}…»"


def _code(text: str) -> str:
    """Return the text on one line of a table's cell, as code: long runs and long texts cut short."""
    text = _LONG.sub(lambda run: run[0][:_SHOWN] + "…", text)
    text = " ".join(text.split())
    text = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
    if not text:
        return ""
    text = text.replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _words(pattern: re.Pattern[str] | None) -> str:
    if pattern is None:
        return ""
    words = pattern.pattern.removeprefix(r"(?<![^\W_])(?:").removesuffix(")")
    return words.replace("[ _-]?", " ").replace(r"\b", "").replace("|", ", ")

"""Literals: the value that begins at a place in a text, in whatever language the text is.

Quoted values end at their own quote, which inside a JSON string is itself escaped (and, strings within
strings, more than once). Bare values end where their surroundings say; a bare word may just as well be a
variable's name, so it is taken for a secret only where a program would not write one.
"""

import re
from typing import NamedTuple

from app.domain.redaction.oddness import oddness_of_password


class Value(NamedTuple):
    """`text[start:end]`, without its quotes."""

    start: int
    end: int
    quoted: bool


# A quoted value longer than this is not looked at; nobody's password is, and it keeps the time linear.
_LONGEST_QUOTED = 8192
_MOST_QUOTES = 64
_OPEN_QUOTE = re.compile(r"(?:[bruf@$]{1,2}+|N)?+(\\{0,7}+)(\"\"\"|\'\'\'|[\"'`])", re.IGNORECASE)
_CLOSES_CALL = re.compile(r"\)(?:[;,.)\]}\s]|\\[nrt]|\Z)")
_BACKSLASHES = {0: 2, 1: 4, 3: 8, 7: 16}
# Nothing that ends a word in a shell, a URL's query, a call or a tag; a backslash only where it is no escape.
_NARROW = re.compile(r"(?:[^\s\"'`<>&,;(){}\[\]|\\]|\\(?![nrtu\"'\\]))++")
_WIDE = re.compile(r"(?:[^\s\"'`<>&,;\\]|\\(?![nrtu\"'\\])|[&,;](?![ ]?[\w.-]{1,40}+[=:]))++")
_CDATA = re.compile(r"\s{0,40}+<!\[CDATA\[(?P<value>[^\s\]](?:[^\]]|\](?!\]>)){0,4096}+)\]\]>")
_CELL = re.compile(r"[^|\r\n]{3,4096}(?=\|)")
_FALLBACK = re.compile(r"[\"']?(?P<value>[^}\s\"'$]{3,256})[\"']?\}")
_ENCODED = re.compile(r"(?:[\w.~*!'+-]|%(?!26|23|20|3[bB]|22|2[cC]|0[aAdD])[0-9A-Fa-f]{2}){3,1024}+")
_BRACED = re.compile(r"\{(?P<value>[^{}\n]{3,256})\}(?=;|\s|\Z|[\"'])")
_LINE = re.compile(r"[^\r\n\\]{3,4096}")
_ELEMENT = re.compile(
    r"\s{0,40}+(?:<(?:Value|string|value|text)>)?+(?:<!\[CDATA\[)?+(?P<value>[^<>&\[\]\s](?:(?:[^<>\]&]|&(?!lt;)){0,4096}+))(?:\]\]>)?+\s{0,40}+(?:</|&lt;/)"
)
_NAME_THEN = re.compile(r"[A-Za-z_$][\w$]*+(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*+)*+", re.ASCII)
_WORDY = re.compile(r"[$@&*!]?[A-Za-z_]++(?:(?:\?\.|->|::|[-./'])[A-Za-z_]++)*+[.!?]?", re.ASCII)
_ROOTED = re.compile(
    r"(?:self|this|os|process|settings|config|cfg|conf|env|environ|request|req|res|response|args|opts|options|params|"
    r"ctx|context|app|user|data|secrets|vars?|local|module|each|System|window|event|form|body|session|st|props|state)"
    r"(?:\.|->|::|\?\.)[A-Za-z_]"
)
_LINE_ENDS = re.compile(r"[ \t]{0,8}+(?:\Z|[\r\n#\"']|\\[nr]|--?[a-z])")
_STATEMENTS = frozenset(
    [
        "",
        "set -x",
        "set -gx",
        "set -ux",
        "setenv",
        "config",
        "+",
        "//",
        "export",
        "set",
        "setx",
        "env",
        "arg",
        "declare -x",
        "readonly",
        "local",
        "e",
        "dim",
    ]
)


def read_quoted(text: str, at: int) -> Value | None:
    """Read the quoted value that begins at `at`. One that is cut off, by the end of the line or of the text,
    ends with its first word."""
    opened = _OPEN_QUOTE.match(text, at)
    if not opened or len(opened[1]) not in _BACKSLASHES or _is_closing(text, opened):
        return None
    start, depth, quote = opened.end(), len(opened[1]), opened[2]
    line_end = text.find("\n", start, start + _LONGEST_QUOTED)
    limit = line_end if line_end >= 0 else min(len(text), start + _LONGEST_QUOTED)
    at = start
    for _ in range(_MOST_QUOTES):
        at = text.find(quote, at, limit)
        if at < 0:
            break
        end = _closing(text, start, at, depth)
        if end is not None:
            return Value(start, end, True)
        at += 1
    word = _NARROW.match(text, start)
    return Value(start, word.end(), True) if word else None


def _is_closing(text: str, quote: re.Match[str]) -> bool:
    """`input("Password: ")`, `read -p \\"Password: \\" pw`: the quote closes what a prompt says, and opens nothing."""
    is_escaped_before_space = bool(quote[1]) and text[quote.end() : quote.end() + 1] == " "
    return is_escaped_before_space or _CLOSES_CALL.match(text, quote.end()) is not None


def _closing(text: str, start: int, at: int, depth: int) -> int | None:
    """Return where the value ends if the quote at `at` closes it. A quote in a string within a string stands
    behind 2^k - 1 backslashes; one behind fewer closes something further out."""
    behind = text[max(start, at - 64) : at]
    backslashes = len(behind) - len(behind.rstrip("\\"))
    if backslashes < depth or backslashes % _BACKSLASHES[depth] == depth:
        return at - min(backslashes, depth)
    return None


def read_element(text: str, at: int) -> Value | None:
    """Read the text of an XML element whose opening tag ends at `at`."""
    match = _CDATA.match(text, at) or _ELEMENT.match(text, at)
    if not match:
        return None
    value = match["value"].rstrip()
    return Value(match.start("value"), match.start("value") + len(value), True)


def read_line(text: str, at: int) -> Value | None:
    """Read the line that begins at `at`, whole."""
    match = _LINE.match(text, at)
    return Value(match.start(), match.start() + len(match[0].rstrip()), True) if match else None


def read_cell(text: str, at: int) -> Value | None:
    """Read the cell of a table that begins at `at`, without its dress."""
    match = _CELL.match(text, at)
    if not match or not match[0].strip(" \t`*"):
        return None
    bare = match[0].strip(" \t`*\"'")
    start = at + match[0].index(bare)
    return Value(start, start + len(bare), True)


def read_encoded(text: str, at: int) -> Value | None:
    """Read the percent-encoded value that begins at `at`, up to an encoded `&`, `#` or space."""
    match = _ENCODED.match(text, at)
    return Value(*match.span(), True) if match else None


def read_until_brace(text: str, at: int) -> Value | None:
    """Read the fallback of a shell's `${NAME:-...}` that begins at `at`."""
    match = _FALLBACK.match(text, at)
    return Value(*match.span("value"), True) if match else None


def read_bare(text: str, at: int, *, tight: bool, own_line: bool, flag: bool) -> Value | None:
    """Read the bare value that begins at `at`; None for what may be a variable, a call, a collection or a
    sentence.

    `tight`: joined by `=` alone. `own_line`: the assignment begins its line. `flag`: behind a command-line
    flag.
    """
    if tight and (braced := _BRACED.match(text, at)):
        return Value(*braced.span("value"), True)
    narrow = _NARROW.match(text, at)
    if not narrow or narrow[0].startswith(":"):
        return None
    if text[narrow.end() : narrow.end() + 1] in ("(", "[") and _NAME_THEN.fullmatch(narrow[0]):
        return None
    whole = _WIDE.match(text, at) if own_line and not flag else narrow
    word = (whole or narrow)[0].rstrip(",;:)]}" if tight else ".,;:)]}")
    value = Value(at, at + len(word), False)
    return value if _stands_alone(text, value, tight=tight, own_line=own_line or flag) else None


def _stands_alone(text: str, value: Value, *, tight: bool, own_line: bool) -> bool:
    word = text[value.start : value.end]
    after = text[value.end : value.end + 1]
    ends_line = _LINE_ENDS.match(text, value.end) is not None
    if _ROOTED.match(word):
        return False
    if word.isdigit():
        return tight or ends_line
    if not _WORDY.fullmatch(word):
        return True
    if ends_line and oddness_of_password(word) >= 2:
        return True
    if (
        tight
        and text[value.end - len(word) - 1 : value.end - len(word)] == "="
        and after in (",", ";")
        and "_" not in word[:1]
    ):
        before = text[max(0, value.start - 60) : value.start]
        return oddness_of_password(word) >= 1 or (before.count("=") > 1 and "(" not in before)
    if tight:
        return after not in (",", ")") and "." not in word
    return len(word) >= 6 and ends_line and own_line and word.islower() and not set("_.") & set(word)


def begins_line(text: str, at: int) -> bool:
    """Return whether a name that begins at `at` is the first thing on its line, but for `export`, bullets and
    quotes."""
    before = text[max(0, at - 32) : at]
    line = max(before.rfind("\n"), before.rfind("\\n") + 1 if "\\n" in before else -1)
    if line < 0 and at > 32:
        return False
    return before[line + 1 :].strip(" \t\"'$@#>*-/{").lower() in _STATEMENTS

"""Tables: CSV, tab-separated text, Markdown and what database shells print.

A column whose head tells a secret has one in every row below it. A head counts where the line below it (rules of dashes
aside) has as many cells, so that a sentence with commas is none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.redaction.key_names import find_key_name
from app.domain.redaction.oddness import oddness_of_key, oddness_of_password
from app.domain.redaction.prefilter import Hits
from app.domain.redaction.spans import Span
from app.domain.redaction.values import is_firm, is_stand_in, is_strong
from app.domain.redaction.words import word_set

LONGEST_LINE = 2_000
MOST_ROWS = 500

HEADS = word_set("pass pwd secret token key senha contrase kennwort wachtwoord 密码 пароль")
TABLE_NEAR = (*HEADS, "insert")
_RULE = re.compile(r"[\s|+:=-]+")
_ALIGNED = "  "
"""Columns that are lined up with spaces, as commands print them."""
_DELIMITERS = ("|", "\t", ";", ",", _ALIGNED)
_ALIGNED_CELL = re.compile(r"\S{1,200}+(?: \S{1,200}+){0,40}+")
_CELL = {
    delimiter: re.compile(rf'\s*(?:"(?:[^"\n]|"")*"|[^{re.escape(delimiter)}\n"][^{re.escape(delimiter)}\n]*|)')
    for delimiter in _DELIMITERS
    if delimiter != _ALIGNED
}
_TITLE = re.compile(r"\w[\w .#/-]{0,30}(?:\([\w ]{1,20}\))?")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?(?: ?[A-Z]{3})?")
"""What stands in a row, and never in its head."""
_DRESS = " \t\r\"'`*"
_MARK = " \t>+"
"""What an answer to a mail, or a diff, puts before a line."""
_SPEAKER = re.compile(
    r"[ \t>]{0,8}(?:\[[0-9][^\]\n]{3,24}\][ ]{1,2}\w{1,20}|\w{1,20}):[ ](?=[|\w][^\n:]{0,200}[|;,\t])"
)
"""Who pastes a table into a chat says so before its head."""
_KEY = frozenset(["key", "keys"])
_HOLDERS = word_set("""
    service services provider vendor owner application app account product team client customer environment env user
    integration system project platform
""")
"""Heads beside which a key is one that opens something; beside others it is the name of a row."""


class Head(NamedTuple):
    """The head of a table: what separates its cells, how many there are, and which tell what kind of secret."""

    delimiter: str
    cells: int
    columns: dict[int, str]


def find_tables(text: str, hits: Hits) -> Iterator[Span]:
    """Find the secrets in the columns of every table, and among the values of SQL's INSERT."""
    if "insert" in hits:
        yield from _find_inserts(text)
    done = 0
    for at, _ in hits.of(HEADS):
        if at < done:
            continue
        start = text.rfind("\n", max(0, at - LONGEST_LINE), at) + 1
        if start == 0 and at > LONGEST_LINE:
            newline = text.find("\n", at)
            done = newline if newline >= 0 else len(text)
            continue
        line = _line(text, start)
        if speaker := _SPEAKER.match(text, line.start, line.stop):
            line = range(speaker.end(), line.stop)
        done = line.stop
        if head := _read_head(text, line):
            rows = list(_rows(text, line.stop + 1, head))
            done = max([done, *(row.stop for row, _ in rows)])
            for _, cells in rows:
                yield from _secrets(text, cells, head)


_INSERT = re.compile(
    r"insert\s{1,8}(?:or\s{1,4}\w{1,10}\s{1,4})?into\s{1,8}[\w.`\"\[\]]{1,80}\s{0,8}\((?P<names>[^()]{1,600})\)\s{0,20}(?:values|select)",
    re.IGNORECASE,
)
_TUPLE_BEGINS = re.compile(r"\s{0,80},?\s{0,80}\(?")
_SQL_VALUE = re.compile(
    r"\s{0,40}(?:N?'(?P<text>(?:[^'\\]|''|\\.){0,4096})'|\"(?P<other>[^\"\n]{0,4096})\"|[^,()'\"]{1,200}(?:\([^()]{0,200}\))?)\s{0,40}"
)


def _find_inserts(text: str) -> Iterator[Span]:
    """`INSERT INTO users (name, password) VALUES (...)`: a table whose head is in the statement."""
    for insert in _INSERT.finditer(text):
        names = [name.strip(_DRESS + "[]") for name in insert["names"].split(",")]
        kinds = {number: found[0].kind for number, name in enumerate(names) if (found := find_key_name(name))}
        at = insert.end()
        for _ in range(MOST_ROWS if kinds else 0):
            begins = _TUPLE_BEGINS.match(text, at)
            values = list(_sql_values(text, begins.end() if begins else at, len(names)))
            if len(values) != len(names):
                break
            for number, kind in kinds.items():
                value = values[number]
                if value.lastgroup and _is_secret(value[value.lastgroup], kind):
                    yield Span(*value.span(value.lastgroup), kind)
            at = values[-1].end() + 1
            if text[at : at + 1] not in (",", "\n", " ", "\r"):
                break


def _sql_values(text: str, at: int, count: int) -> Iterator[re.Match[str]]:
    for number in range(count):
        value = _SQL_VALUE.match(text, at)
        if not value or (number + 1 < count and text[value.end() : value.end() + 1] != ","):
            return
        yield value
        at = value.end() + 1


def _line(text: str, start: int) -> range:
    end = text.find("\n", start, start + LONGEST_LINE)
    return range(start, end if end >= 0 else min(len(text), start + LONGEST_LINE))


def _read_head(text: str, line: range) -> Head | None:
    if len(line) > 600 or _is_row_of_another(text, line):
        return None
    words = text[line.start : line.stop]
    delimiter = next((one for one in _DELIMITERS if one in words), None)
    if delimiter is None:
        return None
    cells = [text[cell.start : cell.stop].strip(_DRESS) for cell in _cells(text, line, delimiter)]
    if len(cells) < 2 or not all(map(_TITLE.fullmatch, cells)) or any(map(_AMOUNT.fullmatch, cells)):
        return None
    if delimiter == _ALIGNED and not all(cell[0].isalpha() for cell in cells):
        return None
    found = {number: kind for number, cell in enumerate(cells) if (kind := _kind_of_column(cell, cells))}
    return Head(delimiter, len(cells), found) if found else None


def _kind_of_column(title: str, titles: list[str]) -> str | None:
    if found := find_key_name(title):
        return found[0].kind
    is_opening = title.lower() in _KEY and any(other.lower() in _HOLDERS for other in titles)
    return "key" if is_opening else None


def _is_row_of_another(text: str, line: range) -> bool:
    """Between bars, a head is the first row, or has a rule below it."""
    if "|" not in text[line.start : line.stop]:
        return False
    below = _line(text, line.stop + 1)
    if _RULE.fullmatch(text, below.start, below.stop):
        return False
    above = text[text.rfind("\n", max(0, line.start - LONGEST_LINE), max(0, line.start - 1)) + 1 : line.start]
    return "|" in above


def _rows(text: str, at: int, head: Head) -> Iterator[tuple[range, list[range]]]:
    for _ in range(MOST_ROWS):
        if at >= len(text):
            return
        line = _line(text, at)
        at = line.stop + 1
        if _RULE.fullmatch(text, line.start, line.stop):
            if line.stop - line.start < 3:
                return
            continue
        cells = list(_cells(text, line, head.delimiter))
        if len(cells) != head.cells:
            return
        yield line, cells


def _cells(text: str, line: range, delimiter: str) -> Iterator[range]:
    """Cut a line into cells; the bars at both ends of a row belong to none."""
    start, end = line.start, line.stop
    while end > start and text[end - 1] in " \t\r":
        end -= 1
    while start < end and text[start] in _MARK:
        start += 1
    if delimiter == _ALIGNED:
        yield from (range(*cell.span()) for cell in _ALIGNED_CELL.finditer(text, start, end))
        return
    if delimiter == "|":
        start += text.startswith("|", start)
        end -= end > start and text[end - 1] == "|"
    at = start
    while at <= end:
        cell = _CELL[delimiter].match(text, at, end)
        stop = cell.end() if cell else at
        yield range(at, stop)
        at = stop + 1


def _secrets(text: str, cells: list[range], head: Head) -> Iterator[Span]:
    for number, kind in head.columns.items():
        cell = cells[number]
        value = text[cell.start : cell.stop]
        bare = value.strip(_DRESS)
        is_secret = oddness_of_password(bare) >= 1 if head.delimiter == _ALIGNED else _is_secret(bare, kind)
        if bare and is_secret:
            start = cell.start + value.index(bare)
            yield Span(start, start + len(bare), kind)


def _is_secret(value: str, kind: str) -> bool:
    if is_stand_in(value):
        return False
    if kind == "password":
        return is_firm(value) or oddness_of_password(value, is_quoted=True) > 0
    if kind == "key":
        return oddness_of_key(value) >= 1
    return is_strong(value) or oddness_of_password(value) >= 2

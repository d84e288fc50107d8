"""Tables to import: CSV with commas, semicolons or tabs, and rows of a spreadsheet. The first line names columns."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from app.domain.formats.layouts import MOST_CHARACTERS_IN_CELL
from app.domain.import_entries import Entry, checked, refuse

_SEPARATOR = re.compile(r"sep=(.)\r?\n")
"""What Excel writes before a table, and takes out again."""
_UNCLOSED = "unexpected end of data"
_FAULTS = {
    "new-line character seen": "a carriage return stands in a cell without quotes around it",
    "field larger than": f"a cell has more than {MOST_CHARACTERS_IN_CELL:,} characters",
    "expected after": "something stands behind the quote that ends a cell",
}
"""What Python's reader says of a line, by words in it, and how that is said here."""


def read_table(lines: Iterable[str], header: str) -> Iterator[Entry]:
    """Read CSV; `header` is its first line."""
    csv.field_size_limit(MOST_CHARACTERS_IN_CELL)
    source = iter(lines)
    before, said = 0, _SEPARATOR.fullmatch(header)
    if said:
        before = 1 + len(list(takewhile(lambda line: line != header, source)))
    delimiter = said[1] if said else max("\t;,", key=header.count)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    try:
        names = names_of(next(filter(None, reader), []))  # blank lines may come before
    except csv.Error as error:
        refuse(f"The first line names no columns: {_fault_of(error)}.")
    if len(names) < 2:  # a text that is no table would be torn into lines, and a secret of several lines with it
        refuse("This is neither JSON nor a table: its first line names one column, and two are needed.")
    while True:
        line = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Entry(line, None, f"This line is no CSV: {_fault_of(error)}.")
            continue
        if any(cells):
            yield row_of(line, names, cells)


def names_of(cells: Sequence[str]) -> list[str]:
    """Return the columns that a first line names; refuse two of one name. One without a name (the index that pandas
    writes, say) is called by its place; those at the end are none."""
    named = [cell.strip() for cell in cells]
    while named and not named[-1]:
        named.pop()
    names = [name or f"column {at}" for at, name in enumerate(named, start=1)]
    if len(set(names)) < len(names):
        refuse("The first line has to name the columns, each by another name.")
    return names


def row_of(line: int, names: Sequence[str], cells: Sequence[str]) -> Entry:
    """Return a line as an entry. Cells without anything behind the last column are not there."""
    if len(cells) < len(names) or any(cells[len(names) :]):
        return Entry(line, None, f"The first line names {len(names)} columns, and this one has {len(cells)}.")
    return checked(line, dict(zip(names, cells, strict=False)))


def _fault_of(error: csv.Error) -> str:
    if _UNCLOSED in str(error):
        return "a quote is opened and never closed, and everything behind it was taken for one cell"
    return next((said for words, said in _FAULTS.items() if words in str(error)), str(error))

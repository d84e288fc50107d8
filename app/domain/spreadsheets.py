"""Spreadsheets (.xlsx), to import from: the first sheet, whose first row names the columns. Needs the extra xlsx.

openpyxl reads a sheet row by row; defusedxml, which it uses where it is installed, refuses what XML can do to a reader.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from importlib.util import find_spec
from typing import Any, BinaryIO

MOST_ROWS = 1_048_576
"""Of a sheet, by its format (ECMA-376). Rows and cells that are left out between others count: a few bytes that name a
cell far away would keep us busy."""
BROKEN = "This spreadsheet, or zip file, is broken: save it again, or save it as CSV."
NO_SPREADSHEET = "This is a zip file and no spreadsheet: unpack it, and send what is in it."
TOO_LARGE = "This spreadsheet is too large once it is unpacked: send it in parts."


def is_available() -> bool:
    """Return whether what reads spreadsheets is installed."""
    return all(find_spec(name) is not None for name in ("openpyxl", "defusedxml"))


def read_rows(file: BinaryIO, *, most_bytes: int) -> Iterator[list[str]]:
    """Yield the rows of the first sheet as texts; raise `ValueError` with a sentence for what is none, or too large."""
    _check_archive(file, most_bytes)
    size = 0
    for number, cells in enumerate(_read_cells(file), start=1):
        texts = [_text_of(cell) for cell in cells]
        size += len(texts) + sum(map(len, texts))  # a text that is said once and meant often is small in the file
        if number > MOST_ROWS or size > most_bytes:
            raise ValueError(TOO_LARGE)
        yield texts


def _read_cells(file: BinaryIO) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(file, read_only=True, data_only=True)
        try:
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its size is wrong in some, and made up in others
            yield from sheet.iter_rows(values_only=True)
        finally:
            workbook.close()
    except _WHAT_BROKEN_FILES_RAISE as error:
        raise ValueError(BROKEN) from error


_WHAT_BROKEN_FILES_RAISE = (
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    AttributeError,
    zipfile.BadZipFile,
    OSError,
)
"""What openpyxl and the readers of XML have for files that are not as they expect."""


def _check_archive(file: BinaryIO, most_bytes: int) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise ValueError(BROKEN) from error
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise ValueError(NO_SPREADSHEET)
    if sum(member.file_size for member in members) > most_bytes:
        raise ValueError(TOO_LARGE)


def _text_of(cell: Any) -> str:
    """Return a cell as a table of text would have it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(cell))


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a spreadsheet writes a character that XML has no room for (ECMA-376, part 1, 22.9.2.19)."""

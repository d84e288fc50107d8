"""Reading a file that somebody wants to import: what it is, and one value after the other.

What a file is, is seen in it and not in its name: CSV with commas, semicolons or tabs, JSON Lines, JSON; Parquet and
spreadsheets, each with its extra; gzip of these. Text is UTF-8 with or without a mark, or UTF-16 with one. A line that
cannot be read is a fault of that line; a file that cannot be read is `Invalid`, with a sentence. Lines are read as they
come, so the memory does not grow with them; JSON that is one whole is held whole, and so is a binary file in gzip.
"""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, TextIO

from app.domain import spreadsheets
from app.domain.formats import parquet
from app.domain.import_entries import Entry, checked, refuse
from app.domain.import_json import read_list, read_objects
from app.domain.import_tables import names_of, read_table, row_of

GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
OTHERS = {
    b"%PDF": "This is a PDF: send the text of it, as CSV, JSON or JSON Lines.",
    b"\xd0\xcf\x11\xe0": "This is a file of an older Office, perhaps a spreadsheet: save it as .xlsx or CSV.",
    b"BZh91AY": "This file is packed with bzip2: unpack it, or pack it with gzip.",
    b"\xfd7zXZ": "This file is packed with xz: unpack it, or pack it with gzip.",
    b"\x28\xb5\x2f\xfd": "This file is packed with zstd: unpack it, or pack it with gzip.",
    b"7z\xbc\xaf": "This file is packed with 7-Zip: unpack it, or pack it with gzip.",
    b"SQLite format 3": "This is a database: send what is in it, as CSV, JSON or JSON Lines.",
}
"""What people send by mistake, by its first bytes."""
_BEGINNING = 64 * 1024
_PIECE = 1024 * 1024


def read_entries(file: IO[bytes], *, most_bytes: int, most_rows: int) -> Iterator[Entry]:
    """Yield the entries of a file of at most so many bytes, once it is decompressed, and of at most so many rows."""
    for number, entry in enumerate(_read(file, most_bytes), start=1):
        if number > most_rows:
            refuse(f"This file has more than {most_rows:,} rows: send it in parts.")
        yield entry


def _read(file: IO[bytes], most_bytes: int) -> Iterator[Entry]:
    whole: Any = io.BufferedReader(_Borrowed(file))
    try:
        if whole.peek(4)[:2] == GZIP:
            whole = _unpacked(whole, most_bytes)
        beginning = whole.peek(16)[:16]
        for first, sentence in OTHERS.items():
            if beginning.startswith(first):
                refuse(sentence)
        if beginning[:4] == PARQUET:
            yield from _read_parquet(whole, most_bytes)
        elif beginning[:4] == ZIP:
            yield from _read_spreadsheet(whole, most_bytes)
        else:
            yield from _read_text(_decoded(_Bounded(whole, most_bytes)))
    except UnicodeDecodeError:
        refuse("This file is not UTF-8: save it as UTF-8 and try again.")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        refuse("This gzip file is broken or cut off: make it again.")


def _unpacked(packed: Any, most_bytes: int) -> Any:
    """Return what a gzip file holds; in memory where it is read from its end, which cannot be done in gzip."""
    unpacked: Any = _Bounded(gzip.GzipFile(fileobj=packed), most_bytes)
    beginning = unpacked.peek(4)[:4]
    if beginning[:2] == GZIP:
        refuse("This is gzip within gzip: unpack it once, and send that.")
    if beginning not in (PARQUET, ZIP):
        return unpacked
    held = io.BytesIO()
    while piece := unpacked.read(_PIECE):
        held.write(piece)
    held.seek(0)
    return io.BufferedReader(held)


def _read_text(file: TextIO) -> Iterator[Entry]:
    beginning = file.read(_BEGINNING)
    start = beginning.lstrip("\ufeff \t\r\n")
    if not start:
        refuse("This file is empty.")
    if "\x00" in beginning:
        refuse("This is no text: send CSV, TSV, JSON or JSON Lines.")
    rest = _Rest(beginning.removeprefix("\ufeff"), file)
    if start[0] == "[":
        yield from read_list("".join(rest))
    elif start[0] == "{":
        yield from read_objects(iter(rest))
    else:
        yield from read_table(rest, start.split("\n", 1)[0] + "\n")


def _read_parquet(file: BinaryIO, most_bytes: int) -> Iterator[Entry]:
    if not parquet.is_available():
        refuse("Parquet needs the extra parquet here: write the file as JSON Lines or CSV, and send that.")
    try:
        for number, value in enumerate(parquet.read_values(file, most_bytes=most_bytes), start=1):
            yield checked(number, json.loads(json.dumps(value, default=str)))
    except ValueError as error:
        refuse(str(error))


def _read_spreadsheet(file: BinaryIO, most_bytes: int) -> Iterator[Entry]:
    if not spreadsheets.is_available():
        refuse("This is a zip file, perhaps a spreadsheet: save it as CSV, or unpack it, and send that.")
    names: list[str] = []
    try:
        for line, cells in enumerate(spreadsheets.read_rows(file, most_bytes=most_bytes), start=1):
            if not any(cells):
                continue
            if names:  # cells without anything at the end of a row are not there, or are, as it happens
                yield row_of(line, names, [*cells, *[""] * (len(names) - len(cells))])
            else:
                names = names_of(cells)
    except ValueError as error:
        refuse(str(error))


def _decoded(file: io.BufferedReader) -> TextIO:
    """Return the file in the encoding that its first bytes name; UTF-8 where they name none."""
    has_mark = file.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff")
    return io.TextIOWrapper(file, encoding="utf-16" if has_mark else "utf-8", newline="\n")


class _Borrowed(io.RawIOBase):
    """A file that stays open when we are done with it: whoever opened it closes it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Bounded(io.BufferedReader):
    """A stream that ends with a sentence where it goes on for too long."""

    def __init__(self, file: Any, most_bytes: int) -> None:
        super().__init__(_Counting(file, most_bytes))


class _Counting(io.RawIOBase):
    def __init__(self, file: Any, most_bytes: int) -> None:
        self._file, self._most, self._read = file, most_bytes, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        self._read += len(data)
        if self._read > self._most:
            refuse(f"This file is larger than {self._most // 1_000_000:,} MB: send it in parts.")
        buffer[: len(data)] = data
        return len(data)


class _Rest:
    """The lines of a file whose beginning was read, line ends included; a carriage return alone is none."""

    def __init__(self, beginning: str, file: TextIO) -> None:
        self._beginning, self._file = beginning, file

    def __iter__(self) -> Iterator[str]:
        *lines, last = self._beginning.split("\n")
        for line in lines:
            yield line + "\n"
        rest = iter(self._file)
        yield last + next(rest, "")
        yield from rest

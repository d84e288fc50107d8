"""Reading a file that somebody wants to import: what it is, and one value after the other.

What a file is, is seen in it and not in its name: CSV with commas, semicolons or tabs, JSON Lines, JSON; gzip of these;
Parquet and spreadsheets, each with its extra. Text is UTF-8 with or without a mark, or UTF-16 with one. A line that
cannot be read is a fault of that line; a file that cannot be read is `Invalid`, with a sentence. Lines are read as they
come, so the memory does not grow with them; JSON that is one whole is held whole.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO, Any, BinaryIO, NamedTuple, NoReturn, TextIO

from app.domain import spreadsheets
from app.domain.errors import Invalid
from app.domain.formats import parquet
from app.domain.formats.layouts import EVALS, MOST_CHARACTERS_IN_CELL, UPLOAD, Layout, Value
from app.domain.imports import guess_reading
from app.domain.text import problem_with_json

GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
_BEGINNING = 64 * 1024


class Entry(NamedTuple):
    """One value of a file and the line it begins in (in JSON that is one whole, its number); or what is wrong."""

    line: int
    value: Value | None
    problem: str | None = None


def read_entries(file: IO[bytes], *, most_bytes: int) -> Iterator[Entry]:
    """Yield the entries of a file of at most so many bytes, once it is decompressed."""
    whole: Any = io.BufferedReader(_Borrowed(file))
    if whole.peek(4)[:4] == PARQUET:
        yield from _read_parquet(whole, most_bytes)
        return
    if whole.peek(4)[:4] == ZIP:
        yield from _read_spreadsheet(whole, most_bytes)
        return
    text = io.TextIOWrapper(_Bounded(_decompressed(whole), most_bytes), encoding="utf-8", newline="\n")
    try:
        yield from _entries_of(_decoded(text))
    except UnicodeDecodeError:
        _refuse("This file is not UTF-8: save it as UTF-8 and try again.")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        _refuse("This gzip file is broken or cut off: make it again.")


def _entries_of(file: TextIO) -> Iterator[Entry]:
    beginning = file.read(_BEGINNING)
    start = beginning.lstrip("\ufeff \t\r\n")
    if not start:
        _refuse("This file is empty.")
    if "\x00" in beginning:
        _refuse("This is no text: send CSV, TSV, JSON or JSON Lines.")
    rest = _Rest(beginning.removeprefix("\ufeff"), file)
    if start[0] == "[":
        yield from _read_whole("".join(rest))
    elif start[0] == "{":
        yield from _read_objects(iter(rest))
    else:
        yield from _read_table(rest, start.split("\n", 1)[0])


def _read_objects(lines: Iterator[str]) -> Iterator[Entry]:
    """Read JSON Lines, or JSON that is one object, whichever the first line turns out to be."""
    filled = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    (at, first), (then, second) = next(filled), next(filled, (0, ""))
    if _is_json(first) and second:
        yield _entry(at, first)
        yield from _read_lines(chain([second], lines), start=then)
        return
    whole = "".join(["\n" * (at - 1), first, "\n" * (then - at - 1), second, *lines])
    if _is_json(whole) or not _is_json(second):
        yield from _read_whole(whole)
    else:
        yield from _read_lines(io.StringIO(whole, newline="\n"), start=1)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _read_lines(lines: Iterable[str], *, start: int) -> Iterator[Entry]:
    for number, line in enumerate(lines, start=start):
        if line.strip():
            yield _entry(number, line)


def _entry(number: int, line: str) -> Entry:
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        return Entry(number, None, f"This is no JSON ({error}).")
    if not isinstance(value, dict):
        return Entry(number, None, "This is no JSON object.")
    return _checked(number, value)


def _read_whole(text: str) -> Iterator[Entry]:
    try:
        body = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        _refuse(f"This is no JSON: {error}.")
    values = body if isinstance(body, list) else _listed(body, text)
    for number, value in enumerate(values, start=1):
        if isinstance(value, dict):
            yield _checked(number, value)
        else:
            yield Entry(number, None, "This is no JSON object.")


def _listed(body: Any, text: str) -> Iterable[Any]:
    """Return the values of JSON that is one object: a list in it, or the object itself where it is a row."""
    layout: Layout | None = EVALS if "evals" in body else UPLOAD if isinstance(body.get("inputs"), list) else None
    if layout:
        try:
            return list(layout.split(io.StringIO(text)))
        except ValueError as error:
            _refuse(str(error))
    if guess_reading([body]).is_complete:  # one row, whatever lists it has: a conversation has one of messages
        return [body]
    lists = [value for value in body.values() if isinstance(value, list)]
    return lists[0] if len(lists) == 1 and all(isinstance(one, dict) for one in lists[0]) else [body]


def _read_table(lines: Iterable[str], header: str) -> Iterator[Entry]:
    csv.field_size_limit(MOST_CHARACTERS_IN_CELL)
    delimiter = max("\t;,", key=header.count)
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(filter(None, reader))]  # blank lines may come before
    except csv.Error as error:
        _refuse(f"The first line names no columns: {error}.")
    if len(names) == 1:  # a text that is no table would be torn into lines, and a secret of several lines with it
        _refuse("This is neither JSON nor a table: its first line names one column, and two are needed.")
    _check_names(names)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Entry(line, None, f"This line is no CSV: {error}.")
            continue
        if any(cells):
            yield _row_of(line, names, cells)


def _check_names(names: Sequence[str]) -> None:
    if len(set(names)) < len(names) or not all(names):
        _refuse("The first line has to name every column, each by another name.")


def _row_of(line: int, names: Sequence[str], cells: Sequence[str]) -> Entry:
    if len(cells) != len(names):
        return Entry(line, None, f"The first line names {len(names)} columns, and this one has {len(cells)}.")
    return _checked(line, dict(zip(names, cells, strict=True)))


def _checked(line: int, value: Value) -> Entry:
    """Return the entry, or say what in it no database holds."""
    problem = problem_with_json(value)
    return Entry(line, None, problem) if problem else Entry(line, value)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _refuse(sentence: str) -> NoReturn:
    raise Invalid({"file": sentence})


def _read_parquet(file: BinaryIO, most_bytes: int) -> Iterator[Entry]:
    if not parquet.is_available():
        _refuse("Parquet needs the extra parquet here: write the file as JSON Lines or CSV, and send that.")
    try:
        for number, value in enumerate(parquet.read_values(file, most_bytes=most_bytes), start=1):
            yield _checked(number, json.loads(json.dumps(value, default=str)))
    except ValueError as error:
        _refuse(str(error))


def _read_spreadsheet(file: BinaryIO, most_bytes: int) -> Iterator[Entry]:
    if not spreadsheets.is_available():
        _refuse("This is a zip file, perhaps a spreadsheet: save it as CSV, or unpack it, and send that.")
    names: list[str] = []
    try:
        for line, cells in enumerate(spreadsheets.read_rows(file, most_bytes=most_bytes), start=1):
            filled = len(cells) - next((at for at, cell in enumerate(reversed(cells)) if cell), len(cells))
            if not filled:
                continue
            if names:  # cells without anything at the end of a row are not there, or are, as it happens
                yield _row_of(line, names, [*cells[:filled], *[""] * (len(names) - filled)])
            else:
                names = [cell.strip() for cell in cells[:filled]]
                _check_names(names)
    except ValueError as error:
        _refuse(str(error))


def _decompressed(whole: Any) -> IO[bytes]:
    beginning = whole.peek(4)[:4]
    if beginning[:2] == GZIP:
        return gzip.GzipFile(fileobj=whole)  # type: ignore[return-value]
    bare: IO[bytes] = whole
    return bare


def _decoded(file: io.TextIOWrapper) -> TextIO:
    """Return the file in the encoding that its first bytes name; UTF-8 where they name none."""
    mark = file.buffer.peek(2)[:2]  # type: ignore[attr-defined]
    if mark in (b"\xff\xfe", b"\xfe\xff"):
        return io.TextIOWrapper(file.detach(), encoding="utf-16", newline="\n")
    return file


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

    def __init__(self, file: IO[bytes], most_bytes: int) -> None:
        super().__init__(_Counting(file, most_bytes))


class _Counting(io.RawIOBase):
    def __init__(self, file: IO[bytes], most_bytes: int) -> None:
        self._file, self._most, self._read = file, most_bytes, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        self._read += len(data)
        if self._read > self._most:
            _refuse(f"This file is larger than {self._most // 1_000_000:,} MB: send it in parts.")
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

"""Spreadsheets to import from: what their cells become, and what is no spreadsheet or too much of one."""

import gzip
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from app.domain import spreadsheets
from app.domain.errors import Invalid
from app.domain.import_entries import Entry
from app.domain.import_files import read_entries

MANY = 1_000_000
MB = 1_000_000


def sheet_of(*rows, more=()):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for row in more:
        workbook.create_sheet("Another").append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(data, most_bytes=20 * MB):
    return list(read_entries(io.BytesIO(data), most_bytes=most_bytes, most_rows=MANY))


def refused(data, **how):
    with pytest.raises(Invalid) as raised:
        read(data, **how)
    return raised.value.errors["file"]


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return file.getvalue()


def test_the_first_row_of_the_first_sheet_names_the_columns():
    data = sheet_of(["input", " output ", "score"], ["Grüße 😀", "Two\nlines", 8], more=[["input", "output"]])

    assert read(data) == [Entry(2, {"input": "Grüße 😀", "output": "Two\nlines", "score": "8"})]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
        ("=1+1", ""),  # a formula that nobody has computed says nothing
        (date(2026, 11, 28), "2026-11-28T00:00:00"),
        (datetime(2026, 11, 28, 12, 30, tzinfo=UTC).replace(tzinfo=None), "2026-11-28T12:30:00"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_a_cell_is_what_a_table_of_text_would_have(cell, text):
    [entry] = read(sheet_of(["input", "output"], ["In", cell]))

    assert entry.value == {"input": "In", "output": text}


def test_rows_without_anything_are_left_out_and_short_ones_filled_up():
    data = sheet_of([None, None], ["input", "output", "note", None], [], ["One", "1"], ["Two", "2", "x"])

    assert [(entry.line, entry.value) for entry in read(data)] == [
        (4, {"input": "One", "output": "1", "note": ""}),
        (5, {"input": "Two", "output": "2", "note": "x"}),
    ]


def test_a_row_with_more_cells_than_names_is_a_fault_of_that_row():
    faulty, good = read(sheet_of(["input", "output"], ["One", "1", "what?"], ["Two", "2"]))

    assert "names 2 columns, and this one has 3" in faulty.problem
    assert good.value == {"input": "Two", "output": "2"}


def test_columns_with_the_same_name_are_refused_and_one_without_is_called_by_its_place():
    assert "each by another name" in refused(sheet_of(["input", "input"], ["1", "2"]))
    [entry] = read(sheet_of(["input", None, "output"], ["1", "2", "3"]))
    assert entry.value == {"input": "1", "column 2": "2", "output": "3"}


def test_what_is_no_spreadsheet_is_said():
    good = sheet_of(["input", "output"], ["One", "1"])

    assert refused(zipped(readme="words")) == spreadsheets.NO_SPREADSHEET
    assert refused(good[:-30]) == spreadsheets.BROKEN
    assert refused(zipped(xl__workbook="<workbook")) == spreadsheets.BROKEN
    assert refused(zipped(xl__workbook="<workbook/>")) == spreadsheets.BROKEN


def test_what_unpacks_to_more_than_fits_is_refused_before_it_is_unpacked():
    bomb = zipped(xl__workbook=" " * 30 * MB)

    assert len(bomb) < MB
    assert refused(bomb) == spreadsheets.TOO_LARGE


def with_sheet(*changes):
    """Return a spreadsheet whose sheet says something else than it has."""
    good, file = io.BytesIO(sheet_of(["input", "output"], ["One", "1"])), io.BytesIO()
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            for old, new in changes if name == "xl/worksheets/sheet1.xml" else ():
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize("size", ["A1:A1", "A1:XFD1048576"])
def test_what_a_sheet_says_of_its_size_is_not_believed(size):
    [entry] = read(with_sheet(("A1:B2", size)))

    assert entry == Entry(2, {"input": "One", "output": "1"})


def test_a_row_or_cells_too_far_away_are_refused():
    far = with_sheet(('row r="2"', 'row r="2000000000"'), ('"A2"', '"A2000000000"'), ('"B2"', '"B2000000000"'))

    assert refused(far) == spreadsheets.TOO_LARGE
    assert refused(with_sheet(('"B2"', '"XFD2"')), most_bytes=16_000) == spreadsheets.TOO_LARGE


def test_entities_that_would_grow_without_end_are_refused():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><workbook>&a8;</workbook>'
    good = io.BytesIO(sheet_of(["input", "output"], ["One", "1"]))
    file = io.BytesIO()
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            after.writestr(name, laughs if name == "xl/workbook.xml" else before.read(name))

    assert refused(file.getvalue()) == spreadsheets.BROKEN


def test_without_the_extra_it_is_said_how_to_go_on(monkeypatch):
    monkeypatch.setattr(spreadsheets, "is_available", lambda: False)

    assert "save it as CSV" in refused(sheet_of(["input", "output"], ["One", "1"]))


def test_a_spreadsheet_is_read_from_gzip_too():
    data = sheet_of(["input", "output"], ["One", "1"])

    assert read(gzip.compress(data, mtime=0)) == read(data)


def test_one_text_that_is_meant_very_often_is_too_large():
    """A bomb: each text is in the file once."""
    data = sheet_of(["input", "output"], *[["x" * 30_000, "y"]] * 1_000)
    assert len(data) < 100_000

    assert "too large once it is unpacked" in refused(data, most_bytes=10 * MB)


def test_characters_that_xml_has_no_room_for_are_read():
    data = sheet_of(["input", "output"], ["Two_x000D_\nlines", "A _x005F_x000D_ as it is written"])

    [entry] = read(data)
    assert entry.value == {"input": "Two\r\nlines", "output": "A _x000D_ as it is written"}


def test_cells_behind_the_last_column_that_say_nothing_are_not_there():
    assert [entry.problem for entry in read(sheet_of(["input", "output", ""], ["One", "1", None]))] == [None]
    assert "names 2 columns" in read(sheet_of(["input", "output"], ["One", "1", "more"]))[0].problem

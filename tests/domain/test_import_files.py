"""Reading files: whatever container and encoding, one value after the other, each with its line; or a sentence."""

import gzip
import io
import itertools
import json
import re
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain import import_json
from app.domain.datasets import Row
from app.domain.errors import Invalid
from app.domain.formats import FORMATS, Record, parquet
from app.domain.import_entries import Entry
from app.domain.import_files import read_entries


def compressed(data: bytes) -> bytes:
    """Return gzip without the moment it was made: tests are named by what they are given."""
    return gzip.compress(data, mtime=0)


MANY = 1_000_000
MB = 1_000_000
ROW = {"input": "Grüße 😀", "output": "Ja"}
CSV = "input,output\nGrüße 😀,Ja\n"
LONG = "x" * 100 + "\n"
"""A thousand of them are more than is looked at first."""


def read(data, most_bytes=20 * MB, most_rows=MANY):
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_entries(file, most_bytes=most_bytes, most_rows=most_rows))


def values(data):
    entries = read(data)
    assert [entry.problem for entry in entries] == [None] * len(entries)
    return [entry.value for entry in entries]


def lines_of(data):
    return [(entry.line, entry.problem is None) for entry in read(data)]


def refused(data, **how):
    with pytest.raises(Invalid) as raised:
        read(data, **how)
    return raised.value.errors["file"]


def parquet_of(**columns):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    file = io.BytesIO()
    write_table(pyarrow.table(columns), file)
    return file.getvalue()


# ---- containers and encodings ----


@pytest.mark.parametrize(
    "data",
    [
        CSV,
        CSV.replace(",", ";"),
        CSV.replace(",", "\t"),
        CSV.replace("\n", "\r\n"),
        CSV.removesuffix("\n"),
        " input , output\nGrüße 😀,Ja\n",
        "\n\r\n" + CSV,
        CSV + "\n\n,\n",
        "\ufeff" + CSV,
        CSV.encode("utf-16"),
        b"\xff\xfe" + CSV.encode("utf-16-le"),
        b"\xfe\xff" + CSV.encode("utf-16-be"),
        compressed(CSV.encode()),
        compressed(CSV[:9].encode()) + compressed(CSV[9:].encode()),
        compressed(CSV.encode("utf-16")),
        compressed(("\ufeff" + CSV).encode()),
        json.dumps([ROW]),
        json.dumps([ROW], indent=4),
        json.dumps(ROW),
        json.dumps(ROW, indent=4),
        json.dumps(ROW) + "\n",
        "\ufeff \r\n\t" + json.dumps(ROW),
        json.dumps({"name": "a", "rows": [ROW]}),
        json.dumps({"name": "a", "rows": [ROW]}, indent=1),
        json.dumps({"skill_name": "a", "evals": [{"id": 1, **ROW}]}),
        compressed(json.dumps([ROW]).encode("utf-16")),
    ],
)
def test_the_same_row_is_read_from_whatever_holds_it(data):
    assert values(data) == [ROW]


def test_an_upload_body_is_split_into_its_rows():
    body = {"action": "create", "inputs": ["a", "b"], "outputs": ["1", "2"], "metadata": [{}, {"score": 1}]}

    assert values(json.dumps(body)) == [
        {"input": "a", "output": "1", "metadata": {}},
        {"input": "b", "output": "2", "metadata": {"score": 1}},
    ]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"inputs": ["a"], "outputs": [], "metadata": []}, "not equally long"),
        ({"inputs": ["a"]}, "no lists named inputs, outputs and metadata"),
        ({"inputs": [], "outputs": None, "metadata": []}, "no lists named"),
        ({"evals": 3}, "no list of objects"),
        ({"evals": [3]}, "Entry 1 is no object"),
    ],
)
def test_a_known_layout_that_is_broken_is_refused_with_why(body, sentence):
    assert sentence in refused(json.dumps(body))


@pytest.mark.parametrize(
    "name",
    [name for name, one in FORMATS.items() if one.layout.extension in ("jsonl", "json") and name != "trl-unpaired"],
)
def test_a_file_of_one_row_is_one_row_whatever_lists_it_has(name):
    row = Row("What is due?", "Nothing.", "The invoice.")
    data = b"".join(FORMATS[name].write([Record(row, row.hash)], "a-skill"))

    [value] = values(data)
    assert values(json.dumps(value, indent=2)) == [value]
    assert FORMATS[name].read_value(value).gold == "The invoice."


def test_a_row_of_columns_that_are_known_is_one_row():
    value = {"question": "a", "answer": "b", "tags": [{"name": "c"}]}

    assert values(json.dumps(value)) == [value]


def test_an_object_with_several_lists_is_one_value():
    value = {"a": [{"b": 1}], "c": [{"d": 2}]}

    assert values(json.dumps(value)) == [value]


def test_json_that_holds_other_things_than_objects_says_which():
    assert [(entry.line, entry.problem) for entry in read('[{"a": 1}, 2, "c", null, []]')] == [
        (1, None),
        *((number, "This is no JSON object.") for number in (2, 3, 4, 5)),
    ]


# ---- line numbers ----


def test_a_line_of_a_table_is_where_its_row_begins():
    text = 'input,output\n"a\n\nb",c\r\n\n"d ""e"", f",g\nh,i'

    assert read(text) == [
        Entry(2, {"input": "a\n\nb", "output": "c"}),
        Entry(6, {"input": 'd "e", f', "output": "g"}),
        Entry(7, {"input": "h", "output": "i"}),
    ]


@pytest.mark.parametrize("before", [0, 1000], ids=["at the beginning", "after the first look"])
def test_a_carriage_return_alone_ends_no_line(before):
    head = "input,output\n" + ("y," + LONG) * before
    lines = read(head + '"a\rb\r",c\n"d\r\ne",f\ng,h\n')[before:]

    assert [(entry.line - before, entry.value) for entry in lines] == [
        (2, {"input": "a\rb\r", "output": "c"}),
        (3, {"input": "d\r\ne", "output": "f"}),
        (5, {"input": "g", "output": "h"}),
    ]


@pytest.mark.parametrize("before", [0, 1000], ids=["at the beginning", "after the first look"])
def test_blank_lines_are_no_rows_and_count_as_lines(before):
    head = '{"x": "' + "y" * 100 + '"}\n'

    entries = read(head * before + '\n{"a": 1}\n\n\t\n{"b": 2}\r\n\n{"c": 3}\n\n')[before:]

    assert [(entry.line - before, entry.value) for entry in entries] == [(2, {"a": 1}), (5, {"b": 2}), (7, {"c": 3})]


def test_a_first_line_that_is_broken_is_a_fault_of_that_line():
    assert lines_of('\n{broken\n\n{"b": 2}\n\n{"c": 3}\n') == [(2, False), (4, True), (6, True)]


def test_a_line_that_is_broken_is_a_fault_of_that_line():
    assert lines_of('{"a": 1}\n{broken\n[1]\n"words"\n{"e": 5}\n') == [
        (1, True),
        (2, False),
        (3, False),
        (4, False),
        (5, True),
    ]


def test_ragged_rows_and_broken_quotes_are_faults_of_their_lines():
    text = 'input,output\na,b\nc\nd,e,f\n"g"h,i\nj,k\n"l,m\nn,o\n'

    entries = read(text)

    assert [(entry.line, entry.problem is None) for entry in entries] == [
        (2, True),
        (3, False),
        (4, False),
        (5, False),
        (6, True),
        (7, False),
    ]
    assert entries[1].problem == "The first line names 2 columns, and this one has 1."
    assert "no CSV" in entries[3].problem


# ---- what is large ----


def test_cells_of_a_megabyte_are_read():
    cell = "ä" * MB

    assert values(f"input,output\n{cell},b\n") == [{"input": cell, "output": "b"}]
    assert values(json.dumps({"input": cell}) + '\n{"input": "b"}\n') == [{"input": cell}, {"input": "b"}]


@pytest.mark.parametrize("length", range(64 * 1024 - 20, 64 * 1024 + 4))
def test_nothing_is_lost_where_the_first_look_ends(length):
    cell = "x" * (length - len("input,output\n"))

    assert values(f'input,output\r\n{cell},"b\r\nc"\r\nd,e\r\n') == [
        {"input": cell, "output": "b\r\nc"},
        {"input": "d", "output": "e"},
    ]


@pytest.mark.slow
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_what_is_too_large_is_refused_when_it_is_unpacked(pack):
    data = b"input,output\n" + (b"1," + b"2" * 20 + b"\n") * 100_000

    assert "larger than 1 MB" in refused(pack(data), most_bytes=MB)
    assert len(read(pack(data), most_bytes=3 * MB)) == 100_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", [b'{"input": "%d", "output": "' + b"x" * 200 + b'"}\n', b"%d," + b"x" * 200 + b"\n"], ids=["json", "csv"]
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_file_of_many_lines_is_read_in_flat_memory(line, pack):
    head = b"" if line.startswith(b"{") else b"input,output\n"
    file = io.BytesIO(pack(head + b"".join(line % number for number in range(50_000))))
    tracemalloc.start()
    try:
        count = sum(1 for entry in read_entries(file, most_bytes=20 * MB, most_rows=MANY) if entry.value)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert count == 50_000
    assert peak < 1.5 * MB


def test_a_file_stays_open_for_whoever_opened_it():
    file = io.BytesIO(compressed(CSV.encode()))

    list(read_entries(file, most_bytes=MB, most_rows=MANY))

    assert not file.closed


# ---- what no database holds ----


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": NaN}', "NaN"),
        ('{"a": [-Infinity]}', "-Infinity"),
        ('{"a": 1e999}', "Infinity"),
        ('{"a": {"b": [-1e999]}}', "-Infinity"),
        (r'{"a": "x\u0000y"}', "NUL"),
        (r'{"a": {"b": ["\ud800"]}}', "half of a character pair"),
        (r'{"\udfff": 1}', "half of a character pair"),
        ('{"a": ' + "[" * 200 + "]" * 200 + "}", "nested more than 100 deep"),
        ('{"a": ' * 200 + "1" + "}" * 200, "nested more than 100 deep"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "no JSON"),
        ('{"a": ' + "9" * 5_000 + "}", "no JSON"),
        ('{"a": "tab\there"}', "no JSON"),
    ],
)
def test_what_cannot_be_stored_is_a_fault_of_its_line(text, words):
    good = '{"a": 1}\n'

    for before, after in ((good, good), ("", good + good), (good + good, "")):
        entries = read(f"{before}{text}\n{after}")
        assert [entry.problem is None for entry in entries].count(False) == 1
        assert words in next(entry.problem for entry in entries if entry.problem)


def test_nul_in_a_table_is_a_fault_of_its_line_where_it_comes_late():
    entries = read("input,output\n" + ("y," + LONG) * 1000 + "a,b\x00\nc,d\n")[-2:]

    assert "NUL" in entries[0].problem
    assert entries[1].value == {"input": "c", "output": "d"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "empty"),
        ("\ufeff", "empty"),
        (b"\xff\xfe", "empty"),
        (" \r\n\t\n", "empty"),
        (compressed(b""), "empty"),
        ("abc\x00,d\n", "no text"),
        (b"\xff\xfe\x00\x00" + "a,b".encode("utf-32-le"), "no text"),
        (CSV.encode("latin-1", "replace"), "not UTF-8"),
        (("a,b\n" + LONG * 1000).encode() + b"\xff", "not UTF-8"),
        (b"\xff\xfea", "not UTF-8"),
        (b"\xff\xfe" + "\ud800,b\na,b\n".encode("utf-16-le", "surrogatepass"), "not UTF-8"),
        (compressed(CSV.encode())[:-9], "broken or cut off"),
        (compressed(CSV.encode())[:5], "broken or cut off"),
        (compressed(CSV.encode()) + b"more", "broken or cut off"),
        (b"\x1f\x8b", "broken or cut off"),
        (b"PK\x03\x04", "zip file"),
        ("[1", "no JSON"),
        ('[{"a": 1} {"a": 2}]', "does not go on or end after entry 1"),
        ('[{"a": 1},]', "no JSON: expecting value at line 1, column 11"),
        ('[{"a": 1}] more', "behind the end of its list"),
        ('[{"a": ' + "9" * 5_000 + "}]", "too many digits"),
        ("%PDF-1.7\n", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "older Office"),
        (b"\x28\xb5\x2f\xfd\x00", "packed with zstd"),
        (compressed(compressed(CSV.encode())), "gzip within gzip"),
        (compressed(b"%PDF-1.7"), "This is a PDF"),
        ("[" * 100_000, "no JSON"),
        ('{"a": 1', "no JSON"),
        ("{broken\n{worse\n", "no JSON"),
        ("words\nwords\n", "neither JSON nor a table"),
        ("words", "neither JSON nor a table"),
        ("a,a\n1,2\n", "each by another name"),
        ("a, a\n1,2\n", "each by another name"),
        (",\n1,2\n", "neither JSON nor a table"),
        ('a,"b\n1,2\n', "names no columns"),
        ('"a"b,c\n1,2\n', "names no columns"),
        ("a,b\r1,2\r", "names no columns"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_with_a_sentence(data, sentence):
    assert sentence in refused(data)


# ---- Parquet ----


def test_parquet_of_any_columns_is_read():
    data = parquet_of(question=["a", None], turns=[[{"role": "user"}], []], score=[8.0, None])

    assert read(data) == [
        Entry(1, {"question": "a", "turns": [{"role": "user"}], "score": 8.0}),
        Entry(2, {"question": None, "turns": [], "score": None}),
    ]


def test_a_number_in_parquet_that_is_none_is_a_fault_of_its_row():
    assert lines_of(parquet_of(a=["x", "y"], b=[float("nan"), 1.0])) == [(1, False), (2, True)]


def test_parquet_that_is_broken_is_refused():
    data = parquet_of(a=["text"] * 100)

    for broken in (data[:-10], data[:8], data[: len(data) // 2] + b"PAR1", b"PAR1", b"PAR1" + b"\xff" * 50 + b"PAR1"):
        assert refused(broken) == "This Parquet file is broken."


def test_parquet_that_is_too_large_is_refused_also_where_it_repeats_itself():
    different = parquet_of(a=[str(number) * 300 for number in range(2_000)])
    the_same = parquet_of(a=["x" * 100_000] * 300)

    assert len(the_same) < 100_000
    for data in (different, the_same):
        assert refused(data, most_bytes=MB) == parquet.TOO_LARGE


# ---- whatever is sent ----

PIECES = st.sampled_from(
    [
        *(
            b"{",
            b"}",
            b"[",
            b"]",
            b'"',
            b",",
            b";",
            b"\t",
            b"\n",
            b"\r",
            b":",
            b" ",
            b"a",
            b"1e999",
            b"NaN",
            b"\\u0000",
        ),
        *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"\x00", b"\xff", b"a,b\n"),
        *(b'{"evals":', b'{"inputs":[', b'"outputs":[', b'{"a":1}\n', b'"x"y', b"\\ud800", b"[" * 200, b"x" * 70_000),
    ]
)
ANY_FILE = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=25).map(b"".join))


def is_read_or_refused(data):
    try:
        entries = read(data, most_bytes=3 * MB)
    except Invalid:
        entries = []
    assert all((entry.value is None) is bool(entry.problem) for entry in entries)
    assert all(entry.line < later.line for entry, later in itertools.pairwise(entries))
    json.dumps([entry.value for entry in entries], allow_nan=False)


@pytest.mark.slow
@given(data=ANY_FILE)
@example(data=b"\xef\xbb\xbf\xef\xbb\xbf[")
@settings(max_examples=300, deadline=None)
def test_whatever_bytes_are_given_are_read_or_refused(data):
    is_read_or_refused(data)


@pytest.mark.slow
@given(data=ANY_FILE, cut=st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_whatever_bytes_are_packed_are_read_or_refused(data, cut):
    packed = compressed(data)

    is_read_or_refused(packed[: len(packed) - cut])


@pytest.mark.slow
@given(at=st.integers(0, 2_000), put=st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_parquet_with_other_bytes_in_it_is_read_or_refused(at, put):
    data = parquet_of(a=["text", "other"] * 20, b=[1, None] * 20)
    at %= len(data)

    is_read_or_refused(data[:at] + put + data[at + len(put) :])


# ---- what spreadsheets and pandas write ----


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (",input,output\n0,One,1\n", {"column 1": "0", "input": "One", "output": "1"}),
        ("input,output,\nOne,1,\n", {"input": "One", "output": "1"}),
        ("input,output,,\nOne,1\n", {"input": "One", "output": "1"}),
        ("input,output\nOne,1,,\n", {"input": "One", "output": "1"}),
        ("sep=;\ninput;output\nOne;1,5\n", {"input": "One", "output": "1,5"}),
        ("sep=|\r\ninput|output\r\nOne|1\r\n", {"input": "One", "output": "1"}),
    ],
)
def test_what_a_table_has_too_much_is_left_aside(text, wanted):
    assert values(text) == [wanted]
    assert read(text)[0].line == (3 if text.startswith("sep") else 2)


# ---- what is wrong says where ----


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ('{"a": 1}\n{"a": 2,}\n', 2, "no JSON: illegal trailing comma|no JSON: expecting property name"),
        ('{"a": 1}\n[1]\n', 2, "no JSON object"),
        ('{"a": 1}\n{"a": ' + "9" * 5_000 + "}\n", 2, "too many digits"),
        ('[{"a": 1}, {"a": NaN}]', 2, r"none in JSON \(NaN\)"),
        ("a,b\nOne\n", 2, "names 2 columns, and this one has 1"),
        ('a,b\n"One\nmore",1,2\n', 2, "names 2 columns, and this one has 3"),
        ('a,b\nOne,"two\n3,4\n', 2, "opened and never closed"),
        ('a,b\nOne,"two" 3\n', 2, "behind the quote that ends a cell"),
        ("a,b\nOne,1\r2\n", 2, "carriage return"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_it_is_wrong(data, line, words):
    [*_, entry] = read(data)

    assert (entry.line, entry.value) == (line, None)
    assert re.search(words, entry.problem)
    assert "sys." not in entry.problem


# ---- what is too much ----


def test_more_rows_than_there_may_be_are_refused():
    assert len(read("{}\n" * 10, most_rows=10)) == 10
    assert "more than 10 rows" in refused("{}\n" * 11, most_rows=10)
    assert "more than 10 rows" in refused("[" + "{}," * 10 + "{}]", most_rows=10)
    assert "more than 10 rows" in refused(compressed(b"{}\n" * 11), most_rows=10)


def test_a_list_is_read_value_by_value(monkeypatch):
    """So it takes no more memory than its text and one value, however many there are."""
    tracemalloc.start()
    count = sum(
        1 for _ in read_entries(io.BytesIO(b"[" + b"{}," * 50_000 + b"{}]"), most_bytes=MANY * 9, most_rows=MANY * 9)
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 50_001
    assert peak < 2 * MB


def test_json_of_very_many_parts_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(import_json, "MOST_PARTS", 1_000)

    for data in (
        '{"a": [' + "{}," * 1_000 + "{}]}",
        "[[" + "{}," * 1_000 + "{}]]",
        '{"a": 1}\n{"a": [' + "1," * 2_000 + "1]}",
    ):
        assert "more than 1,000 parts" in refused(data)


def test_the_messages_of_one_conversation_are_one_row():
    body = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"id": "1"}]}]}

    assert values(json.dumps(body)) == [body]

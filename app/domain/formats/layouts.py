"""How a file lays out its values: one a line, in an array, in a table. The same for every format that does it so.

A value is what one row becomes in a format, as JSON knows values. `join` writes values as pieces of a file, line ends
included, so that a million of them stream in flat memory; `split` reads them back.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TextIO

Value = dict[str, Any]
MOST_CHARACTERS_IN_CELL = 20_000_000


class Layout(NamedTuple):
    """`split` raises `ValueError` for what is no such file, with the line where it can be named.

    What is not text joins to bytes, and splits a file of bytes.
    """

    extension: str
    mimetype: str
    join: Callable[[Iterable[Value], str], Iterator[str] | Iterator[bytes]]
    split: Callable[[Any], Iterator[Value]]
    is_text: bool = True


def to_json(value: Any) -> str:
    """Return a value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


def _join_lines(values: Iterable[Value], _skill: str) -> Iterator[str]:
    for value in values:
        yield to_json(value) + "\n"


def _split_lines(file: TextIO) -> Iterator[Value]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise ValueError(f"Line {number} is no JSON: {error}.") from error
        if not isinstance(value, dict):
            raise ValueError(f"Line {number} is no JSON object.")
        yield value


def _join_array(values: Iterable[Value], _skill: str) -> Iterator[str]:
    yield from _between("[\n", values, "\n]\n")


def _split_array(file: TextIO) -> Iterator[Value]:
    yield from _objects(_load(file))


def _join_evals(values: Iterable[Value], skill: str) -> Iterator[str]:
    numbered = ({"id": number, **value} for number, value in enumerate(values, start=1))
    yield from _between(f'{{"skill_name": {json.dumps(skill)}, "evals": [\n', numbered, "\n]}\n")


def _split_evals(file: TextIO) -> Iterator[Value]:
    body = _load(file)
    if not isinstance(body, dict) or "evals" not in body:
        raise ValueError("This is no evals.json: it has no list named evals.")
    for value in _objects(body["evals"]):
        yield {name: part for name, part in value.items() if name != "id"}


def _join_upload(values: Iterable[Value], skill: str) -> Iterator[str]:
    """One body with parallel lists: the one layout that is held in memory whole, as whoever uploads it does."""
    rows = list(values)
    body = {
        "action": "create",
        "name": skill,
        "inputs": [row["input"] for row in rows],
        "outputs": [row["output"] for row in rows],
        "metadata": [row["metadata"] for row in rows],
    }
    yield to_json(body) + "\n"


def _split_upload(file: TextIO) -> Iterator[Value]:
    body = _load(file)
    try:
        lists = (body["inputs"], body["outputs"], body["metadata"])
        for given, answered, metadata in zip(*lists, strict=True):
            yield {"input": given, "output": answered, "metadata": metadata}
    except (KeyError, TypeError) as error:
        raise ValueError("This has no lists named inputs, outputs and metadata.") from error
    except ValueError as error:
        raise ValueError("The lists inputs, outputs and metadata are not equally long.") from error


def _join_opinions(values: Iterable[Value], _skill: str) -> Iterator[str]:
    """Each answer is a line of its own: the gold one is good, the one that was corrected is not."""
    for value in values:
        yield to_json({"prompt": value["prompt"], "completion": value["completion"], "label": True}) + "\n"
        if "rejected" in value:
            yield to_json({"prompt": value["prompt"], "completion": value["rejected"], "label": False}) + "\n"


def _split_opinions(file: TextIO) -> Iterator[Value]:
    """Put the two answers to one prompt together again where they follow each other."""
    waiting: Value | None = None
    for value in _split_lines(file):
        if not {"prompt", "completion", "label"} <= value.keys():
            raise ValueError("A line has no prompt, completion and label.")
        if waiting and not value["label"] and value["prompt"] == waiting["prompt"]:
            yield {**waiting, "rejected": value["completion"]}
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = {"prompt": value["prompt"], "completion": value["completion"]}
    if waiting:
        yield waiting


def table(columns: tuple[str, ...]) -> Layout:
    """Return the layout of a CSV file with these columns (RFC 4180, with LF; everything is quoted, because a carriage
    return in a text has to be)."""

    def join(values: Iterable[Value], _skill: str) -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(columns)
        for value in values:
            writer.writerow(["" if value[name] is None else str(value[name]) for name in columns])
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
        yield buffer.getvalue()

    return Layout("csv", "text/csv", join, _split_table)


def _split_table(file: TextIO) -> Iterator[Value]:
    csv.field_size_limit(MOST_CHARACTERS_IN_CELL)
    reader = csv.DictReader(file)
    try:
        if not {"input", "output"} <= set(reader.fieldnames or ()):
            raise ValueError("The first line names no columns input and output.")
        yield from reader
    except csv.Error as error:
        raise ValueError(f"Line {reader.line_num} is no CSV: {error}.") from error


def _between(before: str, values: Iterable[Value], after: str) -> Iterator[str]:
    yield before
    separator = ""
    for value in values:
        yield separator + to_json(value)
        separator = ",\n"
    yield after


def _load(file: TextIO) -> Any:
    try:
        return json.load(file)
    except ValueError as error:
        raise ValueError(f"This is no JSON: {error}.") from error


def _objects(values: Any) -> Iterator[Value]:
    if not isinstance(values, list):
        raise ValueError("This is no list of objects.")
    for number, value in enumerate(values, start=1):
        if not isinstance(value, dict):
            raise ValueError(f"Entry {number} is no object.")
        yield value


LINES = Layout("jsonl", "application/jsonl", _join_lines, _split_lines)
ARRAY = Layout("json", "application/json", _join_array, _split_array)
EVALS = Layout("json", "application/json", _join_evals, _split_evals)
UPLOAD = Layout("json", "application/json", _join_upload, _split_upload)
OPINIONS = Layout("jsonl", "application/jsonl", _join_opinions, _split_opinions)

"""The columns of values that are imported: their names, those within objects with dots; which field each usually is.

Tables, and tools that name the parts of an input as they like (MLflow, LangSmith, Langfuse, Phoenix), are read by them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from app.domain.formats.layouts import Value

USUAL_NAMES: Mapping[str, Sequence[str]] = {
    "input": (
        *("input", "prompt", "question", "instruction", "query", "request", "text", "user", "example_input"),
        *("inputs", "vars"),
    ),
    "output": (
        *("output", "completion", "answer", "response", "target", "actual_output", "assistant", "example_output"),
        *("outputs", "expectations", "reference_outputs"),
    ),
    "expected_output": (
        *("expected_output", "expected", "reference", "ideal", "ground_truth", "corrected"),
        *("expected_response", "expected_answer", "reference_output", "__expected"),
    ),
    "quality_score": ("quality_score", "score", "rating"),
    "evaluation_only": ("evaluation_only", "eval_only", "holdout"),
    "tags": ("tags", "labels", "categories"),
    "metadata": ("metadata", "meta"),
    "turns": ("turns", "history", "context_messages"),
}
MOST_COLUMNS = 200
_DEEPEST_COLUMN = 3


def columns_of(values: Iterable[Value]) -> list[str]:
    """Return the names that values have, in the order in which they come; those within objects with dots."""
    found = dict.fromkeys(path for value in values for path in _paths_in(value))
    return list(islice(found, MOST_COLUMNS))


def _paths_in(value: Value, before: str = "") -> Iterator[str]:
    for name, part in value.items():
        yield before + name
        if isinstance(part, dict) and before.count(".") < _DEEPEST_COLUMN:
            yield from _paths_in(part, f"{before}{name}.")


def guess_columns(columns: Sequence[str]) -> dict[str, str]:
    """Return the column of each field, by its name; empty where none is called so."""
    names = _names_of(columns)
    guessed: dict[str, str] = {}
    for field, usual in USUAL_NAMES.items():
        found = next((names[name] for name in usual if name in names), "")
        guessed[field] = "" if found in guessed.values() else found
    if not guessed["output"] and guessed["expected_output"]:  # one answer, and it is the one that is wanted
        guessed |= {"output": guessed["expected_output"], "expected_output": ""}
    guessed["metadata"] = next((name for name in USUAL_NAMES["metadata"] if name in columns), guessed["metadata"])
    return guessed


def _names_of(columns: Sequence[str]) -> dict[str, str]:
    """Return columns by what they are called: the outer ones first, each by its last name, and one that stands alone in
    an object by that one's name too."""
    within: dict[str, list[str]] = {}
    for column in columns:
        if "." in column:
            within.setdefault(column.rpartition(".")[0], []).append(column)
    names: dict[str, str] = {}
    for column in sorted(columns, key=lambda column: column.count(".")):
        if column not in within and column.partition(".")[0] not in USUAL_NAMES["metadata"]:
            names.setdefault(_usual(column.rpartition(".")[2]), column)
    for outer, inner in within.items():
        if len(inner) == 1 and inner[0] not in within:
            names.setdefault(_usual(outer.rpartition(".")[2]), inner[0])
    return names


def _usual(name: str) -> str:
    """Return a name as it is compared: `expectedOutput` and `Expected output` are both `expected_output`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[ -]", "_", name.strip()).lower()


def cell_at(value: Any, column: str) -> Any:
    """Return what stands in a column: under its name, or within objects, whose names stand before it with dots."""
    if not isinstance(value, Mapping):
        return None
    if column in value:
        return value[column]
    starts = (at for at, character in enumerate(column) if character == ".")
    inner = ((value.get(column[:at]), column[at + 1 :]) for at in starts)
    return next((found for outer, rest in inner if (found := cell_at(outer, rest)) is not None), None)

"""Bodies to upload to evaluation platforms: Langfuse, Phoenix, LangSmith, MLflow."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.datasets import Row
from app.domain.formats.base import Format, Record, document, lines, read_lines


def _loses(row: Row) -> str | None:
    return "the rejected output" if row.is_pair else None


def _facts(record: Record) -> dict[str, Any]:
    facts = {"hash": record.hash, "quality_score": record.row.quality_score}
    return {name: value for name, value in facts.items() if value is not None}


def _write_langfuse(record: Record, skill: str) -> dict[str, Any]:
    return {
        "datasetName": skill,
        "id": f"{skill}-{record.hash[:32]}",
        "input": record.row.input,
        "expectedOutput": record.row.gold,
        "metadata": _facts(record),
    }


def _read_langfuse(value: dict[str, Any]) -> Row:
    return Row(value["input"], value["expectedOutput"], None, value.get("metadata", {}).get("quality_score"))


def _write_langsmith(record: Record, _skill: str) -> dict[str, Any]:
    return {
        "inputs": {"input": record.row.input},
        "outputs": {"output": record.row.gold},
        "metadata": _facts(record),
    }


def _read_langsmith(value: dict[str, Any]) -> Row:
    score = value.get("metadata", {}).get("quality_score")
    return Row(value["inputs"]["input"], value["outputs"]["output"], None, score)


def _write_mlflow(record: Record, _number: int) -> dict[str, Any]:
    tags = {name: str(value) for name, value in _facts(record).items()}
    return {
        "inputs": {"input": record.row.input},
        "expectations": {"expected_response": record.row.gold},
        "tags": tags,
    }


def _read_mlflow(text: str) -> Iterator[Row]:
    for value in json.loads(text):
        score = value.get("tags", {}).get("quality_score")
        expected = value["expectations"]["expected_response"]
        yield Row(value["inputs"]["input"], expected, None, int(score) if score else None)


def _write_phoenix(records: Iterable[Record], skill: str) -> Iterator[str]:
    """One body with parallel lists: the one shape here that is held in memory whole, as whoever uploads it does."""
    rows = list(records)
    body: dict[str, Any] = {
        "action": "create",
        "name": skill,
        "inputs": [{"input": record.row.input} for record in rows],
        "outputs": [{"output": record.row.gold} for record in rows],
        "metadata": [_facts(record) for record in rows],
    }
    yield json.dumps(body, ensure_ascii=False) + "\n"


def _read_phoenix(text: str) -> Iterator[Row]:
    body = json.loads(text)
    for given, answered, facts in zip(body["inputs"], body["outputs"], body["metadata"], strict=True):
        yield Row(given["input"], answered["output"], None, facts.get("quality_score"))


LANGFUSE = Format(
    "langfuse",
    "Langfuse dataset items",
    "jsonl",
    "application/jsonl",
    lines(_write_langfuse),
    read_lines(_read_langfuse),
    _loses,
    "One answer a row. POST each line to /api/public/dataset-items.",
    "Langfuse public API",
)
PHOENIX = Format(
    "phoenix",
    "Phoenix dataset",
    "json",
    "application/json",
    _write_phoenix,
    _read_phoenix,
    _loses,
    "One answer a row. POST it to /v1/datasets/upload.",
    "Phoenix REST API",
)
LANGSMITH = Format(
    "langsmith",
    "LangSmith examples",
    "jsonl",
    "application/jsonl",
    lines(_write_langsmith),
    read_lines(_read_langsmith),
    _loses,
    "One answer a row.",
    "LangSmith SDK, August 2026",
)
MLFLOW = Format(
    "mlflow",
    "MLflow evaluation dataset",
    "json",
    "application/json",
    document(_write_mlflow),
    _read_mlflow,
    _loses,
    "One answer a row.",
    "MLflow GenAI datasets",
)

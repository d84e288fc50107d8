"""Bodies to upload to evaluation platforms: Langfuse, Phoenix, LangSmith, MLflow."""

from dataclasses import replace
from typing import Any

from app.domain.datasets import Row
from app.domain.example_details import clean_tags
from app.domain.formats.base import Format, Part, Purpose, Record
from app.domain.formats.chat import prompt_of, read_prompt
from app.domain.formats.facts import facts_of, row_with_facts
from app.domain.formats.layouts import ARRAY, LINES, UPLOAD, Value


def _given(row: Row) -> dict[str, Any]:
    """Return what the model is given: the input, or the conversation up to it."""
    return {"messages": prompt_of(row)} if row.turns else {"input": row.input}


def _row_given(given: Value, output: str) -> Row:
    if "messages" not in given:
        return Row(given["input"], output)
    turns, question = read_prompt(given["messages"])
    return Row(question, output, turns=turns)


def _langfuse_value_of(record: Record, skill: str) -> Value:
    return {
        "datasetName": skill,
        "id": f"{skill}-{record.hash[:32]}",
        "input": _given(record.row) if record.row.turns else record.row.input,
        "expectedOutput": record.row.gold,
        "metadata": facts_of(record),
    }


def _row_of_langfuse(value: Value) -> Row:
    given = value["input"]
    row = _row_given({"input": given} if isinstance(given, str) else given, value["expectedOutput"])
    return row_with_facts(row, value.get("metadata"))


def _langsmith_value_of(record: Record, _skill: str) -> Value:
    return {
        "inputs": _given(record.row),
        "outputs": {"output": record.row.gold},
        "metadata": facts_of(record),
    }


def _row_of_langsmith(value: Value) -> Row:
    return row_with_facts(_row_given(value["inputs"], value["outputs"]["output"]), value.get("metadata"))


def _mlflow_value_of(record: Record, _skill: str) -> Value:
    return {
        "inputs": _given(record.row),
        "expectations": {"expected_response": record.row.gold},
        "tags": _mlflow_tags(record),
    }


def _mlflow_tags(record: Record) -> dict[str, str]:
    """Return what MLflow calls tags: names with texts."""
    row = record.row
    tags = {
        "hash": record.hash,
        "quality_score": row.quality_score,
        "tags": ", ".join(row.tags) or None,
        "evaluation_only": "true" if row.evaluation_only else None,
    }
    return {name: str(value) for name, value in tags.items() if value is not None}


def _row_of_mlflow(value: Value) -> Row:
    tags = value.get("tags") or {}
    row = _row_given(value["inputs"], value["expectations"]["expected_response"])
    score = tags.get("quality_score")
    return replace(
        row,
        quality_score=int(score) if score else None,
        tags=clean_tags(tags.get("tags") or ""),
        evaluation_only=tags.get("evaluation_only") == "true",
    )


def _phoenix_value_of(record: Record, _skill: str) -> Value:
    return {"input": _given(record.row), "output": {"output": record.row.gold}, "metadata": facts_of(record)}


def _row_of_phoenix(value: Value) -> Row:
    return row_with_facts(_row_given(value["input"], value["output"]["output"]), value.get("metadata"))


_HOLDS = frozenset({Part.SCORE, Part.TURNS, Part.TAGS, Part.METADATA, Part.EVALUATION_ONLY})
LANGFUSE = Format(
    "langfuse",
    "Langfuse dataset items",
    LINES,
    Purpose.EVALUATION,
    _langfuse_value_of,
    _row_of_langfuse,
    _HOLDS,
    "One answer a row. POST each line to /api/public/dataset-items.",
    "Langfuse public API",
    version=2,
)
PHOENIX = Format(
    "phoenix",
    "Phoenix dataset",
    UPLOAD,
    Purpose.EVALUATION,
    _phoenix_value_of,
    _row_of_phoenix,
    _HOLDS,
    "One answer a row. POST it to /v1/datasets/upload.",
    "Phoenix REST API",
    version=2,
)
LANGSMITH = Format(
    "langsmith",
    "LangSmith examples",
    LINES,
    Purpose.EVALUATION,
    _langsmith_value_of,
    _row_of_langsmith,
    _HOLDS,
    "One answer a row.",
    "LangSmith SDK, August 2026",
    version=2,
)
MLFLOW = Format(
    "mlflow",
    "MLflow evaluation dataset",
    ARRAY,
    Purpose.EVALUATION,
    _mlflow_value_of,
    _row_of_mlflow,
    _HOLDS - {Part.METADATA},
    "One answer a row.",
    "MLflow GenAI datasets",
    version=2,
)

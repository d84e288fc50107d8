"""Bodies to upload to evaluation platforms: Langfuse, Phoenix, LangSmith, MLflow."""

from typing import Any

from app.domain.datasets import Row
from app.domain.formats.base import Format, Purpose, Record, keeps_gold_and_score
from app.domain.formats.layouts import ARRAY, LINES, UPLOAD, Value


def _facts(record: Record) -> dict[str, Any]:
    facts = {"hash": record.hash, "quality_score": record.row.quality_score}
    return {name: value for name, value in facts.items() if value is not None}


def _langfuse_value_of(record: Record, skill: str) -> Value:
    return {
        "datasetName": skill,
        "id": f"{skill}-{record.hash[:32]}",
        "input": record.row.input,
        "expectedOutput": record.row.gold,
        "metadata": _facts(record),
    }


def _row_of_langfuse(value: Value) -> Row:
    return Row(value["input"], value["expectedOutput"], None, (value.get("metadata") or {}).get("quality_score"))


def _langsmith_value_of(record: Record, _skill: str) -> Value:
    return {
        "inputs": {"input": record.row.input},
        "outputs": {"output": record.row.gold},
        "metadata": _facts(record),
    }


def _row_of_langsmith(value: Value) -> Row:
    score = (value.get("metadata") or {}).get("quality_score")
    return Row(value["inputs"]["input"], value["outputs"]["output"], None, score)


def _mlflow_value_of(record: Record, _skill: str) -> Value:
    return {
        "inputs": {"input": record.row.input},
        "expectations": {"expected_response": record.row.gold},
        "tags": {name: str(value) for name, value in _facts(record).items()},
    }


def _row_of_mlflow(value: Value) -> Row:
    score = (value.get("tags") or {}).get("quality_score")
    return Row(
        value["inputs"]["input"], value["expectations"]["expected_response"], None, int(score) if score else None
    )


def _phoenix_value_of(record: Record, _skill: str) -> Value:
    return {"input": {"input": record.row.input}, "output": {"output": record.row.gold}, "metadata": _facts(record)}


def _row_of_phoenix(value: Value) -> Row:
    return Row(value["input"]["input"], value["output"]["output"], None, value["metadata"].get("quality_score"))


LANGFUSE = Format(
    "langfuse",
    "Langfuse dataset items",
    LINES,
    Purpose.EVALUATION,
    _langfuse_value_of,
    _row_of_langfuse,
    keeps_gold_and_score,
    "One answer a row. POST each line to /api/public/dataset-items.",
    "Langfuse public API",
)
PHOENIX = Format(
    "phoenix",
    "Phoenix dataset",
    UPLOAD,
    Purpose.EVALUATION,
    _phoenix_value_of,
    _row_of_phoenix,
    keeps_gold_and_score,
    "One answer a row. POST it to /v1/datasets/upload.",
    "Phoenix REST API",
)
LANGSMITH = Format(
    "langsmith",
    "LangSmith examples",
    LINES,
    Purpose.EVALUATION,
    _langsmith_value_of,
    _row_of_langsmith,
    keeps_gold_and_score,
    "One answer a row.",
    "LangSmith SDK, August 2026",
)
MLFLOW = Format(
    "mlflow",
    "MLflow evaluation dataset",
    ARRAY,
    Purpose.EVALUATION,
    _mlflow_value_of,
    _row_of_mlflow,
    keeps_gold_and_score,
    "One answer a row.",
    "MLflow GenAI datasets",
)

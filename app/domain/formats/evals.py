"""Test cases, for what evaluates: promptfoo, inspect-ai, DeepEval, and a skill's own evals/evals.json."""

from collections.abc import Sequence

from app.domain.datasets import Row
from app.domain.formats.base import Format, Part, Purpose, Record
from app.domain.formats.chat import prompt_of, read_prompt
from app.domain.formats.facts import facts_of, row_with_facts
from app.domain.formats.layouts import ARRAY, EVALS, LINES, Value


def _promptfoo_value_of(record: Record, _skill: str) -> Value:
    # Values go into `vars`, not into assertions by prefix: an answer that begins like "contains:" stays an answer.
    return {
        "description": record.hash[:12],
        "vars": {"input": record.row.input, "expected": record.row.gold},
        "assert": [{"type": "equals", "value": record.row.gold}],
        "metadata": facts_of(record),
    }


def _row_of_promptfoo(value: Value) -> Row:
    """Read a test of ours; or one of others that has one variable, and one answer that it has to equal."""
    given = value["vars"]
    if "input" in given and "expected" in given:
        return row_with_facts(Row(given["input"], given["expected"]), value.get("metadata"))
    [question] = (one for name, one in given.items() if name != "expected")
    [answer] = [given["expected"]] if "expected" in given else _answers_in(value["assert"])
    return row_with_facts(Row(question, answer), value.get("metadata"))


def _answers_in(assertions: Sequence[Value]) -> list[str]:
    return [one["value"] for one in assertions if one["type"] == "equals"]


def _inspect_value_of(record: Record, _skill: str) -> Value:
    return {
        "id": record.hash[:16],
        "input": prompt_of(record.row) if record.row.turns else record.row.input,
        "target": record.row.gold,
        "metadata": facts_of(record),
    }


def _row_of_inspect(value: Value) -> Row:
    given, target = value["input"], value["target"]
    turns, question = ((), given) if isinstance(given, str) else read_prompt(given)
    row = Row(question, target[0] if isinstance(target, list) else target, turns=turns)
    return row_with_facts(row, value.get("metadata"))


def _deepeval_value_of(record: Record, _skill: str) -> Value:
    row = record.row
    return {
        "input": row.input,
        "actual_output": row.output if row.is_pair else None,
        "expected_output": row.gold,
        "additional_metadata": facts_of(record),
    }


def _row_of_deepeval(value: Value) -> Row:
    actual, expected = value.get("actual_output"), value["expected_output"]
    row = Row(value["input"], expected) if actual is None else Row(value["input"], actual, expected)
    return row_with_facts(row, value.get("additional_metadata"))


def _skill_eval_value_of(record: Record, _skill: str) -> Value:
    return {"prompt": record.row.input, "expected_output": record.row.gold, "files": []}


def _row_of_skill_eval(value: Value) -> Row:
    return Row(value["prompt"], value["expected_output"])


_FACTS = frozenset({Part.SCORE, Part.TAGS, Part.METADATA, Part.EVALUATION_ONLY})
PROMPTFOO = Format(
    "promptfoo",
    "promptfoo tests",
    LINES,
    Purpose.EVALUATION,
    _promptfoo_value_of,
    _row_of_promptfoo,
    _FACTS,
    "One answer a row. promptfoo takes {{...}} in a text for a template.",
    "promptfoo test cases",
    version=2,
)
INSPECT_AI = Format(
    "inspect-ai",
    "inspect-ai samples",
    LINES,
    Purpose.EVALUATION,
    _inspect_value_of,
    _row_of_inspect,
    _FACTS | {Part.TURNS},
    "One answer a row.",
    "inspect-ai datasets",
    version=2,
)
DEEPEVAL = Format(
    "deepeval",
    "DeepEval goldens",
    ARRAY,
    Purpose.EVALUATION,
    _deepeval_value_of,
    _row_of_deepeval,
    _FACTS | {Part.REJECTED},
    "A corrected row keeps both answers.",
    "DeepEval 4.1 dataset",
    version=2,
)
SKILL_EVALS = Format(
    "skill-evals",
    "evals/evals.json of the skill",
    EVALS,
    Purpose.EVALUATION,
    _skill_eval_value_of,
    _row_of_skill_eval,
    frozenset(),
    "One answer a row; numbers run from 1.",
    "Skill evals",
)

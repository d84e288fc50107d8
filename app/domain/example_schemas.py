"""What the texts of a skill's examples have to look like, as its author says it: JSON Schema, draft 2020-12.

A text that is JSON is judged as what it says, any other as a string. Patterns are refused, because Python's regular
expressions can be made to run for ever, and so are references to other documents: a schema is judged by itself.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError

MAX_CHARACTERS = 20_000
MOST_FAULTS = 5
MOST_CHARACTERS_OF_FAULT = 200
REFUSED_KEYWORDS = ("pattern", "patternProperties", "$dynamicRef")

Schema = dict[str, Any]


class ExampleSchemas(NamedTuple):
    """The schema of inputs and that of outputs; None: anything goes."""

    input: Schema | None = None
    output: Schema | None = None

    def problems(
        self, *, example_input: str, example_output: str, expected_output: str | None = None
    ) -> dict[str, str]:
        """Return one sentence per text that does not fit, naming each fault by its path; empty when all is well."""
        texts = {
            "example_input": (self.input, example_input),
            "example_output": (self.output, example_output if expected_output is None else None),
            "expected_output": (self.output, expected_output),
        }
        found = {
            field: " ".join(_faults(schema, text))
            for field, (schema, text) in texts.items()
            if schema is not None and text is not None
        }
        return {field: f"This does not fit the skill's schema. {faults}" for field, faults in found.items() if faults}


def parse_schema(text: str) -> Schema | None:
    """Return the schema that somebody typed, None for nothing; raise `ValueError` with a sentence for what is none."""
    if not text.strip():
        return None
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"Shorten the schema: up to {MAX_CHARACTERS:,} characters fit.")
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"This is no JSON: {error}.") from error
    if not isinstance(schema, dict):
        raise ValueError("A schema is a JSON object.")
    _refuse_keywords(schema)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise ValueError(f"This is no JSON Schema: {_sentence(error)}") from error
    return schema


def _refuse_keywords(value: Any) -> None:
    if isinstance(value, list):
        for part in value:
            _refuse_keywords(part)
    if not isinstance(value, dict):
        return
    for name, part in value.items():
        if name in REFUSED_KEYWORDS:
            raise ValueError(f"Leave {name} away: it is not supported here.")
        if name == "$ref" and not str(part).startswith("#"):
            raise ValueError("A $ref may only lead to a place in the same schema, like #/$defs/item.")
        _refuse_keywords(part)


def _faults(schema: Schema, text: str) -> Iterator[str]:
    errors = sorted(Draft202012Validator(schema).iter_errors(_read(text)), key=lambda error: list(map(str, error.path)))
    for error in errors[:MOST_FAULTS]:
        yield _sentence(error)
    if len(errors) > MOST_FAULTS:
        yield f"And {len(errors) - MOST_FAULTS} more."


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _sentence(error: ValidationError | SchemaError) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.path).lstrip(".")
    message = error.message
    if len(message) > MOST_CHARACTERS_OF_FAULT:  # it has the value itself in it, however long
        message = f"it does not satisfy {error.validator}"
    return f"{path or 'The whole'}: {message}."

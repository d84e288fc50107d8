"""What the texts of a skill's examples have to look like, as its author says it: JSON Schema, draft 2020-12.

A text that is JSON is judged as what it says, any other as a string. Patterns are refused, because Python's regular
expressions can be made to run for ever, and so are references to other documents: a schema is judged by itself.
References within it can multiply what is to be judged beyond all bounds, so judging one text ends after `MOST_STEPS`.
"""

import json
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from itertools import count
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from app.domain.datasets import canonical

MAX_CHARACTERS = 20_000
MOST_FAULTS = 5
MOST_CHARACTERS_OF_FAULT = 200
MOST_STEPS = 50_000
"""Keywords that are applied to one text: seconds, at the very most."""
REFUSED_KEYWORDS = ("pattern", "patternProperties", "$dynamicRef")
TOO_MUCH = "The schema is too deep, or leads back to itself too often, to judge this text by it."

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
    try:
        Draft202012Validator.check_schema(schema)
        for part in _schemas_in(schema):
            _refuse_keywords(part)
    except SchemaError as error:
        raise ValueError(f"This is no JSON Schema: {_sentence(error)}") from error
    except RecursionError as error:
        raise ValueError("Write the schema less deep.") from error
    if TOO_MUCH in _faults(schema, "null"):
        raise ValueError("A $ref leads back to itself, or there are too many of them.")
    return schema


def _schemas_in(schema: Schema) -> Iterator[Schema]:
    """Yield the schema and every one within it, those included that only a reference makes one."""
    whole = DRAFT202012.create_resource(schema)
    resolver = Registry().with_resource(schema.get("$id", ""), whole).resolver(schema.get("$id", ""))
    waiting, seen = [schema], {id(schema)}
    while waiting:
        part = waiting.pop()
        yield part
        found = [*DRAFT202012.subresources_of(part)]
        if "$ref" in part:
            try:
                found.append(resolver.lookup(part["$ref"]).contents)
            except Unresolvable as error:
                raise ValueError(f"The $ref {part['$ref']} leads nowhere.") from error
        for one in found:
            if isinstance(one, bool) or id(one) in seen:
                continue
            if not isinstance(one, dict):
                raise ValueError("A $ref leads to what is no schema.")
            if "$id" in one:
                raise ValueError("Leave $id away, but for the whole schema: it is not supported here.")
            seen.add(id(one))
            waiting.append(one)


def _refuse_keywords(schema: Schema) -> None:
    for name in REFUSED_KEYWORDS:
        if name in schema:
            raise ValueError(f"Leave {name} away: it is not supported here.")
    if not str(schema.get("$ref", "#")).startswith("#"):
        raise ValueError("A $ref may only lead to a place in the same schema, like #/$defs/item.")


_steps: ContextVar[Iterator[int]] = ContextVar("steps")


class _TooMuch(Exception):
    """Judging a text takes too long."""


def _counted(keyword: Callable[..., Any]) -> Callable[..., Any]:
    """Return a keyword of JSON Schema that counts how often it is applied."""

    def apply(validator: Any, *wanted: Any) -> Any:
        if next(_steps.get()) > MOST_STEPS:
            raise _TooMuch
        return keyword(validator, *wanted)

    return apply


def _are_unique(_validator: Any, wanted: Any, values: Any, _schema: Any) -> Iterator[ValidationError]:
    """Apply `uniqueItems` at a cost that grows with the values, where the library compares each with each."""
    if wanted and isinstance(values, list) and len({canonical(_as_equals(value)) for value in values}) < len(values):
        yield ValidationError("it has non-unique elements")


def _as_equals(value: Any) -> Any:
    """Return a value with its numbers written as JSON Schema compares them: 1.0 is 1."""
    if isinstance(value, dict):
        return {name: _as_equals(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_equals(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


_Validator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {name: _counted(rule) for name, rule in {**Draft202012Validator.VALIDATORS, "uniqueItems": _are_unique}.items()},
)


def _faults(schema: Schema, text: str) -> list[str]:
    """Return a sentence for each of the first faults of a text."""
    _steps.set(count())
    try:
        errors = sorted(_Validator(schema).iter_errors(_read(text)), key=lambda error: list(map(str, error.path)))
    except (_TooMuch, RecursionError):
        return [TOO_MUCH]
    except Unresolvable as error:  # in a schema that was stored before this was asked
        return [f"The $ref {error.ref} of the schema leads nowhere."]
    more = [f"And {len(errors) - MOST_FAULTS} more."] if len(errors) > MOST_FAULTS else []
    return [_sentence(error) for error in errors[:MOST_FAULTS]] + more


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

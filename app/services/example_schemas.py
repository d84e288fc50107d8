"""The schemas of a skill's examples: its author says them, and every door through which golden examples come asks."""

from app.domain.errors import Invalid
from app.domain.example_schemas import ExampleSchemas, Schema, parse_schema
from app.models import Skill, User
from app.policies import Action, check
from app.services import audit
from app.services.skills import get_skill, lock_skill
from app.services.transactions import writing


def schemas_of(skill: Skill) -> ExampleSchemas:
    """Return what the texts of the skill's examples have to look like."""
    return ExampleSchemas(skill.input_schema, skill.output_schema)


def check_texts(skill: Skill, *, example_input: str, example_output: str, expected_output: str | None = None) -> None:
    """Raise `Invalid`, naming every fault by its path, where the texts do not fit the skill's schemas."""
    problems = schemas_of(skill).problems(
        example_input=example_input, example_output=example_output, expected_output=expected_output
    )
    if problems:
        raise Invalid(problems)


def change_schemas(actor: User, *, skill_id: int, input_schema: str, output_schema: str) -> Skill:
    """Say what the texts of new examples have to look like; empty: anything goes. Only the skill's author may.

    Examples that are there already stay as they are.
    """
    check(actor, Action.CHANGE_SCHEMAS, get_skill(skill_id))
    schemas, problems = {}, {}
    for field, text in (("input_schema", input_schema), ("output_schema", output_schema)):
        try:
            schemas[field] = parse_schema(text)
        except ValueError as error:
            problems[field] = str(error)
    if problems:
        raise Invalid(problems)
    with writing():
        skill = lock_skill(skill_id)
        check(actor, Action.CHANGE_SCHEMAS, skill)
        skill.input_schema, skill.output_schema = schemas["input_schema"], schemas["output_schema"]
        audit.record(
            actor_id=actor.id,
            action="skill.schemas_changed",
            subject="skill",
            subject_id=skill.id,
            input=_size(skill.input_schema),
            output=_size(skill.output_schema),
        )
    return skill


def _size(schema: Schema | None) -> int | None:
    """Return how many keywords a schema has at its top, which is all that the audit log needs of it."""
    return None if schema is None else len(schema)

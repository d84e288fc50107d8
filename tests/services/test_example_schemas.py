"""Schemas of examples: every door through which golden examples come asks, and names each fault by its path."""

import io
import json

import pytest
from sqlalchemy import select

from app.domain.errors import Invalid, NotAllowed
from app.domain.example_schemas import ExampleSchemas, parse_schema
from app.domain.reviews import Verb
from app.jobs.worker import run_job
from app.models import ImportRow, TrainingExample
from app.services.example_schemas import change_schemas
from app.services.imports import begin_adding, stage_import
from app.services.reviews import decide, decide_on_all
from app.services.training_example_lists import EVERYTHING
from app.services.training_examples import edit_training_example, submit_training_example
from app.services.transactions import reading
from tests.support.factories import capture, make_example
from tests.support.tables import last_audit_record

pytestmark = pytest.mark.slow

TOTAL = {"type": "object", "required": ["total"], "properties": {"total": {"type": "number"}}}
DOUBLING = {str(number): {"allOf": 2 * [{"$ref": f"#/$defs/{number + 1}"}]} for number in range(40)} | {"40": {}}
GOOD, BAD = '{"total": 3}', '{"total": "three"}'


@pytest.fixture
def with_schema(author, skill):
    return change_schemas(author, skill_id=skill.id, input_schema="", output_schema=json.dumps(TOTAL))


def submit(author, skill, output):
    return submit_training_example(author, skill_id=skill.id, example_input=f"In {output}", example_output=output)


def test_what_fits_is_added_and_what_does_not_is_refused_by_its_path(author, with_schema):
    submit(author, with_schema, GOOD)

    with pytest.raises(Invalid) as caught:
        submit(author, with_schema, BAD)

    assert set(caught.value.errors) == {"example_output"}
    assert "total: 'three' is not of type 'number'" in caught.value.errors["example_output"]
    with pytest.raises(Invalid, match="is not of type 'object'"):
        submit(author, with_schema, "Three euros.")


def test_an_edit_is_asked_too(author, with_schema):
    example = submit(author, with_schema, GOOD).example

    with pytest.raises(Invalid, match="does not fit"):
        edit_training_example(author, example_id=example.id, revision=1, example_input="In", example_output=BAD)


def test_what_was_there_before_stays(author, skill):
    make_example(skill, "Before", "No JSON")
    change_schemas(author, skill_id=skill.id, input_schema="", output_schema=json.dumps(TOTAL))

    assert reading().scalars(select(TrainingExample)).one().example_output == "No JSON"


def test_a_captured_example_is_approved_only_where_it_fits_or_is_corrected_to(author, viewer, with_schema):
    example = capture(with_schema, viewer, "Asked", BAD)

    with pytest.raises(Invalid, match="does not fit"):
        decide(author, example_id=example.id, revision=1, verb=Verb.APPROVE)
    with pytest.raises(Invalid, match="does not fit"):
        decide(author, example_id=example.id, revision=1, verb=Verb.CORRECT, expected_output=BAD)
    decide(author, example_id=example.id, revision=1, verb=Verb.CORRECT, expected_output=GOOD)


def test_many_are_not_approved_unseen(author, viewer, with_schema):
    example = capture(with_schema, viewer, "Asked", BAD)

    with pytest.raises(Invalid, match="one by one"):
        decide_on_all(author, skill_id=with_schema.id, verb=Verb.APPROVE, wanted=EVERYTHING, up_to=example.id)
    decide_on_all(author, skill_id=with_schema.id, verb=Verb.REJECT, wanted=EVERYTHING, up_to=example.id, reason="No")


def staged(author, skill):
    rows = [{"input": "One", "output": GOOD}, {"input": "Two", "output": BAD}]
    file = io.BytesIO("\n".join(map(json.dumps, rows)).encode())
    made = stage_import(author, skill_id=skill.id, file=file, file_name="a file")
    run_job()
    return made


def verdicts():
    return [(row.verdict, row.reason) for row in reading().scalars(select(ImportRow).order_by(ImportRow.number))]


def test_an_import_is_asked_row_by_row(author, with_schema):
    staged(author, with_schema)

    (first, _), (second, why) = verdicts()
    assert (first, second) == ("new", "refused")
    assert why.startswith("The output: This does not fit the skill's schema. total:")


def test_a_schema_that_changes_before_the_addition_counts(author, skill):
    made = staged(author, skill)
    change_schemas(author, skill_id=skill.id, input_schema="", output_schema=json.dumps(TOTAL))
    begin_adding(author, skill_id=skill.id, import_id=made.id)

    run_job()

    assert [verdict for verdict, _ in verdicts()] == ["added", "refused"]
    assert len(reading().scalars(select(TrainingExample)).all()) == 1


def test_only_the_author_says_what_examples_look_like(viewer, admin, skill):
    for somebody in (viewer, admin):
        with pytest.raises(NotAllowed, match="author"):
            change_schemas(somebody, skill_id=skill.id, input_schema="{}", output_schema="")


def test_a_change_is_audited_and_taken_back_by_nothing(author, with_schema):
    assert last_audit_record().action == "skill.schemas_changed"

    skill = change_schemas(author, skill_id=with_schema.id, input_schema=" ", output_schema="")

    assert (skill.input_schema, skill.output_schema) == (None, None)
    submit(author, skill, "Three euros.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "no JSON"),
        ("[]", "JSON object"),
        ('{"type": "thing"}', "no JSON Schema"),
        ('{"pattern": "(a+)+$"}', "Leave pattern away"),
        ('{"properties": {"a": {"patternProperties": {}}}}', "Leave patternProperties away"),
        ('{"$ref": "https://example.com/schema.json"}', "same schema"),
        ('{"title": "' + "x" * 20_000 + '"}', "Shorten"),
        ('{"$ref": "#/$defs/nowhere"}', "leads nowhere"),
        ('{"$ref": "#/title", "title": "No schema"}', "no schema"),
        ('{"$ref": "#/x-kept", "x-kept": {"pattern": "(a+)+$"}}', "Leave pattern away"),
        ('{"$ref": "#"}', "leads back to itself"),
        (json.dumps({"$defs": DOUBLING, "$ref": "#/$defs/0"}), "too many of them"),
        ('{"properties": {"a": {"$id": "another"}}}', "Leave .id away"),
        ('{"allOf": [' * 90 + "{}" + "]}" * 90, "less deep"),
    ],
)
def test_what_is_no_schema_is_refused(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse_schema(text)


def test_a_schema_may_refer_to_its_own_parts():
    schema = parse_schema('{"$ref": "#/$defs/item", "$defs": {"item": {"type": "integer"}}}')

    assert ExampleSchemas(input=schema).problems(example_input="3", example_output="x") == {}
    assert (
        "is not of type"
        in ExampleSchemas(input=schema).problems(example_input="x", example_output="x")["example_input"]
    )


def test_a_property_may_be_named_as_what_is_refused():
    schema = parse_schema('{"properties": {"pattern": {"type": "string"}}, "required": ["pattern"]}')

    assert ExampleSchemas(input=schema).problems(example_input='{"pattern": "a"}', example_output="x") == {}


def test_judging_a_text_ends_however_a_schema_multiplies_it():
    twice = {"properties": {"a": {"$ref": "#"}}}
    schema = parse_schema(json.dumps({"allOf": [twice, twice]}))
    deep = '{"a":' * 40 + "1" + "}" * 40

    assert "too deep" in ExampleSchemas(input=schema).problems(example_input=deep, example_output="x")["example_input"]


@pytest.mark.parametrize(
    ("values", "are_unique"),
    [([1, 1.0], False), ([1, True], True), ([{"a": [1]}, {"a": [1.0]}], False), (["1", 1], True)],
)
def test_values_are_unique_as_json_schema_says(values, are_unique):
    many = [{"n": number} for number in range(5_000)]
    schema = parse_schema('{"uniqueItems": true}')

    problems = ExampleSchemas(input=schema).problems(example_input=json.dumps(many + values), example_output="x")
    assert (problems == {}) is are_unique


def test_a_schema_that_was_stored_with_a_reference_to_nowhere_is_a_sentence():
    problems = ExampleSchemas(input={"$ref": "#/$defs/gone"}).problems(example_input="1", example_output="x")

    assert "leads nowhere" in problems["example_input"]


def test_faults_are_named_by_path_and_not_without_end():
    schema = parse_schema('{"type": "array", "items": {"type": "integer"}}')

    problem = ExampleSchemas(output=schema).problems(
        example_input="x", example_output=json.dumps(["a" * 500, "b", 3, "c", "d", "e", "f"])
    )["example_output"]

    assert "[0]: it does not satisfy type." in problem
    assert "[1]: 'b' is not of type 'integer'." in problem
    assert problem.endswith("And 1 more.")

"""Moving golden examples to another skill of the same author: they are cleaned as texts there are, and must fit there.

What was captured of the usage of a skill stays with it: its user agreed to that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app import config
from app.domain.bulk_changes import Left
from app.domain.errors import Invalid
from app.domain.example_details import details_of
from app.domain.example_schemas import ExampleSchemas
from app.domain.redaction import RedactedText, Redactor
from app.domain.training_examples import CleanExample, Source, Status, clean_example
from app.models import Skill, TrainingExample
from app.services import clock
from app.services.counters import move_counters
from app.services.example_schemas import schemas_of
from app.services.false_alarms import settle_false_alarms
from app.services.golden_examples import find_known_content
from app.services.near_duplicates import note_bands
from app.services.redaction import policy_of
from app.services.tags import note_tags
from app.services.transactions import reading


class Arrival(NamedTuple):
    """How an example (this revision of it) would look in the other skill; `clean` is None where it cannot be there."""

    revision: int
    clean: CleanExample | None
    comment: RedactedText | None


def prepare_arrivals(skill: Skill, examples: Iterable[TrainingExample]) -> dict[int, Arrival]:
    """Return how golden examples would look in `skill`, by their ids. Long texts take their time."""
    policy, schemas, limit = policy_of(skill), schemas_of(skill), config.get("GOLDSET_MAX_EXAMPLE_CHARACTERS")
    return {one.id: _arrival(policy.redactor(), schemas, one, limit) for one in examples if one.source == Source.WEB}


def move_examples(
    skill_id: int, examples: Sequence[TrainingExample], *, to: Skill, arrivals: Mapping[int, Arrival]
) -> dict[int, Left]:
    """Move examples of a skill to another one, as a part of the running change; return which stay, and why.

    `arrivals` were prepared before; those of examples that changed since are made again.
    """
    late = [one for one in examples if one.id not in arrivals or arrivals[one.id].revision != one.revision]
    arrivals = {**arrivals, **prepare_arrivals(to, late)}
    known = find_known_content(to.id, [one.clean.digest for one in arrivals.values() if one.clean])
    stay: dict[int, Left] = {}
    moved: list[TrainingExample] = []
    for one in examples:
        arrival = arrivals.get(one.id)
        if arrival is None:
            stay[one.id] = Left.CAPTURED
        elif arrival.clean is None:
            stay[one.id] = Left.UNFIT
        elif arrival.clean.digest in known:
            stay[one.id] = Left.KNOWN
        else:
            known.add(arrival.clean.digest)
            moved.append(one)
            _move(one, to, arrival.clean, arrival.comment)
    reading().flush()
    counts = Counter(Status(str(one.status)) for one in moved)
    move_counters(skill_id, {status: -count for status, count in counts.items()})
    move_counters(to.id, counts)
    note_tags(to.id, {one.id: one.tags for one in moved}, are_new=False)
    note_bands(*moved, are_new=False)
    return stay


def _arrival(redactor: Redactor, schemas: ExampleSchemas, example: TrainingExample, max_characters: int) -> Arrival:
    try:
        clean = clean_example(
            redactor,
            example_input=example.example_input,
            example_output=example.example_output,
            expected_output=example.expected_output,
            quality_score=example.quality_score,
            details=details_of(example.tags, example.example_metadata, example.turns),
            max_characters=max_characters,
        )
    except Invalid:
        return Arrival(example.revision, None, None)
    texts = {name: getattr(clean, name) for name in ("example_input", "example_output", "expected_output")}
    if schemas.problems(**texts):
        return Arrival(example.revision, None, None)
    comment = None if example.comment is None else redactor.sanitize(example.comment).sanitized
    return Arrival(example.revision, clean, comment)


def _move(example: TrainingExample, to: Skill, clean: CleanExample, comment: RedactedText | None) -> None:
    example.skill_id = to.id
    example.example_input, example.example_output = clean.example_input, clean.example_output
    example.expected_output, example.comment = clean.expected_output, comment
    for name, value in clean.details.to_columns().items():
        setattr(example, name, value)
    example.content_digest = clean.digest
    example.revision += 1
    example.updated_at = clock.now()
    if clean.secrets_found:
        settle_false_alarms(example)

"""Training examples, one at a time: added, edited, deleted, found, and listed.

How costs grow: a page of the list and the count cost the same at any size; adding one walks one path down each index.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from app import config
from app.domain.errors import Duplicate, NotAllowed, NotFound, Stale
from app.domain.example_details import NO_DETAILS, Details, Turn
from app.domain.redaction import RedactedText, Redactor
from app.domain.training_examples import CleanExample, Source, Status, clean_example, content_digest
from app.models import Skill, TrainingExample, User
from app.models.base import is_id
from app.policies import RULES, Action, check
from app.services import audit, clock
from app.services.allowed_texts import allow_texts
from app.services.counters import COUNTERS, note_change
from app.services.example_schemas import check_texts
from app.services.false_alarms import settle_false_alarms
from app.services.former_rows import note_former
from app.services.near_duplicates import note_bands
from app.services.paging import Cursor, Page, make_page
from app.services.redaction import check_digests, policy_of
from app.services.skills import get_skill, lock_skill
from app.services.tags import note_tags
from app.services.training_example_lists import (
    EVERYTHING,
    Filter,
    key_of,
    select_examples,
    select_in_order,
    with_user_names,
)
from app.services.transactions import reading, writing


class TrainingExampleWithUser(NamedTuple):
    """One row of a list: the example, and who added it (None: whose usage it was, who is not named)."""

    example: TrainingExample
    user_name: str | None


@dataclass(frozen=True)
class SavedExample:
    """What saving did: the example as it is stored, and the kinds of secrets that were taken out of it."""

    example: TrainingExample
    secrets_found: tuple[str, ...]


def submit_training_example(
    actor: User,
    *,
    skill_id: int,
    example_input: str,
    example_output: str,
    quality_score: int | None = None,
    evaluation_only: bool = False,
    details: Details = NO_DETAILS,
    not_secret: Collection[str] = (),
) -> SavedExample:
    """Add a golden example: the guarded action behind every door.

    Only the skill's author may (`NotAllowed`, `SignInRequired`); bad values raise `Invalid`, and an input and output
    that are there already raise `Duplicate`. Secrets are replaced before anything is written, but for what the author
    says is none: `not_secret` are digests (`text_digest`), and the skill lets those texts through from then on.
    """
    skill = get_skill(skill_id)
    check(actor, Action.ADD_TRAINING_EXAMPLE, skill)
    redactor = _redactor(skill, not_secret)
    clean = _clean(redactor, example_input, example_output, quality_score, details)
    check_texts(skill, example_input=clean.example_input, example_output=clean.example_output)
    with writing():
        lock_skill(skill_id)
        _refuse_known_content(skill_id, clean.digest)
        example = create_training_example(
            skill_id=skill_id,
            user_id=actor.id,
            example_input=clean.example_input,
            example_output=clean.example_output,
            quality_score=quality_score,
            evaluation_only=evaluation_only,
            details=clean.details,
        )
        _allow(actor, skill_id, redactor, not_secret)
        _audit(actor, "created", example, redacted=list(clean.secrets_found))
    return SavedExample(example, clean.secrets_found)


def create_training_example(
    *,
    skill_id: int,
    user_id: int,
    example_input: str,
    example_output: str,
    expected_output: str | None = None,
    quality_score: int | None = None,
    source: str = "web",
    status: str = "approved",
    usage_event_id: int | None = None,
    evaluation_only: bool = False,
    details: Details = NO_DETAILS,
) -> TrainingExample:
    """Store one example and count it. The skill's vote aggregates stay as they are.

    Every text is redacted. A golden example (`source="web"`) whose `user_id` is not the skill's author raises
    `NotAllowed`, whoever calls.
    """
    source, status = Source(source), Status(status)
    said = [turn.content for turn in details.turns]
    expected = [] if expected_output is None else [expected_output]
    stored_input, stored_output, *stored = _stored(skill_id, [example_input, example_output, *said, *expected])
    stored_expected = stored.pop() if expected else None
    turns = tuple(Turn(turn.role, content) for turn, content in zip(details.turns, stored, strict=True))
    moment = clock.now()
    with writing() as session:
        skill = note_change(skill_id, {status: +1})
        if source is Source.WEB and user_id != skill.author_id:
            raise NotAllowed(RULES[Action.ADD_TRAINING_EXAMPLE].reason)
        example = TrainingExample(
            skill_id=skill_id,
            user_id=user_id,
            example_input=stored_input,
            example_output=stored_output,
            expected_output=stored_expected,
            quality_score=quality_score,
            source=source.value,
            status=status.value,
            usage_event_id=usage_event_id,
            evaluation_only=evaluation_only,
            **details._replace(turns=turns).to_columns(),
            content_digest=content_digest(stored_input, stored_output, turns),
            created_at=moment,
            updated_at=moment,
        )
        session.add(example)
        session.flush()
        note_bands(example, are_new=True)
        note_tags(skill_id, {example.id: example.tags}, are_new=True)
    return example


def edit_training_example(
    actor: User,
    *,
    example_id: int,
    revision: int,
    example_input: str,
    example_output: str,
    quality_score: int | None = None,
    evaluation_only: bool = False,
    details: Details = NO_DETAILS,
    not_secret: Collection[str] = (),
) -> SavedExample:
    """Change an example's texts, its score, its details, and whether it is for evaluation only. Only the author may.

    `revision` is the one that was being edited; when the example has moved on, `Stale` is raised and nothing changes.
    `not_secret` is as in `submit_training_example`.
    """
    before = get_training_example(example_id)
    skill = get_skill(before.skill_id)
    check(actor, Action.EDIT_TRAINING_EXAMPLE, skill)
    redactor = _redactor(skill, not_secret)
    clean = _clean(redactor, example_input, example_output, quality_score, details)
    check_texts(skill, example_input=clean.example_input, example_output=clean.example_output)
    with writing():
        check(actor, Action.EDIT_TRAINING_EXAMPLE, note_change(before.skill_id))
        example = get_for_change(example_id, revision=revision)
        _refuse_known_content(example.skill_id, clean.digest, but=example.id)
        note_former(TrainingExample.id == example.id)
        example.example_input = clean.example_input
        example.example_output = clean.example_output
        example.content_digest = clean.digest
        example.quality_score = quality_score
        example.evaluation_only = evaluation_only
        for name, value in clean.details.to_columns().items():
            setattr(example, name, value)
        example.revision += 1
        example.updated_at = clock.now()
        settle_false_alarms(example)
        note_bands(example, are_new=False)
        note_tags(example.skill_id, {example.id: example.tags}, are_new=False)
        _allow(actor, example.skill_id, redactor, not_secret)
        _audit(actor, "edited", example, redacted=list(clean.secrets_found))
    return SavedExample(example, clean.secrets_found)


def delete_training_example(actor: User, *, example_id: int, revision: int) -> None:
    """Delete an example for good. Only the skill's author may; `Stale` when it is not the one they were looking at."""
    before = get_training_example(example_id)
    check(actor, Action.DELETE_TRAINING_EXAMPLE, get_skill(before.skill_id))
    with writing() as session:
        check(actor, Action.DELETE_TRAINING_EXAMPLE, lock_skill(before.skill_id))
        example = get_for_change(example_id, revision=revision)
        note_change(example.skill_id, {Status(str(example.status)): -1})
        note_former(TrainingExample.id == example.id)
        session.delete(example)
        _audit(actor, "deleted", example)


def get_training_example(example_id: int) -> TrainingExample:
    """Return the example; raise `NotFound`."""
    example = reading().get(TrainingExample, example_id) if is_id(example_id) else None
    if example is None:
        raise NotFound(f"training example with the number {example_id}")
    return example


def get_training_example_with_user(
    skill_id: int, example_id: int, *, statuses: Sequence[Status] = ()
) -> TrainingExampleWithUser:
    """Return one of the skill's examples that is in one of `statuses` (none given: in any); raise `NotFound`."""
    wanted = Filter(statuses=tuple(statuses))
    statement, _ = select_examples(skill_id, wanted)
    statement = statement.where(TrainingExample.id == example_id)
    row = reading().execute(with_user_names(statement)).one_or_none() if is_id(example_id) else None
    if row is None:
        raise NotFound(f"training example with the number {example_id}")
    example, user_name = row
    return TrainingExampleWithUser(example, user_name)


def get_training_examples_for_skill(
    skill_id: int, *, wanted: Filter = EVERYTHING, cursor: Cursor | None = None, size: int = 50
) -> Page[TrainingExampleWithUser]:
    """Return one page of a skill's examples with their users' names: newest first, or best score first and then newest.

    Costs one indexed query whatever the page and however many examples there are; a search that is sorted by score may
    cost one for each score.
    """
    rows: list[TrainingExampleWithUser] = []
    for statement in select_in_order(skill_id, wanted, cursor):
        found = reading().execute(with_user_names(statement.limit(size + 1 - len(rows))))
        rows += [TrainingExampleWithUser(example, user_name) for example, user_name in found]
        if len(rows) > size:
            break
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: key_of(row.example, wanted.sort))


def is_shown(example: TrainingExample, *, wanted: Filter) -> bool:
    """Return whether a list with this filter shows the example, on whichever page."""
    statement, _ = select_examples(example.skill_id, wanted)
    return reading().execute(statement.where(TrainingExample.id == example.id)).first() is not None


def get_training_example_count(skill_id: int, *, statuses: Sequence[Status] = ()) -> int:
    """Return how many examples the skill has in `statuses` (none given: in any), from counters, without counting."""
    columns = [COUNTERS[status] for status in statuses or Status]
    return reading().scalars(select(sum(columns[1:], columns[0])).where(Skill.id == skill_id)).one_or_none() or 0


def _stored(skill_id: int, texts: Sequence[str]) -> list[RedactedText]:
    """Return the texts of one example without their secrets; those that a door has cleaned come back as they are."""
    if all(isinstance(text, RedactedText) for text in texts):
        return [RedactedText(text) for text in texts]
    return [clean.sanitized for clean in policy_of(get_skill(skill_id)).redactor().together(*texts)]


def _redactor(skill: Skill, not_secret: Collection[str]) -> Redactor:
    check_digests(not_secret)
    return policy_of(skill).redactor(also_allowed=not_secret)


def _allow(actor: User, skill_id: int, redactor: Redactor, not_secret: Collection[str]) -> None:
    """Remember what the author let through; a digest of what the texts do not have is not remembered."""
    kinds = {digest: kind for digest, kind in redactor.let_through.items() if digest in not_secret}
    if kinds:
        allow_texts(actor, skill_id=skill_id, kinds=kinds)


def _clean(
    redactor: Redactor, example_input: str, example_output: str, quality_score: int | None, details: Details
) -> CleanExample:
    """Return what may be stored; raise `Invalid`. Done before the writer's turn, because long texts take their time."""
    return clean_example(
        redactor,
        example_input=example_input,
        example_output=example_output,
        quality_score=quality_score,
        details=details,
        max_characters=config.get("GOLDSET_MAX_EXAMPLE_CHARACTERS"),
    )


def _refuse_known_content(skill_id: int, digest: str, *, but: int | None = None) -> None:
    known = (
        reading()
        .scalars(
            select(TrainingExample.id)
            .where(TrainingExample.skill_id == skill_id, TrainingExample.content_digest == digest)
            .where(TrainingExample.id != (but or 0))
            .order_by(TrainingExample.id)
            .limit(1)
        )
        .first()
    )
    if known is not None:
        raise Duplicate("This skill has an example with the same input and output already.", existing_id=known)


def get_for_change(example_id: int, *, revision: int) -> TrainingExample:
    """Return the example, kept from changing by others until the running change ends.

    Raises `NotFound`, and `Stale` where it is not the revision that was looked at. The skill's turn comes first.
    """
    example = reading().get(TrainingExample, example_id, with_for_update=True, populate_existing=True)
    if example is None:
        raise NotFound(f"training example with the number {example_id}")
    if example.revision != revision:
        raise Stale("example", revision=example.revision)
    return example


def _audit(actor: User, verb: str, example: TrainingExample, **details: object) -> None:
    audit.record(
        actor_id=actor.id,
        action=f"training_example.{verb}",
        subject="training_example",
        subject_id=example.id,
        skill_id=example.skill_id,
        **details,
    )

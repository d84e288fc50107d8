"""Reviewing a skill's examples: one at a time or all that a filter matches.

A decision is one change with one action in `review_actions`, which keeps how the examples were before
(`review_undo.py` takes it back). Whoever decides says which revision they looked at, so two reviewers never overwrite
each other.

How costs grow: deciding on one costs the same whatever the queue's length; deciding on all that a filter matches is a
fixed number of statements, whose time grows with the examples that match.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Executable, Select, func, insert, literal, select, update

from app import config
from app.domain.errors import Conflict, Invalid
from app.domain.example_schemas import ExampleSchemas
from app.domain.redaction import RedactedText
from app.domain.reviews import LEADS_TO, REASON_MAX_CHARACTERS, Verb, problems_with_decision
from app.domain.text import normalise_newlines, problem_with_text
from app.domain.training_examples import Status, check_transition
from app.models import ReviewAction, ReviewChange, Skill, TrainingExample, User
from app.models.base import MAX_ID
from app.policies import Action, check
from app.services import audit, clock
from app.services.counters import move_counters, note_change
from app.services.example_schemas import check_texts, schemas_of
from app.services.former_rows import note_former
from app.services.near_duplicates import find_near_duplicates
from app.services.redaction import policy_of
from app.services.review_queue import select_waiting
from app.services.skills import get_skill
from app.services.training_example_lists import Filter
from app.services.training_examples import get_for_change, get_training_example
from app.services.transactions import reading, writing


class Decision(NamedTuple):
    """What was done: the action to undo it by, the example as it is now, and what was taken out of the texts."""

    action_id: int
    example: TrainingExample
    secrets_found: tuple[str, ...]


def decide(
    actor: User,
    *,
    example_id: int,
    revision: int,
    verb: Verb,
    reason: str = "",
    expected_output: str | None = None,
    quality_score: int | None = None,
) -> Decision:
    """Decide on one example. Only the skill's author may; `Stale` when it is not the revision that was looked at.

    A correction writes `expected_output` and keeps the captured output beside it: a preference pair. A rejection keeps
    its reason. A score that is not given stays what it was.
    """
    before = get_training_example(example_id)
    skill = get_skill(before.skill_id)
    check(actor, Action.REVIEW_TRAINING_EXAMPLES, skill)
    limit = config.get("GOLDSET_MAX_EXAMPLE_CHARACTERS")
    if problems := problems_with_decision(
        verb, reason=reason, expected_output=expected_output, quality_score=quality_score, max_characters=limit
    ):
        raise Invalid(problems)
    if LEADS_TO[verb] is Status.APPROVED:
        check_texts(
            skill,
            example_input=before.example_input,
            example_output=before.example_output,
            expected_output=before.expected_output if expected_output is None else expected_output,
        )
    has_reason = verb in (Verb.REJECT, Verb.FOLD)
    clean_reason, reason_kinds = _clean(skill, before, reason) if has_reason else (None, ())
    clean_output, output_kinds = _clean(skill, before, expected_output or "") if verb is Verb.CORRECT else (None, ())
    with writing():
        check(actor, Action.REVIEW_TRAINING_EXAMPLES, note_change(skill.id))
        example = get_for_change(example_id, revision=revision)
        current = Status(str(example.status))
        wanted = LEADS_TO[verb] or current
        if wanted is not current or verb not in (Verb.CORRECT, Verb.SCORE):
            check_transition(current, wanted)
        if wanted is not current:
            move_counters(skill.id, {current: -1, wanted: +1})
        action = _start(actor, skill.id, verb, examples=1)
        _keep(action, example)
        if clean_output is not None or quality_score is not None:
            note_former(TrainingExample.id == example.id)
        if verb is not Verb.SCORE:
            example.reviewed_at, example.reviewed_by = clock.now(), actor.id
            example.comment = clean_reason
        if clean_output is not None:
            example.expected_output = clean_output
        if quality_score is not None:
            example.quality_score = quality_score
        example.status = wanted.value
        example.revision += 1
        example.updated_at = clock.now()
        note_in_audit(actor, verb.value, skill.id, action, example_id=example.id)
    return Decision(action.id, example, (*reason_kinds, *output_kinds))


def decide_on_all(
    actor: User, *, skill_id: int, verb: Verb, wanted: Filter, up_to: int, reason: str = ""
) -> ReviewAction:
    """Approve or reject every pending example that the filter matches, up to the newest that was looked at.

    `Invalid` for another verb and for a rejection without a reason; `Conflict` where nothing matches any more. Only a
    rejection keeps a reason.
    """
    skill = get_skill(skill_id)
    check(actor, Action.REVIEW_TRAINING_EXAMPLES, skill)
    if verb not in (Verb.APPROVE, Verb.REJECT):
        raise Invalid({"verb": "Many at once are approved or rejected."})
    problem = problem_with_text(reason, what="reason", max_characters=REASON_MAX_CHARACTERS)
    if verb is Verb.REJECT and problem:
        raise Invalid({"reason": problem})
    if verb is Verb.APPROVE and schemas_of(skill) != ExampleSchemas():
        raise Invalid({"verb": "This skill has a schema that examples must fit: approve them one by one."})
    clean_reason = (
        policy_of(skill).redactor().sanitize(normalise_newlines(reason)).sanitized if verb is Verb.REJECT else None
    )
    status, moment = LEADS_TO[verb], clock.now()
    with writing() as session:
        check(actor, Action.REVIEW_TRAINING_EXAMPLES, note_change(skill_id))
        action = _start(actor, skill_id, verb, examples=0)
        matching, key = select_waiting(skill_id, wanted)
        session.execute(_insert_changes(action, matching.where(key <= min(up_to, MAX_ID)).order_by(key)))
        changed = select(ReviewChange.example_id).where(ReviewChange.action_id == action.id)
        action.examples = reading().scalar(select(func.count()).select_from(changed.subquery())) or 0
        if not action.examples:
            raise Conflict("Nothing in the queue matches any more. Look at it again.")
        values = {
            TrainingExample.status: status.value if status else None,
            TrainingExample.reviewed_at: moment,
            TrainingExample.reviewed_by: actor.id,
            TrainingExample.comment: clean_reason,
            TrainingExample.revision: TrainingExample.revision + 1,
            TrainingExample.updated_at: moment,
        }
        _update_all(select(changed.subquery().c.example_id), values)
        if status:
            move_counters(skill_id, {Status.PENDING: -action.examples, status: +action.examples})
        note_in_audit(actor, f"{verb.value}_all", skill_id, action, filtered=bool(wanted.query))
    return action


def fold(actor: User, *, example_id: int, revision: int, into_id: int) -> Decision:
    """Reject an example because another one of the skill says almost the same; `Invalid` where that one does not."""
    example = get_training_example(example_id)
    check(actor, Action.REVIEW_TRAINING_EXAMPLES, get_skill(example.skill_id))
    if into_id not in {one.example.id for one in find_near_duplicates(example)}:
        raise Invalid({"into": f"Example {into_id} is no near-duplicate of this one any more. Look at both again."})
    reason = f"Folded into example {into_id}."
    return decide(actor, example_id=example_id, revision=revision, verb=Verb.FOLD, reason=reason)


def note_in_audit(actor: User, verb: str, skill_id: int, action: ReviewAction, **details: object) -> None:
    """Note what a reviewer did, as a part of the running change."""
    audit.record(
        actor_id=actor.id,
        action=f"review.{verb}",
        subject="skill",
        subject_id=skill_id,
        review_action=action.id,
        examples=action.examples,
        **details,
    )


def _clean(skill: Skill, example: TrainingExample, text: str) -> tuple[RedactedText, tuple[str, ...]]:
    """Return the text without its secrets, under placeholders that the example does not use for others."""
    redactor = policy_of(skill).redactor()
    for known in (example.example_input, example.example_output, example.expected_output or ""):
        redactor.reserve(known)
    clean = redactor.sanitize(normalise_newlines(text))
    return clean.sanitized, clean.secrets_found


def _start(actor: User, skill_id: int, verb: Verb, *, examples: int) -> ReviewAction:
    action = ReviewAction(skill_id=skill_id, reviewer_id=actor.id, verb=verb.value, examples=examples, at=clock.now())
    reading().add(action)
    reading().flush()
    return action


def _keep(action: ReviewAction, example: TrainingExample) -> None:
    reading().add(
        ReviewChange(
            action_id=action.id,
            example_id=example.id,
            revision=example.revision + 1,
            status=str(example.status),
            expected_output=None if example.expected_output is None else RedactedText(example.expected_output),
            quality_score=example.quality_score,
            comment=None if example.comment is None else RedactedText(example.comment),
            reviewed_at=example.reviewed_at,
            reviewed_by=example.reviewed_by,
            rules_version=example.rules_version,
        )
    )


def _insert_changes(action: ReviewAction, matching: Select[TrainingExample]) -> Executable:
    kept = [getattr(TrainingExample, name) for name in ReviewChange.KEPT]
    rows = matching.with_only_columns(
        literal(action.id), TrainingExample.id, TrainingExample.revision + 1, *kept, TrainingExample.rules_version
    )
    columns = ["action_id", "example_id", "revision", *ReviewChange.KEPT, "rules_version"]
    return insert(ReviewChange).from_select(columns, rows, include_defaults=False)


def _update_all(which: Select[int], values: Mapping[Any, Any]) -> None:
    statement = update(TrainingExample).where(TrainingExample.id.in_(which)).values(values)
    reading().execute(statement, execution_options={"synchronize_session": False})
    reading().expire_all()

"""Reviewing a skill's examples: one at a time or all that a filter matches, and taking it back.

A decision is one change with one action in `review_actions`, which keeps how the examples were before. Whoever decides
says which revision they looked at, so two reviewers never overwrite each other. Undoing leaves alone what somebody
changed since.

How costs grow: deciding on one and showing the next cost the same whatever the queue's length; deciding on all that a
filter matches is a fixed number of statements, whose time grows with the examples that match.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Executable, Select, case, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from app import config
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.redaction import RedactedText
from app.domain.reviews import LEADS_TO, REASON_MAX_CHARACTERS, Verb, problems_with_decision
from app.domain.text import normalise_newlines, problem_with_text
from app.domain.training_examples import Status, check_transition
from app.models import ReviewAction, ReviewChange, Skill, TrainingExample, User
from app.models.base import MAX_ID, is_id
from app.policies import Action, check
from app.services import audit, clock
from app.services.counters import COUNTERS
from app.services.near_duplicates import find_near_duplicates
from app.services.redaction import policy_of
from app.services.skills import get_skill, update_skill
from app.services.training_example_lists import Filter, select_examples
from app.services.training_examples import get_for_change, get_training_example
from app.services.transactions import reading, writing

QUEUE_SIZE = 20
COUNTED_AT_MOST = 1_000
"""Past this a filter's matches are "more than so many": counting them all would cost as much as there are."""


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
    has_reason = verb in (Verb.REJECT, Verb.FOLD)
    clean_reason, reason_kinds = _clean(skill, before, reason) if has_reason else (None, ())
    clean_output, output_kinds = _clean(skill, before, expected_output or "") if verb is Verb.CORRECT else (None, ())
    with writing():
        check(actor, Action.REVIEW_TRAINING_EXAMPLES, update_skill(skill.id, _raised()))
        example = get_for_change(example_id, revision=revision)
        current = Status(str(example.status))
        wanted = LEADS_TO[verb] or current
        if wanted is not current or verb not in (Verb.CORRECT, Verb.SCORE):
            check_transition(current, wanted)
        if wanted is not current:
            update_skill(skill.id, _moved({current: -1, wanted: +1}))
        action = _start(actor, skill.id, verb, examples=1)
        _keep(action, example)
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
        _audit(actor, verb.value, skill.id, action, example_id=example.id)
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
    clean_reason = (
        policy_of(skill).redactor().sanitize(normalise_newlines(reason)).sanitized if verb is Verb.REJECT else None
    )
    status, moment = LEADS_TO[verb], clock.now()
    with writing() as session:
        check(actor, Action.REVIEW_TRAINING_EXAMPLES, update_skill(skill_id, _raised()))
        action = _start(actor, skill_id, verb, examples=0)
        matching, key = _matching(skill_id, wanted)
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
            update_skill(skill_id, _moved({Status.PENDING: -action.examples, status: +action.examples}))
        _audit(actor, f"{verb.value}_all", skill_id, action, filtered=bool(wanted.query))
    return action


def fold(actor: User, *, example_id: int, revision: int, into_id: int) -> Decision:
    """Reject an example because another one of the skill says almost the same; `Invalid` where that one does not."""
    example = get_training_example(example_id)
    check(actor, Action.REVIEW_TRAINING_EXAMPLES, get_skill(example.skill_id))
    if into_id not in {one.example.id for one in find_near_duplicates(example)}:
        raise Invalid({"into": f"Example {into_id} is no near-duplicate of this one any more. Look at both again."})
    reason = f"Folded into example {into_id}."
    return decide(actor, example_id=example_id, revision=revision, verb=Verb.FOLD, reason=reason)


class Undone(NamedTuple):
    """What undoing did: how many examples are as they were, and how many somebody changed since."""

    restored: int
    left_alone: int


def undo(actor: User, *, action_id: int, skill_id: int | None = None) -> Undone:
    """Take back one of the acting user's own actions, on the skill where one is given.

    `NotFound` for somebody else's action or another skill's, `Conflict` where it is undone already.
    """
    before = _get_own_action(actor, action_id)
    if skill_id not in (None, before.skill_id):
        raise NotFound(f"action of yours on this skill with the number {action_id}")
    check(actor, Action.REVIEW_TRAINING_EXAMPLES, get_skill(before.skill_id))
    with writing() as session:
        skill_id = before.skill_id
        check(actor, Action.REVIEW_TRAINING_EXAMPLES, update_skill(skill_id, _raised()))
        action = session.get_one(ReviewAction, action_id, with_for_update=True, populate_existing=True)
        if action.undone_at is not None:
            raise Conflict("This is undone already.")
        action.undone_at = clock.now()
        moved = _moves_back(action)
        _follow_back(action)
        restored = _restore(action)
        update_skill(skill_id, _moved(moved))
        _audit(actor, "undo", skill_id, action, restored=restored)
    return Undone(restored, action.examples - restored)


def find_last_action(actor: User, skill_id: int) -> ReviewAction | None:
    """Return the acting user's newest action on this skill that is not undone, or None."""
    statement = select(ReviewAction).where(ReviewAction.skill_id == skill_id, ReviewAction.reviewer_id == actor.id)
    return (
        reading()
        .scalars(statement.where(ReviewAction.undone_at.is_(None)).order_by(ReviewAction.id.desc()).limit(1))
        .first()
    )


class Queue(NamedTuple):
    """What waits: the example to look at (None: nothing does), those beside it, and how many match."""

    current: TrainingExample | None
    upcoming: Sequence[TrainingExample]
    matching: int
    newest_id: int

    @property
    def is_counted(self) -> bool:
        """Return whether `matching` is all of them, and not where counting stopped."""
        return self.matching < COUNTED_AT_MOST


def get_queue(skill_id: int, wanted: Filter, *, example_id: int | None = None, after: int = 0) -> Queue:
    """Return the pending examples that match, oldest first, from `after` on; `example_id` is looked at where given."""
    statement, key = _matching(skill_id, wanted)
    statement = statement.order_by(key).limit(QUEUE_SIZE)
    upcoming = list(reading().scalars(statement.where(key > min(after, MAX_ID))))
    if after and not upcoming:  # the end was skipped to: begin again
        upcoming = list(reading().scalars(statement))
    current = upcoming[0] if upcoming else None
    if example_id is not None:
        current = next((one for one in upcoming if one.id == example_id), None) or get_example_of(skill_id, example_id)
    return Queue(current, upcoming, *_extent(skill_id, wanted))


def get_example_of(skill_id: int, example_id: int) -> TrainingExample:
    """Return the example of this skill; `NotFound` where it is another skill's."""
    example = get_training_example(example_id)
    if example.skill_id != skill_id:
        raise NotFound(f"training example with the number {example_id}")
    return example


def _extent(skill_id: int, wanted: Filter) -> tuple[int, int]:
    """Return how many match, counted up to a limit, and the number of the newest."""
    matching, key = _matching(skill_id, wanted)
    if not wanted.query.strip():
        total = reading().scalar(select(Skill.training_examples_pending).where(Skill.id == skill_id)) or 0
    else:
        limited = matching.with_only_columns(key).order_by(key).limit(COUNTED_AT_MOST).subquery()
        total = reading().scalar(select(func.count()).select_from(limited)) or 0
    newest = matching.with_only_columns(key).order_by(key.desc()).limit(1)
    return total, reading().scalar(newest) or 0


def _matching(skill_id: int, wanted: Filter) -> tuple[Select[TrainingExample], ColumnElement[int]]:
    """Return the query of the pending examples that the filter lets through, and the column to order and page it by."""
    pending = Filter(statuses=(Status.PENDING,), source=wanted.source, query=wanted.query)
    statement, (key,) = select_examples(skill_id, pending)
    return statement.with_only_columns(TrainingExample), key


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


_KEPT = ("status", "expected_output", "quality_score", "comment", "reviewed_at", "reviewed_by")


def _insert_changes(action: ReviewAction, matching: Select[TrainingExample]) -> Executable:
    kept = [getattr(TrainingExample, name) for name in _KEPT]
    rows = matching.with_only_columns(
        literal(action.id), TrainingExample.id, TrainingExample.revision + 1, *kept, TrainingExample.rules_version
    )
    columns = ["action_id", "example_id", "revision", *_KEPT, "rules_version"]
    return insert(ReviewChange).from_select(columns, rows, include_defaults=False)


def _update_all(which: Select[int], values: Mapping[Any, Any]) -> None:
    statement = update(TrainingExample).where(TrainingExample.id.in_(which)).values(values)
    reading().execute(statement, execution_options={"synchronize_session": False})
    reading().expire_all()


def _unchanged(action: ReviewAction) -> Select[int]:
    """Return the examples of an action that nobody changed since."""
    return (
        select(ReviewChange.example_id)
        .join(TrainingExample, TrainingExample.id == ReviewChange.example_id)
        .where(ReviewChange.action_id == action.id, TrainingExample.revision == ReviewChange.revision)
    )


def _moves_back(action: ReviewAction) -> dict[Status, int]:
    """Return how the skill's counters move when the action is undone."""
    statement = (
        select(TrainingExample.status, ReviewChange.status, func.count())
        .join(ReviewChange, ReviewChange.example_id == TrainingExample.id)
        .where(ReviewChange.action_id == action.id, TrainingExample.revision == ReviewChange.revision)
        .group_by(TrainingExample.status, ReviewChange.status)
    )
    moved: dict[Status, int] = {}
    for now, then, count in reading().execute(statement):
        moved[Status(str(now))] = moved.get(Status(str(now)), 0) - count
        moved[Status(then)] = moved.get(Status(then), 0) + count
    return moved


def _follow_back(action: ReviewAction) -> None:
    """Let the action before this one, on each example, know the revision that undoing makes: it can be undone next."""
    undone, now = aliased(ReviewChange), aliased(TrainingExample)
    follows = (
        select(undone.id)
        .join(now, now.id == undone.example_id)
        .where(
            undone.action_id == action.id,
            undone.example_id == ReviewChange.example_id,
            undone.revision == ReviewChange.revision + 1,
            undone.revision == now.revision,
        )
    )
    touched = select(undone.example_id).where(undone.action_id == action.id)
    statement = update(ReviewChange).where(ReviewChange.example_id.in_(touched), follows.exists())
    statement = statement.values({ReviewChange.revision: ReviewChange.revision + 2})
    reading().execute(statement, execution_options={"synchronize_session": False})


def _restore(action: ReviewAction) -> int:
    """Give the examples what the action kept of them. Words that older rules cleaned are behind again, for a rescan."""
    change = aliased(ReviewChange)
    own = (change.action_id == action.id) & (change.example_id == TrainingExample.id)
    values: dict[Any, Any] = {
        getattr(TrainingExample, name): select(getattr(change, name)).where(own).scalar_subquery() for name in _KEPT
    }
    rules_then = select(change.rules_version).where(own).scalar_subquery()
    values |= {
        TrainingExample.rules_version: case(
            (rules_then < TrainingExample.rules_version, rules_then), else_=TrainingExample.rules_version
        ),
        TrainingExample.revision: TrainingExample.revision + 1,
        TrainingExample.updated_at: clock.now(),
    }
    statement = update(TrainingExample).where(TrainingExample.id.in_(_unchanged(action))).values(values)
    result = reading().execute(statement, execution_options={"synchronize_session": False})
    reading().expire_all()
    return int(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def _get_own_action(actor: User, action_id: int) -> ReviewAction:
    action = reading().get(ReviewAction, action_id) if is_id(action_id) else None
    if action is None or action.reviewer_id != actor.id:
        raise NotFound(f"action of yours with the number {action_id}")
    return action


def _raised() -> dict[Any, Any]:
    return {Skill.training_data_version: Skill.training_data_version + 1}


def _moved(moves: dict[Status, int]) -> dict[Any, Any]:
    return {COUNTERS[status]: COUNTERS[status] + by for status, by in moves.items() if by} or _raised()


def _audit(actor: User, verb: str, skill_id: int, action: ReviewAction, **details: object) -> None:
    audit.record(
        actor_id=actor.id,
        action=f"review.{verb}",
        subject="skill",
        subject_id=skill_id,
        review_action=action.id,
        examples=action.examples,
        **details,
    )

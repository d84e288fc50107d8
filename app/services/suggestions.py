"""Suggestions: what any signed-in user proposes to improve in a skill. The sibling of `training_examples.py`."""

from dataclasses import dataclass

from sqlalchemy import select

from app.domain import suggestions as rules
from app.domain.errors import Conflict, Invalid, NotFound, Stale
from app.domain.notifications import Kind
from app.domain.suggestions import Status
from app.domain.text import normalise_newlines, with_newlines_of
from app.models import Skill, SkillVersion, Suggestion, User
from app.models.base import is_id
from app.models.types import redacted
from app.policies import Action, check
from app.services import audit, clock
from app.services.notifications import notify
from app.services.paging import Cursor, Page, make_page, newest_first
from app.services.redaction import policy_of
from app.services.skill_versions import get_current_version, save_skill_file
from app.services.skills import get_skill, update_skill
from app.services.suggestion_lists import EVERYTHING, Filter, SuggestionWithUser, as_row, select_suggestions
from app.services.transactions import reading, writing


@dataclass(frozen=True)
class SavedSuggestion:
    """What saving did: the suggestion as it is stored, and the kinds of secrets that were taken out of its texts."""

    suggestion: Suggestion
    secrets_found: tuple[str, ...]


def submit_suggestion(
    actor: User,
    *,
    skill_id: int,
    category: str,
    severity: str,
    comment: str,
    suggested_content: str | None = None,
) -> SavedSuggestion:
    """Add a suggestion: the guarded action behind every door. Any signed-in user may; bad values raise `Invalid`.

    Content that is the skill's present text suggests nothing and is not stored.
    """
    skill = get_skill(skill_id)
    check(actor, Action.ADD_SUGGESTION, skill)
    clean = rules.clean_suggestion(
        policy_of(skill).redactor(),
        category=category,
        severity=severity,
        comment=comment,
        suggested_content=suggested_content,
    )
    content = clean.suggested_content
    if content is not None and content == normalise_newlines(get_current_version(skill).content):
        content = None
    with writing():
        suggestion = create_suggestion(
            skill_id=skill_id,
            user_id=actor.id,
            category=category,
            severity=severity,
            comment=clean.comment,
            suggested_content=content,
        )
        _audit(actor, "created", suggestion, redacted=list(clean.secrets_found))
        _notify(Kind.SUGGESTION_RECEIVED, actor, suggestion, user_id=skill.author_id)
    return SavedSuggestion(suggestion, clean.secrets_found)


def create_suggestion(
    *,
    skill_id: int,
    user_id: int,
    category: str,
    severity: str,
    comment: str,
    suggested_content: str | None = None,
) -> Suggestion:
    """Store one suggestion, pending, and count it. Every text is redacted; the vote aggregates stay as they are."""
    moment = clock.now()
    suggestion = Suggestion(
        skill_id=skill_id,
        user_id=user_id,
        category=category,
        severity=severity,
        comment=redacted(comment),
        suggested_content=None if suggested_content is None else redacted(suggested_content),
        status=Status.PENDING.value,
        created_at=moment,
        updated_at=moment,
    )
    with writing() as session:
        _note_change(skill_id, added=1)
        session.add(suggestion)
        session.flush()
    return suggestion


def move_suggestion(actor: User, *, suggestion_id: int, status: str, revision: int) -> Suggestion:
    """Move a suggestion to another state. The skill's author and administrators may.

    A state that cannot follow the present one raises `Conflict` with those that can; `Stale` when the suggestion is not
    the `revision` that was looked at.
    """
    before = get_suggestion(suggestion_id)
    check(actor, Action.MOVE_SUGGESTION, get_skill(before.skill_id))
    wanted = _known_status(status)
    with writing():
        check(actor, Action.MOVE_SUGGESTION, _note_change(before.skill_id))
        suggestion = _get_for_move(suggestion_id, wanted, revision=revision)
        _audit(actor, "moved", suggestion, before=suggestion.status, after=wanted.value)
        _change(suggestion, status=wanted)
        _notify(Kind.SUGGESTION_MOVED, actor, suggestion, detail=wanted.value)
    return suggestion


def reply_to_suggestion(actor: User, *, suggestion_id: int, reply: str, revision: int) -> SavedSuggestion:
    """Write or rewrite the one reply to a suggestion. Only the skill's author may; `Stale` as everywhere."""
    before = get_suggestion(suggestion_id)
    skill = get_skill(before.skill_id)
    check(actor, Action.REPLY_TO_SUGGESTION, skill)
    if problem := rules.problem_with_reply(reply):
        raise Invalid({"reply": problem})
    clean = policy_of(skill).redactor().sanitize(normalise_newlines(reply))
    with writing():
        check(actor, Action.REPLY_TO_SUGGESTION, _note_change(before.skill_id))
        suggestion = _get_for_change(suggestion_id, revision=revision)
        _change(suggestion)
        suggestion.reply, suggestion.replied_at, suggestion.replied_by = clean.sanitized, clock.now(), actor.id
        _audit(actor, "replied", suggestion, redacted=list(clean.secrets_found))
        _notify(Kind.SUGGESTION_REPLIED, actor, suggestion)
    return SavedSuggestion(suggestion, clean.secrets_found)


def apply_suggestion(actor: User, *, suggestion_id: int, revision: int, version_number: int) -> Suggestion:
    """Make the suggested SKILL.md the skill's next version, and the suggestion implemented by it, in one step.

    Only the skill's author may. `revision` and `version_number` are the suggestion and the version of the skill that
    were compared: `Conflict` when either has moved on or when the suggestion cannot become implemented now, `Invalid`
    with each fault when its content is no SKILL.md of this skill.
    """
    before = get_suggestion(suggestion_id)
    skill = get_skill(before.skill_id)
    check(actor, Action.APPLY_SUGGESTION, skill)
    rules.check_transition(Status(str(before.status)), Status.IMPLEMENTED)
    # Redacted here, because inside the change it would keep other writers waiting.
    content = None
    if before.suggested_content is not None:
        content = redacted(with_newlines_of(get_current_version(skill).content, before.suggested_content))
    file = rules.suggested_file(content, name=skill.slug)
    with writing():
        skill = _note_change(skill.id)
        check(actor, Action.APPLY_SUGGESTION, skill)
        suggestion = _get_for_move(suggestion_id, Status.IMPLEMENTED, revision=revision)
        if skill.version_number != version_number:
            raise Conflict(f"The skill has version {skill.version_number} by now. Compare again before you apply this.")
        if save_skill_file(actor, file, note=f"Applies suggestion {suggestion_id}.").version is None:
            raise Conflict("The skill says this already. Mark the suggestion as implemented.")
        _change(suggestion, status=Status.IMPLEMENTED)
        suggestion.applied_version_id = get_current_version(skill).id
        _audit(actor, "applied", suggestion, version=skill.version_number)
        _notify(Kind.SUGGESTION_MOVED, actor, suggestion, detail=Status.IMPLEMENTED.value)
    return suggestion


def get_suggestion(suggestion_id: int) -> Suggestion:
    """Return the suggestion; raise `NotFound`."""
    suggestion = reading().get(Suggestion, suggestion_id) if is_id(suggestion_id) else None
    if suggestion is None:
        raise NotFound(f"suggestion with the number {suggestion_id}")
    return suggestion


def get_suggestion_with_user(skill_id: int, suggestion_id: int) -> SuggestionWithUser:
    """Return one of the skill's suggestions with all it brings; raise `NotFound`."""
    statement = select_suggestions(skill_id, with_content=True).where(Suggestion.id == suggestion_id)
    row = reading().execute(statement).one_or_none() if is_id(suggestion_id) else None
    if row is None:
        raise NotFound(f"suggestion with the number {suggestion_id}")
    return as_row(row)


def get_suggestions_for_skill(
    skill_id: int, *, wanted: Filter = EVERYTHING, cursor: Cursor | None = None, size: int = 50
) -> Page[SuggestionWithUser]:
    """Return one page of a skill's suggestions with their users' names, newest first."""
    statement = select_suggestions(skill_id, wanted)
    statement = newest_first(statement, Suggestion.id.expression, cursor=cursor, size=size)
    rows = [as_row(row) for row in reading().execute(statement)]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.suggestion.id,))


def is_shown(suggestion: Suggestion, *, wanted: Filter) -> bool:
    """Return whether a list with this filter shows the suggestion, on whichever page."""
    return (
        wanted.status in (None, suggestion.status)
        and wanted.category in (None, suggestion.category)
        and wanted.severity in (None, suggestion.severity)
    )


def get_suggestion_count(skill_id: int) -> int:
    """Return how many suggestions the skill has, from its counter, without counting."""
    return reading().scalars(select(Skill.suggestion_count).where(Skill.id == skill_id)).one_or_none() or 0


def get_applied_version_number(suggestion: Suggestion) -> int | None:
    """Return the number of the version that the suggestion became, or None."""
    if suggestion.applied_version_id is None:
        return None
    statement = select(SkillVersion.number).where(SkillVersion.id == suggestion.applied_version_id)
    return reading().scalars(statement).one_or_none()


def _known_status(status: str) -> Status:
    try:
        return Status(status)
    except ValueError:
        raise Invalid({"status": "A suggestion becomes " + ", ".join(Status) + "."}) from None


def _get_for_change(suggestion_id: int, *, revision: int) -> Suggestion:
    suggestion = _lock(suggestion_id)
    if suggestion.revision != revision:
        raise Stale("suggestion", revision=suggestion.revision)
    return suggestion


def _get_for_move(suggestion_id: int, wanted: Status, *, revision: int) -> Suggestion:
    """Return the suggestion, locked. What is impossible is said before what is stale: it says what is possible."""
    rules.check_transition(Status(str(_lock(suggestion_id).status)), wanted)
    return _get_for_change(suggestion_id, revision=revision)


def _lock(suggestion_id: int) -> Suggestion:
    suggestion = reading().get(Suggestion, suggestion_id, with_for_update=True, populate_existing=True)
    if suggestion is None:
        raise NotFound(f"suggestion with the number {suggestion_id}")
    return suggestion


def _change(suggestion: Suggestion, *, status: Status | None = None) -> None:
    if status:
        suggestion.status = status.value
    suggestion.revision += 1
    suggestion.updated_at = clock.now()


def _note_change(skill_id: int, *, added: int = 0) -> Skill:
    """Tell the skill that its suggestions change, and return it as it is now; raise `NotFound`.

    The first statement of a change: it also keeps other changes of the same skill waiting until this one ends.
    """
    values = {
        Skill.suggestions_version: Skill.suggestions_version + 1,
        Skill.suggestion_count: Skill.suggestion_count + added,
    }
    return update_skill(skill_id, values)


def _notify(
    kind: Kind, actor: User, suggestion: Suggestion, *, user_id: int | None = None, detail: str | None = None
) -> None:
    """Tell somebody of the suggestion: its maker, unless `user_id` says who."""
    notify(
        kind,
        user_id=user_id or suggestion.user_id,
        actor=actor,
        skill_id=suggestion.skill_id,
        subject_id=suggestion.id,
        detail=detail,
    )


def _audit(actor: User, verb: str, suggestion: Suggestion, **details: object) -> None:
    audit.record(
        actor_id=actor.id,
        action=f"suggestion.{verb}",
        subject="suggestion",
        subject_id=suggestion.id,
        skill_id=suggestion.skill_id,
        **details,
    )

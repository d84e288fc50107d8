"""What was captured of one's own usage: seeing it, taking it back, taking more out of it, and having all of it.

These are the rights of whose usage it was, whatever became of the examples; nobody else has them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, select

from app.domain.datasets import canonical
from app.domain.erasures import Reason, Withdrawal
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.example_details import NO_DETAILS, turns_of
from app.domain.redaction import PLACEHOLDER, RedactedText, Redactor, map_texts
from app.domain.text import normalise_newlines
from app.domain.training_examples import Source, content_digest
from app.models import (
    DeletedExample,
    Erasure,
    Example,
    FrozenRow,
    Opinion,
    ReviewChange,
    Skill,
    TrainingExample,
    UsageEvent,
    User,
)
from app.models.base import is_id
from app.policies import Action, check
from app.services import audit, clock
from app.services.counters import note_change
from app.services.erasures import erase_captured_examples, scrub_erased
from app.services.former_rows import withdraw_former
from app.services.near_duplicates import note_bands
from app.services.paging import Cursor, Page, make_page, newest_first
from app.services.tags import note_tags
from app.services.training_examples import get_for_change
from app.services.transactions import after_commit, reading, writing
from app.services.withdrawals import note_withdrawn_examples, withdraw_captured_rows

SHORTEST_REMOVAL = 2
_ROWS_AT_ONCE = 500


class Contribution(NamedTuple):
    """One example of one's own usage, the skill it went to, and the use it came from."""

    example: Example
    skill_title: str
    skill_slug: str
    event: UsageEvent | None

    @property
    def status(self) -> str:
        """Return where the example stands: in review, or in the bin of the skill's author."""
        return "deleted" if isinstance(self.example, DeletedExample) else str(self.example.status)


def get_contributions(actor: User, *, cursor: Cursor | None = None, size: int = 50) -> Page[Contribution]:
    """Return one page of what was captured of the acting user's usage, newest first, whatever its state."""
    check(actor, Action.USE_OWN_ACCOUNT)
    statement = newest_first(_select_own(actor), Example.id.expression, cursor=cursor, size=size)
    rows = [Contribution(*row) for row in reading().execute(statement)]
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.example.id,))


class KeptInVersions(NamedTuple):
    """An example of one's own usage that its skill's author has deleted, and that frozen versions still hold."""

    row: FrozenRow
    skill_title: str
    skill_slug: str


def get_kept_in_versions(actor: User, *, limit: int = 200) -> list[KeptInVersions]:
    """Return what versions alone still hold of the acting user's usage, newest first: the last revision of each."""
    check(actor, Action.USE_OWN_ACCOUNT)
    return [KeptInVersions(*row) for row in reading().execute(_select_kept_in_versions(actor).limit(limit))]


def _select_kept_in_versions(actor: User) -> Select[FrozenRow, str, str]:
    newest = (
        select(func.max(FrozenRow.id))
        .where(FrozenRow.user_id == actor.id, FrozenRow.source == Source.USAGE_CAPTURE.value)
        .group_by(FrozenRow.example_id)
    )
    is_there = exists().where(Example.id == FrozenRow.example_id)
    return (
        select(FrozenRow, Skill.title, Skill.slug)
        .join(Skill, Skill.id == FrozenRow.skill_id)
        .where(FrozenRow.id.in_(newest), ~is_there)
        .order_by(FrozenRow.id.desc())
    )


def get_contribution(actor: User, example_id: int) -> Contribution:
    """Return one of them; raise `NotFound`, for others' as for none."""
    check(actor, Action.USE_OWN_ACCOUNT)
    statement = _select_own(actor).where(Example.id == example_id)
    row = reading().execute(statement).one_or_none() if is_id(example_id) else None
    if row is None:
        raise NotFound(f"contribution of yours with the number {example_id}")
    return Contribution(*row)


def take_back(actor: User, *, example_id: int) -> None:
    """Delete one captured example of the acting user's usage, for good: also out of versions that hold it, where the
    example itself is gone already."""
    check(actor, Action.USE_OWN_ACCOUNT)
    if not is_id(example_id):
        raise NotFound(f"contribution of yours with the number {example_id}")
    if erase_captured_examples(actor.id, reason=Reason.TAKEN_BACK, example_ids=[example_id]) is None:
        raise NotFound(f"contribution of yours with the number {example_id}")


def redact_more(actor: User, *, example_id: int, text: str, revision: int) -> int:
    """Put a placeholder wherever `text` stands in a captured example of the acting user's, and return how often.

    `Invalid` where it stands nowhere, `Stale` where the example changed since it was looked at, `Conflict` where the
    skill's author has deleted it.
    """
    before = get_contribution(actor, example_id).example
    if isinstance(before, DeletedExample):
        raise Conflict("The skill's author has deleted this example. Take it back, and it is gone at once.")
    with writing() as session:
        note_change(before.skill_id)
        example = get_for_change(example_id, revision=revision)
        note_withdrawn_examples([Example.id == example.id], reason=Withdrawal.REDACTED_MORE)
        withdraw_captured_rows(actor.id, reason=Withdrawal.REDACTED_MORE, example_ids=[example.id])
        withdraw_former(actor.id, reason=Withdrawal.REDACTED_MORE, example_ids=[example.id])
        removed = _remove(example, normalise_newlines(text))
        example.content_digest = content_digest(
            example.example_input, example.example_output, turns_of(example.turns or ())
        )
        example.revision += 1
        example.updated_at = clock.now()
        note_bands(example, are_new=False)
        session.add(Erasure(user_id=actor.id, reason=Reason.REDACTED_MORE.value, examples=0, at=clock.now()))
        audit.record(
            actor_id=actor.id,
            action="training_example.redacted_more",
            subject="training_example",
            subject_id=example.id,
            skill_id=example.skill_id,
            places=removed,
        )
        after_commit(scrub_erased)
    return removed


def export_contributions(actor: User) -> Iterator[dict[str, Any]]:
    """Yield everything that was captured of the acting user's usage, oldest first, as JSON can hold it."""
    check(actor, Action.USE_OWN_ACCOUNT)
    for kept in reading().execute(_select_kept_in_versions(actor).order_by(None).order_by(FrozenRow.id)):
        yield _kept_as_json(KeptInVersions(*kept))
    last = 0
    while True:
        statement = _select_own(actor).where(Example.id > last).order_by(Example.id)
        rows = [Contribution(*row) for row in reading().execute(statement.limit(_ROWS_AT_ONCE))]
        for row in rows:
            yield _as_json(row)
        if len(rows) < _ROWS_AT_ONCE:
            return
        last = rows[-1].example.id


def _select_own(actor: User) -> Select[Example, str, str, UsageEvent]:
    return (
        select(Example, Skill.title, Skill.slug, UsageEvent)
        .join(Skill, Skill.id == Example.skill_id)
        .outerjoin(UsageEvent, UsageEvent.id == Example.usage_event_id)
        .where(Example.user_id == actor.id, Example.source == Source.USAGE_CAPTURE.value)
    )


def _remove(example: TrainingExample, text: str) -> int:
    """Replace `text` in every text of the example by one placeholder that is not in them yet.

    What reviewers wrote and did goes through the same: nothing that was taken out stays beside it.
    """
    texts = {"example_input": example.example_input, "example_output": example.example_output}
    if example.expected_output is not None:
        texts["expected_output"] = example.expected_output
    places = sum(one.count(text) for one in texts.values()) if text else 0
    if len(text.strip()) < SHORTEST_REMOVAL or not places:
        raise Invalid({"text": "Copy the text to take out exactly as it stands in the example; this is not in it."})
    if any(_cuts_placeholder(one, text) for one in texts.values()):
        raise Invalid({"text": "This is a part of a placeholder, behind which nothing is kept."})
    details = {name: getattr(example, name) for name in NO_DETAILS.to_columns()}
    redactor = Redactor()
    for one in (*texts.values(), canonical(details)):
        redactor.reserve(one)
    placeholder = redactor.replace(text, "removed").sanitized
    opinions = reading().scalars(select(Opinion).where(Opinion.example_id == example.id))
    changes = reading().scalars(select(ReviewChange).where(ReviewChange.example_id == example.id))
    for row, names in (
        (example, (*texts, "comment")),
        *((opinion, ("comment",)) for opinion in opinions),
        *((change, ("expected_output", "comment")) for change in changes),
    ):
        for name in names:
            if (known := getattr(row, name)) is not None:
                setattr(row, name, RedactedText(known.replace(text, placeholder)))
    for name, value in details.items():
        setattr(example, name, map_texts(value, lambda one: RedactedText(one.replace(text, placeholder))))
    note_tags(example.skill_id, {example.id: example.tags}, are_new=False)
    return places


def _cuts_placeholder(whole: str, text: str) -> bool:
    """Return whether `text`, where it stands in the whole, ends within a placeholder or is nothing but one."""
    placeholders = [match.span() for match in PLACEHOLDER.finditer(whole)]
    at = whole.find(text)
    while at >= 0:
        end = at + len(text)
        overlapping = [(start, stop) for start, stop in placeholders if start < end and at < stop]
        if any(start < at or end < stop or (start, stop) == (at, end) for start, stop in overlapping):
            return True
        at = whole.find(text, at + 1)
    return False


def _as_json(row: Contribution) -> dict[str, Any]:
    example, event = row.example, row.event
    return {
        "example_id": example.id,
        "skill": row.skill_slug,
        "status": row.status,
        "captured_at": _moment(example.created_at),
        "input": example.example_input,
        "output": example.example_output,
        "expected_output": example.expected_output,
        "event": None
        if event is None
        else {
            "number": event.id,
            "occurred_at": _moment(event.occurred_at),
            "tool_name": event.tool_name,
            "model_name": event.model_name,
            "skill_version": event.skill_version_number,
            "consent_record": event.consent_record_id,
        },
    }


def _kept_as_json(kept: KeptInVersions) -> dict[str, Any]:
    row = kept.row
    return {
        "example_id": row.example_id,
        "skill": kept.skill_slug,
        "status": "in frozen versions only",
        "captured_at": None,
        "input": row.example_input,
        "output": row.example_output,
        "expected_output": row.expected_output,
        "event": None,
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat()

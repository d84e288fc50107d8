"""Usage: the one way by which real usage comes in, whatever brings it (the API, traces, MCP).

Every use is counted. Its content is looked at only where the gate (`domain/consent.py`) says yes: the gate is asked
before anything is done with the content, and again inside the transaction that stores it, under a lock that a
withdrawal takes as well, so that nothing is kept that was withdrawn a moment before.

How costs grow: with the events of a call and the length of the content that is kept; not with what is stored already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.consent import Consent, Refusal, refusal
from app.domain.errors import NotFound
from app.domain.redaction import RedactedText
from app.domain.text import is_storable, normalise_newlines
from app.domain.training_examples import Source, Status, content_digest
from app.domain.usage import CONTENT_MAX_CHARACTERS, Exchange, Usage, Verdict, digest_of_event
from app.models import ApiKey, Skill, TrainingExample, UsageEvent, User
from app.policies import Action, check
from app.services import audit, clock
from app.services.consent import find_consent_record_id
from app.services.redaction import Policy, policy_of
from app.services.site_settings import get_site_settings
from app.services.skills import lock_skill, update_skill
from app.services.stored_preferences import get_preferences, hold_preferences
from app.services.training_examples import create_training_example
from app.services.transactions import reading, writing


@dataclass(frozen=True)
class Outcome:
    """What was done with one use: the number of its event, the verdict on its content, and what that became.

    `keeps_content` is what the gate says right now about content of this user on this skill, whatever was sent.
    """

    event_number: int
    skill: str
    verdict: Verdict
    keeps_content: bool
    example_id: int | None = None
    secrets_removed: tuple[str, ...] = ()


class _Clean(NamedTuple):
    """Content that the gate let through, without its secrets."""

    example_input: RedactedText
    example_output: RedactedText
    kinds: tuple[str, ...]


def track(actor: User, usages: Sequence[Usage], *, api_key: ApiKey | None = None) -> list[Outcome | NotFound]:
    """Count the uses, and keep the content of those for which capture is on and the acting user consents.

    Returns for each use, in order, what was done; `NotFound` in its place where there is no such skill. All of them are
    stored in one transaction, or none. An event that was reported before gets the answer it got, and nothing is stored.
    """
    check(actor, Action.TRACK_USAGE)
    skills = _find_skills(usages)
    cleaned = _clean_what_may_be_kept(actor, usages, skills)
    with writing():
        consent = hold_preferences(actor.id).consent
        for skill_id in sorted({skills[usage.skill].id for usage in usages if usage.skill in skills}):
            lock_skill(skill_id)  # in one order for everybody, so that no two calls wait for each other
        recorder = _Recorder(actor, api_key, consent)
        outcomes = [
            recorder.record(usage, skills[usage.skill], cleaned.get(number))
            if usage.skill in skills
            else NotFound(f"skill named {usage.skill!r}")
            for number, usage in enumerate(usages)
        ]
        recorder.finish()
    return outcomes


def count_verdicts(actor: User) -> list[tuple[str, int]]:
    """Return how many uses got which verdict, the most frequent first. For administrators; it names nobody.

    Costs a walk over the index of verdicts: about 0.1 s per million uses.
    """
    check(actor, Action.ADMINISTER_SITE)
    count = func.count()
    statement = select(UsageEvent.verdict, count).group_by(UsageEvent.verdict).order_by(count.desc())
    return [(verdict, number) for verdict, number in reading().execute(statement)]


def _find_skills(usages: Sequence[Usage]) -> dict[str, Skill]:
    slugs = {usage.skill for usage in usages if is_storable(usage.skill)}
    return {skill.slug: skill for skill in reading().scalars(select(Skill).where(Skill.slug.in_(slugs)))}


def _clean_what_may_be_kept(
    actor: User, usages: Sequence[Usage], skills: Mapping[str, Skill]
) -> dict[int, "_Clean | Verdict"]:
    """Redact the content that the gate lets through, by its place among the uses: before the writer's turn, because
    long texts take their time."""
    capture_enabled = get_site_settings().training_data_capture_enabled
    consent = get_preferences(actor.id).consent
    policies: dict[int, Policy] = {}
    cleaned: dict[int, _Clean | Verdict] = {}
    for number, usage in enumerate(usages):
        skill = skills.get(usage.skill)
        if skill is None or refusal(capture_enabled=capture_enabled, consent=consent, skill_id=skill.id):
            continue
        if usage.content is not None:
            if skill.id not in policies:
                policies[skill.id] = policy_of(skill)
            cleaned[number] = _clean(policies[skill.id], usage.content())
    return cleaned


def _clean(policy: Policy, exchange: Exchange) -> "_Clean | Verdict":
    """Return the content without its secrets, or the verdict on content that makes no example."""
    texts = [normalise_newlines(text or "") for text in exchange]
    if not all(text.strip() for text in texts):
        return Verdict.INCOMPLETE_CONTENT
    if any(len(text) > CONTENT_MAX_CHARACTERS or not is_storable(text) for text in texts):
        return Verdict.UNUSABLE_CONTENT
    first, second = policy.redactor().together(*texts)
    kinds = tuple(dict.fromkeys(first.secrets_found + second.secrets_found))
    return _Clean(first.sanitized, second.sanitized, kinds)


class _Recorder:
    """Stores the uses of one call, inside its transaction."""

    def __init__(self, actor: User, api_key: ApiKey | None, consent: Consent) -> None:
        self._actor = actor
        self._api_key_id = api_key.id if api_key else None
        self._consent = consent
        self._consent_record_id = find_consent_record_id(actor.id)
        self._capture_enabled = get_site_settings().training_data_capture_enabled
        self._now = clock.now()
        self._used: dict[int, int] = {}
        self._captured: dict[int, int] = {}

    def record(self, usage: Usage, skill: Skill, clean: _Clean | Verdict | None) -> Outcome:
        """Store one use, unless it was reported before."""
        digest = None if usage.event_id is None else digest_of_event(usage.event_id)
        if digest and (known := self._find_known(digest)):
            kinds = tuple((known.secrets_removed or "").split())
            return Outcome(known.id, usage.skill, Verdict(known.verdict), self._keeps(skill), known.example_id, kinds)
        verdict = self._verdict(usage, skill, clean)
        event = self._add_event(usage, skill, verdict, digest)
        self._used[skill.id] = self._used.get(skill.id, 0) + 1
        if verdict is not Verdict.CAPTURED or not isinstance(clean, _Clean):
            return Outcome(event.id, usage.skill, verdict, self._keeps(skill))
        example = create_training_example(
            skill_id=skill.id,
            user_id=self._actor.id,
            example_input=clean.example_input,
            example_output=clean.example_output,
            source=Source.USAGE_CAPTURE.value,
            status=Status.PENDING.value,
            usage_event_id=event.id,
        )
        event.example_id, event.secrets_removed = example.id, " ".join(clean.kinds) or None
        self._captured[skill.id] = self._captured.get(skill.id, 0) + 1
        return Outcome(event.id, usage.skill, verdict, True, example.id, clean.kinds)

    def finish(self) -> None:
        """Move the counters of the skills that were used, and note in the audit log what was captured."""
        for skill_id, uses in sorted(self._used.items()):
            update_skill(skill_id, {Skill.usage_count: Skill.usage_count + uses})
        if self._captured:
            audit.record(
                actor_id=self._actor.id,
                action="usage.captured",
                subject="user",
                subject_id=self._actor.id,
                examples={str(skill_id): count for skill_id, count in self._captured.items()},
            )

    def _find_known(self, digest: str) -> UsageEvent | None:
        statement = select(UsageEvent).where(UsageEvent.user_id == self._actor.id, UsageEvent.event_digest == digest)
        return reading().scalars(statement).one_or_none()

    def _verdict(self, usage: Usage, skill: Skill, clean: _Clean | Verdict | None) -> Verdict:
        if usage.content is None:
            return Verdict.NO_CONTENT
        if (refused := self._refusal(skill)) is not None:
            return Verdict(refused.value)
        if clean is None:  # consent came between the two looks at the gate, so the content was not looked at
            return Verdict.NO_CONSENT
        if isinstance(clean, Verdict):
            return clean
        digest = content_digest(clean.example_input, clean.example_output)
        same = select(TrainingExample.id).where(
            TrainingExample.skill_id == skill.id, TrainingExample.content_digest == digest
        )
        return Verdict.DUPLICATE if reading().scalars(same.limit(1)).first() else Verdict.CAPTURED

    def _refusal(self, skill: Skill) -> Refusal | None:
        return refusal(capture_enabled=self._capture_enabled, consent=self._consent, skill_id=skill.id)

    def _keeps(self, skill: Skill) -> bool:
        return self._refusal(skill) is None

    def _add_event(self, usage: Usage, skill: Skill, verdict: Verdict, digest: str | None) -> UsageEvent:
        event = UsageEvent(
            user_id=self._actor.id,
            skill_id=skill.id,
            skill_version_number=skill.version_number,
            api_key_id=self._api_key_id,
            consent_record_id=self._consent_record_id if verdict is Verdict.CAPTURED else None,
            event_digest=digest,
            occurred_at=usage.ts,
            received_at=self._now,
            tool_name=usage.tool_name,
            model_name=usage.model_name,
            session_id=usage.session_id,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            latency_ms=usage.latency_ms,
            verdict=verdict.value,
        )
        with writing() as session:
            session.add(event)
            session.flush()
        return event

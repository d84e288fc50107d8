"""Second opinions: a skill's author asks somebody, who answers without seeing what was decided."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, case, func, or_, select

from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.notifications import Kind
from app.domain.reviews import OpinionVerdict, problems_with_opinion
from app.domain.training_examples import Status
from app.models import Opinion, Skill, TrainingExample, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import audit, clock
from app.services.counters import note_change
from app.services.notifications import notify
from app.services.redaction import policy_of
from app.services.skills import get_skill
from app.services.training_examples import get_training_example
from app.services.transactions import reading, writing
from app.services.users import find_user_by_email


class OpinionAsked(NamedTuple):
    """An opinion with what it is about, and who asks."""

    opinion: Opinion
    example: TrainingExample
    skill: Skill
    asked_by_name: str


class OpinionGiven(NamedTuple):
    """An opinion as the author sees it: whose it is."""

    opinion: Opinion
    name: str


class Agreement(NamedTuple):
    """Of the opinions on examples that are decided, how many say the same as the decision."""

    answered: int
    agreeing: int


def ask_for_opinion(actor: User, *, example_id: int, email: str) -> Opinion:
    """Ask the user with this address about an example. Only the skill's author may.

    `Invalid` for an address that nobody active has, for oneself and for whose usage it was; `Conflict` where they were
    asked already.
    """
    example = get_training_example(example_id)
    check(actor, Action.REVIEW_TRAINING_EXAMPLES, get_skill(example.skill_id))
    user = find_user_by_email(email)
    if user is None or not user.is_active:
        raise Invalid({"email": "Nobody who can sign in has this e-mail address."})
    if user.id in (actor.id, example.user_id):
        raise Invalid({"email": "Ask somebody else: a second opinion is another person's."})
    with writing() as session:
        skill = note_change(example.skill_id)
        check(actor, Action.REVIEW_TRAINING_EXAMPLES, skill)
        known = select(Opinion.id).where(Opinion.example_id == example_id, Opinion.asked_of == user.id)
        if reading().scalars(known).first() is not None:
            raise Conflict(f"{user.name} was asked about this example already.")
        opinion = Opinion(example_id=example_id, asked_by=actor.id, asked_of=user.id, asked_at=clock.now())
        session.add(opinion)
        session.flush()
        notify(Kind.OPINION_ASKED, user_id=user.id, actor=actor, skill_id=skill.id, subject_id=opinion.id)
        _audit(actor, "asked", opinion)
    return opinion


def give_opinion(
    actor: User, *, opinion_id: int, verdict: str, quality_score: int | None = None, comment: str = ""
) -> Opinion:
    """Answer what one was asked, once; `Invalid` with every fault, `Conflict` where one has answered."""
    asked = get_opinion(actor, opinion_id)
    if problems := problems_with_opinion(verdict=verdict, quality_score=quality_score, comment=comment):
        raise Invalid(problems)
    clean = policy_of(asked.skill).redactor().sanitize(comment.strip()).sanitized if comment.strip() else None
    with writing() as session:
        note_change(asked.skill.id)
        opinion = session.get_one(Opinion, opinion_id, with_for_update=True, populate_existing=True)
        if opinion.answered_at is not None:
            raise Conflict("You have answered this already.")
        opinion.verdict, opinion.quality_score, opinion.comment = verdict, quality_score, clean
        opinion.answered_at = clock.now()
        notify(
            Kind.OPINION_GIVEN,
            user_id=opinion.asked_by,
            actor=actor,
            skill_id=asked.skill.id,
            subject_id=opinion.example_id,
        )
        _audit(actor, "given", opinion)
    return opinion


def get_opinion(actor: User, opinion_id: int) -> OpinionAsked:
    """Return what the acting user was asked; raise `NotFound`, for what others were asked as well."""
    statement = _select_asked().where(Opinion.id == opinion_id, Opinion.asked_of == actor.id)
    row = reading().execute(statement).one_or_none() if is_id(opinion_id) else None
    if row is None:
        raise NotFound(f"opinion asked of you with the number {opinion_id}")
    return OpinionAsked(*row)


def get_opinions_asked(actor: User, *, limit: int = 100) -> Sequence[OpinionAsked]:
    """Return what the acting user was asked, what waits for an answer first, newest first."""
    check(actor, Action.USE_OWN_ACCOUNT)
    waits = case((Opinion.answered_at.is_(None), 0), else_=1)
    statement = _select_asked().where(Opinion.asked_of == actor.id).order_by(waits, Opinion.id.desc()).limit(limit)
    return [OpinionAsked(*row) for row in reading().execute(statement)]


def get_opinions_on(example_id: int) -> Sequence[OpinionGiven]:
    """Return the opinions on an example, asked and answered, for whoever decides on it."""
    statement = (
        select(Opinion, User.name)
        .join(User, User.id == Opinion.asked_of)
        .where(Opinion.example_id == example_id)
        .order_by(Opinion.id)
    )
    return [OpinionGiven(*row) for row in reading().execute(statement)]


def count_agreement(skill_id: int) -> Agreement:
    """Return how the opinions on a skill's decided examples agree with the decisions."""
    says_yes, says_no = (Opinion.verdict == verdict.value for verdict in OpinionVerdict)
    is_approved, is_rejected = (TrainingExample.status == status.value for status in (Status.APPROVED, Status.REJECTED))
    agrees = or_(says_yes & is_approved, says_no & is_rejected)
    statement = (
        select(func.count(), func.count(case((agrees, 1))))
        .select_from(Opinion)
        .join(TrainingExample, TrainingExample.id == Opinion.example_id)
        .where(TrainingExample.skill_id == skill_id, Opinion.verdict.is_not(None), or_(is_approved, is_rejected))
    )
    return Agreement(*reading().execute(statement).one())


def _select_asked() -> Select[Opinion, TrainingExample, Skill, str]:
    return (
        select(Opinion, TrainingExample, Skill, User.name)
        .join(TrainingExample, TrainingExample.id == Opinion.example_id)
        .join(Skill, Skill.id == TrainingExample.skill_id)
        .join(User, User.id == Opinion.asked_by)
    )


def _audit(actor: User, verb: str, opinion: Opinion) -> None:
    audit.record(
        actor_id=actor.id,
        action=f"opinion.{verb}",
        subject="training_example",
        subject_id=opinion.example_id,
        asked_of=opinion.asked_of,
    )

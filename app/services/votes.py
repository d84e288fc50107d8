"""Votes: the only feedback that moves a skill's aggregates, which change in the same transaction as the vote."""

from sqlalchemy import func, select

from app.domain.errors import Invalid
from app.domain.text import problem_with_optional_text
from app.domain.votes import COMMENT_MAX_CHARACTERS, Aggregates, VoteType, aggregate
from app.models import ThumbsDown, ThumbsUp, User, Vote
from app.models.types import redacted
from app.policies import Action, check
from app.services import audit, clock
from app.services.skills import get_skill, lock_skill
from app.services.transactions import reading, writing

_CLASSES: dict[VoteType, type[Vote]] = {VoteType.THUMBS_UP: ThumbsUp, VoteType.THUMBS_DOWN: ThumbsDown}


def cast_vote(actor: User, *, skill_id: int, vote_type: str, comment: str | None = None) -> Aggregates:
    """Cast or change the acting user's one standing vote and return the skill's new aggregates.

    The author may not vote on their own skill; an unknown type or a comment that is too long raises `Invalid`.
    """
    check(actor, Action.VOTE, get_skill(skill_id))
    _refuse_problems(vote_type=vote_type, comment=comment)
    moment = clock.now()
    with writing() as session:
        check(actor, Action.VOTE, lock_skill(skill_id))
        standing = find_vote(skill_id=skill_id, user_id=actor.id)
        if standing is not None:
            session.delete(standing)
            session.flush()
        vote = _CLASSES[VoteType(vote_type)](
            skill_id=skill_id,
            user_id=actor.id,
            comment=None if comment is None else redacted(comment),
            created_at=standing.created_at if standing else moment,
            updated_at=moment,
        )
        session.add(vote)
        session.flush()
        audit.record(
            actor_id=actor.id,
            action="vote.changed" if standing else "vote.cast",
            subject="skill",
            subject_id=skill_id,
            vote=vote_type,
        )
        return _recompute_aggregates(skill_id)


def withdraw_vote(actor: User, *, skill_id: int) -> Aggregates:
    """Take the acting user's vote back, where there is one, and return the skill's new aggregates."""
    check(actor, Action.VOTE, get_skill(skill_id))
    with writing() as session:
        lock_skill(skill_id)
        standing = find_vote(skill_id=skill_id, user_id=actor.id)
        if standing is not None:
            session.delete(standing)
            session.flush()
            audit.record(actor_id=actor.id, action="vote.withdrawn", subject="skill", subject_id=skill_id)
        return _recompute_aggregates(skill_id)


def find_vote(*, skill_id: int, user_id: int) -> Vote | None:
    """Return the user's standing vote on the skill, or None."""
    return reading().scalars(select(Vote).where(Vote.skill_id == skill_id, Vote.user_id == user_id)).one_or_none()


def _refuse_problems(*, vote_type: str, comment: str | None) -> None:
    problems = {}
    if vote_type not in [choice.value for choice in VoteType]:
        problems["vote_type"] = "Vote " + " or ".join(VoteType) + "."
    if problem := problem_with_optional_text(comment or "", what="comment", max_characters=COMMENT_MAX_CHARACTERS):
        problems["comment"] = problem
    if problems:
        raise Invalid(problems)


def _recompute_aggregates(skill_id: int) -> Aggregates:
    """Count the votes anew, which the lock on the skill makes safe under concurrent voting."""
    session = reading()
    rows = session.execute(
        select(Vote.feedback_type, func.count()).where(Vote.skill_id == skill_id).group_by(Vote.feedback_type)
    )
    counts = {feedback_type: count for feedback_type, count in rows}  # noqa: C416 - dict() takes a result for a mapping
    result = aggregate(positive=counts.get(VoteType.THUMBS_UP, 0), total=sum(counts.values()))
    skill = lock_skill(skill_id)
    skill.total_feedback = result.total_feedback
    skill.positive_feedback_pct = result.positive_feedback_pct
    session.flush()
    return result

"""Votes: the only feedback that moves a skill's aggregates, which change in the same transaction as the vote."""

from typing import NamedTuple

from sqlalchemy import case, func, select

from app.domain.errors import Conflict, Invalid
from app.domain.text import normalise_newlines
from app.domain.votes import (
    RECENT,
    Aggregates,
    Sentiment,
    VoteCount,
    VoteType,
    aggregate,
    make_sentiment,
    problems_with_vote,
    week_starts,
)
from app.models import Skill, ThumbsDown, ThumbsUp, User, Vote
from app.models.skill_feedback import IS_VOTE
from app.policies import Action, check
from app.services import audit, clock
from app.services.redaction import policy_of
from app.services.skills import get_skill, lock_skill
from app.services.transactions import reading, writing

_CLASSES: dict[VoteType, type[Vote]] = {VoteType.THUMBS_UP: ThumbsUp, VoteType.THUMBS_DOWN: ThumbsDown}
COMMENTS_SHOWN = 20


class VoteWithUser(NamedTuple):
    """One row of a list: the vote and the name of the user who cast it."""

    vote: Vote
    user_name: str


def cast_vote(actor: User, *, skill_id: int, vote_type: str, comment: str | None = None) -> Aggregates:
    """Cast or change the acting user's one standing vote and return the skill's new aggregates.

    The author may not vote on their own skill; an unknown type or a comment that is too long raises `Invalid`. A
    comment of nothing but white space is none.
    """
    skill = get_skill(skill_id)
    check(actor, Action.VOTE, skill)
    if problems := problems_with_vote(vote_type=vote_type, comment=comment):
        raise Invalid(problems)
    stored = _cleaned(skill, comment)
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
            comment=stored,
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
    """Take the acting user's vote back and return the skill's new aggregates; raise `Conflict` where there is none."""
    check(actor, Action.VOTE, get_skill(skill_id))
    with writing() as session:
        check(actor, Action.VOTE, lock_skill(skill_id))
        standing = find_vote(skill_id=skill_id, user_id=actor.id)
        if standing is None:
            raise Conflict("You have no vote on this skill to withdraw.")
        session.delete(standing)
        session.flush()
        audit.record(actor_id=actor.id, action="vote.withdrawn", subject="skill", subject_id=skill_id)
        return _recompute_aggregates(skill_id)


def drop_vote(*, skill_id: int, user_id: int) -> None:
    """Take away the vote of somebody who becomes the skill's author, where they have one: a part of that change."""
    with writing() as session:
        lock_skill(skill_id)
        standing = find_vote(skill_id=skill_id, user_id=user_id)
        if standing is not None:
            session.delete(standing)
            session.flush()
            _recompute_aggregates(skill_id)


def find_vote(*, skill_id: int, user_id: int) -> Vote | None:
    """Return the user's standing vote on the skill, or None."""
    return reading().scalars(select(Vote).where(Vote.skill_id == skill_id, Vote.user_id == user_id)).one_or_none()


def get_sentiment(skill_id: int) -> Sentiment:
    """Return how the skill's standing votes spread over time, each at the moment it was last cast.

    The database counts, by the votes' own index and over the shown weeks only, so at most four rows a week come back.
    """
    now = clock.now()
    first, *later = week_starts(now)
    week = case(*((Vote.updated_at < start, number) for number, start in enumerate(later)), else_=len(later))
    rows = reading().execute(
        select(
            week.label("week"),
            (Vote.updated_at >= now - RECENT).label("is_recent"),
            Vote.feedback_type,
            func.count(),
        )
        .where(Vote.skill_id == skill_id, Vote.updated_at >= first, IS_VOTE)
        .group_by("week", "is_recent", Vote.feedback_type)
    )
    return make_sentiment((VoteCount(*row) for row in rows), now=now)


def get_vote_comments(skill_id: int, *, size: int = COMMENTS_SHOWN) -> list[VoteWithUser]:
    """Return the newest of the skill's standing votes that have a comment, with their users' names."""
    statement = (
        select(Vote, User.name)
        .join(User, User.id == Vote.user_id)
        .where(Vote.skill_id == skill_id, Vote.comment.is_not(None), IS_VOTE)
        .order_by(Vote.updated_at.desc(), Vote.id.desc())
        .limit(size)
    )
    return [VoteWithUser(vote, user_name) for vote, user_name in reading().execute(statement)]


def _cleaned(skill: Skill, comment: str | None) -> str | None:
    if not comment or not comment.strip():
        return None
    return policy_of(skill).redactor().sanitize(normalise_newlines(comment)).sanitized


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

"""What happens to a skill as a whole: its author retires it and brings it back; an administrator hands it over."""

from app.domain.errors import Conflict, NotFound, Stale
from app.domain.notifications import Kind
from app.models import Skill, User
from app.policies import Action, check
from app.services import audit, clock
from app.services.notifications import notify
from app.services.skills import get_skill, lock_skill
from app.services.transactions import reading, writing
from app.services.users import find_user_by_email
from app.services.votes import drop_vote


def retire_skill(actor: User, *, skill_id: int) -> Skill:
    """Hide the skill from lists. Nothing of it is lost, and whoever has its address still finds it. Only its author
    may."""
    check(actor, Action.RETIRE_SKILL, get_skill(skill_id))
    with writing():
        skill = lock_skill(skill_id)
        check(actor, Action.RETIRE_SKILL, skill)
        if skill.retired_at is not None:
            raise Conflict("This skill is retired already.")
        skill.retired_at = clock.now()
        audit.record(actor_id=actor.id, action="skill.retired", subject="skill", subject_id=skill.id)
    return skill


def bring_skill_back(actor: User, *, skill_id: int) -> Skill:
    """Show a retired skill in lists again. Only its author may."""
    check(actor, Action.RETIRE_SKILL, get_skill(skill_id))
    with writing():
        skill = lock_skill(skill_id)
        check(actor, Action.RETIRE_SKILL, skill)
        if skill.retired_at is None:
            raise Conflict("This skill is not retired.")
        skill.retired_at = None
        audit.record(actor_id=actor.id, action="skill.brought_back", subject="skill", subject_id=skill.id)
    return skill


def hand_over_skill(actor: User, *, skill_id: int, email: str, author_id: int) -> Skill:
    """Make the user with this address the skill's author, with all that only authors may. Only administrators may.

    A vote that the new author has on the skill goes: nobody votes on their own. `author_id` is the author that the
    administrator was looking at: `Stale` where it is somebody else by now. `NotFound` for an address that nobody has,
    `Conflict` for somebody who is deactivated or the author already.
    """
    check(actor, Action.HAND_OVER_SKILL, get_skill(skill_id))
    receiver = find_user_by_email(email)
    if receiver is None:
        raise NotFound("user with this e-mail address")
    with writing():
        skill = lock_skill(skill_id)
        check(actor, Action.HAND_OVER_SKILL, skill)
        if skill.author_id != author_id:
            raise Stale("skill", revision=0)
        if receiver.id == skill.author_id:
            raise Conflict(f"{receiver.name} is the skill's author already.")
        _check_active(receiver)
        drop_vote(skill_id=skill.id, user_id=receiver.id)
        audit.record(
            actor_id=actor.id,
            action="skill.handed_over",
            subject="skill",
            subject_id=skill.id,
            from_user=skill.author_id,
            to_user=receiver.id,
        )
        notify(Kind.AUTHORSHIP_HANDED_OVER, user_id=receiver.id, actor=actor, skill_id=skill.id)
        notify(Kind.AUTHORSHIP_TAKEN, user_id=skill.author_id, actor=actor, skill_id=skill.id)
        skill.author_id = receiver.id
    return skill


def _check_active(user: User) -> None:
    """Raise where the user is deactivated, as the database knows it now, and keep it so until the change ends."""
    now = reading().get_one(User, user.id, with_for_update={"read": True}, populate_existing=True)
    if not now.is_active:
        raise Conflict(f"{user.name} is deactivated. Hand the skill to somebody who can sign in.")

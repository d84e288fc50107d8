"""Who may do what to which thing: one table.

`can` answers and `check` raises, both from that table; templates ask it whether to show a button, doors whether to open
and services whether to act, so the three cannot differ. An administrator is nowhere treated as an author.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, NamedTuple

from app.domain.errors import NotAllowed, SignInRequired
from app.models import Opinion, SiteSettings, Skill, User


class Action(Enum):
    """Everything that is allowed to some and not to others."""

    VIEW_SKILLS = auto()
    ADD_SKILL = auto()
    EDIT_SKILL = auto()
    RETIRE_SKILL = auto()
    HAND_OVER_SKILL = auto()
    ADD_TRAINING_EXAMPLE = auto()
    EDIT_TRAINING_EXAMPLE = auto()
    DELETE_TRAINING_EXAMPLE = auto()
    SEE_UNAPPROVED_TRAINING_EXAMPLES = auto()
    REVIEW_TRAINING_EXAMPLES = auto()
    GIVE_OPINION = auto()
    CHANGE_SCHEMAS = auto()
    FREEZE_DATASET = auto()
    SAVE_FILTER = auto()
    MARK_FALSE_ALARM = auto()
    SEE_REDACTION = auto()
    CHANGE_REDACTION = auto()
    ADD_SUGGESTION = auto()
    MOVE_SUGGESTION = auto()
    REPLY_TO_SUGGESTION = auto()
    APPLY_SUGGESTION = auto()
    VOTE = auto()
    READ_VOTE_COMMENTS = auto()
    TRACK_USAGE = auto()
    SIGN_UP = auto()
    USE_OWN_ACCOUNT = auto()
    ADMINISTER_SITE = auto()
    ADMINISTER_PEOPLE = auto()
    DEACTIVATE_USER = auto()
    SEE_AUDIT_LOG = auto()


class Rule(NamedTuple):
    """One row: on which kind of thing, for whom, and the sentence for everybody else."""

    thing: type | None
    allows: Callable[[User | None, Any], bool]
    reason: str


def _is_signed_in(actor: User | None, _thing: object) -> bool:
    return actor is not None


def _is_author(actor: User | None, skill: Skill) -> bool:
    return actor is not None and actor.id == skill.author_id


def _is_another_user(actor: User | None, skill: Skill) -> bool:
    return actor is not None and actor.id != skill.author_id


def _is_author_or_admin(actor: User | None, skill: Skill) -> bool:
    return actor is not None and (actor.id == skill.author_id or actor.is_admin)


def _is_admin(actor: User | None, _thing: object) -> bool:
    return actor is not None and actor.is_admin


def _is_another_admin(actor: User | None, user: User) -> bool:
    return actor is not None and actor.is_admin and actor.id != user.id


def _is_asked(actor: User | None, opinion: Opinion) -> bool:
    return actor is not None and actor.id == opinion.asked_of


def _is_admitted(actor: User | None, site: SiteSettings) -> bool:
    return actor is not None or not site.viewing_requires_sign_in


def _is_invited(_actor: User | None, site: SiteSettings) -> bool:
    return site.open_sign_up


RULES: dict[Action, Rule] = {
    Action.VIEW_SKILLS: Rule(SiteSettings, _is_admitted, "Sign in to see the skills."),
    Action.ADD_SKILL: Rule(None, _is_signed_in, "Sign in to add a skill."),
    Action.EDIT_SKILL: Rule(Skill, _is_author, "Only the skill's author edits it."),
    Action.RETIRE_SKILL: Rule(Skill, _is_author, "Only the skill's author retires it and brings it back."),
    Action.HAND_OVER_SKILL: Rule(Skill, _is_admin, "Only administrators hand a skill to another author."),
    Action.ADD_TRAINING_EXAMPLE: Rule(Skill, _is_author, "Only the skill's author adds golden examples to it."),
    Action.EDIT_TRAINING_EXAMPLE: Rule(Skill, _is_author, "Only the skill's author edits its examples."),
    Action.DELETE_TRAINING_EXAMPLE: Rule(Skill, _is_author, "Only the skill's author deletes its examples."),
    Action.SEE_UNAPPROVED_TRAINING_EXAMPLES: Rule(
        Skill, _is_author_or_admin, "Only the skill's author and administrators see examples that are not approved."
    ),
    Action.REVIEW_TRAINING_EXAMPLES: Rule(Skill, _is_author, "Only the skill's author decides on its examples."),
    Action.GIVE_OPINION: Rule(Opinion, _is_asked, "Only who is asked gives this opinion."),
    Action.CHANGE_SCHEMAS: Rule(Skill, _is_author, "Only the skill's author says what its examples look like."),
    Action.FREEZE_DATASET: Rule(Skill, _is_author, "Only the skill's author freezes versions of its training data."),
    Action.SAVE_FILTER: Rule(Skill, _is_signed_in, "Sign in to save a filter."),
    Action.MARK_FALSE_ALARM: Rule(Skill, _is_signed_in, "Sign in to mark a false alarm."),
    Action.SEE_REDACTION: Rule(
        Skill, _is_author_or_admin, "Only the skill's author and administrators see how its texts are redacted."
    ),
    Action.CHANGE_REDACTION: Rule(Skill, _is_author, "Only the skill's author decides how its texts are redacted."),
    Action.ADD_SUGGESTION: Rule(Skill, _is_signed_in, "Sign in to suggest an improvement."),
    Action.MOVE_SUGGESTION: Rule(
        Skill, _is_author_or_admin, "Only the skill's author and administrators decide on suggestions."
    ),
    Action.REPLY_TO_SUGGESTION: Rule(Skill, _is_author, "Only the skill's author replies to suggestions."),
    Action.APPLY_SUGGESTION: Rule(Skill, _is_author, "Only the skill's author applies suggestions to it."),
    Action.VOTE: Rule(Skill, _is_another_user, "The author cannot vote on their own skill."),
    Action.READ_VOTE_COMMENTS: Rule(
        Skill, _is_author_or_admin, "Only the skill's author and administrators read the comments of its votes."
    ),
    Action.TRACK_USAGE: Rule(None, _is_signed_in, "Send an API key: usage is reported in somebody's name."),
    Action.SIGN_UP: Rule(SiteSettings, _is_invited, "New accounts are made by administrators here. Ask one."),
    Action.USE_OWN_ACCOUNT: Rule(None, _is_signed_in, "Sign in to see your account."),
    Action.ADMINISTER_SITE: Rule(None, _is_admin, "Only administrators change the site's settings."),
    Action.ADMINISTER_PEOPLE: Rule(None, _is_admin, "Only administrators add and change people."),
    Action.DEACTIVATE_USER: Rule(
        User, _is_another_admin, "Nobody deactivates themself: another administrator has to do it."
    ),
    Action.SEE_AUDIT_LOG: Rule(None, _is_admin, "Only administrators see the audit log."),
}


def can(actor: User | None, action: Action, thing: object = None) -> bool:
    """Return whether `actor` (None: nobody is signed in) may do `action` to `thing`."""
    return RULES[action].allows(actor, thing)


def check(actor: User | None, action: Action, thing: object = None) -> None:
    """Raise unless `can`: `SignInRequired` where signing in might help, `NotAllowed` with the reason otherwise."""
    if can(actor, action, thing):
        return
    if actor is None:
        raise SignInRequired(RULES[action].reason)
    raise NotAllowed(RULES[action].reason)

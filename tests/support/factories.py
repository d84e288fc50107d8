"""Rows to test with. Each has the least that is needed, and what a test cares about is named in the test."""

import itertools
from typing import Any

from app.domain.example_details import NO_DETAILS, Details
from app.domain.skill_md import parse_skill_file
from app.domain.usage import Exchange, Usage
from app.models import Skill, Suggestion, TrainingExample, User
from app.services import clock
from app.services.passwords import hash_password
from app.services.preferences import change_preferences
from app.services.site_settings import get_site_settings
from app.services.skill_versions import save_skill_file
from app.services.suggestions import create_suggestion, move_suggestion
from app.services.training_examples import create_training_example
from app.services.transactions import reading, writing
from app.services.usage import Outcome, track
from app.services.users import new_session_token

PASSWORD = "correct horse battery"
_PASSWORD_HASH = hash_password(PASSWORD)  # once: a real hash is meant to be slow
_numbers = itertools.count(1)


def make_user(name: str = "", *, is_admin: bool = False, is_active: bool = True) -> User:
    number = next(_numbers)
    user = User(
        email=f"user{number}@example.com",
        name=name or f"User {number}",
        password_hash=_PASSWORD_HASH,
        session_token=new_session_token(),
        is_admin=is_admin,
        is_active=is_active,
        created_at=clock.now(),
    )
    with writing() as session:
        session.add(user)
    return user


def skill_text(name: str, description: str = "Use it in tests.", body: str = "# A skill\n\nDo it well.\n") -> str:
    return f"---\nname: {name}\ndescription: {description}\n---\n{body}"


def make_skill(author: User | None = None, *, name: str = "", body: str = "# A skill\n\nDo it well.\n") -> Skill:
    name = name or f"skill-{next(_numbers)}"
    return save_skill_file(author or make_user(), parse_skill_file(skill_text(name, body=body))).skill


def save_version(skill: Skill, *, body: str, note: str | None = None) -> Skill:
    """Save another version of the skill, as its author."""
    author = reading().get_one(User, skill.author_id)
    return save_skill_file(author, parse_skill_file(skill_text(skill.slug, body=body)), note=note).skill


def make_example(
    skill: Skill,
    example_input: str = "",
    example_output: str = "An output",
    *,
    user: User | None = None,
    quality_score: int | None = None,
    source: str = "web",
    status: str = "approved",
    details: Details = NO_DETAILS,
) -> TrainingExample:
    return create_training_example(
        skill_id=skill.id,
        user_id=user.id if user else skill.author_id,
        example_input=example_input or f"Input {next(_numbers)}",
        example_output=example_output,
        quality_score=quality_score,
        source=source,
        status=status,
        details=details,
    )


def allow_capture(*users: User) -> None:
    """Switch capture on for the site, and let these users consent."""
    with writing():
        get_site_settings().training_data_capture_enabled = True
    for user in users:
        change_preferences(user, training_data_consent=True)


def capture(skill: Skill, user: User, example_input: str = "", example_output: str = "An answer") -> TrainingExample:
    """Report a use of the skill by a user who consents, and return the example that its content became."""
    allow_capture(user)
    text = example_input or f"A question {next(_numbers)}"
    [outcome] = track(user, [make_usage(skill, text, example_output)])
    assert isinstance(outcome, Outcome)
    return reading().get_one(TrainingExample, outcome.example_id)


def make_usage(skill: Skill, given: str | None = None, answered: str | None = None, **more: Any) -> Usage:
    """Return a use of the skill, as it is reported; without texts it has no content."""
    has_content = given is not None or answered is not None
    content = (lambda: Exchange(given, answered)) if has_content else None
    return Usage(**{"skill": skill.slug, "tool_name": "a-tool", "ts": clock.now(), "content": content, **more})


def make_suggestion(
    skill: Skill,
    comment: str = "Say what to do with an empty input.",
    *,
    user: User | None = None,
    category: str = "missing_feature",
    severity: str = "nice_to_have",
    suggested_content: str | None = None,
    status: str = "pending",
) -> Suggestion:
    """Make a suggestion and let the skill's author move it to its state along the lifecycle."""
    suggestion = create_suggestion(
        skill_id=skill.id,
        user_id=user.id if user else skill.author_id,
        category=category,
        severity=severity,
        comment=comment,
        suggested_content=suggested_content,
    )
    author = reading().get_one(User, skill.author_id)
    for step in WAYS[status]:
        move_suggestion(author, suggestion_id=suggestion.id, status=step, revision=suggestion.revision)
    return suggestion


WAYS = {
    "pending": (),
    "accepted": ("accepted",),
    "implemented": ("accepted", "implemented"),
    "dismissed": ("dismissed",),
}

"""The demo data: a small invented organisation, its skills, examples, suggestions and votes, from `app/demo/`.

It goes in through the same guarded services as everybody's data does.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.domain.skill_md import parse_skill_file
from app.domain.usage import Exchange, Usage
from app.models import User
from app.services import clock
from app.services.preferences import change_preferences
from app.services.site_settings import change_site_settings, get_site_settings
from app.services.skill_versions import get_current_version, save_skill_file
from app.services.skills import get_skill_by_slug
from app.services.suggestions import (
    get_suggestions_for_skill,
    move_suggestion,
    reply_to_suggestion,
    submit_suggestion,
)
from app.services.training_examples import submit_training_example
from app.services.transactions import reading, writing
from app.services.usage import track
from app.services.users import create_user, find_user_by_email
from app.services.votes import cast_vote

FOLDER = Path(__file__).resolve().parent.parent / "demo"
PASSWORD = "goldset demo password"  # noqa: S105 - the demo's sign-ins are printed for everybody


def load_demo() -> bool:
    """Load the demo data where there are no users yet, all of it or nothing; return whether it was loaded."""
    if reading().scalars(select(func.count()).select_from(User)).one():
        return False
    with writing():
        people = {person["email"]: _add_person(person) for person in _read("people.json")}
        for name, email in _read("authors.json").items():
            _add_skill(people[email], name)
        for row in _read_lines("suggestions.jsonl"):
            submit_suggestion(people[row.pop("by")], skill_id=get_skill_by_slug(row.pop("skill")).id, **row)
        for row in _read_lines("rewrites.jsonl"):
            _add_rewrite(people[row["by"]], row)
        for row in _read_lines("decisions.jsonl"):
            _decide(people, row)
        for row in _read_lines("votes.jsonl"):
            skill = get_skill_by_slug(row["skill"])
            cast_vote(people[row["by"]], skill_id=skill.id, vote_type=row["vote"], comment=row["comment"])
        _capture_usage(people)
    return True


def find_demo_people() -> list[tuple[str, str]]:
    """Return the address and the role of each of the demo's people who is here."""
    return [(person["email"], person["role"]) for person in _read("people.json") if find_user_by_email(person["email"])]


def _add_person(person: dict[str, Any]) -> User:
    return create_user(
        email=person["email"], name=person["name"], password=PASSWORD, is_admin=person["role"] == "administrator"
    )


def _add_skill(author: User, name: str) -> None:
    text = (FOLDER / "skills" / name / "SKILL.md").read_text(encoding="utf-8")
    skill = save_skill_file(author, parse_skill_file(text, folder=name)).skill
    for row in _read_lines(f"examples/{name}.jsonl"):
        submit_training_example(
            author,
            skill_id=skill.id,
            example_input=row["input"],
            example_output=row["output"],
            quality_score=row["quality_score"],
        )


def _add_rewrite(actor: User, row: dict[str, Any]) -> None:
    """Suggest the skill's present text with one passage changed."""
    skill = get_skill_by_slug(row["skill"])
    submit_suggestion(
        actor,
        skill_id=skill.id,
        category=row["category"],
        severity=row["severity"],
        comment=row["comment"],
        suggested_content=get_current_version(skill).content.replace(row["instead_of"], row["write"]),
    )


def _capture_usage(people: dict[str, User]) -> None:
    """Let some of the demo's people consent and use skills while capture is on; it is off again afterwards."""
    administrator = next(person for person in people.values() if person.is_admin)
    rows = list(_read_lines("usage.jsonl"))
    _switch_capture(administrator, on=True)
    for email in sorted({row["by"] for row in rows}):
        change_preferences(people[email], training_data_consent=True)
    for row in rows:
        exchange = Exchange(row["input"], row["output"])
        usage = Usage(row["skill"], row["tool"], clock.now(), exchange.itself, model_name=row["model"])
        track(people[row["by"]], [usage])
    _switch_capture(administrator, on=False)


def _switch_capture(administrator: User, *, on: bool) -> None:
    site = get_site_settings()
    change_site_settings(
        administrator,
        training_data_capture_enabled=on,
        viewing_requires_sign_in=site.viewing_requires_sign_in,
        open_sign_up=site.open_sign_up,
        redact_personal_data=site.redact_personal_data,
    )


def _decide(people: dict[str, User], row: dict[str, Any]) -> None:
    """Let the author answer the suggestion whose comment begins as the row says."""
    skill = get_skill_by_slug(row["skill"])
    rows = get_suggestions_for_skill(skill.id).rows
    suggestion = next(one.suggestion for one in rows if str(one.suggestion.comment).startswith(row["about"]))
    author = people[skill.author.email]
    if row["reply"]:
        reply_to_suggestion(author, suggestion_id=suggestion.id, reply=row["reply"], revision=suggestion.revision)
    if row["status"] != suggestion.status:
        move_suggestion(author, suggestion_id=suggestion.id, status=row["status"], revision=suggestion.revision)


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _read_lines(name: str) -> Iterator[dict[str, Any]]:
    path = FOLDER / name
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)

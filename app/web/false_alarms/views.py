"""False alarms of redaction in one example: whoever sees one marks it, and the skill's author answers."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.domain.errors import Conflict, Invalid
from app.models import Skill
from app.policies import Action
from app.services import false_alarms as service
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment
from app.web.training_examples.rows import find_row

blueprint = Blueprint("false_alarms", __name__, url_prefix="/skills/<slug>/training-data/<int:example_id>/false-alarms")


@blueprint.get("")
@guard(Action.MARK_FALSE_ALARM)
def index(skill: Skill, example_id: int) -> Response:
    """The placeholders of an example, each with a way to say that it stands for no secret."""
    return _show(skill, example_id)


@blueprint.post("")
@guard(Action.MARK_FALSE_ALARM)
def create(skill: Skill, example_id: int) -> Response:
    """Mark one placeholder; the skill's author is told."""
    row = find_row(skill, example_id)
    placeholder = request.form.get("placeholder", "")
    try:
        service.mark_false_alarm(signed_in_user(), example=row.example, placeholder=placeholder)
    except Invalid as error:
        return _show(skill, example_id, status=422, problem=" ".join(error.errors.values()))
    except Conflict as error:
        return _show(skill, example_id, status=409, problem=str(error))
    return _done(skill, example_id, f"{placeholder} is marked as a false alarm. The skill's author decides.")


@blueprint.post("/<int:alarm_id>/dismissal")
@guard(Action.CHANGE_REDACTION)
def dismiss(skill: Skill, example_id: int, alarm_id: int) -> Response:
    """Answer that the placeholder stands for a secret after all."""
    row = find_row(skill, example_id)
    service.dismiss_false_alarm(signed_in_user(), example=row.example, alarm_id=alarm_id)
    return _done(skill, example_id, "The placeholder stays: it stands for a secret.")


def _done(skill: Skill, example_id: int, message: str) -> Response:
    return htmx.done(
        url_for(".index", slug=skill.slug, example_id=example_id),
        Fragment("false_alarms/_row.html", f"#training-example-{example_id}"),
        message=message,
        **_context(skill, example_id),
    )


def _show(skill: Skill, example_id: int, *, status: int = 200, problem: str | None = None) -> Response:
    return htmx.render(
        "false_alarms/index.html",
        "false_alarms/_row.html",
        status=status,
        problem=problem,
        **_context(skill, example_id),
    )


def _context(skill: Skill, example_id: int) -> dict[str, Any]:
    row = find_row(skill, example_id)
    waiting = {one.alarm.placeholder: one for one in service.get_false_alarms([example_id])}
    return {"skill": skill, "row": row, "placeholders": service.placeholders_of(row.example), "waiting": waiting}

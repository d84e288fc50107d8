"""Filters of the training-data tab that somebody keeps under a name, for themselves."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.domain.errors import Conflict, Invalid
from app.models import Skill
from app.policies import Action
from app.services import saved_filters as service
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment
from app.web.training_examples.forms import FilterForm

blueprint = Blueprint("saved_filters", __name__, url_prefix="/skills/<slug>/training-data/filters")


@blueprint.post("")
@guard(Action.SAVE_FILTER)
def create(skill: Skill) -> Response:
    """Keep the filter that the list is asked for."""
    name, wanted = request.form.get("name", ""), FilterForm(request.form).to_url()
    try:
        saved = service.save_filter(signed_in_user(), skill_id=skill.id, name=name, wanted=wanted)
    except Invalid as error:
        return _show(skill, wanted, name=name, problem=" ".join(error.errors.values()), status=422)
    except Conflict as error:
        return _show(skill, wanted, name=name, problem=str(error), status=409)
    return _done(skill, wanted, f"The filter “{saved.name}” is saved.")


@blueprint.post("/<int:filter_id>/removal")
@guard(Action.SAVE_FILTER)
def forget(skill: Skill, filter_id: int) -> Response:
    """Forget a filter."""
    service.forget_filter(signed_in_user(), skill_id=skill.id, filter_id=filter_id)
    return _done(skill, FilterForm(request.form).to_url(), "The filter is forgotten.")


def _done(skill: Skill, wanted: dict[str, Any], message: str) -> Response:
    return htmx.done(
        url_for("training_examples.index", slug=skill.slug, **wanted),
        Fragment("saved_filters/_filters.html", "#saved-filters"),
        message=message,
        skill=skill,
        wanted=wanted,
        saved=service.get_saved_filters(signed_in_user(), skill.id),
    )


def _show(skill: Skill, wanted: dict[str, Any], *, name: str, problem: str, status: int) -> Response:
    return htmx.render(
        "saved_filters/new.html",
        "saved_filters/_filters.html",
        status=status,
        skill=skill,
        wanted=wanted,
        name=name,
        problem=problem,
        saved=service.get_saved_filters(signed_in_user(), skill.id),
    )

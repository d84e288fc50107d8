"""Exports of a skill's approved examples: what each format holds, the file, and its manifest."""

from flask import Blueprint, Response, json, make_response, request, stream_with_context

from app.domain.formats import FORMATS
from app.models import Skill
from app.policies import Action
from app.services import exports as service
from app.web import htmx
from app.web.guards import guard

blueprint = Blueprint("exports", __name__, url_prefix="/skills/<slug>/training-data/export")


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def index(skill: Skill) -> Response:
    """The formats, what each cannot hold, and how many rows that touches."""
    query = request.args.get("q", "")
    return htmx.render(
        "exports/index.html",
        skill=skill,
        query=query,
        formats=FORMATS,
        losses=service.count_losses(skill.id, query=query),
    )


@blueprint.get("/<name>")
@guard(Action.VIEW_SKILLS)
def download(skill: Skill, name: str) -> Response:
    """The file, written while it is sent."""
    chosen = service.get_format(name)
    pieces = service.export(skill, chosen, query=request.args.get("q", ""))
    response = Response(stream_with_context(pieces), mimetype=chosen.layout.mimetype)
    response.headers["Content-Disposition"] = (
        f"attachment; filename={skill.slug}.{chosen.name}.{chosen.layout.extension}"
    )
    return response


@blueprint.get("/<name>/manifest")
@guard(Action.VIEW_SKILLS)
def manifest(skill: Skill, name: str) -> Response:
    """What the file is known by: its rows' hash, its own SHA-256, the filter, the counts."""
    made = service.make_manifest(skill, service.get_format(name), query=request.args.get("q", ""))
    response = make_response(json.dumps(made.to_json(), indent=2, ensure_ascii=False) + "\n")
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f"attachment; filename={skill.slug}.{name}.manifest.json"
    return response

"""What people suggested to improve in a skill."""

from flask import Blueprint, Response, request

from app import config
from app.models import Skill
from app.policies import Action
from app.services.suggestions import get_suggestions_for_skill
from app.web import htmx
from app.web.guards import guard
from app.web.paging import read_cursor

blueprint = Blueprint("suggestions", __name__, url_prefix="/skills/<slug>/suggestions")


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def index(skill: Skill) -> Response:
    """A skill's suggestions, newest first."""
    page = get_suggestions_for_skill(skill.id, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE"))
    return htmx.render("suggestions/index.html", "suggestions/_list.html", skill=skill, page=page)

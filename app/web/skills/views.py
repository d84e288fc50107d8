"""The list of skills, and one skill with its tabs."""

from flask import Blueprint, Response, request

from app import config
from app.domain.skill_md import body_of
from app.models import Skill
from app.policies import Action
from app.services.skills import get_current_version, get_skills
from app.web import htmx
from app.web.guards import guard
from app.web.markdown import render_markdown
from app.web.paging import read_cursor
from app.web.votes.panel import votes_panel

blueprint = Blueprint("skills", __name__)


@blueprint.get("/")
@guard(Action.VIEW_SKILLS)
def index() -> Response:
    """All skills, newest first, or those that contain the words of `q`."""
    query = request.args.get("q", "")
    page = get_skills(query=query, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE"))
    return htmx.render("skills/index.html", "skills/_list.html", page=page, query=query)


@blueprint.get("/skills/<slug>")
@guard(Action.VIEW_SKILLS)
def show(skill: Skill) -> Response:
    """One skill: what it is for its SKILL.md, rendered, and its votes."""
    version = get_current_version(skill)
    return htmx.render(
        "skills/show.html",
        **votes_panel(skill),
        version=version,
        body=render_markdown(body_of(version.content, title=skill.title)),
    )

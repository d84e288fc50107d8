"""The list of skills, and one skill with its tabs."""

from flask import Response, request

from app import config
from app.domain.skill_md import body_of
from app.models import Skill
from app.policies import Action
from app.services.skill_versions import get_current_version
from app.services.skills import Filter, get_skills
from app.services.users import find_user_name
from app.web import htmx
from app.web.guards import guard
from app.web.markdown import render_markdown
from app.web.paging import read_cursor
from app.web.skills.blueprint import blueprint
from app.web.skills.downloads import download_of
from app.web.votes.panel import votes_panel


@blueprint.get("/")
@guard(Action.VIEW_SKILLS)
def index() -> Response:
    """All skills, newest first, or those that contain the words of `q`, are by `author`, or are retired."""
    wanted = Filter(
        query=request.args.get("q", ""),
        author_id=request.args.get("author", type=int),
        retired=request.args.get("show") == "retired",
    )
    return htmx.render(
        "skills/index.html",
        "skills/_list.html",
        page=get_skills(wanted=wanted, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE")),
        wanted=wanted,
        author_name=None if wanted.author_id is None else find_user_name(wanted.author_id),
    )


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


@blueprint.get("/skills/<slug>/SKILL.md")
@guard(Action.VIEW_SKILLS)
def download(skill: Skill) -> Response:
    """The skill's present SKILL.md, byte for byte."""
    return download_of(get_current_version(skill))

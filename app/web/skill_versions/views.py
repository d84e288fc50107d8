"""The versions tab of a skill: who saved what and when, any two compared, an old one restored as a new one."""

from flask import Blueprint, Response, flash, request, url_for

from app import config
from app.domain.diffs import compare_texts
from app.domain.errors import Conflict, Invalid
from app.domain.skill_md import body_of
from app.domain.text import normalise_newlines
from app.models import Skill
from app.policies import Action
from app.services import skill_versions as service
from app.services.users import find_user_name
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.markdown import render_markdown
from app.web.messages import saved_message
from app.web.paging import read_cursor
from app.web.skills.downloads import download_of

blueprint = Blueprint("skill_versions", __name__, url_prefix="/skills/<slug>/versions")


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def index(skill: Skill) -> Response:
    """All versions, newest first."""
    page = service.get_skill_versions(skill.id, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE"))
    return htmx.render("skill_versions/index.html", skill=skill, page=page)


@blueprint.get("/<int:number>")
@guard(Action.VIEW_SKILLS)
def show(skill: Skill, number: int) -> Response:
    """One version as it was."""
    return _show(skill, number)


@blueprint.get("/<int:number>/SKILL.md")
@guard(Action.VIEW_SKILLS)
def download(skill: Skill, number: int) -> Response:
    """The SKILL.md of one version, byte for byte."""
    return download_of(service.get_skill_version(skill.id, number))


@blueprint.get("/comparison")
@guard(Action.VIEW_SKILLS)
def compare(skill: Skill) -> Response:
    """What is different between version `from` and version `to`; without them, what the last change did."""
    newer = request.args.get("to", default=skill.version_number, type=int)
    older = request.args.get("from", default=max(newer - 1, 1), type=int)
    old, new = (service.get_skill_version(skill.id, number) for number in (older, newer))
    return htmx.render(
        "skill_versions/comparison.html",
        skill=skill,
        old=old,
        new=new,
        pieces_of_diff=compare_texts(normalise_newlines(old.content), normalise_newlines(new.content)),
    )


@blueprint.post("/<int:number>/restoration")
@guard(Action.EDIT_SKILL)
def restore(skill: Skill, number: int) -> Response:
    """Make this version's text the skill's next version."""
    seen = request.form.get("version_number", default=0, type=int)
    try:
        saved = service.restore_skill_version(signed_in_user(), skill_id=skill.id, number=number, version_number=seen)
    except Invalid as error:
        return _show(skill, number, problems=list(error.errors.values()), status=422)
    except Conflict as error:
        return _show(skill, number, problems=[str(error)], status=409)
    flash(saved_message(f"Version {number} is restored as version {saved.version}.", saved.secrets_found))
    return htmx.go(url_for("skills.show", slug=skill.slug))


def _show(skill: Skill, number: int, *, problems: list[str] | None = None, status: int = 200) -> Response:
    version = service.get_skill_version(skill.id, number)
    return htmx.render(
        "skill_versions/show.html",
        status=status,
        skill=skill,
        version=version,
        creator_name=find_user_name(version.created_by),
        body=render_markdown(body_of(version.content, title=skill.title)),
        problems=problems or [],
    )

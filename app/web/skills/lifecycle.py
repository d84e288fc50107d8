"""What happens to a skill as a whole: retired and brought back by its author, handed over by an administrator."""

from flask import Response, flash, request, url_for

from app.domain.errors import Conflict, NotFound, Stale
from app.models import Skill
from app.policies import Action
from app.services import skill_lifecycle as service
from app.services.skills import get_skill_by_slug
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.skills.blueprint import blueprint
from app.web.skills.forms import HandOverForm


@blueprint.post("/skills/<slug>/retirement")
@guard(Action.RETIRE_SKILL)
def retire(skill: Skill) -> Response:
    """Hide the skill from lists."""
    service.retire_skill(signed_in_user(), skill_id=skill.id)
    flash("The skill is retired: lists do not show it any more, and nothing of it is lost.")
    return htmx.go(url_for(".show", slug=skill.slug))


@blueprint.post("/skills/<slug>/retirement/removal")
@guard(Action.RETIRE_SKILL)
def bring_back(skill: Skill) -> Response:
    """Show a retired skill in lists again."""
    service.bring_skill_back(signed_in_user(), skill_id=skill.id)
    flash("The skill is back: lists show it again.")
    return htmx.go(url_for(".show", slug=skill.slug))


@blueprint.get("/skills/<slug>/author")
@guard(Action.HAND_OVER_SKILL)
def edit_author(skill: Skill) -> Response:
    """The form to hand the skill to another author."""
    return _hand_over_form(skill, HandOverForm())


@blueprint.post("/skills/<slug>/author")
@guard(Action.HAND_OVER_SKILL)
def update_author(skill: Skill) -> Response:
    """Make somebody else the skill's author."""
    form = HandOverForm(request.form)
    author_id = request.form.get("author_id", default=0, type=int)
    try:
        service.hand_over_skill(signed_in_user(), skill_id=skill.id, email=form.email.data or "", author_id=author_id)
    except NotFound as error:
        form.add_errors({"email": str(error)})
        return _hand_over_form(skill, form, status=422)
    except Stale:
        form.refuse("Somebody handed this skill over after you opened the page. Look who its author is now.")
        return _hand_over_form(get_skill_by_slug(skill.slug), form, status=409)
    except Conflict as error:
        form.add_errors({"email": str(error)})
        return _hand_over_form(skill, form, status=409)
    author = get_skill_by_slug(skill.slug).author
    flash(f"{author.name} is the author of this skill now.")
    return htmx.go(url_for(".show", slug=skill.slug))


def _hand_over_form(skill: Skill, form: HandOverForm, *, status: int = 200) -> Response:
    return htmx.render("skills/author.html", status=status, skill=skill, form=form)

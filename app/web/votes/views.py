"""Voting on a skill, in the panel on its page."""

from flask import Blueprint, Response, request, url_for

from app.domain.errors import Conflict, Invalid
from app.models import Skill
from app.policies import Action
from app.services import votes as service
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment
from app.web.votes.forms import VoteForm, form_of
from app.web.votes.panel import votes_panel

blueprint = Blueprint("votes", __name__, url_prefix="/skills/<slug>/vote")

PANEL = Fragment("votes/_panel.html", "#votes")
SENTIMENT = Fragment("votes/_sentiment.html", "#skill-sentiment")


@blueprint.post("")
@guard(Action.VOTE)
def cast(skill: Skill) -> Response:
    """Cast the acting user's vote, or change it."""
    form = VoteForm(request.form)
    try:
        service.cast_vote(signed_in_user(), skill_id=skill.id, **form.data)
    except Invalid as error:
        form.add_errors(error.errors)
        return _panel(skill, form, status=422)
    return _done(skill, message="Your vote is saved.")


@blueprint.post("/withdrawal")
@guard(Action.VOTE)
def withdraw(skill: Skill) -> Response:
    """Take the acting user's vote back, unless it is gone already."""
    try:
        service.withdraw_vote(signed_in_user(), skill_id=skill.id)
    except Conflict as error:
        form = form_of(None)
        form.refuse(str(error))
        return _panel(skill, form, status=409)
    return _done(skill, message="Your vote is withdrawn.")


def _panel(skill: Skill, form: VoteForm, *, status: int) -> Response:
    """Answer with the panel and what is wrong: in its place, or on a page of its own."""
    return htmx.render("votes/show.html", "votes/_panel.html", status=status, **votes_panel(skill, form=form))


def _done(skill: Skill, *, message: str) -> Response:
    """Answer with the panel as it is now and the same sentiment in the skill's head."""
    return htmx.done(
        url_for("skills.show", slug=skill.slug, _anchor="votes"),
        PANEL,
        SENTIMENT,
        message=message,
        tally=skill,
        focus_vote=True,
        **votes_panel(skill),
    )

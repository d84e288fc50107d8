"""How the texts of one skill are redacted: what its author chose, what waits for them, and what they let through."""

from flask import Blueprint, Response, request, url_for

from app.models import Skill
from app.policies import Action
from app.services import allowed_texts, false_alarms
from app.services import redaction as service
from app.services.site_settings import get_site_settings
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.redaction.forms import CHOICES, RedactionForm

blueprint = Blueprint("redaction", __name__, url_prefix="/skills/<slug>/redaction")


@blueprint.get("")
@guard(Action.SEE_REDACTION)
def show(skill: Skill) -> Response:
    """The skill's choice, the false alarms that wait, and the texts that are let through."""
    return _show(skill, RedactionForm(personal_data=RedactionForm.choice_of(skill.redact_personal_data)))


@blueprint.post("")
@guard(Action.CHANGE_REDACTION)
def update(skill: Skill) -> Response:
    """Save the skill's choice."""
    form = RedactionForm(request.form)
    if not form.validate():
        return _show(skill, form, status=422)
    service.change_skill_redaction(
        signed_in_user(), skill_id=skill.id, redact_personal_data=CHOICES[form.personal_data.data].value
    )
    return htmx.done(
        url_for(".show", slug=skill.slug), message="Saved. It holds for what is written on this skill from now on."
    )


@blueprint.post("/allowed-texts/<int:allowed_id>/removal")
@guard(Action.CHANGE_REDACTION)
def withdraw_allowed_text(skill: Skill, allowed_id: int) -> Response:
    """Take a text off the list of those that are let through."""
    allowed_texts.withdraw_allowed_text(signed_in_user(), skill_id=skill.id, allowed_id=allowed_id)
    return htmx.done(
        url_for(".show", slug=skill.slug),
        message="That text is redacted again from now on. Examples that hold it stay as they are.",
    )


def _show(skill: Skill, form: RedactionForm, *, status: int = 200) -> Response:
    return htmx.render(
        "redaction/show.html",
        status=status,
        skill=skill,
        form=form,
        site=get_site_settings(),
        waiting=false_alarms.get_waiting_false_alarms(skill.id),
        allowed=allowed_texts.get_allowed_texts(skill.id),
    )

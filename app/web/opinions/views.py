"""Second opinions that one was asked for: given blind, once."""

from flask import Blueprint, Response, request, url_for
from wtforms import RadioField, TextAreaField
from wtforms.validators import Optional

from app.domain.errors import Conflict, Invalid
from app.domain.reviews import OpinionVerdict
from app.policies import Action
from app.services import opinions as service
from app.services.opinions import OpinionAsked
from app.web import htmx
from app.web.forms import Form, choices_of
from app.web.guards import guard, signed_in_user
from app.web.training_examples.forms import ScoreField

blueprint = Blueprint("opinions", __name__, url_prefix="/opinions")

LABELS = {OpinionVerdict.APPROVE: "I would approve it", OpinionVerdict.REJECT: "I would reject it"}


class OpinionForm(Form):
    verdict = RadioField("What would you do?", choices=choices_of(LABELS), validate_choice=False)
    quality_score = ScoreField("Score", [Optional()])
    comment = TextAreaField("Why")


@blueprint.get("")
@guard(Action.USE_OWN_ACCOUNT)
def index() -> Response:
    """What I was asked."""
    return htmx.render("opinions/index.html", asked=service.get_opinions_asked(signed_in_user()))


@blueprint.get("/<int:opinion_id>")
@guard(Action.USE_OWN_ACCOUNT)
def show(opinion_id: int) -> Response:
    """One of them, with the form to answer."""
    return _show(service.get_opinion(signed_in_user(), opinion_id), OpinionForm())


@blueprint.post("/<int:opinion_id>")
@guard(Action.USE_OWN_ACCOUNT)
def answer(opinion_id: int) -> Response:
    """Answer it."""
    row = service.get_opinion(signed_in_user(), opinion_id)
    form = OpinionForm(request.form)
    if not form.validate():
        return _show(row, form, status=422)
    try:
        service.give_opinion(
            signed_in_user(),
            opinion_id=opinion_id,
            verdict=form.verdict.data or "",
            quality_score=form.quality_score.data,
            comment=form.comment.data or "",
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(row, form, status=422)
    except Conflict as error:
        form.refuse(str(error))
        return _show(row, form, status=409)
    return htmx.done(url_for(".index"), message="Thank you: your opinion is given.")


def _show(row: OpinionAsked, form: OpinionForm, *, status: int = 200) -> Response:
    return htmx.render("opinions/show.html", status=status, row=row, form=form)

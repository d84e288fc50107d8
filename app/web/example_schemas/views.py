"""The schemas of a skill's examples: everybody reads them, its author changes them."""

import json

from flask import Blueprint, Response, request, url_for
from wtforms import TextAreaField

from app.domain.errors import Invalid
from app.domain.example_schemas import Schema
from app.models import Skill
from app.policies import Action
from app.services.example_schemas import change_schemas
from app.web import htmx
from app.web.forms import Form
from app.web.guards import guard, signed_in_user

blueprint = Blueprint("example_schemas", __name__, url_prefix="/skills/<slug>/training-data/schema")


class SchemasForm(Form):
    input_schema = TextAreaField("Schema of the input")
    output_schema = TextAreaField("Schema of the output")


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def show(skill: Skill) -> Response:
    """What the texts have to look like."""
    texts = {"input_schema": _text_of(skill.input_schema), "output_schema": _text_of(skill.output_schema)}
    return _show(skill, SchemasForm(data=texts))


@blueprint.post("")
@guard(Action.CHANGE_SCHEMAS)
def update(skill: Skill) -> Response:
    """Save it."""
    form = SchemasForm(request.form)
    try:
        change_schemas(
            signed_in_user(),
            skill_id=skill.id,
            input_schema=form.input_schema.data or "",
            output_schema=form.output_schema.data or "",
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(skill, form, status=422)
    return htmx.done(
        url_for(".show", slug=skill.slug), message="Saved. It holds for what is added, edited or imported from now on."
    )


def _show(skill: Skill, form: SchemasForm, *, status: int = 200) -> Response:
    return htmx.render("example_schemas/show.html", status=status, skill=skill, form=form)


def _text_of(schema: Schema | None) -> str:
    return "" if schema is None else json.dumps(schema, ensure_ascii=False, indent=2)

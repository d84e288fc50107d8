from wtforms import SelectMultipleField, StringField
from wtforms.validators import Optional

from app.domain.api_keys import MEANINGS, Scope
from app.web.forms import Form, WholeNumberField, choices_of


class DaysField(WholeNumberField):
    sentence = "Give the days as a whole number, or leave it empty."


class ApiKeyForm(Form):
    name = StringField("Name")
    scopes = SelectMultipleField(
        "What it may do",
        choices=choices_of({scope.value: meaning for scope, meaning in MEANINGS.items()}),
        default=[Scope.TRACK.value],
        validate_choice=False,
    )
    days = DaysField("Days until it expires", [Optional()])

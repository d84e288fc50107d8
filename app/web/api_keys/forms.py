from typing import Any

from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import TextInput

from app.domain.api_keys import MEANINGS, Scope
from app.web.forms import Form, choices_of


class DaysField(IntegerField):
    """A whole number, or nothing; what is neither is kept as it was typed and refused in a sentence."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Give the days as a whole number, or leave it empty.") from None


class ApiKeyForm(Form):
    name = StringField("Name")
    scopes = SelectMultipleField(
        "What it may do",
        choices=choices_of({scope.value: meaning for scope, meaning in MEANINGS.items()}),
        default=[Scope.TRACK.value],
        validate_choice=False,
    )
    days = DaysField("Days until it expires", [Optional()])

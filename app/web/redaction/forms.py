from typing import NamedTuple

from wtforms import RadioField
from wtforms.validators import ValidationError

from app.web.forms import Form, choices_of


class Choice(NamedTuple):
    """What the skill's column holds for a choice, and what people read."""

    value: bool | None
    label: str


CHOICES = {
    "site": Choice(None, "As the site does"),
    "on": Choice(True, "Take it out"),
    "off": Choice(False, "Leave it in"),
}


class RedactionForm(Form):
    personal_data = RadioField(
        "Personal data in new texts on this skill",
        choices=choices_of({name: choice.label for name, choice in CHOICES.items()}),
        validate_choice=False,
    )

    @staticmethod
    def choice_of(value: bool | None) -> str:
        """Return the name of the choice that the column's value means."""
        return next(name for name, choice in CHOICES.items() if choice.value is value)

    def validate_personal_data(self, field: RadioField) -> None:
        if field.data not in CHOICES:
            raise ValidationError("Choose one of the three.")

"""What all forms share. The CSRF token is the guard's business (`web/guards.py`): forms hold people's fields only."""

from collections.abc import Callable, Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, ValidationError
from wtforms import Form as WTForm
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its published types
from wtforms.widgets import TextInput


class Form(WTForm):
    """A form whose fields can also be told what a service found wrong with them."""

    def add_errors(self, errors: Mapping[str, str]) -> None:
        """Show each sentence beside its field, or above the form where there is no such field."""
        for name, sentence in errors.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, sentence]
            else:
                self.refuse(sentence)

    @property
    def first_invalid(self) -> str | None:
        """Return the name of the first field that has an error, for the cursor to go to."""
        return next((name for name, field in self._fields.items() if field.errors), None)

    def refuse(self, sentence: str) -> None:
        """Show a sentence that is about the form as a whole."""
        self.form_errors.append(sentence)


class WholeNumberField(IntegerField):
    """A whole number, or nothing; what is neither is kept as it was typed and refused in `sentence`.

    A text input, because browsers send nothing at all for what they do not take for a number.
    """

    widget = TextInput()
    sentence: str

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.sentence) from None


class SwitchField(BooleanField):
    """A checkbox: on when the browser sends what the page says it sends ("y"), off when it sends nothing.

    Anything else is refused: nobody's consent is read out of a word that might mean no.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist == ["y"]
        if valuelist and not self.data:
            raise ValueError('Send "y" to switch this on, or nothing to switch it off.')


def rule(problem_with: Callable[[Any], str | None]) -> Callable[[Form, Any], None]:
    """Return a validator from a domain function that answers with a sentence or None."""

    def validate(_form: Form, field: Any) -> None:
        if sentence := problem_with(field.data):
            raise ValidationError(sentence)

    return validate


def choices_of(labels: Mapping[Any, str]) -> list[SelectChoice]:
    """Return what a select field offers: a value and its label each."""
    return [SelectChoice(value=str(value), label=label) for value, label in labels.items()]


def known_choice(value: str | None, choices: Mapping[Any, str], default: str) -> str:
    """Return `value` where it is one of the choices, else the default: a URL may say anything."""
    return value if value is not None and value in choices else default

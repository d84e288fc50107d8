from collections.abc import Sequence

from wtforms import DateField, IntegerField, SearchField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its published types
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from app.models.base import MAX_ID
from app.services.audit_log import AuditFilter
from app.web.forms import Form

BAD_ID = "Write the thing's number, such as 12."
BAD_DAY = "Write a day such as 2026-11-23."


class IdField(IntegerField):
    """A whole number, or nothing; what is neither is kept as it was typed and refused in a sentence."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(BAD_ID) from None


class DayField(DateField):
    """A day, or nothing; what is neither is refused in a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(BAD_DAY) from None

    def _value(self) -> str:
        return self.data.isoformat() if self.data else ""  # browsers refuse to show what is no day


class AuditFilterForm(Form):
    """The filters of the audit log, as they stand in the URL."""

    actor = SearchField("Who (name or e-mail)")
    action = SelectField("Did what", validate_choice=False)
    subject = SelectField("To what kind of thing", validate_choice=False)
    subject_id = IdField("Thing’s number", [Optional(), NumberRange(1, MAX_ID, BAD_ID)])
    since = DayField("From", [Optional()], name="from")
    until = DayField("Until", [Optional()])

    def offer(self, *, actions: Sequence[str], subjects: Sequence[str]) -> None:
        """Let people choose among what the log knows, and among what the URL names."""
        self.action.choices = _choices("Anything", actions, self.action.data)
        self.subject.choices = _choices("Anything", subjects, self.subject.data)

    def to_filter(self) -> AuditFilter:
        """Return what the list is asked for."""
        return AuditFilter(
            actor=self.actor.data or "",
            action=self.action.data or "",
            subject=self.subject.data or "",
            subject_id=self.subject_id.data,
            since=self.since.data,
            until=self.until.data,
        )


def _choices(everything: str, values: Sequence[str], chosen: str | None) -> list[SelectChoice]:
    known = sorted({*values, *([chosen] if chosen else [])})
    return [SelectChoice(value="", label=everything), *(SelectChoice(value=value, label=value) for value in known)]

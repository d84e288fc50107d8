from collections.abc import Iterable
from enum import StrEnum

from wtforms import SelectField, TextAreaField

from app.domain.suggestions import Category, Severity, Status
from app.services.suggestion_lists import Filter
from app.web.forms import Form, choices_of, known_choice


def _labels(values: Iterable[StrEnum]) -> dict[str, str]:
    return {value.value: value.replace("_", " ").capitalize() for value in values}


CATEGORIES, SEVERITIES, STATUSES = _labels(Category), _labels(Severity), _labels(Status)


class SuggestionForm(Form):
    """What somebody suggests. The service says what is wrong with it."""

    category = SelectField("What it is about", choices=choices_of(CATEGORIES), validate_choice=False)
    severity = SelectField("How much it matters", choices=choices_of(SEVERITIES), validate_choice=False)
    comment = TextAreaField("What to improve, and why")
    suggested_content = TextAreaField("Suggested SKILL.md, or a passage for it (optional)")


class ReplyForm(Form):
    reply = TextAreaField("Reply")


class FilterForm(Form):
    """The filters of the list, as they stand in the URL. What the URL does not know lets everything through."""

    status = SelectField("Status", choices=choices_of({"": "Any status", **STATUSES}), default="")
    category = SelectField("Category", choices=choices_of({"": "Any category", **CATEGORIES}), default="")
    severity = SelectField("Severity", choices=choices_of({"": "Any severity", **SEVERITIES}), default="")

    def to_filter(self) -> Filter:
        """Return what the list is asked for."""
        status = known_choice(self.status.data, STATUSES, "")
        category = known_choice(self.category.data, CATEGORIES, "")
        severity = known_choice(self.severity.data, SEVERITIES, "")
        return Filter(
            status=Status(status) if status else None,
            category=Category(category) if category else None,
            severity=Severity(severity) if severity else None,
        )

from collections.abc import Sequence
from typing import Any, cast

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import FileField

from app.domain.formats import FORMATS
from app.domain.imports import COLUMNS, FIELDS, Reading
from app.web.forms import Form, SwitchField


class ImportForm(Form):
    """A file, or its text."""

    file = FileField("A file")
    text = TextAreaField("Or its text")


class ReadingForm(Form):
    """How the values of a file are read."""

    format = SelectField("What it is", validate_choice=False)
    input = SelectField("Column of the input", validate_choice=False)
    output = SelectField("Column of the output", validate_choice=False)
    expected_output = SelectField("Column of the expected output", validate_choice=False)
    quality_score = SelectField("Column of the score", validate_choice=False)
    evaluation_only = SelectField("Column that marks what is for evaluation only", validate_choice=False)
    tags = SelectField("Column of the tags", validate_choice=False)
    metadata = SelectField("Column of the metadata", validate_choice=False)
    turns = SelectField("Column of the earlier turns", validate_choice=False)

    def offer(self, columns: Sequence[str]) -> None:
        """Fill the selects with what there is to choose."""
        self.format.choices = [
            (COLUMNS, "Columns, chosen below"),
            *((name, one.label) for name, one in FORMATS.items()),
        ]
        for name in FIELDS:
            field = cast(SelectField, self[name])
            field.choices = [("", "none"), *((column, column) for column in columns)]

    def to_reading(self) -> Reading:
        return Reading(self.format.data or COLUMNS, {name: self[name].data or "" for name in FIELDS})


class RowForm(Form):
    """Other texts in the place of a row's."""

    input = TextAreaField("Input")
    output = TextAreaField("Output")
    expected_output = TextAreaField("Expected output (optional)")
    quality_score = StringField("Score")
    evaluation_only = SwitchField("For evaluation only")
    tags = StringField("Tags")
    metadata = TextAreaField("Metadata")
    turns = TextAreaField("Earlier turns")

    def to_texts(self) -> dict[str, Any]:
        texts = {name: self[name].data or "" for name in FIELDS}
        return {**texts, "evaluation_only": "yes" if self.evaluation_only.data else ""}

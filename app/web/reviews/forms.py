from typing import Any

from wtforms import EmailField, HiddenField, IntegerField, RadioField, SearchField, TextAreaField
from wtforms.validators import Optional

from app.domain.training_examples import SCORES
from app.services.training_example_lists import Filter
from app.web.forms import Form, choices_of


class ScoreChoice(RadioField):
    """A score from 1 to 10 as radio buttons, or none of them."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


class DecisionForm(Form):
    """What a reviewer says of one example; which of it is meant, the button says."""

    quality_score = ScoreChoice(
        "Score", choices=choices_of({score: str(score) for score in SCORES}), validate_choice=False
    )
    expected_output = TextAreaField("Corrected output")
    reason = TextAreaField("Reason for rejecting")


class FilterForm(Form):
    """Which of what waits is looked at, as the URL says."""

    q = SearchField("Search in the text")

    def to_filter(self) -> Filter:
        return Filter(query=self.q.data or "")


class BulkForm(Form):
    reason = TextAreaField("Reason for rejecting them")
    up_to = IntegerField("Up to", [Optional()])
    q = HiddenField()


class AskForm(Form):
    email = EmailField("E-mail address")

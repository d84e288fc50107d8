from collections.abc import Mapping

from wtforms import SearchField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional, ValidationError

from app import config
from app.domain.text import problem_with_text
from app.domain.training_examples import PUBLIC_STATUSES, Sort, Source, Status, problem_with_score
from app.services.training_example_lists import Filter
from app.web.forms import Form, SwitchField, WholeNumberField, choices_of, known_choice, rule

ALL = "all"
STATUSES = {Status.APPROVED: "Approved", Status.PENDING: "Pending", Status.REJECTED: "Rejected", ALL: "All"}
SOURCES = {"": "Any source", Source.WEB: "Added by hand", Source.USAGE_CAPTURE: "Captured from usage"}
UNFILTERED = Filter(statuses=PUBLIC_STATUSES)
SORTS = {Sort.NEWEST: "Newest first", Sort.SCORE: "Best score first"}


class ScoreField(WholeNumberField):
    sentence = "Give a score from 1 to 10, or leave it empty."


class TrainingExampleForm(Form):
    example_input = TextAreaField("Input")
    example_output = TextAreaField("Output")
    quality_score = ScoreField("Score", [Optional(), rule(problem_with_score)])
    evaluation_only = SwitchField("For evaluation only")

    not_secret = SelectMultipleField("No secret", validate_choice=False)
    """The digests of texts that look like secrets and that the author says are none; the preview offers them."""

    def add_errors(self, errors: Mapping[str, str]) -> None:
        """Show each sentence beside its field; one about the digests, which nobody types, above the form."""
        super().add_errors({("digests" if name == "not_secret" else name): text for name, text in errors.items()})

    def validate_example_input(self, field: TextAreaField) -> None:
        _check_text(field, what="input")

    def validate_example_output(self, field: TextAreaField) -> None:
        _check_text(field, what="output")


class FilterForm(Form):
    """The filters of the list, as they stand in the URL. What the URL does not know falls back to the default."""

    q = SearchField("Search in the text")
    status = SelectField("Status", choices=choices_of(STATUSES), default=Status.APPROVED)
    source = SelectField("Source", choices=choices_of(SOURCES), default="")
    sort = SelectField("Order", choices=choices_of(SORTS), default=Sort.NEWEST)

    def to_filter(self) -> Filter:
        """Return what the list is asked for."""
        status = known_choice(self.status.data, STATUSES, Status.APPROVED)
        source = known_choice(self.source.data, SOURCES, "")
        return Filter(
            statuses=() if status == ALL else (Status(status),),
            source=Source(source) if source else None,
            query=self.q.data or "",
            sort=Sort(known_choice(self.sort.data, SORTS, Sort.NEWEST)),
        )


def shows_only_public(wanted: Filter) -> bool:
    """Return whether a list with this filter shows nothing but what anyone may see."""
    return bool(wanted.statuses) and set(wanted.statuses) <= set(PUBLIC_STATUSES)


def is_filtered(wanted: Filter) -> bool:
    """Return whether the filter is another one than the tab begins with."""
    return wanted != UNFILTERED


def _check_text(field: TextAreaField, *, what: str) -> None:
    limit = config.get("GOLDSET_MAX_EXAMPLE_CHARACTERS")
    if problem := problem_with_text(field.data or "", what=what, max_characters=limit):
        raise ValidationError(problem)

import json
from collections.abc import Mapping
from typing import Any

from wtforms import FieldList, FormField, SearchField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from app import config
from app.domain.example_details import (
    ASSISTANT,
    SYSTEM,
    TURNS_AT_MOST,
    USER,
    Details,
    Turn,
    clean_tags,
    parse_metadata,
    turns_of,
)
from app.domain.text import problem_with_text
from app.domain.training_examples import PUBLIC_STATUSES, Sort, Source, Status, problem_with_score
from app.models import TrainingExample
from app.services.training_example_lists import Filter
from app.web.forms import Form, SwitchField, WholeNumberField, choices_of, known_choice, rule

ALL = "all"
STATUSES = {Status.APPROVED: "Approved", Status.PENDING: "Pending", Status.REJECTED: "Rejected", ALL: "All"}
SOURCES = {"": "Any source", Source.WEB: "Added by hand", Source.USAGE_CAPTURE: "Captured from usage"}
UNFILTERED = Filter(statuses=PUBLIC_STATUSES)
SORTS = {Sort.NEWEST: "Newest first", Sort.SCORE: "Best score first"}


class ScoreField(WholeNumberField):
    sentence = "Give a score from 1 to 10, or leave it empty."


class ExchangeForm(Form):
    """What a user said before the input, and what was answered."""

    user = TextAreaField("User")
    assistant = TextAreaField("Assistant")


class TrainingExampleForm(Form):
    example_input = TextAreaField("Input")
    example_output = TextAreaField("Output")
    quality_score = ScoreField("Score", [Optional(), rule(problem_with_score)])
    evaluation_only = SwitchField("For evaluation only")

    tags = StringField("Tags")
    metadata = TextAreaField("Metadata")
    system_prompt = TextAreaField("System prompt")
    exchanges = FieldList(FormField(ExchangeForm), "Earlier turns", max_entries=TURNS_AT_MOST // 2)

    not_secret = SelectMultipleField("No secret", validate_choice=False)
    """The digests of texts that look like secrets and that the author says are none; the preview offers them."""

    @classmethod
    def of(cls, example: TrainingExample) -> "TrainingExampleForm":
        """Return the form that says what an example says."""
        turns = turns_of(example.turns or ())
        prompts = [turn for turn in turns if turn.role == SYSTEM]
        spoken = turns[len(prompts) :]
        names = ("example_input", "example_output", "quality_score", "evaluation_only")
        metadata = example.example_metadata
        return cls(
            data={
                **{name: getattr(example, name) for name in names},
                "tags": ", ".join(example.tags or ()),
                "metadata": json.dumps(metadata, ensure_ascii=False) if metadata else "",
                "system_prompt": "".join(turn.content for turn in prompts),
                "exchanges": [
                    {USER: asked.content, ASSISTANT: answered.content}
                    for asked, answered in zip(spoken[::2], spoken[1::2], strict=True)
                ],
            }
        )

    has_new_exchange = False
    """Whether the last exchange was just asked for, and the cursor belongs there."""

    def add_exchange(self) -> None:
        """Make room for one more exchange before the input, where there is an end to them not yet."""
        if len(self.exchanges) < (self.exchanges.max_entries or 0):
            self.exchanges.append_entry()
        self.has_new_exchange = True

    @property
    def has_details(self) -> bool:
        """Return whether there is anything to see in the part of the form that is folded away."""
        if self.has_new_exchange:
            return True
        fields = (self.tags, self.metadata, self.system_prompt, self.exchanges)
        return any(field.errors for field in fields) or any(field.data for field in fields)

    @property
    def watched(self) -> list[str]:
        """Return the ids of the fields whose texts the preview looks at."""
        names = ["example_input", "example_output", "tags", "metadata", "system_prompt"]
        return [*names, *(field.id for one in self.exchanges for field in one.form)]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return the earlier turns; what nobody filled in is none."""
        prompt = self.system_prompt.data or ""
        said = [
            Turn(role, one[role] or "")
            for one in self.exchanges.data
            if one[USER] or one[ASSISTANT]
            for role in (USER, ASSISTANT)
        ]
        return (*([Turn(SYSTEM, prompt)] if prompt.strip() else []), *said)

    def to_values(self) -> dict[str, Any]:
        """Return what the service wants to know."""
        names = ("example_input", "example_output", "quality_score", "evaluation_only", "not_secret")
        details = Details(clean_tags(self.tags.data or ""), parse_metadata(self.metadata.data or ""), self.turns)
        return {name: self[name].data for name in names} | {"details": details}

    def validate_metadata(self, field: TextAreaField) -> None:
        try:
            parse_metadata(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def add_errors(self, errors: Mapping[str, str]) -> None:
        """Show each sentence beside its field; one about the digests, which nobody types, above the form."""
        names = {"not_secret": "digests", "turns": "system_prompt"}
        super().add_errors({names.get(name, name): text for name, text in errors.items()})

    def validate_example_input(self, field: TextAreaField) -> None:
        _check_text(field, what="input")

    def validate_example_output(self, field: TextAreaField) -> None:
        _check_text(field, what="output")


class FilterForm(Form):
    """The filters of the list, as they stand in the URL. What the URL does not know falls back to the default."""

    q = SearchField("Search in the text")
    status = SelectField("Status", choices=choices_of(STATUSES), default=Status.APPROVED)
    tag = StringField("Tag")
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
            tag=" ".join((self.tag.data or "").split()),
            sort=Sort(known_choice(self.sort.data, SORTS, Sort.NEWEST)),
        )

    def to_url(self) -> dict[str, Any]:
        """Return what differs from the list as the tab begins with it, as the URL says it."""
        return {field.name: str(field.data) for field in self if field.data and field.data != field.default}


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

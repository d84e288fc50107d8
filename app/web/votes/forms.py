from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its published types

from app.domain.votes import VoteType
from app.models import Vote
from app.web.forms import Form

LABELS = {VoteType.THUMBS_UP: "Thumbs up", VoteType.THUMBS_DOWN: "Thumbs down"}


class VoteForm(Form):
    """One person's vote on a skill. The service says what is wrong with it, in one place for every door."""

    vote_type = RadioField(
        "Does this skill help you?",
        choices=[SelectChoice(value=value.value, label=label) for value, label in LABELS.items()],
        validate_choice=False,
    )
    comment = TextAreaField("Comment, if you like")


def form_of(vote: Vote | None) -> VoteForm:
    """Return the form as it stands: with the person's vote in it, or empty."""
    return VoteForm() if vote is None else VoteForm(data={"vote_type": vote.feedback_type, "comment": vote.comment})

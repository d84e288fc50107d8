from wtforms import IntegerField, StringField
from wtforms.validators import Optional

from app.models.base import MAX_ID
from app.web.forms import Form


class ChangeForm(Form):
    """What is done to all that match; which of it, the button says. The filter's fields stand beside it."""

    tag_name = StringField("Tag")
    to_skill = StringField("Move to the skill")
    up_to = IntegerField("Up to", [Optional()])

    @property
    def newest_id(self) -> int:
        """Return the newest example that was looked at; what is not said leaves none out."""
        return self.up_to.data or MAX_ID

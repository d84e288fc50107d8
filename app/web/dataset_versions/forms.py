from wtforms import StringField
from wtforms.validators import InputRequired

from app.domain.splits import Plan
from app.web.forms import Form, WholeNumberField


class SeedField(WholeNumberField):
    sentence = "Give a whole number from 0 to 999999."


class PercentField(WholeNumberField):
    sentence = "Give a whole number from 0 to 50."


class FreezeForm(Form):
    """What a version is to be known for, and how it is split."""

    note = StringField("What is in it, in a few words (optional)")
    seed = SeedField("Seed", [InputRequired(SeedField.sentence)], default=Plan().seed)
    validation_percent = PercentField(
        "Percent to validate with", [InputRequired(PercentField.sentence)], default=Plan().validation_percent
    )
    test_percent = PercentField(
        "Percent to test with", [InputRequired(PercentField.sentence)], default=Plan().test_percent
    )

    def to_plan(self) -> Plan:
        """Return how the version is split."""
        return Plan(self.seed.data or 0, self.validation_percent.data or 0, self.test_percent.data or 0)

from app.domain.consent import Answer
from app.domain.notifications import Kind
from app.domain.preferences import Preferences
from app.web.forms import Form, SwitchField


class PreferencesForm(Form):
    training_data_consent = SwitchField("My usage may become training examples")
    named_in_captured_examples = SwitchField("Authors see my name beside examples of my usage")

    @classmethod
    def of(cls, mine: Preferences) -> "PreferencesForm":
        """Return the form as these preferences stand; consent to older words is not shown as consent to today's."""
        return cls(
            data={
                "training_data_consent": mine.consent.answer is Answer.GIVEN,
                "named_in_captured_examples": mine.named_in_captured_examples,
            }
        )


class NotificationsForm(Form):
    """One switch for each kind of notification: on means that the user is told."""

    @classmethod
    def of(cls, muted: frozenset[str]) -> "NotificationsForm":
        """Return the form as it stands when these kinds are switched off."""
        return cls(data={kind.key: kind.key not in muted for kind in Kind})

    @property
    def muted(self) -> frozenset[str]:
        """Return the kinds that are switched off."""
        return frozenset(kind.key for kind in Kind if not self[kind.key].data)


for _kind in Kind:
    setattr(NotificationsForm, _kind.key, SwitchField(_kind.value.switch))

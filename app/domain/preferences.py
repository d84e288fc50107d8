"""What each user may choose, with its type and default: the ONE place where a preference is declared.

The database keeps only what a user set, as JSON; reading merges that over these defaults. So a new preference is a new
line here and needs no migration, and one that was removed here is ignored where it is still stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from app.domain.consent import Consent


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """One user's choices. Every default is the one that keeps least about the user and tells them most."""

    training_data_consent: bool = False
    """May the user's real usage become pending training examples, where an administrator has switched that on too?"""

    consent_notice_version: int = 0
    """The version of the notice that the answer above is about; 0 where there was none. Set with the answer."""

    training_data_excluded_skills: frozenset[str] = frozenset()
    """The skills, by number, that the consent leaves out."""

    named_in_captured_examples: bool = False
    """Do authors see whose usage a captured example came from?"""

    muted_notifications: frozenset[str] = frozenset()
    """The kinds of notifications (`domain/notifications.py`, by key) that the user does not want."""

    @property
    def consent(self) -> Consent:
        """Return what these choices allow to be kept of the user's usage."""
        excluded = frozenset(int(number) for number in self.training_data_excluded_skills if number.isdecimal())
        return Consent(self.training_data_consent, self.consent_notice_version, excluded)

    @classmethod
    def from_stored(cls, stored: Mapping[str, object]) -> "Preferences":
        """Return the defaults with `stored` merged over them; unknown names and values of a wrong type are ignored."""
        read = {field.name: _read(stored.get(field.name), field.default) for field in fields(cls)}
        return cls(**{name: value for name, value in read.items() if value is not None})

    def to_stored(self) -> dict[str, object]:
        """Return the choices as JSON can hold them, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}


def _read(stored: object, default: object) -> Any:
    """Return what was stored in the type of its default, or None where it is no such thing."""
    if isinstance(default, frozenset):
        return frozenset(item for item in stored if isinstance(item, str)) if isinstance(stored, list) else None
    return stored if type(stored) is type(default) else None

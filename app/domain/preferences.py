"""What each user may choose, with its type and default: the ONE place where a preference is declared.

The database keeps only what a user set, as JSON; reading merges that over these defaults. So a new preference is a new
line here and needs no migration, and one that was removed here is ignored where it is still stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """One user's choices. Every default is the one that keeps least about the user."""

    training_data_consent: bool = False
    """May the user's real usage become pending training examples, where an administrator has switched that on too?"""

    @classmethod
    def from_stored(cls, stored: Mapping[str, object]) -> "Preferences":
        """Return the defaults with `stored` merged over them; unknown names and values of a wrong type are ignored."""
        defaults = cls()
        known = {
            field.name: stored[field.name]
            for field in fields(cls)
            if field.name in stored and type(stored[field.name]) is type(getattr(defaults, field.name))
        }
        return cls(**known)  # type: ignore[arg-type]  # each value was just compared with its field's type

"""What can go wrong, by kind. Each error says which thing in a sentence its reader can act on.

The doors decide once per kind how to answer (`web/errors.py`: an HTTP status; `cli/`: an exit code), so a service
raises the kind that fits and says nothing about status codes.
"""

from collections.abc import Mapping

from app.domain.redaction import sanitize_payload


class GoldsetError(Exception):
    """Base of every error that is meant to be shown to the person who caused it."""


class NotFound(GoldsetError):
    """There is no such thing. `thing` names it, as somebody asked for it: what is a secret in that is not said."""

    def __init__(self, thing: str) -> None:
        self.thing = str(sanitize_payload(thing).sanitized)
        super().__init__(f"There is no {self.thing}.")


class SignInRequired(GoldsetError):
    """The action needs somebody who is signed in."""

    def __init__(self, reason: str = "Sign in to do this.") -> None:
        super().__init__(reason)


class NotAllowed(GoldsetError):
    """The acting user may not do this. The message is the reason."""


class Invalid(GoldsetError):
    """Values that cannot be accepted. `errors` maps each field's name to one sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class Conflict(GoldsetError):
    """The change does not fit the present state of the thing."""


class Duplicate(Conflict):
    """The same thing is there already. `existing_id` is the id of the one that is there."""

    def __init__(self, message: str, *, existing_id: int) -> None:
        super().__init__(message)
        self.existing_id = existing_id


class Stale(Conflict):
    """Somebody else changed the thing after it was read. `revision` is its present revision."""

    def __init__(self, thing: str, *, revision: int) -> None:
        super().__init__(
            f"Somebody saved this {thing} after you opened it. Compare the two, then save yours or cancel."
        )
        self.revision = revision

"""Why captured examples are deleted for good."""

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """What somebody did that made their examples go."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    SKILL_EXCLUDED = "skill_excluded"
    TAKEN_BACK = "taken_back"
    REDACTED_MORE = "redacted_more"
    USER_DELETED = "user_deleted"


SENTENCES: Mapping[Reason, str] = {
    Reason.CONSENT_WITHDRAWN: "The user withdrew their consent.",
    Reason.SKILL_EXCLUDED: "The user left the skill out of their consent.",
    Reason.TAKEN_BACK: "The user took the example back.",
    Reason.REDACTED_MORE: "The user took more out of an example, which is still there.",
    Reason.USER_DELETED: "The user's account was deleted.",
}

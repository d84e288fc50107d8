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


class Withdrawal(StrEnum):
    """Why rows leave frozen versions: what makes examples go, or rules of redaction that found more in them."""

    CONSENT_WITHDRAWN = Reason.CONSENT_WITHDRAWN.value
    SKILL_EXCLUDED = Reason.SKILL_EXCLUDED.value
    TAKEN_BACK = Reason.TAKEN_BACK.value
    REDACTED_MORE = Reason.REDACTED_MORE.value
    USER_DELETED = Reason.USER_DELETED.value
    CLEANED_AGAIN = "cleaned_again"


WITHDRAWAL_SENTENCES: Mapping[Withdrawal, str] = {
    Withdrawal.CONSENT_WITHDRAWN: "Whose usage it was withdrew their consent.",
    Withdrawal.SKILL_EXCLUDED: "Whose usage it was left the skill out of their consent.",
    Withdrawal.TAKEN_BACK: "Whose usage it was took it back.",
    Withdrawal.REDACTED_MORE: "Whose usage it was took more out of it.",
    Withdrawal.USER_DELETED: "The account of whose usage it was is deleted.",
    Withdrawal.CLEANED_AGAIN: "Newer rules of redaction took more out of it.",
}


SENTENCES: Mapping[Reason, str] = {
    Reason.CONSENT_WITHDRAWN: "The user withdrew their consent.",
    Reason.SKILL_EXCLUDED: "The user left the skill out of their consent.",
    Reason.TAKEN_BACK: "The user took the example back.",
    Reason.REDACTED_MORE: "The user took more out of an example, which is still there.",
    Reason.USER_DELETED: "The user's account was deleted.",
}

"""What people are told after they saved something."""

from collections.abc import Sequence


def saved_message(sentence: str, secrets_found: Sequence[str], *, is_on_page: bool = True) -> str:
    """Return what to tell: what was done, what was removed by kind, and where to look for it."""
    parts = [sentence]
    if secrets_found:
        kinds = ", ".join(kind.replace("_", " ") for kind in secrets_found)
        parts.append(f"Removed before saving: {kinds}.")
    if not is_on_page:
        parts.append("The list does not show it: it is filtered or on another page.")
    return " ".join(parts)

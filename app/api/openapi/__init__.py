"""What each call of the API is: what it is sent, what it answers, and what can go wrong, as OpenAPI says it."""

from typing import Any

from app.api.openapi import changes, datasets, imports, usage
from app.api.schemas import Problem

_NOUNS = (usage, datasets, imports, changes)

MODELS = (*(model for noun in _NOUNS for model in noun.MODELS), Problem)
"""Every model that a call is sent or answers."""


def paths() -> dict[str, Any]:
    """Return every call, by its address and method."""
    return {address: calls for noun in _NOUNS for address, calls in noun.paths().items()}

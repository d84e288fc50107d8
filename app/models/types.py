"""Column types that keep a promise by themselves.

Every column that holds words a person or a program sent is `FreeText` (or `FreeJSON`). These types redact what is bound
to them, so that no present or future way of writing a row can store a secret: forgetting is not possible. A service
redacts earlier, to tell its user what was removed; what it hands over is `RedactedText` and is not redacted twice.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from app.domain.redaction import RedactedText, sanitize_object, sanitize_payload


class FreeText(TypeDecorator[str]):
    """Text of any length and content, without its secrets."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(redacted(value))


class FreeJSON(TypeDecorator[dict[str, Any]]):
    """A JSON object whose strings, keys included, are without their secrets."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else sanitize_object(value).sanitized


class NullableJSON(FreeJSON):
    """The same, where there may be none: that is no value at all, and not JSON's null."""

    impl = JSON(none_as_null=True)  # type: ignore[assignment]  # an instance serves as well as the class
    cache_ok = True


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always timezone-aware and in UTC; SQLite, which has no time zones, stores it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone: use datetime.now(UTC).")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def redacted(text: str) -> RedactedText:
    """Return `text` without its secrets; text that was redacted before comes back as it is."""
    return text if isinstance(text, RedactedText) else sanitize_payload(text).sanitized

"""What programs send and get, as models that check and describe it."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from app.domain.text import problem_with_characters
from app.domain.usage import (
    CONTENT_MAX_CHARACTERS,
    MAX_COUNT,
    MAX_EVENTS,
    WORD_MAX_CHARACTERS,
    Exchange,
    Usage,
    Verdict,
)

Content = Annotated[str, Field(max_length=CONTENT_MAX_CHARACTERS)]
Word = Annotated[str, Field(min_length=1, max_length=WORD_MAX_CHARACTERS)]
Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]


class Sent(BaseModel):
    """Something that a program sends: no field but those that are known, and no guessing at types."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    @field_validator("*")
    @classmethod
    def _is_storable(cls, value: Any) -> Any:
        problem = problem_with_characters(value, what="text") if isinstance(value, str) else None
        if problem:
            raise ValueError(problem)
        return value


class UsageSent(Sent):
    """One use of a skill. Without `input` and `output` it is counted and nothing else."""

    skill: Word = Field(description="The skill's slug.", examples=["support-reply"])
    tool_name: Word = Field(description="What the skill was used in.", examples=["claude-code"])
    ts: Annotated[AwareDatetime, Field(strict=False)] = Field(
        description="When, as ISO 8601 with its time zone.", examples=["2026-11-24T09:30:00Z"]
    )
    input: Content | None = Field(None, description="What the skill was given.")
    output: Content | None = Field(None, description="What the skill answered.")
    model_name: Word | None = Field(None, examples=["claude-sonnet-5"])
    input_tokens: Count | None = None
    output_tokens: Count | None = None
    latency_ms: Count | None = None
    session_id: Word | None = None
    event_id: Word | None = Field(
        None, description="The reporter's own id of this use: sent again, it gets the same answer and stores nothing."
    )

    @field_validator("ts", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("Write the time as text, in ISO 8601 with its time zone.")
        return value

    @field_validator("ts")
    @classmethod
    def _is_a_moment_everywhere(cls, value: datetime) -> datetime:
        """Refuse what is outside the calendar in another time zone: no database could hold it."""
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise ValueError("Write a time between the years 1 and 9999 in UTC.") from None

    def to_usage(self) -> Usage:
        """Return the use as the services know it."""
        fields = self.model_dump(exclude={"input", "output"})
        has_content = self.input is not None or self.output is not None
        return Usage(**fields, content=(lambda: Exchange(self.input, self.output)) if has_content else None)


class UsageBatch(Sent):
    """Several uses at once. Each gets its own verdict, and a faulty one keeps none of the others back."""

    events: list[Any] = Field(min_length=1, max_length=MAX_EVENTS)


class UsageAnswer(BaseModel):
    """What was done with one use."""

    status: Literal["counted"] = "counted"
    event: int = Field(description="The number of the event.")
    skill: str
    verdict: Verdict = Field(description="What was done with the content.")
    reason: str = Field(description="The verdict as a sentence.")
    keeps_content: bool = Field(description="Whether content of this user on this skill is kept right now.")
    example_id: int | None = Field(None, description="The pending example that the content became.")
    secrets_removed: list[str] = Field(
        default_factory=list, description="The kinds of secrets that were taken out of the content before it was kept."
    )


class Fault(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """Problem details, RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] | None = None


class UsageRefused(Problem):
    """A use in a batch that was not counted."""


class BatchAnswer(BaseModel):
    """What was done with every use of a batch, in its order."""

    events: list[UsageAnswer | UsageRefused]

"""The tools that assistants are given over MCP: one row each, with its arguments, its scope and what it does."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from app.api.schemas import Content, Sent, Word
from app.domain.api_keys import Scope
from app.domain.suggestions import COMMENT_MAX_CHARACTERS, CONTENT_MAX_CHARACTERS, Category, Severity
from app.domain.usage import REASONS, Exchange, Usage
from app.domain.votes import VoteType
from app.models import ApiKey
from app.services import skills
from app.services.skill_versions import get_current_version
from app.services.suggestions import submit_suggestion
from app.services.usage import track
from app.services.votes import cast_vote

FOUND_AT_MOST = 20
Slug = Annotated[Word, Field(description="The skill's name, as find_skill returns it.")]
Comment = Annotated[str, Field(max_length=COMMENT_MAX_CHARACTERS)]


class Query(Sent):
    query: Annotated[str, Field(max_length=200, description="Words that the skill's name or description has.")] = ""


class OneSkill(Sent):
    skill: Slug


class VoteSent(Sent):
    skill: Slug
    vote: Annotated[VoteType, Field(strict=False)]
    comment: Comment | None = None


class SuggestionSent(Sent):
    skill: Slug
    category: Annotated[Category, Field(strict=False)]
    severity: Annotated[Severity, Field(strict=False)]
    comment: Comment
    suggested_content: Annotated[str, Field(max_length=CONTENT_MAX_CHARACTERS)] | None = None


class ExampleSent(Sent):
    skill: Slug
    input: Annotated[Content, Field(description="What the skill was given.")]
    output: Annotated[Content, Field(description="What it answered.")]
    model_name: Word | None = None


class Tool(NamedTuple):
    """One row: what assistants read, what they send, what the key needs, and what is done."""

    name: str
    title: str
    description: str
    arguments: type[Sent]
    scope: Scope
    call: Callable[[ApiKey, Any], dict[str, Any]]

    def described(self) -> dict[str, Any]:
        """Return the tool as `tools/list` shows it."""
        reads_only = self.scope is Scope.READ
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": self.arguments.model_json_schema(),
            "annotations": {"readOnlyHint": reads_only, "destructiveHint": False, "openWorldHint": False},
        }


def _find_skill(_api_key: ApiKey, sent: Query) -> dict[str, Any]:
    page = skills.get_skills(wanted=skills.Filter(query=sent.query), size=FOUND_AT_MOST)
    return {"skills": [{"name": skill.slug, "description": skill.description} for skill in page.rows]}


def _read_skill(_api_key: ApiKey, sent: OneSkill) -> dict[str, Any]:
    skill = skills.get_skill_by_slug(sent.skill)
    version = get_current_version(skill)
    return {"name": skill.slug, "version": version.number, "author": skill.author.name, "content": version.content}


def _vote(api_key: ApiKey, sent: VoteSent) -> dict[str, Any]:
    skill = skills.get_skill_by_slug(sent.skill)
    totals = cast_vote(api_key.user, skill_id=skill.id, vote_type=sent.vote.value, comment=sent.comment)
    return {"total_feedback": totals.total_feedback, "positive_feedback_pct": totals.positive_feedback_pct}


def _suggest(api_key: ApiKey, sent: SuggestionSent) -> dict[str, Any]:
    saved = submit_suggestion(
        api_key.user,
        skill_id=skills.get_skill_by_slug(sent.skill).id,
        category=sent.category.value,
        severity=sent.severity.value,
        comment=sent.comment,
        suggested_content=sent.suggested_content,
    )
    return {"suggestion": saved.suggestion.id, "secrets_removed": list(saved.secrets_found)}


def _offer_example(api_key: ApiKey, sent: ExampleSent) -> dict[str, Any]:
    usage = Usage(
        skill=sent.skill,
        tool_name="mcp",
        ts=datetime.now(UTC),
        content=lambda: Exchange(sent.input, sent.output),
        model_name=sent.model_name,
    )
    [outcome] = track(api_key.user, [usage], api_key=api_key)
    if isinstance(outcome, Exception):
        raise outcome
    return {
        "verdict": outcome.verdict.value,
        "reason": REASONS[outcome.verdict],
        "example_id": outcome.example_id,
        "secrets_removed": list(outcome.secrets_removed),
    }


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "find_skill",
            "Find a skill",
            "Find the organisation's skills by words of their names and descriptions; no words: the newest.",
            Query,
            Scope.READ,
            _find_skill,
        ),
        Tool(
            "read_skill", "Read a skill", "Return a skill's SKILL.md, to follow it.", OneSkill, Scope.READ, _read_skill
        ),
        Tool(
            "vote",
            "Vote on a skill",
            "Say in the user's name whether a skill was any good: one standing vote, which a later one replaces.",
            VoteSent,
            Scope.WRITE,
            _vote,
        ),
        Tool(
            "suggest",
            "Suggest an improvement",
            "Suggest in the user's name what to improve in a skill; its author decides.",
            SuggestionSent,
            Scope.WRITE,
            _suggest,
        ),
        Tool(
            "offer_example",
            "Offer an example",
            "Offer an input and its output as a training example. It is kept only where capture is on and the user has "
            "consented, and the skill's author reviews it; the answer says what was done.",
            ExampleSent,
            Scope.TRACK,
            _offer_example,
        ),
    )
}

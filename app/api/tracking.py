"""`POST /api/track`: a use of a skill is reported, or up to 500 at once."""

from typing import Any

from flask import Response, json, make_response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.api.authentication import authenticated
from app.api.blueprint import api
from app.api.problems import faults_of, status_of
from app.api.schemas import BatchAnswer, UsageAnswer, UsageBatch, UsageRefused, UsageSent
from app.domain.api_keys import Scope
from app.domain.errors import NotFound
from app.domain.usage import REASONS, Usage
from app.models import ApiKey
from app.services.usage import Outcome, track


@api.post("/track")
@authenticated(Scope.TRACK)
def track_usage(api_key: ApiKey) -> Response:
    """Count a use, or a batch of them, and say what was done with the content."""
    body = read_json()
    if isinstance(body, dict) and "events" in body:
        return answer(_track_batch(api_key, UsageBatch.model_validate(body)))
    [outcome] = track(api_key.user, [UsageSent.model_validate(body).to_usage()], api_key=api_key)
    if isinstance(outcome, NotFound):
        raise outcome
    return answer(_answer_of(outcome))


def read_json() -> Any:
    """Return the body as JSON; raise what becomes 400 or 415. It is read as UTF-8 and as nothing else."""
    if request.mimetype not in ("", "application/json"):
        raise UnsupportedMediaType
    return parse_json(request.get_data())


def parse_json(body: bytes) -> Any:
    """Return what the bytes say; raise what becomes 400."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest from error


def answer(body: BaseModel) -> Response:
    """Return a model as the answer."""
    response = make_response(body.model_dump_json(exclude_none=True))
    response.mimetype = "application/json"
    return response


def _track_batch(api_key: ApiKey, batch: UsageBatch) -> BatchAnswer:
    """Track what can be read of a batch, and answer for every part of it in its place."""
    parsed = [_parse(event) for event in batch.events]
    outcomes = iter(track(api_key.user, [use for use in parsed if isinstance(use, Usage)], api_key=api_key))
    return BatchAnswer(events=[_in_batch(next(outcomes)) if isinstance(use, Usage) else use for use in parsed])


def _parse(event: Any) -> Usage | UsageRefused:
    try:
        return UsageSent.model_validate(event).to_usage()
    except ValidationError as error:
        faults = faults_of(error)
        return UsageRefused(
            title="Unprocessable Entity",
            status=422,
            detail=f"The event has {len(faults)} fault(s).",
            errors=faults,  # type: ignore[arg-type]  # pydantic makes them of dicts
        )


def _in_batch(outcome: Outcome | NotFound) -> UsageAnswer | UsageRefused:
    if isinstance(outcome, Outcome):
        return _answer_of(outcome)
    return UsageRefused(title="Not Found", status=status_of(outcome), detail=str(outcome))


def _answer_of(outcome: Outcome) -> UsageAnswer:
    return UsageAnswer(
        event=outcome.event_number,
        skill=outcome.skill,
        verdict=outcome.verdict,
        reason=REASONS[outcome.verdict],
        keeps_content=outcome.keeps_content,
        example_id=outcome.example_id,
        secrets_removed=list(outcome.secrets_removed),
    )


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON, whatever Python's reader says."""
    raise ValueError(name)

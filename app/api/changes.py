"""Changing many examples for programs: one thing done to all that a filter matches, how far it is, and undoing it."""

from flask import Response, url_for
from pydantic import BaseModel, Field

from app.api.authentication import authenticated
from app.api.blueprint import api
from app.api.schemas import Sent, Word
from app.api.tracking import answer, read_json
from app.domain.api_keys import Scope
from app.domain.bulk_changes import Change, Left, Verb
from app.domain.jobs import Kind, State
from app.domain.training_examples import PUBLIC_STATUSES, Source, Status
from app.models import ApiKey, Job
from app.services import bulk_changes as service
from app.services.bulk_undo import begin_undo
from app.services.skills import get_skill_by_slug
from app.services.training_example_lists import Filter

UNDO = "undo"
KINDS = (Kind.CHANGE, Kind.UNDO_CHANGE)


class FilterSent(Sent):
    """Which examples are meant: those to which all of it applies."""

    statuses: list[Status] = Field(list(PUBLIC_STATUSES), strict=False, min_length=1, description="In any of these.")
    q: str = Field("", max_length=500, description="With all of these words.")
    tag: str = Field("", max_length=500)
    source: Source | None = Field(None, strict=False)


class ChangeSent(Sent):
    """What is done to every example that the filter matches."""

    verb: Verb = Field(strict=False)
    tag: Word | None = Field(None, description="Which tag is put on them, or taken from them.")
    to_skill: Word | None = Field(None, description="The slug of another skill of yours, to move them to.")
    filter: FilterSent = FilterSent()  # type: ignore[call-arg]  # its defaults are in its fields


class ChangeAnswer(BaseModel):
    """A change, or the undoing of one, and how far it is."""

    change_id: int
    verb: str = Field(description="What is done; undo, where another change is undone.")
    state: State
    matching: int = Field(description="How many examples it is about.")
    progress: int = Field(description="How many of them it has looked at.")
    changed: int
    left: dict[Left, int] = Field(description="How many stay as they are, by the reason.")
    is_undoable: bool
    problem: str | None = Field(None, description="Why it came to no good end. What was done until then stays.")


@api.post("/v1/skills/<slug>/changes")
@authenticated(Scope.WRITE)
def create_change(api_key: ApiKey, slug: str) -> Response:
    """Begin a change. Only the skill's author may."""
    sent, skill = ChangeSent.model_validate(read_json()), get_skill_by_slug(slug)
    other = get_skill_by_slug(sent.to_skill) if sent.to_skill is not None else None
    wanted = Filter(tuple(sent.filter.statuses), sent.filter.source, sent.filter.q, tag=sent.filter.tag)
    change = Change(sent.verb, sent.tag, other.id if other else None)
    return _begun(slug, service.begin_change(api_key.user, skill_id=skill.id, change=change, wanted=wanted))


@api.get("/v1/skills/<slug>/changes/<int:change_id>")
@authenticated(Scope.WRITE)
def get_change(api_key: ApiKey, slug: str, change_id: int) -> Response:
    """Return how far it is."""
    skill = get_skill_by_slug(slug)
    return answer(_answer_of(service.get_change(api_key.user, skill_id=skill.id, job_id=change_id, kinds=KINDS)))


@api.post("/v1/skills/<slug>/changes/<int:change_id>/undo")
@authenticated(Scope.WRITE)
def undo_change(api_key: ApiKey, slug: str, change_id: int) -> Response:
    """Begin to take a change back: a change of its own."""
    return _begun(slug, begin_undo(api_key.user, job_id=change_id, skill_id=get_skill_by_slug(slug).id))


def _begun(slug: str, job: Job) -> Response:
    response = answer(_answer_of(job))
    response.status_code = 202
    response.headers["Location"] = url_for("api.get_change", slug=slug, change_id=job.id)
    return response


def _answer_of(job: Job) -> ChangeAnswer:
    undoable = service.count_undoable(job)
    result = job.result or {"changed": undoable, "left": {}}
    return ChangeAnswer(
        change_id=job.id,
        verb=UNDO if Kind(job.kind) is Kind.UNDO_CHANGE else service.change_of(job).verb,
        state=State(job.state),
        matching=job.total,
        progress=job.progress,
        changed=result["changed"],
        left=result["left"],
        is_undoable=undoable > 0,
        problem=job.problem,
    )

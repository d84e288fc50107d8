"""A long job of one's own: how far it is, what came of it, and how to stop it."""

from typing import Any

from flask import Blueprint, Response, url_for

from app.domain.bulk_changes import DONE, WHY
from app.domain.jobs import UNFINISHED, Kind, State
from app.models import Job
from app.policies import Action
from app.services import jobs as service
from app.services.bulk_changes import change_of, count_undoable
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment
from app.web.training_examples.views import COUNTS

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")

TITLES = {
    Kind.FREEZE: "Freezing a version",
    Kind.CHECK_IMPORT: "Looking at what is imported",
    Kind.ADD_IMPORT: "Adding what is imported",
    Kind.CHANGE: "Changing many examples",
    Kind.UNDO_CHANGE: "Undoing a change",
}
JOB = Fragment("jobs/_job.html", "#job", "outerMorph")
TAB_COUNT = COUNTS[1]
NO_MORE_POLLS = Fragment(None, "#job-live", "delete")


@blueprint.get("/<int:job_id>")
@guard(Action.USE_OWN_ACCOUNT)
def show(job_id: int) -> Response:
    """The job, with a bar that moves."""
    job = service.get_job(signed_in_user(), job_id)
    if import_url := _import_url(job):
        return htmx.go(import_url)
    return htmx.render("jobs/show.html", **_shown(job))


@blueprint.get("/<int:job_id>/live")
@guard(Action.USE_OWN_ACCOUNT)
def live(job_id: int) -> Response:
    """What changed since the last look."""
    job = service.get_job(signed_in_user(), job_id)
    if import_url := _import_url(job):
        return htmx.go(import_url)
    if htmx.is_unchanged(_tag_of(job)):
        return htmx.unchanged()
    fragments = (JOB, TAB_COUNT) if job.state in UNFINISHED else (JOB, TAB_COUNT, NO_MORE_POLLS)
    return htmx.tagged(htmx.swap(*fragments, **_shown(job)), _tag_of(job))


@blueprint.post("/<int:job_id>/cancellation")
@guard(Action.USE_OWN_ACCOUNT)
def cancel(job_id: int) -> Response:
    """Stop it."""
    service.cancel_job(signed_in_user(), job_id=job_id)
    job = service.get_job(signed_in_user(), job_id)
    return htmx.done(url_for(".show", job_id=job_id), JOB, **_shown(job))


def _shown(job: Job) -> dict[str, Any]:
    return {
        "job": job,
        "skill": job.skill,
        "title": TITLES[Kind(job.kind)],
        "state": State(job.state),
        "is_unfinished": State(job.state) in UNFINISHED,
        "tag": _tag_of(job),
        "outcome": _outcome(job),
    }


def _outcome(job: Job) -> dict[str, Any] | None:
    """Return what the page says of a bulk change, or of undoing one; None for other jobs."""
    if Kind(job.kind) is Kind.UNDO_CHANGE:
        return {"is_undo": True, "why": WHY}
    if Kind(job.kind) is not Kind.CHANGE:
        return None
    change = change_of(job)
    return {"change": change, "done": DONE[change.verb], "why": WHY, "undoable": count_undoable(job)}


def _import_url(job: Job) -> str | None:
    """Return where to go on when a job about an import is over: the rows say the rest."""
    is_import = Kind(job.kind) in (Kind.CHECK_IMPORT, Kind.ADD_IMPORT)
    if State(job.state) in UNFINISHED or not is_import or job.problem:
        return None
    return url_for("imports.show", slug=job.skill.slug, import_id=job.wanted["import_id"])


def _tag_of(job: Job) -> str:
    return f"{job.state}-{job.progress}-{job.cancel_asked_at is not None}"

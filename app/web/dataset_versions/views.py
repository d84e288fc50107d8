"""Versions of a skill's training data: freezing one, opening it as it was, comparing two, and what files must lose."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, json, make_response, request, url_for

from app import config
from app.domain.diffs import Effort, compare_texts
from app.domain.erasures import WITHDRAWAL_SENTENCES
from app.domain.errors import Conflict, Invalid
from app.domain.jobs import Kind
from app.domain.splits import Split
from app.models import FrozenRow, Job, Skill
from app.policies import Action, can
from app.services import dataset_versions as service
from app.services.dataset_versions import Change
from app.services.freezes import freeze as begin_to_freeze
from app.services.jobs import find_unfinished_job
from app.services.withdrawals import make_erasure_manifest
from app.web import htmx
from app.web.dataset_versions.forms import FreezeForm
from app.web.guards import acting_user, guard, signed_in_user
from app.web.paging import read_cursor

blueprint = Blueprint("dataset_versions", __name__, url_prefix="/skills/<slug>/training-data/versions")

SPLITS = {Split.TRAIN: "Train", Split.VALIDATION: "Validate", Split.TEST: "Test", Split.HELD_OUT: "Held out"}


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def index(skill: Skill) -> Response:
    """All versions, newest first, and the form that freezes the next one."""
    return _index(skill, FreezeForm())


@blueprint.post("")
@guard(Action.FREEZE_DATASET)
def freeze(skill: Skill) -> Response:
    """Begin to freeze a version."""
    form = FreezeForm(request.form)
    if not form.validate():
        return _index(skill, form, status=422)
    try:
        job = begin_to_freeze(signed_in_user(), skill_id=skill.id, note=form.note.data, plan=form.to_plan())
    except Invalid as error:
        form.add_errors(error.errors)
        return _index(skill, form, status=422)
    except Conflict as error:
        form.refuse(str(error))
        return _index(skill, form, status=409)
    return htmx.go(url_for("jobs.show", job_id=job.id))


@blueprint.get("/<int:number>")
@guard(Action.VIEW_SKILLS)
def show(skill: Skill, number: int) -> Response:
    """One version as it was: its hash, its splits, what was withdrawn from it, and its rows."""
    version = service.get_dataset_version(skill.id, number)
    split = _split_asked()
    return htmx.render(
        "dataset_versions/show.html",
        skill=skill,
        version=version,
        now=service.hash_now(version),
        successors=service.get_successors(version.id),
        reasons=WITHDRAWAL_SENTENCES,
        counts=service.count_splits(version.id),
        splits=SPLITS,
        split=split,
        page=service.get_version_rows(
            version.id, split=split, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE")
        ),
    )


@blueprint.get("/comparison")
@guard(Action.VIEW_SKILLS)
def compare(skill: Skill) -> Response:
    """What is different between version `from` and version `to`; without them, what the newest one changed."""
    newest = service.get_dataset_version(skill.id, service.LATEST)
    newer = request.args.get("to", default=newest.number or 1, type=int)
    older = request.args.get("from", default=max(newer - 1, 1), type=int)
    old, new = (service.get_dataset_version(skill.id, number) for number in (older, newer))
    page = service.compare_versions(old, new, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE"))
    return htmx.render(
        "dataset_versions/comparison.html",
        skill=skill,
        old=old,
        new=new,
        page=page,
        pieces_of=partial(_pieces_of, effort=Effort()),
    )


@blueprint.get("/erasure-manifest")
@guard(Action.VIEW_SKILLS)
def erasure_manifest(skill: Skill) -> Response:
    """What has to go from files that were exported of this skill, as `goldset purge` reads it."""
    response = make_response(json.dumps(make_erasure_manifest(skill), indent=2) + "\n")
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f"attachment; filename={skill.slug}.erasure-manifest.json"
    return response


def _index(skill: Skill, form: FreezeForm, *, status: int = 200) -> Response:
    page = service.get_dataset_versions(
        skill.id, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE")
    )
    is_author = can(acting_user(), Action.FREEZE_DATASET, skill)
    return htmx.render(
        "dataset_versions/index.html",
        status=status,
        skill=skill,
        form=form if is_author else None,
        under_way=_find_own_job(skill) if is_author else None,
        page=page,
        latest=service.find_latest_version(skill.id),
    )


def _find_own_job(skill: Skill) -> Job | None:
    """Return the job that makes a version, where it is the acting user's: the way back to its page."""
    job = find_unfinished_job(skill.id, Kind.FREEZE)
    return job if job and job.user_id == signed_in_user().id else None


def _split_asked() -> Split | None:
    asked = request.args.get("split", "")
    return Split(asked) if asked in set(Split) else None


def _pieces_of(change: Change, effort: Effort) -> dict[str, object]:
    """Return what is different in each text of an example that two versions have differently."""
    before, after = change.before, change.after
    if before is None or after is None:
        return {}
    return {
        label: pieces
        for label, text_of in _TEXTS.items()
        if (pieces := compare_texts(text_of(before) or "", text_of(after) or "", effort=effort))
    }


_TEXTS: dict[str, Callable[[FrozenRow], str | None]] = {
    "Input": lambda row: row.example_input,
    "Output": lambda row: row.example_output,
    "Expected output": lambda row: row.expected_output,
    "Earlier turns": lambda row: "\n\n".join(f"{turn['role']}: {turn['content']}" for turn in row.turns or ()),
    "Metadata": lambda row: json.dumps(row.example_metadata, ensure_ascii=False) if row.example_metadata else "",
}

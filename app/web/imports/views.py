"""Importing examples: a file or its text, the verdict on every row, mending, and adding the good ones."""

import csv
import io
from collections.abc import Iterator

from flask import Blueprint, Response, request, stream_with_context, url_for

from app import config
from app.domain.datasets import Row
from app.domain.errors import Conflict, Invalid
from app.domain.imports import FIELDS, Reading, State, Verdict, unread_columns
from app.domain.jobs import UNFINISHED
from app.domain.jobs import State as JobState
from app.models import Import, ImportRow, Skill
from app.policies import Action
from app.services import imports as service
from app.services.import_checks import row_of, table_of_wrong_rows, texts_of
from app.services.import_mending import mend_row
from app.services.import_rows import count_verdicts, get_import_row, get_import_rows
from app.services.redaction import Policy, policy_of
from app.services.skills import get_skill_by_slug
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.imports.forms import ImportForm, ReadingForm, RowForm
from app.web.paging import read_cursor

blueprint = Blueprint("imports", __name__, url_prefix="/skills/<slug>/training-data")

VERDICTS = {
    Verdict.NEW: "New",
    Verdict.NEAR_DUPLICATE: "Almost the same as another",
    Verdict.DUPLICATE: "There already",
    Verdict.REFUSED: "Cannot be added",
    Verdict.ADDED: "Added",
}
ROOM_FOR_FORM = 1_000_000
"""Bytes of a sent form that are not the file."""


@blueprint.get("/import")
@guard(Action.ADD_TRAINING_EXAMPLE)
def new(skill: Skill) -> Response:
    """The form, and the import that waits to be finished."""
    return _new(skill, ImportForm())


@blueprint.post("/import")
@guard(Action.ADD_TRAINING_EXAMPLE)
def create(skill: Skill) -> Response:
    """Read what was sent, and go on to the verdicts."""
    form, slug = ImportForm(request.form), skill.slug
    file = request.files.get("file")
    has_file = file is not None and bool(file.filename)
    if not has_file and not (form.text.data or "").strip():
        form.add_errors({"file": "Choose a file, or paste its text."})
        return _new(skill, form, status=422)
    stream = file.stream if has_file and file else io.BytesIO((form.text.data or "").encode("utf-8", "surrogatepass"))
    name = (file.filename or "") if has_file and file else "pasted text"
    try:
        made = service.stage_import(signed_in_user(), skill_id=skill.id, file=stream, file_name=name)
    except Invalid as error:
        form.add_errors(error.errors)
        return _new(get_skill_by_slug(slug), form, status=422)  # read anew: what was begun is taken back
    except Conflict as error:
        form.refuse(str(error))
        return _new(get_skill_by_slug(slug), form, status=409)
    return _go_on(skill, made)


@blueprint.get("/imports/<int:import_id>")
@guard(Action.ADD_TRAINING_EXAMPLE)
def show(skill: Skill, import_id: int) -> Response:
    """What every row comes to."""
    found = service.get_import(signed_in_user(), skill.id, import_id)
    if _is_at_work(found):
        return htmx.go(url_for("jobs.show", job_id=found.job_id))
    return _show(skill, found)


@blueprint.post("/imports/<int:import_id>/reading")
@guard(Action.ADD_TRAINING_EXAMPLE)
def read_again(skill: Skill, import_id: int) -> Response:
    """Read the same values by other columns, or as another format."""
    form = ReadingForm(request.form)
    try:
        made = service.read_again(signed_in_user(), skill_id=skill.id, import_id=import_id, how=form.to_reading())
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(skill, service.get_import(signed_in_user(), skill.id, import_id), form=form, status=422)
    return _go_on(skill, made)


@blueprint.get("/imports/<int:import_id>/rows/<int:number>")
@guard(Action.ADD_TRAINING_EXAMPLE)
def edit_row(skill: Skill, import_id: int, number: int) -> Response:
    """The form to mend one row."""
    found = service.get_import(signed_in_user(), skill.id, import_id)
    row = get_import_row(found.id, number)
    return _edit_row(skill, found, row, RowForm(data=texts_of(service.reading_of(found), row)))


@blueprint.post("/imports/<int:import_id>/rows/<int:number>")
@guard(Action.ADD_TRAINING_EXAMPLE)
def mend(skill: Skill, import_id: int, number: int) -> Response:
    """Put other texts in its place."""
    form, slug = RowForm(request.form), skill.slug
    row = mend_row(signed_in_user(), skill_id=skill.id, import_id=import_id, number=number, texts=form.to_texts())
    if row.verdict == Verdict.REFUSED.value:
        form.refuse(row.reason or "")
        found = service.get_import(signed_in_user(), skill.id, import_id)
        return _edit_row(get_skill_by_slug(slug), found, row, form, status=422)  # read anew: the change is committed
    return htmx.done(
        url_for(".show", slug=slug, import_id=import_id),
        message=f"Row {number} is mended: {VERDICTS[Verdict(row.verdict or '')].lower()}.",
    )


@blueprint.post("/imports/<int:import_id>/check")
@guard(Action.ADD_TRAINING_EXAMPLE)
def check_rest(skill: Skill, import_id: int) -> Response:
    """Look at the rows that a check which was stopped has left."""
    try:
        job = service.check_rest(signed_in_user(), skill_id=skill.id, import_id=import_id)
    except Conflict as error:
        found = service.get_import(signed_in_user(), skill.id, import_id)
        return _show(skill, found, problem=str(error), status=409)
    return htmx.go(url_for("jobs.show", job_id=job.id))


@blueprint.post("/imports/<int:import_id>/addition")
@guard(Action.ADD_TRAINING_EXAMPLE)
def add(skill: Skill, import_id: int) -> Response:
    """Add the new rows as examples."""
    try:
        job = service.begin_adding(
            signed_in_user(),
            skill_id=skill.id,
            import_id=import_id,
            near_duplicates=request.form.get("near_duplicates") == "y",
        )
    except Conflict as error:
        found = service.get_import(signed_in_user(), skill.id, import_id)
        return _show(skill, found, problem=str(error), status=409)
    return htmx.go(url_for("jobs.show", job_id=job.id))


@blueprint.post("/imports/<int:import_id>/removal")
@guard(Action.ADD_TRAINING_EXAMPLE)
def discard(skill: Skill, import_id: int) -> Response:
    """Forget what was read. What was added stays."""
    service.discard_import(signed_in_user(), skill_id=skill.id, import_id=import_id)
    return htmx.done(url_for(".new", slug=skill.slug), message="The import is discarded.")


@blueprint.get("/imports/<int:import_id>/wrong-rows.csv")
@guard(Action.ADD_TRAINING_EXAMPLE)
def wrong_rows(skill: Skill, import_id: int) -> Response:
    """The rows that are not new, with why, as a file to mend elsewhere and bring back."""
    found = service.get_import(signed_in_user(), skill.id, import_id)
    response = Response(stream_with_context(_as_csv(found)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={skill.slug}.wrong-rows.csv"
    return response


@blueprint.before_request
def _take_files() -> None:
    """A file may be larger than any other form."""
    if request.endpoint == "imports.create":
        request.max_content_length = config.get("GOLDSET_MAX_IMPORT_BYTES") + ROOM_FOR_FORM
        request.max_form_memory_size = config.get("GOLDSET_MAX_IMPORT_BYTES")


def _go_on(skill: Skill, made: Import) -> Response:
    if _is_at_work(made):
        return htmx.go(url_for("jobs.show", job_id=made.job_id))
    return htmx.go(url_for(".show", slug=skill.slug, import_id=made.id))


def _is_at_work(found: Import) -> bool:
    """Return whether a job of this person's is at it, whose page shows how far it is."""
    job = service.find_job(found)
    is_own = job is not None and job.user_id == signed_in_user().id
    return is_own and job is not None and JobState(job.state) in UNFINISHED


def _new(skill: Skill, form: ImportForm, *, status: int = 200) -> Response:
    return htmx.render(
        "imports/new.html", status=status, skill=skill, form=form, waiting=service.find_unfinished_import(skill.id)
    )


def _show(
    skill: Skill, found: Import, *, form: ReadingForm | None = None, problem: str | None = None, status: int = 200
) -> Response:
    how, policy = service.reading_of(found), policy_of(skill)
    form = form or ReadingForm(data={"format": how.format, **how.columns})
    form.offer(found.reading["known"])
    asked = request.args.get("verdict", "")
    verdict = Verdict(asked) if asked in set(Verdict) else None
    page = get_import_rows(
        found.id, verdict=verdict, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE")
    )
    return htmx.render(
        "imports/show.html",
        status=status,
        skill=skill,
        found=found,
        is_ready=service.state_of(found) is State.READY,
        form=form,
        problem=problem,
        is_complete=how.is_complete,
        counts=count_verdicts(found.id),
        verdicts=VERDICTS,
        verdict=verdict,
        page=page,
        fields=("format", *FIELDS),
        unread=unread_columns(how, [row.value for row in page.rows if row.value and not row.is_mended]),
        made={row.number: _row_or_none(how, row, policy) for row in page.rows},
    )


def _edit_row(skill: Skill, found: Import, row: ImportRow, form: RowForm, *, status: int = 200) -> Response:
    return htmx.render("imports/edit_row.html", status=status, skill=skill, found=found, row=row, form=form)


def _row_or_none(how: Reading, row: ImportRow, policy: Policy) -> Row | None:
    try:
        return row_of(how, row, policy)
    except ValueError:
        return None


def _as_csv(found: Import) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for cells in table_of_wrong_rows(found):
        writer.writerow(cells)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()

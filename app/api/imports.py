"""Importing examples for programs: the file as the body, then what every row comes to, then adding the good ones."""

import io

from flask import Response, request, url_for
from pydantic import BaseModel, Field

from app.api.authentication import authenticated
from app.api.blueprint import api
from app.api.tracking import answer
from app.domain.api_keys import Scope
from app.domain.errors import Invalid
from app.domain.formats import FORMATS
from app.domain.imports import COLUMNS, FIELDS, Reading, State, Verdict
from app.models import ApiKey, Import
from app.services import import_rows
from app.services import imports as service
from app.services.paging import Cursor
from app.services.skills import get_skill_by_slug

ROWS_AT_ONCE = 500


class ImportAnswer(BaseModel):
    """A file that is imported, and where that stands."""

    import_id: int
    state: State = Field(description="checking and adding pass by themselves; ready waits to be added or discarded.")
    rows: int
    progress: int = Field(description="Of what is being done right now, how many rows.")
    verdicts: dict[Verdict, int] = Field(description="How many rows have which verdict.")
    unjudged: int = Field(description="How many rows have none yet: they are waited for, or a check was stopped.")
    redacted: int = Field(description="How many rows had secrets in them, which were taken out.")
    problem: str | None = Field(None, description="Why it goes no further as it is.")


class ImportsAnswer(BaseModel):
    """Imports that are not finished. There is one of a skill at the most."""

    imports: list[ImportAnswer]


class ImportRowAnswer(BaseModel):
    """What one row comes to."""

    number: int
    line: int
    verdict: Verdict | None = Field(None, description="Missing while nobody has looked at the row.")
    reason: str | None = None
    removed: list[str] = Field(description="The kinds of what was taken out.")
    example_id: int | None = Field(None, description="The example that it became, or that says the same.")


class ImportRowsAnswer(BaseModel):
    """Rows of an import, in the order of the file."""

    rows: list[ImportRowAnswer]
    after: str | None = Field(None, description="Send it back as `after` for the next page; missing on the last one.")


@api.post("/v1/skills/<slug>/imports")
@authenticated(Scope.WRITE, most_bytes="GOLDSET_MAX_IMPORT_BYTES")
def create_import(api_key: ApiKey, slug: str) -> Response:
    """Read the body, redacted, and begin to look at its rows. Only the skill's author may."""
    skill = get_skill_by_slug(slug)
    made = service.stage_import(
        api_key.user,
        skill_id=skill.id,
        file=io.BytesIO(request.get_data(cache=False)),
        file_name=request.args.get("file_name", "sent by a program"),
        how=_reading(),
    )
    response = answer(_answer_of(made))
    response.status_code = 202
    response.headers["Location"] = url_for("api.get_import", slug=slug, import_id=made.id)
    return response


@api.get("/v1/skills/<slug>/imports")
@authenticated(Scope.WRITE)
def get_imports(api_key: ApiKey, slug: str) -> Response:
    """Return the imports that are not finished: what a program that was killed has left."""
    found = service.get_unfinished_imports(api_key.user, get_skill_by_slug(slug).id)
    return answer(ImportsAnswer(imports=[_answer_of(one) for one in found]))


@api.get("/v1/skills/<slug>/imports/<int:import_id>")
@authenticated(Scope.WRITE)
def get_import(api_key: ApiKey, slug: str, import_id: int) -> Response:
    """Return where it stands."""
    return answer(_answer_of(_find(api_key, slug, import_id)))


@api.get("/v1/skills/<slug>/imports/<int:import_id>/rows")
@authenticated(Scope.WRITE)
def get_import_rows(api_key: ApiKey, slug: str, import_id: int) -> Response:
    """Return what its rows come to, a page at a time."""
    asked = request.args.get("verdict")
    if asked is not None and asked not in set(Verdict):
        raise Invalid({"verdict": f"Ask for one of {', '.join(Verdict)}."})
    page = import_rows.get_import_rows(
        _find(api_key, slug, import_id).id,
        verdict=Verdict(asked) if asked else None,
        cursor=Cursor.parse(after=request.args.get("after"), before=None, parts=1),
        size=ROWS_AT_ONCE,
    )
    rows = [
        ImportRowAnswer(
            number=row.number,
            line=row.line,
            verdict=Verdict(row.verdict) if row.verdict else None,
            reason=row.reason,
            removed=(row.removed or "").split(),
            example_id=row.example_id or row.like_example_id,
        )
        for row in page.rows
    ]
    return answer(ImportRowsAnswer(rows=rows, after=page.after))


@api.post("/v1/skills/<slug>/imports/<int:import_id>/addition")
@authenticated(Scope.WRITE)
def add_import(api_key: ApiKey, slug: str, import_id: int) -> Response:
    """Begin to add the new rows, and those that are almost the same where `near_duplicates` says so."""
    near_duplicates = request.args.get("near_duplicates", "") in ("1", "true", "yes")
    skill = get_skill_by_slug(slug)
    service.begin_adding(api_key.user, skill_id=skill.id, import_id=import_id, near_duplicates=near_duplicates)
    response = answer(_answer_of(_find(api_key, slug, import_id)))
    response.status_code = 202
    return response


@api.post("/v1/skills/<slug>/imports/<int:import_id>/removal")
@authenticated(Scope.WRITE)
def discard_import(api_key: ApiKey, slug: str, import_id: int) -> Response:
    """Forget what was read. What was added stays."""
    service.discard_import(api_key.user, skill_id=get_skill_by_slug(slug).id, import_id=import_id)
    return answer(_answer_of(_find(api_key, slug, import_id)))


def _find(api_key: ApiKey, slug: str, import_id: int) -> Import:
    return service.get_import(api_key.user, get_skill_by_slug(slug).id, import_id)


def _answer_of(found: Import) -> ImportAnswer:
    job = service.find_job(found)
    counts = import_rows.count_verdicts(found.id)
    return ImportAnswer(
        import_id=found.id,
        state=service.state_of(found),
        rows=found.rows,
        progress=job.progress if job else 0,
        verdicts=dict(counts.verdicts),
        unjudged=counts.unjudged,
        redacted=counts.redacted,
        problem=(job.problem if job else None) or _problem_of(found, counts.unjudged),
    )


def _problem_of(found: Import, unjudged: int) -> str | None:
    """Return why an import that waits cannot be added as it is."""
    if service.state_of(found) is not State.READY:
        return None
    if not service.reading_of(found).is_complete:
        known = ", ".join(found.reading["known"])
        return f"Say which columns are the input and the output, as input=COLUMN and output=COLUMN: there are {known}."
    return f"The check was stopped: {unjudged:,} rows were not looked at." if unjudged else None


def _reading() -> Reading | None:
    """Return how the query says that the body is read; None: as its beginning looks."""
    columns = {name: request.args[name] for name in FIELDS if request.args.get(name)}
    if columns:
        return Reading(COLUMNS, columns)
    name = request.args.get("format")
    if name is not None and name not in FORMATS:
        raise Invalid({"format": f"Send one of {', '.join(FORMATS)}, or none."})
    return Reading(name, {}) if name else None

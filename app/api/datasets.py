"""Versions of training data for programs: their list, one of them, its rows as pages or as a file, and what must go."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Response, json, make_response, request
from pydantic import BaseModel, Field

from app.api.authentication import authenticated
from app.api.blueprint import api
from app.api.tracking import answer
from app.domain.api_keys import Scope
from app.domain.datasets import Row
from app.domain.errors import Invalid
from app.domain.example_details import Details
from app.domain.formats import Record
from app.domain.splits import SPLITS, Split
from app.downloads import send_export
from app.models import ApiKey, DatasetVersion
from app.services import dataset_versions as service
from app.services.dataset_rows import RowCursor, Selection, read_page
from app.services.exports import get_format
from app.services.paging import Cursor
from app.services.skills import get_skill_by_slug
from app.services.withdrawals import make_erasure_manifest

MOST_ROWS = 1_000
VERSIONS_AT_ONCE = 100


class VersionAnswer(BaseModel):
    """A frozen version of a skill's training data."""

    skill: str
    version: int
    content_hash: str = Field(description="What its rows are known by today: 64 hexadecimal digits.")
    frozen_hash: str = Field(
        description="What they were known by when it was frozen; another where rows were withdrawn."
    )
    rows: int
    note: str | None = None
    seed: int = Field(description="What decided where rows that stand alone went.")
    splits: dict[str, int] = Field(description="How many rows each split has; those that are held out are in none.")
    frozen_at: datetime


class VersionsAnswer(BaseModel):
    """Versions, newest first."""

    versions: list[VersionAnswer]
    after: str | None = Field(None, description="Send it back as `after` for the next page; missing on the last one.")


class TurnAnswer(BaseModel):
    """One message before the input."""

    role: str
    content: str


class RowAnswer(BaseModel):
    """One row of a version."""

    input: str
    output: str
    expected_output: str | None = None
    quality_score: int | None = None
    source: str
    evaluation_only: bool
    tags: list[str] = []
    metadata: dict[str, Any] | None = None
    turns: list[TurnAnswer] = Field([], description="What the conversation said before the input.")
    hash: str


class RowsAnswer(BaseModel):
    """Rows of a version, in its canonical order."""

    rows: list[RowAnswer]
    after: str | None = Field(None, description="Send it back as `after` for the next page; missing on the last one.")


@api.get("/v1/skills/<slug>/datasets")
@authenticated(Scope.READ)
def get_datasets(api_key: ApiKey, slug: str) -> Response:
    """Return the versions, newest first."""
    skill = get_skill_by_slug(slug)
    cursor = Cursor.parse(after=request.args.get("after"), before=None, parts=1)
    page = service.get_dataset_versions(skill.id, cursor=cursor, size=VERSIONS_AT_ONCE)
    versions = [_answer_of(slug, row.version) for row in page.rows]
    return answer(VersionsAnswer(versions=versions, after=page.after))


@api.get("/v1/skills/<slug>/datasets/<version>")
@authenticated(Scope.READ)
def get_dataset(api_key: ApiKey, slug: str, version: str) -> Response:
    """Return one version: a number, or latest."""
    found = service.get_dataset_version(get_skill_by_slug(slug).id, version)
    return _tagged(lambda: answer(_answer_of(slug, found)), found, "about")


@api.get("/v1/skills/<slug>/datasets/<version>/examples")
@authenticated(Scope.READ)
def get_dataset_examples(api_key: ApiKey, slug: str, version: str) -> Response:
    """Return a version's rows: a file in any format, written while it is sent; with `limit`, a page of them."""
    skill = get_skill_by_slug(slug)
    found = service.get_dataset_version(skill.id, version)
    wanted = Selection(skill, found, _split())
    if "limit" in request.args:
        return _page(wanted, found)
    return send_export(wanted, get_format(request.args.get("format", "jsonl")))


@api.get("/v1/skills/<slug>/erasures")
@authenticated(Scope.READ)
def get_erasures(api_key: ApiKey, slug: str) -> Response:
    """Return the erasure manifest: what has to go from files that were exported."""
    response = make_response(json.dumps(make_erasure_manifest(get_skill_by_slug(slug))))
    response.mimetype = "application/json"
    return response


def _page(wanted: Selection, found: DatasetVersion) -> Response:
    limit = _limit()
    rows = list(read_page(wanted, after=RowCursor.parse(request.args.get("after", "")), limit=limit + 1))
    after = str(rows[limit - 1].cursor) if len(rows) > limit else None
    body = RowsAnswer(rows=[_row(one.record) for one in rows[:limit]], after=after)
    return _tagged(lambda: answer(body), found, str(wanted.split), str(limit), request.args.get("after", ""))


def _tagged(make: Callable[[], Response], found: DatasetVersion, *about: str) -> Response:
    """Answer with a tag of what the version is known by: whoever has that already gets 304 and no body."""
    tag = "-".join([service.tag_of_version(found), *about])
    response = make_response("", 304) if request.if_none_match.contains_weak(tag) else make()
    response.set_etag(tag)
    return response


def _answer_of(slug: str, version: DatasetVersion) -> VersionAnswer:
    now = service.hash_now(version)
    counts = service.count_splits(version.id)
    return VersionAnswer(
        skill=slug,
        version=version.number or 0,
        content_hash=now.content_hash,
        frozen_hash=version.content_hash or "",
        rows=now.rows,
        note=version.note,
        seed=version.seed,
        splits={split.value: counts[split] for split in SPLITS},
        frozen_at=version.frozen_at,  # type: ignore[arg-type]  # a version with a number has one
    )


def _row(record: Record) -> RowAnswer:
    values = {name: getattr(record.row, name) for name in Row.__slots__ if name not in Details._fields}
    return RowAnswer(hash=record.hash, **values, **record.row.details.to_json())


def _split() -> Split | None:
    asked = request.args.get("split")
    if asked is None:
        return None
    if asked not in set(SPLITS):
        raise Invalid({"split": f"Ask for one of {', '.join(SPLITS)}."})
    return Split(asked)


def _limit() -> int:
    limit = request.args.get("limit", type=int) or 0
    if not 1 <= limit <= MOST_ROWS:
        raise Invalid({"limit": f"Ask for 1 to {MOST_ROWS:,} rows."})
    return limit

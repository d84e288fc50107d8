"""How examples and their versions are read."""

from typing import Any

from app.api.datasets import RowsAnswer, VersionAnswer, VersionsAnswer
from app.api.openapi import parts
from app.domain.api_keys import Scope
from app.domain.splits import SPLITS

_VERSION = "The number of a version, or latest."
MODELS = (VersionAnswer, VersionsAnswer, RowsAnswer)


def paths() -> dict[str, Any]:
    """Return the calls, by address and method."""
    return {
        f"{parts.SKILL}/examples": {"get": _examples()},
        f"{parts.SKILL}/datasets": {"get": _datasets()},
        f"{parts.SKILL}/datasets/{{version}}": {"get": _dataset()},
        f"{parts.SKILL}/datasets/{{version}}/examples": {"get": _dataset_examples()},
        f"{parts.SKILL}/erasures": {"get": _erasures()},
    }


def _examples() -> dict[str, Any]:
    return {
        "operationId": "getExamples",
        "summary": "Read a skill's approved examples in a format of choice",
        "description": f"Streamed, oldest first. Needs the scope {Scope.READ.value}.",
        "parameters": [
            parts.path("slug", parts.SLUG),
            parts.exchange_format(),
            parts.query("q", "Words that they have."),
            parts.query("tag", "A tag that they have."),
        ],
        "responses": {
            "200": parts.file(),
            **parts.problems("400", "409", "413", "415", "422"),
        },
    }


def _datasets() -> dict[str, Any]:
    return parts.read(
        "listDatasets",
        "List the versions of a skill's training data",
        "Newest first.",
        [parts.path("slug", parts.SLUG), parts.query("after", parts.AFTER)],
        parts.answer("A page of versions.", "application/json", parts.ref(VersionsAnswer)),
    )


def _dataset() -> dict[str, Any]:
    return parts.read(
        "getDataset",
        "Read about one version",
        "The ETag is what its rows are known by today.",
        [
            parts.path("slug", parts.SLUG),
            parts.path("version", _VERSION),
            parts.header("If-None-Match", "An ETag that is known already."),
        ],
        parts.answer("The version.", "application/json", parts.ref(VersionAnswer)),
        tagged=True,
    )


def _dataset_examples() -> dict[str, Any]:
    rows = parts.answer("A page, or the file.", "application/json", parts.ref(RowsAnswer))
    rows["content"] |= parts.file()["content"]
    operation = parts.read(
        "getDatasetExamples",
        "Read the rows of a version",
        "Without `limit` it is a file in a format of choice, streamed in the version's own order, the same bytes "
        "wherever the version is. With `limit` it is a page of rows (RowsAnswer).",
        [
            parts.path("slug", parts.SLUG),
            parts.path("version", _VERSION),
            parts.exchange_format(),
            parts.query("split", "One split of it.", {"type": "string", "enum": [split.value for split in SPLITS]}),
            parts.query("limit", "How many rows a page has.", {"type": "integer", "minimum": 1, "maximum": 1000}),
            parts.query("after", parts.AFTER),
            parts.header("Range", "Of a file, the bytes that are missing, such as `bytes=4096-`."),
            parts.header("If-Range", "The ETag of the file that one has the beginning of; else all of it is sent."),
            parts.header("If-Match", "The ETag of the file that is wanted, and no other."),
            parts.header("If-None-Match", "An ETag that is known already."),
        ],
        rows,
        tagged=True,
    )
    of_ranges = {
        "206": parts.file() | {"description": "The bytes that are missing."},
        **parts.some_problems("412", "416"),
    }
    operation["responses"] = dict(sorted((operation["responses"] | of_ranges).items()))
    return operation


def _erasures() -> dict[str, Any]:
    return parts.read(
        "getErasures",
        "Read what has to go from files that were exported",
        "Hashes and keys, and nobody's words: `goldset purge` takes the rows out of files.",
        [parts.path("slug", parts.SLUG)],
        parts.answer("The erasure manifest.", "application/json", {"type": "object"}),
    )

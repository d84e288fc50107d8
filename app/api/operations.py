"""What each call of the API is: what it is sent, what it answers, and what can go wrong, as OpenAPI says it."""

from typing import Any

from app.api.authentication import SIGNATURE
from app.api.changes import ChangeAnswer, ChangeSent
from app.api.datasets import RowsAnswer, VersionAnswer, VersionsAnswer
from app.api.imports import ImportAnswer, ImportRowsAnswer
from app.api.schemas import BatchAnswer, Problem, UsageAnswer, UsageBatch, UsageSent
from app.domain.api_keys import Scope
from app.domain.formats import FORMATS
from app.domain.imports import FIELDS, Verdict
from app.domain.splits import SPLITS

MODELS = (
    UsageSent,
    UsageBatch,
    UsageAnswer,
    BatchAnswer,
    VersionAnswer,
    VersionsAnswer,
    RowsAnswer,
    ImportAnswer,
    ImportRowsAnswer,
    ChangeSent,
    ChangeAnswer,
    Problem,
)
"""Every model that a call is sent or answers."""

REF = "#/components/schemas/{model}"
_PROBLEMS = {
    "400": "The body is not JSON.",
    "401": "The key, or the signature, is missing or wrong.",
    "403": "The key has not the scope for this.",
    "404": "There is no such skill, version, import, change or format.",
    "409": "It does not fit how things stand: an event that is stored at this moment, an import that is not ready.",
    "413": "The body is too large.",
    "415": "The body is of another kind.",
    "422": "Something that was sent is wrong; `errors` names every fault.",
    "429": "Too many calls; wait as long as Retry-After says.",
}


_OF_TAGS = {"304": {"description": "It is known already."}}
_OF_RANGES = {
    "206": {"description": "The bytes that are missing."},
    "416": {"description": "No bytes are missing: the file has no more."},
}
_SLUG = "The skill, as its address names it."
_VERSION = "The number of a version, or latest."
_IMPORT = "The number of the import."
_CHANGE = "The number of the change."
_AFTER = "The end of the page before."


def paths() -> dict[str, Any]:
    """Return every call, by its address and method."""
    skill = "/api/v1/skills/{slug}"
    dataset, imported = f"{skill}/datasets/{{version}}", f"{skill}/imports/{{import_id}}"
    return {
        "/api/track": {"post": _track()},
        "/v1/traces": {"post": _traces()},
        f"{skill}/examples": {"get": _examples()},
        f"{skill}/datasets": {"get": _datasets()},
        dataset: {"get": _dataset()},
        f"{dataset}/examples": {"get": _dataset_examples()},
        f"{skill}/erasures": {"get": _erasures()},
        f"{skill}/imports": {"post": _create_import()},
        imported: {"get": _import()},
        f"{imported}/rows": {"get": _import_rows()},
        f"{imported}/addition": {"post": _addition()},
        f"{imported}/removal": {"post": _removal()},
        f"{skill}/changes": {"post": _create_change()},
        f"{skill}/changes/{{change_id}}": {"get": _change()},
        f"{skill}/changes/{{change_id}}/undo": {"post": _undo()},
    }


def _track() -> dict[str, Any]:
    return {
        "operationId": "trackUsage",
        "summary": "Report a use of a skill, or up to 500 at once",
        "description": "Every use is counted. Its content is looked at only where the site's switch and the user's "
        "consent are both on. An event_id that was sent before gets the same answer, and nothing is stored twice. In a "
        f"batch every event has its own verdict. Needs the scope {Scope.TRACK.value}.",
        "parameters": [_signature()],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _any_of(UsageSent, UsageBatch)}}},
        "responses": {
            "200": _response("What was done.", "application/json", _any_of(UsageAnswer, BatchAnswer)),
            **_problems(),
        },
    }


def _traces() -> dict[str, Any]:
    return {
        "operationId": "receiveTraces",
        "summary": "Report the use of skills as OpenTelemetry spans (OTLP/HTTP)",
        "description": "A span, or its resource, names the skill in the attribute goldset.skill; its content is read "
        "from the GenAI conventions. JSON, and protobuf with the extra otlp; gzip or not. Needs the scope "
        f"{Scope.TRACK.value}.",
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        "responses": {
            "200": _response("The spans were taken.", "application/json", {"type": "object"}),
            **_problems("404", "422"),
        },
    }


def _examples() -> dict[str, Any]:
    return {
        "operationId": "getExamples",
        "summary": "Read a skill's approved examples in a format of choice",
        "description": f"Streamed, oldest first. Needs the scope {Scope.READ.value}.",
        "parameters": [
            _path("slug", _SLUG),
            _format(),
            _query("q", "Words that they have."),
            _query("tag", "A tag that they have."),
        ],
        "responses": {
            "200": _file(),
            **_problems("400", "409", "413", "415", "422"),
        },
    }


def _signature() -> dict[str, Any]:
    return {
        "name": SIGNATURE,
        "in": "header",
        "required": False,
        "description": "t=<unix seconds>,v1=<hex>: the HMAC-SHA256, under the key, of the seconds, a dot and the body. "
        "Refused with 401 when it is wrong or more than five minutes old.",
        "schema": {"type": "string"},
    }


def _any_of(*models: type) -> dict[str, Any]:
    return {"anyOf": [{"$ref": REF.format(model=model.__name__)} for model in models]}


def _response(description: str, mimetype: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {mimetype: {"schema": schema}}}


def _problems(*left_out: str) -> dict[str, Any]:
    schema = {"$ref": REF.format(model=Problem.__name__)}
    return {
        status: _response(sentence, "application/problem+json", schema)
        for status, sentence in _PROBLEMS.items()
        if status not in left_out
    }


def _datasets() -> dict[str, Any]:
    return _read(
        "listDatasets",
        "List the versions of a skill's training data",
        "Newest first.",
        [_path("slug", _SLUG), _query("after", _AFTER)],
        _response("A page of versions.", "application/json", _ref(VersionsAnswer)),
    )


def _dataset() -> dict[str, Any]:
    return _read(
        "getDataset",
        "Read about one version",
        "The ETag is what its rows are known by today.",
        [_path("slug", _SLUG), _path("version", _VERSION), _header("If-None-Match", "An ETag that is known already.")],
        _response("The version.", "application/json", _ref(VersionAnswer)),
        tagged=True,
    )


def _dataset_examples() -> dict[str, Any]:
    rows = _response("A page, or the file.", "application/json", _ref(RowsAnswer))
    rows["content"] |= {name: one for name, one in _file()["content"].items() if name != "application/json"}
    rows["content"]["application/json"] = {"schema": {}}
    operation = _read(
        "getDatasetExamples",
        "Read the rows of a version",
        "Without `limit` it is a file in a format of choice, streamed in the version's own order, the same bytes "
        "wherever the version is. With `limit` it is a page of rows (RowsAnswer).",
        [
            _path("slug", _SLUG),
            _path("version", _VERSION),
            _format(),
            _query("split", "One split of it.", {"type": "string", "enum": [split.value for split in SPLITS]}),
            _query("limit", "How many rows a page has.", {"type": "integer", "minimum": 1, "maximum": 1000}),
            _query("after", _AFTER),
            _header("Range", "Of a file, the bytes that are missing, such as `bytes=4096-`."),
            _header("If-Range", "The ETag of the file that one has the beginning of: of another, all of it is sent."),
            _header("If-None-Match", "An ETag that is known already."),
        ],
        rows,
        tagged=True,
    )
    operation["responses"] |= _OF_RANGES
    return operation


def _erasures() -> dict[str, Any]:
    return _read(
        "getErasures",
        "Read what has to go from files that were exported",
        "Hashes and keys, and nobody's words: `goldset purge` takes the rows out of files.",
        [_path("slug", _SLUG)],
        _response("The erasure manifest.", "application/json", {"type": "object"}),
    )


def _create_import() -> dict[str, Any]:
    columns = [_query(name, f"The column of the {name}, where the file is of no known format.") for name in FIELDS]
    operation = _write(
        "createImport",
        "Import examples from a file",
        "The body is the file: CSV, TSV, JSON, JSON Lines, gzip of these. It is redacted while it is read; then every "
        "row gets its verdict. Only the skill's author may.",
        [_path("slug", _SLUG), _format(), _query("file_name", "What it is called."), *columns],
        "202",
    )
    operation["requestBody"] = {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
    return operation


def _import() -> dict[str, Any]:
    return _read(
        "getImport",
        "Read where an import stands",
        "",
        [_path("slug", _SLUG), _path("import_id", _IMPORT, {"type": "integer"})],
        _response("The import.", "application/json", _ref(ImportAnswer)),
        scope=Scope.WRITE,
    )


def _import_rows() -> dict[str, Any]:
    return _read(
        "getImportRows",
        "Read what the rows of an import come to",
        "",
        [
            _path("slug", _SLUG),
            _path("import_id", _IMPORT, {"type": "integer"}),
            _query("verdict", "Only those.", {"type": "string", "enum": [verdict.value for verdict in Verdict]}),
            _query("after", _AFTER),
        ],
        _response("A page of rows.", "application/json", _ref(ImportRowsAnswer)),
        scope=Scope.WRITE,
    )


def _addition() -> dict[str, Any]:
    return _write(
        "addImport",
        "Add the new rows of an import as golden examples",
        "",
        [
            _path("slug", _SLUG),
            _path("import_id", _IMPORT, {"type": "integer"}),
            _query("near_duplicates", "true, to add those that are almost the same as another too."),
        ],
        "202",
    )


def _removal() -> dict[str, Any]:
    return _write(
        "discardImport",
        "Forget what was read of an import",
        "What was added of it stays.",
        [_path("slug", _SLUG), _path("import_id", _IMPORT, {"type": "integer"})],
        "200",
    )


def _create_change() -> dict[str, Any]:
    operation = _write(
        "createChange",
        "Tag, move or delete every example that a filter matches",
        "It is a job: ask how far it is. What it does can be undone. Only the author may; to move examples, of "
        "both skills.",
        [_path("slug", _SLUG)],
        "202",
        _response("Where the change stands.", "application/json", _ref(ChangeAnswer)),
    )
    operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(ChangeSent)}}}
    return operation


def _change() -> dict[str, Any]:
    return _read(
        "getChange",
        "Read where a change stands",
        "",
        [_path("slug", _SLUG), _path("change_id", _CHANGE, {"type": "integer"})],
        _response("The change.", "application/json", _ref(ChangeAnswer)),
        scope=Scope.WRITE,
    )


def _undo() -> dict[str, Any]:
    return _write(
        "undoChange",
        "Undo a change",
        "What somebody changed since stays as it is.",
        [_path("slug", _SLUG), _path("change_id", _CHANGE, {"type": "integer"})],
        "202",
        _response("Where the undoing stands.", "application/json", _ref(ChangeAnswer)),
    )


def _read(
    name: str,
    summary: str,
    description: str,
    parameters: list[dict[str, Any]],
    response: dict[str, Any],
    *,
    scope: Scope = Scope.READ,
    tagged: bool = False,
) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "description": f"{description} Needs the scope {scope.value}.".strip(),
        "parameters": parameters,
        "responses": {
            "200": response,
            **(_OF_TAGS if tagged else {}),
            **_problems("400", "409", "413", "415"),
        },
    }


def _write(
    name: str,
    summary: str,
    description: str,
    parameters: list[dict[str, Any]],
    status: str,
    response: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "description": f"{description} Needs the scope {Scope.WRITE.value}.".strip(),
        "parameters": parameters,
        "responses": {
            status: response or _response("Where the import stands.", "application/json", _ref(ImportAnswer)),
            **_problems("400", "415"),
        },
    }


def _file() -> dict[str, Any]:
    mimetypes = sorted({one.layout.mimetype for one in FORMATS.values()})
    return {"description": "The file.", "content": {name: {"schema": {"type": "string"}} for name in mimetypes}}


def _path(name: str, description: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema or {"type": "string"},
    }


def _query(name: str, description: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema or {"type": "string"}}


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": description, "schema": {"type": "string"}}


def _format() -> dict[str, Any]:
    formats = sorted(FORMATS)
    description = f"One of {', '.join(formats)}; jsonl unless told."
    return _query("format", description, {"type": "string", "enum": formats, "default": "jsonl"})


def _ref(model: type) -> dict[str, Any]:
    return {"$ref": REF.format(model=model.__name__)}

"""How a file of examples is imported."""

from typing import Any

from app.api.imports import ImportAnswer, ImportRowsAnswer, ImportsAnswer
from app.api.openapi import parts
from app.domain.api_keys import Scope
from app.domain.imports import FIELDS, Verdict

_HERE = [
    parts.path("slug", parts.SLUG),
    parts.path("import_id", "The number of the import.", {"type": "integer"}),
]
_STANDS = parts.answer("Where the import stands.", "application/json", parts.ref(ImportAnswer))
MODELS = (ImportAnswer, ImportRowsAnswer, ImportsAnswer)


def paths() -> dict[str, Any]:
    """Return the calls, by address and method."""
    return {
        f"{parts.SKILL}/imports": {"get": _imports(), "post": _create_import()},
        f"{parts.SKILL}/imports/{{import_id}}": {"get": _import()},
        f"{parts.SKILL}/imports/{{import_id}}/rows": {"get": _import_rows()},
        f"{parts.SKILL}/imports/{{import_id}}/addition": {"post": _addition()},
        f"{parts.SKILL}/imports/{{import_id}}/removal": {"post": _removal()},
    }


def _create_import() -> dict[str, Any]:
    columns = [parts.query(name, f"The column of the {name}, where the file is of no known format.") for name in FIELDS]
    operation = parts.write(
        "createImport",
        "Import examples from a file",
        "The body is the file: CSV, TSV, JSON, JSON Lines, gzip of these. It is redacted while it is read; then every "
        "row gets its verdict. Only the skill's author may.",
        [
            parts.path("slug", parts.SLUG),
            parts.exchange_format(),
            parts.query("file_name", "What it is called."),
            *columns,
        ],
        "202",
        _STANDS,
    )
    operation["requestBody"] = {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
    return operation


def _imports() -> dict[str, Any]:
    return parts.read(
        "listImports",
        "List the imports that are not finished",
        "What a program that was killed has left: it is added or removed before the next one.",
        [parts.path("slug", parts.SLUG)],
        parts.answer("The imports.", "application/json", parts.ref(ImportsAnswer)),
        scope=Scope.WRITE,
    )


def _import() -> dict[str, Any]:
    return parts.read(
        "getImport",
        "Read where an import stands",
        "",
        _HERE,
        parts.answer("The import.", "application/json", parts.ref(ImportAnswer)),
        scope=Scope.WRITE,
    )


def _import_rows() -> dict[str, Any]:
    return parts.read(
        "getImportRows",
        "Read what the rows of an import come to",
        "",
        [
            *_HERE,
            parts.query("verdict", "Only those.", {"type": "string", "enum": [verdict.value for verdict in Verdict]}),
            parts.query("after", parts.AFTER),
        ],
        parts.answer("A page of rows.", "application/json", parts.ref(ImportRowsAnswer)),
        scope=Scope.WRITE,
    )


def _addition() -> dict[str, Any]:
    return parts.write(
        "addImport",
        "Add the new rows of an import as golden examples",
        "",
        [
            *_HERE,
            parts.query("near_duplicates", "true, to add those that are almost the same as another too."),
        ],
        "202",
        _STANDS,
    )


def _removal() -> dict[str, Any]:
    return parts.write(
        "discardImport",
        "Forget what was read of an import",
        "What was added of it stays.",
        _HERE,
        "200",
        _STANDS,
    )

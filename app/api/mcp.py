"""`POST /mcp`: the Model Context Protocol, for assistants: find a skill, read it, vote, suggest, offer an example.

One stateless endpoint speaks both eras of the protocol: the handshake of the versions up to 2025 (`initialize`), and
the discovery of 2026-07-28. There is no session, no stream and nothing that the server asks back, so any server answers
any call. What a tool may do is what its key's scopes and its owner may.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, json, make_response, request
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest

from app.api.authentication import authenticated
from app.api.blueprint import root
from app.api.mcp_tools import TOOLS
from app.api.problems import faults_of
from app.api.tracking import read_json
from app.domain.api_keys import Scope
from app.domain.errors import GoldsetError
from app.models import ApiKey
from app.services.api_keys import may

HANDSHAKE_VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
MODERN_VERSIONS = ("2026-07-28",)
INVALID_REQUEST, NO_SUCH_METHOD, INVALID_PARAMS = -32600, -32601, -32602
SERVER = {"name": "goldset", "title": "Goldset", "version": "0.1.0"}
INSTRUCTIONS = "Find a skill before you do a task that one may exist for, and follow what read_skill returns."


class _NoSuchTool(Exception):
    """A call names a tool that is none."""


@root.post("/mcp")
@authenticated(*Scope)
def receive_message(api_key: ApiKey) -> Response:
    """Answer one message. Notifications, and answers to what nobody asked, are taken and forgotten."""
    try:
        message = read_json()
    except BadRequest:
        return _answer(None, error={"code": -32700, "message": "The body is not JSON."}, status=400)
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        return _answer(None, error={"code": INVALID_REQUEST, "message": "Send one JSON-RPC 2.0 message."}, status=400)
    if "id" not in message or "method" not in message:
        return make_response("", 202)
    params = message.get("params")
    method = METHODS.get(str(message["method"]))
    if method is None:
        return _answer(message["id"], error={"code": NO_SUCH_METHOD, "message": "There is no such method."})
    try:
        result = method(params if isinstance(params, dict) else {}, api_key)
    except _NoSuchTool:
        return _answer(message["id"], error={"code": INVALID_PARAMS, "message": "There is no such tool."})
    return _answer(message["id"], result=result)


@root.route("/mcp", methods=["GET", "DELETE"])
@authenticated(*Scope)
def refuse_stream(api_key: ApiKey) -> Response:
    """There are no streams and no sessions to end: 405, as the protocol asks."""
    response = make_response("", 405)
    response.headers["Allow"] = "POST"
    return response


def _initialize(params: dict[str, Any], _api_key: ApiKey) -> dict[str, Any]:
    asked = params.get("protocolVersion")
    version = asked if asked in HANDSHAKE_VERSIONS else HANDSHAKE_VERSIONS[-1]
    return {
        "protocolVersion": version,
        "capabilities": {"tools": {}},
        "serverInfo": SERVER,
        "instructions": INSTRUCTIONS,
    }


def _discover(_params: dict[str, Any], _api_key: ApiKey) -> dict[str, Any]:
    return {
        "supportedVersions": list(MODERN_VERSIONS),
        "capabilities": {"tools": {}},
        "instructions": INSTRUCTIONS,
        "cacheScope": "public",
        "ttlMs": 3_600_000,
    }


def _list_tools(_params: dict[str, Any], _api_key: ApiKey) -> dict[str, Any]:
    return {"tools": [tool.described() for tool in TOOLS.values()], "cacheScope": "public", "ttlMs": 3_600_000}


def _call_tool(params: dict[str, Any], api_key: ApiKey) -> dict[str, Any]:
    """Call a tool. What its user can mend is a result that says so, for the assistant to read."""
    tool = TOOLS.get(str(params.get("name")))
    if tool is None:
        raise _NoSuchTool
    if not may(api_key, tool.scope):
        return _tool_result(f"This key may not do that: it needs the scope {tool.scope.value!r}.", is_error=True)
    try:
        found = tool.call(api_key, tool.arguments.model_validate(params.get("arguments") or {}))
    except ValidationError as error:
        faults = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults_of(error))
        return _tool_result(f"These arguments will not do. {faults}", is_error=True)
    except GoldsetError as error:
        return _tool_result(str(error), is_error=True)
    return {**_tool_result(json.dumps(found, ensure_ascii=False)), "structuredContent": found}


def _tool_result(text: str, *, is_error: bool = False) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}], "isError": is_error}


def _ping(_params: dict[str, Any], _api_key: ApiKey) -> dict[str, Any]:
    return {}


METHODS: dict[str, Callable[[dict[str, Any], ApiKey], dict[str, Any]]] = {
    "initialize": _initialize,
    "server/discover": _discover,
    "ping": _ping,
    "tools/list": _list_tools,
    "tools/call": _call_tool,
}


def _answer(
    message_id: Any, *, result: dict[str, Any] | None = None, error: dict[str, Any] | None = None, status: int = 200
) -> Response:
    body: dict[str, Any] = {"jsonrpc": "2.0", "id": message_id}
    if result is not None:
        meta = {"io.modelcontextprotocol/serverInfo": SERVER}
        body["result"] = {**result, "resultType": "complete", "_meta": meta} if _is_modern() else result
    else:
        body["error"] = error
    response = make_response(json.dumps(body), status)
    response.mimetype = "application/json"
    return response


def _is_modern() -> bool:
    """Return whether the message is of the era without a handshake, whose every message names its version."""
    return request.headers.get("MCP-Protocol-Version") in MODERN_VERSIONS

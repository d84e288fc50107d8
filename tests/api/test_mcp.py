"""`POST /mcp`: the messages of the protocol one by one, and the official client of both its eras on a real server."""

import json
import logging

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from sqlalchemy import select

from app.api.mcp import HANDSHAKE_VERSIONS, MODERN_VERSIONS
from app.api.mcp_tools import TOOLS
from app.domain.api_keys import Scope
from app.models import Suggestion, TrainingExample, UsageEvent, Vote
from app.services.preferences import exclude_skill
from app.services.transactions import reading
from app.services.votes import cast_vote
from tests.support.factories import allow_capture, make_skill, make_user
from tests.support.tables import count_rows, dump
from tests.support.threads import run_async

pytestmark = pytest.mark.slow

PATH = "/mcp"
CANARY = "a-canary-that-sings"
MODERN = {"MCP-Protocol-Version": MODERN_VERSIONS[0]}

GOOD = {
    "find_skill": {"query": "a-skill"},
    "read_skill": {"skill": "a-skill"},
    "vote": {"skill": "a-skill", "vote": "thumbs_up", "comment": "It helped"},
    "suggest": {
        "skill": "a-skill",
        "category": "missing_feature",
        "severity": "important",
        "comment": "Say more about it",
    },
    "offer_example": {"skill": "a-skill", "input": "A question", "output": "An answer", "model_name": "a-model"},
}
SCOPES = {
    "find_skill": "read",
    "read_skill": "read",
    "vote": "write",
    "suggest": "write",
    "offer_example": "track",
}


@pytest.fixture
def machine(machine_of, viewer, skill):
    return machine_of(viewer, *Scope)


def send(machine, method, params=None, *, number=1, **kwargs):
    message = {"jsonrpc": "2.0", "id": number, "method": method}
    return machine.post(PATH, message if params is None else {**message, "params": params}, **kwargs)


def call(machine, tool, arguments):
    """Call a tool; return what it says: its result, or its words where it is an error."""
    answer = send(machine, "tools/call", {"name": tool, "arguments": arguments})
    result = answer.json["result"]
    [content] = result["content"]
    if result["isError"]:
        assert "structuredContent" not in result
        return content["text"]
    assert json.loads(content["text"]) == result["structuredContent"]
    return result["structuredContent"]


# The protocol.


@pytest.mark.parametrize("version", HANDSHAKE_VERSIONS)
def test_the_handshake_agrees_on_the_version_that_is_asked_for(machine, version):
    answer = send(machine, "initialize", {"protocolVersion": version, "capabilities": {}, "clientInfo": {}})

    assert answer.json["id"] == 1
    assert answer.json["result"]["protocolVersion"] == version
    assert answer.json["result"]["serverInfo"]["name"] == "goldset"
    assert "tools" in answer.json["result"]["capabilities"]


@pytest.mark.parametrize("params", [None, {}, [], {"protocolVersion": "1999-01-01"}, {"protocolVersion": 7}])
def test_whoever_asks_for_no_version_that_is_known_is_offered_the_newest(machine, params):
    assert send(machine, "initialize", params).json["result"]["protocolVersion"] == HANDSHAKE_VERSIONS[-1]


def test_the_newer_era_discovers_what_there_is(machine):
    result = send(machine, "server/discover", headers=MODERN).json["result"]

    assert result["supportedVersions"] == list(MODERN_VERSIONS)
    assert result["resultType"] == "complete"
    assert result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "goldset"


def test_the_tools_are_listed_with_what_they_take(machine):
    tools = {tool["name"]: tool for tool in send(machine, "tools/list").json["result"]["tools"]}

    assert set(tools) == set(GOOD) == set(TOOLS)
    for name, tool in tools.items():
        assert tool["inputSchema"]["type"] == "object"
        assert tool["inputSchema"]["additionalProperties"] is False
        assert set(GOOD[name]) <= set(tool["inputSchema"]["properties"])
        assert tool["annotations"]["readOnlyHint"] == (SCOPES[name] == "read")
        assert tool["title"]
        assert tool["description"].endswith(".")


def test_a_ping_is_answered(machine):
    assert send(machine, "ping", number="seven").json == {"jsonrpc": "2.0", "id": "seven", "result": {}}


@pytest.mark.parametrize(
    "message",
    [
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "method": "tools/call", "params": {"name": "vote", "arguments": GOOD["vote"]}},
        {"jsonrpc": "2.0", "id": 1, "result": {}},
    ],
)
def test_notifications_and_answers_to_nothing_are_taken_and_forgotten(machine, message):
    answer = machine.post(PATH, message)

    assert (answer.status_code, answer.data) == (202, b"")
    assert count_rows(Vote) == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b"\xff", -32700),
        (b'{"id": NaN}', -32700),
        (b"[]", -32600),
        (b'"ping"', -32600),
        (b"{}", -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', -32600),
        (b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]', -32600),
    ],
)
def test_what_is_no_message_is_told_so(machine, body, code):
    answer = machine.post(PATH, body)

    assert answer.status_code == 400
    assert (answer.json["error"]["code"], answer.json["id"]) == (code, None)


@pytest.mark.parametrize("method", ["tools/delete", "", None, 7, {}, "resources/list", "__class__"])
def test_a_method_that_is_not_there_is_told_so(machine, method):
    answer = send(machine, method)

    assert (answer.json["error"]["code"], answer.json["id"]) == (-32601, 1)


@pytest.mark.parametrize("params", [None, {}, [], {"name": None}, {"name": "no_such_tool"}, {"name": ["vote"]}])
def test_a_tool_that_is_not_there_is_told_so(machine, params):
    assert send(machine, "tools/call", params).json["error"]["code"] == -32602


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, sent in GOOD.items() for field in sent])
def test_a_character_that_no_database_holds_is_refused_beside_its_field(machine, name, field):
    answer = send(machine, "tools/call", {"name": name, "arguments": {**GOOD[name], field: "a\0b"}})

    assert answer.json["result"]["isError"]
    assert f"{field}: " in answer.json["result"]["content"][0]["text"]
    assert [count_rows(table) for table in (UsageEvent, Vote, Suggestion, TrainingExample)] == [0, 0, 0, 0]


# The tools.


def test_a_skill_is_found_by_its_words_and_read(machine):
    make_skill(name="another-one", body="# Other\n")

    found = call(machine, "find_skill", {"query": "a-skill"})
    everything = call(machine, "find_skill", {})
    read = call(machine, "read_skill", {"skill": "a-skill"})

    assert found == {"skills": [{"name": "a-skill", "description": "Use it in tests."}]}
    assert [one["name"] for one in everything["skills"]] == ["another-one", "a-skill"]
    assert (read["name"], read["version"], read["author"]) == ("a-skill", 1, "Ada Author")
    assert "# A skill" in read["content"]


def test_a_vote_is_cast_in_the_name_of_the_keys_owner(machine, viewer, skill):
    cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_down")

    told = call(machine, "vote", GOOD["vote"])

    vote = reading().scalars(select(Vote).where(Vote.user_id == viewer.id)).one()
    assert told == {"total_feedback": 2, "positive_feedback_pct": 50}
    assert (vote.feedback_type, vote.comment) == ("thumbs_up", "It helped")


def test_a_suggestion_is_made_without_its_secrets(machine, viewer, skill):
    told = call(machine, "suggest", {**GOOD["suggest"], "comment": "Say password=hunter2!x"})

    suggestion = reading().scalars(select(Suggestion)).one()
    assert told == {"suggestion": suggestion.id, "secrets_removed": ["password"]}
    assert (suggestion.user_id, suggestion.comment) == (viewer.id, "Say password=[PASSWORD_1]")


def test_an_example_is_offered_and_waits_for_the_author(machine, viewer):
    allow_capture(viewer)

    told = call(machine, "offer_example", {**GOOD["offer_example"], "input": "password=hunter2!x"})

    example = reading().scalars(select(TrainingExample)).one()
    event = reading().scalars(select(UsageEvent)).one()
    assert (told["verdict"], told["example_id"], told["secrets_removed"]) == ("captured", example.id, ["password"])
    assert (example.status, example.source, example.user_id) == ("pending", "usage_capture", viewer.id)
    assert (event.tool_name, event.model_name, event.api_key_id is not None) == ("mcp", "a-model", True)


def capture_is_off(_user, _skill):
    pass


def never_asked(_user, _skill):
    allow_capture()


def left_out(user, skill):
    allow_capture(user)
    exclude_skill(user, skill_id=skill.id)


@pytest.mark.parametrize(
    ("refuse", "verdict"),
    [(capture_is_off, "capture_disabled"), (never_asked, "no_consent"), (left_out, "skill_excluded")],
)
def test_an_example_that_is_offered_passes_the_gate_like_all_usage(machine, viewer, skill, refuse, verdict):
    refuse(viewer, skill)

    told = call(machine, "offer_example", {"skill": "a-skill", "input": CANARY, "output": CANARY})

    assert (told["verdict"], told["example_id"]) == (verdict, None)
    assert count_rows(TrainingExample) == 0
    assert CANARY not in str(dump())


def test_an_author_offers_what_is_pending_and_never_golden(machine_of, author, skill):
    allow_capture(author)

    call(machine_of(author, "track"), "offer_example", GOOD["offer_example"])

    assert [(row.status, row.source) for row in reading().scalars(select(TrainingExample))] == [
        ("pending", "usage_capture")
    ]


def test_an_author_does_not_vote_on_a_skill_of_their_own(machine_of, author, skill):
    assert call(machine_of(author, "write"), "vote", GOOD["vote"]) == "The author cannot vote on their own skill."
    assert count_rows(Vote) == 0


@pytest.mark.parametrize("tool", GOOD)
@pytest.mark.parametrize("scope", Scope)
def test_a_tool_needs_its_scope(machine_of, viewer, skill, tool, scope):
    told = call(machine_of(viewer, scope), tool, GOOD[tool])

    if SCOPES[tool] == scope:
        assert isinstance(told, dict)
    else:
        assert told == f"This key may not do that: it needs the scope '{SCOPES[tool]}'."
        assert (count_rows(Vote), count_rows(Suggestion), count_rows(UsageEvent)) == (0, 0, 0)


@pytest.mark.parametrize("tool", [tool for tool in GOOD if tool != "find_skill"])
def test_a_skill_that_is_not_there_is_told_to_the_assistant(machine, tool):
    told = call(machine, tool, {**GOOD[tool], "skill": "no-such-skill"})

    assert "no-such-skill" in told


WRONG = [
    *((tool, {**GOOD[tool], "more": 1}, "more: There is no such field.") for tool in GOOD),
    *((tool, {**GOOD[tool], "skill": 7}, "skill: ") for tool in GOOD if tool != "find_skill"),
    *((tool, {}, "skill: Field required") for tool in GOOD if tool != "find_skill"),
    *((tool, [CANARY], "body: ") for tool in GOOD),
    ("find_skill", {"query": "x" * 201}, "query: "),
    ("find_skill", {"query": None}, "query: "),
    ("vote", {**GOOD["vote"], "vote": "suggestion"}, "vote: "),
    ("vote", {**GOOD["vote"], "comment": "x" * 2_001}, "comment: "),
    ("suggest", {**GOOD["suggest"], "severity": "urgent"}, "severity: "),
    ("suggest", {**GOOD["suggest"], "comment": None}, "comment: "),
    ("offer_example", {**GOOD["offer_example"], "output": 1}, "output: "),
    ("offer_example", {**GOOD["offer_example"], "input": "x" * 100_001}, "input: "),
    ("offer_example", {**GOOD["offer_example"], "model_name": ""}, "model_name: "),
]


@pytest.mark.parametrize(("tool", "arguments", "says"), WRONG, ids=lambda value: str(value)[:30])
def test_wrong_arguments_are_told_by_name_and_do_nothing(machine, tool, arguments, says):
    before = dump()
    told = call(machine, tool, arguments)

    assert told.startswith("These arguments will not do.")
    assert says in told
    assert {name: rows for name, rows in dump().items() if name != "api_keys"} == {
        name: rows for name, rows in before.items() if name != "api_keys"
    }


def test_nothing_of_what_assistants_send_is_echoed_in_errors_or_logged(machine, viewer, caplog):
    allow_capture(viewer)
    sent = [
        ("offer_example", {"skill": "a-skill", "input": CANARY, "output": CANARY}),
        ("offer_example", {"skill": "a-skill", "input": CANARY, "output": [CANARY]}),
        ("offer_example", {"skill": "a-skill", "input": CANARY * 10_000, "output": "x"}),
        ("vote", {"skill": "a-skill", "vote": CANARY, "comment": [CANARY]}),
        ("suggest", {**GOOD["suggest"], "comment": CANARY, "category": CANARY}),
    ]

    with caplog.at_level(logging.DEBUG):
        told = [call(machine, tool, arguments) for tool, arguments in sent]

    assert CANARY not in str(told) + caplog.text


# The official client, on a real server.

SLUG = "meeting-minutes"


async def _talk(served, key, mode, conversation):
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}) as http:
        transport = streamable_http_client(f"{served.server.url}{PATH}", http_client=http)
        async with Client(transport, mode=mode) as client:
            return await conversation(client)


def talk(served, key, mode, conversation):
    """Run a conversation of the official client, in one of its modes, with the real server."""
    return run_async(_talk(served, key, mode, conversation))


def structured(result):
    assert not result.is_error, result.content
    return result.structured_content


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_official_client_finds_reads_votes_suggests_and_offers(served, mode):
    async def conversation(client):
        tools = await client.list_tools()
        return {
            "tools": {tool.name for tool in tools.tools},
            "found": structured(await client.call_tool("find_skill", {"query": "minutes"})),
            "read": structured(await client.call_tool("read_skill", {"skill": SLUG})),
            "vote": structured(await client.call_tool("vote", {"skill": SLUG, "vote": "thumbs_up"})),
            "suggestion": structured(
                await client.call_tool(
                    "suggest",
                    {"skill": SLUG, "category": "other", "severity": "important", "comment": f"Suggested in {mode}"},
                )
            ),
            "example": structured(
                await client.call_tool(
                    "offer_example", {"skill": SLUG, "input": f"Asked in {mode}", "output": "password=hunter2!x"}
                )
            ),
        }

    said = talk(served, served.viewer, mode, conversation)

    assert said["tools"] == set(TOOLS)
    assert SLUG in [skill["name"] for skill in said["found"]["skills"]]
    assert said["read"]["name"] == SLUG
    assert "---" in said["read"]["content"]
    assert said["vote"]["total_feedback"] >= 1
    assert (said["example"]["verdict"], said["example"]["secrets_removed"]) == ("captured", ["password"])
    rows = served.server.query(
        "SELECT comment, example_input, example_output, status, source FROM skill_feedback WHERE id IN (?, ?)",
        said["suggestion"]["suggestion"],
        said["example"]["example_id"],
    )
    assert (f"Suggested in {mode}", None, None, "pending", None) in rows
    assert (None, f"Asked in {mode}", "password=[PASSWORD_1]", "pending", "usage_capture") in rows


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_official_client_is_told_what_cannot_be_done(served, mode):
    async def try_all(client):
        return [
            await client.call_tool("read_skill", {"skill": "no-such-skill"}),
            await client.call_tool("read_skill", {"skill": SLUG, "more": 1}),
        ]

    async def vote(client):
        return [await client.call_tool("vote", {"skill": SLUG, "vote": "thumbs_up"})]

    async def offer(client):
        return [await client.call_tool("offer_example", {"skill": SLUG, "input": CANARY, "output": CANARY})]

    refused = [
        *talk(served, served.viewer, mode, try_all),
        *talk(served, served.author, mode, vote),
        *talk(served, served.reader, mode, vote),
    ]
    [offered] = talk(served, served.refuser, mode, offer)

    assert [one.is_error for one in refused] == [True] * 4
    said = [one.content[0].text for one in refused]
    assert "no-such-skill" in said[0]
    assert "more: There is no such field." in said[1]
    assert said[2] == "The author cannot vote on their own skill."
    assert "needs the scope 'write'" in said[3]
    assert structured(offered)["verdict"] == "no_consent"
    assert CANARY not in str(served.server.query("SELECT example_input, example_output FROM skill_feedback"))


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_official_client_does_not_get_in_without_a_key_that_works(served, mode):
    async def conversation(client):
        return await client.list_tools()

    with pytest.raises(ExceptionGroup) as refused:
        talk(served, "goldset_" + "x" * 43, mode, conversation)

    assert refused.group_contains(MCPError, match="error response")

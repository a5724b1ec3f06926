"""`loket mcp` as a client meets it: a process that it starts, and talks to by stdin and stdout."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp_types import INVALID_PARAMS, CallToolResult, Tool

from api.mcp_server import tool_server
from assistant.tools import dates_tool, rule_tools
from tests.api.test_cli import START, loket, refused
from tests.conftest import ROOT
from tests.small_rules import NAMES, POLICY_ID, TODAY, small_index, small_source

REPLY = f"rule_{POLICY_ID}_reply"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_index(tmp_path_factory.mktemp("mcp") / "index")


def with_server(index: Path, talk: Callable[[Client], Awaitable[Any]], *options: str) -> Any:
    """What `talk` finds at a server over stdio."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", START, "mcp", "--index", str(index), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    async def run() -> Any:
        async with Client(server, read_timeout_seconds=60) as client:
            return await talk(client)

    return asyncio.run(run())


def content_of(result: CallToolResult) -> dict[str, Any]:
    (part,) = result.content
    content: dict[str, Any] = json.loads(part.text)  # type: ignore[union-attr]
    return content


def test_tools_over_stdio(index: Path) -> None:
    async def talk(client: Client) -> tuple[list[Tool], CallToolResult, CallToolResult, CallToolResult, MCPError]:
        tools = (await client.list_tools()).tools
        done = await client.call_tool(REPLY, {"mailed_date": "2025-10-20"})
        wrong = await client.call_tool(REPLY, {"mailed_date": "maandag"})
        found = await client.call_tool("search_policies", {"query": "tekenen", "k": 2})
        with pytest.raises(MCPError) as unknown:
            await client.call_tool("format_disk", {})
        return tools, done, wrong, found, unknown.value

    tools, done, wrong, found, unknown = with_server(index, talk)
    assert len(tools) == len(NAMES) + 2
    assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools)
    assert not done.is_error
    assert content_of(done)["result"]["value"] == "2025-10-27"
    assert wrong.is_error
    assert "JJJJ-MM-DD" in content_of(wrong)["faults"][0]["wanted"]
    assert len(content_of(found)["results"]) == 2
    assert unknown.code == INVALID_PARAMS
    assert "format_disk" not in unknown.message


def test_the_language_of_the_tools(index: Path) -> None:
    async def talk(client: Client) -> list[Tool]:
        return (await client.list_tools()).tools

    options = ("--language", "en", "--policy", POLICY_ID)
    (reply,) = (tool for tool in with_server(index, talk, *options) if tool.name == REPLY)
    assert reply.description is not None
    assert reply.description.startswith("Rule of ")


def test_the_schemas_are_those_of_the_tools() -> None:
    source = small_source()
    tools = [
        *rule_tools(source.rulebook, source.texts, lambda: TODAY),
        dates_tool(source.rulebook, source.texts, lambda: TODAY),
    ]

    async def talk() -> tuple[list[Tool], CallToolResult]:
        async with Client(tool_server(tools)) as client:
            return (await client.list_tools()).tools, await client.call_tool("planned_dates")

    listed, dates = asyncio.run(talk())
    assert {tool.name: tool.description for tool in listed} == {tool.name: tool.description for tool in tools}
    (entry,) = (tool for tool in listed if tool.name.endswith("_entry"))
    assert {name: each["type"] for name, each in entry.input_schema["properties"].items()} == {
        "has_code": "boolean", "revenue": "number", "form": "string",
    }  # fmt: skip
    assert entry.input_schema["additionalProperties"] is False
    assert content_of(dates)["today"] == TODAY.isoformat()


def test_what_keeps_it_from_starting(index: Path, tmp_path: Path) -> None:
    refused(loket("mcp", "--index", index, "--policy", "elders"), 2, "no policy elders", POLICY_ID)
    refused(loket("mcp", "--index", tmp_path / "leeg"), 1, "leeg", "loket ingest")
    refused(loket("mcp", "--language", "fr"), 2, "nl or en")

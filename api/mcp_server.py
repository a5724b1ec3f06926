"""The tools of `assistant.tools` over the Model Context Protocol, for chat models elsewhere, by stdin and stdout."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from assistant.tools import all_tools
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    import datetime as dt

    from langchain_core.tools import StructuredTool

    from assistant.answer import Assistant

NAME = "inkooploket"
INSTRUCTIONS = (
    "Beantwoordt vragen van zorgaanbieders over het zorginkoopbeleid van zorgverzekeraars. Regels rekenen; geef wat "
    "zij teruggeven weer zoals het er staat, met de citaten, en vraag naar wat onder 'missing' staat."
)


def serve_stdio(
    assistant: Assistant, today: Callable[[], dt.date], language: str = "nl", policy_ids: Collection[str] = ()
) -> None:
    """Serve until stdin closes; the rules of these policies alone, of all where none is named.

    Nothing else may write to stdout meanwhile.

    Raises:
        ConfigurationError: a policy is not on file.
    """
    on_file = assistant.snapshot.texts
    missing = [policy_id for policy_id in policy_ids if policy_id not in on_file]
    if missing:
        raise ConfigurationError(f"no policy {missing[0]} is on file; there are: {', '.join(on_file)}")
    anyio.run(_serve, tool_server(all_tools(assistant, today, language, policy_ids=policy_ids)))


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def tool_server(tools: list[StructuredTool]) -> Server[Any]:
    """A server of these tools, by their own names and schemas."""
    by_name = {tool.name: tool for tool in tools}
    listed = [_listed(tool) for tool in tools]

    async def list_tools(_context: Any, _params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=listed)

    async def call_tool(_context: Any, params: CallToolRequestParams) -> CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, "unknown tool; tools/list names those that there are")
        return await anyio.to_thread.run_sync(partial(_call, tool, params.arguments or {}))

    return Server(
        NAME, version=version(NAME), instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )


def _call(tool: StructuredTool, arguments: Mapping[str, Any]) -> CallToolResult:
    """What the tool returns; arguments that do not fit are an error that the model sees and can mend."""
    done = tool.invoke({"type": "tool_call", "id": "mcp", "name": tool.name, "args": dict(arguments)})
    return CallToolResult(content=[TextContent(text=done.text)], is_error=done.status == "error")


def _listed(tool: StructuredTool) -> Tool:
    return Tool(
        name=tool.name,
        description=tool.description,
        input_schema=tool.args_schema.model_json_schema(),  # type: ignore[union-attr]  # a model: see assistant.tools
        annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )

"""The tools as a chat model gets them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool, StructuredTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field

from assistant.tools import dates_tool, rule_tools, search_tool, tool_name
from knowledge.search import SearchResult
from tests.small_rules import NAMES, POLICY_ID, TODAY, small_source

SOURCE = small_source()


def found(query: str, k: int) -> list[SearchResult]:
    passages = SOURCE.texts[POLICY_ID].passages[:k]
    return [
        SearchResult(
            rank=rank, policy_id=POLICY_ID, section=p.section, heading_path=p.heading_path, page=None, text=p.text,
            passage_id=p.id, relevance=1.0, leg_ranks={},
        )
        for rank, p in enumerate(passages, start=1)
    ]  # fmt: skip


def make(language: str = "nl") -> dict[str, StructuredTool]:
    rulebook, texts = SOURCE.rulebook, SOURCE.texts
    tools = [
        *rule_tools(rulebook, texts, lambda: TODAY, language),
        dates_tool(rulebook, texts, lambda: TODAY, language),
        search_tool(found, language),
    ]
    return {tool.name: tool for tool in tools}


TOOLS = make()
ENTRY, REPLY = f"rule_{POLICY_ID}_entry", f"rule_{POLICY_ID}_reply"


def call(name: str, **arguments: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(TOOLS[name].invoke(arguments))
    return content


def test_one_tool_a_rule_with_names_that_models_take() -> None:
    assert len(TOOLS) == len(NAMES) + 2
    for tool in TOOLS.values():
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", tool.name)
        assert 0 < len(tool.description) <= 1000
    assert "Kan ik een contract krijgen?" in TOOLS[ENTRY].description
    assert "AGB-code, omzet, vorm" in TOOLS[ENTRY].description
    assert "geen gegevens" in TOOLS[f"rule_{POLICY_ID}_signing"].description


def test_only_the_rules_of_the_policies_named() -> None:
    rulebook, texts = SOURCE.rulebook, SOURCE.texts
    assert len(rule_tools(rulebook, texts, lambda: TODAY, policy_ids=[POLICY_ID])) == len(NAMES)
    assert rule_tools(rulebook, texts, lambda: TODAY, policy_ids=["elders"]) == []


def test_names_stay_apart_and_fit() -> None:
    names = ["a.b", "a_b.c", "a.b.c", f"{'p' * 80}.{'r' * 40}x", f"{'p' * 80}.{'r' * 40}y", "é.x", "è.x"]
    safe = [tool_name(name) for name in names]
    assert len(set(safe)) == len(names)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in safe)
    assert safe == [tool_name(name) for name in names]


def test_the_schema_is_made_of_the_facts() -> None:
    parameters = convert_to_openai_tool(TOOLS[ENTRY])["function"]["parameters"]
    assert parameters.get("required", []) == []
    properties = parameters["properties"]
    assert {name: each["type"] for name, each in properties.items()} == {
        "has_code": "boolean", "revenue": "number", "form": "string",
    }  # fmt: skip
    assert properties["form"]["enum"] == ["practice", "chain"]
    assert properties["has_code"]["description"] == "Heeft u een AGB-code?"
    assert "chain: keten" in properties["form"]["description"]
    english = convert_to_openai_tool(make("en")[ENTRY])["function"]
    assert english["parameters"]["properties"]["has_code"]["description"] == "Heeft u een AGB-code? (en)"
    assert english["description"].startswith("Rule of ")


def test_a_call_gives_the_record_with_its_quotes() -> None:
    done = call(ENTRY, has_code=True, revenue=250000, form="chain")
    assert (done["result"]["rule"], done["result"]["verdict"]) == (f"{POLICY_ID}.entry", "met")
    quotes = {each["label"]: each["quote"] for each in done["citations"]}
    assert "€ 100.000" in quotes[done["result"]["criteria"][1]["citation"]]
    assert call(REPLY, mailed_date="2025-10-20")["result"]["value"] == "2025-10-27"


def test_facts_left_out_are_asked_for() -> None:
    for name, tool in TOOLS.items():
        if name.startswith("rule_"):
            result = json.loads(tool.invoke({}))["result"]
            assert result["verdict"] in ("undecided", "value")
    assert call(ENTRY, has_code=None)["result"]["missing"][0]["name"] == "has_code"


@pytest.mark.parametrize(
    ("arguments", "argument", "wanted"),
    [
        ({"has_code": "ja"}, "has_code", "geef true (ja) of false (nee)"),
        ({"revenue": "veel"}, "revenue", "geef een getal in euro"),
        ({"form": "keten"}, "form", "geef een van: practice, chain"),
        ({"size": 3}, "size", "Extra inputs are not permitted"),
    ],
)
def test_what_does_not_fit_is_told_and_never_raised(arguments: dict[str, Any], argument: str, wanted: str) -> None:
    done = call(ENTRY, **arguments)
    assert done["error"] == "invalid arguments"
    assert done["faults"][0]["argument"] == argument
    assert done["faults"][0]["wanted"].startswith(wanted)
    asked = {"type": "tool_call", "id": "1", "name": ENTRY, "args": arguments}
    message = TOOLS[ENTRY].invoke(asked)
    assert isinstance(message, ToolMessage)
    assert message.status == "error"


def test_planned_dates() -> None:
    done = call("planned_dates", insurer="voordeelzorg", year=2026)
    assert done["today"] == "2025-10-20"
    assert len(done["deadlines"]) == 5
    assert {"status", "days_left", "told", "citation"} <= set(done["deadlines"][0])
    assert call("planned_dates", insurer="Elders")["deadlines"] == []


def test_search() -> None:
    assert len(call("search_policies", query="tekenen", k=2)["results"]) == 2
    assert call("search_policies", query="")["error"] == "invalid arguments"
    assert call("search_policies", query="tekenen", k=1000)["error"] == "invalid arguments"


class CallingModel(GenericFakeChatModel):
    """A model that calls the tool that it was told to, with the schemas that it was given."""

    bound: list[dict[str, Any]] = Field(default_factory=list)

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Runnable[Any, AIMessage]:
        self.bound.extend(convert_to_openai_tool(tool) for tool in tools)
        return self


def converse(model: BaseChatModel, tools: Sequence[BaseTool], question: str) -> list[Any]:
    """Question, calls and answers, until the model has no call left."""
    bound, by_name = model.bind_tools(tools), {tool.name: tool for tool in tools}
    messages: list[Any] = [HumanMessage(question)]
    while True:
        said = bound.invoke(messages)
        messages.append(said)
        if not said.tool_calls:
            return messages
        messages += [by_name[each["name"]].invoke(each) for each in said.tool_calls]


def test_a_model_calls_a_tool_and_gets_the_outcome() -> None:
    asked = {"name": REPLY, "args": {"mailed_date": "2025-10-20"}, "id": "1"}
    wrong = {"name": REPLY, "args": {"mailed_date": "maandag"}, "id": "0"}
    replies = [
        AIMessage("", tool_calls=[wrong]),
        AIMessage("", tool_calls=[asked]),
        AIMessage("Uiterlijk 27 oktober 2025."),
    ]
    model = CallingModel(messages=iter(replies))
    messages = converse(model, list(TOOLS.values()), "Wanneer krijg ik antwoord?")
    answered = [message for message in messages if isinstance(message, ToolMessage)]
    assert [message.status for message in answered] == ["error", "success"]
    assert "JJJJ-MM-DD" in answered[0].text
    assert json.loads(answered[1].text)["result"]["value"] == "2025-10-27"
    assert {each["function"]["name"] for each in model.bound} == set(TOOLS)

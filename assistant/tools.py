"""The rules, the planned dates and the search as tools for chat models; MCP serves the same ones.

A tool never fails on what a model leaves out or gets wrong: it answers with what is missing or wanted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from langchain_core.tools import StructuredTool
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, create_model

from assistant.deadlines import Wanted, deadlines
from assistant.rule_facts import fact_schema, read_fact, specs_of, wanted_of
from assistant.rule_runs import run_cited
from knowledge.records import Policy, PolicyText
from knowledge.rules.card import FactSpec, FactValue
from knowledge.rules.proven import ProvenRule
from knowledge.rules.rulebook import Rulebook, full_name

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from knowledge.search import SearchResult

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 1000
"""What model APIs take."""
DIGEST_DIGITS = 8
MOST_FOUND = 10
EXAMPLE_QUESTIONS = 3

Today = Callable[[], dt.date]
Search = Callable[[str, int], "list[SearchResult]"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "rule": "Regel uit {policy} van {insurer} ({year}): {title}.",
        "asks": "Voor vragen als: {asks}",
        "facts": "Leest: {facts}. Laat weg wat de vrager niet heeft gezegd.",
        "no_facts": "Heeft geen gegevens van de vrager nodig.",
        "search": "Zoekt de passages in het zorginkoopbeleid die het best bij een vraag passen, met hun vindplaats.",
        "query": "Waarnaar gezocht wordt, in gewone woorden.",
        "k": "Hoeveel passages.",
        "dates": "Geeft alle geplande datums (tekenen, aanvragen, publiceren) uit het zorginkoopbeleid, met hoe ze "
        "staan tot vandaag en de passage waar ze staan.",
        "insurer": "Naam of label van de verzekeraar; weglaten: alle.",
        "year": "Contractjaar; weglaten: alle.",
        "care": "Zorgsoort; weglaten: alle.",
    },
    "en": {
        "rule": "Rule of {policy} by {insurer} ({year}): {title}.",
        "asks": "For questions such as: {asks}",
        "facts": "Reads: {facts}. Leave out what the asker has not said.",
        "no_facts": "Needs no facts about the asker.",
        "search": "Finds the passages of the procurement policies that fit a question best, with where they stand.",
        "query": "What to search for, in plain words; the policies are in Dutch.",
        "k": "How many passages.",
        "dates": "Gives all planned dates (signing, applying, publishing) of the procurement policies, how they stand "
        "to today, and the passage that holds them.",
        "insurer": "Name or label of the insurer; leave out: all.",
        "year": "Contract year; leave out: all.",
        "care": "Care type; leave out: all.",
    },
}


def all_tools(
    assistant: Assistant, today: Today, language: str = "nl", *, policy_ids: Collection[str] = ()
) -> list[StructuredTool]:
    """The search, the planned dates, and a tool for each rule of these policies (none: all)."""
    texts, rulebook = assistant.snapshot.texts, Rulebook(assistant.snapshot.rules)
    return [
        search_tool(lambda query, k: assistant.search(query, k=k), language),
        dates_tool(rulebook, texts, today, language),
        *rule_tools(rulebook, texts, today, language, policy_ids=policy_ids),
    ]


def rule_tools(
    rulebook: Rulebook,
    texts: Mapping[str, PolicyText],
    today: Today,
    language: str = "nl",
    *,
    policy_ids: Collection[str] = (),
) -> list[StructuredTool]:
    """A tool for each rule of these policies (none: all). It returns the result record and its citations as JSON text.

    Many model APIs take no more than 128 tools at once: name the policies that a conversation is about.
    """
    return [_rule_tool(rule, rulebook, texts, today, language) for rule in rulebook.among(policy_ids)]


def search_tool(search: Search, language: str = "nl") -> StructuredTool:
    """The search as a tool. It returns the passages found as JSON text."""
    said = _WORDS[language]

    def run(query: str, k: int = 5) -> str:
        return _as_text({"results": [each.model_dump(mode="json") for each in search(query, k)]})

    arguments = create_model(
        "SearchPolicies",
        __config__=ConfigDict(extra="forbid"),
        query=(str, Field(min_length=1, max_length=1000, description=said["query"])),
        k=(int, Field(default=5, ge=1, le=MOST_FOUND, description=said["k"])),
    )
    return _tool("search_policies", said["search"], arguments, run)


def dates_tool(
    rulebook: Rulebook, texts: Mapping[str, PolicyText], today: Today, language: str = "nl"
) -> StructuredTool:
    """The planned dates as a tool. It returns them as JSON text, each with its citation."""
    said = _WORDS[language]

    def run(insurer: str | None = None, year: int | None = None, care: str | None = None) -> str:
        day, wanted = today(), Wanted(insurer, year, care)
        found = deadlines(texts, rulebook, today=day, wanted=wanted, language=language)
        return _as_text({"today": day.isoformat(), "deadlines": [each.model_dump(mode="json") for each in found]})

    arguments = create_model(
        "PlannedDates",
        __config__=ConfigDict(extra="forbid"),
        insurer=(str | None, Field(default=None, max_length=200, description=said["insurer"])),
        year=(int | None, Field(default=None, description=said["year"])),
        care=(str | None, Field(default=None, max_length=200, description=said["care"])),
    )
    return _tool("planned_dates", said["dates"], arguments, run)


def _rule_tool(
    rule: ProvenRule, rulebook: Rulebook, texts: Mapping[str, PolicyText], today: Today, language: str
) -> StructuredTool:
    specs = specs_of(rule, rulebook)

    def run(**facts: FactValue | None) -> str:
        known = {name: value for name, value in facts.items() if value is not None}
        done = run_cited(rule, known, today=today(), language=language, rulebook=rulebook, texts=texts)
        return _as_text(done.as_json())

    description = _description(rule, specs, texts[rule.policy_id].policy, language)
    return _tool(tool_name(full_name(rule)), description, arguments_of(specs, language), run)


def arguments_of(specs: Mapping[str, FactSpec], language: str) -> type[BaseModel]:
    """A model of a rule's facts; each may be left out, and is described by the question that asks for it."""
    fields: dict[str, Any] = {}
    for name, spec in specs.items():
        schema = {
            key: value for key, value in fact_schema(spec, language).items() if key not in ("title", "description")
        }
        if spec.options:  # a plain list of values: not every model API takes `oneOf`
            schema = {"type": "string", "enum": [option.value for option in spec.options]}
        kind = Annotated[object, BeforeValidator(partial(_read, spec, language)), WithJsonSchema(schema)]
        fields[name] = (kind, Field(default=None, description=_argument(spec, language)))
    return create_model("Facts", __config__=ConfigDict(extra="forbid", protected_namespaces=()), **fields)


def _read(spec: FactSpec, language: str, raw: object) -> FactValue | None:
    if raw is None:
        return None
    value = read_fact(raw, spec)
    if value is None:
        raise ValueError(wanted_of(spec).in_language(language))
    return value


def _argument(spec: FactSpec, language: str) -> str:
    options = "; ".join(f"{option.value}: {option.label.in_language(language)}" for option in spec.options)
    return f"{spec.ask.in_language(language)}{f' ({options})' if options else ''}"


def tool_name(name: str) -> str:
    """A rule's full name as model APIs take it; a hash stands for what does not fit, so that it stays its own."""
    safe = "rule_" + re.sub(r"[^a-zA-Z0-9_-]", "_", name)
    if len(safe) <= LONGEST_NAME and re.fullmatch(r"[a-zA-Z0-9-]+\.[a-zA-Z0-9-]+", name):
        return safe
    digest = hashlib.sha256(name.encode()).hexdigest()[:DIGEST_DIGITS]
    return f"{safe[: LONGEST_NAME - DIGEST_DIGITS - 1]}_{digest}"


def _description(rule: ProvenRule, specs: Mapping[str, FactSpec], policy: Policy, language: str) -> str:
    said = _WORDS[language]
    title = rule.rule.title.in_language(language)
    labels = ", ".join(spec.label.in_language(language) for spec in specs.values())
    parts = [
        said["rule"].format(policy=policy.title, insurer=policy.insurer, year=policy.year, title=title),
        said["facts"].format(facts=labels) if labels else said["no_facts"],
        said["asks"].format(asks=" / ".join(rule.rule.asks[:EXAMPLE_QUESTIONS])),
    ]
    return " ".join(parts)[:LONGEST_DESCRIPTION]


def _tool(name: str, description: str, arguments: type[BaseModel], run: Callable[..., str]) -> StructuredTool:
    return StructuredTool(
        name=name, description=description, args_schema=arguments, func=run, handle_validation_error=_faults
    )


def _faults(error: Any) -> str:
    """What is wanted of each argument that does not fit, for the model to mend its call."""
    faults = error.errors(include_input=False, include_url=False) if isinstance(error, ValidationError) else []
    return _as_text({"error": "invalid arguments", "faults": [_fault(fault) for fault in faults]})


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    return {"argument": ".".join(map(str, fault["loc"])), "wanted": str(fault["msg"]).removeprefix("Value error, ")}


def _as_text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)

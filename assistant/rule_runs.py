"""One run of a rule for a caller: the result record with the quotes that prove it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.citations import CitationBook
from assistant.results import Cite, result_record
from assistant.turn import Citation
from knowledge.records import PolicyText, Span
from knowledge.rules.card import Facts
from knowledge.rules.proven import PolicyRules, ProvenRule, Spot
from knowledge.rules.result import RuleResult
from knowledge.rules.rulebook import Rulebook


class RuleSource(Protocol):
    """The part of a snapshot that rules are run from."""

    @property
    def id(self) -> str:
        """Names the snapshot."""

    @property
    def texts(self) -> Mapping[str, PolicyText]:
        """Each policy by its id."""

    @property
    def rules(self) -> Mapping[str, PolicyRules]:
        """The rules of each policy, by its id."""


@dataclass(frozen=True)
class RuleRun:
    """What came of a rule. `record` is the entry of an answer's `results`; its labels refer to `citations`."""

    result: RuleResult
    record: dict[str, Any]
    citations: tuple[Citation, ...]

    def as_json(self) -> dict[str, Any]:
        """The result record and its citations, JSON values only."""
        return {"result": self.record, "citations": [each.model_dump(mode="json") for each in self.citations]}


def run_cited(
    rule: ProvenRule,
    facts: Facts,
    *,
    today: dt.date,
    language: str,
    rulebook: Rulebook,
    texts: Mapping[str, PolicyText],
) -> RuleRun:
    """Run a rule and cite what it rests on. Facts must be of their kind, as `rule_facts.read_facts` gives them."""
    result = rulebook.run(rule, facts, today)
    book = CitationBook(dict(texts))
    cite = cite_into(book, texts[rule.policy_id])
    record = result_record(result, language, cite, specs=rulebook.specs(rule.policy_id))
    return RuleRun(result, record, tuple(book.citations))


def cite_into(book: CitationBook, text: PolicyText) -> Cite:
    """What gives the labels of spots in `text`, as `book` numbers them."""
    passages = {passage.id: passage for passage in text.passages}
    return lambda spot: book.cite(passages[spot.passage_id], Span(start=spot.start, end=spot.end)).label


def citation_of(spot: Spot, text: PolicyText) -> Citation:
    """One spot as a citation of its own."""
    book = CitationBook({text.policy.id: text})
    cite_into(book, text)(spot)
    return book.citations[0]

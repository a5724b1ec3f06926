"""Outcomes of rules to a draft: the value or verdict first, then the reason, then what to do, each with its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.citations import CitationBook
from assistant.compose import Draft
from assistant.quoting import policy_name, source_line
from assistant.routing import Routed
from assistant.turn import Clarification, ClarificationOption, Language
from knowledge.records import Passage, PolicyText, Span
from knowledge.rules.card import ChoiceRule, FactSpec
from knowledge.rules.proven import Spot
from knowledge.rules.result import CriterionResult, RuleResult

MOST_CRITERIA = 4
"""Criteria told in an answer; the rest stand in the result's checklist."""

MOST_NOTES = 1
"""Notes told in an answer, the one that matters most first; all stand in the result."""
MOST_STEPS = 1
"""Steps told in an answer; the conventions of counting stand in the result."""

_OTHER_CRITERIA: dict[Language, str] = {
    "nl": "Daarnaast gelden nog: {names}.",
    "en": "These apply as well: {names}.",
}
_NOTE: dict[Language, str] = {"nl": "Let op: {note}", "en": "Please note: {note}"}
_COUNTED: dict[Language, str] = {"nl": "Gerekend: {steps}.", "en": "Counted: {steps}."}
_YES_NO: dict[Language, tuple[str, str]] = {"nl": ("Ja", "Nee"), "en": ("Yes", "No")}


def compose_results(
    routed: Sequence[Routed],
    texts: Mapping[str, PolicyText],
    book: CitationBook,
    language: Language,
    specs: Mapping[str, Mapping[str, FactSpec]],
) -> Draft:
    """The draft of an answer that rests on rules; of several policies each has its own paragraph."""
    several = len(routed) > 1
    paragraphs = []
    for each in routed:
        policy = texts[each.rule.policy_id].policy
        told = _told(each, texts, book, language)
        paragraphs.append(f"{policy_name(policy)}: {told}" if several else told)
    first = routed[0]
    if not several:
        passage = _passage(texts, first.rule.policy_id, _first_spot(first.result).passage_id)
        paragraphs.append(source_line(texts[first.rule.policy_id].policy, passage, language))
    ask = _ask(first.result, specs[first.rule.policy_id], language)
    return Draft("\n\n".join(paragraphs), ask)


def cite(spot: Spot, policy_id: str, texts: Mapping[str, PolicyText], book: CitationBook) -> int:
    """The label of the citation of a spot."""
    passage = _passage(texts, policy_id, spot.passage_id)
    return book.cite(passage, Span(start=spot.start, end=spot.end)).label


def _told(routed: Routed, texts: Mapping[str, PolicyText], book: CitationBook, language: Language) -> str:
    result = routed.result
    # What a decision table was decided by is told by its outcome.
    judged = () if isinstance(routed.rule.rule, ChoiceRule) else result.criteria
    said = [c for c in judged if c.verdict != "undecided"]
    lines = []
    if result.spots:
        labels = dict.fromkeys(cite(spot, result.policy_id, texts, book) for spot in result.spots[:2])
        marks = "".join(f"[{label}]" for label in labels)
        lines.append(f"{_opening(result, said, language)} {marks}")
    elif not said or result.verdict in ("met", "not_met"):
        lines.append(_opening(result, said, language))
    failed_first = sorted(said, key=lambda c: c.verdict == "met")
    if result.verdict == "not_met":
        failed_first = [c for c in failed_first if c.verdict == "not_met"] or failed_first
    for criterion in failed_first[:MOST_CRITERIA]:
        label = cite(criterion.spot, result.policy_id, texts, book)
        note = f" {criterion.note.in_language(language)}" if criterion.note else ""
        lines.append(f"{criterion.told.in_language(language)} [{label}]{note}")
    if result.steps:
        steps = "; ".join(step.in_language(language).rstrip(".") for step in result.steps[:MOST_STEPS])
        lines.append(_COUNTED[language].format(steps=steps))
    if result.verdict == "undecided" and said:
        lines += _still_open(result, language)
    if result.then is not None:
        lines.append(result.then.in_language(language))
    lines += [_NOTE[language].format(note=note.in_language(language)) for note in result.notes[:MOST_NOTES]]
    return "\n".join(lines)


def _opening(result: RuleResult, said: Sequence[CriterionResult], language: Language) -> str:
    return result.sentence.in_language(language)


def _still_open(result: RuleResult, language: Language) -> list[str]:
    """The criteria that nothing was said about, by name."""
    names = [c.name.in_language(language) for c in result.criteria if c.verdict == "undecided"]
    if not names:
        return []
    shown = "; ".join(names[:MOST_CRITERIA]) + ("; ..." if len(names) > MOST_CRITERIA else "")
    return [_OTHER_CRITERIA[language].format(names=shown)]


def _ask(result: RuleResult, specs: Mapping[str, FactSpec], language: Language) -> Clarification | None:
    """The one question asked back: only where nothing that was said decides."""
    if result.verdict != "undecided" or result.ask is None or any(c.verdict != "undecided" for c in result.criteria):
        return None
    spec = specs[result.missing[0]]
    if spec.kind == "yes_no":
        labels: Sequence[str] = _YES_NO[language]
    else:
        labels = [option.label.in_language(language) for option in spec.options]
    return Clarification(
        question=result.ask.in_language(language),
        options=tuple(ClarificationOption(label=label, scope={}) for label in labels),
    )


def _first_spot(result: RuleResult) -> Spot:
    return result.spots[0] if result.spots else result.criteria[0].spot


def _passage(texts: Mapping[str, PolicyText], policy_id: str, passage_id: str) -> Passage:
    return next(p for p in texts[policy_id].passages if p.id == passage_id)

"""Evidence to a draft answer made of quotes: the fact, the sentence or the list that answers.

No sentence of an answer is made up: what is not quoted names where the quote stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.citations import CitationBook
from assistant.evidence import Evidence, ScoredFact
from assistant.planning import LAST_DAY, standing
from assistant.question import Asked
from assistant.quoted.held import Held
from assistant.quoted.leading import Weighed, row_held, weigh
from assistant.quoted.outcome import outcome_record
from assistant.quoted.telling import tell
from assistant.quoted.told import Told
from assistant.quoting import cell, list_text, policy_name, quoted, source_line, window
from assistant.scope import Understanding
from assistant.turn import Citation, Clarification, ClarificationOption, Language
from assistant.units import FIGURE, LEAST_TOLD, NEAR_SHARE, Unit, holds_date
from assistant.whole_lists import whole_list
from knowledge.addresses import ADDRESS, holds_address
from knowledge.dates import find_dates
from knowledge.records import Fact, Passage, PolicyText, Span

MIN_FACT, LEAST_FACT, CLEAR_MARGIN = 0.4, 0.18, 0.08
"""A fact answers when its subject fits at least `MIN_FACT`, or `LEAST_FACT` and by a margin better than the next."""
SURE_UNIT = 0.5
"""A sentence this likely to answer goes before rows of a table that it is none of."""
SAME_SHARE = 0.88
"""Facts within this share of the best are as good as it."""
OTHER_POLICY_SHARE = 0.75
"""Rows of another policy are worded otherwise: they are as good within this share of the best."""
MAX_FACTS, MAX_ALTERNATIVES, MAX_UNITS = 8, 4, 3
MAX_QUOTED_WORDS = 110
"""No further unit is quoted once this many words are."""
SAME_TEXT = 92
"""Two quotes this alike (0 to 100) say the same, be it for another policy."""


@dataclass(frozen=True)
class Draft:
    """An answer before it is checked; `text` None means that the evidence does not answer.

    `results`: what came of holding quotes against what the asker tells; no quote need hold their figures.
    """

    text: str | None
    clarification: Clarification | None = None
    partly: bool = False
    results: tuple[dict[str, object], ...] = ()

    @property
    def computed(self) -> tuple[str, ...]:
        """The sentences of its results."""
        return tuple(str(result["sentence"]) for result in self.results)


def compose(
    evidence: Evidence,
    texts: dict[str, PolicyText],
    book: CitationBook,
    language: Language,
    today: dt.date,
    *,
    least_unit: float = 0.0,
) -> Draft:
    """The draft answer to `evidence.question` on the day `today`; its quotes are entered in `book`.

    `least_unit`: how likely the best sentence must be at least to answer.
    """
    told = Told(evidence.question, today, language)
    weighed = weigh([unit for unit in evidence.units if answers_kind(evidence.asked, unit)], told, texts)
    units = weighed.units
    facts = _best_facts(evidence, weighed)
    if facts:
        draft = _from_facts(facts, evidence, texts, book, language, today)
        held = row_held(facts[0].fact, told) if len(facts) == 1 else None
        return draft if held is None else _led(draft, held, book.citations[0], evidence, language)
    if sum(unit.score for unit in units) < LEAST_TOLD or units[0].score < least_unit:
        return Draft(None)
    alternatives = _alternatives(evidence, units)
    if weighed.held is not None and not alternatives:
        quotes = _quotes(_best_units(evidence, units, texts), evidence.asked, texts, book, language, today)
        return _led(Draft(quotes), weighed.held, book.cite(units[0].hit.passage, units[0].span), evidence, language)
    if (listed := whole_list(evidence.asked, units, texts)) is not None:
        return Draft(list_text(listed, texts, book, language))
    if alternatives:
        return _side_by_side(alternatives, texts, book, language)
    return Draft(_quotes(_best_units(evidence, units, texts), evidence.asked, texts, book, language, today))


def _led(draft: Draft, held: Held, citation: Citation, evidence: Evidence, language: Language) -> Draft:
    """A draft behind the sentence that tells what comes of what it quotes."""
    sentence = tell(held, evidence.question, language)
    record = outcome_record(held, sentence, language, citation.label)
    return replace(draft, text=f"{cell(sentence)} [{citation.label}]\n\n{draft.text}", results=(record,))


def answers_kind(asked: Asked, unit: Unit) -> bool:
    """Whether a unit can be the answer by its kind: an amount asked for needs a figure, and a question is none."""
    if asked.amount and not asked.yes_no and not FIGURE.search(unit.text):
        return False
    return not unit.text.rstrip().endswith("?") or unit.opens


def _best_facts(evidence: Evidence, weighed: Weighed) -> list[ScoredFact]:
    """The facts that answer: those that fit well, or one that fits clearly better than every other."""
    if not evidence.facts or evidence.facts[0].score < LEAST_FACT:
        return []
    best = evidence.facts[0]
    others = [other for other in evidence.facts[1:] if not _same_outcome(best.fact, other.fact)]
    if best.score < MIN_FACT and others and best.score - others[0].score < CLEAR_MARGIN:
        return []
    # A sentence that answers clearly better than any row of a table wins.
    if weighed.units and _goes_before(weighed.units[0], evidence, is_held=weighed.held is not None):
        return []
    near = [fact for fact in evidence.facts if fact.score >= OTHER_POLICY_SHARE * best.score]
    kept: list[ScoredFact] = []
    for policy_id in dict.fromkeys(fact.fact.policy_id for fact in near):
        own = [fact for fact in near if fact.fact.policy_id == policy_id]
        for candidate in (fact for fact in own if fact.score >= SAME_SHARE * own[0].score):
            if not any(_same_fact(candidate.fact, other.fact) for other in kept):
                kept.append(candidate)
    return kept[:MAX_FACTS]


def mailbox_of(draft: Draft, cited: Collection[str]) -> tuple[str, str] | None:
    """Policy id and address where a draft gives one mailbox, of one policy; None where it does not."""
    boxes = {match.group() for match in ADDRESS.finditer(draft.text or "") if "@" in match.group()}
    return (*cited, *boxes) if len(boxes) == 1 and len(cited) == 1 else None  # type: ignore[return-value]  # one of each


def _same_outcome(one: Fact, other: Fact) -> bool:
    """Whether two rows would send the asker the same way, whatever else they hold."""
    return _same_fact(one, other) or bool(set(one.addresses) & set(other.addresses))


def _same_fact(one: Fact, other: Fact) -> bool:
    return (
        one.value == other.value
        and (one.kind == "contact" or one.policy_id == other.policy_id)
        and fuzz.ratio(one.topic, other.topic) >= SAME_TEXT
    )


def _from_facts(
    facts: Sequence[ScoredFact],
    evidence: Evidence,
    texts: dict[str, PolicyText],
    book: CitationBook,
    language: Language,
    today: dt.date,
) -> Draft:
    lines = []
    for scored in sorted(facts, key=lambda scored: -texts[scored.fact.policy_id].policy.year):
        fact = scored.fact
        passage = _passage(texts, fact.policy_id, fact.passage_id)
        row = Span(start=min(s.start for s in fact.spans), end=max(s.end for s in fact.spans))
        label = book.cite(passage, row).label
        whom = f" ({fact.for_whom})" if fact.for_whom else ""
        told = standing(fact.dates, fact.topic, today, language) if fact.kind == "deadline" else ""
        lines.append((fact, f"**{cell(fact.value)}** – {cell(fact.topic)}{whom} [{label}]{told}"))
    policies = list(dict.fromkeys(fact.policy_id for fact, _ in lines))
    if len(policies) > 1:
        shown = [f"- {policy_name(texts[fact.policy_id].policy)}: {line}" for fact, line in lines]
        differ = len({fact.value for fact, _ in lines}) > 1
        ask = differ and asks_scope(evidence.understanding)
        return Draft("\n".join(shown), ask_scope(policies, texts, language) if ask else None)
    shown = [line for _, line in lines] if len(lines) == 1 else [f"- {line}" for _, line in lines]
    return Draft(
        "\n".join(
            [
                *shown,
                "",
                source_line(
                    texts[policies[0]].policy, [_passage(texts, policies[0], facts[0].fact.passage_id)], language
                ),
            ]
        )
    )


def asks_scope(understanding: Understanding) -> bool:
    """Whether the policy is to be asked for: nothing that was said tells which of them is meant."""
    return len(understanding.scope.policy_ids) != 1 and not set(understanding.scope.said) >= {
        "insurer",
        "care",
    }


def ask_scope(policy_ids: Sequence[str], texts: dict[str, PolicyText], language: Language) -> Clarification:
    """The question which of several policies is meant, with a button for each."""
    options = tuple(
        ClarificationOption(
            label=policy_name(policy),
            scope={
                "insurer": policy.insurer,
                "year": policy.year,
                "care": policy.care[0] if policy.care else policy.title,
            },
        )
        for policy in (texts[policy_id].policy for policy_id in policy_ids)
    )
    question = "Over welk beleid gaat uw vraag?" if language == "nl" else "Which policy is your question about?"
    return Clarification(question=question, options=options)


def _goes_before(unit: Unit, evidence: Evidence, *, is_held: bool) -> bool:
    """Whether a sentence that holds the kind of thing asked for answers more surely than the row of a table."""
    asked = evidence.asked
    holds_kind = is_held or (asked.when and holds_date(unit.text)) or (asked.contact and holds_address(unit.text))
    if unit.score < SURE_UNIT or not holds_kind:
        return False
    return not any(
        each.fact.passage_id == unit.hit.passage.id
        and any(unit.span.start <= span.start < unit.span.end for span in each.fact.spans)
        for each in evidence.facts
    )


def _best_units(evidence: Evidence, units: Sequence[Unit], texts: dict[str, PolicyText]) -> list[Unit]:
    """The likeliest unit and those near it, in a comparison one for each policy."""
    if evidence.understanding.compares:
        return [units[0]]
    text = texts[units[0].hit.passage.policy_id].text
    chosen, words = [units[0]], _shown_words(units[0], text)
    for unit in units[1:]:
        if len(chosen) == MAX_UNITS or unit.score < NEAR_SHARE * units[0].score:
            break
        if unit.hit.passage.policy_id != units[0].hit.passage.policy_id:
            continue
        if any(_tells_again(unit, other, text) for other in chosen):
            continue
        words += _shown_words(unit, text)
        if words > MAX_QUOTED_WORDS:
            break
        chosen.append(unit)
    return chosen


def _shown_words(unit: Unit, text: str) -> int:
    shown = window(unit, text)
    return len(text[shown.start : shown.end].split())


def _tells_again(unit: Unit, other: Unit, text: str) -> bool:
    """Whether `unit` says what `other` says, or what is quoted with the one holds the other."""
    one, two = window(unit, text), window(other, text)
    return fuzz.ratio(unit.text, other.text) >= SAME_TEXT or (one.start < two.end and two.start < one.end)


def _alternatives(evidence: Evidence, units: Sequence[Unit]) -> list[Unit]:
    """Units of other policies under the same kind of heading that are as good as the best but say otherwise."""
    if len(evidence.understanding.scope.policy_ids) == 1:
        return []
    best = units[0]
    found = {best.hit.passage.policy_id: best}
    for unit in units[1:]:
        passage = unit.hit.passage
        if unit.score < NEAR_SHARE * best.score or passage.policy_id in found:
            continue
        if fuzz.ratio(unit.text, best.text) < SAME_TEXT or _figures(unit.text) != _figures(best.text):
            found[passage.policy_id] = unit
    return list(found.values()) if len(found) > 1 else []


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _side_by_side(units: Sequence[Unit], texts: dict[str, PolicyText], book: CitationBook, language: Language) -> Draft:
    lines = [
        f"- {policy_name(texts[u.hit.passage.policy_id].policy)}: {quoted(u, texts, book)}"
        for u in units[:MAX_ALTERNATIVES]
    ]
    return Draft(
        "\n".join(lines), ask_scope([u.hit.passage.policy_id for u in units[:MAX_ALTERNATIVES]], texts, language)
    )


def _quotes(
    units: Sequence[Unit],
    asked: Asked,
    texts: dict[str, PolicyText],
    book: CitationBook,
    language: Language,
    today: dt.date,
) -> str:
    """The units one below the other, with what their last days mean today, and where they stand."""
    lines = []
    for unit in units:
        last_days = [date for date, _, _ in find_dates(unit.text) if date.bound in LAST_DAY]
        told = standing(last_days, unit.text, today, language) if asked.when else ""
        lines.append(f"{quoted(unit, texts, book)}{told}")
    policy = texts[units[0].hit.passage.policy_id].policy
    return "\n\n".join((*lines, source_line(policy, [unit.hit.passage for unit in units], language)))


def _passage(texts: dict[str, PolicyText], policy_id: str, passage_id: str) -> Passage:
    return next(p for p in texts[policy_id].passages if p.id == passage_id)

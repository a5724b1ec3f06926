"""Rows of planning and contact tables to a draft: which of them answer, and how they are told.

A day is told with how today stands to it, and once it has passed with what the policy says of who is late. Rows of
one act that differ by what the asker did not name are set side by side and asked back. A mailbox is told with what
the policy wants in the message.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from assistant.citations import CitationBook
from assistant.draft import Draft, ask_scope, asks_scope
from assistant.evidence import Evidence
from assistant.planning import days_left, has_passed, is_own_deadline, row_acts_of, standing
from assistant.purposes import purposes_of, wanted_of, wants_address
from assistant.question import asks_days_left
from assistant.quoted.leading import Weighed
from assistant.quoting import cell, policy_name, source_line
from assistant.rows import ScoredFact, asks_time, care_of, is_sentence
from assistant.turn import Clarification, ClarificationOption, Language
from assistant.units import LEAST_TOLD, Unit, holds_date
from knowledge.addresses import holds_address
from knowledge.dutch import STOP_WORDS, stem, words
from knowledge.records import Fact, Passage, PolicyText, Span
from knowledge.units import unit_spans

MIN_FACT, LEAST_FACT, CLEAR_MARGIN = 0.4, 0.18, 0.08
"""A fact answers when its subject fits at least `MIN_FACT`, or `LEAST_FACT` and by a margin better than the next."""
SURE_UNIT = 0.5
"""A sentence this likely to answer goes before rows of a table that it is none of."""
SAME_SHARE, SAME_ACT_SHARE = 0.88, 0.8
"""Facts within this share of the best are as good as it; rows of the very act within the second."""
OTHER_POLICY_SHARE = 0.75
"""Rows of another policy are worded otherwise: they are as good within this share of the best."""
MAX_FACTS = 8
SAME_TEXT = 92
"""Two topics this alike (0 to 100) are one, be it for another policy."""
LONGEST_BESIDE = 45
"""A sentence that is told beside a row has at most so many words."""

_LATE = re.compile(
    r"\b(?:te laat|niet (?:\w+ ){0,2}(?:op tijd|tijdig)|vervalt|vervallen|geen uitstel|"
    r"later (?:\w+ )?(?:ontvangen|compleet|binnen\w*|ingediend\w*|zijn))\b",
    re.IGNORECASE,
)
_IN_THE_MESSAGE = re.compile(
    r"\bonderwerp(?:regel|veld)\b|\bonder vermelding van\b|"
    r"\b(?:vermeld|noem|zet)\b[^.]{0,60}\b(?:bericht|e-?mail|mail)\b|"
    r"\bin (?:het|de) onderwerp\b",
    re.IGNORECASE,
)
_WHICH: dict[Language, str] = {"nl": "Om welke van deze gaat het?", "en": "Which of these is it about?"}


def best_facts(evidence: Evidence, weighed: Weighed) -> list[ScoredFact]:
    """The facts that answer: those that fit well, or one that fits clearly better than every other."""
    if not evidence.facts or evidence.facts[0].score < LEAST_FACT:
        return []
    best = evidence.facts[0]
    others = [other for other in evidence.facts[1:] if not _same_outcome(best.fact, other.fact)]
    is_sure = best.score >= MIN_FACT
    if not is_sure and ((others and best.score - others[0].score < CLEAR_MARGIN) or _is_told_day(best.fact)):
        return []
    # A sentence that answers clearly better than any row of a table wins.
    if weighed.units and _goes_before(weighed.units[0], evidence, is_held=weighed.held is not None):
        return []
    near = [fact for fact in evidence.facts if fact.score >= OTHER_POLICY_SHARE * best.score]
    kept: list[ScoredFact] = []
    for policy_id in dict.fromkeys(fact.fact.policy_id for fact in near):
        own = [fact for fact in near if fact.fact.policy_id == policy_id]
        for candidate in (fact for fact in own if fact.score >= _share(fact, own[0]) * own[0].score):
            if not any(_tells_same(candidate.fact, other.fact) for other in kept):
                kept.append(candidate)
    return kept[:MAX_FACTS]


def _is_told_day(fact: Fact) -> bool:
    return fact.kind == "deadline" and is_sentence(fact)


def _share(fact: ScoredFact, best: ScoredFact) -> float:
    is_same_act = row_acts_of(fact.fact.topic) >= row_acts_of(best.fact.topic) != frozenset()
    return SAME_ACT_SHARE if is_same_act and not is_sentence(fact.fact) else SAME_SHARE


def _tells_same(one: Fact, other: Fact) -> bool:
    """Whether a fact is told by another one: the same row, or a sentence that gives what a row gives."""
    if _same_fact(one, other):
        return True
    is_beside = is_sentence(one) or is_sentence(other)
    return is_beside and one.policy_id == other.policy_id and _same_outcome(one, other)


def _same_outcome(one: Fact, other: Fact) -> bool:
    """Whether two facts would send the asker the same way, whatever else they hold."""
    if _same_fact(one, other) or set(one.addresses) & set(other.addresses):
        return True
    days = [{date.last for date in fact.dates if date.kind == "exact"} for fact in (one, other)]
    return one.policy_id == other.policy_id and is_sentence(one) != is_sentence(other) and bool(days[0] & days[1])


def _same_fact(one: Fact, other: Fact) -> bool:
    return (
        one.value == other.value
        and (one.kind == "contact" or one.policy_id == other.policy_id)
        and fuzz.ratio(one.topic, other.topic) >= SAME_TEXT
    )


def _goes_before(unit: Unit, evidence: Evidence, *, is_held: bool) -> bool:
    """Whether a sentence that holds the kind of thing asked for answers more surely than the row of a table."""
    asked, best = evidence.asked, evidence.facts[0].fact
    if sum(each.score for each in evidence.units) < LEAST_TOLD:
        return False  # no sentence is told
    if (
        best.kind == "contact"
        and wants_address(evidence.question)
        and wanted_of(evidence.question) & purposes_of(best.topic)
    ):
        return False
    holds_kind = is_held or (asked.when and holds_date(unit.text)) or (asked.contact and holds_address(unit.text))
    if unit.score < SURE_UNIT or not holds_kind:
        return False
    return not any(
        each.fact.passage_id == unit.hit.passage.id
        and any(unit.span.start <= span.start < unit.span.end for span in each.fact.spans)
        for each in evidence.facts
    )


def from_facts(
    facts: Sequence[ScoredFact],
    evidence: Evidence,
    texts: dict[str, PolicyText],
    book: CitationBook,
    language: Language,
    today: dt.date,
) -> Draft:
    """The draft that tells these facts."""
    told = [each.fact for each in sorted(facts, key=lambda each: -texts[each.fact.policy_id].policy.year)]
    policies = list(dict.fromkeys(fact.policy_id for fact in told))
    in_order = sorted(told, key=lambda fact: fact.spans[-1].start)
    which = _which(in_order, evidence, language) if len(policies) == 1 else None
    told = told if which is None else in_order
    left = [_days_left(fact, evidence, language, today) for fact in told]
    lines = [f"{_line(fact, texts, book, language, today)}{each}" for fact, each in zip(told, left, strict=True)]
    counted = tuple(filter(None, left))
    if len(policies) > 1:
        shown = [
            f"- {policy_name(texts[fact.policy_id].policy)}: {line}" for fact, line in zip(told, lines, strict=True)
        ]
        differ = len({fact.value for fact in told}) > 1
        ask = differ and asks_scope(evidence.understanding)
        return Draft("\n".join(shown), ask_scope(policies, texts, language) if ask else None, counted=counted)
    text = texts[policies[0]]
    shown = lines if len(lines) == 1 else [f"- {line}" for line in lines]
    beside = _beside(told, evidence, text, today) if which is None else None
    if beside is not None:
        passage, span = beside
        shown += ["", f"“{cell(text.text[span.start : span.end])}” [{book.cite(passage, span).label}]"]
    source = source_line(text.policy, [_passage(text, told[0].passage_id)], language)
    return Draft("\n".join([*shown, "", source]), which, counted=counted)


def _line(fact: Fact, texts: dict[str, PolicyText], book: CitationBook, language: Language, today: dt.date) -> str:
    """A fact with its mark: value and topic of a row, or the sentence; a day with how today stands to it."""
    row = Span(start=min(s.start for s in fact.spans), end=max(s.end for s in fact.spans))
    label = book.cite(_passage(texts[fact.policy_id], fact.passage_id), row).label
    whom = f" ({fact.for_whom})" if fact.for_whom else ""
    shown = f"“{cell(fact.topic)}” [{label}]" if is_sentence(fact) else ""
    shown = shown or f"**{cell(fact.value)}** – {cell(fact.topic)}{whom} [{label}]"
    if fact.kind != "deadline":
        return shown
    return f"{shown}{standing(fact.dates, fact.topic, today, language)}"


def _days_left(fact: Fact, evidence: Evidence, language: Language, today: dt.date) -> str:
    """How many days are left until the day of a row, where that is asked; else empty."""
    is_asked = fact.kind == "deadline" and asks_days_left(evidence.question)
    return days_left(fact.dates, today, language) if is_asked else ""


def _which(facts: Sequence[Fact], evidence: Evidence, language: Language) -> Clarification | None:
    """The question which row is meant, where rows of one act differ by what the asker did not name at all."""
    rows = {fact.topic: fact for fact in facts if fact.kind == "deadline" and not is_sentence(fact)}
    if len(rows) < 2 or len({fact.value for fact in rows.values()}) < 2:
        return None
    acts = [row_acts_of(topic) for topic in rows]
    if not frozenset.intersection(*acts) or not all(is_own_deadline(topic) for topic in rows):
        return None
    labels = _apart(list(rows))
    asked = {stem(word) for word in words(evidence.question)}
    thesaurus = evidence.searcher.thesaurus
    for label in labels:
        own = {stem(word) for word in words(label) if word not in STOP_WORDS}
        if not own or own & asked or care_of(label, thesaurus) & care_of(evidence.question, thesaurus):
            return None
    return Clarification(
        question=_WHICH[language], options=tuple(ClarificationOption(label=label, scope={}) for label in labels)
    )


def _apart(topics: Sequence[str]) -> list[str]:
    """What each topic says that not all of them say, from the first such word to the last."""
    split = [topic.split() for topic in topics]
    common = set.intersection(*({stem(word.lower().strip(".,;:")) for word in each} for each in split))
    labels = []
    for each in split:
        own = [at for at, word in enumerate(each) if stem(word.lower().strip(".,;:")) not in common]
        labels.append(" ".join(each[own[0] : own[-1] + 1]).strip(" .,;:") if own else "")
    return labels


def _beside(facts: Sequence[Fact], evidence: Evidence, text: PolicyText, today: dt.date) -> tuple[Passage, Span] | None:
    """What is told beside the facts: what comes of being late, or what is to stand in a message."""
    first = facts[0]
    if first.kind == "contact":
        has_mailbox = any("@" in address for address in first.addresses)
        return _what_to_write(first, text) if has_mailbox else None
    late = [fact for fact in facts if is_own_deadline(fact.topic) and has_passed(fact.dates, today)]
    return _of_the_late(late[0], evidence, text) if late and asks_time(evidence.question, evidence.asked) else None


def _what_to_write(fact: Fact, text: PolicyText) -> tuple[Passage, Span] | None:
    section = _passage(text, fact.passage_id).section_id
    near = (each for each in _sentences(text) if each[0].section_id == section)
    return next((each for each in near if says_what_to_write(_words_of(each, text))), None)


def says_what_to_write(text: str) -> bool:
    """Whether a text tells what is to stand in a message, or in its subject line."""
    return _IN_THE_MESSAGE.search(text) is not None


def _of_the_late(fact: Fact, evidence: Evidence, text: PolicyText) -> tuple[Passage, Span] | None:
    """The sentence that tells what comes of missing the day of a fact; the one that names the most of its words."""
    acts, thesaurus = row_acts_of(fact.topic), evidence.searcher.thesaurus
    care = care_of(fact.topic, thesaurus)
    about = {stem(word) for word in words(fact.topic) if word not in STOP_WORDS}
    found: list[tuple[int, tuple[Passage, Span]]] = []
    for each in _sentences(text):
        said = _words_of(each, text)
        others = care_of(said, thesaurus)
        if not _LATE.search(said) or not acts & row_acts_of(said) or (care and others and not care & others):
            continue
        found.append((len(about & {stem(word) for word in words(said)}), each))
    return max(found, key=lambda each: each[0])[1] if found else None


def _sentences(text: PolicyText) -> Iterator[tuple[Passage, Span]]:
    for passage in text.passages:
        for span in unit_spans(passage, text.text):
            sentence = text.text[span.start : span.end]
            if "\t" not in sentence and len(sentence.split()) <= LONGEST_BESIDE:
                yield passage, span


def _words_of(each: tuple[Passage, Span], text: PolicyText) -> str:
    return text.text[each[1].start : each[1].end]


def _passage(text: PolicyText, passage_id: str) -> Passage:
    return next(passage for passage in text.passages if passage.id == passage_id)

"""Rows of planning and contact tables, and sentences that say the like, scored for a question.

A fact is scored from 0 to about 1 by meaning (cosine) and by the asker's words that it holds; it gains by being about
the act, the care or the purpose asked for, and loses by being about another.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from assistant.planning import LAST_DAY, is_own_deadline, row_acts_of
from assistant.purposes import purposes_of, wanted_of, wants_address
from assistant.question import CHANNEL_WORDS, Asked, asks_days_left, asks_in_time
from assistant.scope import Understanding
from assistant.wording import Wording, words_of
from knowledge.addresses import ADDRESS
from knowledge.dates import find_dates
from knowledge.dutch import fold
from knowledge.records import Fact, PolicyText
from knowledge.search import Searcher
from knowledge.thesaurus import Thesaurus
from knowledge.units import unit_spans

SAME_ACT, OTHER_ACT, OWN_DEADLINE = 0.3, 0.15, 0.1
"""What a planned date gains by being about the act asked for, loses by being about another, gains as a deadline."""
SAME_CARE, OTHER_CARE = 0.1, 0.3
"""What a row gains by naming the care asked about, and loses by naming only other care."""
SAME_PURPOSE, OTHER_PURPOSE = 0.3, 0.1
"""What a contact gains by being for the purpose asked about, and loses by being for another."""
_CARE = frozenset({"care_type", "provider_type"})
_ANY_PROVIDER = frozenset({"zorgaanbieder", "zorgverlener", "praktijk", "instelling"})
"""Names of providers of whatever kind."""

_CHANNEL_OF = {
    "phone": re.compile(r"^[+\d][\d\s-]{8,}$"),
    "mail": re.compile("@"),
    "post": re.compile("postbus", re.IGNORECASE),
    "web": re.compile(r"^(?:www\.|http)"),
}
_CLOSED = re.compile(
    r"\b(?:al|reeds|nu) (?:dicht|gesloten|voorbij)\b|\bboot gemist\b|\bde boot\b|\bhoe ?veel tijd heb\w*|"
    r"\b(?:kan|kunnen|mag|mogen|lukt|gaat) .{0,60}\bnog\b|"
    r"\bnog (?:steeds )?(?:op tijd|open|mogelijk)\b|\b(?:can|may) .{0,60}\bstill\b|\bstill (?:join|apply|sign|send)\b"
)


@dataclass(frozen=True)
class ScoredFact:
    """A fact with how well its subject fits the question (0 to about 1)."""

    fact: Fact
    score: float


def asks_time(question: str, asked: Asked) -> bool:
    """Whether a planned day would answer: when something is due, whether it still can be done, how long one has."""
    return (
        asked.when or asks_in_time(question) or asks_days_left(question) or _CLOSED.search(fold(question)) is not None
    )


def scored_facts(
    question: str, asked: Asked, understanding: Understanding, wording: Wording, searcher: Searcher
) -> list[ScoredFact]:
    """Facts of the kinds asked for, of the policies in scope, best first."""
    wanted = {
        "deadline": asks_time(question, asked),
        "contact": asked.contact or wants_address(question),
    }
    kinds = {kind for kind, is_wanted in wanted.items() if is_wanted}
    if not kinds:
        return []
    texts = searcher.snapshot.texts
    facts = [
        fact
        for policy_id in understanding.scope.policy_ids or tuple(texts)
        for fact in (*texts[policy_id].facts, *told_facts(searcher, policy_id))
        if fact.kind in kinds and _fits_channel(fact, asked)
    ]
    subjects = [f"{fact.topic} {fact.for_whom or ''}".strip() for fact in facts]
    cosines = searcher.similarities(question, subjects)
    asked_care, told_care = care_of(question, searcher.thesaurus), {kind: frozenset[str]() for kind in kinds}
    for fact, subject in zip(facts, subjects, strict=True):
        told_care[fact.kind] |= care_of(subject, searcher.thesaurus)
    scored = []
    for fact, subject, cosine in zip(facts, subjects, cosines, strict=True):
        about = wording.without(CHANNEL_WORDS) if fact.kind == "contact" else wording
        policy = words_of(_policy_words(texts[fact.policy_id]), searcher.thesaurus)
        held = about.share_held(words_of(subject, searcher.thesaurus), policy)
        fits = _same_act(question, fact) if fact.kind == "deadline" else _same_purpose(question, subject)
        fits += _same_care(asked_care & told_care[fact.kind], care_of(subject, searcher.thesaurus))
        if fact.kind == "deadline" and not asked.when and not row_acts_of(question) & row_acts_of(fact.topic):
            continue  # whether something still can be done is told only by the day of that very act
        scored.append(ScoredFact(fact, 0.5 * max(cosine, 0.0) + 0.5 * held + fits))
    return sorted(scored, key=lambda item: -item.score)


def _same_act(question: str, fact: Fact) -> float:
    """What it adds to a planned date's score that the row is about the act asked for, or takes off that it is not."""
    asked, planned = row_acts_of(question), row_acts_of(fact.topic)
    if not asked or not planned:
        same = 0.0
    else:
        same = SAME_ACT * len(asked & planned) / len(planned) if asked & planned else -OTHER_ACT
    return same + (OWN_DEADLINE if is_own_deadline(question) and is_own_deadline(fact.topic) else 0.0)


def _same_purpose(question: str, subject: str) -> float:
    if not wants_address(question):
        return 0.0
    wanted, served = wanted_of(question), purposes_of(subject)
    if not wanted or not served:
        return 0.0
    return SAME_PURPOSE * len(wanted & served) / len(served) if wanted & served else -OTHER_PURPOSE


def _same_care(asked: frozenset[str], named: frozenset[str]) -> float:
    """What it adds that a row names the care asked about, or takes off that it names other care.

    `asked`: only what some row names; who names no such care is answered rather by a row for all.
    """
    if not named:
        return 0.0
    return SAME_CARE if asked & named else -OTHER_CARE if asked else -SAME_CARE


@lru_cache(maxsize=4_000)
def care_of(text: str, thesaurus: Thesaurus) -> frozenset[str]:
    """The kinds of care and of providers that a text names."""
    named = (mention.term for mention in thesaurus.find(text) if mention.term.kind in _CARE)
    return frozenset(term.concept for term in named if term.concept not in _ANY_PROVIDER)


def _fits_channel(fact: Fact, asked: Asked) -> bool:
    """Whether a contact is of a kind asked for: who wants to phone is not helped by a mailbox."""
    if fact.kind != "contact" or not asked.channels:
        return True
    return any(_CHANNEL_OF[channel].search(address) for channel in asked.channels for address in fact.addresses)


_TOLD: WeakKeyDictionary[Searcher, dict[str, tuple[Fact, ...]]] = WeakKeyDictionary()
"""The sentences read before, by the searcher of their snapshot and by policy."""


def told_facts(searcher: Searcher, policy_id: str) -> tuple[Fact, ...]:
    """Sentences of a policy that say what a row would: a mailbox or a number, or a last day; each its own subject."""
    known = _TOLD.setdefault(searcher, {})
    if policy_id not in known:
        known[policy_id] = _read_told(searcher.snapshot.texts[policy_id])
    return known[policy_id]


def _read_told(text: PolicyText) -> tuple[Fact, ...]:
    rows = [span for fact in text.facts for span in fact.spans]
    facts: list[Fact] = []
    for passage in text.passages:
        for span in unit_spans(passage, text.text):
            sentence = text.text[span.start : span.end]
            if "\t" in sentence or any(row.start < span.end and span.start < row.end for row in rows):
                continue
            addresses = tuple(found for found in _addresses(sentence) if not found.startswith(("www", "http")))
            days = tuple(date for date, _, _ in find_dates(sentence) if date.kind == "exact" and date.bound in LAST_DAY)
            for kind, held in (("contact", addresses), ("deadline", days)):
                if held:
                    facts.append(
                        Fact(
                            id=f"{text.policy.id}:t{len(facts) + 1:03d}",
                            policy_id=text.policy.id,
                            kind=kind,
                            topic=sentence,
                            value=sentence,
                            dates=days if kind == "deadline" else (),
                            addresses=addresses if kind == "contact" else (),
                            passage_id=passage.id,
                            spans=(span,),
                            page=passage.page,
                        )
                    )
    return tuple(facts)


def is_sentence(fact: Fact) -> bool:
    """Whether a fact is a sentence rather than the row of a table."""
    return fact.topic == fact.value


def _addresses(text: str) -> Collection[str]:
    return [match.group().strip(" .,;\t") for match in ADDRESS.finditer(text)]


def _policy_words(text: PolicyText) -> str:
    """Words that name the policy rather than the fact: the asker says them to say where to look."""
    policy = text.policy
    return " ".join((policy.insurer, *policy.labels, policy.title, str(policy.year), *policy.care))

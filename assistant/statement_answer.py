"""Statements to a draft: what the policy says in our words, with the spots that prove it, and the source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.alike import figures_told, says_alike
from assistant.citations import CitationBook, spot_line
from assistant.counted_off import counted_off
from assistant.draft import Draft, ask_scope
from assistant.look_up import LookUp
from assistant.planning import days_left, last_day, last_days, standing
from assistant.question import (
    asks_days_left,
    asks_difference,
    asks_each,
    asks_likewise,
    asks_sameness,
    asks_standing,
    asks_yes_no,
)
from assistant.quoting import cell, policy_name, source_line
from assistant.statements import Found
from assistant.turn import Clarification, ClarificationOption, Language
from knowledge.dutch import fold, words
from knowledge.records import PolicyText
from knowledge.statements.card import Statement
from knowledge.thesaurus import CARE_KINDS, Mention, load_thesaurus

_WHICH_KIND: dict[Language, str] = {
    "nl": "Om wat voor zorgaanbieder gaat het?",
    "en": "Which kind of provider is it about?",
}
_ALSO: dict[Language, str] = {"nl": "Zo ook: {names}.", "en": "Likewise: {names}."}
_SAME: dict[Language, str] = {"nl": "dat is gelijk.", "en": "that is the same."}
_DIFFERENT: dict[Language, str] = {"nl": "dat verschilt.", "en": "that differs."}
_EACH_REQUIRES: dict[Language, str] = {"nl": "Beide stellen hier een eis.", "en": "Both set a requirement on this."}
_YES_NO: dict[Language, tuple[str, str]] = {"nl": ("Ja", "Nee"), "en": ("Yes", "No")}
_BESIDE: dict[Language, str] = {"nl": "Wat er wel over staat:", "en": "What it does say about this:"}
MOST_LABELS = 4
_YES = re.compile(r"(?:Ja|Yes)[,:;.]\s+")
_OBLIGES = re.compile(
    r"\b(?:moet|moeten|verplicht|plicht|\w*voorwaarde|vereist|must|required|condition|obliged)\b", re.IGNORECASE
)
_EXEMPTS = re.compile(r"\b(?:niet|niets|niemand|geen|zonder|nee)\b")
_ASKS_OBLIGATION = re.compile(r"\b(?:moet\w*|hoef\w*|verplicht\w*|vereist|nodig|eis|must|required|need|have to)\b")
_ASKS_LEAVE = re.compile(
    r"\b(?:mag|mogen|kan|kunnen|komen|kom|komt|krijg\w*|voldo\w*|lukt|haal\w*|halen|telt|past|genoeg|volsta\w*|probleem|erg|bezwaar|"
    r"toegestaan|can|may|do we meet|do i meet|meet|get|eligible|qualify|enough|allowed|problem)\b"
)
JOINTS, MOST_BETWEEN = frozenset({"en", "of"}), 3
"""What stands between two things of which the same is said at once: 'een nieuwe ZBC of een nieuwe MSR-instelling'."""


@dataclass(frozen=True)
class StatementTeller:
    """Tells statements in one language, citing into one book."""

    texts: Mapping[str, PolicyText]
    book: CitationBook
    language: Language
    today: dt.date
    question: str

    def draft(self, found: LookUp, *, asks_scope: bool) -> Draft:
        """The draft of what was looked up; alternatives each have their line, and the question which is meant."""
        first = found.told[0]
        if found.by in ("whom", "each"):
            lines = [f"- {_whom(each, self.language)}: {self.told(each)}" for each in found.told]
            if found.by == "whom":
                return Draft(_joined("\n".join(lines), self._source(first)), self._which(found.told))
            return Draft(
                _joined(compared(found.told, self.question, self.language), "\n".join(lines), self._source(first))
            )
        if found.by == "policy":
            return self._by_policy(found, asks_scope=asks_scope)
        if found.is_beside:
            return Draft(_joined(f"{_BESIDE[self.language]} {self.told(first)}", self._source(first)))
        told = [self.told(each) for each in found.told]
        told[0] += self._standing(first)
        counted = self._counted(first)
        is_same = asks_difference(self.question) and holds_for_each(first.card.says.nl, self.question)
        same = told_alike(self.question, self.language, are_alike=True) if is_same else ""
        return Draft(_joined(same, *told, *counted, self._source(first)), counted=tuple(counted))

    def _standing(self, found: Found) -> str:
        """How today stands to the one last day that a statement tells, where a day or its passing is asked."""
        if "\n" in self.told(found) or not asks_standing(self.question):
            return ""
        says = found.card.says.nl
        return standing(last_days(says), says, self.today, self.language)

    def _counted(self, found: Found) -> list[str]:
        """What is asked to be counted from the one last day that a statement tells, in sentences."""
        days = last_days(found.card.says.nl)
        left = days_left(days, self.today, self.language).strip() if asks_days_left(self.question) else ""
        return [told for told in (left, counted_off(self.question, last_day(days), self.language)) if told]

    def told(self, found: Found) -> str:
        """One statement with its marks; of a list the lead-in bears them."""
        return self._worded(found, self._labels(found))

    def _worded(self, found: Found, labels: Sequence[int]) -> str:
        marks = "".join(f"[{label}]" for label in dict.fromkeys(labels))
        says = without_yes(cell(found.card.says.in_language(self.language)), self.question, self.language)
        items = found.card.items if isinstance(found.card, Statement) else ()
        return "\n".join([f"{says} {marks}".strip(), *(f"- {cell(item.in_language(self.language))}" for item in items)])

    def _by_policy(self, found: LookUp, *, asks_scope: bool) -> Draft:
        told, first = found.told, found.told[0]
        if found.is_same or all(says_alike(first, other) for other in told[1:]):
            own = self._labels(first)
            others = [label for other in told[1:] for label in self._labels(other)]  # said once, cited from all
            return Draft(_joined(self._worded(first, [*own, *others]), self._source(first) + self._also(told[1:])))
        lines = [f"- {policy_name(self.texts[each.statement.policy_id].policy)}: {self.told(each)}" for each in told]
        ids = [each.statement.policy_id for each in told]
        return Draft("\n".join(lines), ask_scope(ids, dict(self.texts), self.language) if asks_scope else None)

    def _also(self, told: Sequence[Found]) -> str:
        """The other policies that say the same, by name."""
        names = dict.fromkeys(policy_name(self.texts[each.statement.policy_id].policy) for each in told)
        return f" {_ALSO[self.language].format(names='; '.join(names))}" if names else ""

    def _labels(self, found: Found) -> list[int]:
        """The labels of the spots that prove a statement."""
        policy = self.texts[found.statement.policy_id]
        labels = []
        for spot in found.statement.spots[:MOST_LABELS]:
            passage = next(p for p in policy.passages if p.id == spot.passage_id)
            labels.append(self.book.cite(passage, spot_line(spot, passage, policy.text)).label)
        return list(dict.fromkeys(labels))

    def _source(self, found: Found) -> str:
        policy = self.texts[found.statement.policy_id]
        if not found.statement.spots:
            return ""
        passage = next(p for p in policy.passages if p.id == found.statement.spots[0].passage_id)
        return source_line(policy.policy, [passage], self.language)

    def _which(self, told: Sequence[Found]) -> Clarification:
        options = tuple(ClarificationOption(label=_whom(each, self.language), scope={}) for each in told)
        return Clarification(question=_WHICH_KIND[self.language], options=options)


def without_yes(says: str, question: str, language: Language) -> str:
    """A statement without its 'Ja' where it tells what one must and is asked whether the asker may or meets it."""
    yes = _YES.match(says)
    if yes is None or not _OBLIGES.search(says) or not asks_yes_no(question, language):
        return says
    if _ASKS_OBLIGATION.search(fold(question)) is not None or _ASKS_LEAVE.search(fold(question)) is None:
        return says
    rest = says[yes.end() :]
    return rest[:1].upper() + rest[1:]


def compared(told: Sequence[Found], question: str, language: Language) -> str:
    """Whether statements that are set side by side say the same; empty where that is not asked, or not plain."""
    if len(told) < 2 or not asks_difference(question):
        return ""
    if all(says_alike(told[0], other) for other in told[1:]):
        return told_alike(question, language, are_alike=True)
    first, *others = (figures_told(each) for each in told)
    # What one only tells besides is no difference.
    differ = any(not (each <= first or first <= each) for each in others)
    return told_alike(question, language, are_alike=False) if differ else ""


def each_requires(told: Sequence[Found], question: str, language: Language) -> str:
    """That both of two policies oblige to something on one point, where it is asked of both; else empty.

    Whether what they ask is the same is left to the asker.
    """
    asks = asks_difference(question) or asks_each(question) or asks_likewise(question)
    if len(told) != 2 or not asks or any(found.statement.is_absence for found in told):
        return ""
    says = [fold(found.card.says.nl) for found in told]
    obliges = all(_OBLIGES.search(each) and not _EXEMPTS.search(each) for each in says)
    return _EACH_REQUIRES[language] if obliges else ""


def told_alike(question: str, language: Language, *, are_alike: bool) -> str:
    """The sentence that tells whether sides are alike, with yes or no in front where that is asked."""
    told = (_SAME if are_alike else _DIFFERENT)[language]
    wanted = asks_sameness(question) if asks_yes_no(question, language) else None
    if wanted is None:
        return told[0].upper() + told[1:]
    yes, no = _YES_NO[language]
    return f"{yes if are_alike is wanted else no}, {told}"


def holds_for_each(says: str, question: str) -> bool:
    """Whether a text says of two kinds of care or providers at once what a question asks of both."""
    asked = {mention.term.concept for mention in _care(question)}
    tokens = words(says.replace("-", " "))
    named = [mention for mention in _care(says) if mention.term.concept in asked]
    return any(
        one.end <= other.start <= one.end + MOST_BETWEEN and JOINTS & set(tokens[one.end : other.start])
        for one in named
        for other in named
    )


def _care(text: str) -> list[Mention]:
    """Where a text names kinds of care or providers."""
    return [m for m in load_thesaurus().find(text.replace("-", " ")) if m.term.kind in CARE_KINDS]


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _whom(found: Found, language: Language) -> str:
    whom = found.card.whom if isinstance(found.card, Statement) else None
    return whom.label.in_language(language) if whom else found.card.about.in_language(language)

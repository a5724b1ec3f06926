"""Outcomes of rules to a draft: the value or verdict first, then the reason and its proof, then what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.asked_outcome import chosen_case
from assistant.asking_back import YES_NO, Asking, ask_back, asks_whom, decided_criteria, lacks_one_of_several
from assistant.citations import CitationBook, spot_line
from assistant.counted_off import counted_off
from assistant.draft import Draft, ask_scope
from assistant.planning import LAST_DAY, standing
from assistant.question import asks_conditions, asks_standing
from assistant.quoting import cell, policy_name, source_line
from assistant.rule_fit import Routed
from assistant.turn import Language
from knowledge.dates import find_dates
from knowledge.dutch import stem
from knowledge.figures import figures_of
from knowledge.records import Passage, PolicyText
from knowledge.rules.card import (
    ChoiceRule,
    ConditionsRule,
    ContactRule,
    Criterion,
    DeadlineRule,
    FactSpec,
    Said,
)
from knowledge.rules.inputs import all_criteria, criteria_of, spared_alternatives
from knowledge.rules.proven import ProvenRule, Spot
from knowledge.rules.result import CriterionResult, RuleResult
from knowledge.tokens import content_words

MOST_CRITERIA = 3
"""Criteria told in an answer; the rest stand in the result's checklist."""
MOST_NAMED = 2
"""Conditions that the question names and of which what they ask is told."""
MOST_WEIGHED = 2
"""Criteria told beside the outcome of a decision table."""
MOST_NOTES = 1
"""Notes told in an answer, the one that matters most first; all stand in the result."""
MOST_STEPS = 1
"""Steps told in an answer; the conventions of counting stand in the result."""
QUOTED_WORDS = 20
"""A proof up to this length is quoted in the answer; a longer one is told in our words, and cited all the same."""

_OTHER_CRITERIA: dict[Language, str] = {"nl": "Daarnaast gelden nog: {names}.", "en": "These apply as well: {names}."}
_ASKED: dict[Language, str] = {"nl": "Ook een eis: {needs}. [{label}]", "en": "Also required: {needs}. [{label}]"}
_DEPENDS: dict[Language, str] = {"nl": "Het hangt af van: {names}.", "en": "It depends on: {names}."}
_NOTE: dict[Language, str] = {"nl": "Let op: {note}", "en": "Please note: {note}"}
_SUBJECT: dict[Language, str] = {
    "nl": "Zet in het onderwerp van uw e-mail: {subject}. [{label}]",
    "en": "Put in the subject line of your e-mail: {subject}. [{label}]",
}
_COUNTED: dict[Language, str] = {"nl": "Gerekend: {steps}.", "en": "Counted: {steps}."}

Specs = Mapping[str, Mapping[str, FactSpec]]
"""The facts that the rules of each policy ask about."""


@dataclass(frozen=True)
class RuleTeller:
    """Tells outcomes in one language, citing into one book."""

    texts: Mapping[str, PolicyText]
    book: CitationBook
    language: Language
    today: dt.date = dt.date.min
    question: str = ""

    def draft(self, routed: Sequence[Routed], specs: Specs, *, asks_scope: bool) -> Draft:
        """The draft of an answer that rests on rules; of several policies each has its own line.

        `asks_scope`: nothing that was said tells which of several policies is meant, so it is asked.
        """
        first = routed[0]
        alike = {(each.result.verdict, each.result.value) for each in routed}
        if len(routed) == 1 or (len(alike) == 1 and first.result.value is not None):
            opening, *others = self._lines(first)
            for other in routed[1:]:  # the same outcome in each: told once, cited from all
                opening += f"[{self.cite(_first_spot(other.result), other.rule.policy_id)}]"
            counted = counted_off(self.question, _planned_day(first), self.language)
            told = "\n\n".join([opening, *filter(None, [counted]), *others])
            ask = ask_back(first, specs[first.rule.policy_id], Asking(self.question, self.today, self.language))
            return Draft(f"{told}\n\n{self._source(first)}", ask, counted=(counted,) if counted else ())
        if len({each.rule.policy_id for each in routed}) == 1:
            told = "\n\n".join(line for each in routed for line in self._reasons(each))
            return Draft(f"{told}\n\n{self._source(first)}")
        lines = [
            f"- {policy_name(self.texts[each.rule.policy_id].policy)}: {' '.join(self._reasons(each))}"
            for each in routed
        ]
        policies = [each.rule.policy_id for each in routed]
        return Draft("\n".join(lines), ask_scope(policies, dict(self.texts), self.language) if asks_scope else None)

    def subject_line(self, contact: ProvenRule) -> str:
        """What the policy wants in the subject line of a mail; empty where it asks for nothing."""
        subject = contact.rule.subject if isinstance(contact.rule, ContactRule) else None
        if subject is None or "rule" not in contact.spots:
            return ""
        label = self.cite(contact.spots["rule"], contact.policy_id)
        return _SUBJECT[self.language].format(subject=self._in(subject), label=label)

    def cite(self, spot: Spot, policy_id: str) -> int:
        """The label of the citation of a spot: its whole item, row or paragraph, where that is not long."""
        passage = self._passage(policy_id, spot)
        return self.book.cite(passage, spot_line(spot, passage, self.texts[policy_id].text)).label

    def _lines(self, routed: Routed) -> list[str]:
        """An outcome whole: its reasons, how it was counted, what else applies, what to do and what to mind."""
        result = routed.result
        lines = self._reasons(routed)
        if result.steps:
            steps = "; ".join(self._in(step).rstrip(".") for step in result.steps[:MOST_STEPS])
            lines.append(_COUNTED[self.language].format(steps=steps))
        if result.verdict == "undecided" and decided_criteria(routed):
            lines += self._still_open(routed, _OTHER_CRITERIA)
        elif lacks_one_of_several(routed):
            lines += self._still_open(routed, _DEPENDS)
        if result.then is not None:
            lines.append(self._in(result.then))
        lines += [_NOTE[self.language].format(note=self._in(note)) for note in result.notes[:MOST_NOTES]]
        return lines

    def _reasons(self, routed: Routed) -> list[str]:
        """The value or verdict with the marks of its proof, and the criteria that decide it.

        Where nothing decides yet, all that were judged, failed ones first. No quote is shown twice.
        """
        result, judged = routed.result, decided_criteria(routed)
        lines = []
        if not (judged and result.verdict == "undecided"):  # a whole that is still open is told by its parts
            # The parts of a checklist cite what proves them; the values of its other parts prove nothing here.
            spots = () if judged else (result.spots or tuple(each.spot for each in result.criteria))[:2]
            labels = dict.fromkeys(self.cite(spot, result.policy_id) for spot in spots)
            marks = "".join(f"[{label}]" for label in labels)
            is_open = isinstance(routed.rule.rule, ConditionsRule) and result.verdict == "undecided" and not routed.told
            says = " ".join(self._still_open(routed, _DEPENDS)) if is_open else self._in(result.sentence)
            told = f"{self._yes_no(routed)}{says}{self._proof(routed)} {marks}".strip()
            lines.append(f"{told}{self._standing(routed)}")
        if isinstance(routed.rule.rule, ChoiceRule):
            return [*lines, *(self._criterion(c, result, is_quoted=False) for c in _weighed(routed))]
        deciding = [criterion for criterion in judged if criterion.verdict == result.verdict]
        shown = (deciding or sorted(judged, key=lambda criterion: criterion.verdict == "met"))[:MOST_CRITERIA]
        proofs = [criterion.spot for criterion in shown]
        return [
            *lines,
            *(self._criterion(c, result, is_quoted=c.spot in proofs[:place]) for place, c in enumerate(shown)),
        ]

    def _yes_no(self, routed: Routed) -> str:
        """Yes or no in front of the outcome of a table, where that is asked."""
        if routed.is_meant is None or asks_whom(routed):
            return ""
        yes, no = YES_NO[self.language]
        return f"{yes if routed.is_meant else no}. "

    def _standing(self, routed: Routed) -> str:
        """That the last day that a decision table tells has passed, where a day or its passing is asked."""
        says = routed.result.sentence.nl
        if not isinstance(routed.rule.rule, ChoiceRule) or not asks_standing(self.question):
            return ""
        last_days = [date for date, _, _ in find_dates(says) if date.bound in LAST_DAY]
        is_past = any(date.last is not None and date.last < self.today for date in last_days)
        return standing(last_days, says, self.today, self.language) if is_past else ""

    def _proof(self, routed: Routed) -> str:
        """The first words of the policy that an outcome rests on, where they are short and no row of a table."""
        result, kind = routed.result, routed.rule.rule
        if not result.spots or result.steps or isinstance(kind, DeadlineRule | ConditionsRule):
            return ""  # what was counted is told step by step
        quote = self.texts[result.policy_id].text[result.spots[0].start : result.spots[0].end]
        return f" “{cell(quote)}”" if len(quote.split()) <= QUOTED_WORDS and "\t" not in quote else ""

    def _criterion(self, criterion: CriterionResult, result: RuleResult, *, is_quoted: bool) -> str:
        """A criterion's verdict and what the policy asks, quoted where that is short and not quoted yet."""
        label = self.cite(criterion.spot, result.policy_id)
        spot = criterion.spot
        quote = self.texts[result.policy_id].text[spot.start : spot.end]
        told = self._in(criterion.told)
        if criterion.has_own_words and criterion.distance is not None:
            told = f"{told.rstrip('.')} ({self._in(criterion.distance)})."
        if len(quote.split()) <= QUOTED_WORDS:
            told = told if is_quoted else f"{told} “{cell(quote)}”"
        elif criterion.has_own_words:
            needs = self._in(criterion.needs)
            told = f"{told} ({needs.rstrip('.')})"
        note = f" {self._in(criterion.note)}" if criterion.note else ""
        return f"{told} [{label}]{note}"

    def _still_open(self, routed: Routed, lead_in: Mapping[Language, str]) -> list[str]:
        """The criteria that nothing was said about: of those that the question names what they ask, else their names.

        What asks for a figure is told with it.
        """
        result, verdicts = routed.result, {each.id: each.verdict for each in routed.result.criteria}
        spared = spared_alternatives(getattr(routed.rule.rule, "needs", None), verdicts)
        open_ = [c for c in result.criteria if c.verdict == "undecided" and c.id not in spared]
        named = _named_in(self.question, open_, self.language)[:MOST_NAMED]
        names = [_open_criterion(c, self.language) for c in open_ if c not in named]
        lines = [
            _ASKED[self.language].format(needs=self._in(c.needs).rstrip("."), label=self.cite(c.spot, result.policy_id))
            for c in named
        ]
        if names:
            most = len(names) if asks_conditions(self.question) else MOST_CRITERIA  # who asks for all is told all
            shown = "; ".join(names[:most]) + ("; ..." if len(names) > most else "")
            lines.append(lead_in[self.language].format(names=shown))
        return lines

    def _source(self, routed: Routed) -> str:
        policy_id = routed.rule.policy_id
        passage = self._passage(policy_id, _first_spot(routed.result))
        return source_line(self.texts[policy_id].policy, [passage], self.language)

    def _passage(self, policy_id: str, spot: Spot) -> Passage:
        return next(p for p in self.texts[policy_id].passages if p.id == spot.passage_id)

    def _in(self, said: Said) -> str:
        return said.in_language(self.language)


def _planned_day(routed: Routed) -> dt.date | None:
    """The exact day of a planned date; None of any other outcome."""
    date = routed.rule.values["date"].date if isinstance(routed.rule.rule, DeadlineRule) else None
    return date.last if date is not None and date.kind == "exact" else None


def _weighed(routed: Routed) -> list[CriterionResult]:
    """What of the asker's decided a table: amounts beside their limits and what he lacks, that first.

    Where the outcome has a limit of its own, those of the outcomes that it is not are not told; nor is it that he is
    not of another kind, which is no lack. Who hears yes hears what he meets.
    """
    criteria = {criterion.id: criterion for criterion in all_criteria(routed.rule.rule)}
    gate = {criterion.id for criterion in criteria_of(routed.rule.rule.applies)}
    told = [c for c in routed.result.criteria if c.id not in gate and c.verdict != "undecided"]
    chosen = chosen_case(routed.rule, routed.result)
    own = {criterion.id for criterion in criteria_of(chosen.when)} if chosen is not None else set()
    told = [c for c in told if c.id in own and c.distance is not None] or told
    weighed = [c for c in told if c.distance is not None or _is_lack(c, criteria[c.id])]
    weighed = (routed.is_meant and [c for c in weighed if c.verdict == "met"]) or weighed
    return sorted(weighed, key=lambda c: (c.distance is None, c.verdict == "met"))[:MOST_WEIGHED]


def _is_lack(judged: CriterionResult, criterion: Criterion) -> bool:
    """Whether a criterion is not met as the asker has not what it wants, or in words of its own."""
    is_kind = isinstance(criterion.is_, str) or bool(criterion.one_of)
    return judged.verdict == "not_met" and not is_kind and (judged.has_own_words or criterion.is_ is True)


def _named_in(question: str, criteria: Sequence[CriterionResult], language: Language) -> list[CriterionResult]:
    """The criteria of which the question has a word that the names of the others lack."""
    asked = set(map(stem, content_words(question)))
    words = [set(map(stem, content_words(criterion.name.in_language(language)))) for criterion in criteria]
    if len(criteria) < 2:
        return []
    others = [set().union(*(words[:at] + words[at + 1 :])) for at in range(len(words))]
    return [each for each, own, theirs in zip(criteria, words, others, strict=True) if asked & (own - theirs)]


def _open_criterion(criterion: CriterionResult, language: Language) -> str:
    needs = criterion.needs.in_language(language)
    return needs.rstrip(".") if figures_of(needs) else criterion.name.in_language(language)


def _first_spot(result: RuleResult) -> Spot:
    return result.spots[0] if result.spots else result.criteria[0].spot

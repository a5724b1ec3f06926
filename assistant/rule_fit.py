"""What a rule can answer: a question as routing takes it, a rule run for it, and whether the two belong together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.facts import AskerFacts
from assistant.planning import acts_of, asks_what_is_due
from assistant.prose.clauses import read_clauses
from assistant.prose.days import own_days
from assistant.prose.tokens import read_tokens
from assistant.question import (
    Asked,
    asks_cover,
    asks_days_left,
    asks_demand,
    asks_difference,
    asks_figure,
    asks_in_time,
    asks_likewise,
    asks_waiting,
    asks_way,
    asks_word,
    asks_yes_no,
    awaited,
    lacks_yet,
    parts_of,
    read_asked,
)
from assistant.turn import HistoryTurn, Language
from assistant.turn_form import asks_the_same, names_in, points_back, says_itself, supposes, without_opening
from knowledge.card_fits import PROVIDER
from knowledge.dutch import fold
from knowledge.rules.card import (
    ChoiceRule,
    ConditionsRule,
    ContactRule,
    Criterion,
    DeadlineRule,
    FormulaRule,
    Rule,
    StartRule,
    TermRule,
)
from knowledge.rules.inputs import WISHED_END, all_criteria, criteria_of, facts_of
from knowledge.rules.proven import ProvenRule
from knowledge.rules.result import RuleResult
from knowledge.search import Hit
from knowledge.sentences import split_sentences
from knowledge.tokens import content_words

Floats = npt.NDArray[np.float64]

LEAST = 3.19
"""The least score of a rule that is used. Set where our own questions and the curated look-ups fare best together."""
UNSAID = 1.0
"""What more a rule must score of whose facts nothing was said: most such questions are look-ups."""

ASKS_BACK = 6.2
"""The least score of conditions that are asked back for where the asker told nothing that they judge by. Set by hand
on our own questions in prose: from here on all that ask whether they meet something want its conditions."""

KIN = 2.0
"""What more a rule must score that was written for another policy: most questions have no rule then."""

OWN_WORDS = 3
"""A follow-up with this many content words says itself what it asks."""

DATED = (StartRule, TermRule, DeadlineRule)


_WHICH = re.compile(
    r"\b(?:welke? (?:soort |type |zorg)?(?:contract|overeenkomst|beleid|inkoopbeleid|model|variant)|wat voor|"
    r"welke? van (?:\w+ ){0,3}\w*(?:contract|overeenkomst|variant|model)\w*|"
    r"(?:hoogste?|laagste?|beste?|zwaarste?|lichtste?|duurste?|highest|lowest|best|top) (?:\w+ )?"
    r"\w*(?:contract|overeenkomst|agreement)\w*|"
    r"which (?:\w+ )?(?:kind|type|contract|agreement|policy)|which of (?:\w+ ){0,3}(?:contracts|agreements)|"
    r"standaard\w* of|\w*(?:contract|overeenkomst) of (?:dat|die|het|de|een|toch|juist))\b|"
    r"\b(?:contract|\w*overeenkomst|variant|agreement|categorie|category) "
    r"(?:[b-d]\b|a(?=\W*(?:$|of\b|or\b|bij\b|krijg|dan\b|en\b)))|"
    r"\b[a-c](?:,? (?:of|or)|,) [b-d]\b|\b[a-d]-(?:contract|overeenkomst|waardig)|"
    r"\b(?:zegt|zeggen|denk|denkt|denken|vindt|says|say|thinks?) (?:het is |it is |dat het |op )?[a-d]"
    r"(?=\W*(?:$|,|en\b|maar\b|and\b|but\b|ik\b|wij\b))"
)
_ELSEWHERE = re.compile(
    r"\b(?:of|or) (?:\w+ ){0,4}(?:ergens anders|elders|ander\w* \w*(?:beleid|contract|overeenkomst|stuk)|"
    r"elsewhere|(?:another|other|different) (?:policy|contract|agreement))\b"
)
_WHETHER = re.compile(
    r"\b(?:genoeg|voldoende|volstaat|in aanmerking|compleet|eligib\w+|qualif\w+|complete|voldo\w*|toegestaan|kan dat|"
    r"mag dat|te laat|op tijd|oke|ok|okay|in orde|akkoord|prima|goed zo|enough|sufficient|allowed|fine)\b"
)
_ONE_OF_SEVERAL = re.compile(r"\b(?:welke? \w+|wat voor|which \w+|what (?:kind|type) of)\b")
_WHICH_DAY = re.compile(
    r"\b(?:(?:per|vanaf|tot|sinds) (?:wanneer|wnr)|wanneer|wnr|welke (?:datum|dag)|(?:ingangs|start|begin|eind)datum|"
    r"when|hoe ?lang|how long|(?:what|which) (?:day|date)|(?:start|end) date)\b"
)
_POINTING_BACK = frozenset(
    """
    klopt kloppen waar juist correct goed fout gelijk terecht oke akkoord mag mogen kan kunnen hoort zit ziet geldt
    gaat gezien begrepen echt wel zo probleem bezwaar erg toegestaan genoeg voldoende gewoon eigenlijk nou right true
    correct wrong okay fine problem allowed possible really so enough agree understood
    """.split()
)
"""What a question that only points back to the sentence before it may hold beside stop words."""
_CONTRACT = re.compile(r"\b\w*(?:contract|overeenkomst|agreement)\b")
_OFFERED = frozenset({"offer"})
_PERSONAL = re.compile(r"\b(?:ik|wij|we|ons|onze|mij|mijn|m'n|i|our|us|my|me)\b")


@dataclass(frozen=True)
class Routed:
    """A rule that a question needs, what was read of the asker for it, its outcome, and its score (no upper bound).

    `only_kept`: the outcome rests on facts that were told for an earlier question alone, and the question says itself
    what it asks: that they were told says nothing of what is asked now.
    """

    rule: ProvenRule
    facts: AskerFacts
    result: RuleResult
    features: Floats
    score: float = 0.0
    only_kept: bool = False
    goes_on: bool = False
    """The last answer was an outcome of this rule, and a fact that it reads is told or put otherwise now."""
    is_meant: bool | None = None
    """Whether the outcome of a table is the one that yes or no is asked about; None where that is not asked."""
    asks_decision: bool = False
    nearness: float = 0.0
    """What of the score comes from how the question sounds; the rest is from what was told."""

    @property
    def told(self) -> set[str]:
        """The facts on which the outcome rests and that speak for this rule being asked for."""
        return set() if self.only_kept else facts_told(self.rule, self.result)


@dataclass(frozen=True)
class Question:
    """A question as routing takes it.

    `text` is mended and, for a follow-up, completed; `said` is what the asker typed in this turn; `hits` are the
    passages found, best first; the facts of `history` hold until the asker says otherwise. `readings`: see `readings`
    of `followup`.
    """

    text: str
    said: str
    asked: Asked
    hits: Sequence[Hit]
    history: Sequence[HistoryTurn]
    today: dt.date
    language: Language
    readings: tuple[str, str] | None = None

    @cached_property
    def part(self) -> str:
        """The sentences of the question that ask: a story comes before its question, and so do earlier turns."""
        says_itself = len(content_words(self.said)) >= OWN_WORDS
        return asked_part(self.said if says_itself else self.text)

    @cached_property
    def about(self) -> str:
        """What asks with what it speaks of: 'A vraagt een keurmerk. Wil B dat ook?' asks about the sentence before."""
        points = asks_likewise(self.part) and points_back(without_opening(self.part))
        return self.text if points else self.part

    @cached_property
    def asking(self) -> str:
        """The words that tell what kind of answer is wanted: those of this turn, where it tells that itself."""
        says_kind = says_itself(self.said) or supposes(self.said) or read_asked(self.said).kind_said
        return asked_part(self.said) if says_kind else self.part

    @cached_property
    def asks_decision(self) -> bool:
        """Whether yes or no is asked, or which of several it is: 'mag dat?', 'welk contract krijgen we?'."""
        asked = fold(self._asked_clauses)
        whether = asks_yes_no(self.part, self.language) or _WHETHER.search(asked) is not None
        return whether or self.asks_which or self.asks_in_time or self.waits

    @cached_property
    def asks_in_time(self) -> bool:
        """Whether it is asked if something can still be done, or should have been."""
        tells_day = any(day.value.first >= self.today for day in own_days(self.said, self.today))
        if read_asked(self.said).kind_said and not asks_in_time(self.asking, tells_day=tells_day):
            return False  # 'bij wie kan ik dat navragen?' asks nothing of what was in time
        return asks_in_time(self._asked_clauses, tells_day=tells_day) and not _asks_of_insurer(self._asked_clauses)

    @cached_property
    def waits(self) -> bool:
        """Whether it is asked about what the insurer should have done by now."""
        return asks_waiting(self.part, self.said)

    @cached_property
    def is_due(self) -> bool:
        """Whether it is asked about something that the asker has to hand in or sign."""
        return asks_what_is_due(self.asking)

    def asks_when(self, rule: Rule, *, tells_day: bool) -> bool:
        """Whether the day of a rule is asked for, how many are left until it, or whether it has passed.

        'Kan dat nog?' asks it of the act that is spoken of, or of the day told (`tells_day`: the rule reads one);
        'is er iets mis?' of all that the insurer does.
        """
        if self.asked.when or asks_days_left(self.asking):
            return True
        if self.waits and not getattr(rule, "own", True):
            return True
        asks_verdict = self.asks_in_time or self.waits
        return asks_verdict and (tells_day or bool(self.acts & acts_of(f"{rule.title.nl} {rule.title.en}")))

    @cached_property
    def acts(self) -> frozenset[str]:
        """The acts that are asked about: those that what asks names, else those of the whole question.

        Who waits asks about what is not there yet, not about what he did for it; a contract comes by being offered.
        """
        if self.waits or self._asks_when_it_comes:
            for words in (self._asked_clauses, awaited(self.said)):
                if acts := acts_of(words) or (_OFFERED if _CONTRACT.search(fold(words)) else None):
                    return acts
        asked = acts_of(self._asked_clauses) if self.asks_in_time or self.asks_day else frozenset()
        return asked or acts_of(self.said) or acts_of(self.text)

    @cached_property
    def _asks_when_it_comes(self) -> bool:
        """Whether a day is asked of what the story says is not there yet: 'wanneer kan ik dat verwachten?'."""
        return self.asks_day and lacks_yet(self.said) and not acts_of(self._asked_clauses) and self.awaits_word

    @cached_property
    def awaits_word(self) -> bool:
        """Whether it is asked when the asker will know or get something."""
        return asks_word(self._asked_clauses)

    @cached_property
    def asks_cover(self) -> bool:
        """Whether it is asked if a contract holds for a time."""
        return asks_cover(self.part)

    @cached_property
    def asks_which(self) -> bool:
        """Whether it is asked which kind of contract or policy it is: met or not met is no answer."""
        return _WHICH.search(fold(self._asked_clauses)) is not None or self.asks_elsewhere

    @cached_property
    def asks_elsewhere(self) -> bool:
        """Whether it is asked if the asker is in the right place: 'valt dat hieronder of moeten we elders zijn?'."""
        return _ELSEWHERE.search(fold(self.part)) is not None

    @cached_property
    def compares(self) -> bool:
        """Whether things are to be put side by side; 'iedereen' and 'dezelfde' in the story before compare nothing.

        'En voor hen dezelfde datum?' asks for theirs: what it is held against was told before.
        """
        return asks_difference(self._asked_clauses) and not (self.history and asks_the_same(self.said))

    @cached_property
    def _asked_clauses(self) -> str:
        """The part that asks without the case that it puts: of 'als dat op tijd is, wanneer komt het?' the latter."""
        tokens = read_tokens(self.part)
        asked = []
        for clause in read_clauses(tokens, self.part, self.language):
            words = self.part[tokens[clause.first].start : tokens[clause.last - 1].end]
            if clause.mood == "question" or (clause.asks and asks_which_day(words)):
                asked.append(words)
        told = " ".join(asked)
        return told if _says_what(told) or asks_which_day(told) else self.part

    @cached_property
    def asks_one_of_several(self) -> bool:
        """Whether one of several is asked for, and neither yes or no nor a day: 'welke overeenkomst past daarbij?'."""
        return _ONE_OF_SEVERAL.search(fold(self.part)) is not None and not (
            asks_yes_no(self.part, self.language) or self.asks_day
        )

    @cached_property
    def asks_day(self) -> bool:
        """Whether a day or a time is asked for, and neither yes or no nor which of several."""
        return asks_which_day(self.part) and not self.asks_decision

    @cached_property
    def asks_both(self) -> bool:
        """Whether in one go a day is asked for and yes or no: 'per wanneer gaat het in, en telt mei nog mee?'."""
        parts = parts_of(self.part)
        days = [asks_which_day(part) for part in parts]
        return any(days) and any(
            asks_yes_no(part, self.language) for part, is_day in zip(parts, days, strict=True) if not is_day
        )

    @cached_property
    def is_personal(self) -> bool:
        """Whether the asker speaks of himself."""
        return _PERSONAL.search(fold(self.text)) is not None


def asks_which_day(words: str) -> bool:
    """Whether words ask for a day or a time."""
    return _WHICH_DAY.search(fold(words)) is not None


def _asks_of_insurer(part: str) -> bool:
    """Whether it is asked what the insurer may do, by his name: 'kan Caresq alsnog nee zeggen?'."""
    names = "|".join(map(re.escape, names_in(part).get("insurer", ())))
    return bool(names) and re.search(rf"\b(?:kan|mag|wil|gaat|can|may|will) (?:{names})\b", fold(part)) is not None


def asked_part(text: str) -> str:
    """The sentences of a text that ask; the last one where none does.

    Where they only point back ('Klopt dat?', 'Mag dat zo?') the sentence before tells what is asked.
    """
    sentences = [text[span.start : span.end] for span in split_sentences(text, 0, len(text))]
    asking = [at for at, sentence in enumerate(sentences) if sentence.rstrip().endswith("?")]
    if not asking:
        return sentences[-1] if sentences else text
    if asking[0] and not any(_says_what(sentences[at]) for at in asking):
        asking = [asking[0] - 1, *asking]
    return " ".join(sentences[at] for at in asking)


def _says_what(sentence: str) -> bool:
    """Whether a question names what it asks about: 'klopt dat?' and 'mag dat?' name nothing."""
    return any(word not in _POINTING_BACK and word.isalpha() for word in content_words(sentence))


def facts_told(rule: ProvenRule, result: RuleResult) -> set[str]:
    """The facts said on which the outcome rests; whom the rule speaks to decides nothing by itself."""
    kind = rule.rule
    gate = {criterion.fact for criterion in criteria_of(kind.applies)}
    judged = {c.fact for c in all_criteria(kind) if c.fact not in gate} | (set(facts_of(kind)) - gate) | {WISHED_END}
    if isinstance(kind, ConditionsRule):
        judged |= {c.fact for c in criteria_of(kind.needs)}
    return set(result.inputs) & judged


def can_answer(routed: Routed, question: Question) -> bool:
    """Whether a rule of this kind can answer what is asked.

    Conditions and decision tables are for who tells of himself; a list of conditions is looked up, and so is why
    or how something is. A rule for others than the asker answers only where an amount or a day keeps him out.
    """
    asked, kind = question.asked, routed.rule.rule
    gate = set() if routed.only_kept else {criterion.fact for criterion in _failed_gate(routed)}
    said = routed.told | gate
    if (asked.change and not asked.when and not said) or isinstance(kind, ContactRule) or _is_for_others(routed):
        return False  # contact tables tell purposes apart better than rules do; `compose` adds the subject line
    if routed.goes_on:
        return True
    if isinstance(kind, DATED):
        is_asked = question.asks_when(kind, tells_day=_tells_day(routed))
        if question.history and not (is_asked or tells_now(routed, question)):
            said = set()  # the days of what was asked before decide nothing that is asked now
        if isinstance(kind, StartRule) and question.asks_in_time and not (said or asked.when):
            return False  # from when a contract holds does not say whether one can still be had
        return bool(said - {"provider_type"}) or is_asked or (asked.yes_no and not isinstance(kind, StartRule))
    if isinstance(kind, ConditionsRule | FormulaRule) and question.asks_which:
        return False
    if asks_figure(question.asking) and not any(character.isdigit() for character in _told_text(routed)):
        return False
    if asks_way(question.asking) and not _tells_way(routed, question):
        return False
    own = question.asks_decision or question.is_personal
    if asked.when and not own and routed.result.unit != "date":
        return False
    if question.asks_day and routed.result.unit != "date" and not isinstance(kind, ChoiceRule):
        return False
    if isinstance(kind, ChoiceRule) and kind.bound is not None and not asked.when and not question.asks_decision:
        return bool(said - {"provider_type"})  # where or how something is done is not answered by a day
    if isinstance(kind, ConditionsRule | FormulaRule):
        if not said and isinstance(kind, ConditionsRule):  # 'kunnen wij dat krijgen?' of whom nothing was told
            is_own = question.is_personal or PROVIDER in routed.facts.known()
            own_case = is_own and asks_yes_no(question.part, question.language)
            own_case = own_case and not asks_demand(question.part)
            return own_case and not question.history and routed.score >= ASKS_BACK
        return bool(said) and (own or not (asked.listing or asked.contact))
    told = said if not asked.contact else said - {"provider_type"}
    return bool(told) or (own and not (asked.listing or asked.contact or asked.amount))


def tells_now(routed: Routed, question: Question) -> bool:
    """Whether a fact on which the outcome rests is told in this turn."""
    return any(fact.words in question.said for fact in routed.facts if fact.name in routed.told - {PROVIDER})


def _tells_way(routed: Routed, question: Question) -> bool:
    """Whether a rule may tell how something is done: a table to which more was told, of the act that is asked about."""
    rule, acts = routed.rule.rule, acts_of(question.part)
    is_about = not acts or bool(acts & acts_of(f"{rule.title.nl} {rule.title.en}"))
    return isinstance(rule, ChoiceRule) and bool(routed.told - {PROVIDER}) and is_about


def _tells_day(routed: Routed) -> bool:
    """Whether the asker told a day that the rule reads."""
    return any(isinstance(fact.value, dt.date) for fact in routed.facts)


def _told_text(routed: Routed) -> str:
    """All that the outcome of a rule tells, in Dutch."""
    result = routed.result
    said = [result.sentence, *(result.steps), *result.notes, *([result.then] if result.then else ())]
    said += [each for criterion in result.criteria for each in (criterion.told, criterion.needs)]
    return " ".join([result.value or "", *(each.nl for each in said)])


def _failed_gate(routed: Routed) -> list[Criterion]:
    """The criteria of whom a rule speaks to that the asker does not meet."""
    gate = {criterion.id: criterion for criterion in criteria_of(routed.rule.rule.applies)}
    return [gate[c.id] for c in routed.result.criteria if c.id in gate and c.verdict == "not_met"]


def _is_for_others(routed: Routed) -> bool:
    """Whether a rule is not for the asker: he is of another kind, or kept out in any way of the day that it tells."""
    failed = _failed_gate(routed)
    if isinstance(routed.rule.rule, DATED):
        return bool(failed) and all(criterion.parameter is None for criterion in failed)
    return bool(failed) and all(criterion.fact == PROVIDER for criterion in failed)


def bar(routed: Routed, question: Question) -> float:
    """The least score of a rule: higher for one to which the asker said nothing, unless a day or address is asked."""
    kind, said = routed.rule.rule, routed.told
    least = LEAST + (KIN if routed.rule.is_kin else 0.0)
    if said - {"provider_type"} or (isinstance(kind, DATED) and question.asks_when(kind, tells_day=_tells_day(routed))):
        return least
    return least + (UNSAID / 2 if said else UNSAID)  # what kind of provider asks is said by the way

"""Which policies a question is about: insurer, year and care type, from its words and the conversation.

What was said narrows; what was not said leaves all policies open and is left to the evidence. A
policy that is asked for and is not on file is named as absent, never guessed at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.editions import of_the_day
from assistant.followup import NO_CARE_TYPE
from assistant.policy_years import bare_years, policy_years
from assistant.turn import HistoryTurn, Scope
from knowledge.dutch import fold, stem, words
from knowledge.records import Policy
from knowledge.thesaurus import CARE_KINDS, Mention, Term, Thesaurus, load_care_sectors, load_insurers

EVERYDAY_KINDS = frozenset({"general", "verb", "date", "digital", "money", "medicine"})
TYPO_SIMILARITY = 88
"""Two names this alike (0 to 100) are one with a typing error; only names of six letters and more."""
MIN_TYPO_LETTERS = 6
MAX_COMPARED = 3
"""Policies put side by side in one answer."""
MIN_COMPOUND_PART = 6
"""Letters that a part of a compound has at least when it names a care type, and its stem where it is no name itself."""
MIN_OTHER_PART = 4

_COMPARES = re.compile(
    r"\b(?:verschil\w*|vergelijk\w*|naast elkaar|beide|allebei|zowel|versus|vs|compar\w*|differ\w*|both)\b",
    re.IGNORECASE,
)
MAX_NAME_WORDS = 4
"""Words of the longest name of an insurer or care type that a year may stand behind."""


@dataclass(frozen=True)
class Understanding:
    """The scope of a question, and what was asked for that is not on file.

    `absent_*` are in the asker's terms; at least one is set only when no policy on file fits.
    `missing_insurers` were asked about beside one that is on file.
    """

    scope: Scope
    policies: tuple[Policy, ...]
    absent_insurer: str | None = None
    absent_year: int | None = None
    absent_care: str | None = None
    missing_insurers: tuple[str, ...] = ()
    compares: bool = False
    only_insurer: str | None = None
    """Whose policies alone may answer; an insurer that is absent then is another one."""
    groups: tuple[tuple[Policy, ...], ...] = ()
    """In a comparison the policies of each side: one each, or those of an insurer or a year that was named."""
    by_day: bool = False
    """No year was named, and the day left out other editions."""

    @property
    def is_absent(self) -> bool:
        """Something was asked for that no policy on file covers."""
        return bool(self.absent_insurer or self.absent_year or self.absent_care)


@dataclass
class _Said:
    """What one text says: insurers on file and others, years, care terms."""

    insurers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    care: list[Term] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        """Which of insurer, year and care are there."""
        there = (("insurer", self.insurers or self.others), ("year", self.years), ("care", self.care))
        return tuple(name for name, values in there if values)


class ScopeReader:
    """Reads scopes against the policies of one snapshot, or against those of `only_insurer` among them."""

    def __init__(self, policies: Sequence[Policy], thesaurus: Thesaurus, only_insurer: str | None = None) -> None:
        self._only = only_insurer
        self._policies = tuple(p for p in policies if only_insurer in (None, p.insurer))
        self._on_file = len(policies)
        self._thesaurus = thesaurus
        self._names = {fold(name): policy.insurer for policy in self._policies for name in _names_of(policy)}
        others = [name for policy in policies for name in _names_of(policy)]
        self._others = {fold(name): name for name in (*load_insurers(), *others) if fold(name) not in self._names}
        self._in_words = {name: f" {' '.join(words(name))} " for name in (*self._names, *self._others)}
        self._sectors = frozenset(load_care_sectors())
        self._care = {policy.id: _care_concepts(policy, thesaurus) for policy in policies}
        self._within = lru_cache(maxsize=10_000)(self._named_within)

    def read(
        self,
        question: str,
        history: Sequence[HistoryTurn] = (),
        given: Mapping[str, object] | None = None,
        *,
        today: dt.date | None = None,
    ) -> Understanding:
        """The scope of `question`.

        What it does not say is taken from `given` (the caller's choice), then from the conversation. Where no year
        is said, `today` leaves one edition of each policy; None leaves them all.
        """
        said, chosen, earlier = self._said(question), self._given(given or {}), self._earlier(history)
        if self._only is not None:  # whoever asked about another one before asks about this one now
            earlier.insurers, earlier.others = [self._only], []
        wanted = _Said(
            said.insurers or ([] if said.others else chosen.insurers or ([] if chosen.others else earlier.insurers)),
            said.others or ([] if said.insurers else chosen.others or ([] if chosen.insurers else earlier.others)),
            said.years or chosen.years or earlier.years,
            said.care or chosen.care or earlier.care,
        )
        if wanted.others and not wanted.insurers:
            return self._absent(said, wanted, self._policies, insurer=" / ".join(wanted.others))
        if not self._policies:
            return self._absent(said, wanted, (), insurer=self._only)
        found = [p for p in self._policies if not wanted.insurers or p.insurer in wanted.insurers]
        if not (said.insurers or chosen.insurers) and self._goes_back(said.care, found, history):
            # Who goes back to the hospitals no longer asks about the insurer of the pharmacies in between.
            found, wanted.insurers = [p for p in self._policies if self._covers(p, said.care)], []
        by_care = [p for p in found if self._covers(p, wanted.care)] if wanted.care else found
        sectors = [term.concept for term in wanted.care if term.concept in self._sectors]
        if not by_care and sectors:
            return self._absent(said, wanted, found, care=sectors[0])
        found = by_care or found
        by_year = [p for p in found if p.year in wanted.years]
        # A year of the conversation does not bind a care type that is said only now.
        binds = said.years or chosen.years or (earlier.years and not said.care)
        if binds and not by_year:
            return self._absent(said, wanted, found, year=wanted.years[0])
        found = self._keep_named_care(by_year, found, wanted.care) if by_year else found
        every_edition = found
        if today is not None and not wanted.years:
            found = of_the_day(found, question, today)
        named = len(set(said.insurers)) > 1 or self._names_each(said.care, found) or _COMPARES.search(question)
        groups = _sides(found, said) if named or len(set(said.years)) > 1 else ()
        missing = tuple(said.others) if said.insurers else ()
        scope = self._scope(said, wanted, found, earlier)
        return Understanding(
            scope,
            tuple(found),
            missing_insurers=missing,
            compares=len(groups) > 1,
            only_insurer=self._only,
            groups=groups,
            by_day=len(found) < len(every_edition),
        )

    def _scope(self, said: _Said, wanted: _Said, found: Sequence[Policy], earlier: _Said) -> Scope:
        narrowed = len(found) < self._on_file
        return Scope(
            insurer=wanted.insurers[0] if len(set(wanted.insurers)) == 1 else None,
            year=found[0].year if len({p.year for p in found}) == 1 and (narrowed or wanted.years) else None,
            care=self._care_meant(wanted.care, earlier.care, found),
            policy_ids=tuple(p.id for p in found) if narrowed else (),
            said=said.names(),
            assumed=tuple(name for name in wanted.names() if name not in said.names()),
        )

    def _goes_back(self, care: Sequence[Term], found: Sequence[Policy], history: Sequence[HistoryTurn]) -> bool:
        """Whether a care type was talked about before, and no policy of the insurer of now is about it."""
        if not care or any(self._covers(policy, care) for policy in found):
            return False
        about = [policy for policy in self._policies if self._covers(policy, care)]
        earlier = (self._named(turn.content) for turn in history if turn.role == "user")
        return any(self._covers(policy, named) for named in earlier for policy in about)

    def _care_meant(self, care: Sequence[Term], before: Sequence[Term], found: Sequence[Policy]) -> str | None:
        """The care type that a part of care belongs to: one named with it, one of before, or one in its name."""
        whole = [term for term in care if term.concept not in NO_CARE_TYPE]
        before = [term for term in before if all(self._covers(policy, [term]) for policy in found)]
        named = [term for part in care for word in words(part.concept) for term in self._thesaurus.groups(word)]
        among = (*whole, *before, *named) if care else ()
        meant = (term for term in among if term.kind in CARE_KINDS and term.concept not in NO_CARE_TYPE)
        return next((term.concept for term in (*meant, *care)), None)

    def _given(self, given: Mapping[str, object]) -> _Said:
        """The caller's own choice, read like words of a question."""
        chosen = _Said()
        if isinstance(insurer := given.get("insurer"), str) and insurer.strip():
            known = self._names.get(fold(insurer.strip()))
            chosen.insurers, chosen.others = ([known], []) if known else ([], [insurer.strip()])
        if isinstance(year := given.get("year"), (int, str)) and str(year).isdigit():
            chosen.years = [int(year)]
        if isinstance(care := given.get("care"), str):
            chosen.care = self._named(care)
        return chosen

    def _names_each(self, care: Sequence[Term], policies: Sequence[Policy]) -> bool:
        """Whether each of several policies is named by a care type that none of the others covers."""
        own = [{t.concept for t in care if self._covers(p, [t])} for p in policies]
        others = [set().union(*(own[:i] + own[i + 1 :])) for i in range(len(own))]
        return len(policies) > 1 and all(mine - theirs for mine, theirs in zip(own, others, strict=True))

    def _keep_named_care(
        self, by_year: Sequence[Policy], found: Sequence[Policy], care: Sequence[Term]
    ) -> list[Policy]:
        """`by_year`, and the policies of a care type named that has none of that year: a comparison names several."""
        lost = [term for term in care if not any(self._covers(p, [term]) for p in by_year)]
        return [p for p in found if p in by_year or self._covers(p, lost)]

    def _said(self, text: str) -> _Said:
        said = _Said()
        folded = f" {' '.join(words(text))} "
        said.insurers = list(
            dict.fromkeys(insurer for name, insurer in self._names.items() if self._in_words[name] in folded)
        )
        said.others = [shown for name, shown in self._others.items() if self._in_words[name] in folded]
        if not said.insurers and not said.others:
            said.insurers = self._misspelled(text)
        said.years = policy_years(text) or self._years_behind_names(text)
        said.care = self._named(text)
        return said

    def _years_behind_names(self, text: str) -> list[int]:
        """Years straight behind the name of a care type or an insurer: 'kraamzorg 2027', 'Caresq 2026'."""
        found = []
        for match in bare_years(text):
            before = text[: match.start()].split()[-MAX_NAME_WORDS:]
            tails = [" ".join(before[n:]) for n in range(len(before))]
            if any(self._is_name(tail) for tail in tails):
                found.append(int(match.group()))
        return list(dict.fromkeys(found))

    def _is_name(self, text: str) -> bool:
        return fold(text) in self._names or any(t.kind in CARE_KINDS for t in self._thesaurus.groups(text))

    def _named(self, text: str) -> list[Term]:
        """The care types that `text` names: those of policies on file before those that only others have."""
        named = [term for term in self._named_care(text) if term.kind in CARE_KINDS]
        known = [term for term in named if any(term.concept in concepts for concepts in self._care.values())]
        return known or [term for term in named if term.concept in self._sectors]

    def _named_care(self, text: str) -> list[Term]:
        mentions, tokens = self._thesaurus.find(text), words(text.replace("-", " "))
        named = [mention.term for mention in mentions]
        named += [term for mention in mentions for term in self._by_the_way(mention, tokens)]
        for word in words(text):
            named += self._within(word)
        return list(dict.fromkeys(named))

    def _named_within(self, word: str) -> list[Term]:
        """The care types that a compound's first or last part names: 'apotheekcontract', 'ketenapotheek'."""
        cuts = range(MIN_COMPOUND_PART, len(word) - MIN_OTHER_PART + 1)
        parts = [word[:cut] for cut in reversed(cuts)] + [word[-cut:] for cut in reversed(cuts)]
        return next((terms for part in parts if (terms := self._part_names(part))), [])

    def _by_the_way(self, mention: Mention, tokens: Sequence[str]) -> list[Term]:
        """The care types in the words of a mention of something else: 'vragenlijst kraamzorg'."""
        if mention.term.kind in CARE_KINDS or mention.end - mention.start < 2:
            return []
        concept = {stem(word) for word in words(mention.term.concept)}
        others = [token for token in tokens[mention.start : mention.end] if stem(token) not in concept]
        return [term for token in others for term in self._thesaurus.groups(token) if term.kind in CARE_KINDS]

    def _part_names(self, part: str) -> list[Term]:
        """The care types that a part of a compound names: no 'tand' in 'zelfstandig', whose part has its stem only."""
        terms = [term for term in self._thesaurus.groups(part) if term.kind in CARE_KINDS]
        is_long = len(stem(part)) >= MIN_COMPOUND_PART
        return [term for term in terms if is_long or any(fold(name) == part for name in term.names)]

    def _misspelled(self, text: str) -> list[str]:
        names = [name for name in self._names if len(name) >= MIN_TYPO_LETTERS and " " not in name]
        found = []
        for word in words(text):
            match = (
                process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=TYPO_SIMILARITY)
                if len(word) >= MIN_TYPO_LETTERS
                else None
            )
            if match:
                found.append(self._names[match[0]])
        return list(dict.fromkeys(found))

    def is_about_care(self, question: str, understanding: Understanding) -> bool:
        """Whether `question` names anything of this domain: an insurer, a year, or a term that is no everyday word."""
        named = any(mention.term.kind not in EVERYDAY_KINDS for mention in self._thesaurus.find(question))
        return named or bool(understanding.scope.said) or understanding.is_absent

    def names(self, text: str, concept: str) -> bool:
        """Whether `text` names the care type `concept`."""
        return any(term.concept == concept for term in self._named_care(text))

    def _earlier(self, history: Sequence[HistoryTurn]) -> _Said:
        """What the asker said before; the latest mention of each counts."""
        earlier = _Said()
        for turn in reversed(history):
            if turn.role == "user":
                said = self._said(turn.content)
                if not earlier.insurers and not earlier.others:
                    earlier.insurers, earlier.others = said.insurers, said.others
                earlier.years = earlier.years or said.years
                if not any(term.concept not in NO_CARE_TYPE for term in earlier.care):
                    earlier.care = said.care or earlier.care
        return earlier

    def _covers(self, policy: Policy, care: Sequence[Term]) -> bool:
        return any(term.concept in self._care[policy.id] for term in care)

    def _absent(
        self,
        said: _Said,
        wanted: _Said,
        among: Sequence[Policy],
        *,
        insurer: str | None = None,
        care: str | None = None,
        year: int | None = None,
    ) -> Understanding:
        scope = Scope(
            insurer=insurer or (wanted.insurers[0] if wanted.insurers else None),
            year=year or (wanted.years[0] if wanted.years else None),
            care=care or (wanted.care[0].concept if wanted.care else None),
            said=said.names(),
            assumed=tuple(name for name in wanted.names() if name not in said.names()),
        )
        return Understanding(
            scope,
            tuple(among),
            absent_insurer=insurer,
            absent_year=year,
            absent_care=care,
            only_insurer=self._only,
        )


def insurer_named(policies: Sequence[Policy], name: str) -> str | None:
    """The insurer that `name`, or a label or an attribute such as 'zorg-en-zekerheid', stands for; None: none."""
    asked = words(name.replace("-", " "))
    named = (policy.insurer for policy in policies for each in _names_of(policy) if words(each) == asked)
    return next(named, None)


def _names_of(policy: Policy) -> tuple[str, ...]:
    return (policy.insurer, *policy.labels)


def _sides(policies: Sequence[Policy], said: _Said) -> tuple[tuple[Policy, ...], ...]:
    """The sides of a comparison: each policy where they are few, else those of each insurer or year named."""
    if 1 < len(policies) <= MAX_COMPARED:
        return tuple((policy,) for policy in policies)
    if len(set(said.insurers)) > 1:
        sides = [tuple(p for p in policies if p.insurer == insurer) for insurer in dict.fromkeys(said.insurers)]
    else:
        sides = [tuple(p for p in policies if p.year == year) for year in sorted(set(said.years))]
    sides = [side for side in sides if side]
    return tuple(sides) if 1 < len(sides) <= MAX_COMPARED else ()


def narrowed(understanding: Understanding, policy: Policy) -> Understanding:
    """The understanding narrowed to the one policy that the question is about; what was not said is assumed."""
    return replace(understanding, policies=(policy,), scope=settled(understanding.scope, [policy]))


def settled(scope: Scope, cited: Collection[Policy]) -> Scope:
    """`scope` as an answer settled it: what was not said and follows from the one policy cited is assumed, and told."""
    if len(cited) != 1:
        return scope
    (policy,) = cited
    said = (*scope.said, *scope.assumed)
    unsaid = tuple(name for name in ("insurer", "year", "care") if name not in said)
    settled_by_answer = {"insurer": policy.insurer, "year": policy.year, "policy_ids": (policy.id,)}
    return scope.model_copy(update=settled_by_answer | {"assumed": (*scope.assumed, *unsaid)})


def _care_concepts(policy: Policy, thesaurus: Thesaurus) -> frozenset[str]:
    """The thesaurus concepts that mean one of the policy's care types, or a provider of it."""
    names = {part.strip() for care in policy.care for part in re.split(r"[()]", care) if part.strip()}
    titled = {m.term for m in thesaurus.find(policy.title) if m.term.kind in CARE_KINDS}
    direct = (
        titled
        | {term for name in names for term in thesaurus.groups(name)}
        | {
            m.term
            for name in names
            for m in thesaurus.find(name)
            if m.term.kind in CARE_KINDS and m.end - m.start == len(words(name.replace("-", " ")))
        }
    )
    concepts = {term.concept for term in direct if term.kind in CARE_KINDS}
    own_names = {fold(name) for term in direct for name in (term.concept, *term.terms)} | {fold(name) for name in names}
    for term in thesaurus.terms:
        # A provider of the care ("poliklinische apotheek") belongs to it when its name holds the care's.
        if term.kind in CARE_KINDS:
            name = fold(term.concept)
            if name in own_names or any(len(n) >= 8 and n in name for n in own_names):
                concepts.add(term.concept)
    return frozenset(concepts)

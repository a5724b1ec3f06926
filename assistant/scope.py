"""Which policies a question is about: insurer, year and care type, from its words and the conversation.

What was said narrows; what was not said leaves all policies open and is left to the evidence. A
policy that is asked for and is not on file is named as absent, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from assistant.turn import HistoryTurn, Scope
from knowledge.dutch import fold, words
from knowledge.records import Policy
from knowledge.thesaurus import Term, Thesaurus, load_care_sectors, load_insurers

CARE_KINDS = frozenset({"care_type", "provider_type", "medicine"})
EVERYDAY_KINDS = frozenset({"general", "verb", "date", "digital", "money", "medicine"})
TYPO_SIMILARITY = 88
"""Two names this alike (0 to 100) are one with a typing error; only names of six letters and more."""
MIN_TYPO_LETTERS = 6
MAX_COMPARED = 3
"""Policies put side by side in one answer."""
MIN_COMPOUND_PART = 6
"""Letters that a part of a compound has at least when it names a care type."""
MIN_OTHER_PART = 4

_YEAR = r"(20[2-3]\d)"
_POLICY_YEAR = re.compile(
    rf"\b(?:beleid|inkoopbeleid|zorginkoopbeleid|contract\w*|overeenkomst\w*|zorgovereenkomst\w*|voorwaarden|tarie\w+|inkoop\w*|policy|contracts?|agreements?|voor|van|for)\s+(?:(?:het )?jaar\s+|year\s+)?{_YEAR}\b"
    rf"|\b\w*(?:beleid|tekendatum|voorwaarden|deadline|policy)\b[^.?!]{{0,30}}\b(?:in|uit)\s+{_YEAR}\b"
    rf"|\b{_YEAR}[- ]?(?:beleid|contract\w*|overeenkomst\w*|policy)\b|\b{_YEAR}\s*\?*$",
    re.IGNORECASE,
)
_COMPARED_YEAR = re.compile(
    rf"\b(?:ten opzichte van|t\.?o\.?v\.?|vergeleken met|sinds|anders dan|dan in|compared (?:to|with)|since)\s+(?:\w+\s+){{0,4}}{_YEAR}",
    re.IGNORECASE,
)
_DATED_YEAR = re.compile(
    rf"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec|january|february|march|may|june|july|august|october)\.?\s+{_YEAR}|\d[-/.]{_YEAR}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Understanding:
    """The scope of a question, and what was asked for that is not on file.

    `absent_*` are in the asker's terms; at least one is set only when no policy on file fits.
    """

    scope: Scope
    policies: tuple[Policy, ...]
    absent_insurer: str | None = None
    absent_year: int | None = None
    absent_care: str | None = None
    concepts: tuple[str, ...] = ()
    compares: bool = False

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


class ScopeReader:
    """Reads scopes against the policies of one snapshot."""

    def __init__(self, policies: Sequence[Policy], thesaurus: Thesaurus) -> None:
        self._policies = tuple(policies)
        self._thesaurus = thesaurus
        self._names = {fold(name): policy.insurer for policy in policies for name in (policy.insurer, *policy.labels)}
        self._others = {fold(name): name for name in load_insurers() if fold(name) not in self._names}
        self._sectors = frozenset(load_care_sectors())
        self._care = {policy.id: _care_concepts(policy, thesaurus) for policy in policies}

    def read(
        self, question: str, history: Sequence[HistoryTurn] = (), given: Mapping[str, object] | None = None
    ) -> Understanding:
        """The scope of `question`. What it does not say is taken from `given` (the caller's choice), then from the conversation."""
        said = self._said(question)
        earlier = self._earlier(history)
        fixed = dict(given or {})
        insurers = said.insurers or _texts(fixed.get("insurer")) or ([] if said.others else earlier.insurers)
        years = said.years or _numbers(fixed.get("year")) or earlier.years
        care = said.care or self._given_care(fixed.get("care")) or earlier.care
        if said.others and not said.insurers:
            return self._absent(said, insurer=said.others[0])
        found = [p for p in self._policies if not insurers or p.insurer in insurers]
        by_care = [p for p in found if self._covers(p, care)] if care else found
        sectors = [term.concept for term in care if term.concept in self._sectors]
        if care and not by_care and sectors:
            return self._absent(said, insurer=None, care=sectors[0], among=found, insurers=insurers)
        found = by_care or found
        by_year = [p for p in found if p.year in years]
        if years and not by_year and said.years:
            return self._absent(said, insurer=None, year=said.years[0], among=found, insurers=insurers)
        found = self._keep_named_care(by_year, found, care) if by_year else found
        narrowed = len(found) < len(self._policies)
        scope = Scope(
            insurer=insurers[0] if len(set(insurers)) == 1 else None,
            year=found[0].year if len({p.year for p in found}) == 1 and (narrowed or years) else None,
            care=care[0].concept if care else None,
            policy_ids=tuple(p.id for p in found) if narrowed else (),
            said=tuple(
                name
                for name, values in (("insurer", said.insurers), ("year", said.years), ("care", said.care))
                if values
            ),
            assumed=tuple(
                name
                for name, own, used in (
                    ("insurer", said.insurers, insurers),
                    ("year", said.years, years),
                    ("care", said.care, care),
                )
                if used and not own
            ),
        )
        compares = len(found) <= MAX_COMPARED and (len(set(said.insurers)) > 1 or self._names_each(said.care, found))
        return Understanding(scope, tuple(found), concepts=tuple(t.concept for t in said.care), compares=compares)

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
            dict.fromkeys(insurer for name, insurer in self._names.items() if f" {' '.join(words(name))} " in folded)
        )
        said.others = [
            shown
            for name, shown in self._others.items()
            if f" {' '.join(words(name))} " in folded and not _is_word(shown, text)
        ]
        if not said.insurers and not said.others:
            said.insurers = self._misspelled(text)
        said.years = _policy_years(text)
        named = [term for term in self._named_care(text) if term.kind in CARE_KINDS]
        known = [term for term in named if any(term.concept in concepts for concepts in self._care.values())]
        said.care = known or [term for term in named if term.concept in self._sectors]
        return said

    def _named_care(self, text: str) -> list[Term]:
        named = [mention.term for mention in self._thesaurus.find(text)]
        # "apotheekcontract", "ketenapotheek": the first or the last part of a compound names the care.
        for word in words(text):
            cuts = range(MIN_COMPOUND_PART, len(word) - MIN_OTHER_PART + 1)
            parts = [word[:cut] for cut in reversed(cuts)] + [word[-cut:] for cut in reversed(cuts)]
            found = (t for part in parts if (t := [g for g in self._thesaurus.groups(part) if g.kind in CARE_KINDS]))
            named += next(found, [])
        return list(dict.fromkeys(named))

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
                earlier.insurers = earlier.insurers or said.insurers
                earlier.years = earlier.years or said.years
                earlier.care = earlier.care or said.care
        return earlier

    def _given_care(self, care: object) -> list[Term]:
        named = [m.term for text in _texts(care) for m in self._thesaurus.find(text)]
        return [term for term in named if term.kind in CARE_KINDS]

    def _covers(self, policy: Policy, care: Sequence[Term]) -> bool:
        return any(term.concept in self._care[policy.id] for term in care)

    def _absent(
        self,
        said: _Said,
        *,
        insurer: str | None,
        care: str | None = None,
        year: int | None = None,
        among: Sequence[Policy] = (),
        insurers: Sequence[str] = (),
    ) -> Understanding:
        scope = Scope(
            insurer=insurer or (insurers[0] if insurers else None),
            year=year,
            care=care or (said.care[0].concept if said.care else None),
            said=("insurer",) if insurer else (),
        )
        return Understanding(
            scope,
            tuple(among or self._policies),
            absent_insurer=insurer,
            absent_year=year,
            absent_care=care,
            concepts=tuple(t.concept for t in said.care),
        )


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
        if term.kind in CARE_KINDS and (
            fold(term.concept) in own_names or any(len(n) >= 8 and n in fold(term.concept) for n in own_names)
        ):
            concepts.add(term.concept)
    return frozenset(concepts)


def _policy_years(text: str) -> list[int]:
    """Years said of a policy or contract; years of a date or of an older policy compared with do not count."""
    masked = _DATED_YEAR.sub(" ", _COMPARED_YEAR.sub(" ", text))
    return list(
        dict.fromkeys(int(next(group for group in match.groups() if group)) for match in _POLICY_YEAR.finditer(masked))
    )


def _is_word(name: str, text: str) -> bool:
    """Short names in capitals (CZ, DSW) count only when they are no part of something else; lower case is fine for the rest."""
    return (
        len(name) <= 2
        and re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", text) is None
        and re.search(rf"(?<![\w]){re.escape(name.lower())}(?![\w])", text) is None
    )


def _texts(value: object) -> list[str]:
    return (
        [value]
        if isinstance(value, str) and value
        else [v for v in value if isinstance(v, str)]
        if isinstance(value, (list, tuple))
        else []
    )


def _numbers(value: object) -> list[int]:
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []

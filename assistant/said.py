"""What a text says about which policies it means: names of insurers, policy years and care types.

Insurers and care types are known by the policies on file and by what others are called; a name may be misspelled,
and a care type may stand within a compound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.policy_years import bare_years, policy_years
from assistant.turn import HistoryTurn
from assistant.turn_form import NO_CARE_TYPE, names_many, without_tails
from knowledge.dutch import fold, stem, words
from knowledge.records import Policy
from knowledge.thesaurus import CARE_KINDS, Mention, Term, Thesaurus, load_care_sectors, load_insurers

TYPO_SIMILARITY = 88
"""Two names this alike (0 to 100) are one with a typing error; only names of six letters and more."""
MIN_TYPO_LETTERS = 6
MIN_COMPOUND_PART = 6
"""Letters that a part of a compound has at least when it names a care type, and its stem where it is no name itself."""
MIN_OTHER_PART = 4
MIN_NAME_PART = 5
"""Letters of a part that is itself a name ('fysio'), where what it stands with is a word too: no 'ortho' in
'orthopedisch'."""
MIN_LONG_PART, MIN_BESIDE_LONG = 8, 3
"""A last part this long names a care type behind as few letters as this: 'armprothese'. As a first part it may stand
before an ending: 'wijkverpleegkund-ige'."""

MAX_NAME_WORDS = 4
"""Words of the longest name of an insurer or care type that a year may stand behind."""

_AND = re.compile(r"(?<=\w)\s?[&+]\s?(?=[^\W\d_])")
"""A sign for 'en' in a name: 'Zorg & Zekerheid', 'Z&Z'."""
_GENITIVE = "'s"


@dataclass
class Said:
    """What one text says: insurers on file and others, years, care terms."""

    insurers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    care: list[Term] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        """Which of insurer, year and care are there."""
        there = (("insurer", self.insurers or self.others), ("year", self.years), ("care", self.care))
        return tuple(name for name, values in there if values)


class SaidReader:
    """Reads what texts say against the policies on file; insurers are known by the policies `within` reach."""

    def __init__(self, policies: Sequence[Policy], within: Sequence[Policy], thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._names = {
            fold(each): policy.insurer
            for policy in within
            for name in names_of(policy)
            for each in (name, *_short_names(name))
        }
        others = [name for policy in policies for name in names_of(policy)]
        self._others = {fold(name): name for name in (*load_insurers(), *others) if fold(name) not in self._names}
        self._in_words = {
            name: f" {' '.join(words(_AND.sub(' en ', name)))} " for name in (*self._names, *self._others)
        }
        self._sectors = frozenset(load_care_sectors())
        self._care = {policy.id: _care_concepts(policy, thesaurus) for policy in policies}
        named = {word for term in thesaurus.terms for name in term.names for word in words(name)}
        self._known = frozenset(named | {stem(word) for word in named})
        self._within = lru_cache(maxsize=10_000)(self._named_within)

    def said(self, text: str) -> Said:
        """What `text` says."""
        said = Said()
        folded = f" {' '.join(word.removesuffix(_GENITIVE) for word in words(_AND.sub(' en ', text)))} "
        said.insurers = list(
            dict.fromkeys(insurer for name, insurer in self._names.items() if self._in_words[name] in folded)
        )
        said.others = [shown for name, shown in self._others.items() if self._in_words[name] in folded]
        if not said.insurers and not said.others:
            said.insurers = self._misspelled(text)
        said.years = policy_years(text) or self._years_behind_names(text)
        said.care = self.care_in(text)
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

    def care_in(self, text: str) -> list[Term]:
        """The care types that `text` names: those of policies on file before those that only others have."""
        named = [term for term in self._named_care(text) if term.kind in CARE_KINDS]
        known = [term for term in named if any(term.concept in concepts for concepts in self._care.values())]
        return known or [term for term in named if term.concept in self._sectors]

    def _named_care(self, text: str) -> list[Term]:
        text = without_tails(text)
        mentions, tokens = self._thesaurus.find(text), words(text.replace("-", " "))
        named = [mention.term for mention in mentions]
        named += [term for mention in mentions for term in self._by_the_way(mention, tokens)]
        for word in words(text):
            named += self._within(word)
        return list(dict.fromkeys(named))

    def _named_within(self, word: str) -> list[Term]:
        """The care types that a compound's first or last part names: 'apotheekcontract', 'ketenapotheek'."""
        firsts = [(word[:cut], word[cut:]) for cut in range(len(word) - MIN_OTHER_PART, MIN_NAME_PART - 1, -1)]
        lasts = [(word[-cut:], word[:-cut]) for cut in range(len(word) - MIN_BESIDE_LONG, MIN_NAME_PART - 1, -1)]
        return next((terms for part, rest in (*firsts, *lasts) if (terms := self._part_names(part, rest))), [])

    def _by_the_way(self, mention: Mention, tokens: Sequence[str]) -> list[Term]:
        """The care types in the words of a mention of something else: 'vragenlijst kraamzorg'."""
        if mention.term.kind in CARE_KINDS or mention.end - mention.start < 2:
            return []
        concept = {stem(word) for word in words(mention.term.concept)}
        others = [token for token in tokens[mention.start : mention.end] if stem(token) not in concept]
        return [term for token in others for term in self._thesaurus.groups(token) if term.kind in CARE_KINDS]

    def _part_names(self, part: str, rest: str) -> list[Term]:
        """The care types that a part of a compound names: no 'tand' in 'zelfstandig', whose part has its stem only."""
        if len(rest) < MIN_OTHER_PART and len(part) < MIN_LONG_PART:
            return []
        if len(part) < MIN_COMPOUND_PART and rest not in self._known:
            return []
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

    def given(self, given: Mapping[str, object]) -> Said:
        """The caller's own choice, read like words of a question."""
        chosen = Said()
        if isinstance(insurer := given.get("insurer"), str) and insurer.strip():
            known = self._names.get(fold(insurer.strip()))
            chosen.insurers, chosen.others = ([known], []) if known else ([], [insurer.strip()])
        if isinstance(year := given.get("year"), (int, str)) and str(year).isdigit():
            chosen.years = [int(year)]
        if isinstance(care := given.get("care"), str):
            chosen.care = self.care_in(care)
        return chosen

    def earlier(self, history: Sequence[HistoryTurn]) -> Said:
        """What the asker said before; the latest mention of each counts, but for care types that are many at once."""
        earlier = Said()
        many: list[Term] = []
        for turn in reversed(history):
            if turn.role == "user":
                said = self.said(turn.content)
                if not earlier.insurers and not earlier.others:
                    earlier.insurers, earlier.others = said.insurers, said.others
                earlier.years = earlier.years or said.years
                if names_many(turn.content):
                    many = many or said.care
                elif not any(term.concept not in NO_CARE_TYPE for term in earlier.care):
                    earlier.care = said.care or earlier.care
        earlier.care = earlier.care or many
        return earlier

    def sectors(self, care: Sequence[Term]) -> list[str]:
        """Those of the care types that a policy may be about, on file or not."""
        return [term.concept for term in care if term.concept in self._sectors]

    def covers(self, policy: Policy, care: Sequence[Term]) -> bool:
        """Whether a policy is about one of these care types."""
        return any(term.concept in self._care[policy.id] for term in care)

    def names(self, text: str, concept: str) -> bool:
        """Whether `text` names the care type `concept`."""
        return any(term.concept == concept for term in self._named_care(text))


def names_of(policy: Policy) -> tuple[str, ...]:
    """The names under which the insurer of a policy is known."""
    return (policy.insurer, *policy.labels)


def _short_names(name: str) -> tuple[str, ...]:
    """What askers write for a name of two words with 'en' between: 'Z en Z', 'ZenZ', 'ZZ'; else nothing."""
    parts = words(name)
    if len(parts) != 3 or parts[1] != "en":
        return ()
    first, last = parts[0][0], parts[2][0]
    return (f"{first} en {last}", f"{first}en{last}", f"{first}{last}")


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

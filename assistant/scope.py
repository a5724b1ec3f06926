"""Which policies a question is about: insurer, year and care type, from its words and the conversation.

What was said narrows; what was not said leaves all policies open and is left to the evidence. A
policy that is asked for and is not on file is named as absent, never guessed at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.editions import of_the_day
from assistant.said import Said, SaidReader, names_of
from assistant.turn import HistoryTurn, Scope
from assistant.turn_form import NO_CARE_TYPE
from knowledge.dutch import words
from knowledge.records import Policy
from knowledge.thesaurus import CARE_KINDS, Term, Thesaurus

EVERYDAY_KINDS = frozenset({"general", "verb", "date", "digital", "money", "medicine"})
MAX_COMPARED = 3
"""Policies put side by side in one answer."""
_COMPARES = re.compile(
    r"\b(?:verschil\w*|vergelijk\w*|vergeleken|naast elkaar|beide|allebei|zowel|versus|vs|compar\w*|differ\w*|both)\b",
    re.IGNORECASE,
)


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
    by_care: bool = False
    """The sides of a comparison are named by their care types alone, as in 'een rookstopper bij de apotheek'."""
    by_day: bool = False
    """No year was named, and the day left out other editions."""

    @property
    def is_absent(self) -> bool:
        """Something was asked for that no policy on file covers."""
        return bool(self.absent_insurer or self.absent_year or self.absent_care)


class ScopeReader:
    """Reads scopes against the policies of one snapshot, or against those of `only_insurer` among them."""

    def __init__(self, policies: Sequence[Policy], thesaurus: Thesaurus, only_insurer: str | None = None) -> None:
        self._only = only_insurer
        self._policies = tuple(p for p in policies if only_insurer in (None, p.insurer))
        self._on_file = len(policies)
        self._thesaurus = thesaurus
        self._reader = SaidReader(policies, self._policies, thesaurus)

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
        reader = self._reader
        said, chosen, earlier = reader.said(question), reader.given(given or {}), reader.earlier(history)
        if self._only is not None:  # whoever asked about another one before asks about this one now
            earlier.insurers, earlier.others = [self._only], []
        wanted = Said(
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
            found, wanted.insurers = [p for p in self._policies if self._reader.covers(p, said.care)], []
        by_care = [p for p in found if self._reader.covers(p, wanted.care)] if wanted.care else found
        sectors = self._reader.sectors(wanted.care)
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
        named = len(set(said.insurers)) > 1 or len(set(said.years)) > 1 or _COMPARES.search(question)
        groups = _sides(found, said) if named or self._names_each(said.care, found) else ()
        missing = tuple(said.others) if said.insurers else ()
        scope = self._scope(said, wanted, found, earlier)
        return Understanding(
            scope,
            tuple(found),
            missing_insurers=missing,
            compares=len(groups) > 1,
            only_insurer=self._only,
            groups=groups,
            by_care=not named,
            by_day=len(found) < len(every_edition),
        )

    def _scope(self, said: Said, wanted: Said, found: Sequence[Policy], earlier: Said) -> Scope:
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
        if not care or any(self._reader.covers(policy, care) for policy in found):
            return False
        about = [policy for policy in self._policies if self._reader.covers(policy, care)]
        earlier = (self._reader.care_in(turn.content) for turn in history if turn.role == "user")
        return any(self._reader.covers(policy, named) for named in earlier for policy in about)

    def _care_meant(self, care: Sequence[Term], before: Sequence[Term], found: Sequence[Policy]) -> str | None:
        """The care type that a part of care belongs to: one named with it, one of before, or one in its name."""
        whole = [term for term in care if term.concept not in NO_CARE_TYPE]
        before = [term for term in before if all(self._reader.covers(policy, [term]) for policy in found)]
        named = [term for part in care for word in words(part.concept) for term in self._thesaurus.groups(word)]
        among = (*whole, *before, *named) if care else ()
        meant = (term for term in among if term.kind in CARE_KINDS and term.concept not in NO_CARE_TYPE)
        return next((term.concept for term in (*meant, *care)), None)

    def _names_each(self, care: Sequence[Term], policies: Sequence[Policy]) -> bool:
        """Whether each of several policies is named by a care type that none of the others covers."""
        own = [{t.concept for t in care if self._reader.covers(p, [t])} for p in policies]
        others = [set().union(*(own[:i] + own[i + 1 :])) for i in range(len(own))]
        return len(policies) > 1 and all(mine - theirs for mine, theirs in zip(own, others, strict=True))

    def _keep_named_care(
        self, by_year: Sequence[Policy], found: Sequence[Policy], care: Sequence[Term]
    ) -> list[Policy]:
        """`by_year`, and the policies of a care type named that has none of that year: a comparison names several."""
        lost = [term for term in care if not any(self._reader.covers(p, [term]) for p in by_year)]
        return [p for p in found if p in by_year or self._reader.covers(p, lost)]

    def is_about_care(self, question: str, understanding: Understanding) -> bool:
        """Whether `question` names anything of this domain: an insurer, a year, or a term that is no everyday word."""
        named = any(mention.term.kind not in EVERYDAY_KINDS for mention in self._thesaurus.find(question))
        return named or bool(understanding.scope.said) or understanding.is_absent

    def means(self, text: str, policy: Policy) -> bool:
        """Whether a text names the insurer or a care type of a policy."""
        said = self._reader.said(text)
        return policy.insurer in said.insurers or self._reader.covers(policy, said.care)

    def names(self, text: str, concept: str) -> bool:
        """Whether `text` names the care type `concept`."""
        return self._reader.names(text, concept)

    def _absent(
        self,
        said: Said,
        wanted: Said,
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
    named = (policy.insurer for policy in policies for each in names_of(policy) if words(each) == asked)
    return next(named, None)


def _sides(policies: Sequence[Policy], said: Said) -> tuple[tuple[Policy, ...], ...]:
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

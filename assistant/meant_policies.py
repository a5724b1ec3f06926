"""Which policies a turn is about: by its words, else by what the last answer was from, else by what is talked of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.cards import Cards
from assistant.draft import asks_scope
from assistant.own_words import OwnWords
from assistant.question import asks_side_by_side
from assistant.quoting import is_source
from assistant.scope import ScopeReader, Understanding, insurer_named, narrowed
from assistant.turn import HistoryTurn
from assistant.turn_form import names_in, says_itself
from knowledge.records import Policy, PolicyText
from knowledge.search import Searcher
from knowledge.thesaurus import Thesaurus

SURE_POLICY = 0.9
"""How likely a question must be about one policy, by its words and meaning, for the others to be left out."""
STAYS = 0.15
"""How much nearer (cosine) a question is to what the policy talked of answers than to the one of the care type that it
names, where it does not switch."""
STAYS_WITHIN_WORD = 0.0
"""Likewise where it names the care type only within a longer word: 'het ziekenhuisbudget' is no hospital."""
ELSEWHERE = 0.05
"""How much nearer (cosine) a question is to what another policy answers than to that of the care type that it names,
where it is about the other. Set, as `SURE_POLICY`, on the questions of the cards: 35 of 108 that name the care type of
another policy are put right by it, and none of 532 that name their own is lost."""
AFTER_ALL = 0.55
"""How near (cosine) a question must be to what a policy answers to be about it though it names a care type for which
there is no policy. Set on questions of the cards and our own curated ones: of those that ask for another policy, one
in seven is as near."""
TURNS_HEARD = 2
"""Earlier turns of the asker that tell which policy he means."""


class MeantPolicies:
    """Reads which policies of a snapshot a turn is about."""

    def __init__(self, texts: Mapping[str, PolicyText], searcher: Searcher, cards: Cards, thesaurus: Thesaurus) -> None:
        policies = [text.policy for text in texts.values()]
        self.scopes = ScopeReader(policies, thesaurus)
        self._scopes_of = {name: ScopeReader(policies, thesaurus, name) for name in {p.insurer for p in policies}}
        self._texts = texts
        self._searcher = searcher
        self._cards = cards
        self._thesaurus = thesaurus
        self._own_words: OwnWords | None = None
        if cards.unwritten:
            asked = searcher.snapshot.curated.words
            self._own_words = OwnWords(texts, [each for each in asked if each.policy_id not in cards.unwritten])

    def read(
        self, question: str, history: Sequence[HistoryTurn], given: Mapping[str, object], *, today: dt.date
    ) -> Understanding:
        """What the asker means; `given` is the caller's own choice. A policy that he did not name is assumed."""
        understanding = self.reader(given).read(self._searcher.mended(question), history, given, today=today)
        if understanding.is_absent:
            return self._about_after_all(question, history, understanding) or understanding
        if understanding.compares:
            return self._of_one(question, understanding) or understanding
        if self._stays(question, history, understanding):
            return self.reader(given).read("", history, given, today=today)
        if not history and self._is_elsewhere(question, understanding):
            understanding = self.reader(given).read("", (), given, today=today)
        if not asks_scope(understanding):
            return understanding
        before = self._told_from(history, understanding.policies)
        if before is not None and not says_itself(question):
            return narrowed(understanding, before)
        earlier = [turn.content for turn in history if turn.role == "user"][-TURNS_HEARD:]
        talk = " ".join([*earlier, question])
        likeliest = self._likeliest(talk, tuple(policy.id for policy in understanding.policies))
        if likeliest is None:
            return narrowed(understanding, before) if before is not None else understanding
        return narrowed(understanding, self._texts[likeliest].policy)

    def _of_one(self, question: str, understanding: Understanding) -> Understanding | None:
        """The one policy that a question is surely about though it names the care type of another by the way.

        'Mag het ziekenhuis voor onze IGO tekenen?' compares nothing. None where things are put side by side.
        """
        if not understanding.by_care or asks_side_by_side(question):
            return None
        likeliest = self._likeliest(question, tuple(policy.id for policy in understanding.policies))
        if likeliest is None:
            return None
        return replace(narrowed(understanding, self._texts[likeliest].policy), compares=False, groups=())

    def _likeliest(self, talk: str, policy_ids: Sequence[str]) -> str | None:
        """Which of these policies what was said is surely about; None where it may be several.

        Where one of them has no cards of its own, the questions of the others' cards do not tell: it is meant where
        it alone has most of the words, and another only where what was said is near to a question of that one.
        """
        unwritten = self._cards.unwritten.intersection(policy_ids)
        if unwritten and self._own_words is not None:
            named = self._own_words.most(self._searcher.with_dutch_names(talk), policy_ids)
            if named in unwritten:
                return named
        written = tuple(policy_id for policy_id in policy_ids if policy_id not in unwritten)
        shares = self._cards.policy_shares(talk, written) if written else {}
        likeliest = max(shares, key=lambda policy_id: shares[policy_id], default=None)
        if likeliest is None or shares[likeliest] < SURE_POLICY:
            return None
        is_near = not unwritten or self._cards.nearest(talk, policy_ids=(likeliest,)) >= AFTER_ALL
        return likeliest if is_near else None

    def nearness(self, text: str) -> float:
        """How near a text is to what the policies are known to answer (a cosine); 1 where it names one without cards.

        Of such a policy it is not known which questions it answers.
        """
        return 1.0 if self._names_unwritten(text) else self._cards.nearest(text)

    def _names_unwritten(self, text: str) -> bool:
        """Whether a text names the care type of a policy without cards, or has more words of one than of another."""
        if self._own_words is None:
            return False
        scope = self.scopes.read(text).scope
        if "care" in scope.said and self._cards.unwritten.intersection(scope.policy_ids):
            return True
        said = self._searcher.with_dutch_names(text)
        return self._own_words.most(said, tuple(self._texts)) in self._cards.unwritten

    def _stays(self, question: str, history: Sequence[HistoryTurn], understanding: Understanding) -> bool:
        """Whether a question names a care type only as a part of what it asks of the policy talked of.

        'Mogen we de certificering van het ziekenhuis gebruiken?' of a pharmacy asks nothing of hospitals.
        """
        ids = understanding.scope.policy_ids
        if understanding.scope.said != ("care",) or not ids or not says_itself(question):
            return False
        before = self._told_from(history, [text.policy for text in self._texts.values()])
        if before is None or before.id in ids or self._cards.unwritten.intersection((before.id, *ids)):
            return False
        stays, switches = (self._cards.nearest(question, policy_ids=each) for each in ((before.id,), ids))
        is_named = "care" in names_in(question)
        return stays > switches + (STAYS if is_named else STAYS_WITHIN_WORD)

    def _about_after_all(
        self, question: str, history: Sequence[HistoryTurn], understanding: Understanding
    ) -> Understanding | None:
        """What is meant by a question that names a care type without a policy, and yet is surely about one on file.

        'Het ziekenhuis sluit 's nachts de verloskamers: krijgen wij een toeslag?' asks for no policy for hospitals.
        None where it does, and where an insurer or a year is not on file.
        """
        if understanding.absent_care is None or understanding.absent_insurer or understanding.absent_year:
            return None
        policies = {policy.id: policy for policy in understanding.policies}
        if "care" not in understanding.scope.said:  # named earlier: the answer to that tells what was meant
            before = self._told_from(history, understanding.policies)
            return narrowed(replace(understanding, absent_care=None), before) if before is not None else None
        if not policies or (
            history and not says_itself(question)
        ):  # 'geldt dat ook voor een tandarts?' says nothing by itself
            return None
        shares = self._cards.policy_shares(question, tuple(policies))
        likeliest = max(shares, key=lambda policy_id: shares[policy_id], default=None)
        if likeliest is None or shares[likeliest] < SURE_POLICY:
            return None
        if self._cards.nearest(question, policy_ids=(likeliest,)) < AFTER_ALL:
            return None
        return narrowed(replace(understanding, absent_care=None), policies[likeliest])

    def _is_elsewhere(self, question: str, understanding: Understanding) -> bool:
        """Whether a question names a care type though it is surely about a policy for another one.

        'Kan onze apotheek volstaan met één jaarverslag over de netto prijzen?' asks nothing of the pharmacies' policy.
        """
        ids = understanding.scope.policy_ids
        if understanding.scope.said != ("care",) or not ids or understanding.is_absent:
            return False
        if self._cards.unwritten.intersection(ids):
            return False  # it has no cards that the others could be nearer than
        shares = self._cards.policy_shares(question)
        others = tuple(policy_id for policy_id in shares if policy_id not in ids)
        if not others or sum(shares[policy_id] for policy_id in others) < SURE_POLICY:
            return False
        there, here = (self._cards.nearest(question, policy_ids=each) for each in (others, ids))
        return there > here + ELSEWHERE

    def _told_from(self, history: Sequence[HistoryTurn], policies: Sequence[Policy]) -> Policy | None:
        """The policy among these that the last answer was from, where it was from one."""
        last = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
        told = [policy for policy in policies if is_source(policy, last)]
        return told[0] if len(told) == 1 else None

    def reader(self, given: Mapping[str, object]) -> ScopeReader:
        """What reads the scope: against all policies, or against those of the one insurer that may answer."""
        only = given.get("only_insurer")
        if not isinstance(only, str):
            return self.scopes
        policies = [text.policy for text in self._texts.values()]
        name = insurer_named(policies, only) or only
        return self._scopes_of.get(name) or ScopeReader(policies, self._thesaurus, name)

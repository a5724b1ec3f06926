"""A question that names a care type only as a part of what it asks stays with the policy talked of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.cards import Cards
from assistant.meant_policies import AFTER_ALL, ELSEWHERE, STAYS, STAYS_WITHIN_WORD, SURE_POLICY, MeantPolicies
from assistant.turn import HistoryTurn
from knowledge.records import PolicyText
from knowledge.search import Searcher
from knowledge.thesaurus import load_thesaurus
from tests.fakes import policy_text

TODAY = dt.date(2025, 10, 20)
PHARMACY, HOSPITAL = "noord-farmacie-2026", "noord-msz-2026"
PART = "Mogen we de certificering van het ziekenhuis gebruiken?"
WITHIN = "Hoe leveren we het ziekenhuisbudget aan bij de aanvraag?"
TOLD = (
    HistoryTurn(role="user", content="Welke eisen gelden er voor een apotheek?"),
    HistoryTurn(role="assistant", content="Een certificaat. [1]\n\nBron: Voorbeeld, Farmacie 2026, Eisen."),
)


def text_of(policy_id: str, title: str, care: str) -> PolicyText:
    text = policy_text(policy_id, [("Eisen", ("U heeft een certificaat.",))], title=title)
    return text.model_copy(update={"policy": text.policy.model_copy(update={"care": (care,)})})


TEXTS = {
    PHARMACY: text_of(PHARMACY, "Inkoopbeleid Farmacie 2026", "apotheken"),
    HOSPITAL: text_of(HOSPITAL, "Inkoopbeleid Ziekenhuizen 2026", "ziekenhuizen"),
}


BOTH = (PHARMACY, HOSPITAL)


@pytest.mark.parametrize(
    ("question", "share", "ids", "compares"),
    [
        ("Mag het ziekenhuis voor onze apotheek tekenen?", SURE_POLICY, (PHARMACY,), False),
        ("Mag het ziekenhuis voor onze apotheek tekenen?", 1 - SURE_POLICY, (HOSPITAL,), False),
        ("Mag het ziekenhuis voor onze apotheek tekenen?", SURE_POLICY - 0.01, BOTH, True),
        # what is put side by side stays so, however sure it sounds of one
        ("Tekent het ziekenhuis eerder dan de apotheek?", 1.0, BOTH, True),
        ("Is het contract voor de apotheek even lang als voor het ziekenhuis?", 1.0, BOTH, True),
        ("Welke eisen zijn er voor een apotheek, en welke voor een ziekenhuis?", 1.0, BOTH, True),
        ("Does the hospital sign sooner than the pharmacy?", 1.0, BOTH, True),
        ("Wat is het verschil tussen de apotheek en het ziekenhuis?", 1.0, BOTH, True),
    ],
)  # fmt: skip
def test_who_names_another_care_type_by_the_way_compares_nothing(
    question: str, share: float, ids: tuple[str, ...], compares: bool
) -> None:
    searcher = cast("Searcher", SimpleNamespace(mended=lambda text: text))
    cards = cast("Cards", NearCards(share, farmacie=0.8, msz=0.8))
    understanding = MeantPolicies(TEXTS, searcher, cards, load_thesaurus()).read(question, (), {}, today=TODAY)
    assert set(understanding.scope.policy_ids or BOTH) == set(ids)
    assert understanding.compares == compares
    assert bool(understanding.groups) == compares


class NearCards:
    """Stands in for the cards: how near a question is to those of each policy, how likely about the pharmacies."""

    def __init__(self, share: float = 0.5, unwritten: Collection[str] = (), **near: float) -> None:
        self.unwritten = frozenset(unwritten)
        self._near = near
        self._share = share

    def policy_shares(self, text: str, policy_ids: Collection[str] = ()) -> dict[str, float]:
        shares = {PHARMACY: self._share, HOSPITAL: 1 - self._share}
        return {policy_id: share for policy_id, share in shares.items() if not policy_ids or policy_id in policy_ids}

    def nearest(self, text: str, beyond: str = "", policy_ids: Collection[str] = ()) -> float:
        return max(self._near[policy_id.split("-")[1]] for policy_id in policy_ids or TEXTS)


def meant(question: str, history: tuple[HistoryTurn, ...], **near: float) -> tuple[str, ...]:
    searcher = cast("Searcher", SimpleNamespace(mended=lambda text: text))
    policies = MeantPolicies(TEXTS, searcher, cast("Cards", NearCards(**near)), load_thesaurus())
    return policies.read(question, history, {}, today=TODAY).scope.policy_ids


@pytest.mark.parametrize(
    ("question", "history", "farmacie", "policy_id"),
    [
        (PART, TOLD, 0.5 + STAYS + 0.01, PHARMACY),
        (PART, TOLD, 0.5 + STAYS - 0.01, HOSPITAL),
        (PART, (), 0.9, HOSPITAL),
        ("en voor een ziekenhuis?", TOLD, 0.9, HOSPITAL),
        (WITHIN, TOLD, 0.5 + STAYS_WITHIN_WORD + 0.01, PHARMACY),
        (WITHIN, TOLD, 0.5 + STAYS_WITHIN_WORD - 0.01, HOSPITAL),
        (WITHIN, (), 0.9, HOSPITAL),
    ],
)
def test_what_a_question_only_mentions_does_not_switch(
    question: str, history: tuple[HistoryTurn, ...], farmacie: float, policy_id: str
) -> None:
    assert meant(question, history, farmacie=farmacie, msz=0.5) == (policy_id,)


@pytest.mark.parametrize(
    ("question", "nearer", "share", "policy_id"),
    [
        (PART, ELSEWHERE + 0.01, SURE_POLICY + 0.01, PHARMACY),
        (PART, ELSEWHERE - 0.01, SURE_POLICY + 0.01, HOSPITAL),
        (PART, ELSEWHERE + 0.01, SURE_POLICY - 0.01, HOSPITAL),
        ("Is dat bij ziekenhuizen van Voorbeeld zo?", ELSEWHERE + 0.01, SURE_POLICY + 0.01, HOSPITAL),
    ],
)
def test_a_care_type_that_is_only_mentioned_does_not_tell_which_policy_is_meant(
    question: str, nearer: float, share: float, policy_id: str
) -> None:
    assert meant(question, (), farmacie=0.5 + nearer, msz=0.5, share=share) == (policy_id,)


CLOSED = "De kraamzorg stopt hier 's avonds. Krijgen wij daar een toeslag voor?"
"""Names a care type for which there is no policy."""
NOT_HERE = (
    HistoryTurn(role="user", content=CLOSED),
    HistoryTurn(role="assistant", content="Dat weet ik niet: ik heb geen inkoopbeleid voor kraamzorg."),
)
TOLD_OF_IT = (NOT_HERE[0], HistoryTurn(role="assistant", content=TOLD[1].content))


@pytest.mark.parametrize(
    ("question", "history", "near", "share", "policy_ids"),
    [
        (CLOSED, (), AFTER_ALL + 0.01, SURE_POLICY + 0.01, (PHARMACY,)),
        (CLOSED, (), AFTER_ALL - 0.01, SURE_POLICY + 0.01, ()),
        (CLOSED, (), AFTER_ALL + 0.01, SURE_POLICY - 0.01, ()),
        ("En voor hoe lang?", TOLD_OF_IT, 0.0, 0.5, (PHARMACY,)),
        ("En voor hoe lang?", NOT_HERE, 0.9, SURE_POLICY + 0.01, ()),
    ],
)
def test_a_care_type_without_a_policy_may_be_only_part_of_the_story(
    question: str, history: tuple[HistoryTurn, ...], near: float, share: float, policy_ids: tuple[str, ...]
) -> None:
    assert meant(question, history, farmacie=near, msz=0.1, share=share) == policy_ids


# A policy for which nobody wrote cards

FOOT = "noord-voetzorg-2026"
FOOT_TEXT = policy_text(FOOT, [("Eisen", ("U heeft een voetenbank en de Teenovereenkomst.",))], title="Voetzorg 2026")
FOOT_TEXT = FOOT_TEXT.model_copy(update={"policy": FOOT_TEXT.policy.model_copy(update={"care": ("podotherapie",)})})
WITH_FOOT = TEXTS | {FOOT: FOOT_TEXT}


def beside_foot(share: float = 0.99, pharmacy: float = 0.4) -> MeantPolicies:
    """The pharmacies are surely meant by the cards, of which the policy for feet has none."""
    curated = SimpleNamespace(words=[])
    searcher = SimpleNamespace(
        mended=lambda text: text, with_dutch_names=lambda text: text, snapshot=SimpleNamespace(curated=curated)
    )
    cards = NearCards(share=share, unwritten=(FOOT,), farmacie=pharmacy, msz=0.1)
    return MeantPolicies(WITH_FOOT, cast("Searcher", searcher), cast("Cards", cards), load_thesaurus())


@pytest.mark.parametrize(
    ("question", "pharmacy", "ids"),
    [
        ("Wat als de podotherapeut een jaarverslag maakt?", 0.9, (FOOT,)),  # named, whatever cards are near
        ("Geldt de Teenovereenkomst voor ons?", 0.9, (FOOT,)),  # a word that it alone has
        ("Hoe hoog is de marge?", AFTER_ALL - 0.01, ()),  # near to no card: it may be any
        ("Hoe hoog is de marge?", AFTER_ALL, (PHARMACY,)),
    ],
)
def test_cards_of_others_do_not_tell_that_a_policy_without_any_is_not_meant(
    question: str, pharmacy: float, ids: tuple[str, ...]
) -> None:
    assert beside_foot(pharmacy=pharmacy).read(question, (), {}, today=TODAY).scope.policy_ids == ids


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Mag ik de voetenbank alvast kopen?", 1.0),
        ("Hoe hoog is mijn marge voor podotherapie?", 1.0),
        ("Mag ik een paraplu kopen?", 0.4),
        ("Wat mag een apotheker?", 0.4),
    ],
)
def test_what_names_a_policy_without_cards_is_as_near_as_can_be(text: str, near: float) -> None:
    assert beside_foot(pharmacy=0.4).nearness(text) == near

"""Facts as a whole: words and places, merging, and time."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import AskerFacts, merge
from knowledge.rules.card import FactSpec
from tests.assistant.telling import SPECS, read, short, yes_no


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wij hebben geen HKZ-certificaat.", "geen HKZ-certificaat"),
        ("HKZ hebben we niet", "HKZ hebben we niet"),
        ("Onze omzet is € 80.000 per jaar", "€ 80.000"),
        ("Wij zitten buiten de regio", "buiten de regio"),
    ],
)
def test_words_are_those_of_the_asker(text: str, words: str) -> None:
    (fact,) = read(text)
    assert fact.words == words == text[fact.start : fact.end]


def test_later_words_win() -> None:
    facts = merge(read("wij hebben 3 apotheken en geen HKZ"), read("nee, toch 2 apotheken"))
    assert facts.known() == {"pharmacies": 2, "has_hkz": False}


def test_a_later_doubt_leaves_what_was_said() -> None:
    assert merge(read("wij hebben HKZ"), read("misschien hebben we HKZ")).known() == {"has_hkz": True}


def test_what_is_said_later_settles_a_doubt() -> None:
    assert merge(read("misschien hebben we HKZ"), read("wij hebben geen HKZ")).known() == {"has_hkz": False}


def test_a_correction_within_one_text() -> None:
    assert read("wij hebben 3 apotheken, nee, toch 2 apotheken").known() == {"pharmacies": 2}


def test_nothing_known_without_facts() -> None:
    assert read("wij hebben HKZ", ()) == AskerFacts()
    assert read("") == AskerFacts()


def test_get() -> None:
    facts = read("wij hebben geen HKZ")
    assert facts.get("has_hkz") is not None
    assert facts.get("has_iso") is None


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("lid .. keten", "wij zijn lid van een grote keten", True),
        ("lid .. keten", "wij zijn lid van de zeer grote en oude landelijke keten", False),
        ("lid .. keten", "wij zijn lid, en de keten ook", False),
        ("niet|geen .. keten", "wij zijn niet van de keten", True),
        ("eigen praktijk|maatschap", "wij hebben een eigen maatschap", True),
        ("eigen praktijk", "wij hebben een eigen mooie praktijk", False),
        ("e-mail|mail", "wij sturen e-mail", True),
        ("KRAAMZORG geven", "wij geven kraamzorg", False),
        ("coöperatie", "wij zijn een cooperatie", True),
        ("klachtenregeling", "wij hebben een klachtenregling", True),
        ("klachtenregeling", "wij hebben een klachtenregister", False),
        ("open", "wij zitten op orde", False),
        ("wijzigingen", "wij", False),
        ("leiden .. op", "wij leiden op 3 april 2026 een zuster op", True),
        ("lid .. keten", "lid zonder stem in de keten", False),
        ("nog niet .. klaar", "nog niet gehoord of het klaar is", False),
        ("", "wij", False),
    ],
)
def test_phrases(phrase: str, text: str, found: bool) -> None:
    assert bool(read(text, (yes_no("fact", true=(phrase,)),)).known()) is found


def test_a_phrase_with_its_own_denial_is_not_denied_again() -> None:
    alone = yes_no("chain_member", "keten", false=("niet|geen .. keten",))
    assert short("wij zitten niet in een keten", (alone,)) == "chain_member:no"


def test_the_longest_phrase_counts() -> None:
    both = yes_no("dry", "verbinding", true=("droge verbinding",), false=("verbinding over straat",))
    assert short("er is een verbinding over straat", (both,)) == "dry:no"
    assert short("er is een droge verbinding", (both,)) == "dry:yes"


@given(st.text(max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    for fact in read(text):
        assert text[fact.start : fact.end] == fact.words


@given(
    st.lists(
        st.sampled_from("geen HKZ , . ? als wij niet wel en of 30% omzet ISO met zonder 1 mei maar mag".split()),
        max_size=14,
    )
)
def test_any_words_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    for fact in read(text):
        assert text[fact.start : fact.end] == fact.words


def test_many_facts_take_little_time() -> None:
    made = (
        yes_no(
            f"fact_{n}",
            f"certificaat{n}",
            f"registratie {n} in het register",
            true=(f"lid .. vereniging{n}",),
            false=(f"geen|niet .. vereniging{n}",),
        )
        for n in range(130)
    )
    many = (*made, *SPECS)
    text = (
        "Wij zijn een kliniek met € 80.000 omzet, 30% marktaandeel en geen HKZ, "
        "en vragen op 1 juni 2026 een contract aan. Mag dat?"
    )

    def quickest(specs: Sequence[FactSpec]) -> float:
        """Of ten times: what a busy machine adds does not count."""
        times = []
        for _ in range(10):
            begin = time.perf_counter()
            read(text, specs)
            times.append(time.perf_counter() - begin)
        return min(times)

    read(text, many)
    assert quickest(many) < 10 * quickest(SPECS)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("contract met Zorgzaam", "Met Zorgzaam hebben wij een contract", "fact:yes"),
        ("contract met Zorgzaam", "Met Zorgzaam hebben wij tot nu toe geen contract", "fact:no"),
        ("contract met Zorgzaam", "Zorgzaam is groot. Wij hebben een contract", ""),
        ("klachtenregeling", "Wij leveren overal, hebben een klachtenregeling en zijn open", "fact:yes"),
        ("inkoopgroep", "Wij kopen in met een inkoopgroep die binnenkort groeit", "fact:yes"),
        ("inkoopgroep", "Ziekenhuis, via een inkoopgroep met acht leden. Kan dat?", "fact:yes"),
        ("keurmerk", "Van ons keurmerk hebben wij afscheid genomen", "fact:no"),
        ("alle regionale netwerken", "Er zijn hier vijf regionale netwerken, in drie zijn wij actief", ""),
        ("alle regionale netwerken", "In de regionale netwerken doen wij alle vijf mee", "fact:yes"),
        ("every regional network", "There are five regional networks and we are in three", ""),
    ],
)
def test_names_in_any_order_and_clauses_without_a_subject(name: str, text: str, told: str) -> None:
    assert short(text, (yes_no("fact", name),)) == told

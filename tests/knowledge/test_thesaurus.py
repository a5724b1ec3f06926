"""The domain words: the bundled file is sound, and terms are found in the forms in which people write them."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.dutch import words
from knowledge.thesaurus import Term, Thesaurus, load_care_sectors, load_insurers, load_thesaurus

CARE = Term(concept="voetzorg", kind="care_type", terms=("voet zorg", "VTZ"), en=("foot care",))
SCHOOL = Term(concept="voetzorg op school", kind="care_type", terms=("schoolvoetzorg",))
PROVIDER = Term(concept="voetverzorger", kind="provider_type", terms=("pedicure", "VTZ"), en=("foot carer",))
SIGNING = Term(concept="tekenmoment", kind="date", terms=("moment van tekenen",))
OWN = Thesaurus((CARE, SCHOOL, PROVIDER, SIGNING))


def concepts(thesaurus: Thesaurus, text: str) -> list[str]:
    return [mention.term.concept for mention in thesaurus.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("niets hiervan", []),
        ("Is er voetzorg?", ["voetzorg"]),
        ("VOETZORG", ["voetzorg"]),
        ("voet zorg of VTZ", ["voetzorg", "voetzorg", "voetverzorger"]),
        ("foot care in the region", ["voetzorg"]),
        ("voetzorg op school en voetzorg", ["voetzorg op school", "voetzorg"]),
        ("het moment van tekenen", ["tekenmoment"]),
        ("moment van iets", []),
        ("pedicures", ["voetverzorger"]),
        ("de voetverzorgers", ["voetverzorger"]),
        ("vtzx", []),
        ("voet", []),
    ],
)
def test_terms_are_found_whole_longest_first_and_in_order(text: str, expected: list[str]) -> None:
    assert concepts(OWN, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wat zegt ZIN hierover?", ["Zorginstituut"]),
        ("Heeft dat zin?", []),
        ("HEEFT DAT ZIN?", []),
        ("Zin om mee te doen?", []),
        ("Een VTZ of een vtz", ["voetzorg", "voetverzorger", "voetzorg", "voetverzorger"]),
    ],
)
def test_an_abbreviation_that_is_an_ordinary_word_is_meant_in_capitals_alone(text: str, expected: list[str]) -> None:
    own = Thesaurus((*OWN.terms, Term(concept="Zorginstituut", kind="organisation", terms=("ZIN",))))
    assert concepts(own, text) == expected


@pytest.mark.parametrize("text", ["voetzorg-op-school", "voetzorg op-school", "Voetzorg op School"])
def test_a_hyphen_counts_as_a_space(text: str) -> None:
    assert concepts(OWN, text) == ["voetzorg op school"]


@pytest.mark.parametrize("name", ["foot-care", "foot care", "Foot Care"])
def test_a_name_with_a_hyphen_is_found_written_as_two_words_and_the_other_way_round(name: str) -> None:
    hyphened = Thesaurus((Term(concept="voetzorg", kind="care_type", en=("foot-care",)),))
    assert concepts(hyphened, f"about {name} here") == ["voetzorg"]


def test_short_words_are_compared_as_they_stand_and_longer_ones_by_stem() -> None:
    own = Thesaurus((Term(concept="loket", kind="general"), Term(concept="kok", kind="general")))
    assert concepts(own, "loketten") == ["loket"]
    assert concepts(own, "kok") == ["kok"]
    assert concepts(own, "koks") == []


def test_a_mention_says_which_words_it_covers() -> None:
    text = "is voetzorg op school ook voor een pedicure"
    told = [(m.term.concept, words(text)[m.start : m.end]) for m in OWN.find(text)]
    assert told == [("voetzorg op school", ["voetzorg", "op", "school"]), ("voetverzorger", ["pedicure"])]


def test_groups_are_those_that_the_whole_text_is_a_name_of() -> None:
    assert OWN.groups("VTZ") == (CARE, PROVIDER)
    assert OWN.groups("foot care") == (CARE,)
    assert OWN.groups("Voetzorg op school") == (SCHOOL,)
    assert OWN.groups("voetzorg in de stad") == ()
    assert OWN.groups("") == ()


def test_names_hold_the_concept_first_and_then_every_other_name() -> None:
    assert CARE.names == ("voetzorg", "voet zorg", "VTZ", "foot care")


def test_a_thesaurus_without_terms_finds_nothing() -> None:
    assert Thesaurus(()).find("voetzorg") == []


def test_the_bundled_concepts_are_unique() -> None:
    terms = load_thesaurus().terms
    assert len(terms) > 100
    assert [concept for concept, count in Counter(term.concept for term in terms).items() if count > 1] == []


def test_every_bundled_name_in_words_finds_its_own_group() -> None:
    thesaurus = load_thesaurus()
    lost = [
        (term.concept, name)
        for term in thesaurus.terms
        for name in term.names
        if words(name) and term not in thesaurus.groups(name)
    ]
    assert lost == []


def test_the_bundled_groups_are_loaded_once() -> None:
    assert load_thesaurus() is load_thesaurus()


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("wij zijn een kraambureau", "kraamzorg"),
        ("kraamzorgaanbieders in de stad", "kraamzorg"),
        ("MSZ", "medisch-specialistische zorg"),
        ("medical specialist care", "medisch-specialistische zorg"),
        ("medisch specialistische zorg", "medisch-specialistische zorg"),
        ("de apotheker", "farmaceutische zorg"),
        ("pharmaceutical care", "farmaceutische zorg"),
        ("stoppen-met-roken", "stoppen met roken"),
    ],
)
def test_the_bundled_thesaurus_knows_the_common_names(text: str, concept: str) -> None:
    assert concept in concepts(load_thesaurus(), text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("What is the latest signing date?", "uiterste tekendatum"),
        ("by when must it be handed in", "deadline"),
        ("Can the agreement be extended?", "verlenging zorgovereenkomst"),
        ("an application that was rejected", "weigeren"),
        ("which requirements apply to newcomers", "voorwaarden"),
        ("unplanned night care", "onplanbare nachtzorg"),
        ("the midwives of our practice", "verloskundige"),
        ("Are bandages reimbursed?", "verbandmiddelen"),
        ("the delivery costs of a parcel", "bezorgen"),
        ("compared with last year", "wijzigingen inkoopbeleid"),
    ],
)
def test_the_bundled_thesaurus_knows_the_usual_english_wordings(text: str, concept: str) -> None:
    assert concept in {m.term.concept for m in load_thesaurus().find(text) if m.is_english}


@pytest.mark.parametrize(
    "text", ["is dat even los", "een brand in de file", "de data of een map", "it", "de site", "storen"]
)
def test_no_ordinary_dutch_word_is_taken_for_english(text: str) -> None:
    assert [m.term.concept for m in load_thesaurus().find(text) if m.is_english] == []


def test_the_care_sectors_are_concepts_of_the_thesaurus() -> None:
    known = {term.concept for term in load_thesaurus().terms}
    assert [sector for sector in load_care_sectors() if sector not in known] == []
    assert len(set(load_care_sectors())) == len(load_care_sectors()) > 0


def test_the_insurers_are_names_that_stand_there_once() -> None:
    names = load_insurers()
    assert [name for name in names if not name.strip()] == []
    assert [name for name, count in Counter(name.lower() for name in names).items() if count > 1] == []
    assert len(names) > 10

"""Typing errors, lost spaces and compounds typed apart are mended; right words and codes are left alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.dutch import STOP_WORDS, fold, stem
from knowledge.near_words import COMMON_COUNT, NEIGHBOURS
from knowledge.spelling import FAR_MORE_COMMON, RELIABLE_COUNT, Speller

TEXTS = (
    *["De zorgverzekeraar tekent de overeenkomst na de contractaanvraag in november."] * COMMON_COUNT,
    *["Kraamzorg: de aanbieder tekenen wij aan, het tarief staat vast; contact per e-mail."] * COMMON_COUNT,
    "De tekendatum staat in de bijlage van het zorginkoopbeleid. Verkeersregels en verpleging tellen niet mee.",
    "Patiënten krijgen dieetpreparaten, ketens leveren, wij betekenen iets; bevestigen hoeft niet.",
)
NAMES = ("Caresq", "perinatale zorg", "maternity care")
ENGLISH = ("When is the deadline for the contract?", "What are the deadlines for the purchase?")
ASKED = (
    *["wanneer is het contract klaar"] * FAR_MORE_COMMON,
    *["is mijn aanvraagformulier binnen"] * RELIABLE_COUNT,
    "waar is mijn contrakt",
    "hoe lang duurt de behandelduurr",
    *ENGLISH * COMMON_COUNT,
)
SPELLER = Speller(TEXTS, NAMES, ASKED)
KNOWN_WORDS = (
    "zorgverzekeraar",
    "overeenkomst",
    "contractaanvraag",
    "aanbieder",
    "zorginkoopbeleid",
    "dieetpreparaten",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("overenkomst", "overeenkomst"),  # a letter lost
        ("overeenkkomst", "overeenkomst"),  # doubled
        ("overeenkosmt", "overeenkomst"),  # swapped
        ("ovwreenkomst", "overeenkomst"),  # slipped to its neighbour
        ("ovreenkosmt", "overeenkomst"),  # two errors
        ("voereenkomst", "overeenkomst"),  # the first two swapped
        ("pvereenkomst", "overeenkomst"),  # the first slipped
        ("vereenkomst", "overeenkomst"),  # the first lost
        ("OVERENKOMST", "overeenkomst"),
        ("patienetn", "patienten"),
        ("tarif", "tarief"),
        ("Carseq", "caresq"),
        ("perintale", "perinatale"),
        ("waneer", "wanneer"),  # a stop word too: otherwise it might become another
        ("aanvraagfromulier", "aanvraagformulier"),  # asked often enough to be a word
        ("contrakt", "contract"),  # asked, but the other is far more common
        ("kraamzorgaanbeider", "kraamzorgaanbieder"),  # no policy has this compound, only its parts
    ],
)
def test_the_likeliest_word_comes_first(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed)[0] == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "zrg",  # too short
        "overeenkomst",
        "overeenkomsten",  # known by its stem
        "Patiënten",
        "kraamzorgovereenkomst",  # a compound of known parts
        "wanneer",
        "begrijpen",  # 'betekenen' is too far
        "bevestiging",  # a rare word is no correction at two errors
        "spiraalverwijdering",
        "betalen",
        "behandelduurr",  # asked once, and nothing far more common is near
        "G-standaard",
        "zi-numer",
        "2.7.1",
        "1e",
        "covid19",
        "12345678",
        "a" * 500,
    ],
)
def test_known_words_codes_and_far_words_are_left_alone(typed: str) -> None:
    assert SPELLER.correct(typed) == ()


@pytest.mark.parametrize(
    ("query", "mended"),
    [
        ("", ""),
        ("Wanneer tekent de zorgverzekeraar?", "Wanneer tekent de zorgverzekeraar?"),
        ("contractaanvraag tekenenvoor 1november", "contractaanvraag tekenen voor 1 november"),
        ("tarief november2026?", "tarief november 2026?"),
        ("wanneerkan ik (teknen)", "wanneer kan ik (tekenen)"),
        ("hettarief", "het tarief"),
        ("kraam zorg, zorg verzekeraar", "kraamzorg, zorgverzekeraar"),
        ("verkeer regels", "verkeersregels"),
        ("over eenkomst", "overeenkomst"),  # one half is a stop word, the other is none
        ("zorg, verzekeraar", "zorg, verzekeraar"),  # a comma keeps them apart
        ("zorg&zekerheid", "zorg&zekerheid"),
        ("tarief covid19 1e", "tarief covid19 1e"),
        ("mail overenkomst@zorg.nl of www.overenkomst.nl", "mail overenkomst@zorg.nl of www.overenkomst.nl"),
        ("https://zorg.nl/overenkomst", "https://zorg.nl/overenkomst"),
        ("De patie\u0308nten, overenkomst", "De patiënten, overeenkomst"),
    ],
)
def test_the_mended_query(query: str, mended: str) -> None:
    assert SPELLER.mended(query) == mended


def test_an_expansion_stands_beside_the_typed_words() -> None:
    terms = SPELLER.expand("Is de overenkomst voor kraam zorg klaar voor 1november, waneer?")
    assert set(terms) == {"overeenkomst", "kraamzorg", "1", "november"}
    assert all(0 < weight < 1 for weight in terms.values())


def test_a_verb_keeps_its_preposition_and_stays_apart_from_its_object() -> None:
    speller = Speller(["Wij vragen en tekenen voor elke aanbieder, gewerkt wordt bij zorg."])
    assert [speller.mended(word) for word in ("opvragen", "voortekenen", "bijgewerkt")] == [
        "opvragen",
        "voortekenen",
        "bijgewerkt",
    ]
    assert Speller(["zorg inkopen, zorginkopen"]).mended("zorg inkopen") == "zorg inkopen"
    assert speller.mended("vooraanbieder") == "voor aanbieder"


@pytest.mark.parametrize(
    ("query", "mended"),
    [
        ("What is the deadlin for the contrct?", "What is the deadline for the contract?"),
        ("When is the matrnity tender?", "When is the maternity tender?"),
        ("Is there a terief or tarif for the tekenan?", "Is there a terief or tarif for the tekenan?"),
        ("Do you have the over eenkomst?", "Do you have the over eenkomst?"),
    ],
)
def test_english_words_do_not_become_dutch(query: str, mended: str) -> None:
    assert SPELLER.mended(query) == mended


def test_nothing_is_known_without_texts() -> None:
    assert Speller([]).correct("overenkomst") == ()
    assert Speller([]).mended("overenkomst kraam zorg") == "overenkomst kraam zorg"


@st.composite
def one_error(draw: st.DrawFn) -> tuple[str, str]:
    """A known word and the same with one typing error behind its first letter."""
    word = draw(st.sampled_from(KNOWN_WORDS))
    place = draw(st.integers(1, len(word) - 2))
    beside = sorted(other for letter, other in NEIGHBOURS if letter == word[place])
    way = draw(st.sampled_from(("lost", "doubled", "swapped", "slipped")))
    if way == "lost":
        return word, word[:place] + word[place + 1 :]
    if way == "doubled":
        return word, word[: place + 1] + word[place:]
    if way == "swapped":
        return word, word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word, word[:place] + draw(st.sampled_from(beside)) + word[place + 1 :]


@given(one_error())
@settings(deadline=None)
def test_any_one_error_in_a_long_word_is_found(pair: tuple[str, str]) -> None:
    word, typed = pair
    assert typed == word or stem(typed) == stem(word) or word in SPELLER.correct(typed)


@given(st.lists(st.sampled_from(KNOWN_WORDS), min_size=1, max_size=5))
@settings(deadline=None)
def test_a_query_of_known_words_is_left_as_it_is(known: list[str]) -> None:
    query = ", ".join(known)
    assert SPELLER.mended(query) == query
    assert SPELLER.expand(query) == {}


@given(st.text() | st.text(alphabet="abegnorzk tv1é@.-'", max_size=60))
@settings(deadline=None)
def test_any_text_can_be_mended(query: str) -> None:
    mended, terms = SPELLER.mended(query), SPELLER.expand(query)
    assert all(0 < weight < 1 and word == fold(word) and word not in STOP_WORDS for word, weight in terms.items())
    if mended == query:
        assert terms == {}


def test_the_order_of_the_texts_changes_nothing() -> None:
    other = Speller(TEXTS[::-1], NAMES[::-1], ASKED[::-1])
    typed = ("overenkomst", "contarct", "contrakt", "tarif", "kraamzorgaanbeider")
    assert [other.correct(word) for word in typed] == [SPELLER.correct(word) for word in typed]


def test_threads_get_the_same_mends() -> None:
    speller = Speller(TEXTS, NAMES, ASKED)
    queries = ["overenkomst tekenenvoor 1november", "kraam zorg tarif", "Carseq contrakt"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(speller.mended, queries)) == [SPELLER.mended(query) for query in queries]

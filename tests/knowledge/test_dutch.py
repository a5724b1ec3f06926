"""Folding, words, compounds and quotes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.dutch import LINKS, PART_LETTERS, STOP_WORDS, find_quote, fold, split_compound, stem, words

VOCABULARY = frozenset(
    {"zorg", "kraam", "kraamzorg", "overeenkomst", "aanbieder", "inkoop", "teken", "datum", "verkeer", "regels"}
    | {"patient", "huis", "arts", "artsen"}
)
DUTCH_LETTERS = "abcdefghijklmnopqrstuvwxyzéëïöü"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Patiënten", "patienten"),
        ("patiént", "patient"),
        ("COÖPERATIE", "cooperatie"),
        ("ﬁnanciële ﬂexibiliteit", "financiele flexibiliteit"),
        ("Ĳsland", "ijsland"),
        ("zbc’s ‘nu’ „ja”", "zbc's 'nu' \"ja\""),
        ("2026–2027 — e‑mail −5", "2026-2027 - e-mail -5"),
        ("zorg\u00adaanbieder\u200b", "zorgaanbieder"),
        ("€\u00a0300", "€ 300"),
        ("ｆｕｌｌ ２０２６", "full 2026"),
        ("œuvre Straße", "oeuvre strasse"),
        ("\U000e0041onzichtbaar", "onzichtbaar"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@settings(deadline=None)
def test_fold_is_idempotent_and_has_no_marks(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert not set(once) & set("éëïöüÉ’“”–—\u00ad\u200b")


def test_fold_is_idempotent_for_every_character_of_the_basic_plane() -> None:
    characters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [c for c in characters if fold(fold(c)) != fold(c)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("?! - ...", []),
        ("De ZBC’s van Noord", ["de", "zbc's", "van", "noord"]),
        ("per e-mail", ["per", "e-mail", "e", "mail"]),
        ("in- en verkoop", ["in", "en", "verkoop"]),
        ("en/of", ["en", "of"]),
        ("€ 300.000,- of 1,2 fte", ["300.000", "of", "1,2", "fte"]),
        ("om 17:00, zie 2.7.1.", ["om", "17:00", "zie", "2.7.1"]),
        ("2026–2027", ["2026-2027", "2026", "2027"]),
        ("post@zorg.nl", ["post", "zorg", "nl"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("overeenkomsten", "overeenkomst"), ("aanbieders", "aanbieder"), ("patienten", "patient"), ("zbc's", "zbc")],
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_stems_are_the_same_in_every_thread() -> None:
    given_words = [f"{first}{second}en" for first in "bdfklmnprst" for second in ("aak", "oor", "uit", "ijn")] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stem, given_words)) == [stem(word) for word in given_words]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("zorgovereenkomst", ("zorg", "overeenkomst")),
        ("tekendatum", ("teken", "datum")),
        ("verkeersregels", ("verkeer", "regels")),
        ("patientenzorg", ("patient", "zorg")),
        ("huisartsenzorg", ("huis", "artsen", "zorg")),
        ("kraamzorgaanbieder", ("kraamzorg", "aanbieder")),  # the fewest parts
        ("kraamzorgaanbieders", ("kraamzorg", "aanbieders")),  # the last part by its stem
        ("kraamzorg", ("kraam", "zorg")),  # itself a word, and a compound all the same
        ("zorg", ()),
        ("overeenkomst", ()),
        ("zorgs", ()),  # a link needs a part behind it
        ("zorgonbekend", ()),
        ("zorg2026", ()),
        ("zorg-inkoop", ()),
        ("", ()),
        ("zorg" * 17, ()),  # too long to be a word
    ],
)
def test_split_compound(word: str, parts: tuple[str, ...]) -> None:
    assert split_compound(word, VOCABULARY) == parts


def test_three_parts_where_no_two_are_known() -> None:
    assert split_compound("kraamzorgaanbieder", VOCABULARY - {"kraamzorg"}) == ("kraam", "zorg", "aanbieder")


def test_a_stop_word_is_no_part() -> None:
    assert split_compound("voorzorg", VOCABULARY | {"voor"}) == ()


@given(st.lists(st.tuples(st.sampled_from(sorted(VOCABULARY)), st.sampled_from(LINKS)), min_size=2, max_size=4))
def test_a_made_compound_is_split_into_known_parts_that_make_it(made: list[tuple[str, str]]) -> None:
    word = "".join(part + link for part, link in made[:-1]) + made[-1][0]
    parts = split_compound(word, VOCABULARY)
    assert 2 <= len(parts) <= len(made)
    assert all(len(part) >= PART_LETTERS for part in parts)
    assert all(part in VOCABULARY for part in parts[:-1])
    assert {parts[-1], stem(parts[-1])} & VOCABULARY
    assert word.startswith(parts[0])
    assert word.endswith(parts[-1])
    assert 0 <= len(word) - sum(map(len, parts)) <= 2 * (len(parts) - 1)


@given(st.text(DUTCH_LETTERS, max_size=80), st.frozensets(st.text(DUTCH_LETTERS, min_size=1, max_size=12)))
def test_any_split_has_long_enough_parts_in_order(word: str, vocabulary: frozenset[str]) -> None:
    parts = split_compound(word, vocabulary)
    assert len(parts) != 1
    position = 0
    for part in parts:
        position = word.index(part, position) + len(part)
        assert len(part) >= PART_LETTERS
        assert part not in STOP_WORDS


@pytest.mark.parametrize(
    ("quote", "text", "place"),
    [
        ("twee weken", "binnen twee weken na", (7, 17)),
        ("twee  weken", "binnen twee\n\tweken na", (7, 18)),
        (" twee\nweken ", "twee\u00a0weken", (0, 10)),
        ("a b", "a a b", (2, 5)),
        ("€ 5 (p.p.)", "kost € 5 (p.p.) nu", (5, 15)),
        ("Twee weken", "twee weken", None),
        ("patient", "patiënt", None),
        ("twee weken", "tweeweken", None),
        ("tweeweken", "twee weken", None),
        ("", "tekst", None),
        (" \n", "tekst met wit", None),
        ("tekst", "", None),
    ],
)
def test_find_quote(quote: str, text: str, place: tuple[int, int] | None) -> None:
    assert find_quote(quote, text) == place


@given(st.text(), st.text(min_size=1).filter(lambda quote: bool(quote.split())), st.text(), st.data())
def test_a_quote_is_found_whatever_its_white_space(before: str, quote: str, after: str, data: st.DataObject) -> None:
    space = st.text(" \n\t\u00a0", min_size=1, max_size=3)
    stands = data.draw(space).join(quote.split())
    text = before + stands + after
    place = find_quote(quote, text)
    assert place is not None
    start, end = place
    assert text[start:end].split() == quote.split()
    assert start <= len(before)

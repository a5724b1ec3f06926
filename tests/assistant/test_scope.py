"""Which policies a question is about: two insurers, three care types, two years, all of them invented."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.said import SaidReader
from assistant.scope import ScopeReader, Understanding, insurer_named, narrowed, settled
from assistant.turn import HistoryTurn
from knowledge.records import Policy
from knowledge.thesaurus import load_thesaurus


def policy(policy_id: str, insurer: str, labels: tuple[str, ...], year: int, title: str, care: str) -> Policy:
    return Policy(
        id=policy_id, file=f"{policy_id}.txt", insurer=insurer, labels=labels, year=year, title=title, care=(care,)
    )


COAST, PEAT = ("Duinpolis", "Kust & Klaar"), ("Turfpolis",)
POLICIES = (
    policy("kust-farmacie-2027", "Noordkust", COAST, 2027, "Inkoopbeleid Farmacie 2027", "farmaceutische zorg"),
    policy("kust-farmacie-2026", "Noordkust", COAST, 2026, "Inkoopbeleid Farmacie 2026", "farmaceutische zorg"),
    policy("kust-kraamzorg-2026", "Noordkust", COAST, 2026, "Inkoopbeleid Kraamzorg 2026", "kraamzorg"),
    policy("veen-farmacie-2026", "Veenland", PEAT, 2026, "Beleid Farmacie 2026", "farmaceutische zorg"),
    policy("veen-msz-2026", "Veenland", PEAT, 2026, "Beleid MSZ 2026", "medisch-specialistische zorg"),
)
IDS = {p.id for p in POLICIES}
OF_COAST = {"kust-farmacie-2027", "kust-farmacie-2026", "kust-kraamzorg-2026"}
OF_PEAT = {"veen-farmacie-2026", "veen-msz-2026"}
PHARMACY = {"kust-farmacie-2027", "kust-farmacie-2026", "veen-farmacie-2026"}
READER = ScopeReader(POLICIES, load_thesaurus())


def read(question: str, *earlier: str, given: Mapping[str, object] | None = None) -> Understanding:
    return READER.read(question, [HistoryTurn(role="user", content=text) for text in earlier], given)


def open_to(understanding: Understanding) -> set[str]:
    """The policies that the evidence is taken from: those of the scope, or all where it names none."""
    assert not understanding.is_absent
    ids = set(understanding.scope.policy_ids)
    assert {p.id for p in understanding.policies} == (ids or IDS)
    return ids or IDS


@pytest.mark.parametrize(
    "question", ["Wat is de tekendatum?", "Waar vind ik het formulier?", "", "?", "Is er een toeslag voor de nacht?"]
)
def test_where_nothing_is_said_everything_is_open(question: str) -> None:
    understanding = read(question)
    assert open_to(understanding) == IDS
    assert understanding.scope.policy_ids == ()
    assert understanding.scope.said == understanding.scope.assumed == ()
    assert (understanding.scope.insurer, understanding.scope.care) == (None, None)
    assert not understanding.compares


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Wat is de tekendatum bij Noordkust?", OF_COAST),
        ("wat is de tekendatum bij noordkust", OF_COAST),
        ("NOORDKUST tekendatum", OF_COAST),
        ("Noordkust's loket", OF_COAST),
        ("Ik teken bij Duinpolis", OF_COAST),
        ("Ik teken bij kust & klaar", OF_COAST),
        ("Tekendatum Norodkust?", OF_COAST),
        ("Tekendatum Noordkst?", OF_COAST),
        ("Tekendatum Veenlandt?", OF_PEAT),
        ("Tekendatum Turfpolis?", OF_PEAT),
        ("Tekendatum Turfpollis?", OF_PEAT),
    ],
)
def test_an_insurer_is_known_by_name_by_label_and_with_a_typing_error(question: str, ids: set[str]) -> None:
    understanding = read(question)
    assert open_to(understanding) == ids
    assert understanding.scope.insurer == ("Noordkust" if ids == OF_COAST else "Veenland")
    assert understanding.scope.said == ("insurer",)


@pytest.mark.parametrize("question", ["Wat kost het aan de noordkant?", "Is het veen nat?", "In welk land geldt dat?"])
def test_a_word_that_only_looks_like_a_name_is_none(question: str) -> None:
    assert open_to(read(question)) == IDS


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("Wat is de tekendatum voor 2027?", 2027),
        ("Wat staat er in het beleid van 2027?", 2027),
        ("Wat geldt er in het contract 2027?", 2027),
        ("Welke overeenkomst 2027 krijg ik?", 2027),
        ("Wat is de tekendatum voor het jaar 2027?", 2027),
        ("Wat is de tekendatum 2026?", 2026),
        ("What is in the 2027 policy?", 2027),
        ("When do I sign for 2027?", 2027),
    ],
)
def test_a_policy_year_narrows(question: str, year: int) -> None:
    understanding = read(question)
    assert open_to(understanding) == {p.id for p in POLICIES if p.year == year}
    assert understanding.scope.year == year
    assert understanding.scope.said == ("year",)


@pytest.mark.parametrize(
    ("question", "is_named"),
    [
        ("Voor 2029 hebben wij een nieuw gebouw gepland. Is ons dossier nu goed genoeg?", False),
        ("- twee artsen\n- een derde komt voor 2030\nHalen we daarmee de norm?", False),
        ("We have a new site for 2029. Is one doctor enough?", False),
        ("Inkoop met twee andere; nog een wil er pas voor 2029 bij. Is drie genoeg?", False),
        ("Wij willen een contract voor 2029. Kan dat?", True),
        ("We vragen aan voor 2029. Hoe laat weten we het?", True),
        ("Is er al iets voor 2029?", True),
        ("Ik zoek iets voor 2029", True),
    ],
)
def test_a_year_that_is_told_by_the_way_is_no_policy_year(question: str, is_named: bool) -> None:
    assert ("year" in read(question).scope.said) is is_named


@pytest.mark.parametrize(
    "question",
    [
        "Moet ik vóór 1 november 2025 tekenen?",
        "Moet ik voor 1 november 2025 tekenen?",
        "Kan ik tot en met 01-11-2025 tekenen?",
        "Kan ik tot 1/11/2025 tekenen?",
        "Ik ben gestart op 3 maart 2025, mag ik meedoen?",
        "Ik ben gestart in maart 2025, mag ik meedoen?",
        "Can I sign until 3 March 2025?",
        "Wij hebben 2025 patiënten, is dat genoeg?",
    ],
)
def test_a_year_inside_a_date_or_a_number_is_no_policy_year(question: str) -> None:
    understanding = read(question)
    assert open_to(understanding) == IDS
    assert "year" not in understanding.scope.said


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Wat is er veranderd ten opzichte van 2025?", IDS),
        ("Wat is er gewijzigd t.o.v. 2025?", IDS),
        ("Wat is er nieuw vergeleken met 2025?", IDS),
        ("Wat is er anders sinds 2025?", IDS),
        ("Wat is er anders dan in het beleid van 2025?", IDS),
        ("Wat verandert er in 2027 ten opzichte van 2026?", {"kust-farmacie-2027"}),
        ("What has changed compared to 2025?", IDS),
    ],
)
def test_a_year_that_is_compared_with_does_not_narrow(question: str, ids: set[str]) -> None:
    assert open_to(read(question)) == ids


@pytest.mark.parametrize(
    ("question", "concept", "ids"),
    [
        ("Welke voorwaarden gelden voor kraamzorg?", "kraamzorg", {"kust-kraamzorg-2026"}),
        ("Wij zijn een kraambureau", "kraamzorg", {"kust-kraamzorg-2026"}),
        ("Wat geldt voor kraamzorgaanbieders?", "kraamzorg", {"kust-kraamzorg-2026"}),
        ("Wat staat er in het kraamzorgbeleid?", "kraamzorg", {"kust-kraamzorg-2026"}),
        ("Wat geldt voor een apotheker?", "farmaceutische zorg", PHARMACY),
        ("Wat geldt voor apotheken?", "farmaceutische zorg", PHARMACY),
        ("Wanneer krijg ik mijn apotheekcontract?", "farmaceutische zorg", PHARMACY),
        ("Wanneer krijg ik mijn farmacontract?", "farmaceutische zorg", PHARMACY),
        ("Which conditions apply to pharmaceutical care?", "farmaceutische zorg", PHARMACY),
        ("Wat is de tekendatum voor MSZ?", "medisch-specialistische zorg", {"veen-msz-2026"}),
        ("Waar vind ik de vragenlijst kraamzorg?", "kraamzorg", {"kust-kraamzorg-2026"}),
        ("Wat krijgt een ziekenhuis?", "medisch-specialistische zorg", {"veen-msz-2026"}),
        ("Wanneer komt het ziekenhuiscontract?", "medisch-specialistische zorg", {"veen-msz-2026"}),
    ],
)
def test_care_is_known_by_its_provider_a_compound_and_an_abbreviation(
    question: str, concept: str, ids: set[str]
) -> None:
    understanding = read(question)
    assert open_to(understanding) == ids
    assert understanding.scope.care == concept
    assert understanding.scope.said == ("care",)


@pytest.mark.parametrize("word", ["farmahoplie", "orthopedisch", "zelfstandig", "hoplafarma's"])
def test_letters_that_stand_with_no_word_name_no_care_type(word: str) -> None:
    assert open_to(read(f"Wat geldt er {word}?")) == IDS


FEET = SaidReader(
    [policy("kust-hulpmiddelen-2027", "Noordkust", COAST, 2027, "Hulpmiddelen 2027", "prothesen en orthesen")],
    (),
    load_thesaurus(),
)


@pytest.mark.parametrize(
    ("text", "names_it"),
    [
        ("een teenprothese", True),  # behind four letters
        ("een oorprothese", True),  # behind three, as it is long
        ("een aprothese", False),
        ("een orthoprothesetarief", False),
    ],
)
def test_a_long_part_names_a_care_type_behind_a_short_word(text: str, names_it: bool) -> None:
    assert bool(FEET.care_in(text)) is names_it


def test_insurer_year_and_care_together_name_one_policy() -> None:
    understanding = read("Wat is de tekendatum voor apotheken in het beleid van 2026 van Veenland?")
    assert open_to(understanding) == {"veen-farmacie-2026"}
    assert set(understanding.scope.said) == {"insurer", "year", "care"}
    scope = understanding.scope
    assert (scope.insurer, scope.year, scope.care) == ("Veenland", 2026, "farmaceutische zorg")


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("kraamzorg 2026 wanneer tekenen", {"kust-kraamzorg-2026"}),
        ("farmacie 2027 voorwaarden graag", {"kust-farmacie-2027"}),
        ("Noordkust 2027 voorwaarden graag", {"kust-farmacie-2027"}),
        ("Kust & Klaar 2027, wat wijzigt er?", {"kust-farmacie-2027"}),
        ("medisch-specialistische zorg 2026 aanvragen", {"veen-msz-2026"}),
        ("Wij leveren kraamzorg sinds 2019 in Noord", {"kust-kraamzorg-2026"}),
        ("Wij zijn van Noordkust, in 2019 overgestapt", OF_COAST),
    ],
)
def test_a_year_straight_behind_a_name_is_the_policys(question: str, ids: set[str]) -> None:
    assert open_to(read(question)) == ids


def test_a_year_behind_a_care_type_that_is_not_on_file_is_named() -> None:
    assert read("kraamzorg 2027 wanneer tekenen").absent_year == 2027


@pytest.mark.parametrize(
    ("question", "absent", "missing"),
    [
        ("Wat eisen VGZ en Menzis van apotheken?", {"VGZ", "Menzis"}, ()),
        ("Wat is het verschil tussen Noordkust en Menzis?", set(), ("Menzis",)),
        ("Wat eist Noordkust?", set(), ()),
    ],
)
def test_every_insurer_that_is_not_on_file_is_named(question: str, absent: set[str], missing: tuple[str, ...]) -> None:
    understanding = read(question)
    assert set(filter(None, (understanding.absent_insurer or "").split(" / "))) == absent
    assert understanding.missing_insurers == missing


@pytest.mark.parametrize(
    ("cited", "ids", "assumed"),
    [
        ((POLICIES[2],), ("kust-kraamzorg-2026",), ("year", "care")),
        ((POLICIES[1], POLICIES[2]), ("kust-farmacie-2027", "kust-farmacie-2026", "kust-kraamzorg-2026"), ()),
        ((), ("kust-farmacie-2027", "kust-farmacie-2026", "kust-kraamzorg-2026"), ()),
    ],
)
def test_an_answer_from_one_policy_settles_what_was_not_said(
    cited: tuple[Policy, ...], ids: tuple[str, ...], assumed: tuple[str, ...]
) -> None:
    scope = settled(read("Wat eist Noordkust?").scope, cited)
    assert (scope.policy_ids, scope.said, scope.assumed) == (ids, ("insurer",), assumed)


@pytest.mark.parametrize("question", ["Wat koopt Menzis in?", "tekendatum cz?", "Wat doet DSW met kraamzorg?"])
def test_an_insurer_that_is_not_on_file_is_named(question: str) -> None:
    understanding = read(question)
    assert understanding.absent_insurer in ("Menzis", "CZ", "DSW")
    assert understanding.scope.insurer == understanding.absent_insurer
    assert understanding.is_absent


@pytest.mark.parametrize(
    ("question", "is_named"),
    [
        ("Hoeveel stappen heeft de richtlijn van 2019?", False),
        ("Welke doelen heeft de landelijke visie kraamzorg 2035?", False),
        ("Wat zegt het standpunt van het instituut uit 2021 over kraamzorg?", False),
        ("Geldt het sectorakkoord 2019 nog?", False),
        ("Is the 2021 guideline still used?", False),
        ("How many steps are in the guideline of 2019?", False),
        ("Wat is de visie op het kraamzorgbeleid van 2029?", True),
        ("Heeft u advies voor 2029?", True),
        ("Is de richtlijn ook voorwaarde in het contract van 2029?", True),
        ("Wanneer teken ik het kraamzorgcontract 2029?", True),
        ("Staat dat in de kraamzorgovereenkomst van 2029?", True),
    ],
)
def test_the_year_of_a_paper_is_no_policy_year(question: str, is_named: bool) -> None:
    assert ("year" in read(question).scope.said) is is_named


@pytest.mark.parametrize(
    ("question", "year", "insurer"),
    [
        ("Wat staat er in het beleid van 2029?", 2029, None),
        ("Wat is de tekendatum bij Noordkust voor 2025?", 2025, "Noordkust"),
        ("Tekendatum Veenland 2027?", 2027, "Veenland"),
        ("Wat geldt er voor kraamzorg in het contract 2027?", 2027, None),
    ],
)
def test_a_year_that_is_not_on_file_is_named(question: str, year: int, insurer: str | None) -> None:
    understanding = read(question)
    assert (understanding.absent_year, understanding.absent_insurer) == (year, None)
    assert (understanding.scope.year, understanding.scope.insurer) == (year, insurer)


@pytest.mark.parametrize(
    ("question", "care", "insurer"),
    [
        ("Is er ook beleid voor fysiotherapie?", "fysiotherapie", None),
        ("Ik ben fysiotherapeut, wanneer teken ik?", "fysiotherapie", None),
        ("Heeft Veenland beleid voor kraamzorg?", "kraamzorg", "Veenland"),
        ("Wat is de tekendatum voor wijkverpleging bij Noordkust?", "wijkverpleging", "Noordkust"),
    ],
)
def test_a_care_type_without_a_policy_is_named(question: str, care: str, insurer: str | None) -> None:
    understanding = read(question)
    assert (understanding.absent_care, understanding.absent_insurer) == (care, None)
    assert (understanding.scope.care, understanding.scope.insurer) == (care, insurer)
    assert {p.insurer for p in understanding.policies} == ({insurer} if insurer else {"Noordkust", "Veenland"})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wat koopt Menzis in?", {"insurer"}),
        ("Tekendatum Veenland voor 2027?", {"insurer", "year"}),
        ("Heeft Veenland beleid voor kraamzorg?", {"insurer", "care"}),
    ],
)
def test_what_was_said_is_told_too_when_it_is_not_on_file(question: str, said: set[str]) -> None:
    understanding = read(question)
    assert understanding.is_absent
    assert set(understanding.scope.said) == said


ABOUT_MATERNITY = "Wat is de tekendatum voor kraamzorg bij Noordkust in het beleid van 2026?"


def test_a_follow_up_goes_on_in_the_scope_of_the_conversation() -> None:
    understanding = read("En het mailadres?", ABOUT_MATERNITY)
    assert open_to(understanding) == {"kust-kraamzorg-2026"}
    assert understanding.scope.said == ()
    assert set(understanding.scope.assumed) == {"insurer", "year", "care"}


@pytest.mark.parametrize(
    ("question", "earlier", "ids"),
    [
        ("En voor apotheken?", (ABOUT_MATERNITY,), {"kust-farmacie-2026"}),
        ("En bij Veenland?", ("Wat is de tekendatum voor apotheken bij Noordkust?",), {"veen-farmacie-2026"}),
        ("En voor 2027?", ("Wat is de tekendatum voor apotheken in het beleid van 2026?",), {"kust-farmacie-2027"}),
        ("En het mailadres?", ("Tekendatum MSZ bij Veenland?", "En voor apotheken?"), {"veen-farmacie-2026"}),
        ("En het mailadres?", ("Tekendatum bij Veenland?", "En bij Noordkust?"), OF_COAST),
        ("En voor apotheken?", ("Tekendatum MSZ bij Veenland?",), {"veen-farmacie-2026"}),
        ("En voor wondzorg?", ("Tekendatum MSZ bij Veenland?",), {"veen-msz-2026"}),
    ],
)
def test_what_is_said_now_overrules_what_was_said_before(
    question: str, earlier: tuple[str, ...], ids: set[str]
) -> None:
    assert open_to(read(question, *earlier)) == ids


def test_who_goes_back_to_the_care_of_another_insurer_no_longer_asks_about_the_one_between() -> None:
    understanding = read(
        "Terug naar de ziekenhuizen: wanneer is dat?", "Tekendatum MSZ?", "en apotheken bij Noordkust?"
    )
    assert open_to(understanding) == {"veen-msz-2026"}
    assert understanding.scope.insurer is None
    assert open_to(read("En voor wondzorg bij Noordkust?", "Tekendatum bij Noordkust?")) == OF_COAST
    kept = read("En voor ziekenhuizen?", "Tekendatum apotheken bij Noordkust?")
    assert kept.scope.insurer == "Noordkust", "nothing was asked about hospitals before"


@pytest.mark.parametrize(
    ("question", "earlier", "care"),
    [
        ("Moeten we 24 uur kraamzorg garanderen?", (), "kraamzorg"),
        ("en zonder KSV?", (ABOUT_MATERNITY,), "kraamzorg"),
        ("en zonder KSV?", ("Tekendatum voor een kraambureau?", "Wat is het KSV?"), "kraamzorg"),
        ("En een IUD?", ("Tekendatum voor apotheken?",), "farmaceutische zorg"),
        (
            "en daarna?",
            ("Tekendatum kraamzorg?", "Het ziekenhuis doet mee, de apotheek ook, de verloskundigen niet."),
            "kraamzorg",
        ),
        ("en daarna?", ("Tekendatum kraamzorg?", "De apotheek doet mee."), "farmaceutische zorg"),
        ("en onze apotheektak?", (ABOUT_MATERNITY,), "farmaceutische zorg"),
    ],
)
def test_the_care_of_a_part_of_care_is_named(question: str, earlier: tuple[str, ...], care: str) -> None:
    assert read(question, *earlier).scope.care == care


def test_what_the_assistant_said_narrows_nothing() -> None:
    history = [HistoryTurn(role="assistant", content="Dat staat in het beleid van Veenland voor MSZ.")]
    assert READER.read("En het mailadres?", history).scope.policy_ids == ()


def test_an_insurer_that_is_not_on_file_stays_the_subject_of_the_conversation() -> None:
    assert read("En het mailadres?", "Wat is de tekendatum bij Menzis?").absent_insurer == "Menzis"
    assert open_to(read("En bij Veenland?", "Wat is de tekendatum bij Menzis?")) == OF_PEAT


def test_what_is_absent_is_told_with_the_care_of_the_conversation() -> None:
    # Noordkust has a policy for 2027, but not for the maternity care that the conversation is about.
    understanding = read("En voor 2027?", ABOUT_MATERNITY)
    assert understanding.absent_year == 2027
    assert understanding.scope.care == "kraamzorg"


@pytest.mark.parametrize(
    ("given", "ids", "assumed"),
    [
        ({"insurer": "Noordkust"}, OF_COAST, {"insurer"}),
        ({"insurer": "noordkust"}, OF_COAST, {"insurer"}),
        ({"insurer": "Duinpolis"}, OF_COAST, {"insurer"}),
        ({"year": 2027}, {"kust-farmacie-2027"}, {"year"}),
        ({"care": "kraamzorg"}, {"kust-kraamzorg-2026"}, {"care"}),
        ({"care": "apotheek"}, PHARMACY, {"care"}),
        (
            {"insurer": "Noordkust", "year": 2026, "care": "farmacie"},
            {"kust-farmacie-2026"},
            {"insurer", "year", "care"},
        ),
        ({"insurer": None, "year": None, "care": None}, IDS, set()),
        ({"insurer": "", "care": ""}, IDS, set()),
        ({}, IDS, set()),
    ],
)
def test_the_callers_own_choice_narrows(given: dict[str, object], ids: set[str], assumed: set[str]) -> None:
    understanding = read("Wat is de tekendatum?", given=given)
    assert open_to(understanding) == ids
    assert set(understanding.scope.assumed) == assumed
    assert understanding.scope.said == ()


def test_the_callers_choice_goes_before_the_conversation_and_behind_the_question() -> None:
    given = {"insurer": "Noordkust"}
    assert open_to(read("Wat is de tekendatum?", "Hoe is het bij Veenland?", given=given)) == OF_COAST
    assert open_to(read("Wat is de tekendatum bij Veenland?", given=given)) == OF_PEAT


@pytest.mark.parametrize(
    ("given", "absent"),
    [
        ({"insurer": "Menzis"}, ("Menzis", None, None)),
        ({"insurer": "Zorgverzekeraar Onbekend"}, ("Zorgverzekeraar Onbekend", None, None)),
        ({"year": 2030}, (None, 2030, None)),
        ({"insurer": "Veenland", "year": 2027}, (None, 2027, None)),
        ({"care": "fysiotherapie"}, (None, None, "fysiotherapie")),
    ],
)
def test_a_choice_of_the_caller_that_is_not_on_file_is_absent_and_opens_no_other_policy(
    given: dict[str, object], absent: tuple[str | None, int | None, str | None]
) -> None:
    understanding = read("Wat is de tekendatum?", given=given)
    assert (understanding.absent_insurer, understanding.absent_year, understanding.absent_care) == absent


@pytest.mark.parametrize("given", [{"insurer": 5}, {"year": True}, {"year": [2027]}, {"care": {}}, {"kleur": "rood"}])
def test_a_choice_that_is_no_insurer_year_or_care_is_no_error(given: dict[str, object]) -> None:
    assert open_to(read("Wat is de tekendatum?", given=given))


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Wat is het verschil tussen Noordkust en Veenland voor apotheken in het beleid van 2026?",
         {"kust-farmacie-2026", "veen-farmacie-2026"}),
        ("Vergelijk kraamzorg en farmacie bij Noordkust in het beleid van 2026.",
         {"kust-farmacie-2026", "kust-kraamzorg-2026"}),
        ("Wat is de tekendatum voor apotheken en die voor ziekenhuizen bij Veenland?", OF_PEAT),
    ],
)  # fmt: skip
def test_two_that_are_both_named_are_compared(question: str, ids: set[str]) -> None:
    understanding = read(question)
    assert open_to(understanding) == ids
    assert understanding.compares


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        # a policy each, where they are few
        ("Wat is het verschil tussen Noordkust en Veenland voor apotheken in het beleid van 2026?",
         [{"kust-farmacie-2026"}, {"veen-farmacie-2026"}]),
        ("Vergelijk kraamzorg en farmacie bij Noordkust in het beleid van 2026.",
         [{"kust-farmacie-2026"}, {"kust-kraamzorg-2026"}]),
        # the policies of each insurer that was named, where they are many
        ("Wat is het verschil tussen Noordkust en Veenland?", [OF_COAST, OF_PEAT]),
        ("Wat is het verschil tussen Veenland en Noordkust?", [OF_PEAT, OF_COAST]),
        ("Tekendatum bij Duinpolis en bij Turfpolis?", [OF_COAST, OF_PEAT]),
        # of each year
        ("Wat is het verschil tussen het beleid van 2026 en het beleid van 2027?",
         [IDS - {"kust-farmacie-2027"}, {"kust-farmacie-2027"}]),
        ("Vergelijk het beleid van 2027 en het beleid van 2026 van Noordkust voor farmacie.",
         [{"kust-farmacie-2027"}, {"kust-farmacie-2026"}]),
        # nothing to compare
        ("Wat is het verschil tussen die van Veenland?", [{"veen-farmacie-2026"}, {"veen-msz-2026"}]),
        ("Wat is het verschil?", []),
        ("Tekendatum bij Noordkust?", []),
    ],
)  # fmt: skip
def test_the_sides_of_a_comparison(question: str, sides: list[set[str]]) -> None:
    understanding = read(question)
    found = [{policy.id for policy in side} for side in understanding.groups]
    assert found == sides or (len(sides) == 2 and found == sides[::-1])
    assert understanding.compares == bool(sides)
    assert {policy for side in found for policy in side} <= {policy.id for policy in understanding.policies}


@pytest.mark.parametrize(
    ("question", "earlier", "said", "assumed"),
    [
        ("Wat is de tekendatum?", (), (), {"insurer", "year", "care"}),
        ("Wat is de tekendatum bij Noordkust?", (), ("insurer",), {"year", "care"}),
        ("En de tekendatum?", ("Wat eist Noordkust?",), (), {"insurer", "year", "care"}),
        ("En voor apotheken?", ("Wat eist Noordkust?",), ("care",), {"insurer", "year"}),
    ],
)
def test_an_understanding_narrowed_to_a_policy_assumes_what_was_not_said(
    question: str, earlier: tuple[str, ...], said: tuple[str, ...], assumed: set[str]
) -> None:
    before = read(question, *earlier)
    after = narrowed(before, POLICIES[0])
    assert after.policies == (POLICIES[0],)
    assert (after.scope.policy_ids, after.scope.insurer, after.scope.year) == ((POLICIES[0].id,), "Noordkust", 2027)
    assert (after.scope.said, set(after.scope.assumed)) == (said, assumed)
    assert len(after.scope.assumed) == len(assumed)
    assert (after.compares, after.is_absent, after.missing_insurers) == (False, False, before.missing_insurers)
    assert before.policies != after.policies  # the one that was narrowed stays as it was


@pytest.mark.parametrize(
    "question", ["Wat is de tekendatum bij Noordkust?", "Tekendatum kraamzorg bij Noordkust?", "Wat is het verschil?"]
)
def test_one_that_is_named_is_not_compared(question: str) -> None:
    assert not read(question).compares


@pytest.mark.parametrize(
    ("text", "concept", "named"),
    [
        ("Dit geldt voor kraamzorg", "kraamzorg", True),
        ("het kraamzorgbeleid", "kraamzorg", True),
        ("Dit geldt voor het kraambureau", "kraamzorg", True),
        ("Dit geldt voor de apotheek", "kraamzorg", False),
        ("de vragenlijst kraamzorg", "kraamzorg", True),
        ("het handvest van de apotheker", "farmaceutische zorg", False),
        ("zelfstandigen", "mondzorg", False),
        ("de bereikbaarheid", "bevalling", False),
        ("de thuisbevalling", "bevalling", True),
        ("een aanmelding", "eerstelijnsdiagnostiek", False),
        ("termijnecho's", "echoscopie", True),
        ("", "kraamzorg", False),
    ],
)
def test_whether_a_text_names_a_care_type(text: str, concept: str, named: bool) -> None:
    assert READER.names(text, concept) is named


def test_without_policies_nothing_is_open_and_nothing_breaks() -> None:
    understanding = ScopeReader((), load_thesaurus()).read("Wat is de tekendatum bij Menzis?")
    assert (understanding.absent_insurer, understanding.policies) == ("Menzis", ())
    assert ScopeReader((), load_thesaurus()).read("Wat is de tekendatum?").policies == ()


PEAT_READER = ScopeReader(POLICIES, load_thesaurus(), "Veenland")


@pytest.mark.parametrize(
    ("question", "earlier", "given"),
    [
        ("Wat is de tekendatum?", (), None),
        ("Wat is de tekendatum voor kraamzorg?", (), None),
        ("Wat is de tekendatum in 2026?", ("Wat zegt Noordkust over farmacie?",), None),
        ("En bij Turfpolis?", ("Wat zegt Menzis?",), None),
        ("Wat is het verschil tussen Noordkust en Veenland?", (), None),
        ("Welke eisen zijn er?", (), {"insurer": "Turfpolis", "year": 2026}),
    ],
)
def test_a_reader_of_one_insurer_never_opens_another_ones_policies(
    question: str, earlier: tuple[str, ...], given: Mapping[str, object] | None
) -> None:
    history = [HistoryTurn(role="user", content=text) for text in earlier]
    understanding = PEAT_READER.read(question, history, given)
    assert understanding.only_insurer == "Veenland"
    assert not understanding.absent_insurer
    assert {policy.id for policy in understanding.policies} <= OF_PEAT
    assert understanding.is_absent or set(understanding.scope.policy_ids) <= OF_PEAT
    assert understanding.is_absent or understanding.scope.policy_ids != ()


@pytest.mark.parametrize(
    ("question", "given", "absent"),
    [
        ("Wat zegt Noordkust over farmacie?", None, "Noordkust"),
        ("Wat zegt Duinpolis over farmacie?", None, "Duinpolis"),
        ("Wat zegt Menzis?", None, "Menzis"),
        ("Welke eisen zijn er?", {"insurer": "Noordkust"}, "Noordkust"),
    ],
)
def test_a_reader_of_one_insurer_names_another_one_as_absent(
    question: str, given: Mapping[str, object] | None, absent: str
) -> None:
    assert PEAT_READER.read(question, given=given).absent_insurer == absent


def test_an_insurer_that_is_not_on_file_has_no_policies_at_all() -> None:
    understanding = ScopeReader(POLICIES, load_thesaurus(), "Menzis").read("Wat is de tekendatum?")
    assert (understanding.policies, understanding.absent_insurer) == ((), "Menzis")


@pytest.mark.parametrize(
    ("name", "insurer"),
    [
        ("noordkust", "Noordkust"),
        ("NOORDKUST", "Noordkust"),
        ("kust-klaar", "Noordkust"),
        ("Kust & Klaar", "Noordkust"),
        ("turfpolis", "Veenland"),
        ("", None),
        ("noord", None),
    ],
)
def test_an_insurer_is_known_by_its_name_or_a_label(name: str, insurer: str | None) -> None:
    assert insurer_named(POLICIES, name) == insurer

"""Rules against the text: found by section and by what stands together there, read from the spot, or refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from api.terminal import report_text
from ingest import prove
from ingest.parse import parse_policy
from ingest.pipeline import check, ingest
from ingest.proof_finder import LONGEST_WINDOW
from ingest.prove import prove_rules
from ingest.read_text import read_markdown
from knowledge.records import Policy, PolicyText
from knowledge.rules.card import CardFile
from knowledge.rules.load import bundled_cards
from knowledge.rules.proven import PolicyRules, ProvenRule, ProvenValue, Spot
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.snapshot_build import build_snapshot
from tests.conftest import entry, policy_markdown, write_manifest, write_policies
from tests.fakes import FakeEncoder, policy_text
from tests.small_rules import CARDS, POLICY_ID, REFUSED, RULE_IDS, small_source, small_text

FAMILY, ID = "noord-fysio", "noord-fysio-2026"
FILLING = (
    "Dit beleid beschrijft hoe wij zorg inkopen bij praktijken in de regio en wat wij daarbij van hen vragen. " * 3
)


def said(text: str) -> dict[str, str]:
    return {"nl": text, "en": f"{text} (en)"}


def proof(*holds: str, sections: tuple[str, ...] = ("1",)) -> dict[str, Any]:
    return {"sections": list(sections), "holds": list(holds)}


def card(parameters: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "id": "regel", "kind": "contact", "title": said("regel"), "asks": ["een?", "twee?", "drie?"],
        "what": said("vragen"), "parameters": parameters or {}, **fields,
    }  # fmt: skip


def cards(*rules: dict[str, Any], years: tuple[int, ...] = (2026,)) -> CardFile:
    facts = [{"name": "iso", "kind": "yes_no", "label": said("iso"), "ask": said("iso?")}]
    return CardFile.model_validate({"policy": FAMILY, "years": years, "facts": facts, "rules": rules})


def policy(*sentences: str, policy_id: str = ID) -> PolicyText:
    """A policy of one section, a passage a sentence or more."""
    return policy_text(policy_id, [("Planning", sentences)])


def of_year(text: PolicyText, year: int) -> PolicyText:
    changed = text.policy.model_copy(update={"id": f"{FAMILY}-{year}", "year": year})
    return text.model_copy(update={"policy": changed})


def parsed(folder: Path, markdown: str) -> PolicyText:
    """A policy as an ingest reads it, with lists and tables."""
    path = folder / "noord.md"
    path.write_text(f"{markdown}\n\n## 9 Slot\n\n{FILLING}\n", "utf-8")
    made = Policy(id=ID, file=path.name, insurer="Noord", year=2026, title="Inkoopbeleid Fysiotherapie 2026")
    return parse_policy(made, read_markdown(path))


def spot_of(text: PolicyText, *holds: str, sections: tuple[str, ...] = ("1",)) -> str | None:
    """The words that prove a rule as a whole; None where it is refused."""
    rules = prove_rules(text, [cards(card(proof=proof(*holds, sections=sections)))])
    return words(text, rules.proven[0].spots["rule"]) if rules.proven else None


def words(text: PolicyText, spot: Spot) -> str:
    passage = next(each for each in text.passages if each.id == spot.passage_id)
    assert passage.start <= spot.start < spot.end <= passage.end
    return text.text[spot.start : spot.end]


def value_of(
    text: PolicyText, value: Any, unit: str, *holds: str, years: tuple[int, ...] = (2026,)
) -> ProvenValue | str:
    """A value as the text proves it, or why it does not."""
    parameter = {"value": value, "unit": unit, "proof": proof(*holds)}
    rules = prove_rules(text, [cards(card({"least": parameter}), years=years)])
    return rules.proven[0].values["least"] if rules.proven else "; ".join(rules.refused[0].reasons)


# Which cards are for a policy


def test_a_family_without_cards_has_no_rules() -> None:
    other = policy("U tekent in het portaal.", policy_id="zuid-fysio-2026")
    assert prove_rules(other, [cards(card())]) == PolicyRules(policy_id="zuid-fysio-2026")
    assert prove_rules(other, []) == prove_rules(other)


def test_the_bundled_cards_are_tried_where_none_are_given() -> None:
    family = bundled_cards()[0]
    text = policy("Hier staat niets.", policy_id=f"{family.policy}-2026")
    rules = prove_rules(text)
    assert (rules.facts, rules.proven, len(rules.cards)) == (family.facts, (), 12)
    assert [each.rule_id for each in rules.refused] == [each.id for each in family.rules]
    assert all(each.reasons for each in rules.refused)


def test_the_cards_of_the_own_family_are_taken() -> None:
    other = CardFile.model_validate({"policy": "zuid-fysio", "years": [2026], "rules": [{**card(), "id": "ander"}]})
    rules = prove_rules(policy("Wij kopen in."), [other, cards(card())])
    assert [each.id for each in rules.proven] == ["regel"]


def test_a_rule_that_wants_no_proof_stands() -> None:
    (rule,) = prove_rules(policy("Wij kopen in."), [cards(card())]).proven
    assert (rule.policy_id, rule.year, rule.id, dict(rule.values), dict(rule.spots)) == (ID, 2026, "regel", {}, {})


# Phrases that stand together

THREE = "U vraagt een overeenkomst aan. Dat doet u in het portaal. Een AGB-code is nodig. Wij antwoorden snel."


@pytest.mark.parametrize(
    ("holds", "found"),
    [
        (("portaal",), "Dat doet u in het portaal."),
        (("PORTAAL", "dat  doet"), "Dat doet u in het portaal."),
        (("agb-code",), "Een AGB-code is nodig."),
        (("post|portaal",), "Dat doet u in het portaal."),
        (("portaal|overeenkomst",), "U vraagt een overeenkomst aan."),
        (("post|fax",), None),
        (("portaal", "post|fax"), None),
        (("overeenkomst", "portaal"), "U vraagt een overeenkomst aan. Dat doet u in het portaal."),
        (
            ("overeenkomst", "agb-code"),
            "U vraagt een overeenkomst aan. Dat doet u in het portaal. Een AGB-code is nodig.",
        ),
        (("overeenkomst", "snel"), None),
        (("portaal", "agb-code|snel"), "Dat doet u in het portaal. Een AGB-code is nodig."),
        ((), "U vraagt een overeenkomst aan."),
    ],
)
def test_phrases_stand_in_one_sentence_or_in_few_that_follow(holds: tuple[str, ...], found: str | None) -> None:
    """Up to three; the smallest stretch that holds them all, and of those the first."""
    assert LONGEST_WINDOW == 3
    assert spot_of(policy(THREE), *holds) == found


def test_sentences_of_two_passages_do_not_stand_together() -> None:
    assert spot_of(policy("U vraagt aan.", "Dat kan in het portaal."), "vraagt", "portaal") is None


@pytest.mark.parametrize("sentence", ["Cliënten en één coördinator.", "CLIENTEN EN EEN\n COORDINATOR."])
def test_accents_case_and_white_space_do_not_matter(sentence: str) -> None:
    assert spot_of(policy(sentence), "cliënten", "een|twee", "coordinator") is not None


SECTIONS = [("Planning", ["U tekent in mei."]), ("Contact", ["U tekent of mailt ons."])]


@pytest.mark.parametrize(
    ("sections", "holds", "found"),
    [
        (("1",), ("tekent",), "U tekent in mei."),
        (("2",), ("tekent",), "U tekent of mailt ons."),
        (("3",), ("tekent",), None),
        (("1",), ("mailt",), None),
        (("3", "2"), ("tekent",), "U tekent of mailt ons."),
        (("2", "1"), ("tekent",), "U tekent of mailt ons."),
        (("1", "2"), ("mailt",), "U tekent of mailt ons."),
        (("3",), (), None),
    ],
)
def test_the_section_is_named_and_the_first_one_named_goes_first(
    sections: tuple[str, ...], holds: tuple[str, ...], found: str | None
) -> None:
    assert spot_of(policy_text(ID, SECTIONS), *holds, sections=sections) == found


def test_a_section_may_be_named_by_its_title(tmp_path: Path) -> None:
    """Where it has no number, in any case."""
    text = parsed(tmp_path, "## Over ons\n\nWij kopen zorg in bij praktijken.")
    assert spot_of(text, "praktijken", sections=("OVER  ONS",)) == "Wij kopen zorg in bij praktijken."


def test_the_heading_counts(tmp_path: Path) -> None:
    text = parsed(tmp_path, "## 1 Uiterlijk tekenen\n\nDat kan tot in mei.")
    assert spot_of(text, "tekenen", "mei") == "Dat kan tot in mei."


SHORT_LIST = """## 1 Eisen

Een praktijk voldoet aan deze eisen:

- een AGB-code
- een klachtenregeling
- een website
"""


@pytest.mark.parametrize(
    ("holds", "found"),
    [
        (("klachtenregeling",), "een klachtenregeling"),
        (("praktijk", "agb-code"), "een AGB-code"),
        (("praktijk", "klachtenregeling"), "een klachtenregeling"),
        (("agb-code", "website"), "een AGB-code een klachtenregeling een website"),
        (("ziekenhuis", "agb-code"), None),
    ],
)
def test_the_items_of_a_short_list_follow_its_lead_in(
    tmp_path: Path, holds: tuple[str, ...], found: str | None
) -> None:
    told = spot_of(parsed(tmp_path, SHORT_LIST), *holds)
    assert (" ".join(told.split()) if told else None) == found


def test_the_lead_in_of_a_short_list_counts_for_all_its_items(tmp_path: Path) -> None:
    assert spot_of(parsed(tmp_path, SHORT_LIST), "praktijk", "website") == "een website"


LONG_LIST = "## 1 Eisen\n\nEen praktijk voldoet aan deze eisen:\n\n" + "\n".join(
    f"- {subject}: de afspraken daarover staan op papier en zijn met iedere medewerker besproken"
    for subject in [f"onderwerp {letter * 3}" for letter in "abcdefghijklmnopqrstuvwxyz"]
)


@pytest.mark.parametrize("subject", ["aaa", "mmm", "zzz"])
def test_the_lead_in_of_a_long_list_counts_for_every_item(tmp_path: Path, subject: str) -> None:
    """It is repeated with each passage, and is no part of the spot."""
    text = parsed(tmp_path, LONG_LIST)
    lists = [each for each in text.passages if each.section == "1"]
    assert len(lists) > 1
    assert all(each.lead for each in lists)
    found = spot_of(text, "praktijk voldoet", f"onderwerp {subject}")
    assert found is not None
    assert found.startswith(f"onderwerp {subject}:")
    assert spot_of(text, "ziekenhuis voldoet", f"onderwerp {subject}") is None


TABLE = """## 1 Planning

| Stap | Datum | Wie |
|---|---|---|
| Tekenen | 15 april 2026 | praktijken |
| Aanbod | 3 maart 2026 | verzekeraar |
"""


@pytest.mark.parametrize(
    ("phrase", "value", "is_proven"),
    [
        ("tekenen", "2026-04-15", True),
        ("aanbod", "2026-03-03", True),
        ("tekenen", "2026-03-03", False),
        ("aanbod", "2026-04-15", False),
    ],
)
def test_a_row_of_a_table_is_a_spot(tmp_path: Path, phrase: str, value: str, is_proven: bool) -> None:
    """The value stands in the very row, and not in the one beside it."""
    found = value_of(parsed(tmp_path, TABLE), value, "date", phrase)
    assert isinstance(found, ProvenValue) is is_proven


def test_the_spot_of_a_row_is_that_row(tmp_path: Path) -> None:
    text = parsed(tmp_path, TABLE)
    found = value_of(text, "2026-04-15", "date", "tekenen", "praktijken")
    assert isinstance(found, ProvenValue)
    assert words(text, found.spot).split("\t")[0] == "Tekenen"


# Values

UNITS = [
    ("De omzet is ten minste € 100.000 per jaar.", 100000, "eur"),
    ("De omzet is ten minste 0,1 miljoen euro.", 100000, "eur"),
    ("Ten minste 2,5 procent van de omzet.", Decimal("2.5"), "percent"),
    ("De helft van de omzet.", 50, "percent"),
    ("U heeft ten minste 1,2 fte in dienst.", Decimal("1.2"), "fte"),
    ("U vertegenwoordigt zes apotheken.", 6, "count"),
    ("U vertegenwoordigt zes apotheken.", 6, "number"),
    ("Patiënten met ASA 3 behandelt u niet.", 3, "number"),
    ("Patiënten met ASA 3 behandelt u niet.", 3, "count"),
    ("U meldt dat binnen zes weken.", 6, "week"),
    ("Wij antwoorden binnen 5 werkdagen.", 5, "working_day"),
    ("U meldt dat binnen 30 dagen.", 30, "day"),
    ("U heeft 24 maanden ervaring.", 24, "month"),
    ("De overeenkomst duurt twee jaar.", 2, "year"),
    ("U bent 24 uur per dag bereikbaar.", 24, "hour"),
]


@pytest.mark.parametrize(("sentence", "value", "unit"), UNITS)
def test_a_number_is_read_in_its_unit(sentence: str, value: Any, unit: str) -> None:
    text = policy(f"Vooraf. {sentence} Achteraf.")
    found = value_of(text, value, unit)
    assert isinstance(found, ProvenValue)
    assert (found.unit, found.number, found.date, found.address) == (unit, Decimal(value), None, None)
    assert words(text, found.spot) == sentence


@pytest.mark.parametrize(("sentence", "value", "unit"), UNITS)
def test_another_number_or_another_unit_is_not_proven(sentence: str, value: Any, unit: str) -> None:
    """One more or less, or the very figure of something else."""
    text = policy(sentence)
    other = "eur" if unit != "eur" else "percent"
    for wanted, named in ((Decimal(value) + 1, unit), (Decimal(value) - Decimal("0.01"), unit), (value, other)):
        assert "stands nowhere in section 1" in str(value_of(text, wanted, named))


ADDRESS = "inkoop@noord.example"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        (f"Mail {ADDRESS} voor vragen.", ADDRESS),
        ("Mail Inkoop@Noord.example voor vragen.", ADDRESS),
        ("Mail inkoop@\nnoord.example voor vragen.", ADDRESS),
        ("Bel 088 12 34 567 voor vragen.", "088 12 34 567"),
        ("Bel 088 123 4567 voor vragen.", "088 12 34 567"),
        ("Zie www.noord.example/inkoop voor vragen.", "www.noord.example/inkoop"),
    ],
)
def test_an_address_may_be_split_over_a_line(sentence: str, value: str) -> None:
    """A line break ends a sentence, so its words are sought in as many as follow."""
    found = value_of(policy(sentence), value, "address", "mail|bel|zie", "vragen")
    assert isinstance(found, ProvenValue)
    assert (found.address, found.number, found.date) == (value, None, None)


def test_another_address_is_not_proven() -> None:
    assert "does not stand in" in str(value_of(policy(f"Mail {ADDRESS}."), "contract@noord.example", "address", "mail"))


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Mail zorginkoop@noord.example.", ADDRESS),
        ("Mail inkoop@noord.example.org.", ADDRESS),
        ("Bel 088 12 34 5678.", "088 12 34 567"),
    ],
)
def test_a_longer_address_is_another(sentence: str, value: str) -> None:
    assert isinstance(value_of(policy(sentence), value, "address", "mail|bel"), str)


@pytest.mark.parametrize(
    ("sentence", "value", "first", "last"),
    [
        ("U tekent uiterlijk 7 november 2025.", "2025-11-07", (2025, 11, 7), (2025, 11, 7)),
        ("U tekent uiterlijk 07-11-2025.", "2025-11-07", (2025, 11, 7), (2025, 11, 7)),
        ("U tekent vóór 7 november 2025.", "7 november 2025", (2025, 11, 7), (2025, 11, 7)),
        ("U tekent eind augustus 2025.", "eind augustus 2025", (2025, 8, 21), (2025, 8, 31)),
        ("U tekent in augustus 2025.", "augustus 2025", (2025, 8, 1), (2025, 8, 31)),
        ("U tekent in mei 2025 of 7 november 2025.", "2025-11-07", (2025, 11, 7), (2025, 11, 7)),
    ],
)
def test_a_day_or_stretch_is_read(sentence: str, value: str, first: Any, last: Any) -> None:
    found = value_of(policy(sentence), value, "date", "tekent")
    assert isinstance(found, ProvenValue)
    assert found.date is not None
    assert (found.date.first, found.date.last) == (dt.date(*first), dt.date(*last))
    assert found.date.text in sentence


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("U tekent uiterlijk 8 november 2025.", "2025-11-07"),
        ("U tekent uiterlijk 7 november 2024.", "2025-11-07"),
        ("U tekent uiterlijk 7 november.", "2025-11-07"),
        ("U tekent eind augustus 2025.", "2025-08-31"),
        ("U tekent 31 augustus 2025.", "eind augustus 2025"),
        ("U tekent begin augustus 2025.", "eind augustus 2025"),
        ("U tekent uiterlijk 7 november 2025.", "op tijd"),
        ("U tekent op tijd.", "2025-11-07"),
    ],
)
def test_another_day_is_not_proven(sentence: str, value: str) -> None:
    assert str(value_of(policy(sentence), value, "date", "tekent")).startswith("least: ")


@pytest.mark.parametrize(
    ("sentence", "value", "day"),
    [
        ("Verhuizen meldt u vóór 1 mei.", "05-01", dt.date(2026, 5, 1)),
        ("Verhuizen meldt u vóór 1 mei 2027.", "05-01", dt.date(2027, 5, 1)),
        ("Verhuizen meldt u vóór 29 februari 2028.", "02-29", dt.date(2028, 2, 29)),
        ("Verhuizen meldt u vóór 2 mei.", "05-01", None),
        ("Verhuizen meldt u in mei.", "05-01", None),
        ("Verhuizen meldt u begin mei.", "05-01", None),
        ("Verhuizen meldt u vóór 29 februari.", "02-29", None),
    ],
)
def test_a_day_without_a_year_is_one_of_the_contract_year(sentence: str, value: str, day: dt.date | None) -> None:
    found = value_of(policy(sentence), value, "month_day", "verhuizen")
    assert (found.day if isinstance(found, ProvenValue) else None) == day


# What refuses a value


@pytest.mark.parametrize(
    ("sentences", "holds", "reason"),
    [
        (
            ["De omzet is € 90.000."],
            ("omzet",),
            "least: 100000 (eur) does not stand in 'De omzet is € 90.000.'",
        ),
        (
            ["De winst is € 100.000."],
            ("omzet", "jaar"),
            "least: 'omzet + jaar' stands nowhere in section 1 (value 100000 eur)",
        ),
        (
            ["De omzet is € 100.000.", "Voor starters is de omzet € 80.000."],
            ("omzet",),
            "least: 100000 (eur) does not stand in 'Voor starters is de omzet € 80.000.'",
        ),
        (
            ["Voor starters is de omzet lager.", "De omzet is € 100.000."],
            ("omzet",),
            "least: 100000 (eur) does not stand in 'Voor starters is de omzet lager.'",
        ),
        (["De winst is € 90.000."], (), "least: '' stands nowhere in section 1 (value 100000 eur)"),
    ],
)
def test_why_a_value_is_refused(sentences: list[str], holds: tuple[str, ...], reason: str) -> None:
    """Not there, not at its spot, or contradicted at a second one."""
    assert value_of(policy(*sentences), 100000, "eur", *holds) == reason


def test_a_long_spot_is_shown_in_part() -> None:
    reason = str(value_of(policy("De omzet " + "telt  mee " * 40), 100000, "eur", "omzet"))
    assert len(reason) < 200
    assert "  " not in reason


@pytest.mark.parametrize(
    ("sentences", "spot"),
    [
        (["De omzet is € 100.000.", "Een omzet van € 100.000 volstaat."], "De omzet is € 100.000."),
        (["De omzet is € 90.000 of € 100.000."], "De omzet is € 90.000 of € 100.000."),
        (["De omzet telt. Zij is € 100.000."], None),
    ],
)
def test_the_first_of_several_spots_proves(sentences: list[str], spot: str | None) -> None:
    """A sentence that holds the phrases goes before a longer stretch that holds the value too."""
    text = policy(*sentences)
    found = value_of(text, 100000, "eur", "omzet")
    assert (words(text, found.spot) if isinstance(found, ProvenValue) else None) == spot


def test_a_value_may_stand_in_the_sentence_after_its_phrase() -> None:
    text = policy("De omzet telt. Zij is ten minste € 100.000. Dat is al.")
    found = value_of(text, 100000, "eur", "omzet telt", "ten minste")
    assert isinstance(found, ProvenValue)
    assert words(text, found.spot) == "De omzet telt. Zij is ten minste € 100.000."


# All that a rule rests on

WHOLE = card(
    {"least": {"value": 100000, "unit": "eur", "proof": proof("omzet")}},
    kind="choice",
    applies={"id": "gate", "name": said("a"), "needs": said("a"), "fact": "iso", "is": True,
             "proof": proof("praktijk")},
    cases=[
        {
            "when": {
                "id": "code", "name": said("a"), "needs": said("a"), "fact": "iso", "is": False,
                "proof": proof("agb-code"),
            },
            "value": said("a"),
            "proof": proof("maatwerk"),
        },
        {"value": said("b"), "proof": proof("standaard")},
    ],
    proof=proof("overeenkomst"),
)  # fmt: skip
SENTENCES = {
    "least": "De omzet is € 100.000.",
    "gate": "Dit is voor een praktijk.",
    "code": "Een AGB-code is nodig.",
    "case 1": "Soms is er maatwerk.",
    "case 2": "Anders is het standaard.",
    "rule": "U krijgt een overeenkomst.",
}


def test_every_criterion_case_and_the_rule_have_their_spot() -> None:
    text = policy(*SENTENCES.values())
    (rule,) = prove_rules(text, [cards(WHOLE)]).proven
    found = {name: words(text, spot) for name, spot in rule.spots.items()}
    found |= {name: words(text, value.spot) for name, value in rule.values.items()}
    assert found == SENTENCES


@pytest.mark.parametrize("missing", SENTENCES)
def test_whatever_is_not_found_refuses_the_rule_and_is_named(missing: str) -> None:
    """And the rules beside it stand."""
    text = policy("Leeg.", *(sentence for name, sentence in SENTENCES.items() if name != missing))
    rules = prove_rules(text, [cards(WHOLE, {**card(), "id": "ander"})])
    assert [each.id for each in rules.proven] == ["ander"]
    (refused,) = rules.refused
    assert [reason.split(":")[0] for reason in refused.reasons] == [missing]


def test_all_that_is_not_found_is_named() -> None:
    (refused,) = prove_rules(policy("Leeg."), [cards(WHOLE)]).refused
    assert [reason.split(":")[0] for reason in refused.reasons] == list(SENTENCES)


# Another year's edition


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("U tekent uiterlijk 9 november 2026.", dt.date(2026, 11, 9)),
        ("U tekent uiterlijk 7 november 2025.", dt.date(2025, 11, 7)),
        ("U tekent in september 2026.", dt.date(2026, 9, 30)),
        ("U tekent uiterlijk 9 november 2026, ja 09-11-2026.", dt.date(2026, 11, 9)),
        ("U tekent uiterlijk 9 november 2026 of 10 november 2026.", None),
        ("U tekent op tijd.", None),
    ],
)
def test_the_days_of_another_year_are_read_from_the_spot(sentence: str, day: dt.date | None) -> None:
    """The one that stands there, whichever it is."""
    found = value_of(of_year(policy(sentence), 2027), "2025-11-07", "date", "tekent")
    assert (found.day if isinstance(found, ProvenValue) else None) == day


def test_a_year_that_the_cards_were_written_for_keeps_its_days() -> None:
    text = of_year(policy("U tekent uiterlijk 9 november 2026."), 2027)
    assert isinstance(value_of(text, "2025-11-07", "date", "tekent", years=(2026, 2027)), str)
    assert isinstance(value_of(text, "2026-11-09", "date", "tekent", years=(2026, 2027)), ProvenValue)


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "is_proven"),
    [
        ("De omzet is € 100.000.", 100000, "eur", True),
        ("De omzet is € 110.000.", 100000, "eur", False),
        ("De omzet meldt u vóór 1 mei.", "05-01", "month_day", True),
        ("De omzet meldt u vóór 2 mei.", "05-01", "month_day", False),
        (f"De omzet mailt u naar {ADDRESS}.", ADDRESS, "address", True),
        ("De omzet mailt u naar contract@noord.example.", ADDRESS, "address", False),
    ],
)
def test_every_other_value_must_be_the_same(sentence: str, value: Any, unit: str, is_proven: bool) -> None:
    found = value_of(of_year(policy(sentence), 2027), value, unit, "omzet")
    assert isinstance(found, ProvenValue) is is_proven
    if isinstance(found, ProvenValue) and unit == "month_day":
        assert found.day == dt.date(2027, 5, 1)


@pytest.mark.parametrize("is_one_passage", [True, False])
def test_two_spots_with_two_days_prove_neither(is_one_passage: bool) -> None:
    sentences = ["U tekent uiterlijk 9 november 2026.", "Als starter tekent u uiterlijk 1 december 2026."]
    text = policy(" ".join(sentences)) if is_one_passage else policy(*sentences)
    assert isinstance(value_of(of_year(text, 2027), "2025-11-07", "date", "tekent"), str)


def test_a_rule_of_another_year_bears_that_year() -> None:
    (rule,) = prove_rules(of_year(policy("Wij kopen in."), 2027), [cards(card())]).proven
    assert (rule.policy_id, rule.year) == (f"{FAMILY}-2027", 2027)


# From an ingest to what answers


@pytest.fixture
def with_cards(monkeypatch: pytest.MonkeyPatch) -> CardFile:
    """Cards for the policies that `policy_markdown` makes, in the place of the bundled ones."""
    signing = {"date": {"value": "2026-04-15", "unit": "date", "proof": proof("tekenen", sections=("2",))}}
    tariff = {"rise": {"value": 2.5, "unit": "percent", "proof": proof("tarief", sections=("3",))}}
    made = cards(
        card(signing, kind="deadline", bound="by", id="tekenen"),
        card(tariff, id="tarief", proof=proof("fax", sections=("4",))),
    )
    monkeypatch.setattr(prove, "bundled_cards", lambda: (made,))
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write_policies(tmp_path / "beleid", {FAMILY: policy_markdown("fysiotherapie")})
    write_manifest(made, entry(ID, file=f"{FAMILY}.md"))
    return made


@pytest.mark.usefixtures("with_cards")
def test_the_report_names_what_is_refused_and_why(folder: Path) -> None:
    told = report_text(check(folder))
    assert "rules: 1 proven, 1 refused" in told
    assert "refused: tarief: rule: 'fax' stands nowhere in section 4" in told
    assert "tekenen" not in told


def test_the_report_says_nothing_of_rules_where_there_are_no_cards(folder: Path) -> None:
    assert "rules:" not in report_text(check(folder))


def kept_rules(index_dir: Path) -> dict[str, PolicyRules]:
    snapshot: Snapshot = open_snapshot(index_dir)
    snapshot.close()
    return dict(snapshot.rules)


@pytest.mark.usefixtures("with_cards")
def test_an_ingest_keeps_the_rules_and_knows_them_again(folder: Path, tmp_path: Path) -> None:
    first = ingest(folder, tmp_path / "index", FakeEncoder())
    assert (first.published, first.policies[0].rules_proven) == (True, ("tekenen",))
    kept = kept_rules(tmp_path / "index")[ID]
    assert [each.id for each in kept.proven] == ["tekenen"]
    assert kept.proven[0].values["date"].day == dt.date(2026, 4, 15)
    again = ingest(folder, tmp_path / "index", FakeEncoder())
    assert (again.published, again.snapshot_id) == (False, first.snapshot_id)


def test_other_cards_are_a_change(with_cards: CardFile, folder: Path, tmp_path: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    first = ingest(folder, tmp_path / "index", FakeEncoder())
    other = with_cards.model_copy(update={"rules": with_cards.rules[:1]})
    monkeypatch.setattr(prove, "bundled_cards", lambda: (other,))
    again = ingest(folder, tmp_path / "index", FakeEncoder())
    assert again.published
    assert again.snapshot_id != first.snapshot_id
    assert kept_rules(tmp_path / "index")[ID].refused == ()


def test_rules_of_every_kind_survive_a_snapshot(tmp_path: Path) -> None:
    """Cards, values, spots, facts and what was refused, as they were proven."""
    source = small_source()
    made = source.rules[POLICY_ID]
    build_snapshot(tmp_path, list(source.texts.values()), FakeEncoder(), rules=[made]).close()
    assert kept_rules(tmp_path) == {POLICY_ID: made}
    kept = kept_rules(tmp_path)[POLICY_ID]
    assert [each.id for each in kept.proven] == RULE_IDS
    assert [f"{POLICY_ID}.{each.rule_id}" for each in kept.refused] == [REFUSED]
    assert kept.facts == CARDS.facts
    assert all(isinstance(each, ProvenRule) for each in kept.proven)


def test_what_is_proven_stands_in_the_text_that_proves_it() -> None:
    text = small_text()
    for rule in prove_rules(text, [CARDS]).proven:
        for spot in (*rule.spots.values(), *(value.spot for value in rule.values.values())):
            assert words(text, spot).strip()

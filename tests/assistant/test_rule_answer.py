"""Outcomes of rules as answers: the verdict first, then why, each with its proof, then what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pytest

from assistant.citations import CitationBook, unsupported
from assistant.draft import Draft
from assistant.facts import AskerFacts
from assistant.results import result_record
from assistant.routing import FEATURES
from assistant.rule_answer import MOST_CRITERIA, QUOTED_WORDS, RuleTeller
from assistant.rule_fit import Routed
from assistant.turn import Citation, Language
from ingest.prove import prove_rules
from knowledge.records import PolicyText
from knowledge.rules.card import CardFile, FactValue
from knowledge.rules.rulebook import Rulebook
from tests.fakes import policy_text
from tests.small_rules import proof, said

FIRST, SECOND = "noord-fysio-2026", "noord-fysio-2027"
TODAY = dt.date(2025, 10, 20)
LONG = "De praktijk beschikt over een regeling voor klachten, " + "en nog een, " * 12 + "en legt die vast."
SENTENCES = (
    "U tekent uiterlijk 7 november 2025.",
    "Een praktijk heeft een *AGB-code*.",
    "De omzet is ten minste € 100.000.",
    LONG,
    "Wij antwoorden binnen 5 werkdagen op uw e-mail.",
    "Per 10 fte biedt u een opleidingsplek.",
    "Een website is nodig.",
    "Een keurmerk is nodig.",
    "Tekenen\t7 november 2025\tpraktijken",
    "Voor ketens is er maatwerk.",
    "Vragen mailt u naar inkoop@noord.example, met uw AGB-code in het onderwerp.",
)  # fmt: skip


def yes(name: str, phrase: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": name, "name": said(f"naam {name}"), "needs": said(f"Eis {name}."), "fact": name, "is": True,
        "proof": proof("1", phrase),
    } | fields  # fmt: skip


def rule(rule_id: str, kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": rule_id, "kind": kind, "title": said(rule_id), "asks": ["een?", "twee?", "drie?"]} | fields


def parameter(value: Any, unit: str, phrase: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "proof": proof("1", phrase)}


NEEDS = {"met": said("U voldoet."), "not_met": said("U voldoet niet."), "then": said("Vraag het na.")}
SIZE = {
    "id": "omzet", "name": said("naam omzet"), "needs": said("Een omzet van ten minste {least}."), "fact": "omzet",
    "at_least": "least", "proof": proof("1", "omzet"),
}  # fmt: skip
SIGN = {"date": parameter("2025-11-07", "date", "u tekent")}
FACTS = [
    *({"name": name, "kind": "yes_no", "label": said(name), "ask": said(f"{name}?")} for name in
      ("code", "klacht", "site", "keurmerk", "ouder")),
    {"name": "omzet", "kind": "amount", "unit": "eur", "label": said("omzet"), "ask": said("Uw omzet?")},
    {"name": "fte", "kind": "amount", "unit": "fte", "label": said("fte"), "ask": said("Hoeveel fte?")},
    {"name": "carers_fte", "kind": "amount", "unit": "fte", "label": said("fte"), "ask": said("Hoeveel fte?")},
    {"name": "mailed_date", "kind": "date", "label": said("dag van de mail"), "ask": said("Wanneer mailde u?")},
    {"name": "application_date", "kind": "date", "label": said("aanvraag"), "ask": said("Wanneer vroeg u aan?")},
    {"name": "desired_start", "kind": "date", "label": said("start"), "ask": said("Vanaf wanneer?")},
    {
        "name": "provider_type", "kind": "choice", "label": said("soort"), "ask": said("Wat voor aanbieder?"),
        "options": [{"value": "arts", "label": said("arts")}, {"value": "fysio", "label": said("fysio")}],
    },
    {
        "name": "vorm", "kind": "choice", "label": said("vorm"), "ask": said("Welke vorm?"),
        "options": [{"value": "keten", "label": said("keten")}, {"value": "los", "label": said("zelfstandig")}],
    },
]  # fmt: skip
RULES = [
    rule(
        "toelating", "conditions", **NEEDS, parameters={"least": parameter(100000, "eur", "omzet")},
        needs={"all": [yes("code", "agb-code*"), SIZE, yes("klacht", "klachten"), yes("site", "website"),
                       yes("keurmerk", "keurmerk")]},
        notes=[said("Het beleid noemt geen peildatum."), said("Dit is een streven.")],
    ),
    rule(
        "klachten", "conditions", **NEEDS,
        needs=yes("klacht", "klachten", met=said("Uw regeling volstaat."), not_met=said("U mist een regeling."),
                  note=said("Hier bekeken per praktijk.")),
    ),
    rule("keurmerk", "conditions", **NEEDS, needs=yes("keurmerk", "keurmerk"), applies=yes("ouder", "website")),
    rule("een-van", "conditions", **NEEDS, needs={"any": [yes("code", "agb-code*"), yes("site", "website")]}),
    rule("een-en-meer", "conditions", **NEEDS,
         needs={"all": [{"any": [yes("code", "agb-code*"), yes("site", "website")]}, yes("klacht", "klachten"),
                        yes("keurmerk", "keurmerk")]}),
    rule("een-volstaat", "conditions", **NEEDS, proof=proof("1", "klachten"),
         needs={"any": [yes("code", "agb-code*"), yes("site", "website")]}),
    rule("twee-maal", "conditions", **NEEDS, needs={"all": [yes("klacht", "keurmerk"), yes("keurmerk", "keurmerk")]}),
    rule("tekenen", "deadline", what=said("de overeenkomst tekenen"), bound="by", parameters=SIGN,
         then=said("Meld u bij de inkoper.")),
    rule("rij", "choice", what=said("de dag"), parameters={"day": parameter("2025-11-07", "date", "praktijken")},
         cases=[{"date": "day", "proof": proof("1", "praktijken")}]),
    rule(
        "vorm", "choice", what=said("het soort contract"),
        cases=[
            {
                "when": yes("vorm", "ketens", **{"is": "keten"}), "value": said("maatwerk"),
                "proof": proof("1", "ketens"),
            },
            {"value": said("standaard"), "proof": proof("1", "klachten")},
        ],
    ),
    rule(
        "dagen", "choice", what=said("de dag"), bound="by",
        parameters={"early": parameter("2025-11-07", "date", "u tekent"),
                    "late": parameter("2025-11-07", "date", "praktijken")},
        cases=[{"when": yes("vorm", "ketens", **{"is": "keten"}), "date": "early", "proof": proof("1", "ketens")},
               {"date": "late", "proof": proof("1", "praktijken")}],
    ),
    rule(
        "voor-artsen", "choice", what=said("het contract"), applies=yes("provider_type", "ketens", **{"is": "arts"}),
        cases=[{"when": yes("code", "agb-code*"), "value": said("maatwerk"), "proof": proof("1", "ketens")},
               {"value": said("standaard"), "proof": proof("1", "klachten")}],
    ),
    rule("weg", "choice", what=said("de weg"),
         cases=[{"value": said("uiterlijk 7 november 2025 aanvragen"), "proof": proof("1", "u tekent")}]),
    rule("antwoord", "term", what=said("het antwoord"), after="mailed_date",
         parameters={"term": parameter(5, "working_day", "e-mail")}),
    rule("plekken", "formula", what=said("opleidingsplekken"), formula="training_places", unit="count",
         parameters={"fte_per_place": parameter(10, "fte", "opleidingsplek")}),
    rule("begin", "contract_start", month="following",
         parameters={"first_day": parameter("2025-11-07", "date", "u tekent")}),
    rule("mail", "contact", what=said("vragen"), subject=said("uw AGB-code"), proof=proof("1", "onderwerp"),
         parameters={"address": parameter("inkoop@noord.example", "address", "vragen")}),
    rule("adres", "contact", what=said("vragen"),
         parameters={"address": parameter("inkoop@noord.example", "address", "vragen")}),
    rule("stil", "contact", what=said("vragen"), subject=said("uw AGB-code"),
         parameters={"address": parameter("inkoop@noord.example", "address", "vragen")}),
]  # fmt: skip
CARDS = CardFile.model_validate({"policy": "noord-fysio", "years": [2026, 2027], "facts": FACTS, "rules": RULES})


def made(policy_id: str, *, signing: str = SENTENCES[0]) -> PolicyText:
    year = int(policy_id[-4:])
    text = policy_text(policy_id, [("Planning", [signing, *SENTENCES[1:]])], title=f"Inkoopbeleid Fysio {year}")
    return text.model_copy(update={"policy": text.policy.model_copy(update={"year": year})})


TEXTS = {each: made(each) for each in (FIRST, SECOND)}
BOOK = Rulebook({policy_id: prove_rules(text, [CARDS]) for policy_id, text in TEXTS.items()})
SPECS = {policy_id: BOOK.specs(policy_id) for policy_id in TEXTS}


def routed(
    rule_id: str, facts: Mapping[str, FactValue] | None = None, policy_id: str = FIRST, today: dt.date = TODAY
) -> Routed:
    found = BOOK.get(f"{policy_id}.{rule_id}")
    assert found is not None, BOOK.refused()
    return Routed(found, AskerFacts(), BOOK.run(found, dict(facts or {}), today), np.zeros(len(FEATURES)))


def tell(
    *each: Routed, language: Language = "nl", asks_scope: bool = False, question: str = ""
) -> tuple[Draft, list[Citation]]:
    """The draft with what it cites; all that it says stands in what the answer as a whole cites."""
    book = CitationBook(TEXTS)
    teller = RuleTeller(TEXTS, book, language, question=question)
    draft = teller.draft(each, SPECS, asks_scope=asks_scope)
    cited = list(book.citations)
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", draft.text or "")}
    assert marks == {citation.label for citation in cited}
    for one in each:
        result_record(one.result, language, partial(teller.cite, policy_id=one.rule.policy_id))
    computed = [one.result.model_dump_json() for one in each]
    assert unsupported(draft.text or "", book.citations, TEXTS, computed=computed) == []
    return draft, cited


def lines(*each: Routed, **fields: Any) -> list[str]:
    return [line for line in (tell(*each, **fields)[0].text or "").splitlines() if line]


ALL: dict[str, FactValue] = {"code": True, "omzet": Decimal(100000), "klacht": True, "site": True, "keurmerk": True}


# The verdict and its reasons


def test_where_one_is_enough_only_what_is_met_is_told() -> None:
    told = lines(routed("een-van", {"code": False, "site": True}))
    assert told[0] == "U voldoet."
    assert [line for line in told if "website" in line] == [told[1]]
    assert not any("AGB-code" in line for line in told)


def test_who_lacks_one_of_several_things_hears_which_others_are_enough() -> None:
    told = lines(routed("een-volstaat", {"code": False}))
    assert "Het hangt af van: naam site." in told
    assert not any("voldoet u niet" in line for line in told)
    assert lines(routed("een-volstaat"))[0] == "Het hangt af van: naam code; naam site. [1]"
    assert not any("Het hangt af van" in line for line in lines(routed("een-volstaat", {"site": True})))


def test_what_may_stand_in_for_something_that_is_met_is_no_longer_asked_of_him() -> None:
    (others,) = (line for line in lines(routed("een-en-meer", {"code": True})) if line.startswith("Daarnaast"))
    assert others == "Daarnaast gelden nog: naam klacht; naam keurmerk."


def test_a_sentence_that_proves_two_criteria_is_quoted_once() -> None:
    told = lines(routed("twee-maal", {"klacht": True, "keurmerk": True}))
    assert len(told) == 4  # the verdict, two criteria and the source
    assert sum("“" in line for line in told) == 1
    assert all("[1]" in line for line in told[1:3])


def test_a_day_comes_first_with_its_mark_then_what_to_do_and_last_the_source() -> None:
    told, cited = tell(routed("tekenen", today=dt.date(2025, 11, 10)))
    first, then, source = [line for line in (told.text or "").splitlines() if line]
    assert first.startswith("**uiterlijk vrijdag 7 november 2025**: de overeenkomst tekenen.")
    assert first.endswith("3 dagen voorbij. [1]")
    assert then == "Meld u bij de inkoper."
    assert source == "Bron: Voorbeeld, Fysio 2026, 1 Planning."
    assert [citation.quote for citation in cited] == [SENTENCES[0]]
    assert told.clarification is None


def test_in_english_around_the_dutch_quote() -> None:
    told = lines(routed("keurmerk", {"ouder": True, "keurmerk": False}), language="en")
    assert told[0] == "U voldoet niet. (en)"
    assert told[1].startswith("You do not meet this requirement: Eis keurmerk. (en)")
    assert f"“{SENTENCES[7]}”" in told[1]
    assert told[-1].startswith("Source: ")


def test_a_verdict_is_followed_by_its_criteria() -> None:
    """No more than a few; the rest stands in the result."""
    told = lines(routed("toelating", ALL))
    assert told[0].startswith("U voldoet.")
    criteria = [line for line in told if line.startswith("Aan deze eis voldoet u")]
    assert len(criteria) == MOST_CRITERIA
    assert "Eis code" in criteria[0]
    assert "precies op de grens" in criteria[1]


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (ALL | {"site": False}, ["site"]),
        (ALL | {"code": False, "site": False, "keurmerk": False}, ["code", "site", "keurmerk"]),
        ({"code": True, "site": False}, ["site"]),
    ],
)
def test_of_a_checklist_that_is_not_met_the_failed_ones_are_told(
    facts: Mapping[str, FactValue], shown: list[str]
) -> None:
    told = lines(routed("toelating", facts))
    assert told[0].startswith("U voldoet niet.")
    failed = [line for line in told if line.startswith("Aan deze eis voldoet u niet:")]
    assert [re.search(r"Eis (\w+)", line)[1] for line in failed] == shown  # type: ignore[index]
    assert not any(line.startswith("Aan deze eis voldoet u:") for line in told)
    assert "Vraag het na." in told


def test_what_is_open_is_told_by_its_parts() -> None:
    """No verdict on the whole; what nothing was said about is named."""
    told = lines(routed("toelating", {"code": True}))
    assert not told[0].startswith("U voldoet")
    assert told[0].startswith("Aan deze eis voldoet u: Eis code.")
    assert told[1] == "Daarnaast gelden nog: Een omzet van ten minste € 100.000; naam klacht; naam site; ...."
    assert "Vraag het na." not in told
    every = lines(routed("toelating", {"code": True}), question="Aan welke eisen moet ik dan voldoen?")
    assert (
        every[1] == "Daarnaast gelden nog: Een omzet van ten minste € 100.000; naam klacht; naam site; naam keurmerk."
    )
    few = lines(routed("toelating", {name: value for name, value in ALL.items() if name != "site"}))
    assert "Daarnaast gelden nog: naam site." in few


@pytest.mark.parametrize(
    ("question", "asked", "others"),
    [
        ("Moet er ook een klachtenregeling zijn voor de klacht?", ["Eis klacht"], "naam site; naam keurmerk"),
        ("En de site en het keurmerk?", ["Eis site", "Eis keurmerk"], "naam klacht"),
        ("Hoe staat het met de naam?", [], "naam klacht; naam site; naam keurmerk"),  # a word of every one
        ("Voldoen wij?", [], "naam klacht; naam site; naam keurmerk"),
    ],
)
def test_what_an_open_condition_asks_is_told_where_the_question_names_it(
    question: str, asked: list[str], others: str
) -> None:
    told, cited = tell(routed("toelating", {"code": True, "omzet": Decimal(100000)}), question=question)
    shown = [line for line in (told.text or "").splitlines() if line]
    labels = [re.fullmatch(r"Ook een eis: (.*)\. \[(\d+)\]", line) for line in shown]
    assert [match[1] for match in labels if match] == asked
    assert {int(match[2]) for match in labels if match} <= {citation.label for citation in cited}
    assert f"Daarnaast gelden nog: {others}." in shown


def test_where_only_whom_it_is_for_is_open_the_criteria_are_told_and_nothing_else_is_open() -> None:
    told = lines(routed("keurmerk", {"keurmerk": True}))
    assert told[0].startswith("Aan deze eis voldoet u: Eis keurmerk.")
    assert "Daarnaast gelden nog: naam ouder." in told


def test_for_whom_a_rule_is_not_is_told_why() -> None:
    told = lines(routed("keurmerk", {"ouder": False}))
    assert told[0].startswith("Dit geldt niet voor u: Eis ouder.")
    assert len(told) == 2


def test_whom_a_rule_is_for_is_no_criterion_of_its_own() -> None:
    told = lines(routed("keurmerk", {"ouder": True, "keurmerk": True}))
    assert not any("Eis ouder" in line for line in told)
    assert not any("Daarnaast" in line for line in told)


# Quotes


@pytest.mark.parametrize(
    ("has", "start"),
    [(True, "Aan deze eis voldoet u: Eis keurmerk."), (False, "Aan deze eis voldoet u niet: Eis keurmerk.")],
)
def test_a_short_proof_is_quoted(has: bool, start: str) -> None:
    told = lines(routed("keurmerk", {"ouder": True, "keurmerk": has}))
    assert f"{start} “{SENTENCES[7]}” [1]" in told


@pytest.mark.parametrize(
    ("rule_id", "has", "told"),
    [
        ("klachten", True, "Uw regeling volstaat. (Eis klacht) [1] Hier bekeken per praktijk."),
        ("klachten", False, "U mist een regeling. (Eis klacht) [1] Hier bekeken per praktijk."),
        ("toelating", False, "Aan deze eis voldoet u niet: Eis klacht. [1]"),
    ],
)
def test_a_long_proof_is_told_in_our_words_and_cited(rule_id: str, has: bool, told: str) -> None:
    """What the policy asks is told once: behind the card's own words, and not behind ours that hold it."""
    assert len(LONG.split()) > QUOTED_WORDS
    found, cited = tell(routed(rule_id, {"klacht": has}))
    (line,) = [each for each in (found.text or "").splitlines() if "[1]" in each]
    assert line.endswith(told)
    assert cited[0].quote == LONG


def test_a_quote_does_nothing_in_markdown() -> None:
    told = lines(routed("toelating", {"code": True}))
    assert r"“Een praktijk heeft een \*AGB-code\*.”" in told[0]


@pytest.mark.parametrize(
    ("rule_id", "facts", "quote"),
    [
        ("antwoord", {}, SENTENCES[4]),
        ("vorm", {"vorm": "keten"}, SENTENCES[9]),
        ("vorm", {"vorm": "los"}, None),
        ("rij", {}, None),
        ("tekenen", {}, None),
    ],
)
def test_an_outcome_quotes_what_it_rests_on(rule_id: str, facts: Mapping[str, FactValue], quote: str | None) -> None:
    """Where that is short, no row of a table, and not the very day that was told."""
    told = lines(routed(rule_id, facts))
    assert re.findall("“(.*)”", told[0]) == ([quote] if quote else [])


@pytest.mark.parametrize(
    ("rule_id", "facts", "quote"),
    [("antwoord", {"mailed_date": TODAY}, SENTENCES[4]), ("plekken", {"carers_fte": Decimal(20)}, SENTENCES[5])],
)
def test_what_was_counted_is_told_step_by_step_and_its_proof_cited(
    rule_id: str, facts: Mapping[str, FactValue], quote: str
) -> None:
    draft, cited = tell(routed(rule_id, facts))
    first, counted = [line for line in (draft.text or "").splitlines() if line][:2]
    assert "“" not in first
    assert first.endswith("[1]")
    assert counted.startswith("Gerekend: ")
    assert [citation.quote for citation in cited] == [quote]


# Steps, notes and what to do


def test_the_first_step_is_told() -> None:
    told = lines(routed("antwoord", {"mailed_date": TODAY}))
    assert told[1] == ("Gerekend: 5 werkdagen na maandag 20 oktober 2025 (dag van de mail) is maandag 27 oktober 2025.")


def test_the_first_note_is_told() -> None:
    told = lines(routed("toelating", ALL))
    assert [line for line in told if line.startswith("Let op")] == ["Let op: Het beleid noemt geen peildatum."]


def test_a_note_of_the_count_is_told_too() -> None:
    told = lines(routed("plekken", {"carers_fte": Decimal(25)}))
    assert told[0].startswith("**3**: opleidingsplekken.")
    assert any(line.startswith("Let op: Het beleid zegt niet hoe u afrondt") for line in told)


# Asking back


@pytest.mark.parametrize(
    ("rule_id", "facts", "question", "labels"),
    [
        ("vorm", {}, "Welke vorm?", ("keten", "zelfstandig")),
        ("toelating", {}, "code?", ("Ja", "Nee")),
        ("keurmerk", {}, "ouder?", ("Ja", "Nee")),
        ("plekken", {}, "Hoeveel fte?", ()),
    ],
)
def test_where_nothing_decides_one_question_is_asked_back(
    rule_id: str, facts: Mapping[str, FactValue], question: str, labels: tuple[str, ...]
) -> None:
    asked = tell(routed(rule_id, facts))[0].clarification
    assert asked is not None
    assert asked.question == question
    assert tuple(option.label for option in asked.options) == labels
    assert all(option.scope == {} for option in asked.options)
    in_english = tell(routed(rule_id, facts), language="en")[0].clarification
    assert in_english is not None
    assert in_english.question == f"{question} (en)"
    if labels == ("Ja", "Nee"):
        assert tuple(option.label for option in in_english.options) == ("Yes", "No")


@pytest.mark.parametrize(
    ("rule_id", "facts"),
    [
        ("antwoord", {}),
        ("begin", {}),
        ("tekenen", {}),
        ("mail", {}),
        ("toelating", {"code": True}),
        ("toelating", ALL),
        ("toelating", {"code": False}),
        ("keurmerk", {"keurmerk": True}),
        ("vorm", {"vorm": "los"}),
    ],
)
def test_nothing_is_asked_where_something_is_told(rule_id: str, facts: Mapping[str, FactValue]) -> None:
    """A term without its day is told in general, a checklist by the parts that are known."""
    assert tell(routed(rule_id, facts))[0].clarification is None


# Several rules of one policy


def test_what_is_not_met_and_what_is_are_told_below_each_other_over_one_source() -> None:
    """Neither steps nor notes, and no question: the outcomes are why the asker reads on."""
    pair = (routed("klachten", {"klacht": False}), routed("toelating", ALL))
    draft, cited = tell(*pair)
    told = lines(*pair)
    assert told[0].startswith("U voldoet niet.")
    assert told[1].startswith("U mist een regeling.")
    assert told[2].startswith("U voldoet.")
    assert all(line.startswith("Aan deze eis voldoet u:") for line in told[3:-1])
    assert [line for line in told if line.startswith("Bron:")] == told[-1:]
    assert not any(line.startswith("Let op:") for line in told)
    assert draft.clarification is None
    assert {citation.policy_id for citation in cited} == {FIRST}


# Several policies


def test_the_same_outcome_of_two_policies_is_told_once_and_cited_from_both() -> None:
    told, cited = tell(routed("tekenen"), routed("tekenen", policy_id=SECOND), asks_scope=True)
    assert (told.text or "").count("7 november 2025") == 1
    assert [citation.policy_id for citation in cited] == [FIRST, SECOND]
    assert told.clarification is None


def test_outcomes_that_differ_are_told_side_by_side() -> None:
    pair = routed("vorm", {"vorm": "keten"}), routed("vorm", {"vorm": "los"}, policy_id=SECOND)
    first, second = lines(*pair)
    assert first.startswith("- Voorbeeld, Fysio 2026: **maatwerk**")
    assert second.startswith("- Voorbeeld, Fysio 2027: **standaard**")


@pytest.mark.parametrize("asks_scope", [True, False])
def test_the_policy_is_asked_for_where_nothing_says_which(asks_scope: bool) -> None:
    pair = routed("vorm", {"vorm": "keten"}), routed("vorm", {"vorm": "los"}, policy_id=SECOND)
    asked = tell(*pair, asks_scope=asks_scope)[0].clarification
    assert (asked is not None) is asks_scope
    if asked is not None:
        assert [option.scope["year"] for option in asked.options] == [2026, 2027]


def test_two_verdicts_without_a_value_are_told_side_by_side_even_where_they_are_alike() -> None:
    """The figures behind them may differ."""
    pair = [routed("klachten", {"klacht": True}, policy_id=each) for each in (FIRST, SECOND)]
    told = lines(*pair)
    assert len(told) == 2
    assert all("U voldoet." in line for line in told)


def test_side_by_side_neither_steps_nor_notes_are_told() -> None:
    pair = (
        routed("antwoord", {"mailed_date": TODAY}),
        routed("antwoord", {"mailed_date": TODAY + dt.timedelta(days=1)}, policy_id=SECOND),
    )
    assert not any("Gerekend" in line for line in lines(*pair))


# The subject line of a mail


@pytest.mark.parametrize(
    ("rule_id", "language", "holds"),
    [
        ("mail", "nl", "uw AGB-code"),
        ("mail", "en", "uw AGB-code (en)"),
        ("adres", "nl", None),
        ("stil", "nl", None),
        ("tekenen", "nl", None),
    ],
)
def test_the_subject_line_with_its_proof(rule_id: str, language: Language, holds: str | None) -> None:
    """Empty where the card asks for none, where nothing proves that it is asked, and where it is no contact."""
    book = CitationBook(TEXTS)
    contact = BOOK.get(f"{FIRST}.{rule_id}")
    assert contact is not None
    told = RuleTeller(TEXTS, book, language).subject_line(contact)
    if holds is None:
        assert (told, book.citations) == ("", [])
    else:
        assert holds in told
        assert "[1]" in told
        assert book.citations[0].quote == SENTENCES[10]


@pytest.mark.parametrize(
    ("question", "today", "is_past"),
    [
        ("Kunnen we nog meedoen?", dt.date(2025, 12, 1), True),
        ("Kunnen we nog meedoen?", dt.date(2025, 11, 7), False),
        ("Hoe doen we mee?", dt.date(2025, 12, 1), False),
    ],
)
def test_a_last_day_that_a_decision_table_tells_is_said_to_be_past(
    question: str, today: dt.date, *, is_past: bool
) -> None:
    teller = RuleTeller(TEXTS, CitationBook(TEXTS), "nl", today, question)
    draft = teller.draft([routed("weg", today=today)], SPECS, asks_scope=False)
    assert draft.text is not None
    assert ("te laat" in draft.text or "is voorbij" in draft.text) == is_past

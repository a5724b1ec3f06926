"""Which rules a question needs: none for a look-up, one a policy, run on what was said now and before.

Scores are fitted and move; what is held here are questions that a rule bears as its own, and questions that no
score may send to a rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from assistant.cards import Cards
from assistant.facts import AskerFacts
from assistant.question import read_asked
from assistant.routing import CANDIDATES, FEATURES, WEIGHTS, RuleRouter
from assistant.rule_fit import LEAST, Question, Routed, asked_part, bar, can_answer
from assistant.rule_preference import FAR_NEARER, asked_back, asked_too, covering, elsewhere, theirs, timely
from assistant.turn import HistoryTurn
from ingest.prove import prove_rules
from knowledge.records import PolicyText
from knowledge.rules.card import CardFile, ChoiceRule, FactValue, Said
from knowledge.rules.rulebook import Rulebook
from knowledge.search import Hit, Searcher
from knowledge.snapshot_build import build_snapshot
from knowledge.statements.card import Statement
from knowledge.statements.proven import ProvenStatement
from knowledge.thesaurus import load_thesaurus
from tests.fakes import FakeEncoder, policy_text
from tests.small_rules import proof, said
from tests.small_statements import proof as proof_of
from tests.small_statements import statement

TODAY = dt.date(2025, 10, 20)
NORTH, SOUTH = "noord-fysio-2026", "zuid-fysio-2026"
SENTENCES = (
    "U tekent uiterlijk 7 november 2025.",
    "De omzet is ten minste € 100.000.",
    "Wij antwoorden binnen 5 werkdagen op uw e-mail.",
    "Per 10 fte biedt u een opleidingsplek.",
    "Vragen mailt u naar inkoop@voorbeeld.example.",
    "Wij bieden aan op 1 september 2025.",
    "Voor ketens is er maatwerk, anders standaard.",
    "Een apotheek heeft een dienstrooster.",
    "Een contract begint op de eerste dag van de maand.",
    "Vanaf 300.000 euro is een accountant nodig.",
    "Een kleine praktijk meldt een verhuizing vooraf.",
)


def fact(name: str, kind: str, *names: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": said(name), "ask": said(f"{name}?"), "names": names} | fields


FACTS = [
    fact("has_iso", "yes_no", "ISO", "ISO-certificaat"),
    fact("has_roster", "yes_no", "dienstrooster", "rooster"),
    fact("has_accountant", "yes_no", "accountant"),
    fact("reports_move", "yes_no", "verhuizing"),
    fact("revenue", "amount", "omzet", "revenue", unit="eur"),
    fact("carers_fte", "amount", "verzorgenden", "zorgverleners", unit="fte"),
    fact("mailed_date", "date", "gemaild", "e-mail gestuurd"),
    fact("application_date", "date", "aangevraagd", "aanvraag"),
    fact("desired_start", "date", "ingangsdatum", "beginnen"),
    fact("form", "choice", options=[
        {"value": "chain", "label": said("keten"), "names": ["keten", "ketenpraktijk"]},
        {"value": "single", "label": said("zelfstandig"), "names": ["zelfstandige praktijk"]},
    ]),
    fact("provider_type", "choice", options=[
        {"value": "pharmacy", "label": said("apotheek"), "names": ["apotheek"]},
        {"value": "physio", "label": said("fysiotherapeut"), "names": ["fysiotherapeut", "fysiotherapiepraktijk"]},
    ]),
]  # fmt: skip


def need(name: str, phrase: str, **fields: Any) -> dict[str, Any]:
    test = fields or {"is": True}
    return {"id": name, "name": said(name), "needs": said(name), "fact": name, "proof": proof("1", phrase)} | test


def rule(rule_id: str, kind: str, title: str, *asks: str, **fields: Any) -> dict[str, Any]:
    return {"id": rule_id, "kind": kind, "title": said(title), "asks": asks} | fields


def parameter(value: Any, unit: str, phrase: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "proof": proof("1", phrase)}


OUTCOME = {"met": said("U voldoet."), "not_met": said("U voldoet niet.")}
SIGNING = rule(
    "signing", "deadline", "Ondertekenen",
    "Wanneer moet ik de overeenkomst ondertekenen?", "Is het te laat om te tekenen?", "Tot wanneer kan ik tekenen?",
    what=said("de overeenkomst tekenen"), bound="by",
    parameters={"date": parameter("2025-11-07", "date", "tekent")},
)  # fmt: skip
OFFER = rule(
    "offer", "deadline", "Aanbod", "Wanneer krijg ik het aanbod?", "Is het aanbod er al?", "Welke dag komt het aanbod?",
    what=said("het aanbod"), bound="on", own=False, parameters={"date": parameter("2025-09-01", "date", "bieden aan")},
)  # fmt: skip
REVENUE = rule(
    "revenue", "conditions", "Omzet", "Is mijn omzet hoog genoeg?", "Kan dat met deze omzet?", "Volstaat onze omzet?",
    **OUTCOME, parameters={"least": parameter(100000, "eur", "omzet")},
    needs=need("revenue", "omzet", at_least="least"),
)  # fmt: skip
REPLY = rule(
    "reply", "term", "Antwoord op een e-mail",
    "Wanneer krijg ik antwoord op mijn e-mail?", "Hoe lang duurt een antwoord?", "Wanneer hoor ik iets terug?",
    what=said("het antwoord"), after="mailed_date", parameters={"term": parameter(5, "working_day", "antwoorden")},
)  # fmt: skip
PLACES = rule(
    "places", "formula", "Opleidingsplekken",
    "Hoeveel opleidingsplekken moeten wij bieden?", "Hoeveel stagiairs?", "Hoeveel leerlingen per jaar?",
    what=said("opleidingsplekken"), formula="training_places", unit="count",
    parameters={"fte_per_place": parameter(10, "fte", "opleidingsplek")},
)  # fmt: skip
MAIL = rule(
    "mail", "contact", "Vragen over inkoop",
    "Waar mail ik vragen?", "Wat is het mailadres voor vragen?", "Wie mail ik?",
    what=said("vragen"), parameters={"address": parameter("inkoop@voorbeeld.example", "address", "mailt")},
)  # fmt: skip
FORM = rule(
    "form", "choice", "Soort contract",
    "Welk soort contract krijgen wij?", "Maatwerk of standaard?", "Is het maatwerk?",
    what=said("het soort contract"),
    cases=[
        {"when": need("form", "ketens", **{"is": "chain"}), "value": said("maatwerk"), "proof": proof("1", "ketens")},
        {"value": said("standaard"), "proof": proof("1", "standaard")},
    ],
)  # fmt: skip
ROSTER = rule(
    "roster", "conditions", "Dienstrooster van een apotheek",
    "Is ons dienstrooster voldoende?", "Volstaat ons rooster?", "Moeten wij een dienstrooster hebben?",
    **OUTCOME, needs=need("has_roster", "dienstrooster"),
    applies=need("provider_type", "apotheek", **{"is": "pharmacy"}),
)  # fmt: skip
START = rule(
    "start", "contract_start", "Begin van het contract",
    "Wanneer gaat mijn contract in?", "Per wanneer begint het contract?", "Wat is de ingangsdatum?",
    month="following", parameters={"first_day": parameter("2025-09-01", "date", "bieden aan")},
)  # fmt: skip
ACCOUNTANT = rule(
    "accountant", "conditions", "Accountant bij een hoge omzet",
    "Moeten wij een accountant hebben?", "Is een accountant verplicht?", "Kan het zonder accountant?",
    **OUTCOME, parameters={"from_revenue": parameter(300000, "eur", "accountant")},
    applies=need("revenue", "accountant", at_least="from_revenue"),
    needs=need("has_accountant", "accountant"),
)  # fmt: skip
RULES = (SIGNING, OFFER, REVENUE, REPLY, PLACES, MAIL, FORM, ROSTER, START, ACCOUNTANT)


def texts(*policy_ids: str) -> dict[str, PolicyText]:
    return {each: policy_text(each, [("Planning", SENTENCES)], title=f"Beleid {each}") for each in policy_ids}


MakeRouter = Callable[..., RuleRouter]


@pytest.fixture(scope="module")
def router(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeRouter]:
    """Makes the router of the policies with these rules, by the first word of their names."""
    with ExitStack() as opened:

        def make(**rules: Sequence[Mapping[str, Any]]) -> RuleRouter:
            found = {}
            for name, own in rules.items():
                cards = CardFile.model_validate(
                    {"policy": f"{name}-fysio", "years": [2026], "facts": FACTS, "rules": list(own)}
                )
                policy_id = f"{name}-fysio-2026"
                found[policy_id] = prove_rules(texts(policy_id)[policy_id], [cards])
                assert found[policy_id].refused == ()
            index = tmp_path_factory.mktemp("router")
            policies = list(texts(*(found or [NORTH])).values())
            snapshot = build_snapshot(index, policies, FakeEncoder(), rules=list(found.values()))
            opened.enter_context(closing(snapshot))
            cards_of = Cards(Searcher(snapshot, FakeEncoder(), load_thesaurus()))
            return RuleRouter(Rulebook(snapshot.rules), cards_of)

        yield make


@pytest.fixture(scope="module")
def one(router: MakeRouter) -> RuleRouter:
    return router(noord=RULES)


@pytest.fixture(scope="module")
def both(router: MakeRouter) -> RuleRouter:
    return router(noord=RULES, zuid=(SIGNING, {**PLACES, "id": "trainees"}))


def asking(text: str, *earlier: str, said_now: str | None = None, hits: Sequence[Hit] = ()) -> Question:
    history = []
    for each in earlier:
        history += [
            HistoryTurn(role="user", content=each),
            HistoryTurn(role="assistant", content="Wij hebben 990 fte."),
        ]
    return Question(
        text=text, said=said_now or text, asked=read_asked(text), hits=hits, history=history, today=TODAY, language="nl"
    )


def names(found: Sequence[Routed]) -> list[str]:
    return [each.rule.id for each in found]


# A rule's own questions


@pytest.mark.parametrize(
    ("text", "rule_id", "verdict", "value"),
    [
        ("Wanneer moet ik de overeenkomst ondertekenen?", "signing", "value", "2025-11-07"),
        ("Is het te laat om te tekenen?", "signing", "value", "2025-11-07"),
        ("Wanneer krijg ik het aanbod?", "offer", "value", "2025-09-01"),
        ("Wij hebben € 80.000 omzet. Is mijn omzet hoog genoeg?", "revenue", "not_met", None),
        ("Wij hebben € 100.000 omzet. Is mijn omzet hoog genoeg?", "revenue", "met", None),
        ("Met 25 fte aan verzorgenden: hoeveel opleidingsplekken moeten wij bieden?", "places", "value", "3"),
        (
            "Ik heb op 13 oktober 2025 gemaild. Wanneer krijg ik antwoord op mijn e-mail?",
            "reply", "value", "2025-10-20",
        ),
        ("Wij zijn een keten. Welk soort contract krijgen wij?", "form", "value", "maatwerk"),
        (
            "Wij zijn een apotheek met een dienstrooster. Is ons dienstrooster voldoende?",
            "roster", "met", None,
        ),
        ("Ik heb op 13 oktober 2025 aangevraagd. Wanneer gaat mijn contract in?", "start", "value", "2025-11-01"),
        ("Wanneer gaat mijn contract in?", "start", "undecided", None),
    ],
)  # fmt: skip
def test_a_question_that_a_rule_bears_is_routed_to_it(
    one: RuleRouter, text: str, rule_id: str, verdict: str, value: str | None
) -> None:
    """Run on what was said in it, and best of all."""
    (found,) = one.route(asking(text), [])
    assert (found.rule.id, found.result.verdict, found.result.value) == (rule_id, verdict, value)
    assert len(found.features) == len(FEATURES) == len(WEIGHTS)
    assert found.score == pytest.approx(float(found.features @ WEIGHTS))
    assert found.score >= LEAST


# What is looked up


@pytest.mark.parametrize(
    "text",
    [
        "Waar mail ik vragen?",
        "Wat is het mailadres voor vragen?",
        "Wat zijn de eisen aan de omzet?",
        "Welke voorwaarden gelden voor een dienstrooster?",
        "Wat is er gewijzigd in de omzet?",
        "Wat is er veranderd aan het soort contract?",
        "Hoeveel opleidingsplekken moeten wij bieden?",
        "Waarom is er een omzet nodig?",
        "Vertel iets over hygiëne.",
        "Wie is de minister van zorg?",
        "omzet",
        "?",
        "",
    ],
)
def test_a_look_up_needs_no_rule(one: RuleRouter, text: str) -> None:
    """A list, a contact, a change, and whatever a rule could only ask back."""
    assert one.route(asking(text), []) == []


@pytest.mark.parametrize("policy_ids", [[], [NORTH], ["elders-2026"]])
def test_without_rules_there_are_none(router: MakeRouter, policy_ids: list[str]) -> None:
    assert router().route(asking("Wanneer moet ik de overeenkomst ondertekenen?"), policy_ids) == []


def test_the_rules_of_other_policies_are_left_aside(both: RuleRouter) -> None:
    question = asking("Wanneer moet ik de overeenkomst ondertekenen?")
    assert {each.rule.policy_id for each in both.candidates(question, [SOUTH])} == {SOUTH}
    assert both.route(question, ["elders-2026"]) == []


def test_a_rule_for_another_kind_of_provider_keeps_silent(one: RuleRouter) -> None:
    text = "Wij zijn een {} met een dienstrooster. Is ons dienstrooster voldoende?"
    assert names(one.route(asking(text.format("apotheek")), [])) == ["roster"]
    assert "roster" not in names(one.route(asking(text.format("fysiotherapiepraktijk")), []))


def test_a_rule_from_an_amount_on_says_that_it_does_not_hold_below(one: RuleRouter) -> None:
    """As `can_answer` has it: it answers where an amount keeps the asker out."""
    found = routed(one, "accountant", {"revenue": Decimal(200000)})
    assert found.result.sentence.nl.startswith("Dit geldt niet voor u")
    assert can_answer(found, asking("Moeten wij een accountant hebben?"))


# Candidates


def test_the_candidates_are_few_and_the_best_comes_first(one: RuleRouter) -> None:
    found = one.candidates(asking("Is mijn omzet hoog genoeg?"), [])
    assert found[0].rule.id == "revenue"
    assert len(found) == min(CANDIDATES, len(RULES))
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_a_passage_found_speaks_for_the_rule_that_it_proves(one: RuleRouter) -> None:
    """As much as it is relevant beside the best one found."""
    passages = texts(NORTH)[NORTH].passages

    def score(relevance: float, *, place: int = 1, best: float = 1.0) -> float:
        hits = [Hit(passages[10], 10, best, 0.5, {}), Hit(passages[place], place, relevance, 0.5, {})]
        question = asking("Is mijn omzet hoog genoeg?", hits=hits)
        return next(each.score for each in one.candidates(question, []) if each.rule.id == "revenue")

    without = score(0.0)
    assert without < score(0.5) < score(1.0)
    assert score(0.5, best=0.5) == pytest.approx(score(1.0))
    assert score(1.0, place=2) == pytest.approx(without)
    assert score(0.0, best=0.0) == pytest.approx(without)


# A rule beside the best one

ENTRY = rule(
    "entry", "conditions", "Contract bij een omzet",
    "Kunnen wij een contract krijgen met onze omzet?", "Komen wij in aanmerking met onze omzet?", "Volstaat de omzet?",
    **OUTCOME, parameters={"least": parameter(100000, "eur", "omzet")},
    needs=need("revenue", "omzet", at_least="least"),
)  # fmt: skip
ISO = rule(
    "iso", "conditions", "Contract en ISO-certificaat",
    "Kunnen wij een contract krijgen zonder ISO-certificaat?", "Moeten wij ISO hebben?", "Kan het zonder ISO?",
    **OUTCOME, needs=need("has_iso", "dienstrooster"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("€ 120.000 omzet en geen ISO-certificaat", [("iso", "not_met"), ("entry", "met")]),
        ("€ 120.000 omzet en een ISO-certificaat", [("entry", "met")]),
        ("€ 120.000 omzet", [("entry", "met")]),
        ("€ 80.000 omzet en geen ISO-certificaat", [("entry", "not_met")]),
        ("geen ISO-certificaat", [("iso", "not_met")]),
    ],
)
def test_a_condition_that_is_not_met_is_told_before_the_one_that_is(
    router: MakeRouter, told: str, found: list[tuple[str, str]]
) -> None:
    """Who asks whether he can get a contract is not helped by the one condition that he meets."""
    asked = asking(f"Wij hebben {told}. Kunnen wij een contract krijgen?")
    chosen = router(noord=(ENTRY, ISO, SIGNING)).route(asked, [])
    assert [(each.rule.id, each.result.verdict) for each in chosen] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wij zijn een keten. Wanneer krijgen wij het aanbod van ons soort contract?", "offer"),
        ("Wij zijn een keten. Welk soort contract krijgen wij?", "form"),
    ],
)
def test_a_day_is_not_answered_by_what_was_told_by_the_way(router: MakeRouter, text: str, found: str) -> None:
    assert names(router(noord=(FORM, OFFER, SIGNING)).route(asking(text), [])) == [found]


def test_what_another_policy_asks_is_not_told_beside(router: MakeRouter) -> None:
    asked = asking("Wij hebben € 120.000 omzet en geen ISO-certificaat. Kunnen wij een contract krijgen?")
    chosen = router(noord=(ENTRY, SIGNING), zuid=(ISO, OFFER)).route(asked, [])
    assert len(chosen) == 1


# Several policies


def test_the_same_rule_of_two_policies_is_taken_from_both(both: RuleRouter) -> None:
    question = asking("Wanneer moet ik de overeenkomst ondertekenen?")
    found = both.route(question, [], settled=False)
    assert sorted((each.rule.policy_id, each.rule.id) for each in found) == [(NORTH, "signing"), (SOUTH, "signing")]
    assert found[0].score >= found[1].score
    assert [each.rule.policy_id for each in both.route(question, [SOUTH])] == [SOUTH]


def test_of_one_policy_only_the_best_rule_is_taken(router: MakeRouter) -> None:
    twice = router(noord=(SIGNING, {**SIGNING, "id": "signing-too"}, OFFER))
    assert len(twice.route(asking("Wanneer moet ik de overeenkomst ondertekenen?"), [], settled=False)) == 1


def test_a_policy_whose_rules_are_about_other_things_is_not_shown_beside(router: MakeRouter) -> None:
    pair = router(noord=(SIGNING,), zuid=(PLACES, REVENUE))
    for settled in (True, False):
        found = pair.route(asking("Wanneer moet ik de overeenkomst ondertekenen?"), [], settled=settled)
        assert [each.rule.policy_id for each in found] == [NORTH]


@pytest.mark.parametrize(
    ("rule_id", "title", "unsettled"),
    [("signing", "Ondertekening", 2), ("tekendag", "Ondertekenen", 2), ("tekendag", "Aanbod", 1)],
)
def test_a_twin_that_is_a_little_less_near_counts_where_the_policy_is_open(
    router: MakeRouter, rule_id: str, title: str, unsettled: int
) -> None:
    """A rule of the same name or about the same act, with a word more in its question."""
    asks = ["Wanneer moet ik de overeenkomst digitaal ondertekenen?", "Tekendatum?", "Laatste dag?"]
    pair = router(noord=(SIGNING,), zuid=({**SIGNING, "id": rule_id, "title": said(title), "asks": asks},))
    question = asking("Wanneer moet ik de overeenkomst ondertekenen?")
    assert len(pair.candidates(question, [])) == 2
    assert len(pair.route(question, [])) == 1
    assert len(pair.route(question, [], settled=False)) == unsettled


# What was said before


@pytest.mark.parametrize(
    ("earlier", "text", "value"),
    [
        ((), "Hoeveel opleidingsplekken moeten wij bieden met 25 fte aan verzorgenden?", "3"),
        (("Wij hebben 25 fte aan verzorgenden.",), "Hoeveel opleidingsplekken moeten wij bieden?", "3"),
        (
            ("Wij hebben 25 fte aan verzorgenden.", "Dank u wel."),
            "Hoeveel opleidingsplekken moeten wij bieden?",
            "3",
        ),
        (
            ("Wij hebben 25 fte aan verzorgenden.", "Nee, 40 fte aan verzorgenden."),
            "Hoeveel opleidingsplekken moeten wij bieden?",
            "4",
        ),
        (
            ("Wij hebben 25 fte aan verzorgenden.",),
            "En hoeveel opleidingsplekken moeten wij bieden met 40 fte aan verzorgenden?",
            "4",
        ),
    ],
)
def test_facts_are_kept_and_corrected(one: RuleRouter, earlier: tuple[str, ...], text: str, value: str) -> None:
    """Only what the asker said counts, not what was answered."""
    (found,) = one.route(asking(text, *earlier), [])
    assert (found.rule.id, found.result.value) == ("places", value)


def test_facts_of_earlier_turns_do_not_make_a_rule_the_one_that_is_asked_for(one: RuleRouter) -> None:
    earlier, text = "Wij hebben € 80.000 omzet. Is mijn omzet hoog genoeg?", "Welke omzet geldt voor een verhuizing?"
    kept = {each.rule.id: each for each in one.candidates(asking(text, earlier), [])}["revenue"]
    first = {each.rule.id: each for each in one.candidates(asking(text), [])}["revenue"]
    assert (kept.result.verdict, kept.only_kept, kept.told) == ("not_met", True, set())
    assert kept.score == pytest.approx(first.score)


@pytest.mark.parametrize("text", ["En met € 90.000 omzet, is die hoog genoeg?", "Hoezo?", "En dan?"])
def test_facts_of_earlier_turns_speak_for_a_rule_that_a_follow_up_goes_on_with(one: RuleRouter, text: str) -> None:
    earlier = "Wij hebben € 80.000 omzet. Is mijn omzet hoog genoeg?"
    near = {each.rule.id: each for each in one.candidates(asking(f"{earlier} {text}", earlier, said_now=text), [])}
    assert (near["revenue"].only_kept, near["revenue"].told) == (False, {"revenue"})


def test_facts_are_read_from_what_was_typed_and_not_from_what_it_was_completed_with(one: RuleRouter) -> None:
    whole = "Hoeveel opleidingsplekken moeten wij bieden met 40 fte aan verzorgenden?"
    near = {each.rule.id: each for each in one.candidates(asking(whole, said_now="Hoeveel moeten wij bieden?"), [])}
    assert near["places"].result.verdict == "undecided"
    assert near["places"].facts.known() == {}


def test_a_rule_gets_the_facts_that_it_reads(one: RuleRouter) -> None:
    text = "Onze omzet is € 80.000 en wij hebben ISO. Is mijn omzet hoog genoeg?"
    near = {each.rule.id: each for each in one.candidates(asking(text), [])}
    assert near["revenue"].facts.known() == {"revenue": Decimal(80000)}
    assert near["revenue"].result.inputs == {"revenue": Decimal(80000)}


def test_the_only_day_of_a_question_counts_for_the_rule_that_reads_one(one: RuleRouter) -> None:
    text = "Dinsdag 14 oktober 2025 viel het. Wanneer krijg ik antwoord op mijn e-mail?"
    (found,) = one.route(asking(text), [])
    assert (found.rule.id, found.result.value) == ("reply", "2025-10-21")


def test_a_figure_is_not_claimed_by_a_fact_of_another_turn(one: RuleRouter) -> None:
    """The words of the ISO certificate stood where now the figure stands."""
    earlier, text = "Wij hebben een ISO-certificaat, goed.", "Wij boeken € 120.000. Is dat hoog genoeg als omzet?"
    near = {each.rule.id: each for each in one.candidates(asking(text, earlier), [])}
    alone = {each.rule.id: each for each in one.candidates(asking(text), [])}
    assert alone["revenue"].facts.known() == {"revenue": Decimal(120000)}
    assert near["revenue"].facts.known() == alone["revenue"].facts.known()


# May a rule answer what is asked?


def routed(one: RuleRouter, rule_id: str, facts: Mapping[str, FactValue] | None = None) -> Routed:
    found = one.rulebook.get(f"{NORTH}.{rule_id}")
    assert found is not None
    return Routed(found, AskerFacts(), one.rulebook.run(found, dict(facts or {}), TODAY), np.zeros(len(FEATURES)))


RICH, POOR = {"revenue": Decimal(100000)}, {"revenue": Decimal(1)}
MAY = [
    # a rule, what is known, what is asked, and whether it may answer
    ("signing", {}, "Wanneer teken ik?", True),
    ("signing", {}, "Is dat nog op tijd?", True),
    ("signing", {}, "Mag dat?", True),
    ("signing", {}, "Hoe teken ik?", False),
    ("signing", {}, "Wat is er gewijzigd?", False),
    ("signing", {}, "Wanneer is dat gewijzigd?", True),
    ("start", {}, "Wanneer gaat het in?", True),
    ("start", {}, "Gaat het in?", False),
    ("start", {}, "Mag dat?", False),
    ("start", {"application_date": TODAY}, "Mag dat?", True),
    ("reply", {"mailed_date": TODAY}, "Hoe zit dat?", True),
    ("mail", {}, "Waar mail ik dat?", False),
    ("mail", {}, "Mag ik dat mailen?", False),
    ("revenue", {}, "Mag dat?", False),
    ("revenue", RICH, "Mag dat?", True),
    ("revenue", POOR, "Hoe zit dat?", True),
    ("revenue", RICH, "Wat is er gewijzigd?", True),
    ("revenue", RICH, "Wat zijn de eisen?", False),
    ("revenue", RICH, "Wat zijn onze eisen?", True),
    ("revenue", RICH, "Wat is het mailadres?", False),
    ("revenue", RICH, "Wanneer is dat?", False),
    ("revenue", RICH, "Wanneer moeten wij dat?", False),  # who asks for a day is not helped by "u voldoet"
    ("revenue", RICH, "Mogen wij dat wanneer wij tekenen?", True),
    ("places", {}, "Hoeveel moeten wij?", False),
    ("places", {"carers_fte": Decimal(3)}, "Hoeveel zijn dat er?", True),
    ("form", {}, "Welk contract krijgen wij?", True),
    ("form", {}, "Is het maatwerk of standaard?", True),
    ("form", {}, "Hoe werkt het?", False),
    ("form", {}, "Wat zijn onze voorwaarden?", False),
    ("form", {}, "Hoeveel krijgen wij?", False),
    ("form", {"form": "chain"}, "Hoe werkt het?", True),
    ("roster", {"provider_type": "physio", "has_roster": True}, "Mag dat?", False),
    ("roster", {"provider_type": "pharmacy", "has_roster": True}, "Mag dat?", True),
    ("accountant", {"revenue": Decimal(200000), "has_accountant": True}, "Mag dat?", True),
]


@pytest.mark.parametrize(("rule_id", "facts", "text", "may"), MAY)
def test_whether_a_rule_of_its_kind_can_answer(
    one: RuleRouter, rule_id: str, facts: Mapping[str, FactValue], text: str, may: bool
) -> None:
    assert can_answer(routed(one, rule_id, facts), asking(text)) is may


def test_the_bar_is_higher_for_a_rule_to_which_nothing_was_said(one: RuleRouter) -> None:
    """Unless a day is asked of a rule that has one."""
    when, how = asking("Wanneer?"), asking("Mag dat?")
    assert bar(routed(one, "revenue", RICH), how) == LEAST
    assert bar(routed(one, "signing"), when) == LEAST
    assert bar(routed(one, "signing"), how) > LEAST
    assert bar(routed(one, "revenue"), how) > LEAST
    assert bar(routed(one, "form"), when) > LEAST


DAY_ASKED_TOO = "Kan het met deze omzet en wanneer gaat het contract in?"
APPLIED = {"application_date": dt.date(2025, 10, 13)}


@pytest.mark.parametrize(
    ("best", "other", "score", "text", "told"),
    [
        (("revenue", POOR), ("start", APPLIED), 0.61, DAY_ASKED_TOO, ["start"]),
        (("start", APPLIED), ("revenue", POOR), 0.61, DAY_ASKED_TOO, ["revenue"]),
        (("start", APPLIED), ("form", {"form": "chain"}), 0.61, DAY_ASKED_TOO, ["form"]),
        (("revenue", POOR), ("start", APPLIED), 0.59, DAY_ASKED_TOO, []),
        (("revenue", POOR), ("start", {}), 0.9, DAY_ASKED_TOO, []),
        (("revenue", POOR), ("signing", {}), 0.9, DAY_ASKED_TOO, []),
        (("start", APPLIED), ("revenue", {}), 0.9, DAY_ASKED_TOO, []),
        (("start", APPLIED), ("reply", {"mailed_date": TODAY}), 0.9, DAY_ASKED_TOO, []),
        (("revenue", POOR), ("start", APPLIED), 0.9, "Kan het met deze omzet?", []),
        (("start", APPLIED), ("revenue", POOR), 0.9, "Wanneer gaat het contract in?", []),
    ],
)
def test_a_day_and_yes_or_no_asked_in_one_go_are_both_told(
    one: RuleRouter,
    best: tuple[str, Mapping[str, FactValue]],
    other: tuple[str, Mapping[str, FactValue]],
    score: float,
    text: str,
    told: list[str],
) -> None:
    first, second = replace(routed(one, *best), score=1.0), replace(routed(one, *other), score=score)
    assert names(asked_too(first, [first, second], asking(text))) == told


@pytest.mark.parametrize(
    ("text", "score", "title"),
    [
        ("Vragenlijst ingevuld, sindsdien stil. Moest de overeenkomst er al zijn?", 0.7, "Aanbod"),
        ("Vragenlijst ingevuld, sindsdien stil. Moest de overeenkomst er al zijn?", 0.69, "Aanbod van de vragenlijst"),
        ("Vragenlijst ingevuld. Had het aanbod er al moeten zijn?", 0.8, "Aanbod"),
        ("Nog geen vragenlijst gezien. Is er iets mis?", 0.8, "Aanbod van de vragenlijst"),
        ("Is de vragenlijst te laat?", 0.8, "Aanbod van de vragenlijst"),
    ],
)
def test_who_waits_is_told_of_what_he_waits_for(one: RuleRouter, text: str, score: float, title: str) -> None:
    offer = routed(one, "offer")
    made = offer.rule.rule.model_copy(update={"title": Said.model_validate(said("Aanbod van de vragenlijst"))})
    best = replace(offer, rule=offer.rule.model_copy(update={"rule": made}), score=1.0)
    found = timely(best, [best, replace(offer, score=score)], asking(text))
    assert found.rule.rule.title.nl == title


@pytest.mark.parametrize(
    ("score", "text", "is_for_others", "chosen"),
    [
        (LEAST, "Vallen wij hieronder of moeten wij ergens anders zijn?", True, "form"),
        (LEAST - 0.1, "Vallen wij hieronder of moeten wij ergens anders zijn?", True, "revenue"),
        (LEAST, "Vallen wij hieronder?", True, "revenue"),
        (LEAST, "Vallen wij hieronder of moeten wij ergens anders zijn?", False, "revenue"),
    ],
)
def test_who_asks_whether_he_must_be_elsewhere_is_told_by_the_table_that_says_it(
    one: RuleRouter, score: float, text: str, is_for_others: bool, chosen: str
) -> None:
    best, table = replace(routed(one, "revenue", RICH), score=6.0), replace(routed(one, "form"), score=score)
    kind = table.rule.rule
    assert isinstance(kind, ChoiceRule)
    case = kind.cases[0].model_copy(update={"elsewhere": is_for_others})
    sends = kind.model_copy(update={"cases": (case, *kind.cases[1:])})
    table = replace(table, rule=table.rule.model_copy(update={"rule": sends}))
    assert names([elsewhere(best, [best], [best, table], asking(text))]) == [chosen]


@pytest.mark.parametrize(
    ("text", "lead", "facts", "chosen"),
    [
        ("Onze omzet is ruim. Mag dat?", FAR_NEARER, {}, "iso"),
        ("Onze omzet is ruim. Mag dat?", FAR_NEARER - 0.01, {}, "revenue"),
        ("Onze omzet is ruim. Wat zijn de eisen?", FAR_NEARER, {}, "revenue"),
        ("Onze omzet is ruim. Mag dat?", FAR_NEARER, {"has_iso": True}, "revenue"),
    ],
)
def test_what_was_told_by_the_way_does_not_answer_where_another_condition_is_asked(
    router: MakeRouter, text: str, lead: float, facts: dict[str, FactValue], chosen: str
) -> None:
    one = router(noord=(REVENUE, ISO))
    best = replace(routed(one, "revenue", RICH), score=6.0, nearness=4.0)
    other = replace(routed(one, "iso", facts), score=4.0 + lead, nearness=4.0 + lead)
    assert names([asked_back(best, [best, other], asking(text))]) == [chosen]


# The question itself


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Mag dat?", "Mag dat?"),
        ("Wij zijn klein. Mag dat?", "Wij zijn klein. Mag dat?"),
        ("Wij zijn klein. Wij tekenen per post. Is dat oké?", "Wij tekenen per post. Is dat oké?"),
        ("Ze zeggen dat het A wordt. Klopt dat?", "Ze zeggen dat het A wordt. Klopt dat?"),
        ("Wij zijn klein. Is het contract al klaar?", "Is het contract al klaar?"),
        ("Mag dat? Wij zijn klein.", "Mag dat?"),
        ("Mag dat? Wij zijn klein. En wanneer?", "Mag dat? En wanneer?"),
        ("Wij zijn klein. Vertel eens.", "Vertel eens."),
        ("tekendatum", "tekendatum"),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_the_part_that_asks(text: str, part: str) -> None:
    assert asked_part(text) == part
    assert asking(text).part == part


@pytest.mark.parametrize(
    ("text", "decides", "is_personal"),
    [
        ("Mag dat?", True, False),
        ("Kan ik dat?", True, True),
        ("Welk contract krijgen we?", True, True),
        ("Is 3 fte genoeg?", True, False),
        ("Wij zijn klein. Hoe werkt het?", False, True),
        ("Hoe werkt het?", False, False),
        ("Onze omzet volstaat?", True, True),
        ("Which contract do we get?", True, True),
        ("How does it work?", False, False),
        ("Mijnbouw in de wijk", False, False),
        ("En als het op tijd is, wanneer komt het dan?", False, False),
        ("Als dat genoeg is, mag het dan?", True, False),
        ("Als ze akkoord gaan, per wanneer is dat dan?", False, False),
        ("Aangenomen dat het compleet is: ingangsdatum?", False, False),
        ("Stel dat het voldoet, vanaf welke dag loopt het?", False, False),
        ("Als de startdatum 1 mei is, is dat op tijd?", True, False),
    ],
)
def test_whether_it_asks_for_a_decision_and_speaks_of_the_asker(text: str, decides: bool, is_personal: bool) -> None:
    assert (asking(text).asks_decision, asking(text).is_personal) == (decides, is_personal)


@pytest.mark.parametrize(
    ("text", "which", "day"),
    [
        ("Welke overeenkomst past bij ons?", True, False),
        ("Wij kregen welk contract dan ook. Wanneer begint het?", False, True),
        ("En als we wel onderhandelen, hoe lang hebben we dan?", False, True),
        ("Is 3 fte genoeg?", False, False),
        ("Mits goedgekeurd, startdatum?", False, True),
        ("Krijgen wij het gewone contract of dat andere?", True, False),
        ("Vallen wij hieronder of moeten wij ergens anders zijn?", True, False),
        ("Mag dat ook anders?", False, False),
    ],
)
def test_which_contract_or_how_long_is_no_matter_of_yes_or_no(text: str, which: bool, day: bool) -> None:
    assert (asking(text).asks_which, asking(text).asks_day) == (which, day)


@pytest.mark.parametrize(
    ("text", "earlier", "label", "is_for"),
    [
        ("Welk aanbod krijgen we?", ("Wij zijn een keten.",), "keten", True),
        ("Wij zijn een keten, welk aanbod krijgen we?", (), "keten", True),
        ("Welk aanbod krijgen we?", (), "keten", False),
        ("Welk aanbod krijgen we?", ("Wij zijn een keten.",), "een dienstrooster", False),
        ("Wij zijn een apotheek, welk aanbod krijgen we?", (), "apotheek", False),
    ],
)
def test_whether_a_statement_is_for_the_asker_by_what_he_told(
    one: RuleRouter, text: str, earlier: tuple[str, ...], label: str, is_for: bool
) -> None:
    """What kind of provider he is tells nothing: that is read from what he says."""
    whom = {"label": said(label), "names": [label]}
    card = statement("U krijgt een aanbod.", proof_of(), whom=whom, point="offer")
    proven = ProvenStatement(policy_id=NORTH, card=Statement.model_validate(card))
    assert one.is_for(asking(text, *earlier), proven) is is_for
    assert not one.is_for(asking(text, *earlier), proven.model_copy(update={"policy_id": "elders"}))


def test_which_contract_it_is_is_not_answered_by_a_number(one: RuleRouter) -> None:
    told = "Wij hebben 25 fte aan verzorgenden."
    for text, can in (
        (f"{told} Hoeveel opleidingsplekken moeten wij bieden?", True),
        (f"{told} Welk contract?", False),
    ):
        found = {each.rule.id: each for each in one.candidates(asking(text), (NORTH,))}
        assert can_answer(found["places"], asking(text)) is can


@pytest.mark.parametrize(
    ("text", "in_time"),
    [
        ("Kan ik bij Caresq nog tekenen?", True),
        ("Kunnen wij dat bij Zorg en Zekerheid nog indienen?", True),
        ("Kan Caresq alsnog nee zeggen?", False),
        ("Mag Zorg en Zekerheid dat nog weigeren?", False),
    ],
)
def test_what_the_insurer_may_still_do_is_no_question_of_being_in_time(text: str, in_time: bool) -> None:
    assert asking(text).asks_in_time is in_time


def test_where_to_ask_about_what_was_late_is_no_question_of_being_in_time() -> None:
    late = asking("Wij stuurden hem gisteren. Is dat te laat?")
    assert late.asks_in_time
    said = "bij wie kan ik dat navragen?"
    assert not replace(late, text=f"{late.text} {said}", said=said).asks_in_time


def test_what_was_put_otherwise_holds_on_where_nothing_is_put_otherwise_now(one: RuleRouter) -> None:
    first, second = (
        "Met 25 fte aan verzorgenden: hoeveel plekken moeten wij bieden?",
        "wacht, 25 was te veel, het is 45",
    )
    answers = [f"{each}: het aantal opleidingsplekken dat u biedt" for each in (3, 5)]
    for now, places in (("is dat echt zo?", "5"), ("en als we naar 65 groeien?", "7")):
        turns = [
            HistoryTurn(role=role, content=content)
            for question, answer in zip((first, second), answers, strict=True)
            for role, content in (("user", question), ("assistant", answer))
        ]
        question = replace(asking(now), text=f"{first} {now}", history=tuple(turns))
        found = {each.rule.id: each for each in one.candidates(question, (NORTH,))}
        assert found["places"].result.value == places


def test_the_same_asked_of_others_in_a_conversation_compares_nothing() -> None:
    text = "En voor een apotheek dezelfde datum?"
    assert asking(text).compares
    assert not asking(text, "Wanneer teken ik?").compares
    assert asking("Is dezelfde datum ook de datum van de offerte voor apotheken?", "Wanneer teken ik?").compares


@pytest.mark.parametrize(
    ("text", "facts", "told"),
    [
        ("Is het te laat als ik vandaag aanvraag?", {"application_date": TODAY}, "start"),
        ("Is het te laat als ik vandaag aanvraag?", {}, "signing"),
        ("Is het te laat om te tekenen als ik vandaag aanvraag?", {"application_date": TODAY}, "signing"),
    ],
)
def test_who_tells_when_he_applies_asks_in_time_for_that(
    one: RuleRouter, text: str, facts: Mapping[str, FactValue], told: str
) -> None:
    start, signing = replace(routed(one, "start", facts), score=1.0), replace(routed(one, "signing"), score=0.9)
    assert timely(start, [start, signing], asking(text)).rule.id == told


@pytest.mark.parametrize(
    ("text", "facts", "score", "told"),
    [
        ("Telt mei dan nog mee?", APPLIED, 0.75, "start"),
        ("Telt mei dan nog mee?", APPLIED, 0.74, "offer"),
        ("Telt mei dan nog mee?", {}, 0.9, "offer"),
        ("Telt de stagiair dan nog mee?", APPLIED, 0.9, "offer"),
        ("Wanneer komt het aanbod?", APPLIED, 0.9, "offer"),
    ],
)
def test_who_asks_if_a_contract_holds_for_a_time_is_told_its_first_day(
    one: RuleRouter, text: str, facts: Mapping[str, FactValue], score: float, told: str
) -> None:
    offer, start = replace(routed(one, "offer"), score=1.0), replace(routed(one, "start", facts), score=score)
    assert covering(offer, [offer, start], asking(text)).rule.id == told


@pytest.mark.parametrize(
    ("best", "text", "score", "told"),
    [
        ("signing", "Wanneer horen wij of het mag?", 0.9, "offer"),
        ("signing", "Wanneer horen wij of het mag?", 0.89, "signing"),
        ("signing", "Wanneer moeten wij tekenen?", 0.9, "signing"),
        ("signing", "Kunnen wij het nog horen?", 0.9, "signing"),
        ("revenue", "Wanneer horen wij of het mag?", 0.9, "revenue"),
        ("reply", "Wanneer horen wij of het mag?", 0.9, "reply"),
        ("offer", "Wanneer horen wij of het mag?", 0.9, "offer"),
    ],
)
def test_who_asks_when_he_will_know_is_told_what_the_insurer_does(
    one: RuleRouter, best: str, text: str, score: float, told: str
) -> None:
    other = "signing" if best == "offer" else "offer"
    first, second = replace(routed(one, best), score=1.0), replace(routed(one, other), score=score)
    assert theirs(first, [first, second], asking(text)).rule.id == told


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Vragenlijst ingevuld. Wanneer komt het aanbod?", "Aanbod"),
        ("Vragenlijst ingevuld. Nog geen overeenkomst te zien. Wanneer kan ik die verwachten?", "Aanbod"),
        ("Wanneer komt de vragenlijst?", "Aanbod van de vragenlijst"),
    ],
)
def test_of_what_the_insurer_does_the_thing_asked_about_and_nothing_else(
    one: RuleRouter, text: str, title: str
) -> None:
    offer = routed(one, "offer")
    made = offer.rule.rule.model_copy(update={"title": Said.model_validate(said("Aanbod van de vragenlijst"))})
    best = replace(offer, rule=offer.rule.model_copy(update={"rule": made}), score=1.0)
    assert theirs(best, [best, replace(offer, score=0.95)], asking(text)).rule.rule.title.nl == title


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("Ik heb op 13 oktober 2025 aangevraagd. Dekt het contract september ook, en wanneer gaat het in?", False),
        ("Ik heb op 13 oktober 2025 aangevraagd. Dekt het contract november ook, en wanneer gaat het in?", True),
        ("Ik heb op 13 oktober 2025 aangevraagd. Wanneer gaat mijn contract in?", None),
    ],
)
def test_whether_a_contract_holds_for_a_time_is_said_before_its_first_day(
    one: RuleRouter, text: str, is_meant: bool | None
) -> None:
    (found,) = one.route(asking(text), [NORTH])
    assert (found.rule.id, found.result.value, found.is_meant) == ("start", "2025-11-01", is_meant)

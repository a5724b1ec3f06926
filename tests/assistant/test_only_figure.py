"""The one day or figure of a question goes to the rule that lacks one, and to no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from assistant.facts import AskerFact, AskerFacts
from assistant.only_figure import with_only_figures
from knowledge.rules.card import FactValue
from knowledge.rules.proven import ProvenRule
from tests.knowledge.rules.making import HERE, SPECS, criterion, parameter, proven, rule, said

TODAY = dt.date(2025, 10, 20)
DAY = dt.date(2025, 10, 13)
NEEDS = {"met": said("ja"), "not_met": said("nee")}


def choice(*after: str) -> ProvenRule:
    cases = [{"term": "termijn", "after": name, "proof": HERE} for name in after]
    cases.append({"value": said("niets"), "proof": HERE})  # type: ignore[arg-type]
    return proven(rule("choice", what=said("a"), cases=cases, parameters={"termijn": parameter(5, "day")}))


def bounded(*names: str) -> ProvenRule:
    """Conditions with a least amount for each of these facts."""
    parameters = {name: parameter(1, SPECS[name].unit or "fte") for name in names}
    needs = {"all": [criterion(name, at_least=name) for name in names]}
    return proven(rule("conditions", **NEEDS, needs=needs, parameters=parameters))


def deadline(**fields: Any) -> ProvenRule:
    return proven(
        rule("deadline", what=said("a"), bound="by", parameters={"date": parameter("2026-05-01", "date")}, **fields)
    )


TERM = proven(rule("term", what=said("a"), after="ontvangen", parameters={"term": parameter(5, "day")}))
START = proven(rule("contract_start", month="following", parameters={"first_day": parameter("2026-01-01", "date")}))
CONTACT = proven(rule("contact", what=said("a"), parameters={"address": parameter("a@b.example", "address")}))
CERTIFIED = proven(rule("conditions", **NEEDS, needs=criterion("iso", **{"is": True})))
PLACES = proven(
    rule(
        "formula", what=said("a"), formula="training_places", unit="count",
        parameters={"fte_per_place": parameter(20, "fte")},
    )
)  # fmt: skip
INDEX = proven(
    rule(
        "formula", what=said("a"), formula="weighed_index", unit="percent",
        parameters={"staff_share": parameter(90, "percent"), "material_share": parameter(10, "percent")},
    )
)  # fmt: skip


def fact(name: str, value: FactValue, start: int = 900, end: int = 905, **fields: Any) -> AskerFact:
    """A fact told somewhere behind the texts of these tests, unless it is said where."""
    return AskerFact(name, value, "-", start, end, **fields)


def given(made: ProvenRule, text: str, *own: AskerFact, told: tuple[AskerFact, ...] = ()) -> Mapping[str, FactValue]:
    facts = with_only_figures(made, AskerFacts(own), AskerFacts((*own, *told)), text, TODAY, SPECS)
    for each in facts:
        assert each.start >= 900 or text[each.start : each.end] == each.words
    return facts.known()


# Days


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (TERM, "ontvangen"),
        (START, "application_date"),
        (deadline(on="ontvangen"), None),
        (choice("ontvangen"), "ontvangen"),
        (choice("ontvangen", "ontvangen"), "ontvangen"),
        (choice("ontvangen", "application_date"), None),
        (choice(), None),
        (deadline(), None),
        (CONTACT, None),
        (CERTIFIED, None),
        (PLACES, None),
    ],
)
@pytest.mark.parametrize("text", ["13 oktober 2025 lag het er", "Op 13-10-2025 lag het er.", "Het kwam 13 oktober."])
def test_the_only_day_is_the_one_that_the_rule_reads(made: ProvenRule, name: str | None, text: str) -> None:
    """None where the rule reads no day, or two, or holds a day to come against a deadline."""
    assert given(made, text) == ({name: DAY} if name else {})


def test_a_day_bears_its_words_and_why_it_was_taken() -> None:
    text = "Op 13 oktober 2025 lag het contract er."
    (found,) = with_only_figures(TERM, AskerFacts(), AskerFacts(), text, TODAY, SPECS)
    assert (found.name, found.value, found.reason, found.certainty) == ("ontvangen", DAY, "the only day", "said")
    assert found.words == text[found.start : found.end]
    assert "13 oktober 2025" in found.words


@pytest.mark.parametrize(
    ("text", "term", "start"),
    [
        ("vanaf 1 maart 2026 graag", {}, {"desired_start": dt.date(2026, 3, 1)}),
        ("per 1 maart 2026 graag", {}, {"desired_start": dt.date(2026, 3, 1)}),
        ("op 1 maart 2026", {"ontvangen": dt.date(2026, 3, 1)}, {"application_date": dt.date(2026, 3, 1)}),
        ("uiterlijk 1 maart 2026", {}, {}),
        ("vóór 1 maart 2026", {}, {}),
        ("tot 1 maart 2026", {}, {}),
        ("na 1 maart 2026", {"ontvangen": dt.date(2026, 3, 1)}, {"application_date": dt.date(2026, 3, 1)}),
    ],
)
def test_the_words_in_front_tell_whose_day_it_is(
    text: str, term: Mapping[str, FactValue], start: Mapping[str, FactValue]
) -> None:
    """'vanaf' is a start that is wished for, 'uiterlijk' and 'vóór' are the policy's."""
    assert given(TERM, text) == term
    assert given(START, text) == start


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Wanneer krijg ik antwoord?",
        "Ik mailde vorige week.",
        "Gisteren lag het er, wanneer teken ik?",
        "In oktober 2025 lag het er.",
        "Eind oktober 2025 lag het er.",
        "Van 1 tot 13 oktober 2025 lag het er.",
        "13 oktober 2025 kwam het, 14 oktober 2025 las ik het.",
        "13 oktober 2025 kwam het, in november 2025 teken ik.",
        "31 februari 2025 lag het er.",
    ],
)
def test_no_day_no_exact_one_or_two_are_left_alone(text: str) -> None:
    assert given(TERM, text) == {}


@pytest.mark.parametrize("text", ["13 oktober 2025, ja 13-10-2025", "Op 13 oktober kwam het; 13 oktober 2025 dus."])
def test_a_day_said_twice_is_one(text: str) -> None:
    assert given(TERM, text) == {"ontvangen": DAY}


@pytest.mark.parametrize(
    ("own", "told", "is_taken"),
    [
        ((), (), True),
        ((fact("ontvangen", dt.date(2025, 10, 1)),), (), False),
        ((fact("ontvangen", dt.date(2025, 10, 1), certainty="doubtful"),), (), False),
        ((fact("iso", True), fact("fte", Decimal(3))), (), True),
        ((), (fact("application_date", DAY),), False),
        ((), (fact("application_date", dt.date(2025, 10, 1)),), True),
        ((), (fact("mailed_date", DAY),), False),
    ],
)
def test_a_day_of_the_rule_and_a_day_of_something_else(
    own: tuple[AskerFact, ...], told: tuple[AskerFact, ...], is_taken: bool
) -> None:
    """A rule that has a day needs none; a day told as something else, a mail for one, is that."""
    found = given(TERM, "Op 13 oktober 2025 lag het er.", *own, told=told)
    assert (found.get("ontvangen") == DAY) is is_taken


def test_a_day_of_mailing_is_that_of_what_the_asker_says_he_mailed() -> None:
    told = AskerFacts((fact("mailed_date", DAY),))
    specs = {**SPECS, "ontvangen": SPECS["ontvangen"].model_copy(update={"names": ("offerte",)})}
    for text, known in (("Op 13 oktober 2025 mailde ik de offerte.", {"ontvangen": DAY}), ("Op 13 oktober 2025.", {})):
        assert with_only_figures(TERM, AskerFacts(), told, text, TODAY, specs).known() == known


@pytest.mark.parametrize(
    ("text", "now", "known"),
    [
        ("en als ik dat in april doe?", (), {"application_date": dt.date(2026, 4, 1)}),
        (
            "en april?",
            (fact("application_date", DAY, certainty="doubtful"),),
            {"application_date": dt.date(2026, 4, 1)},
        ),
        ("en als ik dat in april doe?", (fact("application_date", DAY),), {"application_date": DAY}),
        ("en april 2026?", (), {"application_date": dt.date(2026, 4, 1)}),
        ("als ik deze maand aanvraag?", (), {"application_date": dt.date(2025, 10, 1)}),
        ("en volgende maand?", (), {"application_date": dt.date(2025, 11, 1)}),
        ("en vorige maand?", (), {}),
        ("en vanaf april?", (), {}),
        ("en in april of mei?", (), {}),
        ("en eind april?", (), {"application_date": dt.date(2025, 4, 21)}),
        ("en half november?", (), {"application_date": dt.date(2025, 11, 11)}),
        ("volgende week dan?", (), {}),
        ("en in 2026?", (), {}),
    ],
)
def test_a_month_is_enough_where_a_contract_begins_with_one(
    text: str, now: tuple[AskerFact, ...], known: Mapping[str, FactValue]
) -> None:
    assert given(START, text, *now) == known
    assert given(TERM, text) == {}


@pytest.mark.parametrize(
    ("text", "now", "known"),
    [
        ("De overeenkomst start in januari 2026.", "januari 2026", {"desired_start": dt.date(2026, 1, 1)}),
        ("Ingang volgende maand.", "volgende maand", {"desired_start": dt.date(2025, 11, 1)}),
        ("Wij gaan in september van start.", "september", {"desired_start": dt.date(2026, 9, 1)}),
        ("Wij zijn in september gestart.", "september", {"desired_start": dt.date(2025, 9, 1)}),
        ("Ingang in januari of februari 2026.", "", {}),
        ("In januari 2026 hoort u meer.", "", {}),
    ],
)
def test_the_month_in_which_a_contract_starts_is_enough(text: str, now: str, known: Mapping[str, FactValue]) -> None:
    ends = proven(
        rule("term", what=said("a"), after="desired_start", ends="through", parameters={"term": parameter(2, "year")})
    )
    at = text.index(now)
    read = (fact("desired_start", TODAY, at, at + len(now), certainty="doubtful"),) if now else ()
    assert given(ends, text, *read) == known
    if now:
        assert given(START, text, *read) == known, "it is not the month of the application"


def test_a_month_of_an_application_is_no_wish_and_the_other_way_round() -> None:
    text = "In maart 2026 vragen wij aan en in mei 2026 willen wij beginnen."
    applied, wished = (
        fact(name, TODAY, text.index(words), text.index(words) + len(words), certainty="doubtful")
        for name, words in (("application_date", "maart 2026"), ("desired_start", "mei 2026"))
    )
    assert given(START, text, applied) == {"application_date": dt.date(2026, 3, 1)}
    assert given(START, text, wished) == {"desired_start": dt.date(2026, 5, 1)}


def test_a_day_of_this_turn_goes_before_one_of_an_earlier_turn() -> None:
    own = AskerFacts((fact("application_date", dt.date(2025, 10, 1)),))
    for text, day in (("en op 13 oktober 2025?", DAY), ("en in april?", dt.date(2026, 4, 1))):
        facts = with_only_figures(START, own, AskerFacts(), text, TODAY, SPECS)
        assert facts.known() == {"application_date": day}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Onze bestuurder is woensdag terug, lukt het dan nog?", {"ontvangen": dt.date(2025, 10, 22)}),
        ("Het bestuur vergadert de 28e. Is dat goed?", {"ontvangen": dt.date(2025, 10, 28)}),
        ("Maandag spreken we de accountant. Tot wanneer kan het?", {}),
        ("Ik ben tot vrijdag met vakantie, kan het dan nog?", {"ontvangen": dt.date(2025, 10, 24)}),
        ("Is 22 oktober vroeg genoeg?", {"ontvangen": dt.date(2025, 10, 22)}),
        ("Het lag er 1 oktober en wij tekenen 22 oktober. Halen we dat?", {"ontvangen": dt.date(2025, 10, 22)}),
        ("Vanaf woensdag ben ik met vakantie, kan het nog?", {}),
        ("Hij is sinds 13 oktober terug, kan het nog?", {}),
        ("Wij hadden het vrijdag moeten doen.", {}),
        ("Woensdag of donderdag, kan dat nog?", {}),
    ],
)
def test_a_deadline_takes_the_day_on_which_somebody_acts_or_can_act(text: str, known: Mapping[str, FactValue]) -> None:
    assert given(deadline(on="ontvangen"), text) == known


@pytest.mark.parametrize(
    ("text", "applied", "other"),
    [
        ("Scheelt het of ik het op 31 oktober 2025 instuur of op 3 november 2025?", "2025-10-31", "2025-11-03"),
        ("Wij mailen vandaag. Maakt het uit als het morgen wordt?", "2025-10-20", "2025-10-21"),
        ("Wij mailen vrijdag in plaats van vandaag.", "2025-10-24", "2025-10-20"),
        ("Wij mailen het vrijdag, mijn vakantie begint 1 november 2025.", "2025-10-24", None),
    ],
)
def test_of_two_days_the_one_is_compared_with_the_other_where_that_is_asked(
    text: str, applied: str, other: str | None
) -> None:
    told = (fact("application_date", dt.date.fromisoformat(applied)),)
    found = {name: str(value) for name, value in given(START, text, *told).items()}
    assert found == {"application_date": applied} | ({"other_application_date": other} if other else {})


def test_where_nothing_is_added_the_facts_are_the_same() -> None:
    own = AskerFacts((fact("iso", True),))
    assert with_only_figures(CONTACT, own, own, "Op 13 oktober 2025 met 3 fte.", TODAY, SPECS) is own


# Amounts


@pytest.mark.parametrize(
    ("made", "text", "known"),
    [
        (bounded("omzet"), "Drie ton doen we bij jullie", {"omzet": 300000}),
        (bounded("omzet"), "Wij doen € 80.000 bij jullie", {"omzet": 80000}),
        (bounded("fte"), "Wij zijn met 2,5 fte", {"fte": Decimal("2.5")}),
        (PLACES, "Bij ons is het 40 fte", {"carers_fte": 40}),
        (bounded("omzet", "fte"), "Met 3 fte doen wij € 80.000", {"omzet": 80000, "fte": 3}),
        (bounded("omzet"), "Met 3 fte, kan dat?", {}),
        (bounded("fte"), "Met 3 apotheken, kan dat?", {}),
        (bounded("fte"), "Kan dat?", {}),
        (bounded("fte"), "Eerst 2 fte, nu 3 fte", {}),
        (bounded("fte"), "Tussen de 2 en 3 fte", {}),
        (bounded("fte", "carers_fte"), "Wij zijn met 2,5 fte", {}),
        (INDEX, "Het is 5%", {}),
        (CERTIFIED, "Wij zijn met 2,5 fte", {}),
        (CONTACT, "Wij zijn met 2,5 fte", {}),
    ],
)
def test_the_only_figure_of_a_unit(made: ProvenRule, text: str, known: Mapping[str, FactValue]) -> None:
    """Where the rule reads one fact in it: two facts or two figures leave it open which is meant."""
    assert given(made, text) == known


@pytest.mark.parametrize(
    ("text", "bound", "approximate"),
    [
        ("Bij ons is het 3 fte", "exactly", False),
        ("Bij ons is het meer dan 3 fte", "more_than", False),
        ("Bij ons is het minder dan 3 fte", "less_than", False),
        ("Bij ons is het minstens 3 fte", "at_least", False),
        ("Bij ons is het hooguit 3 fte", "at_most", False),
        ("Bij ons is het ongeveer 3 fte", "exactly", True),
    ],
)
def test_a_figure_keeps_its_bound(text: str, bound: str, approximate: bool) -> None:
    (found,) = with_only_figures(bounded("fte"), AskerFacts(), AskerFacts(), text, TODAY, SPECS)
    assert (found.value, found.bound, found.approximate) == (3, bound, approximate)
    assert (found.reason, found.words) == ("the only figure", text[found.start : found.end])


@pytest.mark.parametrize(
    "text",
    [
        "Is de grens 3 fte?",
        "Is 3 fte de eis?",
        "Moet ik 3 fte hebben?",
        "Het minimum is toch 3 fte?",
        "Is 3 FTE required?",
        "Geldt de drempel van 3 fte?",
    ],
)
def test_a_figure_of_the_policy_is_not_the_askers(text: str) -> None:
    assert given(bounded("fte"), text) == {}


def test_only_words_near_the_figure_make_it_the_policys() -> None:
    assert given(bounded("fte"), "Is dat de grens? " + "Wij werken hard. " * 3 + "Bij ons is het 3 fte") == {"fte": 3}


@pytest.mark.parametrize(
    ("own", "told", "known"),
    [
        ((fact("fte", Decimal(1)),), (), {"fte": 1}),
        ((fact("fte", Decimal(1), certainty="doubtful"),), (), {}),
        ((), (fact("carers_fte", Decimal(3), 12, 17),), {}),
        ((), (fact("carers_fte", Decimal(3), 17, 30),), {"fte": 3}),
        ((), (fact("carers_fte", Decimal(3), 0, 12),), {"fte": 3}),
        ((), (fact("carers_fte", Decimal(3), 0, 13),), {}),
    ],
)
def test_a_figure_that_was_read_already_is_what_it_was_read_as(
    own: tuple[AskerFact, ...], told: tuple[AskerFact, ...], known: Mapping[str, FactValue]
) -> None:
    text = "Bij ons dus 3 fte, kan dat zo?"
    assert text[12:17] == "3 fte"
    assert given(bounded("fte"), text, *own, told=told) == known


# What the rule has just answered


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("sorry, ik merk nu dat het 13 oktober was", DAY),
        ("wij dienen hem op 13 oktober in", DAY),
        ("wij dienen hem op 13 oktober in, is dat goed?", None),  # it asks something of its own
    ],
)
@pytest.mark.parametrize("made", [TERM, deadline(on="ontvangen")])
def test_a_day_that_is_only_told_is_of_what_the_rule_has_just_answered(
    made: ProvenRule, text: str, day: dt.date | None
) -> None:
    """Also where it lies behind, or was read as a day of applying."""
    applied = fact("application_date", DAY)
    found = with_only_figures(made, AskerFacts(), AskerFacts((applied,)), text, TODAY, SPECS, goes_on=True)
    assert found.known().get("ontvangen") == day


@pytest.mark.parametrize(
    ("text", "goes_on", "is_read"),
    [
        ("gisteren", True, True),
        ("yesterday", True, True),
        ("gisteren", False, False),
        ("gisteren belde iemand anders", True, False),
    ],
)
def test_a_day_alone_answers_what_was_asked_back(text: str, goes_on: bool, is_read: bool) -> None:
    found = with_only_figures(TERM, AskerFacts(), AskerFacts(), text, TODAY, SPECS, goes_on=goes_on)
    assert found.known().get("ontvangen") == (TODAY - dt.timedelta(days=1) if is_read else None)


@pytest.mark.parametrize(("asked", "day"), [("Hoe lang na onze offerte?", DAY), ("Hoe lang na de sluiting?", None)])
def test_so_is_one_told_to_a_question_that_names_what_is_counted_from(asked: str, day: dt.date | None) -> None:
    applied = AskerFacts((fact("application_date", DAY),))
    text = "wij dienen hem op 13 oktober in"
    specs = {**SPECS, "ontvangen": SPECS["ontvangen"].model_copy(update={"names": ("offerte",)})}
    found = with_only_figures(TERM, AskerFacts(), applied, text, TODAY, specs, asked=f"{asked} {text}")
    assert found.known().get("ontvangen") == day


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Maandag is zij er weer. Kan zij het voor volgend jaar dan nog tekenen?", {"getekend": dt.date(2025, 10, 27)}),
        ("Kan zij het voor volgend jaar dan nog tekenen?", {}),
    ],
)
def test_a_year_that_was_read_as_a_day_claims_none(text: str, known: Mapping[str, FactValue]) -> None:
    at = text.index("volgend jaar")
    year = fact("getekend", dt.date(2026, 1, 1), at, at + len("volgend jaar"), certainty="doubtful")
    assert given(deadline(on="getekend"), text, told=(year,)) == known


# Counted back

JUNE = "Onze locatie opent op 1 juni 2026."


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (f"{JUNE} Wanneer moet de aanvraag uiterlijk binnen zijn?", {"desired_start": dt.date(2026, 6, 1)}),
        (f"{JUNE} Hoeveel tijd mag ik er nog voor nemen?", {"desired_start": dt.date(2026, 6, 1)}),
        ("Our site opens on 1 June 2026. By when must our application be in?", {"desired_start": dt.date(2026, 6, 1)}),
        (f"{JUNE} Wanneer gaat het in als de aanvraag er moet zijn?", {"application_date": dt.date(2026, 6, 1)}),
        (f"{JUNE} Hoeveel tijd hebben wij nog om te tekenen?", {"application_date": dt.date(2026, 6, 1)}),
        ("Op 1 juni 2026 versturen wij het. Hoeveel dagen hebben we nog?", {"application_date": dt.date(2026, 6, 1)}),
        ("Het lag er op 13 oktober 2025. Hoeveel tijd hebben wij nog?", {"application_date": DAY}),
    ],
)  # fmt: skip
def test_who_asks_how_long_he_can_wait_tells_the_start_that_he_wishes(
    text: str, known: Mapping[str, FactValue]
) -> None:
    assert given(START, text) == known


MESSAGE = proven(rule("term", what=said("a"), after="mailed_date", parameters={"term": parameter(5, "day")}))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Ik wil het antwoord uiterlijk 1 juni 2026. Wanneer moet mijn mail weg?", {"wished_end": dt.date(2026, 6, 1)}),
        ("Ik wil antwoord vóór 1 juni 2026. Wanneer moet ik dan mailen?", {"wished_end": dt.date(2026, 5, 31)}),
        (
            "Ik wil uiterlijk 1 juni 2026 antwoord op mijn mail. Wanneer moet die weg?",
            {"wished_end": dt.date(2026, 6, 1)},
        ),
        ("Op 1 juni 2026 is er overleg. Wanneer moet ik dan mailen?", {"wished_end": dt.date(2026, 6, 1)}),
        ("We meet on 1 June 2026. By what day should we send it?", {"wished_end": dt.date(2026, 6, 1)}),
        ("Op 13 oktober 2025 is gemaild. Wanneer moet er antwoord zijn?", {"mailed_date": DAY}),
        ("Op 13 oktober 2025 mailde ik. Wanneer moet ik het antwoord weg kunnen sturen?", {"mailed_date": DAY}),
        ("Ik mail op 1 juni 2026. Wanneer krijg ik antwoord?", {"mailed_date": dt.date(2026, 6, 1)}),
    ],
)
def test_who_asks_when_to_send_tells_the_day_of_the_answer(text: str, known: Mapping[str, FactValue]) -> None:
    assert given(MESSAGE, text) == known


OWN_TERM = proven(
    rule("term", what=said("a"), after="ontvangen", own=True, on="getekend", parameters={"term": parameter(5, "day")})
)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "Wij tekenen pas op 1 juni 2026. Welke dag mag het er op zijn vroegst staan zodat dat nog net kan?",
            {"wished_end": dt.date(2026, 6, 1)},
        ),
        ("Het was er op 13 oktober 2025. Op welke dag mogen wij op zijn vroegst tekenen?", {"ontvangen": DAY}),
        ("Het staat er op 1 juni 2026. Tot welke dag kan ik tekenen?", {"ontvangen": dt.date(2026, 6, 1)}),
    ],
)
def test_who_can_act_only_on_a_day_asks_how_early_the_term_may_begin(text: str, known: Mapping[str, FactValue]) -> None:
    assert given(OWN_TERM, text) == known


def test_a_day_said_twice_is_wished_for_and_begins_nothing() -> None:
    text = "Wij tekenen pas op 1 juni 2026. Wanneer mag het er op zijn vroegst staan zodat 1 juni 2026 nog net kan?"
    june = dt.date(2026, 6, 1)
    own = (fact("ontvangen", june), fact("getekend", june))
    assert given(OWN_TERM, text, *own) == {"getekend": june, "wished_end": june}

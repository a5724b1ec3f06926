"""The one question back: the last thing that a checklist hangs on, a day told roughly, which day of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from assistant.asking_back import Asking, ask_back
from assistant.facts import AskerFact, AskerFacts
from knowledge.rules.card import FactValue
from tests.assistant.test_rule_answer import ALL, FIRST, SPECS, TODAY, lines, routed

MOST = {name: value for name, value in ALL.items() if name != "keurmerk"}
HALF: Mapping[str, FactValue] = {name: ALL[name] for name in ("code", "omzet", "klacht")}


def asked(rule_id: str, facts: Mapping[str, FactValue], question: str, *, decides: bool = True) -> str | None:
    outcome = replace(routed(rule_id, facts), asks_decision=decides)
    ask = ask_back(outcome, SPECS[FIRST], Asking(question, TODAY, "nl"))
    return ask.question if ask is not None else None


@pytest.mark.parametrize(
    ("facts", "question", "decides", "asks"),
    [
        (MOST, "Voldoen wij zo?", True, "keurmerk?"),
        (MOST | {"omzet": None}, "Voldoen wij zo?", True, None),  # two of five, and three were told
        (MOST, "Hoe gaat dat dan?", False, None),
        (MOST, "Wij hebben iets als een keurmerk. Voldoen wij zo?", True, None),
        (MOST, "Wij hebben geen keurmerken. Voldoen wij zo?", True, None),
        (MOST, "Wat missen wij nog?", True, None),
        (MOST, "Moet dat ook?", True, None),
        (MOST, "En een website, moet die ook?", True, None),
        (MOST, "Moeten we daarvoor in een register staan?", True, None),
        (MOST, "Welke papieren hebben we nog nodig?", True, None),
        (MOST, "Ontbreekt er zo iets?", True, None),
        (MOST, "Do we lack anything?", True, None),
        (HALF, "Voldoen wij zo?", True, None),
        (ALL, "Voldoen wij zo?", True, None),
        (MOST | {"keurmerk": False}, "Voldoen wij zo?", True, None),
        (MOST | {"code": False}, "Voldoen wij zo?", True, None),  # it is decided, whatever else may hold
    ],
)
def test_the_last_thing_that_a_checklist_hangs_on_is_asked(
    facts: Mapping[str, FactValue | None], question: str, decides: bool, asks: str | None
) -> None:
    known = {name: value for name, value in facts.items() if value is not None}
    assert asked("toelating", known, question, decides=decides) == asks


def test_of_several_alternatives_none_is_asked_for() -> None:
    assert asked("een-volstaat", {"code": False}, "Voldoen wij zo?") is None


def test_which_day_of_a_table_is_asked_whatever_the_words() -> None:
    assert asked("dagen", {}, "De laatste dag?", decides=False) == "Welke vorm?"
    assert asked("dagen", {"vorm": "keten"}, "De laatste dag?", decides=False) is None
    assert asked("vorm", {"vorm": "keten"}, "Hoe gaat dat?", decides=False) is None


def test_whom_a_table_is_for_is_asked_where_yes_or_no_is_asked() -> None:
    assert asked("voor-artsen", {"code": True}, "Krijgen wij maatwerk?") == "Wat voor aanbieder?"
    assert asked("voor-artsen", {"code": True}, "Hoe gaat dat?", decides=False) is None
    assert asked("voor-artsen", {"code": True, "provider_type": "arts"}, "Krijgen wij maatwerk?") is None
    assert asked("voor-artsen", {"code": True, "provider_type": "fysio"}, "Krijgen wij maatwerk?") is None
    meant = replace(routed("voor-artsen", {"code": True}), asks_decision=True, is_meant=True)
    assert not lines(meant)[0].startswith("Ja")  # not known yet
    meant = replace(routed("voor-artsen", {"code": True, "provider_type": "arts"}), asks_decision=True, is_meant=True)
    assert lines(meant)[0].startswith("Ja")


@pytest.mark.parametrize(
    ("rule_id", "fact", "words", "question", "today", "asks"),
    [
        ("antwoord", "mailed_date", "vorige week", "Wanneer krijgen wij antwoord?", TODAY, "Wanneer mailde u?"),
        ("antwoord", "mailed_date", "een poosje terug mailden wij", "Op welke dag is dat?", TODAY, "Wanneer mailde u?"),
        ("antwoord", "mailed_date", "vorige week", "Hoe gaat dat?", TODAY, None),
        ("antwoord", "mailed_date", "vorige week", "Hoe lang duurt dat?", TODAY, None),
        ("begin", "application_date", "vorige week", "Per wanneer?", dt.date(2025, 11, 5), "Wanneer vroeg u aan?"),
        ("begin", "application_date", "vorige week", "Per wanneer is dat?", dt.date(2025, 11, 20), None),  # one month
        ("begin", "mailed_date", "vorige week", "Per wanneer is dat?", dt.date(2025, 11, 5), None),  # not what counts
    ],
)  # fmt: skip
def test_a_day_is_asked_where_those_that_are_meant_end_on_different_days(
    rule_id: str, fact: str, words: str, question: str, today: dt.date, asks: str | None
) -> None:
    told = AskerFact(fact, today, words, 0, len(words), certainty="doubtful", reason="no exact day")
    outcome = replace(routed(rule_id, {}, today=today), facts=AskerFacts((told,)))
    ask = ask_back(outcome, SPECS[FIRST], Asking(question, today, "nl"))
    assert (ask.question if ask is not None else None) == asks


def test_a_day_that_was_told_is_not_asked_for() -> None:
    outcome = routed("antwoord", {"mailed_date": TODAY})
    assert ask_back(outcome, SPECS[FIRST], Asking("Wanneer?", TODAY, "nl")) is None

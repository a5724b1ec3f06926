"""What answers a look-up, from statements whose scores are given: no score is computed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from assistant.alike import says_alike
from assistant.look_up import (
    ASKABLE,
    CERTAIN,
    EASIER,
    KIN_MEANING,
    LEAST_MEANING,
    MOST_ALTERNATIVES,
    MOST_TOLD,
    PER_LEAD,
    PER_SCORE,
    SAME_POINT,
    TOGETHER,
    LookUp,
    is_certain,
    lacks_what_is_asked,
    look_up,
)
from assistant.question import read_asked
from assistant.rule_fit import Question
from assistant.statement_preference import CLOSE, NEAR_LENGTH
from assistant.statements import FEATURES, Found, means_whom, names_whom, without_title
from assistant.turn import HistoryTurn
from knowledge.statements.card import Absence, Statement
from knowledge.statements.proven import ProvenStatement
from tests.small_statements import absence, proof, said, statement

NORTH, SOUTH, EAST = "noord-fysio-2026", "zuid-fysio-2026", "oost-fysio-2026"
SURE = 2 * CERTAIN / PER_SCORE
"""A score that is enough on its own."""


def found(
    card: dict[str, Any],
    score: float = SURE,
    policy_id: str = NORTH,
    *,
    meaning: float = LEAST_MEANING,
    is_kin: bool = False,
) -> Found:
    kind = Absence if "lacks" in card else Statement
    proven = ProvenStatement(policy_id=policy_id, card=kind.model_validate(card), is_kin=is_kin)
    features = np.zeros(len(FEATURES))
    features[FEATURES.index("meaning")] = meaning
    return Found(proven, features, score)


def say(card_id: str, says: str, **fields: Any) -> dict[str, Any]:
    return statement(says, proof(), id=card_id, **fields)


SIGN = say("sign", "U tekent uiterlijk 7 november 2025 in het portaal.", point="signing")
MOVE = say("move", "Een verhuizing meldt u ruim vooraf.")
RECORD = say("record", "Het dossier staat in een afgesloten systeem.")
BOX = say("box", "Vragen mailt u naar inkoop@noord.example.", point="contact-procurement")
CODE = say("code", "Zet bij uw vraag duidelijk de AGB-code in het onderwerp.")
GAP = absence("parkeer", id="gap", says=said("Over parkeren staat er niets in."))


def kind_of(name: str, *names: str, share: int) -> dict[str, Any]:
    whom = {"label": said(name), "names": [name, *names]}
    return say(name, f"Een {name} krijgt {share} procent.", point="surcharge", whom=whom)


SOLO, GROUP = kind_of("solopraktijk", "eenmanszaak", share=2), kind_of("groepspraktijk", "maatschap", share=3)


class Finder:
    """Stands in for the finder: the statements given, best first, or others for a part of the question."""

    def __init__(self, *ranked: Found, parts: Mapping[str, Sequence[Found]] | None = None) -> None:
        self.ranked = sorted(ranked, key=lambda each: -each.score)
        self.parts = parts or {}

    def find(self, question: Question, policy_ids: Collection[str], **_: object) -> list[Found]:
        ranked = next((each for text, each in self.parts.items() if question.said == text), self.ranked)
        return [each for each in ranked if not policy_ids or each.statement.policy_id in policy_ids]

    def title_of(self, one: Found) -> str:
        return f"Inkoopbeleid Praktijken 2026 ({one.statement.policy_id})"

    def variants(self, one: Found) -> list[Found]:
        card = one.card
        if not isinstance(card, Statement) or card.point is None:
            return [one]
        same = self.at_point(one.statement.policy_id, card.point)
        return [each for each in same if each.card.whom] or [one]  # type: ignore[union-attr]  # statements

    def at_point(self, policy_id: str, point: str) -> list[Found]:
        own = [each for each in self.ranked if each.statement.policy_id == policy_id]
        return [each for each in own if isinstance(each.card, Statement) and each.card.point == point]


def asking(text: str, *earlier: str) -> Question:
    history = [HistoryTurn(role="user", content=each) for each in earlier]
    return Question(text, text, read_asked(text), (), history, dt.date(2025, 10, 1), "nl")


def look(
    finder: Finder, text: str = "Hoe zit dat?", *earlier: str, settled: bool = True, **fields: Any
) -> LookUp | None:
    return look_up(finder, asking(text, *earlier), (), settled=settled, **fields)  # type: ignore[arg-type]  # its stand-in


def ids(chosen: LookUp | None) -> list[str]:
    return [f"{each.statement.policy_id.split('-')[0]}:{each.card.id}" for each in chosen.told] if chosen else []


# Near enough


def test_without_statements_nothing_is_looked_up() -> None:
    assert look(Finder()) is None


@pytest.mark.parametrize(("margin", "certain"), [(0.01, True), (-0.01, False)])
def test_score_and_lead_are_weighed_together(margin: float, certain: bool) -> None:
    alone = (CERTAIN + margin) / (PER_SCORE + PER_LEAD)
    assert is_certain([found(SIGN, alone)]) is certain
    lead = 0.5
    score = (CERTAIN + margin - PER_LEAD * lead) / PER_SCORE
    assert is_certain([found(SIGN, score), found(MOVE, score - lead)]) is certain
    assert (look(Finder(found(SIGN, score), found(MOVE, score - lead))) is not None) is certain


@pytest.mark.parametrize(
    ("best", "second"),
    [
        (SIGN, SIGN | {"id": "other"}),
        (SOLO, GROUP),
        (
            BOX,
            say("box-too", "Mail al uw vragen naar inkoop@noord.example, dag en nacht.", point="contact-procurement"),
        ),
    ],
)
def test_what_says_the_same_or_is_another_variant_is_no_rival(best: dict[str, Any], second: dict[str, Any]) -> None:
    score = CERTAIN / (PER_SCORE + PER_LEAD) + 0.01
    assert is_certain([found(best, score), found(second, score)])
    assert not is_certain([found(best, score), found(MOVE, score)])


def test_less_is_enough_in_a_comparison() -> None:
    score = (CERTAIN - EASIER / 2) / (PER_SCORE + PER_LEAD)
    assert look(Finder(found(SIGN, score))) is None
    assert ids(look(Finder(found(SIGN, score)), compares=True)) == ["noord:sign"]


# The same, or not

SOUTHERN = "Vragen stelt u schriftelijk via inkoop@noord.example, met uw AGB-code."


WISH = SIGN | {"says": said("De verzekeraar wil in 2026 met alle aanbieders praten over de zorg.")}


@pytest.mark.parametrize(
    ("one", "other", "policy_id", "alike"),
    [
        (SIGN, SIGN, SOUTH, True),
        (SIGN, SIGN | {"says": said("U tekent in het portaal, uiterlijk 7 november 2025.")}, SOUTH, True),
        (SIGN, SIGN | {"says": said("U tekent uiterlijk 1 november 2025 in het portaal.")}, SOUTH, False),
        (SIGN, SIGN | {"says": said("U tekent uiterlijk 7 november 2026 in het portaal.")}, SOUTH, False),
        (BOX, BOX | {"says": said(SOUTHERN)}, SOUTH, True),
        (BOX, BOX | {"says": said(SOUTHERN.replace("noord", "zuid"))}, SOUTH, False),
        (BOX, BOX | {"says": said(SOUTHERN), "point": "contact-other"}, SOUTH, False),
        (CODE, CODE | {"says": said("Zet de AGB-code duidelijk bij uw vraag in het onderwerp.")}, SOUTH, True),
        (CODE, CODE | {"says": said("Zet de AGB-code in het onderwerp."), "id": "other"}, SOUTH, False),
        (WISH, WISH | {"says": said("In 2026 koopt de verzekeraar alleen bij grote groepen in.")}, SOUTH, False),
        (SIGN, MOVE, SOUTH, False),
        (SOLO, GROUP, NORTH, False),
    ],
)
def test_whether_two_statements_say_the_same(
    one: dict[str, Any], other: dict[str, Any], policy_id: str, alike: bool
) -> None:
    """Never where their days, amounts or mailboxes differ, however alike the words are."""
    assert says_alike(found(one), found(other, policy_id=policy_id)) is alike
    assert says_alike(found(other, policy_id=policy_id), found(one)) is alike


# Variants

MANY = "Een maatschap met een ziekenhuis, een apotheek en een tandarts doet ook mee."
"""Who tells of many kinds at once is none of them."""


@pytest.mark.parametrize(
    ("text", "earlier", "told", "by"),
    [
        ("Welke toeslag is er?", (), ["noord:solopraktijk", "noord:groepspraktijk"], "whom"),
        ("Welke toeslag krijgt een maatschap?", (), ["noord:groepspraktijk"], None),
        ("Welke toeslag is er?", ("Ik heb een eenmanszaak.",), ["noord:solopraktijk"], None),
        ("Welke toeslag krijgt een maatschap?", ("Ik heb een eenmanszaak.",), ["noord:groepspraktijk"], None),
        ("Welke toeslag is er?", ("Ik heb een eenmanszaak.", "En een maatschap?"), ["noord:groepspraktijk"], None),
        ("Welke toeslag is er?", ("Ik heb een eenmanszaak.", MANY), ["noord:solopraktijk"], None),
        ("Is er verschil in toeslag?", (), ["noord:solopraktijk", "noord:groepspraktijk"], "each"),
        ("Toeslag solopraktijk of groepspraktijk?", (), ["noord:solopraktijk", "noord:groepspraktijk"], "each"),
    ],
)
def test_variants_are_told_as_far_as_they_were_not_told_apart(
    text: str, earlier: tuple[str, ...], told: list[str], by: str | None
) -> None:
    chosen = look(Finder(found(SOLO), found(GROUP, SURE - 1), found(MOVE, 0.0)), text, *earlier)
    assert chosen is not None
    assert (ids(chosen), chosen.by) == (told, by)


def test_the_variant_for_what_the_asker_told_of_himself_is_told() -> None:
    finder = Finder(found(SOLO), found(GROUP, SURE - 1))
    chosen = look(finder, "Welke toeslag is er?", is_for=lambda each: each.card.id == "groepspraktijk")
    assert ids(chosen) == ["noord:groepspraktijk"]
    named = look(finder, "Welke toeslag krijgt een solopraktijk?", is_for=lambda each: each.card.id == "groepspraktijk")
    assert ids(named) == ["noord:solopraktijk"]


def test_no_more_variants_than_can_be_read() -> None:
    many = [kind_of(f"soort{number}", share=number) for number in range(MOST_ALTERNATIVES + 2)]
    assert len(ids(look(Finder(*(found(each) for each in many))))) == MOST_ALTERNATIVES


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Wij vallen onder het inkoopbeleid solopraktijken.", "Wij vallen onder het inkoopbeleid."),
        ("Staat dat in het beleid voor de Solopraktijken?", "Staat dat in het beleid?"),
        ("Ons beleid is: solopraktijken gaan voor.", "Ons beleid is: solopraktijken gaan voor."),
        ("Wij zijn een van de solopraktijken.", "Wij zijn een van de solopraktijken."),
        ("Het beleid voor maatschappen", "Het beleid voor maatschappen"),
    ],
)
def test_the_title_of_a_policy_is_not_who_asks(text: str, left: str) -> None:
    assert without_title(text, "Inkoopbeleid Solopraktijken 2026 (Noord)") == left
    assert without_title(text, "Inkoopbeleid 2026") == text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("een solopraktijk in de stad", True),
        ("Twee SOLOPRAKTIJKEN", True),
        ("een eenmanszaak", True),
        ("een praktijk", False),
        ("", False),
    ],
)
def test_whom_a_text_names(text: str, named: bool) -> None:
    assert names_whom(text, found(SOLO).statement) is named
    assert not names_whom(text, found(SIGN).statement)
    assert not names_whom(text, found(GAP).statement)


BEAMS = kind_of("protontherapie", share=4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Welke toeslag is er voor protonenbestraling?", ["noord:protontherapie"]),
        ("Welke toeslag krijgt een solopraktijk naast protonenbestraling?", ["noord:solopraktijk"]),
        ("Welke toeslag is er voor bestraling?", ["noord:solopraktijk", "noord:protontherapie"]),
    ],
)
def test_a_kind_of_provider_may_be_called_by_another_name(text: str, told: list[str]) -> None:
    assert ids(look(Finder(found(SOLO), found(BEAMS, SURE - 1)), text)) == told


def test_a_name_stands_for_no_wider_kind_of_care() -> None:
    wide = kind_of("kraamhulp", "maternity care", share=5)
    assert not means_whom("Wij werken in de geboortezorg.", found(wide).statement)
    assert not means_whom("Wij werken in de geboortezorg.", found(SIGN).statement)


# Several policies


@pytest.mark.parametrize(
    ("point", "share", "told"),
    [
        ("signing", SAME_POINT + 0.01, 2),
        ("signing", SAME_POINT - 0.01, 1),
        ("else", TOGETHER + 0.01, 2),
        ("else", TOGETHER - 0.01, 1),
    ],
)
def test_another_policy_is_told_too_where_it_answers_as_well(point: str, share: float, told: int) -> None:
    other = SIGN | {"says": said("In mei tekent men niet."), "point": point}
    finder = Finder(found(SIGN), found(other, share * SURE, SOUTH))
    chosen = look(finder, settled=False)
    assert chosen is not None
    assert (len(chosen.told), chosen.by) == (told, "policy" if told > 1 else None)
    assert ids(look(finder, settled=True))[:1] == ["noord:sign"]
    assert len({each.statement.policy_id for each in (look(finder) or chosen).told}) == 1


def test_of_each_policy_one_statement() -> None:
    ranked = [
        found(SIGN),
        found(MOVE, SURE - 0.1, SOUTH),
        found(RECORD, SURE - 0.2, SOUTH),
        found(BOX, SURE - 0.3, EAST),
    ]
    assert ids(look(Finder(*ranked), settled=False)) == ["noord:sign", "zuid:move", "oost:box"]


def test_what_one_policy_tells_goes_before_what_another_does_not_tell() -> None:
    both = Finder(found(GAP), found(MOVE, SURE - 0.1, SOUTH))
    assert ids(look(both, settled=False))[0] == "zuid:move"
    silent = Finder(found(MOVE), found(GAP, SURE - 0.1, SOUTH))
    assert ids(look(silent, settled=False)) == ["noord:move"]


# An address, a figure, a day


def test_an_address_that_is_lacking_is_that_for_procurement() -> None:
    finder = Finder(found(MOVE), found(BOX, 0.1))
    assert ids(look(finder, "Waar mail ik een verhuizing naartoe?")) == ["noord:box"]
    assert ids(look(finder, "Moet ik een verhuizing melden?")) == ["noord:move"]
    assert ids(look(Finder(found(MOVE)), "Waar mail ik een verhuizing naartoe?")) == ["noord:move"]
    elsewhere = Finder(found(MOVE), found(BOX, 0.1, SOUTH))
    assert ids(look(elsewhere, "Waar mail ik een verhuizing naartoe?")) == ["noord:move"]


@pytest.mark.parametrize(
    ("text", "says", "lacks"),
    [
        ("Hoeveel procent is het?", "Er is een toeslag.", True),
        ("Hoeveel procent is het?", "Er is een toeslag van 2 procent.", False),
        ("Hoeveel dagen vooraf?", "Twee dagen vooraf.", False),
        ("Hoeveel dagen vooraf?", "Een dag vooraf.", True),  # 'een' is no number
        ("Hoe vaak?", "Elk jaar 1 keer.", False),
        ("Hoeveel jaar?", "Vooralsnog voor één jaar.", False),
        ("Hoeveel tijd kost het?", "Dat hangt ervan af.", False),
        ("Op welke datum?", "U tekent ruim op tijd.", True),
        ("Op welke datum?", "U tekent uiterlijk 7 november 2025.", False),
        ("Op welke datum?", "U tekent eind november 2025.", False),
        ("Op welke datum?", "U tekent vóór 1 mei.", False),
        ("Tot welk jaar loopt het?", "Het is een tweejarig contract.", False),
        ("Tot welk jaar loopt het?", "Het loopt twee jaar.", False),
        ("Tot welk jaar loopt het?", "Het is een contract.", True),
        ("Op welke datum?", "Het is een tweejarig contract.", True),
        ("Wanneer teken ik?", "U tekent ruim op tijd.", False),
        ("Mag dat?", "Dat mag.", False),
        ("How much is it?", "Er is een toeslag.", True),
        ("Hoeveel is het?", "Vanaf 2027 is er een toeslag.", True),
        ("Hoeveel is het?", "Vanaf 1 mei 2027 is er een toeslag.", True),
        ("Welk percentage krijgen wij?", "De toeslag is 12 euro.", True),
        ("Welk percentage krijgen wij?", "De toeslag is 12%.", False),
        ("Naar welk percentage gaat de toeslag?", "De toeslag vervalt.", False),
        ("What percentage do we get?", "De helft van de kosten.", False),
        ("Wat is de vergoeding per bed?", "Een bed staat op 3 meter van een raam.", True),
        ("Wat is de vergoeding per bed?", "Voor een bed geldt € 30.", False),
        ("Hoe hoog is de vergoeding?", "De vergoeding is 80%.", False),
        ("Hoe vaak mag het op uw kosten?", "Eén keer per jaar.", False),
        ("Hoeveel dagen heb ik nog?", "U tekent uiterlijk 7 november 2025.", False),
        ("Hoeveel dagen heb ik nog?", "Het aanbod komt op 7 november 2025.", True),
        ("Hoeveel keer mag het op uw kosten?", "Dat mag.", True),
    ],
)
def test_whether_a_statement_lacks_what_is_asked(text: str, says: str, lacks: bool) -> None:
    card = say("card", says)
    assert lacks_what_is_asked(found(card), asking(text)) is lacks
    chosen = look(Finder(found(card)), text)
    assert chosen is not None
    assert (chosen.is_beside, chosen.is_absence) == (lacks, lacks)


def test_a_figure_may_stand_in_an_item() -> None:
    listed = say("list", "De toeslag is:", items=[said("solo: 2 procent"), said("groep: 3 procent")])
    assert not lacks_what_is_asked(found(listed), asking("Hoeveel procent?"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kan ik nog parkeren, en waar?", "noord:box"),
        ("Kan ik nog parkeren?", "noord:gap"),
    ],
)
def test_where_it_is_also_asked_where_a_statement_as_near_that_tells_it_answers(text: str, told: str) -> None:
    finder = Finder(found(GAP, 9.0), found(say("box", "Mail naar inkoop@voorbeeld.example."), 9.0 - CLOSE / 2))
    chosen = look(finder, text)
    assert chosen is not None
    assert ids(chosen)[:1] == [told]


def test_an_absence_is_no_statement_that_lacks_something() -> None:
    chosen = look(Finder(found(GAP)), "Hoeveel parkeerplaatsen?")
    assert chosen is not None
    assert (chosen.is_beside, chosen.is_absence, ids(chosen)) == (False, True, ["noord:gap"])


# A second statement


def test_a_statement_as_near_as_the_best_is_told_too() -> None:
    near, far = found(MOVE, SURE - CLOSE + 0.01), found(RECORD, SURE - CLOSE - 0.01)
    assert ids(look(Finder(found(SIGN), near, far))) == ["noord:sign", "noord:move"]


@pytest.mark.parametrize("second", [found(GAP, SURE), found(SIGN | {"id": "again"}, SURE), found(MOVE, SURE, SOUTH)])
def test_no_second_statement_that_is_silent_says_the_same_or_is_of_another_policy(second: Found) -> None:
    assert ids(look(Finder(found(SIGN, SURE + 0.1), second))) == ["noord:sign"]


def test_each_part_of_a_question_is_looked_up() -> None:
    first, second = "Moet ik een verhuizing vooraf melden?", "Waarin bewaar ik het hele dossier?"
    finder = Finder(found(MOVE), found(RECORD, 1.0), parts={first: [found(MOVE)], second: [found(RECORD)]})
    assert ids(look(finder, f"{first} {second}")) == ["noord:move", "noord:record"]
    assert ids(look(Finder(*finder.ranked, parts={second: [found(RECORD, 0.1)]}), f"{first} {second}")) == [
        "noord:move"
    ]


def test_no_more_statements_than_can_be_read() -> None:
    many = [found(say(f"card{number}", f"Zin {number} zegt iets anders dan {number + 40}.")) for number in range(5)]
    assert len(ids(look(Finder(*many)))) <= MOST_TOLD


def test_what_is_not_told_is_told_alone() -> None:
    assert ids(look(Finder(found(GAP, SURE + 0.1), found(MOVE)))) == ["noord:gap"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Hoeveel criteria zijn er?", "noord:count"),
        ("Welke criteria zijn er?", "noord:gap"),
        ("Hoeveel criteriapunten zijn er?", "noord:gap"),
    ],
)
@pytest.mark.parametrize("counted", ["vier criteria", "vier toelatingscriteria"])
def test_what_counts_goes_before_an_absence(text: str, first: str, counted: str) -> None:
    count = found(say("count", f"De handleiding heeft {counted}."), SURE)
    gap = found(absence("luiden", id="gap", says=said("Welke criteria dat zijn, staat er niet.")), 2 * SURE)
    assert ids(look(Finder(gap, count), text)) == [first]


@pytest.mark.parametrize(
    ("says", "lacks"),
    [
        ("Maximaal één keer per kalenderjaar.", False),
        ("Eenmaal per jaar.", False),
        ("Minimaal één opleidingsplek.", False),
        ("Een verzekerde volgt het programma.", True),
        ("Twee keer per jaar.", False),
    ],
)
def test_once_is_a_figure_and_an_article_is_none(says: str, lacks: bool) -> None:
    assert lacks_what_is_asked(found(say("often", says)), asking("Hoe vaak mag dat?")) is lacks


@pytest.mark.parametrize(
    ("meaning", "score", "first"),
    [(0.9, SURE - CLOSE, "noord:move"), (0.9, SURE - CLOSE - 0.1, "noord:gap"), (0.7, SURE, "noord:gap")],
)
def test_what_a_question_is_nearer_to_in_meaning_goes_before_an_absence(
    meaning: float, score: float, first: str
) -> None:
    finder = Finder(found(GAP, 2 * SURE, meaning=0.8), found(MOVE, SURE + score, meaning=meaning))
    finder.ranked.append(found(SIGN, 0.0))
    assert ids(look(finder)) == [first]


@pytest.mark.parametrize(
    ("question", "says", "score", "first"),
    [
        ("Geldt er een maximum?", "Ja, er geldt een maximum.", SURE - CLOSE, "noord:limit"),
        ("Geldt er een maximum?", "Ja, er geldt een maximum.", SURE - CLOSE - 0.1, "noord:gap"),
        ("Geldt er een maximum?", "Jaarlijks wordt een maximum bepaald.", SURE - CLOSE, "noord:gap"),
        ("Welk maximum geldt er?", "Ja, er geldt een maximum.", SURE - CLOSE, "noord:gap"),
    ],
)
def test_who_asks_for_a_yes_or_no_hears_one_rather_than_what_is_not_told(
    question: str, says: str, score: float, first: str
) -> None:
    finder = Finder(found(GAP, 2 * SURE, meaning=0.8), found(say("limit", says), SURE + score, meaning=0.7))
    finder.ranked.append(found(SIGN, 0.0))
    assert ids(look(finder, question)) == [first]


@pytest.mark.parametrize(
    ("question", "below", "first"),
    [
        ("Hoe lang loopt een contract?", NEAR_LENGTH - 0.1, "noord:years"),
        ("Hoe lang loopt een contract?", NEAR_LENGTH + 0.1, "noord:record"),
        ("Wat is een contract?", NEAR_LENGTH - 0.1, "noord:record"),
    ],
)
def test_who_asks_how_long_hears_a_length_where_one_is_near(question: str, below: float, first: str) -> None:
    years = say("years", "Een contract loopt twee jaar.")
    finder = Finder(found(RECORD, 2 * SURE), found(years, 2 * SURE - below), found(MOVE, 0.0))
    assert ids(look(finder, question))[0] == first


def test_a_length_is_looked_for_without_the_story_before_the_question() -> None:
    years, weeks = say("years", "Een contract loopt twee jaar."), say("weeks", "Een antwoord duurt twee weken.")
    ranked = [found(RECORD, SURE), found(weeks, SURE - 0.1), found(years, SURE - 0.2)]
    finder = Finder(*ranked, parts={"Hoe lang loopt dat?": [found(years), found(weeks, SURE - 1)]})
    assert ids(look(finder, "Wij zijn groot. Hoe lang loopt dat?")) == ["noord:years"]


@pytest.mark.parametrize(
    ("question", "score", "first"),
    [
        ("Staat er ook iets in over verhuizen?", SURE - CLOSE, "noord:move"),
        ("Is there anything about moving?", SURE - CLOSE, "noord:move"),
        ("Staat er ook iets in over verhuizen?", SURE - CLOSE - 0.1, "noord:gap"),
        ("Mag ik verhuizen?", SURE - CLOSE, "noord:gap"),
    ],
)
def test_who_asks_whether_anything_is_said_hears_what_is(question: str, score: float, first: str) -> None:
    finder = Finder(found(GAP, 2 * SURE, meaning=0.8), found(MOVE, SURE + score, meaning=0.7))
    finder.ranked.append(found(SIGN, 0.0))
    assert ids(look(finder, question)) == [first]


def test_the_nearest_of_many_variants_is_told() -> None:
    kinds = [
        found(kind_of(f"soort{number}", share=number), SURE - number / 10) for number in range(MOST_ALTERNATIVES + 1)
    ]
    finder = Finder(*kinds)
    finder.ranked.reverse()
    finder.find = lambda *_, **__: sorted(kinds, key=lambda each: -each.score)  # type: ignore[method-assign]
    assert "noord:soort0" in ids(look(finder, "Welke toeslag is er?"))


def test_a_figure_is_wanted_by_what_is_asked_now() -> None:
    """Not by the question before, with which a follow-up is completed."""
    text = "Hoeveel procent krijgt een praktijk? en als we ook verhuizen?"
    question = replace(asking(text), said="en als we ook verhuizen?")
    assert not lacks_what_is_asked(found(MOVE), question)
    assert lacks_what_is_asked(found(MOVE), asking("Hoeveel procent is dat?"))


ELSEWHERE = say("aid", "Eerste hulp staat in een ander stuk.", is_elsewhere=True)


@pytest.mark.parametrize(
    ("question", "absent"),
    [("Onder welke voorwaarden koopt u eerste hulp in?", True), ("In welk stuk staat eerste hulp?", False)],
)
def test_a_subject_that_another_policy_regulates_is_not_told_here_but_to_who_asks_where(
    question: str, absent: bool
) -> None:
    chosen = look(Finder(found(ELSEWHERE)), question)
    assert (ids(chosen), chosen is not None and chosen.is_absence) == (["noord:aid"], absent)


CLAIMS = say("claims", "Declaraties gaan naar declaraties@noord.example.", gives=["contact"])
FAR = 1.0


@pytest.mark.parametrize(
    ("ranked", "question", "told"),
    [
        ((found(MOVE, FAR), found(CLAIMS, FAR / 2), found(BOX, 0.0)), "Wie kan mij daarmee helpen?", ["claims"]),
        ((found(MOVE, FAR), found(BOX, 0.0)), "Waar mail ik dat heen?", ["box"]),
        ((found(MOVE, FAR),), "Waar mail ik dat heen?", []),
        ((found(MOVE, FAR), found(BOX, 0.0)), "Hoe gaat dat?", []),
    ],
)
def test_who_asks_where_to_turn_and_no_statement_is_near_gets_the_nearest_contact(
    ranked: tuple[Found, ...], question: str, told: list[str]
) -> None:
    finder = Finder(*ranked)
    chosen = look_up(finder, asking(question), (NORTH,), settled=True)  # type: ignore[arg-type]  # its stand-in
    assert ids(chosen) == [f"noord:{each}" for each in told]


@pytest.mark.parametrize(
    ("meaning", "is_kin", "answers"),
    [
        (LEAST_MEANING, False, True),
        (LEAST_MEANING - 0.01, False, False),
        (KIN_MEANING, True, True),
        (KIN_MEANING - 0.01, True, False),
    ],
)
def test_a_question_far_in_meaning_is_not_answered_however_sure_its_card_is_the_nearest(
    meaning: float, is_kin: bool, answers: bool
) -> None:
    assert (look(Finder(found(SIGN, meaning=meaning, is_kin=is_kin))) is not None) is answers


POST = say("post", "Het postadres is Postbus 7, 1234 AB Noordstad.", point="contact-post")


@pytest.mark.parametrize(
    ("text", "lead", "told"),
    [
        ("Wat is het postadres?", ASKABLE, ["noord:post"]),
        ("Wat is het postadres?", ASKABLE + 0.01, ["noord:box"]),
        ("Wat is het mailadres?", CLOSE + 0.01, ["noord:box"]),
        ("Naar welk adres mag het?", CLOSE + 0.01, ["noord:box"]),
        ("Ik kreeg een brief. Naar welk adres mag mijn vraag?", CLOSE + 0.01, ["noord:box"]),
    ],
)
def test_who_asks_for_one_kind_of_address_gets_one_of_that_kind(text: str, lead: float, told: list[str]) -> None:
    assert ids(look(Finder(found(BOX), found(POST, SURE - lead)), text)) == told


def test_in_a_comparison_the_point_that_all_tell_of_is_told_and_nothing_beside() -> None:
    finder = Finder(found(MOVE, SURE), found(SIGN, SURE - 0.1), found(RECORD, SURE - 0.2))
    signing = lambda each: each.card.id == "sign"  # noqa: E731 - stands for what is handed in
    assert ids(look(finder, compares=True, on_point=signing)) == ["noord:sign"]
    assert ids(look(finder, compares=True)) == ["noord:move"]
    assert len(ids(look(finder))) == MOST_TOLD


def test_of_a_side_that_is_compared_only_the_kind_that_was_named_is_told() -> None:
    finder, text = Finder(found(SOLO), found(GROUP, SURE - 1)), "Is de toeslag van een maatschap hetzelfde?"
    assert ids(look(finder, text, compares=True)) == ["noord:groepspraktijk"]
    assert ids(look(finder, text)) == ["noord:solopraktijk", "noord:groepspraktijk"]

"""Statements told: whatever a card says is borne out by what is cited with it, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import knowledge
from assistant.citations import CITED_WORDS, LONGEST_QUOTE_CHARS, CitationBook, unsupported
from assistant.draft import Draft
from assistant.look_up import By, LookUp
from assistant.quoting import policy_name
from assistant.statement_answer import (
    MOST_LABELS,
    StatementTeller,
    each_requires,
    holds_for_each,
    told_alike,
)
from assistant.statements import FEATURES, Found
from assistant.turn import Citation, Language
from evals.judge import LONGEST_ANSWER_WORDS
from ingest.manifest import read_manifest
from ingest.parse import parse_policy
from ingest.prove_statements import prove_statements
from ingest.read_text import read_markdown
from knowledge.records import PolicyText
from knowledge.statements.card import Statement
from knowledge.statements.proven import ProvenStatement
from tests.fakes import policy_text
from tests.small_statements import absence, proof, said, statement, statement_file

BUNDLED = Path(str(knowledge.__file__)).parent / "policies"
POLICIES = {policy.id: policy for policy in read_manifest(BUNDLED)}
TODAY = dt.date(2025, 11, 7)
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def bundled() -> dict[str, PolicyText]:
    return {each: parse_policy(policy, read_markdown(BUNDLED / policy.file)) for each, policy in POLICIES.items()}


@cache
def proven(policy_id: str) -> tuple[ProvenStatement, ...]:
    return prove_statements(bundled()[policy_id]).proven


def found(each: ProvenStatement) -> Found:
    return Found(each, np.zeros(len(FEATURES)), 0.0)


def tell(
    texts: dict[str, PolicyText],
    *told: ProvenStatement,
    language: Language = "nl",
    by: By | None = None,
    is_beside: bool = False,
    is_elsewhere: bool = False,
    asks_scope: bool = False,
    today: dt.date = TODAY,
    question: str = "",
) -> tuple[Draft, Sequence[Citation]]:
    book = CitationBook(texts)
    looked_up = LookUp(tuple(map(found, told)), by=by, is_beside=is_beside, is_elsewhere=is_elsewhere)
    teller = StatementTeller(texts, book, language, today, question)
    return teller.draft(looked_up, asks_scope=asks_scope), book.citations


def marks(draft: Draft) -> set[int]:
    return {int(mark) for mark in re.findall(r"\[(\d+)\]", draft.text or "")}


# The bundled cards


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policy_id", POLICIES)
def test_every_figure_that_a_bundled_card_tells_stands_in_what_is_cited_with_it(
    policy_id: str, language: Language
) -> None:
    texts, faults = bundled(), {}
    for each in proven(policy_id):
        draft, cited = tell(texts, each, language=language)
        if unsaid := unsupported(draft.text or "", cited, texts, language=language):
            faults[each.card.id] = unsaid
    assert faults == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policy_id", POLICIES)
def test_every_bundled_card_is_told_short_and_with_its_proof(policy_id: str, language: Language) -> None:
    assert proven(policy_id)
    for each in proven(policy_id):
        draft, cited = tell(bundled(), each, language=language)
        assert draft.text, each.card.id
        assert draft.clarification is None
        assert len(re.findall(r"\w+", draft.text)) <= LONGEST_ANSWER_WORDS, each.card.id
        assert marks(draft) == {citation.label for citation in cited}, each.card.id
        assert bool(cited) == bool(each.spots), each.card.id
        assert each.spots or each.is_absence, each.card.id
        assert all(0 < len(citation.quote) <= LONGEST_QUOTE_CHARS for citation in cited)
        if each.spots:
            assert policy_name(POLICIES[policy_id]) in draft.text, each.card.id


@pytest.mark.parametrize("policy_id", POLICIES)
def test_a_bundled_card_that_is_for_a_kind_of_provider_has_a_point_that_its_variants_share(policy_id: str) -> None:
    """Else the asker gets one variant as if it held for all."""
    cards = [each.card for each in proven(policy_id) if isinstance(each.card, Statement)]
    for card in cards:
        if card.whom is not None:
            assert card.point, card.id


# A small policy

LONG = "De praktijk houdt " + "een lijst en nog " * CITED_WORDS + "een lijst bij."
TEXT = policy_text(
    "noord-fysio-2026",
    [
        ("Planning", ["U tekent uiterlijk 7 november 2025.", "Het aanbod komt op 1 september 2025.", LONG]),
        ("Zorg", [f"Zin nummer {number}." for number in range(1, 8)]),
    ],
    title="Beleid Fysio 2026",
)
OTHER = policy_text("zuid-fysio-2026", [("Planning", ["U tekent uiterlijk 7 november 2025."])], title="Beleid Zuid")
TEXTS = {"noord-fysio-2026": TEXT, "zuid-fysio-2026": OTHER}
SIGN = statement("U tekent uiterlijk 7 november 2025.", proof("tekent"), en="You sign by 7 November 2025.", id="sign")
OFFER = statement("Het aanbod komt op 1 september 2025.", proof("aanbod"), id="offer")


def made(*cards: dict[str, object], text: PolicyText = TEXT) -> tuple[ProvenStatement, ...]:
    absences = tuple(card for card in cards if "lacks" in card)
    statements = [card for card in cards if "lacks" not in card]
    family = text.policy.id.removesuffix("-2026")
    result = prove_statements(text, [statement_file(*statements, policy=family, absences=absences)])
    assert result.refused == ()
    by_id = {each.card.id: each for each in result.proven}
    return tuple(by_id[str(card["id"])] for card in cards)


def test_a_statement_stands_before_its_source_with_its_marks() -> None:
    draft, cited = tell(TEXTS, *made(SIGN))
    assert draft.text == "U tekent uiterlijk 7 november 2025. [1]\n\nBron: Voorbeeld, Beleid Fysio 2026, 1 Planning."
    assert [citation.quote for citation in cited] == ["U tekent uiterlijk 7 november 2025."]


def test_two_statements_stand_apart_over_one_source() -> None:
    draft, _ = tell(TEXTS, *made(SIGN, OFFER), language="en")
    assert (draft.text or "").split("\n\n")[:2] == [
        "You sign by 7 November 2025. [1]",
        "Het aanbod komt op 1 september 2025. [2]",
    ]
    assert (draft.text or "").count("Source: ") == 1


def test_two_proofs_in_one_line_are_one_mark() -> None:
    card = statement("U tekent.", proof("tekent"), proof("7 november"), id="twice")
    draft, cited = tell(TEXTS, *made(card))
    assert (draft.text or "").startswith("U tekent. [1]\n")
    assert len(cited) == 1


def test_of_many_proofs_the_first_are_marked() -> None:
    proofs = [proof(f"nummer {number}.", sections=("2",)) for number in range(1, 8)]
    draft, cited = tell(TEXTS, *made(statement("Zo is het.", *proofs, id="many")))
    assert marks(draft) == set(range(1, MOST_LABELS + 1))
    assert len(cited) == MOST_LABELS


def test_what_a_card_says_does_nothing_in_markdown() -> None:
    (card,) = made(statement("Zo *is* het [1].", proof("nummer 1.", sections=("2",)), id="stars", items=[said("`x`")]))
    told = StatementTeller(TEXTS, CitationBook(TEXTS), "nl", TODAY, "").told(found(card))
    assert told == "Zo \\*is\\* het \\[1\\]. [1]\n- \\`x\\`"


@pytest.mark.parametrize(("language", "opening"), [("nl", "Wat er wel over staat:"), ("en", "What it does say about")])
def test_what_lacks_the_figure_asked_for_says_so(language: Language, opening: str) -> None:
    draft, cited = tell(TEXTS, *made(SIGN), language=language, is_beside=True)
    assert (draft.text or "").startswith(opening)
    assert marks(draft) == {1}
    assert cited


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_absence_without_proof_is_told_without_marks_and_source(language: Language) -> None:
    draft, cited = tell(TEXTS, *made(absence("parkeer", id="gap")), language=language)
    assert (draft.text or "").strip() == "Dat staat er niet."
    assert list(cited) == []


def test_an_absence_tells_what_stands_nearby_with_its_mark_and_source() -> None:
    draft, cited = tell(TEXTS, *made(absence("parkeer", id="gap", proofs=[proof("tekent")])))
    assert (draft.text or "").splitlines()[0] == "Dat staat er niet. [1]"
    assert "Bron: " in (draft.text or "")
    assert len(cited) == 1


def whom(kind: str) -> dict[str, object]:
    return {"point": "offer", "whom": {"label": said(kind, f"{kind}s"), "names": [kind]}}


@pytest.mark.parametrize(
    ("by", "language", "labels"),
    [("whom", "nl", ("solo", "groep")), ("whom", "en", ("solos", "groeps")), ("each", "nl", ())],
)
def test_variants_have_a_line_each_and_which_is_meant_is_asked_where_it_was_not_said(
    by: By, language: Language, labels: tuple[str, ...]
) -> None:
    variants = made(OFFER | {"id": "solo"} | whom("solo"), OFFER | {"id": "groep"} | whom("groep"))
    draft, _ = tell(TEXTS, *variants, by=by, language=language)
    lines = (draft.text or "").splitlines()
    assert [line.partition(":")[0] for line in lines[:2]] == [
        f"- {each}{'s' if language == 'en' else ''}" for each in ("solo", "groep")
    ]
    assert all(line.endswith("[1]") for line in lines[:2])
    options = draft.clarification.options if draft.clarification else ()
    assert tuple(option.label for option in options) == labels


@pytest.mark.parametrize("asks_scope", [True, False])
def test_policies_that_differ_have_a_line_each_under_their_names(asks_scope: bool) -> None:
    (one,), (other,) = made(OFFER), made(SIGN, text=OTHER)
    draft, _ = tell(TEXTS, one, other, by="policy", asks_scope=asks_scope)
    assert [line.partition(": ")[0] for line in (draft.text or "").splitlines()] == [
        "- Voorbeeld, Beleid Fysio 2026",
        "- Voorbeeld, Beleid Zuid 2026",
    ]
    assert marks(draft) == {1, 2}
    assert (draft.clarification is not None) is asks_scope


def test_policies_that_say_the_same_are_told_once_cited_and_marked_from_both() -> None:
    (one,), (other,) = made(SIGN), made(SIGN, text=OTHER)
    draft, cited = tell(TEXTS, one, other, by="policy", asks_scope=True)
    assert (draft.text or "").count("U tekent") == 1
    assert draft.clarification is None
    assert [citation.policy_id for citation in cited] == ["noord-fysio-2026", "zuid-fysio-2026"]
    assert marks(draft) == {1, 2}


@pytest.mark.parametrize(
    ("question", "today", "standing"),
    [
        ("Wanneer moet ik tekenen?", dt.date(2025, 11, 6), "Deze datum is nog niet voorbij: u bent nog op tijd."),
        ("Wanneer moet ik tekenen?", dt.date(2025, 11, 7), "Dat is vandaag: u bent nog op tijd."),
        ("Kan ik alsnog tekenen?", dt.date(2025, 11, 8), "Deze datum is voorbij: daarvoor bent u te laat."),
        ("Moet ik tekenen?", dt.date(2025, 11, 8), ""),
    ],
)
def test_a_last_day_is_told_with_how_today_stands_to_it_where_that_is_asked(
    question: str, today: dt.date, standing: str
) -> None:
    draft, _ = tell(TEXTS, *made(SIGN), question=question, today=today)
    assert (draft.text or "").splitlines()[0] == f"U tekent uiterlijk 7 november 2025. [1] {standing}".strip()


@pytest.mark.parametrize(
    ("question", "today", "counted"),
    [
        ("Hoeveel dagen heb ik nog?", dt.date(2025, 11, 5), ("Nog 2 dagen.",)),
        ("Hoeveel dagen heb ik nog?", dt.date(2025, 11, 6), ("Nog één dag.",)),
        ("Hoeveel dagen heb ik nog?", dt.date(2025, 11, 8), ()),
        ("Welke dag is een week voor de tekendatum?", dt.date(2025, 11, 1),
         ("1 week vóór vrijdag 7 november 2025 is vrijdag 31 oktober 2025.",)),
        ("Hoeveel kost het?", dt.date(2025, 11, 5), ()),
    ],
)  # fmt: skip
def test_what_is_counted_from_the_day_that_a_statement_tells(
    question: str, today: dt.date, counted: tuple[str, ...]
) -> None:
    draft, _ = tell(TEXTS, *made(SIGN), today=today, question=question)
    assert draft.counted == counted
    assert all(told in (draft.text or "") for told in counted)
    offer, _ = tell(TEXTS, *made(OFFER), today=today, question=question)
    assert offer.counted == (), "it is no last day"


def test_a_day_on_which_something_comes_is_no_last_day() -> None:
    draft, _ = tell(TEXTS, *made(OFFER), question="Wanneer komt het aanbod?", today=dt.date(2025, 9, 2))
    assert (draft.text or "").splitlines()[0] == "Het aanbod komt op 1 september 2025. [1]"


@pytest.mark.parametrize(
    ("groups", "question", "verdict"),
    [
        (OFFER, "Is dat voor beide hetzelfde?", "Ja, dat is gelijk."),
        (SIGN, "Is dat voor beide hetzelfde?", "Nee, dat verschilt."),
        (OFFER, "Is er verschil tussen beide?", "Nee, dat is gelijk."),
        (SIGN, "Is er verschil tussen beide?", "Ja, dat verschilt."),
        (SIGN, "Wat is het verschil?", "Dat verschilt."),
        (SIGN, "Moeten beide iets doen?", "Dat verschilt."),
        (SIGN, "Wanneer is dat?", None),
    ],
)
def test_who_asks_whether_it_differs_hears_that_first(
    groups: dict[str, object], question: str, verdict: str | None
) -> None:
    variants = made(OFFER | {"id": "solo"} | whom("solo"), groups | {"id": "groep"} | whom("groep"))
    draft, _ = tell(TEXTS, *variants, by="each", question=question)
    first = (draft.text or "").splitlines()[0]
    assert first == verdict if verdict else first.startswith("- ")


@pytest.mark.parametrize(
    ("question", "are_alike", "told"),
    [
        ("Is that the same for both?", True, "Yes, that is the same."),
        ("Is that the same for both?", False, "No, that differs."),
        ("Does that differ?", True, "No, that is the same."),
        ("Does that differ?", False, "Yes, that differs."),
        ("What is the difference?", False, "That differs."),
        ("Are both the same or different?", True, "That is the same."),
    ],
)
def test_yes_means_what_was_asked_in_english_too(question: str, are_alike: bool, told: str) -> None:
    assert told_alike(question, "en", are_alike=are_alike) == told


def test_what_one_tells_besides_is_no_difference() -> None:
    less = statement("Zorg dat uw handtekening er op 7 november staat.", proof("tekent"), id="solo") | whom("solo")
    draft, _ = tell(
        TEXTS, *made(less, SIGN | {"id": "groep"} | whom("groep")), by="each", question="Is dat voor beide hetzelfde?"
    )
    assert (draft.text or "").splitlines()[0].startswith("- ")


@pytest.mark.parametrize(
    ("says", "question", "holds"),
    [
        (
            "Een ZBC of nieuw dialysecentrum moet 2 fte hebben.",
            "Geldt voor een dialysecentrum hetzelfde als een ZBC?",
            True,
        ),
        (
            "Een ZBC moet 2 fte hebben. Een dialysecentrum moet 3 fte hebben.",
            "Verschilt een dialysecentrum van een ZBC?",
            False,
        ),
        ("Een ZBC of dialysecentrum moet 2 fte hebben.", "Verschilt een ziekenhuis van een ZBC?", False),
    ],
)
def test_what_is_said_of_two_at_once_is_the_same_for_both(says: str, question: str, holds: bool) -> None:
    assert holds_for_each(says, question) == holds


MUST, MAY = "De praktijk moet een keurmerk hebben.", "De praktijk kiest zelf een keurmerk."
NEED_NOT = "De praktijk moet niets laten zien."


@pytest.mark.parametrize(
    ("says", "question", "verdict"),
    [
        ((MUST, MUST), "Vragen ze allebei een keurmerk?", "Beide stellen hier een eis."),
        ((MUST, MUST), "Geldt dat bij een kliniek ook?", "Beide stellen hier een eis."),
        ((MUST, MUST), "Welk keurmerk is nodig?", ""),
        ((MUST, MAY), "Vragen ze allebei een keurmerk?", ""),
        ((MUST, NEED_NOT), "Vragen ze allebei een keurmerk?", ""),
        ((MUST,), "Vragen ze allebei een keurmerk?", ""),
        ((MUST, MUST, MUST), "Vragen ze allebei een keurmerk?", ""),
    ],
)
def test_that_both_set_a_requirement_is_said_where_both_do(says: tuple[str, ...], question: str, verdict: str) -> None:
    cards = [statement(each, proof(), id=f"card-{number}") for number, each in enumerate(says)]
    told = [found(ProvenStatement(policy_id="a", card=Statement.model_validate(card))) for card in cards]
    assert each_requires(told, question, "nl") == verdict

"""A small policy with rules of several kinds, proven from its own cards: no test rests on the bundled ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.prove import prove_rules
from knowledge.encoder import open_encoder
from knowledge.records import DateValue, Fact, PolicyText, Span
from knowledge.rules.card import CardFile
from knowledge.rules.proven import PolicyRules
from knowledge.rules.rulebook import Rulebook
from knowledge.snapshot_build import build_snapshot
from tests.fakes import policy_text

POLICY_ID = "voorbeeld-fysio-2026"
TODAY = dt.date(2025, 10, 20)
SIGNING = "U tekent de overeenkomst uiterlijk 7 november 2025 in het portaal."

SECTIONS = (
    (
        "Planning",
        (
            SIGNING,
            "Wij bieden de overeenkomst eind augustus 2025 aan.",
            "De vragenlijst levert u vóór 1 oktober 2025 aan.",
            "Aanvragen kan vanaf 1 september 2025.",
            "Voor startende praktijken: het gesprek is op 3 december 2025.",
        ),
    ),
    (
        "Voorwaarden",
        (
            "U heeft een geldige AGB-code.",
            "Uw omzet is ten minste € 100.000 per jaar.",
            "U werkt als praktijk of als keten.",
        ),
    ),
    (
        "Contact",
        (
            "Wij antwoorden binnen 5 werkdagen op uw e-mail.",
            "Per 10 fte aan zorgverleners biedt u een opleidingsplek.",
        ),
    ),
)


def said(text: str) -> dict[str, str]:
    return {"nl": text, "en": f"{text} (en)"}


def proof(section: str, *holds: str) -> dict[str, Any]:
    return {"sections": [section], "holds": list(holds)}


def deadline(rule_id: str, what: str, value: str, holds: str, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "deadline",
        "id": rule_id,
        "title": said(what),
        "asks": [f"Wanneer {what}?", f"Tot wanneer {what}?", f"Is {what} al voorbij?"],
        "what": said(what),
        "parameters": {"date": {"value": value, "unit": "date", "proof": proof("1", holds)}},
        "bound": "by",
    } | fields


FACTS: list[dict[str, Any]] = [
    {"name": "has_code", "kind": "yes_no", "label": said("AGB-code"), "ask": said("Heeft u een AGB-code?")},
    {"name": "revenue", "kind": "amount", "unit": "eur", "label": said("omzet"), "ask": said("Wat is uw omzet?")},
    {
        "name": "form",
        "kind": "choice",
        "label": said("vorm"),
        "ask": said("Werkt u als praktijk of als keten?"),
        "options": [{"value": "practice", "label": said("praktijk")}, {"value": "chain", "label": said("keten")}],
    },
    {"name": "mailed_date", "kind": "date", "label": said("dag van uw e-mail"), "ask": said("Wanneer mailde u?")},
    {"name": "carers_fte", "kind": "amount", "unit": "fte", "label": said("fte"), "ask": said("Hoeveel fte heeft u?")},
]

RULES: list[dict[str, Any]] = [
    deadline("signing", "ondertekenen", "2025-11-07", "tekent", then=said("Meld u bij de inkoper.")),
    deadline("offer", "aanbod", "eind augustus 2025", "bieden", bound="on", own=False),
    deadline("questionnaire", "vragenlijst", "2025-10-01", "vragenlijst", bound="before"),
    deadline("opening", "aanvragen", "2025-09-01", "aanvragen", bound="from"),
    {
        "kind": "conditions",
        "id": "entry",
        "title": said("Toelating"),
        "care": ["fysiotherapie"],
        "asks": ["Kan ik een contract krijgen?", "Voldoe ik?", "Wat zijn de voorwaarden?"],
        "parameters": {"least": {"value": 100000, "unit": "eur", "proof": proof("2", "omzet")}},
        "needs": {
            "all": [
                {
                    "id": "code", "name": said("AGB-code"), "needs": said("Een geldige AGB-code."),
                    "fact": "has_code", "is": True, "proof": proof("2", "AGB-code"),
                },
                {
                    "id": "size", "name": said("omzet"), "needs": said("Een omzet van ten minste {least}."),
                    "fact": "revenue", "at_least": "least", "proof": proof("2", "omzet"),
                },
                {
                    "id": "form", "name": said("vorm"), "needs": said("Een praktijk of keten."), "fact": "form",
                    "one_of": ["practice", "chain"], "proof": proof("2", "keten"),
                },
            ]
        },
        "met": said("U komt in aanmerking."),
        "not_met": said("U komt niet in aanmerking."),
        "notes": [said("Het beleid noemt geen peildatum.")],
    },
    {
        "kind": "term",
        "id": "reply",
        "title": said("Antwoord op e-mail"),
        "asks": ["Wanneer krijg ik antwoord?", "Hoe lang duurt een antwoord?", "Wanneer hoor ik iets?"],
        "parameters": {"term": {"value": 5, "unit": "working_day", "proof": proof("3", "e-mail")}},
        "what": said("antwoord"),
        "after": "mailed_date",
    },
    {
        "kind": "formula",
        "id": "places",
        "title": said("Opleidingsplekken"),
        "asks": ["Hoeveel plekken?", "Hoeveel stagiairs?", "Hoeveel leerlingen?"],
        "parameters": {"fte_per_place": {"value": 10, "unit": "fte", "proof": proof("3", "opleidingsplek")}},
        "what": said("opleidingsplekken"),
        "formula": "training_places",
        "unit": "count",
    },
    {
        "kind": "contact",
        "id": "mail",
        "title": said("Adres"),
        "asks": ["Wie mail ik?", "Wat is het adres?", "Waar kan ik terecht?"],
        "parameters": {"address": {"value": "inkoop@voorbeeld.example", "unit": "address", "proof": proof("3")}},
        "what": said("contact"),
    },
]  # fmt: skip
"""The last one is refused: its address stands nowhere."""

CARDS = CardFile.model_validate({"policy": "voorbeeld-fysio", "years": [2026], "facts": FACTS, "rules": RULES})
RULE_IDS = [rule["id"] for rule in RULES[:-1]]
NAMES = [f"{POLICY_ID}.{rule_id}" for rule_id in RULE_IDS]
REFUSED = f"{POLICY_ID}.mail"


@dataclass(frozen=True)
class SmallSource:
    """What stands in for a snapshot where only rules and texts are read."""

    id: str
    texts: Mapping[str, PolicyText]
    rules: Mapping[str, PolicyRules]
    built_at: dt.datetime = field(default=dt.datetime(2025, 9, 1, 10, 30, 12, 500, tzinfo=dt.UTC))

    @property
    def rulebook(self) -> Rulebook:
        return Rulebook(self.rules)


def small_text(*, signing: str = SIGNING) -> PolicyText:
    """The policy; `signing` replaces its first sentence."""
    sections = [(title, [signing if each == SIGNING else each for each in lines]) for title, lines in SECTIONS]
    text = policy_text(POLICY_ID, sections, title="Inkoopbeleid Fysiotherapie")
    policy = text.policy.model_copy(update={"labels": ("Voordeelzorg",), "care": ("fysiotherapie",)})
    passage = text.passages[4]
    day = dt.date(2025, 12, 3)
    row = Fact(
        id=f"{POLICY_ID}:f001", policy_id=POLICY_ID, kind="deadline", topic="Gesprek", value="3 december 2025",
        dates=(DateValue(kind="exact", first=day, last=day, text="3 december 2025"),), for_whom="startende praktijken",
        passage_id=passage.id, spans=(Span(start=passage.start, end=passage.end),),
    )  # fmt: skip
    return text.model_copy(update={"policy": policy, "facts": (row,)})


def small_source(
    text: PolicyText | None = None, *, cards: CardFile = CARDS, snapshot_id: str = "snap-1", **fields: Any
) -> SmallSource:
    """The policy with its rules proven."""
    text = text or small_text()
    return SmallSource(snapshot_id, {POLICY_ID: text}, {POLICY_ID: prove_rules(text, [cards])}, **fields)


def small_index(folder: Path) -> Path:
    """A published snapshot of the policy, with the bundled encoder."""
    source = small_source()
    build_snapshot(folder, list(source.texts.values()), open_encoder(), rules=list(source.rules.values())).close()
    return folder

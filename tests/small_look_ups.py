"""Three invented policies with statement cards and a rule: no test of looking up rests on the bundled ones.

`DUNES` has cards of every kind. `HILLS` and `MOOR` are of one insurer and as long as each other, so that no
question sounds more like one of them: they differ on one point, say the same on two, and each has one of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.parse import parse_policy
from ingest.prove import prove_rules
from ingest.prove_statements import prove_statements
from ingest.read_text import read_markdown
from knowledge.encoder import Encoder
from knowledge.records import Policy, PolicyText
from knowledge.rules.card import CardFile
from knowledge.rules.proven import PolicyRules
from knowledge.snapshot import Snapshot
from knowledge.snapshot_build import build_snapshot
from knowledge.statements.card import StatementFile
from knowledge.statements.proven import PolicyStatements
from tests.small_statements import absence, proof, said, statement, statement_file

DUNES, HILLS, MOOR = "duinzicht-ergotherapie-2031", "heuvelland-ergotherapie-2031", "heuvelland-dietetiek-2031"
BOX = "inkoop@duinzicht.example"
HILLS_BOX = "contract@heuvelland.example"

TEXTS = {
    DUNES: f"""# 1 Zorg

In dit beleid leest u hoe Duinzicht ergotherapie inkoopt bij praktijken in de streek.

## 1.1 Verslag

U stuurt het verslag van een huisbezoek binnen 14 dagen naar de verwijzer.

## 1.2 Werkruimte

De werkruimte van een praktijk heeft:

- een verstelbare werktafel;
- een weegstoel;
- een set meetlinten.

## 1.3 Uitleen

Een praktijk leent oefenmateriaal uit aan cliënten. De cliënt brengt het zelf terug.

## 1.4 Dossier

Het dossier bewaart u in een afgesloten systeem.

## 1.5 Vakantie

Tijdens een vakantie neemt een collega uit de buurt de behandelingen over.

## 1.6 Verhuizing

Een verhuizing van de praktijk meldt u ruim vooraf.

# 2 Contract

## 2.1 Toeslag

Een solopraktijk krijgt een toeslag van 2 procent. Een groepspraktijk krijgt een toeslag van 3 procent.

## 2.2 Omzet

Voor een contract is uw omzet bij Duinzicht ten minste € 40.000.

# 3 Contact

| Onderwerp | Adres |
| --- | --- |
| Vragen over zorginkoop en contracten | {BOX} |
| Storing van het portaal | 088 123 45 67 |
""",
    HILLS: f"""# 1 Zorg

In dit beleid leest u hoe Heuvelland ergotherapie inkoopt bij praktijken op de heuvels.

## 1.1 Verslag

Het verslag van een huisbezoek gaat binnen 21 dagen naar de verwijzer.

## 1.2 Dossier

Het dossier bewaart u in een afgesloten systeem.

## 1.3 Traplift

De traplift van de oefenruimte laat u elk jaar keuren.

# 3 Contact

| Onderwerp | Adres |
| --- | --- |
| Vragen over zorginkoop en contracten | {HILLS_BOX} |
""",
    MOOR: f"""# 1 Zorg

In dit beleid leest u hoe Heuvelland diëtetiek inkoopt bij praktijken op de hei.

## 1.1 Verslag

Het verslag van een huisbezoek gaat binnen 28 dagen naar de verwijzer.

## 1.2 Dossier

Het dossier bewaart u in een afgesloten systeem.

## 1.3 Weegschaal

De weegschaal laat u elk jaar ijken door een erkende werkplaats.

# 3 Contact

| Onderwerp | Adres |
| --- | --- |
| Vragen over zorginkoop en contracten | {HILLS_BOX} |
""",
}
POLICIES = (
    Policy(
        id=DUNES, file="dunes.md", insurer="Duinzicht", year=2031, title="Inkoopbeleid Ergotherapie 2031",
        care=("ergotherapie",),
    ),
    Policy(
        id=HILLS, file="hills.md", insurer="Heuvelland", year=2031, title="Beleid Ergotherapie 2031",
        care=("ergotherapie",),
    ),
    Policy(
        id=MOOR, file="moor.md", insurer="Heuvelland", year=2031, title="Beleid Diëtetiek 2031",
        care=("diëtetiek",),
    ),
)  # fmt: skip


def card(card_id: str, says: dict[str, str], proofs: Sequence[dict[str, Any]], *asks: str, **fields: Any) -> Any:
    """A statement; `about` is what its first question asks."""
    return statement(
        says["nl"], *proofs, en=says["en"], id=card_id, about=said(asks[0].rstrip("?"), asks[-1].rstrip("?")),
        asks=list(asks), **fields,
    )  # fmt: skip


def contact(box: str) -> Any:
    return card(
        "mailbox",
        said(
            f"Vragen over zorginkoop en contracten mailt u naar {box}.",
            f"Mail questions on procurement and contracts to {box}.",
        ),
        [proof("zorginkoop", sections=("3",))],
        "Waar mail ik vragen over zorginkoop naartoe?",
        "Op welk mailadres is de inkoop bereikbaar?",
        "Bij wie kan ik terecht met een vraag over het contract?",
        "Which mailbox takes questions on procurement?",
        gives=["contact"],
        point="contact-procurement",
    )


def report(days: int) -> Any:
    return card(
        "report",
        said(
            f"Het verslag van een huisbezoek stuurt u binnen {days} dagen naar de verwijzer.",
            f"You send the report of a home visit to the referrer within {days} days.",
        ),
        [proof("verslag", "huisbezoek", sections=("1.1",))],
        "Binnen hoeveel dagen stuur ik het verslag van een huisbezoek?",
        "Wanneer moet het verslag van een huisbezoek bij de verwijzer zijn?",
        "Hoe snel krijgt de verwijzer het huisbezoekverslag?",
        "How soon do I send the report of a home visit?",
        gives=["when", "amount"],
        point="visit-report",
    )


def record(section: str) -> Any:
    return card(
        "record",
        said("Het dossier bewaart u in een afgesloten systeem.", "You keep the record in a closed system."),
        [proof("afgesloten systeem", sections=(section,))],
        "Waarin bewaar ik het dossier van een cliënt?",
        "Hoe moet een dossier worden bewaard?",
        "In what do I keep a client's record?",
        point="record",
    )


def surcharge(card_id: str, kind: str, english: str, share: int, *names: str) -> Any:
    return card(
        card_id,
        said(
            f"Een {kind} krijgt een toeslag van {share} procent.", f"A {english} gets a surcharge of {share} percent."
        ),
        [proof(kind, sections=("2.1",))],
        f"Hoe hoog is de toeslag voor een {kind}?",
        f"Welke toeslag krijgt een {kind}?",
        f"How high is the surcharge of a {english}?",
        gives=["amount"],
        point="surcharge",
        whom={"label": said(kind, english), "names": [kind, *names, english]},
    )


CARDS = (
    statement_file(
        report(14),
        card(
            "room",
            said("De werkruimte van een praktijk heeft:", "The workroom of a practice has:"),
            [proof("werktafel", sections=("1.2",)), proof("meetlinten", sections=("1.2",))],
            "Wat moet er in de werkruimte staan?",
            "Welke spullen heeft een werkruimte nodig?",
            "Hoe richt ik de werkruimte in?",
            "What does the workroom need?",
            gives=["list"],
            items=[
                said("een verstelbare werktafel", "an adjustable worktable"),
                said("een weegstoel", "a weighing chair"),
                said("een set meetlinten", "a set of measuring tapes"),
            ],
        ),
        card(
            "lending",
            said("Een praktijk leent oefenmateriaal uit.", "A practice lends out training material."),
            [proof("leent oefenmateriaal", sections=("1.3",))],
            "Mag een praktijk oefenmateriaal uitlenen?",
            "Leent u oefenmateriaal uit aan cliënten?",
            "Wie leent het oefenmateriaal uit?",
            "Who lends out the training material?",
            gives=["yes_no", "who"],
        ),
        record("1.4"),
        card(
            "move",
            said("Een verhuizing van de praktijk meldt u ruim vooraf.", "You report a practice's move in advance."),
            [proof("verhuizing", sections=("1.6",))],
            "Moet ik een verhuizing van de praktijk melden?",
            "Hoe lang vooraf meld ik een verhuizing?",
            "Mag een praktijk verhuizen zonder dat te melden?",
            "Must I report a move of the practice?",
        ),
        surcharge("surcharge-solo", "solopraktijk", "solo practice", 2, "eenmanspraktijk", "alleen"),
        surcharge("surcharge-group", "groepspraktijk", "group practice", 3, "maatschap"),
        card(
            "revenue",
            said(
                "Voor een contract is uw omzet bij Duinzicht ten minste € 40.000.",
                "For a contract your revenue with Duinzicht is at least € 40,000.",
            ),
            [proof("omzet", sections=("2.2",))],
            "Welke omzet is er nodig voor een contract?",
            "Hoe hoog moet de omzet zijn voor een contract?",
            "Vanaf welke omzet is er een contract mogelijk?",
            "Which revenue is needed for a contract?",
            gives=["amount"],
        ),
        contact(BOX),
        absences=(
            absence(
                "parkeer|parkeren",
                id="parking",
                about=said("parkeren bij de praktijk", "parking at the practice"),
                says=said("Over parkeren staat er niets in.", "It says nothing on parking."),
                asks=[
                    "Moet een praktijk parkeerplaatsen hebben?",
                    "Wat staat er over parkeren bij de praktijk?",
                    "Must a practice have parking places?",
                ],
            ),
            absence(
                "terugbreng + {number}|termijn",
                id="return",
                about=said("de termijn om oefenmateriaal terug te brengen", "the term to return training material"),
                says=said(
                    "De cliënt brengt het zelf terug; een termijn staat er niet.",
                    "The client returns it; no term is given.",
                ),
                proofs=[proof("zelf terug", sections=("1.3",))],
                asks=[
                    "Na hoeveel weken moet een cliënt het oefenmateriaal terugbrengen?",
                    "Binnen welke termijn komt geleend oefenmateriaal terug?",
                    "When must a client return the training material?",
                ],
            ),
        ),
        policy="duinzicht-ergotherapie",
        years=(2031,),
    ),
    statement_file(
        report(21),
        record("1.2"),
        card(
            "lift",
            said(
                "De traplift van de oefenruimte laat u elk jaar keuren.",
                "You have the stairlift of the training room inspected every year.",
            ),
            [proof("traplift", sections=("1.3",))],
            "Moet de traplift worden gekeurd?",
            "Wanneer laat ik de traplift keuren?",
            "Must the stairlift be inspected?",
        ),
        contact(HILLS_BOX),
        policy="heuvelland-ergotherapie",
        years=(2031,),
    ),
    statement_file(
        report(28),
        record("1.2"),
        card(
            "scales",
            said("De weegschaal laat u elk jaar ijken.", "You have the scales calibrated every year."),
            [proof("ijken", sections=("1.3",))],
            "Moet de weegschaal worden geijkt?",
            "Wanneer laat ik de weegschaal ijken?",
            "Must the scales be calibrated?",
        ),
        contact(HILLS_BOX),
        policy="heuvelland-dietetiek",
        years=(2031,),
    ),
)  # fmt: skip

RULES = CardFile.model_validate(
    {
        "policy": "duinzicht-ergotherapie",
        "years": [2031],
        "facts": [
            {
                "name": "revenue", "kind": "amount", "unit": "eur", "label": said("omzet", "revenue"),
                "ask": said("Wat is uw omzet?", "What is your revenue?"), "names": ["omzet", "revenue"],
            },
        ],
        "rules": [
            {
                "kind": "conditions", "id": "entry", "title": said("Contract bij een omzet", "Contract by revenue"),
                "asks": [
                    "Is onze omzet hoog genoeg voor een contract?",
                    "Kunnen wij een contract krijgen met onze omzet?",
                    "Volstaat onze omzet voor een contract?",
                ],
                "parameters": {"least": {"value": 40000, "unit": "eur", "proof": proof("omzet", sections=("2.2",))}},
                "needs": {
                    "id": "size", "name": said("omzet", "revenue"), "fact": "revenue", "at_least": "least",
                    "needs": said("Een omzet van ten minste {least}.", "A revenue of at least {least}."),
                    "proof": proof("omzet", sections=("2.2",)),
                },
                "met": said("U kunt een contract krijgen.", "You can get a contract."),
                "not_met": said("U kunt geen contract krijgen.", "You cannot get a contract."),
            },
        ],
    }
)  # fmt: skip


def policies(folder: Path, *policy_ids: str) -> list[PolicyText]:
    """These policies (none named: all) as an ingest reads them, with lists and tables."""
    read = []
    for policy in POLICIES:
        if policy.id in (policy_ids or TEXTS):
            path = folder / policy.file
            path.write_text(TEXTS[policy.id], "utf-8")
            read.append(parse_policy(policy, read_markdown(path)))
    return read


def proven_statements(texts: Sequence[PolicyText], cards: Sequence[StatementFile] = CARDS) -> list[PolicyStatements]:
    """What the policies prove: every card."""
    proven = [prove_statements(text, cards) for text in texts]
    assert [each.refused for each in proven] == [()] * len(proven)
    return proven


def proven_rules(texts: Sequence[PolicyText]) -> list[PolicyRules]:
    proven = [prove_rules(text, [RULES]) for text in texts if text.policy.id == DUNES]
    assert all(each.refused == () for each in proven)
    return proven


def look_up_index(folder: Path, encoder: Encoder, *policy_ids: str) -> Snapshot:
    """A snapshot of these policies with all that is curated about them, published in `folder`; the caller closes it."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = policies(folder, *policy_ids)
    return build_snapshot(folder, texts, encoder, rules=proven_rules(texts), statements=proven_statements(texts))

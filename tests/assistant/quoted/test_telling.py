"""What leads a quote: 'ja' and 'nee' only where the question plainly asks for them, figures as both sides have them."""

from __future__ import annotations

import pytest

from assistant.language import detect_language
from assistant.quoted.reading import hold
from assistant.quoted.telling import asking_of, tell
from assistant.quoted.told import Told
from tests.assistant.quoted import rows
from tests.assistant.quoted.rows import TODAY

TOLD = [
    (
        rows.STAFF,
        "wij hebben precies 80 fte, geldt die bepaling voor ons?",
        "Nee: het beleid noemt meer dan 80 fte en u noemt 80 fte; dat is niet meer.",
    ),
    (
        rows.TEAM,
        "Twee logopedisten, de een voor 1,0 fte en de ander 0,9 fte. Is dat genoeg?",
        "Nee: het beleid noemt minimaal 2,4 fte en u noemt samen 1,9 fte; dat is minder.",
    ),
    (
        rows.TEAM,
        "We have two logopedisten, one for 1.0 fte and the other for 0.9 fte. Is that enough?",
        "No: the policy names minimaal 2,4 fte and you name 1.9 FTE together; that is less.",
    ),
    (
        rows.CLASS,
        "We have a patient with ASA 3. May we operate?",
        "No: the policy names ASA 2 of lager and you name ASA 3; that is more.",
    ),
    (
        rows.EITHER,
        "Onze omzet is 90.000 euro maar ons marktaandeel is 22%. Te klein?",
        "Nee: het beleid noemt minstens 15% en u noemt 22%; dat is genoeg.",
    ),
    (  # an exception leaves open what follows
        rows.UNLESS,
        "Onze omzet is 100.000 euro, is dat genoeg?",
        "Het beleid noemt minimaal € 250.000 en u noemt 100.000 euro; dat is minder.",
    ),
    (  # whether what is not met is an exemption is for the asker to read
        rows.NOT_SMALL,
        "wij zijn een bureau met 5 fte, geldt die eis voor ons?",
        "Het beleid noemt minder dan 6 fte en u noemt 5 fte; dat is minder.",
    ),
    (
        rows.LESS,
        "trimbureau met 60.000 euro omzet, welk contract krijgen wij?",
        "Het beleid noemt minder dan € 90.000 en u noemt 60.000 euro; dat is minder.",
    ),
    (
        rows.BEFORE,
        "we leveren het plan op 1 mei in, is dat op tijd?",
        "Nee: 1 mei is te laat, want de laatste dag is 30 april.",
    ),
    (
        rows.ROW,
        "we tekenen de overeenkomst op 8 november 2026, is dat te laat?",
        "Ja: 8 november 2026 is te laat, want de laatste dag is 7 november 2026.",
    ),
    (
        rows.AFTER_RECEIPT,
        "De overeenkomst is op 3 november 2026 ontvangen, tot wanneer kunnen we tekenen?",
        "Uiterlijk dinsdag 15 december 2026: dat is zes weken na 3 november 2026.",
    ),
    (
        rows.PERMIT,
        "Wij hebben nog geen vergunning. Is dat een probleem?",
        ("Ja: het beleid vraagt een vergunning voor lasertherapie, en u schrijft dat dit bij u ontbreekt."),
    ),
    (
        rows.ALL,
        "wij nemen deel aan twee van de drie ketens, mag dat?",
        "Nee: het beleid noemt alle regionale ketens in het werkgebied, en u noemt ze niet allemaal.",
    ),
    (
        rows.NIGHTS,
        "Wij hebben zes behandelkamers, is dat genoeg?",
        "Op dit punt ja: het beleid noemt minimaal 6 behandelkamers en u noemt zes behandelkamers; dat is genoeg.",
    ),
]


@pytest.mark.parametrize(("sentence", "question", "leading"), TOLD)
def test_what_leads_the_quote(sentence: str, question: str, leading: str) -> None:
    language = detect_language(question)
    held = hold(sentence, Told(question, TODAY, language))
    assert held is not None
    assert tell(held, question, language) == leading


@pytest.mark.parametrize(
    ("question", "asking"),
    [
        ("wij hebben 3 fte, is dat genoeg?", "enough"),
        ("Mogen wij met 3 fte beginnen?", "enough"),
        ("wij hebben 3 fte, geldt dit voor ons?", "applies"),
        ("vallen wij met 3 fte onder die regel?", "applies"),
        ("is 3 fte een probleem?", "problem"),
        ("We have 3 FTE. Is that too few?", "problem"),
        ("wij sturen het 3 mei, is dat op tijd?", "in time"),
        ("wij sturen het 3 mei, is dat te laat?", "too late"),
        ("wij hebben 3 fte, mag dat niet?", None),
        ("hoeveel fte moeten wij hebben?", None),
        ("welk contract past bij 3 fte?", None),
        ("wij hebben 3 fte", None),
    ],
)
def test_what_a_yes_would_say(question: str, asking: str | None) -> None:
    assert asking_of(question, detect_language(question)) == asking

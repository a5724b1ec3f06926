"""Figures in every guise: found in prose, and supported only by evidence that says the same."""

from __future__ import annotations

import pytest

from assistant.model.figures import figures_in

EVIDENCE = (
    "Uiterste tekendatum voor zorgaanbieders zonder onderhandeling: 7 november 2026. Terugkoppeling eind september "
    "2026. "
    "Per vrijdag 1 mei 2026 gaat het contract in, de eerste dag van de maand. Minimaal 5 FTE, binnen 6 weken, "
    "een toeslag van € 1.250,50 of 2,5 procent, ten hoogste acht deelnemers, om 17.00 uur, norm ISO 9001:2015. "
    "Mail zorginkoop@caresq.nl, bel 088 35 35 732 of kijk op www.caresq.nl/aanvragen."
)

SUPPORTED = """
U tekent uiterlijk 7 november 2026
Het is 7 november
Sign by 7 November 2026
You must sign by November 7th, 2026
7-11-2026
2026-11-07
per 1 mei 2026
As of Friday 1 May 2026
on the first day of the month
eind september
in September
in 2026
minimaal 5 FTE
ten minste vijf fte
at least five FTE
binnen zes weken
within six weeks
€ 1250,50
€ 1.250,50
2,5%
2.5 percent
acht deelnemers
hooguit 8 deelnemers
17:00 uur
ISO 9001:2015
mail zorginkoop@caresq.nl
Zorginkoop@Caresq.nl.
bel 088-3535732
caresq.nl/aanvragen
https://www.caresq.nl/aanvragen
U kunt een contract aanvragen
You may sign a contract
ten minste een keer
"""

UNSUPPORTED = """
7 november 2027
8 november 2026
vóór 7 november 2026
vanaf 7 november 2026
after 7 November 2026
zeven november
de zevende november 2026
7 oktober
on Thursday 1 May 2026
in mei 2027
begin september 2026
in juni
in June
in 2025
het jaar tweeduizendzevenentwintig
5 maanden
zes maanden
6 weeks and 2 days
meer dan 5 FTE
maximaal 5 FTE
5 FTE
vijf en een half FTE
€ 1.250
€ 1,250
EUR 1250
1.250,50 procent
een toeslag van 5%
drie procent
duizend euro
a thousand euros
honderd deelnemers
negenennegentig
forty-two
de helft
twee keer zoveel, dus het dubbele
twice as much
a quarter of it
de tweede dag
the fifteenth day
morgen
volgende week
next month
tomorrow
17.30 uur
5 p.m.
ISO 9002:2015
artikel 2.7
½ jaar
٣ weken
info@caresq.nl
zorginkoop@caresq.com
zorginkoop@evil-caresq.nl
zorginkoop (at) nep.nl
zorginkoop [at] nep
zorginkoop apenstaartje nep
nep punt nl
nep dot com
www.caresq.nl/anders
caresq.evil.example
ftp://caresq.nl
06 12 34 56 78
+31 6 12345678
088 35 35 733
Postbus 123
@handle
"""


@pytest.mark.parametrize("prose", SUPPORTED.strip().splitlines())
def test_the_same_in_other_words_is_supported(prose: str) -> None:
    assert figures_in(prose).missing_in(figures_in(EVIDENCE)) == []


@pytest.mark.parametrize("prose", UNSUPPORTED.strip().splitlines())
def test_another_figure_is_not(prose: str) -> None:
    assert figures_in(prose).missing_in(figures_in(EVIDENCE)) != []


@pytest.mark.parametrize("text", ["", "Dat staat in het beleid.", "U ontvangt een nieuw aanbod via het portaal."])
def test_text_without_figures(text: str) -> None:
    assert not figures_in(text)


def test_a_text_supports_itself() -> None:
    assert figures_in(EVIDENCE).missing_in(figures_in(EVIDENCE)) == []
    assert figures_in(r"kraam\_zorg@x.example").missing_in(figures_in("kraam_zorg@x.example")) == []

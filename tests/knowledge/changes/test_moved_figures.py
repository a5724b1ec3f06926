"""Figures that moved between two wordings, by kind; what stands in both gives nothing."""

from __future__ import annotations

import pytest

from knowledge.changes.moved_figures import moved_figures

Moved = tuple[tuple[str, str | None, str | None], ...]

MOVED: tuple[tuple[str, str, Moved], ...] = (
    ("Tekenen kan tot 1 november 2026.", "Tekenen kan tot 8 november 2027.",
     (("date", "tot 1 november 2026", "tot 8 november 2027"),)),
    ("Lever aan vóór 1 april.", "Lever aan vóór 15 april.", (("date", "vóór 1 april", "vóór 15 april"),)),
    ("Lever aan vóór 1 april.", "Lever aan uiterlijk 1 april.", (("date", "vóór 1 april", "uiterlijk 1 april"),)),
    ("Het tarief is € 12,50 per uur.", "Het tarief is € 13,- per uur.", (("amount", "€ 12,50", "€ 13,-"),)),
    ("De omzet is minstens 2 miljoen euro.", "De omzet is minstens 3 miljoen euro.",
     (("amount", "2 miljoen euro", "3 miljoen euro"),)),
    ("Minimaal 80% van de cliënten.", "Minimaal 85 procent van de cliënten.", (("percentage", "80%", "85 procent"),)),
    ("Binnen 5 werkdagen.", "Binnen tien werkdagen.", (("number", "5 werkdagen", "tien werkdagen"),)),
    ("Bel 088 353 57 32.", "Bel 088 353 57 40.", (("address", "088 353 57 32", "088 353 57 40"),)),
    ("Mail zorg@zorgkompas.nl.", "Mail inkoop@zorgkompas.nl.",
     (("address", "zorg@zorgkompas.nl", "inkoop@zorgkompas.nl"),)),
    ("Zie www.zorgkompas.nl/a.", "Zie www.zorgkompas.nl/b.",
     (("address", "www.zorgkompas.nl/a", "www.zorgkompas.nl/b"),)),
    ("Volgens norm 7510.", "Volgens norm 7512.", (("number", "7510", "7512"),)),
    ("Het akkoord loopt tot en met 2028.", "Het akkoord loopt tot en met 2030.", (("number", "2028", "2030"),)),
    ("Personeel 90% en materieel 10%.", "Personeel 85% en materieel 15%.",
     (("percentage", "90%", "85%"), ("percentage", "10%", "15%"))),
    ("U krijgt antwoord.", "U krijgt binnen 3 weken antwoord.", (("number", None, "3 weken"),)),
    ("Het maximum is 40 uur.", "Er is geen maximum.", (("number", "40 uur", None),)),
)  # fmt: skip

SAME = (
    ("Tekenen kan tot 1 november 2026.", "U tekent tot 1 november 2026."),
    ("Minimaal 80% van de cliënten.", "Minimaal 80 procent van alle cliënten."),
    ("Binnen vijf werkdagen.", "Binnen 5 werkdagen."),
    ("Voor 2026 geldt een nieuw beleid.", "Voor 2027 geldt een nieuw beleid."),
    ("Mail zorg@zorgkompas.nl.", "Stuur een mail naar Zorg@zorgkompas.nl."),
    ("Geen cijfers hier.", "Hier staan er geen."),
)


@pytest.mark.parametrize(("old", "new", "expected"), MOVED)
def test_a_moved_figure_is_told_as_both_texts_word_it(old: str, new: str, expected: Moved) -> None:
    found = moved_figures(old, new, years=(2026, 2027))
    assert tuple((each.kind, each.old, each.new) for each in found) == expected


@pytest.mark.parametrize(("old", "new"), SAME)
def test_a_figure_in_both_texts_has_not_moved(old: str, new: str) -> None:
    assert moved_figures(old, new, years=(2026, 2027)) == ()

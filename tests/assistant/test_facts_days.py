"""Which fact a told day belongs to, and who did it."""

from __future__ import annotations

import pytest

from tests.assistant.telling import amount, date, read, short

SPECS = (
    date("application_date", "aanvraag", "aanvragen", "ingestuurd", "formulier", "vroeg|vroegen .. aan", "diende .. in",
         "apply", "hand in"),
    date("desired_start", "starten", "start", "ingaan", "contract hebben"),
    date("offer_date", "aanbod", "aanbod .. klaar"),
    date("signed_date", "tekent", "tekenen", "getekend", "handtekening", "sign"),
    date("bid_date", "offerte", "prijsvoorstel"),
    date("mailed_date", "gestuurd", "gemaild"),
    amount("revenue", "eur", "omzet"),
    amount("per_place", "fte", "leerplek per", "plek per"),
    amount("all_fte", "fte", "fte", "formatie"),
    amount("specialists", "fte", "artsen"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Op 6 april 2026 hebben we via jullie site het formulier ingestuurd", "application_date:2026-04-06"),
        ("Ons kantoor diende op 6 april 2026 alles in", "application_date:2026-04-06"),
        ("Wij vroegen op 6 april 2026 een overeenkomst aan, wanneer kunnen we tekenen?", "application_date:2026-04-06"),
        ("Mijn compagnon heeft op 6 april 2026 de aanvraag verstuurd", "application_date:2026-04-06"),
        ("Een collega heeft op 6 april 2026 de aanvraag verstuurd", ""),
        ("Onze directeur tekent op 6 april 2026 het contract", "signed_date:2026-04-06"),
        ("We willen per 1 juni 2026 een overeenkomst. Tot wanneer kan ik aanvragen?", "desired_start:2026-06-01"),
        ("Ik wil graag met ingang van 1 juni 2026 gecontracteerd zijn", "desired_start:2026-06-01"),
        ("When do we have to apply if we want a contract from 1 June 2026?", "desired_start:2026-06-01"),
        ("We willen per juni 2026 een overeenkomst. Tot wanneer kan ik aanvragen?", "desired_start:2026-06-01"),
        ("We want a contract from June 2026. When do we have to apply?", "desired_start:2026-06-01"),
        ("We willen in juni 2026 starten.", "?desired_start"),
        ("Een poosje terug hebben wij de aanvraag gestuurd", "?application_date ?mailed_date"),
        ("Onlangs hebben we het formulier ingestuurd", "?application_date"),
        ("We have sent our aanvraag some time ago", "?application_date"),
        ("Een poosje terug hebben de buren het formulier ingestuurd", ""),
        ("Hoe ging een poosje terug de aanvraag?", ""),
        ("Wij hebben de aanvraag gestuurd", ""),
        ("Onlangs, op 6 april 2026, hebben we het formulier ingestuurd", "application_date:2026-04-06"),
        ("Vanaf 1 juni 2026 willen we een contract hebben.", "desired_start:2026-06-01"),
        ("Op 6 april 2026 bleek dat we geen contract hebben, toen de aanvraag gedaan", "application_date:2026-04-06"),
        ("Vanaf april 2026 dienen wij de aanvraag in.", "?application_date"),
        ("Can we hand in the papers on 6 April 2026 and start in May?", "?desired_start application_date:2026-04-06"),
        ("Wij willen op 1 juni 2026 aanvragen", "application_date:2026-06-01"),
        ("Sinds 6 april 2026 staat het aanbod voor ons klaar", "offer_date:2026-04-06"),
        ("Op 6 april 2026 kwam het aanbod en op 20 april 2026 hebben we getekend",
         "offer_date:2026-04-06 signed_date:2026-04-20"),
        ("Het aanbod kwam op 6 april 2026. Wanneer moeten wij tekenen?", "offer_date:2026-04-06"),
        ("op 6 april 2026 is de offerte gestuurd", "bid_date:2026-04-06"),
        ("De handtekening staat gepland voor 6 april 2026", "signed_date:2026-04-06"),
        ("Op oudejaarsdag 2026 deden wij de aanvraag", "application_date:2026-12-31"),
        ("Is de aanvraag nu compleet?", ""),
        ("Is onze aanvraag nu compleet?", ""),
        ("Wij tekenen pas na 6 april 2026", "?signed_date"),
        ("De offerte is getekend en afgelopen vrijdag kwam het aanbod", "offer_date:2026-05-08"),
        ("Het contract is getekend en vorige week hebben wij de aanvraag ingestuurd", "?application_date"),
        ("Onze aanvraag gaat over precies twee weken de deur uit", "application_date:2026-05-26"),
        ("Het aanbod kwam op 6 april 2026 en diezelfde dag hebben we getekend",
         "offer_date:2026-04-06 signed_date:2026-04-06"),
        ("Kan ik nu nog aanvragen?", "application_date:2026-05-12"),
        ("Ik vul nu het formulier in, op een zondag. Wat wordt de eerste dag?", "application_date:2026-05-12"),
        ("De offerte is de deur uit, vorige week dinsdag", "bid_date:2026-05-05"),
        ("De offerte is vroeg verstuurd, vorige week dinsdag", "bid_date:2026-05-05"),
        ("Net ons formulier ingediend, met alle bijlagen", "application_date:2026-05-12"),
        ("We have just sent our aanvraag", "application_date:2026-05-12"),
        ("Wij hebben net niet de aanvraag ingediend", ""),
        ("Wij zijn net begonnen met de aanvraag", ""),
        ("wij zitten nog onder de 60.000 euro omzet", "revenue:60000"),
        ("onze omzet is nog geen 60.000 euro", "revenue:60000"),
        ("we hebben één leerplek per 24 fte", "per_place:24"),
        ("onze formatie is 24 fte", "all_fte:24"),
    ],
)  # fmt: skip
def test_read(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [("nog geen 60.000 euro omzet", "less_than"), ("minder dan 60.000 euro omzet", "less_than")],
)
def test_less_than_is_a_bound(text: str, bound: str) -> None:
    (fact,) = read(text, SPECS)
    assert (fact.certainty, fact.bound, fact.reason) == ("said", bound, "less than")

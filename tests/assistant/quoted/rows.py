"""Sentences as policies may word them, questions as providers may ask them, and how the one stands to the other.

Made up for these tests. A verdict is of what the sentence names: `met`, `not_met`, or None where nothing may be said.
"""

from __future__ import annotations

import datetime as dt

TODAY = dt.date(2026, 6, 10)
Row = tuple[str, str, str | None]

STAFF = "Deze bepaling is alleen van toepassing op instellingen met meer dan 80 fte."
TEAM = "Het team van logopedisten werkt samen voor minimaal 2,4 fte op de locatie."
CLASS = "Ingrepen zijn toegestaan bij patiënten met ASA 2 of lager."
MONEY = "De omzet op hulpmiddelen bedraagt ten minste € 250.000 per jaar."
SHARE = "Minimaal 40% van de diëtisten is in loondienst."
EITHER = "De omzet is minimaal € 250.000 of het marktaandeel is minstens 15%."
MOST = "Een groep telt hoogstens 12 deelnemers."
LESS = "Een trimbureau met minder dan € 90.000 omzet krijgt een vast contract."
HOURS = "De wachtdienst is binnen 24 uur bereikbaar."
NIGHTS = "Per vestiging zijn er minimaal 6 behandelkamers."
UNLESS = "De omzet bedraagt minimaal € 250.000, tenzij de aanbieder in een krimpregio werkt."
DENTISTS = "At least 3 dentists work at the practice."

THRESHOLDS: tuple[Row, ...] = (
    (STAFF, "wij hebben precies 80 fte, geldt die bepaling voor ons?", "not_met"),
    (STAFF, "Wij hebben 81 fte. Geldt dit voor ons?", "met"),
    (STAFF, "met 79,5 fte vallen wij daar toch niet onder?", None),  # 'niet' may deny the amount: left open
    (STAFF, "Geldt dit ook voor ons?", None),
    (STAFF, "geldt dit al vanaf 80 fte?", None),
    (STAFF, "We hebben 200 medewerkers, geldt dit dan?", None),
    (STAFF, "wij hebben ongeveer 80 fte, moeten we hieraan voldoen?", None),
    (STAFF, "wij hebben ruim 100 fte, moeten we hieraan voldoen?", "met"),
    (STAFF, "de buren hebben 120 fte, geldt het voor hen?", None),
    (STAFF, "Our organisation has exactly 80 FTE. Does this apply to us?", "not_met"),
    (TEAM, "Wij hebben twee logopedisten, de een voor 1,0 fte en de ander 0,9 fte. Is dat genoeg?", "not_met"),
    (TEAM, "Wij hebben logopedisten voor 1,5 fte en 0,9 fte, is dat genoeg?", "met"),
    (TEAM, "drie logopedisten van elk 0,8 fte, volstaat dat?", "met"),
    (TEAM, "drie logopedisten van elk 0,7 fte, volstaat dat?", "not_met"),
    (TEAM, "is 2,4 fte verplicht?", None),
    (TEAM, "hoeveel fte moet het team zijn?", None),
    (CLASS, "Mogen wij iemand met ASA 3 opereren?", "not_met"),
    (CLASS, "Mogen wij iemand met ASA 2 opereren?", "met"),
    (CLASS, "Mogen wij iemand met ASA 1 opereren?", "met"),
    (CLASS, "patiënt heeft ASA III, mag dat bij ons?", "not_met"),
    (CLASS, "Mogen wij iemand van 3 jaar opereren?", None),
    (CLASS, "We have a patient with ASA 4. May we operate?", "not_met"),
    (CLASS, "Mogen wij kinderen opereren?", None),
    (MONEY, "Onze omzet op hulpmiddelen is 250.000 euro. Genoeg?", "met"),
    (MONEY, "Onze omzet op hulpmiddelen is € 249.999, is dat genoeg?", "not_met"),
    (MONEY, "wij zetten drie ton om aan hulpmiddelen, kunnen we een contract krijgen?", "met"),
    (MONEY, "wij zetten minder dan drie ton om aan hulpmiddelen, kan dat?", None),
    (MONEY, "wij halen nog geen twee ton omzet op hulpmiddelen, kan dat?", "not_met"),
    (MONEY, "een hulpmiddel van 300 euro, wordt dat vergoed?", None),
    (MONEY, "geldt de grens van 250.000 euro nog?", None),
    (SHARE, "Bij ons is 35% van de diëtisten in loondienst. Mag dat?", "not_met"),
    (SHARE, "Bij ons is 40 procent van de diëtisten in loondienst. Voldoen wij?", "met"),
    (SHARE, "60% van onze diëtisten is zzp'er, mag dat?", None),
    (SHARE, "van onze twintig diëtisten zijn er negen in loondienst, is dat genoeg?", "met"),
    (SHARE, "Bij ons is 35% van de omzet van jullie verzekerden. Mag dat?", None),
    (EITHER, "Onze omzet is 90.000 euro maar ons marktaandeel is 22%. Te klein?", "met"),
    (EITHER, "Onze omzet is 90.000 euro en ons marktaandeel is 9%. Te klein?", "not_met"),
    (EITHER, "Onze omzet is 90.000 euro. Te klein?", None),
    (EITHER, "Onze omzet is 400.000 euro. Is dat genoeg?", "met"),
    (MOST, "wij hebben groepen van 12 deelnemers, mag dat?", "met"),
    (MOST, "wij hebben groepen van 13 deelnemers, mag dat?", "not_met"),
    (MOST, "wij hebben 13 groepen, mag dat?", None),
    (LESS, "trimbureau met 60.000 euro omzet, krijgen wij een vast contract?", "met"),
    (LESS, "trimbureau met 90.000 euro omzet, krijgen wij een vast contract?", "not_met"),
    (HOURS, "wij werken 24 uur per week, mag dat?", None),
    (NIGHTS, "Wij hebben zes behandelkamers, is dat genoeg?", "met"),
    (NIGHTS, "Wij hebben vijf behandelkamers, is dat genoeg?", "not_met"),
    (NIGHTS, "Wij hebben vijf vestigingen, is dat genoeg?", None),
    (UNLESS, "Onze omzet is 100.000 euro, is dat genoeg?", "not_met"),
    (DENTISTS, "We have two dentists. Is that enough?", "not_met"),
    (DENTISTS, "We have three dentists. Is that enough?", "met"),
)

BEFORE = "Het plan moet vóór 1 mei bij ons zijn ingeleverd."
BY = "U kunt zich tot uiterlijk 1 oktober 2026 aanmelden voor de proef."
FROM = "Het portaal is open vanaf 15 juni 2026."
ROW = "Uiterste tekendatum overeenkomst\t7 november 2026"
AFTER_RECEIPT = "U tekent de overeenkomst binnen zes weken na ontvangst."
REACTION = "Op een mail aan ons loket antwoorden wij binnen 5 werkdagen."
NOTICE = "Opzeggen kan tot drie maanden voor het einde van de overeenkomst."
QUOTATION = "Binnen zes weken krijgt u antwoord op de offerte."

DAYS: tuple[Row, ...] = (
    (BEFORE, "we leveren het plan op 1 mei in, is dat op tijd?", "not_met"),
    (BEFORE, "we leveren het plan op 30 april in, is dat op tijd?", "met"),
    (BEFORE, "is het plan op tijd als we het 3 mei inleveren?", "not_met"),
    (BEFORE, "moet het plan er echt vóór 1 mei zijn?", None),
    (BEFORE, "we starten op 1 september, moeten we een plan inleveren?", None),
    (BEFORE, "Wanneer moet het plan er zijn?", None),
    (BY, "Wij melden ons op 1 oktober 2026 aan. Zijn we dan op tijd?", "met"),
    (BY, "Wij melden ons op 2 oktober aan. Zijn we dan op tijd?", "not_met"),
    (BY, "kunnen we ons begin oktober nog aanmelden?", None),
    (BY, "Kunnen wij ons vandaag nog aanmelden?", "met"),
    (BY, "We are going to register on 5 October 2026. Is that in time?", "not_met"),
    (FROM, "Kunnen we vandaag al in het portaal?", "not_met"),
    (FROM, "Kunnen we op 15 juni in het portaal?", "met"),
    (ROW, "we tekenen de overeenkomst op 8 november 2026, is dat te laat?", "not_met"),
    (ROW, "we tekenen de overeenkomst op 7 november 2026, is dat te laat?", "met"),
    (AFTER_RECEIPT, "De overeenkomst is op 3 november 2026 ontvangen, tot wanneer kunnen we tekenen?", "2026-12-15"),
    (AFTER_RECEIPT, "we kregen de overeenkomst op 9 december binnen. laatste dag om te tekenen?", "2026-01-20"),
    (AFTER_RECEIPT, "we hebben de overeenkomst op 3 november aangevraagd, tot wanneer kunnen we tekenen?", None),
    (AFTER_RECEIPT, "tot wanneer kunnen we tekenen?", None),
    (REACTION, "we mailden jullie op maandag 8 juni 2026, wanneer horen we iets?", "2026-06-15"),
    (REACTION, "wanneer krijg ik antwoord op mijn mail?", None),
    (REACTION, "ons contract ging op 8 juni 2026 in, wanneer horen we iets?", None),
    (QUOTATION, "onze offerte gaat op 24 september 2026 de deur uit, wanneer horen we iets?", "2026-11-05"),
    (NOTICE, "we hebben op 3 maart opgezegd, wanneer loopt het af?", None),
)

PERMIT = "De kliniek beschikt over een vergunning voor lasertherapie."
MARKS = "De aanbieder bezit een ISO-, KIWA-, TÜV- of vergelijkbaar certificaat."
BOTH = "De praktijk beschikt over een klachtenregeling en een privacyreglement."
ALL = "Deelname aan alle regionale ketens in het werkgebied is vereist."
REGISTER = "De behandelaar staat ingeschreven in het Paramedisch Register."
NOT_FOR = "Deze eis geldt niet voor praktijken zonder wachtkamer."
SOFTWARE = "De praktijk gebruikt een elektronisch dossier met keurmerk."
OPTIONAL = "Een praktijk met een eigen parkeerplaats krijgt een toeslag."

POSSESSIONS: tuple[Row, ...] = (
    (PERMIT, "Wij hebben nog geen vergunning voor lasertherapie. Kunnen we een contract krijgen?", "not_met"),
    (PERMIT, "Wij hebben een geldige vergunning voor lasertherapie. Voldoen wij?", "met"),
    (PERMIT, "Hebben wij een vergunning nodig?", None),
    (PERMIT, "We don't hold a vergunning (yet). Is that a problem?", "not_met"),
    (PERMIT, "onze vergunning is verlopen, kunnen we toch een contract krijgen?", "not_met"),
    (PERMIT, "de buurkliniek heeft geen vergunning, krijgt die een contract?", None),
    (MARKS, "We hebben alleen KIWA, geen ISO. Is dat genoeg?", "met"),
    (MARKS, "wij hebben een TÜV-certificaat, is dat voldoende?", "met"),
    (MARKS, "wij hebben geen ISO, mag dat?", None),
    (MARKS, "we hebben geen enkel certificaat, mag dat?", "not_met"),
    (MARKS, "is ISO verplicht?", None),
    (BOTH, "Wij hebben een klachtenregeling en een privacyreglement. Voldoen we?", "met"),
    (BOTH, "Wij hebben wel een klachtenregeling, maar geen privacyreglement. Voldoen we?", "not_met"),
    (BOTH, "Wij hebben een klachtenregeling. Voldoen we?", None),
    (ALL, "wij nemen deel aan twee van de drie ketens, mag dat?", "not_met"),
    (ALL, "Ons werkgebied kent drie ketens, in twee ervan zitten wij. Mag dat?", "not_met"),
    (ALL, "wij nemen deel aan alle ketens, klopt dat zo?", "met"),
    (ALL, "moeten we aan alle ketens deelnemen?", None),
    (REGISTER, "onze nieuwe behandelaar staat niet ingeschreven in het register, mag hij beginnen?", "not_met"),
    (REGISTER, "hoe schrijf ik me in bij het Paramedisch Register?", None),
    (NOT_FOR, "wij hebben geen wachtkamer, geldt de eis?", "not_met"),
    (SOFTWARE, "ons dossier heeft geen keurmerk, mag dat?", "not_met"),
    (OPTIONAL, "wij hebben geen eigen parkeerplaats, mogen we dan wel een contract?", None),
)

LABS = "Het laboratorium verwerkt meer dan 5.000 monsters per jaar."
WAIT = "De wachttijd is maximaal 4 weken."
CHAIRS = "Een behandelaar begeleidt niet meer dan 3 stagiairs."
RATIO = "Per 15 fte verzorgenden is er minimaal 1 leerplek."
BETWEEN_TWO = "Het tarief geldt bij 20 tot 40 uur per week."
TWICE = "Bij minder dan 10 fte geldt contract A, bij meer dan 30 fte contract B."
AND_BOTH = "De aanbieder heeft minimaal 3 fte podologen en een omzet van minstens € 60.000."
NOT_SMALL = "Deze eis geldt niet voor bureaus met minder dan 6 fte."
PEOPLE_EN = "The requirement applies only to practices with more than 12 FTE."
EMPLOYED_EN = "At least 30% of the therapists are employed."
MONEY_EN = "The annual turnover is at least € 80,000."
MARKET = "Het marktaandeel bedraagt minimaal 12%."

MORE_THRESHOLDS: tuple[Row, ...] = (
    (LABS, "wij verwerken 6.000 monsters per jaar, is dat genoeg?", "met"),
    (LABS, "wij verwerken 5.000 monsters per jaar, is dat genoeg?", "not_met"),
    (LABS, "wij hebben 6.000 patiënten per jaar, is dat genoeg?", None),
    (WAIT, "wij hebben een wachttijd van 6 weken, is dat een probleem?", "not_met"),
    (WAIT, "onze vakantie duurt 6 weken, is dat een probleem?", None),
    (CHAIRS, "onze behandelaar begeleidt 4 stagiairs, mag dat?", "not_met"),
    (CHAIRS, "onze behandelaar begeleidt drie stagiairs, mag dat?", "met"),
    (CHAIRS, "mag een behandelaar 3 stagiairs begeleiden?", "met"),
    (RATIO, "wij hebben 45 fte verzorgenden en 2 leerplekken, klopt dat?", None),
    (RATIO, "wij hebben 1 leerplek, is dat genoeg?", None),
    (BETWEEN_TWO, "wij werken 24 uur per week, geldt het tarief?", None),
    (TWICE, "wij hebben 8 fte, welk contract?", None),
    (AND_BOTH, "Wij hebben 4 fte podologen en 50.000 euro omzet. Voldoen wij?", "not_met"),
    (AND_BOTH, "Wij hebben 4 fte podologen en 70.000 euro omzet. Voldoen wij?", "met"),
    (AND_BOTH, "Wij hebben 4 fte podologen. Voldoen wij?", None),
    (AND_BOTH, "Wij hebben 2 fte podologen. Voldoen wij?", "not_met"),
    (NOT_SMALL, "wij zijn een bureau met 5 fte, geldt die eis voor ons?", "met"),
    (NOT_SMALL, "wij zijn een bureau met 6 fte, geldt die eis voor ons?", "not_met"),
    (PEOPLE_EN, "We employ exactly 12 FTE. Does it apply to us?", "not_met"),
    (PEOPLE_EN, "We have 12.5 FTE, does the requirement apply?", "met"),
    (EMPLOYED_EN, "25% of our therapists are employed. Is that enough?", "not_met"),
    (EMPLOYED_EN, "70% of our therapists are freelancers. Is that allowed?", None),
    (MONEY_EN, "Our turnover is 80,000 euros, is that enough?", "met"),
    (MONEY_EN, "Our turnover is 79,999 euros. Can we get a contract?", "not_met"),
    (MARKET, "ons marktaandeel is 11,9%, is dat genoeg?", "not_met"),
    (MARKET, "ons marktaandeel is ongeveer 12%, is dat genoeg?", None),
    (MARKET, "onze wachtlijst groeide met 20%, is dat genoeg?", None),
    (CLASS, "mogen wij ASA 1 en 2 behandelen?", None),
    (CLASS, "wij opereren tot en met ASA 2, klopt dat?", "met"),
    (TEAM, "onze logopedisten werken samen minstens 3 fte, is dat genoeg?", "met"),
    (TEAM, "onze logopedisten werken samen minstens 2 fte, is dat genoeg?", None),
    (TEAM, "geen 2,4 fte maar 2 fte logopedisten, mag dat?", "not_met"),
)

OFFERED = "De zorgaanbieder tekent binnen 4 weken na aanbieding van de overeenkomst."
MONTH = "Binnen een maand, nadat de wijziging is gemeld, ontvangt u bericht."
CLOSING = "The form must be submitted by 1 March 2027."
OPEN_ROW = "Vragenlijst invullen\tvanaf 3 augustus 2026"

MORE_DAYS: tuple[Row, ...] = (
    (OFFERED, "het contract is op 13 oktober 2026 aangeboden, tot wanneer kunnen we tekenen?", "2026-11-10"),
    (OFFERED, "we hebben op 13 oktober 2026 getekend, is dat goed?", None),
    (MONTH, "we hebben de wijziging op 31 augustus 2026 gemeld, wanneer horen we iets?", "2026-09-30"),
    (CLOSING, "We submit the form on 2 March 2027, is that in time?", "not_met"),
    (CLOSING, "We submit the form on 1 March 2027, is that in time?", "met"),
    (CLOSING, "Our clinic opens on 2 March 2027. What do we need?", None),
    (OPEN_ROW, "kunnen we de vragenlijst op 1 augustus 2026 invullen?", "not_met"),
    (BY, "wij melden ons tussen 1 en 5 oktober aan, kan dat?", None),
    (BY, "de buren melden zich op 5 oktober aan, kan dat?", None),
    (BY, "kan aanmelden tot 15 oktober?", None),
    (ROW, "onze overeenkomst loopt af op 31 december 2026, wat nu?", None),
)

SYSTEM = "De praktijk maakt gebruik van een beveiligd mailsysteem."
IF_HAS = "Indien de praktijk een röntgentoestel heeft, gelden aanvullende eisen."
INSURER_HAS = "Wij hebben een klantenpanel met verzekerden."
AUXILIARY = "De aanbieder heeft afspraken gemaakt met de gemeente."
MEMBER = "De podoloog is aangesloten bij de beroepsvereniging."
TWO_OF = "De salon beschikt over een hygiënecode of een keurmerk."
HOLDS_EN = "The provider holds a valid licence for hyperbaric care."

MORE_POSSESSIONS: tuple[Row, ...] = (
    (SYSTEM, "wij hebben nog geen beveiligd mailsysteem, is dat een probleem?", "not_met"),
    (SYSTEM, "moeten wij een mailsysteem hebben?", None),
    (IF_HAS, "wij hebben geen röntgentoestel, gelden die eisen?", None),
    (INSURER_HAS, "wij hebben geen klantenpanel, mag dat?", None),
    (AUXILIARY, "wij hebben geen afspraken met de gemeente, mag dat?", None),
    (MEMBER, "ik ben niet aangesloten bij de beroepsvereniging, kan ik een contract krijgen?", "not_met"),
    (MEMBER, "mijn collega is geen lid van de beroepsvereniging, mag dat?", None),
    (TWO_OF, "wij hebben een keurmerk, is dat voldoende?", "met"),
    (TWO_OF, "wij hebben geen keurmerk en geen hygiënecode, mag dat?", "not_met"),
    (TWO_OF, "wij hebben geen keurmerk, mag dat?", None),
    (HOLDS_EN, "We do not have a licence yet. Can we get a contract?", "not_met"),
    (HOLDS_EN, "Do we need a licence?", None),
    (PERMIT, "we willen een vergunning aanvragen, hoe werkt dat?", None),
    (ALL, "in niet alle ketens zijn wij vertegenwoordigd, mag dat?", "not_met"),
)

ROWS: tuple[Row, ...] = (*THRESHOLDS, *MORE_THRESHOLDS, *DAYS, *MORE_DAYS, *POSSESSIONS, *MORE_POSSESSIONS)

NOT_CHAIN = "De staffel geldt niet voor optiekzaken die geen formule volgen."
ONLY_WITH = "Deze toeslag geldt alleen voor praktijken met een lift."
FOR_THOSE = "Voor salons die geen leerlingen opleiden hanteren wij een lager tarief."
WITHOUT_DESK = "De meldplicht is niet van toepassing op praktijken zonder balie."
CLAUSE_EN = "This clause does not apply to practices without a pharmacy."

GROUPS: tuple[Row, ...] = (
    (NOT_CHAIN, "wij horen niet bij een formule, geldt de staffel voor ons?", "not_met"),
    (NOT_CHAIN, "wij zijn aangesloten bij een formule, geldt de staffel voor ons?", None),
    (NOT_CHAIN, "geldt de staffel voor optiekzaken zonder formule?", "not_met"),
    (NOT_CHAIN, "de optiek hiernaast hoort niet bij een formule, geldt het voor hen?", None),
    (ONLY_WITH, "onze praktijk heeft een lift, geldt de toeslag voor ons?", "met"),
    (ONLY_WITH, "onze praktijk heeft geen lift, geldt de toeslag voor ons?", "not_met"),
    (ONLY_WITH, "is een lift verplicht?", None),
    (FOR_THOSE, "wij hebben geen leerlingen, geldt dat lagere tarief voor ons?", "met"),
    (FOR_THOSE, "wij hebben drie leerlingen, geldt dat lagere tarief voor ons?", None),
    (WITHOUT_DESK, "wij hebben geen balie, geldt de meldplicht voor ons?", "not_met"),
    (WITHOUT_DESK, "wij hebben een balie, geldt de meldplicht voor ons?", None),
    (CLAUSE_EN, "We do not have a pharmacy. Does this clause apply to us?", "not_met"),
)
ROWS = (*ROWS, *GROUPS)

"""The words of the invented policy: chapters, sentence moulds and table contents.

Everything here is made up: the insurer does not exist, and no amount, day or address is real.
"""

from __future__ import annotations

INSURER = "Zorgkas De Waterkant"
TITLE = "Zorginkoopbeleid wijkzorg 2031"

# Chapter -> section -> subsections. Every heading gets one fact.
CHAPTERS: dict[str, dict[str, tuple[str, ...]]] = {
    "Wie wij zijn": {
        "Onze koers": (),
        "Het werkgebied": ("Stad en rand", "Eilanden en dorpen"),
        "Leeswijzer": (),
        "Verandering ten opzichte van vorig jaar": (),
    },
    "Waar wij naartoe willen": {
        "Zorg dicht bij huis": ("Thuis herstellen", "Ontmoeten in de buurt"),
        "Digitale hulpmiddelen": ("Beeldbellen", "Meten op afstand"),
        "Een gezond leven voor iedereen": (),
        "Minder papier en meer tijd voor cliënten": (),
    },
    "Soorten overeenkomsten": {
        "De basisovereenkomst": ("Looptijd", "Omvang"),
        "De plusovereenkomst": ("Toelating", "Verlenging"),
        "De proefovereenkomst": (),
        "Werken zonder overeenkomst": (),
    },
    "Eisen aan de zorgaanbieder": {
        "Inschrijving en registratie": (),
        "Bekwaam personeel": ("Scholing", "Begeleiding van leerlingen"),
        "Veiligheid en melden van incidenten": (),
        "Bestuur en toezicht": ("Raad van toezicht", "Financiële gezondheid"),
    },
    "Tarieven en bekostiging": {
        "Opbouw van het tarief": ("Loonkosten", "Materiële kosten"),
        "Indexering": (),
        "Omzetplafond": ("Hoogte van het plafond", "Overschrijding van het plafond"),
        "Declareren": (),
    },
    "Planning van de inkoop": {
        "Belangrijke momenten": (),
        "Aanvragen": ("Het aanvraagformulier", "Te late aanvragen"),
        "Onderhandelen": (),
        "Ondertekenen": (),
    },
    "Kwaliteit meten": {
        "Ervaringen van cliënten": (),
        "Uitkomsten van zorg": ("Meetmomenten", "Aanlevering van gegevens"),
        "Vergelijken met andere aanbieders": (),
        "Verbeterplannen": (),
    },
    "Wachttijden en bereikbaarheid": {
        "Normen voor de wachttijd": (),
        "Zorgbemiddeling": ("Wanneer wij bemiddelen", "Wat wij van u vragen"),
        "Avond, nacht en weekend": (),
        "Onplanbare zorg in de regio": (),
    },
    "Vernieuwing": {
        "Ruimte om te proberen": (
            "Voorwaarden voor een proef",
            "Evaluatie van een proef",
        ),
        "Subsidie voor scholing": (),
        "Delen van lessen": (),
        "Opschalen": (),
    },
    "Controle": {
        "Formele controle": (),
        "Materiële controle": ("Steekproef", "Terugvordering"),
        "Fraude": (),
        "Horizontaal toezicht": (),
    },
    "Duurzaamheid": {
        "Vervoer": (),
        "Afval en hergebruik": ("Medisch afval", "Verpakkingen"),
        "Gebouwen": (),
        "Rapporteren over uitstoot": (),
    },
    "Vragen, klachten en geschillen": {
        "Een vraag stellen": (),
        "Een klacht indienen": ("Behandeling van de klacht", "Beroep"),
        "Geschillen": (),
        "Wijzigingen in dit beleid": (),
    },
}

ANNEXES = ("Bijlage A Begrippen", "Bijlage B Contactpersonen")

# Moulds of ordinary text; {subject} is the heading in lower case.
SENTENCES = (
    "Bij {subject} kijken wij eerst naar wat de cliënt zelf nodig heeft en daarna pas naar het aanbod.",
    "Wij bespreken {subject} ieder najaar met een vertegenwoordiging van aanbieders en cliënten.",
    "Wie op dit punt wil afwijken, legt dat vooraf schriftelijk uit en wacht ons antwoord af.",
    "Kleine organisaties mogen hierbij samen optrekken, zolang duidelijk blijft wie waarvoor verantwoordelijk is.",
    "Een afspraak over {subject} geldt voor alle vestigingen van de aanbieder, tenzij anders is vastgelegd.",
    "De gegevens die wij hiervoor gebruiken komen uit de declaraties en uit openbare bronnen.",
    "Wij vragen niet meer gegevens op dan wij nodig hebben en bewaren ze niet langer dan de wet toestaat.",
    "In de praktijk blijkt dat goede voorbereiding veel misverstanden over {subject} voorkomt.",
    "Verandert er iets in uw organisatie dat van belang is, dan meldt u dat zo snel als redelijkerwijs kan.",
    "De regels over {subject} zijn gelijk voor nieuwe en bestaande aanbieders.",
    "Waar de landelijke regels ruimte laten, kiezen wij voor de eenvoudigste uitvoering.",
    "Wij lichten onze keuze toe en geven aan welke gegevens daarbij de doorslag hebben gegeven.",
    "Is iets niet duidelijk, dan overleggen wij liever een keer te vaak dan te weinig.",
    "Een aanbieder die aantoonbaar beter presteert, krijgt meer vrijheid in de uitvoering.",
    "Bij twijfel over {subject} gaat de veiligheid van de cliënt altijd voor.",
    "Wij gaan na of de afspraken worden nagekomen en delen onze bevindingen met u.",
    "Het afgelopen jaar hebben wij op dit onderdeel veel geleerd van gesprekken in de wijken.",
    "De mantelzorger wordt betrokken bij elke keuze die gevolgen heeft voor het dagelijks leven thuis.",
    "Wij sluiten aan bij afspraken die gemeenten en welzijnsorganisaties al met elkaar hebben gemaakt.",
    "Overgangsregelingen gelden alleen voor cliënten die al in zorg waren toen de regel veranderde.",
    "Wie {subject} goed regelt, houdt meer tijd over voor het gesprek met de cliënt.",
    "Een bewijsstuk mag digitaal worden aangeleverd, als de herkomst ervan vaststaat.",
    "De uitkomst leggen wij vast in een kort verslag dat beide partijen kunnen inzien.",
    "Aan het einde van het jaar bekijken wij samen of de gekozen aanpak heeft gewerkt.",
)

ITEMS = (
    "een recent overzicht van de medewerkers en hun bevoegdheden",
    "een beschrijving van de samenwerking met huisartsen in het werkgebied",
    "de laatste jaarrekening met een verklaring van de accountant",
    "een plan voor de dagen waarop de bezetting krap is",
    "een overzicht van de scholing die dit jaar is gevolgd",
    "de afspraken met de nachtzorg in de aangrenzende wijken",
)

# The heading, caption and rows of every ruled table; the first row is the header.
TABLES: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "Belangrijke momenten": (
        "Tabel 1: Planning van de inkoop voor 2031",
        (
            ("Stap", "Datum", "Wie"),
            ("Publicatie van dit beleid", "1 april 2030", "De Waterkant"),
            ("Vragen stellen kan tot en met", "16 mei 2030", "Zorgaanbieder"),
            ("Nota van antwoorden", "half juni 2030", "De Waterkant"),
            (
                "Sluiting van het aanvraagportaal",
                "19 juli 2030 om 17.00 uur",
                "Zorgaanbieder",
            ),
            ("Toezending van de overeenkomst", "eind augustus 2030", "De Waterkant"),
            ("Ondertekening uiterlijk", "4 oktober 2030", "Beide partijen"),
        ),
    ),
    "Verandering ten opzichte van vorig jaar": (
        "Tabel 2: Wat verandert er",
        (
            ("Onderdeel", "Was", "Wordt"),
            ("Looptijd basisovereenkomst", "1 jaar", "2 jaar"),
            ("Drempel plusovereenkomst", "40 cliënten", "35 cliënten"),
            ("Reactietermijn", "10 werkdagen", "7 werkdagen"),
        ),
    ),
    "Omvang": (
        "Tabel 3: Omvang en soort overeenkomst",
        (
            ("Omzet per jaar", "Soort", "Gesprek"),
            ("tot € 90.000", "basis", "nee"),
            ("€ 90.000 tot € 600.000", "basis of plus", "op verzoek"),
            ("vanaf € 600.000", "plus", "ja, in mei of juni 2030"),
        ),
    ),
    "Scholing": (
        "Tabel 4: Scholingsuren per functie",
        (
            ("Functie", "Uren per jaar", "Waarvan op afstand"),
            ("Wijkverpleegkundige", "42", "12"),
            ("Verzorgende", "30", "9"),
            ("Helpende", "18", "6"),
            ("Leerling", "64", "0"),
        ),
    ),
    "Indexering": (
        "Tabel 5: Indexering per kostensoort",
        (
            ("Kostensoort", "Aandeel", "Bron van de index"),
            ("Lonen", "83 procent", "loonraming van het voorjaar"),
            ("Materieel", "17 procent", "prijsraming van het voorjaar"),
        ),
    ),
    "Normen voor de wachttijd": (
        "Tabel 6: Langste wachttijd per soort zorg",
        (
            ("Soort zorg", "Eerste gesprek", "Start van de zorg"),
            ("Verpleging", "3 werkdagen", "5 werkdagen"),
            ("Persoonlijke verzorging", "4 werkdagen", "8 werkdagen"),
            ("Gespecialiseerde zorg", "1 werkdag", "2 werkdagen"),
        ),
    ),
}

# Two tables that are made long enough to go on over a page break.
LONG_TABLES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], int]] = {
    "Het werkgebied": (
        "Tabel 7: Wijken en hun regioteam",
        ("Wijk", "Regioteam", "Bijzonderheid"),
        (
            "Havenkom",
            "Duinzoom",
            "Molenhoek",
            "Veerdam",
            "Zilverpolder",
            "Rietwal",
            "Kloosterveld",
        ),
        46,
    ),
    "Aanlevering van gegevens": (
        "Tabel 8: Gegevens en frequentie",
        ("Gegeven", "Frequentie", "Toelichting"),
        (
            "wachttijd",
            "bezetting",
            "valincidenten",
            "uren per cliënt",
            "doorverwijzingen",
            "tevredenheid",
        ),
        44,
    ),
}

TERMS = (
    ("Begrip", "Betekenis"),
    (
        "Aanvraagportaal",
        "De beveiligde website waarop een aanbieder een overeenkomst aanvraagt.",
    ),
    ("Cliënt", "De verzekerde die zorg ontvangt of daarvoor op de wachtlijst staat."),
    ("Plafond", "Het hoogste bedrag dat in een kalenderjaar wordt vergoed."),
    (
        "Werkdag",
        "Elke dag van maandag tot en met vrijdag die geen erkende feestdag is.",
    ),
)

CONTACTS = (
    ("Onderwerp", "Bereikbaar via", "Op"),
    (
        "Vragen over de overeenkomst",
        "inkoop@dewaterkant.example",
        "werkdagen van 9 tot 16 uur",
    ),
    ("Declaraties", "declaratie@dewaterkant.example", "werkdagen van 9 tot 12 uur"),
    ("Zorgbemiddeling", "088 000 00 31", "elke dag"),
    ("Klachten", "Postbus 31, 0000 ZZ Waterkant", "schriftelijk"),
)

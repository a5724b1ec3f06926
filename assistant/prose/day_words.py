"""Words that tell what a day in a question is: behind or ahead, required by others, put aside, or that of a return."""

from __future__ import annotations

import re

from assistant.prose.function_words import runs

PARTICIPLE = re.compile(
    r"(?:aan|af|bij|binnen|dicht|door|goed|heen|in|klaar|los|mee|na|neer|om|onder|op|open|over|rond|samen|tegen|terug|toe"
    r"|uit|vast|voor|weg|deel|kennis|bekend)?ge\w{2,}(?:d|t|en)|(?:ver|ont|be|her|onder)\w{2,}d"
)
ENGLISH_PAST = re.compile(r"(?!hundred|sacred|naked)[a-z]{2,}[b-df-hj-np-tv-z]ed")
"""'showed', 'dropped', 'landed': no Dutch word ends so."""
ALSO_INFINITIVES = frozenset(
    "ontvangen besproken overeengekomen verkregen bekomen behouden vergeten bereikt verwerkt herstart bezorgd".split()
)
"""With 'hebben' or 'zijn' these tell what was done; else they are what is done now, or to be done."""
BEFORE_ADJECTIVES = frozenset("een geen de onze mijn uw the a an our this that my their his her its every no".split())
"""A participle right behind these belongs to a noun: 'een getekend verzoek', 'the signed request'."""
NO_PARTICIPLES = frozenset(
    """
    geldt gelden gebied gebieden gemeenten gebouwen getallen gevallen gezinnen geneesmiddelen geluid geduld
    geschikt gebruiken gewoonten gegeven genoeg bedrijf beleid bestuurd verband verzoekt behoeft bestaat bevat
    betekent belt vertelt verwacht verkeerd onderhandelt ontbreekt gebeurt gebruikt geeft gesteund begint bereid
    bekend hierbij geplaagd gemiddeld gezondheid beheert verleent verdient betreft bezit gepland ingepland
    geagendeerd gereserveerd voorzien verwacht beoogd bedoeld geopend
    """.split()
)
"""Words like a participle that are none, or say nothing of when."""
DONE = frozenset(
    """
    kwam kwamen kreeg kregen stond stonden lag lagen ging gingen zat zaten was waren had hadden werd werden
    vroegen ontving ontvingen stuurde stuurden diende dienden vulde vulden tekende tekenden ondertekende
    ondertekenden meldde meldden leverde leverden gaf gaven bood boden vond vonden zag zagen schreef schreven
    deed deden begon begonnen sprak spraken viel vielen verscheen verschenen zette plaatste plaatsten mailde
    mailden maakte maakten belde belden hoorde hoorden startte startten rondde rondden opende openden bereikte
    bereikten sloot sloten nam namen bracht verzonden begonnen besloten verschenen afgerond ontvingen brachten
    liet lieten lukte lukten bleef bleven verstuurde verstuurden verzond verzonden postte postten uploadde
    uploadden bezorgde bezorgden overhandigde overhandigden sent got came went were did wrote told gave put made
    took began received submitted signed filed applied posted mailed emailed agreed reached handed filled
    uploaded arrived landed asked opened closed started concluded struck offered completed finished delivered
    turned
    """.split()
)
"""Verbs that tell what was done or came."""
PERFECT = frozenset("heb hebben heeft hebt is zijn ben have has been".split())
AHEAD = frozenset(
    """
    wordt worden word zal zullen ga gaan gaat gaande wil willen wilt kan kunnen kun mag mogen moet moeten hoef
    hoeft komt komen zou zouden will shall going can could may must would want wants plan plans planned planning
    need needs expect expects gepland ingepland geagendeerd gereserveerd goes go leaves comes arrives sends
    signs meets 'll i'll we'll he'll she'll they'll won't cannot can't
    """.split()
)
"""Auxiliaries of what is still to come."""
SO_FAR = frozenset("sinds sedert since al reeds already".split())
TIME_OPENINGS = frozenset(
    """
    afgelopen vorige volgende komende gisteren gisteravond eergisteren vandaag vanochtend vanmiddag morgen overmorgen
    inmiddels last next yesterday today tomorrow
    """.split()
)
"""Behind a joint these tell when, in front of the verb: 'en vorige week kwam de brief'."""
HAPPENED = frozenset(
    """
    kwam kwamen kreeg kregen ontving ontvingen stond stonden lag lagen ging gingen stuurde stuurden diende dienden
    tekende tekenden vroeg vroegen meldde meldden vulde vulden came got went received signed sent
    """.split()
)
"""Finite verbs of what came or was done."""
RECURRING = frozenset("elke elk iedere ieder every each alle meestal normaal doorgaans altijd always usually".split())
ANY = frozenset("een a an".split())
"""In front of a weekday, these tell what day it is by the way: 'ik doe het nu, op een zondag'."""
ON_DAY = frozenset("op pas on only rond tegen komt is er".split())
"""In front of an abbreviated weekday."""
SHORT_WEEKDAYS = {
    "ma": 0,
    "di": 1,
    "wo": 2,
    "do": 3,
    "vr": 4,
    "za": 5,
    "mon": 0,
    "tue": 1,
    "wed": 2,
    "thu": 3,
    "fri": 4,
}
PARTS_OF_DAY = ("ochtend", "morgen", "middag", "avond")

ASIDE = runs(
    "in plaats van, ipv, i.p.v, i.p.v., instead of, rather than, niet, niet op, not, not on, en niet, and not, niet al"
)
"""Right in front of a day, these put it aside: 'in plaats van vandaag', 'niet vandaag maar vrijdag'."""
HAD_TO = frozenset("moest moesten behoorde behoorden hoorde hoorden diende dienden".split())
"""With an infinitive behind them these tell what was required."""
HAD = frozenset("had hadden zou zouden heeft hebben".split())
OUGHT = frozenset("moeten gemoeten dienen horen mogen behoren".split())
REQUIRED = runs(
    """
    should have, should've, was supposed, were supposed, is supposed, are supposed, ought to, had to, was due,
    were due, is due, are due, was meant to, were meant to, was required, were required, needed to, was
    expected, were expected
    """
)
SOME_TIME_AGO = runs(
    """
    onlangs, recentelijk, kortgeleden, kort geleden, pas geleden, niet lang geleden, een poos terug, een poosje terug,
    een tijd terug, een tijdje terug, een poos geleden, een poosje geleden, een tijd geleden, een tijdje geleden,
    weken geleden, weken terug, maanden geleden, maanden terug, dagen geleden, dagen terug, enige tijd geleden,
    al eerder, eerder dit jaar, recently, some time ago, not long ago, weeks ago,
    months ago, days ago, earlier this year, the other day
    """
)
"""Behind us, and no day is told."""
SUPPOSED = frozenset("supposed due obliged".split())
"""With a form of 'to be' these tell what was required."""
LIMITS = (
    "deadline", "uiterste", "tekendatum", "sluitingsdatum", "einddatum", "inleverdatum", "termijn", "sluitingsdag",
    "tekendag", "cut-off", "cutoff",
)  # fmt: skip
"""What these 'was', 'is' or 'liep' till a day is said to be the policy's."""
LIMITED = frozenset("was is waren zijn liep loopt verliep verloopt viel valt lag ligt verstreek ended ends ran".split())

PLANNED_FOR = frozenset(
    """
    gepland ingepland geagendeerd gereserveerd vastgezet staat afspraak uitgenodigd opgeroepen agenda verzending
    levering
    """.split()
)
"""Behind these 'voor vrijdag' is for that day, not before it."""
BACK = frozenset(
    """
    terug weer aanwezig beschikbaar bereikbaar bereikbaar hersteld back available returns return returning again
    vergadert vergaderen vergadering vergaderingen bijeen overleg mt bestuursvergadering directieoverleg
    ledenvergadering meets meet meeting convenes reachable present
    """.split()
)
"""On such a day somebody can act again, or a board decides."""
AWAY = frozenset(
    """
    vakantie verlof afwezig weg vrij dicht gesloten ziek buitenland reis congres onbereikbaar holiday holidays
    leave away off closed sick abroad vacation trip unavailable unreachable
    """.split()
)
"""From such a day on nobody can act."""
PAPERS = frozenset(
    "het hij die aanbod voorstel stuk brief contract overeenkomst offer proposal aanbieding it zorgovereenkomst".split()
)
"""What lies or stands somewhere, other than in a text."""
ROW = frozenset("t m tot en met to through until and".split())
"""Between two weekdays these make a row of them; nothing between them is a hyphen."""

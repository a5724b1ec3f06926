"""The words around numbers: units, bounds, approximations, fractions, and what looks like an amount but is none.

Function words of Dutch and English, no words of any policy.
"""

from __future__ import annotations

import re
from typing import Literal

from knowledge.numerals import SCALES

_FLAGS = re.IGNORECASE

Bound = Literal["exactly", "at_least", "at_most", "more_than", "less_than"]

SCALE = re.compile(rf"\s?(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})(?![\w])", _FLAGS)

CURRENCY_BEFORE = re.compile(r"(?:€|\beuro|\beur)\s?$", _FLAGS)

UNITS = re.compile(
    r"""[\s-]{0,2}(?:
      (?P<eur>€|euro(?:'?s)?\b|eur\b)
    | (?P<percent>%-?punt(?:en)?\b|procent-?punt(?:en|je|jes)?\b|percentage[\s-]points?\b
        |%|‰(?!.)|
        procent\b|percent(?:age)?\b|p(?:r)?ct\b|proc\b)
    | (?P<fte>fte(?:'?s)?\b|f\.t\.e\.|full-?time\s?-?(?:equivalents?|eenhed(?:en)?)\b|voltijds?banen\b
        |full-?timers?\b|full-?time\b|voltijders?\b|voltijds\b)
    | (?P<working_day>werkdag(?:en)?\b|(?:working|business)[\s-]days?\b|workdays?\b)
    | (?P<day>(?:kalender)?dag(?:en)?\b|(?:calendar\s+)?days?\b)
    | (?P<week>we(?:ek|ken|eks|kse)\b|weeks?\b|wkn?\b)
    | (?P<month>(?:kalender)?maand(?:en|s)?\b|(?:calendar\s+)?months?\b|mnd\b)
    | (?P<year>(?:kalender)?ja(?:ar|ren)\b|jarige?\b|years?\b|jr\b)
    | (?P<hour>u(?:ur|ren|urs)\b|hours?\b|hrs?\b|[uh]\b)
    )""",
    _FLAGS | re.VERBOSE,
)
"""A unit behind a number, by the group that matched."""

_LENGTH = r"(?:werkdag|dag|week|maand|jaar|uur|day|week|month|year|hour|working\s+day|business\s+day)"
_COUNTED = rf"(?=(?:{_LENGTH}|ton|miljoen|million|mln|miljard|duizend|thousand|fte)\b)"
_MONEY = r"(?:ton|miljoen|million|mln|miljard)"
ARTICLES = re.compile(
    rf"\b(?:een|één|a|an|one)\s+{_COUNTED}|\bde\s+(?=ton\b)|\b(?:(?:een|a|an)\s+)?(?P<half>half|halve)\s+(?:an?\s+)?{_COUNTED}"
    rf"|\b(?:een|één|a)\s+(?P<quarter>kwart|quarter)\s+(?:of\s+a\s+)?(?={_MONEY}\b)"
    rf"|\b(?P<quarters>drie\s*-?\s*kwart|three\s+quarters)\s+(?:of\s+a\s+)?(?={_MONEY}\b)"
    rf"|\b(?:een\s+)(?:dikke|ruime|goede|flinke|kleine|krappe|magere|schamele)\s+(?={_MONEY}\b)"
    rf"|(?:(?<=\bgeen\s)|(?<=\bzo'n\s)|(?<=\bzo’n\s))(?={_MONEY}\b)",
    _FLAGS,
)
"""'een', 'a' and 'half' as numbers."""
ARTICLE_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("more_than", re.compile(r"een\s+(?:dikke|ruime|goede|flinke)\b", _FLAGS)),
    ("less_than", re.compile(r"een\s+(?:kleine|krappe|magere|schamele)\b", _FLAGS)),
)
"""What an adjective before the only one makes of it: 'een dikke ton'."""
SOME = re.compile(
    r"\b(?:een|'n|a)\s+(?P<unit>ton|miljoen|jaar|week|maand|dag|uur|fte|year|week|month|day|hour)\s+(?:of|or)\s+(?P<number>[^\W_]+)\b",
    _FLAGS,
)
"""'Een ton of drie' is about three."""

FRACTIONS = re.compile(
    r"""\b(?:
      (?P<two_thirds>(?:twee|2)\s*-?\s*derde|two[\s-]thirds)\b(?!\s+(?:lijn|partij|contract|keer|jaar))
    | (?P<three_quarters>(?:drie|3)\s*-?\s*kwart|three[\s-]quarters)\b
        (?!\s+(?:of\s+an?\s+)?(?:ton|miljoen|million|mln|miljard)\b)
    | (?P<half>(?:de|een)\s+helft|the\s+half|one\s+half|a\s+half(?=\s+of)
        |half(?=\s+(?:van|of|the|our|my|onze|mijn)\b))\b
    | (?P<quarter>(?:een|één)\s+kwart(?!aal)|a\s+quarter|one\s+quarter)\b
        (?!\s+(?:miljoen|million|ton|uur|jaar|of\s+an?\s+(?:hour|year|million)))
    | (?P<third>(?:een|één|1)\s+derde(?=\s+(?:van|deel|of|is|in|werkt|zit|komt)\b|\s*[,.;?!)]|\s*$)
        |(?:a|one)[\s-]third(?=\s+(?:of|is|are)\b|\s*[,.;?!)]|\s*$))
    | (?P<fifth>(?:een|één)\s+vijfde\s+(?=deel|van)|one[\s-]fifth)
    | (?P<tenth>(?:een|één)\s+tiende\s+(?=deel|van)|one[\s-]tenth)
    )""",
    _FLAGS | re.VERBOSE,
)
"""Fractions of a whole, by the group that matched."""
FRACTION_PARTS = {
    "half": (1, 2), "quarter": (1, 4), "three_quarters": (3, 4), "third": (1, 3), "two_thirds": (2, 3), "fifth": (1, 5),
    "tenth": (1, 10),
}  # fmt: skip

ROMAN = re.compile(r"\b(?:asa|nyha|klasse|class|graad|grade|niveau|level)[\s-](?P<roman>i{1,3}|iv)\b(?![.'])", _FLAGS)

CLASS_SCALES = re.compile(
    r"\b(?P<scale>asa|nyha|ecog|who|bmi|klasse|class|graad|grade|niveau|level|categorie|category|score|[ck]lass?ificatie)"
    r"(?:[\s-]?(?:[ck]lass?ificatie|klasse|score|graad|niveau|class(?:ification)?|grade|status|level))?"
    r"\s*-?\s*(?:(?:van|of|is|:)\s*)*"
    r"(?P<bound>(?:t/m|tot\s+en\s+met|tot|up\s+to|at\s+most|maximaal|max\.?|minimaal|hooguit|hoger\s+dan|lager\s+dan|boven|onder|above|below)\s*)?$",
    _FLAGS,
)
"""The name of a scale in front of a class: 'ASA 3', 'ASA-classificatie van 2'."""

_AT_MOST = r"""maximaal|max\.?|hooguit|hoogstens|ten\s+hoogste|niet\s+(?:meer|hoger|langer)\s+dan|niet\s+boven(?:\s+de)?
    |at\s+most|(?:no|not)\s+more\s+than|up\s+to|(?:een\s+|a\s+)?maximum\s+(?:van|of)|maximum|t/m|tot\s+en\s+met|tot|until"""
_AT_LEAST = r"""minimaal|minstens|min\.?|ten\s+minste|tenminste|op\s+zijn\s+minst|niet\s+(?:minder|lager)\s+dan|vanaf
    |at\s+least|(?:no|not)\s+less\s+than|(?:een\s+|a\s+)?minimum\s+(?:van|of)|minimum|niet\s+onder(?:\s+de)?"""
_MORE_THAN = r"""(?:meer|hoger|groter|langer)\s+dan(?:\s+de)?|boven(?:\s+de|\s+het)?|more\s+than|above(?:\s+the)?
    |(?:higher|greater|larger|longer)\s+than|just\s+over|well\s+over|ruim|dik|exceed(?:s|ing)?"""
_LESS_THAN = r"""(?:minder|lager|kleiner|korter)\s+dan(?:\s+de)?|onder(?:\s+de|\s+het)?|less\s+than|fewer\s+than
    |(?:lower|smaller|shorter)\s+than|below(?:\s+the)?|under(?:\s+the)?|net\s+geen|net\s+niet|nog\s+geen|krap|not\s+quite"""
_EXACTLY = r"precies|exact|exactly|op\s+de\s+kop\s+af"


def _ending_in(words: str, signs: str = r"(?!)") -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\w)(?:{words})(?:\s+|(?<=\.))|(?:{signs})\s*)$", _FLAGS | re.VERBOSE)


BOUNDS_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at_most", _ending_in(_AT_MOST, "≤|<=")),
    ("at_least", _ending_in(_AT_LEAST, "≥|>=")),
    ("more_than", _ending_in(_MORE_THAN, ">")),
    ("less_than", _ending_in(_LESS_THAN, "<")),
    ("exactly", _ending_in(_EXACTLY)),
)
"""Words in front of a number and the bound that they set; the first that fits counts."""

OVER = re.compile(r"\bover\s+$", _FLAGS)
ENGLISH = re.compile(r"\b(?:the|our|have|are|my|with|and|does|is\s+a)\b", _FLAGS)

APPROXIMATE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:ca\.?|ong\.?|circa|ongeveer|zo'n|zo\s+n|zo’n|rond(?:om)?(?:\s+de|\s+het)?|bijna|omstreeks|tegen\s+(?:de|het)(?=\s+(?:ton|miljoen)\b)|om\s+en\s+nabij(?:\s+de)?|zowat|grofweg"
    r"|naar\s+schatting|geschat|plusminus|about|almost|approx(?:imately|\.)?|around|nearly|roughly|some|estimated)\s*|[±~≈]\s*|\+/-\s*)$",
    _FLAGS,
)
SLIGHTLY_BEFORE = re.compile(r"\b(?:iets|net|ietsje|slightly|just|a\s+little|a\s+bit)\s+$", _FLAGS)
"""In front of a bound: 'iets meer dan'."""

BOUND_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(
            r"\s*(?:\+(?!\d)|(?:of|en|or|and)\s+(?:meer|hoger|langer|groter|more|higher|longer|above|over(?!\s*[\d€]))\b|plus\b)",
            _FLAGS,
        ),
    ),
    (
        "at_most",
        re.compile(r"\s*(?:of|en|or|and)\s+(?:minder|lager|korter|kleiner|less|lower|fewer|below|under)\b", _FLAGS),
    ),
)
ABOUT_AFTER = re.compile(
    r"\s*,?\s*(?:ongeveer|zo\s+ongeveer|circa|grofweg|or\s+so|roughly|approximately|give\s+or\s+take)\b", _FLAGS
)
EXACT_AFTER = re.compile(r"\s*(?:op\s+de\s+kop\s+af|precies|exact(?:ly)?)\b", _FLAGS)

RANGE_LINK = re.compile(
    r"\s*(?:(?P<range>-|–|—|à|a|tot|tot\s+en\s+met|t/m|to)|of|or|en|and|\+|&|plus)\s*(?:de\s+|the\s+)?", _FLAGS
)
"""What stands between two numbers that share one unit."""
BETWEEN = re.compile(r"\b(?:tussen|between)\s+(?:(?:de|the)\s+)?$", _FLAGS)

TRAPS = re.compile(
    r"""
      (?<![\w])(?:paragra(?:af|fen|ph)|par\.|§+|hoofdstuk(?:ken)?|hfst\.?|h\.|artikel(?:en)?|art\.|bijlage[ns]?|sectie|sections?
        |chapters?|annex|appendix|tabel|table|figuur|figure|pagina|page|blz\.?|pag\.|p\.|stap|step|punt|vraag|question|tranche|fase
        |phase|versie|version|lid|onderdeel|item|nummer|nr\.?|no\.|number|postbus|p\.?o\.?\s?box|kamer|uzovi|agb|kvk|big|btw|code
        |dbc|icd|zaak|ticket|kenmerk|referentie|principe|doel)(?:[\s-]?(?:nummer|nr\.?|code|number|is))*\s*[:#]?\s*
        \d+(?:[.:-]\d+)*[a-z]?\b(?:\s*(?:en|t/m|-|–|and)\s*\d+(?:\.\d+)*\b(?!\s*(?:[%\w€])))?
    | \b(?:iso|nen|iec|npr|din|ohsas|nta|hkz(?=[\s-]?\d{3}))(?:[\s/-]+(?:en|iso|iec|nen))*[\s-]?\d[\w-]*(?:[:+]\d+)*
    | (?<![\w,.])(?:\+31|0031|0)[\s-]?(?:\(0\))?\d{1,3}(?:[\s-]?\d{2,4}){2,4}\b
    | \b\d{1,2}\s*/\s*7\b
    | \b(?:1|[eé][eé]n|one)\s?[-:]\s?(?:(?:op|on|to)\s?-\s?)?(?:1|[eé][eé]n|one)\b | \b1\s+op\s+1\b
    | \b(?:om|vanaf|at)\s+\d{1,2}(?:[:.]\d{2})?\s*(?:uur|u|h|o'clock)\b
    | \b\d{1,2}[:.]\d{2}\s*(?:uur|u|h|am|pm)\b | \b\d{1,2}:\d{2}\b
    | \b\d{1,2}\s*(?:am|pm)\b
    | (?<![\w.,/-])(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:19|20)?\d{2}\b(?![\w%])
    | (?<![\w.,/-])(?:0?[1-9]|[12]\d|3[01])[-/]0[1-9]\b(?![-/.,]?\d)
    | \b(?:op|per|at|on|sinds|since)\s+(?:[12]?\d|3[01])[-/](?:1[0-2]|[1-9])\b(?![-/]\d)
    | (?<![\w.,€])(?:19|20)\d{2}(?:\s*[-/–]\s*(?:(?:19|20)\d{2}|\d{2}))?\b(?![.,]\d)
        (?!\s*(?:%|procent|percent|euro|eur\b|fte|uur|hours?|dagen|days|weken|weeks|verzekerden|pati[eë]nten|patients))
    | \b(?:0?[1-9]|[12]\d|3[01])(?:e|de|ste|st|nd|rd|th)\b
    | \bcovid[\s-]?19\b | \b\d+\s*x\s*\d+\s*(?:px|cm|mm)\b
    | ^[ \t]*\d{1,2}(?:\.\d{1,2})+\.?[ \t]+(?!fte|eur)(?-i:(?=[A-Z]))
    | ^[ \t]*\d{1,2}(?:\.[ \t]+|\t\s*)(?!fte|eur)(?-i:(?=[A-Z])) | \t\d{1,3}[ ]*$
    | \b\d{4}\s?(?-i:[A-Z]{2})\b | \b(?!asa|eur)[a-z]{2,}-\d{3,}\b | %\d+ | \bmailto:\S+
    | \b\w+@\S+ | https?://\S+ | \bwww\.\S+
    """,
    _FLAGS | re.VERBOSE | re.MULTILINE,
)
"""What has digits and is no amount: sections, norms, telephone numbers, times of day, days and years, codes."""

NO_NOUNS = frozenset(
    """
    à aan al als altijd ben bent bij daar dan dat de deze die dit doe doen door dus een en er geen haalt halen
    had hadden heb hebben hebt heeft het hier hij hoe ik in is ja je jullie kan kunnen kunt maar mag me mee met
    mij mogen moet moeten na naar nee niet nog nu of om omdat onder ons ook op over per plus samen sinds te
    terug toch toe tot totaal u uit van vanaf voor waar wanneer want was wat we wel werken werkt wie wij wordt
    zal zich zij zijn zit zitten zo zou zouden blijft blijven bedraagt worden ongeveer circa grofweg genoeg
    voldoende nodig verplicht vereist minder meer hoger lager beide ieder elk elke toen kwam an and are as at be
    been but by can do does each every for from has have how i if into it its may must no nor not off or our
    please shall should so than that the then there these they this to us were what when which who why will with
    would you your total enough sufficient required needed less more together only alleen slechts maximaal
    minimaal a opereren behandelen verplichte
    """.split()
)
"""Words behind a number that are not what is counted."""

"""Which parties take part in an organisation: each one named in a list shares what is said of the list.

A fact is about a party where its label tells so ('deelname van ... aan de IGO'): 'het ziekenhuis en de gynaecologen
doen mee, de kraamzorg heeft afgezegd'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.prose.reading import Candidate, Reading
from assistant.prose.stances import stance
from knowledge.dutch import fold

PARTIES_STRENGTH = 2
"""A list of parties goes before one of its names read alone."""
_TAKING_PART = re.compile(r"^deelname van (?:het |de )?(.+?) aan (?:het |de )?(\w+)$")
_MIDWIVES = r"(?:verloskundigen?\w*|vroedvrouwen|verloskundepraktijken|verloskunde|midwives|midwifery)"
_FIRST, _SECOND = r"(?:1e|1ste|eerste|primary|first)", r"(?:2e|2de|tweede|secondary|second)"
_BOTH_LINES = (
    rf"(?:{_FIRST}[\s-]*(?:lijns?)?\s*(?:en|and|&|/)\s*(?:de\s+)?{_SECOND}[\s-]*(?:lijns?)?[\s-]*{_MIDWIVES}"
    rf"|{_MIDWIVES}\s+(?:uit|van|in|from)?\s*(?:de|the|zowel)?\s*{_FIRST}[\s-]*(?:lijn)?\s*(?:en|als|and|&|/)\s*(?:de\s+)?{_SECOND}[\s-]*(?:lijn|line)?"
    rf"|(?:beide|alle|both|all)\s+(?:soorten\s+|kinds\s+of\s+)?{_MIDWIVES})"
)
_NOUNS: Mapping[str, str] = {
    "eerstelijns verloskundigen": rf"{_BOTH_LINES}|{_FIRST}[\s-]*lijns?[\s-]*{_MIDWIVES}"
    rf"|{_MIDWIVES}\s+(?:uit|van|in)?\s*(?:de\s+)?{_FIRST}[\s-]*lijn|(?:primary|community)[\s-]*(?:care\s+)?{_MIDWIVES}",
    "tweedelijns verloskundigen": rf"{_BOTH_LINES}|{_SECOND}[\s-]*lijns?[\s-]*{_MIDWIVES}|klinisch\w*[\s-]*{_MIDWIVES}"
    rf"|{_MIDWIVES}\s+(?:uit|van|in)?\s*(?:de\s+)?{_SECOND}[\s-]*lijn|ziekenhuis{_MIDWIVES}|{_MIDWIVES}\s+van\s+het\s+ziekenhuis"
    rf"|(?:hospital|clinical|secondary)[\s-]*(?:care\s+)?{_MIDWIVES}",
    "kraamzorg": r"kraam(?:zorg|bureau|organisatie|centr|aanbieder)\w*"
    r"|maternity\s+care(?:\s+(?:providers?|organi[sz]ations?|agenc(?:y|ies)))?|maternity\s+(?:nurses|carers|agenc(?:y|ies))|postnatal\s+care",
    "gynaecologen": r"gynaecolo\w+|gynecolo\w+|vrouwenartsen|vrouwenarts|gyn(?:s|ae)?\b|obstetricians?",
    "ziekenhuis": r"(?:streek)?ziekenhuis(?!\s*verloskundigen|verloskundigen)(?:bestuur|directie)?|ziekenhuizen|zkh"
    r"|hospitals?(?![\s-]*(?:midwives|midwifery))",
}
"""How askers name each party."""
_NOT = r"(?:niet|nog\s+niet|nooit|geen|not|never|n't|no)"
_IN = (
    r"do(?:en|et)\s+(?:\w+\s+){0,2}?mee|meedoe\w*|nem(?:en|t)\s+deel|neemt\s+deel|deelnem\w*|(?:zijn|is|zitten|zit)\s+(?:\w+\s+){0,2}?"
    r"(?:aangesloten|vertegenwoordigd|aangehaakt|ingestapt|toegetreden|aan\s+boord|erbij|er\s+bij|van\s+de\s+partij|binnen|akkoord|om)|"
    r"aan\s+boord|aangesloten|vertegenwoordigd|aangehaakt|getekend|zitten\s+erin|zit\s+erin|zitten\s+in|zit\s+in|hebben\s+ja\s+gezegd|"
    r"take\s+part|takes\s+part|taking\s+part|participat\w*|(?:are|is|have|has)\s+(?:all\s+)?(?:joined|in|on\s+board|represented|signed\s+up)|"
    r"joined|on\s+board|represented|signed\s+up"
)
_OUT = (
    r"afgezegd|zegt\s+af|zeggen\s+af|afgehaakt|haak(?:t|en)\s+af|uitgestapt|stap(?:t|pen)\s+(?:er\s*)?uit|opgestapt|weggelopen|teruggetrokken|"
    r"trok(?:ken)?\s+zich\s+terug|trek(?:t|ken)\s+zich\s+terug|bedankt|bedank(?:t|en)\s+voor|geweigerd|weiger(?:t|en)|ontbreekt|ontbreken|"
    r"ontbrak|mist|missen|nee\s+gezegd|zegt\s+nee|zeggen\s+nee|buiten\s+de\s+boot|blijf(?:t|ven)\s+(?:er\s*)?buiten|staa?n?t?\s+(?:er\s*)?buiten|afzijdig|"
    r"niet\s+thuis|wil(?:len)?\s+niet|durf\w*\s+niet|twijfel\w*\s+nog|twijfel(?:t|en)|vertrokken|opgezegd|afgemeld|"
    r"pulled\s+out|dropped\s+out|opted\s+out|backed\s+out|left|declined|refus\w+|withdr\w+|missing|stayed\s+out|stays\s+out|said\s+no|not\s+yet"
)
_PREDICATE = re.compile(
    rf"(?P<denied>\b(?:{_IN})\s+(?:\w+\s+)?{_NOT}\b|\b(?:doe[nt]|do|does|zijn|is|zit|zitten|nemen|neemt|are)\s+(?:er\s+|ook\s+|helaas\s+|all\s+)?{_NOT}\s+(?:\w+\s+){{0,2}}?"
    rf"(?:mee|aangesloten|vertegenwoordigd|deel|erbij|er\s+bij|aan\s+boord|part|joined|represented|in|on\s+board))|(?P<out>\b(?:{_OUT})\b)|"
    rf"(?P<in>\b(?:{_IN})(?:\s+(?P<turned>{_NOT}))?\b)|(?P<bare>(?<=\s|\()(?:\(?nog\)?\s+)?(?:niet|not)\b(?=\s*[,.;?!)]|\s*$|\s+(?:mee|in\b|erbij)))"
)
_BEFORE_OUT = re.compile(
    r"\b(?:zonder|behalve|uitgezonderd|op|minus|without|except(?:\s+for)?|excluding|alleen\s+nog\s+niet)\s+(?:de\s+|het\s+|onze\s+|the\s+|our\s+|twee\s+|two\s+|\w+\s+)?$"
)
_EVERYBODY = re.compile(
    r"\b(?:(?:alle|al\s+de|alle\s+vijf(?:\s+de)?|all(?:\s+the|\s+five)?)\s+(?:andere\s+|other\s+|overige\s+)?(?:partijen|parties|partners)|iedereen|everyone|everybody)\b"
)
_CONTRAST = re.compile(
    r";|\b(?:maar|alleen|enkel|echter|terwijl|behalve|daarentegen|but|only|while|whereas|however|except)\b"
)
"""What stands in front of these is said to be otherwise than what follows."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")


def read_parties(reading: Reading) -> Iterator[Candidate]:
    """The parties that take part, and those that do not."""
    about = {found[1]: (spec, found[2]) for spec in reading.specs if (found := _TAKING_PART.match(spec.label.nl))}
    if not about:
        return
    text = _aligned(reading.text)
    organisations = {organisation.casefold() for _, organisation in about.values()}
    if not any(each in text for each in organisations) and "integra" not in text:
        return
    nouns = {party: re.compile(rf"\b(?:{_NOUNS[party]})") for party in about if party in _NOUNS}
    start = 0
    for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
        for party, value, begin, stop in _told_in(text, start, end, nouns):
            if _is_told(reading, begin, stop):
                yield Candidate(about[party][0].name, value, begin, stop, strength=PARTIES_STRENGTH)
        start = end


def _told_in(
    text: str, start: int, end: int, nouns: Mapping[str, re.Pattern[str]]
) -> Iterator[tuple[str, bool, int, int]]:
    """Of one sentence each party, whether it takes part, and where that stands."""
    named = sorted(
        (match.start(), match.end(), party)
        for party, noun in nouns.items()
        for match in noun.finditer(text, start, end)
    )
    predicates = list(_PREDICATE.finditer(text, start, end))
    apart = {
        (begin, stop, party) for begin, stop, party in named if _BEFORE_OUT.search(text[max(start, begin - 30) : begin])
    }
    for begin, stop, party in apart:
        yield party, False, begin, stop
    since = start
    for predicate in predicates:
        is_in = predicate["in"] is not None and not predicate["turned"]
        contrast = max((match.end() for match in _CONTRAST.finditer(text, since, predicate.start())), default=since)
        subjects = [each for each in named if contrast <= each[0] < predicate.start() and each not in apart]
        if predicate["bare"] and not subjects:
            continue
        everybody = _EVERYBODY.search(text, since, predicate.start())
        if everybody and is_in:
            lacking = {party for _, _, party in apart} | {party for at, _, party in named if at > predicate.end()}
            for party in nouns:
                if party not in lacking:
                    yield party, True, everybody.start(), predicate.end()
        for begin, _, party in subjects:
            yield party, is_in, begin, predicate.end()
        since = predicate.end()


def _is_told(reading: Reading, begin: int, end: int) -> bool:
    first, last = reading.words_at(begin, end)
    if not last:
        return False
    number = reading.clause_of[last - 1]
    clause = reading.clauses[number]
    is_asked = clause.mood == "question" and stance(reading.tokens, reading.clauses, number, first, last) == "none"
    return clause.owner != "policy" and not is_asked


def _aligned(text: str) -> str:
    """The text folded, letter by letter, so that places stay what they are."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter.lower() for letter in text)

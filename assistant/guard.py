"""What is not answered at all: personal data, abuse, injected instructions, and questions for others.

A wrong refusal costs as much as a wrong answer, so every pattern names something that a question
about procurement does not hold, and a question that names its policy or contract is let through.
"""

from __future__ import annotations

import re

from stdnum.nl import bsn

from knowledge.dutch import fold

_NINE_DIGITS = re.compile(r"(?<![\d.,/+-])(\d{9}|\d{4}[ .-]\d{2}[ .-]\d{3}|\d{3}[ .-]\d{3}[ .-]\d{3})(?!\d|[.,]\d)")
_NAMED_NUMBER = re.compile(
    r"\b(?:bsn|burgerservicenummer|sofi(?:nummer)?)\b[\s:=/#.-]*(?:nr|nummer|is|van|:|\s)*(\d[\d .-]{6,12}\d)(?!\d)",
    re.IGNORECASE,
)
_EIGHT_DIGITS = re.compile(r"(?<![\d.,/-])(\d{8})(?!\d|[.,]\d)")
_BSN_WORD = re.compile(r"\b(?:bsn|burgerservicenummer|sofi(?:nummer)?)\b", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:agb|kvk|declaratie|polis|telefoon|tel|fax|mobiel|factuur|dossier|btw|big|vecozo|uzovi|vektis)[\w-]*\W*(?:nr|nummer|code|is|van|:)?\W*|(?:€|\beur(?:o)?)\s*|\+\d{1,3}\s*)$",
    re.IGNORECASE,
)
NEAR_CHARS = 40

_INJECTION = (
    r"\b(?:negeer|ignoreer|vergeet(?! (?:ik|wij|we|u|jullie|men|je niet)\b)|omzeil|ignore|disregard|forget|bypass)\b.{0,40}\b(?:instructies?|opdracht\w*|regels|richtlijnen|beperkingen|prompt|beleid|documenten|bronnen|instructions?|rules|guidelines|restrictions|policy|documents?|sources)\b",
    r"\b(?:system|systeem)[ -]?prompt\b|\bjailbreak\w*|\bdeveloper mode\b|\bprompt injection\b",
    r"\b(?:toon|geef|herhaal|print|show|reveal|repeat)\b.{0,30}\b(?:je|jouw|your)\s+(?:\w+\s+){0,2}(?:prompt|instructies|instructions)\b(?! (?:over|about|voor|for)\b)",
    r"\b(?:je bent|jij bent|u bent|you are) (?:nu|vanaf nu|now|from now on)\b|\b(?:doe alsof|gedraag je als|pretend (?:to be|you)|act as)\b",
    r"\b(?:antwoord|zeg|schrijf|reply|answer|say|respond)\b.{0,20}\b(?:alleen|uitsluitend|only|exactly)\b.{0,20}(?:met|with)?\s*['\"“‘:]",
    r"\b(?:nieuwe|new)\s+(?:opdracht|instructies?|instructions?|order)\b.{0,60}\b(?:beheerder|ontwikkelaar|systeem|antwoord|zeg|admin\w*|developer|answer|say|reply)\b",
    r"\b(?:verzwijg|verberg|laat weg|hide|omit|conceal)\b.{0,20}\b(?:de |the )?(?:bron|bronnen|source|sources|citation\w*)\b",
    r"</?(?:system|instructions?|assistant|user|context)>|\[/?(?:inst|system)\]|^\s*(?:system|assistant)\s*:",
)
_ABUSE = (
    r"\b(?:klootzak\w*|kankerlijer\w*|hoer(?:en)?\w*|tyfus\w*|tering\w*lijer\w*|mongool|idioot|idioten|debiel\w*|lul|eikels?|sukkels?|fuck (?:you|off)|assholes?|bastards?|bitch|idiots?|morons?)\b",
)
_MEDICINES = r"(?:paracetamol|ibuprofen|aspirine?|antibiotic\w*|insuline|morfine|diazepam|oxazepam)"
_MEDICAL = (
    rf"\b(?:bijwerkingen|side effects)\s+(?:van|of)\s+{_MEDICINES}\b|\b(?:wat zijn|what are) (?:de |the )?(?:bijwerkingen|side effects)\b|\boverdosis\b",
    rf"\b(?:hoeveel|welke dosering|how much|how many)\b.{{0,20}}\b(?:mg|milligram|pillen|tabletten|{_MEDICINES})\b.{{0,40}}\b(?:mag|moet|kan|can|should|may)\s+(?:ik|een|mijn|je|i|a|my)\b",
    r"\b(?:ik|mijn (?:kind|zoon|dochter|baby|man|vrouw|moeder|vader|partner))\b.{0,20}\b(?:heb|heeft|voel\w*|ben|is)\b.{0,30}\b(?:pijn|koorts|ziek|hoofdpijn|misselijk|uitslag|zwanger|benauwd)\b",
    r"\b(?:my|i have|i feel|my child has)\b.{0,30}\b(?:pain|fever|headache|rash|nausea)\b",
    r"\b(?:welk|welke|which)\s+(?:medicijn\w*|geneesmiddel\w*|pil\w*|medicine|drug)\b.{0,20}\b(?:moet ik|kan ik|helpt|tegen|should i|for my)\b",
)
_INSURED = (
    r"\b(?:mijn|m'n)\s+(?:(?:maandelijkse|nieuwe|eigen) )?(?:zorgpremie|premie|zorgverzekering|aanvullende verzekering|basisverzekering|eigen risico|zorgtoeslag|zorgpas|polisblad)\b",
    r"\b(?:ben|was) ik (?:(?:als patient|wel|goed|nog) )*verzekerd\b|\bkrijg ik .{0,60}\b(?:vergoed|terugbetaald)\b|\b(?:wordt|worden) (?:mijn|m'n) .{0,60}\bvergoed\b",
    r"\b(?:hoe hoog is|wat kost|hoeveel is) (?:de |een |het )?(?:premie|eigen risico|zorgverzekering)\b|\b(?:ik|kan ik|wil ik)\b.{0,30}\boverstappen (?:van|naar) .{0,25}(?:zorg)?verzeker\w*",
    r"\bmy (?:health )?(?:insurance|premium|deductible|coverage|policy number)\b|\bam i (?:covered|insured)\b|\bwill .{0,40}\bbe reimbursed to me\b",
)
_SMALL_TALK = (
    r"^\W*(?:hoi|hallo|hey|hi|hello|goede(?:morgen|middag|navond)|goedendag|dag|test(?:je)?)\W*(?:daar|there|allemaal)?\W*(?:(?:alles goed|hoe gaat het|how are you)\b.*)?$",
    r"^\W*(?:dank ?(?:je|u)|bedankt|thanks?|thank you|ok(?:e|ay)?|prima|top|super|mooi|doei|tot ziens|bye)(?:[ ,]+(?:wel|zeer|hoor|dan|weer|zo|je|u|you|very|much|a|lot|bedankt|dank|voor de hulp|for your help))*\W*$",
    r"\b(?:wie|wat) ben (?:je|jij|u)\b|\bwho are you\b|\bhoe gaat het(?: met (?:je|jou|u|jullie))?\W*$|\bhow are you\b|\bben je een (?:mens|robot|bot)\b",
    r"\b(?:mop|moppen|grap|grapje|joke|gedicht|poem|liedje|pannenkoek\w*|recipe|voetbal|football|weerbericht|weather|horoscoop|slogan)\b|\bweer (?:morgen|vandaag)\b|\bregent het\b",
    r"\b(?:schrijf|maak|bedenk|write|create|generate)\b.{0,40}\b(?:script|programma|essay|verhaal|story|code)\b",
)
_PROCUREMENT = re.compile(
    r"\b(?:inkoopbeleid|zorginkoop\w*|zorgovereenkomst\w*|contract\w*|tekendatum|vecozo|zorgaanbieder\w*|aanbieder\w*|declara\w+|"
    r"onze (?:instelling|praktijk|organisatie)|praktijkhouder|mogen wij|afleveren|procurement|agreement)\b"
)

_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("guardrail_injection", _INJECTION),
    ("guardrail_abuse", _ABUSE),
    ("out_of_scope_medical", _MEDICAL),
    ("out_of_scope_insured", _INSURED),
    ("out_of_scope_small_talk", _SMALL_TALK),
)
_COMPILED = tuple(
    (status, tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns))
    for status, patterns in _RULES
)


def refuse(question: str) -> str | None:
    """The status with which `question` is refused, or None when it is to be answered."""
    if holds_bsn(question):
        return "guardrail_personal_data"
    folded = fold(question)
    about_procurement = _PROCUREMENT.search(folded) is not None
    for status, patterns in _COMPILED:
        if status.startswith("out_of_scope") and about_procurement:
            continue
        if any(pattern.search(folded) for pattern in patterns):
            return status
    return None


def holds_bsn(text: str) -> bool:
    """Whether `text` seems to hold a citizen service number.

    Nine digits that pass the eleven-test count unless a word before says that they are another
    number; eight digits (as AGB and KvK codes have) only beside the word.
    """
    text = " ".join(text.split())
    if any(_is_bsn(match.group(1)) for match in _NAMED_NUMBER.finditer(text)):
        return True
    for match in _NINE_DIGITS.finditer(text):
        before = text[max(0, match.start() - NEAR_CHARS) : match.start()]
        if _is_bsn(match.group()) and not _OTHER_NUMBER.search(before):
            return True
    for match in _EIGHT_DIGITS.finditer(text):
        near = text[max(0, match.start() - NEAR_CHARS) : match.end() + NEAR_CHARS]
        if _BSN_WORD.search(near) and _is_bsn(match.group()):
            return True
    return False


def _is_bsn(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(digits) in (8, 9) and bool(bsn.is_valid(digits.zfill(9)))

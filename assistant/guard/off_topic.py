"""Questions that are not for this assistant: medical advice, one's own insurance, small talk, anything else.

A wrong refusal costs as much as a wrong answer. So a rule says what a question must hold (a *frame*),
and what lets it through all the same: words of procurement, or the voice of one who cares for others.
That a question names a medicine, a treatment or a premium is never enough. Words are in `off_topic.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from assistant.starting_anew import behind_anew
from knowledge.dutch import fold
from knowledge.thesaurus import load_insurers, load_thesaurus

PROCUREMENT_KINDS = frozenset({"organisation", "procedure", "contract", "quality"})
"""Kinds of thesaurus terms that only a question about procurement names."""


@dataclass(frozen=True)
class Frame:
    """A wording of questions with this status; `unless`: names of the word lists that let a question through."""

    status: str
    pattern: str
    unless: tuple[str, ...] = ("procurement", "provider", "speaks")


MEDICAL, INSURED, SMALL_TALK, OTHER = (f"out_of_scope_{kind}" for kind in ("medical", "insured", "small_talk", "other"))
_ALWAYS: tuple[str, ...] = ()
_ABOUT_POLICY = ("procurement",)

FRAMES = (
    # Medical advice to a person
    Frame(
        MEDICAL,
        r"\b(?:ik (?:heb|had|voel|ben|krijg|slaap|moet|zit|loop)|(?:mijn|m'n|my) {family} (?:heeft|is|had|voelt|krijgt|has|feels|is|moet)|i (?:have|feel|am|had)|i'm|my)\b.{0,40}\b{complaints}\b",
    ),
    Frame(
        MEDICAL,
        r"\b(?:ik|mijn {family}|m'n {family}|i|my {family})\b.{0,30}\b(?:slikk?|slikt|neem in|gebruik|take)\b.{0,30}\b{medicines}\b",
    ),
    Frame(
        MEDICAL,
        r"\b{medicines}\b.{0,60}\b(?:combineren|samen (?:innemen|slikken|met {medicines})|alcohol|slikken|innemen|veilig|vergeet|with alcohol|while pregnant)\b",
    ),
    Frame(MEDICAL, r"\b(?:alcohol|veilig|safe|combineren|combine)\b.{0,40}\b{medicines}\b"),
    Frame(
        MEDICAL,
        r"\b(?:bijwerkingen|side effects)\s+(?:van|of)\s+(?:de |het |the )?(?:{medicines}|\w+(?:ine|ol|um)\b)|\b(?:wat zijn|what are) (?:de |the )?(?:bijwerkingen|side effects) (?:van|of)\b|\boverdosis\b",
    ),
    Frame(
        MEDICAL,
        r"\b(?:hoeveel|welke dosering|hoe vaak|how much|how many|how often)\b.{0,20}\b(?:mg|milligram|{medicines})\b.{0,40}\b(?:mag|moet|kan|can|should|may)\s+(?:ik|een|mijn|je|i|a|my)\b",
        ("procurement", "provider", "speaks", "deliver"),
    ),
    Frame(
        MEDICAL,
        r"\b(?:welke?|wat voor|which|what)\s+(?:{medicines}|creme|kruiden|middel)\b.{0,20}\b(?:moet ik|kan ik|helpt|helpen|werkt|tegen|voor (?:mijn|m'n)|should i|for my)\b(?! (?:ik )?(?:\w+ )?(?:machtiging|aanvra))",
    ),
    Frame(
        MEDICAL,
        r"\b(?:wat helpt|wat kan ik (?:doen )?|wat moet ik doen|wat doe ik|hoe kom ik|what (?:can|should) i (?:do|take))\b.{0,30}\b(?:tegen|bij|van|voor|for|about)\b.{0,20}\b(?:{complaints}|{illnesses}|verslav\w+|\w*verslaving)\b|\bhoe kom ik van (?:mijn|m'n|het) .{0,20}\b(?:af|roken)\b",
    ),
    Frame(
        MEDICAL,
        r"\b(?:hoe (?:wordt|worden|herken (?:ik|je)|ontstaat|krijg je|genees je|lang duurt)|wat (?:is|zijn|veroorzaakt)(?: de)? ?(?:symptomen van|oorzaken? van|klachten bij)?|what (?:is|are|causes)(?: the)? (?:symptoms|signs|causes?) of|hoe besmettelijk is|kun je doodgaan aan)\s*(?:een |de |het )?{illnesses}\b(?:\W*$| behandeld| genezen| voorkomen)",
        ("procurement", "provider"),
    ),
    Frame(
        MEDICAL,
        r"\b(?:wat is|what is) (?:een |a )?(?:normale|gezonde|hoge|normal|healthy)\b.{0,12}\b(?:bloeddruk|hartslag|temperatuur|bmi|gewicht|blood pressure|heart rate)\b",
    ),
    Frame(
        MEDICAL,
        r"\b(?:heb ik|do i have|is dat|is dit|is this|zou het)\b.{0,12}\b{illnesses}\b|\bis (?:deze|die|dit|mijn|this|my)\b.{0,20}\b(?:gevaarlijk|kwaadaardig|besmettelijk|normaal|dangerous|normal)\b|\b(?:mijn|my) (?:baby|kind|zoontje|dochtertje|zoon|dochter|child)\b.{0,40}\b(?:is dat|is dit|is that) (?:normaal|normal|erg)\b",
    ),
    Frame(
        MEDICAL,
        r"\bmoet ik (?:hiermee |daarmee |nu )?naar (?:de|een) (?:dokter|huisarts|spoed\w*|arts|ziekenhuis)\b|\bkan ik zwanger worden\b|\bshould i see a doctor\b",
    ),
    Frame(MEDICAL, r"\b(?:mijn|m'n|my) {body}\b"),
    Frame(
        MEDICAL,
        r"\bhelpt?\b.{0,20}\btegen\b.{0,15}\b(?:{complaints}|{illnesses})\b|\bis\b.{0,30}\b(?:gezond voor|ongezond|schadelijk|slecht voor (?:je|de gezondheid)|beter dan \w*voeding)\b|\bdoet (?:een |de |het )?\w+ pijn\b|\bverschil tussen (?:een )?{illnesses} en\b",
        ("procurement", "provider"),
    ),
    Frame(
        MEDICAL,
        r"\b(?:mag|kan|moet) (?:ik|je)\b.{0,20}\b(?:eten|drinken|sporten|vliegen|autorijden|zwemmen|vrijen)\b.{0,20}\b(?:zwanger\w*|na (?:een|de|mijn)|tijdens|bij een|met (?:een|mijn))\b|\bmoet ik nuchter\b|\bwelke vitamines?\b.{0,12}\bik\b",
    ),
    Frame(
        MEDICAL,
        r"\bik wil (?:zelf |graag |nu )*(?:van het )?(?:stoppen met roken|roken af)\b(?!-| ?(?:zorg|aanbieden|leveren|begeleid|coach))|\bik rook (?:al|nog|te|veel|\d+)|\bhoe stop ik\b.{0,20}(?:roken|\W*$)|\b(?:how (?:can|do) i|i want to) (?:quit|stop) smoking\b",
    ),
    Frame(
        MEDICAL,
        r"\b(?:dosis|dosering|dose|dosage) (?:van|of|voor|for) (?:de |het |the )?{medicines}\b",
        ("procurement", "provider", "speaks", "deliver"),
    ),
    Frame(MEDICAL, r"\bwat (?:kan|zou) (?:dat|dit|het) zijn\W*$|\bwhat could (?:it|this) be\W*$"),
    # One's own insurance
    Frame(
        INSURED,
        r"\b(?:mijn|m'n|onze)\s+(?:(?:maandelijkse|nieuwe|eigen|vrijwillig|huidige) )*(?:zorgpremie|premie|zorgverzekering|aanvullende verzekering|basisverzekering|tandartsverzekering|eigen risico|zorgtoeslag|zorgpas|polis|polisblad)\b",
        ("practice",),
    ),
    Frame(
        INSURED,
        r"\b(?:my|our) (?:(?:health|dental|own|basic|additional|private) )*(?:insurance|premium|deductible|coverage|health insurer)\b|\bam i (?:covered|insured) (?:for|if|when|abroad)\b|\bam i insured\b|\bwill .{0,40}\bbe reimbursed to me\b",
        ("practice",),
    ),
    Frame(
        INSURED,
        r"\bzorgtoeslag\b|\bzorgpas\b|\bmeeverzeker\w*|\bvrijwillig eigen risico\b|\b(?:zorg)?verzekering (?:\w+ )?(?:op te zeggen|opzeggen|afsluiten)\b|\b(?:zeg|zegt|sluit) ik\b.{0,30}\bverzekering\b",
        _ABOUT_POLICY,
    ),
    Frame(
        INSURED,
        r"\bik ben (?:zelf )?(?:bij (?:u|jullie|\w+) )?verzekerd\b(?! (?:van|dat))|\b(?:ik|mij) als verzekerde\b|\bik ben verzekerde\b|\bi am insured (?:with|by)\b",
        ("practice",),
    ),
    Frame(
        INSURED,
        r"\b(?:mijn|m'n|my) (?:declaratie|nota|rekening|factuur|bill|claim) (?:van|bij|from|of) (?:de|het|mijn|een|the|my) (?:fysio\w*|tandarts|ziekenhuis|huisarts|apotheek|specialist|psycholoog|dentist|hospital|pharmacy)\b|\b(?:rekening|nota|factuur|bill) van (?:het|de|mijn) (?:ziekenhuis|tandarts|fysio\w*|huisarts|apotheek)\b.{0,30}\b(?:gekregen|ontvangen|betalen|received)\b",
        ("provider", "speaks"),
    ),
    Frame(INSURED, r"\b(?:ben|was) ik (?:(?:als patient|wel|goed|nog) )*verzekerd\b(?! (?:van|dat))"),
    Frame(
        INSURED,
        r"\bkrijg(?: ik|en we)?\b.{0,60}\b(?:vergoed|terugbetaald|terug van (?:de|mijn) verzeker\w+)\b|\b(?:wordt|worden|is|zijn) (?:mijn|m'n) .{0,60}\bvergoed\b",
        ("procurement", "provider", "speaks", "work"),
    ),
    Frame(
        INSURED,
        r"\b(?:hoeveel|welke|heb ik recht op|krijg ik)\b.{0,20}\b(?:kraamzorg|thuiszorg|fysiotherapie|bril|hoortoestel|rolstoel|zorg|psycholoog|huishoudelijke hulp|begeleiding|medicijnen)\b.{0,12}\b(?:krijg ik|heb ik (?:recht|nog))\b|\bheb ik recht op (?:een |meer |gratis )?(?:kraamzorg|thuiszorg|zorg|fysio\w*|hulp|bril|medicijnen|vergoeding van mijn|een tweede mening|second opinion)\b",
        ("procurement", "provider", "speaks", "work"),
    ),
    Frame(
        INSURED,
        r"\bmoet ik (?:zelf |iets )?(?:bij)?betalen (?:voor|bij)\b|\bmoet ik (?:die|deze|het|de rekening)\b.{0,12}\bbetalen\b",
        ("procurement", "provider", "speaks", "work"),
    ),
    Frame(
        INSURED,
        r"\b(?:welke|beste|goedkoopste|which|best|cheapest)\b.{0,16}\b(?:zorg|ziektekosten|health )?(?:verzekering|polis|insurance)\b.{0,40}\b(?:voor|kiezen|goedkoopst\w*|best|beste|for|is)\b|\b(?:zorgverzekering|verzekering)en? vergelijken\b",
        _ABOUT_POLICY,
    ),
    Frame(
        INSURED,
        r"\b(?:kan ik|wil ik|ik wil|ik|mag ik|how do i|can i|hoe)\b.{0,20}\b(?:overstappen|switch\w*)\b.{0,20}\b(?:naar|van|to|from)\b.{0,30}\b(?:\w*verzeker\w*|{insurers}|health insur\w+)|\bswitch my health insurance\b|\bswitch to another health insurer\b",
    ),
    Frame(
        INSURED,
        r"\b(?:hoe hoog is|wat kost|hoeveel (?:is|kost)|wat is|how much is) (?:de |een |het |the |a )?(?:maandelijkse |zorg)?(?:premie|eigen risico|zorgverzekering|aanvullende verzekering|basisverzekering|premium)\b(?! (?:bij|van|in|per|voor) (?!de basis|de zorg|de aanvullende|maand|mij\b|mijn))|\b(?:hoeveel|wat) betaal ik\b.{0,20}\b(?:per maand|premie|verzekering)\b|\bhoeveel eigen risico\b.{0,10}\b(?:heb|betaal|moet) ik\b",
        ("procurement", "provider", "speaks"),
    ),
    Frame(
        INSURED,
        r"\b(?:mijn|m'n|my) {family}\b.{0,40}\b(?:thuiszorg|kraamzorg|hulp|zorg|verpleeghuis|verzekerd|vergoed|care|insured|covered)\b",
        ("procurement", "provider", "speaks", "work"),
    ),
    Frame(
        INSURED,
        r"\b(?:kan|mag|wil) ik\b.{0,12}\bafspraak\b.{0,8}\b(?:maken )?(?:met|bij) (?:de|een) (?:huisarts|tandarts|specialist|dokter|arts)\b",
    ),
    Frame(
        INSURED,
        r"\bwill (?:my )?(?:insurance|insurer)\b.{0,20}\b(?:pay|cover|reimburse)\b.{0,12}\bmy\b|\bcovered by my\b",
    ),
    Frame(
        INSURED,
        r"\b(?:wij|we|ik) (?:krijgen|krijg|verwachten|verwacht) een (?:kindje|kind|baby|tweeling)\b",
        _ABOUT_POLICY,
    ),
    Frame(
        INSURED,
        r"\b(?:ik|mijn|mij|m'n)\b.{0,40}\b(?:basisverzekering|basispakket|aanvullend verzekerd|second opinion|gratis|korting op)\b|\b(?:gratis|vergoed) voor mij\b|\bmijn verzekering\b",
        ("procurement", "provider", "speaks", "work"),
    ),
    Frame(
        INSURED,
        r"\bben ik\b.{0,30}\b(?:mee)?verzekerd\b(?! (?:van|dat))|\bhoe lang moet ik wachten op een (?:afspraak|behandeling|operatie)\b|\b(?:heb|moet) ik een verwijzing\b.{0,20}\bnaar (?:de|een)\b|\bals verzekerde\b.{0,20}\bik\b|\bik\b.{0,40}\bals verzekerde\b",
    ),
    Frame(INSURED, r"\b(?:mijn|m'n|my) {family}\b.{0,40}\b(?:zorg)?(?:verzekering|insurance)\b", ("practice",)),
    Frame(
        INSURED,
        r"\b(?:cancel|change|renew) my (?:policy|insurance|plan)\b|\bwith my plan\b|\bdo i have to pay for\b|\bcan i choose (?:any|my own)\b|\bam i entitled to (?:care|home care|maternity care)\b",
    ),
    # Small talk
    Frame(
        SMALL_TALK,
        r"^\W*(?:hoi|hallo|hey|hi|hello|goede(?:morgen|middag|navond)|goedendag|dag|test(?:je)?)\W*(?:daar|there|allemaal|iedereen|loket)?\W*(?:(?:alles goed|hoe gaat het|hoe is het|how are you|are you there)\b.*)?$",
        _ALWAYS,
    ),
    Frame(
        SMALL_TALK,
        r"^\W*(?=[^?]*\b{courtesies}\b)(?:(?:{courtesies}|{around_courtesies})\b[^\w?]*)+$",
        _ALWAYS,
    ),
    Frame(
        SMALL_TALK,
        r"\b(?:wie|wat) ben (?:je|jij)\b|\b(?:wie|wat) bent u\b\W*$|\bwho are you\b|\bhoe gaat het(?: met (?:je|jou|u|jullie))?\W*$|\bhow are you\b|\bben (?:je|jij) (?:een )?(?:echt\w* )?(?:mens|robot|bot|computer|persoon)\b|\bare you (?:a )?(?:real |human|robot|bot|an ai)",
        _ALWAYS,
    ),
    Frame(
        SMALL_TALK,
        r"\bhoe heet (?:je|jij)\b|\bwhat is your name\b|\bwat (?:kun|kan) (?:je|jij)(?: allemaal| zoal)?(?: voor mij doen)?\W*$|\bleuk (?:je|u|jou) te\b|\bik verveel me\b|\bvertel (?:me |mij )?(?:eens )?iets (?:leuks|grappigs)\b|\btell me something (?:funny|nice)\b|\bik hou van (?:je|jou)\b|\bnice to meet you\b|\bhaha\w*\b|\bdat was het\b|\bzullen we vrienden\b|\bvrienden worden\b|\b(?:fijn|leuk|goed) weekend gehad\b|\bare you there\b|\bwat doe (?:je|jij) (?:vandaag|nu|morgen|zoal)\b|\bwat ben (?:je|jij) (?:slim|lief|leuk|goed|dom)\b",
        _ALWAYS,
    ),
    Frame(
        SMALL_TALK,
        r"\b(?:mop|moppen|grap|grapje|joke|gedicht|poem|liedje|pannenkoek\w*|voetbal|football|weerbericht|horoscoop)\b|\b(?:bedenk|schrijf|verzin)\b.{0,12}\bslogan\b|\bweer (?:morgen|vandaag)\b|\bregent het\b|\b(?:schrijf|maak|bedenk|write|create|generate)\b.{0,40}\b(?:essay|verhaal|story)\b",
        _ABOUT_POLICY,
    ),
    Frame(
        SMALL_TALK,
        r"\b(?:wat|hoe) (?:gaat|doet|wordt|blijft) het weer\b(?: doen| worden|\W*$| (?:van)?(?:morgen|vandaag|middag|avond|weekend))|\bwhat will the weather\b",
        _ALWAYS,
    ),
    # Anything else
    Frame(
        OTHER,
        r"\bkampioen\w*\b|\b(?:welke|which) (?:club|ploeg|team)\b.{0,20}\b(?:wint|won|wins|titel|title)\b|\bwins? the (?:championship|cup|league)\b",
        _ABOUT_POLICY,
    ),
    Frame(OTHER, r"\b{topics}\b"),
    Frame(
        OTHER,
        r"\b(?:wat is|hoeveel is|what is|bereken|calculate)\s+\d+\s*(?:keer|maal|x|\*|plus|\+|min|-|gedeeld door|times|divided by)\s*\d+",
        _ABOUT_POLICY,
    ),
    Frame(
        OTHER,
        r"\bwat verdient\b|\bwat vind (?:je|jij|u) van\b|\bgoed (?:eten|uit eten)\b|\bwho (?:won|wrote|is the president)\b|\bwie (?:won|wint|schreef|is de baas van)\b|\bleg\b.{0,20}\b(?:relativiteit|theorie)\w*\b|\b(?:recommend|aanraden|raad je aan)\b.{0,20}\b(?:book|boek|film|hotel|restaurant)\b|\b(?:schrijf|write|maak)\b.{0,20}\b(?:script|programma|code|function|functie|formule|app|website)\b",
        ("practice", "application"),
    ),
)
_EXTRA = {
    "speaks": r"\b(?:ik ben|als|i am|i'm|as|ik werk als|wij zijn)\s+(?:een |een |a |an |de |zelfstandig |vrijgevestigd )?(?:\w+ )?{trades}\b|\b(?:mijn|my) (?:patient\w*|client\w*|apotheek|team|organisatie|bedrijf|pharmacy|practice|company)\b|\b(?:een|de|elke|iedere|a|the|voor) (?:patient|client|verzekerde|zwangere|insured)\b",
    "practice": r"\b(?:mijn|onze|my|our|de|een) (?:praktijk|patient\w*|client\w*|kliniek|apotheek|instelling|practice|clinic|pharmacy)\b|\b(?:contract\w*|inkoop\w*|declareren|declaraties)\b",
    "deliver": r"\b(?:aflever\w*|leveren|voorschrijven|declareren|dispense|prescribe)\b",
    "work": r"\b(?:op recept|consult\w*|intake|traject\w*|behandelingen|prestaties?|uurtarief|per uur|nachtdienst\w*|scholing|reiskosten|onkosten)\b",
    "application": r"\b(?:aanvra\w*|contract\w*|inkoop\w*)\b",
}


def off_topic(question: str) -> str | None:
    """The out-of-scope status of `question`; None when it may be about procurement policy.

    Where it starts anew, only what comes behind that is asked: 'grapje, andere vraag: wanneer moet ik tekenen?'.
    """
    text = " ".join(fold(behind_anew(question)).split())
    letting_through: dict[str, bool] = {}
    for frame, pattern in _frames():
        if pattern.search(text) is None:
            continue
        for name in frame.unless:
            if name not in letting_through:
                letting_through[name] = _lists()[name].search(text) is not None
        if not any(letting_through[name] for name in frame.unless):
            return frame.status
    return None


def is_tied(question: str) -> bool:
    """Whether `question` has a word of procurement or names a thing of it, or one speaks who cares for others."""
    text = " ".join(fold(question).split())
    if any(_lists()[name].search(text) for name in ("procurement", "provider", "speaks")):
        return True
    return any(mention.term.kind in PROCUREMENT_KINDS for mention in load_thesaurus().find(question))


@cache
def _words() -> dict[str, str]:
    """Each word list as the inside of a regular expression, from the start of a word to its end."""
    lists = yaml.safe_load(resources.files("assistant.guard").joinpath("off_topic.yaml").read_text("utf-8"))
    found = {
        name: "(?:" + "|".join(_as_pattern(entry) for entry in str(words).split()) + ")"
        for name, words in lists.items()
    }
    found["insurers"] = "(?:" + "|".join(re.escape(fold(name)) for name in load_insurers()) + ")"
    return found


def _as_pattern(entry: str) -> str:
    """`*` at an end stands for any letters; a point between words for a space."""
    start = r"\w*" if entry.startswith("*") else ""
    is_open = entry.endswith("*") and not entry.endswith(r"\w*")
    return start + entry.removeprefix("*").removesuffix("*" if is_open else "") + (r"\w*" if is_open else "")


@cache
def _lists() -> dict[str, re.Pattern[str]]:
    named = {name: rf"\b{words}\b" for name, words in _words().items()}
    return {name: re.compile(pattern) for name, pattern in (named | {k: _filled(v) for k, v in _EXTRA.items()}).items()}


@cache
def _frames() -> tuple[tuple[Frame, re.Pattern[str]], ...]:
    return tuple((frame, re.compile(_filled(frame.pattern), re.DOTALL)) for frame in FRAMES)


def _filled(pattern: str) -> str:
    for name, words in _words().items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern

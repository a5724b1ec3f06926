"""Planned dates: what they are about (signing, offering, publishing and the like), and how a day stands to them.

Planning tables of all insurers name the same few acts in their own words. A question and a row
about the same act belong together; a row about another act is not the answer, however many words
it shares.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.turn import Language
from knowledge.dates import find_dates
from knowledge.dutch import fold
from knowledge.records import DateValue

_ACTS = {
    "sign": r"\b(?:onder|hand)?teken\w*|\bgetekend\b|\bongetekend\b|\bakkoord geven\b|\b(?:un)?sign(?:ed|ing|ature)?\b",
    "offer": r"\baanbied\w*|\baangeboden\b|(?<!\bwij )(?<!\bwe )(?<!\bik )\bbied\w* (?!ik\b|wij\b|we\b).{0,40}\baan\b|\b\w*aanbod\b|\b\w*voorstel\b|\bklaar ?st(?:aat|aan)\b|\bst(?:aat|aan) .{0,40}\bklaar\b|\boffer\w*|\bsen[dt]s? out\b",
    "publish": r"\bpublica\w*|\bpubliceer\w*|\bgepubliceerd\b|\bzorgzoeker\b|\b(?:care|provider) finder\b|\bvindbaar\b|\bterugvind\w*|\b(?:online|website)\b.{0,30}\b(?:zichtbaar|staan|vinden)\b|\bpublish\w*|\bonline\b|\binformer\w*",
    "questionnaire": r"\b\w*vra?genlijst\w*|\benquetes?\b|\bquestionnaire\w*|\bsurvey\b",
    "member list": r"\bledenlijst\w*|\bmember list\b",
    "talk": r"\b\w*gesprek\w*|\buitnodig\w*|\buitgenodigd\b|\btalks?\b|\binvit\w+|\bmeeting\w*",
    "price list": r"\bprijslijst\w*|\btarie(?:f|ven)\w*|\bprice list\b|\btariffs?\b",
    "quotation": r"\boffertes?\b|\bofferteonderdelen\b|\bquotations?\b",
    "end": r"\beinde van (?:de|het) (?:looptijd|\w*contract|overeenkomst)\b|\beindig(?:t|en)\b|\beinddatum\b|\bloop(?:t|en) .{0,40}\baf\b|\bafl(?:oopt|open)\b|\bafloopdatum\b|\bend date\b|\bends\b|\bdo(?:es)? .{0,40}\bend\b|\bend of the (?:term|\w+ ?\w* contract|agreement)\b|\bexpir\w+|\b(?:tot (?:en met )?(?:wanneer|wnr|welke? \w+)|hoe ?lang) .{0,60}(?:\b(?:(?:door)?loopt|lopen|geldt|gelden|geldig|duurt|vast)|\bvast\w+|\bgebonden)\b|\b(?:until (?:when|what \w+|which \w+)|how long) .{0,60}\b(?:run|runs|valid|bound|last|tied|committed)\b",
    "apply": r"\baanvra\w+|\baangevraagd\b|\baanmeld\w*|\baangemeld\b|\b(?:vr(?:aag|aagt|agen|oeg|oegen)|meld(?:t|en|de|den)?) .{0,30}\baan\b|\bverzoek(?:en)? .{0,20}\b(?:contract|\w*overeenkomst)\b|\bappl(?:y|ied|ies|ying|ications?)\b|\brequest\w* .{0,20}\b(?:contract|agreement)\b",
}
_COMPILED = {act: re.compile(pattern) for act, pattern in _ACTS.items()}
_ROW_ACTS = {
    "quotation": r"\b(?:ons|mijn|onze|een) (?:\w+ ){0,2}(?:voorstel|propositie)\b",
    "ask": r"\bvra(?:ag|gen)\b.{0,60}\b(?:stellen|insturen|indienen|inkoopbeleid|beleid)\b|\bschriftelijke? vra(?:ag|gen)\b|\bnota van inlichtingen\b|\bvragenronde\b|\bvraag-en-antwoord\w*|\bvragen en antwoorden\b|\bquestions? (?:about|on) .{0,40}\bpolicy\b",
    "anew": r"\bherbeoord\w*|\bheroverweg\w*|\bbezwaar\w*|\bonterecht\b|\bniet (?:mee )?eens\b|\bopnieuw (?:\w+ ){0,4}(?:kijken|bekijken|beoordelen)\b|\breconsider\w*|\bappeal\b|\bdisagree\w*",
    "leave": r"\bopzeg\w*|\bopgezegd\b|\bzeg(?:gen|t)? .{0,40}\bop\b|\b(?:er|uit)uit\b|\bcancel\w*|\bterminat\w*|\bnotice\b",
    "report": r"\b\w*rapporta\w*|\b\w*verantwoording\b|\breport(?:ing)?\b",
    "plan": r"\bverbeterplan\w*|\bimprovement plan\b",
    "join": r"\btoe(?:treden|getreden|treding)\b|\binstro\w+|\bjoin(?:ing)?\b|\baanvra\w+|\baanmeld\w*|\bnieuwe? (?:\w+ ){0,2}(?:zorgaanbieder|aanbieder|praktijk|organisatie)\w*",
    "more": r"\bbijcontracter\w*|\bophog\w+|\bverhog\w+ .{0,40}\b(?:plafond|omzet\w*|budget)\b|\b(?:omzet)?plafond\w*|\bbudget\w*",
    "own check": r"\bzelf(?:evaluatie|check|toets)\w*|\bself.?(?:assessment|evaluation)\b",
    "data": r"\bwijziging\w* (?:in|van|aan)\b|\brechtsvorm\w*",
}
"""Acts of rows that no rule is about, and others' words for acts."""
_ROW_COMPILED = {act: re.compile(pattern) for act, pattern in _ROW_ACTS.items()}
_OWN_PROPOSAL = re.compile(r"\b(?:ons|mijn|onze) (?:\w+ ){0,2}voorstel\b")
_OWN_DEADLINE = re.compile(
    r"\b(?:\w*deadline\w*|uiterste|uiterlijk|tekendatum|laatste (?:dag|moment)|te laat|op tijd|tot wanneer|tot wnr|voor wanneer|sluit\w*|verstreken|verlopen|voorbij|"
    r"aanleveren|invullen|onderteken\w*|indien\w*|binnen zijn|vragen stellen|opzegging|"
    r"(?:gecontracteerde |nieuwe )?zorgaanbieders? (?:dient|dienen|levert|leveren|geeft|geven|stelt|stellen|vraagt|vragen|meldt|melden)|"
    r"last day|too late|in time|by when|before which)\b"
)


@lru_cache(maxsize=4_000)  # titles of rules and rows of planning tables come back every turn
def acts_of(text: str) -> frozenset[str]:
    """The acts that `text` names."""
    folded = fold(text)
    return frozenset(act for act, pattern in _COMPILED.items() if pattern.search(folded))


@lru_cache(maxsize=4_000)
def row_acts_of(text: str) -> frozenset[str]:
    """The acts that `text` names, as rows and sentences of a policy have them: more than those that rules are about."""
    folded = fold(text)
    acts = acts_of(text) | {act for act, pattern in _ROW_COMPILED.items() if pattern.search(folded)}
    return acts - {"offer"} if _OWN_PROPOSAL.search(folded) else acts


_HAS_TO_ACT = re.compile(
    r"\bmoe(?:t|ten)\b.{0,60}\b(?:binnen zijn|ingeleverd|ingevuld|ingediend|ingestuurd|aangeleverd|aangevraagd|aangemeld|"
    r"getekend|ondertekend)\b|"
    r"\b(?:must|has to|have to|needs? to)\b.{0,60}\b(?:be in|submit\w*|sign(?:ed)?|hand(?:ed)? in|fill(?:ed)? (?:in|out)|"
    r"appl(?:y|ied))\b"
)
"""What is due from the asker, in folded text."""


def asks_what_is_due(text: str) -> bool:
    """Whether `text` is about something that the asker has to hand in or sign: 'wanneer moet de lijst binnen zijn?'."""
    return _HAS_TO_ACT.search(fold(text)) is not None


def is_own_deadline(text: str) -> bool:
    """Whether `text` is about a last day that the provider has to meet, not about what the insurer will do."""
    return _OWN_DEADLINE.search(fold(text)) is not None


_STANDING: dict[Language, dict[str, str]] = {
    "nl": {
        "past": "Deze datum is voorbij.",
        "today": "Dat is vandaag.",
        "ahead": "Deze datum is nog niet voorbij.",
        "your past": "Deze datum is voorbij: daarvoor bent u te laat.",
        "your today": "Dat is vandaag: u bent nog op tijd.",
        "your ahead": "Deze datum is nog niet voorbij: u bent nog op tijd.",
    },
    "en": {
        "past": "This date has passed.",
        "today": "That is today.",
        "ahead": "This date has not passed yet.",
        "your past": "This date has passed: it is too late for that.",
        "your today": "That is today: you are still in time.",
        "your ahead": "This date has not passed yet: you are still in time.",
    },
}
_FROM_THEN_ON = frozenset({"from", "after"})
LAST_DAY = frozenset({"by", "before"})
"""Bounds that make a day the last one on which something can be done."""


def standing(dates: Sequence[DateValue], topic: str, today: dt.date, language: Language) -> str:
    """How `today` stands to the one exact day of a deadline, in a sentence; empty where there is no such day."""
    last = last_day(dates)
    if last is None:
        return ""
    when = "today" if today == last else "past" if today > last else "ahead"
    return f" {_STANDING[language][f'your {when}' if is_own_deadline(topic) else when]}"


def has_passed(dates: Sequence[DateValue], today: dt.date) -> bool:
    """Whether the one exact day of a deadline lies behind `today`."""
    last = last_day(dates)
    return last is not None and last < today


def days_left(dates: Sequence[DateValue], today: dt.date, language: Language) -> str:
    """How many days are left until the one exact day of a deadline, in a sentence; empty where none are."""
    last = last_day(dates)
    left = (last - today).days if last is not None else 0
    return f" {_LEFT[language][min(left, 2)].format(days=left)}" if left > 0 else ""


_LEFT: dict[Language, dict[int, str]] = {
    "nl": {1: "Nog één dag.", 2: "Nog {days} dagen."},
    "en": {1: "One day left.", 2: "{days} days left."},
}


def last_days(text: str) -> list[DateValue]:
    """The dates in a text that are the last ones on which something can be done."""
    return [date for date, _, _ in find_dates(text) if date.bound in LAST_DAY]


def last_day(dates: Sequence[DateValue]) -> dt.date | None:
    """The one exact day of a deadline; None where there is no such day, or several."""
    if len(dates) != 1 or dates[0].kind != "exact" or dates[0].bound in _FROM_THEN_ON:
        return None
    return dates[0].last - dt.timedelta(days=1) if dates[0].bound == "before" else dates[0].last

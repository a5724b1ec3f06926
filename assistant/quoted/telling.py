"""What came of holding a sentence against a question, in one short sentence that leads the quote.

It says 'ja' or 'nee' only where the question plainly asks for that; otherwise no more than how the two
sides stand to each other.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.prose import function_words as fw
from assistant.question import asks_yes_no
from assistant.quoted.held import COUNTED, Held, Side
from assistant.turn import Language
from knowledge.dates import find_dates, spell_day, spell_day_long
from knowledge.dutch import STOP_WORDS, fold

Asking = Literal["enough", "applies", "problem", "in time", "too late"]

_TOO_LATE = re.compile(r"\b(?:te laat|too late)\b")
_IN_TIME = re.compile(r"\b(?:op tijd|in time|on time)\b")
_PROBLEM = re.compile(
    r"\b(?:problem\w*|probleem|erg|bezwaar\w*|te (?:klein|weinig|veel|groot|hoog|laag)|"
    r"too (?:small|little|few|many|big|high|low)|showstopper|dealbreaker|kansloos)\b"
)
_APPLIES = re.compile(
    r"\b(?:geldt|gelden|van toepassing|val(?:len|t)? .{0,40}\bonder|moet|moeten|hoef|hoeven|verplicht|nodig|"
    r"apply|applies|must|have to|need|needed|required)\b"
)
_ENOUGH = re.compile(
    r"\b(?:genoeg|voldoende|volstaat|volstaan|voldoe|voldoen|voldoet|mag|mogen|kan|kunnen|past|toegestaan|krijgen|krijg|"
    r"in aanmerking|enough|sufficient|may|can|could|allowed|qualify|eligible)\b"
)
_ASKED: tuple[tuple[Asking, re.Pattern[str]], ...] = (
    ("too late", _TOO_LATE),
    ("in time", _IN_TIME),
    ("problem", _PROBLEM),
    ("applies", _APPLIES),
    ("enough", _ENOUGH),
)
"""What a question asks; the first that it holds."""
_YES: dict[Language, str] = {"nl": "Ja: ", "en": "Yes: "}
_NO: dict[Language, str] = {"nl": "Nee: ", "en": "No: "}
_YES_SO_FAR: dict[Language, str] = {"nl": "Op dit punt ja: ", "en": "On this point yes: "}
"""One condition is met: there may be others."""
_HOW: dict[Language, dict[tuple[str, str], str]] = {
    "nl": {
        ("at_least", "met"): "dat is genoeg",
        ("at_least", "not_met"): "dat is minder",
        ("more_than", "met"): "dat is meer",
        ("more_than", "not_met"): "dat is niet meer",
        ("at_most", "met"): "dat is niet meer",
        ("at_most", "not_met"): "dat is meer",
        ("less_than", "met"): "dat is minder",
        ("less_than", "not_met"): "dat is niet minder",
    },
    "en": {
        ("at_least", "met"): "that is enough",
        ("at_least", "not_met"): "that is less",
        ("more_than", "met"): "that is more",
        ("more_than", "not_met"): "that is not more",
        ("at_most", "met"): "that is not more",
        ("at_most", "not_met"): "that is more",
        ("less_than", "met"): "that is less",
        ("less_than", "not_met"): "that is not less",
    },
}
_FORMS: dict[Language, dict[str, str]] = {
    "nl": {
        "amount": "het beleid noemt {needs} en u noemt {given}; {how}",
        "sum": "het beleid noemt {needs} en u noemt samen {given}; {how}",
        "side": "U noemt {given}; {how}",
        "side sum": "U noemt samen {given}; {how}",
        "day met": "{given} is op tijd, want de laatste dag is {day}",
        "day not_met": "{given} is te laat, want de laatste dag is {day}",
        "first day met": "{given} kan, want het begint op {day}",
        "first day not_met": "{given} is te vroeg, want het begint op {day}",
        "last term": "uiterlijk {day}: dat is {needs} na {given}",
        "term": "{day}: dat is {needs} na {given}",
        "last term back": "uiterlijk {day}: dat is {needs} vóór {given}",
        "term back": "{day}: dat is {needs} vóór {given}",
        "term to end": "{day}: dat is het einde van de maand waarin {needs} na {given} om zijn",
        "start": "{day}: dat is {needs}, gerekend vanaf {given}",
        "start supposed": "als dat wat daar staat voor u geldt: {day}, {needs}, gerekend vanaf {given}",
        "start day": "{day}: zo staat het voor {given}",
        "thing met": "het beleid vraagt {needs}, en u schrijft dat u dit heeft",
        "thing not_met": "het beleid vraagt {needs}, en u schrijft dat dit bij u ontbreekt",
        "group met": "dit geldt voor {needs}, en dat past bij wat u schrijft",
        "group not_met": "dit geldt niet voor {needs}, en dat past bij wat u schrijft",
        "others met": "dit geldt niet voor {needs}, en dat past niet bij wat u schrijft",
        "others not_met": "dit geldt alleen voor {needs}, en dat past niet bij wat u schrijft",
        "only met": "het beleid noemt alleen {needs}, en dat past bij wat u schrijft",
        "only not_met": "het beleid noemt alleen {needs}, en u noemt {given}",
        "all met": "het beleid noemt {needs}, en u noemt ze ook allemaal",
        "all not_met": "het beleid noemt {needs}, en u noemt ze niet allemaal",
    },
    "en": {
        "amount": "the policy names {needs} and you name {given}; {how}",
        "sum": "the policy names {needs} and you name {given} together; {how}",
        "side": "You name {given}; {how}",
        "side sum": "You name {given} together; {how}",
        "day met": "{given} is in time, because the last day is {day}",
        "day not_met": "{given} is too late, because the last day is {day}",
        "first day met": "{given} is possible, because it begins on {day}",
        "first day not_met": "{given} is too early, because it begins on {day}",
        "last term": "by {day} at the latest: that is {needs} after {given}",
        "term": "{day}: that is {needs} after {given}",
        "last term back": "by {day} at the latest: that is {needs} before {given}",
        "term back": "{day}: that is {needs} before {given}",
        "term to end": "{day}: that is the end of the month in which {needs} after {given} have gone by",
        "start": "{day}: that is {needs}, counted from {given}",
        "start supposed": "if what it says holds for you: {day}, {needs}, counted from {given}",
        "start day": "{day}: that is what it says for {given}",
        "thing met": "the policy asks for {needs}, and you write that you have it",
        "thing not_met": "the policy asks for {needs}, and you write that you lack it",
        "group met": "this holds for {needs}, and that fits what you write",
        "group not_met": "this does not hold for {needs}, and that fits what you write",
        "others met": "this does not hold for {needs}, and that does not fit what you write",
        "others not_met": "this holds only for {needs}, and that does not fit what you write",
        "only met": "the policy names only {needs}, and that fits what you write",
        "only not_met": "the policy names only {needs}, and you name {given}",
        "all met": "the policy names {needs}, and you name all of them too",
        "all not_met": "the policy names {needs}, and you do not name all of them",
    },
}
MOST_WORDS = 14
"""What is demanded is named in no more words: the quote follows."""


def tell(held: Held, question: str, language: Language) -> str:
    """The sentence that leads the quote."""
    said = "; ".join(_amounts(held, language)) if held.kind == "amount" else _said(held, language)
    lead = _lead(held, question, language)
    sentence = lead + said if lead else said[:1].upper() + said[1:]
    return f"{sentence}."


def _said(held: Held, language: Language) -> str:
    kind: str = held.kind if held.is_one else "others"
    form = _counted_form(held) if held.kind in COUNTED else kind if held.outcome is None else f"{kind} {held.outcome}"
    day = ""
    if held.day is not None:
        day = spell_day_long(held.day, language) if held.kind in COUNTED else spell_day(held.day, language)
        day = day if held.has_year else day.removesuffix(f" {held.day.year}")
    needs = f"{held.needs[:1].lower()}{held.needs[1:]}" if held.kind == "start" else named(held.needs)
    given = held.given if held.since is None else spell_day(held.since, language)
    return _FORMS[language][form].format(needs=needs, given=given, day=day)


def _counted_form(held: Held) -> str:
    if held.kind == "start":
        is_written = bool(next(find_dates(held.needs), None))
        return "start day" if is_written else "start supposed" if held.is_open else "start"
    if held.to_month_end:
        return "term to end"
    return f"{'last ' if held.is_last else ''}term{' back' if held.is_back else ''}"


def named(needs: str) -> str:
    """What a sentence names as it stands within another one: not too long, and with no capital that opened it."""
    words = needs.split()[:MOST_WORDS]
    while len(words) > 1 and len(words) < len(needs.split()) and fold(words[-1]) in STOP_WORDS | fw.PREPOSITIONS:
        words.pop()
    named = " ".join(words).rstrip(" ,;:(")
    return named[0].lower() + named[1:] if named[1:2].islower() else named


def _amounts(held: Held, language: Language) -> list[str]:
    return [
        _FORMS[language]["sum" if side.is_sum else "amount"].format(
            needs=named(side.needs), given=side.given, how=_how(side, language)
        )
        for side in held.sides
    ]


def tell_side(side: Side, language: Language) -> str:
    """One side alone: 'U noemt samen 1,1 fte; dat is minder.'"""
    form = _FORMS[language]["side sum" if side.is_sum else "side"]
    return f"{form.format(given=side.given, how=_how(side, language))}."


def _how(side: Side, language: Language) -> str:
    return _HOW[language][side.bound, side.outcome]


def _lead(held: Held, question: str, language: Language) -> str:
    """'Ja' or 'nee' where the question asks for one of them and the sentence leaves no doubt which."""
    if held.outcome is None or held.is_open:
        return ""
    asking = asking_of(question, language)
    met = held.outcome == "met"
    if held.kind == "only":
        yes = {"applies": met, "enough": met}
    elif held.is_scope or held.kind == "group":
        yes = {"applies": met}
    elif held.kind == "day":
        yes = {"in time": met, "enough": met, "too late": not met}
    else:
        yes = {"enough": met, "problem": not met}
    if asking not in yes:
        return ""
    so_far = asking == "enough"
    return (_YES_SO_FAR if so_far else _YES)[language] if yes[asking] else _NO[language]


def asking_of(question: str, language: Language) -> Asking | None:
    """What a yes to the question would say; None where it does not ask for yes or no, or in words that say neither."""
    if not asks_yes_no(question, language):
        return None
    asked = fold(_last_question(question))
    if any(word in asked.split() for word in ("niet", "not", "geen", "no")):
        return None  # 'mag dat niet?' may be answered in either way
    return next((asking for asking, pattern in _ASKED if pattern.search(asked)), None)


def _last_question(question: str) -> str:
    """The piece of a question that asks: what stands behind the last comma or full stop before its mark."""
    asked = question.rsplit("?", 1)[0] if "?" in question else question
    pieces = [piece for piece in re.split(r"(?<=[.!?;:])\s+|,\s+", asked) if piece.strip()]
    last = pieces[-1] if pieces else asked
    return last if len(last.split()) > 1 or fold(last).strip() in fw.ENOUGH else asked

"""What stands around a date phrase and makes it none: counted things, numbers of sections, other meanings of a word.

A wrong date costs more than a missed one: a phrase that may be something else is left alone.
"""

from __future__ import annotations

import re

from knowledge.date_grammar import Words
from knowledge.date_words import DUTCH_NUMBERS, FULL_WEEKDAYS, RANGE_BEFORE

_LOOK_BACK_CHARS = 40

_REFERENCE_BEFORE = re.compile(
    r"""(?:\b(?:artikel|article|art\.?|paragraaf|paragraph|par\.?|hoofdstuk|chapter|bijlage|annex|section|sectie|lid
    |pagina|page|p\.|blz\.?|versie|version|tabel|table|perceel|(?:nr\.?|nummer|number|no\.|agb|\w*code|kvk|tel\.?
    |telefoon):?)|[§€$£])\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTED_AFTER = re.compile(
    r"""\s*(?:%|€|(?:uur|uren|u|hours?|werkdag(?:en)?|dag(?:en)?|days?|week|weken|weeks|maand(?:en)?|months?|jaar|jaren
    |years?|keer|maal|x|times|fte|procent|percent|euro|locaties?|locations?|vestiging(?:en)?|plaats(?:en)?|praktijk\w*
    |cli[eë]nt\w*|pati[eë]nt\w*|verzekerde\w*|person\w*|people|zorgverlener\w*|medewerk\w*|contracten|contracts|vragen
    |questions|punten|points|leden|kinderen|sessies|behandeling\w*|consult\w*|nieuwe|extra|andere|new|more|other)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_CUE_BEFORE = re.compile(
    r"""(?:\b(?:op|on|van|d\.d\.|dd\.?|datum|date|(?:datum|dag|deadline|date)\s+(?:is|was)|tussen|between)\s*:?
    |\d[-/]\d{1,2}\s*(?:en|and|of|or|t/m|tot|to|[-–]))\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_DONE_NEAR = re.compile(
    r"""\s+(?!van\b|of\b|deel\b|part\b|en\b|and\b)(?:[^\W\d]+\s+){0,4}?
    (?:\w{0,6}ge\w{3,}(?:d|t|en)|(?:ver|ont|in|aan)\w+(?:d|t|den|gen)|binnen|stond|lag|kwam|kreeg|kregen|sent|received
    |(?:mail|stuur|verstuur|dien|teken|vul|meld|lever|post|vraag)(?:de|den|te|ten)|got|submitted|signed|filed|applied|mailed|emailed)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Behind two numbers, what was done on that day: '2/4 aanvraag gemaild'."""
_SUBJECT_BEFORE = re.compile(
    r"\b(?:heb|hebben|heeft|had|hadden|is|was|werd|zijn|sinds|ik|wij|we|have|has|had|since|binnen|ontvangen|sent|got"
    r"|ging|gingen|kwam|kwamen|kreeg|kregen|stond|lag|werden|pas|al|ons|het|them|it|went|came|was|were|us"
    r"|\w{0,6}ge\w{2,}(?:d|t|en)|ver\w+d|\w{3,}ed)\s+$",
    re.IGNORECASE,
)
_NOT_BEHIND_LONE_DAY = re.compile(r"\s*(?:van|of|en|and|or|dag|day|[-/])(?!\w)", re.IGNORECASE)
_SMALL_WORD_BEHIND = re.compile(
    r"""\s*(?:$|[.,;:!?)\n]|(?:is|was|waren|zijn|heb|hebben|heeft|had|hadden|heb|ben|bent|word|wordt|worden|werd|kan|kon|kunnen|mag
    |mogen|moet|moeten|moest|moesten|zal|zullen|zou|zouden|wil|willen|ga|gaan|gaat|ging|kwam|kwamen|komt|komen|kreeg
    |kregen|krijg|krijgen|krijgt|stond|stonden|staat|staan|lag|lagen|ligt|liggen|ik|we|wij|ze|zij|hij|het|hem|er|al|pas
    |nog|ook|in|bij|op|aan|naar|per|via|met|om|voor|na|dan|dus|maar|want|toen|als|dat|een|onze|ons|mijn|binnen|uit|af|weg|door|erin|eruit
    |te|toch|weer|wel|niet|terug|klaar|open|teken|tekenen|tekent|tekende|tekenden|stuur|sturen|stuurt|stuurde|stuurden
    |mail|mailen|mailt|mailde|mailden|lever|leveren|levert|dien|dienen|dient|have|has|are|were|will|would|can|could|may|must|i|they
    |he|she|it|at|to|by|with|through|still|already|too|so|but|because|when|if|our|the|early|late|vroeg|vroegen|vraag|vragen
    |vraagt|\w{0,6}ge\w{3,}(?:d|t|en)|(?:ver|ont|be)\w{3,}(?:d|t|en)|\w+(?:aan|in|uit|op|af)(?:vragen|dienen|vullen|sturen|leveren
    |melden|tekenen)|submit\w*|sign\w*|sen[dt]|sends|mail\w*|apply|applied|applies|arriv\w+|receiv\w+)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What can follow a day that is told by its number alone; a noun would make it the number of something else."""
_BARE_CUES = ("bound", "weekday", "lead", "lead_year", "side", "around")
_BOTH_PADDED = re.compile(r"[0-3]\d[-/][01]\d")
_MOST_OF_FRACTION = 12
"""A larger number in front of a stroke is a day: '28/2'."""
_NO_DAY = "24/7"

_NUMBER_BEFORE = re.compile(r"\d(?:e|ste|de|st|nd|rd|th)?\.?\s*(?:of\s+)?$", re.IGNORECASE)
_IN_BEFORE = re.compile(r"\bin\s+$", re.IGNORECASE)
_IN_OR_OF_BEFORE = re.compile(r"\b(?:in|of|during|for)\s+$", re.IGNORECASE)
_TO_BEFORE = re.compile(r"\b(?:to|through|and|or)\s+$", re.IGNORECASE)
_ON_BEFORE = re.compile(r"\b(?:on|between)\s+$", re.IGNORECASE)
_SHORT_MONTHS = frozenset("jan feb mrt mar apr jun jul aug sep sept okt oct nov dec".split())
_MONTHS_LIKE_VERBS = frozenset({"may", "march"})

_MORNING_BEFORE = re.compile(r"\b(?:goede?|goeie|good|de|elke|iedere)\s+$", re.IGNORECASE)
_MEASURED_BEFORE = re.compile(
    r"""\b(?:verspreid|gespreid|verdeeld|uitgesmeerd|gemeten|berekend|gerekend|gemiddelde?|omzet|periode|productie
    |cijfers|gegevens|\w+dag)\s+$""",
    re.IGNORECASE | re.VERBOSE,
)
_DUTCH_UNITS = frozenset("dag dagen dgn wk wkn week weken maand maanden jaar jaren".split())
_ENGLISH_UNITS = frozenset("day days week weeks fortnight fortnights month months year years".split())
_ARTICLES = frozenset({"a", "an"})


def is_date(text: str, match: re.Match[str], words: Words, *, in_prose: bool) -> bool:
    """Whether the phrase is a date where it stands.

    Args:
        text: the text that the phrase stands in.
        match: the phrase; its group `core` is the phrase behind its bounding words.
        words: its groups.
        in_prose: whether it is an asker's: a policy's phrases say enough by themselves.
    """
    if words.get("month") == "may" and not _is_may(match["month"], words):
        return False
    return not in_prose or all(holds(text, match, words) for group, holds in _CONDITIONS if group in words)


def is_bounded(words: Words) -> bool:
    """Whether the bounding words in front are meant so: "voor volgend jaar" is for it, not before it."""
    return "bound" in words and not (words["bound"] == "voor" and words.get("unit") == "jaar")


def _stands_behind(pattern: re.Pattern[str], text: str, at: int) -> bool:
    return pattern.search(text, max(0, at - _LOOK_BACK_CHARS), at) is not None


def _is_may(name: str, words: Words) -> bool:
    """Whether "5 may" is a day: a month has a capital, a year or an ordinal with it."""
    return name != "may" or "year" in words or words.get("nth") in ("st", "nd", "rd", "th")


def _names_a_day(text: str, match: re.Match[str], words: Words) -> bool:
    return "year" in words or not _stands_behind(_REFERENCE_BEFORE, text, match.start())


def _names_an_english_day(text: str, match: re.Match[str], words: Words) -> bool:
    if "e_year" in words or words.get("e_nth") in ("st", "nd", "rd", "th"):
        return True
    if _stands_behind(_IN_BEFORE, text, match.start()) or _COUNTED_AFTER.match(text, match.end()):
        return False  # "in november 3 contracten"
    return match["e_month"] != "may" or "bound" in words or _stands_behind(_ON_BEFORE, text, match.start())


def _is_bare_day(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether two numbers ("1-11") are a day and a month: something must point to it."""
    core = match["core"]
    if core == _NO_DAY or _COUNTED_AFTER.match(text, match.end()):
        return False
    if _stands_behind(_REFERENCE_BEFORE, text, match.start()):
        return False
    return (
        not words.keys().isdisjoint(_BARE_CUES)
        or _DONE_NEAR.match(text, match.end()) is not None
        or (int(words["b_day"]) > _MOST_OF_FRACTION and "/" in core)
        or (_stands_behind(_SUBJECT_BEFORE, text, match.start()) and "/" in core)
        or _BOTH_PADDED.fullmatch(core) is not None
        or _stands_behind(_BARE_CUE_BEFORE, text, match.start())
        or text.strip(" \n.?!") == core
    )


def _is_month_alone(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether a month without a day is one; without a year its name can be another word."""
    at, name = match.start(), words["only_month"]
    if _stands_behind(_NUMBER_BEFORE, text, at):
        return False  # "32 mei" is no day, nor May
    if not words.keys().isdisjoint(("only_year", "month_lead", "month_lead_year", "month_side")):
        return True
    if _stands_behind(_IN_OR_OF_BEFORE, text, at):
        return True
    if name in _SHORT_MONTHS:
        return "bound" in words and name != "jan"
    if name in _MONTHS_LIKE_VERBS:
        has_capital = match["only_month"] != name
        return "bound" in words or (has_capital and (name == "march" or _stands_behind(_TO_BEFORE, text, at)))
    return True


def _is_part(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether "late may" is not the verb."""
    return (
        match["part_month"] != "may" or "part_year" in words or words["part"] in ("end", "mid", "middle", "beginning")
    )


def _is_day_word(text: str, match: re.Match[str], words: Words) -> bool:
    return not (words["day_word"].startswith("morgen") and _stands_behind(_MORNING_BEFORE, text, match.start()))


def _is_dated_weekday(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether a weekday and a number are a day: 'vrijdag de 13e', 'dinsdag 17', no 'maandag 3 vragen'."""
    is_numbered = "lone_the" in words or bool(words.get("dated_nth"))
    if words["lone_weekday"] not in FULL_WEEKDAYS and not is_numbered:
        return False
    return is_numbered or _SMALL_WORD_BEHIND.match(text, match.end()) is not None


def _is_lone_day(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether 'de 5e' is a day of the month and not the fifth of something."""
    if _NOT_BEHIND_LONE_DAY.match(text, match.end()):
        return False
    return _SMALL_WORD_BEHIND.match(text, match.end()) is not None


def _is_counted_from(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether 'vrijdag over een week' counts from that day."""
    if words.get("from_over") == "in":
        return words["from_unit"] in _ENGLISH_UNITS and words["from_count"] not in DUTCH_NUMBERS
    return True


def _is_one_number(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether the number of units is not the end of a range ("twee à drie weken geleden")."""
    return not _stands_behind(RANGE_BEFORE, text, match.start())


def _is_ahead(text: str, match: re.Match[str], words: Words) -> bool:
    """Whether "over twee weken" and "in two weeks" point ahead.

    Dutch "in twee weken" is within them, English "over two weeks" is more than them, and both can
    be about a length of time ("de omzet over twee maanden", "twice in a week").
    """
    number, unit = words["ahead"], words["ahead_unit"]
    if words["ahead_word"] == "in":
        is_english = unit in _ENGLISH_UNITS and number not in DUTCH_NUMBERS
        return is_english and (number not in _ARTICLES or unit == "fortnight")
    dutch = unit in _DUTCH_UNITS and (number.isdecimal() or number in DUTCH_NUMBERS)
    return dutch and not _stands_behind(_MEASURED_BEFORE, text, match.start())


_CONDITIONS = (
    ("day", _names_a_day),
    ("e_day", _names_an_english_day),
    ("b_day", _is_bare_day),
    ("only_month", _is_month_alone),
    ("part_month", _is_part),
    ("day_word", _is_day_word),
    ("lone_weekday", _is_dated_weekday),
    ("lone_day", _is_lone_day),
    ("counted_from", _is_counted_from),
    ("ago", _is_one_number),
    ("weeks_off", _is_one_number),
    ("from_now", _is_one_number),
    ("ahead", _is_ahead),
)
"""By a group of the phrase, what must hold for it to be a date."""

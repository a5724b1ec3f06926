"""Amounts in Dutch and English prose: money, percentages, FTE, counts with their noun, lengths of time.

Pure: no clock. Dates, section numbers, telephone numbers, codes and names of norms are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from knowledge.dates import find_dates
from knowledge.dutch import fold
from knowledge.numerals import NUMBER_WORDS, SCALES, Numeral, find_numerals
from knowledge.quantity_words import (
    ABOUT_AFTER,
    APPROXIMATE_BEFORE,
    ARTICLE_BOUNDS,
    ARTICLES,
    BETWEEN,
    BOUND_AFTER,
    BOUNDS_BEFORE,
    CLASS_SCALES,
    CURRENCY_BEFORE,
    ENGLISH,
    FRACTION_PARTS,
    FRACTIONS,
    NO_NOUNS,
    OVER,
    RANGE_LINK,
    ROMAN,
    SCALE,
    SLIGHTLY_BEFORE,
    SOME,
    TRAPS,
    UNITS,
    Bound,
)
from knowledge.rules.card import Unit

_ANY_YEAR = 2000
"""Completes a date without a year, only to see that it is a date."""
_CODE_DIGITS = 8
"""A bare number this long is an AGB or Chamber of Commerce code."""
_LOOK_BACK = 48
"""How far before a number the words that bound it may begin."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount and where it stands (`start` to `end`, with currency, unit and, for a count, the noun).

    `noun`: the word that is counted or that directly follows, as the text has it; for a class ("ASA 3") the
    name of the scale in lower case. `bound` and `approximate`: what the words in front or behind make of it;
    these words are not part of `text`. `in_range`: one end of "2 tot 3".
    """

    value: Decimal
    unit: Unit
    start: int
    end: int
    text: str
    noun: str = ""
    approximate: bool = False
    bound: Bound = "exactly"
    in_range: bool = False


def find_quantities(text: str) -> Iterator[Quantity]:
    """The quantities of `text` in order. A range or a pair ("2-3 weken", "0,6 en 0,5 fte") gives two."""
    taken = list(_trap_spans(text))
    fractions = [_qualified(found, text) for found in _fractions(text) if not _overlaps(found.start, found.end, taken)]
    fractions += [found for found in _some(text) if not _overlaps(found.start, found.end, taken)]
    taken += [(found.start, found.end) for found in fractions]
    numerals = [numeral for numeral in _numerals(text) if not _overlaps(numeral.start, numeral.end, taken)]
    read = _share_units([_measured(numeral, text) for numeral in numerals], text)
    found = [*fractions, *(_qualified(quantity, text) for quantity in read if not _is_code(quantity, text))]
    yield from sorted(found, key=lambda quantity: quantity.start)


def find_shares(text: str) -> Iterator[Quantity]:
    """The shares of `text` that are told by two counts ("9 van de 20 kraamverzorgenden"), as percentages."""
    for match in (*_SHARE.finditer(text), *_SHARE_BEHIND.finditer(text), *_SHARE_OF_THEM.finditer(text)):
        told = match["part"] or match["before"] if match.re is _SHARE_OF_THEM else match["part"]
        part = "1" if fold(told) in _ONE else told
        if part == "1" and UNITS.match(text, match.end()):
            continue  # 'één op 25 fte'
        counts = [numeral.value for numeral in find_numerals(f"{part} ; {match['whole']}")]
        if len(counts) == 2 and counts[0] <= counts[1] and counts[1] > 0:  # a part and a whole
            share = _percentage(counts[0], counts[1])
            yield Quantity(share, "percent", *match.span(), match.group(), _noun_after(text, match.end())[0])


_SHARE = re.compile(
    r"(?<![\w.,])(?P<part>\d+|[^\W\d_]+)\s+(?:van|v[./]?d\.?|van\s+'?t|op|out\s+of|of)\s+(?:(?:de|het|onze|mijn|die|the|our|my)\s+)?(?P<whole>\d+|[^\W\d_]+)\b",
    re.IGNORECASE,
)


_ONE = frozenset({"een", "a", "one"})

_SHARE_VERBS = r"zijn|is|werken|werkt|zitten|zit|staan|staat|hebben|heeft|heb|are|is|have|has|work|works"
_SHARE_BEHIND = re.compile(
    rf"\b(?:van|of)\s+(?:de|onze|mijn|the|our|my)\s+(?P<whole>\d+|[^\W\d_]+)(?:\s+(?!(?:{_SHARE_VERBS}|er|en)\b)[^\W\d_]+){{0,2}},?"
    rf"\s+(?:(?:{_SHARE_VERBS})\s+)?(?:(?:we|wij|ik|er)\s+){{0,2}}(?P<part>\d+|[^\W\d_]+)\b",
    re.IGNORECASE,
)

_MOST_COUNTED = 100
"""Counts up to this are told in words too."""
_COUNT = "|".join((r"\d+", *(re.escape(word) for word, value in NUMBER_WORDS.items() if 0 < value <= _MOST_COUNTED)))
_SHARE_OF_THEM = re.compile(
    rf"(?<![\w.,])(?P<whole>{_COUNT})\s+[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}},?\s+\(?"
    r"(?:(?:waarvan|daarvan|hiervan|of\s+whom|of\s+which|of\s+them)\s+(?:(?:er|zijn|werken|are|have)\s+){0,2}"
    rf"(?P<part>{_COUNT})\b"
    rf"|(?P<before>{_COUNT})\s+(?:daarvan|hiervan|van\s+hen|ervan|of\s+them|of\s+whom|of\s+these)\b)",
    re.IGNORECASE,
)
"""'18 mensen, waarvan 10 ...', '18 mensen, 10 daarvan ...'."""


def _percentage(part: Decimal, whole: Decimal) -> Decimal:
    return _whole((part * 100 / whole).quantize(Decimal("0.01")))


def _whole(value: Decimal) -> Decimal:
    """The same value without figures behind the point that say nothing."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in spans)


def _trap_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in TRAPS.finditer(text):
        yield match.span()
    for _, start, end in find_dates(text, year=_ANY_YEAR):
        if not UNITS.search(text, start, end):
            yield start, end


_JARIG = re.compile(
    r"\b(?P<number>een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig)(?=jarige?n?\b)",
    re.IGNORECASE,
)
"""A number word glued to its unit: 'een tweejarige overeenkomst'."""


def _numerals(text: str) -> Iterator[Numeral]:
    """The numbers, classes in Roman figures, and 'een' or 'a' before a scale or a length of time."""
    found = [*find_numerals(text)]
    for match in ROMAN.finditer(text):
        figure = 4 if match["roman"].upper() == "IV" else len(match["roman"])
        found.append(Numeral(Decimal(figure), match.start("roman"), match.end("roman")))
    found += [
        Numeral(NUMBER_WORDS[fold(match["number"])], *match.span(), spelled=True) for match in _JARIG.finditer(text)
    ]
    for match in ARTICLES.finditer(text):
        value = Decimal("0.5") if match["half"] else Decimal("0.25") if match["quarter"] else Decimal(1)
        value = Decimal("0.75") if match["quarters"] else value
        if not _overlaps(match.start(), match.end(), [(numeral.start, numeral.end) for numeral in found]):
            found.append(Numeral(value, match.start(), match.end(), spelled=True))
    yield from sorted(found, key=lambda numeral: numeral.start)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in FRACTIONS.finditer(text):
        part, whole = next(FRACTION_PARTS[name] for name, group in match.groupdict().items() if group)
        share = _percentage(Decimal(part), Decimal(whole))
        yield Quantity(share, "percent", *match.span(), match.group(), _noun_after(text, match.end())[0])


def _some(text: str) -> Iterator[Quantity]:
    """What 'een ton of drie' tells: about three of them."""
    for match in SOME.finditer(text):
        counts = [numeral.value for numeral in find_numerals(match["number"])]
        if len(counts) == 1:
            one = _measured(Numeral(Decimal(1), match.start(), match.start("unit")), text)
            begin, end = match.span()
            yield replace(
                one, value=one.value * counts[0], start=begin, end=end, text=match.group(), noun="", approximate=True
            )


def _measured(numeral: Numeral, text: str) -> Quantity:
    """The number with its scale, currency, unit and noun."""
    value, start, end, money = numeral.value, numeral.start, numeral.end, False
    if scale := SCALE.match(text, end):
        value, end, money = _whole(value * SCALES[scale["scale"].lower()]), scale.end(), True
    if end < len(text) and text[end : end + 2] in (",-", ".-"):
        end, money = end + 2, True
    if currency := CURRENCY_BEFORE.search(text, max(0, start - 5), start):
        return Quantity(value, "eur", currency.start(), end, text[currency.start() : end], _noun_after(text, end)[0])
    if unit := UNITS.match(text, end):
        name = cast("Unit", unit.lastgroup)
        return Quantity(value, name, start, unit.end(), text[start : unit.end()], _noun_after(text, unit.end())[0])
    if not money and (named := CLASS_SCALES.search(text, max(0, start - _LOOK_BACK), start)):
        return Quantity(value, "number", start, end, text[start:end], named["scale"].lower())
    noun, noun_end = _noun_after(text, end, of=False)
    if money and not (noun.endswith(("en", "s")) and len(noun) > 3):  # '80k omzet', but '80k patienten'
        return Quantity(value, "eur", start, end, text[start:end], noun)
    if noun:
        return Quantity(value, "count", start, noun_end, text[start:noun_end], noun)
    return Quantity(value, "number", start, end, text[start:end], _scale_before(text, start))


_NOUN = re.compile(r"\s+(?:(?:van|of)\s+(?:(?:de|het|onze|mijn|the|our|my)\s+)?)?([^\W\d_][\w'’-]*)")
_NEXT_WORD = re.compile(r"\s+([^\W\d_][\w'’-]*)")
_PLURAL = re.compile(r".{2,}(?:en|s|rs)$")
_PARTICIPLE = re.compile(r"(?:aange|inge|opge|ge|ver|be)\w{3,}en$")


def _noun_after(text: str, at: int, *, of: bool = True) -> tuple[str, int]:
    """The noun behind `at` and its end; empty where none follows.

    An adjective before a plural is passed over. `of`: 'van de' may stand between.
    """
    match = (_NOUN if of else _NEXT_WORD).match(text, at)
    if not match or match[1].lower() in NO_NOUNS:
        return "", at
    following = _NEXT_WORD.match(text, match.end())
    is_adjective = not _PLURAL.match(match[1]) or _PARTICIPLE.match(match[1])
    if is_adjective and following and following[1].lower() not in NO_NOUNS and _PLURAL.match(following[1]):
        return following[1], following.end()
    return match[1], match.end()


_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\s-]*$")


def _scale_before(text: str, start: int) -> str:
    """The word in front of a bare number, in lower case, where it may be what is numbered."""
    match = _WORD_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    return match[1].lower() if match and match[1].isupper() and len(match[1]) > 1 else ""


def _share_units(read: list[Quantity], text: str) -> list[Quantity]:
    """Gives a bare number the unit of the one that a range or a pair ties it to, and marks ranges."""
    found = list(read)
    for at in range(len(found) - 2, -1, -1):
        first, second = found[at], found[at + 1]
        link = RANGE_LINK.fullmatch(text, first.end, second.start)
        if link is None or (first.unit not in ("number", second.unit)):
            continue
        if first.unit == "number" and first.noun and second.unit in ("number", "count"):  # 'ASA 1-2'
            second = replace(second, unit="number", noun=first.noun)
        elif first.unit == "number" and not first.noun and second.unit != "number":
            first = replace(first, unit=second.unit, noun=second.noun)
        begin = max(0, first.start - _LOOK_BACK)
        is_range = link["range"] is not None or BETWEEN.search(text, begin, first.start) is not None
        found[at] = replace(first, in_range=is_range)
        found[at + 1] = replace(second, in_range=is_range or second.in_range)
    return found


def _qualified(quantity: Quantity, text: str) -> Quantity:
    """The quantity with the bound and the approximation that the words around it set."""
    bound: Bound = "exactly"
    approximate = False
    at = quantity.start
    if quantity.unit == "number" and (named := CLASS_SCALES.search(text, max(0, at - _LOOK_BACK), at)):
        at = _words_before_class(named, at)
    for _ in range(3):
        begin = max(0, at - _LOOK_BACK)
        if about := APPROXIMATE_BEFORE.search(text, begin, at):
            approximate, at = True, about.start()
        elif not quantity.in_range and (found := _bound_before(text, begin, at)):
            bound, at = found
            approximate = approximate or SLIGHTLY_BEFORE.search(text, max(0, at - _LOOK_BACK), at) is not None
        else:
            break
    for name, pattern in ARTICLE_BOUNDS:
        if pattern.match(quantity.text):
            bound = name
    for name, pattern in BOUND_AFTER:
        if pattern.match(text, quantity.end):
            bound = name
    approximate = approximate or ABOUT_AFTER.match(text, quantity.end) is not None
    return replace(quantity, bound=bound, approximate=approximate)


def _words_before_class(named: re.Match[str], at: int) -> int:
    """Where to look for a bound: right before the number if one stands there, else before the scale's name."""
    return at if named["bound"] else named.start()


def _bound_before(text: str, begin: int, at: int) -> tuple[Bound, int] | None:
    for bound, pattern in BOUNDS_BEFORE:
        if match := pattern.search(text, begin, at):
            return bound, match.start()
    if (match := OVER.search(text, begin, at)) and ENGLISH.search(text):
        return "more_than", match.start()
    return None


def _is_code(quantity: Quantity, text: str) -> bool:
    digits = text[quantity.start : quantity.end].split(maxsplit=1)[0] if quantity.text else ""
    bare = quantity.unit in ("number", "count") and digits.isdigit()
    return bare and (len(digits) == _CODE_DIGITS or (digits.startswith("0") and len(digits) > 1))

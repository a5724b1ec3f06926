"""Amounts told by two others: so much per place ('40 fte en twee leerplekken'), and differences in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.prose import function_words as fw
from assistant.prose.doubts import doubt_of
from assistant.prose.phrases import Mention
from assistant.prose.reading import Candidate, Reading
from assistant.prose.sums import added_up
from knowledge.numerals import NUMBER_WORDS
from knowledge.quantities import Quantity
from knowledge.rules.card import FactSpec

RATIO_STRENGTH = 2
"""A ratio goes before one of its two figures read alone."""
_ONE = frozenset("een a an one".split())
_EACH = frozenset("per elke iedere elk ieder each every".split())
_AT_PLACE = frozenset("in bij op te aan at on".split())
_POINTS = ("punt", "point", "pp")
_DOWN = frozenset("min minus lager minder omlaag negatief onder lower less down below negative".split())


def read_ratios(reading: Reading, told: Sequence[tuple[Quantity, int, int]]) -> Iterator[Candidate]:
    """Facts per one of something, from an amount and a count of it: in one sentence, or the only ones of the text."""
    for spec in {mention.spec for mention in reading.of_kind("amount") if is_ratio(reading.specs[mention.spec])}:
        counted = [
            (mention, count)
            for mention in reading.of_kind("amount")
            if mention.spec == spec and (count := _count_of(reading, mention)) is not None
        ]
        if not counted:
            continue
        mention, count = counted[0]
        unit = reading.specs[spec].unit
        wholes = [each for each in told if each[0].unit == unit and not is_base(reading, each[1])]
        near = [each for each in wholes if _sentence(reading, each[1]) == _sentence(reading, mention.first)]
        whole = _whole(reading, near or (wholes if len(counted) == 1 else []))
        if whole is not None:
            count += _at_other_places(reading, mention)
            yield _ratio(reading, mention, reading.specs[spec], whole, count)


def _whole(reading: Reading, wholes: Sequence[tuple[Quantity, int, int]]) -> tuple[Quantity, int] | None:
    """The one amount, or the sum of those that are told as parts; None where it cannot be told."""
    if len(wholes) == 1:
        return wholes[0][0], wholes[0][1]
    total = added_up(reading, wholes) if wholes else None
    if total is None:
        return None
    value, start, end = total
    return replace(wholes[0][0], value=value, start=start, end=end, text=reading.text[start:end]), wholes[0][1]


def _at_other_places(reading: Reading, mention: Mention) -> Decimal:
    """How many more are named behind: 'drie plekken in Breda en een in Tilburg'."""
    sentence, more = _sentence(reading, mention.first), Decimal(0)
    for at in range(mention.last, len(reading.tokens) - 2):
        if _sentence(reading, at) != sentence:
            break
        joined = reading.tokens[at].text in fw.JOINTS or reading.tokens[at].sign == ","
        number = at + (reading.tokens[at].text in fw.JOINTS)
        placed = reading.tokens[number + 1].text in _AT_PLACE if number + 1 < len(reading.tokens) else False
        if joined and placed and (count := _number(reading.tokens[number].text)) is not None:
            more += count
    return more


def is_ratio(spec: FactSpec) -> bool:
    """Whether a fact is measured per one of something, which its names tell."""
    return "_per_" in f"_{spec.name}" and spec.unit not in ("count", "number")


def _ratio(
    reading: Reading, mention: Mention, spec: FactSpec, whole: tuple[Quantity, int], count: Decimal
) -> Candidate:
    quantity, first = whole
    start, end = reading.span(mention.first, mention.last)
    found = Candidate(
        name=spec.name,
        value=(quantity.value / count).quantize(Decimal("0.01")).normalize() + 0,
        start=min(start, quantity.start),
        end=max(end, quantity.end),
        strength=RATIO_STRENGTH,
        bound=quantity.bound,
        approximate=quantity.approximate,
    )
    clause = reading.clauses[reading.clause_of[first]]
    doubt = doubt_of(reading.words(clause.first, clause.last), [])
    return found.left_open(doubt or "range") if doubt or quantity.in_range else found


def _sentence(reading: Reading, at: int) -> int:
    return reading.clauses[reading.clause_of[at]].sentence


def _count_of(reading: Reading, mention: Mention) -> Decimal | None:
    """How many are named: the number that a name begins with, that stands in front of it, or behind its colon."""
    for at in (mention.first, mention.first - 1, mention.first - 2):
        if at >= 0 and (count := _number(reading.tokens[at].text)) is not None:
            return count
        if at >= 0 and reading.tokens[at].sign:
            break  # '50 fte, leerplekken: 2'
    behind = reading.tokens[mention.last] if mention.last < len(reading.tokens) else None
    if behind is not None and reading.text[reading.tokens[mention.last - 1].end : behind.start].strip() in (
        ":",
        "=",
        "-",
    ):
        return _number(behind.text)  # 'leerplekken: 2'
    return None


def _number(word: str) -> Decimal | None:
    if word in _ONE:
        return Decimal(1)
    if word.isdigit() and int(word) > 0:
        return Decimal(word)
    return Decimal(NUMBER_WORDS[word]) if word in NUMBER_WORDS and NUMBER_WORDS[word] > 0 else None


def is_base(reading: Reading, first: int) -> bool:
    """Whether an amount is only what something is counted by: 'per 25 fte', 'op elke 18 fte'."""
    return first > 0 and reading.tokens[first - 1].text in _EACH


def is_points(quantity: Quantity) -> bool:
    """Whether a percentage is told in percentage points, so that it is a difference."""
    text = quantity.text.lower()
    return quantity.unit == "percent" and any(text.rstrip("ens").endswith(points) for points in _POINTS)


def takes(spec: FactSpec, quantity: Quantity) -> bool:
    """Whether a fact can be told by a quantity as far as points go: a difference in points is no share."""
    return not is_points(quantity) or asks_difference(spec)


def asks_difference(spec: FactSpec) -> bool:
    """Whether a fact is a difference in percentage points."""
    return spec.unit == "percent" and "procentpunt" in spec.ask.nl


def signed(reading: Reading, quantity: Quantity, first: int, last: int) -> Quantity:
    """A difference with the sign that its words give it: '0,2 procentpunt lager', 'min 0,5 procentpunt'."""
    before, behind = reading.words(max(0, first - 1), first), reading.words(last, last + 1)
    minus = reading.text[: quantity.start].rstrip(" ").endswith(("-", "−"))
    if minus or any(word in _DOWN for word in (*before, *behind)):
        return replace(quantity, value=-quantity.value, bound="exactly")
    return replace(quantity, bound="exactly") if "plus" in before else quantity

"""Amounts told by two others: so much per place ('40 fte en twee leerplekken'), and differences in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.prose.doubts import doubt_of
from assistant.prose.phrases import Mention
from assistant.prose.reading import Candidate, Reading
from knowledge.numerals import NUMBER_WORDS
from knowledge.quantities import Quantity
from knowledge.rules.card import FactSpec

RATIO_STRENGTH = 2
"""A ratio goes before one of its two figures read alone."""
_ONE = frozenset("een a an one".split())
_EACH = frozenset("per elke iedere elk ieder each every".split())
_POINTS = ("punt", "point", "pp")
_DOWN = frozenset("min minus lager minder omlaag negatief onder lower less down below negative".split())


def read_ratios(reading: Reading, told: Sequence[tuple[Quantity, int, int]]) -> Iterator[Candidate]:
    """Facts per one of something, from an amount and a count of it in the same sentence."""
    for mention in reading.of_kind("amount"):
        spec = reading.specs[mention.spec]
        if not is_ratio(spec) or (count := _count_of(reading, mention)) is None:
            continue
        sentence = _sentence(reading, mention.first)
        wholes = [
            (quantity, first)
            for quantity, first, _ in told
            if quantity.unit == spec.unit and _sentence(reading, first) == sentence
        ]
        if len(wholes) == 1:
            yield _ratio(reading, mention, spec, wholes[0], count)


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
    """How many are named: the number that a name begins with or that stands in front of it."""
    for at in (mention.first, mention.first - 1, mention.first - 2):
        if at < 0:
            break
        word = reading.tokens[at].text
        if word in _ONE:
            return Decimal(1)
        if word.isdigit() and int(word) > 0:
            return Decimal(word)
        if word in NUMBER_WORDS and NUMBER_WORDS[word] > 0:
            return Decimal(NUMBER_WORDS[word])
    return None


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

"""One fact told in parts: 'de een voor 0,6 fte en de ander 0,5 fte', 'twee artsen van elk 0,5 fte'."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.prose.reading import Reading
from assistant.prose.tokens import holds_run
from knowledge.quantities import Quantity, find_quantities

_PARTS = tuple(
    tuple(run.split())
    for run in (
        "de een, de ander, de andere, de eerste, de tweede, een tweede, een derde, een voor, "
        "respectievelijk, resp, plus, samen, "
        "the one, the other, one for, another, the first, the second, a second, respectively, together"
    ).split(",")
)
"""Words that deal an amount out over persons or places."""
_EACH = frozenset("elk elke ieder iedere each apiece per_persoon".split())
_ADDED_UNITS = frozenset({"fte", "eur", "count"})


def added_up(reading: Reading, told: Sequence[tuple[Quantity, int, int]]) -> tuple[Decimal, int, int] | None:
    """The sum of the parts in which a fact is told, and where they stand; None where it is told at once."""
    quantities = [quantity for quantity, _, _ in told if quantity.unit in _ADDED_UNITS]
    if not quantities or len(quantities) != len(told) or any(quantity.in_range for quantity in quantities):
        return None
    if len(quantities) == 1:
        return _each(reading, quantities[0], told[0][1], told[0][2])
    first = min(word for _, word, _ in told)
    last = max(word for _, _, word in told)
    sentences = {reading.clauses[reading.clause_of[word]].sentence for _, word, _ in told}
    words = reading.words(max(0, first - 3), min(len(reading.tokens), last + 2))
    joined = _is_joined(reading, quantities)
    if len(sentences) > 1 or not (joined or any(holds_run(words, run) for run in _PARTS)):
        return None
    start, end = min(q.start for q in quantities), max(q.end for q in quantities)
    return sum((quantity.value for quantity in quantities), Decimal(0)), start, end


def _is_joined(reading: Reading, quantities: Sequence[Quantity]) -> bool:
    """Whether nothing but 'en', 'plus' or a sign stands between the parts."""
    joints = ("en", "and", "+", "plus", "en nog", "&")
    return all(
        (between := reading.text[one.end : two.start].strip().lower()) in joints
        or (one.unit == two.unit == "fte" and len(between.split()) == 2 and between.split()[1] in joints)
        for one, two in pairwise(quantities)
    )


def _each(reading: Reading, quantity: Quantity, first: int, last: int) -> tuple[Decimal, int, int] | None:
    """A count times what each has: 'twee artsen van elk 0,5 fte', '2 x 0,6 fte'."""
    number = reading.clause_of[first]
    clause = reading.clauses[number]
    words = reading.words(max(clause.first, first - 3), min(clause.last, last + 2))
    counts = [
        other
        for other in find_quantities(reading.text)
        if other.unit in ("count", "number") and other.end <= quantity.start
        and reading.clauses[reading.clause_of[reading.words_at(other.start, other.end)[0]]].sentence == clause.sentence
    ]  # fmt: skip
    if not counts or quantity.unit == "count":
        return None
    count = counts[-1]
    times = reading.text[count.end : quantity.start].strip().lower() in ("x", "×", "keer", "maal", "times")
    if not times and not any(word in _EACH for word in words) and count.noun not in ("x", "keer", "maal", "times"):
        return None
    if count.value <= 1 or count.value != int(count.value):
        return None
    return count.value * quantity.value, count.start, quantity.end

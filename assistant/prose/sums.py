"""One fact told in parts: 'de een voor 0,6 fte en de ander 0,5 fte', 'twee artsen van elk 0,5 fte'."""

from __future__ import annotations

import re
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
_JOINTS = frozenset("en and plus + &".split())
_PIECE = re.compile(r"[\w'’/-]+|[+&,;]")
LABEL_WORDS = 6
"""How many words may stand between two parts: a joint and what the next part is of."""
_CONTRASTED = frozenset(
    """
    nu nou nog was waren wordt worden werd werden eerst eerder daarna toen straks later vorig vorige volgend volgende
    afgelopen komend komende inmiddels dit tot naar of maar niet geen ipv plaats minder meer dan van minimaal maximaal
    minimum maximum grens norm eis eisen moet moeten nodig vereist tussen juist verwachten verwacht groeit groeien
    daalt stijgt now then was were first later last next previous becomes become from to or but not instead less more
    than minimum maximum at least most limit needed required between expect grows until
    """.split()
)
"""Between amounts these tell that they are of different times, a limit, or one instead of the other: no parts."""
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
    if any(word in _CONTRASTED for word in reading.words(max(0, first - 2), last)):
        return None
    joined = _is_joined(reading, quantities)
    if len(sentences) > 1 or not (joined or any(holds_run(words, run) for run in _PARTS)):
        return None
    start, end = min(q.start for q in quantities), max(q.end for q in quantities)
    return sum((quantity.value for quantity in quantities), Decimal(0)), start, end


def _is_joined(reading: Reading, quantities: Sequence[Quantity]) -> bool:
    """Whether the parts are an enumeration: 'oogheelkunde 1,4 mln en reuma 0,6 mln'."""
    between = [reading.text[one.end : two.start].strip().lower() for one, two in pairwise(quantities)]
    pieces = [_PIECE.findall(each) for each in between]
    return all(len(piece) <= LABEL_WORDS for piece in pieces) and any(set(piece) & _JOINTS for piece in pieces) and all(
        set(piece) & _JOINTS or "," in piece or ";" in piece for piece in pieces
    )  # fmt: skip


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

"""What words around a figure make of it: fte without a unit, others to whom the asker belongs, and totals."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.prose import denying_words as dw
from assistant.prose.clauses import Clause
from assistant.prose.reading import Reading
from assistant.prose.tokens import holds_any
from knowledge.quantities import Quantity

MOST_BARE_FTE = 2
"""A bare fraction from this on is no working time of one person."""
_EMPLOYED = frozenset(
    """
    dienst dienstverband dienstverbanden aanstelling aanstellingen parttime deeltijd fte formatie werkt werken werkzaam
    specialist specialisten arts artsen dokter dokters employed employment works work working staff specialists doctor
    doctors physician physicians surgeon surgeons consultant consultants
    """.split()
)
"""Words of employment and those who are employed: a fraction near them is their working time."""
_PROFESSIONS = ("arts", "artsen", "oloog", "ologen", "peed", "peden", "chirurg", "chirurgen", "iater", "iaters",
                "specialist", "specialisten", "ologist", "ologists", "logist", "logisten")  # fmt: skip
"""How the names of medical professions end."""
_OTHERS = re.compile(
    r"^(?:ander|andere|overige|other|others|fellow|more|mede\w*|partner\w*|collega\w*|zuster\w*|buur\w*|sister\w*|"
    r"neighbouring|nabijgelegen|naburige|omliggende|bevriende)$"
)
"""Those who are not the asker, and together with whom he does something."""
_TOGETHER = dw.WITH | frozenset("naast behalve besides alongside plus".split())
_TOTAL_BEHIND = tuple(
    tuple(run.split())
    for run in (
        "in totaal, totaal, in het geheel, alles bij elkaar, bij elkaar, all told, in total, in all, altogether, "
        "all together, of us, van ons, met ons erbij, ons meegeteld, onszelf meegeteld, wij meegeteld, including us, "
        "ourselves included, inclusief onszelf, inclusief ons"
    ).split(", ")
)
_TOTAL_BEFORE = tuple(
    tuple(run.split())
    for run in (
        "in totaal, totaal, bij elkaar, in total, altogether, makes, maakt, dus we zijn met, dus wij zijn met, "
        "met z n, met zijn, met ons, we zijn met, wij zijn met, zijn we met, zijn wij met, we are with, there are"
    ).split(", ")
)
_NEAR = 3
"""How many words behind a figure may tell that it is a total."""
_JOINING = tuple(
    tuple(run.split())
    for run in (
        "komt erbij, komt er bij, komen erbij, komen er bij, komt er een, komt er nog, komen er nog, sluit aan, "
        "sluiten aan, treedt toe, begint pas, begint in, start pas, start in, komt pas, komen pas, joins, "
        "will join, starts in, is joining, are joining, heeft interesse, hebben interesse, toont interesse, "
        "is interested, are interested"
    ).split(", ")
)
"""Who or what is still to come."""


def as_staff(reading: Reading, quantity: Quantity) -> Quantity:
    """A bare fraction of those who are employed, as working time: 'twee artsen in dienst, een 0,6 en een 0,5'."""
    if quantity.unit not in ("number", "count") or not 0 < quantity.value < MOST_BARE_FTE:
        return quantity
    if quantity.value == int(quantity.value):
        return quantity
    told = any(token.text in _EMPLOYED or token.text.endswith(_PROFESSIONS) for token in reading.tokens)
    return replace(quantity, unit="fte", noun="") if told else quantity


def with_asker(reading: Reading, quantity: Quantity, first: int) -> Quantity:
    """A number of others with whom the asker does something, with himself: 'samen met drie andere huizen' are four."""
    if quantity.unit != "count" or quantity.value != int(quantity.value):
        return quantity
    clause = reading.clauses[reading.clause_of[first]]
    before = reading.words(max(clause.first, first - 2), first)
    named = reading.words(first + 1, min(clause.last, first + 3))
    are_others = any(_OTHERS.match(word) for word in (*named, *before[-1:]))
    is_with = any(word in _TOGETHER for word in before)
    return replace(quantity, value=quantity.value + 1) if are_others and is_with else quantity


def is_total(reading: Reading, first: int, last: int) -> bool:
    """Whether a figure is told as the total: 'vier in totaal', 'four of us'."""
    clause = reading.clauses[reading.clause_of[first]]
    behind = tuple(reading.words(last, min(clause.last, last + _NEAR)))
    before = tuple(reading.words(max(clause.first, first - 4), first))
    own = tuple(reading.words(first, last))
    inside = any(own[1 : 1 + len(run)] == run for run in _TOTAL_BEHIND)
    return (
        inside
        or any(behind[: len(run)] == run or (own[1:] + behind)[: len(run)] == run for run in _TOTAL_BEHIND)
        or any(before[-len(run) :] == run for run in _TOTAL_BEFORE)
    )


def is_added_later(reading: Reading, clause: Clause) -> bool:
    """Whether a clause tells who or what is still to come: 'in maart komt er een derde bij'."""
    return holds_any(reading.words(clause.first, clause.last), _JOINING)

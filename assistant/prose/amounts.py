"""Amounts that the asker tells: each quantity goes to the fact whose name is nearest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.counted import as_staff, is_added_later, is_total, with_asker
from assistant.prose.doubts import doubt_of, is_coming
from assistant.prose.phrases import Mention
from assistant.prose.ratios import asks_difference, is_base, is_points, is_ratio, read_ratios, signed, takes
from assistant.prose.reading import Candidate, Reading
from assistant.prose.stances import stance
from assistant.prose.sums import added_up
from assistant.prose.tokens import holds_run
from knowledge.quantities import Quantity, find_quantities, find_shares
from knowledge.quantity_words import Bound
from knowledge.rules.card import Unit

DISTINCTIVE_UNITS = frozenset({"fte"})
"""A unit that says by itself what is measured, where one fact alone is measured in it."""
LEAST_BARE_MONEY = 1000
"""A bare number below this is no amount of money."""
DOUBTING_WORDS = 4
"""A longer piece behind a comma says more than 'denk ik'."""
SHORT_REACH = 3
"""How far behind 'geen' a name may stand: 'geen mensen in loondienst'."""
ROUGHLY = Decimal("0.15")
"""How far an exact amount may be from the rough one that it makes precise."""
ONLY_UNIT = 1
"""How far a name counts that is no more than the unit of the amount."""
FARTHEST = 12
"""How many words may stand between a quantity and the name that it belongs to."""

MOST_OFTEN = 100
"""A bare number from this on is no number of times."""
_PER = frozenset("per elke iedere a each every".split())
_PERIODS = frozenset("dag week maand kwartaal jaar uur day week month quarter year hour".split())
_CONVERSIONS: dict[tuple[Unit, Unit], Decimal] = {
    ("year", "month"): Decimal(12),
    ("week", "day"): Decimal(7),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A quantity that is the asker's, and the words at which it stands."""

    quantity: Quantity
    first: int
    last: int
    how: str


def read_amounts(reading: Reading) -> Iterator[Candidate]:
    """The amounts that the question tells or takes as given."""
    numbers = [number for number, spec in enumerate(reading.specs) if spec.kind == "amount"]
    if not numbers:
        return
    told = list(_told(reading, [*find_shares(reading.text), *find_quantities(reading.text)]))
    yield from read_ratios(reading, [(amount.quantity, amount.first, amount.last) for amount in told])
    named = reading.of_kind("amount")
    taken: dict[int, list[Told]] = {}
    unnamed: list[Told] = []
    for amount in told:
        owners = _owners(reading, amount, named)
        for spec in owners:
            taken.setdefault(spec, []).append(amount)
        if not owners:
            unnamed.append(amount)
    unnamed = [amount for amount in unnamed if not _is_whole_of(reading, amount, taken)]
    for spec, amounts in taken.items():
        yield from _candidates(reading, spec, amounts)
    yield from _without_name(reading, numbers, unnamed, taken)
    yield from _all_or_none(reading, named, taken)


def _told(reading: Reading, quantities: Sequence[Quantity]) -> Iterator[Told]:
    for quantity in quantities:
        first, last = reading.words_at(quantity.start, quantity.end)
        if not last or _is_limit(reading, first, last) or _is_rate(reading, quantity, last):
            continue
        number = reading.clause_of[first]
        how = stance(reading.tokens, reading.clauses, number, first, last, amount=True)
        if how != "none":
            yield Told(with_asker(reading, as_staff(reading, quantity), first), first, last, how)


def _is_limit(reading: Reading, first: int, last: int) -> bool:
    """Whether a quantity is told as a limit: 'de grens van 300.000', '300k grens'."""
    clause = reading.clauses[reading.clause_of[first]]
    before = reading.words(max(clause.first, first - 3), first)
    behind = reading.words(last, min(clause.last, last + 1))
    return any(word in fw.LIMITS for word in (*before, *behind))


def _is_rate(reading: Reading, quantity: Quantity, last: int) -> bool:
    """Whether a count is how often something happens ('twee per maand'), where no fact is measured by the time."""
    if (
        quantity.unit not in ("count", "number")
        or quantity.value >= MOST_OFTEN
        or any("per" in spec.label.nl.split() for spec in reading.specs)
    ):
        return False
    behind = reading.words(last, min(last + 2, len(reading.tokens)))
    own = reading.words(max(0, last - 1), last)
    return any(one in _PER and two in _PERIODS for one, two in pairwise((*own, *behind)))


def _with_tail(reading: Reading, amount: Told) -> list[str]:
    """The words of the amount's clause and of a short piece behind it ('..., denk ik')."""
    number = reading.clause_of[amount.first]
    clause = reading.clauses[number]
    words = reading.words(clause.first, clause.last)
    if number + 1 < len(reading.clauses) and reading.clauses[number + 1].sentence == clause.sentence:
        tail = reading.clauses[number + 1]
        if tail.last - tail.first <= DOUBTING_WORDS:
            words += [",", *reading.words(tail.first, tail.last)]
    return words


def converted(quantity: Quantity, unit: Unit | None) -> Decimal | None:
    """The value of a quantity in `unit`; None where it measures something else."""
    if quantity.unit == unit:
        return quantity.value
    if unit in ("count", "number") and quantity.unit in ("count", "number"):
        return quantity.value
    if unit == "eur" and quantity.unit in ("count", "number") and quantity.value >= LEAST_BARE_MONEY:
        return quantity.value
    if unit is None:
        return None
    if (quantity.unit, unit) in _CONVERSIONS:
        return quantity.value * _CONVERSIONS[quantity.unit, unit]
    if (unit, quantity.unit) in _CONVERSIONS:
        return quantity.value / _CONVERSIONS[unit, quantity.unit]
    return None


def _owners(reading: Reading, amount: Told, named: Sequence[Mention]) -> list[int]:
    """The facts whose names are nearest to the quantity; several where the same words name them."""
    near: list[tuple[float, int, int]] = []
    for mention in named:
        spec = reading.specs[mention.spec]
        if converted(amount.quantity, spec.unit) is None or not takes(spec, amount.quantity):
            continue
        if is_base(reading, amount.first) and not is_ratio(spec) and amount.quantity.unit == "fte":
            continue
        distance = _distance(reading, amount, mention)
        if distance is not None:
            near.append((distance, mention.first - mention.last, mention.spec))
    if not near:
        return []
    best = min(near)[:2]
    return sorted({spec for distance, length, spec in near if (distance, length) == best})


def _distance(reading: Reading, amount: Told, mention: Mention) -> float | None:
    """How far a name is from the quantity; a name right behind counts nearer than one in front. None: out of reach."""
    if mention.first < amount.last and amount.first < mention.last:
        is_unit = amount.quantity.unit not in ("count", "number")
        return ONLY_UNIT if is_unit and amount.first <= mention.first and mention.last <= amount.last else 0
    behind = mention.first >= amount.last
    gap = mention.first - amount.last if behind else amount.first - mention.last
    mine, theirs = reading.clause_of[amount.first], reading.clause_of[mention.first]
    if reading.clauses[mine].sentence != reading.clauses[theirs].sentence or gap > FARTHEST:
        return None
    if reading.clauses[theirs].owner == "other":
        return None
    if mine != theirs and amount.quantity.noun and gap > 1:
        return None  # '60% zzp, niemand in loondienst'
    return gap + (0 if behind else 0.5) + 6 * abs(mine - theirs)


def _candidates(reading: Reading, spec: int, amounts: Sequence[Told]) -> Iterator[Candidate]:
    if whole := [each for each in amounts if is_total(reading, each.first, each.last)]:
        yield from (_candidate(reading, spec, each) for each in whole)
        return
    amounts = _told_precisely(_now(reading, amounts))
    total = added_up(reading, [(amount.quantity, amount.first, amount.last) for amount in amounts])
    if total is not None:
        value, start, end = total
        yield Candidate(reading.specs[spec].name, value, start, end, reason="sum")
        return
    for amount in _nearest(reading, spec, amounts):
        yield _candidate(reading, spec, amount)


def _now(reading: Reading, amounts: Sequence[Told]) -> Sequence[Told]:
    """The amounts without those of later, where others are told of now: 'een derde komt er volgend jaar bij'."""

    def is_later(amount: Told) -> bool:
        clause = reading.clauses[reading.clause_of[amount.first]]
        return is_coming(reading.words(clause.first, clause.last), governed=False) or is_added_later(reading, clause)

    now = [amount for amount in amounts if not is_later(amount)]
    return now or amounts


def _told_precisely(amounts: Sequence[Told]) -> Sequence[Told]:
    """The amounts without those that another one tells more precisely: 'ruim drie ton (310.000)'."""
    exact = [each for each in amounts if each.quantity.bound == "exactly" and not each.quantity.approximate]
    return [
        each for each in amounts if each in exact or not any(_is_nearly(each.quantity, one.quantity) for one in exact)
    ]


def _is_nearly(rough: Quantity, exact: Quantity) -> bool:
    """Whether an exact amount is one that was told roughly before."""
    if exact.unit not in (rough.unit, "number") or rough.end > exact.start or not rough.value:
        return False
    is_on_side = {"more_than": exact.value >= rough.value, "at_least": exact.value >= rough.value,
                  "less_than": exact.value <= rough.value, "at_most": exact.value <= rough.value}  # fmt: skip
    return is_on_side.get(rough.bound, True) and abs(exact.value - rough.value) <= ROUGHLY * rough.value


def _nearest(reading: Reading, spec: int, amounts: Sequence[Told]) -> list[Told]:
    """The amounts without those that have a noun of their own while another stands nearer to the name.

    In '60% zzp en 40% in loondienst' the 60 is not what is in loondienst.
    """
    names = [mention for mention in reading.of_kind("amount") if mention.spec == spec]
    distances = [min((_gap(reading, amount, name) for name in names), default=0) for amount in amounts]
    return [
        amount
        for amount, distance in zip(amounts, distances, strict=True)
        if distance == min(distances) or not amount.quantity.noun or _goes_with(reading, amount, amounts)
    ]


def _goes_with(reading: Reading, amount: Told, amounts: Sequence[Told]) -> bool:
    """Whether an amount shares its noun with the one in front of it: the 2 of 'ASA 1 en 2'."""
    return any(
        other.quantity.noun == amount.quantity.noun
        and amount.first - other.last == 1
        and reading.tokens[other.last].text in fw.JOINTS
        for other in amounts
    )


def _gap(reading: Reading, amount: Told, mention: Mention) -> float:
    distance = _distance(reading, amount, mention)
    return FARTHEST * 2 if distance is None else distance


def _is_whole_of(reading: Reading, amount: Told, taken: dict[int, list[Told]]) -> bool:
    """Whether a count without a name is the total of one that has a name, which it joins: 'dus vier in totaal'."""
    if not is_total(reading, amount.first, amount.last):
        return False
    sentence = reading.clauses[reading.clause_of[amount.first]].sentence
    for spec, others in taken.items():
        counted = reading.specs[spec].unit == "count" and converted(amount.quantity, "count") is not None
        if counted and any(reading.clauses[reading.clause_of[each.first]].sentence == sentence for each in others):
            others.append(amount)
            return True
    return False


def _candidate(reading: Reading, spec: int, amount: Told) -> Candidate:
    quantity = amount.quantity
    if _is_of_the_rest(reading, spec, amount):
        quantity = replace(quantity, value=100 - quantity.value, bound=_TURNED.get(quantity.bound, quantity.bound))
    if asks_difference(reading.specs[spec]):
        quantity = signed(reading, quantity, amount.first, amount.last)
    value = converted(quantity, reading.specs[spec].unit)
    found = Candidate(
        name=reading.specs[spec].name,
        value=quantity.value if value is None else value,
        start=quantity.start,
        end=quantity.end,
        assumed=amount.how == "assumed",
        bound=quantity.bound,
        approximate=quantity.approximate,
        reason="approximate" if quantity.approximate else _BOUND_REASONS[quantity.bound],
    )
    clause = reading.clauses[reading.clause_of[amount.first]]
    before = reading.words(clause.first, amount.first)
    if quantity.in_range:
        return found.left_open("range")
    if quantity.bound == "exactly" and _is_denied(before, reading.words(amount.last, clause.last)):
        return found.left_open("denied")
    if doubt := doubt_of(_with_tail(reading, amount), [], asked=clause.mood == "question"):
        return found.left_open(doubt)
    if _is_of_all(reading, spec, clause) or _is_asked_in_part(reading, amount, clause):
        return found.left_open("of all")
    return found.left_open("not all") if _is_not_all(reading, amount, clause) else found


def _is_of_all(reading: Reading, spec: int, clause: Clause) -> bool:
    """Whether a figure is of more than the fact: the revenue from all insurers, the posts of all who work there."""
    sentence = [other for other in reading.clauses if other.sentence == clause.sentence]
    words, about = reading.words(sentence[0].first, sentence[-1].last), reading.specs[spec]
    if about.unit == "fte":
        return not fw.STAFF & set(about.names) and any(word in fw.STAFF for word in words)
    return about.unit == "eur" and any(holds_run(words, run) for run in fw.OF_ALL_INSURERS)


def _sentence_behind(reading: Reading, amount: Told, clause: Clause) -> list[str]:
    """The words behind an amount in its sentence."""
    last = max(other.last for other in reading.clauses if other.sentence == clause.sentence)
    return reading.words(amount.last, last)


def _is_asked_in_part(reading: Reading, amount: Told, clause: Clause) -> bool:
    """Whether only a part of the amount counts, and is not told: '400 fte, hoeveel daarvan hier werkt weet ik niet'."""
    words = _sentence_behind(reading, amount, clause)
    return any(word in fw.OF_IT and before in fw.QUESTION_WORDS for before, word in pairwise(words))


def _is_not_all(reading: Reading, amount: Told, clause: Clause) -> bool:
    """Whether more is told of than the amount, without a figure: '0,9 fte, en daarnaast een invaller'."""
    behind = _sentence_behind(reading, amount, clause)
    return any(word in fw.BESIDES for word in behind) and not any(word[:1].isdigit() for word in behind)


def _is_denied(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether 'niet' stands in the clause of an amount, or 'geen' right in front of it."""
    if before[-1:] and before[-1] in ("geen", "no"):
        return True
    words = [*before, *behind, ""]
    denying = ("niet", "not", "nooit", "never")
    return any(
        (word in denying or word in dw.CONTRACTED_NOT) and words[at + 1] not in dw.NOTHING_DENIED
        for at, word in enumerate(words[:-1])
    )


def _is_of_the_rest(reading: Reading, spec: int, amount: Told) -> bool:
    """Whether the name nearest to a share is of what does not belong to it: '60% zzp' of those in paid employment."""
    if reading.specs[spec].unit != "percent":
        return False
    names = [mention for mention in reading.of_kind("amount") if mention.spec == spec]
    nearest = min(names, key=lambda name: _gap(reading, amount, name), default=None)
    return nearest is not None and nearest.kind == "false" and _distance(reading, amount, nearest) is not None


_TURNED: dict[Bound, Bound] = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
}
"""What a bound on a share says of the rest."""
_BOUND_REASONS = {
    "exactly": "",
    "at_least": "at least",
    "at_most": "at most",
    "more_than": "more than",
    "less_than": "less than",
}


def _without_name(
    reading: Reading, numbers: Sequence[int], unnamed: Sequence[Told], taken: dict[int, list[Told]]
) -> Iterator[Candidate]:
    """Quantities without a name nearby, where one fact alone is measured in their unit."""
    by_spec: dict[int, list[Told]] = {}
    for amount in unnamed:
        unit = amount.quantity.unit
        fitting = [n for n in numbers if reading.specs[n].unit == unit and takes(reading.specs[n], amount.quantity)]
        if is_points(amount.quantity):
            fitting = [n for n in fitting if asks_difference(reading.specs[n])]
            fitting = [] if _is_beside_share(reading, amount) else fitting
        if len(fitting) == 1 and fitting[0] not in taken and unit not in ("count", "number"):
            by_spec.setdefault(fitting[0], []).append(amount)
    for spec, amounts in by_spec.items():
        for found in _candidates(reading, spec, amounts):
            distinct = reading.specs[spec].unit in DISTINCTIVE_UNITS or is_points(amounts[0].quantity)
            yield found if distinct else found.left_open("no name")


def _is_beside_share(reading: Reading, amount: Told) -> bool:
    """Whether a share that is no difference is named in the clause, so that the points are points of that."""
    number = reading.clause_of[amount.first]
    return any(
        reading.clause_of[mention.first] == number
        and reading.specs[mention.spec].unit == "percent"
        and not asks_difference(reading.specs[mention.spec])
        for mention in reading.of_kind("amount")
    )


def _all_or_none(reading: Reading, named: Sequence[Mention], taken: dict[int, list[Told]]) -> Iterator[Candidate]:
    """Nought or all of it, told without a figure: 'geen omzet', 'iedereen in loondienst'."""
    for mention in named:
        spec = reading.specs[mention.spec]
        if mention.spec in taken or spec.unit not in ("eur", "percent", "fte", "count", "number"):
            continue
        number = reading.clause_of[mention.first]
        clause = reading.clauses[number]
        if stance(reading.tokens, reading.clauses, number, mention.first, mention.last) == "none":
            continue
        for at in range(clause.first, mention.first):
            value = _without_figure(reading, at, mention, percent=spec.unit == "percent")
            if value is not None:
                value = 100 - value if mention.kind == "false" else value
                found = Candidate(spec.name, value, *reading.span(at, mention.last))
                doubt = doubt_of(reading.words(clause.first, clause.last), reading.words(clause.first, mention.first))
                yield found.left_open(doubt) if doubt else found
                break


def _without_figure(reading: Reading, at: int, mention: Mention, *, percent: bool) -> Decimal | None:
    """The value that the word `at` gives to what is mentioned behind it; None where it gives none."""
    word = reading.tokens[at].text
    near = mention.first - at
    if percent and word in ("geen", "none") and reading.tokens[at + 1].text in ("van", "of"):
        return Decimal(0)
    if word in ("geen", "zonder", "no", "without") and (near == 1 or (percent and near <= SHORT_REACH)):
        return Decimal(0)
    if not percent:
        return None
    if word in fw.NOBODY:
        return Decimal(0)
    before = reading.tokens[at - 1].text if at else ""
    following = reading.tokens[at + 1].text
    if (word in fw.EVERYONE or (word == "al" and following in fw.OWN | {"het"})) and before not in ("niet", "not"):
        return Decimal(100)
    return None

"""Named formulas of policies: figures from the asker's amounts and the rule's proven values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from knowledge.rules.card import Said
from knowledge.rules.wording import tell_number

Amounts = Mapping[str, Decimal]
"""The asker's amounts and the rule's values, by fact or parameter name."""


@dataclass(frozen=True)
class Figure:
    """What a formula gives: the figure, how it was counted, and another reading where the policy leaves two open."""

    figure: Decimal
    steps: tuple[Said, ...]
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Formula:
    """A formula, the facts it reads and the parameters it needs."""

    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    compute: Callable[[Amounts], Figure]


def _per_whole(amounts: Amounts) -> Figure:
    """Training places: one for every full `fte_per_place` of `carers_fte`; the policy does not say how to round."""
    fte, per = amounts["carers_fte"], amounts["fte_per_place"]
    exact = fte / per
    down, up = exact.to_integral_value(ROUND_FLOOR), exact.to_integral_value(ROUND_CEILING)
    shown = tell_number(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    steps = (
        Said(
            nl=f"{tell_number(fte).nl} fte gedeeld door {tell_number(per).nl} fte is {shown.nl}",
            en=f"{tell_number(fte).en} FTE divided by {tell_number(per).en} FTE is {shown.en}",
        ),
    )
    if down == up:
        return Figure(up, steps)
    notes = (
        Said(
            nl=f"Het beleid zegt niet hoe u afrondt: naar boven is het {up}, alleen volle stappen geteld {down}. "
            "Met het hogere aantal voldoet u zeker.",
            en=f"The policy does not say how to round: rounded up it is {up}, counting full steps only {down}. "
            "With the higher number you are certain to comply.",
        ),
    )
    return Figure(up, steps, notes)


def _weighed_index(amounts: Amounts) -> Figure:
    """An index in percent: shares of the staff and the material index, plus last year's correction."""
    staff, material = amounts["staff_index_percent"], amounts["material_index_percent"]
    correction = amounts.get("correction_percent", Decimal(0))
    parts = staff * amounts["staff_share"] / 100, material * amounts["material_share"] / 100
    total = sum(parts, correction)
    shares = tell_number(amounts["staff_share"]), tell_number(amounts["material_share"])
    steps = (
        Said(
            nl=f"{shares[0].nl}% van {tell_number(staff).nl}% is {tell_number(parts[0]).nl}%",
            en=f"{shares[0].en}% of {tell_number(staff).en}% is {tell_number(parts[0]).en}%",
        ),
        Said(
            nl=f"{shares[1].nl}% van {tell_number(material).nl}% is {tell_number(parts[1]).nl}%",
            en=f"{shares[1].en}% of {tell_number(material).en}% is {tell_number(parts[1]).en}%",
        ),
        Said(
            nl=f"samen, met {tell_number(correction).nl}% correctie over vorig jaar: {tell_number(total).nl}%",
            en=f"together, with {tell_number(correction).en}% correction for last year: {tell_number(total).en}%",
        ),
    )
    return Figure(total, steps)


FORMULAS: Mapping[str, Formula] = {
    "training_places": Formula(("carers_fte",), ("fte_per_place",), _per_whole),
    "weighed_index": Formula(
        ("staff_index_percent", "material_index_percent", "correction_percent"),
        ("staff_share", "material_share"),
        _weighed_index,
    ),
}
OPTIONAL_FACTS = frozenset({"correction_percent"})
"""Facts that a formula can do without: not said, they are 0, and the steps say so."""


def inputs_of(name: str) -> tuple[str, ...]:
    """The facts that a formula reads. Raises KeyError for an unknown one."""
    return FORMULAS[name].facts

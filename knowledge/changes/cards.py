"""What came of the rules and statements of a policy in the other one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge.changes.compare import Comparison
from knowledge.changes.moved_figures import moved_figures, without_dates
from knowledge.changes.records import CardChange
from knowledge.changes.wording import is_reworded, plain, with_year
from knowledge.rules.proven import PolicyRules, ProvenRule, ProvenValue, Spot
from knowledge.statements.proven import PolicyStatements, ProvenStatement

NO_CARD = "the new policy has no card of this name"
OTHER_FAMILY = "the cards of the two policies are of different families"


def compare_rules(old: PolicyRules, new: PolicyRules, comparison: Comparison) -> tuple[CardChange, ...]:
    """Every rule of either policy: still proven, refused and why, new, or gone."""
    before, after = _by_id(old), _by_id(new)
    refused = {
        each.rule_id: (*_notes_at(_rule_spots(before.get(each.rule_id)), comparison), *each.reasons)
        for each in new.refused
    }
    notes = {name: list(_rule_notes(rule, before.get(name), comparison)) for name, rule in after.items()}
    return tuple(_changes(before, after, refused, notes))


def compare_statements(old: PolicyStatements, new: PolicyStatements, comparison: Comparison) -> tuple[CardChange, ...]:
    """Every statement of either policy, likewise."""
    before = {each.card.id: each for each in old.proven}
    after = {each.card.id: each for each in new.proven}
    notes = {name: list(_reworded(_pairs_of(before.get(name), each), comparison)) for name, each in after.items()}
    refused = {
        each.statement_id: (*_notes_at(before[each.statement_id].spots, comparison), *each.reasons)
        if each.statement_id in before
        else each.reasons
        for each in new.refused
    }
    return tuple(_changes(before, after, refused, notes))


def _changes(
    before: Mapping[str, object],
    after: Mapping[str, object],
    refused: Mapping[str, Sequence[str]],
    notes: Mapping[str, Sequence[tuple[str, bool]]],
) -> Iterator[CardChange]:
    """`notes`: what changed of a card that is still proven, each with whether a person has to look at it."""
    names = dict.fromkeys((*before, *after, *refused))
    shared_family = not before or not (set(after) | set(refused)).isdisjoint(before)
    for name in names:
        if name in refused:
            yield CardChange(name=name, state="refused", why="; ".join(refused[name]), look=name in before)
        elif name not in after:
            yield CardChange(name=name, state="gone", why=NO_CARD if shared_family else OTHER_FAMILY)
        elif name not in before:
            yield CardChange(name=name, state="new")
        else:
            why = "; ".join(dict.fromkeys(note for note, _ in notes[name]))
            yield CardChange(name=name, state="proven", why=why, look=any(look for _, look in notes[name]))


def _by_id(rules: PolicyRules) -> dict[str, ProvenRule]:
    return {rule.id: rule for rule in rules.proven}


def _rule_spots(rule: ProvenRule | None) -> tuple[Spot, ...]:
    if rule is None:
        return ()
    return (*(value.spot for value in rule.values.values()), *rule.spots.values())


def _notes_at(spots: Sequence[Spot], comparison: Comparison) -> list[str]:
    """What became of the sentences of the old policy that proved a card: renumbered, gone, or with other figures."""
    found: list[str] = []
    for pair in comparison.sections:
        for one, other in pair.sentences:
            if one is None or not any(spot.start < one.span.end and one.span.start < spot.end for spot in spots):
                continue
            if other is None:
                found.append(f"gone: {one.text!r}")
                continue
            if pair.old is not None and pair.new is not None and pair.old.name != pair.new.name:
                found.append(f"section {pair.old.name} is now {pair.new.name}")
            figures = moved_figures(one.text, other.text, years=comparison.years) if one.text != other.text else ()
            found += [f"{figure.old or '(none)'} -> {figure.new or '(none)'}" for figure in figures]
    return list(dict.fromkeys(found))


def _rule_notes(new: ProvenRule, old: ProvenRule | None, comparison: Comparison) -> Iterator[tuple[str, bool]]:
    """The values of a rule that moved, and the proofs that are worded otherwise."""
    if old is None:
        return
    for name, value in new.values.items():
        was = old.values.get(name)
        if was is not None and _said(was) != _said(value) and _shown(was) != _shown(value):
            yield f"{name}: {_shown(was)} -> {_shown(value)}", False
    spots = [(f"{name}: ", old.spots[name], spot) for name, spot in new.spots.items() if name in old.spots]
    spots += [(f"{name}: ", old.values[name].spot, v.spot) for name, v in new.values.items() if name in old.values]
    yield from _reworded(spots, comparison)


def _pairs_of(old: ProvenStatement | None, new: ProvenStatement) -> list[tuple[str, Spot, Spot]]:
    return [("", one, other) for one, other in zip(old.spots if old else (), new.spots, strict=False)]


def _reworded(spots: Sequence[tuple[str, Spot, Spot]], comparison: Comparison) -> Iterator[tuple[str, bool]]:
    """The spots that say something else than before, days and the policy's year aside."""
    for name, one, other in spots:
        old = plain(comparison.old.text[one.start : one.end])
        new = plain(comparison.new.text[other.start : other.end])
        if is_reworded(without_dates(with_year(old, *comparison.years)), without_dates(new)):
            yield f"{name}was {old!r}; is {new!r}", True


def _said(value: ProvenValue) -> tuple[object, ...]:
    return value.number, value.address, value.date and (value.date.first, value.date.last)


def _shown(value: ProvenValue) -> str:
    return value.date.text if value.date else f"{value.address or value.number}"

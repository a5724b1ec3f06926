"""Cards of other policies that a policy without cards of its own bears out: an insurer's policies share chapters.

A card is used where each of its proofs stands anywhere in the text, its figures stand in them, every name
that it gives occurs in the policy, and the care types that it speaks of are those of its proof. A statement
also says little that its proof does not say in the same words, and the proofs of a rule stand in one section.
Rules, which are proven less closely, are only taken from policies of the same insurer. What a card adds
about silences of its own policy is proven nowhere: an absence or a statement with such a clause is not used,
and a rule leaves its notes out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

import knowledge
from ingest.manifest import read_manifest
from ingest.proof_finder import ProofFinder
from ingest.prove import prove_with
from ingest.prove_statements import prove_with as prove_statements_with
from ingest.prove_statements import shown_with_headings
from knowledge.dates import find_dates
from knowledge.dutch import fold, stem
from knowledge.records import Policy, PolicyText
from knowledge.rules.card import CardFile, ContactRule, FactSpec, Rule
from knowledge.rules.inputs import facts_of
from knowledge.rules.load import bundled_cards, family_of, fingerprint
from knowledge.rules.proven import PolicyRules, ProvenRule, ProvenValue, Spot
from knowledge.statements.card import Absence, StatementFile
from knowledge.statements.load import bundled_statements
from knowledge.statements.proven import PolicyStatements, ProvenStatement
from knowledge.thesaurus import CARE_KINDS, load_insurers, load_thesaurus
from knowledge.tokens import content_words

_BUNDLED = Path(str(knowledge.__file__)).parent / "policies"
SAME_WORDS, SAME_SPOT_WORDS = 88, 60
"""Two cards this alike (0 to 100) say the same; less is enough where the very same spots prove them."""

SAID_ALIKE = 0.5
"""The share (0 to 1) of what a statement says that stands at its proof in the same words, by their stems. Set by
reading what the published policies and made-up ones bear out of others: below it most statements say what is not
there, as their phrases stand in a sentence about something else."""

_NAME = re.compile(r"(?<=[\w,;:)] )(?:[A-Z]{2,}|[A-Z][a-z]+\w*)\b|\b[A-Z]{2,}\b")
"""A name: in capitals, or with one behind the first word of a sentence."""

_SILENCE = re.compile(r"\bbeleid\b[^.;]*\b(?:niet|geen)\b|\b(?:niet|geen)\b[^.;]*\bbeleid\b")
"""What a card says that its own policy does not tell."""
_LABELLED = re.compile(r"[^\W\d]:\s")
"""A label, behind which stands what holds for some: 'zonder onderhandeling: uiterlijk ...'."""


@dataclass(frozen=True)
class _Kin:
    """A policy as cards of others are held against it."""

    text: PolicyText
    folded: str
    insurers: frozenset[str]

    @classmethod
    def of(cls, text: PolicyText) -> _Kin:
        policy = text.policy
        named = " ".join((policy.title, policy.insurer, *policy.labels, *policy.care))
        return cls(text, fold(f"{named} {text.text}"), frozenset(map(fold, (policy.insurer, *policy.labels))))

    def care_at(self, spots: Iterable[Spot]) -> set[str]:
        """The care types that these spots are about, by their words and headings and by the policy's own."""
        policy = self.text.policy
        return _care(" ".join((*(shown_with_headings(self.text, s) for s in spots), policy.title, *policy.care)))

    def share_said(self, says: str, spots: Iterable[Spot]) -> float:
        """The share of the words of `says` that stand at these spots, or name the insurer."""
        shown = " ".join((*(shown_with_headings(self.text, spot) for spot in spots), *self.insurers))
        said, there = _stems(says), _stems(shown)
        return len(said & there) / len(said) if said else 0.0

    def stand_together(self, spots: Iterable[Spot]) -> bool:
        """Whether these spots stand in one section."""
        sections = {passage.id: passage.heading_path for passage in self.text.passages}
        return len({sections[spot.passage_id] for spot in spots}) <= 1

    def bears_names(self, told: str) -> bool:
        """Whether every name in `told` occurs in the policy, and no other insurer is among them."""
        folded = fold(told)
        others = (fold(name) for name in (*load_insurers(), *(policy.insurer for policy in _families().values())))
        if any(re.search(rf"\b{re.escape(name)}\b", folded) for name in others if name not in self.insurers):
            return False
        return all(fold(name) in self.folded for name in _NAME.findall(told))


def kin_statements(text: PolicyText, files: Sequence[StatementFile] | None = None) -> PolicyStatements:
    """The statements of other policies that this one bears out, each once. None where it has cards of its own."""
    every = bundled_statements() if files is None else files
    family = family_of(text.policy.id, text.policy.year)
    none = PolicyStatements(policy_id=text.policy.id)
    if any(file.policy == family for file in every):
        return none
    kin, kept = _Kin.of(text), list[ProvenStatement]()
    finder = ProofFinder(text, is_other_year=True, anywhere=True)
    for each in prove_statements_with(text, every, finder):
        if _may_say(each.proven, kin):
            _keep(each.proven, kept)
    return none.model_copy(update={"proven": tuple(kept)})


def kin_rules(text: PolicyText, files: Sequence[CardFile] | None = None) -> PolicyRules:
    """The rules of other policies of the insurer that this policy proves, each once, with the facts they ask about."""
    every = bundled_cards() if files is None else files
    family = family_of(text.policy.id, text.policy.year)
    none = PolicyRules(policy_id=text.policy.id)
    kin = _Kin.of(text)
    if any(file.policy == family for file in every):
        return none
    finder = ProofFinder(text, is_other_year=True, anywhere=True)
    own = [file for file in every if _is_of_insurer(file.policy, kin)]
    found = {file.policy: (file, prove_with(_for_all(file), text, finder)) for file in own}
    facts: dict[str, FactSpec] = {}
    kept: list[ProvenRule] = []
    for file, proven in sorted(found.values(), key=lambda each: -len(each[1])):  # the nearest kin first
        specs = {spec.name: spec for spec in file.facts}
        for rule in proven:
            if not _may_run(rule, kin, finder) or _is_told(rule, kept):
                continue
            needed = {name: specs[name] for name in facts_of(rule.rule)}
            if all(facts.get(name, spec) == spec for name, spec in needed.items()):
                facts |= needed
                bare = rule.rule.model_copy(update={"notes": (), "then": None})
                kept.append(rule.model_copy(update={"rule": bare, "is_kin": True}))
    cards = "".join(fingerprint(file) for file in own)
    return none.model_copy(
        update={"cards": cards if kept else "", "facts": tuple(facts.values()), "proven": tuple(kept)}
    )


def _may_say(each: ProvenStatement, kin: _Kin) -> bool:
    """Whether what a card says is about this policy: its names, and the care types where its proof stands."""
    card = each.card
    if isinstance(card, Absence):
        return False  # what another policy leaves out may stand in this one
    says = " ".join((card.says.nl, *(item.nl for item in card.items)))
    told = f"{says} {card.whom.label.nl}" if card.whom else says
    if not kin.bears_names(told) or _SILENCE.search(told):
        return False
    return not each.spots or (_care(told) <= kin.care_at(each.spots) and kin.share_said(says, each.spots) >= SAID_ALIKE)


def _for_all(file: CardFile) -> list[Rule]:
    """The rules of a file, those for every care type of its policy without naming them."""
    every = _care(" ".join(_families()[file.policy].care))
    return [r.model_copy(update={"care": ()}) if _care(" ".join(r.care)) >= every else r for r in file.rules]


def _may_run(each: ProvenRule, kin: _Kin, finder: ProofFinder) -> bool:
    """Whether a rule speaks of this policy, as a statement must, and its days are those of all whom it speaks to."""
    told = _told_by(each.rule.model_copy(update={"notes": (), "then": None}))
    spots = [*each.spots.values(), *(value.spot for value in each.values.values())]
    if not kin.bears_names(told) or not _care(" ".join((told, *each.rule.care))) <= kin.care_at(spots):
        return False
    if not isinstance(each.rule, ContactRule) and not kin.stand_together(spots):
        return False  # what is told of one thing in one place, and of another elsewhere, is no rule
    days = {value.day for value in each.values.values() if value.date is not None}
    own = _care(f"{told} {kin.text.policy.title}")
    return all(
        _kind_of_day(str(parameter.value)) == _kind(each.values[name])
        and all(_is_for_all(_line(kin.text, spot), days, own) for spot in finder.spots(parameter.proof))
        for name, parameter in each.rule.parameters.items()
        if parameter.unit == "date"
    )


def _kind_of_day(written: str) -> str:
    """How exact a day is in the policy that a rule was written for: 'eind mei' is no 'uiterlijk 30 mei'."""
    return next((value.kind for value, _, _ in find_dates(written)), "")


def _kind(value: ProvenValue) -> str:
    return value.date.kind if value.date is not None else ""


def _is_for_all(line: str, days: set[dt.date], own: set[str]) -> bool:
    """Whether a row or sentence gives its day to all: no other day, no label, no care type that is not `own`."""
    others = {value.last for value, _, _ in find_dates(line)} - days
    return not others and not _LABELLED.search(line) and _care(line) <= own


def _line(text: PolicyText, spot: Spot) -> str:
    end = text.text.find("\n", spot.end)
    return text.text[text.text.rfind("\n", 0, spot.start) + 1 : end if end >= 0 else len(text.text)]


def _care(text: str) -> set[str]:
    return {mention.term.concept for mention in load_thesaurus().find(text) if mention.term.kind in CARE_KINDS}


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}


def _keep(new: ProvenStatement, kept: list[ProvenStatement]) -> None:
    """Add a statement, or its questions to the one that says the same."""
    for place, old in enumerate(kept):
        alike = fuzz.ratio(old.card.says.nl, new.card.says.nl)
        same_spots = bool(new.spots) and set(old.spots) == set(new.spots)
        if alike >= (SAME_SPOT_WORDS if same_spots else SAME_WORDS):
            asks = tuple(dict.fromkeys((*old.card.asks, *new.card.asks)))
            kept[place] = old.model_copy(update={"card": old.card.model_copy(update={"asks": asks})})
            return
    taken = {old.card.id for old in kept}
    name, number = new.card.id, 2
    while name in taken:
        name, number = f"{new.card.id}-{number}", number + 1
    kept.append(new.model_copy(update={"card": new.card.model_copy(update={"id": name}), "is_kin": True}))


def _is_told(new: ProvenRule, kept: Sequence[ProvenRule]) -> bool:
    """Whether a rule of the same name, or one that rests on the very same spots, is there already."""
    spots = _spots(new)
    return any(old.rule.id == new.rule.id or (spots and _spots(old) == spots) for old in kept)


def _spots(rule: ProvenRule) -> set[tuple[int, int]]:
    every = [*rule.spots.values(), *(value.spot for value in rule.values.values())]
    return {(spot.start, spot.end) for spot in every}


def _told_by(rule: Rule) -> str:
    """All that a rule may say in Dutch."""
    return " ".join(_dutch(rule.model_dump()))


def _dutch(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == "nl" and isinstance(inner, str):
                yield inner
            else:
                yield from _dutch(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _dutch(inner)


def _is_of_insurer(family: str, kin: _Kin) -> bool:
    return family in _families() and fold(_families()[family].insurer) in kin.insurers


@cache
def _families() -> dict[str, Policy]:
    """The policy of each family that cards were written for."""
    return {family_of(policy.id, policy.year): policy for policy in read_manifest(_BUNDLED)}

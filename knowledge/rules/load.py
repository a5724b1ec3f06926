"""Reads the bundled card files and checks that they hold together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge.errors import CardError
from knowledge.rules.card import CardFile, ChoiceRule, ContactRule, DeadlineRule, Rule, StartRule, TermRule, all_criteria, facts_of

CARDS_FOLDER = "cards"
COMMON = "common"
"""The file whose facts every other file may use."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # which of the two depends on the build
    """A safe loader whose keys are text as typed, and that refuses a key that stands twice.

    YAML would take `on`, `true` and `false` for values, and would silently keep the last of two equal keys.
    """

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        for key, value in node.value:
            if key.value in mapping:
                raise CardError(f"key {key.value!r} stands twice {key.start_mark}; keep one")
            mapping[key.value] = self.construct_object(value, deep=True)
        return mapping


def read_cards(path: Path) -> CardFile:
    """A card file. Raises CardError naming the file and what is wrong in it."""
    try:
        content = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506  # a safe loader
        cards = CardFile.model_validate(content)
    except (OSError, yaml.YAMLError) as error:
        raise CardError(f"{path.name} cannot be read ({error}); mend the file") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CardError(f"{path.name}: {where}: {first['msg']} ({error.error_count()} faults); mend the card") from error
    return cards


@cache
def bundled_cards() -> tuple[CardFile, ...]:
    """The bundled card files, each with the common facts added. Raises CardError where they contradict themselves."""
    with resources.as_file(resources.files("knowledge.rules") / CARDS_FOLDER) as folder:
        files = [read_cards(path) for path in sorted(folder.glob("*.yaml"))]
    common = [fact for cards in files if cards.policy == COMMON for fact in cards.facts]
    found = tuple(
        cards.model_copy(update={"facts": (*common, *cards.facts)}) for cards in files if cards.policy != COMMON
    )
    for cards in found:
        faults = list(faults_of(cards))
        if faults:
            raise CardError(f"cards of {cards.policy}: {'; '.join(faults)}")
    return found


def faults_of(cards: CardFile) -> Iterator[str]:
    """What contradicts itself in a card file: names used twice, and facts, parameters or options that are not there."""
    counts = Counter(fact.name for fact in cards.facts) + Counter(rule.id for rule in cards.rules)
    yield from (f"{name} stands twice" for name, count in counts.items() if count > 1)
    specs = {fact.name: fact for fact in cards.facts}
    for rule in cards.rules:
        yield from (f"{rule.id}: fact {name} is not defined" for name in facts_of(rule) if name not in specs)
        wanted = [criterion.parameter for criterion in all_criteria(rule) if criterion.parameter]
        wanted += _own_parameters(rule)
        yield from (f"{rule.id}: parameter {name} is not defined" for name in wanted if name not in rule.parameters)
        for criterion in all_criteria(rule):
            spec = specs.get(criterion.fact)
            chosen = [*criterion.one_of, *([criterion.is_] if isinstance(criterion.is_, str) else [])]
            known = {option.value for option in spec.options} if spec else set()
            yield from (f"{rule.id}: {criterion.fact} has no option {value}" for value in chosen if value not in known)


def _own_parameters(rule: Rule) -> list[str]:
    """The parameters that a kind of rule cannot do without."""
    if isinstance(rule, StartRule):
        return ["first_day", *(["apply_by"] if rule.closed else [])]
    if isinstance(rule, TermRule):
        return ["term"]
    if isinstance(rule, DeadlineRule):
        return ["date"]
    if isinstance(rule, ContactRule):
        return ["address"]
    if isinstance(rule, ChoiceRule):
        return [name for case in rule.cases for name in (case.date, case.term) if name]
    return []


def family_of(policy_id: str, year: int) -> str:
    """The family of a policy: its id without the year at its end."""
    return policy_id.removesuffix(f"-{year}")


def fingerprint(cards: CardFile) -> str:
    """Twelve hexadecimal digits that change with any card."""
    return hashlib.sha256(cards.model_dump_json(by_alias=True).encode()).hexdigest()[:12]

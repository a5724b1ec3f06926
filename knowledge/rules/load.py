"""Reads the bundled card files and checks that they hold together."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge.errors import CardError
from knowledge.rules.card import (
    CardFile,
    ChoiceRule,
    ContactRule,
    DeadlineRule,
    Rule,
    StartRule,
    TermRule,
    all_criteria,
    facts_of,
)

CARDS_FOLDER = "cards"
ASKS_FOLDER = "asks"
"""More questions that rules answer, a file for each family: {"rule": id, "asks": [...]} a line."""

PHRASES_FOLDER = "phrases"
"""More ways of telling facts, likewise: {"fact": name, "names": [...], "true": [...], "false": [...]} and `options`."""

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
        raise CardError(
            f"{path.name}: {where}: {first['msg']} ({error.error_count()} faults); mend the card"
        ) from error
    return cards


def with_asks(cards: CardFile, path: Path) -> CardFile:
    """The cards with the questions of a file added; as they are where there is no such file.

    Raises CardError naming the line that cannot be read or that names no rule of the file.
    """
    more = _by_name(path, {rule.id for rule in cards.rules}, "rule")
    rules = [
        rule.model_copy(update={"asks": _joined(rule.asks, [row["asks"] for row in more.get(rule.id, ())])})
        for rule in cards.rules
    ]
    return cards.model_copy(update={"rules": tuple(rules)})


def with_phrases(cards: CardFile, path: Path) -> CardFile:
    """The cards with the ways of telling facts of a file added; as they are where there is no such file.

    Raises CardError naming the line that cannot be read or that names no fact of the file.
    """
    more = _by_name(path, {fact.name for fact in cards.facts}, "fact")
    facts = []
    for fact in cards.facts:
        rows = more.get(fact.name, ())
        added = {
            part: _joined(getattr(fact, part), [row.get(part, ()) for row in rows])
            for part in ("names", "true", "false")
        }
        options = tuple(
            option.model_copy(
                update={"names": _joined(option.names, [row.get("options", {}).get(option.value, ()) for row in rows])}
            )
            for option in fact.options
        )
        facts.append(fact.model_copy(update={**added, "options": options}))
    return cards.model_copy(update={"facts": tuple(facts)})


def _joined(own: Sequence[str], more: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *(str(each) for part in more for each in part))))


def _by_name(path: Path, known: Collection[str], key: str) -> dict[str, list[dict[str, Any]]]:
    """The lines of a file beside the cards, by the rule or fact that each is for."""
    found: dict[str, list[dict[str, Any]]] = {}
    if not path.is_file():
        return found
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            name = row[key]
        except (ValueError, KeyError, TypeError) as error:
            raise CardError(f"{path.name}, line {number}: names no {key} ({error}); mend the line") from error
        if name not in known:
            raise CardError(f"{path.name}, line {number}: {key} {name!r} stands in no card; mend the line")
        found.setdefault(name, []).append(row)
    return found


@cache
def bundled_cards() -> tuple[CardFile, ...]:
    """The bundled card files, each with the common facts added. Raises CardError where they contradict themselves."""
    with resources.as_file(resources.files("knowledge.rules")) as folder:
        files = [
            with_phrases(
                with_asks(read_cards(path), folder / ASKS_FOLDER / f"{path.stem}.jsonl"),
                folder / PHRASES_FOLDER / f"{path.stem}.jsonl",
            )
            for path in sorted((folder / CARDS_FOLDER).glob("*.yaml"))
        ]
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
        return ["first_day"]
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

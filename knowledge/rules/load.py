"""Reads the bundled card files and checks that they hold together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import Field, ValidationError

from knowledge.dutch import fold, stem
from knowledge.errors import CardError
from knowledge.records import Record
from knowledge.rules.card import CardFile, FactSpec
from knowledge.rules.faults import faults_of

CARDS_FOLDER = "cards"
ASKS_FOLDER = "asks"
"""More questions that rules answer, a file for each family: {"rule": id, "asks": [...]} a line."""

PHRASES_FOLDER = "phrases"
"""More ways of telling facts, likewise: {"fact": name, "names": [...], "true": [...], "false": [...]} and `options`."""

ALIKE_FILE = "alike.yaml"
"""Which facts of several files mean the same: lists of names."""

SEVERAL = 3
"""A bare word that so many other facts have in their names is a name of none: 'certificaat'."""

COMMON = "common"
"""The file whose facts every other file may use."""


class CardLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # which of the two depends on the build
    """A safe loader whose keys are text as typed, and that refuses a key that stands twice.

    YAML would take `on`, `true` and `false` for values, and would silently keep the last of two equal keys.
    """

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """A mapping by its keys as they are typed. Raises CardError for a key that stands twice, or is no text."""
        mapping: dict[Any, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise CardError(f"a key that is no text stands {key.start_mark}; give it a name")
            if key.value in mapping:
                raise CardError(f"key {key.value!r} stands twice {key.start_mark}; keep one")
            mapping[key.value] = self.construct_object(value, deep=True)
        return mapping


def read_cards(path: Path) -> CardFile:
    """A card file. Raises CardError naming the file and what is wrong in it."""
    try:
        content = yaml.load(path.read_text("utf-8"), CardLoader)  # noqa: S506  # a safe loader
        cards = CardFile.model_validate(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CardError(f"{path.name} cannot be read ({error}); mend the file") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CardError(
            f"{path.name}: {where}: {first['msg']} ({error.error_count()} faults); mend the card"
        ) from error
    return cards


class _Asks(Record):
    """A line of more questions that a rule answers."""

    rule: str
    asks: tuple[str, ...]


class _Phrases(Record):
    """A line of more ways of telling a fact; `options`: names by the value of an option."""

    fact: str
    names: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


def with_asks(cards: CardFile, path: Path) -> CardFile:
    """The cards with the questions of a file added; as they are where there is no such file.

    Raises CardError naming the line that cannot be read or that names no rule of the file.
    """
    more = _by_name(path, _Asks, "rule", {rule.id for rule in cards.rules})
    rules = [
        rule.model_copy(update={"asks": _joined(rule.asks, [row.asks for row in more.get(rule.id, ())])})
        for rule in cards.rules
    ]
    return cards.model_copy(update={"rules": tuple(rules)})


def with_phrases(cards: CardFile, path: Path) -> CardFile:
    """The cards with the ways of telling facts of a file added; as they are where there is no such file.

    Raises CardError naming the line that cannot be read or that names no fact, or no option of it.
    """
    options = {fact.name: {option.value for option in fact.options} for fact in cards.facts}
    more = _by_name(path, _Phrases, "fact", set(options))
    for name, rows in more.items():
        unknown = sorted({value for row in rows for value in row.options} - options[name])
        if unknown:
            numbers = [number for number, line in enumerate(_lines(path), start=1) if unknown[0] in line]
            raise CardError(f"{path.name}, line {numbers[0]}: {name} has no option {unknown[0]!r}; mend the line")
    return cards.model_copy(update={"facts": tuple(_with_lines(fact, more.get(fact.name, ())) for fact in cards.facts)})


def with_alike(files: Sequence[CardFile], groups: Sequence[Sequence[str]]) -> list[CardFile]:
    """The card files in which yes_no facts of one name, or of one group, have the phrases of all of them."""
    group_of = {name: group[0] for group in groups for name in group}
    alike: dict[str, list[FactSpec]] = {}
    for cards in files:
        for fact in cards.facts:
            alike.setdefault(group_of.get(fact.name, fact.name), []).append(fact)
    taught = []
    for cards in files:
        words = _words_of_names(cards.facts)
        facts = (_with_those_of(fact, alike[group_of.get(fact.name, fact.name)], words) for fact in cards.facts)
        taught.append(cards.model_copy(update={"facts": tuple(facts)}))
    return taught


def _words_of_names(facts: Sequence[FactSpec]) -> dict[str, set[str]]:
    """By word the facts that have it in a name of several words: 'certificaat' is of all kinds of certificates."""
    found: dict[str, set[str]] = {}
    for fact in facts:
        for name in fact.names:
            words = _stems(name)
            for word in words if len(words) > 1 else ():
                found.setdefault(word, set()).add(fact.name)
    return found


def _with_those_of(
    fact: FactSpec, others: Sequence[FactSpec], words_of_names: Mapping[str, Collection[str]]
) -> FactSpec:
    """A fact with the phrases of `others`, but for a bare name of theirs that means several facts here."""
    if fact.kind != "yes_no" or len(others) == 1:
        return fact
    joined = {
        part: _joined(getattr(fact, part), [getattr(other, part) for other in others])
        for part in ("names", "true", "false")
    }
    names = (name for name in joined["names"] if name in fact.names or not _is_shared(fact, name, words_of_names))
    return fact.model_copy(update={**joined, "names": tuple(names)})


def _is_shared(fact: FactSpec, name: str, words_of_names: Mapping[str, Collection[str]]) -> bool:
    """Whether names of several other facts hold the one word that a name is."""
    words = _stems(name)
    return len(words) == 1 and len(set(words_of_names.get(words[0], ())) - {fact.name}) >= SEVERAL


def _stems(name: str) -> list[str]:
    return [stem(word) for word in re.findall(r"\w+", fold(name))]


def _with_lines(fact: FactSpec, rows: Sequence[_Phrases]) -> FactSpec:
    options = tuple(
        option.model_copy(update={"names": _joined(option.names, [row.options.get(option.value, ()) for row in rows])})
        for option in fact.options
    )
    added = {
        part: _joined(getattr(fact, part), [getattr(row, part) for row in rows]) for part in ("names", "true", "false")
    }
    return fact.model_copy(update={**added, "options": options})


def _joined(own: Sequence[str], more: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *(each for part in more for each in part))))


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.is_file() else []


Line = TypeVar("Line", _Asks, _Phrases)


def _by_name(path: Path, shape: type[Line], key: str, known: Collection[str]) -> dict[str, list[Line]]:
    """The lines of a file beside the cards, by the rule or fact that each is for."""
    found: dict[str, list[Line]] = {}
    for number, text in enumerate(_lines(path), start=1):
        try:
            line = shape.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise CardError(
                f"{path.name}, line {number}: {where} {first['msg'].lower()} ({key}); mend the line"
            ) from error
        name = getattr(line, key)
        if name not in known:
            raise CardError(f"{path.name}, line {number}: {key} {name!r} stands in no card; mend the line")
        found.setdefault(name, []).append(line)
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
        alike = folder / PHRASES_FOLDER / ALIKE_FILE
        files = with_alike(files, yaml.safe_load(alike.read_text("utf-8")) if alike.is_file() else ())
    common = [fact for cards in files if cards.policy == COMMON for fact in cards.facts]
    found = tuple(
        cards.model_copy(update={"facts": (*common, *cards.facts)}) for cards in files if cards.policy != COMMON
    )
    for cards in found:
        faults = list(faults_of(cards))
        if faults:
            raise CardError(f"cards of {cards.policy}: {'; '.join(faults)}")
    return found


def family_of(policy_id: str, year: int) -> str:
    """The family of a policy: its id without the year at its end."""
    return policy_id.removesuffix(f"-{year}")


def fingerprint(cards: CardFile) -> str:
    """Twelve hexadecimal digits that change with any card."""
    return hashlib.sha256(cards.model_dump_json(by_alias=True).encode()).hexdigest()[:12]

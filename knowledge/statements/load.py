"""Reads the bundled statement cards and checks that they hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from knowledge.errors import CardError
from knowledge.records import Record
from knowledge.rules.load import CardLoader
from knowledge.statements.card import Absence, Statement, StatementFile

CARDS_FOLDER = "cards"
ASKS_FOLDER = "asks"
"""More questions that statements answer, a file for each family: {"statement": id, "asks": [...]} a line."""

Card = TypeVar("Card", Statement, Absence)


def read_statements(path: Path) -> StatementFile:
    """A file of statement cards. Raises CardError naming the file, the line and what is wrong there."""
    try:
        text = path.read_text("utf-8")
        content = yaml.load(text, CardLoader)  # noqa: S506  # a safe loader
    except (OSError, ValueError, yaml.YAMLError) as error:  # a day that is none is a ValueError
        raise CardError(f"{path.name} cannot be read ({error}); mend the file") from error
    except CardError as error:
        raise CardError(f"{path.name}: {error}") from error
    try:
        return StatementFile.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CardError(
            f"{path.name}, line {_line(text, first['loc'])}: {where}: {first['msg']} ({error.error_count()} faults); "
            "mend the card"
        ) from error


def _line(text: str, place: Sequence[str | int]) -> int:
    """The line on which a value of a YAML text begins, or the nearest thing around it that is there."""
    node = yaml.compose(text, CardLoader)
    for part in place:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == part), None)
        else:
            inner = node.value[part] if isinstance(node, yaml.SequenceNode) and isinstance(part, int) else None
        if inner is None:
            break
        node = inner
    return int(node.start_mark.line) + 1 if node is not None else 1


class _Asks(Record):
    """A line of more questions that a statement answers."""

    statement: str
    asks: tuple[str, ...]


def read_asks(path: Path, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The questions of a file beside the cards, by statement; none where there is no such file.

    Raises CardError naming the line that cannot be read, or whose statement is none of the `known` cards.
    """
    try:
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError) as error:
        raise CardError(f"{path.name} cannot be read ({error}); mend the file") from error
    found: dict[str, tuple[str, ...]] = {}
    for number, text in enumerate(lines, start=1):
        try:
            line = _Asks.model_validate_json(text)
        except ValidationError as error:
            raise CardError(f"{path.name}, line {number} is no line of asks; mend the line") from error
        if line.statement not in known:
            raise CardError(f"{path.name}, line {number}: {line.statement!r} stands in no card; mend the line")
        found[line.statement] = (*found.get(line.statement, ()), *line.asks)
    return found


def with_asks(file: StatementFile, more: Mapping[str, Sequence[str]]) -> StatementFile:
    """The file with more questions, by statement."""
    return file.model_copy(
        update={
            "statements": tuple(_with_more(card, more.get(card.id, ())) for card in file.statements),
            "absences": tuple(_with_more(card, more.get(card.id, ())) for card in file.absences),
        }
    )


def _with_more(card: Card, asks: Sequence[str]) -> Card:
    return card.model_copy(update={"asks": tuple(dict.fromkeys((*card.asks, *asks)))})


@cache
def bundled_statements() -> tuple[StatementFile, ...]:
    """The bundled files of statement cards. Raises CardError where two cards of a policy share an id."""
    with resources.as_file(resources.files("knowledge.statements")) as folder:
        read = {path: read_statements(path) for path in sorted((folder / CARDS_FOLDER).glob("*.yaml"))}
        faults = list(_faults(read))
        if faults:
            raise CardError(f"statement cards: {'; '.join(faults)}; mend them")
        asks = {
            path.stem: read_asks(
                path, {card.id for file in read.values() if file.policy == path.stem for card in file.cards}
            )
            for path in sorted((folder / ASKS_FOLDER).glob("*.jsonl"))
        }
    return tuple(with_asks(file, asks.get(file.policy, {})) for file in read.values())


def _faults(read: Mapping[Path, StatementFile]) -> Iterator[str]:
    """Two cards of a policy with one id, and where they stand."""
    places: dict[tuple[str, str], list[tuple[Path, tuple[str, int, str]]]] = {}
    for path, file in read.items():
        own = [(card.id, ("statements", number, "id")) for number, card in enumerate(file.statements)]
        own += [(card.id, ("absences", number, "id")) for number, card in enumerate(file.absences)]
        for name, place in own:
            places.setdefault((file.policy, name), []).append((path, place))
    for (policy, name), found in places.items():
        if len(found) > 1:
            shown = " and ".join(f"{path.name}, line {_line(path.read_text('utf-8'), place)}" for path, place in found)
            yield f"{policy}.{name} stands in {shown}"

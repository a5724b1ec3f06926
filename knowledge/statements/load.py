"""Reads the bundled statement cards and checks that they hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from knowledge.errors import CardError
from knowledge.records import Record
from knowledge.statements.card import Absence, Statement, StatementFile

CARDS_FOLDER = "cards"
ASKS_FOLDER = "asks"
"""More questions that statements answer, a file for each family: {"statement": id, "asks": [...]} a line."""

AsksById = Mapping[str, Sequence[str]]
Card = TypeVar("Card", Statement, Absence)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_statements(path: Path) -> StatementFile:
    """A file of statement cards. Raises CardError naming the file and what is wrong in it."""
    try:
        return StatementFile.model_validate(yaml.load(path.read_text("utf-8"), _LOADER))  # noqa: S506  # a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CardError(f"{path.name} cannot be read ({error}); mend the file") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        count = error.error_count()
        raise CardError(f"{path.name}: {where}: {first['msg']} ({count} faults); mend the card") from error


class _Asks(Record):
    """A line of more questions that a statement answers."""

    statement: str
    asks: tuple[str, ...]


def read_asks(path: Path) -> dict[str, tuple[str, ...]]:
    """The questions of a file beside the cards, by statement; none where there is no such file.

    Raises CardError naming the line that cannot be read.
    """
    found: dict[str, tuple[str, ...]] = {}
    for number, text in enumerate(path.read_text("utf-8").splitlines() if path.is_file() else (), start=1):
        try:
            line = _Asks.model_validate_json(text)
        except ValidationError as error:
            raise CardError(f"{path.name}, line {number} is no line of asks; mend the line") from error
        found[line.statement] = (*found.get(line.statement, ()), *line.asks)
    return found


def with_asks(
    files: Sequence[StatementFile], asks: Mapping[str, Mapping[str, Sequence[str]]]
) -> Iterator[StatementFile]:
    """The files with the questions of `asks` (by family, by statement) added. Raises CardError for an unknown one."""
    for family, by_statement in asks.items():
        known = {card.id for file in files if file.policy == family for card in file.cards}
        unknown = sorted(set(by_statement) - known)
        if unknown:
            raise CardError(f"asks of {family}: {', '.join(unknown)} stands in no card; mend the line")
    for file in files:
        more = asks.get(file.policy, {})
        yield file.model_copy(
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
        read = [read_statements(path) for path in sorted((folder / CARDS_FOLDER).glob("*.yaml"))]
        asks = {path.stem: read_asks(path) for path in sorted((folder / ASKS_FOLDER).glob("*.jsonl"))}
    files = tuple(with_asks(read, asks))
    faults = list(_faults(files))
    if faults:
        raise CardError(f"statement cards: {'; '.join(faults)}; mend them")
    return files


def _faults(files: Sequence[StatementFile]) -> Iterator[str]:
    ids = Counter((file.policy, card.id) for file in files for card in file.cards)
    for (policy, name), count in ids.items():
        if count > 1:
            yield f"{policy}.{name} stands {count} times"

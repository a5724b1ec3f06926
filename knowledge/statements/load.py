"""Reads the bundled statement cards and checks that they hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from pydantic import ValidationError

from knowledge.errors import CardError
from knowledge.statements.card import StatementFile

CARDS_FOLDER = "cards"

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


@cache
def bundled_statements() -> tuple[StatementFile, ...]:
    """The bundled files of statement cards. Raises CardError where two cards of a policy share an id."""
    with resources.as_file(resources.files("knowledge.statements")) as folder:
        files = tuple(read_statements(path) for path in sorted((folder / CARDS_FOLDER).glob("*.yaml")))
    faults = list(_faults(files))
    if faults:
        raise CardError(f"statement cards: {'; '.join(faults)}; mend them")
    return files


def _faults(files: Sequence[StatementFile]) -> Iterator[str]:
    ids = Counter((file.policy, card.id) for file in files for card in file.cards)
    for (policy, name), count in ids.items():
        if count > 1:
            yield f"{policy}.{name} stands {count} times"

"""`loket replay`: would the same be said today?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import EncoderOption, IndexOption, JsonOption, language_model, open_receipts, settings_of
from api.terminal import waiting
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from api.settings import Settings
    from assistant.answer_receipts import AnswerReceipt

LONGEST_ID = 100


def replay(
    receipt: Annotated[
        str, typer.Argument(metavar="RECEIPT", help="Id of an answer's receipt, or a file that holds one.")
    ],
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a receipt's question again of what is published now; exit with 1 when not the same would be said."""
    settings = settings_of(index, encoder)
    before = _read(receipt, settings)
    from assistant.answer import Assistant
    from assistant.replay import ask_again

    kept: list[AnswerReceipt] = []
    model = language_model(settings) if before.model is not None else None
    with waiting("beleid en zoekmachine laden"):
        assistant = Assistant.open(settings.index, encoder=settings.encoder, model=model, keep=kept.append)
    found = ask_again(before, assistant, kept)
    if as_json:
        print(found.model_dump_json(indent=1))
    else:
        for each in found.differences:
            print(f"{each.what} {each.name}: was {each.before}; is {each.now}")
        print("the same would be said" if found.same else "not the same")
    raise typer.Exit(0 if found.same else 1)


def _read(named: str, settings: Settings) -> AnswerReceipt:
    """The receipt of an id or in a file. Raises ConfigurationError where there is none."""
    path = Path(named)
    if path.suffix or "/" in named or len(named) > LONGEST_ID:
        return _in_file(path)
    store = open_receipts(settings)
    if store is None:
        raise ConfigurationError("no receipts are kept; set LOKET_RECEIPTS to a folder, or give a file")
    found = store.find(named)
    if found is None:
        raise ConfigurationError(f"no receipt of that id is in {settings.receipts}; give another id, or a file")
    return found


def _in_file(path: Path) -> AnswerReceipt:
    """The one receipt that a file holds."""
    from pydantic import ValidationError

    from assistant.answer_receipts import AnswerReceipt

    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read; give a file with a receipt, or an id") from error
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].startswith('{"id"'):
        raise ConfigurationError(f"{path} holds {len(lines)} receipts; give the id of one")
    try:
        return AnswerReceipt.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise ConfigurationError(f"{path} is no receipt of an answer ({where}: {first['msg']}); give one") from error

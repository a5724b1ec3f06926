"""Options that commands share, and what they stand for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.settings import Settings
    from knowledge.bank import QuestionBank

IndexOption = Annotated[Path | None, typer.Option("--index", help="Index folder (default: LOKET_INDEX, or var/index).")]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        help="Name or folder of a sentence-transformers model (default: LOKET_ENCODER, or the bundled one).",
    ),
]
BankOption = Annotated[
    Path | None,
    typer.Option("--bank", help="File or folder of the question bank (default: LOKET_BANK, or the bundled one)."),
]
BanksOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--bank", help="File or folder of the question bank, more than once if need be (default: as for ingest)."
    ),
]
DownloadOption = Annotated[
    bool, typer.Option("--allow-download", help="Fetch the encoder from its hub when it is not on this machine.")
]
TodayOption = Annotated[
    dt.datetime | None, typer.Option("--today", formats=["%Y-%m-%d"], help="The day on which it is asked.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def bundled_policies() -> Path:
    """The folder of the bundled policies."""
    import knowledge

    return Path(str(knowledge.__file__)).parent / "policies"


def settings_of(index: Path | None, encoder: str | None = None, bank: Path | None = None) -> Settings:
    """The settings of the environment, with what the command line gives in their place.

    Raises ConfigurationError for a variable that nothing reads, or a value that does not fit.
    """
    from api.settings import Settings

    chosen = (("index", index), ("encoder", encoder), ("bank", bank))
    given: dict[str, Any] = {name: value for name, value in chosen if value is not None}
    return Settings.from_environment().model_copy(update=given)


def open_bank(*paths: Path | None) -> QuestionBank:
    """The bank of files and folders; the bundled one where none is named. Raises BankError for a line that is none."""
    from knowledge.bank import bundled_bank, read_bank

    named = [path for path in paths if path is not None]
    return read_bank(named) if named else bundled_bank()


def open_banks(paths: Sequence[Path] | None, settings: Settings) -> QuestionBank:
    """The bank that a command was given, or else that of the settings. Raises BankError for a line that is none."""
    return open_bank(*paths) if paths else open_bank(settings.bank)


def today_in_the_netherlands() -> dt.date:
    """The civil day on which a command is given."""
    from zoneinfo import ZoneInfo

    return dt.datetime.now(ZoneInfo("Europe/Amsterdam")).date()

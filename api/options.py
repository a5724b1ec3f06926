"""Options that commands share, and what they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from api.oidc import OpenId
    from api.receipt_store import ReceiptStore
    from api.settings import Settings
    from api.store import Store
    from assistant.model.doors import LanguageModel
    from assistant.model.exchange import ChatLine
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


def language_model(
    settings: Settings, *, record: Path | None = None, replay: Path | None = None
) -> LanguageModel | None:
    """The chat model that answers are worded with; None where none is set.

    `record`: a folder in which its exchanges are kept; `replay`: a folder of such exchanges, which answer in its
    place. Raises ConfigurationError when a model cannot be opened, or a folder does not serve.
    """
    if record is not None and replay is not None:
        raise ConfigurationError("--record and --replay do not go together; give one of them")
    if replay is None and not settings.model.strip():
        if record is not None:
            raise ConfigurationError(
                "no model is set; set LOKET_MODEL (openai:..., ollama:...) to record its exchanges"
            )
        return None
    from assistant.model.doors import LanguageModel

    return LanguageModel(_chat_line(settings, record, replay), settings.model_budget_seconds)


def _chat_line(settings: Settings, record: Path | None, replay: Path | None) -> ChatLine:
    from assistant.model.live import LiveModel
    from assistant.model.tape import Recording, Replaying

    if replay is not None:
        return Replaying(replay)
    live = LiveModel.open(settings.model, settings.model_base_url, timeout_seconds=settings.model_budget_seconds)
    return Recording(live, record) if record is not None else live


def open_receipts(settings: Settings) -> ReceiptStore | None:
    """Where receipts of answers are kept; None where none is."""
    if not settings.receipts.strip():
        return None
    from api.receipt_store import ReceiptStore

    return ReceiptStore(Path(settings.receipts), settings.receipt_days)


def open_id(settings: Settings) -> OpenId | None:
    """What checks tokens of the organisation's own sign-on; None where none is set. Raises ConfigurationError."""
    if not settings.oidc_issuer.strip():
        return None
    from api.oidc import OpenId

    return OpenId(settings.oidc_issuer.strip(), settings.oidc_audience, settings.oidc_role_claim)


@contextmanager
def the_store() -> Iterator[Store]:
    """The store of the settings, closed at the end; for commands. Raises ConfigurationError or StoreError."""
    from api.settings import Settings
    from api.store import open_store

    store = open_store(Settings.from_environment().database_url.get_secret_value())
    try:
        yield store
    finally:
        store.close()


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

"""The commands `loket ask` and `loket search`: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.chroma_commands import vector_server
from api.options import (
    EncoderOption,
    IndexOption,
    JsonOption,
    TodayOption,
    language_model,
    open_receipts,
    settings_of,
    today_in_the_netherlands,
)
from api.terminal import answer_text, explanation, progress_bar, tell_exchanges, waiting
from knowledge.collector import collector_paused
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from api.settings import Settings
    from assistant.answer import Assistant, Keep
    from assistant.model.doors import LanguageModel


def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    today: TodayOption = None,
    insurer: Annotated[str | None, typer.Option(help="Insurer or label.")] = None,
    year: Annotated[int | None, typer.Option(help="Contract year.")] = None,
    care: Annotated[str | None, typer.Option(help="Care type.")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="File with a JSON question a line.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the answers of a batch go, a JSON record a line.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="DIR", help="Keep every exchange with the model in this folder.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option("--replay", metavar="DIR", help="Answer from kept exchanges, without the model.")
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer one question, or a file of questions."""
    _one_or_batch(question, batch, out, "question")
    from api.batch import answer_lines

    configured = settings_of(index, encoder)
    model = language_model(configured, record=record, replay=replay)
    receipts = open_receipts(configured) if batch is None else None  # a batch measures; nobody was answered
    assistant = open_assistant(configured, model, receipts.keep if receipts else None)
    if batch is not None and out is not None:
        with progress_bar() as tell:
            failed = answer_lines(assistant, batch, out, tell)
        tell_exchanges(model)
        raise typer.Exit(1 if failed else 0)
    chosen = {
        name: value for name, value in (("insurer", insurer), ("year", year), ("care", care)) if value is not None
    }
    answer = assistant.answer(str(question), today=today.date() if today else today_in_the_netherlands(), scope=chosen)
    print(answer.model_dump_json(indent=1) if as_json else answer_text(answer))
    tell_exchanges(model)


def search(
    query: Annotated[str | None, typer.Argument(help="The query.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="How many passages.")] = 10,
    batch: Annotated[Path | None, typer.Option("--batch", help="File with a JSON question a line.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the results of a batch go, a JSON record a line.")
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each leg's rank and the nearest question of the bank.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Find the passages that fit a query best."""
    _one_or_batch(query, batch, out, "query")
    from api.batch import search_lines

    assistant = open_assistant(settings_of(index, encoder))
    if batch is not None and out is not None:
        with progress_bar() as tell:
            failed = search_lines(assistant, batch, out, k, tell)
        raise typer.Exit(1 if failed else 0)
    missing = assistant.missing_policy(str(query))
    if missing:
        print(f"loket: {missing}", file=sys.stderr)
    results = assistant.search(str(query), k=k)
    if as_json:
        print(json.dumps([result.model_dump(mode="json") for result in results], ensure_ascii=False, indent=1))
        return
    for result in results:
        page = f", p. {result.page}" if result.page else ""
        path = " > ".join(result.heading_path)
        print(f"{result.rank}. {result.policy_id}, {path}{page}  [{result.relevance:.2f}]")
        if explain:
            print(f"   {explanation(result)}")
        print("   " + result.text.replace("\n", "\n   ") + "\n")


def open_assistant(settings: Settings, model: LanguageModel | None = None, keep: Keep | None = None) -> Assistant:
    """The assistant of the published snapshot, at the Chroma server of the settings; `keep` gets every receipt.

    Raises SnapshotError, EncoderError or ConfigurationError.
    """
    with waiting("beleid en zoekmachine laden"), collector_paused():
        from assistant.answer import Assistant

        server = vector_server(settings.chroma_url)
        return Assistant.open(settings.index, encoder=settings.encoder, model=model, keep=keep, server=server)


def _one_or_batch(text: str | None, batch: Path | None, out: Path | None, what: str) -> None:
    if (text is None) == (batch is None):
        raise ConfigurationError(f"give a {what}, or --batch with a file of them")
    if text is not None and not text.strip():
        raise ConfigurationError(f"the {what} is empty; type one")
    if (batch is None) != (out is None):
        raise ConfigurationError("--batch and --out go together; give both")

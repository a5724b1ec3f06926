"""The console command `loket`. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 the work found problems, 2 wrong use or configuration. Heavy libraries are
imported by the commands that need them, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.bank_commands import bank_app
from api.chroma_commands import chroma_app, sending, vector_server
from api.diff_command import diff
from api.gaps_command import gaps
from api.options import (
    BankOption,
    DownloadOption,
    EncoderOption,
    IndexOption,
    JsonOption,
    TodayOption,
    bundled_policies,
    language_model,
    open_bank,
    open_receipts,
    settings_of,
    today_in_the_netherlands,
)
from api.replay_command import replay as replay_answer
from api.rules_commands import rules_app
from api.store_commands import close_service, open_service, review_app, token_app
from api.terminal import answer_text, explanation, progress_bar, report_text, tell_exchanges, waiting
from api.train_command import train
from knowledge.errors import ConfigurationError, LoketError

if TYPE_CHECKING:
    from api.settings import Settings
    from assistant.answer import Assistant, Keep
    from assistant.model.doors import LanguageModel

app = typer.Typer(
    name="loket",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Answers care providers' questions about procurement policies, with the source of every answer.",
)
app.add_typer(bank_app, name="bank")
app.add_typer(chroma_app, name="chroma")
app.add_typer(rules_app, name="rules")
app.add_typer(token_app, name="token")
app.add_typer(review_app, name="review")
app.command(name="close")(close_service)
app.command(name="open")(open_service)
app.command()(train)
app.command()(diff)
app.command()(gaps)
app.command(name="replay")(replay_answer)


def main() -> None:
    """Run the command line; errors on purpose become one line and an exit code."""
    try:
        app()
    except ConfigurationError as error:
        _fail(error, 2)
    except LoketError as error:
        _fail(error, 1)


def _fail(error: LoketError, code: int) -> None:
    for line in str(error).splitlines():
        print(f"loket: {line}", file=sys.stderr)
    sys.exit(code)


@app.command()
def ingest(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of policy files with a manifest.yaml (default: the bundled policies).")
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    bank: BankOption = None,
    allow_download: DownloadOption = False,
    check: Annotated[bool, typer.Option("--check", help="Read and report; build and publish nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Build a snapshot from a folder of policy files and publish it."""
    from ingest import pipeline
    from knowledge.fitted import encoder_for_bank

    settings = settings_of(index, encoder, bank)
    source = folder or bundled_policies()
    share = sending(settings)
    with progress_bar() as tell:
        questions = open_bank(settings.bank)
        if check:
            report = pipeline.check(source, bank=questions, progress=tell)
        else:
            tell("encoder openen", 0, 1)
            opened = encoder_for_bank(settings.encoder, questions, settings.index, allow_download=allow_download)
            report = pipeline.ingest(source, settings.index, opened, bank=questions, progress=tell, share=share)
    print(report.model_dump_json(indent=1) if as_json else report_text(report))
    share.tell()


@app.command()
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
    assistant = _open_assistant(configured, model, receipts.keep if receipts else None)
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


@app.command()
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

    assistant = _open_assistant(settings_of(index, encoder))
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


@app.command()
def rollback(index: IndexOption = None) -> None:
    """Publish the snapshot before the one that is published now."""
    from knowledge.snapshot_build import rollback as publish_previous

    settings = settings_of(index)
    share = sending(settings)
    print(f"published: {publish_previous(settings.index, share)}")
    share.tell()


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (default: LOKET_HOST, or 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port (default: LOKET_PORT, or 8000).")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that answer (default: LOKET_WORKERS, or 1).")
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Serve the API and the pages."""
    from api.app import serve as run

    chosen = (("host", host), ("port", port), ("workers", workers))
    given = {name: value for name, value in chosen if value is not None}
    settings = settings_of(index, encoder).model_copy(update=given)
    print(f"loket: http://{settings.host}:{settings.port}", file=sys.stderr)
    run(settings)


@app.command()
def mcp(
    policy: Annotated[
        list[str] | None,
        typer.Option("--policy", metavar="ID", help="Only rules of this policy, more than once if need be."),
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    language: Annotated[
        str, typer.Option("--language", help="Language of descriptions and outcomes: nl or en.")
    ] = "nl",
) -> None:
    """Serve the rules, the planned dates and the search as tools to a chat model, by MCP over stdin and stdout."""
    if language not in ("nl", "en"):
        raise ConfigurationError("--language is nl or en")
    from api.mcp_server import serve_stdio

    serve_stdio(_open_assistant(settings_of(index, encoder)), today_in_the_netherlands, language, policy or ())


@app.command()
def settings() -> None:
    """Describe the settings: environment variables, their meaning and their values now."""
    from api.settings import PREFIX, Settings

    now = Settings.from_environment()
    for name, described in Settings.model_fields.items():
        print(f"{PREFIX}{name.upper()}={getattr(now, name)}\n    {described.description}")


@app.command(name="eval")
def evaluate(
    cases: Annotated[
        list[Path] | None, typer.Option("--cases", help="Files of cases (default: the bundled ones).")
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the answers, the scores and the report.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="DIR", help="Folder of an earlier run to compare with.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="DIR", help="Folder of an earlier run: its answers are judged anew."),
    ] = None,
    language: Annotated[str, typer.Option("--language", help="Language of the report: nl or en.")] = "nl",
    hold: Annotated[bool, typer.Option("--hold", help="Exit with 1 when a threshold in git is not met.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Answer curated questions and score the answers."""
    from evals.report import gaps_of, read_judgements, render
    from evals.run import run_suite
    from knowledge.on_file import read_on_file

    if language not in ("nl", "en"):
        raise ConfigurationError("--language is nl or en")
    if against is not None and out is None:
        raise ConfigurationError("--against is told in the report; give --out as well")
    earlier = read_judgements(against) if against is not None else None
    configured = settings_of(index, encoder)
    if index is None and not (configured.index / "CURRENT").is_file():
        ingest(index=configured.index, encoder=encoder)
    with progress_bar() as tell:
        result, run = run_suite(_open_assistant(configured), cases, out, tell, answered=answers)
    if out is not None:
        on_file = read_on_file(configured.index)
        page = render(run, earlier=earlier, gaps=gaps_of(run, on_file), language=language)
        (out / "report.html").write_text(page, "utf-8")
        print(f"loket: {out / 'report.html'}", file=sys.stderr)
    print(result.model_dump_json(indent=1) if as_json else result.table())
    if hold and result.below:
        for line in result.below:
            print(f"loket: {line}", file=sys.stderr)
        raise typer.Exit(1)


def _open_assistant(settings: Settings, model: LanguageModel | None = None, keep: Keep | None = None) -> Assistant:
    with waiting("beleid en zoekmachine laden"):
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


if __name__ == "__main__":
    main()

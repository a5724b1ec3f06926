"""The console command `loket`. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 the work found problems, 2 wrong use or configuration. Heavy libraries are
imported by the commands that need them, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.ask_commands import ask, open_assistant, search
from api.bank_commands import bank_app
from api.chroma_commands import chroma_app, sending
from api.diff_command import diff
from api.gaps_command import gaps
from api.options import (
    BankOption,
    DownloadOption,
    EncoderOption,
    IndexOption,
    JsonOption,
    bundled_policies,
    open_bank,
    settings_of,
    today_in_the_netherlands,
)
from api.replay_command import replay as replay_answer
from api.rules_commands import rules_app
from api.store_commands import close_service, open_service, review_app, token_app
from api.terminal import progress_bar, report_text
from api.train_command import train
from knowledge.collector import collector_paused
from knowledge.errors import ConfigurationError, LoketError

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
app.command()(ask)
app.command()(search)
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
    with collector_paused():
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

    serve_stdio(open_assistant(settings_of(index, encoder)), today_in_the_netherlands, language, policy or ())


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
        result, run = run_suite(open_assistant(configured), cases, out, tell, answered=answers)
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


if __name__ == "__main__":
    main()

"""`loket bank`: looks after the question bank."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import BanksOption, IndexOption, JsonOption, open_banks, settings_of
from api.terminal import progress_bar
from knowledge.errors import ConfigurationError, ModelError

if TYPE_CHECKING:
    from evals.bank_check import BankFindings
    from ingest.propose import Drafter
    from knowledge.records import Passage, PolicyText

bank_app = typer.Typer(no_args_is_help=True, help="Look after the question bank: check it, draft questions for it.")


@bank_app.command()
def check(
    bank: BanksOption = None,
    index: IndexOption = None,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", help="File of questions that the bank must not know, more than once if need be."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold the bank against the published policies, and against questions that it must not know."""
    from evals.bank_check import check_bank
    from evals.duplicates import read_questions

    settings = settings_of(index)
    unseen = [question for path in against or () for question in read_questions(path)]
    findings = check_bank(open_banks(bank, settings), _published(settings.index), unseen)
    print(findings.model_dump_json(indent=1) if as_json else _findings_text(findings))
    raise typer.Exit(1 if findings.problems else 0)


@bank_app.command()
def propose(
    out: Annotated[
        Path, typer.Option("--out", help="File for the proposals; one that is there already is gone on with.")
    ],
    bank: BanksOption = None,
    index: IndexOption = None,
    model: Annotated[
        str | None, typer.Option("--model", help="LangChain chat model, as provider:name (default: LOKET_MODEL).")
    ] = None,
    per_passage: Annotated[
        int, typer.Option("--per-passage", min=1, max=20, help="The most questions for one passage.")
    ] = 6,
) -> None:
    """Draft questions, with a chat model, for passages that no question leads to; a person must approve them."""
    from assistant.model import ask_model, open_model
    from ingest.propose import Drafter, bare_passages
    from knowledge.bank import QuestionBank, read_bank

    if out.is_dir() or not out.absolute().parent.is_dir():
        raise ConfigurationError(f"{out} cannot be written; give --out a file in a folder that is there")
    settings = settings_of(index)
    opened = open_model(settings.model if model is None else model, settings.model_base_url)
    earlier = read_bank([out], proposals=True).lines if out.exists() else ()
    known = QuestionBank((*open_banks(bank, settings).lines, *earlier))
    drafter = Drafter(partial(ask_model, opened), known, per_passage=per_passage)
    _draft_into(out, drafter, bare_passages(_published(settings.index), known))


def _draft_into(out: Path, drafter: Drafter, bare: list[tuple[PolicyText, Passage]]) -> None:
    """Add the lines of each passage as they come, so that an error costs nothing drafted before it."""
    from knowledge.bank import as_row

    questions, dropped = 0, Counter[str]()
    with progress_bar() as tell:
        for number, (text, passage) in enumerate(bare):
            tell(passage.id, number, len(bare))
            try:
                drafted = drafter.draft(text, passage)
            except ModelError as error:
                raise ModelError(f"{passage.id}: {error}; {questions} questions drafted are kept in {out}") from error
            _append(out, [as_row(line) for line in drafted.lines])
            questions += drafted.questions
            dropped += drafted.dropped
    print(f"passages without a question: {len(bare)}; questions drafted: {questions}")
    for fault, count in dropped.most_common():
        print(f"    dropped: {fault} ({count}x)")
    if questions:
        print(f'written: {out}; set "approved" to true on the lines that are good, take the others away,')
        print("    put the file with the bank and run 'loket bank check'")


def _append(out: Path, rows: list[str]) -> None:
    try:
        with out.open("a", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in rows)
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written ({error.strerror}); give another file") from error


def _published(index: Path) -> tuple[PolicyText, ...]:
    """The policies of the published snapshot."""
    from knowledge.snapshot import open_snapshot

    snapshot = open_snapshot(index)
    snapshot.close()
    return tuple(snapshot.texts.values())


def _findings_text(findings: BankFindings) -> str:
    """Counts, a line a problem, and the passages without a question."""
    lines = [f"{findings.lines} lines, {findings.questions} questions"]
    if findings.elsewhere:
        lines.append(f"not judged, for policies or a kind of text not on file: {findings.elsewhere} lines")
    lines += [f"    problem: {problem}" for problem in findings.problems]
    if findings.bare:
        lines.append(f"passages without a question: {len(findings.bare)}")
        lines += [f"    {passage.passage_id}: {' > '.join(passage.heading_path)}" for passage in findings.bare]
    found = len(findings.problems)
    lines.append(f"checked; {found} problem{'' if found == 1 else 's'}")
    return "\n".join(lines)

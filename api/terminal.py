"""What the console command shows: what is waited for, progress, reports and answers."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.model.doors import LanguageModel
    from assistant.turn import Answer
    from ingest.report import Report
    from knowledge.search import SearchResult


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Names on stderr what is waited for; on a terminal the line goes when it is done."""
    terminal = sys.stderr.isatty()
    started = time.perf_counter()
    print(f"loket: {what} ...", end="" if terminal else "\n", file=sys.stderr, flush=True)
    yield
    if terminal:
        print(f"\r\033[K\033[2mloket: {what} ({time.perf_counter() - started:.1f} s)\033[0m", file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, whole: bar.update(task, description=what[:40], completed=done, total=whole)


def report_text(report: Report) -> str:
    """What an ingest did, a line a policy and a line an oddity."""
    lines = []
    for policy in report.policies:
        pages = f"{policy.pages} pages, " if policy.pages else ""
        unchanged = ", unchanged" if policy.reused else ""
        counts = f"{policy.sections} sections, {policy.passages} passages, {policy.facts} facts"
        lines.append(f"{policy.policy_id}: {pages}{counts}, {len(policy.oddities)} oddities{unchanged}")
        lines += [f"    {oddity}" for oddity in policy.oddities]
        if policy.rules_proven or policy.rules_refused:
            lines.append(f"    rules: {len(policy.rules_proven)} proven, {len(policy.rules_refused)} refused")
            lines += [f"    refused: {line}" for line in policy.rules_refused]
        if policy.statements_proven or policy.statements_refused:
            proven, refused = len(policy.statements_proven), len(policy.statements_refused)
            lines.append(f"    statements: {proven} proven, {refused} refused")
            lines += [f"    refused: {line}" for line in policy.statements_refused]
    lines += list(report.changes)
    if report.questions.questions or report.questions.loose:
        lines.append(f"question bank: {report.questions.questions} questions tied")
        lines += [f"    not tied: {line}" for line in report.questions.loose]
    if report.published:
        lines.append(f"published: {report.snapshot_id}")
    elif report.snapshot_id:
        lines.append(f"nothing changed; published stays: {report.snapshot_id}")
    else:
        lines.append("checked; nothing built or published")
    return "\n".join(lines)


def tell_exchanges(model: LanguageModel | None) -> None:
    """Say on stderr how many exchanges with a model were kept, or were looked for in vain."""
    line = model.line if model is not None else None
    kept, missing = getattr(line, "kept", 0), getattr(line, "missing", 0)
    if kept:
        print(f"loket: {kept} exchanges with the model kept", file=sys.stderr)
    if missing:
        print(f"loket: {missing} exchanges were not kept; what they were for is composed", file=sys.stderr)


def explanation(result: SearchResult) -> str:
    """Each leg's rank of a passage, and the bank's nearest question that it answers."""
    ranks = ", ".join(f"{leg} {'-' if rank is None else rank}" for leg, rank in result.leg_ranks.items())
    return f"ranks: {ranks}" + (f"; nearest question: {result.nearest_question}" if result.nearest_question else "")


def answer_text(answer: Answer) -> str:
    """An answer with its citations, the question asked back and the notices."""
    lines = [answer.text, ""]
    for citation in answer.citations:
        page = f", p. {citation.page}" if citation.page else ""
        path = " > ".join(citation.heading_path)
        lines.append(f"[{citation.label}] {citation.policy_title} ({citation.insurer}), {path}{page}")
        lines.append("    " + " ".join(citation.quote.split()))
    if answer.clarification:
        lines += [
            "",
            answer.clarification.question,
            *(f"  - {option.label}" for option in answer.clarification.options),
        ]
    lines += [f"({notice})" for notice in answer.notices]
    return "\n".join(lines).rstrip()

"""`loket gaps`: for the owner of a policy, what was asked and not found, asked back, and left unclear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import IndexOption, JsonOption, settings_of
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.settings import Settings
    from evals.gaps import Asked, Gaps

MOST_SHOWN = 20
_WORDS = {
    "nl": {
        "asked": "{count} vragen gelezen",
        "not_found": "Gevraagd en niet gevonden",
        "asked_back": "Passages waarover moest worden teruggevraagd",
        "contradicts": "Plaatsen die elkaar tegenspreken",
        "open": "Plaatsen die iets open laten",
        "also": "ook: {text}",
        "used": "{count} keer gebruikt",
        "more": "en nog {count}",
        "none": "geen",
    },
    "en": {
        "asked": "{count} questions read",
        "not_found": "Asked and not found",
        "asked_back": "Passages over which the asker had to be asked something",
        "contradicts": "Places that contradict each other",
        "open": "Places that leave something open",
        "also": "also: {text}",
        "used": "used {count} times",
        "more": "and {count} more",
        "none": "none",
    },
}


def gaps(
    receipts: Annotated[
        Path | None,
        typer.Option("--receipts", metavar="DIR", help="Folder of receipts (default: LOKET_RECEIPTS)."),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Read the answers of a run instead, a JSON record a line."),
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions", metavar="FILE", help="The questions of --answers (default: cases.jsonl in its folder)."
        ),
    ] = None,
    index: IndexOption = None,
    language: Annotated[str, typer.Option("--language", help="Language of the headings: nl or en.")] = "nl",
    as_json: JsonOption = False,
) -> None:
    """Tell a policy's owner what was asked and not found, asked back over, and where the policy is unclear."""
    from evals.gaps import find_gaps
    from knowledge.on_file import read_on_file

    if language not in _WORDS:
        raise ConfigurationError(f"--language {language} is not there; give nl or en")
    settings = settings_of(index)
    asked = _from_answers(answers, questions) if answers is not None else list(_from_receipts(receipts, settings))
    on_file = read_on_file(settings.index)
    found = find_gaps(asked, on_file.texts, on_file.rules)
    print(found.model_dump_json(indent=1) if as_json else gaps_text(found, language))


def gaps_text(found: Gaps, language: str) -> str:
    """The gaps as text, at most `MOST_SHOWN` of each."""
    words = _WORDS[language]
    lines = [words["asked"].format(count=found.asked)]
    missing = []
    for gap in found.not_found:
        where = f" [{', '.join(gap.policies)}]" if gap.policies else ""
        missing.append(f"{gap.count} x  {gap.question}  ({gap.status}){where}")
        missing += [f"       {words['also'].format(text=each)}" for each in gap.wordings]
    lines += _part(words["not_found"], missing, words)
    back = [
        line
        for each in found.asked_back
        for line in (
            f"{each.count} x  {each.place}",
            *(f"       {text}" for text in each.questions),
        )
    ]
    lines += _part(words["asked_back"], back, words)
    for kind in ("contradicts", "open"):
        doubts = [
            f"{each.policy_id}, {each.section}: {each.note}"
            + (f" ({words['used'].format(count=each.used)})" if each.used else "")
            for each in found.doubts
            if each.kind == kind
        ]
        lines += _part(words[kind], doubts, words)
    return "\n".join(lines)


def _part(title: str, lines: list[str], words: dict[str, str]) -> Iterator[str]:
    yield from ("", f"{title}:")
    yield from (f"    {line}" for line in lines[:MOST_SHOWN] or [words["none"]])
    if len(lines) > MOST_SHOWN:
        yield f"    {words['more'].format(count=len(lines) - MOST_SHOWN)}"


def _from_receipts(folder: Path | None, settings: Settings) -> Iterator[Asked]:
    from api.receipt_store import ReceiptStore
    from evals.gaps import from_receipt

    named = folder or (Path(settings.receipts) if settings.receipts.strip() else None)
    if named is None or not named.is_dir():
        raise ConfigurationError(
            f"{named or 'LOKET_RECEIPTS'} is no folder of receipts; name one with --receipts, or give --answers"
        )
    yield from map(from_receipt, ReceiptStore(named, settings.receipt_days).all())


def _from_answers(answers: Path, questions: Path | None) -> list[Asked]:
    from assistant.turn import Answer
    from evals.case import read_records
    from evals.gaps import QuestionLine, from_answer

    lines = read_records(questions or answers.parent / "cases.jsonl", QuestionLine, "question")
    asked = {each.id: each.question for each in lines}
    given = read_records(answers, Answer, "answer")
    missing = next((each.id for each in given if each.id not in asked), None)
    if missing is not None:
        raise ConfigurationError(f"{answers} answers {missing}, which the questions do not hold; give their own file")
    return [from_answer(asked[each.id or ""], each) for each in given]

"""What is wrong with a question bank, seen from the policies it is for and from questions it must not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from evals.duplicates import Question, alike_across, question
from knowledge.bank import MAX_TIES, BankLine, QuestionBank
from knowledge.records import PolicyText, Record


class BarePassage(Record):
    """A passage that no question of the bank leads to."""

    passage_id: str
    heading_path: tuple[str, ...]


class BankFindings(Record):
    """Counts, faults with a line each, and the passages without questions, which are no fault.

    `lines` are the lines judged; `elsewhere` those of policies, or of a kind of text, not on file.
    """

    lines: int
    questions: int
    elsewhere: int
    problems: tuple[str, ...]
    bare: tuple[BarePassage, ...]


def check_bank(bank: QuestionBank, texts: Sequence[PolicyText], against: Sequence[Question] = ()) -> BankFindings:
    """Judge the lines of `bank` by the policies `texts`, and its questions by those of `against`."""
    kinds = {(text.policy.id, text.policy.authority) for text in texts}
    here = [line for line in bank.lines if any(_is_for(line, *kind) for kind in kinds)]
    ties = QuestionBank(tuple(here)).tie(texts)
    answered = {place for tied in ties.questions for place in tied.passages}
    passages = [passage for text in texts for passage in text.passages]
    faults = [
        *(f"{_named(line)}: stands nowhere" for line in ties.loose),
        *(f"{_named(line)}: stands in more than {MAX_TIES} passages" for line in ties.broad),
        *_same_spots(here),
        *_alike(here, against),
    ]
    return BankFindings(
        lines=len(here),
        questions=sum(len(line.questions) for line in here),
        elsewhere=len(bank.lines) - len(here),
        problems=tuple(dict.fromkeys(faults)),
        bare=tuple(
            BarePassage(passage_id=passage.id, heading_path=passage.heading_path)
            for place, passage in enumerate(passages)
            if place not in answered
        ),
    )


def _is_for(line: BankLine, policy_id: str, authority: str) -> bool:
    return line.policy_id == policy_id and line.authority in (None, authority)


def _named(line: BankLine) -> str:
    return f"{line.policy_id}, section {' or '.join(line.sections)}: key {' + '.join(line.key)!r}"


def _same_spots(lines: Iterable[BankLine]) -> Iterator[str]:
    """A line for every spot that two lines name; lines for different kinds of text name different spots."""
    spots: dict[object, list[BankLine]] = {}
    for line in lines:
        spots.setdefault(line.spot, []).append(line)
    for same in spots.values():
        kinds = [line.authority for line in same]
        if len(same) > 1 and (None in kinds or len(set(kinds)) < len(kinds)):
            yield f"{_named(same[0])}: the spot of {len(same)} lines; make them one"


def _alike(lines: Iterable[BankLine], against: Sequence[Question]) -> Iterator[str]:
    """A line for every question that is too alike to others; of those only the ids are told."""
    own = [question(_named(line), text) for line in lines for text in line.questions]
    for (name, text), pairs in groupby(alike_across(own, against), key=lambda pair: (pair.own.id, pair.own.text)):
        yield f"{name}: too alike to {', '.join(pair.other.id for pair in pairs)}: {text!r}"

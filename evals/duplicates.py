"""Questions that are too alike: inside a file of cases, and between it and files that must stay unseen.

Run: python -m evals.duplicates FILE --against FILE [FILE...]

A file holds one JSON object a line: a case with a `question`, or a passage with its `questions`.
Only ids and the questions of FILE are printed, never a question of the other files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from evals.case import fold_answer
from knowledge import dutch
from knowledge.errors import UnreadableFile

ALIKE = 85.0
"""Likeness, of 100, from which two questions are too alike."""

ALIKE_WITH_SAME_CLAIM = 70.0
"""The same for two questions whose answers must hold the same, proven by the same policies."""

SHARED_PART = 0.5
"""Part of the longer question's words that both must hold before their order and the rest are left out of account.

Without it a question of three words, two of them an insurer's name, is like every question about that insurer.
"""


@dataclass(frozen=True)
class Question:
    """A question, its words that say something, and what its answer must hold (None: not known)."""

    id: str
    text: str
    words: tuple[str, ...]
    claim: str | None = None


@dataclass(frozen=True)
class Pair:
    """Two questions that are too alike; `likeness` runs to 100, the same words."""

    own: Question
    other: Question
    likeness: float


def question(name: str, text: str, claim: str | None = None) -> Question:
    """The question `text` with the id `name` and the words that likeness is measured on."""
    return Question(name, text, tuple(word for word in dutch.words(text) if word not in dutch.STOP_WORDS), claim)


def likeness(one: Question, other: Question) -> float:
    """How alike two questions are in their words, from 0 to 100; 0 where one has none."""
    if not one.words or not other.words:
        return 0.0
    mine, theirs = set(one.words), set(other.words)
    shares_much = len(mine & theirs) >= SHARED_PART * max(len(mine), len(theirs))
    score = fuzz.token_set_ratio if shares_much else fuzz.token_sort_ratio
    left, right = " ".join(one.words), " ".join(other.words)
    return max(float(score(left, right)), float(fuzz.ratio(left, right)))


def too_alike(pairs: Iterable[tuple[Question, Question]]) -> Iterator[Pair]:
    """The pairs that reach their threshold, in order."""
    for own, other in pairs:
        value = likeness(own, other)
        same_claim = own.claim is not None and own.claim == other.claim
        if value >= (ALIKE_WITH_SAME_CLAIM if same_claim else ALIKE):
            yield Pair(own, other, value)


def duplicates(own: Sequence[Question], others: Sequence[Question] = ()) -> tuple[Pair, ...]:
    """Pairs that are too alike: among `own` themselves, then of `own` with `others`."""
    return (*too_alike(combinations(own, 2)), *too_alike(product(own, others)))


def alike_across(own: Sequence[Question], others: Sequence[Question]) -> tuple[Pair, ...]:
    """What `too_alike` finds between `own` and `others`, for thousands of questions, in their order.

    Only pairs are looked at that share enough words, or whose letters, in order or word by word, come
    near enough: no other pair can reach the threshold.
    """
    if not own or not others:
        return ()
    least = ALIKE_WITH_SAME_CLAIM if any(question.claim for question in own) else ALIKE
    near = _share_much(own, others)
    for arranged in (tuple, sorted):
        left, right = ([" ".join(arranged(question.words)) for question in side] for side in (own, others))
        near |= process.cdist(left, right, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32) > 0
    return tuple(too_alike((own[row], others[column]) for row, column in np.argwhere(near)))


def _share_much(own: Sequence[Question], others: Sequence[Question]) -> npt.NDArray[np.bool_]:
    """For every pair whether both hold SHARED_PART of the longer one's words."""
    holds: dict[str, npt.NDArray[np.float32]] = {}
    for column, other in enumerate(others):
        for word in set(other.words):
            holds.setdefault(word, np.zeros(len(others), np.float32))[column] = 1
    lengths = np.array([len(set(other.words)) for other in others])
    near = np.zeros((len(own), len(others)), np.bool_)
    for row, mine in enumerate(set(question.words) for question in own):
        known = [holds[word] for word in mine if word in holds]
        if known:
            near[row] = np.sum(known, axis=0) >= SHARED_PART * np.maximum(lengths, len(mine))
    return near


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file of cases or of a question bank, in its order.

    Raises UnreadableFile where a line is neither.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} cannot be read as a file of questions: {error}; give a JSONL file") from error
    return tuple(
        found
        for number, line in enumerate(lines, 1)
        if line.strip()
        for found in _questions_of(line, path.stem, number, f"{path}:{number}")
    )


def _questions_of(line: str, stem: str, number: int, place: str) -> Iterator[Question]:
    try:
        row: dict[str, Any] = json.loads(line)
        if "questions" in row:
            asked: list[tuple[str, Any, str | None]] = [
                (f"{stem}:{number}.{index}", text, None) for index, text in enumerate(row["questions"], 1)
            ]
        else:
            asked = [(row["id"], row["question"], _claim(row))]
        if not all(isinstance(text, str) for _, text, _ in asked):
            raise TypeError("a question is text")
    except (ValueError, KeyError, TypeError) as error:
        # no cause is chained: its message may hold a part of a line that must stay unseen
        raise UnreadableFile(f"{place} holds no question ({type(error).__name__}); give a case or a passage") from None
    for name, text, claim in asked:
        yield question(name, text, claim)


def _claim(row: dict[str, Any]) -> str | None:
    """What the answer must hold and which policies prove it, as one text; None where nothing is asked of it."""
    if not row.get("must"):
        return None
    groups = sorted(fold_answer(group[0]) for group in row["must"])
    return " | ".join([*groups, *sorted({proof["doc"] for proof in row.get("evidence", ())})])


def main(arguments: list[str] | None = None) -> int:
    """Print the pairs that are too alike; 0 when there are none, 1 when there are, 2 for a file that is no use."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--against", type=Path, metavar="FILE", nargs="+", default=[])
    given = parser.parse_args(arguments)
    try:
        own = read_questions(given.file)
        found = duplicates(own, [other for path in given.against for other in read_questions(path)])
    except UnreadableFile as error:
        print(error, file=sys.stderr)
        return 2
    for pair in found:
        print(f"{pair.likeness:5.1f}  {pair.own.id}  {pair.other.id}  {pair.own.text}")
    print(f"{len(found)} pairs too alike among {len(own)} questions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""How well search bears untidy questions: typing errors, lost accents, another word order, capitals.

Run: python -m evals.robustness --policies DIR [--bank PATH] [--count 200] [--seed 1]

Questions of the bank are drawn and taken out of it before an index is built in a temporary folder,
so that none finds itself. Each is searched for as it is and perturbed in each way; a passage answers
when the bank ties the question to it. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Assistant
from evals.legs import some, without
from ingest.pipeline import read_policies
from knowledge.bank import QuestionBank, TiedQuestion, bundled_bank, phrase_key, read_bank
from knowledge.dutch import fold
from knowledge.encoder import open_encoder
from knowledge.errors import LoketError
from knowledge.records import PolicyText
from knowledge.snapshot_build import build_snapshot

BEST = 5
"""Passages read of each search."""
LETTERS_AN_ERROR, MOST_ERRORS = 12, 3
"""One typing error for so many letters of a question, and the most that it gets."""
SHORTEST_MISTYPED = 4
"""A shorter word with an error in it is another word, or none that anybody could read."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_MISTYPED},}}")

Search = Callable[[str], Sequence[str]]
"""A query to the ids of passages, best first."""


@dataclass(frozen=True)
class Asked:
    """A question and the ids of the passages that answer it."""

    text: str
    passage_ids: frozenset[str]


@dataclass(frozen=True)
class Robustness:
    """What one perturbation does, in shares from 0 to 1.

    `stays`: of the questions answered among the best as they were typed, those that still are.
    `found`: of all questions, those answered among the best.
    """

    name: str
    stays: float
    found: float


def mistyped(question: str, chance: random.Random) -> str:
    """`question` with one typing error for each `LETTERS_AN_ERROR` letters, at least one and at most `MOST_ERRORS`.

    Each is in a word of its own, longer words first in line; numbers, e-mail addresses and links stay as they are.
    """
    tokens = re.split(r"(\s+)", question)
    open_to_error = [place for place, token in enumerate(tokens) if _can_be_mistyped(token)]
    letters = sum(character.isalpha() for character in question)
    wanted = min(MOST_ERRORS, max(1, letters // LETTERS_AN_ERROR), len(open_to_error))
    for place in chance.sample(open_to_error, wanted):
        match = chance.choice(list(_WORD.finditer(tokens[place])))
        token = tokens[place]
        tokens[place] = token[: match.start()] + _with_error(match.group(), chance) + token[match.end() :]
    return "".join(tokens)


def without_accents(question: str, _chance: random.Random) -> str:
    """`question` in lower case without accents."""
    return fold(question)


def shuffled(question: str, chance: random.Random) -> str:
    """The words of `question` in another order."""
    return " ".join(chance.sample(tokens := question.split(), len(tokens)))


def in_capitals(question: str, _chance: random.Random) -> str:
    """`question` in capitals."""
    return question.upper()


PERTURBATIONS: Mapping[str, Callable[[str, random.Random], str]] = {
    "typing errors": mistyped,
    "without accents": without_accents,
    "words reordered": shuffled,
    "in capitals": in_capitals,
}


def measure(search: Search, questions: Sequence[Asked], seed: int) -> list[Robustness]:
    """The figures of the unperturbed questions first, then those of each perturbation; `seed` fixes the errors."""
    answered = [_is_answered(search, asked, asked.text) for asked in questions]
    figures = [Robustness("as typed", 1.0 if any(answered) else 0.0, _share(answered))]
    for name, perturb in PERTURBATIONS.items():
        chance = random.Random(f"{seed} {name}")  # noqa: S311  # not for secrets
        still = [_is_answered(search, asked, perturb(asked.text, chance)) for asked in questions]
        stays = [after for before, after in zip(answered, still, strict=True) if before]
        figures.append(Robustness(name, _share(stays), _share(still)))
    return figures


def table(figures: Iterable[Robustness], questions: int) -> str:
    """The figures as text, a line each."""
    lines = [f"{questions} questions; a passage that answers among the first {BEST}"]
    lines.append(f"{'':16s} stays  of all")
    lines += [f"{row.name:16s} {row.stays:5.3f}   {row.found:5.3f}" for row in figures]
    return "\n".join(lines)


def _can_be_mistyped(token: str) -> bool:
    is_left_alone = "@" in token or "www." in token.lower() or "://" in token or any(c.isdigit() for c in token)
    return not is_left_alone and _WORD.search(token) is not None


def _with_error(word: str, chance: random.Random) -> str:
    """`word` with two letters swapped, or a letter lost, doubled, or slipped to its neighbour on the keyboard."""
    place = chance.randrange(len(word))
    swaps = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    ways = [word[:place] + word[place + 1 :], word[: place + 1] + word[place:]]
    if swaps:
        at = chance.choice(swaps)
        ways.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    beside = _beside(word[place].lower())
    if beside:
        ways.append(word[:place] + chance.choice(beside) + word[place + 1 :])
    return chance.choice(ways)


def _beside(letter: str) -> str:
    """The letters left and right of this one on a keyboard; none for an accented letter."""
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return ""


def _is_answered(search: Search, asked: Asked, text: str) -> bool:
    return not asked.passage_ids.isdisjoint(search(text)[:BEST])


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def run(texts: Sequence[PolicyText], bank: QuestionBank, *, count: int, seed: int) -> list[Robustness]:
    """The figures of `count` questions of the bank over an index that does not hold them."""
    passages = [passage for text in texts for passage in text.passages]
    drawn: list[TiedQuestion] = some(bank.tie(texts).questions, count, seed)
    left = without(bank, {phrase_key(question.text) for question in drawn})
    asked = [Asked(q.text, frozenset(passages[place].id for place in q.passages)) for q in drawn]
    encoder = open_encoder()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(build_snapshot(Path(folder) / "index", texts, encoder, bank=left), encoder)
        return measure(lambda text: [result.passage_id for result in assistant.search(text, k=BEST)], asked, seed)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 0, or 2 where the policies or the bank cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=Path, required=True, help="folder of policies with a manifest.yaml")
    parser.add_argument("--bank", type=Path, help="the question bank (default: the bundled one)")
    parser.add_argument("--count", type=int, default=200, help="questions drawn (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="fixes the draw and the errors (default 1)")
    given = parser.parse_args(arguments)
    try:
        bank = read_bank([given.bank]) if given.bank else bundled_bank()
        texts = sorted(read_policies(given.policies), key=lambda text: text.policy.id)
        print(table(run(texts, bank, count=given.count, seed=given.seed), given.count))
    except LoketError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

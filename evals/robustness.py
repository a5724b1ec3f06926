"""How well search bears untidy questions: typing errors, lost accents, another word order, capitals.

Run: python -m evals.robustness --index DIR --questions FOLDER [--count 200] [--seed 1]

FOLDER holds <policy id>.jsonl, a question bank: a line names the `sections` of the passages that
answer, the `key` phrases that stand in them, and the `questions`. Each drawn question is searched
for as it is and perturbed in each way; nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Assistant
from knowledge.dutch import fold
from knowledge.errors import LoketError, UnreadableFile
from knowledge.search import SearchResult

BEST = 5
"""Passages read of each search."""
LETTERS_AN_ERROR, MOST_ERRORS = 12, 3
"""One typing error for so many letters of a question, and the most that it gets."""
SHORTEST_MISTYPED = 4
"""A shorter word with an error in it is another word, or none that anybody could read."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_MISTYPED},}}")

Search = Callable[[str], Sequence[SearchResult]]


@dataclass(frozen=True)
class Asked:
    """A question of the bank and what a passage must have to answer it."""

    text: str
    policy_id: str
    sections: frozenset[str]
    key: tuple[str, ...]

    def is_answered_by(self, result: SearchResult) -> bool:
        """Whether the passage is of the policy and a section named, and holds every key phrase."""
        if result.policy_id != self.policy_id or result.section not in self.sections:
            return False
        text = _plain(result.text)
        return all(_plain(phrase) in text for phrase in self.key)


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


def read_bank(folder: Path) -> list[Asked]:
    """The questions of every policy in `folder`, in order.

    Raises:
        UnreadableFile: there is no bank in the folder, or a line is none of a bank.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise UnreadableFile(f"{folder} holds no question bank (*.jsonl); give the folder of one")
    return [asked for file in files for asked in _read_file(file)]


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


def _read_file(file: Path) -> list[Asked]:
    found: list[Asked] = []
    number = 0
    try:
        for line in file.read_text("utf-8").splitlines():
            number += 1
            if not line.strip():
                continue
            row = json.loads(line)
            sections, key = frozenset(map(str, row["sections"])), tuple(map(str, row["key"]))
            found += [Asked(str(text), file.stem, sections, key) for text in row["questions"]]
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read ({error})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(
            f"{file}:{number} is no line of a question bank ({error!r}); wanted sections, key, questions"
        ) from error
    return found


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _is_answered(search: Search, asked: Asked, text: str) -> bool:
    return any(asked.is_answered_by(result) for result in search(text)[:BEST])


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 0, or 2 where the index or the bank cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("--questions", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=200, help="questions drawn (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="fixes the draw and the errors (default 1)")
    given = parser.parse_args(arguments)
    try:
        bank = read_bank(given.questions)
        assistant = Assistant.open(given.index)
    except LoketError as error:
        print(error, file=sys.stderr)
        return 2
    chance = random.Random(given.seed)  # noqa: S311  # not for secrets
    drawn = chance.sample(bank, min(given.count, len(bank)))
    print(table(measure(lambda text: assistant.search(text, k=BEST), drawn, given.seed), len(drawn)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The question bank: questions that providers ask, tied to the spot in a policy that answers them.

A line names a spot by policy id, section and key phrases, not by wording or place, so that it serves
an original and its restatement alike and survives another cutting into passages:

    {"policy_id": "...", "sections": ["2.7"], "key": ["1 november"], "questions": ["Wanneer ...?"]}

`sections`: the section's number or title; two where original and restatement differ. `key`: phrases
that stand together in the sentence or row that answers. `authority`: the one kind of text in which
the spot exists, where it is not in both. `approved`: false on a line that a model proposed and nobody
has looked at yet; such a line is refused until someone approves it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from knowledge.dutch import fold
from knowledge.errors import BankError
from knowledge.records import Passage, PolicyText, Record
from knowledge.shared_sentences import places_of_sentences, spot_key

MAX_TIES = 3
"""A key that fits more passages of its section names no spot."""
LONGEST_QUESTION_CHARS = 600

BUNDLED_FOLDER = "questions"


class BankLine(Record):
    """A spot in a policy and the questions that it answers."""

    policy_id: str = Field(min_length=1)
    sections: tuple[str, ...] = Field(min_length=1)
    key: tuple[str, ...] = Field(min_length=1)
    questions: tuple[str, ...] = Field(min_length=1)
    authority: Literal["original", "restatement"] | None = None
    approved: bool = True

    @property
    def spot(self) -> tuple[str, frozenset[str], frozenset[str]]:
        """Policy, sections and key as they are compared: two lines of one spot should be one."""
        return self.policy_id, frozenset(map(phrase_key, self.sections)), frozenset(map(phrase_key, self.key))


@dataclass(frozen=True)
class TiedQuestion:
    """A question with the passages that answer it: positions in the order of the passages given.

    `keys`: for each of the passages, in the same order, the key phrases of the spot in it. `borrowed`:
    it was written for a sentence of another policy, which this one shares.
    """

    text: str
    policy_id: str
    passages: tuple[int, ...]
    keys: tuple[tuple[str, ...], ...] = ()
    borrowed: bool = False


@dataclass(frozen=True)
class Ties:
    """The bank's questions tied to passages, and the lines that fit none or too many."""

    questions: tuple[TiedQuestion, ...] = ()
    loose: tuple[BankLine, ...] = ()
    broad: tuple[BankLine, ...] = ()


@dataclass(frozen=True)
class QuestionBank:
    """Lines in the order of their files."""

    lines: tuple[BankLine, ...] = ()
    _by_policy: Mapping[str, tuple[BankLine, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the lines by policy."""
        grouped: dict[str, list[BankLine]] = {}
        for line in self.lines:
            grouped.setdefault(line.policy_id, []).append(line)
        object.__setattr__(self, "_by_policy", {policy_id: tuple(lines) for policy_id, lines in grouped.items()})

    @property
    def policy_ids(self) -> tuple[str, ...]:
        """The policies that the bank has lines for."""
        return tuple(self._by_policy)

    def only(self, policy_ids: Iterable[str]) -> QuestionBank:
        """The lines of these policies."""
        wanted = set(policy_ids)
        return QuestionBank(tuple(line for line in self.lines if line.policy_id in wanted))

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with any line."""
        digest = hashlib.sha256()
        for line in sorted(line.model_dump_json(exclude={"approved"}) for line in self.lines):
            digest.update(line.encode())
        return digest.hexdigest()[:12]

    def tie(self, texts: Sequence[PolicyText]) -> Ties:
        """The questions tied to the passages of `texts`, which count on from one text to the next.

        A policy without lines of its own borrows the questions of sentences that it shares.
        """
        tied: dict[tuple[str, str], dict[int, tuple[str, ...]]] = {}
        loose: list[BankLine] = []
        broad: list[BankLine] = []
        firsts = [0, *accumulate(len(text.passages) for text in texts)]
        placed = list(zip(firsts, texts, strict=False))
        shared = places_of_sentences([(n, text) for n, text in placed if text.policy.id not in self._by_policy])
        lent: dict[tuple[str, str], dict[int, tuple[str, ...]]] = {}
        for first, text in placed:
            spots = _Spots(text.passages)
            for line in self._by_policy.get(text.policy.id, ()):
                if line.authority not in (None, text.policy.authority):
                    continue
                found = spots.find(line)
                if not found or len(found) > MAX_TIES:
                    (broad if found else loose).append(line)
                    continue
                for question in line.questions:
                    spot = tied.setdefault((line.policy_id, question), {})
                    spot.update((first + place, line.key) for place in found)
                for policy_id, place in _twins(line, text, found, shared):
                    for question in line.questions:
                        lent.setdefault((policy_id, question), {})[place] = line.key
        questions = (*_questions(tied), *_questions(lent, borrowed=True))
        return Ties(questions, tuple(loose), tuple(broad))


def _twins(
    line: BankLine, text: PolicyText, found: Sequence[int], shared: Mapping[str, Sequence[tuple[str, int]]]
) -> Iterator[tuple[str, int]]:
    """Where the sentence that a line names stands in policies without lines: policy id and passage position."""
    if shared:
        phrases = [phrase_key(phrase) for phrase in line.key]
        for place in found:
            yield from shared.get(spot_key(text, text.passages[place], phrases), ())


def _questions(
    tied: Mapping[tuple[str, str], Mapping[int, tuple[str, ...]]], *, borrowed: bool = False
) -> Iterator[TiedQuestion]:
    """Those of one policy stand together."""
    for (policy_id, text), spot in sorted(tied.items(), key=lambda item: item[0][0]) if borrowed else tied.items():
        places = tuple(sorted(spot))
        yield TiedQuestion(text, policy_id, places, tuple(spot[place] for place in places), borrowed)


class _Spots:
    """Finds lines in the passages of one policy."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = [(phrase_key(passage.section), phrase_key(passage.text)) for passage in passages]

    def find(self, line: BankLine) -> list[int]:
        sections = {phrase_key(section) for section in line.sections}
        phrases = [phrase_key(phrase) for phrase in line.key]
        return [
            number
            for number, (section, text) in enumerate(self._passages)
            if section in sections and all(phrase in text for phrase in phrases)
        ]


def phrase_key(text: str) -> str:
    """A text as key phrases are compared: without case and accents, white space folded."""
    return " ".join(fold(text).split())


def read_bank(paths: Sequence[Path], *, proposals: bool = False) -> QuestionBank:
    """The lines of bank files, or of all `*.jsonl` files of folders, in order.

    Args:
        paths: files and folders.
        proposals: take lines that nobody has approved too. Without it one is an error, so that no
            question that only a model has seen leads a provider anywhere.

    Raises:
        BankError: names the file and line that is no bank line, that holds a question twice, or that
            is not approved.
    """
    return QuestionBank(tuple(line for path in _files(paths) for line in _read(path, proposals=proposals)))


@cache
def bundled_bank() -> QuestionBank:
    """The bank that comes with the bundled policies."""
    with resources.as_file(resources.files("knowledge") / BUNDLED_FOLDER) as folder:
        return read_bank([folder])


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            files = sorted(path.glob("*.jsonl"))
            if not files:
                raise BankError(f"{path} holds no *.jsonl file; give a question bank's file or folder")
            yield from files
        else:
            yield path


def _read(path: Path, *, proposals: bool) -> Iterator[BankLine]:
    try:
        rows = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BankError(f"{path} cannot be read ({error}); give a file with a JSON object a line") from error
    for number, row in enumerate(rows, start=1):
        if not row.strip():
            continue
        try:
            line = BankLine.model_validate_json(row)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "line"
            raise BankError(f"{path.name}, line {number}: {where}: {first['msg'].lower()}; mend the line") from error
        _check_questions(line, f"{path.name}, line {number}")
        if not (line.approved or proposals):
            raise BankError(
                f"{path.name}, line {number}: a proposal that nobody has approved; read it, then set "
                '"approved" to true or take the line away'
            )
        yield line


def _check_questions(line: BankLine, place: str) -> None:
    for question in line.questions:
        if not question.strip() or len(question) > LONGEST_QUESTION_CHARS:
            raise BankError(f"{place}: a question is empty or over {LONGEST_QUESTION_CHARS} characters; mend the line")
    if not all(phrase_key(phrase) for phrase in (*line.key, *line.sections)):
        raise BankError(f"{place}: a key phrase or section is empty; mend the line")
    counts = Counter(map(phrase_key, line.questions))
    twice = next((question for question, count in counts.items() if count > 1), None)
    if twice is not None:
        raise BankError(f"{place}: a question stands there twice: {twice!r}; take one away")


def as_row(line: BankLine) -> str:
    """A line as it stands in a bank file, without its line feed; fields at their default are left out."""
    return json.dumps(line.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


def write_lines(path: Path, lines: Iterable[BankLine]) -> None:
    """Write lines as a bank file, replacing what stood there."""
    path.write_text("".join(f"{as_row(line)}\n" for line in lines), "utf-8")

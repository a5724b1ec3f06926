"""Practice policies: made-up policies with questions and the very words that answer them, to fit encoders to.

A practice folder holds a folder for each policy:

    FOLDER/some-policy-2027/manifest.yaml   of this one policy, as `ingest.manifest` reads it
                            some-policy-2027.txt
                            pairs.jsonl     {"question": "...", "quotes": ["a sentence", "a row"]}

A quote is a stretch of the policy's kept text, white space aside; each of them answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from ingest.manifest import MANIFEST_NAME
from ingest.pipeline import read_policies
from knowledge.dutch import find_quote
from knowledge.errors import PracticeError
from knowledge.records import PolicyText, Record, Span

PAIRS_FILE = "pairs.jsonl"

Text = Annotated[str, Field(min_length=1)]


class Pair(Record):
    """A question, and the very words of the policy that answer it: a sentence, list item or row for each quote."""

    question: Text
    quotes: tuple[Text, ...] = Field(min_length=1)


@dataclass(frozen=True)
class PracticePolicy:
    """A made-up policy with its questions, and for each of them the stretches of the text that answer it."""

    text: PolicyText
    asks: tuple[tuple[str, tuple[Span, ...]], ...]


def read_practice(folder: Path) -> tuple[PracticePolicy, ...]:
    """The policies of a practice folder, by name.

    Raises:
        PracticeError: no such folder or none of a policy in it; a policy without pairs; a line that is no
            pair; a quote that does not stand in its policy.
        SourceError: the manifest or file of a policy is wrong.
    """
    if not folder.is_dir():
        raise PracticeError(f"{folder} is not a folder; name a folder with a folder for each practice policy")
    own = sorted(each for each in folder.iterdir() if (each / MANIFEST_NAME).is_file())
    if not own:
        raise PracticeError(f"{folder} holds no folder with a {MANIFEST_NAME}; put each practice policy in one")
    return tuple(_read(each) for each in own)


def _read(folder: Path) -> PracticePolicy:
    texts = read_policies(folder)
    if len(texts) != 1:
        raise PracticeError(f"{folder} holds {len(texts)} policies; put each in a folder of its own")
    if not (folder / PAIRS_FILE).is_file():
        raise PracticeError(f"{folder} holds no {PAIRS_FILE}; write a question with what answers it a line")
    return PracticePolicy(texts[0], tuple((each.question, _spans(each, texts[0], folder)) for each in pairs_of(folder)))


def _spans(pair: Pair, text: PolicyText, folder: Path) -> tuple[Span, ...]:
    found = []
    for quote in pair.quotes:
        place = find_quote(quote, text.text)
        if place is None:
            raise PracticeError(f"{folder / PAIRS_FILE}: {quote!r} does not stand in {text.policy.id}; copy it again")
        found.append(Span(start=place[0], end=place[1]))
    return tuple(found)


def pairs_of(folder: Path) -> Iterator[Pair]:
    """The questions with the words that answer them, of a made-up policy; none where it has no such file.

    Raises PracticeError for a line that is no pair, or a file that cannot be read.
    """
    path = folder / PAIRS_FILE
    try:
        rows = path.read_text("utf-8").split("\n") if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise PracticeError(f"{path} cannot be read ({error}); give a file with a JSON object a line") from error
    for number, row in enumerate(rows, start=1):
        if row.strip():
            yield _pair(row, f"{path}, line {number}")


def _pair(row: str, place: str) -> Pair:
    try:
        return Pair.model_validate_json(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the line"
        raise PracticeError(f"{place}: {field}: {first['msg'].lower()}") from error

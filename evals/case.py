"""Evaluation cases: a question, the answer that is due, and the passages that prove it.

A file of cases holds one JSON object a line, with the fields of `Case`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, Field, ValidationError, model_validator

from knowledge.errors import UnreadableFile
from knowledge.records import Record

Kind = Literal[
    "fact",
    "list",
    "contact",
    "date",
    "deadline",
    "eligibility",
    "change",
    "compare",
    "unanswerable",
    "offtopic",
    "clarify",
    "followup",
    "injection",
]

Half = Literal["development", "held_out"]

Text = Annotated[str, Field(min_length=1)]

SHORT_LETTERS = 3
"""An alternative this short must be a word of its own: 'ja' does not stand in 'jaar'."""

WHOLE_WORDS = frozenset({"niet", "geen", "does"})
"""Longer words that turn a meaning around and must be words of their own as well."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_MARKERS = re.compile(r"[*_`#>]")
_TABLE_RULE = re.compile(r"(?m)^\|(?:\s*:?-+:?\s*\|)+\s*$")
_LINE_MARKER = re.compile(r"(?m)^\s*(?:#{1,6}\s+|[-*+]\s+|>\s*)")


class Turn(Record):
    """An earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: Text


class Evidence(Record):
    """A passage that a right answer cites: the policy's id and a quote of it."""

    doc: Text
    quote: Text


class Scope(Record):
    """What the question is about; None where it is not said, or is more than one."""

    insurer: str | None = None
    year: int | None = None
    care: str | None = None


class Case(Record):
    """One question with what a right answer holds.

    `today` is the clock that the assistant is given. `history` is oldest first. A right answer
    holds one alternative of each group in `must` and none of `must_not`. `tool` and `slots` name
    the computation that the answer needs and its inputs. Of the held-out `half` figures are told,
    never the questions with their answers: nobody can then mend what they ask.
    """

    id: Text
    lang: Literal["nl", "en"]
    kind: Kind
    today: dt.date
    history: tuple[Turn, ...] = ()
    question: Text
    answer: Text
    must: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    must_not: tuple[Text, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    behaviour: Literal["answer", "abstain", "clarify"]
    tool: str | None = None
    slots: dict[str, object] | None = None
    scope: Scope = Scope()
    half: Half = "development"

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind == "followup" and not self.history:
            raise ValueError("a follow-up without earlier turns; give its history")
        if self.behaviour == "answer" and not (self.must and self.evidence):
            raise ValueError("an answer is due but nothing proves it; give must and evidence")
        return self

    def lacks(self, text: str) -> tuple[tuple[str, ...], ...]:
        """The groups of `must` of which `text` holds no alternative."""
        return tuple(group for group in self.must if not any(holds(text, alternative) for alternative in group))

    def banned_in(self, text: str) -> tuple[str, ...]:
        """The strings of `must_not` that `text` holds."""
        return tuple(banned for banned in self.must_not if holds(text, banned))


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file, in its order.

    Raises UnreadableFile where the file cannot be read, a line is no case, or an id stands there twice.
    """
    return read_records(path, Case, "case")


Shape = TypeVar("Shape", bound=BaseModel)


def read_records(path: Path, shape: type[Shape], name: str, *, key: str = "id") -> tuple[Shape, ...]:
    """The records of a JSONL file, in its order; each has a `key` of its own, and `name` is what one is called.

    Raises UnreadableFile where the file cannot be read, a line is no such record, or an id stands there twice.
    """
    try:
        lines = path.read_text("utf-8").split("\n")  # a text may hold other line breaks of its own
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} cannot be read as a file of {name}s: {error}; give a JSONL file") from error
    found = tuple(_read(line, shape, f"{path}:{number}", name) for number, line in enumerate(lines, 1) if line.strip())
    twice = sorted(each for each, count in Counter(str(getattr(one, key)) for one in found).items() if count > 1)
    if twice:
        raise UnreadableFile(f"{path} holds the id {', '.join(twice)} more than once; give every {name} its own id")
    return found


def _read(line: str, shape: type[Shape], place: str, name: str) -> Shape:
    try:
        return shape.model_validate_json(line)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or f'the {name}'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False)
        )
        raise UnreadableFile(f"{place} is no {name}: {faults}; mend that line") from error


def fold_answer(text: str) -> str:
    """`text` in lower case, without Markdown marks, with plain dashes and quotes and single spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).replace("’", "'").replace("‘", "'")
    return " ".join(_MARKERS.sub("", folded).split()).lower()


def holds(text: str, alternative: str) -> bool:
    """Whether `text` holds `alternative`, both folded.

    A number is not found inside a longer one, a short word not inside another word; a longer word
    may be part of a compound.
    """
    wanted = fold_answer(alternative)
    is_word = len(wanted) <= SHORT_LETTERS or wanted in WHOLE_WORDS
    before = r"(?<!\d)" if wanted[:1].isdigit() else r"(?<!\w)" if is_word else ""
    after = r"(?!\d)" if wanted[-1:].isdigit() else r"(?!\w)" if is_word else ""
    return re.search(before + re.escape(wanted) + after, fold_answer(text)) is not None


def plain_policy(markdown: str) -> str:
    """A policy's Markdown as its quotes have it.

    Markers are gone, a row's cells stand a space apart, and white space is single.
    """
    text = _TABLE_RULE.sub(" ", markdown)
    text = _LINE_MARKER.sub("", text).replace("|", " ")
    return " ".join(re.sub(r"[*`]", "", text).split())

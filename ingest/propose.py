"""Questions for passages that no question of the bank leads to, drafted by a chat model for a person to approve.

The passage is data in the prompt, and the reply is as untrusted as any input: whatever is not a plain
Dutch question about the passage, under a key that names its spot, is dropped and counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, ValidationError

from knowledge.bank import MAX_TIES, BankLine, QuestionBank, phrase_key
from knowledge.dutch import STOP_WORDS, stem, words
from knowledge.records import Passage, PolicyText

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

Ask = Callable[[str, str], str]
"""Instructions and material to the text of a reply; raises ModelError."""

COPIED_WORDS = 6
LONGEST_QUESTION = 240
LEAST_WORDS = 3
LONGEST_KEY = 100
LEAST_KEY_LETTERS = 4
LEAST_STEM_LETTERS = 4
"""A shorter stem stands inside too many other words to tell what a question is about."""

_PROMPT = "prompts/propose_questions.txt"
_ADDRESS = re.compile(r"https?:|www\.|@|[<>{}\[\]|`]|\.(?:nl|com|eu|org|net)\b", re.IGNORECASE)


class _Spot(BaseModel):
    key: str
    questions: list[str]


class _Reply(BaseModel):
    spots: list[_Spot] = Field(max_length=50)


@dataclass(frozen=True)
class Drafted:
    """Lines that nobody has approved yet, and why how many questions, keys and replies were dropped."""

    lines: tuple[BankLine, ...] = ()
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def questions(self) -> int:
        """How many questions the lines hold."""
        return sum(len(line.questions) for line in self.lines)


def bare_passages(texts: Sequence[PolicyText], bank: QuestionBank) -> list[tuple[PolicyText, Passage]]:
    """The passages that no question of `bank` is tied to, each with its policy."""
    answered = {place for tied in bank.tie(texts).questions for place in tied.passages}
    pairs = [(text, passage) for text in texts for passage in text.passages]
    return [pair for place, pair in enumerate(pairs) if place not in answered]


class Drafter:
    """Drafts lines passage by passage, and remembers what has been asked."""

    def __init__(self, ask: Ask, bank: QuestionBank, *, per_passage: int) -> None:
        """`per_passage`: the most questions for one passage; `bank`: what need not be asked again."""
        self._ask = ask
        self._per_passage = per_passage
        self._asked = {(line.policy_id, _gist(text)) for line in bank.lines for text in line.questions}
        self._prompt = _prompt(per_passage)

    def draft(self, text: PolicyText, passage: Passage) -> Drafted:
        """Lines for a passage of the policy `text`. Raises ModelError when the model fails."""
        reply = self._ask(self._prompt, _material(text, passage))
        drafted = Drafted(dropped=Counter())
        try:
            spots = _Reply.model_validate_json(_json_in(reply)).spots
        except ValidationError:
            drafted.dropped["reply is not the JSON asked for"] += 1
            return drafted
        lines = []
        left = self._per_passage
        for spot in spots:
            line = self._line(text, passage, spot, left, drafted.dropped)
            if line is not None:
                lines.append(line)
                left -= len(line.questions)
        return Drafted(tuple(lines), drafted.dropped)

    def _line(
        self, text: PolicyText, passage: Passage, spot: _Spot, left: int, dropped: Counter[str]
    ) -> BankLine | None:
        fault = _key_fault(text, passage, spot.key)
        if fault:
            dropped[fault] += max(1, len(spot.questions))
            return None
        kept: list[str] = []
        for question in map(_one_line, spot.questions):
            known = (text.policy.id, _gist(question))
            fault = _question_fault(question, passage)
            if not fault and known in self._asked:
                fault = "asked before"
            if not fault and len(kept) >= left:
                fault = "more than asked for"
            if fault:
                dropped[fault] += 1
                continue
            self._asked.add(known)
            kept.append(question)
        return _proposal(passage, spot.key, kept) if kept else None


def _prompt(per_passage: int) -> str:
    written = (resources.files("ingest") / _PROMPT).read_text("utf-8")
    return written.format(count=per_passage, copied=COPIED_WORDS, longest=LONGEST_QUESTION)


def _material(text: PolicyText, passage: Passage) -> str:
    """The passage between its marks; no angle bracket of its own can close them."""
    shown = {
        "insurer": text.policy.insurer,
        "policy": text.policy.title,
        "headings": list(passage.heading_path),
        "text": passage.text,
    }
    written = json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<passage>\n{written}\n</passage>"


def _json_in(reply: str) -> str:
    """The outermost braces of a reply: models like to put a word, or a fence, around what was asked for."""
    return reply[reply.find("{") : reply.rfind("}") + 1]


def _key_fault(text: PolicyText, passage: Passage, key: str) -> str | None:
    phrase = phrase_key(key)
    if len(key) > LONGEST_KEY or sum(c.isalnum() for c in phrase) < LEAST_KEY_LETTERS:
        return "key is too short or too long"
    if phrase not in phrase_key(passage.text):
        return "key does not stand in the passage"
    ties = QuestionBank((_proposal(passage, key, ["?"]),)).tie([text])
    if ties.broad:
        return f"key stands in more than {MAX_TIES} passages"
    return None


def _proposal(passage: Passage, key: str, questions: Sequence[str]) -> BankLine:
    return BankLine(
        policy_id=passage.policy_id,
        sections=(passage.section,),
        key=(_one_line(key),),
        questions=tuple(questions),
        approved=False,
    )


def _question_fault(question: str, passage: Passage) -> str | None:
    """Why a question is dropped, the plainest reason first; None: it may stay."""
    asked = words(question)
    if len(question) > LONGEST_QUESTION:
        return "too long"
    if not question.endswith("?") or len(asked) < LEAST_WORDS or not question.isprintable():
        return "no question"
    if _ADDRESS.search(question):
        return "holds an address or markup"
    if _language(question) != "nl":
        return "not Dutch"
    if _copies(asked, words(passage.text)):
        return "copies the passage"
    about = phrase_key(" ".join((*passage.heading_path, passage.text)))
    stems = {stem(word) for word in asked if word not in STOP_WORDS}
    if not any(len(each) >= LEAST_STEM_LETTERS and each in about for each in stems):
        return "not about the passage"
    return None


def _copies(asked: Sequence[str], written: Sequence[str]) -> bool:
    return not set(_runs(asked)).isdisjoint(_runs(written))


def _runs(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[at : at + COPIED_WORDS]) for at in range(len(tokens) - COPIED_WORDS + 1))


def _gist(question: str) -> tuple[str, ...]:
    """What makes two questions the same: the stems that say something, in any order."""
    said = words(question)
    return tuple(sorted({stem(word) for word in said if word not in STOP_WORDS} or set(said)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _language(question: str) -> str:
    return str(_identifier().classify(question)[0])


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["nl", "en", "de", "fr"])
    return identifier

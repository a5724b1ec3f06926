"""The records of a comparison: `old` is what the earlier text said, `new` the later one; None where it says nothing."""

from __future__ import annotations

from typing import Literal

from knowledge.bank import BankLine
from knowledge.records import Record, Span

FigureKind = Literal["date", "amount", "percentage", "number", "address"]
CardState = Literal["proven", "refused", "new", "gone"]


class MovedFigure(Record):
    """A figure that became another one, as both texts word it; one that came or went has only one side."""

    kind: FigureKind
    old: str | None
    new: str | None


class SentenceChange(Record):
    """A sentence, item or table row that is not the same in both texts.

    "moved": the same words at another place. The spans are those of the kept texts.
    """

    kind: Literal["added", "removed", "changed", "moved"]
    old: str | None
    new: str | None
    figures: tuple[MovedFigure, ...] = ()
    old_span: Span | None = None
    new_span: Span | None = None
    old_passage_id: str | None = None
    passage_id: str | None = None


class SectionChange(Record):
    """A section that is not the same in both policies.

    `section` names it as citations do, by the nearest number above or at it, in the new policy (in the old one
    where it was removed); `title` is its own. One that was only renumbered or retitled is "changed" and has no
    sentences.
    """

    kind: Literal["added", "removed", "changed"]
    section: str
    title: str
    old_section: str | None = None
    old_title: str | None = None
    renumbered: bool = False
    retitled: bool = False
    heading_path: tuple[str, ...] = ()
    sentences: tuple[SentenceChange, ...] = ()
    figures: tuple[MovedFigure, ...] = ()
    passage_id: str | None = None
    old_passage_id: str | None = None


class CardChange(Record):
    """What came of a rule or a statement. `look`: a person has to look at it; `why` says what to look at.

    "proven": both texts prove it; "refused": the new one does not; "new": only the new one does; "gone": the
    new policy has no such card.
    """

    name: str
    state: CardState
    why: str = ""
    look: bool = False


class QuestionChange(Record):
    """What came of a line of the question bank: the new text answers it, a person has to look, or nothing answers it.

    `line` is the line as it serves the new policy; None where it does not.
    """

    state: Literal["carried", "look", "lost"]
    questions: tuple[str, ...]
    old_section: str
    why: str = ""
    line: BankLine | None = None


class PolicyChanges(Record):
    """Everything that differs between two policies.

    `years_only`: sentences that differ in nothing but the policy's own year; they are not listed.
    """

    policy_id: str
    against: str
    sections: tuple[SectionChange, ...] = ()
    unchanged_sections: int = 0
    years_only: int = 0
    rules: tuple[CardChange, ...] = ()
    statements: tuple[CardChange, ...] = ()
    questions: tuple[QuestionChange, ...] = ()
